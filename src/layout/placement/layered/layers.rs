//! The layered graph: items and lanes in rows, joined by segments from one row to the next.
//!
//! A line that passes ranks runs in a lane, which takes part in the order like a narrow item. Lines that will be drawn
//! as one trunk share their lanes: fans of three or more unlabelled lines, and lines between the same two items.

use std::collections::BTreeMap;

use super::cycles::turn;
use super::{Edge, Item};

/// Lanes are made for the shorter lines first, up to this many per item and edge: more would only be found in
/// graphs in which no picture can be read.
const LANES_PER_ELEMENT: usize = 1;
/// The lanes that even the smallest graph may have.
const LEAST_LANES: usize = 2000;
/// From this many lines on, an unlabelled fan is drawn as one trunk.
const FAN: usize = 3;

/// A piece of a line between two neighbouring rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    /// The vertex in the earlier row.
    pub(super) upper: usize,
    /// The vertex in the later row.
    pub(super) lower: usize,
    /// Where it leaves `upper`, px from its start.
    pub(super) upper_port: i32,
    /// Where it enters `lower`, px from its start.
    pub(super) lower_port: i32,
    /// The weights of the edges that run in it.
    pub(super) weight: i64,
    /// The widest label in it, across the flow, px.
    pub(super) label: i32,
}

/// Items (numbered first, as given) and lanes, with the segments between them.
#[derive(Debug)]
pub(super) struct Layers<'a> {
    /// The items; vertices from `items.len()` on are lanes.
    pub(super) items: &'a [Item],
    /// The rank of each vertex.
    pub(super) ranks: Vec<usize>,
    /// The number of ranks.
    pub(super) count: usize,
    /// All pieces of lines.
    pub(super) segments: Vec<Segment>,
    /// The segments above each vertex.
    pub(super) up: Vec<Vec<usize>>,
    /// The segments below each vertex.
    pub(super) down: Vec<Vec<usize>>,
    /// The width of a lane.
    pub(super) lane: i32,
}

/// By what lines share a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trunk {
    /// They leave one item at one port.
    From(usize, i32),
    /// They enter one item at one port.
    To(usize, i32),
    /// They join the same two items.
    Between(usize, usize),
}

impl<'a> Layers<'a> {
    /// Builds the rows of `ranks`; edges that point against them are turned round.
    pub(super) fn new(items: &'a [Item], edges: &[Edge], ranks: &[usize], lane: i32) -> Self {
        let mut edges: Vec<Edge> =
            edges.iter().map(|&edge| if ranks[edge.from] > ranks[edge.to] { turn(edge) } else { edge }).collect();
        edges.sort_by_key(|edge| ranks[edge.to] - ranks[edge.from]);
        let mut builder = Builder {
            layers: Self {
                items,
                ranks: ranks.to_vec(),
                count: ranks.iter().max().map_or(0, |last| last + 1),
                segments: Vec::new(),
                up: Vec::new(),
                down: Vec::new(),
                lane,
            },
            segments: BTreeMap::new(),
            lanes: BTreeMap::new(),
        };
        let trunks = trunks(&edges, ranks);
        let most = LANES_PER_ELEMENT * (items.len() + edges.len()) + LEAST_LANES;
        for (edge, trunk) in edges.iter().zip(trunks) {
            if builder.lanes.len() + (ranks[edge.to] - ranks[edge.from]) <= most {
                builder.add(*edge, trunk);
            }
        }
        builder.finish()
    }

    /// The number of items and lanes.
    pub(super) fn len(&self) -> usize {
        self.ranks.len()
    }

    /// Whether a vertex is a lane.
    pub(super) fn is_lane(&self, vertex: usize) -> bool {
        vertex >= self.items.len()
    }

    /// Extent of a vertex across the flow, px.
    pub(super) fn extent(&self, vertex: usize) -> i32 {
        self.items.get(vertex).map_or(self.lane, |item| item.extent)
    }

    /// The vertices by rank, items in the order given, lanes behind them.
    pub(super) fn rows(&self) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); self.count];
        for (vertex, &rank) in self.ranks.iter().enumerate() {
            rows[rank].push(vertex);
        }
        rows
    }
}

/// The trunk of each edge, for those that pass ranks.
fn trunks(edges: &[Edge], ranks: &[usize]) -> Vec<Trunk> {
    let plain = |edge: &Edge| edge.label_along == 0 && edge.label_across == 0;
    let long = |edge: &Edge| ranks[edge.to] - ranks[edge.from] > 1;
    let mut fans: BTreeMap<Trunk, (usize, usize)> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| plain(edge)) {
        for trunk in [Trunk::From(edge.from, edge.from_port), Trunk::To(edge.to, edge.to_port)] {
            let (all, passing) = fans.entry(trunk).or_default();
            *all += 1;
            *passing += usize::from(long(edge));
        }
    }
    let is_fan = |trunk: Trunk| fans.get(&trunk).is_some_and(|&(all, passing)| all >= FAN && passing > 1);
    edges
        .iter()
        .map(|edge| {
            let from = Trunk::From(edge.from, edge.from_port);
            let to = Trunk::To(edge.to, edge.to_port);
            match plain(edge) {
                true if is_fan(from) => from,
                true if is_fan(to) => to,
                _ => Trunk::Between(edge.from, edge.to),
            }
        })
        .collect()
}

/// Layers under construction.
struct Builder<'a> {
    layers: Layers<'a>,
    /// Segments by their ends and ports.
    segments: BTreeMap<(usize, usize, i32, i32), usize>,
    /// Lanes by trunk and rank.
    lanes: BTreeMap<(Trunk, usize), usize>,
}

impl<'a> Builder<'a> {
    /// Runs one edge through its lanes.
    fn add(&mut self, edge: Edge, trunk: Trunk) {
        let middle = self.layers.lane / 2;
        let (first, last) = (self.layers.ranks[edge.from], self.layers.ranks[edge.to]);
        let (mut upper, mut port) = (edge.from, edge.from_port);
        for rank in first + 1..last {
            let lane = self.lane(trunk, rank);
            self.join(Segment { upper, lower: lane, upper_port: port, lower_port: middle, weight: 0, label: 0 }, edge);
            (upper, port) = (lane, middle);
        }
        let end = Segment { upper, lower: edge.to, upper_port: port, lower_port: edge.to_port, weight: 0, label: 0 };
        self.join(end, edge);
    }

    /// The lane of a trunk at a rank.
    fn lane(&mut self, trunk: Trunk, rank: usize) -> usize {
        let ranks = &mut self.layers.ranks;
        *self.lanes.entry((trunk, rank)).or_insert_with(|| {
            ranks.push(rank);
            ranks.len() - 1
        })
    }

    /// Adds a segment, or an edge's weight to the one that lies there.
    fn join(&mut self, segment: Segment, edge: Edge) {
        let key = (segment.upper, segment.lower, segment.upper_port, segment.lower_port);
        let segments = &mut self.layers.segments;
        let index = *self.segments.entry(key).or_insert_with(|| {
            segments.push(segment);
            segments.len() - 1
        });
        segments[index].weight += i64::from(edge.weight.max(1));
        segments[index].label = segments[index].label.max(edge.label_across);
    }

    /// The finished layers.
    fn finish(self) -> Layers<'a> {
        let mut layers = self.layers;
        layers.up = vec![Vec::new(); layers.ranks.len()];
        layers.down = vec![Vec::new(); layers.ranks.len()];
        for (index, segment) in layers.segments.iter().enumerate() {
            layers.down[segment.upper].push(index);
            layers.up[segment.lower].push(index);
        }
        layers
    }
}
