//! Titles in the stretches of border that the lines leave free (layout.md 3.4.6).
//!
//! Before: boxes placed, and lines routed as if there were no titles. After: every title has the slot that the fewest
//! lines cross; the final routing takes them as obstacles.

use super::RoutedLink;
use super::measure::{Sizes, Title, TitleStyle};
use super::placement::pieces::Parted;
use super::placement::{self, BESIDE_TITLE, Placement};
use crate::geometry::{Point, Rect};
use crate::theme::metrics;
use crate::topology::{BoxId, Link, Topology};

/// Steps between the slots that are tried along a border, px.
const STEP: i32 = 16;
/// From one row of slots to the next, for titles that find no room at the top, px.
const ROW: i32 = 8;
/// From a text title to the border, px.
const TEXT_INSET: i32 = 8;
/// Clear room that a line should keep from a title, px.
const CLEARANCE: i32 = 6;
/// Costs (layout.md 3.4.6): a line that crosses, a hard obstacle, and each step away from the style's own slot.
const LINE_COST: i64 = 100;
const OBSTACLE_COST: i64 = 100_000;
const SLOT_COST: i64 = 3;
/// And a title beside its border.
const BESIDE_COST: i64 = 200;

/// An area, and the box that it belongs to.
type Owned = (BoxId, Rect);

/// Moves every title of `placement` to its cheapest slot, given the lines drawn so far: first those of containers, then
/// those of overlays around them.
pub fn choose(parted: &Parted<'_>, placement: &mut Placement, lines: &[Vec<Point>]) {
    let (topology, sizes) = (parted.topology.as_ref(), parted.sizes.as_ref());
    let segments: Vec<Rect> =
        lines.iter().flat_map(|line| line.windows(2).map(|pair| Rect::of_line(pair[0], pair[1]))).collect();
    let is_overlay = |id: &BoxId| topology.element(*id).overlay().is_some();
    let overlays: Vec<BoxId> = topology.ids().filter(is_overlay).collect();
    let containers: Vec<BoxId> = topology.ids().filter(|&id| topology.element(id).node().is_none()).collect();
    let mut obstacles = obstacles(topology, sizes, placement);
    // Only overlays lie across the borders of others.
    let around = borders(&overlays, placement);
    for &id in containers.iter().filter(|id| !is_overlay(id)) {
        choose_one(parted, placement, id, &segments, (&obstacles, &around));
    }
    if overlays.is_empty() {
        return;
    }
    let around = borders(&containers, placement);
    obstacles.extend(written(topology, placement));
    for &id in &overlays {
        choose_one(parted, placement, id, &segments, (&obstacles, &around));
        obstacles.extend(placement.titles[id.index()].map(|title| (id, title)));
    }
}

/// The containers whose title stands in the way of lines that were `sketched` without it and were `drawn` with more corners; only
/// those that stand alone and could be wider.
pub fn crossed(
    parted: &Parted<'_>,
    placement: &Placement,
    sketched: &[Vec<Point>],
    drawn: &[RoutedLink],
) -> Vec<BoxId> {
    let topology = parted.topology.as_ref();
    let is_zonal = |id: BoxId| placement::style(topology, id).is_zonal();
    // What stands in zones is as wide as its likes in the others.
    let alone = |id: BoxId| !is_zonal(id) && !parted.tree.ancestors(id).any(is_zonal);
    let enters = |id: BoxId, link: &Link| parted.tree.holds(id, link.from) != parted.tree.holds(id, link.to);
    let runs_down = |line: &[Point], area: &Rect| {
        line.windows(2).any(|pair| pair[0].x == pair[1].x && Rect::of_line(pair[0], pair[1]).overlaps(area))
    };
    let is_crossed = |id: &BoxId| {
        let narrow = |title: &Rect| placement.frames[id.index()].width < 2 * (title.width + BESIDE_TITLE);
        placement.titles[id.index()].filter(narrow).is_some_and(|title| {
            let kept_clear = title.inflate(CLEARANCE, 2);
            sketched.iter().zip(drawn).zip(&topology.links).any(|((line, drawn), link)| {
                drawn.points.len() > line.len() && enters(*id, link) && runs_down(line, &kept_clear)
            })
        })
    };
    let containers = topology.ids().filter(|&id| topology.element(id).container().is_some());
    containers.filter(|&id| alone(id)).filter(is_crossed).collect()
}

