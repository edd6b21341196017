//! Channels become as wide as their lines need, inner slices first, and every slice gets its final size.
//!
//! Before: runs in channels. After: every run has its place across its channel, every port and gate its place along its
//! box, every slice its size and place. What has room already stays as it was in the draft.

use std::collections::BTreeMap;

use super::slices::{Content, NONE, Slices};
use super::tracks::{self, Span};
use super::web::{Pin, Web};
use crate::geometry::{Axis, Point, Rect, Side, Size, point};
use crate::layout::measure::Sizes;
use crate::layout::placement::Placement;
use crate::layout::placement::tree::Tree;
use crate::topology::BoxId;

/// From the edge of a channel to its first track, px: an arrow head and some line.
pub(super) const CLEAR: i32 = 14;
/// From the inside of a border to the first track, px.
pub(super) const OFF_BORDER: i32 = 10;
/// How far a slice moves so that lines pass straight to its neighbour, px.
const FARTHEST: i32 = 60;
/// Between tracks, px.
const PITCH: i32 = 10;

/// What the draft is widened by.
pub(super) struct Widening<'a> {
    pub(super) tree: &'a Tree,
    pub(super) sizes: &'a Sizes,
    pub(super) placement: &'a Placement,
    pub(super) slices: &'a Slices,
    pub(super) web: Web,
    /// By channel: its runs.
    pub(super) runs: Vec<Vec<usize>>,
    /// By slice: its size, and where it stands in its parent.
    pub(super) extents: Vec<Size>,
    pub(super) at: Vec<Point>,
    /// By channel: where it begins in its slice.
    pub(super) origins: Vec<Point>,
    /// By channel: how wide it has become.
    pub(super) widths: Vec<i32>,
    /// By `BoxId` of a border node: where its middle stands along its side, in the slice of its container.
    pub(super) nodes: Vec<i32>,
    /// By slice of a container: its border, in its slice.
    pub(super) frames: Vec<Rect>,
    /// Runs that lie on another one.
    pub(super) clashing: Vec<usize>,
}

