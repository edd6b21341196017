//! A NAT gateway without a route to the internet.

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule, is_in_subnet, services};
use crate::catalogue::{Function, GroupStyle};

pub(super) const RULE: Rule = Rule {
    code: "nat-gateway-in-private-subnet",
    message: Words {
        english: "{0} stands in a private subnet, from where it has no route to the internet",
        spanish: "{0} está en una subred privada, desde donde no tiene ruta a Internet",
    },
    help: Words { english: "put it into a public subnet", spanish: "situarlo en una subred pública" },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let sites = &study.sites;
    let is_private = |id| is_in_subnet(sites, id, GroupStyle::PrivateSubnet);
    let shut_in = services(study, &[Function::Nat]).filter(|&entry| sites.copies(entry).any(is_private));
    shut_in.map(|entry| Found::at(entry, Vec::new())).collect()
}
