#![allow(clippy::unwrap_used)]

use super::{Separation, Variable, pool, solve, solve_roughly};
use proptest::prelude::*;

fn wish(desired: i32) -> Variable {
    Variable { desired, weight: 1 }
}

fn cost(variables: &[Variable], positions: &[i32]) -> i64 {
    variables
        .iter()
        .zip(positions)
        .map(|(v, &x)| i64::from(v.weight) * i64::from(x - v.desired) * i64::from(x - v.desired))
        .sum()
}

fn holds(separations: &[Separation], positions: &[i32]) -> bool {
    separations.iter().all(|s| {
        let distance = positions[s.right] - positions[s.left];
        if s.equal { distance == s.gap } else { distance >= s.gap }
    })
}

/// The least cost over all whole-number positions in a small window.
fn least_cost(variables: &[Variable], separations: &[Separation], window: std::ops::Range<i32>) -> Option<i64> {
    fn descend(
        variables: &[Variable],
        separations: &[Separation],
        window: &std::ops::Range<i32>,
        positions: &mut Vec<i32>,
        best: &mut Option<i64>,
    ) {
        if positions.len() == variables.len() {
            let found = cost(variables, positions);
            if best.is_none_or(|b| found < b) {
                *best = Some(found);
            }
            return;
        }
        for x in window.clone() {
            positions.push(x);
            let known = positions.len();
            let fits = separations.iter().filter(|s| s.left < known && s.right < known).all(|s| {
                let distance = positions[s.right] - positions[s.left];
                if s.equal { distance == s.gap } else { distance >= s.gap }
            });
            if fits && best.is_none_or(|b| cost(&variables[..known], positions) < b) {
                descend(variables, separations, window, positions, best);
            }
            positions.pop();
        }
    }
    let mut best = None;
    descend(variables, separations, &window, &mut Vec::new(), &mut best);
    best
}

#[test]
fn things_that_do_not_touch_stay_where_they_want_to_be() {
    let positions = solve(&[wish(0), wish(100)], &[Separation::at_least(0, 1, 50)]);
    assert_eq!(positions, [0, 100]);
}

#[test]
fn two_that_overlap_give_way_equally() {
    let positions = solve(&[wish(0), wish(0)], &[Separation::at_least(0, 1, 50)]);
    assert_eq!(positions, [-25, 25]);
}

#[test]
fn the_heavier_one_stays() {
    let positions = solve(&[Variable { desired: 0, weight: 1000 }, wish(0)], &[Separation::at_least(0, 1, 50)]);
    assert_eq!(positions, [0, 50]);
}

#[test]
fn a_block_is_cut_where_a_tight_distance_pulls() {
    // Taken in from the left, 2 first joins both others; then 1 would rather stay behind.
    let variables = [wish(0), wish(-100), Variable { desired: -30, weight: 9 }, wish(-200)];
    let separations = [Separation::at_least(0, 2, 10), Separation::at_least(1, 2, 10), Separation::at_least(2, 3, 10)];
    let positions = solve(&variables, &separations);
    assert!(holds(&separations, &positions));
    assert_eq!(positions[1], -100);
    for shift in [-1, 1] {
        let moved = [positions[0] + shift, positions[1], positions[2] + shift, positions[3] + shift];
        assert!(cost(&variables, &positions) <= cost(&variables, &moved));
    }
}

#[test]
fn equal_distances_hold_exactly() {
    let separations = [Separation::exactly(0, 1, 30), Separation::at_least(1, 2, 10)];
    let positions = solve(&[wish(0), wish(100), wish(60)], &separations);
    assert!(holds(&separations, &positions), "{positions:?}");
}

#[test]
fn contradictions_are_ignored() {
    let separations = [Separation::at_least(0, 1, 10), Separation::at_least(1, 2, 10), Separation::at_least(2, 0, 10)];
    let positions = solve(&[wish(0), wish(0), wish(0)], &separations);
    let kept = separations.iter().filter(|s| positions[s.right] - positions[s.left] >= s.gap).count();
    assert_eq!(kept, 2, "{positions:?}");
    let wrong = [Separation::exactly(0, 1, 5), Separation::exactly(0, 1, 7), Separation::at_least(0, 9, 3)];
    assert_eq!(solve(&[wish(0), wish(0)], &wrong).len(), 2);
}

#[test]
fn a_long_row_of_things_at_one_place_is_fast_and_centred() {
    let variables = vec![wish(0); 20_000];
    let separations: Vec<Separation> = (1..20_000).map(|i| Separation::at_least(i - 1, i, 10)).collect();
    let positions = solve(&variables, &separations);
    assert_eq!(positions[0], -99_995);
    assert_eq!(positions[19_999], 99_995);
    assert_eq!(positions, pool(&variables, &vec![10; 19_999]));
}

#[test]
fn nothing_in_nothing_out() {
    assert!(solve(&[], &[]).is_empty());
    assert!(pool(&[], &[]).is_empty());
}

fn variables(count: usize, range: std::ops::Range<i32>) -> impl Strategy<Value = Vec<Variable>> {
    prop::collection::vec((range, 1..6_i32).prop_map(|(desired, weight)| Variable { desired, weight }), 1..=count)
}

proptest! {
    #[test]
    fn small_problems_are_solved_to_the_optimum(
        variables in variables(5, 0..9),
        raw in prop::collection::vec((0..5_usize, 0..5_usize, 0..4_i32, 0..8_u8), 0..8),
    ) {
        // Pointing from lower to higher index keeps the constraints feasible; an equality is rare.
        let separations: Vec<Separation> = raw
            .into_iter()
            .filter(|(a, b, ..)| a < b && *b < variables.len())
            .map(|(left, right, gap, kind)| Separation { left, right, gap, equal: kind == 0 })
            .collect();
        let positions = solve(&variables, &separations);
        if let Some(least) = least_cost(&variables, &separations, -12..22) {
            if separations.iter().all(|s| !s.equal) {
                prop_assert!(holds(&separations, &positions), "{positions:?}");
            }
            if holds(&separations, &positions) {
                // Blocks are rounded one by one, so a whole-number optimum may be a little cheaper.
                let rounding: i64 = variables.iter().map(|v| i64::from(v.weight)).sum();
                prop_assert!(cost(&variables, &positions) <= least + rounding, "{positions:?} costs more than {least}");
            }
        }
    }

    #[test]
    fn larger_problems_keep_every_distance(
        variables in variables(60, -500..500),
        raw in prop::collection::vec((0..60_usize, 0..60_usize, 0..80_i32), 0..150),
    ) {
        let separations: Vec<Separation> = raw
            .into_iter()
            .filter(|(a, b, _)| a < b && *b < variables.len())
            .map(|(left, right, gap)| Separation::at_least(left, right, gap))
            .collect();
        let positions = solve(&variables, &separations);
        prop_assert!(holds(&separations, &positions));
        prop_assert_eq!(&positions, &solve(&variables, &separations));
        let rough = solve_roughly(&variables, &separations);
        prop_assert!(holds(&separations, &rough));
        prop_assert!(cost(&variables, &rough) + 1000 >= cost(&variables, &positions));
    }

    #[test]
    fn pooling_is_solving_a_chain(variables in variables(40, -200..200), gaps in prop::collection::vec(0..60_i32, 40)) {
        let separations: Vec<Separation> =
            (1..variables.len()).map(|i| Separation::at_least(i - 1, i, gaps[i - 1])).collect();
        prop_assert_eq!(pool(&variables, &gaps), solve(&variables, &separations));
    }
}
