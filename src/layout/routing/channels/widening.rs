//! Channels become as wide as their lines need, inner slices first, and every slice gets its final size.
//!
//! Before: runs in channels. After: every run has its place across its channel, every port and gate its place along its
//! box, every slice its size and place. What has room already stays as it was in the draft.

use super::slices::{Content, NONE, Slices, side_index};
use super::tracks::{self, Span};
use super::web::{Pin, Web};
use crate::geometry::{Axis, Point, Rect, Side, Size, point};
use crate::layout::measure::{Sizes, TitleStyle};
use crate::layout::placement::Placement;
use crate::layout::placement::tree::Tree;
use crate::theme::metrics;
use crate::topology::BoxId;

/// From the edge of a channel to its first track, px: an arrow head and some line.
const CLEAR: i32 = 14;
/// From the inside of a border to the first track, px.
const OFF_BORDER: i32 = 10;
/// Between tracks, px.
const PITCH: i32 = 10;
/// Between two gates, px.
const GATE_STEP: i32 = 12;
/// From a container's corner to its first gate, px.
const CORNER: i32 = 14;
/// From a title or a border node to a line, px.
const OFF_TITLE: i32 = 10;
/// From one port of an icon to the next, px.
const PORT_STEP: i32 = 14;
/// From an icon's corner to its outermost port, px.
const ICON_CORNER: i32 = 4;
/// A port moves so far to meet another one straight, px.
const STRAIGHTEN: i32 = 18;

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

/// What is taken off the free length of a border.
type Blocked = Vec<(i32, i32)>;

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
        let count = slices.slices.len();
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
        for slice in (0..self.slices.slices.len()).rev() {
            match self.slices.slices[slice].content {
                Content::Leaf(_) => self.extents[slice] = self.slices.slices[slice].draft.size(),
                Content::Split(axis) => self.split(slice, axis),
                Content::Container(id) => self.container(slice, id),
            }
        }
    }

    fn split(&mut self, slice: usize, axis: Axis) {
        let this = &self.slices.slices[slice];
        let run = axis.other();
        let draft = this.draft.range(run);
        let widest = this.children.iter().map(|&child| extent(self.extents[child], run)).max().unwrap_or(0);
        let whole = widest.max(draft.1 - draft.0);
        for &child in &this.children {
            // A child keeps its share of the free room beside it.
            let (low, high) = self.slices.slices[child].draft.range(run);
            let (before, behind) = (i64::from(low - draft.0), i64::from(draft.1 - high));
            let free = i64::from(whole - extent(self.extents[child], run));
            let share = if before + behind > 0 { free * before / (before + behind) } else { free / 2 };
            set(&mut self.at[child], run, share as i32);
        }
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

    /// Gives the runs of a channel their tracks; returns its width.
    fn fill(&mut self, channel: usize, (low, high): (i32, i32), least: i32, clear: (i32, i32)) -> i32 {
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
        for (&run, track) in runs.iter().zip(&tracks.of_span) {
            let track = track.map_or(width / 2, |track| clear.0 + free / 2 + PITCH * track as i32);
            self.web.runs[run].across = track;
        }
        self.runs[channel] = runs;
        self.widths[channel] = width;
        width
    }

    /// Where a pin lies along a channel, in the slice that the channel belongs to.
    fn along(&self, pin: Pin, channel: usize, axis: Axis) -> i32 {
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
                origin + run.across + if slice == owner { 0 } else { self.within(slice, owner).along(axis) }
            }
        }
    }

    /// Where a slice begins in one that holds it.
    fn within(&self, slice: usize, owner: usize) -> Point {
        let mut at = point(0, 0);
        let mut inner = slice;
        while inner != owner && inner != NONE {
            at = at.offset(self.at[inner].x, self.at[inner].y);
            inner = self.slices.slices[inner].parent;
        }
        at
    }

    /// The icon of a leaf or a border node in a slice that holds it.
    fn icon(&self, id: BoxId, owner: usize) -> Rect {
        let slice = self.slices.of_box[id.index()];
        if slice == NONE {
            let parent = self.tree.parents[id.index()].map_or(NONE, |parent| self.slices.of_box[parent.index()]);
            let base = if parent == owner { point(0, 0) } else { self.within(parent, owner) };
            return self.border_node(id, parent).offset(base.x, base.y);
        }
        let draft = self.slices.slices[slice].draft;
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

    /// Lets the nodes on two sides of a border keep their share of its length: what was `from` px long is now `to`.
    fn set_nodes(&mut self, id: BoxId, axis: Axis, (start, from, to): (i32, i32, i32)) {
        for &node in self.tree.children(Some(id)) {
            let Some(side) = self.placement.border_sides[node.index()] else { continue };
            if side.axis() != axis {
                let along = i64::from(self.placement.frames[node.index()].center().along(axis) - start);
                self.nodes[node.index()] = (along * i64::from(to) / i64::from(from.max(1))) as i32;
            }
        }
    }

    /// Spreads the lines of a channel over the sides of the icons along it.
    fn place_ports(&mut self, channel: usize, runs: &[usize]) {
        let axis = self.slices.channels[channel].run;
        let mut groups: std::collections::BTreeMap<(BoxId, usize), Vec<(i32, usize, usize)>> =
            std::collections::BTreeMap::new();
        for &run in runs {
            let pins = &self.web.runs[run].pins;
            for &(pin, side) in pins {
                let Pin::Port(port) = pin else { continue };
                let owner = self.web.ports[port].owner;
                let others = pins.iter().filter(|other| other.0 != pin);
                let places: Vec<i32> = others.map(|other| self.along(other.0, channel, axis)).collect();
                let mean = |places: &[i32]| places.iter().sum::<i32>() / places.len() as i32;
                let wish = match self.web.runs[run].ends {
                    [low, NONE] if low != NONE => i32::MIN / 2,
                    [NONE, high] if high != NONE => i32::MAX / 2,
                    _ if places.is_empty() => 0,
                    _ => mean(&places),
                };
                groups.entry((owner, side)).or_default().push((wish, run, port));
            }
        }
        let mut alone: Vec<usize> = Vec::new();
        for ((owner, _), mut ports) in groups {
            ports.sort_unstable();
            let icon = self.placement.frames[owner.index()];
            let half = extent(icon.size(), axis) / 2 - ICON_CORNER;
            let count = ports.len() as i32;
            if count == 1 {
                alone.push(ports[0].2);
                continue;
            }
            for (position, &(_, _, port)) in ports.iter().enumerate() {
                let step = PORT_STEP.min(2 * half / (count - 1));
                let offset = if step > 0 {
                    position as i32 * step - step * (count - 1) / 2
                } else {
                    2 * half * position as i32 / (count - 1) - half
                };
                self.web.ports[port].offset = offset;
            }
        }
        self.straighten(channel, &alone, axis);
    }

    /// Moves ports to where the other end of their run lies opposite.
    fn straighten(&mut self, channel: usize, alone: &[usize], axis: Axis) {
        for &port in alone {
            let run = &self.web.runs[self.web.ports[port].run];
            let [one, other] = run.pins[..] else { continue };
            if one.1 == other.1 || run.ends != [NONE, NONE] {
                continue;
            }
            let (own, other) = if one.0 == Pin::Port(port) { (one.0, other.0) } else { (other.0, one.0) };
            let step = self.along(other, channel, axis) - self.along(own, channel, axis);
            if step.abs() <= STRAIGHTEN {
                self.web.ports[port].offset += step;
            }
        }
    }
}

