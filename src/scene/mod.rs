//! The picture as primitives in paint order: what every exporter draws, and nothing else.

mod anchor;

use crate::geometry::{Point, Rect, Size};
use crate::icons::{CustomIcons, IconId};
use crate::text::TextBlock;

pub use anchor::leads_to_a_page;

/// A picture.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Extents, px.
    pub size: Size,
    /// The short text that stands for the picture (`<title>`).
    pub title: String,
    /// What it shows, in sentences (`<desc>`, and the alt text in Markdown).
    pub description: String,
    /// The language of its text, as a BCP 47 tag.
    pub language: &'static str,
    /// The colour behind everything; `None` is transparent.
    pub background: Option<Color>,
    /// Groups in paint order.
    pub groups: Vec<Group>,
    /// The icons that a document brought along.
    pub custom_icons: CustomIcons,
}

/// Primitives that belong together: one box, one link.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id in the exported file, unique; `None` for furniture.
    pub id: Option<String>,
    /// What a screen reader and a hovering mouse say.
    pub title: Option<String>,
    /// A URL that it leads to, of which [`leads_to_a_page`] holds.
    pub link: Option<String>,
    /// Whether it is drawn faintly: it is there no more.
    pub faded: bool,
    /// In paint order.
    pub primitives: Vec<Primitive>,
}

/// Something to draw.
#[derive(Debug, Clone)]
pub enum Primitive {
    /// A rectangle.
    Rectangle {
        /// Where.
        frame: Rect,
        /// Corner radius, px.
        radius: i32,
        /// Inside.
        fill: Option<Color>,
        /// Border.
        stroke: Option<Stroke>,
    },
    /// A disc.
    Disc {
        /// Centre.
        center: Point,
        /// Radius, px.
        radius: i32,
        /// Inside.
        fill: Color,
    },
    /// An open polyline with rounded corners.
    Line {
        /// Its corners.
        points: Vec<Point>,
        /// Corner radius, px.
        radius: i32,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A filled polygon (arrow heads).
    Polygon {
        /// Its corners.
        points: Vec<Point>,
        /// Inside.
        fill: Color,
    },
    /// Lines of text.
    Text {
        /// The box that they fill.
        frame: Rect,
        /// The lines, and how they are set.
        text: TextBlock,
        /// Centred in the box, or flush left.
        centered: bool,
        /// Colour.
        color: Color,
        /// A halo of this colour behind the letters.
        halo: Option<Color>,
    },
    /// An icon, scaled to its frame.
    Icon {
        /// Where.
        frame: Rect,
        /// Which.
        icon: IconId,
    },
}

impl Group {
    /// A group without id, title or link.
    pub const fn furniture(primitives: Vec<Primitive>) -> Self {
        Self { id: None, title: None, link: None, faded: false, primitives }
    }

    /// Moves everything in it by `dx`, `dy` px.
    #[must_use]
    pub fn offset(mut self, dx: i32, dy: i32) -> Self {
        for primitive in &mut self.primitives {
            primitive.shift(dx, dy);
        }
        self
    }
}

impl Primitive {
    /// Moves it by `dx`, `dy` px.
    fn shift(&mut self, dx: i32, dy: i32) {
        match self {
            Self::Rectangle { frame, .. } | Self::Text { frame, .. } | Self::Icon { frame, .. } => {
                *frame = frame.offset(dx, dy);
            }
            Self::Disc { center, .. } => *center = center.offset(dx, dy),
            Self::Line { points, .. } | Self::Polygon { points, .. } => {
                for point in points {
                    *point = point.offset(dx, dy);
                }
            }
        }
    }
}

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// The colour of `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// The contrast ratio to `other`, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in tenths of a px.
    pub width: i32,
    /// Solid, dashed or dotted.
    pub dash: Dash,
}

/// The pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}
