//! Where on the sides of icons the lines of a channel end.
//!
//! A line that comes from straight across the channel has the port opposite, if there is room; the others stand beside
//! it, on the side to which they turn.

use std::collections::BTreeMap;

use super::slices::NONE;
use super::web::{Pin, Run};
use super::widening::{Widening, extent};
use crate::layout::separation::{self, Variable};
use crate::topology::BoxId;

/// From one port of an icon to the next, px.
const PORT_STEP: i32 = 14;
/// From an icon's corner to its outermost port, px.
const ICON_CORNER: i32 = 4;
/// How much more it matters that a line is straight than that a port stands in the middle.
const STRAIGHT: i32 = 8;
/// Rounds in which both ends of a line may move towards each other.
const ROUNDS: usize = 3;

/// A port of one side of an icon.
struct Wish {
    /// Where along the channel the line goes from here.
    toward: i32,
    run: usize,
    port: usize,
    /// Whether it comes from straight across.
    facing: bool,
}

impl Widening<'_> {
    /// Spreads the lines of a channel over the sides of the icons along it.
    pub(super) fn place_ports(&mut self, channel: usize, runs: &[usize]) {
        let axis = self.slices.channels[channel].run;
        for _ in 0..ROUNDS {
            let mut groups: BTreeMap<(BoxId, usize), Vec<Wish>> = BTreeMap::new();
            for &run in runs {
                let pins = &self.web.runs[run].pins;
                for &(pin, side) in pins {
                    let Pin::Port(port) = pin else { continue };
                    let (toward, facing) = self.toward(channel, &self.web.runs[run], pin);
                    let owner = self.web.ports[port].owner;
                    groups.entry((owner, side)).or_default().push(Wish { toward, run, port, facing });
                }
            }
            let mut moved = false;
            for ((owner, _), mut wishes) in groups {
                wishes.sort_by_key(|wish| (wish.toward, wish.run));
                let owner_slice = self.slices.channels[channel].slice;
                let icon = self.icon(owner, owner_slice);
                let half = extent(icon.size(), axis) / 2 - ICON_CORNER;
                let offsets = offsets(&wishes, icon.center().along(axis), half);
                for (wish, offset) in wishes.iter().zip(offsets) {
                    moved |= self.web.ports[wish.port].offset != offset;
                    self.web.ports[wish.port].offset = offset;
                }
            }
            if !moved {
                break;
            }
        }
    }

    /// Where along the channel the line of a pin goes from there, and whether that is straight across the channel.
    fn toward(&self, channel: usize, run: &Run, pin: Pin) -> (i32, bool) {
        let axis = self.slices.channels[channel].run;
        match run.ends {
            [low, NONE] if low != NONE => return (i32::MIN / 2, false),
            [NONE, high] if high != NONE => return (i32::MAX / 2, false),
            _ => {}
        }
        let others = run.pins.iter().filter(|other| other.0 != pin);
        let places: Vec<i32> = others.map(|other| self.along(other.0, channel, axis)).collect();
        let across = matches!(run.pins[..], [one, other] if one.1 != other.1) && run.ends == [NONE, NONE];
        (places.iter().sum::<i32>() / (places.len() as i32).max(1), across)
    }
}

/// How far from the middle of an icon its ports stand, in the order of their wishes.
fn offsets(wishes: &[Wish], middle: i32, half: i32) -> Vec<i32> {
    let count = wishes.len() as i32;
    let step = PORT_STEP.min(2 * half / (count - 1).max(1));
    if step == 0 {
        return (0..count).map(|position| 2 * half * position / (count - 1) - half).collect();
    }
    let variables: Vec<Variable> = wishes
        .iter()
        .map(|wish| {
            let offset = wish.toward.saturating_sub(middle);
            match (wish.facing && offset.abs() <= half, count) {
                (true, _) => Variable { desired: offset, weight: STRAIGHT },
                (false, 1) => Variable { desired: 0, weight: 1 },
                (false, _) => Variable { desired: offset.clamp(-PORT_STEP, PORT_STEP), weight: 1 },
            }
        })
        .collect();
    let mut places = separation::pool(&variables, &vec![step; wishes.len()]);
    let mut most = half;
    for place in places.iter_mut().rev() {
        *place = (*place).min(most);
        most = *place - step;
    }
    let mut least = -half;
    for place in &mut places {
        *place = (*place).max(least);
        least = *place + step;
    }
    places
}
