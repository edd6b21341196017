//! A container without anything in it.

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule};
use crate::topology::{BoxId, DefinitionId};

pub(super) const RULE: Rule = Rule {
    code: "empty-group",
    message: Words { english: "nothing is in {0}", spanish: "no hay nada en {0}" },
    help: Words { english: "put something into it, or leave it out", spanish: "poner algo dentro o quitarlo" },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let topology = study.topology;
    let is_empty = |id: BoxId| topology.element(id).node().is_none() && study.sites.members(id).is_empty();
    let lacks = |entry: &DefinitionId| {
        let definition = &topology.definitions[entry.index()];
        // Of nested ones the outermost is told.
        let is_inner = |&id: &BoxId| topology.element(id).parent.is_some_and(is_empty);
        definition.span.is_some()
            && !definition.copies.is_empty()
            && definition.copies.iter().all(|&id| is_empty(id))
            && !definition.copies.iter().all(is_inner)
    };
    let entries = (0..topology.definitions.len()).map(DefinitionId::from);
    entries.filter(lacks).map(|entry| Found::at(entry, Vec::new())).collect()
}
