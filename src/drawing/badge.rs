//! The numbered discs on steps.

use crate::geometry::{Point, Rect};
use crate::layout::Layout;
use crate::scene::{Color, Group, Primitive};
use crate::text::{TextBlock, TextStyle, width};
use crate::theme::{Theme, metrics};
use crate::topology::{Hue, Topology};

/// The rim of paper around a disc, px: it sets the disc off from the lines that end under it.
const RIM: i32 = 2;
/// From here on a number takes smaller type to fit into the disc.
const LONG_NUMBER: u32 = 100;

/// Draws all badges of the picture.
pub fn draw(topology: &Topology, layout: &Layout, theme: &Theme) -> Vec<Group> {
    let rim = |center| Primitive::Disc { center, radius: metrics::BADGE_RADIUS + RIM, fill: theme.paper };
    layout
        .badges
        .iter()
        .map(|badge| {
            let mut primitives = vec![rim(badge.center)];
            let numbers = &topology.statement(badge.link).numbers;
            let step = numbers.iter().find(|step| step.number == badge.number);
            let color = step.and_then(|step| topology.flows[step.flow.index()].color);
            primitives.extend(disc(badge.number, badge.center, (theme, color)));
            Group::furniture(primitives)
        })
        .collect()
}

/// A disc with its number, in the colour of its flow.
pub fn disc(number: u32, center: Point, (theme, color): (&Theme, Option<Hue>)) -> [Primitive; 2] {
    let fill: Color = color.map_or(theme.badge, |hue| theme.hue(hue));
    let radius = metrics::BADGE_RADIUS;
    let style = if number < LONG_NUMBER { metrics::BADGE } else { TextStyle::bold(metrics::BADGE.size - 3) };
    let line = number.to_string();
    let (width, height) = (width(&line, style), style.line_height());
    let frame = Rect::new(center.x - radius, center.y - height / 2, 2 * radius, height);
    [
        Primitive::Disc { center, radius, fill },
        Primitive::Text {
            frame,
            text: TextBlock { style, lines: vec![line], width, height },
            centered: true,
            color: theme.badge_text,
            halo: None,
        },
    ]
}
