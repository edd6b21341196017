//! Text at its place, and what keeps lines from running through it.

use super::segments::Segments;
use crate::geometry::Rect;
use crate::layout::{Align, Layout, PlacedText};
use crate::scene::{Color, Dash, Group, Primitive, Stroke};
use crate::text;
use crate::theme::Theme;

/// How far a patch reaches past the ends of a line of text, px.
const PATCH_SIDE: i32 = 3;

/// Width of the line from a label to what it names, where it stands off it, tenths of a px.
const LEADER_WIDTH: i32 = 8;

/// Draws the labels of links, each over a patch of paper where a line or a border runs behind it.
pub fn draw(layout: &Layout, borders: &Segments, lines: &Segments, theme: &Theme) -> Vec<Group> {
    layout
        .labels
        .iter()
        .map(|label| {
            let placed = &label.text;
            let area = placed.frame.inflate(PATCH_SIDE, 0);
            let mut primitives = Vec::new();
            if let Some((from, to)) = label.leader {
                let stroke = Stroke { color: theme.text, width: LEADER_WIDTH, dash: Dash::Dotted };
                primitives.push(Primitive::Line { points: vec![from, to], radius: 0, stroke });
            }
            if lines.meet(&area, None) || borders.meet(&area, None) {
                primitives.extend(line_patches(placed, theme.paper));
            }
            primitives.push(text(placed, theme.text, None));
            Group::furniture(primitives)
        })
        .collect()
}

/// Lines of text at their place.
pub fn text(placed: &PlacedText, color: Color, halo: Option<Color>) -> Primitive {
    let centered = placed.align == Align::Middle;
    Primitive::Text { frame: placed.frame, text: placed.text.clone(), centered, color, halo }
}

/// A rectangle of paper.
pub const fn patch(frame: Rect, paper: Color) -> Primitive {
    Primitive::Rectangle { frame, radius: 0, fill: Some(paper), stroke: None }
}

/// A patch of paper behind each line of a text, as wide as that line.
pub fn line_patches(placed: &PlacedText, paper: Color) -> impl Iterator<Item = Primitive> + '_ {
    let style = placed.text.style;
    let height = style.line_height();
    placed.text.lines.iter().enumerate().map(move |(row, line)| {
        let width = text::width(line, style);
        let left = match placed.align {
            Align::Start => placed.frame.left(),
            Align::Middle => placed.frame.center().x - width / 2,
        };
        let top = placed.frame.top() + row as i32 * height;
        // One px more, as a link may run just between two lines of text of unequal width.
        patch(Rect::new(left, top, width, height).inflate(PATCH_SIDE, 1), paper)
    })
}
