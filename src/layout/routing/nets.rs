//! Which links share a trunk.
//!
//! Before: links with their terminals. After: every link in one [`Plan`]. A plan is honest: each of its sources is
//! linked with each of its targets, so that no drawn path invents a connection (layout.md 3.6).

use std::collections::BTreeMap;

use super::terminals::{Attach, Terminal, TerminalId, Terminals};
use super::unions;
use crate::geometry::Side;
use crate::layout::placement::Placement;
use crate::topology::{Arrow, BoxId, Hue, LinkId, StatementId, Topology};

/// What targets that share a backbone have in common: their place, its dock, their role.
type GroupKey = (Option<BoxId>, Option<Side>, Option<u32>);
/// The kind of boxes that have none: they are alike only if their captions are.
const PLAIN_BOX: &str = "generic";

/// Lines with heads at both ends, as a [`Class::arrow`].
const BOTH: u8 = 1;

/// How lines look: dashed or not, which ends have heads, their colour.
pub(super) type Look = (bool, u8, Option<Hue>);

/// A source and its links.
type Sourced = (TerminalId, Vec<LinkId>);

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
    /// Its links, in order.
    pub(super) links: Vec<LinkId>,
    /// The terminals of the sources, ascending.
    pub(super) sources: Vec<TerminalId>,
    /// The terminals of the targets, ascending.
    pub(super) targets: Vec<TerminalId>,
    /// How its lines look and what is written on them.
    pub(super) class: Class,
    /// Whether it may share a trunk with units of other statements.
    pub(super) open: bool,
    /// On which side of a border node's axis its sources stand, see [`Planner::half`].
    pub(super) half: u8,
}

/// What lines must have in common to share a trunk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class {
    /// Dashed or not.
    pub(super) dashed: bool,
    /// Which ends have heads.
    pub(super) arrow: u8,
    /// The colour that sets it apart.
    pub(super) color: Option<Hue>,
    /// What is written.
    pub(super) words: Option<String>,
    /// Whether it carries a badge: that stays with its own statement.
    pub(super) numbered: bool,
}

impl Class {
    /// Whether lines have heads at both ends: on a shared trunk different targets would seem to talk with each other.
    pub(super) const fn is_mutual(&self) -> bool {
        self.arrow == BOTH
    }

    /// How its lines look, whatever is written on them.
    pub(super) const fn look(&self) -> Look {
        (self.dashed, self.arrow, self.color)
    }
}

/// Groups all links into plans, in the order of their first links.
pub(super) fn plan(topology: &Topology, placement: &Placement, terminals: &Terminals) -> Vec<Plan> {
    let planner = Planner { topology, placement, terminals };
    let mut units = unions::merge(&planner, planner.units());
    units.sort_by_key(|unit| unit.links[0]);
    units.iter().map(|unit| planner.plan_of(unit)).collect()
}

/// What planning reads.
pub(super) struct Planner<'a> {
    /// The links and their boxes.
    pub(super) topology: &'a Topology,
    /// Where the boxes stand.
    pub(super) placement: &'a Placement,
    /// Their ends.
    pub(super) terminals: &'a Terminals,
}

impl<'t> Planner<'t> {
    /// The terminal of an id.
    pub(super) fn terminal(&self, id: TerminalId) -> &Terminal {
        &self.terminals.table[id.index()]
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
                    units.extend(links.iter().map(|&link| self.unit(vec![link], 0)));
                    continue;
                }
                let half = self.half(source, &targets);
                together.entry((targets, half)).or_default().push((source, links));
            }
            for ((_, half), group) in together {
                units.push(self.unit(group.into_iter().flat_map(|(_, links)| links).collect(), half));
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

    fn unit(&self, mut links: Vec<LinkId>, half: u8) -> Unit {
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
            Arrow::Both => BOTH,
            Arrow::None => 2,
        };
        Unit {
            links,
            sources,
            targets,
            class: Class {
                dashed: statement.asynchronous,
                arrow,
                color: statement.color,
                words: statement.label.clone(),
                numbered: !statement.numbers.is_empty(),
            },
            open: !is_loop,
            half,
        }
    }

    fn plan_of(&self, unit: &Unit) -> Plan {
        let mut groups: BTreeMap<GroupKey, Vec<TerminalId>> = BTreeMap::new();
        for &target in &unit.targets {
            let owner = self.terminal(target).owner;
            let element = self.topology.element(owner);
            let dock = self.placement.docks[owner.index()];
            let external = element.node().is_some_and(|node| node.external);
            // Copies of one role stand in one band, neighbours of a dock in one row; a mixed fan by its parents.
            let key = if dock.is_some() || external || !self.one_role(&unit.targets) {
                (element.parent, dock, None)
            } else {
                (None, None, Some(0))
            };
            groups.entry(key).or_default().push(target);
        }
        Plan { links: unit.links.clone(), sources: unit.sources.clone(), targets: groups.into_values().collect() }
    }

    /// Whether a box is of a kind that says what it does.
    pub(super) fn has_role(&self, id: TerminalId) -> bool {
        let element = self.topology.element(self.terminal(id).owner);
        element.node().is_some() && element.kind != PLAIN_BOX
    }

    /// What a box does, where that can be said: its kind, and its caption if the kind says nothing.
    pub(super) fn role(&self, id: TerminalId) -> (&'t str, Option<&'t str>) {
        let element = self.topology.element(self.terminal(id).owner);
        (element.kind.as_str(), (!self.has_role(id)).then_some(element.caption.as_str()))
    }

    /// Whether all boxes are copies of one thing, be they made by the program or written out by hand.
    pub(super) fn one_role(&self, ids: &[TerminalId]) -> bool {
        let element = |id: &TerminalId| self.topology.element(self.terminal(*id).owner);
        let first = element(&ids[0]);
        ids.iter().all(|&id| element(&id).definition == first.definition || self.role(id) == self.role(ids[0]))
    }
}
