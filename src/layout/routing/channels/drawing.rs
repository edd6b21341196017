//! From runs with places to lines in px.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::super::ports::end_of_icon;
use super::super::strands::straighten;
use super::super::terminals::TerminalId;
use super::slices::{Channel, NONE};
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
    for (slice, at) in widening.slices.table.iter().zip(&widening.at) {
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

    /// Where a run lies across its channel at its low or high end.
    fn across(&self, run: usize, end: usize) -> i32 {
        let across = &self.widening.web.runs[run].across;
        let place = if end == 0 { across.first() } else { across.last() };
        self.base(run, true) + place.map_or(0, |place| place.1)
    }

    /// Where the channel of a run begins, across or along it.
    fn base(&self, run: usize, across: bool) -> i32 {
        let channel = self.widening.web.runs[run].channel;
        let Channel { run, slice, .. } = self.widening.slices.channels[channel];
        let origin = self.origins[slice];
        // Places along a channel are those of its slice, or begin where the content of its container does.
        if across {
            origin.along(run.other()) + self.widening.origins[channel].along(run.other())
        } else {
            origin.along(run) + self.widening.origins[channel].along(run)
        }
    }

    /// The tracks of a run, px: from where, to where, and where across.
    fn tracks(&self, run: usize) -> Vec<(i32, i32, i32)> {
        let (along, across) = (self.base(run, false), self.base(run, true));
        let places = &self.widening.web.runs[run].across;
        let start = |index: usize| if index == 0 { i32::MIN } else { along + places[index].0 };
        let end = |index: usize| places.get(index + 1).map_or(i32::MAX, |next| along + next.0);
        places.iter().enumerate().map(|(index, place)| (start(index), end(index), across + place.1)).collect()
    }

    /// Where the run of a channel lies that ends at `bar`, across its own channel.
    fn stem_across(&self, stem: usize, bar: usize) -> i32 {
        let end = usize::from(self.widening.web.runs[stem].ends[1] == bar);
        self.across(stem, end)
    }

    /// Where a run lies, across its channel, at the place where `stem` ends at it.
    fn bar_across(&self, bar: usize, stem: usize, end: usize) -> i32 {
        let along = self.across(stem, end);
        self.tracks(bar).iter().find(|track| along <= track.1).map_or(0, |track| track.2)
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
            let on = |along: i32, across: i32| {
                if axis == Axis::Horizontal { point(along, across) } else { point(across, along) }
            };
            let tracks = self.tracks(index);
            let across = |along: i32| tracks.iter().find(|track| along <= track.1).map_or(0, |track| track.2);
            let mut places: Vec<i32> = (0..2)
                .filter(|&end| run.ends[end] != NONE)
                .map(|end| self.bar_across(run.ends[end], index, end))
                .collect();
            for &(pin, _) in &run.pins {
                match (pin, self.end(pin)) {
                    (Pin::Stem(stem), _) => places.push(self.stem_across(stem, index)),
                    (_, Some(end)) => {
                        let along = end.along(axis);
                        places.push(along);
                        join(end, on(along, across(along)));
                    }
                    _ => {}
                }
            }
            for pair in tracks.windows(2) {
                join(on(pair[0].1, pair[0].2), on(pair[0].1, pair[1].2));
            }
            for &(from, to, across) in &tracks {
                let inside = places.iter().copied().filter(|at| (from..=to).contains(at));
                let changes = [from, to].into_iter().filter(|&at| at != i32::MIN && at != i32::MAX);
                let mut here: Vec<i32> = inside.chain(changes).collect();
                here.sort_unstable();
                here.dedup();
                for pair in here.windows(2) {
                    join(on(pair[0], across), on(pair[1], across));
                }
            }
        }
        tree
    }

    /// The ways from the root of a net to all its ends.
    pub(super) fn rooted(&self, net: usize, tree: &Tree) -> Rooted {
        let this = &self.widening.web.nets[net];
        let ends: BTreeMap<TerminalId, Point> =
            this.ends.iter().filter_map(|&(id, pin)| Some((id, self.end(pin)?))).collect();
        let mut before: BTreeMap<Point, Point> = BTreeMap::new();
        if let Some(&root) = ends.get(&this.root) {
            let mut open = VecDeque::from([root]);
            while let Some(at) = open.pop_front() {
                for &next in tree.get(&at).into_iter().flatten() {
                    if next != root && !before.contains_key(&next) {
                        before.insert(next, at);
                        open.push_back(next);
                    }
                }
            }
        }
        Rooted { root: this.root, ends, before }
    }
}

/// The tree of a net seen from its root.
pub(super) struct Rooted {
    root: TerminalId,
    ends: BTreeMap<TerminalId, Point>,
    /// By place: the next one on the way to the root.
    before: BTreeMap<Point, Point>,
}

impl Rooted {
    /// The line between the root and another end, in the order given.
    pub(super) fn line(&self, (from, to): (TerminalId, TerminalId)) -> Option<Vec<Point>> {
        let leaf = if from == self.root { to } else { from };
        let (leaf, root) = (self.ends.get(&leaf)?, self.ends.get(&self.root)?);
        let mut line: Vec<Point> = std::iter::successors(Some(*leaf), |at| self.before.get(at).copied()).collect();
        if from == self.root {
            line.reverse();
        }
        let whole = [line.first(), line.last()].contains(&Some(root));
        Some(straighten(&line)).filter(|line| whole && line.len() > 1)
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
