//! Order within rows by the `layout-rs` crate, one start among others for small graphs.

use layout_rs::adt::dag::{DAG, NodeHandle};
use layout_rs::topo::optimizer::EdgeCrossOptimizer;

use super::layers::Layers;

/// Above this many items and lanes its quadratic counting costs more than it gains.
const MOST_VERTICES: usize = 60;
/// Above this many items our own sweeps are better.
const MOST_ITEMS: usize = 40;
/// The same for segments.
const MOST_SEGMENTS: usize = 120;

/// A way to order the vertices of each row.
pub(super) trait LayerOrder {
    /// The rows in their new order, or `None` for a graph that it is not made for.
    fn rows(&self, layers: &Layers) -> Option<Vec<Vec<usize>>>;
}

/// The crossing optimiser of `layout-rs`: adjacent swaps with fixed rotations in between.
pub(super) struct LayoutRs;

impl LayerOrder for LayoutRs {
    fn rows(&self, layers: &Layers) -> Option<Vec<Vec<usize>>> {
        let rows = layers.rows();
        let small =
            layers.items.len() <= MOST_ITEMS && layers.len() <= MOST_VERTICES && layers.segments.len() <= MOST_SEGMENTS;
        // It rotates every row and subtracts from their number: neither may be empty.
        if !small || rows.is_empty() || rows.iter().any(Vec::is_empty) {
            return None;
        }
        let mut dag = DAG::new();
        // Otherwise it searches the whole graph for cycles after each change.
        dag.set_validate(false);
        dag.new_nodes(layers.len());
        *dag.ranks_mut() =
            rows.iter().map(|row| row.iter().map(|&vertex| NodeHandle::from(vertex)).collect()).collect();
        for row in &rows {
            let mut pairs: Vec<(usize, usize)> = row
                .iter()
                .flat_map(|&vertex| &layers.down[vertex])
                .map(|&index| (layers.segments[index].upper, layers.segments[index].lower))
                .collect();
            pairs.sort_unstable();
            pairs.dedup();
            for (upper, lower) in pairs {
                dag.add_edge(upper.into(), lower.into());
            }
        }
        EdgeCrossOptimizer::new(&mut dag).optimize();
        Some(dag.ranks().iter().map(|row| row.iter().map(NodeHandle::get_index).collect()).collect())
    }
}
