//! Which links share a trunk.
//!
//! Before: links with their terminals. After: every link in one [`Plan`]. A plan is honest: each of its sources is
//! linked with each of its targets, so that no drawn path invents a connection (layout.md 3.6).

use std::collections::BTreeMap;

use super::bicliques;
use super::terminals::{Attach, Terminal, TerminalId, Terminals};
use crate::geometry::Side;
use crate::layout::placement::Placement;
use crate::topology::{Arrow, BoxId, LinkId, StatementId, Topology};

/// What targets that share a backbone have in common: their place, its dock, their role.
type GroupKey = (Option<BoxId>, Option<Side>, Option<u32>);
/// A source and its links.
type Sourced = (TerminalId, Vec<LinkId>);
/// What links into one target have in common: it, the place of their sources, and style.
type FanInKey = (TerminalId, Option<BoxId>, (bool, u8));
/// What links to one dock, or to outsiders of one place, have in common: sources, place, dock and style.
type BusKey = (Vec<TerminalId>, Option<BoxId>, Option<Side>, (bool, u8));

/// Fewest unlabelled links of one end that share a trunk though their other ends differ in role.
const FAN: usize = 3;

/// A net before it is drawn.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Its links, in order.
    pub(super) links: Vec<LinkId>,
    /// The terminals of the sources.
    pub(super) sources: Vec<TerminalId>,
    /// The terminals of the targets, those that stand together in one group.
    pub(super) targets: Vec<Vec<TerminalId>>,
}

impl Plan {
    /// All terminals, sources first.
    pub(super) fn terminals(&self) -> impl Iterator<Item = TerminalId> + '_ {
        self.sources.iter().chain(self.targets.iter().flatten()).copied()
    }
}

/// Complete from every source to every target; one style.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) links: Vec<LinkId>,
    pub(super) sources: Vec<TerminalId>,
    pub(super) targets: Vec<TerminalId>,
    pub(super) style: (bool, u8),
    pub(super) labelled: bool,
    /// May share a trunk with units of other statements.
    pub(super) open: bool,
}

/// Groups all links into plans, in the order of their first links.
pub(super) fn plan(topology: &Topology, placement: &Placement, terminals: &Terminals) -> Vec<Plan> {
    let planner = Planner { topology, placement, terminals };
    let mut units = bicliques::merge(planner.units());
    units = Planner::merge(units, Planner::copies_key, |_| true);
    units = Planner::merge(
        units,
        |unit| planner.bus_key(unit),
        |merged| merged.sources.len() > 1 || merged.targets.len() >= FAN,
    );
    units = Planner::merge(units, Planner::fan_out_key, |merged| merged.targets.len() >= FAN);
    units = Planner::merge(units, |unit| planner.fan_in_key(unit), |merged| merged.sources.len() >= FAN);
    units.sort_by_key(|unit| unit.links[0]);
    units.iter().map(|unit| planner.plan_of(unit)).collect()
}

struct Planner<'a> {
    topology: &'a Topology,
    placement: &'a Placement,
    terminals: &'a Terminals,
}

