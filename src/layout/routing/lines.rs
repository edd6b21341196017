//! The coordinates on which lines may run.

use std::collections::BTreeSet;

use super::obstacles::Obstacle;
use crate::geometry::{Axis, Rect};

/// How densely coordinates are chosen, px.
#[derive(Debug, Clone, Copy)]
pub(super) struct Density {
    /// Off the clear zone of an obstacle.
    pub(super) off_obstacle: i32,
    /// Off a container's border, inside and outside.
    pub(super) off_border: i32,
    /// Between two optional coordinates that come from obstacles or channels.
    pub(super) closest: i32,
    /// Empty stretches are filled with coordinates at this distance.
    pub(super) pitch: i32,
    /// How far the outermost coordinates lie outside the picture.
    pub(super) margin: i32,
}

/// The narrowest gap between boxes or borders that gets a coordinate of its own, px.
const NARROWEST: i32 = 8;

impl Density {
    /// Parallel nets get coordinates of their own, and no more (layout.md 3.7).
    pub(super) const WIDE: Self = Self { off_obstacle: 4, off_border: 12, closest: 9, pitch: 14, margin: 60 };
    /// As many as are legal, for what found no way otherwise.
    pub(super) const NARROW: Self = Self { off_obstacle: 0, off_border: 4, closest: 2, pitch: 4, margin: 60 };
}

/// What the coordinates of one axis are made from.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    /// The area that they cover.
    pub(super) area: Rect,
    /// Coordinates that must be there: those of ports and of lines already drawn.
    pub(super) required: BTreeSet<i32>,
    /// What lines stay off.
    pub(super) obstacles: &'a [Obstacle],
    /// The frames of containers and overlays.
    pub(super) borders: &'a [Rect],
    /// Leaves with their captions, between which channels run.
    pub(super) boxes: &'a [Rect],
}

/// The coordinates along `axis`, ascending.
pub(super) fn choose(ground: Ground<'_>, axis: Axis, density: Density) -> Vec<i32> {
    let (low, high) = ground.area.range(axis);
    let (low, high) = (low - density.margin, high + density.margin);
    let mut lines = ground.required;
    lines.retain(|&at| at >= low && at <= high);
    let inside = |at: &i32| *at >= low && *at <= high;
    let mut edges: BTreeSet<i32> = BTreeSet::from([low, high]);
    for rect in ground.borders.iter().chain(ground.boxes) {
        let (from, to) = rect.range(axis);
        edges.extend([from, to].iter().filter(|at| inside(at)));
    }
    let edges: Vec<i32> = edges.into_iter().collect();
    for pair in edges.windows(2) {
        // Where boxes are packed tight, the middle between them is all there is.
        let gap = pair[1] - pair[0];
        if gap >= NARROWEST {
            try_add(&mut lines, i32::midpoint(pair[0], pair[1]), density.closest.min(gap / 2 - 1));
        }
    }
    let mut wished: BTreeSet<i32> = BTreeSet::new();
    for obstacle in ground.obstacles {
        let (from, to) = obstacle.area.range(axis);
        wished.extend([from - density.off_obstacle, to + density.off_obstacle]);
    }
    for rect in ground.borders {
        let (from, to) = rect.range(axis);
        for edge in [from, to] {
            wished.extend([edge - density.off_border, edge + density.off_border]);
        }
    }
    for at in wished.into_iter().filter(inside) {
        try_add(&mut lines, at, density.closest);
    }
    fill(&mut lines, &edges, density);
    lines.into_iter().collect()
}

/// Wide gaps between edges are filled at the pitch.
fn fill(lines: &mut BTreeSet<i32>, edges: &[i32], density: Density) {
    for pair in edges.windows(2) {
        let gap = pair[1] - pair[0];
        if gap < 3 * density.pitch - 2 {
            continue;
        }
        let steps = gap / density.pitch;
        for step in 1..steps {
            try_add(lines, pair[0] + gap * step / steps, (density.pitch * 3 / 4).max(density.closest));
        }
    }
    for end in [edges[0], edges[edges.len() - 1]] {
        try_add(lines, end, density.closest);
    }
}

fn try_add(lines: &mut BTreeSet<i32>, at: i32, closest: i32) {
    if lines.range(at - closest + 1..at + closest).next().is_none() {
        lines.insert(at);
    }
}
