//! Lines that may end anywhere on a container's border end where they go straight on.
//!
//! Before: some ports are [`ANYWHERE`]. After: such a line meets its container opposite to the main line on the other
//! side of it, so that the two run through the picture as one; without one, at the container's axis.

use super::{ANYWHERE, Edge, Item};

/// Clearance of a line's end from the corners of a container, px.
const OFF_CORNER: i32 = 24;

/// The edges with all their ports fixed; the ranks tell on which side of an item an edge lies.
pub(super) fn fix(items: &[Item], edges: &[Edge], ranks: &[usize]) -> Vec<Edge> {
    let mut ports: [Vec<Vec<(i32, i32)>>; 2] = [vec![Vec::new(); items.len()], vec![Vec::new(); items.len()]];
    for edge in edges {
        for (item, other, port) in ends(edge) {
            if port != ANYWHERE {
                ports[usize::from(ranks[other] > ranks[item])][item].push((port, edge.weight));
            }
        }
    }
    let fixed = |item: usize, other: usize, port: i32| {
        if port != ANYWHERE {
            return port;
        }
        let opposite = &ports[usize::from(ranks[other] < ranks[item])][item];
        let extent = items[item].extent;
        main(opposite).filter(|port| (OFF_CORNER..=extent - OFF_CORNER).contains(port)).unwrap_or(items[item].axis)
    };
    edges
        .iter()
        .map(|edge| Edge {
            from_port: fixed(edge.from, edge.to, edge.from_port),
            to_port: fixed(edge.to, edge.from, edge.to_port),
            ..*edge
        })
        .collect()
}

/// Both ends of an edge: the item, the item at the far end, the port.
fn ends(edge: &Edge) -> [(usize, usize, i32); 2] {
    [(edge.from, edge.to, edge.from_port), (edge.to, edge.from, edge.to_port)]
}

/// The middle one of the weightier ports.
fn main(ports: &[(i32, i32)]) -> Option<i32> {
    let heaviest = ports.iter().map(|&(_, weight)| weight).max()?;
    let mut strong: Vec<i32> =
        ports.iter().filter(|&&(_, weight)| 2 * weight >= heaviest).map(|&(port, _)| port).collect();
    strong.sort_unstable();
    strong.get((strong.len() - 1) / 2).copied()
}
