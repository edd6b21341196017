//! Topology to geometry: measure, place, route, label.
//!
//! Arrives: a [`Topology`]. Leaves: a [`Layout`], which always exists. Inside, each part reads only the tables of
//! the parts before it.

pub mod labels;
pub mod measure;
pub mod placement;
pub mod routing;
pub mod separation;

use crate::geometry::{Point, Rect, Size};
use crate::text::TextBlock;
use crate::topology::{LinkId, Topology};

/// Where everything stands, in px, origin at the top left of the picture.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The extents of the picture, margin included.
    pub size: Size,
    /// By `BoxId`.
    pub boxes: Vec<PlacedBox>,
    /// By `LinkId`.
    pub links: Vec<RoutedLink>,
    /// By `NetId`: lines that share a trunk.
    pub nets: Vec<DrawnNet>,
    /// Labels of links, drawn once for a net.
    pub labels: Vec<LinkLabel>,
    /// Numbered badges.
    pub badges: Vec<Badge>,
    /// Where a corner had to be cut.
    pub compromises: Vec<Compromise>,
}

/// A box and what is written beside it.
#[derive(Debug, Clone)]
pub struct PlacedBox {
    /// A leaf's icon; the border of a container or an overlay.
    pub frame: Rect,
    /// A leaf's caption, a container's title.
    pub label: Option<PlacedText>,
    /// A container's corner icon, or the icon on an overlay's border.
    pub icon: Option<Rect>,
}

/// Text with its place.
#[derive(Debug, Clone)]
pub struct PlacedText {
    /// The box that the lines fill.
    pub frame: Rect,
    /// The lines.
    pub text: TextBlock,
    /// How the lines stand in the box.
    pub align: Align,
}

/// How lines stand in their box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Flush left.
    Start,
    /// Centred.
    Middle,
}

/// One link as drawn.
#[derive(Debug, Clone)]
pub struct RoutedLink {
    /// From the border of its source to the border of its target, corners between.
    pub points: Vec<Point>,
    /// The net that it belongs to.
    pub net: routing::NetId,
}

/// The lines that share a trunk.
#[derive(Debug, Clone)]
pub struct DrawnNet {
    /// Its links.
    pub links: Vec<LinkId>,
    /// Where three or more directions meet: a dot is drawn.
    pub junctions: Vec<Point>,
}

/// A label on a line.
#[derive(Debug, Clone)]
pub struct LinkLabel {
    /// A link that it belongs to (the first of its statement in its net).
    pub link: LinkId,
    /// Text and place.
    pub text: PlacedText,
}

/// A numbered badge on a line.
#[derive(Debug, Clone, Copy)]
pub struct Badge {
    /// A link that it belongs to.
    pub link: LinkId,
    /// What it says.
    pub number: u32,
    /// Its centre.
    pub center: Point,
}

/// A corner that had to be cut, to be reported as a warning.
#[derive(Debug, Clone)]
pub struct Compromise {
    /// The link concerned.
    pub link: LinkId,
    /// What happened, in the user's words.
    pub message: String,
}

/// What a caller may wish of the layout.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Overrides the direction of the document.
    pub direction: Option<crate::topology::Direction>,
}
