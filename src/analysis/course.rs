//! One flow, followed from copy to copy while something is gone.
//!
//! A step goes on if a surviving copy of its source that the flow has reached leads to a surviving copy of its target. A standby
//! or replica takes the place of a store that is gone; a passive region takes over as a whole or not at all (`failover`).

use std::collections::{BTreeMap, BTreeSet};

use super::failover::Failover;
use super::removal::Removal;
use super::sites::{Loss, Sites};
use super::{Failure, Verdict};
use crate::topology::{BoxId, DefinitionId, FlowId, StatementId};

/// A flow, ready to be followed.
pub(super) struct Course {
    /// The flow; `None` is the one that stands for all links.
    pub flow: Option<FlowId>,
    /// What it is made of, in order, each once.
    pub statements: Vec<StatementId>,
    /// Its steps, in order of their first statement.
    steps: Vec<Step>,
    /// The components at the ends of its links, in order.
    pub boxes: BTreeSet<BoxId>,
    /// The entries of these.
    pub entries: BTreeSet<DefinitionId>,
    /// What it loses something with, in order: all copies of its entries, their standbys, and what waits to do their work.
    watched: Vec<BoxId>,
    /// By `BoxId`: the first step that leads to it, as an index; `usize::MAX` where none does.
    first_aim: Vec<usize>,
}

/// All links from copies of one thing to copies of another.
struct Step {
    from: DefinitionId,
    to: DefinitionId,
    hops: Vec<(Vec<BoxId>, Vec<BoxId>)>,
}

impl Course {
    pub(super) fn new(sites: &Sites, failover: &Failover, flow: Option<FlowId>, statements: Vec<StatementId>) -> Self {
        let topology = sites.topology;
        let mut once: Vec<StatementId> = Vec::new();
        let mut seen = BTreeSet::new();
        once.extend(statements.into_iter().filter(|&statement| seen.insert(statement)));
        let mut steps: Vec<Step> = Vec::new();
        let mut places: BTreeMap<(DefinitionId, DefinitionId), usize> = BTreeMap::new();
        for &statement in &once {
            let said = &topology.statements[statement.index()];
            let ends = (sites.kin(said.from), sites.kin(said.to));
            let at = *places.entry(ends).or_insert_with(|| {
                steps.push(Step { from: said.from, to: said.to, hops: Vec::new() });
                steps.len() - 1
            });
            for link in &said.links {
                let link = &topology.links[link.index()];
                let hop = (sites.members(link.from).to_vec(), sites.members(link.to).to_vec());
                if !hop.0.is_empty() && !hop.1.is_empty() {
                    steps[at].hops.push(hop);
                }
            }
        }
        steps.retain(|step| !step.hops.is_empty());
        let hops = || steps.iter().flat_map(|step| &step.hops);
        let boxes: BTreeSet<BoxId> = hops().flat_map(|(from, to)| from.iter().chain(to)).copied().collect();
        let entries: BTreeSet<DefinitionId> = boxes.iter().map(|&id| sites.entry(id)).collect();
        let mut watched: BTreeSet<BoxId> = boxes.clone();
        for &entry in &entries {
            watched.extend(sites.copies(entry));
            for (region, counterpart) in failover.counterparts_of(entry) {
                watched.extend(sites.copies(counterpart).filter(|&copy| sites.region(copy) == Some(region)));
            }
        }
        let standbys: Vec<BoxId> = watched.iter().flat_map(|&id| sites.partners(id)).copied().collect();
        watched.extend(standbys);
        for step in &mut steps {
            step.serve_actively(sites);
        }
        let mut first_aim = vec![usize::MAX; topology.boxes.len()];
        for (index, step) in steps.iter().enumerate().rev() {
            for target in step.hops.iter().flat_map(|(_, to)| to) {
                first_aim[target.index()] = index;
            }
        }
        Self { flow, statements: once, steps, boxes, entries, watched: watched.into_iter().collect(), first_aim }
    }

    /// Whether no other entry of the flow is a copy of the same thing under another name.
    pub(super) fn is_alone(&self, sites: &Sites, entry: DefinitionId) -> bool {
        let same = |other: &DefinitionId| sites.kin(*other) == sites.kin(entry);
        self.entries.iter().filter(|other| same(other)).count() < 2
    }

