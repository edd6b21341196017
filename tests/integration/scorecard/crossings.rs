//! Lines against lines.

use std::collections::{BTreeMap, BTreeSet};

use super::drawing::Drawing;
use super::plane::{NEAR, Spot, Stretch, common_piece, crossing};

/// How lines meet.
#[derive(Debug, Default)]
pub struct Crossings {
    /// Crossing points per pair of links without a common end.
    pub strict: usize,
    /// Crossing points per pair of links.
    pub all: usize,
    /// Crossing points as the eye sees them: each once for all links that share a trunk.
    pub drawn: usize,
    /// How long links without a common end run on top of each other, px.
    pub overlap: f64,
}

/// Where two links meet.
#[derive(Default)]
struct Meeting {
    points: Vec<Spot>,
    stretches: Vec<Stretch>,
}

/// The fractional part of a multiple of `step`: spreads the numbers of links evenly.
fn spread(index: usize, step: f64) -> f64 {
    (index as f64 * step).fract()
}

/// Counts how lines meet.
///
/// Each link is shifted by its own tiny offset (below 0.01 px), so that no corner lies exactly on another line and only
/// proper crossings exist. The points of a pair that lie within 1 px of each other, or on a common stretch, are one
/// cluster, which counts if their number is odd: to touch and to part again is no crossing. Neither is a cluster at the
/// end of a line.
pub fn count(drawing: &Drawing) -> Crossings {
    let mut counts = Crossings::default();
    let mut drawn = BTreeSet::new();
    for ((a, b), meeting) in meetings(drawing) {
        let (one, other) = (&drawing.lines[a], &drawing.lines[b]);
        if one.net == other.net {
            continue;
        }
        let shared = [one.from, one.to].iter().any(|end| [other.from, other.to].contains(end));
        if !shared {
            counts.overlap += meeting.stretches.iter().map(|(from, to)| from.distance(*to)).sum::<f64>();
        }
        let points = clusters(&meeting, [&one.points, &other.points]);
        counts.all += points.len();
        counts.strict += if shared { 0 } else { points.len() };
        let nets = if one.net <= other.net { (&one.net, &other.net) } else { (&other.net, &one.net) };
        let cell = |at: f64| (at / 3.0).round_ties_even() as i64;
        drawn.extend(points.iter().map(|at| (nets, cell(at.x), cell(at.y))));
    }
    counts.drawn = drawn.len();
    counts
}

/// Where each pair of links meets.
fn meetings(drawing: &Drawing) -> BTreeMap<(usize, usize), Meeting> {
    let mut pieces: Vec<(usize, Stretch, Stretch)> = Vec::new();
    for (index, line) in drawing.lines.iter().enumerate() {
        let by = [0.618_033_988_7, 0.754_877_666_2].map(|step| 0.001 + 0.008 * spread(index, step));
        let shifted = |at: Spot| Spot { x: at.x + by[0], y: at.y + by[1] };
        let stretches = line.points.windows(2).map(|pair| (pair[0], pair[1]));
        pieces.extend(stretches.map(|piece| (index, piece, (shifted(piece.0), shifted(piece.1)))));
    }
    let mut meetings: BTreeMap<(usize, usize), Meeting> = BTreeMap::new();
    for (position, &(a, one, one_shifted)) in pieces.iter().enumerate() {
        for &(b, other, other_shifted) in pieces[position + 1..].iter().filter(|piece| piece.0 != a) {
            if apart(one, other) {
                continue;
            }
            let point = crossing(one_shifted, other_shifted);
            let stretch = common_piece(one, other);
            if point.is_some() || stretch.is_some() {
                let meeting = meetings.entry((a, b)).or_default();
                meeting.points.extend(point);
                meeting.stretches.extend(stretch);
            }
        }
    }
    meetings
}

/// Whether two stretches are too far apart to meet.
fn apart((p, q): Stretch, (c, d): Stretch) -> bool {
    p.x.max(q.x) + NEAR < c.x.min(d.x)
        || c.x.max(d.x) + NEAR < p.x.min(q.x)
        || p.y.max(q.y) + NEAR < c.y.min(d.y)
        || c.y.max(d.y) + NEAR < p.y.min(q.y)
}

/// The first point of every cluster that counts.
fn clusters(meeting: &Meeting, lines: [&[Spot]; 2]) -> Vec<Spot> {
    let points = meeting.points.iter().map(|&at| (at, at));
    let items: Vec<Stretch> = points.chain(meeting.stretches.iter().copied()).collect();
    let mut group: Vec<usize> = (0..items.len()).collect();
    for a in 0..items.len() {
        for b in a + 1..items.len() {
            let (one, other) = (items[a], items[b]);
            let near = [(one.0, other), (one.1, other), (other.0, one), (other.1, one)];
            if group[a] != group[b] && near.iter().any(|(at, stretch)| at.distance_to(*stretch) <= NEAR) {
                let (kept, merged) = (group[a], group[b]);
                group.iter_mut().filter(|group| **group == merged).for_each(|group| *group = kept);
            }
        }
    }
    let ends = lines.iter().flat_map(|line| [line.first(), line.last()]).flatten();
    let ends: Vec<Spot> = ends.copied().collect();
    let mut found = Vec::new();
    for name in 0..items.len() {
        let of_group: Vec<usize> = (0..items.len()).filter(|&item| group[item] == name).collect();
        let crossing = of_group.iter().filter(|&&item| item < meeting.points.len());
        let at_end = of_group.iter().any(|&item| ends.iter().any(|end| end.distance_to(items[item]) <= NEAR));
        let odd = crossing.clone().count() % 2 == 1;
        found.extend(crossing.min().filter(|_| odd && !at_end).map(|&item| items[item].0));
    }
    found
}
