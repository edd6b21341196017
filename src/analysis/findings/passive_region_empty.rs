//! A failover after which something is missing.

use std::collections::BTreeSet;

use super::super::phrase::{Part, Words};
use super::super::{Analysis, Study};
use super::{Found, Rule};
use crate::topology::DefinitionId;

pub(super) const RULE: Rule = Rule {
    code: "passive-region-empty",
    message: Words {
        english: "{0} serves in the active region {1} and has no counterpart in the passive region {2}",
        spanish: "{0} atiende en la región activa {1} y no tiene equivalente en la región pasiva {2}",
    },
    help: Words {
        english: "put a copy there as well: `in = [\"{1}\", \"{2}\"]`",
        spanish: "poner allí también una copia: `in = [\"{1}\", \"{2}\"]`",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let sites = &study.sites;
    let name = |region: usize| Part::Text(sites.regions[region].name.clone());
    let used: BTreeSet<DefinitionId> = study.courses.iter().flat_map(|course| course.entries.iter().copied()).collect();
    let mut found: Vec<Found> = Vec::new();
    for pair in &study.failover.pairs {
        for &(entry, counterpart) in &pair.counterparts {
            let counts = used.is_empty() || used.contains(&entry);
            if counterpart.is_none() && counts && found.iter().all(|other| other.boxes != [entry]) {
                found.push(Found::at(entry, vec![name(pair.active), name(pair.passive)]));
            }
        }
    }
    found
}
