//! A store to which a route from the internet leads.

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule, is_in_subnet, services};
use crate::catalogue::{Function, GroupStyle};

pub(super) const RULE: Rule = Rule {
    code: "database-in-public-subnet",
    message: Words {
        english: "the database {0} stands in a public subnet, to which a route from the internet leads",
        spanish: "la base de datos {0} está en una subred pública, a la que llega una ruta desde Internet",
    },
    help: Words {
        english: "put it into a private or isolated subnet",
        spanish: "situarla en una subred privada o aislada",
    },
    find,
};

const DATABASES: [Function; 3] = [Function::RelationalStore, Function::NonRelationalStore, Function::Cache];

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let sites = &study.sites;
    let is_public = |id| is_in_subnet(sites, id, GroupStyle::PublicSubnet);
    let exposed = services(study, &DATABASES).filter(|&entry| sites.copies(entry).any(is_public));
    exposed.map(|entry| Found::at(entry, Vec::new())).collect()
}
