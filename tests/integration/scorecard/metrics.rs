//! The figures of one picture.

use serde::Serialize;

use super::drawing::Drawing;
use super::plane::Area;
use super::{boxes, crossings, labels, lines, regularity};

/// The figures of one picture. Counts are of pairs (two boxes, a line and a box), lengths are px.
#[derive(Debug, Clone, Serialize)]
pub struct Metrics {
    pub nodes: usize,
    pub containers: usize,
    pub edges: usize,
    pub node_overlaps: usize,
    pub container_violations: usize,
    pub edge_through_node: usize,
    pub edge_through_container: usize,
    pub crossings: usize,
    pub crossings_all: usize,
    pub crossings_drawn: usize,
    pub edge_overlap_px: f64,
    pub edges_drawn: usize,
    pub bends: usize,
    pub bends_per_edge: Option<f64>,
    pub corners: usize,
    pub corners_per_edge: Option<f64>,
    pub slanted: usize,
    pub loose_ends: usize,
    pub total_edge_length: f64,
    pub detour_mean: Option<f64>,
    pub detour_max: Option<f64>,
    pub flow: Option<f64>,
    pub label_overlaps: usize,
    pub edge_over_label: usize,
    pub edge_over_edge_label: usize,
    pub label_on_border: usize,
    pub label_detached: usize,
    pub label_spill: usize,
    pub width: f64,
    pub height: f64,
    pub area: f64,
    pub aspect_ratio: Option<f64>,
    pub density: Option<f64>,
    pub alignment: Option<f64>,
    pub replica_offset_px: Option<f64>,
    pub replica_size_px: Option<f64>,
    pub replica_pairs: usize,
    pub min_gap: Option<f64>,
}

/// A count over another; `None` if there is nothing to count.
fn per(count: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

impl Metrics {
    /// Judges a picture.
    pub fn of(drawing: &Drawing) -> Self {
        let (crossings, shapes, labels) = (crossings::count(drawing), lines::shapes(drawing), labels::count(drawing));
        let replicas = regularity::replicas(drawing);
        let extent = extent(drawing);
        let (width, height) = extent.map_or((0.0, 0.0), |extent| (extent.width(), extent.height()));
        let filled: f64 =
            drawing.leaves().map(|leaf| drawing.full(leaf)).map(|full| full.width() * full.height()).sum();
        let detours = &shapes.detours;
        Self {
            nodes: drawing.leaves().count(),
            containers: drawing.containers().count(),
            edges: drawing.lines.len(),
            node_overlaps: boxes::node_overlaps(drawing),
            container_violations: boxes::container_violations(drawing),
            edge_through_node: lines::through_nodes(drawing),
            edge_through_container: lines::passes(drawing).len(),
            crossings: crossings.strict,
            crossings_all: crossings.all,
            crossings_drawn: crossings.drawn,
            edge_overlap_px: crossings.overlap,
            edges_drawn: shapes.drawn,
            bends: shapes.bends,
            bends_per_edge: per(shapes.bends, shapes.drawn),
            corners: shapes.corners,
            corners_per_edge: per(shapes.corners, shapes.drawn),
            slanted: shapes.slanted,
            loose_ends: shapes.loose,
            total_edge_length: shapes.length,
            detour_mean: (!detours.is_empty()).then(|| detours.iter().sum::<f64>() / detours.len() as f64),
            detour_max: detours.iter().copied().max_by(f64::total_cmp),
            flow: shapes.flow,
            label_overlaps: labels.overlaps,
            edge_over_label: labels.lines_over,
            edge_over_edge_label: labels.lines_over_links,
            label_on_border: labels.on_border,
            label_detached: labels.detached,
            label_spill: labels.spill,
            width,
            height,
            area: width * height,
            aspect_ratio: (height > 0.0).then(|| width / height),
            density: (width * height > 0.0).then(|| filled / (width * height)),
            alignment: regularity::alignment(drawing),
            replica_offset_px: replicas.offset,
            replica_size_px: replicas.size,
            replica_pairs: replicas.pairs,
            min_gap: boxes::smallest_gap(drawing),
        }
    }

    /// What must be 0 in every picture, with its name.
    pub fn faults(&self) -> [(&'static str, usize); 9] {
        [
            ("node_overlaps", self.node_overlaps),
            ("container_violations", self.container_violations),
            ("edge_through_node", self.edge_through_node),
            ("edge_through_container", self.edge_through_container),
            ("edge_overlap_px", self.edge_overlap_px.ceil() as usize),
            ("edge_over_label", self.edge_over_label),
            ("label_overlaps", self.label_overlaps),
            ("slanted", self.slanted),
            ("loose_ends", self.loose_ends),
        ]
    }
}

/// The smallest area around everything that is drawn.
fn extent(drawing: &Drawing) -> Option<Area> {
    let boxes = (0..drawing.shapes.len()).map(|index| drawing.full(index));
    let titles = drawing.containers().filter_map(|index| drawing.shapes[index].label);
    let labels = drawing.lines.iter().filter_map(|line| line.label);
    let points = drawing.lines.iter().flat_map(|line| line.points.iter().map(|at| at.area()));
    boxes.chain(titles).chain(labels).chain(points).reduce(|sum, area| sum.union(&area))
}
