//! Short steps in a line are removed where both sides of the step can share one coordinate.

use super::nudging::Barriers;
use super::wires::Wire;
use crate::geometry::Axis;

/// Steps shorter than this look like mistakes, px.
const JOG: i32 = 14;
/// Distance that an aligned run keeps from other nets, px.
const APART: i32 = 8;

/// Aligns the runs on both sides of each short step, where nothing stands in the way.
pub(super) fn remove(wires: &mut [Wire], barriers: &Barriers) {
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
                try_align(wires, barriers, (net, one, other), axis);
            }
        }
    }
}

/// `axis` is that of the runs on both sides of the step.
fn try_align(wires: &mut [Wire], barriers: &Barriers, (net, one, other): (usize, usize, usize), axis: Axis) {
    let wire = &wires[net];
    let (first, second) = (wire.across(one, axis), wire.across(other, axis));
    let step = (wire.coordinates[first] - wire.coordinates[second]).abs();
    if first == second || step == 0 || step >= JOG {
        return;
    }
    for (moving, staying) in [(first, second), (second, first)] {
        if wires[net].fixed.contains(&moving) {
            continue;
        }
        let to = wires[net].coordinates[staying];
        if can_move(wires, barriers, net, (moving, staying), axis) {
            let wire = &mut wires[net];
            wire.coordinates[moving] = to;
            for place in &mut wire.places {
                let coordinate = if axis == Axis::Vertical { &mut place.0 } else { &mut place.1 };
                if *coordinate == moving {
                    *coordinate = staying;
                }
            }
            return;
        }
    }
}

fn can_move(wires: &[Wire], barriers: &Barriers, net: usize, (moving, staying): (usize, usize), axis: Axis) -> bool {
    let wire = &wires[net];
    let (from, to) = (wire.coordinates[moving], wire.coordinates[staying]);
    let (Some((low, high)), Some(other)) = (extent(wire, moving, axis), extent(wire, staying, axis)) else {
        return false;
    };
    // Both sides of a hairpin would come to lie on each other.
    if other.0 < high && low < other.1 {
        return false;
    }
    if !barriers.lets_pass(axis, (low, high), (from, to)) || !keeps_order(wire, (moving, staying), axis) {
        return false;
    }
    let (left, right) = (from.min(to), from.max(to));
    wires.iter().enumerate().all(|(index, other)| {
        let margin = if index == net { 0 } else { APART };
        other.pieces.iter().all(|&(one, two)| {
            let coordinate = other.across(one, axis);
            if coordinate != other.across(two, axis) || index == net && (coordinate == moving || coordinate == staying)
            {
                return true;
            }
            let at = other.coordinates[coordinate];
            let (start, end) = (other.at(one).along(axis), other.at(two).along(axis));
            let beside = start.max(end) < low - margin || start.min(end) > high + margin;
            beside || at < left - margin || at > right + margin
        })
    })
}

/// Whether the pieces that end on the moving run keep their direction and some length.
fn keeps_order(wire: &Wire, (moving, staying): (usize, usize), axis: Axis) -> bool {
    let (from, to) = (wire.coordinates[moving], wire.coordinates[staying]);
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
