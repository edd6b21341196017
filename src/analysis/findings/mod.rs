//! What is doubtful about a design, each by a rule in a file of its own: why, where, and the way out.

mod asynchronous_on_request_path;
mod database_in_public_subnet;
mod empty_group;
mod fixed_capacity;
mod load_balancer_in_one_az;
mod nat_gateway_in_private_subnet;
mod no_egress;
mod no_standby;
mod passive_region_empty;
mod public_entry_to_private_subnet;
mod shared_nat_gateway;
mod single_az_tier;
mod single_point_of_failure;
mod unlinked_box;

use std::collections::BTreeSet;

use super::phrase::{Part, Phrase, Words};
use super::sites::Sites;
use super::{Analysis, Study};
use crate::catalogue::{Function, GroupStyle};
use crate::topology::{BoxId, DefinitionId};

pub(super) use fixed_capacity::{is_fixed, is_sized};
use single_az_tier::homes;

/// Something doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its code; one of [`crate::diagnostics::code::CODES`].
    pub code: &'static str,
    /// What it is about, in order; the first is where it is shown.
    pub boxes: Vec<DefinitionId>,
    /// What is doubtful.
    pub message: Phrase,
    /// What to do about it.
    pub help: Phrase,
}

/// A finding that its author accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// What was found.
    pub finding: Finding,
    /// Where it is allowed.
    pub by: DefinitionId,
}

/// A rule: what it says, and how it finds out.
struct Rule {
    code: &'static str,
    message: Words,
    help: Words,
    find: fn(&Study, &Analysis) -> Vec<Found>,
}

/// What a rule found: the boxes concerned, and what fills the blanks of its words.
struct Found {
    boxes: Vec<DefinitionId>,
    parts: Vec<Part>,
    /// What is said in place of the rule's own message.
    words: Option<Words>,
}

impl Found {
    /// A box, which fills the first blank; `more` fills the others.
    fn at(entry: DefinitionId, more: Vec<Part>) -> Self {
        let parts = std::iter::once(Part::entry(entry)).chain(more).collect();
        Self { boxes: vec![entry], parts, words: None }
    }

    /// Says something else than the rule does.
    fn saying(self, words: Words) -> Self {
        Self { words: Some(words), ..self }
    }
}

/// In alphabetical order of their codes.
const RULES: [&Rule; 14] = [
    &asynchronous_on_request_path::RULE,
    &database_in_public_subnet::RULE,
    &empty_group::RULE,
    &fixed_capacity::RULE,
    &load_balancer_in_one_az::RULE,
    &nat_gateway_in_private_subnet::RULE,
    &no_egress::RULE,
    &no_standby::RULE,
    &passive_region_empty::RULE,
    &public_entry_to_private_subnet::RULE,
    &shared_nat_gateway::RULE,
    &single_az_tier::RULE,
    &single_point_of_failure::RULE,
    &unlinked_box::RULE,
];

/// Applies all rules; what a box of a finding allows, is noted as allowed.
pub(super) fn find(study: &Study, analysis: &mut Analysis) {
    for rule in RULES {
        for Found { boxes, parts, words } in (rule.find)(study, analysis) {
            let help = rule.help.with(parts.clone());
            let finding = Finding { code: rule.code, boxes, message: words.unwrap_or(rule.message).with(parts), help };
            let allows = |entry: &&DefinitionId| {
                study.sites.definition(**entry).allow.iter().any(|code| code.value == rule.code)
            };
            match finding.boxes.iter().find(allows).copied() {
                Some(by) => analysis.allowed.push(Allowed { finding, by }),
                None => analysis.findings.push(finding),
            }
        }
    }
}

/// The services that play one of these parts, in order.
fn services<'s>(study: &'s Study, functions: &'s [Function]) -> impl Iterator<Item = DefinitionId> + 's {
    let plays = |entry: &DefinitionId| functions.contains(&study.sites.function(*entry));
    study.sites.entries().filter(plays).filter(|&entry| !study.sites.is_external(entry))
}

/// Whether a copy stands in a subnet of that kind, or spans one.
fn is_in_subnet(sites: &Sites, id: BoxId, style: GroupStyle) -> bool {
    let is = |subnet: &BoxId| sites.topology.element(*subnet).container().is_some_and(|found| found.style == style);
    sites.of(id).is_some_and(|site| site.subnets.iter().any(is))
}

/// The names of zones.
fn zone_names(sites: &Sites, zones: &BTreeSet<usize>) -> Part {
    Part::Text(zones.iter().map(|&zone| sites.zones[zone].as_str()).collect::<Vec<_>>().join(", "))
}
