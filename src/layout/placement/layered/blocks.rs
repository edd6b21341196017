//! Positions across the flow: what can be one straight line is one.
//!
//! Segments are taken by how central they are in the fans at both ends, and their ends are united so that the ports
//! lie on one line. Vertices joined like this form a block, which has at most one vertex of each row, and blocks do not
//! cross; so blocks have an order from left to right. Between the sides of an even fan of equals no segment is united:
//! such a fork looks best with its handle in the middle. Then each block goes as near to its neighbours as the
//! distances allow.

use std::collections::BTreeMap;

use super::Gaps;
use super::crossings::places;
use super::layers::{Layers, Segment};
use crate::layout::separation::{Separation, Variable, solve, solve_roughly};

/// Positions are refined in this fraction of a px before they are rounded.
const FINE: i32 = 8;
/// Work on positions, in blocks times rounds.
const EFFORT: usize = 40_000;
/// Above this many blocks distances are kept, but positions are only near the best.
const LARGE: usize = 3000;
/// The most rounds in which blocks follow their neighbours.
const MOST_ROUNDS: usize = 40;
/// A step this small in a line looks like a mistake and is taken out if there is room, px.
const JOG: i32 = 14;
/// The price of a bent line, in px of its length.
const BEND: i32 = 60;
/// Between the labels of two lines side by side, px.
const LABEL_GAP: i32 = 8;
/// Equals differ in extent by no more than this share of the larger, in percent.
const EQUAL_WITHIN: i32 = 25;

/// The start across the flow of each vertex, px, from anywhere, and a price: the lower, the straighter the lines.
pub(super) fn across(layers: &Layers, rows: &[Vec<usize>], gaps: Gaps) -> (Vec<i32>, i64) {
    let blocks = Blocks::unite(layers, rows);
    let separations = blocks.separations(layers, rows, gaps);
    let links = blocks.links(layers);
    let mut positions = follow_neighbours(&blocks, &separations, &links);
    take_out_jogs(&separations, &links, &mut positions);
    let starts: Vec<i32> =
        (0..layers.len()).map(|vertex| positions[blocks.of[vertex]] + blocks.offset[vertex]).collect();
    let right = (0..layers.len()).map(|vertex| starts[vertex] + layers.extent(vertex)).max().unwrap_or(0);
    let extent = right - starts.iter().min().copied().unwrap_or(0);
    let bent = |link: &Link| {
        let step = positions[link.right] - positions[link.left] - link.shift;
        if step == 0 { 0 } else { link.weight * i64::from(step.abs() + BEND) }
    };
    (starts, links.iter().map(bent).sum::<i64>() + i64::from(extent))
}

/// Vertices that stand on common lines.
struct Blocks {
    /// The block of each vertex.
    of: Vec<usize>,
    /// The distance of each vertex's start from its block's position.
    offset: Vec<i32>,
    /// Where each block would stand if all rows were centred at 0.
    centered: Vec<Variable>,
    /// Of each segment whether it is a side of an even fan of equals.
    forked: Vec<bool>,
}

/// A bundle of lines between two blocks: it is straight when `right` stands `shift` px after `left`.
struct Link {
    left: usize,
    right: usize,
    shift: i32,
    weight: i64,
    /// A side of an even fan of equals, which stays bent.
    forked: bool,
}

impl Blocks {
    /// Unites what can be straight.
    fn unite(layers: &Layers, rows: &[Vec<usize>]) -> Self {
        let places = places(layers, rows);
        let (upper, forked) = joints(layers, &places);
        let mut blocks =
            Self { of: vec![0; layers.len()], offset: vec![0; layers.len()], centered: Vec::new(), forked };
        let mut members: Vec<(i64, i64)> = Vec::new();
        for &vertex in rows.iter().flatten() {
            if let Some(segment) = upper[vertex].map(|index| layers.segments[index]) {
                blocks.of[vertex] = blocks.of[segment.upper];
                blocks.offset[vertex] = blocks.offset[segment.upper] + segment.upper_port - segment.lower_port;
            } else {
                blocks.of[vertex] = members.len();
                members.push((0, 0));
            }
            let (sum, count) = &mut members[blocks.of[vertex]];
            *sum -= i64::from(blocks.offset[vertex] + layers.extent(vertex) / 2);
            *count += 1;
        }
        blocks.centered = members
            .into_iter()
            .map(|(sum, count)| Variable { desired: (sum / count) as i32, weight: count as i32 })
            .collect();
        blocks
    }

