//! Lines find their place within the channel that the search chose (layout.md 3.8).
//!
//! Before: legal trees. After: legal trees of the same shape, their runs centred in narrow gaps and apart from each
//! other. Each move alone keeps everything legal, so that any number of them does.

use super::berths::{self, Slots};
use super::wires::Wire;
use crate::geometry::{Axis, Rect};

/// Rounds over both axes; the prototype needed no more on any picture.
const ROUNDS: usize = 12;
/// Between parallel lines, px.
const APART: i32 = 10;
/// From a run to the port that it bends towards, px: head and some line.
const STUB: i32 = 16;
/// From a run to a border along it, px.
const OFF_BORDER: i32 = 8;
/// What such a piece is not made shorter than, px.
const SHORTEST_STUB: i32 = 10;
/// In gaps narrower than this a run stands in the middle, px.
const NARROW: i32 = 70;
/// In wider ones it keeps this much more than the minimum, px.
const EASE: i32 = 6;
/// Parallel lines nearer than this are read as one, px.
const TIGHT: i32 = 8;
/// How far apart two runs that follow each other on one coordinate stay, px.
const ENDS_APART: i32 = 8;
/// How far a run looks for its neighbours, px.
const SIGHT: i32 = 110;
/// Width of the strips in which barriers are looked up, px.
const STRIP: i32 = 64;

/// A rectangle that runs stay off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Barrier {
    /// What must not be entered.
    pub(super) area: Rect,
    /// What had better be kept, px.
    pub(super) distance: i32,
}

/// All barriers, found by their place.
#[derive(Debug)]
pub(super) struct Barriers {
    axes: [Strips; 2],
}

#[derive(Debug)]
struct Strips {
    first: i32,
    strips: Vec<Vec<Edge>>,
}

/// A barrier as one axis sees it.
#[derive(Debug, Clone, Copy)]
struct Edge {
    from: i32,
    to: i32,
    low: i32,
    high: i32,
    distance: i32,
}

impl Barriers {
    /// Sorts obstacles, and the borders of containers, into strips.
    pub(super) fn new(obstacles: &[Barrier], borders: &[Rect]) -> Self {
        let axes = [Axis::Vertical, Axis::Horizontal].map(|run| {
            let across = run.other();
            let mut edges: Vec<Edge> = obstacles
                .iter()
                .map(|barrier| {
                    let ((from, to), (low, high)) = (barrier.area.range(across), barrier.area.range(run));
                    Edge { from, to, low, high, distance: barrier.distance }
                })
                .collect();
            for border in borders {
                let ((from, to), (low, high)) = (border.range(across), border.range(run));
                for at in [from, to] {
                    edges.push(Edge { from: at, to: at, low, high, distance: OFF_BORDER });
                }
            }
            Strips::new(&edges)
        });
        Self { axes }
    }

    fn strips(&self, run: Axis) -> &Strips {
        &self.axes[usize::from(run == Axis::Horizontal)]
    }

    /// Whether a straight piece could move sideways from `from` to `to` without meeting anything.
    pub(super) fn lets_pass(&self, run: Axis, (low, high): (i32, i32), (from, to): (i32, i32)) -> bool {
        let (left, right) = (from.min(to), from.max(to));
        let strips = self.strips(run);
        strips
            .between(left, right)
            .all(|edge| edge.high <= low || edge.low >= high || edge.to <= left || edge.from >= right)
    }

    /// How much nearer than it should a straight piece comes to what lies beside it, px.
    pub(super) fn tightness(&self, run: Axis, (low, high): (i32, i32), at: i32) -> i32 {
        let beside = |edge: &&Edge| edge.high > low && edge.low < high;
        let gap = |edge: &Edge| (edge.from - at).max(at - edge.to).max(0);
        let edges = self.strips(run).between(at - OFF_BORDER, at + OFF_BORDER).filter(beside);
        edges.map(|edge| edge.distance - gap(edge)).max().unwrap_or(0).max(0)
    }
}

