//! Everything that a label might stand over, found by place.

use super::lines::Lines;
use crate::geometry::{Point, Rect};
use crate::layout::placement::Placement;
use crate::layout::routing::{NetId, Routes};
use crate::theme::metrics;
use crate::topology::{LinkId, Topology};

/// Width and height of a cell of the index, px.
const CELL: i32 = 128;
/// Free space around labels, px.
const MARGIN: i32 = 2;
/// Free space between labels, px.
const BETWEEN: i32 = 4;
/// Over the line of another net.
const OVER_LINE: u32 = 100;
/// Over another line of the own net.
const OVER_OWN: u32 = 40;
/// Beside an icon, over its wider caption: free, but it looks like a part of that box.
pub(super) const OVER_BOX: u32 = 400;
/// Over the border of a container.
const OVER_BORDER: u32 = 60;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Solid,
    Box,
    Text,
    Border,
}

/// The things on the picture, in cells.
#[derive(Debug)]
pub(super) struct Field {
    origin: Point,
    columns: i32,
    rows: i32,
    cells: Vec<Vec<(Rect, Kind)>>,
    lines: Lines,
}

impl Field {
    /// Gathers icons, captions, titles, borders and lines.
    pub(super) fn new(topology: &Topology, placement: &Placement, routes: &Routes) -> Self {
        let picture = Rect::new(0, 0, placement.size.width, placement.size.height);
        let area = routes.extent.map_or(picture, |extent| extent.union(&picture)).inflate(CELL, CELL);
        let (columns, rows) = (area.width / CELL + 1, area.height / CELL + 1);
        let cells = vec![Vec::new(); (columns * rows) as usize];
        let lines = Lines::new(routes, area);
        let mut field = Self { origin: Point { x: area.x, y: area.y }, columns, rows, cells, lines };
        for id in topology.ids() {
            let frame = placement.frames[id.index()];
            if topology.element(id).node().is_some() {
                field.add(placement.icon(id), Kind::Solid);
                if placement.captions[id.index()].is_some() {
                    field.add(placement.whole(id), Kind::Box);
                }
            } else {
                let (right, bottom) = (frame.right(), frame.bottom());
                for line in [
                    Rect::from_edges(frame.left(), frame.top(), right, frame.top()),
                    Rect::from_edges(frame.left(), bottom, right, bottom),
                    Rect::from_edges(frame.left(), frame.top(), frame.left(), bottom),
                    Rect::from_edges(right, frame.top(), right, bottom),
                ] {
                    field.add(line, Kind::Border);
                }
            }
            for words in [placement.captions[id.index()], placement.titles[id.index()]].into_iter().flatten() {
                field.add(words, Kind::Solid);
            }
        }
        field
    }

    fn range(&self, area: Rect) -> (i32, i32, i32, i32) {
        let column = |x: i32| ((x - self.origin.x).div_euclid(CELL)).clamp(0, self.columns - 1);
        let row = |y: i32| ((y - self.origin.y).div_euclid(CELL)).clamp(0, self.rows - 1);
        (column(area.left()), column(area.right()), row(area.top()), row(area.bottom()))
    }

    fn add(&mut self, area: Rect, kind: Kind) {
        let (left, right, top, bottom) = self.range(area);
        for row in top..=bottom {
            for column in left..=right {
                self.cells[(row * self.columns + column) as usize].push((area, kind));
            }
        }
    }

    fn around(&self, area: Rect) -> impl Iterator<Item = &(Rect, Kind)> {
        let (left, right, top, bottom) = self.range(area.inflate(BETWEEN, BETWEEN));
        (top..=bottom)
            .flat_map(move |row| (left..=right).map(move |column| row * self.columns + column))
            .flat_map(|cell| &self.cells[cell as usize])
    }

    /// Makes a placed label an obstacle.
    pub(super) fn add_label(&mut self, area: Rect) {
        self.add(area, Kind::Text);
    }

    /// Takes a label back.
    pub(super) fn remove_label(&mut self, area: Rect) {
        let (left, right, top, bottom) = self.range(area);
        for row in top..=bottom {
            for column in left..=right {
                let cell = &mut self.cells[(row * self.columns + column) as usize];
                cell.retain(|(other, kind)| !(matches!(kind, Kind::Text) && *other == area));
            }
        }
    }

    /// Makes a placed badge an obstacle.
    pub(super) fn add_badge(&mut self, center: Point) {
        self.add(badge_area(center), Kind::Text);
    }

    /// What it costs to write over `area` for a net; `None` if something solid or written stands there.
    pub(super) fn price(&self, area: Rect, net: NetId, host: Rect) -> Option<u32> {
        let mut price = 0;
        let (close, wide) = (area.inflate(MARGIN, MARGIN), area.inflate(BETWEEN, BETWEEN));
        for (other, kind) in self.around(area) {
            match kind {
                Kind::Solid if meets(close, *other) => return None,
                Kind::Text if meets(wide, *other) => return None,
                Kind::Box if meets(area, *other) => price += OVER_BOX,
                Kind::Border if meets(close, *other) => price += OVER_BORDER,
                _ => {}
            }
        }
        let here = self.range(wide);
        for line in self.lines.around(close).filter(|line| meets(close, line.area)) {
            // As borders do, a line counts in every cell that it shares with the area: the longer it runs there, the worse.
            let there = self.range(line.area);
            let columns = here.1.min(there.1) - here.0.max(there.0) + 1;
            let rows = here.3.min(there.3) - here.2.max(there.2) + 1;
            let times = (columns * rows) as u32;
            if line.net != net {
                price += OVER_LINE * times;
            } else if !host.contains(&line.area) && !line.area.contains(&host) {
                price += OVER_OWN * times;
            }
        }
        Some(price)
    }

    /// Whether a line of another link than its `own` runs through a label or a marker.
    pub(super) fn is_crossed(&self, own: LinkId, area: Rect) -> bool {
        self.lines.cross(own, area.inflate(-1, -1))
    }

    /// How much of `area` is taken by what must not be written over, square px.
    pub(super) fn covered(&self, area: Rect) -> u32 {
        let shared = |other: &Rect| {
            let width = area.right().min(other.right()) - area.left().max(other.left());
            let height = area.bottom().min(other.bottom()) - area.top().max(other.top());
            if width > 0 && height > 0 { (width * height) as u32 } else { 0 }
        };
        let solid = |kind: &Kind| matches!(kind, Kind::Solid | Kind::Text);
        self.around(area).filter(|(_, kind)| solid(kind)).map(|(other, _)| shared(other)).sum()
    }
}

/// The square around a badge.
pub(super) fn badge_area(center: Point) -> Rect {
    let radius = metrics::BADGE_RADIUS;
    Rect::from_edges(center.x - radius, center.y - radius, center.x + radius, center.y + radius)
}

/// Whether an area meets another that may have no thickness.
pub(super) fn meets(area: Rect, other: Rect) -> bool {
    other.left() < area.right()
        && other.right() > area.left()
        && other.top() < area.bottom()
        && other.bottom() > area.top()
}
