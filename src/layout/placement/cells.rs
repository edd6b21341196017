//! The working table of placement: for each box its extents and where it stands in its parent.
//!
//! A cell is what a box needs of its parent's room: a leaf's icon and caption; a container's frame and what sticks out
//! of it. Cell coordinates are local, from the top left of the cell that holds them.

use super::tree::Tree;
use super::{BESIDE_TITLE, Choice, Flow, Ground, Memo, Placement, overlays};
use crate::geometry::{Point, Rect, Side, Size, point};
use crate::layout::measure::{Sizes, TitleStyle};
use crate::theme::metrics;
use crate::topology::{BoxId, GroupStyle, Topology};

/// Room between a container's border and what it holds, px.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Insets {
    /// At the top, title included.
    pub top: i32,
    /// At the right.
    pub right: i32,
    /// At the bottom.
    pub bottom: i32,
    /// At the left.
    pub left: i32,
}

impl Insets {
    /// The room before and behind along the flow.
    pub const fn along(self, flow: Flow) -> (i32, i32) {
        match flow {
            Flow::Down => (self.top, self.bottom),
            Flow::Right => (self.left, self.right),
        }
    }

    /// The room before and behind across the flow.
    pub const fn across(self, flow: Flow) -> (i32, i32) {
        match flow {
            Flow::Down => (self.left, self.right),
            Flow::Right => (self.top, self.bottom),
        }
    }
}

/// One box, in coordinates of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cell {
    /// All the room that it needs.
    pub size: Size,
    /// A leaf's icon; a container's border.
    pub frame: Rect,
    /// Where lines meet it: a leaf's icon centre; a container's centre, or the axis of the chain inside.
    pub axis: Point,
    /// Its top left corner, in the cell of its parent.
    pub at: Point,
    /// The side of its parent's border that it sits on.
    pub border: Option<Side>,
}

/// Everything that the passes of placement share.
pub struct Cells<'a> {
    /// What is placed.
    pub topology: &'a Topology,
    /// How large things are.
    pub sizes: &'a Sizes,
    /// How they nest.
    pub tree: &'a Tree,
    /// What to do one way or another.
    pub choice: &'a Choice,
    /// What has been laid out before.
    pub memo: &'a Memo,
    /// By `BoxId`.
    pub table: Vec<Cell>,
    /// By `BoxId`: the direction inside a container.
    pub flows: Vec<Flow>,
    /// The extents of the picture.
    pub size: Size,
    /// By `BoxId`: the mean position of its partners outside its container, as far as known.
    pub pulls: Vec<Option<Point>>,
    /// By `BoxId`: where it stood in the round before.
    pub middles: Vec<Option<Point>>,
}

/// Padding of containers that hold containers, px (layout.md 3.4: 24 with estimated text; 20 is enough with real one).
const PADDING: i32 = 20;
/// Padding of zones and subnets, which hold leaves most of the time.
const TIGHT_PADDING: i32 = 16;
/// An empty container is no smaller than this (layout.md 3.12).
const EMPTY: Size = Size::new(104, 64);

impl<'a> Cells<'a> {
    /// Starts with the leaves measured and the directions decided.
    pub fn new(ground: &Ground<'a>, choice: &'a Choice) -> Self {
        let Ground { topology, sizes, tree, memo } = *ground;
        let flows = flows(topology, tree, choice);
        let table = topology.ids().map(|id| leaf(topology, sizes, id)).collect();
        let mut cells = Self {
            topology,
            sizes,
            tree,
            choice,
            memo,
            table,
            flows,
            size: Size::default(),
            pulls: vec![None; topology.boxes.len()],
            middles: vec![None; topology.boxes.len()],
        };
        for id in topology.ids() {
            if let Some(host) = topology.note(id).and_then(|note| note.beside) {
                cells.pin(id, host);
            }
        }
        cells
    }

    /// Makes a note a part of the cell of the leaf that it stands beside: at its right where the flow runs down, and
    /// below it where the flow runs right or lines leave to both sides, so that it is in the way of few lines.
    fn pin(&mut self, note: BoxId, host: BoxId) {
        let node = self.topology.element(host).node();
        let (spans, border) = node.map_or((false, false), |node| (!node.spans.is_empty(), node.border));
        let beside = self.flow(self.tree.parents[host.index()]) == Flow::Down && !spans;
        let sheet = self.sizes.icons[note.index()];
        let cell = &mut self.table[host.index()];
        let at = if beside {
            // On a border, the sheet sits on it as its host does.
            let least = if border { cell.axis.y - sheet.height / 2 } else { cell.frame.y };
            let short = (-least).max(0);
            cell.axis.y += short;
            cell.frame = cell.frame.offset(0, short);
            cell.size.height += short;
            let top = (cell.axis.y - sheet.height / 2).max(least + short);
            let at = point(cell.size.width + metrics::NOTE_GAP, top);
            cell.size = Size::new(at.x + sheet.width, cell.size.height.max(at.y + sheet.height));
            at
        } else {
            let left = cell.axis.x - sheet.width / 2;
            let short = (-left).max(0);
            cell.axis.x += short;
            cell.frame = cell.frame.offset(short, 0);
            let at = point(left + short, cell.size.height + metrics::NOTE_GAP);
            cell.size = Size::new((cell.size.width + short).max(at.x + sheet.width), at.y + sheet.height);
            at
        };
        cell.size = Size::new((cell.size.width + 1) & !1, (cell.size.height + 1) & !1);
        let frame = Rect::new(0, 0, sheet.width, sheet.height);
        self.table[note.index()] = Cell { size: sheet, frame, axis: frame.center(), at, border: None };
    }

