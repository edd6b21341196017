//! How well a layout reads: one number, lower is better, and its parts (layout.md 3.10).
//!
//! Everything is counted in thousandths and whole numbers, so that equal layouts score equally on every machine.

use std::collections::BTreeSet;

use super::Layout;
use super::placement::tree::Tree;
use super::routing::NetId;
use crate::geometry::{Axis, Point, point};
use crate::topology::{BoxId, Topology};

/// The parts of a score, in thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Crossings as the eye sees them, per net.
    pub crossings: i64,
    /// Corners as drawn, per net.
    pub corners: i64,
    /// Links through containers that hold neither end.
    pub passes: i64,
    /// Distance of width to height from a screen's.
    pub aspect: i64,
    /// Share of the area without icons and captions.
    pub emptiness: i64,
    /// Length of lines beyond the shortest.
    pub detour: i64,
    /// Compromises, groups in pieces, labels in the legend alone or off their lines, titles under borders.
    pub faults: i64,
}

/// Weights of the parts (layout.md 3.10: on some thirty variants this order agreed with the eye).
pub(super) const CROSSING: i64 = 10_000;
pub(super) const CORNER: i64 = 4_000;
const PASS: i64 = 20_000;
const ASPECT: i64 = 8_000;
const EMPTY: i64 = 1_000;
const DETOUR: i64 = 6_000;
const FAULT: i64 = 50_000;
/// A group that falls apart into one more piece.
const PIECE: i64 = 5_000;
/// Two lines that run along each other nearer than [`CLEAR`], or a line that turns nearer to its end than [`STUB`], per net.
const HUDDLED: i64 = 4_000;
/// Lines of different nets keep so far apart, px (layout.md 3.8).
const CLEAR: i32 = 8;
/// The first and the last piece of a line with corners are no shorter, px: an arrow head has 9.
const STUB: i32 = 10;
/// A label that only the legend tells.
const MARKER: i64 = 20_000;
/// A label that stands off its line.
const LED: i64 = 2_000;
/// A border drawn over a title: legal, but what an architect would never leave.
const COVERED: i64 = 4_000;
/// Width to height that screens and pages like, in thousandths, and the deviation that costs nothing (e^0.35).
const TARGET_ASPECT: i64 = 1_400;
const FREE_ASPECT: i64 = 350;
/// Beyond these a picture no longer fits a page or a screen, in thousandths, and what that costs.
const FITTING: (i64, i64) = (600, 2_200);
const UNFIT: i64 = 3_000;

impl Score {
    /// The sum of all parts.
    pub const fn total(&self) -> i64 {
        self.crossings + self.corners + self.passes + self.aspect + self.emptiness + self.detour + self.faults
    }
}

/// Scores a finished layout.
pub fn score(topology: &Topology, tree: &Tree, layout: &Layout) -> Score {
    let nets = (layout.nets.len() as i64).max(1);
    let runs = runs(layout);
    Score {
        crossings: CROSSING * crossings(&runs) / nets,
        corners: CORNER * corners(layout) / nets,
        passes: PASS * passes(topology, tree, layout),
        aspect: aspect(i64::from(layout.size.width), i64::from(layout.size.height)),
        emptiness: emptiness(topology, layout),
        detour: detour(layout),
        faults: FAULT * layout.compromises.len() as i64
            + COVERED * covered_titles(topology, layout)
            + PIECE * layout.pieces.len() as i64
            + HUDDLED * (huddled(&runs) + stubs(layout)) / nets
            + MARKER * layout.markers.len() as i64
            + LED * layout.labels.iter().filter(|label| label.leader.is_some()).count() as i64,
    }
}

/// The penalty for a picture of that width and height, thousandths.
pub fn aspect(width: i64, height: i64) -> i64 {
    if width == 0 || height == 0 {
        return 0;
    }
    let unfit = if (FITTING.0..=FITTING.1).contains(&(width * 1_000 / height)) { 0 } else { UNFIT };
    let wide = width * 1_000_000 / (height * TARGET_ASPECT);
    let ratio = if wide >= 1_000 { wide } else { 1_000_000 / wide.max(1) };
    // ln r by its first Padé term, which is exact enough up to r = 4 and monotone beyond.
    let logarithm = 2_000 * (ratio - 1_000) / (ratio + 1_000);
    unfit + ASPECT * (logarithm - FREE_ASPECT).max(0) / 1_000
}

fn emptiness(topology: &Topology, layout: &Layout) -> i64 {
    let all = i64::from(layout.size.width) * i64::from(layout.size.height);
    let filled: i64 = topology
        .ids()
        .filter(|&id| topology.element(id).node().is_some())
        .map(|id| {
            let placed = &layout.boxes[id.index()];
            let full = placed.label.as_ref().map_or(placed.frame, |label| placed.frame.union(&label.frame));
            i64::from(full.width) * i64::from(full.height)
        })
        .sum();
    if all == 0 { 0 } else { EMPTY * 6 * (all - (3 * filled).min(all)) / all }
}

