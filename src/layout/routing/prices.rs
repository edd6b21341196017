//! What lines cost, in px of plain line.

use super::lattice::{Lattice, Segment};
use super::nesting::Nesting;
use super::terminals::Terminal;
use crate::topology::{BoxId, GroupStyle, Topology};

/// A bend.
pub(super) const BEND: u32 = 60;
/// A crossing. At 45 lines crossed a bus twice to save 40 px; readers see each pair of links (layout.md 3.7).
pub(super) const CROSSING: u32 = 110;
/// Entering a container that holds no end of the line.
const ENTRY: u32 = 400;
/// A port with another net within a few px of it.
pub(super) const CROWDED_PORT: u32 = 120;
/// A bend too near to a port: an arrow head without a line behind it.
pub(super) const SHORT_STUB: u32 = 90;
/// Leaving a trunk sideways.
pub(super) const BRANCH: u32 = 25;
/// A second line out of the one end that all links of a net share.
pub(super) const SECOND_PORT: u32 = 50;
/// Running through an obstacle, where nothing else is left: once, and per px.
const THROUGH: (u32, u32) = (3_000, 60);
/// Running along another net, where nothing else is left: once, and per px.
const ALONG: (u32, u32) = (800, 20);
/// Meeting another net in a corner, where nothing else is left.
pub(super) const TOUCHING: u32 = 1_200;

/// Tenths of its length that a line costs in a container where no end of it is at home.
const FOREIGN_INNERMOST: u32 = 80;
const FOREIGN_ZONE: u32 = 70;
const FOREIGN_CONTAINER: u32 = 60;
const FOREIGN_OVERLAY: u32 = 13;
/// The same outside the innermost container of all ends: replication must not leave the cloud.
const OUTSIDE: u32 = 40;
const PLAIN: u32 = 10;
/// The same where one end is at home, but not its likes: of two equal ways the one that enters late is taken.
const OF_ONE_END: u32 = 12;

/// What a line costs where, for one net at a time.
#[derive(Debug)]
pub(super) struct Tariff {
    /// By `BoxId`: tenths, where a line is not at home.
    weights: Vec<u32>,
    /// By `BoxId`: the generation in which it was at home.
    home: Vec<u32>,
    /// By `BoxId`: the net of which all ends on one side are at home there.
    common: Vec<u32>,
    /// By `BoxId`: the net whose end it is.
    own: Vec<u32>,
    /// By class: generation and tenths.
    known: Vec<(u32, u32)>,
    generation: u32,
    owner: u32,
    within: Option<BoxId>,
    base: Vec<BoxId>,
}

impl Tariff {
    /// Prepares the tables for a topology.
    pub(super) fn new(topology: &Topology, nesting: &Nesting) -> Self {
        let weight = |id: BoxId| match topology.element(id) {
            element if element.overlay().is_some() => FOREIGN_OVERLAY,
            _ if nesting.is_innermost(id) => FOREIGN_INNERMOST,
            element if element.container().is_some_and(|container| container.style == GroupStyle::Zone) => FOREIGN_ZONE,
            _ => FOREIGN_CONTAINER,
        };
        let boxes = topology.boxes.len();
        Self {
            weights: topology.ids().map(weight).collect(),
            home: vec![0; boxes],
            common: vec![0; boxes],
            own: vec![0; boxes],
            known: Vec::new(),
            generation: 1,
            owner: 1,
            within: None,
            base: Vec::new(),
        }
    }

