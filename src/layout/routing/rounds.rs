//! The order in which nets are drawn, and drawing again what came out badly.

use super::mirrors;
use super::nets::Plan;
use super::prices;
use super::swaps;
use super::terminals::Terminal;
use super::tree::{Drawn, Router};
use crate::geometry::{Axis, Point};

/// Steps of the search that drawing again may take: once, and per net. A quarter leaves 4 % more crossings in the corpus, twice as
/// many take away 2 %.
const BUDGET: (u64, u64) = (12_000, 1_600);
/// A line longer than this share of the distance of its ends is a detour, percent.
const DETOUR: i64 = 150;

/// Draws all nets, and up to `rounds` times again those that came out badly. `None` stands for a net that found no legal way.
pub(super) fn draw_all(router: &mut Router<'_>, plans: &[Plan], rounds: usize) -> Vec<Option<Drawn>> {
    let order = order(router.terminals, plans);
    let mut drawn: Vec<Option<Drawn>> = vec![None; plans.len()];
    for &net in &order {
        drawn[net] = router.draw(net as u32, &plans[net], u32::MAX);
    }
    if rounds > 0 {
        let limit = router.search.pops + BUDGET.0 + BUDGET.1 * plans.len() as u64;
        redraw_poor(router, plans, &mut drawn, (rounds, limit));
        if swaps::try_all(router, plans, &mut drawn, limit) {
            redraw_poor(router, plans, &mut drawn, (rounds, limit));
        }
    }
    mirrors::align(router, plans, &mut drawn);
    drawn
}

/// The price of a drawing with the crossings that it has now: nets that came later may have crossed it since, or have
/// been drawn elsewhere.
pub(super) fn cost_now(router: &Router<'_>, drawn: &Drawn, net: usize) -> i64 {
    let since = i64::from(router.crossings(&drawn.paths, net as u32)) - i64::from(drawn.crossings);
    i64::from(drawn.price) + since * i64::from(prices::CROSSING)
}

fn redraw_poor(router: &mut Router<'_>, plans: &[Plan], drawn: &mut [Option<Drawn>], (rounds, limit): (usize, u64)) {
    // A net need not be tried again while nothing has changed since it was last tried.
    let mut tried: Vec<Option<u32>> = vec![None; plans.len()];
    let mut version = 0;
    for _ in 0..rounds {
        let mut poor: Vec<(i64, usize)> = (0..plans.len())
            .filter_map(|net| badness(router, &plans[net], drawn[net].as_ref(), net).map(|badness| (-badness, net)))
            .collect();
        poor.sort_unstable();
        let before = version;
        for (_, net) in poor {
            if router.search.pops > limit {
                return;
            }
            if tried[net] != Some(version) {
                version += u32::from(redraw(router, plans, drawn, net));
                tried[net] = Some(version);
            }
        }
        if version == before {
            break;
        }
    }
}

/// Zero-bend nets first, then pairs by span, then the others by span.
fn order(terminals: &[Terminal], plans: &[Plan]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..plans.len()).collect();
    order.sort_by_key(|&net| {
        let plan = &plans[net];
        let points: Vec<Point> = plan.terminals().map(|id| terminals[id.index()].center).collect();
        let extent = |axis: Axis| {
            let along = points.iter().map(|at| at.along(axis));
            along.clone().max().unwrap_or(0) - along.min().unwrap_or(0)
        };
        let class = match points.len() {
            2 if is_straight(terminals, plan) => 0,
            2 => 1,
            _ => 2,
        };
        (class, extent(Axis::Horizontal) + extent(Axis::Vertical), net)
    });
    order
}

fn is_straight(terminals: &[Terminal], plan: &Plan) -> bool {
    let mut ids = plan.terminals();
    let (Some(from), Some(to)) = (ids.next(), ids.next()) else { return false };
    let good = |port: &&super::terminals::Port| port.cost == 0;
    terminals[from.index()].ports.iter().filter(good).any(|one| {
        terminals[to.index()].ports.iter().filter(good).any(|other| {
            let unit = one.side.unit();
            let (across, along) = (one.side.axis().other(), one.side.axis());
            let ahead = (other.at.along(along) - one.at.along(along)) * (unit.x + unit.y) > 0;
            one.side == other.side.opposite() && one.at.along(across) == other.at.along(across) && ahead
        })
    })
}

/// How much a net wants to be drawn again; `None` if it is fine.
fn badness(router: &Router<'_>, plan: &Plan, drawn: Option<&Drawn>, net: usize) -> Option<i64> {
    let Some(drawn) = drawn else { return Some(i64::MAX) };
    let crossings = i64::from(router.crossings(&drawn.paths, net as u32));
    let detour = match plan.terminals().collect::<Vec<_>>()[..] {
        [from, to] => {
            let distance = router.terminals[from.index()].center.manhattan(router.terminals[to.index()].center);
            let length: i64 = drawn.paths.iter().map(|path| length(router, path)).sum();
            (length - i64::from(distance) * DETOUR / 100).max(0)
        }
        _ => 0,
    };
    let badness = crossings * i64::from(prices::CROSSING) + detour;
    (badness > 0).then_some(badness)
}

fn length(router: &Router<'_>, path: &[u32]) -> i64 {
    path.windows(2).map(|pair| i64::from(router.lattice.at(pair[0]).manhattan(router.lattice.at(pair[1])))).sum()
}

/// Draws a net again and keeps the cheaper drawing. Prices hold crossings, so that the sum over all nets falls too.
fn redraw(router: &mut Router<'_>, plans: &[Plan], drawn: &mut [Option<Drawn>], net: usize) -> bool {
    let Some(old) = drawn[net].take() else {
        drawn[net] = router.draw(net as u32, &plans[net], u32::MAX);
        return drawn[net].is_some();
    };
    let old_price = cost_now(router, &old, net);
    router.release(&old);
    if let Some(new) = router.draw(net as u32, &plans[net], old_price.clamp(0, i64::from(u32::MAX)) as u32) {
        drawn[net] = Some(new);
        true
    } else {
        router.occupy(&old, net as u32);
        drawn[net] = Some(old);
        false
    }
}
