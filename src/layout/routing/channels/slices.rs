//! A placement cut into slices: rows of columns of rows, down to single boxes, with a channel in every cut.
//!
//! ```text
//!   +---------------+     a split down:   [a | b] above c, a channel between them that runs across;
//!   |  [a] | [b]    |     its upper child is a split across: a beside b, a channel between them that runs down
//!   | ------------- |     and ends at the channels around the row.
//!   |      [c]      |     A container has four channels of its own inside its border: its ring.
//!   +---------------+
//! ```
//!
//! Before: boxes that do not overlap. After: a tree in which every box stands in a slice of its own, every slice knows
//! the channels on its four sides, and every channel the two at its ends. Slicing floorplans are what makes channel
//! routing complete: channels can be widened one after the other, inner ones first (Otten 1982).

use crate::geometry::{Axis, Rect, Side};
use crate::layout::placement::tree::Tree;
use crate::layout::placement::{Flow, Placement};
use crate::topology::{BoxId, Topology};

/// No channel or slice.
pub(super) const NONE: usize = usize::MAX;
/// Splits within one container that are nested deeper than this are replaced by plain rows.
const DEEPEST: usize = 40;
/// Between boxes that had to be put into rows, px.
const ROW_GAP: i32 = 36;

/// What a slice holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A leaf with its caption.
    Leaf(BoxId),
    /// A container; `None` is the picture.
    Container(Option<BoxId>),
    /// Slices that follow each other along an axis.
    Split(Axis),
}

/// A part of the picture.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    pub(super) content: Content,
    pub(super) parent: usize,
    /// Those of a split in their order; the one that a container holds.
    pub(super) children: Vec<usize>,
    /// Those between the children of a split; the ring of a container, by side.
    pub(super) channels: Vec<usize>,
    /// The channels on its four sides, outside.
    pub(super) around: [usize; 4],
    /// Where it stood in the placement.
    pub(super) draft: Rect,
}

/// Room for lines between two slices, or inside a border.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    /// The axis along which its lines run.
    pub(super) run: Axis,
    /// The split or the container that it belongs to.
    pub(super) slice: usize,
    /// Where it was in the placement: its ends along its run, and its middle across.
    pub(super) range: (i32, i32),
    pub(super) middle: i32,
    /// Its width in the placement, px.
    pub(super) width: i32,
    /// The channels at its low and its high end, where there are any.
    pub(super) bars: [usize; 2],
    /// The channels that end here, from its low and its high side, by place.
    pub(super) stems: [Vec<usize>; 2],
}

/// The picture in slices; parents stand before children.
#[derive(Debug, Default)]
pub(super) struct Slices {
    pub(super) table: Vec<Slice>,
    pub(super) channels: Vec<Channel>,
    /// By `BoxId`: the slice of a leaf or a container, [`NONE`] for border nodes and overlays.
    pub(super) of_box: Vec<usize>,
}

/// The position of a side in tables by side.
pub(super) const fn side_index(side: Side) -> usize {
    match side {
        Side::North => 0,
        Side::East => 1,
        Side::South => 2,
        Side::West => 3,
    }
}

/// On which side of a channel (0 low, 1 high) a box lies whose `side` it runs along.
pub(super) const fn beside(side: Side) -> usize {
    match side {
        Side::North | Side::West => 1,
        Side::East | Side::South => 0,
    }
}

/// The two sides of a box along an axis, the low one first.
pub(super) const fn sides(axis: Axis) -> [Side; 2] {
    match axis {
        Axis::Horizontal => [Side::West, Side::East],
        Axis::Vertical => [Side::North, Side::South],
    }
}

/// Cuts a placement into slices.
pub(super) fn cut(topology: &Topology, tree: &Tree, placement: &Placement) -> Slices {
    let slices = Slices { of_box: vec![NONE; topology.boxes.len()], ..Slices::default() };
    let mut cutter = Cutter { topology, tree, placement, slices };
    cutter.container(None, NONE, Rect::new(0, 0, placement.size.width, placement.size.height));
    let mut slices = cutter.slices;
    slices.connect();
    slices
}

struct Cutter<'a> {
    topology: &'a Topology,
    tree: &'a Tree,
    placement: &'a Placement,
    slices: Slices,
}

