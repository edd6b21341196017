//! Text as the picture needs it: measured by shaping with the bundled face, and broken into lines.
//!
//! Widths are worked out in font units and rounded up to whole px once, so that they are the same on every machine.

pub mod font;
mod measure;
mod wrap;

pub use measure::{visible, width};
pub use wrap::wrap;

/// The weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Bold,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextStyle {
    /// Type size, px.
    pub size: i32,
    /// Weight.
    pub weight: Weight,
}

impl TextStyle {
    /// A regular style of `size` px.
    pub const fn regular(size: i32) -> Self {
        Self { size, weight: Weight::Regular }
    }

    /// A bold style of `size` px.
    pub const fn bold(size: i32) -> Self {
        Self { size, weight: Weight::Bold }
    }

    /// Distance from one baseline to the next, px.
    pub const fn line_height(self) -> i32 {
        (self.size * 5 + 3) / 4
    }

    /// From the top of a line to its baseline, px: capitals (0.714 em high in Open Sans) stand in the line's middle.
    pub const fn baseline(self) -> i32 {
        (self.line_height() * 1000 + self.size * 714 + 1000) / 2000
    }
}

/// Text broken into lines, with the extents that it takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBlock {
    /// How it is set.
    pub style: TextStyle,
    /// The lines, top to bottom; none for blank text.
    pub lines: Vec<String>,
    /// The widest line, px, rounded up to an even number.
    pub width: i32,
    /// All lines, px.
    pub height: i32,
}
