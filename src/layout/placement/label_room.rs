//! The room that what is written on a line needs between the boxes that it joins.

use super::Flow;
use super::cells::Cells;
use super::tree::Lifted;
use crate::theme::metrics;

/// What a label needs beyond its own extent, along and across its line, px (layout.md 3.9).
const LABEL_ALONG_DOWN: i32 = 34;
const LABEL_ALONG_RIGHT: i32 = 28;
/// What a badge needs along its line beyond its own extent, px.
const BADGE_ALONG: i32 = 36;

/// The room for the label and the badges of a link that runs in the direction of `flow`: along it and across it, px.
pub fn label_room(cells: &Cells<'_>, lifted: &Lifted, flow: Flow) -> (i32, i32) {
    let statement = cells.topology.links[lifted.link.index()].statement;
    let badge = badge_room(cells, lifted);
    let Some(label) = &cells.sizes.labels[statement.index()] else { return (badge, 0) };
    match flow {
        Flow::Down => (badge.max(label.height + LABEL_ALONG_DOWN), label.width + LABEL_ALONG_RIGHT),
        Flow::Right => (badge.max(label.width + LABEL_ALONG_RIGHT), label.height + LABEL_ALONG_DOWN),
    }
}

/// What a badge needs along its line: the disc, a piece of line on either side, and the arrow head.
fn badge_room(cells: &Cells<'_>, lifted: &Lifted) -> i32 {
    if cells.topology.statement(lifted.link).numbers.is_empty() { 0 } else { 2 * metrics::BADGE_RADIUS + BADGE_ALONG }
}