fn detour(layout: &Layout) -> i64 {
    let (mut sum, mut count) = (0, 0);
    for link in &layout.links {
        let (Some(&first), Some(&last)) = (link.points.first(), link.points.last()) else { continue };
        let direct = i64::from(first.manhattan(last)).max(40);
        let drawn: i64 = link.points.windows(2).map(|pair| i64::from(pair[0].manhattan(pair[1]))).sum();
        sum += 1_000 * drawn.max(direct) / direct - 1_000;
        count += 1;
    }
    if count == 0 { 0 } else { DETOUR * (sum / count) / 1_000 }
}

/// Corners as drawn: those that links of one net share count once.
pub fn corners(layout: &Layout) -> i64 {
    let mut seen = BTreeSet::new();
    for link in &layout.links {
        let inner = link.points.len().saturating_sub(1);
        seen.extend(link.points[..inner].iter().skip(1).map(|&at| (link.net, at)));
    }
    seen.len() as i64
}

/// Links that run through a container which holds neither of their ends.
fn passes(topology: &Topology, tree: &Tree, layout: &Layout) -> i64 {
    let containers: Vec<BoxId> = topology.ids().filter(|&id| topology.element(id).container().is_some()).collect();
    let mut count = 0;
    for (index, routed) in layout.links.iter().enumerate() {
        let link = &topology.links[index];
        let home = |id: BoxId| {
            id == link.from
                || id == link.to
                || tree.ancestors(link.from).chain(tree.ancestors(link.to)).any(|a| a == id)
        };
        for &id in &containers {
            let inside = layout.boxes[id.index()].frame.inflate(-1, -1);
            let hit = routed.points.windows(2).any(|pair| inside.is_crossed(pair[0], pair[1]));
            count += i64::from(hit && !home(id));
        }
    }
    count
}

/// Titles, icons and captions that the border of an overlay runs through.
fn covered_titles(topology: &Topology, layout: &Layout) -> i64 {
    let overlays = topology.ids().filter(|&id| topology.element(id).overlay().is_some());
    let mut count = 0;
    for overlay in overlays {
        let frame = layout.boxes[overlay.index()].frame;
        for id in topology.ids().filter(|&id| id != overlay) {
            let placed = &layout.boxes[id.index()];
            let texts = [placed.icon, placed.label.as_ref().map(|label| label.frame)];
            count += texts.into_iter().flatten().filter(|rect| rect.overlaps(&frame) && !frame.contains(rect)).count()
                as i64;
        }
    }
    count
}

/// A straight piece of a net, from its lower to its higher coordinates.
type Run = (NetId, Point, Point);

/// The pieces of all nets, each once: level ones by their height, then upright ones.
fn runs(layout: &Layout) -> [Vec<Run>; 2] {
    let mut across = Vec::new();
    let mut down = Vec::new();
    for link in &layout.links {
        for pair in link.points.windows(2) {
            let run = (link.net, pair[0].min(pair[1]), pair[0].max(pair[1]));
            let axis = if pair[0].y == pair[1].y { Axis::Horizontal } else { Axis::Vertical };
            if axis == Axis::Horizontal { across.push(run) } else { down.push(run) }
        }
    }
    across.sort_unstable_by_key(|run| (run.1.y, *run));
    across.dedup();
    down.sort_unstable();
    down.dedup();
    [across, down]
}

/// Pieces of two nets that run along each other too closely to be told apart.
fn huddled([across, down]: &[Vec<Run>; 2]) -> i64 {
    let mut count = 0;
    for (runs, axis) in [(across, Axis::Horizontal), (down, Axis::Vertical)] {
        let height = |run: &Run| run.1.along(axis.other());
        for (index, one) in runs.iter().enumerate() {
            // They are sorted by their coordinate across.
            let near = runs[index + 1..].iter().take_while(|other| height(other) - height(one) < CLEAR);
            let beside = |other: &&Run| {
                one.0 != other.0
                    && one.1.along(axis).max(other.1.along(axis)) < one.2.along(axis).min(other.2.along(axis))
            };
            count += near.filter(beside).count() as i64;
        }
    }
    count
}

/// Ends of lines that turn so close to their box that the head has no shaft.
fn stubs(layout: &Layout) -> i64 {
    let short = |pair: [Option<&Point>; 2]| matches!(pair, [Some(end), Some(next)] if end.manhattan(*next) < STUB);
    let bent = layout.links.iter().map(|link| &link.points).filter(|points| points.len() > 2);
    bent.map(|points| {
        let mut back = points.iter().rev();
        i64::from(short([points.first(), points.get(1)])) + i64::from(short([back.next(), back.next()]))
    })
    .sum()
}

/// Points at which lines of two nets cross, each counted once.
fn crossings([across, down]: &[Vec<Run>; 2]) -> i64 {
    let mut seen = BTreeSet::new();
    for &(net, top, bottom) in down {
        let first = across.partition_point(|segment| segment.1.y <= top.y);
        for &(other, left, right) in across[first..].iter().take_while(|segment| segment.1.y < bottom.y) {
            if net != other && left.x < top.x && top.x < right.x {
                let pair = (net.min(other), net.max(other));
                seen.insert((pair, point(top.x, left.y)));
            }
        }
    }
    seen.len() as i64
}
