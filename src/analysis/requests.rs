//! Requests: what flows that start outside do.

use std::collections::BTreeSet;

use super::course::Course;
use super::sites::Sites;
use crate::topology::{DefinitionId, StatementId};

/// What one flow does for someone outside.
pub(super) struct Request {
    /// What it passes, in order.
    pub entries: BTreeSet<DefinitionId>,
    /// Its links, in order.
    pub statements: Vec<StatementId>,
}

/// The flows that start at an external; of the links of a design without flows, what can be reached from externals.
pub(super) fn of(sites: &Sites, courses: &[Course]) -> Vec<Request> {
    courses.iter().filter_map(|course| request(sites, course)).collect()
}

fn request(sites: &Sites, course: &Course) -> Option<Request> {
    let said = |id: &StatementId| &sites.topology.statements[id.index()];
    let from_outside = |id: &StatementId| sites.is_external(said(id).from);
    let statements = if course.flow.is_some() {
        let first = course.statements.first().filter(|first| from_outside(first));
        first?;
        course.statements.clone()
    } else {
        let mut reached: BTreeSet<DefinitionId> = BTreeSet::new();
        let mut taken: BTreeSet<StatementId> = BTreeSet::new();
        // At most one round for each link in a row.
        loop {
            let next = course.statements.iter().copied().filter(|id| !taken.contains(id));
            let next: Vec<StatementId> =
                next.filter(|id| from_outside(id) || reached.contains(&said(id).from)).collect();
            if next.is_empty() {
                break;
            }
            for id in next {
                taken.insert(id);
                reached.insert(said(&id).to);
                let links = said(&id).links.iter().map(|link| &sites.topology.links[link.index()]);
                reached.extend(links.flat_map(|link| sites.members(link.to)).map(|&member| sites.entry(member)));
            }
        }
        course.statements.iter().copied().filter(|id| taken.contains(id)).collect()
    };
    let links = statements.iter().flat_map(|id| &said(id).links).map(|link| &sites.topology.links[link.index()]);
    let boxes = links.flat_map(|link| sites.members(link.from).iter().chain(sites.members(link.to)));
    let entries: BTreeSet<DefinitionId> = boxes.map(|&id| sites.entry(id)).collect();
    (!entries.is_empty()).then_some(Request { entries, statements })
}
