//! The straight line that serves a whole group of terminals, each with a perpendicular stub (layout.md 3.7).
//!
//! ```text
//!   [a]   [b]   [c]
//!    |     |     |      stubs
//!    +-----+-----+      trunk
//! ```

use super::lattice::{Direction, Lattice};
use super::prices;
use super::search::Window;
use super::terminals::{TerminalId, turning_away};
use super::tree::Router;
use crate::geometry::{Axis, Point};

/// Shortest stub, px: an arrow head and some line.
const SHORTEST_STUB: i32 = 14;
/// Stubs that come from both sides of a trunk.
const BOTH_SIDES: u32 = 30;

/// A trunk with its stubs.
#[derive(Debug, Clone)]
pub(super) struct Backbone {
    /// The vertices of the trunk.
    pub(super) trunk: Vec<u32>,
    /// The vertices of each stub, from the port to the trunk.
    pub(super) stubs: Vec<Vec<u32>>,
    /// The axis along which the trunk runs.
    pub(super) axis: Axis,
    /// What trunk and stubs cost.
    pub(super) price: u32,
}

/// One way to reach a line from a terminal.
#[derive(Debug, Clone, Copy)]
struct Stub {
    price: u32,
    port: usize,
    steps: usize,
}

/// What is asked of a backbone.
pub(super) struct Wish<'a> {
    /// The terminals that it serves.
    pub(super) group: &'a [TerminalId],
    /// Where the other ends of the net lie.
    pub(super) partners: &'a [Point],
    /// Whether stubs may come from both sides.
    pub(super) both_sides: bool,
    /// Where it may lie.
    pub(super) window: Window,
}

/// The cheapest backbone of a group, if there is a line that all of it can reach.
pub(super) fn find(router: &mut Router<'_>, wish: &Wish<'_>) -> Option<Backbone> {
    let mut best: Option<Backbone> = None;
    let mut best_total = u32::MAX;
    for axis in [Axis::Vertical, Axis::Horizontal] {
        let sides: [Direction; 2] = if axis == Axis::Vertical { [1, 3] } else { [0, 2] };
        let reach: Vec<[Vec<Option<Stub>>; 2]> =
            wish.group.iter().map(|&id| sides.map(|side| stubs(router, wish, id, side))).collect();
        let lines = if axis == Axis::Vertical { wish.window.columns } else { wish.window.rows };
        for line in lines.0..=lines.1 {
            for mode in 0..if wish.both_sides { 3 } else { 2 } {
                let chosen: Option<Vec<(Direction, Stub)>> = reach
                    .iter()
                    .map(|both| {
                        let of = |side: usize| both[side][line - lines.0].map(|stub| (sides[side], stub));
                        match mode {
                            2 => [of(0), of(1)].into_iter().flatten().min_by_key(|(_, stub)| stub.price),
                            side => of(side),
                        }
                    })
                    .collect();
                let Some(chosen) = chosen else { continue };
                let stubs: u32 = chosen.iter().map(|(_, stub)| stub.price).sum();
                let extra = if mode == 2 { BOTH_SIDES } else { 0 };
                if stubs + extra >= best_total {
                    continue;
                }
                if let Some((total, backbone)) = build(router, wish, axis, line, &chosen)
                    && total + extra < best_total
                {
                    best_total = total + extra;
                    best = Some(backbone);
                }
            }
        }
    }
    best
}

/// The cheapest stub from a terminal's side to each line in the window.
fn stubs(router: &mut Router<'_>, wish: &Wish<'_>, id: TerminalId, side: Direction) -> Vec<Option<Stub>> {
    let window = wish.window;
    let (first, last) = if side % 2 == 1 { window.columns } else { window.rows };
    let mut result = vec![None; last - first + 1];
    let terminal = &router.terminals[id.index()];
    let direction = terminal.direction(wish.partners);
    router.tariff.open_for(&[terminal]);
    for (number, port) in terminal.ports.iter().enumerate() {
        if super::lattice::direction(port.side) != side {
            continue;
        }
        let Some(offer) = router.port_price(id, number) else { continue };
        let mut price = offer + turning_away(port.side, direction);
        let mut vertex = router.port_vertex(id, number);
        let mut length = 0;
        let mut before = None;
        for steps in 1.. {
            let Some((next, step)) = router.lattice.step(vertex, side) else { break };
            let segment = *router.lattice.segment(vertex, side);
            let Some((cost, tenths)) = router.tariff.segment(&router.lattice, &segment, step, before, false) else {
                break;
            };
            (price, length, vertex, before) = (price + cost, length + step as i32, next, Some(tenths));
            let (column, row) = router.lattice.column_row(vertex);
            let line = if side % 2 == 1 { column } else { row };
            if line < first || line > last {
                break;
            }
            let arms = router.lattice.arms(vertex);
            if arms == 0 {
                let known: &mut Option<Stub> = &mut result[line - first];
                if length >= SHORTEST_STUB && known.is_none_or(|known| price < known.price) {
                    *known = Some(Stub { price, port: number, steps });
                }
            } else if router.crosses(vertex, side) {
                price += prices::CROSSING;
            } else {
                break;
            }
        }
    }
    result
}