    /// Turns to a net: a container is home for its trunk if it holds all sources or all targets.
    pub(super) fn turn_to(&mut self, sources: &[&Terminal], targets: &[&Terminal]) {
        self.owner += 1;
        for terminal in sources.iter().chain(targets) {
            self.own[terminal.owner.index()] = self.owner;
        }
        let shared = |group: &[&Terminal]| -> Vec<BoxId> {
            let first = group[0].homes.iter();
            first.filter(|home| group.iter().all(|other| other.homes.contains(home))).copied().collect()
        };
        let (of_sources, of_targets) = (shared(sources), shared(targets));
        let is_container = |home: &&BoxId| self.weights[home.index()] != FOREIGN_OVERLAY;
        self.within = of_sources.iter().filter(is_container).find(|home| of_targets.contains(home)).copied();
        self.base = of_sources;
        self.base.extend(of_targets);
        for home in &self.base {
            self.common[home.index()] = self.owner;
        }
    }

    /// Whether the present net ends at a box, given as its number.
    #[inline]
    pub(super) fn owns(&self, id: u32) -> bool {
        self.own.get(id as usize).is_some_and(|&owner| owner == self.owner)
    }

    /// What it costs to branch off a line here: the link to the new end runs through every container that holds this
    /// place, also where its neighbours are at home.
    pub(super) fn branching(&mut self, lattice: &Lattice, class: u32) -> u32 {
        let tenths = self.tenths(lattice, class);
        if tenths > FOREIGN_OVERLAY && tenths != OUTSIDE { ENTRY } else { 0 }
    }

    /// Lets the homes of `ends` be free too, beside those of the trunk.
    pub(super) fn open_for(&mut self, ends: &[&Terminal]) {
        self.generation += 1;
        for home in self.base.iter().chain(ends.iter().flat_map(|end| &end.homes)) {
            self.home[home.index()] = self.generation;
        }
    }

    /// Tenths of its length that a line costs in a class of places.
    #[inline]
    pub(super) fn tenths(&mut self, lattice: &Lattice, class: u32) -> u32 {
        match self.known.get(class as usize) {
            Some(&(generation, tenths)) if generation == self.generation => tenths,
            _ => self.find_tenths(lattice, class),
        }
    }

    fn find_tenths(&mut self, lattice: &Lattice, class: u32) -> u32 {
        let index = class as usize;
        if self.known.len() <= index {
            self.known.resize(lattice.classes.len().max(index + 1), (0, 0));
        }
        let mut tenths = PLAIN;
        let mut inside = self.within.is_none();
        let mut rest = class;
        while let Some(holder) = lattice.classes[rest as usize].holder {
            if self.home[holder.index()] != self.generation {
                tenths = tenths.max(self.weights[holder.index()]);
            } else if self.common[holder.index()] != self.owner && self.weights[holder.index()] > FOREIGN_OVERLAY {
                tenths = tenths.max(OF_ONE_END);
            }
            inside |= self.within == Some(holder);
            rest = lattice.classes[rest as usize].outer;
        }
        if !inside {
            tenths = tenths.max(OUTSIDE);
        }
        self.known[index] = (self.generation, tenths);
        tenths
    }

    /// The price of a segment of `length` px, and its tenths; `None` if it is not to be had. `before` are the tenths
    /// of the place that the line comes from.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it is the innermost of all loops: a call takes a twentieth of a whole layout"
    )]
    pub(super) fn segment(
        &mut self,
        lattice: &Lattice,
        segment: &Segment,
        length: u32,
        before: Option<u32>,
        desperate: bool,
    ) -> Option<(u32, u32)> {
        let mut price = 0;
        if segment.is_blocked(|id| self.own[id as usize] == self.owner) {
            if !desperate {
                return None;
            }
            price += THROUGH.0 + THROUGH.1 * length;
        }
        if segment.is_taken() {
            if !desperate {
                return None;
            }
            price += ALONG.0 + ALONG.1 * length;
        } else if segment.is_near() {
            price += 2 * length;
        }
        let tenths = self.tenths(lattice, segment.class);
        price += length * tenths / 10 + length * u32::from(segment.hug);
        if before.is_some_and(|before| tenths > before) && tenths > FOREIGN_OVERLAY && tenths != OUTSIDE {
            price += ENTRY;
        }
        Some((price, tenths))
    }
}
