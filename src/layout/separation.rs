//! Separation constraints on one axis: the positions nearest to the desired ones that keep all distances.
//!
//! The problem is VPSC: minimise Σ weight·(x − desired)² under x(right) − x(left) ≥ gap. The method is the one of
//! Dwyer, Marriott and Stuckey ("Fast Node Overlap Removal", 2005) with their later incremental refinement: variables
//! joined by tight constraints move as blocks, blocks merge while a constraint is violated and are cut where a tight
//! constraint would rather be loose. Block positions are exact fractions and are rounded once per block, which keeps
//! every constraint and makes the result the same on every machine.

mod solver;

use solver::Solver;

/// Rounds of cutting and merging before the result is taken as it is; typical inputs need fewer than ten.
const ROUNDS: usize = 400;
/// Rounds in which a block falls apart at all places at once, which is fast; after these it is cut at one place at a
/// time, which is sure to end.
const EAGER_ROUNDS: usize = 8;
/// The heaviest weight, so that products of weights and positions stay far inside 128 bits.
const HEAVIEST: i32 = 1_000_000;

/// Something with a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Where it would stand if it were alone, px.
    pub desired: i32,
    /// How dear it is to move it away from there; taken as at least 1 and at most 1,000,000.
    pub weight: i32,
}

/// A distance to be kept between two variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separation {
    /// Index of the variable with the smaller position.
    pub left: usize,
    /// Index of the variable with the larger position.
    pub right: usize,
    /// The smallest distance from `left` to `right`, px; may be negative.
    pub gap: i32,
    /// Whether the distance is exactly `gap`.
    pub equal: bool,
}

impl Separation {
    /// `right` stands at least `gap` px after `left`.
    pub const fn at_least(left: usize, right: usize, gap: i32) -> Self {
        Self { left, right, gap, equal: false }
    }

    /// `right` stands exactly `gap` px after `left`.
    pub const fn exactly(left: usize, right: usize, gap: i32) -> Self {
        Self { left, right, gap, equal: true }
    }
}

/// The positions, px, by variable, that keep all separations at the least weighted squared distance from the desired
/// ones.
///
/// Contradictory separations never stop it: one that closes an impossible cycle is ignored, and separations that name
/// one variable twice, or one that does not exist, are ignored from the start.
pub fn solve(variables: &[Variable], separations: &[Separation]) -> Vec<i32> {
    solve_in(ROUNDS, variables, separations)
}

/// As [`solve`], but only near the optimum, for inputs so large that a block's every wish is not worth its time.
pub fn solve_roughly(variables: &[Variable], separations: &[Separation]) -> Vec<i32> {
    solve_in(0, variables, separations)
}

/// [`solve`] with a number of rounds of cutting and merging.
fn solve_in(rounds: usize, variables: &[Variable], separations: &[Separation]) -> Vec<i32> {
    let mut solver = Solver::new(variables, separations);
    let order = solver.topological();
    solver.join_equal();
    solver.merge_in(&order);
    solver.satisfy();
    for round in 0..rounds {
        if !solver.cut_all(round < EAGER_ROUNDS) {
            return solver.positions();
        }
        solver.satisfy();
    }
    let mut positions = solver.positions();
    solver.push(&order, &mut positions);
    positions
}

/// The positions, px, of things in a fixed order on one line: `gaps[i]` is the least distance from `i` to `i + 1`.
///
/// Pool adjacent violators: the same optimum as [`solve`] on a chain, in linear time.
pub fn pool(variables: &[Variable], gaps: &[i32]) -> Vec<i32> {
    let mut pools: Vec<Pool> = Vec::new();
    let mut offset = 0;
    let mut offsets = Vec::with_capacity(variables.len());
    for (index, variable) in variables.iter().enumerate() {
        if index > 0 {
            offset += i64::from(gaps.get(index - 1).copied().unwrap_or(0));
        }
        offsets.push(offset);
        let weight = weight_of(*variable);
        let mut pool = Pool { sum: weight * i128::from(i64::from(variable.desired) - offset), weight, members: 1 };
        while let Some(previous) = pools.last()
            && previous.sum * pool.weight > pool.sum * previous.weight
        {
            pool.sum += previous.sum;
            pool.weight += previous.weight;
            pool.members += previous.members;
            pools.pop();
        }
        pools.push(pool);
    }
    let starts = pools.iter().flat_map(|pool| std::iter::repeat_n(rounded(pool.sum, pool.weight), pool.members));
    starts.zip(offsets).map(|(start, offset)| (start + i128::from(offset)) as i32).collect()
}

/// Neighbours on a line that stand as close as they may.
struct Pool {
    /// Sum of weight × position wished for the first member.
    sum: i128,
    /// Sum of weights.
    weight: i128,
    /// How many neighbours.
    members: usize,
}

/// The weight of a variable within its bounds.
fn weight_of(variable: Variable) -> i128 {
    i128::from(variable.weight.clamp(1, HEAVIEST))
}

/// `sum / weight` to the nearest whole number, halves upwards, so that rounding never changes an order.
fn rounded(sum: i128, weight: i128) -> i128 {
    (2 * sum + weight).div_euclid(2 * weight)
}

#[cfg(test)]
mod tests;