/// Moves one title to its cheapest slot.
fn choose_one(
    parted: &Parted<'_>,
    placement: &mut Placement,
    id: BoxId,
    segments: &[Rect],
    (obstacles, borders): (&[Owned], &[Owned]),
) {
    let topology = parted.topology.as_ref();
    let Some(title) = &parted.sizes.titles[id.index()] else { return };
    let frame = placement.frames[id.index()];
    let over = |slot: &Rect, what: &[Owned]| {
        what.iter().filter(|(owner, rect)| *owner != id && rect.overlaps(slot)).count() as i64
    };
    // An icon on the border stays in the middle, where lines end on it, unless it stands over something.
    let stays = |slot: Rect| over(&slot, obstacles) == 0;
    if title.style == TitleStyle::OnBorder && placement.titles[id.index()].is_none_or(stays) {
        return;
    }
    let near: Vec<&Rect> = segments.iter().filter(|segment| frame.inflate(1, 1).overlaps(segment)).collect();
    let cost = |slot: &Rect| {
        let own = slot.inflate(CLEARANCE, 2);
        let crossing = near.iter().filter(|segment| own.overlaps(segment)).count() as i64;
        LINE_COST * (crossing + over(slot, borders)) + OBSTACLE_COST * over(slot, obstacles)
    };
    let cheapest = |down: i32, extra: &dyn Fn(&Rect) -> i64| {
        let price =
            |(index, slot): (usize, Rect)| (cost(&slot) + extra(&slot) + SLOT_COST * index.min(4) as i64, index, slot);
        let priced = slots(title, &frame, down).into_iter().enumerate().map(price);
        priced.min_by_key(|&(cost, index, _)| (cost, index)).map(|(cost, _, slot)| (cost, slot))
    };
    let mut best = cheapest(0, &|_| 0);
    if best.is_some_and(|(cost, _)| cost >= OBSTACLE_COST) {
        // Something stands in the whole strip at the top: further down, or outside, above or below. An icon may as well
        // stand on the lower border.
        let written = written(topology, placement);
        let rows = (0..).map(|row| row * ROW).take_while(|down| down + title.size.height < frame.height);
        let on_border = title.style == TitleStyle::OnBorder;
        let above = if on_border { metrics::BORDER_ICON / 2 - ROW } else { -2 * metrics::TITLE_LEAD };
        let outside = [above - title.size.height, frame.height];
        let tries = rows.filter(|_| !on_border).chain(outside).enumerate();
        let anywhere = |slot: &Rect| OBSTACLE_COST * over(slot, &written);
        let priced = tries.filter_map(|(row, down)| cheapest(down, &|slot| anywhere(slot) + SLOT_COST * row as i64));
        let beside = beside(title, &frame).into_iter().map(|slot| (BESIDE_COST + cost(&slot) + anywhere(&slot), slot));
        best = priced.chain(beside).min_by_key(|&(cost, _)| cost);
        // Each piece of a group wears its title, but for those that have no room for it.
        if parted.piece(id).is_some() {
            best = best.filter(|(cost, _)| *cost < OBSTACLE_COST);
        }
    }
    placement.titles[id.index()] = best.map(|(_, slot)| slot);
}

/// The four lines of each box's border.
fn borders(boxes: &[BoxId], placement: &Placement) -> Vec<Owned> {
    boxes
        .iter()
        .flat_map(|&id| {
            let Rect { x, y, width, height } = placement.frames[id.index()];
            let (right, bottom) = (x + width, y + height);
            let corners = [(x, y, right, y), (right, y, right, bottom), (x, bottom, right, bottom), (x, y, x, bottom)];
            corners.map(|(left, top, right, bottom)| (id, Rect::from_edges(left - 2, top - 2, right + 2, bottom + 2)))
        })
        .collect()
}

