//! Which nets of different statements become one: buses, fans, and complete groups.
//!
//! Before and after: units that are complete from every source to every target. Only what looks alike is joined, and
//! what is written on one line is written on all, so that one label serves the trunk.

use std::collections::BTreeMap;

use super::nets::{Class, Planner, Unit};
use super::terminals::{Attach, TerminalId};
use crate::geometry::Side;
use crate::topology::{BoxId, GroupStyle};

/// Fewest links of one end that share a trunk though their other ends differ in role; copies of one role do so from
/// two on.
const FAN: usize = 3;

/// With more sources than this, parts that several have in common are not looked for.
const MANY_SOURCES: usize = 120;

/// What links to one dock, or to outsiders of one place, have in common: sources, place, dock and look.
type BusKey = (Vec<TerminalId>, Option<BoxId>, Option<Side>, (bool, u8));
/// What links into one target have in common: it, the place of their sources, the half on which they stand, and look.
type FanInKey = (TerminalId, Option<BoxId>, u8, Class);
/// Units of one look and of the same sources, with all their targets together.
type Reach = (Vec<TerminalId>, Vec<usize>, Vec<TerminalId>);

/// Joins units as far as that stays honest.
pub(super) fn merge(planner: &Planner<'_>, units: Vec<Unit>) -> Vec<Unit> {
    let fan = |ends: &[TerminalId]| ends.len() >= FAN || ends.len() > 1 && planner.one_role(ends);
    let units =
        by_key(units, |unit| bus_key(planner, unit), |merged| merged.sources.len() > 1 || merged.targets.len() >= FAN);
    let units = complete_groups(planner, units);
    let units = shared_parts(planner, units);
    let units = by_key(units, fan_out_key, |merged| fan(&merged.targets));
    let units = by_key(units, |unit| copies_in_key(planner, unit), |merged| merged.sources.len() > 1);
    by_key(units, |unit| fan_in_key(planner, unit), |merged| fan(&merged.sources))
}

/// Units with one key are joined where `enough` finds the union worth it. Units that would draw a pair twice stay
/// apart.
fn by_key<K: Ord>(units: Vec<Unit>, key: impl Fn(&Unit) -> Option<K>, enough: impl Fn(&Unit) -> bool) -> Vec<Unit> {
    let mut groups: BTreeMap<K, Vec<Unit>> = BTreeMap::new();
    let mut result = Vec::new();
    for unit in units {
        match key(&unit) {
            Some(key) => groups.entry(key).or_default().push(unit),
            None => result.push(unit),
        }
    }
    for group in groups.into_values() {
        let mut union: Option<Unit> = None;
        let mut parts = Vec::new();
        for unit in group {
            let joined = union.as_ref().map_or_else(|| Some(unit.clone()), |known| join(known, &unit));
            match joined {
                Some(joined) => {
                    union = Some(joined);
                    parts.push(unit);
                }
                None => result.push(unit),
            }
        }
        match union {
            Some(union) if parts.len() > 1 && enough(&union) => result.push(union),
            _ => result.extend(parts),
        }
    }
    result
}

/// Two units with the same sources or the same targets as one; `None` if that would draw a pair twice or invent one.
fn join(one: &Unit, other: &Unit) -> Option<Unit> {
    let meet = |a: &[TerminalId], b: &[TerminalId]| a.iter().any(|id| b.contains(id));
    let same_sources = one.sources == other.sources && !meet(&one.targets, &other.targets);
    let same_targets = one.targets == other.targets && !meet(&one.sources, &other.sources);
    if !same_sources && !same_targets {
        return None;
    }
    let mut joined = one.clone();
    joined.links.extend(&other.links);
    joined.links.sort_unstable();
    let ends = if same_sources { &mut joined.targets } else { &mut joined.sources };
    ends.extend(if same_sources { &other.targets } else { &other.sources });
    ends.sort_unstable();
    Some(joined)
}

/// The same sources towards one dock, or towards the outsiders of one place: what is written stays on the branches.
fn bus_key(planner: &Planner<'_>, unit: &Unit) -> Option<BusKey> {
    let owner = planner.terminal(unit.targets[0]).owner;
    let element = planner.topology.element(owner);
    let dock = planner.placement.docks[owner.index()];
    let external = element.node().is_some_and(|node| node.external);
    let look = (unit.class.dashed, unit.class.arrow);
    (unit.open && (dock.is_some() || external)).then(|| (unit.sources.clone(), element.parent, dock, look))
}

fn fan_out_key(unit: &Unit) -> Option<(TerminalId, Class)> {
    (may_fan(unit) && unit.sources.len() == 1).then(|| (unit.sources[0], unit.class.clone()))
}

fn fan_in_key(planner: &Planner<'_>, unit: &Unit) -> Option<FanInKey> {
    let place = |id: &TerminalId| place(planner, *id);
    let first = place(&unit.sources[0]);
    let neighbours = unit.sources.iter().all(|source| place(source) == first);
    (may_fan(unit) && unit.targets.len() == 1 && neighbours)
        .then(|| (unit.targets[0], first, unit.half, unit.class.clone()))
}

/// Copies may stand in different places: the accounts of a company send their trails to one bucket.
fn copies_in_key<'a>(planner: &Planner<'a>, unit: &Unit) -> Option<(&'a str, FanInKey)> {
    let element = planner.topology.element(planner.terminal(unit.sources[0]).owner);
    let one_target = may_fan(unit) && unit.targets.len() == 1 && planner.has_role(unit.sources[0]);
    (one_target && planner.one_role(&unit.sources))
        .then(|| (element.kind.as_str(), (unit.targets[0], None, unit.half, unit.class.clone())))
}

fn may_fan(unit: &Unit) -> bool {
    unit.open && !unit.class.numbered
}