/// Draws the trunk of a line between its outermost stubs. Returns the price with the way to the partners.
fn build(
    router: &mut Router<'_>,
    wish: &Wish<'_>,
    axis: Axis,
    line: usize,
    chosen: &[(Direction, Stub)],
) -> Option<(u32, Backbone)> {
    let mut paths = Vec::with_capacity(chosen.len());
    let mut price = 0;
    for (&(side, stub), &id) in chosen.iter().zip(wish.group) {
        let mut path = vec![router.port_vertex(id, stub.port)];
        for _ in 0..stub.steps {
            path.push(router.lattice.step(path[path.len() - 1], side)?.0);
        }
        price += stub.price;
        paths.push(path);
    }
    let mut feet: Vec<u32> = paths.iter().filter_map(|path| path.last().copied()).collect();
    feet.sort_unstable();
    let count = feet.len();
    feet.dedup();
    let from_both = chosen.iter().any(|(side, _)| *side != chosen[0].0);
    // One foot for two stubs is a line through the trunk, not along it.
    if feet.len() < 2 && !(from_both && count == 2) {
        return None;
    }
    let trunk = trunk(router, axis, feet[0], feet[feet.len() - 1])?;
    price += trunk.1 + prices::BEND * feet.len().min(2) as u32;
    let away = distance(&router.lattice, &trunk.0, axis, line, wish.partners);
    // Two stubs that meet head on are copies facing each other, and what they share leaves from their middle.
    let length = |path: &[u32]| router.lattice.at(path[0]).manhattan(router.lattice.at(path[path.len() - 1]));
    let uneven = if feet.len() < 2 { length(&paths[0]).abs_diff(length(&paths[1])) } else { 0 };
    Some((price + away + uneven, Backbone { trunk: trunk.0, stubs: paths, axis, price }))
}

fn trunk(router: &mut Router<'_>, axis: Axis, from: u32, to: u32) -> Option<(Vec<u32>, u32)> {
    let heading = if axis == Axis::Vertical { 2 } else { 1 };
    router.tariff.open_for(&[]);
    let mut path = vec![from];
    let (mut price, mut before) = (0, None);
    let mut vertex = from;
    while vertex != to {
        let (next, length) = router.lattice.step(vertex, heading)?;
        let segment = *router.lattice.segment(vertex, heading);
        let (cost, tenths) = router.tariff.segment(&router.lattice, &segment, length, before, false)?;
        price += cost;
        before = Some(tenths);
        vertex = next;
        if vertex != to && router.lattice.arms(vertex) != 0 {
            if !router.crosses(vertex, heading) {
                return None;
            }
            price += prices::CROSSING;
        }
        path.push(vertex);
    }
    Some((path, price))
}

/// From the partners' mean to the trunk, px.
fn distance(lattice: &Lattice, trunk: &[u32], axis: Axis, line: usize, partners: &[Point]) -> u32 {
    let count = partners.len().max(1) as i32;
    let mean = |axis: Axis| partners.iter().map(|at| at.along(axis)).sum::<i32>() / count;
    let at = if axis == Axis::Vertical { lattice.xs[line] } else { lattice.ys[line] };
    let first = lattice.at(trunk[0]).along(axis);
    let last = lattice.at(trunk[trunk.len() - 1]).along(axis);
    let beside = (at - mean(axis.other())).abs();
    let beyond = (first - mean(axis)).max(mean(axis) - last).max(0);
    (beside + beyond) as u32
}
