//! A load balancer that goes with its only zone.

use std::collections::BTreeSet;

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule, homes, services, zone_names};
use crate::catalogue::Function;

pub(super) const RULE: Rule = Rule {
    code: "load-balancer-in-one-az",
    message: Words {
        english: "the load balancer {0} stands in one availability zone only, {1}, and goes with it",
        spanish: "el balanceador {0} está en una sola zona de disponibilidad, {1}, y cae con ella",
    },
    help: Words {
        english: "give it subnets in two zones: AWS asks for two anyway",
        spanish: "darle subredes en dos zonas: AWS las pide de todos modos",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let lonely = services(study, &[Function::LoadBalancer]).filter_map(|entry| {
        let alone: BTreeSet<usize> =
            homes(study, entry).into_values().filter(|zones| zones.len() == 1).flatten().collect();
        (!alone.is_empty()).then(|| Found::at(entry, vec![zone_names(&study.sites, &alone)]))
    });
    lonely.collect()
}
