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
    /// By terminal: in which direction its partners lie.
    pub(super) directions: Vec<(i64, i64)>,
    /// Where those ends of the net lie that it does not serve.
    pub(super) partners: &'a [Point],
    /// So many of them, the first, may come from either side. Arrow heads that face each other over a trunk would read as one line.
    pub(super) free: usize,
    /// Where it may lie.
    pub(super) window: Window,
}

/// A line with a stub for each terminal, before it is drawn.
struct Proposal {
    axis: Axis,
    stubs: Vec<(Direction, Stub)>,
    /// The ends of the trunk.
    feet: (u32, u32),
    /// What trunk and stubs cost.
    price: u32,
}

/// The cheapest backbone of a group, if there is a line that all of it can reach.
pub(super) fn find(router: &mut Router<'_>, wish: &Wish<'_>) -> Option<Backbone> {
    let mut best: Option<Proposal> = None;
    let mut best_total = u32::MAX;
    let mut chosen: Vec<(Direction, Stub)> = Vec::with_capacity(wish.group.len());
    // From which side stubs come, and whether the free ones may come from the other.
    let modes: &[(usize, bool)] = match wish.free {
        0 => &[(0, false), (1, false)],
        all if all == wish.group.len() => &[(0, false), (1, false), (0, true)],
        _ => &[(0, false), (1, false), (0, true), (1, true)],
    };
    for axis in [Axis::Vertical, Axis::Horizontal] {
        let sides: [Direction; 2] = if axis == Axis::Vertical { [1, 3] } else { [0, 2] };
        let reach: Vec<[Vec<Option<Stub>>; 2]> =
            (0..wish.group.len()).map(|index| sides.map(|side| stubs(router, wish, index, side))).collect();
        router.tariff.open_for(&[]);
        let lines = if axis == Axis::Vertical { wish.window.columns } else { wish.window.rows };
        for line in lines.0..=lines.1 {
            for &(side, mixed) in modes {
                chosen.clear();
                chosen.extend(reach.iter().enumerate().map_while(|(index, both)| {
                    let of = |side: usize| both[side][line - lines.0].map(|stub| (sides[side], stub));
                    if mixed && index < wish.free {
                        [of(0), of(1)].into_iter().flatten().min_by_key(|(_, stub)| stub.price)
                    } else {
                        of(side)
                    }
                }));
                if chosen.len() < reach.len() {
                    continue;
                }
                let extra = if mixed { BOTH_SIDES } else { 0 };
                let ceiling = best_total.saturating_sub(extra);
                if let Some((total, price, feet)) = appraise(router, wish, (axis, line), &chosen, ceiling) {
                    best_total = total + extra;
                    best = Some(Proposal { axis, stubs: chosen.clone(), feet, price });
                }
            }
        }
    }
    best.map(|proposal| draw(router, wish, &proposal))
}