    /// The cell of a box.
    pub fn cell(&self, id: BoxId) -> &Cell {
        &self.table[id.index()]
    }

    /// The direction inside a container; `None` is the top.
    pub fn flow(&self, container: Option<BoxId>) -> Flow {
        container.map_or(self.choice.root, |id| self.flows[id.index()])
    }

    /// What every gap in a container is wider than usual, px; the zones of a network and all in them share its gaps, so that
    /// they stay equal.
    pub fn room(&self, container: Option<BoxId>) -> i32 {
        if self.choice.widened.is_empty() {
            return 0;
        }
        let holder = container.and_then(|id| gaps_of(self.topology, self.tree, id));
        self.choice.widened.get(&holder).copied().unwrap_or(0)
    }

    /// Where lines meet `end`, in the cell of `child`, which holds it or is it.
    pub fn axis_in(&self, end: BoxId, child: BoxId) -> Point {
        let mut at = self.cell(end).axis;
        let mut inner = end;
        while inner != child {
            let cell = self.cell(inner);
            at = at.offset(cell.at.x, cell.at.y);
            match self.tree.parents[inner.index()] {
                Some(outer) => inner = outer,
                None => break,
            }
        }
        at
    }

    /// The room that a container keeps free inside its border; the top keeps none.
    pub fn insets(&self, container: Option<BoxId>) -> Insets {
        let Some(id) = container else { return Insets::default() };
        let group = group_style(self.topology, id);
        let pad = match group {
            GroupStyle::Zone
            | GroupStyle::PublicSubnet
            | GroupStyle::PrivateSubnet
            | GroupStyle::Generic
            | GroupStyle::SecurityGroup
            | GroupStyle::AutoScalingGroup => TIGHT_PADDING,
            _ => PADDING,
        };
        let pad = pad + self.room(container) / 2;
        Insets { top: self.title_strip(id).max(pad), right: pad, bottom: pad, left: pad }
    }

    /// The height that a container's title takes up at its top.
    pub fn title_strip(&self, id: BoxId) -> i32 {
        self.sizes.titles[id.index()].as_ref().map_or(0, |title| match title.style {
            TitleStyle::Corner => title.size.height + metrics::TITLE_LEAD,
            TitleStyle::Centered | TitleStyle::Flush => title.size.height + 2 * metrics::TITLE_LEAD,
            TitleStyle::OnBorder => title.size.height - metrics::BORDER_ICON / 2 + metrics::TITLE_LEAD,
        })
    }

    /// The smallest frame in which a container's title fits.
    pub fn least_size(&self, id: BoxId) -> Size {
        let title = self.sizes.titles[id.index()].as_ref().map_or(0, |title| title.size.width);
        let width =
            if self.choice.beside_title.contains(&id) { 2 * (title + BESIDE_TITLE) } else { title + 2 * PADDING };
        Size::new(width.max(EMPTY.width), EMPTY.height)
    }

    /// Turns the cells into absolute positions.
    pub fn into_placement(self) -> Placement {
        let origins = self.origins();
        let frames: Vec<Rect> = self
            .topology
            .ids()
            .map(|id| self.cell(id).frame.offset(origins[id.index()].x, origins[id.index()].y))
            .collect();
        let mut placement = Placement {
            size: self.size,
            captions: self.topology.ids().map(|id| self.caption(id, &frames[id.index()])).collect(),
            peeks: self.sizes.peeks.clone(),
            titles: vec![None; frames.len()],
            border_sides: self.table.iter().map(|cell| cell.border).collect(),
            docks: vec![None; frames.len()],
            root_flow: self.choice.root,
            flows: self.flows.clone(),
            frames,
        };
        placement.docks = self.docks(&placement.frames);
        overlays::draw_around(self.topology, self.sizes, self.tree, &mut placement);
        for id in self.topology.ids() {
            placement.titles[id.index()] = default_title(self.sizes, id, &placement.frames[id.index()]);
        }
        placement
    }

