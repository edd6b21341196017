//! What stands behind the front icon of a stack: two more tiles of its size, to the right and up, whatever its number.

use super::node::inks;
use crate::geometry::Rect;
use crate::icons::{self, IconId, IconShape};
use crate::scene::{Color, Dash, Primitive, Stroke};
use crate::theme::{Theme, metrics};
use crate::topology::Topology;

/// How many tiles stand behind the front icon.
const BEHIND: i32 = metrics::STACK_PEEK / metrics::STACK_STEP;
/// The seam of paper between two tiles of one colour, px.
const SEAM: i32 = 1;
/// Width of the outline of a tile without a colour, tenths of a px.
const OUTLINE_WIDTH: i32 = 10;

/// The colour of an official icon's tile; `None` for drawings without a tile and for a user's own.
pub fn tile(icon: Option<IconId>, topology: &Topology) -> Option<Color> {
    let tile = icon.filter(|&icon| matches!(icon, IconId::Bundled(_)) && icons::shape(icon) == IconShape::Tile)?;
    inks(&icons::svg(tile, &topology.custom_icons)).find(|&ink| ink != Color(0xFF, 0xFF, 0xFF))
}

/// The tiles behind a front icon in `frame`, the furthest first.
pub fn draw(frame: Rect, tile: Option<Color>, theme: &Theme) -> Vec<Primitive> {
    let at = |step: i32| frame.offset(step * metrics::STACK_STEP, -step * metrics::STACK_STEP);
    let plain = |frame: Rect, fill| Primitive::Rectangle { frame, radius: 0, fill: Some(fill), stroke: None };
    let stroke = Some(Stroke { color: theme.plain_box, width: OUTLINE_WIDTH, dash: Dash::Solid });
    match tile {
        Some(color) => (1..=BEHIND)
            .rev()
            .flat_map(|step| [plain(at(step), color), plain(at(step - 1).inflate(SEAM, SEAM), theme.paper)])
            .collect(),
        // A drawing needs a card of its own in front, lest the edges behind show through it.
        None => (0..=BEHIND)
            .rev()
            .map(|step| Primitive::Rectangle { frame: at(step), radius: 0, fill: Some(theme.paper), stroke })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::builtin;

    #[test]
    fn tiles_stay_within_the_room_that_the_layout_keeps() {
        let frame = Rect::new(20, 20, 64, 64);
        let room = Rect::from_edges(
            frame.left() - SEAM,
            frame.top() - metrics::STACK_PEEK,
            frame.right() + metrics::STACK_PEEK,
            frame.bottom() + SEAM,
        );
        for tile in [None, Some(Color(1, 2, 3))] {
            for primitive in draw(frame, tile, &builtin::LIGHT) {
                let Primitive::Rectangle { frame, .. } = primitive else { panic!("tiles are rectangles") };
                assert!(room.contains(&frame), "{frame:?}");
            }
        }
    }
}