/// The cheapest stub from a terminal's side to each line in the window.
fn stubs(router: &mut Router<'_>, wish: &Wish<'_>, index: usize, side: Direction) -> Vec<Option<Stub>> {
    let (id, direction, window) = (wish.group[index], wish.directions[index], wish.window);
    let (first, last) = if side % 2 == 1 { window.columns } else { window.rows };
    let mut result = vec![None; last - first + 1];
    let terminal = &router.terminals[id.index()];
    router.tariff.open_for(&[terminal]);
    for (number, port) in terminal.ports.iter().enumerate() {
        if super::lattice::direction(port.side) != side {
            continue;
        }
        let Some(offer) = router.port_price(id, number) else { continue };
        let mut price = offer + turning_away(port.side, direction);
        let mut spot = router.lattice.spot(router.port_vertex(id, number));
        let mut length = 0;
        let mut before = None;
        for steps in 1.. {
            let Some((next, step)) = router.lattice.step_within(spot, side, &window) else { break };
            let segment = *router.lattice.segment(spot.vertex, side);
            let Some((cost, tenths)) = router.tariff.segment(&router.lattice, &segment, step, before, false) else {
                break;
            };
            (price, length, spot, before) = (price + cost, length + step as i32, next, Some(tenths));
            let vertex = spot.vertex;
            let line = if side % 2 == 1 { spot.column } else { spot.row } as usize;
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

/// What a line with these stubs costs, with and without the way to the partners, and the ends of its trunk; `None` if that
/// is not below the ceiling.
fn appraise(
    router: &mut Router<'_>,
    wish: &Wish<'_>,
    (axis, line): (Axis, usize),
    chosen: &[(Direction, Stub)],
    ceiling: u32,
) -> Option<(u32, u32, (u32, u32))> {
    let stubs: u32 = chosen.iter().map(|(_, stub)| stub.price).sum();
    if stubs >= ceiling {
        return None;
    }
    let foot = |(&(_, stub), &id): (&(Direction, Stub), &TerminalId)| {
        let (column, row) = router.lattice.column_row(router.port_vertex(id, stub.port));
        if axis == Axis::Vertical { router.lattice.vertex(line, row) } else { router.lattice.vertex(column, line) }
    };
    let feet = || chosen.iter().zip(wish.group).map(foot);
    let (first, last) = (feet().min()?, feet().max()?);
    let from_both = chosen.iter().any(|(side, _)| *side != chosen[0].0);
    // One foot for two stubs is a line through the trunk, not along it.
    if first == last && !(from_both && chosen.len() == 2) {
        return None;
    }
    let bends = prices::BEND * if first == last { 1 } else { 2 };
    let away = distance(&router.lattice, (first, last), axis, line, wish.partners);
    // Two stubs that meet head on are copies facing each other, and what they share leaves from their middle.
    let length = |index: usize| {
        let port = router.port_vertex(wish.group[index], chosen[index].1.port);
        router.lattice.at(port).manhattan(router.lattice.at(first))
    };
    let uneven = if first == last { length(0).abs_diff(length(1)) } else { 0 };
    // No px of trunk is cheaper than plain line.
    let least = router.lattice.at(first).manhattan(router.lattice.at(last)) as u32;
    if stubs + bends + away + uneven + least >= ceiling {
        return None;
    }
    let price = stubs + bends + trunk(router, wish.window, axis, (first, last))?;
    let total = price + away + uneven;
    (total < ceiling).then_some((total, price, (first, last)))
}

/// What the trunk between two feet costs.
fn trunk(router: &mut Router<'_>, window: Window, axis: Axis, (from, to): (u32, u32)) -> Option<u32> {
    let heading = heading(axis);
    let (mut price, mut before) = (0, None);
    let mut spot = router.lattice.spot(from);
    while spot.vertex != to {
        let (next, length) = router.lattice.step_within(spot, heading, &window)?;
        let segment = *router.lattice.segment(spot.vertex, heading);
        let (cost, tenths) = router.tariff.segment(&router.lattice, &segment, length, before, false)?;
        price += cost;
        before = Some(tenths);
        spot = next;
        if spot.vertex != to && router.lattice.arms(spot.vertex) != 0 {
            if !router.crosses(spot.vertex, heading) {
                return None;
            }
            price += prices::CROSSING;
        }
    }
    Some(price)
}

/// The direction in which a trunk is drawn.
const fn heading(axis: Axis) -> Direction {
    match axis {
        Axis::Vertical => 2,
        Axis::Horizontal => 1,
    }
}

/// The vertices of a proposal.
fn draw(router: &Router<'_>, wish: &Wish<'_>, proposal: &Proposal) -> Backbone {
    let ahead = |vertex: u32, heading: Direction| router.lattice.step(vertex, heading).map(|(next, _)| next);
    let stub = |(&(side, stub), &id): (&(Direction, Stub), &TerminalId)| -> Vec<u32> {
        let port = router.port_vertex(id, stub.port);
        std::iter::successors(Some(port), |&vertex| ahead(vertex, side)).take(stub.steps + 1).collect()
    };
    let stubs = proposal.stubs.iter().zip(wish.group).map(stub).collect();
    let (first, last) = proposal.feet;
    let along = |&vertex: &u32| (vertex != last).then(|| ahead(vertex, heading(proposal.axis))).flatten();
    let trunk = std::iter::successors(Some(first), along).collect();
    Backbone { trunk, stubs, axis: proposal.axis, price: proposal.price }
}

/// From the partners' mean to the trunk, px; 0 if it serves them too.
fn distance(lattice: &Lattice, trunk: (u32, u32), axis: Axis, line: usize, partners: &[Point]) -> u32 {
    if partners.is_empty() {
        return 0;
    }
    let count = partners.len() as i32;
    let mean = |axis: Axis| partners.iter().map(|at| at.along(axis)).sum::<i32>() / count;
    let at = if axis == Axis::Vertical { lattice.xs[line] } else { lattice.ys[line] };
    let first = lattice.at(trunk.0).along(axis);
    let last = lattice.at(trunk.1).along(axis);
    let beside = (at - mean(axis.other())).abs();
    let beyond = (first - mean(axis)).max(mean(axis) - last).max(0);
    (beside + beyond) as u32
}
