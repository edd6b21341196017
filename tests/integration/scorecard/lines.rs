//! Lines by themselves, and against boxes.

use std::collections::BTreeSet;

use super::drawing::{Drawing, Line};
use super::plane::TOUCH;

/// A line may end, and a label stand, this far from where it belongs, px.
pub const FAR: f64 = 12.0;

/// Pairs of a link and a leaf (icon or caption) that it runs through without ending there.
pub fn through_nodes(drawing: &Drawing) -> usize {
    let runs_through = |line: &Line, leaf: usize| {
        let shape = &drawing.shapes[leaf];
        // A caption inside its box is no obstacle of its own.
        let label = shape.label.filter(|label| !label.lies_in(&shape.frame, TOUCH));
        line.from != leaf
            && line.to != leaf
            && [Some(shape.frame), label].iter().flatten().any(|area| area.is_crossed_by(&line.points))
    };
    drawing.lines.iter().map(|line| drawing.leaves().filter(|&leaf| runs_through(line, leaf)).count()).sum()
}

/// Pairs of a link and a container that it runs through although the container holds neither end, in order.
pub fn passes(drawing: &Drawing) -> Vec<(usize, usize)> {
    let mut passes = Vec::new();
    for (index, line) in drawing.lines.iter().enumerate() {
        let homes: BTreeSet<usize> =
            [line.from, line.to].into_iter().flat_map(|end| drawing.ancestors(end).chain([end])).collect();
        let crossed = drawing.solid().filter(|container| {
            !homes.contains(container) && drawing.shapes[*container].frame.is_crossed_by(&line.points)
        });
        passes.extend(crossed.map(|container| (index, container)));
    }
    passes
}

/// The shape of all lines.
#[derive(Debug, Default)]
pub struct Shapes {
    /// Links that are drawn.
    pub drawn: usize,
    /// Changes of direction, per link.
    pub bends: usize,
    /// Changes of direction as the eye sees them: each once for all links that share a trunk.
    pub corners: usize,
    /// Pieces that are neither level nor upright.
    pub slanted: usize,
    /// Ends that are not at their box.
    pub loose: usize,
    /// Length of all links, px.
    pub length: f64,
    /// By link, where its ends are apart: length over the shortest way between the boxes.
    pub detours: Vec<f64>,
    /// Share of links whose target lies wholly beyond their source, in the better of both directions.
    pub flow: Option<f64>,
}

/// Measures the shape of all lines.
pub fn shapes(drawing: &Drawing) -> Shapes {
    let mut shapes = Shapes::default();
    let (mut corners, mut down, mut right) = (BTreeSet::new(), 0_usize, 0_usize);
    for line in &drawing.lines {
        let length: f64 = line.points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
        shapes.length += length;
        let (from, to) = (drawing.shapes[line.from].frame, drawing.shapes[line.to].frame);
        if let [first, inner @ .., last] = &line.points[..] {
            shapes.drawn += 1;
            shapes.bends += inner.len();
            let cell = |at: f64| (at / 2.0).round_ties_even() as i64;
            corners.extend(inner.iter().map(|at| (&line.net, cell(at.x), cell(at.y))));
            let slanted = |pair: &&[super::plane::Spot]| {
                (pair[0].x - pair[1].x).abs() > 0.5 && (pair[0].y - pair[1].y).abs() > 0.5
            };
            shapes.slanted += line.points.windows(2).filter(slanted).count();
            for (at, end) in [(first, line.from), (last, line.to)] {
                shapes.loose += usize::from(!at.area().lies_in(&drawing.full(end).grown(FAR), TOUCH));
            }
            let gap = (to.left - from.right).max(from.left - to.right).max(0.0)
                + (to.top - from.bottom).max(from.top - to.bottom).max(0.0);
            if gap > 1.0 {
                shapes.detours.push((length / gap).max(1.0));
            }
        }
        down += usize::from(to.top >= from.bottom - 1.0);
        right += usize::from(to.left >= from.right - 1.0);
    }
    shapes.corners = corners.len();
    let links = drawing.lines.len();
    shapes.flow = (links > 0).then(|| down.max(right) as f64 / links as f64);
    shapes
}
