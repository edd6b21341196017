//! The order of each row: few crossings first, then short lines, then as declared.
//!
//! Several start orders are improved by barycenter sweeps (Sugiyama, Tagawa and Toda, 1981) and by moving single
//! vertices to the best place of their row (sifting); the best one is kept.

use super::crossings::{between, count_placed, key, places};
use super::layer_order::{LayerOrder, LayoutRs};
use super::layers::{Layers, Segment};

/// Work per start order, in vertices and segments visited: keeps 10,000 items below 200 ms.
const EFFORT: usize = 400_000;
/// The most sweeps of one start order.
const MOST_SWEEPS: usize = 24;
/// Sweeps without a gain before a start order is left.
const PATIENCE: usize = 8;
/// The most rounds of sifting.
const MOST_SIFTINGS: usize = 6;
/// Comparisons of a vertex with its neighbours while sifting, per row.
const SIFTING_EFFORT: usize = 3_000;
/// The most passes over a row in which neighbours are exchanged.
const MOST_BUBBLINGS: usize = 40;
/// Above this many vertices and segments one start order must do.
const LARGE: usize = 12_000;
/// Up to this many vertices and segments a search starts from many items while lines still cross.
const SMALL: usize = 400;
/// The most items from which it starts.
const MOST_ROOTS: usize = 16;
/// Between neighbours when the length of lines is estimated, px.
const ESTIMATED_GAP: i32 = 36;

/// The vertices of each rank in order across the flow: one or more proposals, the most promising first, none with more
/// crossings than another.
pub(super) fn arrange(layers: &Layers) -> Vec<Vec<Vec<usize>>> {
    let declared = layers.rows();
    if declared.iter().all(|row| row.len() < 2) {
        return vec![declared];
    }
    let large = layers.len() + layers.segments.len() > LARGE;
    let mut starts = vec![depth_first(layers)];
    if !large {
        starts.push(declared);
        if layers.items.iter().any(|item| item.bias.is_some()) {
            starts.push(by_bias(layers));
        }
    }
    // Equal starts come to the same.
    let mut known: Vec<Vec<Vec<usize>>> = Vec::new();
    let mut improve = |start: Vec<Vec<usize>>| {
        if known.contains(&start) {
            return None;
        }
        known.push(start.clone());
        let proposal = Arrangement::new(layers, start).improve();
        Some((proposal.cost(), proposal.rows))
    };
    let mut proposals: Vec<_> = starts.into_iter().filter_map(&mut improve).collect();
    let cross = |proposals: &[(Cost, Vec<Vec<usize>>)]| proposals.iter().all(|(cost, _)| cost.0 > 0);
    if cross(&proposals) && !large {
        proposals.extend(LayoutRs.rows(layers).and_then(&mut improve));
    }
    if cross(&proposals) && layers.len() + layers.segments.len() <= SMALL {
        let roots = 0..layers.items.len().min(MOST_ROOTS);
        proposals.extend(roots.filter_map(|root| improve(around(layers, root))));
    }
    proposals.sort_by_key(|&(cost, _)| cost);
    let (crossings, against_bias, ..) = proposals[0].0;
    proposals.retain(|(cost, _)| (cost.0, cost.1) == (crossings, against_bias));
    let mut rows: Vec<Vec<Vec<usize>>> = Vec::new();
    for (_, proposed) in proposals {
        if !rows.contains(&proposed) {
            rows.push(proposed);
        }
    }
    rows
}

/// Rows in the order in which a search along the links, from the first declared item without predecessors, meets them.
fn depth_first(layers: &Layers) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); layers.count];
    let mut seen = vec![false; layers.len()];
    let sources = (0..layers.items.len()).filter(|&vertex| layers.up[vertex].is_empty());
    for start in sources.chain(0..layers.len()) {
        let mut stack = vec![start];
        while let Some(vertex) = stack.pop() {
            if std::mem::replace(&mut seen[vertex], true) {
                continue;
            }
            rows[layers.ranks[vertex]].push(vertex);
            stack.extend(layers.down[vertex].iter().rev().map(|&index| layers.segments[index].lower));
        }
    }
    rows
}

