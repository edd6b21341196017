//! A call to something outside from where no route leads out.

use std::collections::BTreeSet;

use super::super::phrase::{Part, Words};
use super::super::{Analysis, Study};
use super::{Found, Rule, is_in_subnet};
use crate::catalogue::{Function, GroupStyle};
use crate::topology::{BoxId, DefinitionId};

pub(super) const RULE: Rule = Rule {
    code: "no-egress",
    message: Words {
        english: "{0} is in a private subnet and calls {1}, and the way has no NAT gateway, VPN gateway or endpoint",
        spanish: "{0} está en una subred privada y llama a {1}, y en el camino no hay NAT gateway, VPN gateway ni endpoint",
    },
    help: Words {
        english: "lead the call over one: `private -> nat -> igw -> outside`",
        spanish: "llevar la llamada por uno: `privado -> nat -> igw -> externo`",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let sites = &study.sites;
    let private = |&entry: &DefinitionId| {
        !sites.is_external(entry)
            && !passes_on(study, entry)
            && sites.copies(entry).any(|id| is_in_subnet(sites, id, GroupStyle::PrivateSubnet))
    };
    let mut found = Vec::new();
    for entry in sites.entries().filter(private) {
        let called: Vec<DefinitionId> = outside(study, entry).into_iter().collect();
        if !called.is_empty() {
            found.push(Found::at(entry, vec![Part::Entries(called)]));
        }
    }
    found
}

/// Whether something only hands on what comes: it is not the one that calls.
fn passes_on(study: &Study, entry: DefinitionId) -> bool {
    matches!(study.sites.function(entry), Function::Gateway | Function::Firewall | Function::Nat)
}

/// Whether something leads out of a private subnet.
fn leads_out(study: &Study, entry: DefinitionId) -> bool {
    let internet = study.sites.definition(entry).service.is_some_and(|service| service.kind == "internet-gateway");
    matches!(study.sites.function(entry), Function::Nat | Function::Gateway) && !internet
}

/// What an entry calls outside without passing anything that leads out.
fn outside(study: &Study, caller: DefinitionId) -> BTreeSet<DefinitionId> {
    let sites = &study.sites;
    let mut called = BTreeSet::new();
    let mut seen: BTreeSet<BoxId> = BTreeSet::new();
    let mut waiting: Vec<BoxId> =
        sites.copies(caller).filter(|&id| is_in_subnet(sites, id, GroupStyle::PrivateSubnet)).collect();
    while let Some(at) = waiting.pop() {
        for &next in sites.calls(at).iter().flat_map(|&to| sites.members(to)) {
            let entry = sites.entry(next);
            if sites.is_external(entry) {
                // What people see is an answer, no call.
                if sites.function(entry) != Function::Client {
                    called.insert(entry);
                }
            } else if passes_on(study, entry) && !leads_out(study, entry) && seen.insert(next) {
                waiting.push(next);
            }
        }
    }
    called
}
