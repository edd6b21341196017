//! What lines are made of before they have coordinates: runs in channels, joined at their crossings and at gates.

use super::super::terminals::TerminalId;
use super::slices::NONE;
use crate::geometry::{Rect, Side};
use crate::topology::{BoxId, LinkId};

/// A net that is drawn as a tree around the one end that all its links share.
#[derive(Debug, Clone)]
pub(super) struct Net {
    /// Its links, in order.
    pub(super) links: Vec<LinkId>,
    /// The end that all links share.
    pub(super) root: TerminalId,
    /// The other ends.
    pub(super) leaves: Vec<TerminalId>,
    /// By terminal of the net: where its line meets the box; empty before it is drawn.
    pub(super) ends: Vec<(TerminalId, Pin)>,
}

/// What touches a run from beside its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pin {
    /// A port, by its position in [`Web::ports`].
    Port(usize),
    /// A gate, by its position in [`Web::gates`].
    Gate(usize),
    /// The run of a channel that ends here, by its position in [`Web::runs`].
    Stem(usize),
}

/// The stretch of one net in one channel.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) net: usize,
    pub(super) channel: usize,
    /// What touches it, and from which side of the channel (0 low, 1 high).
    pub(super) pins: Vec<(Pin, usize)>,
    /// The runs into which it goes on at the low and the high end of the channel, [`NONE`] without.
    pub(super) ends: [usize; 2],
    /// Its extent along the channel in the draft.
    pub(super) extent: (i32, i32),
    /// Its places across the channel, px from the channel's low side, each with the place along it where that begins:
    /// one for most, more where it changes its track. Never empty once it has been placed.
    pub(super) across: Vec<(i32, i32)>,
}

impl Run {
    /// A run that nothing touches yet, at a place of the draft.
    pub(super) fn new(net: usize, channel: usize, at: i32) -> Self {
        Self { net, channel, pins: Vec::new(), ends: [NONE; 2], extent: (at, at), across: Vec::new() }
    }

    /// Lets it reach `at` in the draft.
    pub(super) fn reach(&mut self, at: i32) {
        self.extent = (self.extent.0.min(at), self.extent.1.max(at));
    }
}

/// Where a line meets a leaf.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    pub(super) owner: BoxId,
    pub(super) side: Side,
    /// From the middle of the icon along its side, px.
    pub(super) offset: i32,
}

/// Where a line passes the border of a container, or ends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate {
    /// The slice of the container.
    pub(super) slice: usize,
    pub(super) side: Side,
    /// The runs outside and inside, [`NONE`] where a line ends on the border.
    pub(super) runs: [usize; 2],
    /// From the low corner of the container's slice along the side, px.
    pub(super) along: i32,
}

/// All runs of all nets.
#[derive(Debug, Default)]
pub(super) struct Web {
    pub(super) nets: Vec<Net>,
    pub(super) runs: Vec<Run>,
    pub(super) ports: Vec<Port>,
    pub(super) gates: Vec<Gate>,
}

/// A place where a line may begin or end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dock {
    /// The channel that it opens to, and from which side of it.
    pub(super) channel: usize,
    pub(super) beside: usize,
    /// Where along the channel, in the draft.
    pub(super) range: (i32, i32),
    pub(super) place: Place,
    /// The side of the box.
    pub(super) side: Side,
}

/// What a line begins or ends at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The icon of a leaf.
    Icon(BoxId),
    /// The border of a container, by its slice, from outside or from inside.
    Border(usize, bool),
}

/// One end of links, as the search sees it.
#[derive(Debug, Clone)]
pub(super) struct Station {
    /// Where lines may begin or end; empty for a box without any.
    pub(super) docks: Vec<Dock>,
    /// Where it stands in the draft.
    pub(super) area: Rect,
    /// The slices of the containers in which its lines are at home, innermost first.
    pub(super) homes: Vec<usize>,
}
