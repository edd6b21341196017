//! Borders: the ring of channels inside them, and the gates through which lines pass.

use super::slices::{Content, NONE, side_index};
use super::web::Pin;
use super::widening::{CLEAR, OFF_BORDER, Widening};
use crate::geometry::{Axis, Point, Rect, Side, Size, point};
use crate::layout::measure::TitleStyle;
use crate::layout::separation::{self, Variable};
use crate::theme::metrics;
use crate::topology::BoxId;

/// Between two gates, px.
const GATE_STEP: i32 = 12;
/// From a container's corner to its first gate, px.
const CORNER: i32 = 14;
/// From a title or a border node to a line, px.
const OFF_TITLE: i32 = 10;

/// What is taken off the free length of a border.
type Blocked = Vec<(i32, i32)>;

/// The containers: rings, gates and borders.
impl Widening<'_> {
    pub(super) fn container(&mut self, slice: usize, id: Option<BoxId>) {
        let this = &self.slices.table[slice];
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
        let draft_height =
            frame.height - self.slices.channels[channels[0]].width - self.slices.channels[channels[2]].width;
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
            if let Content::Container(Some(id)) = self.slices.table[slice].content {
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

    /// The gates of a side that have a run inside.
    fn gates_at(&self, channel: usize, slice: usize, side: Side) -> Vec<usize> {
        let pins = self.runs[channel].iter().flat_map(|&run| &self.web.runs[run].pins);
        let gates = pins.filter_map(|&(pin, _)| if let Pin::Gate(gate) = pin { Some(gate) } else { None });
        gates.filter(|&gate| self.web.gates[gate].slice == slice && self.web.gates[gate].side == side).collect()
    }

    /// The gates of a side at which lines end from outside.
    fn outside_gates(&self, slice: usize, side: Side) -> Vec<usize> {
        let channel = self.slices.table[slice].around[side_index(side)];
        if channel == NONE {
            return Vec::new();
        }
        let mut gates = self.gates_at(channel, slice, side);
        gates.retain(|&gate| self.web.gates[gate].runs[1] == NONE);
        gates
    }

    /// How many lines pass a side of a border or end on it.
    fn demand(&self, slice: usize, side: Side) -> usize {
        let channel = self.slices.table[slice].channels[side_index(side)];
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
            let all = self.placement.whole(node);
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
        let nodes =
            self.tree.children(Some(id)).iter().filter(|node| self.placement.border_sides[node.index()] == Some(side));
        nodes
            .map(|&node| {
                let icon = self.placement.frames[node.index()];
                let all = self.placement.whole(node);
                let ((low, high), middle) = (all.range(axis), icon.center().along(axis));
                let at = self.nodes[node.index()] - middle;
                (low + at - OFF_TITLE, high + at + OFF_TITLE)
            })
            .collect()
    }
}

/// Places in order, as near to their wishes as a distance between them and the blocked stretches allow.
fn spread(wishes: &[i32], (low, high): (i32, i32), blocked: &[(i32, i32)]) -> Vec<i32> {
    let mut blocked = blocked.to_vec();
    blocked.sort_unstable();
    let variables: Vec<Variable> = wishes.iter().map(|&desired| Variable { desired, weight: 1 }).collect();
    let mut places = separation::pool(&variables, &vec![GATE_STEP; wishes.len()]);
    let mut least = low;
    for place in &mut places {
        *place = (*place).max(least);
        for &(from, to) in &blocked {
            if *place > from && *place < to {
                *place = to;
            }
        }
        least = *place + GATE_STEP;
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