    /// The distances that rows ask of blocks, one for each pair of neighbours.
    fn separations(&self, layers: &Layers, rows: &[Vec<usize>], gaps: Gaps) -> Vec<Separation> {
        let mut least: BTreeMap<(usize, usize), i32> = BTreeMap::new();
        for pair in rows.iter().flat_map(|row| row.windows(2)) {
            let (a, b) = (pair[0], pair[1]);
            let distance = self.offset[a] + distance(layers, a, b, gaps) - self.offset[b];
            let entry = least.entry((self.of[a], self.of[b])).or_insert(distance);
            *entry = distance.max(*entry);
        }
        least.into_iter().map(|((left, right), gap)| Separation::at_least(left, right, gap)).collect()
    }

    /// The lines between different blocks.
    fn links(&self, layers: &Layers) -> Vec<Link> {
        layers
            .segments
            .iter()
            .zip(&self.forked)
            .filter(|(segment, _)| self.of[segment.upper] != self.of[segment.lower])
            .map(|(segment, &forked)| Link {
                left: self.of[segment.upper],
                right: self.of[segment.lower],
                shift: self.offset[segment.upper] + segment.upper_port
                    - self.offset[segment.lower]
                    - segment.lower_port,
                weight: segment.weight,
                forked,
            })
            .collect()
    }
}

/// The least distance between the starts of two neighbours of a row.
fn distance(layers: &Layers, a: usize, b: usize, gaps: Gaps) -> i32 {
    let gap = match (layers.is_lane(a), layers.is_lane(b)) {
        (true, true) => 0,
        (false, false) => gaps.across,
        _ => gaps.lane,
    };
    let label = |segments: &[usize]| segments.iter().map(|&index| layers.segments[index].label).max().unwrap_or(0);
    let axis = |vertex: usize| layers.items.get(vertex).map_or(layers.lane / 2, |item| item.axis);
    let labelled = [(&layers.up[a], &layers.up[b]), (&layers.down[a], &layers.down[b])]
        .into_iter()
        .map(|(a, b)| (label(a), label(b)))
        .filter(|&(a, b)| a > 0 && b > 0)
        .map(|(a, b)| (a + b + 1) / 2 + LABEL_GAP)
        .max();
    let apart = labelled.map_or(0, |room| room + axis(a) - axis(b));
    (layers.extent(a) + gap).max(apart)
}

/// For each vertex the segment above it that is straight; for each segment whether it is a side of an even fan of equals.
fn joints(layers: &Layers, places: &[usize]) -> (Vec<Option<usize>>, Vec<bool>) {
    let below = centrality(layers, places, &layers.down, |s| (s.upper_port, s.lower, s.lower_port));
    let above = centrality(layers, places, &layers.up, |s| (s.lower_port, s.upper, s.upper_port));
    let mut candidates: Vec<_> = layers
        .segments
        .iter()
        .enumerate()
        .filter_map(|(index, segment)| {
            let off_center = below[index]? + above[index]?;
            let lanes = u8::from(layers.is_lane(segment.upper)) + u8::from(layers.is_lane(segment.lower));
            let weight = std::cmp::Reverse(segment.weight);
            Some((off_center, lanes, weight, layers.ranks[segment.upper], places[segment.upper], index))
        })
        .collect();
    candidates.sort_unstable();
    let mut upper = vec![None; layers.len()];
    let mut used = vec![false; layers.len()];
    let mut joined: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); layers.count];
    let is_container = |vertex: usize| layers.items.get(vertex).is_some_and(|item| item.container);
    // A container stands on one common line only. What is central to another of its ports does not follow a neighbour
    // that matters less, so that it can go to that port by itself.
    let mut waits_below = vec![false; layers.len()];
    let mut waits_above = vec![false; layers.len()];
    for (off_center, .., index) in candidates {
        let segment = layers.segments[index];
        if off_center > 0 && (waits_below[segment.upper] || waits_above[segment.lower]) {
            continue;
        }
        let (from, to) = (places[segment.upper], places[segment.lower]);
        let gap = &mut joined[layers.ranks[segment.upper]];
        let crosses = gap.range(..from).next_back().is_some_and(|(_, &below)| below > to)
            || gap.range(from + 1..).next().is_some_and(|(_, &below)| below < to);
        if !used[segment.upper] && upper[segment.lower].is_none() && !crosses {
            used[segment.upper] = true;
            upper[segment.lower] = Some(index);
            gap.insert(from, to);
        } else if off_center == 0 {
            waits_below[segment.upper] |= is_container(segment.lower) && !used[segment.upper];
            waits_above[segment.lower] |= is_container(segment.upper) && upper[segment.lower].is_none();
        }
    }
    let forked = below.iter().zip(&above).map(|(below, above)| below.is_none() || above.is_none()).collect();
    (upper, forked)
}

