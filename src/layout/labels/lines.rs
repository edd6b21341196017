//! The lines of a picture, found by place.

use crate::geometry::{Axis, Rect};
use crate::layout::routing::{NetId, Routes};
use crate::topology::LinkId;

/// Extents of a cell along and across the lines that it holds, px: a line across a large picture lies in few cells, and few
/// lines lie in each.
const LENGTH: i32 = 2048;
const BREADTH: i32 = 32;

/// A straight piece of the lines of a net.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Where it runs, without thickness.
    pub(super) area: Rect,
    /// Its net.
    pub(super) net: NetId,
    /// The first link that runs in it.
    link: LinkId,
    /// Whether other links run in it too.
    shared: bool,
}

/// All pieces of lines, those of either axis in cells of their own.
#[derive(Debug)]
pub(super) struct Lines {
    across: Cells,
    down: Cells,
}

impl Lines {
    /// Gathers the lines of a picture that fills `area`.
    pub(super) fn new(routes: &Routes, area: Rect) -> Self {
        let mut all: Vec<Stretch> = Vec::new();
        for (index, (line, &net)) in routes.links.iter().zip(&routes.net_of).enumerate() {
            all.extend(line.windows(2).map(|pair| {
                let area = Rect::of_line(pair[0], pair[1]);
                let area = Rect::from_edges(area.left(), area.top(), area.right() - 1, area.bottom() - 1);
                Stretch { area, net, link: LinkId::from(index), shared: false }
            }));
        }
        let key = |one: &Stretch| {
            let Rect { x, y, width, height } = one.area;
            (one.net, x, y, width, height)
        };
        all.sort_unstable_by_key(|one| (key(one), one.link));
        all.dedup_by(|next, first| {
            let same = key(next) == key(first);
            first.shared |= same && next.link != first.link;
            same
        });
        let (across, down): (Vec<Stretch>, Vec<Stretch>) = all.into_iter().partition(|one| one.area.height == 0);
        Self { across: Cells::new(Axis::Horizontal, area, &across), down: Cells::new(Axis::Vertical, area, &down) }
    }

    /// The pieces that may touch an area, each once.
    pub(super) fn around(&self, area: Rect) -> impl Iterator<Item = &Stretch> {
        self.across.around(area).chain(self.down.around(area))
    }

    /// Whether a line of another link than `own` runs through an area.
    pub(super) fn cross(&self, own: LinkId, area: Rect) -> bool {
        self.around(area).any(|one| {
            let Rect { x, y, width, height } = one.area;
            (one.shared || one.link != own) && Rect::new(x, y, width + 1, height + 1).overlaps(&area)
        })
    }
}

/// Pieces of one axis by cell.
#[derive(Debug)]
struct Cells {
    area: Rect,
    /// The extents of a cell.
    size: (i32, i32),
    columns: i32,
    rows: i32,
    /// By cell, and one more: where its pieces begin.
    starts: Vec<u32>,
    stretches: Vec<Stretch>,
}

impl Cells {
    fn new(axis: Axis, area: Rect, stretches: &[Stretch]) -> Self {
        let size = if axis == Axis::Horizontal { (LENGTH, BREADTH) } else { (BREADTH, LENGTH) };
        let (columns, rows) = (area.width / size.0 + 1, area.height / size.1 + 1);
        let starts = vec![0; (columns * rows) as usize + 1];
        let mut cells = Self { area, size, columns, rows, starts, stretches: Vec::new() };
        let Some(&first) = stretches.first() else { return cells };
        for stretch in stretches {
            for cell in cells.under(cells.range(stretch.area)) {
                cells.starts[cell + 1] += 1;
            }
        }
        for cell in 1..cells.starts.len() {
            cells.starts[cell] += cells.starts[cell - 1];
        }
        let mut next = cells.starts.clone();
        cells.stretches = vec![first; next[next.len() - 1] as usize];
        for stretch in stretches {
            for cell in cells.under(cells.range(stretch.area)) {
                cells.stretches[next[cell] as usize] = *stretch;
                next[cell] += 1;
            }
        }
        cells
    }

    /// The columns and rows in which an area lies: first and last of each.
    fn range(&self, area: Rect) -> [i32; 4] {
        let column = |x: i32| (x - self.area.x).div_euclid(self.size.0).clamp(0, self.columns - 1);
        let row = |y: i32| (y - self.area.y).div_euclid(self.size.1).clamp(0, self.rows - 1);
        [column(area.left()), column(area.right()), row(area.top()), row(area.bottom())]
    }

    fn under(&self, [left, right, top, bottom]: [i32; 4]) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| (row * columns + column) as usize))
    }

    fn around(&self, area: Rect) -> impl Iterator<Item = &Stretch> {
        let range = self.range(area);
        self.under(range).flat_map(move |cell| {
            let here = &self.stretches[self.starts[cell] as usize..self.starts[cell + 1] as usize];
            // What lies in several of the cells counts in the first of them.
            let (column, row) = (cell as i32 % self.columns, cell as i32 / self.columns);
            here.iter().filter(move |one| {
                let [left, _, top, _] = self.range(one.area);
                left.max(range[0]) == column && top.max(range[2]) == row
            })
        })
    }
}
