//! Where on a box lines may end.
//!
//! A leaf offers its icon's middles and, where more lines come, places beside them; a container offers places all
//! along its border.

use super::nets::Plan;
use super::obstacles;
use super::terminals::{Attach, Port, Terminal, TerminalId};
use super::wires::Berth;
use crate::geometry::{Axis, Point, Rect, Side, point};
use crate::layout::placement::Placement;
use crate::theme::metrics;

/// From one port of an icon to the next, px: round icons still have border there.
const LEAF_STEP: i32 = 16;
/// From one port of a container to the next, px.
const BORDER_STEP: i32 = 24;
/// From a container's corner to its first port, px.
const CORNER: i32 = 24;
/// From an icon's corner to its outermost port, px.
const ICON_CORNER: i32 = 4;
/// Closest two ports that an icon offers whatever its lines, px: parallel lines nearer than this are read as one.
const APART: i32 = 8;
/// Closest two ports, px.
const CLOSEST: i32 = 3;
/// A port straight opposite the other end replaces the middle one within this distance, px.
const REPLACES_MIDDLE: i32 = 14;
/// How far from the middle of an icon a port may stand to save a jog, px.
const JOG: i32 = 20;
/// What remains of a border icon's loose-end tolerance: a line that ends on a border icon ends this far off the border.
const BORDER_ICON_REACH: i32 = 12;

/// Fills the ports of all terminals for the nets that end at them.
pub(super) fn offer(terminals: &mut [Terminal], plans: &[Plan], placement: &Placement) {
    let mut partners: Vec<Vec<(Point, bool)>> = vec![Vec::new(); terminals.len()];
    for plan in plans {
        let sources = plan.sources.iter().copied();
        let targets = plan.targets.iter().flatten().copied();
        for (ends, others) in [
            (sources.clone().collect::<Vec<_>>(), targets.clone().collect::<Vec<_>>()),
            (targets.collect(), sources.collect()),
        ] {
            for end in ends {
                // Only one end of a pair steps aside for the other.
                let centers = others.iter().map(|other| (terminals[other.index()].center, *other > end));
                partners[end.index()].extend(centers);
            }
        }
    }
    let mut demand = vec![0; terminals.len()];
    for plan in plans {
        for end in plan.terminals() {
            demand[end.index()] += 1;
        }
    }
    for (index, terminal) in terminals.iter_mut().enumerate() {
        let offer = Offer { placement, partners: &partners[index], demand: demand[index] };
        terminal.ports = offer.ports(terminal);
    }
}

impl Terminal {
    /// How far the end of a line at a port may be moved along the side.
    pub(super) fn berth(&self, id: TerminalId, port: &Port, placement: &Placement) -> Berth {
        let owner = self.owner.index();
        let frame = placement.frames[owner];
        let axis = port.side.axis().other();
        let along = port.at.along(axis);
        let (low, high) = frame.range(axis);
        let middle = self.center.along(axis);
        let (range, middle) = match self.attach {
            Attach::LoopOut | Attach::LoopIn => ((along, along), None),
            Attach::Leaf | Attach::Outer | Attach::Inner => ((low + ICON_CORNER, high - ICON_CORNER), Some(middle)),
            Attach::Outside | Attach::Inside => {
                let corner = CORNER.min((high - low) / 4);
                let mut range = (low + corner, high - corner);
                if let Some(icon) = obstacles::border_icon(placement, owner).filter(|_| axis == Axis::Horizontal) {
                    let (left, right) = (icon.left() - 8, icon.right() + 8);
                    if along <= left {
                        range.1 = range.1.min(left);
                    } else if along >= right {
                        range.0 = range.0.max(right);
                    } else {
                        range = (along, along);
                    }
                }
                (range, None)
            }
        };
        Berth { terminal: id, at: port.at, side: port.side, range, middle }
    }
}

struct Offer<'a> {
    placement: &'a Placement,
    partners: &'a [(Point, bool)],
    demand: i32,
}

