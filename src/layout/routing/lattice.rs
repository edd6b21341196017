//! The grid of places through which lines may run, and which of them are taken.
//!
//! Vertices are the crossings of chosen coordinates, numbered row by row; a segment joins two neighbours. Everything
//! that a search asks in its inner loop is one look-up in a dense table.

mod cover;

use std::ops::Range;

use super::obstacles::Obstacle;
use super::search::Window;
use crate::geometry::{Point, Rect, Side, point};
use crate::topology::BoxId;

/// Nobody: no net runs here.
pub(super) const NOBODY: u32 = u32::MAX;

const BLOCKED: u32 = u32::MAX;
const FREE: u32 = u32::MAX - 1;
const LANE: u32 = 1 << 31;

/// Lines closer than this to another net cost more, px.
const NEAR: i32 = 9;
/// Lines closer than this to another net are read as one with it, px.
const TIGHT: i32 = 3;
/// Straight line that an arrow head needs behind it, head included, px.
const STUB: i32 = 14;
/// The arms of a vertex that a horizontal line uses.
pub(super) const HORIZONTAL_ARMS: u8 = 0b1010;
/// The arms of a vertex that a vertical line uses.
pub(super) const VERTICAL_ARMS: u8 = 0b0101;

/// One segment of the lattice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    guard: u32,
    /// The net that runs here.
    pub(super) user: u32,
    /// The containers around it, as an index into [`Lattice::classes`].
    pub(super) class: u32,
    near: u8,
    tight: u8,
    /// Times its length that it costs to run along a border here.
    pub(super) hug: u8,
}

/// A set of containers and overlays that lie over each other somewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Class {
    /// The innermost of them.
    pub(super) holder: Option<BoxId>,
    /// The rest.
    pub(super) outer: u32,
}

/// A vertex as a search knows it: with its column and row, so that no step divides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Its number.
    pub(super) vertex: u32,
    /// Its column.
    pub(super) column: u32,
    /// Its row.
    pub(super) row: u32,
}

/// Coordinates, obstacles and occupation.
#[derive(Debug)]
pub(super) struct Lattice {
    /// Ascending x coordinates.
    pub(super) xs: Vec<i32>,
    /// Ascending y coordinates.
    pub(super) ys: Vec<i32>,
    /// Sets of containers; the first is the empty set.
    pub(super) classes: Vec<Class>,
    segments: Vec<Segment>,
    arms: Vec<u8>,
    /// By vertex: how many ends of taken segments lie within [`TIGHT`].
    crowd: Vec<u8>,
    /// By vertex: the box whose lines should not bend here yet, as a port of it is too near.
    stubs: Vec<u32>,
    /// By column and by row: the first and behind the last of those less than [`NEAR`] and [`TIGHT`] away.
    near: [Vec<Range<usize>>; 2],
    tight: [Vec<Range<usize>>; 2],
}

/// The four directions in the order of [`Side::ALL`]: 0 north, 1 east, 2 south, 3 west.
pub(super) type Direction = usize;

/// The direction that points out of `side`.
pub(super) const fn direction(side: Side) -> Direction {
    match side {
        Side::North => 0,
        Side::East => 1,
        Side::South => 2,
        Side::West => 3,
    }
}

impl Lattice {
    /// An empty lattice over the coordinates.
    pub(super) fn new(xs: Vec<i32>, ys: Vec<i32>) -> Self {
        let vertices = xs.len() * ys.len();
        let segment = Segment { guard: FREE, user: NOBODY, class: 0, near: 0, tight: 0, hug: 0 };
        let classes = vec![Class { holder: None, outer: 0 }];
        Self {
            segments: vec![segment; 2 * vertices],
            arms: vec![0; vertices],
            crowd: vec![0; vertices],
            stubs: vec![NOBODY; vertices],
            classes,
            near: [surroundings(&xs, NEAR), surroundings(&ys, NEAR)],
            tight: [surroundings(&xs, TIGHT), surroundings(&ys, TIGHT)],
            xs,
            ys,
        }
    }

