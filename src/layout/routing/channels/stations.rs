//! Where the ends of links stand among the channels.

use super::super::terminals::{Attach, Terminal};
use super::slices::{Content, NONE, Slices, beside, side_index, sides};
use super::web::{Dock, Place, Station};
use crate::geometry::{Axis, Side};
use crate::layout::placement::Placement;
use crate::layout::placement::tree::Tree;
use crate::topology::{BoxId, Topology};

/// From a container's corner to the first place for a line, px.
const CORNER: i32 = 16;

/// The stations of all terminals, in their order.
pub(super) fn all(
    topology: &Topology,
    tree: &Tree,
    placement: &Placement,
    slices: &Slices,
    terminals: &[Terminal],
) -> Vec<Station> {
    let yard = Yard { topology, tree, placement, slices };
    terminals.iter().map(|terminal| yard.station(terminal)).collect()
}

struct Yard<'a> {
    topology: &'a Topology,
    tree: &'a Tree,
    placement: &'a Placement,
    slices: &'a Slices,
}

impl Yard<'_> {
    fn station(&self, terminal: &Terminal) -> Station {
        let mut owner = terminal.owner;
        let mut attach = terminal.attach;
        if self.tree.floating[owner.index()] {
            // A line to a group that is drawn over others leads to its first member, and is cut off at the border.
            if let Some(&member) = self.topology.overlay_leaves(owner).first() {
                (owner, attach) = (member, Attach::Leaf);
            }
        }
        if let Some(host) = self.topology.note(owner).and_then(|note| note.beside)
            && self.placement.border_sides[host.index()].is_some()
        {
            // No channel leads to a sheet on a border; its host stands right beside it.
            (owner, attach) = (host, Attach::Outer);
        }
        let holds = |id: &BoxId| self.topology.element(*id).node().is_none();
        let mut homes: Vec<BoxId> = self.tree.ancestors(owner).filter(holds).collect();
        match attach {
            Attach::Inside => homes.insert(0, owner),
            Attach::Outer => homes.retain(|&id| self.tree.parents[owner.index()] != Some(id)),
            _ => {}
        }
        let mut homes: Vec<usize> = homes.iter().map(|id| self.slices.of_box[id.index()]).collect();
        homes.push(0);
        Station { docks: self.docks(owner, attach), area: self.placement.frames[owner.index()], homes }
    }

    fn docks(&self, owner: BoxId, attach: Attach) -> Vec<Dock> {
        let slice = self.slices.of_box[owner.index()];
        let all = [Side::South, Side::East, Side::West, Side::North];
        if let Some(side) = self.placement.border_sides[owner.index()] {
            let Some(parent) = self.tree.parents[owner.index()] else { return Vec::new() };
            let parent = &self.slices.table[self.slices.of_box[parent.index()]];
            let outside = matches!(attach, Attach::Outer | Attach::LoopOut | Attach::LoopIn);
            let channels = if outside { &parent.around[..] } else { &parent.channels[..] };
            let channel = channels[side_index(side)];
            // Inside the border the channel lies behind the icon.
            let (side, beside) =
                if outside { (side, beside(side)) } else { (side.opposite(), beside(side.opposite())) };
            return vec![self.icon(owner, side, channel, beside)];
        }
        if slice == NONE {
            return Vec::new();
        }
        let around = self.slices.table[slice].around;
        let outside = |sides: &[Side]| -> Vec<Dock> {
            let icon = matches!(self.slices.table[slice].content, Content::Leaf(_));
            let dock = |&side: &Side| {
                let channel = around[side_index(side)];
                if icon {
                    self.icon(owner, side, channel, beside(side))
                } else {
                    self.border(slice, owner, side, false)
                }
            };
            sides.iter().map(dock).collect()
        };
        match attach {
            Attach::LoopOut => outside(&[Side::East]),
            Attach::LoopIn => outside(&[Side::North]),
            Attach::Inside => all.iter().map(|&side| self.border(slice, owner, side, true)).collect(),
            _ => {
                let clear: Vec<Side> = all.into_iter().filter(|&side| self.is_clear(owner, side)).collect();
                outside(&clear)
            }
        }
    }

    /// Whether no sheet, or the leaf that it stands beside, lies between a side of a box and the channel there.
    fn is_clear(&self, owner: BoxId, side: Side) -> bool {
        let host = self.topology.note(owner).and_then(|note| note.beside).unwrap_or(owner);
        if self.topology.element(host).node().is_none() {
            return true;
        }
        let frame = self.placement.frames[owner.index()];
        let mut others = std::iter::once(host).chain(self.tree.children(Some(host)).iter().copied());
        !others.any(|other| {
            let other = self.placement.frames[other.index()];
            match side {
                Side::North => other.bottom() <= frame.top(),
                Side::East => other.left() >= frame.right(),
                Side::South => other.top() >= frame.bottom(),
                Side::West => other.right() <= frame.left(),
            }
        })
    }

    fn icon(&self, owner: BoxId, side: Side, channel: usize, beside: usize) -> Dock {
        let at = self.placement.frames[owner.index()].center().along(side.axis().other());
        Dock { channel, beside, range: (at, at), place: Place::Icon(owner), side }
    }

    fn border(&self, slice: usize, owner: BoxId, side: Side, inside: bool) -> Dock {
        let this = &self.slices.table[slice];
        let channel = if inside { this.channels[side_index(side)] } else { this.around[side_index(side)] };
        let axis: Axis = side.axis().other();
        let (low, high) = self.placement.frames[owner.index()].range(axis);
        let corner = CORNER.min((high - low) / 2);
        let beside = if inside { usize::from(sides(side.axis())[1] == side) } else { beside(side) };
        Dock { channel, beside, range: (low + corner, high - corner), place: Place::Border(slice, inside), side }
    }
}