impl Cutter<'_> {
    /// The room that a box takes up: a leaf with its caption, a container with what sits on its border.
    fn extent(&self, id: BoxId) -> Rect {
        if self.topology.element(id).node().is_some() {
            let notes = self.tree.children(Some(id)).iter().map(|&note| self.placement.whole(note));
            return notes.fold(self.placement.whole(id), |all, note| all.union(&note));
        }
        let frame = self.placement.frames[id.index()];
        let titled = self.placement.titles[id.index()].map_or(frame, |title| frame.union(&title));
        let nodes = self.tree.children(Some(id)).iter().filter(|node| self.on_border(**node));
        nodes.fold(titled, |all, node| all.union(&self.extent(*node)))
    }

    fn on_border(&self, id: BoxId) -> bool {
        self.placement.border_sides[id.index()].is_some()
    }

    fn push(&mut self, content: Content, parent: usize, draft: Rect) -> usize {
        let slice = Slice { content, parent, children: Vec::new(), channels: Vec::new(), around: [NONE; 4], draft };
        self.slices.table.push(slice);
        self.slices.table.len() - 1
    }

    fn channel(&mut self, run: Axis, slice: usize, area: Rect) -> usize {
        let (low, high) = area.range(run.other());
        self.slices.channels.push(Channel {
            run,
            slice,
            range: area.range(run),
            middle: i32::midpoint(low, high),
            width: (high - low).max(0),
            bars: [NONE; 2],
            stems: [Vec::new(), Vec::new()],
        });
        self.slices.channels.len() - 1
    }

    fn container(&mut self, id: Option<BoxId>, parent: usize, frame: Rect) {
        let extent = id.map_or(frame, |id| self.extent(id));
        let slice = self.push(Content::Container(id), parent, extent);
        if let Some(id) = id {
            self.slices.of_box[id.index()] = slice;
        }
        let held: Vec<(BoxId, Rect)> = self
            .tree
            .children(id)
            .iter()
            .filter(|child| id.is_none() || !self.on_border(**child))
            .map(|&child| (child, self.extent(child)))
            .collect();
        let middle = Rect::new(frame.center().x, frame.center().y, 0, 0);
        let hull = if held.is_empty() { middle } else { hull_of(&held) };
        let (left, right) = (frame.left().min(hull.left()), frame.right().max(hull.right()));
        let ring = [
            Rect::from_edges(left, frame.top().min(hull.top()), right, hull.top()),
            Rect::from_edges(hull.right(), hull.top(), right, hull.bottom()),
            Rect::from_edges(left, hull.bottom(), right, frame.bottom().max(hull.bottom())),
            Rect::from_edges(left, hull.top(), hull.left(), hull.bottom()),
        ];
        let runs = [Axis::Horizontal, Axis::Vertical, Axis::Horizontal, Axis::Vertical];
        let channels = runs.into_iter().zip(ring).map(|(run, area)| self.channel(run, slice, area)).collect();
        self.slices.table[slice].channels = channels;
        if !held.is_empty() {
            let flow = id.map_or(self.placement.root_flow, |id| self.placement.flows[id.index()]);
            let first = if flow == Flow::Down { Axis::Vertical } else { Axis::Horizontal };
            self.split(held, slice, first, 0);
        }
    }

    /// Cuts boxes along `axis` where that goes, else along the other; what cannot be cut is put into rows.
    fn split(&mut self, held: Vec<(BoxId, Rect)>, parent: usize, axis: Axis, depth: usize) {
        if let [(id, extent)] = held[..] {
            self.single(id, parent, extent);
            return;
        }
        let cuts = if depth < DEEPEST { groups(&held, axis).map(|parts| (axis, parts)) } else { None };
        let cuts = cuts.or_else(|| {
            let parts = if depth < DEEPEST { groups(&held, axis.other()) } else { None };
            parts.map(|parts| (axis.other(), parts))
        });
        if let Some((axis, parts)) = cuts {
            let slice = self.divide(parent, axis, &parts);
            for part in parts {
                self.split(part, slice, axis.other(), depth + 1);
            }
            return;
        }
        let rows = rows(held);
        let slice = if rows.len() > 1 { self.divide(parent, Axis::Vertical, &rows) } else { parent };
        for row in rows {
            if let [(id, extent)] = row[..] {
                self.single(id, slice, extent);
                continue;
            }
            let boxes: Vec<Vec<(BoxId, Rect)>> = row.iter().map(|&held| vec![held]).collect();
            let line = self.divide(slice, Axis::Horizontal, &boxes);
            for (id, extent) in row {
                self.single(id, line, extent);
            }
        }
    }

    /// A split with its channels.
    fn divide(&mut self, parent: usize, axis: Axis, parts: &[Vec<(BoxId, Rect)>]) -> usize {
        let hulls: Vec<Rect> = parts.iter().map(|part| hull_of(part)).collect();
        let hull = hulls.iter().copied().reduce(|all, one| all.union(&one)).unwrap_or_default();
        let slice = self.push(Content::Split(axis), parent, hull);
        self.slices.table[parent].children.push(slice);
        for pair in hulls.windows(2) {
            let (from, to) = (pair[0].range(axis).1, pair[1].range(axis).0);
            let to = if to > from { to } else { from + ROW_GAP };
            let area = match axis {
                Axis::Horizontal => Rect::from_edges(from, hull.top(), to, hull.bottom()),
                Axis::Vertical => Rect::from_edges(hull.left(), from, hull.right(), to),
            };
            let channel = self.channel(axis.other(), slice, area);
            self.slices.table[slice].channels.push(channel);
        }
        slice
    }

    fn single(&mut self, id: BoxId, parent: usize, extent: Rect) {
        if self.topology.element(id).node().is_some() {
            let slice = self.push(Content::Leaf(id), parent, extent);
            self.slices.of_box[id.index()] = slice;
            for &note in self.tree.children(Some(id)) {
                self.slices.of_box[note.index()] = slice;
            }
            self.slices.table[parent].children.push(slice);
        } else {
            let slice = self.slices.table.len();
            self.slices.table[parent].children.push(slice);
            self.container(Some(id), parent, self.placement.frames[id.index()]);
        }
    }
}

