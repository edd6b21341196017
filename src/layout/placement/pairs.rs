//! Boxes tucked in beside the one box that they are linked with: whom the users ask first, a cache beside its service.
//!
//! In layers such a box would take up a rank of its own, or stand beside a large container, with a corner in its line.
//! Beside its partner, across the flow, its line is straight and short.

use super::Ground;
use super::cells::Cells;
use super::label_room::label_room;
use super::tree::{Lifted, Tree};
use crate::geometry::{Point, Size};
use crate::topology::{BoxId, Topology};

/// Between the two, px, where nothing is written on their line.
const GAP: i32 = 40;

/// On which side of its partner a box is tucked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tuck {
    /// Above it, or left of it.
    Before,
    /// Below it, or right of it.
    Behind,
}

/// Two leaves that layering moves as one.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// The one with other links.
    pub(super) host: BoxId,
    /// The one without.
    pub(super) tucked: BoxId,
    /// The extents of both.
    pub(super) size: Size,
    /// Where lines to the host meet the whole.
    pub(super) axis: Point,
    /// Where host and tucked stand in it.
    places: [Point; 2],
}

impl Pair {
    /// Whether a box is one of the two.
    pub(super) fn holds(&self, id: BoxId) -> bool {
        id == self.host || id == self.tucked
    }

    /// Where one of the two stands.
    pub(super) fn offset(&self, id: BoxId) -> Point {
        self.places[usize::from(id == self.tucked)]
    }

    /// Sets the places of both, given that of the whole.
    pub(super) fn put(&self, cells: &mut Cells<'_>, at: Point) {
        for id in [self.host, self.tucked] {
            let offset = self.offset(id);
            cells.table[id.index()].at = at.offset(offset.x, offset.y);
        }
    }
}

/// The boxes that may be tucked in, with whom.
pub fn possible(ground: &Ground<'_>) -> Vec<(BoxId, BoxId)> {
    let Ground { topology, tree, .. } = *ground;
    let is_plain = |id: BoxId| topology.element(id).node().is_some_and(|node| !node.border && node.spans.is_empty());
    let free = |id: BoxId| is_plain(id) && topology.is_component(id);
    let partners = partners(topology, tree);
    let alone = |id: BoxId| match partners[id.index()].as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let pair = |id: BoxId| {
        let host = alone(id)?;
        let siblings = tree.parents[id.index()] == tree.parents[host.index()];
        (siblings && free(id) && free(host) && alone(host).is_none()).then_some((id, host))
    };
    topology.ids().filter_map(pair).collect()
}

/// By `BoxId`: whom it is linked with.
fn partners(topology: &Topology, tree: &Tree) -> Vec<Vec<BoxId>> {
    let mut partners: Vec<Vec<BoxId>> = vec![Vec::new(); topology.boxes.len()];
    for link in topology.links.iter().filter(|link| link.from != link.to) {
        for (one, other) in [(link.from, link.to), (link.to, link.from)] {
            partners[one.index()].push(other);
        }
        // Who is linked with a group has lines to all its members.
        for end in [link.from, link.to].into_iter().filter(|end| tree.floating[end.index()]) {
            topology.overlay_leaves(end).into_iter().for_each(|member| partners[member.index()].push(end));
        }
    }
    for others in &mut partners {
        others.sort_unstable();
        others.dedup();
    }
    partners
}

/// The pairs among the children of a container, as they were chosen.
pub(super) fn chosen(cells: &Cells<'_>, container: Option<BoxId>, children: &[BoxId]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (&tucked, &(host, side)) in &cells.choice.tucked {
        let there = children.contains(&tucked) && children.contains(&host);
        if there && !pairs.iter().any(|pair| pair.holds(host) || pair.holds(tucked)) {
            pairs.push(pair(cells, container, (host, tucked), side));
        }
    }
    pairs
}

fn pair(cells: &Cells<'_>, container: Option<BoxId>, (host, tucked): (BoxId, BoxId), side: Tuck) -> Pair {
    let flow = cells.flow(container);
    let line = |lifted: &&Lifted| [lifted.from, lifted.to].contains(&tucked);
    let room =
        cells.tree.lifted(container).iter().filter(line).map(|lifted| label_room(cells, lifted, flow.turned()).0);
    let gap = room.fold(GAP, i32::max) + cells.room(container);
    let order = if side == Tuck::Before { [tucked, host] } else { [host, tucked] };
    let [first, second] = order.map(|id| cells.cell(id));
    // Their middles lie on one line across the flow.
    let lead = flow.along_of(first.axis).max(flow.along_of(second.axis));
    let start = |cell: &super::cells::Cell| lead - flow.along_of(cell.axis);
    let along = [first, second].map(|cell| start(cell) + flow.along(cell.size)).into_iter().max().unwrap_or(0);
    let across = flow.across(first.size) + ((gap + 1) & !1);
    let places = [flow.point(0, start(first)), flow.point(across, start(second))];
    let places = if side == Tuck::Before { [places[1], places[0]] } else { places };
    let axis = cells.cell(host).axis.offset(places[0].x, places[0].y);
    Pair { host, tucked, size: flow.size(across + flow.across(second.size), along), axis, places }
}