    /// The number of vertices.
    pub(super) fn len(&self) -> usize {
        self.arms.len()
    }

    /// The column and the row of a vertex.
    #[inline]
    pub(super) fn column_row(&self, vertex: u32) -> (usize, usize) {
        let width = self.xs.len() as u32;
        ((vertex % width) as usize, (vertex / width) as usize)
    }

    /// The vertex of a column and a row.
    pub(super) fn vertex(&self, column: usize, row: usize) -> u32 {
        (row * self.xs.len() + column) as u32
    }

    /// Where a vertex lies.
    #[inline]
    pub(super) fn at(&self, vertex: u32) -> Point {
        let (column, row) = self.column_row(vertex);
        point(self.xs[column], self.ys[row])
    }

    /// The vertex at a point, where there is one.
    pub(super) fn find(&self, at: Point) -> Option<u32> {
        let column = self.xs.binary_search(&at.x).ok()?;
        let row = self.ys.binary_search(&at.y).ok()?;
        Some(self.vertex(column, row))
    }

    /// The next vertex in a direction, and the length of the way, px.
    #[inline]
    pub(super) fn step(&self, vertex: u32, direction: Direction) -> Option<(u32, u32)> {
        let (column, row) = self.column_row(vertex);
        let width = self.xs.len() as u32;
        match direction {
            0 => (row > 0).then(|| (vertex - width, (self.ys[row] - self.ys[row - 1]) as u32)),
            1 => (column + 1 < self.xs.len()).then(|| (vertex + 1, (self.xs[column + 1] - self.xs[column]) as u32)),
            2 => (row + 1 < self.ys.len()).then(|| (vertex + width, (self.ys[row + 1] - self.ys[row]) as u32)),
            _ => (column > 0).then(|| (vertex - 1, (self.xs[column] - self.xs[column - 1]) as u32)),
        }
    }

    /// A vertex with its column and row.
    #[inline]
    pub(super) fn spot(&self, vertex: u32) -> Spot {
        let width = self.xs.len() as u32;
        Spot { vertex, column: vertex % width, row: vertex / width }
    }

    /// The next spot in a direction within a window, and the length of the way, px.
    #[inline]
    pub(super) fn step_within(&self, spot: Spot, direction: Direction, window: &Window) -> Option<(Spot, u32)> {
        let Spot { vertex, column, row } = spot;
        let (width, at) = (self.xs.len() as u32, (column as usize, row as usize));
        let (next, lines, line) = match direction {
            0 if at.1 > window.rows.0 => (Spot { vertex: vertex - width, column, row: row - 1 }, &self.ys, at.1),
            1 if at.0 < window.columns.1 => (Spot { vertex: vertex + 1, column: column + 1, row }, &self.xs, at.0 + 1),
            2 if at.1 < window.rows.1 => (Spot { vertex: vertex + width, column, row: row + 1 }, &self.ys, at.1 + 1),
            3 if at.0 > window.columns.0 => (Spot { vertex: vertex - 1, column: column - 1, row }, &self.xs, at.0),
            _ => return None,
        };
        Some((next, (lines[line] - lines[line - 1]) as u32))
    }

    #[inline]
    fn segment_index(&self, vertex: u32, direction: Direction) -> usize {
        let vertex = vertex as usize;
        match direction {
            0 => 2 * (vertex - self.xs.len()) + 1,
            1 => 2 * vertex,
            2 => 2 * vertex + 1,
            _ => 2 * (vertex - 1),
        }
    }

    /// The segment that leaves a vertex in a direction in which there is one.
    #[inline]
    pub(super) fn segment(&self, vertex: u32, direction: Direction) -> &Segment {
        &self.segments[self.segment_index(vertex, direction)]
    }

    /// Which of the four directions at a vertex are taken by lines, as bits.
    #[inline]
    pub(super) fn arms(&self, vertex: u32) -> u8 {
        self.arms[vertex as usize]
    }