impl Slices {
    /// Finds the channels around every slice, and those at the ends of every channel.
    fn connect(&mut self) {
        for index in 0..self.table.len() {
            let Slice { content, channels, around, children, .. } = self.table[index].clone();
            match content {
                Content::Leaf(_) => {}
                Content::Container(_) => {
                    for &child in &children {
                        self.table[child].around = [channels[0], channels[1], channels[2], channels[3]];
                    }
                    for side in [Side::East, Side::West] {
                        self.channels[channels[side_index(side)]].bars = [channels[0], channels[2]];
                    }
                }
                Content::Split(axis) => {
                    let [low, high] = sides(axis).map(side_index);
                    let ends = sides(axis.other()).map(|side| around[side_index(side)]);
                    for (position, &child) in children.iter().enumerate() {
                        let mut own = around;
                        if position > 0 {
                            own[low] = channels[position - 1];
                        }
                        if let Some(&next) = channels.get(position) {
                            own[high] = next;
                        }
                        self.table[child].around = own;
                    }
                    for &channel in &channels {
                        self.channels[channel].bars = ends;
                    }
                }
            }
        }
        for channel in 0..self.channels.len() {
            for end in 0..2 {
                let bar = self.channels[channel].bars[end];
                if bar != NONE {
                    self.channels[bar].stems[1 - end].push(channel);
                }
            }
        }
        for channel in 0..self.channels.len() {
            let mut stems = std::mem::take(&mut self.channels[channel].stems);
            for side in &mut stems {
                side.sort_by_key(|&stem| (self.channels[stem].middle, stem));
            }
            self.channels[channel].stems = stems;
        }
    }
}

fn hull_of(held: &[(BoxId, Rect)]) -> Rect {
    held.iter().map(|held| held.1).reduce(|all, one| all.union(&one)).unwrap_or_default()
}

/// Boxes between which a straight cut across `axis` passes, in order; `None` where there is no cut.
fn groups(held: &[(BoxId, Rect)], axis: Axis) -> Option<Vec<Vec<(BoxId, Rect)>>> {
    let mut sorted = held.to_vec();
    sorted.sort_by_key(|held| (held.1.range(axis).0, held.0));
    let mut parts: Vec<Vec<(BoxId, Rect)>> = Vec::new();
    let mut end = i32::MIN;
    for one in sorted {
        let (low, high) = one.1.range(axis);
        match parts.last_mut() {
            Some(part) if low < end => part.push(one),
            _ => parts.push(vec![one]),
        }
        end = end.max(high);
    }
    (parts.len() > 1).then_some(parts)
}

/// Boxes in rows by where they stand: those whose middle lies above the first one's lower edge stand in its row.
fn rows(mut held: Vec<(BoxId, Rect)>) -> Vec<Vec<(BoxId, Rect)>> {
    held.sort_by_key(|held| (held.1.top(), held.1.left(), held.0));
    let mut rows: Vec<(i32, Vec<(BoxId, Rect)>)> = Vec::new();
    for one in held {
        match rows.last_mut() {
            Some((bottom, row)) if one.1.center().y < *bottom => row.push(one),
            _ => rows.push((one.1.bottom(), vec![one])),
        }
    }
    let sorted = rows.into_iter().map(|(_, mut row)| {
        row.sort_by_key(|held| (held.1.left(), held.0));
        row
    });
    sorted.collect()
}

impl Slices {
    /// The slice of the container that holds a slice, or the slice itself if it is one.
    pub(super) fn container_of(&self, mut slice: usize) -> usize {
        while matches!(self.table[slice].content, Content::Split(_)) {
            slice = self.table[slice].parent;
        }
        slice
    }
}
