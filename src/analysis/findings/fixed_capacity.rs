//! Instances or tasks on the way of a request, of which nothing adds more under load.

use std::collections::BTreeSet;

use super::super::phrase::Words;
use super::super::{Analysis, Study};
use super::{Found, Rule};
use crate::catalogue::{Function, GroupStyle};
use crate::topology::DefinitionId;

pub(super) const RULE: Rule = Rule {
    code: "fixed-capacity",
    message: Words {
        english: "requests reach {0}, and nothing adds copies of it under load",
        spanish: "las peticiones llegan a {0}, y nada añade copias cuando sube la carga",
    },
    help: Words {
        english: "say how far it scales (`scaling = { min = 2, max = 10 }`), or put it into an Auto Scaling group",
        spanish: "indicar hasta dónde escala (`scaling = { min = 2, max = 10 }`) o ponerlo en un grupo de Auto Scaling",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let asked: BTreeSet<DefinitionId> = study.requests.iter().flat_map(|request| &request.entries).copied().collect();
    asked.into_iter().filter(|&entry| is_fixed(study, entry)).map(|entry| Found::at(entry, Vec::new())).collect()
}

/// Whether an entry is of instances or tasks that nothing adds to.
pub(in super::super) fn is_fixed(study: &Study, entry: DefinitionId) -> bool {
    is_sized(study, entry) && !scales(study, entry)
}

/// Whether an entry runs on instances or tasks of which somebody says how many there are.
pub(in super::super) fn is_sized(study: &Study, entry: DefinitionId) -> bool {
    let service = study.sites.definition(entry).service;
    !study.sites.is_external(entry)
        && service.is_some_and(|service| {
            service.function == Function::Compute && !service.serverless && !is_by_itself(service.kind)
        })
}

/// Kinds of compute that are no instances or tasks but what runs or adds them.
fn is_by_itself(kind: &str) -> bool {
    matches!(kind, "autoscaling" | "ec2-service" | "batch" | "elastic-beanstalk")
}

/// Whether something adds copies of an entry: its own `scaling`, or an Auto Scaling group around it.
fn scales(study: &Study, entry: DefinitionId) -> bool {
    let topology = study.topology;
    let is_group = |id| {
        let element = topology.element(id);
        let style = element.container().map(|found| found.style).or(element.overlay().map(|found| found.style));
        style == Some(GroupStyle::AutoScalingGroup)
    };
    study.sites.definition(entry).scaling.is_some()
        || topology.ids().filter(|&id| is_group(id)).any(|group| {
            let mut members = study.sites.members(group).iter();
            members.any(|&member| study.sites.entry(member) == entry)
        })
}
