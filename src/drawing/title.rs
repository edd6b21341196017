//! The title and the summary above the picture.

use super::{Block, description};
use crate::geometry::{Rect, Size};
use crate::scene::{Group, Primitive};
use crate::text::{self, TextStyle};
use crate::theme::{Theme, metrics};
use crate::topology::{Heading, Topology};

/// The narrowest that a title is broken to, px: a tall picture of a single column still gets a readable one.
const NARROWEST: i32 = 360;

/// Draws title and summary over a picture of `width` px.
pub fn draw(heading: &Heading, width: i32, theme: &Theme) -> Block {
    let widest = (width - 2 * metrics::MARGIN).clamp(NARROWEST, metrics::SUMMARY_WIDTH.max(NARROWEST));
    let mut block = Block::default();
    let mut write = |words: Option<&str>, style: TextStyle, lines: usize, color| {
        let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else { return };
        let text = text::wrap(words, style, widest, lines);
        let gap = if block.size.height > 0 { metrics::SUMMARY_GAP } else { 0 };
        let frame = Rect::new(0, block.size.height + gap, text.width, text.height);
        block.size = Size::new(block.size.width.max(frame.width), frame.bottom());
        block.groups.push(Group::furniture(vec![Primitive::Text { frame, text, centered: false, color, halo: None }]));
    };
    write(heading.title.as_deref(), metrics::HEADING, metrics::HEADING_LINES, theme.text);
    write(heading.summary.as_deref(), metrics::SUMMARY, metrics::SUMMARY_LINES, theme.muted);
    block
}

/// The short text that stands for the whole picture.
pub fn text(topology: &Topology) -> String {
    topology.heading.title.clone().unwrap_or_else(|| description::untitled(topology.heading.language).to_owned())
}