impl Strips {
    fn new(edges: &[Edge]) -> Self {
        let first = edges.iter().map(|edge| edge.from).min().unwrap_or(0).div_euclid(STRIP);
        let last = edges.iter().map(|edge| edge.to).max().unwrap_or(0).div_euclid(STRIP);
        let mut strips = vec![Vec::new(); (last - first + 1) as usize];
        for &edge in edges {
            for strip in edge.from.div_euclid(STRIP)..=edge.to.div_euclid(STRIP) {
                strips[(strip - first) as usize].push(edge);
            }
        }
        Self { first, strips }
    }

    fn between(&self, low: i32, high: i32) -> impl Iterator<Item = &Edge> {
        let last = self.strips.len() as i32 - 1;
        let from = (low.div_euclid(STRIP) - self.first).clamp(0, last);
        let to = (high.div_euclid(STRIP) - self.first).clamp(0, last);
        self.strips[from as usize..=to as usize].iter().flatten()
    }
}

/// One straight run of a net.
#[derive(Debug, Clone, Copy)]
struct Run {
    net: usize,
    coordinate: usize,
    low: i32,
    high: i32,
    fixed: bool,
    /// Where the end of the run may lie along its box, and where it had best.
    end: (Option<(i32, i32)>, Option<i32>),
}

/// Room for a run: what it may have, and what it would like.
#[derive(Debug, Clone, Copy)]
struct Room {
    at: i32,
    legal: (i32, i32),
    wished: (i32, i32),
    /// Where a run that ends at a box had best stand.
    slot: Option<i32>,
}

impl Room {
    fn unlimited(at: i32) -> Self {
        Self { at, legal: (i32::MIN / 2, i32::MAX / 2), wished: (i32::MIN / 2, i32::MAX / 2), slot: None }
    }

    /// Something lies between `from` and `to`: its distance should be `wished` and must be `least`.
    fn keep_off(&mut self, from: i32, to: i32, wished: i32, least: i32) {
        if to <= self.at {
            self.wished.0 = self.wished.0.max(to + wished);
            self.legal.0 = self.legal.0.max((to + least).min(self.at));
        } else if from >= self.at {
            self.wished.1 = self.wished.1.min(from - wished);
            self.legal.1 = self.legal.1.min((from - least).max(self.at));
        } else {
            self.legal = (self.at, self.at);
        }
    }

    fn best(&self) -> i32 {
        let (low, high) = self.wished;
        let wish = if let Some(slot) = self.slot {
            if low > high { self.at } else { slot.clamp(low, high) }
        } else if low > high || high - low < NARROW {
            if low < i32::MIN / 4 || high > i32::MAX / 4 {
                self.at.clamp(low.min(high), high.max(low))
            } else {
                i32::midpoint(low, high)
            }
        } else {
            self.at.clamp(low.saturating_add(EASE), high.saturating_sub(EASE))
        };
        wish.clamp(self.legal.0, self.legal.1)
    }
}

/// Moves the runs of all wires to where they read best.
pub(super) fn nudge(wires: &mut [Wire], barriers: &Barriers) {
    let slots = berths::slots(wires);
    for _ in 0..ROUNDS {
        let mut moved = false;
        for axis in [Axis::Vertical, Axis::Horizontal] {
            moved |= settle(wires, barriers, axis, &slots);
        }
        if !moved {
            break;
        }
    }
}

fn settle(wires: &mut [Wire], barriers: &Barriers, axis: Axis, slots: &Slots) -> bool {
    let mut runs = runs(wires, axis, slots);
    runs.sort_by_key(|run| (wires[run.net].coordinates[run.coordinate], run.net, run.coordinate));
    let mut moved = false;
    for index in 0..runs.len() {
        let run = runs[index];
        if run.fixed {
            continue;
        }
        let room = room(wires, barriers, axis, &runs, index);
        let best = room.best();
        if best != room.at {
            wires[run.net].coordinates[run.coordinate] = best;
            moved = true;
        }
    }
    moved
}

