//! What a design bears, what is doubtful about it, and whether it is what was asked for.
//!
//! Arrives: a [`Topology`]. Leaves: an [`Analysis`]: for each flow and each zone, region and box what becomes of the flow
//! without it; how available the flow can be at best; the findings of `diagram check`; the answers to the requirements.
//! Nothing here is a list of what usually breaks: verdicts come from following links from copy to copy (`course`).

mod availability;
mod course;
mod failover;
pub mod findings;
mod kin;
pub mod phrase;
mod removal;
mod requests;
pub mod requirements;
mod sites;

use self::course::Course;
use self::failover::Failover;
use self::requests::Request;
use self::sites::{Loss, Sites};
use crate::diagnostics::Diagnostic;
use crate::topology::{BoxId, DefinitionId, FlowId, StatementId, Topology};

pub use self::availability::{Assumption, Availability};
pub use self::findings::{Allowed, Finding};
pub use self::removal::Removal;
pub use self::requirements::{Answer, Judgement};

/// What was found out about a design.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Everything that was taken away, one after the other: zones, regions, then boxes, in the order of the topology.
    pub removals: Vec<Removal>,
    /// In the order of the topology; a design without flows is judged by all its links as one flow without a name.
    pub flows: Vec<FlowReport>,
    /// What is doubtful, in the order of the codes, then of the topology.
    pub findings: Vec<Finding>,
    /// What would be, had its author not allowed it.
    pub allowed: Vec<Allowed>,
    /// The answers to the requirements, in their order.
    pub requirements: Vec<Judgement>,
}

/// What a flow bears.
#[derive(Debug, Clone)]
pub struct FlowReport {
    /// The flow; `None` is the one that stands for all links.
    pub flow: Option<FlowId>,
    /// One for each of [`Analysis::removals`], in their order.
    pub failures: Vec<Failure>,
    /// The most that can be expected of it.
    pub availability: Availability,
}

/// What becomes of a flow without something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What becomes of the flow.
    pub verdict: Verdict,
    /// The boxes that decide it, in order: those that break a step, or those of the flow that are lost.
    pub because: Vec<BoxId>,
    /// The step that has no way left, by its ends.
    pub broken: Option<(DefinitionId, DefinitionId)>,
    /// What is lost, with the standby or replica that takes over.
    pub relieved: Vec<(BoxId, BoxId)>,
    /// The passive region that takes over.
    pub moves_to: Option<BoxId>,
}

/// What becomes of a flow, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No box of it lost anything.
    Survives,
    /// Every step still has a way, but a copy, a standby or a place to fail over to is lost.
    Degraded,
    /// Some step has no way left.
    Down,
}

impl Verdict {
    /// Its name in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Survives => "survives",
            Self::Degraded => "degraded",
            Self::Down => "down",
        }
    }
}

/// What all parts of an analysis read.
struct Study<'t> {
    topology: &'t Topology,
    sites: Sites<'t>,
    failover: Failover,
    courses: Vec<Course>,
    /// Those of the flows that start outside.
    requests: Vec<Request>,
    /// What was already said of the document.
    doubts: &'t [Diagnostic],
}

/// Follows every flow of a topology, looks for what is doubtful, and answers the requirements; `doubts` are what was already
/// said of the document.
pub fn analyse(topology: &Topology, doubts: &[Diagnostic]) -> Analysis {
    let sites = Sites::new(topology);
    let failover = Failover::new(&sites);
    let courses = courses(topology, &sites, &failover);
    let requests = requests::of(&sites, &courses);
    let study = Study { topology, sites, failover, courses, requests, doubts };
    let removals = removal::all(&study.sites);
    let flows: Vec<FlowReport> = study.courses.iter().map(|course| report(&study, course, &removals)).collect();
    let mut analysis =
        Analysis { removals, flows, findings: Vec::new(), allowed: Vec::new(), requirements: Vec::new() };
    findings::find(&study, &mut analysis);
    analysis.requirements = requirements::answer(&study, &analysis);
    analysis
}

fn courses(topology: &Topology, sites: &Sites, failover: &Failover) -> Vec<Course> {
    let course = |flow, statements: Vec<StatementId>| Course::new(sites, failover, flow, statements);
    if topology.flows.is_empty() {
        let said = (0..topology.statements.len()).map(StatementId::from);
        let said: Vec<StatementId> = said.filter(|id| !topology.statements[id.index()].implied).collect();
        return if said.is_empty() { Vec::new() } else { vec![course(None, said)] };
    }
    let flows = topology.flows.iter().enumerate().map(|(index, flow)| {
        let statements = flow.steps.iter().flat_map(|step| step.statements.iter().copied()).collect();
        course(Some(FlowId::from(index)), statements)
    });
    flows.collect()
}

fn report(study: &Study, course: &Course, removals: &[Removal]) -> FlowReport {
    let failures: Vec<Failure> =
        removals.iter().map(|removed| course.without(&study.sites, &study.failover, removed)).collect();
    let availability = availability::of(study, course, removals, &failures);
    FlowReport { flow: course.flow, failures, availability }
}

/// Every box that is not there any more without something: components, and containers of which nothing is left.
pub fn gone(topology: &Topology, removed: &Removal) -> Vec<BoxId> {
    let sites = Sites::new(topology);
    let is_gone = |id: BoxId| {
        let members = sites.members(id);
        !members.is_empty() && members.iter().all(|&member| sites.loss(member, removed) == Loss::All)
    };
    let is_place = |id: BoxId| sites.is_place(id, removed);
    let within = |id: &BoxId| is_gone(*id) || is_place(*id) || topology.ancestors(*id).any(is_place);
    topology.ids().filter(within).collect()
}

impl Analysis {
    /// What becomes of all flows without something: the worst of it, and the flows that come to that.
    pub fn worst(&self, removal: usize) -> Verdict {
        self.flows.iter().map(|flow| flow.failures[removal].verdict).max().unwrap_or(Verdict::Survives)
    }
}

impl FlowReport {
    /// The id of the flow; empty for the one that stands for all links.
    pub fn id<'t>(&self, topology: &'t Topology) -> &'t str {
        self.flow.map_or("", |flow| &topology.flows[flow.index()].id)
    }
}

#[cfg(test)]
mod tests;
