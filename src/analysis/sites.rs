//! Where each copy lives: in which zones and which region, and what a failure takes from it.

use super::kin;
use super::removal::Removal;
use crate::catalogue::{Function, GroupStyle, Placement, Scope};
use crate::topology::{Arrow, BoxId, Definition, DefinitionId, Role, Topology};

/// The places of a topology and what stands in them.
pub(super) struct Sites<'t> {
    pub topology: &'t Topology,
    /// Full names of zones, in order, each once.
    pub zones: Vec<String>,
    /// Regions, in order, each once.
    pub regions: Vec<RegionSite>,
    /// By `BoxId`: leaves only.
    by_box: Vec<Option<Site>>,
    /// By `BoxId`: what can take over from a store that is gone.
    partners: Vec<Vec<BoxId>>,
    /// By `DefinitionId`: the first of those that are copies of the same.
    kin: Vec<DefinitionId>,
    /// By `DefinitionId`: all that are copies of the same, where it is the first of them.
    families: Vec<Vec<DefinitionId>>,
    /// By `BoxId`: the links by which a component calls others, with the end that is called.
    calls: Vec<Vec<BoxId>>,
    /// By `BoxId`: the components that the end of a link stands for.
    members: Vec<Vec<BoxId>>,
}

/// A region.
pub(super) struct RegionSite {
    /// Its code, or the id of one that is none of AWS's.
    pub name: String,
    /// Its first box.
    pub place: BoxId,
    /// The role that the author gave.
    pub role: Option<Role>,
}

/// Where one copy lives.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// The zones that it stands in or spans, as indexes.
    pub zones: Vec<usize>,
    /// Its region, as an index.
    pub region: Option<usize>,
    /// The network that holds it.
    pub network: Option<BoxId>,
    /// The subnets that it stands in or spans.
    pub subnets: Vec<BoxId>,
}

/// What a failure takes from one copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// Nothing.
    None,
    /// A part of its capacity.
    Part,
    /// Everything.
    All,
}

impl<'t> Sites<'t> {
    pub(super) fn new(topology: &'t Topology) -> Self {
        let mut sites = Self {
            topology,
            zones: Vec::new(),
            regions: Vec::new(),
            by_box: Vec::new(),
            partners: Vec::new(),
            kin: Vec::new(),
            families: Vec::new(),
            calls: Vec::new(),
            members: Vec::new(),
        };
        for id in topology.ids() {
            let Some(container) = topology.element(id).container() else { continue };
            if container.style == GroupStyle::Zone {
                let name = zone_name(topology, id);
                if !sites.zones.contains(&name) {
                    sites.zones.push(name);
                }
            } else if container.style == GroupStyle::Region {
                let name = region_name(topology, id);
                if sites.regions.iter().all(|region| region.name != name) {
                    sites.regions.push(RegionSite { name, place: id, role: container.role });
                }
                let fresh = container.zones.iter().filter(|zone| !sites.zones.contains(zone)).cloned();
                sites.zones.extend(fresh.collect::<Vec<_>>());
            }
        }
        sites.by_box = topology.ids().map(|id| sites.site(id)).collect();
        sites.members = members(topology);
        sites.partners = partners(&sites);
        sites.kin = kin::of(&sites);
        sites.families = vec![Vec::new(); sites.kin.len()];
        for entry in sites.entries().collect::<Vec<_>>() {
            sites.families[sites.kin[entry.index()].index()].push(entry);
        }
        sites.calls = calls(&sites);
        sites
    }

    fn site(&self, id: BoxId) -> Option<Site> {
        let topology = self.topology;
        let node = topology.element(id).node()?;
        let feet = if node.spans.is_empty() { vec![id] } else { node.spans.clone() };
        let around = |foot: BoxId, wanted: fn(GroupStyle) -> bool| {
            let is = |outer: &BoxId| topology.element(*outer).container().is_some_and(|found| wanted(found.style));
            std::iter::once(foot).chain(topology.ancestors(foot)).find(is)
        };
        let mut zones: Vec<usize> = feet
            .iter()
            .filter_map(|&foot| around(foot, |style| style == GroupStyle::Zone))
            .filter_map(|zone| {
                let name = zone_name(topology, zone);
                self.zones.iter().position(|other| *other == name)
            })
            .collect();
        zones.sort_unstable();
        zones.dedup();
        let region = around(id, |style| style == GroupStyle::Region).and_then(|region| {
            let name = region_name(topology, region);
            self.regions.iter().position(|other| other.name == name)
        });
        Some(Site {
            zones,
            region,
            network: around(feet[0], |style| style == GroupStyle::Vpc),
            subnets: feet.iter().filter_map(|&foot| around(foot, GroupStyle::is_subnet)).collect(),
        })
    }

