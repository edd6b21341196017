//! Nodes on the border of their container (layout.md 3.5).

use super::Flow;
use super::cells::Cells;
use super::tree::Lifted;
use crate::geometry::Side;
use crate::topology::BoxId;

/// From the border line to what stands outside: half an icon and this, px.
pub const OUTSIDE: i32 = 12;
/// From a border node's caption to what stands inside, px: lines need a channel here, or there is no legal route.
pub const INSIDE: i32 = 44;
/// Between two nodes on one border, px.
pub const GAP: i32 = 24;
/// Kinds from this tier on talk to what stands behind the flow: they sit on the far border.
const BACK_TIER: u8 = 41;

/// The nodes on one side of a border.
#[derive(Debug, Clone)]
pub struct BorderRow {
    /// The side.
    pub side: Side,
    /// The nodes, in declaration order.
    pub nodes: Vec<BoxId>,
}

/// Splits the border nodes of a container into those at the entry of its flow and those at its end.
pub fn rows(cells: &Cells<'_>, nodes: &[BoxId], flow: Flow) -> [BorderRow; 2] {
    let (front, back) = nodes.iter().partition(|&&id| !sits_at_end(cells, id));
    [BorderRow { side: flow.entry(), nodes: front }, BorderRow { side: flow.entry().opposite(), nodes: back }]
}

/// Whether a border node only serves to leave toward what stands behind the flow.
///
/// An internet gateway is an entrance even if every link runs outward: people look for it at the top.
pub fn sits_at_end(cells: &Cells<'_>, id: BoxId) -> bool {
    let service = cells.topology.definition(id).service;
    if service.is_some_and(|service| service.tier >= BACK_TIER) {
        return true;
    }
    if service.is_some_and(|service| service.kind == "internet-gateway") {
        return false;
    }
    let home = cells.tree.parents[id.index()];
    let outside = |end: BoxId| home.is_some_and(|home| end != home && !cells.tree.ancestors(end).any(|a| a == home));
    let mut outgoing = false;
    for link in &cells.topology.links {
        if link.to == id && outside(link.from) {
            return false;
        }
        outgoing |= link.from == id && outside(link.to);
    }
    outgoing
}

impl BorderRow {
    /// Room that the row needs along the flow: outside the border line, and inside it.
    pub fn depth(&self, cells: &Cells<'_>) -> (i32, i32) {
        let mut room = (0, 0);
        for &id in &self.nodes {
            let cell = cells.cell(id);
            let (before, behind) = match self.side {
                Side::North | Side::South => (cell.axis.y - cell.frame.y, cell.size.height - cell.axis.y),
                Side::West | Side::East => (cell.axis.x, cell.size.width - cell.axis.x),
            };
            let (outer, inner) = match self.side {
                Side::North | Side::West => (before, behind),
                Side::South | Side::East => (behind, before),
            };
            room = (room.0.max(outer + OUTSIDE), room.1.max(inner + INSIDE));
        }
        room
    }

    /// Where the nodes' axes want to be across the flow: at the weighted middle of what they talk to inside.
    pub fn wishes(
        &self,
        cells: &Cells<'_>,
        links: &[Lifted],
        at: &dyn Fn(BoxId, BoxId) -> Option<i32>,
    ) -> Vec<Option<i32>> {
        self.nodes
            .iter()
            .map(|&id| {
                let mut ends: Vec<(i32, i32)> = links
                    .iter()
                    .filter_map(|lifted| match id {
                        _ if lifted.source == id => Some((at(lifted.to, lifted.target)?, 4)),
                        _ if lifted.target == id => {
                            let nat = cells.topology.definition(lifted.source).service;
                            let weight = if nat.is_some_and(|service| service.kind == "nat-gateway") { 1 } else { 3 };
                            Some((at(lifted.from, lifted.source)?, weight))
                        }
                        _ => None,
                    })
                    .collect();
                ends.sort_unstable();
                weighted_median(&ends)
            })
            .collect()
    }
}

/// The weighted median of sorted (position, weight) pairs: the middle of the lower and the upper one.
pub fn weighted_median(sorted: &[(i32, i32)]) -> Option<i32> {
    let total: i32 = sorted.iter().map(|end| end.1).sum();
    let mut seen = 0;
    let mut low = None;
    for &(position, weight) in sorted {
        seen += weight;
        if low.is_none() && 2 * seen >= total {
            low = Some(position);
        }
        if 2 * seen > total {
            return low.map(|low| i32::midpoint(low, position));
        }
    }
    low
}
