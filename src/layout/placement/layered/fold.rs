//! Folding: a long chain is broken into rows that are read one after the other, like lines of text.

use super::layers::Layers;
use super::{Item, Options, shelf};

/// Fewer ranks than this are never folded.
const LEAST_RANKS: usize = 8;
/// A picture is folded if it is further from the page wished for than this, in percent.
const OUT_OF_SHAPE: i64 = 250;
/// The most rows.
const MOST_ROWS: usize = 6;
/// Lines that may run back from the end of one row to the start of the next: with more the fold reads as a tangle.
const MOST_RETURNING: usize = 1;
/// Room between two rows for the lines that run back, px.
const RETURN_CHANNEL: i32 = 60;
/// A fold stands at most this many ranks from where rows would be equally long.
const REACH: usize = 2;

/// Breaks the ranks into rows where the picture is much too long for its page; moves all positions.
pub(super) fn fold(layers: &Layers, across: &mut [i32], along: &mut [i32], options: Options) {
    let ranks = Ranks::new(layers, across, along);
    let count = ranks.spans.len();
    let (extent, depth) = (ranks.extent(0..count), ranks.depth(0..count));
    let (width, height) = options.in_picture((i64::from(extent), i64::from(depth)));
    let (long, short) = match options.flow {
        super::Flow::Down => (height * i64::from(options.aspect), width * 100),
        super::Flow::Right => (width * 100, height * i64::from(options.aspect)),
    };
    if count < LEAST_RANKS || long * 100 < short.max(1) * OUT_OF_SHAPE {
        return;
    }
    let best = (1..=MOST_ROWS)
        .filter_map(|rows| ranks.rows(rows))
        .min_by_key(|rows| (shelf::page(options.in_picture(ranks.size(rows)), options.aspect), rows.len()));
    let mut start = 0;
    for row in best.into_iter().flatten() {
        let (left, top) = (ranks.left(row.clone()), ranks.spans[row.start].along.0);
        for (vertex, rank) in layers.ranks.iter().enumerate() {
            if row.contains(rank) {
                across[vertex] += start - left;
                if let Some(position) = along.get_mut(vertex) {
                    *position -= top;
                }
            }
        }
        start += ranks.extent(row) + RETURN_CHANNEL;
    }
}

/// Ranks from the first to before the last.
type Row = std::ops::Range<usize>;

/// The room that each rank takes.
struct Ranks {
    spans: Vec<Span>,
    /// Lines that cross the gap before each rank.
    lines: Vec<usize>,
}

/// The room that one rank takes, start and end.
#[derive(Clone, Copy)]
struct Span {
    across: (i32, i32),
    along: (i32, i32),
}

impl Ranks {
    fn new(layers: &Layers, across: &[i32], along: &[i32]) -> Self {
        let nothing = Span { across: (i32::MAX, i32::MIN), along: (i32::MAX, i32::MIN) };
        let mut ranks = Self { spans: vec![nothing; layers.count], lines: vec![0; layers.count] };
        for (vertex, &rank) in layers.ranks.iter().enumerate() {
            let span = &mut ranks.spans[rank];
            span.across.0 = span.across.0.min(across[vertex]);
            span.across.1 = span.across.1.max(across[vertex] + layers.extent(vertex));
            if let Some(&Item { depth, .. }) = layers.items.get(vertex) {
                span.along.0 = span.along.0.min(along[vertex]);
                span.along.1 = span.along.1.max(along[vertex] + depth);
            }
        }
        for segment in &layers.segments {
            ranks.lines[layers.ranks[segment.lower]] += 1;
        }
        ranks
    }

    fn left(&self, row: Row) -> i32 {
        self.spans[row].iter().map(|span| span.across.0).min().unwrap_or(0)
    }

    fn extent(&self, row: Row) -> i32 {
        let right = self.spans[row.clone()].iter().map(|span| span.across.1).max();
        right.map_or(0, |right| right - self.left(row))
    }

    fn depth(&self, row: Row) -> i32 {
        let start = self.spans[row.clone()].iter().map(|span| span.along.0).min();
        let end = self.spans[row].iter().map(|span| span.along.1).max();
        start.zip(end).map_or(0, |(start, end)| end - start)
    }

    /// Extent and depth of rows side by side.
    fn size(&self, rows: &[Row]) -> (i32, i32) {
        let extents: i32 = rows.iter().map(|row| self.extent(row.clone())).sum();
        let depth = rows.iter().map(|row| self.depth(row.clone())).max().unwrap_or(0);
        (extents + RETURN_CHANNEL * (rows.len() as i32 - 1), depth)
    }

    /// About equally long rows with few lines between them; `None` if there is no such place to fold.
    fn rows(&self, count: usize) -> Option<Vec<Row>> {
        let mut rows = Vec::with_capacity(count);
        let whole = self.depth(0..self.spans.len());
        let mut first = 0;
        for number in 1..count {
            let wished = self.spans[0].along.0 + whole / count as i32 * number as i32;
            let ideal = self.spans.partition_point(|span| i32::midpoint(span.along.0, span.along.1) < wished);
            let fold = (ideal.saturating_sub(REACH)..=ideal + REACH)
                .filter(|&rank| rank > first && rank < self.spans.len() && self.can_fold(rank))
                .min_by_key(|&rank| (self.lines[rank], rank.abs_diff(ideal), rank))?;
            rows.push(first..fold);
            first = fold;
        }
        rows.push(first..self.spans.len());
        Some(rows)
    }

    /// Whether few lines cross the gap before a rank, and nothing stands in it.
    fn can_fold(&self, rank: usize) -> bool {
        let end = self.spans[..rank].iter().map(|span| span.along.1).max().unwrap_or(0);
        let start = self.spans[rank..].iter().map(|span| span.along.0).min().unwrap_or(0);
        self.lines[rank] <= MOST_RETURNING && end < start
    }
}