/// The straight runs along `axis`, with their present extents.
fn runs(wires: &[Wire], axis: Axis, slots: &Slots) -> Vec<Run> {
    let mut runs = Vec::new();
    for (net, wire) in wires.iter().enumerate() {
        let mut extents: Vec<Option<(i32, i32)>> = vec![None; wire.coordinates.len()];
        for &(one, other) in &wire.pieces {
            let coordinate = wire.across(one, axis);
            if coordinate == wire.across(other, axis) {
                let (one, other) = (wire.at(one).along(axis), wire.at(other).along(axis));
                let known = extents[coordinate].get_or_insert((one.min(other), one.max(other)));
                *known = (known.0.min(one).min(other), known.1.max(one).max(other));
            }
        }
        for (coordinate, extent) in extents.into_iter().enumerate() {
            if let Some((low, high)) = extent {
                let bounds = wire.bounds.get(&coordinate).copied();
                let slot =
                    bounds.map(|_| slots.get(&(net, coordinate)).copied().unwrap_or(wire.coordinates[coordinate]));
                let fixed = wire.fixed.contains(&coordinate);
                runs.push(Run { net, coordinate, low, high, fixed, end: (bounds, slot) });
            }
        }
    }
    runs
}

fn room(wires: &[Wire], barriers: &Barriers, axis: Axis, runs: &[Run], index: usize) -> Room {
    let run = runs[index];
    let at = wires[run.net].coordinates[run.coordinate];
    let mut room = Room::unlimited(at);
    for edge in barriers.strips(axis).between(at - SIGHT, at + SIGHT) {
        let beside = edge.high > run.low && edge.low < run.high;
        let close = edge.high > run.low - 4 && edge.low < run.high + 4 && (edge.to <= at || edge.from >= at);
        if beside || close {
            room.keep_off(edge.from, edge.to, edge.distance, 0);
        }
    }
    // Runs were sorted before this pass and have moved since: look further than needed.
    let near = |other: &&Run| (wires[other.net].coordinates[other.coordinate] - at).abs() <= 3 * SIGHT;
    let before = runs[..index].iter().rev().take_while(near);
    let after = runs[index + 1..].iter().take_while(near);
    for other in before.chain(after) {
        let place = wires[other.net].coordinates[other.coordinate];
        if other.net == run.net {
            if place != at && other.high >= run.low - 1 && other.low <= run.high + 1 {
                room.keep_off(place, place, APART, 1);
            }
        } else if other.high >= run.low - ENDS_APART && other.low <= run.high + ENDS_APART {
            // On one coordinate neither has a side of its own to move to.
            if place == at {
                room.legal = (at, at);
            }
            room.keep_off(place, place, APART, TIGHT);
        }
    }
    keep_stubs(&wires[run.net], run, axis, &mut room);
    if let (Some((low, high)), slot) = run.end {
        room.legal = (room.legal.0.max(low.min(at)), room.legal.1.min(high.max(at)));
        room.slot = slot;
    }
    room
}

/// Pieces between the run and a port stay long enough for a head.
fn keep_stubs(wire: &Wire, run: Run, axis: Axis, room: &mut Room) {
    for &(one, other) in &wire.pieces {
        for (here, there) in [(one, other), (other, one)] {
            if wire.across(here, axis) != run.coordinate || wire.across(there, axis) == run.coordinate {
                continue;
            }
            let coordinate = wire.across(there, axis);
            if wire.fixed.contains(&coordinate) {
                let place = wire.coordinates[coordinate];
                if place != room.at {
                    let least = if wire.ends[there].is_some() { SHORTEST_STUB } else { 1 };
                    room.keep_off(place, place, STUB, least);
                }
            }
        }
    }
}