    /// What becomes of the flow without something.
    pub(super) fn without(&self, sites: &Sites, failover: &Failover, removed: &Removal) -> Failure {
        let mut lost: Vec<BoxId> = Vec::new();
        let mut gone: BTreeSet<BoxId> = BTreeSet::new();
        let is_watched = |id: &BoxId| self.watched.binary_search(id).is_ok();
        // Of most removals one look says whether they concern this flow.
        let concerned: Vec<BoxId> = match removed {
            Removal::Copy(copy) => Some(*copy).into_iter().filter(is_watched).collect(),
            Removal::Entry(entry) => sites.copies(*entry).filter(is_watched).collect(),
            Removal::Zone(_) | Removal::Region(_) => self.watched.clone(),
        };
        for id in concerned {
            match sites.loss(id, removed) {
                Loss::None => {}
                Loss::Part => lost.push(id),
                Loss::All => {
                    lost.push(id);
                    gone.insert(id);
                }
            }
        }
        let mut failure = Failure {
            verdict: if lost.is_empty() { Verdict::Survives } else { Verdict::Degraded },
            because: lost,
            broken: None,
            relieved: Vec::new(),
            moves_to: None,
        };
        if gone.is_empty() {
            return failure;
        }
        let Some((step, breakers)) = self.broken(sites, &gone) else {
            failure.relieved = self.relieved(sites, &gone);
            return failure;
        };
        // What a region bears, each part of it bears; and what is only lost where nothing serves, is a place to fail over to.
        let mut regions = gone.iter().map(|&id| sites.region(id));
        let region = regions.next().flatten().filter(|&first| regions.all(|other| other == Some(first)));
        let relief = region.and_then(|region| failover.takes_over(region, &self.entries));
        let spare = region.is_some_and(|region| sites.is_passive(region))
            && breakers.iter().all(|&id| failover.stands_in(sites.entry(id)));
        if let Some(passive) = relief {
            failure.moves_to = Some(sites.regions[passive].place);
        } else if !spare {
            failure.verdict = Verdict::Down;
            failure.because = breakers;
            failure.broken = Some((step.from, step.to));
        }
        failure
    }

    /// The first step that has no way left, and what breaks it; `None` if all have one.
    fn broken(&self, sites: &Sites, gone: &BTreeSet<BoxId>) -> Option<(&Step, Vec<BoxId>)> {
        let mut reached = vec![false; self.first_aim.len()];
        let mut arrived = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            let aimed_at = |id: BoxId| self.first_aim[id.index()] < index;
            for (from, to) in &step.hops {
                let begins = |source: BoxId| reached[source.index()] || !aimed_at(source);
                let mut leads = |source: &BoxId| {
                    // One that takes over is reached where what it relieves would have been.
                    let relieves = gone.contains(source) && aimed_at(*source);
                    stand_ins(sites, *source, gone).any(|id| if relieves { reached[id.index()] } else { begins(id) })
                };
                if from.iter().any(&mut leads) {
                    arrived.extend(to.iter().flat_map(|&target| stand_ins(sites, target, gone)));
                }
            }
            if arrived.is_empty() {
                return Some((step, step.breakers(sites, gone)));
            }
            for id in arrived.drain(..) {
                reached[id.index()] = true;
            }
        }
        None
    }

    /// The stores of the flow that are gone, each with what takes over.
    fn relieved(&self, sites: &Sites, gone: &BTreeSet<BoxId>) -> Vec<(BoxId, BoxId)> {
        let lost = gone.iter().copied().filter(|id| self.boxes.contains(id));
        lost.filter_map(|id| Some((id, stand_ins(sites, id, gone).next()?))).collect()
    }
}

impl Step {
    /// What keeps it from going on: its targets if none is left, its sources if none is left, else whatever is gone.
    fn breakers(&self, sites: &Sites, gone: &BTreeSet<BoxId>) -> Vec<BoxId> {
        let sources: BTreeSet<BoxId> = self.hops.iter().flat_map(|(from, _)| from).copied().collect();
        let targets: BTreeSet<BoxId> = self.hops.iter().flat_map(|(_, to)| to).copied().collect();
        let mut breakers: BTreeSet<BoxId> = BTreeSet::new();
        for ends in [sources, targets] {
            if ends.iter().all(|&id| stand_ins(sites, id, gone).next().is_none()) {
                breakers.extend(ends);
            }
        }
        if breakers.is_empty() { gone.iter().copied().collect() } else { breakers.into_iter().collect() }
    }

    /// Leaves out what waits in a passive region, unless the step leads nowhere else: until a failover, nobody goes there.
    fn serve_actively(&mut self, sites: &Sites) {
        let serving = |ids: &[BoxId]| ids.iter().copied().filter(|&id| !sites.waits(id)).collect::<Vec<_>>();
        let hops = self.hops.iter().map(|(from, to)| (serving(from), serving(to)));
        let hops: Vec<_> = hops.filter(|(from, to)| !from.is_empty() && !to.is_empty()).collect();
        if !hops.is_empty() {
            self.hops = hops;
        }
    }
}

/// What does the work of a copy: itself, or if it is gone, a partner that takes over.
fn stand_ins<'s>(sites: &'s Sites, id: BoxId, gone: &'s BTreeSet<BoxId>) -> impl Iterator<Item = BoxId> + 's {
    let lost = gone.contains(&id);
    let partners: &[BoxId] = if lost { sites.partners(id) } else { &[] };
    (!lost).then_some(id).into_iter().chain(partners.iter().copied().filter(|partner| !gone.contains(partner)))
}
