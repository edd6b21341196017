//! Which nets of different statements become one: buses, fans, and complete groups.
//!
//! Before and after: units that are complete from every source to every target. Only what looks alike is joined, and
//! what is written on one line is written on all, so that one label serves the trunk.

use std::collections::BTreeMap;

use super::bicliques;
use super::nets::{Class, Look, Planner, Unit};
use super::terminals::{Attach, TerminalId};
use crate::geometry::Side;
use crate::layout::placement;
use crate::topology::BoxId;

/// Fewest links of one end that share a trunk though their other ends differ in role; copies of one role do so from
/// two on.
const FAN: usize = 3;

/// What links to one dock, or to outsiders of one place, have in common: sources, place, dock and look.
type BusKey = (Vec<TerminalId>, Option<BoxId>, Option<Side>, Look);
/// What links into one target have in common: it, the place of their sources, the half on which they stand, and look.
type FanInKey = (TerminalId, Option<BoxId>, u8, Class);
/// What the far ends of lines with heads at both ends have in common, see [`mutual_role`].
type Role<'a> = Option<(&'a str, Option<&'a str>)>;

/// Joins units as far as that stays honest.
pub(super) fn merge(planner: &Planner<'_>, units: Vec<Unit>) -> Vec<Unit> {
    let fan = |ends: &[TerminalId]| ends.len() >= FAN || ends.len() > 1 && planner.one_role(ends);
    let units = bicliques::merge(units, |unit| may_fan(unit) && may_mix(unit) && !is_split(planner, unit));
    let units =
        by_key(units, |unit| bus_key(planner, unit), |merged| merged.sources.len() > 1 || merged.targets.len() >= FAN);
    let units = by_key(units, copies_key, |_| true);
    let units = by_key(units, |unit| fan_out_key(planner, unit), |merged| fan(&merged.targets));
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
    (may_mix(unit) && (dock.is_some() || external))
        .then(|| (unit.sources.clone(), element.parent, dock, unit.class.look()))
}

/// The same copies of a box, wherever their lines lead: one bus instead of several that cross.
fn copies_key(unit: &Unit) -> Option<(Vec<TerminalId>, Look)> {
    (may_mix(unit) && unit.sources.len() > 1).then(|| (unit.sources.clone(), unit.class.look()))
}

fn fan_out_key<'a>(planner: &Planner<'a>, unit: &Unit) -> Option<(TerminalId, Class, Role<'a>)> {
    (may_fan(unit) && unit.sources.len() == 1)
        .then(|| (unit.sources[0], unit.class.clone(), mutual_role(planner, unit, &unit.targets)))
}

/// Lines with heads at both ends share a trunk only with their likes: several clients talk with a load balancer and not with each
/// other, but of a queue and a table one could not know.
fn mutual_role<'a>(planner: &Planner<'a>, unit: &Unit, ends: &[TerminalId]) -> Role<'a> {
    unit.class.is_mutual().then(|| planner.role(ends[0]))
}

fn fan_in_key<'a>(planner: &Planner<'a>, unit: &Unit) -> Option<(FanInKey, Role<'a>)> {
    let place = |id: &TerminalId| place(planner, *id);
    let first = place(&unit.sources[0]);
    let neighbours = unit.sources.iter().all(|source| place(source) == first);
    (may_fan(unit) && unit.targets.len() == 1 && neighbours)
        .then(|| ((unit.targets[0], first, unit.half, unit.class.clone()), mutual_role(planner, unit, &unit.sources)))
}

/// Copies may stand in different places: the accounts of a company send their trails to one bucket.
fn copies_in_key<'a>(planner: &Planner<'a>, unit: &Unit) -> Option<(&'a str, FanInKey)> {
    let element = planner.topology.element(planner.terminal(unit.sources[0]).owner);
    let one_target = may_fan(unit) && unit.targets.len() == 1 && planner.has_role(unit.sources[0]);
    (one_target && planner.one_role(&unit.sources))
        .then(|| (element.kind.as_str(), (unit.targets[0], None, unit.half, unit.class.clone())))
}

/// Whether its lines may share a trunk with lines that lead to something else.
fn may_mix(unit: &Unit) -> bool {
    unit.open && !unit.class.is_mutual()
}

fn may_fan(unit: &Unit) -> bool {
    unit.open && !unit.class.numbered
}

/// Whether a unit ends inside a border node: those are drawn in halves beside its axis.
fn is_split(planner: &Planner<'_>, unit: &Unit) -> bool {
    let ends = unit.targets.iter().chain(&unit.sources);
    unit.half != 0 || ends.into_iter().any(|&id| planner.terminal(id).attach == Attach::Inner)
}

/// The innermost container around a box, above the zones and subnets over which copies are spread.
fn place(planner: &Planner<'_>, id: TerminalId) -> Option<BoxId> {
    let spread = |id: &BoxId| placement::style(planner.topology, *id).is_zonal();
    planner.topology.ancestors(planner.terminal(id).owner).find(|outer| !spread(outer))
}