/// How far each segment stands from the middle of the fan at one of its ends, in half places; `None` in an even fan of
/// equals, whose handle belongs between them.
///
/// A fan is what leaves one port; only its weightier half counts, the others come behind. `ends` tells of a segment
/// the port, the vertex at the far end and the port there.
fn centrality(
    layers: &Layers,
    places: &[usize],
    sides: &[Vec<usize>],
    ends: impl Fn(&Segment) -> (i32, usize, i32),
) -> Vec<Option<usize>> {
    let ends = |index: usize| ends(&layers.segments[index]);
    let weight = |index: usize| layers.segments[index].weight;
    let mut off_center = vec![Some(0); layers.segments.len()];
    for side in sides {
        let mut sorted = side.clone();
        sorted.sort_by_key(|&index| {
            let (port, far, far_port) = ends(index);
            (port, places[far], far_port)
        });
        for fan in sorted.chunk_by(|&a, &b| ends(a).0 == ends(b).0) {
            let heaviest = fan.iter().map(|&index| weight(index)).max().unwrap_or(0);
            let (strong, weak): (Vec<usize>, Vec<usize>) = fan.iter().partition(|&&index| 2 * weight(index) > heaviest);
            let count = strong.len();
            let is_fork = count > 0
                && count.is_multiple_of(2)
                && are_equals(layers, ends(strong[count / 2 - 1]).1, ends(strong[count / 2]).1);
            for (position, &index) in strong.iter().enumerate() {
                off_center[index] = (!is_fork).then(|| (2 * position + 1).abs_diff(count));
            }
            for index in weak {
                off_center[index] = (!is_fork).then_some(2 * count);
            }
        }
    }
    off_center
}

/// Whether two ends of a fan look alike, so that neither is the main one.
fn are_equals(layers: &Layers, a: usize, b: usize) -> bool {
    let (Some(first), Some(second)) = (layers.items.get(a), layers.items.get(b)) else { return false };
    let (small, large) = (first.extent.min(second.extent), first.extent.max(second.extent));
    a != b
        && first.container == second.container
        && (large - small) * 100 <= large * EQUAL_WITHIN
        && layers.up[a].len() == layers.up[b].len()
        && layers.down[a].len() == layers.down[b].len()
}

