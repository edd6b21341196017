//! Where boxes stand (layout.md 3.1 to 3.5).
//!
//! Arrives: a topology, its sizes, and a [`Choice`] of directions and arrangements. Leaves: a [`Placement`].
//!
//! Every container is arranged from the inside out, in coordinates of its own: `stack` lays out the zones of a
//! network from one template, `container` everything else in layers. Only then positions become absolute, and
//! overlays are drawn around their members.

mod borders;
mod cells;
mod container;
mod excerpt;
pub mod layered;
mod label_room;
mod memo;
mod overlays;
pub mod pairs;
pub mod pieces;
mod stack;
mod template;
pub mod tree;

pub use self::cells::{gaps_of, group_style as style};
pub use self::excerpt::excerpt;

use self::cells::Cells;
pub use self::memo::Memo;
pub use self::pairs::Tuck;
use self::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

use super::measure::Sizes;
use crate::geometry::{Point, Rect, Side, Size};
use crate::topology::{BoxId, Topology};

/// Positions of all boxes, by `BoxId`, absolute px.
#[derive(Debug, Clone, Default)]
pub struct Placement {
    /// Extents of the picture (all boxes and captions lie in 0..width, 0..height; lines may need a margin around).
    pub size: Size,
    /// A leaf's icon square or a note's sheet; the border of a container or overlay.
    pub frames: Vec<Rect>,
    /// By how much a stack sticks out behind its front icon, to the right and up; 0 for what is no stack.
    pub peeks: Vec<i32>,
    /// A leaf's caption under its icon (`None` for containers, overlays and leaves without a caption).
    pub captions: Vec<Option<Rect>>,
    /// The area that a container's or overlay's title and corner icon take up, `None` for leaves and untitled ones.
    pub titles: Vec<Option<Rect>>,
    /// For a border node: the side of its parent on whose border line its icon is centred.
    pub border_sides: Vec<Option<Side>>,
    /// The flow direction inside each container (leaves: that of their parent).
    pub flows: Vec<Flow>,
    /// For leaves docked behind the end of (or beside) the flow of their container: the side at which the dock lies.
    pub docks: Vec<Option<Side>>,
    /// The flow direction of the picture as a whole.
    pub root_flow: Flow,
}

impl Placement {
    /// All that a box takes up: a leaf's icon with its caption, the border of a container or overlay.
    pub fn whole(&self, id: BoxId) -> Rect {
        let icon = self.icon(id);
        self.captions[id.index()].map_or(icon, |caption| icon.union(&caption))
    }

    /// The frame of a box; of a stack, with the tiles behind its front icon.
    pub fn icon(&self, id: BoxId) -> Rect {
        let (frame, peek) = (self.frames[id.index()], self.peeks[id.index()]);
        Rect::from_edges(frame.left(), frame.top() - peek, frame.right() + peek, frame.bottom())
    }
}

/// From a title to the line that passes beside it, px.
pub const BESIDE_TITLE: i32 = 20;

/// The direction in which the ranks of a container follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Flow {
    /// Top to bottom.
    #[default]
    Down,
    /// Left to right.
    Right,
}

impl Flow {
    /// The extent of `size` across the flow.
    pub const fn across(self, size: Size) -> i32 {
        match self {
            Self::Down => size.width,
            Self::Right => size.height,
        }
    }

    /// The extent of `size` along the flow.
    pub const fn along(self, size: Size) -> i32 {
        match self {
            Self::Down => size.height,
            Self::Right => size.width,
        }
    }

    /// The point with these coordinates across and along the flow.
    pub const fn point(self, across: i32, along: i32) -> Point {
        match self {
            Self::Down => Point { x: across, y: along },
            Self::Right => Point { x: along, y: across },
        }
    }

    /// The coordinate of `at` across the flow.
    pub const fn across_of(self, at: Point) -> i32 {
        match self {
            Self::Down => at.x,
            Self::Right => at.y,
        }
    }

    /// The coordinate of `at` along the flow.
    pub const fn along_of(self, at: Point) -> i32 {
        match self {
            Self::Down => at.y,
            Self::Right => at.x,
        }
    }

    /// The size with these extents across and along the flow.
    pub const fn size(self, across: i32, along: i32) -> Size {
        match self {
            Self::Down => Size { width: across, height: along },
            Self::Right => Size { width: along, height: across },
        }
    }

    /// The side at which the flow enters a container.
    pub const fn entry(self) -> Side {
        match self {
            Self::Down => Side::North,
            Self::Right => Side::West,
        }
    }