impl Offer<'_> {
    fn ports(&self, terminal: &Terminal) -> Vec<Port> {
        let border = self.placement.border_sides[terminal.owner.index()];
        match (terminal.attach, border) {
            (Attach::Leaf, _) => [Side::South, Side::East, Side::West, Side::North]
                .into_iter()
                .flat_map(|side| self.icon_ports(terminal, side))
                .collect(),
            (Attach::Outer, Some(side)) => self.icon_ports(terminal, side),
            (Attach::Inner, Some(side)) => self.icon_ports(terminal, side.opposite()),
            (Attach::LoopOut | Attach::LoopIn, Some(side)) => {
                let middle = terminal.center.along(side.axis().other());
                let mut ports = self.icon_ports(terminal, side);
                ports.retain(|port| {
                    let along = port.at.along(side.axis().other());
                    if terminal.attach == Attach::LoopOut { along < middle } else { along > middle }
                });
                ports
            }
            (Attach::LoopOut, None) => self.loop_ports(terminal, [Side::East, Side::West]),
            (Attach::LoopIn, None) => self.loop_ports(terminal, [Side::North, Side::South]),
            _ => Side::ALL.into_iter().flat_map(|side| self.border_ports(terminal, side)).collect(),
        }
    }

    /// The ends of a self-link stand at the north-east corner, or at another one where there is more room.
    fn loop_ports(&self, terminal: &Terminal, sides: [Side; 2]) -> Vec<Port> {
        let frame = self.placement.frames[terminal.owner.index()];
        let is_leaf = self.placement.titles[terminal.owner.index()].is_none() && frame.width <= metrics::TILE_ICON;
        let on = |side| if is_leaf { self.icon_ports(terminal, side) } else { self.border_ports(terminal, side) };
        let mut ports: Vec<Port> = sides.into_iter().flat_map(on).collect();
        for port in &mut ports {
            port.cost = port.at.manhattan(point(frame.right(), frame.top())) as u32;
        }
        ports
    }

    fn icon_ports(&self, terminal: &Terminal, side: Side) -> Vec<Port> {
        let owner = terminal.owner.index();
        let icon = self.placement.frames[owner];
        let axis = side.axis().other();
        let (low, high) = icon.range(axis);
        let half = ((high - low) / 2 - ICON_CORNER).max(0);
        let middle = terminal.center.along(axis);
        let mut offsets = vec![0];
        let each = (self.demand.max(3) - 1 + 1) / 2;
        // More lines than fit that far apart come closer: a way at all is worth more.
        let fits = self.demand <= 2 * (half / APART) + 1;
        let step = LEAF_STEP.min((half / each.max(1)).max(if fits { APART } else { CLOSEST }));
        for k in 1..=each {
            if k * step <= half {
                offsets.extend([k * step, -k * step]);
            }
        }
        for &(partner, aside) in self.partners {
            let offset = partner.along(axis) - middle;
            if aside && offset.abs() <= JOG.min(half) && !offsets.iter().any(|known| (known - offset).abs() < CLOSEST) {
                offsets.push(offset);
            }
        }
        let edge = end_of_icon(self.placement, owner, side);
        offsets
            .into_iter()
            .map(|offset| Port { at: on_side(side, edge, middle + offset), side, cost: (offset.abs() * 3 / 2) as u32 })
            .collect()
    }

    fn border_ports(&self, terminal: &Terminal, side: Side) -> Vec<Port> {
        let owner = terminal.owner.index();
        let frame = self.placement.frames[owner];
        let axis = side.axis().other();
        let icon = obstacles::border_icon(self.placement, owner).filter(|_| side == Side::North);
        let inside = terminal.attach == Attach::Inside;
        self.places(frame, axis)
            .into_iter()
            .chain(icon.filter(|_| !inside).map(|icon| (icon.center().x, 0)))
            .filter_map(|(along, cost)| {
                let mut edge = frame.edge(side);
                if let Some(icon) = icon {
                    let off = (along - icon.center().x).abs();
                    if off == 0 && !inside {
                        edge = (icon.top() - metrics::PORT_GAP).max(edge - BORDER_ICON_REACH);
                    } else if off < icon.width / 2 + 8 {
                        return None;
                    }
                }
                let leaves = if inside { side.opposite() } else { side };
                Some(Port { at: on_side(side, edge, along), side: leaves, cost })
            })
            .collect()
    }

    /// Coordinates along a side of a container, with their costs.
    fn places(&self, frame: Rect, axis: Axis) -> Vec<(i32, u32)> {
        let (low, high) = frame.range(axis);
        let corner = CORNER.min((high - low) / 4);
        let (low, high) = (low + corner, high - corner);
        let middle = frame.center().along(axis);
        let mut places: Vec<(i32, u32)> = Vec::new();
        let mut add = |along: i32, cost: u32, closest: i32| {
            if (low..=high).contains(&along) && !places.iter().any(|place| (place.0 - along).abs() < closest) {
                places.push((along, cost));
            }
        };
        for &(partner, _) in self.partners {
            let along = partner.along(axis);
            let near_middle = (along - middle).abs() < REPLACES_MIDDLE;
            add(along, if near_middle { 0 } else { 4 }, CLOSEST);
        }
        add(middle, 0, REPLACES_MIDDLE);
        let room = self.demand / 2 + 1;
        let step = BORDER_STEP.min(((high - low) / room).max(APART));
        for k in 1..=(high - low) / (2 * step) + 1 {
            for along in [middle + k * step, middle - k * step] {
                add(along, ((along - middle).abs() / 12) as u32, CLOSEST.max(step / 3));
            }
        }
        places
    }
}

/// Where lines end on `side` of a leaf: a gap off the icon, and below the caption in the south.
pub(super) fn end_of_icon(placement: &Placement, owner: usize, side: Side) -> i32 {
    let icon = placement.icon(owner.into());
    match (side, placement.captions[owner]) {
        (Side::South, Some(caption)) => caption.bottom().max(icon.bottom()) + metrics::PORT_GAP,
        (Side::South | Side::East, _) => icon.edge(side) + metrics::PORT_GAP,
        _ => icon.edge(side) - metrics::PORT_GAP,
    }
}

fn on_side(side: Side, edge: i32, along: i32) -> Point {
    match side.axis() {
        Axis::Vertical => point(along, edge),
        Axis::Horizontal => point(edge, along),
    }
}