impl<'a> Widening<'a> {
    /// Prepares the tables.
    pub(super) fn new(
        (tree, sizes, placement): (&'a Tree, &'a Sizes, &'a Placement),
        slices: &'a Slices,
        web: Web,
    ) -> Self {
        let mut runs = vec![Vec::new(); slices.channels.len()];
        for (index, run) in web.runs.iter().enumerate() {
            runs[run.channel].push(index);
        }
        let count = slices.table.len();
        Self {
            tree,
            sizes,
            placement,
            slices,
            web,
            runs,
            extents: vec![Size::default(); count],
            at: vec![point(0, 0); count],
            origins: vec![point(0, 0); slices.channels.len()],
            widths: vec![0; slices.channels.len()],
            nodes: vec![0; placement.frames.len()],
            frames: vec![Rect::default(); count],
            clashing: Vec::new(),
        }
    }

    /// Works through all slices, inner ones first.
    pub(super) fn widen(&mut self) {
        for slice in (0..self.slices.table.len()).rev() {
            match self.slices.table[slice].content {
                Content::Leaf(_) => self.extents[slice] = self.slices.table[slice].draft.size(),
                Content::Split(axis) => self.split(slice, axis),
                Content::Container(id) => self.container(slice, id),
            }
        }
    }

    fn split(&mut self, slice: usize, axis: Axis) {
        let this = &self.slices.table[slice];
        let run = axis.other();
        let draft = this.draft.range(run);
        let widest = this.children.iter().map(|&child| extent(self.extents[child], run)).max().unwrap_or(0);
        let whole = widest.max(draft.1 - draft.0);
        for &child in &this.children {
            // A child keeps its share of the free room beside it.
            let (low, high) = self.slices.table[child].draft.range(run);
            let (before, behind) = (i64::from(low - draft.0), i64::from(draft.1 - high));
            let free = i64::from(whole - extent(self.extents[child], run));
            let share = if before + behind > 0 { free * before / (before + behind) } else { free / 2 };
            set(&mut self.at[child], run, share as i32);
        }
        let whole = self.line_up(slice, run, whole);
        let this = &self.slices.table[slice];
        let mut cursor = 0;
        for (position, &child) in this.children.iter().enumerate() {
            if position > 0 {
                let channel = this.channels[position - 1];
                let least = self.slices.channels[channel].width;
                let width = self.fill(channel, (0, whole), least, (CLEAR, CLEAR));
                set(&mut self.origins[channel], axis, cursor);
                cursor += width;
            }
            set(&mut self.at[child], axis, cursor);
            cursor += extent(self.extents[child], axis);
        }
        self.extents[slice] = size(axis, cursor, whole);
    }

    /// Moves the children of a split so that as many lines as possible pass from one to the next without a step; returns
    /// the extent of all of them.
    fn line_up(&mut self, slice: usize, axis: Axis, whole: i32) -> i32 {
        let slices = self.slices;
        let this = &slices.table[slice];
        for (&channel, &child) in this.channels.iter().zip(&this.children[1..]) {
            let mut votes: BTreeMap<i32, i32> = BTreeMap::new();
            for &run in &self.runs[channel] {
                let run = &self.web.runs[run];
                let [one, other] = run.pins[..] else { continue };
                if run.ends == [NONE, NONE] && one.1 != other.1 {
                    let (low, high) = if one.1 == 0 { (one.0, other.0) } else { (other.0, one.0) };
                    let step = self.along(low, channel, axis) - self.along(high, channel, axis);
                    if step.abs() <= FARTHEST {
                        *votes.entry(step).or_default() += 1;
                    }
                }
            }
            let best = votes.into_iter().max_by_key(|&(step, count)| (count, -step.abs(), step));
            let at = self.at[child].along(axis) + best.map_or(0, |best| best.0);
            set(&mut self.at[child], axis, at);
        }
        let first = this.children.iter().map(|&child| self.at[child].along(axis)).min().unwrap_or(0).min(0);
        let mut last = whole - first;
        for &child in &this.children {
            let at = self.at[child].along(axis) - first;
            set(&mut self.at[child], axis, at);
            last = last.max(at + extent(self.extents[child], axis));
        }
        last
    }

    /// Gives the runs of a channel their tracks; returns its width.
    pub(super) fn fill(&mut self, channel: usize, (low, high): (i32, i32), least: i32, clear: (i32, i32)) -> i32 {
        let runs = std::mem::take(&mut self.runs[channel]);
        self.place_ports(channel, &runs);
        let axis = self.slices.channels[channel].run;
        let spans: Vec<Span> = runs
            .iter()
            .map(|&run| {
                let run = &self.web.runs[run];
                let pins: Vec<(i32, usize)> =
                    run.pins.iter().map(|&(pin, side)| (self.along(pin, channel, axis), side)).collect();
                let first = pins.iter().map(|pin| pin.0).min();
                let last = pins.iter().map(|pin| pin.0).max();
                let [before, behind] = run.ends.map(|end| end != NONE);
                let from = if before { low } else { first.unwrap_or(low) };
                let to = if behind { high } else { last.unwrap_or(high) };
                Span { low: from.min(to), high: to.max(from), pins, leaves: before || behind }
            })
            .collect();
        let tracks = tracks::assign(&spans);
        self.clashing.extend(tracks.clashing.iter().map(|&span| runs[span]));
        let room = if tracks.count == 0 { 0 } else { clear.0 + clear.1 + PITCH * (tracks.count as i32 - 1) };
        let width = least.max(room + room % 2);
        let free = width - room;
        for ((&run, span), tracks) in runs.iter().zip(&spans).zip(&tracks.of_span) {
            let place = |track: usize| clear.0 + free / 2 + PITCH * track as i32;
            let across = &mut self.web.runs[run].across;
            across.extend(tracks.iter().map(|&(at, track)| (at, place(track))));
            if across.is_empty() {
                across.push((span.low, width / 2));
            }
        }
        self.runs[channel] = runs;
        self.widths[channel] = width;
        width
    }

    /// Where a pin lies along a channel, in the slice that the channel belongs to.
    pub(super) fn along(&self, pin: Pin, channel: usize, axis: Axis) -> i32 {
        let owner = self.slices.channels[channel].slice;
        match pin {
            Pin::Port(port) => {
                let port = self.web.ports[port];
                self.icon(port.owner, owner).center().along(axis) + port.offset
            }
            Pin::Gate(gate) => {
                let gate = self.web.gates[gate];
                if gate.slice == owner { gate.along } else { self.within(gate.slice, owner).along(axis) + gate.along }
            }
            Pin::Stem(stem) => {
                let run = &self.web.runs[stem];
                let slice = self.slices.channels[run.channel].slice;
                let origin = self.origins[run.channel].along(axis);
                // It ends here with its first or with its last track.
                let at_high = self.slices.channels[run.channel].bars[1] == channel;
                let place = if at_high { run.across.last() } else { run.across.first() };
                origin
                    + place.map_or(0, |place| place.1)
                    + if slice == owner { 0 } else { self.within(slice, owner).along(axis) }
            }
        }
    }

    /// Where a slice begins in one that holds it.
    fn within(&self, slice: usize, owner: usize) -> Point {
        let mut at = point(0, 0);
        let mut inner = slice;
        while inner != owner && inner != NONE {
            at = at.offset(self.at[inner].x, self.at[inner].y);
            inner = self.slices.table[inner].parent;
        }
        at
    }

    /// The icon of a leaf or a border node in a slice that holds it.
    pub(super) fn icon(&self, id: BoxId, owner: usize) -> Rect {
        let slice = self.slices.of_box[id.index()];
        if slice == NONE {
            let parent = self.tree.parents[id.index()].map_or(NONE, |parent| self.slices.of_box[parent.index()]);
            let base = if parent == owner { point(0, 0) } else { self.within(parent, owner) };
            return self.border_node(id, parent).offset(base.x, base.y);
        }
        let draft = self.slices.table[slice].draft;
        let at = self.within(slice, owner);
        self.placement.frames[id.index()].offset(at.x - draft.x, at.y - draft.y)
    }

    /// The icon of a border node in the slice of its container.
    pub(super) fn border_node(&self, id: BoxId, parent: usize) -> Rect {
        let icon = self.placement.frames[id.index()];
        let side = self.placement.border_sides[id.index()].unwrap_or(Side::North);
        let along = self.nodes[id.index()];
        let edge = self.frames[parent].edge(side);
        let center = if side.axis() == Axis::Vertical { point(along, edge) } else { point(edge, along) };
        Rect::new(center.x - icon.width / 2, center.y - icon.height / 2, icon.width, icon.height)
    }
}

pub(super) fn extent(size: Size, axis: Axis) -> i32 {
    if axis == Axis::Horizontal { size.width } else { size.height }
}

fn size(axis: Axis, along: i32, across: i32) -> Size {
    if axis == Axis::Horizontal { Size::new(along, across) } else { Size::new(across, along) }
}

fn set(at: &mut Point, axis: Axis, to: i32) {
    match axis {
        Axis::Horizontal => at.x = to,
        Axis::Vertical => at.y = to,
    }
}