    /// The other direction.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Down => Self::Right,
            Self::Right => Self::Down,
        }
    }
}

/// What may be done one way or another; the candidates of the search differ in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The direction of the picture as a whole.
    pub root: Flow,
    /// Containers whose direction differs from that of their parent.
    pub turned: BTreeSet<BoxId>,
    /// Containers (`None` is the top) in which boxes without links among their siblings stand before the others.
    pub loose_first: BTreeSet<Option<BoxId>>,
    /// Boxes that stand beside the one box that they are linked with, on which side of it.
    pub tucked: BTreeMap<BoxId, (BoxId, Tuck)>,
    /// Whether the second half of a row of zones mirrors the first.
    pub mirrored: bool,
    /// How siblings are ordered by their partners outside.
    pub lean: Lean,
    /// Containers (`None` is the top) whose gaps are wider than usual, by how many px: room for lines that found none.
    pub widened: BTreeMap<Option<BoxId>, i32>,
    /// Containers so wide that a line in their middle passes their title.
    pub beside_title: BTreeSet<BoxId>,
}

impl Choice {
    /// Nothing is done in any particular way.
    pub const fn plain(root: Flow) -> Self {
        Self {
            root,
            turned: BTreeSet::new(),
            loose_first: BTreeSet::new(),
            tucked: BTreeMap::new(),
            mirrored: true,
            lean: Lean::Upright,
            widened: BTreeMap::new(),
            beside_title: BTreeSet::new(),
        }
    }
}

/// What all candidates of one picture have in common.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What is placed.
    pub topology: &'a Topology,
    /// How large things are.
    pub sizes: &'a Sizes,
    /// How they nest.
    pub tree: &'a Tree,
    /// What has been laid out before.
    pub memo: &'a Memo,
}

/// How the order of siblings follows their partners outside of their container (layout.md 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lean {
    /// Not at all.
    Upright,
    /// Those with partners outside lean toward them.
    Partners,
    /// The others are also kept in the middle.
    Firm,
}

/// Places every box.
pub fn place(ground: &Ground<'_>, choice: &Choice) -> Placement {
    arrange_all(Cells::new(ground, choice))
}

/// Places every box again, siblings leaning toward where their partners outside stand in `before` (layout.md 3.3).
pub fn lean(ground: &Ground<'_>, choice: &Choice, before: &Placement) -> Placement {
    let mut cells = Cells::new(ground, choice);
    cells.pulls = outside_partners(ground.topology, ground.tree, before);
    cells.middles = before.frames.iter().map(|frame| Some(frame.center())).collect();
    arrange_all(cells)
}

/// Draws overlays around their members and titles in their own places, for boxes that have been moved.
pub fn dress(topology: &Topology, sizes: &Sizes, tree: &Tree, placement: &mut Placement) {
    overlays::draw_around(topology, sizes, tree, placement);
    for id in topology.ids() {
        placement.titles[id.index()] = cells::default_title(sizes, id, &placement.frames[id.index()]);
    }
}

fn arrange_all(mut cells: Cells<'_>) -> Placement {
    for id in cells.tree.inside_out() {
        if cells.topology.element(id).node().is_none() {
            container::arrange(&mut cells, Some(id));
        }
    }
    container::arrange(&mut cells, None);
    cells.into_placement()
}

/// For each box that something outside of its container talks to: the mean position of those partners.
fn outside_partners(topology: &Topology, tree: &Tree, placement: &Placement) -> Vec<Option<Point>> {
    let mut sums = vec![(0_i64, 0_i64, 0_i64); topology.boxes.len()];
    let mut pull = |id: BoxId, toward: BoxId| {
        let at = placement.frames[toward.index()].center();
        let sum = &mut sums[id.index()];
        *sum = (sum.0 + i64::from(at.x), sum.1 + i64::from(at.y), sum.2 + 1);
    };
    let containers = topology.ids().map(Some).chain([None]);
    for lifted in containers.flat_map(|container| tree.lifted(container)) {
        for (end, child, partner) in
            [(lifted.source, lifted.from, lifted.target), (lifted.target, lifted.to, lifted.source)]
        {
            // Every box between the end and the child of the common container sees the partner as outside.
            std::iter::once(end)
                .chain(tree.ancestors(end))
                .take_while(|&id| id != child)
                .for_each(|id| pull(id, partner));
        }
    }
    let mean =
        |sum: &(i64, i64, i64)| (sum.2 > 0).then(|| Point { x: (sum.0 / sum.2) as i32, y: (sum.1 / sum.2) as i32 });
    sums.iter().map(mean).collect()
}
