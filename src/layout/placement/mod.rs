//! Where boxes stand.

pub mod layered;

use crate::geometry::{Rect, Side, Size};

/// Positions of all boxes, by `BoxId`, absolute px.
#[derive(Debug, Clone)]
pub struct Placement {
    /// Extents of the picture (all boxes and captions lie in 0..width, 0..height; lines may need a margin around).
    pub size: Size,
    /// A leaf's icon square; the border of a container or overlay.
    pub frames: Vec<Rect>,
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

/// The direction in which the ranks of a container follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// Top to bottom.
    Down,
    /// Left to right.
    Right,
}