    /// Whether a line lies so near that a corner here would be read as part of it.
    #[inline]
    pub(super) fn is_crowded(&self, vertex: u32) -> bool {
        self.crowd[vertex as usize] > 0
    }

    /// Whether all lines at a vertex belong to `net`.
    pub(super) fn only(&self, vertex: u32, net: u32) -> bool {
        let arms = self.arms(vertex);
        (0..4).all(|direction| arms >> direction & 1 == 0 || self.segment(vertex, direction).user == net)
    }

    /// Blocks the interiors of the obstacles; then opens the way to each port of their owners.
    pub(super) fn block(&mut self, obstacles: &[Obstacle]) {
        for obstacle in obstacles {
            let owner = obstacle.owner.map_or(BLOCKED, |owner| owner.0);
            self.each_inside(obstacle.area, |segment| {
                segment.guard = if segment.guard == FREE || segment.guard == owner { owner } else { BLOCKED };
            });
        }
    }

    /// Opens the lane from a port through the obstacles of its own box.
    pub(super) fn open_lane(&mut self, port: Point, side: Side, owner: BoxId) {
        let Some(mut vertex) = self.find(port) else { return };
        while let Some((next, _)) = self.step(vertex, direction(side)) {
            let index = self.segment_index(vertex, direction(side));
            let guard = self.segments[index].guard;
            if guard != owner.0 {
                break;
            }
            self.segments[index].guard = LANE | owner.0;
            vertex = next;
        }
    }

    /// Says that lines of `owner` stay straight this near to one of its ports.
    pub(super) fn keep_straight(&mut self, port: Point, side: Side, owner: BoxId) {
        let Some(mut vertex) = self.find(port) else { return };
        while let Some((next, _)) = self.step(vertex, direction(side)) {
            if self.at(next).manhattan(port) >= STUB {
                break;
            }
            self.stubs[next as usize] = owner.0;
            vertex = next;
        }
    }

    /// The box whose lines should stay straight at a vertex.
    #[inline]
    pub(super) fn stub_of(&self, vertex: u32) -> u32 {
        self.stubs[vertex as usize]
    }

    /// Visits each segment that meets the interior of an area.
    fn each_inside(&mut self, area: Rect, mut visit: impl FnMut(&mut Segment)) {
        let width = self.xs.len();
        let columns = inside(&self.xs, area.left(), area.right());
        let rows = inside(&self.ys, area.top(), area.bottom());
        let reach = |lines: &[i32], low: i32, high: i32| {
            (
                lines.partition_point(|&at| at <= low).saturating_sub(1),
                lines.partition_point(|&at| at < high).min(lines.len() - 1),
            )
        };
        let (left, right) = reach(&self.xs, area.left(), area.right());
        let (top, bottom) = reach(&self.ys, area.top(), area.bottom());
        for row in rows.0..rows.1 {
            for column in left..right {
                visit(&mut self.segments[2 * (row * width + column)]);
            }
        }
        for row in top..bottom {
            for column in columns.0..columns.1 {
                visit(&mut self.segments[2 * (row * width + column) + 1]);
            }
        }
    }

    /// Lets `net` run along a path of neighbouring vertices.
    pub(super) fn occupy(&mut self, path: &[u32], net: u32) {
        for pair in path.windows(2) {
            self.mark(pair[0], pair[1], net);
        }
    }

    /// Takes back what [`Lattice::occupy`] did.
    pub(super) fn release(&mut self, path: &[u32]) {
        for pair in path.windows(2) {
            self.mark(pair[0], pair[1], NOBODY);
        }
    }

