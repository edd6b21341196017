//! Layered placement: items and the edges between them to positions, for every container whose kinds give no other
//! order and for flat pictures.
//!
//! Arrives: what has an extent and what is linked; nothing of the topology. Leaves: a position for each item, always.
//! The frame is Sugiyama's (cycles, ranks, order, positions), with straight blocks in place of medians: whatever can be
//! drawn as one dead straight line is. Directions have two names here: items of one rank stand side by side *across*
//! the flow, ranks follow each other *along* it.

mod along;
mod blocks;
mod crossings;
mod cycles;
mod fold;
mod hubs;
mod layer_order;
mod layers;
mod order;
mod parts;
mod ports;
mod ranks;
mod satellites;
mod shelf;
mod simplex;
mod tiers;

use super::Flow;

/// Something to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Extent across the flow, px.
    pub extent: i32,
    /// Extent along the flow, px.
    pub depth: i32,
    /// Across the flow, from its start to the axis on which its lines end (the centre of an icon), px.
    pub axis: i32,
    /// Along the flow, from its start to the line on which neighbours are aligned: the centre of a leaf's icon, 0 for
    /// a container.
    pub lead: i32,
    /// Whether it is a container.
    pub container: bool,
    /// Natural place in the flow: items of different tiers never share a rank, lower ones come first; `None` leaves
    /// it to the links.
    pub tier: Option<u8>,
    /// Where across the flow its partners outside of this picture stand (mean absolute position, px): breaks ties
    /// between orders.
    pub bias: Option<i64>,
    /// The way from the middle of the container to its partners outside, across and along the flow, px: an item without
    /// other links stands on their side.
    pub pull: Option<(i32, i32)>,
}

/// As a port: the line may end wherever it goes straight, because it ends on a container's border.
pub const ANYWHERE: i32 = i32::MIN;

/// A line between two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Index of the item that it leaves.
    pub from: usize,
    /// Index of the item that it points at.
    pub to: usize,
    /// How much it matters that it is short and straight; 0 counts as 1.
    pub weight: i32,
    /// Across the flow, from the start of `from` to the line's end, px, or [`ANYWHERE`].
    pub from_port: i32,
    /// Across the flow, from the start of `to` to the line's end, px, or [`ANYWHERE`].
    pub to_port: i32,
    /// The least distance along the flow between two neighbouring ranks that leaves room for its label, px; 0 without.
    pub label_along: i32,
    /// The room that its label needs across the flow, px; 0 without.
    pub label_across: i32,
}

/// The least distances, px.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gaps {
    /// Between neighbours of one rank.
    pub across: i32,
    /// Between ranks.
    pub along: i32,
    /// The width of the lane in which a line passes a rank.
    pub lane: i32,
}

/// What the placement is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Options {
    /// The direction in which ranks follow each other; grids are read row by row in the picture.
    pub flow: Flow,
    /// The width of the picture wished for, in percent of its height.
    pub aspect: i32,
    /// Whether a long chain may be broken into rows that are read one after the other.
    pub fold: bool,
    /// Whether an item with many containers around it may stand between rows of them.
    pub hubs: bool,
    /// Whether items without links stand before the others instead of behind them.
    pub loose_first: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { flow: Flow::Down, aspect: 140, fold: true, hubs: true, loose_first: false }
    }
}

impl Options {
    /// An extent across and one along the flow as width and height, or the other way round.
    fn in_picture<T>(self, (across, along): (T, T)) -> (T, T) {
        match self.flow {
            Flow::Down => (across, along),
            Flow::Right => (along, across),
        }
    }
}

/// Where everything stands; tables by item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placed {
    /// Start across the flow, px, from 0.
    pub across: Vec<i32>,
    /// Start along the flow, px, from 0.
    pub along: Vec<i32>,
    /// The rank; parts that are not linked count from 0 each, unlinked items follow behind all of them.
    pub ranks: Vec<usize>,
    /// The items of each rank, in order across the flow.
    pub order: Vec<Vec<usize>>,
    /// Extent across and along the flow of the whole, px.
    pub size: (i32, i32),
    /// Crossings between neighbouring ranks.
    pub crossings: usize,
}

