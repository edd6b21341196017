//! Lines: nets, ports, lattice, search, nudging.
//!
//! Arrives: a topology and a [`Placement`](super::placement::Placement). Leaves: [`Routes`].

use crate::geometry::Point;
use crate::topology::LinkId;

/// A net: links that are drawn with a shared trunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NetId(pub u32);

/// The lines of all links.
#[derive(Debug, Clone)]
pub struct Routes {
    /// By `LinkId`: axis-parallel polylines from source border to target border.
    pub links: Vec<Vec<Point>>,
    /// By `LinkId`.
    pub net_of: Vec<NetId>,
    /// By `NetId`.
    pub nets: Vec<Net>,
    /// x
    pub failed: Vec<LinkId>,
}

/// One net.
#[derive(Debug, Clone)]
pub struct Net {
    /// Its links, in order.
    pub links: Vec<LinkId>,
    /// Where three or more directions meet.
    pub junctions: Vec<Point>,
}
/// STUB
#[derive(Debug, Clone, Copy)] pub struct Settings { /// x
 pub titles: bool }
/// STUB
pub fn route(t: &crate::topology::Topology, p: &super::placement::Placement, _s: Settings) -> Routes {
    let links: Vec<Vec<Point>> = t.links.iter().map(|l| { let a = p.frames[l.from.index()].center(); let b = p.frames[l.to.index()].center(); vec![a, Point { x: a.x, y: b.y }, b] }).collect();
    let n = links.len();
    Routes { links, net_of: (0..n).map(|i| NetId(i as u32)).collect(), nets: (0..n).map(|i| Net { links: vec![LinkId::from(i)], junctions: vec![] }).collect(), failed: vec![] }
}
