//! Things without links between them: grids and shelves, read row by row in the picture.

/// The most rows that are tried.
const MOST_ROWS: usize = 30;
/// Things are alike if none is larger than the smallest by more than this, in percent.
const ALIKE: i32 = 150;

/// Something to stand in a grid or on a shelf, in the picture's directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// Width, px.
    pub(super) width: i32,
    /// Height, px.
    pub(super) height: i32,
    /// From its top left corner to the point by which it is aligned with its row and column.
    pub(super) anchor: (i32, i32),
}

/// Cells with their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    /// The top left corners.
    pub(super) corners: Vec<(i32, i32)>,
    /// Width and height of the whole.
    pub(super) size: (i32, i32),
    /// Places of the grid that stay empty, and all places.
    pub(super) empty: (usize, usize),
}

impl Packed {
    /// How much page of the given width in percent of its height the arrangement would need, empty places counted twice.
    pub(super) fn page(&self, size: (i32, i32), aspect: i32) -> i64 {
        let (empty, places) = self.empty;
        let page = page(size, aspect);
        page + 2 * page * empty as i64 / places.max(1) as i64
    }
}

/// The size of the smallest page of a width in percent of its height that holds a picture.
pub(super) fn page(size: (i32, i32), aspect: i32) -> i64 {
    (i64::from(size.0) * 100).max(i64::from(size.1) * i64::from(aspect))
}

/// The arrangement for which `price` is lowest, the first of equals.
pub(super) fn pack(cells: &[Cell], gap: i32, price: impl Fn(&Packed) -> i64) -> Packed {
    let alike = are_alike(cells.iter().map(|c| c.width)) && are_alike(cells.iter().map(|c| c.height));
    let mut best: Option<(i64, Packed)> = None;
    let mut tried = 0;
    for rows in candidates(cells.len()) {
        let columns = cells.len().div_ceil(rows).max(1);
        if columns == tried {
            continue;
        }
        tried = columns;
        let packed = if alike { grid(cells, columns, gap) } else { shelves(cells, rows, gap) };
        let price = price(&packed);
        if best.as_ref().is_none_or(|(least, _)| price < *least) {
            best = Some((price, packed));
        }
    }
    best.map_or(Packed { corners: Vec::new(), size: (0, 0), empty: (0, 0) }, |(_, packed)| packed)
}

/// The numbers of rows to be tried: all of a few, and around the square root of many.
fn candidates(count: usize) -> Vec<usize> {
    let root = count.isqrt();
    let few = 1..=count.min(MOST_ROWS);
    let around = (root / 3).max(MOST_ROWS + 1)..=(3 * root).min(count);
    few.chain(around.step_by((root / 10).max(1))).collect()
}

/// Whether lengths differ little.
fn are_alike(lengths: impl Iterator<Item = i32> + Clone) -> bool {
    let smallest = lengths.clone().min().unwrap_or(0);
    let largest = lengths.max().unwrap_or(0);
    i64::from(largest) * 100 <= i64::from(smallest) * i64::from(ALIKE)
}

/// Rows and columns, cells aligned by their anchors in both.
fn grid(cells: &[Cell], columns: usize, gap: i32) -> Packed {
    let rows = cells.len().div_ceil(columns);
    let mut across = vec![(0, 0); columns];
    let mut down = vec![(0, 0); rows];
    for (index, cell) in cells.iter().enumerate() {
        widen(&mut across[index % columns], cell.anchor.0, cell.width);
        widen(&mut down[index / columns], cell.anchor.1, cell.height);
    }
    let (x, width) = lines(&across, gap);
    let (y, height) = lines(&down, gap);
    Packed {
        corners: cells
            .iter()
            .enumerate()
            .map(|(index, cell)| (x[index % columns] - cell.anchor.0, y[index / columns] - cell.anchor.1))
            .collect(),
        size: (width, height),
        empty: (rows * columns - cells.len(), rows * columns),
    }
}

/// Widens a track, given as the room before and after its line, to hold a cell.
fn widen(track: &mut (i32, i32), anchor: i32, extent: i32) {
    track.0 = track.0.max(anchor);
    track.1 = track.1.max(extent - anchor);
}

/// The lines of tracks that follow each other, and the extent of all.
fn lines(tracks: &[(i32, i32)], gap: i32) -> (Vec<i32>, i32) {
    let mut next = 0;
    let lines = tracks
        .iter()
        .map(|(before, after)| {
            let line = next + before;
            next = line + after + gap;
            line
        })
        .collect();
    (lines, (next - gap).max(0))
}

/// Rows of different things, filled in reading order, none much longer than the others.
fn shelves(cells: &[Cell], rows: usize, gap: i32) -> Packed {
    let limit = narrowest(cells, rows, gap);
    let mut corners = Vec::with_capacity(cells.len());
    let (mut x, mut y) = (0, 0);
    let (mut width, mut tallest) = (0, 0);
    for cell in cells {
        if x > 0 && x + cell.width > limit {
            y += tallest + gap;
            (x, tallest) = (0, 0);
        }
        corners.push((x, y));
        x += cell.width + gap;
        width = width.max(x - gap);
        tallest = tallest.max(cell.height);
    }
    Packed { corners, size: (width, y + tallest), empty: (0, 1) }
}

/// The least width with which the cells fit into a number of rows.
fn narrowest(cells: &[Cell], rows: usize, gap: i32) -> i32 {
    let fits = |limit: i32| {
        let (mut used, mut x) = (1, 0);
        for cell in cells {
            if x > 0 && x + cell.width > limit {
                used += 1;
                x = 0;
            }
            x += cell.width + gap;
        }
        used <= rows
    };
    let mut low = cells.iter().map(|cell| cell.width).max().unwrap_or(0);
    let mut high = cells.iter().map(|cell| cell.width + gap).sum::<i32>().max(low);
    while low < high {
        let middle = low + (high - low) / 2;
        if fits(middle) { high = middle } else { low = middle + 1 }
    }
    low
}