/// Rows in the order in which a search along the links in either direction, from `root`, meets them; what is not
/// linked with it follows.
fn around(layers: &Layers, root: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); layers.count];
    let mut seen = vec![false; layers.len()];
    for start in std::iter::once(root).chain(0..layers.len()) {
        let mut stack = vec![start];
        while let Some(vertex) = stack.pop() {
            if std::mem::replace(&mut seen[vertex], true) {
                continue;
            }
            rows[layers.ranks[vertex]].push(vertex);
            stack.extend(layers.up[vertex].iter().rev().map(|&index| layers.segments[index].upper));
            stack.extend(layers.down[vertex].iter().rev().map(|&index| layers.segments[index].lower));
        }
    }
    rows
}

/// Rows sorted by where the partners outside stand.
fn by_bias(layers: &Layers) -> Vec<Vec<usize>> {
    let mut wishes: Vec<Option<i64>> =
        (0..layers.len()).map(|vertex| layers.items.get(vertex).and_then(|item| item.bias)).collect();
    // What has no wish of its own goes where its neighbours want to be; two rounds carry that through lanes.
    for _ in 0..2 {
        for vertex in 0..layers.len() {
            if wishes[vertex].is_none() {
                let above = layers.up[vertex].iter().map(|&index| layers.segments[index].upper);
                let below = layers.down[vertex].iter().map(|&index| layers.segments[index].lower);
                let known: Vec<i64> = above.chain(below).filter_map(|other| wishes[other]).collect();
                wishes[vertex] = mean(known.iter().copied());
            }
        }
    }
    let mut rows = layers.rows();
    for row in &mut rows {
        let known = mean(row.iter().filter_map(|&vertex| wishes[vertex])).unwrap_or(0);
        row.sort_by_key(|&vertex| wishes[vertex].unwrap_or(known));
    }
    rows
}

/// The mean of some numbers, rounded down; `None` of none.
fn mean(values: impl Iterator<Item = i64>) -> Option<i64> {
    let (sum, count) = values.fold((0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum.div_euclid(count))
}

/// What makes one order better than another: crossings, what stands against its bias, the length of lines, and how many neighbours
/// are not as declared.
type Cost = (usize, usize, i64, usize);

/// Rows being ordered.
struct Arrangement<'a> {
    layers: &'a Layers<'a>,
    rows: Vec<Vec<usize>>,
    /// The place of each vertex in its row.
    places: Vec<usize>,
}

impl<'a> Arrangement<'a> {
    fn new(layers: &'a Layers<'a>, rows: Vec<Vec<usize>>) -> Self {
        let places = places(layers, &rows);
        Self { layers, rows, places }
    }