/// The corner icon, or the icon on the border, of a title that fills `frame`.
pub fn icon_of(title: &Title, frame: &Rect) -> Option<Rect> {
    match title.style {
        TitleStyle::Corner => Some(Rect::new(frame.x, frame.y, metrics::GROUP_ICON, metrics::GROUP_ICON)),
        TitleStyle::OnBorder => {
            let side = metrics::BORDER_ICON;
            Some(Rect::new(frame.x + (frame.width - side) / 2, frame.y, side, side))
        }
        TitleStyle::Centered | TitleStyle::Flush => None,
    }
}

/// The text of a title that fills `frame`.
pub fn text_of(title: &Title, frame: &Rect) -> Option<Rect> {
    let text = title.text.as_ref()?;
    let (left, top) = match title.style {
        TitleStyle::Corner => (frame.right() - text.width, frame.y + (metrics::GROUP_ICON - text.height) / 2),
        TitleStyle::OnBorder => (frame.x + (frame.width - text.width) / 2, frame.bottom() - text.height),
        TitleStyle::Centered | TitleStyle::Flush => (frame.x, frame.y),
    };
    Some(Rect::new(left, top.max(frame.y), text.width, text.height))
}

/// The slots along the top border, or so far below, best first.
fn slots(title: &Title, frame: &Rect, down: i32) -> Vec<Rect> {
    let crate::geometry::Size { width, height } = title.size;
    let inset = if title.style == TitleStyle::Corner { 0 } else { TEXT_INSET };
    let top = down
        + match title.style {
            TitleStyle::Corner => frame.y,
            TitleStyle::OnBorder => frame.y - metrics::BORDER_ICON / 2,
            TitleStyle::Centered | TitleStyle::Flush => frame.y + metrics::TITLE_LEAD,
        };
    let (first, last) = (frame.left() + inset, (frame.right() - TEXT_INSET - width).max(frame.left() + inset));
    let middle = i32::midpoint(first, last);
    let mut starts = match title.style {
        TitleStyle::Centered | TitleStyle::OnBorder => vec![middle, first, last],
        _ => vec![first, last, middle],
    };
    let mut start = first + STEP;
    while start < last {
        starts.push(start);
        start += STEP;
    }
    starts.into_iter().map(|start| Rect::new(start, top, width, height)).collect()
}

/// Slots outside, left and right of a border.
fn beside(title: &Title, frame: &Rect) -> Vec<Rect> {
    let crate::geometry::Size { width, height } = title.size;
    let columns = [frame.left() - width - metrics::TITLE_LEAD, frame.right() + metrics::TITLE_LEAD];
    let rows = (frame.top()..=frame.bottom() - height).step_by(ROW as usize);
    rows.flat_map(|top| columns.map(|left| Rect::new(left, top, width, height))).collect()
}

/// What no title may cover: icons and captions of border nodes, and titles with icons on borders.
fn obstacles(topology: &Topology, sizes: &Sizes, placement: &Placement) -> Vec<Owned> {
    let mut found = Vec::new();
    for id in topology.ids() {
        let host = topology.note(id).and_then(|note| note.beside).unwrap_or(id);
        if placement.border_sides[host.index()].is_some() {
            found.push((id, placement.whole(id).inflate(CLEARANCE, 2)));
        }
        let on_border = sizes.titles[id.index()].as_ref().is_some_and(|title| title.style == TitleStyle::OnBorder);
        if let Some(title) = placement.titles[id.index()].filter(|_| on_border) {
            found.push((id, title.inflate(CLEARANCE, 2)));
        }
    }
    found
}

/// What the titles of overlays may not cover beside that: icons with their captions, and the titles of containers.
fn written(topology: &Topology, placement: &Placement) -> Vec<Owned> {
    let area = |id: BoxId| match topology.element(id).node() {
        Some(_) => Some(placement.whole(id)),
        None => placement.titles[id.index()],
    };
    let boxes = topology.ids().filter(|&id| topology.element(id).overlay().is_none());
    boxes.filter_map(|id| area(id).map(|area| (id, area))).collect()
}
