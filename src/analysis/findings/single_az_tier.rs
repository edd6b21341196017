//! A tier or a store that goes with one zone, although its network has more.

use std::collections::{BTreeMap, BTreeSet};

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule, services, zone_names};
use crate::catalogue::{Function, GroupStyle, Placement, Scope};
use crate::topology::{BoxId, DefinitionId};

pub(super) const RULE: Rule = Rule {
    code: "single-az-tier",
    message: Words {
        english: "{0} stands in one availability zone only, {1}, while its network has more",
        spanish: "{0} está en una sola zona de disponibilidad, {1}, aunque su red tiene más",
    },
    help: Words {
        english: "spread it over the zones: leave `azs` out; a database gets a standby by `multi-az = true`",
        spanish: "repartirlo entre las zonas: quitar `azs`; una base de datos obtiene una reserva con `multi-az = true`",
    },
    find,
};

/// What runs the application or keeps its data.
const TIERS: [Function; 8] = [
    Function::Compute,
    Function::RelationalStore,
    Function::NonRelationalStore,
    Function::Cache,
    Function::Storage,
    Function::Messaging,
    Function::Analytics,
    Function::Api,
];

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let sites = &study.sites;
    let lives_in_zones = |entry: &DefinitionId| {
        let service = sites.definition(*entry).service;
        service.is_some_and(|service| service.scope == Scope::Zonal || service.placement == Placement::PerZone)
    };
    let mut found = Vec::new();
    for entry in services(study, &TIERS).filter(lives_in_zones) {
        let lonely = homes(study, entry)
            .into_iter()
            .filter(|(network, zones)| zones.len() == 1 && network.is_some_and(|network| zones_of(study, network) > 1));
        let zones: BTreeSet<usize> = lonely.flat_map(|(_, zones)| zones).collect();
        if !zones.is_empty() {
            found.push(Found::at(entry, vec![zone_names(sites, &zones)]));
        }
    }
    found
}

/// The zones in which an entry, its replicas, or what is the same under other names, stand, by network; what stands in none is left out.
pub(in super::super) fn homes(study: &Study, entry: DefinitionId) -> BTreeMap<Option<BoxId>, BTreeSet<usize>> {
    let sites = &study.sites;
    let own: BTreeSet<Option<BoxId>> = sites.copies(entry).filter_map(|id| Some(sites.of(id)?.network)).collect();
    let mut homes: BTreeMap<Option<BoxId>, BTreeSet<usize>> = BTreeMap::new();
    let family = sites.family(entry).iter().flat_map(|&other| sites.copies(other));
    let replicas = sites.copies(entry).flat_map(|id| sites.partners(id)).copied();
    for id in family.chain(replicas) {
        let Some(site) = sites.of(id).filter(|site| own.contains(&site.network) && !site.zones.is_empty()) else {
            continue;
        };
        homes.entry(site.network).or_default().extend(&site.zones);
    }
    homes
}

/// How many zones a network has.
fn zones_of(study: &Study, network: BoxId) -> usize {
    let topology = study.topology;
    let is_zone = |id: BoxId| topology.element(id).container().is_some_and(|found| found.style == GroupStyle::Zone);
    topology.ids().filter(|&id| is_zone(id) && topology.is_within(id, &[network])).count()
}