/// The containers: rings, gates and borders.
impl Widening<'_> {
    fn container(&mut self, slice: usize, id: Option<BoxId>) {
        let this = &self.slices.slices[slice];
        let draft = this.draft;
        let frame = id.map_or(draft, |id| self.placement.frames[id.index()]);
        let out = point(frame.left() - draft.left(), frame.top() - draft.top());
        let (right, below) = (draft.right() - frame.right(), draft.bottom() - frame.bottom());
        let strips = id.map_or([0; 4], |id| self.strips(id));
        let channels = [this.channels[0], this.channels[1], this.channels[2], this.channels[3]];
        let content = this.children.first().copied();
        let inner = content.map_or_else(Size::default, |content| self.extents[content]);
        let least = |side: usize| (self.slices.channels[channels[side]].width - strips[side]).max(0);
        let least: [i32; 4] = [least(0), least(1), least(2), least(3)];
        // The sides first: their gates and tracks do not depend on what lies above and below.
        let draft_height = frame.height - self.slices.channels[channels[0]].width - self.slices.channels[channels[2]].width;
        let need = [Side::East, Side::West].map(|side| self.demand(slice, side));
        let height = inner.height.max(draft_height).max(GATE_STEP * (need[0].max(need[1]) as i32 + 1));
        if let Some(content) = content {
            self.at[content] = point(0, (height - inner.height) / 2);
        }
        let mut beside = [Vec::new(), Vec::new()];
        if let Some(id) = id {
            let top = frame.top() + self.slices.channels[channels[0]].width;
            self.set_nodes(id, Axis::Vertical, (top, draft_height, height));
            beside = [Side::West, Side::East].map(|side| self.nodes_at(id, side));
        }
        self.set_gates(slice, channels[3], Side::West, (0, height), &beside[0]);
        let west = strips[3] + self.fill(channels[3], (0, height), least[3], (OFF_BORDER, CLEAR));
        self.set_gates(slice, channels[1], Side::East, (0, height), &beside[1]);
        let east = strips[1] + self.fill(channels[1], (0, height), least[1], (CLEAR, OFF_BORDER));
        if let Some(id) = id {
            self.set_nodes(id, Axis::Horizontal, (frame.left(), 1, 1));
        }
        let blocked = id.map_or_else(Blocked::new, |id| self.blocked(id, frame.width));
        let taken: i32 = blocked.iter().map(|(low, high)| high - low).sum();
        let need = [Side::North, Side::South].map(|side| self.demand(slice, side));
        let room = 2 * CORNER + GATE_STEP * (need[0].max(need[1]) as i32 + 1) + if need[0] > 0 { taken } else { 0 };
        let width = (west + inner.width + east).max(frame.width).max(room);
        let width = width + width % 2;
        let slack = width - west - inner.width - east;
        self.origins[channels[3]] = point(strips[3], 0);
        self.origins[channels[1]] = point(west + inner.width + slack, 0);
        if let Some(content) = content {
            self.at[content].x = west + slack / 2;
        }
        if let Some(id) = id {
            self.set_nodes(id, Axis::Horizontal, (frame.left(), frame.width, width));
        }
        let blocked = id.map_or_else(Blocked::new, |id| self.blocked(id, width));
        self.set_gates(slice, channels[0], Side::North, (CORNER, width - CORNER), &blocked);
        let north = strips[0] + self.fill(channels[0], (0, width), least[0], (OFF_BORDER, CLEAR));
        let blocked = id.map_or_else(Blocked::new, |id| self.nodes_at(id, Side::South));
        self.set_gates(slice, channels[2], Side::South, (CORNER, width - CORNER), &blocked);
        let south = strips[2] + self.fill(channels[2], (0, width), least[2], (CLEAR, OFF_BORDER));
        let whole = (north + height + south).max(frame.height);
        let whole = whole + whole % 2;
        let rest = whole - north - height - south;
        self.origins[channels[0]] = point(0, strips[0]);
        self.origins[channels[2]] = point(0, north + height + rest);
        self.shift(slice, channels, content, (out, north));
        self.frames[slice] = Rect::new(out.x, out.y, width, whole);
        self.extents[slice] = Size::new(out.x + width + right, out.y + whole + below);
    }

    /// From coordinates that begin at the border, and at the content's top for the sides, to those of the slice.
    fn shift(&mut self, slice: usize, channels: [usize; 4], content: Option<usize>, (out, north): (Point, i32)) {
        for side in [1, 3] {
            self.origins[channels[side]] = self.origins[channels[side]].offset(out.x, out.y + north);
        }
        for side in [0, 2] {
            self.origins[channels[side]] = self.origins[channels[side]].offset(out.x, out.y);
        }
        if let Some(content) = content {
            self.at[content] = self.at[content].offset(out.x, out.y + north);
        }
        for side in Side::ALL {
            let by = if side.axis() == Axis::Horizontal { out.y + north } else { out.x };
            for gate in self.gates_at(channels[side_index(side)], slice, side) {
                self.web.gates[gate].along += by;
            }
            if let Content::Container(Some(id)) = self.slices.slices[slice].content {
                for &node in self.tree.children(Some(id)) {
                    if self.placement.border_sides[node.index()] == Some(side) {
                        self.nodes[node.index()] += by;
                    }
                }
            }
            // Lines that end on the border from outside belong to no run inside.
            for gate in self.outside_gates(slice, side) {
                self.web.gates[gate].along += by;
            }
        }
    }

    /// The gates of a side that have a run inside.
    fn gates_at(&self, channel: usize, slice: usize, side: Side) -> Vec<usize> {
        let pins = self.runs[channel].iter().flat_map(|&run| &self.web.runs[run].pins);
        let gates = pins.filter_map(|&(pin, _)| if let Pin::Gate(gate) = pin { Some(gate) } else { None });
        gates.filter(|&gate| self.web.gates[gate].slice == slice && self.web.gates[gate].side == side).collect()
    }

    /// The gates of a side at which lines end from outside.
    fn outside_gates(&self, slice: usize, side: Side) -> Vec<usize> {
        let channel = self.slices.slices[slice].around[side_index(side)];
        if channel == NONE {
            return Vec::new();
        }
        let mut gates = self.gates_at(channel, slice, side);
        gates.retain(|&gate| self.web.gates[gate].runs[1] == NONE);
        gates
    }

    /// How many lines pass a side of a border or end on it.
    fn demand(&self, slice: usize, side: Side) -> usize {
        let channel = self.slices.slices[slice].channels[side_index(side)];
        self.gates_at(channel, slice, side).len() + self.outside_gates(slice, side).len()
    }

    /// Spreads the gates of a side: where their runs inside lie opposite, if there is room.
    fn set_gates(&mut self, slice: usize, channel: usize, side: Side, range: (i32, i32), blocked: &[(i32, i32)]) {
        let axis = side.axis().other();
        let middle = i32::midpoint(range.0, range.1);
        let mut wishes: Vec<(i32, usize)> = Vec::new();
        for gate in self.gates_at(channel, slice, side) {
            let run = &self.web.runs[self.web.gates[gate].runs[1]];
            let pins = run.pins.iter().filter(|pin| pin.0 != Pin::Gate(gate));
            let place = pins.map(|pin| self.along(pin.0, channel, axis)).min_by_key(|at| (at - middle).abs());
            let wish = place.unwrap_or(match run.ends {
                [low, NONE] if low != NONE => range.0,
                [NONE, high] if high != NONE => range.1,
                _ => middle,
            });
            wishes.push((wish, gate));
        }
        wishes.extend(self.outside_gates(slice, side).into_iter().map(|gate| (middle, gate)));
        wishes.sort_unstable();
        let places = spread(&wishes.iter().map(|wish| wish.0).collect::<Vec<_>>(), range, blocked);
        for (place, (_, gate)) in places.into_iter().zip(wishes) {
            self.web.gates[gate].along = place;
        }
    }

    /// What title and border nodes take up inside the border, by side, px.
    fn strips(&self, id: BoxId) -> [i32; 4] {
        let frame = self.placement.frames[id.index()];
        let mut strips = [0; 4];
        if let Some(title) = self.placement.titles[id.index()] {
            strips[0] = (title.bottom() - frame.top() + metrics::TITLE_LEAD).max(0);
        }
        for &node in self.tree.children(Some(id)) {
            let Some(side) = self.placement.border_sides[node.index()] else { continue };
            let icon = self.placement.frames[node.index()];
            let all = self.placement.captions[node.index()].map_or(icon, |caption| caption.union(&icon));
            let depth = match side {
                Side::North => all.bottom() - frame.top(),
                Side::South => frame.bottom() - all.top(),
                Side::West => all.right() - frame.left(),
                Side::East => frame.right() - all.left(),
            };
            let strip = &mut strips[side_index(side)];
            *strip = (*strip).max(depth + OFF_BORDER);
        }
        strips
    }

    /// The stretches of the upper border, from its left, that title and border nodes take up.
    fn blocked(&self, id: BoxId, extent: i32) -> Blocked {
        let mut blocked = self.nodes_at(id, Side::North);
        if let Some(title) = &self.sizes.titles[id.index()] {
            let width = title.size.width;
            let left = match title.style {
                TitleStyle::Corner | TitleStyle::Flush => 0,
                TitleStyle::Centered | TitleStyle::OnBorder => (extent - width) / 2,
            };
            blocked.push((left - OFF_TITLE, left + width + OFF_TITLE + metrics::TITLE_LEAD));
        }
        blocked
    }

    /// The stretches that the nodes on one side of a border take up, from its low corner.
    fn nodes_at(&self, id: BoxId, side: Side) -> Blocked {
        let axis = side.axis().other();
        let nodes = self.tree.children(Some(id)).iter().filter(|node| {
            self.placement.border_sides[node.index()] == Some(side)
        });
        nodes
            .map(|&node| {
                let caption = self.placement.captions[node.index()].map_or(0, |caption| extent(caption.size(), axis));
                let half = extent(self.placement.frames[node.index()].size(), axis).max(caption) / 2 + OFF_TITLE;
                let middle = self.nodes[node.index()];
                (middle - half, middle + half)
            })
            .collect()
    }
}

/// Places in order, as near to their wishes as a distance between them and the blocked stretches allow.
fn spread(wishes: &[i32], (low, high): (i32, i32), blocked: &[(i32, i32)]) -> Vec<i32> {
    let mut blocked = blocked.to_vec();
    blocked.sort_unstable();
    let mut places = Vec::with_capacity(wishes.len());
    let mut least = low;
    for &wish in wishes {
        let mut place = wish.max(least);
        for &(from, to) in &blocked {
            if place > from && place < to {
                place = to;
            }
        }
        places.push(place);
        least = place + GATE_STEP;
    }
    let mut most = high;
    for place in places.iter_mut().rev() {
        *place = (*place).min(most);
        for &(from, to) in blocked.iter().rev() {
            if *place > from && *place < to {
                *place = from;
            }
        }
        most = *place - GATE_STEP;
    }
    places
}

fn extent(size: Size, axis: Axis) -> i32 {
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
