//! What a flow has no way around, and what exists once.

use super::super::phrase::{Part, Words};
use super::super::removal::Removal;
use super::super::{Analysis, Study, Verdict};
use super::{Found, Rule};
use crate::topology::DefinitionId;

pub(super) const RULE: Rule = Rule {
    code: "single-point-of-failure",
    message: Words {
        english: "{0} exists once and lives in one zone, and nothing leads around it ({1})",
        spanish: "{0} existe una sola vez y vive en una zona, y no hay otro camino ({1})",
    },
    help: Words { english: "put a copy into a second zone", spanish: "poner una copia en una segunda zona" },
    find,
};

/// Where no flow has a name.
const OF_ALL_LINKS: Words = Words {
    english: "{0} exists once and lives in one zone, and nothing leads around it",
    spanish: "{0} existe una sola vez y vive en una zona, y no hay otro camino",
};

fn find(study: &Study, analysis: &Analysis) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, removed) in analysis.removals.iter().enumerate() {
        let Removal::Entry(entry) = *removed else { continue };
        if !exists_once(study, entry) {
            continue;
        }
        let broken = study.courses.iter().zip(&analysis.flows).filter(|(course, flow)| {
            flow.failures[index].verdict == Verdict::Down && course.is_alone(&study.sites, entry)
        });
        let flows: Vec<_> = broken.map(|(course, _)| course.flow).collect();
        let named = flows.iter().flatten().map(|flow| study.topology.flows[flow.index()].name.clone());
        let named: Vec<String> = named.collect();
        if flows.is_empty() {
            continue;
        }
        let is_unnamed = named.is_empty();
        let point = Found::at(entry, vec![Part::Texts(named)]);
        found.push(if is_unnamed { point.saying(OF_ALL_LINKS) } else { point });
    }
    found
}

/// Whether there is one copy of an entry, and that in one zone.
fn exists_once(study: &Study, entry: DefinitionId) -> bool {
    let sites = &study.sites;
    let definition = sites.definition(entry);
    let mut copies = sites.copies(entry);
    let (Some(only), None) = (copies.next(), copies.next()) else { return false };
    // A copy of data that nobody reads yet is the way around, not what needs one.
    let incoming = study.topology.statements.iter().filter(|statement| statement.to == entry);
    let is_replica = incoming.clone().count() > 0
        && incoming.clone().all(|statement| sites.is_store(statement.from) && sites.is_store(entry));
    definition.count < 2 && !is_replica && !definition.multi_az && !sites.is_external(entry) && sites.is_zonal(only)
}
