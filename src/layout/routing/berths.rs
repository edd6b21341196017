//! Where lines had best leave the side of an icon: a lone one in the middle, several symmetrically.

use std::collections::BTreeMap;

use super::terminals::TerminalId;
use super::wires::Wire;
use crate::geometry::Side;

/// From one line to the next at an icon, px: as ports are offered.
const STEP: i32 = 16;

/// By net and coordinate: where a run that ends at an icon had best lie.
pub(super) type Slots = BTreeMap<(usize, usize), i32>;

/// A run that ends on a side: where it is, its net, its coordinate, and whether it has to stay.
type Ending = (i32, usize, usize, bool);

/// A side of an icon: its middle, the range on it, and what ends there.
type Quay = (i32, (i32, i32), Vec<Ending>);

/// The best places of all runs that end at icons, in their present order.
pub(super) fn slots(wires: &[Wire]) -> Slots {
    let mut sides: BTreeMap<(TerminalId, Side), Quay> = BTreeMap::new();
    for (net, wire) in wires.iter().enumerate() {
        for (place, end) in wire.ends.iter().enumerate() {
            let Some((end, middle)) = end.and_then(|end| Some((end, end.middle?))) else { continue };
            let run = wire.across(place, end.side.axis());
            let ending = (wire.coordinates[run], net, run, wire.fixed.contains(&run));
            sides.entry((end.terminal, end.side)).or_insert((middle, end.range, Vec::new())).2.push(ending);
        }
    }
    let mut slots = Slots::new();
    for (middle, (low, high), mut endings) in sides.into_values() {
        // A line that is straight from end to end has its place already, and the others stand off it.
        if endings.iter().any(|ending| ending.3) {
            continue;
        }
        endings.sort_unstable();
        let count = endings.len() as i32;
        let step = STEP.min((high - low) / (count - 1).max(1));
        for (index, (_, net, run, _)) in endings.into_iter().enumerate() {
            slots.insert((net, run), middle + (2 * index as i32 - count + 1) * step / 2);
        }
    }
    slots
}
