//! A NAT gateway on which several zones depend.

use std::collections::BTreeSet;

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule, is_in_subnet, services, zone_names};
use crate::catalogue::{Function, GroupStyle};
use crate::topology::{BoxId, DefinitionId};

pub(super) const RULE: Rule = Rule {
    code: "shared-nat-gateway",
    message: Words {
        english: "{0} serves several availability zones ({1}): with its own the others lose their way out",
        spanish: "{0} da salida a varias zonas de disponibilidad ({1}): si cae la suya, las demás se quedan sin ella",
    },
    help: Words { english: "put one into each zone: leave `azs` out", spanish: "poner uno en cada zona: quitar `azs`" },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let shared = services(study, &[Function::Nat]).filter_map(|entry| {
        let zones = study.sites.copies(entry).map(|id| served(study, entry, id)).find(|zones| zones.len() > 1)?;
        Some(Found::at(entry, vec![zone_names(&study.sites, &zones)]))
    });
    shared.collect()
}

/// The zones that depend on one NAT gateway: those that links come from; without any, those of the private subnets of its network
/// that have no gateway of their own, beside its own.
fn served(study: &Study, entry: DefinitionId, nat: BoxId) -> BTreeSet<usize> {
    let sites = &study.sites;
    let here: BTreeSet<usize> = sites.zones(nat).iter().copied().collect();
    if here.len() != 1 {
        return BTreeSet::new();
    }
    let in_network = |id: BoxId| {
        let (Some(one), Some(other)) = (sites.of(id), sites.of(nat)) else { return false };
        one.network == other.network && one.network.is_some()
    };
    let callers = |nat: BoxId| -> BTreeSet<usize> {
        let to_it = study.topology.links.iter().filter(|link| link.to == nat);
        let from = to_it.flat_map(|link| sites.members(link.from)).copied().filter(|&id| in_network(id));
        from.flat_map(|id| sites.zones(id)).copied().collect()
    };
    let linked = sites.copies(entry).any(|id| !callers(id).is_empty());
    if linked {
        return callers(nat).union(&here).copied().collect();
    }
    let others: BTreeSet<usize> = services(study, &[Function::Nat])
        .flat_map(|other| sites.copies(other))
        .filter(|&id| in_network(id))
        .flat_map(|id| sites.zones(id))
        .copied()
        .collect();
    let needy = services(study, &[Function::Compute])
        .flat_map(|other| sites.copies(other))
        .filter(|&id| in_network(id) && is_in_subnet(sites, id, GroupStyle::PrivateSubnet));
    let stranded = needy.flat_map(|id| sites.zones(id)).copied().filter(|zone| !others.contains(zone));
    here.iter().copied().chain(stranded).collect()
}
