//! Links of several statements that together lead from each of some boxes to each of some others.
//!
//! Zones written out by hand say "all of these talk to all of those" link by link. Drawn one by one such links cross
//! each other by the dozen; as one net they are one bus.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::nets::{Class, Unit};
use super::terminals::TerminalId;

/// Ends with more units than this are left out of the search, which looks at pairs of units at one end.
const MOST_UNITS: usize = 64;

type Ends = Vec<TerminalId>;

/// Joins those of `units` that `may` share a trunk into the largest complete bundles there are, largest first.
///
/// A bundle has at least two ends on both sides; each of its sources is linked with each of its targets, and all its
/// lines look and read alike.
pub(super) fn merge(units: Vec<Unit>, may: impl Fn(&Unit) -> bool) -> Vec<Unit> {
    let mut classes: BTreeMap<Class, Vec<usize>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate().filter(|(_, unit)| may(unit)) {
        classes.entry(unit.class.clone()).or_default().push(index);
    }
    let mut units: Vec<Option<Unit>> = units.into_iter().map(Some).collect();
    let mut bundles = Vec::new();
    for members in classes.into_values() {
        // What hangs together is searched by itself: every bundle taken means one more search.
        let mut found = Vec::new();
        for mut graph in Graph::new(&units, &members).parts() {
            while let Some(bundle) = graph.largest() {
                let taken = graph.take(&bundle);
                found.push((Reverse(bundle.links()), bundle.sources, taken));
            }
        }
        found.sort();
        for (_, _, taken) in found {
            bundles.extend(taken.into_iter().filter_map(|unit| units[unit].take()).reduce(union));
        }
    }
    units.into_iter().flatten().chain(bundles).collect()
}

/// Both units as one, whose ends are known to be complete.
fn union(mut one: Unit, other: Unit) -> Unit {
    one.links.extend(other.links);
    one.links.sort_unstable();
    for (ends, more) in [(&mut one.sources, other.sources), (&mut one.targets, other.targets)] {
        ends.extend(more);
        ends.sort_unstable();
        ends.dedup();
    }
    one
}

/// Units as the edges between what they lead from and what they lead to.
struct Graph {
    /// By source ends: the target ends, with the unit.
    down: BTreeMap<Ends, BTreeMap<Ends, usize>>,
    /// By target ends: the source ends.
    up: BTreeMap<Ends, BTreeSet<Ends>>,
}

/// Complete from each of the sources to each of the targets.
struct Bundle {
    sources: Vec<Ends>,
    targets: Vec<Ends>,
}

impl Bundle {
    /// How many links become one net, at least.
    fn links(&self) -> usize {
        let count = |ends: &[Ends]| ends.iter().map(Vec::len).sum::<usize>();
        count(&self.sources) * count(&self.targets)
    }

    /// Whether no terminal stands in it twice: no pair would be drawn twice, and nothing leads to itself.
    fn is_plain(&self) -> bool {
        let mut all: Vec<TerminalId> = self.sources.iter().chain(&self.targets).flatten().copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        all.len() == count
    }
}

impl Graph {
    fn new(units: &[Option<Unit>], members: &[usize]) -> Self {
        let mut graph = Self { down: BTreeMap::new(), up: BTreeMap::new() };
        for &member in members {
            let Some(unit) = &units[member] else { continue };
            // A second unit between the same ends stays by itself.
            let targets = graph.down.entry(unit.sources.clone()).or_default();
            if !targets.contains_key(&unit.targets) {
                targets.insert(unit.targets.clone(), member);
                graph.up.entry(unit.targets.clone()).or_default().insert(unit.sources.clone());
            }
        }
        graph
    }

    /// The parts that hang together, in the order of their first sources.
    fn parts(mut self) -> Vec<Self> {
        let mut parts = Vec::new();
        while let Some((source, _)) = self.down.first_key_value() {
            let mut part = Self { down: BTreeMap::new(), up: BTreeMap::new() };
            let mut open = vec![source.clone()];
            while let Some(source) = open.pop() {
                let Some(targets) = self.down.remove(&source) else { continue };
                for target in targets.keys() {
                    if let Some(sources) = self.up.remove(target) {
                        open.extend(sources.iter().cloned());
                        part.up.insert(target.clone(), sources);
                    }
                }
                part.down.insert(source, targets);
            }
            parts.push(part);
        }
        parts
    }

    /// The bundle of the most links, the first of equals.
    fn largest(&self) -> Option<Bundle> {
        let mut best: Option<Bundle> = None;
        for (source, targets) in self.down.iter().filter(|entry| (2..=MOST_UNITS).contains(&entry.1.len())) {
            let others: BTreeSet<&Ends> =
                targets.keys().flat_map(|target| &self.up[target]).filter(|&other| other > source).collect();
            for other in others.into_iter().take(MOST_UNITS) {
                let Some(bundle) = self.around(source, other) else { continue };
                if best.as_ref().is_none_or(|best| bundle.links() > best.links()) {
                    best = Some(bundle);
                }
            }
        }
        best
    }

    /// What two sources have in common, with all sources that have it too.
    fn around(&self, one: &Ends, other: &Ends) -> Option<Bundle> {
        let targets: Vec<Ends> =
            self.down[one].keys().filter(|target| self.down[other].contains_key(*target)).cloned().collect();
        let first = targets.get(1).and(targets.first())?;
        let complete = |source: &&Ends| targets.iter().all(|target| self.down[*source].contains_key(target));
        let sources: Vec<Ends> = self.up[first].iter().filter(complete).cloned().collect();
        let bundle = Bundle { sources, targets };
        bundle.is_plain().then_some(bundle)
    }

    /// Removes a bundle; returns its units.
    fn take(&mut self, bundle: &Bundle) -> Vec<usize> {
        let mut units = Vec::new();
        for source in &bundle.sources {
            for target in &bundle.targets {
                units.extend(self.down.get_mut(source).and_then(|targets| targets.remove(target)));
                if let Some(sources) = self.up.get_mut(target) {
                    sources.remove(source);
                }
            }
        }
        units
    }
}