impl Planner<'_> {
    fn terminal(&self, id: TerminalId) -> &Terminal {
        &self.terminals.table[id.index()]
    }

    fn parent(&self, id: TerminalId) -> Option<BoxId> {
        self.topology.element(self.terminal(id).owner).parent
    }

    /// The links of each statement, sources with equal target sets together.
    fn units(&self) -> Vec<Unit> {
        let mut statements: BTreeMap<StatementId, BTreeMap<TerminalId, Vec<LinkId>>> = BTreeMap::new();
        for (index, link) in self.topology.links.iter().enumerate() {
            let source = self.terminals.ends[index].0;
            statements.entry(link.statement).or_default().entry(source).or_default().push(LinkId::from(index));
        }
        let mut units = Vec::new();
        for by_source in statements.into_values() {
            let mut together: BTreeMap<(Vec<TerminalId>, u8), Vec<Sourced>> = BTreeMap::new();
            for (source, links) in by_source {
                let mut targets: Vec<TerminalId> =
                    links.iter().map(|link| self.terminals.ends[link.index()].1).collect();
                targets.sort_unstable();
                let repeated = targets.windows(2).any(|pair| pair[0] == pair[1]);
                if repeated {
                    units.extend(links.iter().map(|&link| self.unit(vec![link])));
                    continue;
                }
                let half = self.half(source, &targets);
                together.entry((targets, half)).or_default().push((source, links));
            }
            for group in together.into_values() {
                units.push(self.unit(group.into_iter().flat_map(|(_, links)| links).collect()));
            }
        }
        units
    }

    /// On which side of a border node's axis a source stands: its fan-in is split there, so that both halves are
    /// symmetric and the middle port stays free for the chain.
    fn half(&self, source: TerminalId, targets: &[TerminalId]) -> u8 {
        let [target] = targets else { return 0 };
        let (source, target) = (self.terminal(source), self.terminal(*target));
        let (Attach::Inner, Some(side)) = (target.attach, self.placement.border_sides[target.owner.index()]) else {
            return 0;
        };
        let axis = side.axis().other();
        match source.center.along(axis).cmp(&target.center.along(axis)) {
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => 2,
        }
    }

    fn unit(&self, mut links: Vec<LinkId>) -> Unit {
        links.sort_unstable();
        let statement = self.topology.statement(links[0]);
        let ends = links.iter().map(|link| self.terminals.ends[link.index()]);
        let mut sources: Vec<TerminalId> = ends.clone().map(|(source, _)| source).collect();
        let mut targets: Vec<TerminalId> = ends.map(|(_, target)| target).collect();
        for side in [&mut sources, &mut targets] {
            side.sort_unstable();
            side.dedup();
        }
        let is_loop = self.terminal(sources[0]).attach == Attach::LoopOut;
        let arrow = match statement.arrow {
            Arrow::Forward => 0,
            Arrow::Both => 1,
            Arrow::None => 2,
        };
        Unit {
            links,
            sources,
            targets,
            style: (statement.asynchronous, arrow),
            labelled: statement.label.is_some() || !statement.numbers.is_empty(),
            // Without heads at one end alone, a shared trunk would link the targets with each other.
            open: !is_loop && arrow == 0,
        }
    }

    /// Units with one key are joined where `enough` finds the union worth it. Units that would draw a pair twice
    /// stay apart.
    fn merge<K: Ord>(units: Vec<Unit>, key: impl Fn(&Unit) -> Option<K>, enough: impl Fn(&Unit) -> bool) -> Vec<Unit> {
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
                let Some(known) = &mut union else {
                    union = Some(unit.clone());
                    parts.push(unit);
                    continue;
                };
                let same_sources = known.sources == unit.sources;
                let overlap = if same_sources {
                    unit.targets.iter().any(|target| known.targets.contains(target))
                } else {
                    known.targets != unit.targets || unit.sources.iter().any(|source| known.sources.contains(source))
                };
                if overlap {
                    result.push(unit);
                    continue;
                }
                known.links.extend(&unit.links);
                if same_sources {
                    known.targets.extend(&unit.targets);
                } else {
                    known.sources.extend(&unit.sources);
                }
                known.labelled |= unit.labelled;
                parts.push(unit);
            }
            let Some(mut union) = union else { continue };
            if parts.len() > 1 && enough(&union) {
                union.links.sort_unstable();
                result.push(union);
            } else {
                result.extend(parts);
            }
        }
        result
    }

    /// The same copies of a box, wherever their lines lead: one bus instead of several that cross.
    fn copies_key(unit: &Unit) -> Option<(Vec<TerminalId>, (bool, u8))> {
        (unit.open && unit.sources.len() > 1).then(|| (unit.sources.clone(), unit.style))
    }

    /// The same sources towards one dock, or towards the outsiders of one place.
    fn bus_key(&self, unit: &Unit) -> Option<BusKey> {
        let owner = self.terminal(unit.targets[0]).owner;
        let dock = self.placement.docks[owner.index()];
        let external = self.topology.element(owner).node().is_some_and(|node| node.external);
        (unit.open && (dock.is_some() || external))
            .then(|| (unit.sources.clone(), self.topology.element(owner).parent, dock, unit.style))
    }

    fn fan_out_key(unit: &Unit) -> Option<(TerminalId, (bool, u8))> {
        (unit.open && !unit.labelled && unit.sources.len() == 1).then(|| (unit.sources[0], unit.style))
    }

    fn fan_in_key(&self, unit: &Unit) -> Option<FanInKey> {
        let parent = self.parent(unit.sources[0]);
        let siblings = unit.sources.iter().all(|&source| self.parent(source) == parent);
        (unit.open && !unit.labelled && unit.targets.len() == 1 && siblings)
            .then(|| (unit.targets[0], parent, unit.style))
    }

    fn plan_of(&self, unit: &Unit) -> Plan {
        let mut groups: BTreeMap<GroupKey, Vec<TerminalId>> = BTreeMap::new();
        let distinct =
            self.roles_differ(&unit.targets) && (unit.sources.len() == 1 || self.roles_differ(&unit.sources));
        for &target in &unit.targets {
            let owner = self.terminal(target).owner;
            let element = self.topology.element(owner);
            let dock = self.placement.docks[owner.index()];
            let external = element.node().is_some_and(|node| node.external);
            // Copies of one role stand in one band, neighbours of a dock in one row; a mixed fan by its parents.
            let key = if dock.is_some() || external || distinct {
                (element.parent, dock, None)
            } else {
                (None, None, Some(element.definition.0))
            };
            groups.entry(key).or_default().push(target);
        }
        Plan { links: unit.links.clone(), sources: unit.sources.clone(), targets: groups.into_values().collect() }
    }

    /// Whether these are more than the copies of one box.
    fn roles_differ(&self, terminals: &[TerminalId]) -> bool {
        let role = |id: TerminalId| self.topology.element(self.terminal(id).owner).definition;
        terminals.iter().any(|&id| role(id) != role(terminals[0]))
    }
}
