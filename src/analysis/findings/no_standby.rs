//! A relational database of which there is one instance.

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule, services};
use crate::catalogue::Function;
use crate::topology::DefinitionId;

pub(super) const RULE: Rule = Rule {
    code: "no-standby",
    message: Words {
        english: "the database {0} has neither a standby nor a replica",
        spanish: "la base de datos {0} no tiene ni reserva ni réplica",
    },
    help: Words {
        english: "write `multi-az = true`, or draw its replica and the replication",
        spanish: "escribir `multi-az = true`, o dibujar su réplica y la replicación",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let lonely = services(study, &[Function::RelationalStore]).filter(|&entry| is_alone(study, entry));
    lonely.map(|entry| Found::at(entry, Vec::new())).collect()
}

fn is_alone(study: &Study, entry: DefinitionId) -> bool {
    let sites = &study.sites;
    let definition = sites.definition(entry);
    let by_itself = definition
        .service
        .is_some_and(|service| service.serverless || matches!(service.kind, "rds-multi-az" | "rds-proxy"));
    let replicated = study.topology.statements.iter().any(|statement| {
        let other = if statement.from == entry { statement.to } else { statement.from };
        (statement.from == entry || statement.to == entry) && sites.function(other) == Function::RelationalStore
    });
    let twins = sites.family(entry).len() > 1;
    !definition.multi_az && !by_itself && !replicated && !twins && sites.copies(entry).count() < 2
}