    fn mark(&mut self, from: u32, to: u32, net: u32) {
        let direction = Self::heading(from, to);
        let index = self.segment_index(from, direction);
        let taken = net != NOBODY;
        if (self.segments[index].user != NOBODY) == taken {
            return;
        }
        self.segments[index].user = net;
        let (column, row) = self.column_row(from.min(to));
        let horizontal = direction % 2 == 1;
        let ahead = if horizontal { (column + 1, row) } else { (column, row + 1) };
        let arms = if horizontal { [1, 3] } else { [2, 0] };
        for (vertex, place, arm) in [(from.min(to), (column, row), arms[0]), (from.max(to), ahead, arms[1])] {
            let bit = 1 << arm;
            if taken {
                self.arms[vertex as usize] |= bit;
            } else {
                self.arms[vertex as usize] &= !bit;
            }
            self.crowd_around(place, taken);
        }
        let (axis, line, stride) = if horizontal { (1, row, 2 * self.xs.len()) } else { (0, column, 2) };
        let first = index - line * stride;
        let (near, tight) = (self.near[axis][line].clone(), self.tight[axis][line].clone());
        let add = |count: u8| if taken { count.saturating_add(1) } else { count.saturating_sub(1) };
        for other in near {
            let segment = &mut self.segments[first + other * stride];
            segment.near = add(segment.near);
            if tight.contains(&other) {
                segment.tight = add(segment.tight);
            }
        }
    }

    fn crowd_around(&mut self, (column, row): (usize, usize), taken: bool) {
        for row in self.tight[1][row].clone() {
            for column in self.tight[0][column].clone() {
                let count = &mut self.crowd[row * self.xs.len() + column];
                *count = if taken { count.saturating_add(1) } else { count.saturating_sub(1) };
            }
        }
    }

    /// The direction from a vertex to its neighbour.
    pub(super) fn heading(from: u32, to: u32) -> Direction {
        if to == from + 1 {
            1
        } else if from == to + 1 {
            3
        } else if to > from {
            2
        } else {
            0
        }
    }

    /// The vertices along a polyline whose corners lie on coordinates of the lattice.
    pub(super) fn trace(&self, points: &[Point]) -> Option<Vec<u32>> {
        let mut path = vec![self.find(*points.first()?)?];
        for &corner in &points[1..] {
            let goal = self.find(corner)?;
            while let Some(&last) = path.last().filter(|&&last| last != goal) {
                let from = self.at(last);
                let side = if corner.x > from.x {
                    1
                } else if corner.x < from.x {
                    3
                } else if corner.y > from.y {
                    2
                } else {
                    0
                };
                path.push(self.step(last, side)?.0);
            }
        }
        Some(path)
    }
}

impl Segment {
    /// Whether an obstacle lies here that is not passable for a net with ends at the boxes that `own` accepts.
    #[inline]
    pub(super) fn is_blocked(&self, own: impl Fn(u32) -> bool) -> bool {
        match self.guard {
            FREE => false,
            guard if guard & LANE != 0 && guard != BLOCKED => !own(guard & !LANE),
            _ => true,
        }
    }

    /// Whether another line runs here, or so near that both would be read as one.
    #[inline]
    pub(super) fn is_taken(&self) -> bool {
        self.tight > 0 || self.user != NOBODY
    }

    /// Whether another line runs nearby.
    #[inline]
    pub(super) fn is_near(&self) -> bool {
        self.near > 0
    }
}

/// For each coordinate the positions of those less than `distance` away, itself among them.
fn surroundings(lines: &[i32], distance: i32) -> Vec<Range<usize>> {
    let (mut first, mut behind) = (0, 0);
    let around = |&at: &i32| {
        while at - lines[first] >= distance {
            first += 1;
        }
        while behind < lines.len() && lines[behind] - at < distance {
            behind += 1;
        }
        first..behind
    };
    lines.iter().map(around).collect()
}

/// The positions of the coordinates strictly between two values, as a half-open range.
fn inside(lines: &[i32], low: i32, high: i32) -> (usize, usize) {
    let from = lines.partition_point(|&at| at <= low);
    (from, lines.partition_point(|&at| at < high).max(from))
}
