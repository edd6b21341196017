//! Items that no link joins with their siblings, but with something outside: they stand on the side of the others on which
//! those partners are, so that their lines need not run around or through the others.

use super::shelf::Cell;
use crate::geometry::Side;
use crate::layout::separation::{self, Variable};

/// An item by itself, with the way from the middle of its container to the middle of its partners, in the picture's
/// directions, px.
#[derive(Debug, Clone, Copy)]
pub(super) struct Satellite {
    /// Its extents.
    pub(super) cell: Cell,
    /// Where its partners are.
    pub(super) pull: (i32, i32),
}

/// A rectangle in the picture's directions: left, top, width, height, px.
pub(super) type Area = (i32, i32, i32, i32);

/// The top left corners of `satellites` around a block of `size` that is filled by `areas`; some may be negative.
pub(super) fn around(size: (i32, i32), areas: &[Area], satellites: &[Satellite], gap: i32) -> Vec<(i32, i32)> {
    let mut corners = vec![(0, 0); satellites.len()];
    let mut taken = areas.to_vec();
    for side in Side::ALL {
        let mut row: Vec<usize> =
            (0..satellites.len()).filter(|&i| side_of(size, satellites[i].pull) == side).collect();
        row.sort_by_key(|&index| (along(side, satellites[index].pull), index));
        let starts = starts(side, size, satellites, &row, gap);
        for (&index, start) in row.iter().zip(starts) {
            let cell = &satellites[index].cell;
            let corner = drop_onto(side, size, &taken, (start, cell), gap);
            corners[index] = corner;
            taken.push((corner.0, corner.1, cell.width, cell.height));
        }
    }
    corners
}

/// The side of a block that faces a point so far from its middle.
fn side_of(size: (i32, i32), pull: (i32, i32)) -> Side {
    let across = i64::from(pull.0) * i64::from(size.1.max(1));
    let down = i64::from(pull.1) * i64::from(size.0.max(1));
    match (across.abs() > down.abs(), across < 0, down < 0) {
        (true, true, _) => Side::West,
        (true, false, _) => Side::East,
        (false, _, true) => Side::North,
        (false, _, false) => Side::South,
    }
}

/// Whether `other` stands between `own` and partners that lie in the direction of `pull`.
pub(super) fn hides(other: Area, own: Area, pull: (i32, i32)) -> bool {
    let side = side_of((1, 1), pull);
    let meets = |a: i32, a_extent: i32, b: i32, b_extent: i32| a < b + b_extent && b < a + a_extent;
    let beside =
        if is_row(side) { meets(own.0, own.2, other.0, other.2) } else { meets(own.1, own.3, other.1, other.3) };
    let before = match side {
        Side::North => other.1 < own.1,
        Side::South => other.1 > own.1,
        Side::West => other.0 < own.0,
        Side::East => other.0 > own.0,
    };
    beside && before
}

/// The coordinate along a side.
fn along(side: Side, at: (i32, i32)) -> i32 {
    if is_row(side) { at.0 } else { at.1 }
}

fn is_row(side: Side) -> bool {
    matches!(side, Side::North | Side::South)
}

/// Where the items of a row begin along their side: opposite their partners, but within the block where they fit.
fn starts(side: Side, size: (i32, i32), satellites: &[Satellite], row: &[usize], gap: i32) -> Vec<i32> {
    let block = along(side, size);
    let extent = |index: usize| along(side, (satellites[index].cell.width, satellites[index].cell.height));
    let variables: Vec<Variable> = row
        .iter()
        .map(|&index| {
            let wished = block / 2 + along(side, satellites[index].pull) - along(side, satellites[index].cell.anchor);
            Variable { desired: wished.clamp(0, (block - extent(index)).max(0)), weight: 1 }
        })
        .collect();
    let gaps: Vec<i32> = row.iter().map(|&index| extent(index) + gap).collect();
    separation::pool(&variables, &gaps)
}

/// The corner at which a cell comes to rest that drops onto the block from one side.
fn drop_onto(side: Side, size: (i32, i32), taken: &[Area], (start, cell): (i32, &Cell), gap: i32) -> (i32, i32) {
    let (own, depth) = if is_row(side) { (cell.width, cell.height) } else { (cell.height, cell.width) };
    let below = taken.iter().filter_map(|&(x, y, width, height)| {
        let (low, high) = if is_row(side) { (x, x + width) } else { (y, y + height) };
        (low < start + own + gap && start < high + gap).then_some(match side {
            Side::North => y - gap - depth,
            Side::South => y + height + gap,
            Side::West => x - gap - depth,
            Side::East => x + width + gap,
        })
    });
    let rest = match side {
        Side::North | Side::West => below.min().unwrap_or(0),
        Side::South => below.max().unwrap_or(size.1 - depth),
        Side::East => below.max().unwrap_or(size.0 - depth),
    };
    if is_row(side) { (start, rest) } else { (rest, start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP: i32 = 40;

    fn satellite(pull: (i32, i32)) -> Satellite {
        Satellite { cell: Cell { width: 64, height: 84, anchor: (32, 32) }, pull }
    }

    #[test]
    fn each_stands_where_its_partners_are() {
        let block = (400, 300);
        let pulls = [(-500, 0), (500, 10), (20, -400), (0, 400)];
        let all: Vec<Satellite> = pulls.into_iter().map(satellite).collect();
        let corners = around(block, &[(0, 0, 400, 300)], &all, GAP);
        assert_eq!(corners, [(-104, 118), (440, 128), (188, -124), (168, 340)]);
    }

    #[test]
    fn two_on_one_side_keep_apart() {
        let corners = around((400, 300), &[(0, 0, 400, 300)], &[satellite((-500, 5)), satellite((-500, 0))], GAP);
        assert!(corners[0].1 - corners[1].1 >= 84 + GAP, "{corners:?}");
    }

    #[test]
    fn one_drops_into_a_notch() {
        let areas = [(0, 0, 64, 84), (0, 124, 400, 300)];
        let corners = around((400, 424), &areas, &[satellite((150, -600))], GAP);
        assert_eq!(corners, [(318, 0)]);
    }
}
