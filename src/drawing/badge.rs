//! The numbered discs on steps, and the lettered rings that stand for labels.

use crate::geometry::{Point, Rect};
use crate::layout::{Layout, Marker};
use crate::scene::{Color, Group, Primitive};
use crate::text::{TextBlock, TextStyle, width};
use crate::theme::{Theme, metrics};
use crate::topology::{Hue, Topology};

/// The rim of paper around a disc, px: it sets the disc off from the lines that end under it.
pub const RIM: i32 = 2;
/// How thick the ring of a marker is, px.
const RING: i32 = 2;
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

/// Draws all markers that stand for labels in the legend.
pub fn markers(layout: &Layout, theme: &Theme) -> Vec<Group> {
    let rim = |center| Primitive::Disc { center, radius: metrics::BADGE_RADIUS + RIM, fill: theme.paper };
    let draw = |marker: &Marker| {
        let mut primitives = vec![rim(marker.center)];
        primitives.extend(ring(marker, marker.center, theme));
        Group::furniture(primitives)
    };
    layout.markers.iter().map(draw).collect()
}

/// A disc with its number, in the colour of its flow.
pub fn disc(number: u32, center: Point, (theme, color): (&Theme, Option<Hue>)) -> [Primitive; 2] {
    let fill: Color = color.map_or(theme.badge, |hue| theme.hue(hue));
    let style = if number < LONG_NUMBER { metrics::BADGE } else { TextStyle::bold(metrics::BADGE.size - 3) };
    let radius = metrics::BADGE_RADIUS;
    [Primitive::Disc { center, radius, fill }, inscribed(number.to_string(), style, center, theme.badge_text)]
}

/// A ring with the letters of a marker.
pub fn ring(marker: &Marker, center: Point, theme: &Theme) -> [Primitive; 3] {
    let radius = metrics::BADGE_RADIUS;
    [
        Primitive::Disc { center, radius, fill: theme.badge },
        Primitive::Disc { center, radius: radius - RING, fill: theme.paper },
        inscribed(marker.letters(), metrics::BADGE, center, theme.text),
    ]
}

/// A few signs in the middle of a disc.
pub fn inscribed(line: String, style: TextStyle, center: Point, color: Color) -> Primitive {
    let radius = metrics::BADGE_RADIUS;
    let (width, height) = (width(&line, style), style.line_height());
    let frame = Rect::new(center.x - radius, center.y - height / 2, 2 * radius, height);
    let text = TextBlock { style, lines: vec![line], width, height };
    Primitive::Text { frame, text, centered: true, color, halo: None }
}
