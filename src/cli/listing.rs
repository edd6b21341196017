//! `diagram check --format json`: a contract with other programs.

use diagram::analysis::{Analysis, Failure, FlowReport};
use diagram::diagnostics::Diagnostic;
use diagram::pipeline::{self, Checked};
use diagram::source::Source;
use diagram::topology::{BoxId, DefinitionId, Topology};
use serde::Serialize;

use super::check::Examined;

/// Everything, to which keys may be added.
#[derive(Serialize)]
pub struct Listing<'a> {
    findings: Vec<Finding<'a>>,
    /// What would be a finding, had its author not allowed it.
    allowed: Vec<Allowed<'a>>,
    flows: Vec<Flow<'a>>,
    requirements: Vec<Requirement<'a>>,
}

/// Something that is accepted.
#[derive(Serialize)]
struct Allowed<'a> {
    code: &'static str,
    boxes: Vec<&'a str>,
    message: String,
    reason: Option<&'a str>,
}

/// What a flow bears.
#[derive(Serialize)]
struct Flow<'a> {
    id: &'a str,
    failures: Vec<Loss<'a>>,
    availability: Availability<'a>,
}

/// What becomes of a flow without something.
#[derive(Serialize)]
struct Loss<'a> {
    remove: String,
    verdict: &'static str,
    /// The copies that decide it.
    because: Vec<&'a str>,
    /// The ends of the step that has no way left.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<[&'a str; 2]>,
    /// The region that takes over.
    #[serde(skip_serializing_if = "Option::is_none")]
    moves_to: Option<&'a str>,
}

/// How available a flow can be at best.
#[derive(Serialize)]
struct Availability<'a> {
    /// The share of time, from 0 to 1; nothing if no part of the flow has a figure.
    bound: Option<f64>,
    assumptions: Vec<Assumption<'a>>,
    /// What has no figure.
    unknown: Vec<&'a str>,
}

/// A figure that goes into a bound.
#[derive(Serialize)]
struct Assumption<'a> {
    #[serde(rename = "box")]
    entry: &'a str,
    percent: f64,
    conditions: Option<&'a str>,
    date: Option<&'a str>,
    source: Option<&'a str>,
}

/// Whether a requirement is met.
#[derive(Serialize)]
struct Requirement<'a> {
    text: &'a str,
    check: Option<&'a str>,
    answer: &'static str,
    evidence: Vec<String>,
}

/// One thing that was found.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    /// The ids of the boxes concerned.
    boxes: Vec<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
    /// The file, as it was typed.
    file: Option<&'a str>,
    /// From 1.
    line: Option<usize>,
    /// In characters, from 1.
    column: Option<usize>,
}

impl<'a> Listing<'a> {
    /// Of all inputs, one after the other.
    pub fn of(all: &'a [Examined]) -> Self {
        let mut listing =
            Self { findings: Vec::new(), allowed: Vec::new(), flows: Vec::new(), requirements: Vec::new() };
        for examined in all {
            let checked = &examined.checked;
            listing
                .findings
                .extend(checked.diagnostics[..examined.findings].iter().map(|found| finding(checked, found)));
            listing.allowed.extend(checked.allowed.iter().map(|doubt| Allowed {
                code: doubt.code,
                boxes: boxes(checked, doubt),
                message: doubt.message.clone(),
                reason: None,
            }));
            if let (Some(topology), Some(analysis)) = (&checked.topology, &examined.analysis) {
                listing.allowed.extend(allowed(topology, analysis));
                listing
                    .flows
                    .extend(analysis.flows.iter().map(|report| flow(topology, analysis, report, &examined.without)));
                listing.requirements.extend(requirements(topology, analysis));
            }
        }
        listing
    }
}

fn allowed<'a>(topology: &'a Topology, analysis: &'a Analysis) -> impl Iterator<Item = Allowed<'a>> {
    analysis.allowed.iter().map(|allowed| Allowed {
        code: allowed.finding.code,
        boxes: allowed.finding.boxes.iter().map(|&entry| id(topology, entry)).collect(),
        message: pipeline::in_the_shell(topology, &allowed.finding.message),
        reason: topology.definitions[allowed.by.index()].allow_reason.as_deref(),
    })
}

fn flow<'a>(topology: &'a Topology, analysis: &'a Analysis, report: &'a FlowReport, without: &[usize]) -> Flow<'a> {
    let address = |id: &BoxId| topology.element(*id).address.as_str();
    let loss = |index: usize| {
        let Failure { verdict, because, broken, moves_to, .. } = &report.failures[index];
        Loss {
            remove: analysis.removals[index].written(topology),
            verdict: verdict.name(),
            because: because.iter().map(address).collect(),
            broken: broken.map(|(from, to)| [id(topology, from), id(topology, to)]),
            moves_to: moves_to.as_ref().map(address),
        }
    };
    let failures = if without.is_empty() {
        (0..analysis.removals.len()).map(loss).collect()
    } else {
        without.iter().map(|&index| loss(index)).collect()
    };
    let assumption = |assumed: &'a diagram::analysis::Assumption| Assumption {
        entry: id(topology, assumed.entry),
        percent: assumed.percent,
        conditions: assumed.source.map(|source| source.conditions),
        date: assumed.source.map(|source| source.date),
        source: assumed.source.map(|source| source.source),
    };
    Flow {
        id: report.id(topology),
        failures,
        availability: Availability {
            bound: report.availability.bound,
            assumptions: report.availability.assumptions.iter().map(assumption).collect(),
            unknown: report.availability.unknown.iter().map(|&entry| id(topology, entry)).collect(),
        },
    }
}

fn requirements<'a>(topology: &'a Topology, analysis: &'a Analysis) -> impl Iterator<Item = Requirement<'a>> {
    topology.requirements.iter().zip(&analysis.requirements).map(|(requirement, judgement)| Requirement {
        text: &requirement.text,
        check: requirement.check.as_deref(),
        answer: judgement.answer.name(),
        evidence: judgement.evidence.iter().map(|phrase| pipeline::in_the_shell(topology, phrase)).collect(),
    })
}

/// The id of an entry.
fn id(topology: &Topology, entry: DefinitionId) -> &str {
    &topology.definitions[entry.index()].id
}

/// The ids of the boxes into whose entries a diagnostic points.
fn boxes<'a>(checked: &'a Checked, diagnostic: &Diagnostic) -> Vec<&'a str> {
    let mut boxes: Vec<&str> = Vec::new();
    for entry in checked.boxes.iter().filter(|entry| diagnostic.concerns(entry.span)) {
        if !boxes.contains(&entry.value.as_str()) {
            boxes.push(&entry.value);
        }
    }
    boxes
}

fn finding<'a>(checked: &'a Checked, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let sources = &checked.sources;
    let span = diagnostic.place();
    let source = span.map_or(sources.first(), |span| sources.get(usize::from(span.source)));
    let position = span.and_then(|span| Some(source?.position(span.start)));
    Finding {
        code: diagnostic.code,
        severity: diagnostic.severity.name(),
        boxes: boxes(checked, diagnostic),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file: source.map(Source::name),
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
    }
}
