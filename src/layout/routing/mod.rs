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
}

/// One net.
#[derive(Debug, Clone)]
pub struct Net {
    /// Its links, in order.
    pub links: Vec<LinkId>,
    /// Where three or more directions meet.
    pub junctions: Vec<Point>,
}
