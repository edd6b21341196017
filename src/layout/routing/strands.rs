//! From the tree of a net to the line of each link, and the dots where lines part.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::wires::Wire;
use crate::geometry::Point;

/// The line within a tree from one of the places in `from` to one of those in `to`; `None` if the tree does not hold
/// both.
pub(super) fn strand(wire: &Wire, from: &[usize], to: &[usize]) -> Option<Vec<Point>> {
    let mut neighbours: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(one, other) in &wire.pieces {
        neighbours.entry(one).or_default().push(other);
        neighbours.entry(other).or_default().push(one);
    }
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut seen: BTreeSet<usize> = from.iter().copied().collect();
    let mut queue: VecDeque<usize> = from.iter().copied().collect();
    while let Some(place) = queue.pop_front() {
        if to.contains(&place) {
            let mut line: Vec<Point> = std::iter::successors(Some(place), |place| before.get(place).copied())
                .map(|place| wire.at(place))
                .collect();
            line.reverse();
            return Some(straighten(&line));
        }
        for &next in neighbours.get(&place).into_iter().flatten() {
            if seen.insert(next) {
                before.insert(next, place);
                queue.push_back(next);
            }
        }
    }
    None
}

/// A line without repeated points and without points between its corners.
pub(super) fn straighten(line: &[Point]) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(line.len());
    for &at in line {
        if corners.last() == Some(&at) {
            continue;
        }
        while let [.., before, last] = corners[..] {
            let straight = before.x == last.x && last.x == at.x || before.y == last.y && last.y == at.y;
            if !straight {
                break;
            }
            corners.pop();
        }
        corners.push(at);
    }
    corners
}

/// The places where lines of a net leave in three or four directions.
pub(super) fn junctions(wire: &Wire) -> Vec<Point> {
    let mut arms: BTreeMap<Point, BTreeSet<(i32, i32)>> = BTreeMap::new();
    for (one, other) in wire.segments() {
        let (x, y) = ((other.x - one.x).signum(), (other.y - one.y).signum());
        arms.entry(one).or_default().insert((x, y));
        arms.entry(other).or_default().insert((-x, -y));
    }
    arms.into_iter().filter(|(_, directions)| directions.len() > 2).map(|(at, _)| at).collect()
}