/// The innermost container around a box, above the zones and subnets over which copies are spread.
fn place(planner: &Planner<'_>, id: TerminalId) -> Option<BoxId> {
    let spread = |id: &BoxId| {
        let style = planner.topology.element(*id).container().map(|container| container.style);
        matches!(style, Some(GroupStyle::Zone | GroupStyle::PublicSubnet | GroupStyle::PrivateSubnet))
    };
    planner.topology.ancestors(planner.terminal(id).owner).find(|outer| !spread(outer))
}

/// Several sources, each linked with each of several targets by lines of one look, are one net: its lines say all of
/// that, and nothing else.
fn complete_groups(planner: &Planner<'_>, units: Vec<Unit>) -> Vec<Unit> {
    let mut looks: BTreeMap<Class, BTreeMap<Vec<TerminalId>, (Vec<usize>, Vec<TerminalId>)>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let split = unit.half != 0
            || unit.targets.iter().chain(&unit.sources).any(|&id| planner.terminal(id).attach == Attach::Inner);
        if may_fan(unit) && !split {
            let reach = looks.entry(unit.class.clone()).or_default().entry(unit.sources.clone()).or_default();
            reach.0.push(index);
            reach.1.extend(&unit.targets);
        }
    }
    let mut taken = vec![false; units.len()];
    let mut joined = Vec::new();
    for by_sources in looks.into_values() {
        let mut by_targets: BTreeMap<Vec<TerminalId>, Vec<Reach>> = BTreeMap::new();
        for (sources, (members, mut targets)) in by_sources {
            targets.sort_unstable();
            if targets.windows(2).all(|pair| pair[0] != pair[1]) {
                by_targets.entry(targets.clone()).or_default().push((sources, members, targets));
            }
        }
        for (targets, reaches) in by_targets {
            let mut sources: Vec<TerminalId> = reaches.iter().flat_map(|(sources, ..)| sources).copied().collect();
            sources.sort_unstable();
            let members: Vec<usize> = reaches.into_iter().flat_map(|(_, members, _)| members).collect();
            let clear = sources.windows(2).all(|pair| pair[0] != pair[1]) && !sources.iter().any(|id| targets.contains(id));
            if members.len() < 2 || sources.len() < 2 || targets.len() < 2 || !clear {
                continue;
            }
            let mut links: Vec<_> = members.iter().flat_map(|&index| units[index].links.clone()).collect();
            links.sort_unstable();
            for &index in &members {
                taken[index] = true;
            }
            joined.push(Unit { links, sources, targets, ..units[members[0]].clone() });
        }
    }
    let rest = units.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(unit, _)| unit);
    rest.chain(joined).collect()
}

/// Single links of one look: which sources reach which targets.
type Grid = BTreeMap<TerminalId, BTreeMap<TerminalId, usize>>;

/// Copies that have most of their partners in common, each beside one of its own, share a trunk to the common ones: a
/// greedy search for large complete parts.
fn shared_parts(planner: &Planner<'_>, units: Vec<Unit>) -> Vec<Unit> {
    let mut grids: BTreeMap<Class, Grid> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let ends = [unit.sources[0], unit.targets[0]];
        let split = unit.half != 0 || ends.iter().any(|&id| planner.terminal(id).attach == Attach::Inner);
        if may_fan(unit) && unit.links.len() == 1 && !split {
            grids.entry(unit.class.clone()).or_default().entry(ends[0]).or_default().insert(ends[1], index);
        }
    }
    let mut taken = vec![false; units.len()];
    let mut joined = Vec::new();
    for mut grid in grids.into_values().filter(|grid| grid.len() <= MANY_SOURCES) {
        while let Some((sources, targets)) = largest_part(planner, &grid) {
            let mut links = Vec::new();
            let mut first = None;
            for source in &sources {
                let row = grid.get_mut(source).expect("a part is made of rows of the grid");
                for target in &targets {
                    let index = row.remove(target).expect("each source of a part reaches each of its targets");
                    links.extend(&units[index].links);
                    taken[index] = true;
                    first.get_or_insert(index);
                }
            }
            links.sort_unstable();
            let model = units[first.expect("a part has links")].clone();
            joined.push(Unit { links, sources, targets, ..model });
        }
    }
    let rest = units.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(unit, _)| unit);
    rest.chain(joined).collect()
}

/// The part that saves most lines: sources of one role, and the targets that all of them reach.
fn largest_part(planner: &Planner<'_>, grid: &Grid) -> Option<(Vec<TerminalId>, Vec<TerminalId>)> {
    let mut best: Option<(usize, Vec<TerminalId>, Vec<TerminalId>)> = None;
    for (&seed, row) in grid {
        let mut sources = vec![seed];
        let mut targets: Vec<TerminalId> = row.keys().copied().collect();
        loop {
            let common = |other: &TerminalId| targets.iter().filter(|&target| grid[other].contains_key(target)).count();
            let like = |other: &&TerminalId| !sources.contains(*other) && planner.one_role(&[seed, **other]);
            let next = grid.keys().filter(like).map(|other| (common(other), std::cmp::Reverse(*other))).max();
            let Some((count, std::cmp::Reverse(next))) = next.filter(|(count, _)| *count > 1) else { break };
            debug_assert!(count <= targets.len(), "what is common is a part of all");
            sources.push(next);
            targets.retain(|target| grid[&next].contains_key(target) && !sources.contains(target));
            let saved = (sources.len() * targets.len()).saturating_sub(sources.len() + targets.len());
            if saved > best.as_ref().map_or(0, |(saved, ..)| *saved) {
                let mut sources = sources.clone();
                sources.sort_unstable();
                best = Some((saved, sources, targets.clone()));
            }
        }
    }
    best.map(|(_, sources, targets)| (sources, targets))
}