    /// For leaves that boxes inside a sibling talk to: the side of that sibling on which they stand.
    fn docks(&self, frames: &[Rect]) -> Vec<Option<Side>> {
        let mut docks = vec![None; frames.len()];
        let containers = self.topology.ids().filter(|&id| self.topology.element(id).node().is_none()).map(Some);
        for lifted in containers.chain([None]).flat_map(|container| self.tree.lifted(container)) {
            let leaf = lifted.to == lifted.target && self.topology.element(lifted.to).node().is_some();
            if leaf && lifted.from != lifted.source {
                docks[lifted.to.index()] = side_of(&frames[lifted.from.index()], &frames[lifted.to.index()]);
            }
        }
        docks
    }

    fn origins(&self) -> Vec<Point> {
        let mut origins = vec![point(0, 0); self.table.len()];
        let mut order = self.tree.inside_out();
        order.reverse();
        for id in order {
            let at = self.cell(id).at;
            let outer = self.tree.parents[id.index()].map_or(point(0, 0), |outer| origins[outer.index()]);
            origins[id.index()] = outer.offset(at.x, at.y);
        }
        origins
    }

    fn caption(&self, id: BoxId, icon: &Rect) -> Option<Rect> {
        let block = self.sizes.captions[id.index()].as_ref()?;
        let left = icon.center().x - block.width / 2;
        Some(Rect::new(left, icon.bottom() + metrics::CAPTION_GAP, block.width, block.height))
    }
}

/// The side of `frame` beyond which `other` lies.
fn side_of(frame: &Rect, other: &Rect) -> Option<Side> {
    let beyond = |side: Side| match side {
        Side::North => other.bottom() <= frame.top(),
        Side::East => other.left() >= frame.right(),
        Side::South => other.top() >= frame.bottom(),
        Side::West => other.right() <= frame.left(),
    };
    Side::ALL.into_iter().find(|&side| beyond(side))
}

/// The container whose gaps those of `id` are like: its own, but in zones those of the network around them.
pub fn gaps_of(topology: &Topology, tree: &Tree, id: BoxId) -> Option<BoxId> {
    let zone = std::iter::once(id).chain(tree.ancestors(id)).find(|&id| group_style(topology, id) == GroupStyle::Zone);
    zone.map_or(Some(id), |zone| tree.parents[zone.index()])
}

/// Which official group a container or overlay is.
pub fn group_style(topology: &Topology, id: BoxId) -> GroupStyle {
    let element = topology.element(id);
    element
        .container()
        .map(|container| container.style)
        .or_else(|| element.overlay().map(|overlay| overlay.style))
        .unwrap_or(GroupStyle::Generic)
}

/// Where a title stands before the lines are known: its style's own place.
pub fn default_title(sizes: &Sizes, id: BoxId, frame: &Rect) -> Option<Rect> {
    let title = sizes.titles[id.index()].as_ref()?;
    let Size { width, height } = title.size;
    let middle = frame.x + (frame.width - width) / 2;
    Some(match title.style {
        TitleStyle::Corner => Rect::new(frame.x, frame.y, width, height),
        TitleStyle::Centered => Rect::new(middle, frame.y + metrics::TITLE_LEAD, width, height),
        TitleStyle::Flush => Rect::new(frame.x + metrics::TITLE_LEAD + 2, frame.y + metrics::TITLE_LEAD, width, height),
        TitleStyle::OnBorder => Rect::new(middle, frame.y - metrics::BORDER_ICON / 2, width, height),
    })
}

fn leaf(topology: &Topology, sizes: &Sizes, id: BoxId) -> Cell {
    if topology.element(id).node().is_none() {
        return Cell::default();
    }
    let (icon, peek) = (sizes.icons[id.index()], sizes.peeks[id.index()]);
    let caption = sizes.captions[id.index()].as_ref().map_or((0, 0), |block| (block.width, block.height));
    let width = (icon.width + 2 * peek).max(caption.0);
    // Icons of every size stand centred in one slot, so that rows of them line up.
    let axis = point(width / 2, sizes.slot.max(icon.height) / 2 + peek);
    let below = if caption.1 == 0 { 0 } else { metrics::CAPTION_GAP + caption.1 };
    let height = axis.y + icon.height / 2 + below;
    let frame = Rect::new(axis.x - icon.width / 2, axis.y - icon.height / 2, icon.width, icon.height);
    Cell { size: Size::new(width, (height + 1) & !1), frame, axis, ..Cell::default() }
}

fn flows(topology: &Topology, tree: &Tree, choice: &Choice) -> Vec<Flow> {
    let mut flows = vec![choice.root; topology.boxes.len()];
    let mut order = tree.inside_out();
    order.reverse();
    for id in order {
        let outer = tree.parents[id.index()].map_or(choice.root, |outer| flows[outer.index()]);
        flows[id.index()] = if choice.turned.contains(&id) { outer.turned() } else { outer };
    }
    flows
}
