//! Positions along the flow.
//!
//! Ranks follow each other at the distance that labels between them need. In a rank leaves stand on one line, and
//! containers begin where the rank begins: centred, the trunk of a fan to them would cut through the largest.

use std::collections::BTreeMap;

use super::layers::Layers;
use super::{Edge, Gaps, Item};

/// A rank that a large neighbour pushed away is left by items that could stand at least this much nearer to what
/// they follow, px.
const WORTH_LEAVING: i32 = 100;
/// Items that leave a rank together stand on one line if their own lines are at most this far apart, px.
const TOGETHER: i32 = 60;
/// A lane and the space beside it hold a label of up to this many lanes' width.
const LANES_FOR_LABEL: i32 = 3;

/// The start along the flow of each item, px, from 0.
pub(super) fn along(layers: &Layers, rows: &[Vec<usize>], across: &[i32], edges: &[Edge], gaps: Gaps) -> Vec<i32> {
    let mut along = vec![0; layers.items.len()];
    let rooms = rooms(layers, edges, gaps);
    let mut start = 0;
    let mut ends = Vec::with_capacity(rows.len());
    for (row, room) in rows.iter().zip(rooms) {
        let items = || row.iter().filter_map(|&vertex| Some((vertex, layers.items.get(vertex)?)));
        let lead = items().filter(|(_, item)| !item.container).map(|(_, item)| item.lead).max().unwrap_or(0);
        let mut end = start;
        for (vertex, item) in items() {
            along[vertex] = if item.container { start } else { start + lead - item.lead };
            end = end.max(along[vertex] + item.depth);
        }
        ends.push(end);
        start = end + room;
    }
    Skyline { layers, across, gaps, heights: BTreeMap::from([(i32::MIN, 0)]) }.compact(rows, &ends, edges, &mut along);
    along
}

/// The room behind each rank.
fn rooms(layers: &Layers, edges: &[Edge], gaps: Gaps) -> Vec<i32> {
    let mut rooms = vec![gaps.along; layers.count];
    for edge in edges {
        let (first, last) =
            (layers.ranks[edge.from].min(layers.ranks[edge.to]), layers.ranks[edge.from].max(layers.ranks[edge.to]));
        if last == first + 1 || edge.label_across > LANES_FOR_LABEL * gaps.lane {
            rooms[first] = rooms[first].max(edge.label_along);
        }
    }
    rooms
}

/// How far the picture reaches along the flow, as a step function across it.
struct Skyline<'a> {
    layers: &'a Layers<'a>,
    across: &'a [i32],
    gaps: Gaps,
    /// The height from each position to the next.
    heights: BTreeMap<i32, i32>,
}

impl Skyline<'_> {
    /// Moves items back that stand far behind all that they follow and all that stands in their way.
    fn compact(mut self, rows: &[Vec<usize>], ends: &[i32], edges: &[Edge], along: &mut [i32]) {
        let mut before: Vec<Vec<(usize, i32)>> = vec![Vec::new(); self.layers.items.len()];
        for edge in edges {
            let (first, last) = if self.layers.ranks[edge.from] < self.layers.ranks[edge.to] {
                (edge.from, edge.to)
            } else {
                (edge.to, edge.from)
            };
            before[last].push((first, edge.label_along));
        }
        for (row, &end) in rows.iter().zip(ends) {
            let leaving = self.leaving(row, &before, along);
            let mut line = None;
            for (vertex, start, item) in leaving {
                let own = start + if item.container { 0 } else { item.lead };
                let common = match line {
                    Some(line) if own <= line && line - own <= TOGETHER => line,
                    _ => own,
                };
                line = Some(common);
                along[vertex] = start + common - own;
            }
            for &vertex in row {
                let start = self.across[vertex];
                let reached = self.layers.items.get(vertex).map_or(end, |item| along[vertex] + item.depth);
                self.raise(start, start + self.layers.extent(vertex), reached);
            }
        }
    }

    /// The items of a row that leave it, with their new starts, those that can move least first.
    fn leaving(&self, row: &[usize], before: &[Vec<(usize, i32)>], along: &[i32]) -> Vec<(usize, i32, Item)> {
        let mut leaving = Vec::new();
        for &vertex in row {
            let Some(&item) = self.layers.items.get(vertex) else { continue };
            // What follows through lanes is meant to stand behind the ranks that they pass.
            if self.layers.up[vertex].iter().any(|&index| self.layers.is_lane(self.layers.segments[index].upper)) {
                continue;
            }
            let start = self.across[vertex];
            let height = self.height(start - self.gaps.across, start + item.extent + self.gaps.across);
            let free = if height == 0 { 0 } else { height + self.gaps.along };
            let least = before[vertex]
                .iter()
                .map(|&(other, room)| along[other] + self.layers.items[other].depth + room.max(self.gaps.along))
                .max()
                .unwrap_or(i32::MIN);
            // Without anything to follow it stands where its rank puts it.
            if least > i32::MIN && along[vertex] - free.max(least) > WORTH_LEAVING {
                leaving.push((vertex, free.max(least), item));
            }
        }
        leaving.sort_by_key(|&(vertex, start, item)| {
            (std::cmp::Reverse(start + if item.container { 0 } else { item.lead }), vertex)
        });
        leaving
    }

    /// The greatest height between two positions.
    fn height(&self, from: i32, to: i32) -> i32 {
        let first = self.heights.range(..=from).next_back().map_or(0, |(_, &height)| height);
        self.heights.range(from + 1..to).map(|(_, &height)| height).fold(first, i32::max)
    }

    /// Sets the height between two positions to at least `reached`.
    fn raise(&mut self, from: i32, to: i32, reached: i32) {
        let after = self.heights.range(..=to).next_back().map_or(0, |(_, &height)| height);
        let reached = reached.max(self.height(from, to));
        let inside: Vec<i32> = self.heights.range(from..to).map(|(&position, _)| position).collect();
        for position in inside {
            self.heights.remove(&position);
        }
        self.heights.insert(from, reached);
        self.heights.insert(to, after);
    }
}
