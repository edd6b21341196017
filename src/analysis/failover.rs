//! Regions that stand in for each other: one serves, another waits with the same tiers, and a global entry leads to both.

use std::collections::BTreeSet;

use super::sites::Sites;
use crate::catalogue::{Function, Scope};
use crate::document::Table;
use crate::topology::{BoxId, DefinitionId};

/// The passive regions with what they can do for the active ones.
pub(super) struct Failover {
    pub pairs: Vec<Pair>,
}

/// An active region and a passive one.
pub(super) struct Pair {
    /// The one that serves, as an index of `Sites::regions`.
    pub active: usize,
    /// The one that waits.
    pub passive: usize,
    /// Entries of the active region, with what does their work in the passive one.
    pub counterparts: Vec<(DefinitionId, Option<DefinitionId>)>,
    /// Whether something that no region's failure touches leads into both.
    pub has_entry: bool,
}

impl Failover {
    pub(super) fn new(sites: &Sites) -> Self {
        let mut pairs = Vec::new();
        for passive in (0..sites.regions.len()).filter(|&region| sites.is_passive(region)) {
            for active in (0..sites.regions.len()).filter(|&region| !sites.is_passive(region)) {
                pairs.push(Pair {
                    active,
                    passive,
                    counterparts: counterparts(sites, active, passive),
                    has_entry: has_entry(sites, active, passive),
                });
            }
        }
        Self { pairs }
    }

    /// What does the work of an entry in passive regions.
    pub(super) fn counterparts_of(&self, entry: DefinitionId) -> impl Iterator<Item = (usize, DefinitionId)> + '_ {
        self.pairs.iter().flat_map(move |pair| {
            let found = pair.counterparts.iter().filter(move |(active, _)| *active == entry);
            found.filter_map(|(_, counterpart)| Some((pair.passive, (*counterpart)?)))
        })
    }

    /// The passive region that takes over a flow of these entries when an active one is gone.
    pub(super) fn takes_over(&self, active: usize, entries: &BTreeSet<DefinitionId>) -> Option<usize> {
        let whole = |pair: &&Pair| {
            let missing =
                |(entry, found): &(DefinitionId, Option<DefinitionId>)| found.is_none() && entries.contains(entry);
            pair.active == active && pair.has_entry && !pair.counterparts.iter().any(missing)
        };
        self.pairs.iter().find(whole).map(|pair| pair.passive)
    }

    /// Whether an entry of a passive region does the work of one that serves.
    pub(super) fn stands_in(&self, entry: DefinitionId) -> bool {
        self.pairs.iter().any(|pair| pair.counterparts.iter().any(|(_, found)| *found == Some(entry)))
    }
}

/// Whether what plays this part must be in a region for it to serve; what only watches or delivers need not.
const fn serves(function: Function) -> bool {
    !matches!(function, Function::Observability | Function::Security | Function::Delivery | Function::Analytics)
}

/// For each entry of one region what does its work in the other: itself, else another of its kind, else of its function.
fn counterparts(sites: &Sites, active: usize, passive: usize) -> Vec<(DefinitionId, Option<DefinitionId>)> {
    let of = |region: usize| -> Vec<DefinitionId> {
        let here = |entry: &DefinitionId| sites.copies(*entry).any(|copy| sites.region(copy) == Some(region));
        let counts =
            |entry: &DefinitionId| sites.definition(*entry).table == Table::Services && serves(sites.function(*entry));
        sites.entries().filter(counts).filter(here).collect()
    };
    let (serving, waiting) = (of(active), of(passive));
    let mut found: Vec<(DefinitionId, Option<DefinitionId>)> =
        serving.iter().map(|&entry| (entry, waiting.contains(&entry).then_some(entry))).collect();
    let kind = |entry: DefinitionId| sites.copies(entry).next().map(|copy| sites.topology.element(copy).kind.as_str());
    let alike: [&dyn Fn(DefinitionId, DefinitionId) -> bool; 2] = [&|one, two| kind(one) == kind(two), &|one, two| {
        sites.function(one) == sites.function(two) && sites.function(one) != Function::Other
    }];
    for alike in alike {
        for index in 0..found.len() {
            if found[index].1.is_some() {
                continue;
            }
            let taken = |entry: DefinitionId| found.iter().any(|(_, other)| *other == Some(entry));
            let entry = found[index].0;
            let match_ = waiting.iter().copied().find(|&other| !taken(other) && alike(entry, other));
            found[index].1 = match_;
        }
    }
    found
}

/// Whether something that no region's failure touches leads into both regions.
fn has_entry(sites: &Sites, one: usize, other: usize) -> bool {
    let is_entry = |id: &BoxId| {
        let service = sites.topology.definition(*id).service;
        sites.topology.is_component(*id)
            && sites.region(*id).is_none()
            && service.is_some_and(|service| {
                service.scope == Scope::Global || matches!(service.function, Function::Dns | Function::Cdn)
            })
    };
    sites.topology.ids().filter(is_entry).any(|entry| {
        let regions = regions_behind(sites, entry);
        regions.contains(&one) && regions.contains(&other)
    })
}

/// The regions into which links lead from a box, over others that are in none.
fn regions_behind(sites: &Sites, entry: BoxId) -> BTreeSet<usize> {
    let mut regions = BTreeSet::new();
    let mut seen = BTreeSet::from([entry]);
    let mut waiting = vec![entry];
    while let Some(at) = waiting.pop() {
        for &next in sites.calls(at).iter().flat_map(|&to| sites.members(to)) {
            match sites.region(next) {
                Some(region) => drop(regions.insert(region)),
                None if seen.insert(next) => waiting.push(next),
                None => {}
            }
        }
    }
    regions
}