/// Places items so that lines between them are short, straight and cross little.
///
/// Edges that name an item twice or one that does not exist are left out of account.
pub fn place(items: &[Item], edges: &[Edge], gaps: Gaps, options: Options) -> Placed {
    let edges: Vec<Edge> =
        edges.iter().copied().filter(|e| e.from != e.to && e.from < items.len() && e.to < items.len()).collect();
    let divided = parts::divide(items, &edges);
    let pieces: Vec<Placed> = divided
        .linked
        .iter()
        .map(|part| {
            let own: Vec<Item> = part.members.iter().map(|&item| items[item]).collect();
            place_linked(&own, &part.edges, gaps, options)
        })
        .collect();
    parts::assemble(items, &divided, &pieces, gaps, options)
}

/// The starts across the flow, px, of items whose ranks are given; edges inside one rank are left out of account.
///
/// For templates, where every item stands in a band that its kind decides: nothing is packed or set aside, so that
/// all bands share their columns.
pub fn align(items: &[Item], ranks: &[usize], edges: &[Edge], gaps: Gaps) -> Vec<i32> {
    let directed: Vec<Edge> = edges
        .iter()
        .filter(|edge| ranks[edge.from] != ranks[edge.to])
        .map(|&edge| if ranks[edge.from] < ranks[edge.to] { edge } else { cycles::turn(edge) })
        .collect();
    let directed = ports::fix(items, &directed, ranks);
    let layers = layers::Layers::new(items, &directed, ranks, gaps.lane);
    let (_, mut across) = stand(&layers, gaps);
    across.truncate(items.len());
    across
}

/// The order of each rank and the start of each vertex across the flow, px: of all orders proposed that with the
/// straightest lines.
fn stand(layers: &layers::Layers, gaps: Gaps) -> (Vec<Vec<usize>>, Vec<i32>) {
    let proposals = order::arrange(layers).into_iter().map(|rows| {
        let (across, price) = blocks::across(layers, &rows, gaps);
        (price, rows, across)
    });
    let best = proposals.min_by_key(|(price, ..)| *price);
    best.map(|(_, rows, across)| (rows, across)).unwrap_or_default()
}

/// Places items that hang together.
fn place_linked(items: &[Item], edges: &[Edge], gaps: Gaps, options: Options) -> Placed {
    let directed = cycles::direct(items, edges);
    let mut ranks = ranks::assign(items, &directed);
    if options.hubs {
        ranks = hubs::spread(items, &directed, &ranks, gaps, options);
    }
    let directed = ports::fix(items, &directed, &ranks);
    let layers = layers::Layers::new(items, &directed, &ranks, gaps.lane);
    let (rows, mut across) = stand(&layers, gaps);
    let mut along = along::along(&layers, &rows, &across, &directed, gaps);
    if options.fold {
        fold::fold(&layers, &mut across, &mut along, options);
    }
    let mut placed = Placed {
        across,
        along,
        ranks,
        crossings: crossings::count(&layers, &rows),
        order: rows.iter().map(|row| row.iter().copied().filter(|&v| v < items.len()).collect()).collect(),
        size: (0, 0),
    };
    placed.settle(|vertex| layers.extent(vertex), |item| items[item].depth);
    placed.across.truncate(items.len());
    placed
}

impl Placed {
    /// Moves everything to start at 0 and takes the size of all that is placed.
    fn settle(&mut self, extent: impl Fn(usize) -> i32, depth: impl Fn(usize) -> i32) {
        let left = self.across.iter().copied().min().unwrap_or(0);
        let top = self.along.iter().copied().min().unwrap_or(0);
        self.across.iter_mut().for_each(|x| *x -= left);
        self.along.iter_mut().for_each(|y| *y -= top);
        let right = self.across.iter().enumerate().map(|(vertex, x)| x + extent(vertex)).max();
        let bottom = self.along.iter().enumerate().map(|(item, y)| y + depth(item)).max();
        self.size = (right.unwrap_or(0), bottom.unwrap_or(0));
    }
}

#[cfg(test)]
mod tests;
