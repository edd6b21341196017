//! Which containers and overlays lie around each segment, and which run along a border.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Class, Direction, Lattice, inside};
use crate::geometry::Rect;
use crate::topology::BoxId;

/// A line this close to a border reads as part of it, px.
const ON_BORDER: i32 = 3;
/// A line closer than this to a border hugs it, px.
const HUGS_BORDER: i32 = 8;

/// Where a container or an overlay lies over the segments of one direction.
struct Span {
    holder: BoxId,
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Lattice {
    /// Says where containers and overlays lie, the outer ones first.
    pub(in crate::layout::routing) fn cover(&mut self, holders: &[(BoxId, Rect)]) {
        let mut made = BTreeMap::new();
        for heading in [1, 2] {
            let spans: Vec<Span> = holders.iter().map(|&(holder, area)| self.span(holder, area, heading)).collect();
            self.classify(&spans, heading - 1, &mut made);
        }
        for &(_, area) in holders {
            let edges = [(area.left(), true), (area.right(), true), (area.top(), false), (area.bottom(), false)];
            for (edge, vertical) in edges {
                self.hug(edge, vertical, area);
            }
        }
    }

    /// The rows and columns from which segments with their middle inside an area leave to the east or to the south.
    fn span(&self, holder: BoxId, area: Rect, heading: Direction) -> Span {
        let between = |lines: &[i32], low: i32, high: i32| {
            let (mut from, mut to) = inside(lines, low, high);
            // The outermost segments reach beyond the area; it is their middle that counts.
            while from > 0 && lines[from - 1] + lines[from] > 2 * low {
                from -= 1;
            }
            while to > from && (to == lines.len() || lines[to - 1] + lines[to] >= 2 * high) {
                to -= 1;
            }
            (from, to)
        };
        let ((left, right), (top, bottom)) = ((area.left(), area.right()), (area.top(), area.bottom()));
        let (rows, columns) = if heading == 1 {
            (inside(&self.ys, top, bottom), between(&self.xs, left, right))
        } else {
            (between(&self.ys, top, bottom), inside(&self.xs, left, right))
        };
        Span { holder, rows: rows.0..rows.1, columns: columns.0..columns.1 }
    }

    /// Gives the segments to the east (0) or to the south (1) their classes. From one row to the next these change only where a
    /// span begins or ends.
    fn classify(&mut self, spans: &[Span], which: usize, made: &mut BTreeMap<(BoxId, u32), u32>) {
        let changes: BTreeSet<usize> = spans.iter().flat_map(|span| [span.rows.start, span.rows.end]).collect();
        let mut line = vec![0; self.xs.len()];
        for (row, segments) in self.segments.chunks_exact_mut(2 * self.xs.len()).enumerate() {
            if changes.contains(&row) {
                line.fill(0);
                for span in spans.iter().filter(|span| span.rows.contains(&row)) {
                    // Neighbours are in the same class most of the time.
                    let mut latest = None;
                    for class in &mut line[span.columns.clone()] {
                        let known = latest.filter(|(outer, _)| outer == class);
                        let (_, inner) = *latest.insert(known.unwrap_or_else(|| {
                            let inner = made.entry((span.holder, *class)).or_insert_with(|| {
                                self.classes.push(Class { holder: Some(span.holder), outer: *class });
                                self.classes.len() as u32 - 1
                            });
                            (*class, *inner)
                        }));
                        *class = inner;
                    }
                }
            }
            for (pair, &class) in segments.chunks_exact_mut(2).zip(&line) {
                pair[which].class = class;
            }
        }
    }

    fn hug(&mut self, edge: i32, vertical: bool, area: Rect) {
        let along = if vertical { &self.xs } else { &self.ys };
        let first = along.partition_point(|&at| at <= edge - HUGS_BORDER);
        let last = along.partition_point(|&at| at < edge + HUGS_BORDER);
        let across = if vertical { &self.ys } else { &self.xs };
        let (low, high) = if vertical { (area.top(), area.bottom()) } else { (area.left(), area.right()) };
        let from = across.partition_point(|&at| at < low).saturating_sub(1);
        let to = across.partition_point(|&at| at < high).min(across.len() - 1);
        for line in first..last {
            let distance = (if vertical { self.xs[line] } else { self.ys[line] } - edge).abs();
            let price = if distance < ON_BORDER { 20 } else { 4 };
            for cell in from..to {
                let index =
                    if vertical { 2 * (cell * self.xs.len() + line) + 1 } else { 2 * (line * self.xs.len() + cell) };
                self.segments[index].hug = self.segments[index].hug.max(price);
            }
        }
    }
}
