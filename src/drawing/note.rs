//! Notes: a sheet with a folded corner.

use super::label;
use crate::geometry::point;
use crate::layout::PlacedBox;
use crate::scene::{Dash, Primitive, Stroke};
use crate::theme::{Theme, metrics};

/// Width of the sheet's edge, tenths of a px.
const EDGE_WIDTH: i32 = 10;

/// The sheet and what is written on it.
pub fn draw(placed: &PlacedBox, theme: &Theme) -> Vec<Primitive> {
    let frame = placed.frame;
    let fold = metrics::NOTE_FOLD.min(frame.height);
    let corner = [point(frame.right() - fold, frame.top()), point(frame.right(), frame.top() + fold)];
    let [left, right] = [frame.left(), frame.right()].map(|x| point(x, frame.bottom()));
    let start = point(frame.left(), frame.top());
    let sheet = vec![start, corner[0], corner[1], right, left];
    let edge = |points| Primitive::Line {
        points,
        radius: 0,
        stroke: Stroke { color: theme.note_edge, width: EDGE_WIDTH, dash: Dash::Solid },
    };
    let mut around = sheet.clone();
    around.push(start);
    let mut primitives = vec![Primitive::Polygon { points: sheet, fill: theme.note }, edge(around)];
    primitives.push(edge(vec![corner[0], point(corner[0].x, corner[1].y), corner[1]]));
    primitives.extend(placed.label.iter().map(|text| label::text(text, theme.text, None)));
    primitives
}