    /// Where a leaf lives.
    pub(super) fn of(&self, id: BoxId) -> Option<&Site> {
        self.by_box[id.index()].as_ref()
    }

    /// The region that a leaf is in.
    pub(super) fn region(&self, id: BoxId) -> Option<usize> {
        self.of(id)?.region
    }

    /// The zones that a leaf stands in or spans.
    pub(super) fn zones(&self, id: BoxId) -> &[usize] {
        self.of(id).map_or(&[], |site| &site.zones)
    }

    /// Whether a leaf is in a region that waits while another one serves.
    pub(super) fn waits(&self, id: BoxId) -> bool {
        self.region(id).is_some_and(|region| self.is_passive(region))
    }

    /// Whether a region waits while another one serves.
    pub(super) fn is_passive(&self, region: usize) -> bool {
        self.regions[region].role == Some(Role::Passive)
            && self.regions.iter().any(|other| other.role != Some(Role::Passive))
    }

    /// What the end of a link stands for: a leaf itself; a container or a group the components in it.
    pub(super) fn members(&self, end: BoxId) -> &[BoxId] {
        &self.members[end.index()]
    }

    /// What can take over from a store when that is gone.
    pub(super) fn partners(&self, id: BoxId) -> &[BoxId] {
        &self.partners[id.index()]
    }

    /// The first of the entries that are copies of the same thing under other names: for most, itself.
    pub(super) fn kin(&self, entry: DefinitionId) -> DefinitionId {
        self.kin[entry.index()]
    }

    /// The entries that are copies of the same thing as this one, itself among them.
    pub(super) fn family(&self, entry: DefinitionId) -> &[DefinitionId] {
        &self.families[self.kin(entry).index()]
    }

    /// What links lead to from a component, against the arrow where it has two heads; without heads nobody calls.
    pub(super) fn calls(&self, id: BoxId) -> &[BoxId] {
        &self.calls[id.index()]
    }

    /// The components of an entry.
    pub(super) fn copies(&self, entry: DefinitionId) -> impl Iterator<Item = BoxId> + '_ {
        let copies = self.topology.definitions[entry.index()].copies.iter().copied();
        copies.filter(|&copy| self.topology.is_component(copy))
    }

    /// Every entry that has components, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = DefinitionId> + '_ {
        let all = (0..self.topology.definitions.len()).map(DefinitionId::from);
        all.filter(|&entry| self.copies(entry).next().is_some())
    }

    /// What the author said of an entry.
    pub(super) fn definition(&self, entry: DefinitionId) -> &'t Definition {
        &self.topology.definitions[entry.index()]
    }

    /// The entry of which a box is a copy.
    pub(super) fn entry(&self, id: BoxId) -> DefinitionId {
        self.topology.element(id).definition
    }

    /// What part an entry plays.
    pub(super) fn function(&self, entry: DefinitionId) -> Function {
        self.definition(entry).service.map_or(Function::Other, |service| service.function)
    }

    /// Whether an entry keeps data that can be replicated.
    pub(super) fn is_store(&self, entry: DefinitionId) -> bool {
        matches!(self.function(entry), Function::RelationalStore | Function::NonRelationalStore | Function::Cache)
    }

    /// Whether an entry stands outside of AWS.
    pub(super) fn is_external(&self, entry: DefinitionId) -> bool {
        self.copies(entry).any(|copy| self.topology.element(copy).node().is_some_and(|node| node.external))
    }

    /// Whether one copy of an entry lives in one zone. What AWS spreads over zones by itself does not, unless it stands in one.
    pub(super) fn is_zonal(&self, id: BoxId) -> bool {
        let Some(service) = self.topology.definition(id).service else { return false };
        match self.zones(id) {
            [] => service.scope == Scope::Zonal,
            [_] => self.loss_by_zone(id, self.zones(id)[0]) == Loss::All,
            _ => service.placement == Placement::PerZone,
        }
    }

    /// What a failure takes from a leaf.
    pub(super) fn loss(&self, id: BoxId, removed: &Removal) -> Loss {
        let all_if = |gone: bool| if gone { Loss::All } else { Loss::None };
        match removed {
            Removal::Copy(copy) => all_if(*copy == id),
            Removal::Entry(entry) => all_if(self.entry(id) == *entry),
            Removal::Region(name) => all_if(self.region(id).is_some_and(|region| self.regions[region].name == *name)),
            Removal::Zone(name) => {
                self.zones.iter().position(|zone| zone == name).map_or(Loss::None, |zone| self.loss_by_zone(id, zone))
            }
        }
    }

    /// Whether a container is the zone or region that is taken away.
    pub(super) fn is_place(&self, id: BoxId, removed: &Removal) -> bool {
        let Some(container) = self.topology.element(id).container() else { return false };
        match removed {
            Removal::Zone(name) => container.style == GroupStyle::Zone && zone_name(self.topology, id) == *name,
            Removal::Region(name) => container.style == GroupStyle::Region && region_name(self.topology, id) == *name,
            Removal::Entry(_) | Removal::Copy(_) => false,
        }
    }

    fn loss_by_zone(&self, id: BoxId, zone: usize) -> Loss {
        let zones = self.zones(id);
        if !zones.contains(&zone) {
            return Loss::None;
        }
        // What AWS itself spreads over zones goes on in the others as if nothing were.
        let spreads =
            self.topology.definition(id).service.is_some_and(|service| service.placement != Placement::PerZone);
        let elsewhere = || {
            let twins = self.copies(self.entry(id)).filter(|&twin| self.region(twin) == self.region(id));
            twins.flat_map(|twin| self.zones(twin)).any(|other| *other != zone)
        };
        match (zones.len(), spreads) {
            (1, true) if elsewhere() => Loss::None,
            (1, _) => Loss::All,
            (_, true) => Loss::None,
            (_, false) => Loss::Part,
        }
    }
}

