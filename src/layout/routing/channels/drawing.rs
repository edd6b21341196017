//! From runs with places to lines in px.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ports::end_of_icon;
use super::super::strands::straighten;
use super::super::terminals::TerminalId;
use super::slices::NONE;
use super::web::Pin;
use super::widening::Widening;
use crate::geometry::{Axis, Point, Side, point};
use crate::layout::placement::Placement;

/// What a net draws: for each place the places that it is joined with.
pub(super) type Tree = BTreeMap<Point, Vec<Point>>;

/// Absolute coordinates.
pub(super) struct Drawing<'a> {
    widening: &'a Widening<'a>,
    /// The placement with final frames.
    placement: &'a Placement,
    /// By slice: its origin.
    origins: &'a [Point],
    /// By net: its runs.
    runs: Vec<Vec<usize>>,
}

/// Where every slice begins in the picture.
pub(super) fn origins(widening: &Widening<'_>) -> Vec<Point> {
    let mut origins: Vec<Point> = Vec::with_capacity(widening.at.len());
    for (slice, at) in widening.slices.slices.iter().zip(&widening.at) {
        let outer = origins.get(slice.parent).copied().unwrap_or_default();
        origins.push(outer.offset(at.x, at.y));
    }
    origins
}

impl<'a> Drawing<'a> {
    /// Prepares to draw.
    pub(super) fn new(widening: &'a Widening<'a>, placement: &'a Placement, origins: &'a [Point]) -> Self {
        let mut runs = vec![Vec::new(); widening.web.nets.len()];
        for (index, run) in widening.web.runs.iter().enumerate() {
            runs[run.net].push(index);
        }
        Self { widening, placement, origins, runs }
    }

    /// Where a run lies across its channel.
    fn across(&self, run: usize) -> i32 {
        let run = &self.widening.web.runs[run];
        let channel = &self.widening.slices.channels[run.channel];
        let axis = channel.run.other();
        self.origins[channel.slice].along(axis) + self.widening.origins[run.channel].along(axis) + run.across
    }

    /// The place of a run at a coordinate along it.
    fn on(&self, run: usize, along: i32) -> Point {
        let channel = self.widening.web.runs[run].channel;
        let across = self.across(run);
        if self.widening.slices.channels[channel].run == Axis::Horizontal {
            point(along, across)
        } else {
            point(across, along)
        }
    }

    /// Where a pin touches its box or border; `None` for a stem.
    fn end(&self, pin: Pin) -> Option<Point> {
        let on_side = |side: Side, edge: i32, along: i32| {
            if side.axis() == Axis::Vertical { point(along, edge) } else { point(edge, along) }
        };
        match pin {
            Pin::Port(port) => {
                let port = self.widening.web.ports[port];
                let icon = self.placement.frames[port.owner.index()];
                let along = icon.center().along(port.side.axis().other()) + port.offset;
                Some(on_side(port.side, end_of_icon(self.placement, port.owner.index(), port.side), along))
            }
            Pin::Gate(gate) => {
                let gate = self.widening.web.gates[gate];
                let origin = self.origins[gate.slice];
                let border = self.widening.frames[gate.slice].offset(origin.x, origin.y);
                let along = origin.along(gate.side.axis().other()) + gate.along;
                Some(on_side(gate.side, border.edge(gate.side), along))
            }
            Pin::Stem(_) => None,
        }
    }

    /// The lines of a net.
    pub(super) fn tree(&self, net: usize) -> Tree {
        let mut tree = Tree::new();
        let mut join = |one: Point, other: Point| {
            if one != other {
                tree.entry(one).or_default().push(other);
                tree.entry(other).or_default().push(one);
            }
        };
        for &index in &self.runs[net] {
            let run = &self.widening.web.runs[index];
            let axis = self.widening.slices.channels[run.channel].run;
            let mut places: Vec<i32> =
                run.ends.iter().filter(|end| **end != NONE).map(|&bar| self.across(bar)).collect();
            for &(pin, _) in &run.pins {
                match (pin, self.end(pin)) {
                    (Pin::Stem(stem), _) => places.push(self.across(stem)),
                    (_, Some(end)) => {
                        places.push(end.along(axis));
                        join(end, self.on(index, end.along(axis)));
                    }
                    _ => {}
                }
            }
            places.sort_unstable();
            places.dedup();
            for pair in places.windows(2) {
                join(self.on(index, pair[0]), self.on(index, pair[1]));
            }
        }
        tree
    }

    /// The line from one end of a net to another.
    pub(super) fn line(&self, net: usize, tree: &Tree, (from, to): (TerminalId, TerminalId)) -> Option<Vec<Point>> {
        let ends = &self.widening.web.nets[net].ends;
        let place = |id: TerminalId| ends.iter().find(|end| end.0 == id).and_then(|end| self.end(end.1));
        let (from, to) = (place(from)?, place(to)?);
        let mut before: BTreeMap<Point, Point> = BTreeMap::new();
        let mut open = std::collections::VecDeque::from([from]);
        while let Some(at) = open.pop_front() {
            if at == to {
                let mut line: Vec<Point> =
                    std::iter::successors(Some(to), |at| before.get(at).copied().filter(|_| *at != from)).collect();
                line.reverse();
                return Some(straighten(&line)).filter(|line| line.len() > 1);
            }
            for &next in tree.get(&at).into_iter().flatten() {
                if next != from && !before.contains_key(&next) {
                    before.insert(next, at);
                    open.push_back(next);
                }
            }
        }
        None
    }
}

/// The places where lines of a net leave in three or four directions.
pub(super) fn junctions(tree: &Tree) -> Vec<Point> {
    let directions = |at: &Point, others: &[Point]| -> usize {
        let unit = |other: &Point| ((other.x - at.x).signum(), (other.y - at.y).signum());
        others.iter().map(unit).collect::<BTreeSet<_>>().len()
    };
    tree.iter().filter(|(at, others)| directions(at, others) > 2).map(|(&at, _)| at).collect()
}
