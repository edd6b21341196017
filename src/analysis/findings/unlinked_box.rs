//! What stands in the picture without a link.

use std::collections::BTreeSet;

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule};
use crate::topology::DefinitionId;

pub(super) const RULE: Rule = Rule {
    code: "unlinked-box",
    message: Words { english: "no link touches {0}", spanish: "ningún enlace toca {0}" },
    help: Words {
        english: "say in a flow who talks to it, or leave it out",
        spanish: "indicar en un flujo quién se comunica con ello, o quitarlo",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let sites = &study.sites;
    let said = study.topology.links.iter().filter(|link| !study.topology.statements[link.statement.index()].implied);
    let linked: BTreeSet<DefinitionId> = said
        .flat_map(|link| sites.members(link.from).iter().chain(sites.members(link.to)))
        .map(|&id| sites.entry(id))
        .collect();
    // A picture without any links is one of what there is.
    if linked.is_empty() {
        return Vec::new();
    }
    sites.entries().filter(|entry| !linked.contains(entry)).map(|entry| Found::at(entry, Vec::new())).collect()
}