/// For each store what can take over from it in its region: the other one of a Multi-AZ pair, and what it is replicated to or from.
fn partners(sites: &Sites) -> Vec<Vec<BoxId>> {
    let topology = sites.topology;
    let mut partners: Vec<Vec<BoxId>> = vec![Vec::new(); topology.boxes.len()];
    for link in &topology.links {
        let said = &topology.statements[link.statement.index()];
        let replicated = sites.is_store(said.from)
            && sites.is_store(said.to)
            && sites.function(said.from) == sites.function(said.to);
        if (said.implied || replicated) && sites.region(link.from) == sites.region(link.to) && link.from != link.to {
            partners[link.from.index()].push(link.to);
            partners[link.to.index()].push(link.from);
        }
    }
    partners
}

/// For each component the ends that its links lead to.
fn calls(sites: &Sites) -> Vec<Vec<BoxId>> {
    let topology = sites.topology;
    let mut calls: Vec<Vec<BoxId>> = vec![Vec::new(); topology.boxes.len()];
    for link in &topology.links {
        let arrow = topology.statements[link.statement.index()].arrow;
        let ends = [(link.from, link.to, arrow != Arrow::None), (link.to, link.from, arrow == Arrow::Both)];
        for (from, to, _) in ends.into_iter().filter(|(.., goes)| *goes) {
            for &member in sites.members(from) {
                calls[member.index()].push(to);
            }
        }
    }
    calls
}

fn members(topology: &Topology) -> Vec<Vec<BoxId>> {
    let mut members: Vec<Vec<BoxId>> = vec![Vec::new(); topology.boxes.len()];
    for id in topology.ids().filter(|&id| topology.is_component(id)) {
        members[id.index()].push(id);
        let spans = topology.element(id).node().map_or(&[][..], |node| &node.spans);
        let spanned = spans.iter().flat_map(|&foot| std::iter::once(foot).chain(topology.ancestors(foot)));
        for outer in topology.ancestors(id).chain(spanned) {
            if members[outer.index()].last() != Some(&id) {
                members[outer.index()].push(id);
            }
        }
    }
    for group in topology.ids().filter(|&id| topology.element(id).overlay().is_some()) {
        let mut inside: Vec<BoxId> = Vec::new();
        for around in topology.overlay_leaves(group) {
            inside.extend_from_slice(&members[around.index()]);
        }
        inside.sort_unstable();
        inside.dedup();
        members[group.index()] = inside;
    }
    members
}

/// The full name of a zone: with the code of its region; else what its author calls it.
fn zone_name(topology: &Topology, zone: BoxId) -> String {
    let element = topology.element(zone);
    let written = element.container().and_then(|container| container.zone.clone());
    let name = written.unwrap_or_else(|| topology.definition(zone).id.clone());
    let region = topology.ancestors(zone).find_map(|outer| topology.element(outer).container()?.region);
    match region {
        Some(region) if name.len() == 1 => format!("{}{name}", region.code),
        _ => name,
    }
}

fn region_name(topology: &Topology, region: BoxId) -> String {
    let known = topology.element(region).container().and_then(|container| container.region);
    known.map_or_else(|| topology.definition(region).id.clone(), |region| region.code.to_owned())
}