/// Moves blocks towards the weighted median of their neighbours, all at once and half of the way, as often as it helps.
fn follow_neighbours(blocks: &Blocks, separations: &[Separation], links: &[Link]) -> Vec<i32> {
    let count = blocks.centered.len();
    if count < 2 {
        return blocks.centered.iter().map(|variable| variable.desired).collect();
    }
    let solve = if count > LARGE { solve_roughly } else { solve };
    let fine: Vec<Separation> = separations.iter().map(|s| Separation { gap: s.gap * FINE, ..*s }).collect();
    let start: Vec<Variable> = blocks.centered.iter().map(|v| Variable { desired: v.desired * FINE, ..*v }).collect();
    let mut positions = solve(&start, &fine);
    let mut best = (bend(links, &positions), positions.clone());
    let mut before = Vec::new();
    let rounds = if links.is_empty() { 0 } else { (EFFORT / count).clamp(2, MOST_ROUNDS) };
    let mut wishes: Vec<Vec<(i32, i64)>> = vec![Vec::new(); count];
    for _ in 0..rounds {
        wishes.iter_mut().for_each(Vec::clear);
        for link in links {
            let shift = link.shift * FINE;
            wishes[link.left].push((positions[link.right] - shift, link.weight));
            wishes[link.right].push((positions[link.left] + shift, link.weight));
        }
        let variables: Vec<Variable> = wishes
            .iter_mut()
            .zip(&positions)
            .map(|(wishes, &position)| match weighted_median(wishes) {
                Some((median, weight)) => {
                    Variable { desired: (position + median).div_euclid(2), weight: weight.min(100_000) as i32 }
                }
                None => Variable { desired: position, weight: 1 },
            })
            .collect();
        let moved = solve(&variables, &fine);
        // Where nothing moves any more, or all goes back to where it was, every further round is like one before.
        let settled = moved == positions || moved == before;
        before = std::mem::replace(&mut positions, moved);
        if settled {
            break;
        }
        let cost = bend(links, &positions);
        if cost < best.0 {
            best = (cost, positions.clone());
        }
    }
    let wished: Vec<Variable> = best
        .1
        .iter()
        .map(|&position| Variable { desired: (position + FINE / 2).div_euclid(FINE), weight: 1 })
        .collect();
    solve(&wished, separations)
}

/// By how much lines between blocks are bent, weighted.
fn bend(links: &[Link], positions: &[i32]) -> i64 {
    links
        .iter()
        .map(|link| {
            let step = positions[link.right] - positions[link.left] - link.shift * FINE;
            i64::from(step.abs()) * link.weight
        })
        .sum()
}

/// The middle of all positions at which half of the weight lies on either side, and the weight in all.
fn weighted_median(wishes: &mut [(i32, i64)]) -> Option<(i32, i64)> {
    wishes.sort_unstable();
    let total: i64 = wishes.iter().map(|&(_, weight)| weight).sum();
    let mut sum = 0;
    let mut low = None;
    for &(position, weight) in wishes.iter() {
        sum += weight;
        if low.is_none() && 2 * sum >= total {
            low = Some(position);
        }
        if 2 * sum > total {
            return Some(((low? + position).div_euclid(2), total));
        }
    }
    None
}

/// Shifts blocks where that straightens a line, there is room, and no straight line is bent: by a few px whatever that does
/// to other lines, farther if lines get no longer on the whole. What has two wishes stood in the middle between them.
fn take_out_jogs(separations: &[Separation], links: &[Link], positions: &mut [i32]) {
    let mut near = vec![(Vec::new(), Vec::new()); positions.len()];
    for (index, separation) in separations.iter().enumerate() {
        near[separation.left].0.push(index);
        near[separation.right].0.push(index);
    }
    for (index, link) in links.iter().enumerate() {
        near[link.left].1.push(index);
        near[link.right].1.push(index);
    }
    let step = |link: &Link, positions: &[i32]| positions[link.right] - positions[link.left] - link.shift;
    for limit in [JOG, i32::MAX] {
        for link in links {
            let jog = step(link, positions);
            if jog == 0 || jog.abs() > limit {
                continue;
            }
            for (block, shift) in [(link.right, -jog), (link.left, jog)] {
                let own = || near[block].1.iter().map(|&index| &links[index]);
                let bent =
                    |positions: &[i32]| own().map(|l| i64::from(step(l, positions).abs()) * l.weight).sum::<i64>();
                let before = bent(positions);
                if own().any(|l| step(l, positions) == 0 || limit > JOG && l.forked) {
                    continue;
                }
                positions[block] += shift;
                let mut beside = near[block].0.iter().map(|&index| separations[index]);
                let fits = beside.all(|s| positions[s.right] - positions[s.left] >= s.gap);
                if fits && (limit == JOG || bent(positions) <= before) {
                    break;
                }
                positions[block] -= shift;
            }
        }
    }
}
