//! A link from outside to where nothing from outside arrives.

use super::super::phrase::{Part, Words};
use super::super::{Analysis, Study};
use super::{Found, Rule, is_in_subnet};
use crate::catalogue::{Function, GroupStyle, Scope};
use crate::topology::{BoxId, DefinitionId};

pub(super) const RULE: Rule = Rule {
    code: "public-entry-to-private-subnet",
    message: Words {
        english: "{1} reaches {0} in a private subnet straight from outside",
        spanish: "{1} llega a {0}, en una subred privada, directamente desde fuera",
    },
    help: Words {
        english: "put a load balancer or a gateway before it",
        spanish: "poner delante un balanceador o un gateway",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let sites = &study.sites;
    let mut found: Vec<(DefinitionId, Vec<DefinitionId>)> = Vec::new();
    for from in study.topology.ids() {
        let Some(outsider) = outsider(study, from) else { continue };
        let called = sites.calls(from).iter().flat_map(|&to| sites.members(to)).copied();
        let inside = called.filter(|&id| is_in_subnet(sites, id, GroupStyle::PrivateSubnet));
        for target in inside.map(|id| sites.entry(id)) {
            match found.iter_mut().find(|(known, _)| *known == target) {
                Some((_, outsiders)) if outsiders.contains(&outsider) => {}
                Some((_, outsiders)) => outsiders.push(outsider),
                None => found.push((target, vec![outsider])),
            }
        }
    }
    found.sort_by_key(|&(target, _)| target);
    found.into_iter().map(|(target, outsiders)| Found::at(target, vec![Part::Entries(outsiders)])).collect()
}

/// What of outside stands at the end of a link: an external, or a name service, which only says where to go.
fn outsider(study: &Study, from: BoxId) -> Option<DefinitionId> {
    let entry = study.sites.entry(from);
    let service = study.sites.definition(entry).service;
    let is_dns = service.is_some_and(|service| service.function == Function::Dns && service.scope == Scope::Global);
    // What delivers software talks to the services of AWS, not to what they run.
    let delivers = study.sites.function(entry) == Function::Delivery;
    let is_outside = study.topology.element(from).node().is_some_and(|node| node.external) && !delivers;
    let is_one = is_outside || is_dns;
    is_one.then_some(entry)
}
