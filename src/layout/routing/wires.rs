//! Nets as trees of straight runs, in px.

use std::collections::BTreeSet;

use crate::geometry::{Axis, Point, Rect, point};

/// The tree of one net: places joined by straight pieces. All places that one straight run touches share a coordinate,
/// so that moving a run moves its junctions along.
#[derive(Debug, Clone, Default)]
pub(super) struct Wire {
    /// The coordinates: first those of vertical runs (x), then those of horizontal ones (y), in one table.
    pub(super) coordinates: Vec<i32>,
    /// Places, as indexes of their x and y.
    pub(super) places: Vec<(usize, usize)>,
    /// Straight pieces between neighbouring places.
    pub(super) pieces: Vec<(usize, usize)>,
    /// Coordinates that must stay, because a line ends on them.
    pub(super) fixed: BTreeSet<usize>,
    /// By place: whether it is the end of a line.
    pub(super) ends: Vec<bool>,
}

impl Wire {
    /// The tree that polylines draw together; `ends` are the places where boxes begin.
    pub(super) fn new(paths: &[Vec<Point>], ends: &[Point]) -> Self {
        let places = places(paths);
        let pieces = pieces(paths, &places);
        let kept: Vec<Point> =
            places.iter().copied().filter(|&at| !is_passing(at, &places, &pieces) || ends.contains(&at)).collect();
        let pieces = pieces_between(&kept, &pieces, &places);
        // A branch may run through a place where it could have ended.
        let degree = |index: usize| pieces.iter().filter(|(one, other)| *one == index || *other == index).count();
        let ends: Vec<bool> =
            kept.iter().enumerate().map(|(index, at)| ends.contains(at) && degree(index) == 1).collect();
        Self::assemble(&kept, pieces, ends)
    }

    fn assemble(kept: &[Point], pieces: Vec<(usize, usize)>, ends: Vec<bool>) -> Self {
        let mut x: Vec<usize> = (0..kept.len()).collect();
        let mut y = x.clone();
        for &(one, other) in &pieces {
            let along = if kept[one].x == kept[other].x { &mut x } else { &mut y };
            let (low, high) = (along[one].min(along[other]), along[one].max(along[other]));
            for class in along.iter_mut().filter(|class| **class == high) {
                *class = low;
            }
        }
        let count = kept.len();
        let mut coordinates: Vec<i32> = kept.iter().map(|at| at.x).collect();
        coordinates.extend(kept.iter().map(|at| at.y));
        let places: Vec<(usize, usize)> = (0..count).map(|index| (x[index], count + y[index])).collect();
        let mut wire = Self { coordinates, places, pieces, fixed: BTreeSet::new(), ends };
        for index in 0..count {
            if wire.ends[index] {
                let (x, y) = wire.places[index];
                wire.fixed.extend([x, y]);
            }
        }
        wire
    }

    /// Where a place lies now.
    pub(super) fn at(&self, place: usize) -> Point {
        let (x, y) = self.places[place];
        point(self.coordinates[x], self.coordinates[y])
    }

    /// The coordinate of a place across `axis`: the one that a run along `axis` shares.
    pub(super) fn across(&self, place: usize, axis: Axis) -> usize {
        match axis {
            Axis::Vertical => self.places[place].0,
            Axis::Horizontal => self.places[place].1,
        }
    }

    /// The pieces that have a length, as points.
    pub(super) fn segments(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.pieces.iter().map(|&(one, other)| (self.at(one), self.at(other))).filter(|(one, other)| one != other)
    }

    /// The rectangle that a piece covers, without thickness.
    pub(super) fn extent(one: Point, other: Point) -> Rect {
        Rect::from_edges(one.x.min(other.x), one.y.min(other.y), one.x.max(other.x), one.y.max(other.y))
    }
}

/// All corners, ends and meeting points.
fn places(paths: &[Vec<Point>]) -> Vec<Point> {
    let mut places: BTreeSet<Point> = BTreeSet::new();
    for path in paths {
        places.extend(path.iter().copied());
    }
    places.into_iter().collect()
}

/// The polylines cut at all places that lie on them.
fn pieces(paths: &[Vec<Point>], places: &[Point]) -> BTreeSet<(usize, usize)> {
    let mut pieces = BTreeSet::new();
    for pair in paths.iter().flat_map(|path| path.windows(2)) {
        let extent = Wire::extent(pair[0], pair[1]);
        // Places are sorted by x, then y: along a straight piece that is their order.
        let on: Vec<usize> = (0..places.len()).filter(|&index| extent.contains_point(places[index])).collect();
        pieces.extend(on.windows(2).map(|two| (two[0], two[1])));
    }
    pieces
}

fn is_passing(at: Point, places: &[Point], pieces: &BTreeSet<(usize, usize)>) -> bool {
    let index = places.binary_search(&at).unwrap_or(usize::MAX);
    let others: Vec<Point> = pieces
        .iter()
        .filter(|(one, other)| *one == index || *other == index)
        .map(|&(one, other)| places[if one == index { other } else { one }])
        .collect();
    matches!(others[..], [one, other] if one.x == other.x || one.y == other.y)
}

/// The pieces joined over the places that were left out.
fn pieces_between(kept: &[Point], pieces: &BTreeSet<(usize, usize)>, places: &[Point]) -> Vec<(usize, usize)> {
    let mut joined = Vec::new();
    for (index, &from) in kept.iter().enumerate() {
        let start = places.binary_search(&from).unwrap_or(usize::MAX);
        for axis in [Axis::Horizontal, Axis::Vertical] {
            // Walk right and down alone: each piece is met once.
            let mut here = start;
            loop {
                let next = pieces
                    .range((here, 0)..(here, usize::MAX))
                    .map(|&(_, other)| other)
                    .find(|&other| places[other].along(axis.other()) == places[here].along(axis.other()));
                let Some(next) = next else { break };
                here = next;
                if let Ok(end) = kept.binary_search(&places[here]) {
                    joined.push((index, end));
                    break;
                }
            }
        }
    }
    joined
}
