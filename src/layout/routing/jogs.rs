//! Short steps in a line are removed where both sides of the step can share one coordinate.

use super::nudging::Barriers;
use super::wires::Wire;
use crate::geometry::Axis;

/// Steps shorter than this look like mistakes, px: they go wherever that is legal.
const JOG: i32 = 14;
/// Steps shorter than this are two needless corners, px: they go where nothing comes too near by that.
const STEP: i32 = 48;
/// Distance that an aligned run keeps from other nets, px.
const APART: i32 = 8;
/// What the ends of a run keep off what they slide along, px.
const BESIDE: i32 = 4;

/// Aligns the runs on both sides of each short step, where nothing stands in the way.
pub(super) fn remove(wires: &mut [Wire], barriers: &Barriers) {
    for limit in [JOG, STEP] {
        for net in 0..wires.len() {
            let mut piece = 0;
            while piece < wires[net].pieces.len() {
                let (one, other) = wires[net].pieces[piece];
                piece += 1;
                // The short piece at a port is no step.
                if wires[net].ends[one].is_some() || wires[net].ends[other].is_some() {
                    continue;
                }
                for axis in [Axis::Vertical, Axis::Horizontal] {
                    try_align(wires, barriers, (net, one, other), (axis, limit));
                }
            }
        }
    }
}

/// A run that is to move, and the one that it is aligned with.
#[derive(Clone, Copy)]
struct Move {
    net: usize,
    moving: usize,
    staying: usize,
    to: i32,
}

/// `axis` is that of the runs on both sides of the step.
fn try_align(
    wires: &mut [Wire],
    barriers: &Barriers,
    (net, one, other): (usize, usize, usize),
    (axis, limit): (Axis, i32),
) {
    let wire = &wires[net];
    let (first, second) = (wire.across(one, axis), wire.across(other, axis));
    let (from, until) = (wire.coordinates[first], wire.coordinates[second]);
    let step = (from - until).abs();
    if first == second || step == 0 || step >= limit {
        return;
    }
    let between = (1..step).map(|k| from.min(until) + k).filter(|at| at % 2 == 0);
    for to in [until, from].into_iter().chain(between) {
        let fits = |wires: &[Wire], moving: usize, staying: usize| {
            wires[net].coordinates[moving] == to
                || can_move(wires, barriers, Move { net, moving, staying, to }, (axis, limit))
        };
        if !fits(wires, first, second) || !fits(wires, second, first) {
            continue;
        }
        if limit > JOG && !stays_clear(&wires[net], barriers, (first, second, to), axis) {
            continue;
        }
        wires[net].unite(first, second, to, axis);
        return;
    }
}

/// Whether the two runs as one come no nearer to anything than they are.
fn stays_clear(wire: &Wire, barriers: &Barriers, (first, second, to): (usize, usize, i32), axis: Axis) -> bool {
    let tightness =
        |run: usize, at: i32| extent(wire, run, axis).map_or(0, |extent| barriers.tightness(axis, extent, at));
    let before = tightness(first, wire.coordinates[first]).max(tightness(second, wire.coordinates[second]));
    tightness(first, to).max(tightness(second, to)) <= before
}

fn can_move(wires: &[Wire], barriers: &Barriers, step: Move, (axis, limit): (Axis, i32)) -> bool {
    let Move { net, moving, staying, to } = step;
    let wire = &wires[net];
    let from = wire.coordinates[moving];
    let in_bounds = wire.bounds.get(&moving).is_none_or(|&(low, high)| (low..=high).contains(&to));
    if wire.fixed.contains(&moving) || !in_bounds {
        return false;
    }
    let (Some((low, high)), Some(other)) = (extent(wire, moving, axis), extent(wire, staying, axis)) else {
        return false;
    };
    // Both sides of a hairpin would come to lie on each other.
    if other.0 < high && low < other.1 {
        return false;
    }
    let slack = |end: i32| if limit > JOG && !ends_at(wire, moving, axis, end) { BESIDE } else { 0 };
    let swept = (low - slack(low), high + slack(high));
    if !barriers.lets_pass(axis, swept, (from, to)) || !keeps_order(wire, (moving, staying), (from, to), axis) {
        return false;
    }
    let (left, right) = (from.min(to), from.max(to));
    let parallel = |other: &Wire, skipped: bool| {
        other.pieces.iter().all(|&(one, two)| {
            let coordinate = other.across(one, axis);
            if coordinate != other.across(two, axis) || skipped && (coordinate == moving || coordinate == staying) {
                return true;
            }
            let margin = if skipped { 0 } else { APART };
            let at = other.coordinates[coordinate];
            let (start, end) = (other.at(one).along(axis), other.at(two).along(axis));
            let beside = start.max(end) < low - margin || start.min(end) > high + margin;
            beside || at < left - margin || at > right + margin
        })
    };
    wires.iter().enumerate().all(|(index, other)| {
        parallel(other, index == net) && (index == net || !slides_along(other, (low, high), (left, right), axis))
    })
}

/// Whether another net runs along the way on which the ends of the run slide.
fn slides_along(other: &Wire, (low, high): (i32, i32), (left, right): (i32, i32), axis: Axis) -> bool {
    other.pieces.iter().any(|&(one, two)| {
        let (one, two) = (other.at(one), other.at(two));
        let level = one.along(axis);
        level == two.along(axis)
            && ((level - low).abs() < APART || (level - high).abs() < APART)
            && one.along(axis.other()).min(two.along(axis.other())) < right
            && one.along(axis.other()).max(two.along(axis.other())) > left
    })
}

/// Whether the run has a box at this end.
fn ends_at(wire: &Wire, run: usize, axis: Axis, end: i32) -> bool {
    (0..wire.places.len())
        .any(|place| wire.across(place, axis) == run && wire.ends[place].is_some() && wire.at(place).along(axis) == end)
}

/// Whether the pieces that end on the moving run keep their direction and some length.
fn keeps_order(wire: &Wire, (moving, staying): (usize, usize), (from, to): (i32, i32), axis: Axis) -> bool {
    wire.pieces.iter().flat_map(|&(one, other)| [(one, other), (other, one)]).all(|(here, there)| {
        let (here, there) = (wire.across(here, axis), wire.across(there, axis));
        if here != moving || there == moving || there == staying {
            return true;
        }
        let end = wire.coordinates[there];
        (end - from).signum() == (end - to).signum() && (end - to).abs() >= APART.min((end - from).abs())
    })
}

fn extent(wire: &Wire, coordinate: usize, axis: Axis) -> Option<(i32, i32)> {
    wire.pieces
        .iter()
        .filter(|(one, other)| wire.across(*one, axis) == coordinate && wire.across(*other, axis) == coordinate)
        .flat_map(|&(one, other)| [wire.at(one).along(axis), wire.at(other).along(axis)])
        .fold(None, |known: Option<(i32, i32)>, at| {
            Some(known.map_or((at, at), |(low, high)| (low.min(at), high.max(at))))
        })
}