    /// Sweeps, then sifts the best order found, then puts ties in order.
    fn improve(mut self) -> Self {
        let size = self.layers.len() + self.layers.segments.len();
        let sweeps = (EFFORT / size.max(1)).clamp(4, MOST_SWEEPS);
        let mut best = (self.crossings(), self.rows.clone());
        let mut stale = 0;
        for round in 0..sweeps {
            self.sweep(round % 2 == 0, round % 4 >= 2);
            let crossings = self.crossings();
            stale += 1;
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
                stale = 0;
            }
            if best.0 == 0 || stale >= PATIENCE {
                break;
            }
        }
        self = Self::new(self.layers, best.1);
        for round in 0..(4 * EFFORT / size.max(1)).clamp(1, MOST_SIFTINGS) {
            if !self.sift(round % 2 == 0) {
                break;
            }
        }
        self.order_ties();
        self
    }

    fn crossings(&self) -> usize {
        count_placed(self.layers, &self.rows, &self.places)
    }

    fn cost(&self) -> Cost {
        let items = self.layers.items;
        let mut against_bias = 0;
        let mut changes = 0;
        for row in &self.rows {
            let declared: Vec<usize> = row.iter().copied().filter(|&v| v < items.len()).collect();
            changes += declared.windows(2).filter(|pair| pair[0] > pair[1]).count();
            let wished: Vec<i64> = declared.iter().filter_map(|&v| items[v].bias).collect();
            against_bias += wished.windows(2).filter(|pair| pair[0] > pair[1]).count();
        }
        (self.crossings(), against_bias, self.length(), changes)
    }

    /// Where everything would start, were all rows packed and centred.
    fn estimate(&self) -> Vec<i32> {
        let mut starts = vec![0; self.layers.len()];
        for row in &self.rows {
            let mut next = 0;
            for &vertex in row {
                starts[vertex] = next;
                next += self.room(vertex);
            }
            for &vertex in row {
                starts[vertex] -= next / 2;
            }
        }
        starts
    }

    /// The room that a vertex takes in a packed row.
    fn room(&self, vertex: usize) -> i32 {
        self.layers.extent(vertex) + if self.layers.is_lane(vertex) { self.layers.lane } else { ESTIMATED_GAP }
    }

    /// Weighted distance across the flow between the ends of all segments.
    fn length(&self) -> i64 {
        let starts = self.estimate();
        self.layers.segments.iter().map(|segment| bend(segment, &starts)).sum()
    }

    /// Sorts each row by the mean place of its neighbours in the row before (or after).
    fn sweep(&mut self, downwards: bool, ties_turned: bool) {
        for step in 1..self.layers.count {
            let row = if downwards { step } else { self.layers.count - 1 - step };
            let mut wished: Vec<(i64, usize)> = Vec::new();
            let mut slots: Vec<usize> = Vec::new();
            for (slot, &vertex) in self.rows[row].iter().enumerate() {
                if let Some(center) = mean(self.far_ends(vertex, downwards)) {
                    wished.push((center, vertex));
                    slots.push(slot);
                }
            }
            if ties_turned {
                wished.reverse();
            }
            wished.sort_by_key(|&(center, _)| center);
            for (slot, (_, vertex)) in slots.into_iter().zip(wished) {
                self.rows[row][slot] = vertex;
                self.places[vertex] = slot;
            }
        }
    }

    /// The places at which the lines above (or below) a vertex end, finer than whole places where ends are containers.
    fn far_ends(&self, vertex: usize, above: bool) -> impl Iterator<Item = i64> {
        let segments = if above { &self.layers.up[vertex] } else { &self.layers.down[vertex] };
        segments.iter().map(move |&index| {
            let segment = &self.layers.segments[index];
            let (other, port) =
                if above { (segment.upper, segment.upper_port) } else { (segment.lower, segment.lower_port) };
            let extent = i64::from(self.layers.extent(other).max(1));
            1024 * self.places[other] as i64 + (1024 * i64::from(port) / extent).clamp(0, 1023)
        })
    }

    /// Adds the sorted keys of the line ends on one side of a vertex.
    fn add_ends(&self, ends: &mut Vec<i64>, vertex: usize, above: bool) {
        let segments = if above { &self.layers.up[vertex] } else { &self.layers.down[vertex] };
        let first = ends.len();
        ends.extend(segments.iter().map(|&index| {
            let segment = &self.layers.segments[index];
            if above {
                key(self.places[segment.upper], segment.upper_port)
            } else {
                key(self.places[segment.lower], segment.lower_port)
            }
        }));
        ends[first..].sort_unstable();
    }

    /// Moves each vertex to the place of its row with the fewest crossings; whether any moved.
    fn sift(&mut self, downwards: bool) -> bool {
        let mut moved = false;
        for step in 0..self.layers.count {
            let row = if downwards { step } else { self.layers.count - 1 - step };
            let mut sifted = SiftedRow::new(self, row);
            if sifted.sift() {
                moved = true;
                self.rows[row] = sifted.order.iter().map(|&local| self.rows[row][local]).collect();
                for (place, &vertex) in self.rows[row].iter().enumerate() {
                    self.places[vertex] = place;
                }
            }
        }
        moved
    }

    /// Exchanges neighbours that may stand either way as far as crossings go: items by their partners outside, then as
    /// declared; lanes to where their lines are shortest.
    fn order_ties(&mut self) {
        let mut starts = self.estimate();
        for round in 0..MOST_SIFTINGS {
            let mut changed = false;
            for step in 0..self.layers.count {
                let row = if round % 2 == 0 { step } else { self.layers.count - 1 - step };
                let sifted = SiftedRow::new(self, row);
                let mut order = sifted.order.clone();
                // Bubbling ends by itself where wishes are consistent; crossings may stand against that.
                for _ in 0..order.len().min(MOST_BUBBLINGS) {
                    let mut bubbled = false;
                    for place in 1..order.len() {
                        let (left, right) = (order[place - 1], order[place]);
                        let (a, b) = (self.rows[row][left], self.rows[row][right]);
                        if self.is_wrong(a, b, &mut starts)
                            && sifted.crossings(left, right) == sifted.crossings(right, left)
                        {
                            order.swap(place - 1, place);
                            self.exchange(a, b, &mut starts);
                            bubbled = true;
                        }
                    }
                    changed |= bubbled;
                    if !bubbled {
                        break;
                    }
                }
                self.rows[row] = order.iter().map(|&local| self.rows[row][local]).collect();
                for (place, &vertex) in self.rows[row].iter().enumerate() {
                    self.places[vertex] = place;
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// Whether two neighbours stand better the other way round.
    fn is_wrong(&self, left: usize, right: usize, starts: &mut [i32]) -> bool {
        match (self.layers.items.get(left), self.layers.items.get(right)) {
            (Some(a), Some(b)) => match (a.bias, b.bias) {
                (Some(a), Some(b)) if a != b => a > b,
                _ => left > right,
            },
            (None, None) => false,
            _ => {
                let length = |starts: &[i32]| -> i64 {
                    let segments =
                        [left, right].into_iter().flat_map(|v| self.layers.up[v].iter().chain(&self.layers.down[v]));
                    segments.map(|&index| bend(&self.layers.segments[index], starts)).sum()
                };
                let before = length(starts);
                self.exchange(left, right, starts);
                let after = length(starts);
                self.exchange(right, left, starts);
                after < before
            }
        }
    }

    /// Exchanges the estimated positions of two neighbours.
    fn exchange(&self, left: usize, right: usize, starts: &mut [i32]) {
        starts[right] = starts[left];
        starts[left] = starts[right] + self.room(right);
    }
}

/// The weighted distance across the flow between the ends of a segment.
fn bend(segment: &Segment, starts: &[i32]) -> i64 {
    let upper = starts[segment.upper] + segment.upper_port;
    let lower = starts[segment.lower] + segment.lower_port;
    i64::from((upper - lower).abs()) * segment.weight
}

/// One row whose neighbour rows stand still; vertices are numbered by their place at the start.
struct SiftedRow {
    /// The far ends above and below each vertex, sorted, one vertex after the other.
    ends: Vec<i64>,
    /// By vertex: where its ends above and those below begin; one more at the end.
    starts: Vec<[usize; 2]>,
    order: Vec<usize>,
}

impl SiftedRow {
    fn new(rows: &Arrangement, row: usize) -> Self {
        let vertices = &rows.rows[row];
        let mut ends = Vec::new();
        let mut starts = Vec::with_capacity(vertices.len() + 1);
        for &vertex in vertices {
            let first = ends.len();
            rows.add_ends(&mut ends, vertex, true);
            starts.push([first, ends.len()]);
            rows.add_ends(&mut ends, vertex, false);
        }
        starts.push([ends.len(); 2]);
        Self { ends, starts, order: (0..vertices.len()).collect() }
    }

    /// The far ends above and below a vertex.
    fn ends(&self, vertex: usize) -> (&[i64], &[i64]) {
        let [above, below] = self.starts[vertex];
        (&self.ends[above..below], &self.ends[below..self.starts[vertex + 1][0]])
    }

    /// Crossings between two neighbours if `a` stands left of `b`.
    fn crossings(&self, a: usize, b: usize) -> i64 {
        let ((above_a, below_a), (above_b, below_b)) = (self.ends(a), self.ends(b));
        (between(above_a, above_b) + between(below_a, below_b)) as i64
    }

    /// Moves each vertex to its best place; whether any moved.
    fn sift(&mut self) -> bool {
        let count = self.order.len();
        let window = (SIFTING_EFFORT / count.max(1)).clamp(1, count.max(1));
        let mut moved = false;
        for vertex in 0..count {
            let place = self.order.iter().position(|&v| v == vertex).unwrap_or(0);
            let mut best = (0, place);
            let mut change = 0;
            for left in (place.saturating_sub(window)..place).rev() {
                let other = self.order[left];
                change += self.crossings(vertex, other) - self.crossings(other, vertex);
                if change < best.0 {
                    best = (change, left);
                }
            }
            change = 0;
            for right in place + 1..(place + 1 + window).min(count) {
                let other = self.order[right];
                change += self.crossings(other, vertex) - self.crossings(vertex, other);
                if change < best.0 {
                    best = (change, right);
                }
            }
            if best.0 < 0 {
                self.order.remove(place);
                self.order.insert(best.1, vertex);
                moved = true;
            }
        }
        moved
    }
}
