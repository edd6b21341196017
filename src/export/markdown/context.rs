//! What templates are filled with: finished sentences, escaped, in the order of the page, and tables.
//!
//! It is a contract with the templates of others (docs/templates.md): keys may be added; whatever else changes, changes `version`.

use serde::Serialize;

use crate::analysis::Analysis;
use crate::analysis::phrase::{Part, Phrase, Speaker};
use crate::catalogue::GroupStyle;
use crate::topology::DefinitionId;

use super::flows::{self, Step};
use super::reading::{Reading, unique};
use super::tables::{self, Table};
use super::voice::{Extent, Headings};
use super::{Detail, Options, duty, escape, outside, resilience, sections, voice};

/// The version of the context.
const VERSION: u32 = 1;

/// The page.
#[derive(Debug, Serialize)]
pub struct Page {
    /// The version of this table.
    pub version: u32,
    /// `en` or `es`.
    pub language: &'static str,
    /// `short` or `full`.
    pub detail: Detail,
    /// The title.
    pub title: String,
    /// The picture of the whole, if there is one.
    pub picture: Option<Picture>,
    /// Headings, in the page's language.
    pub headings: Headings,
    /// What it is and where it runs: paragraphs.
    pub overview: Vec<String>,
    /// What does what, and why it was chosen.
    pub sections: Vec<Section>,
    /// Whether any flow has numbers in the picture.
    pub numbered: bool,
    /// How it works.
    pub flows: Vec<FlowSection>,
    /// Links in no flow.
    pub connections: Vec<Step>,
    /// How it follows the load, and what it survives: paragraphs.
    pub resilience: Vec<String>,
    /// What the design must satisfy, with the answers.
    pub requirements: Vec<Requirement>,
    /// What is doubtful about it.
    pub findings: Vec<Finding>,
    /// What would be, had its author not accepted it.
    pub allowed: Vec<Finding>,
    /// Pictures of parts of it.
    pub views: Vec<Picture>,
    /// Tables of everything there is.
    pub inventory: Vec<Table>,
    /// What becomes of each flow without each part.
    pub failures: Option<Table>,
    /// The most that can be expected of each flow, and of what that is made.
    pub availability: Vec<Table>,
}

/// A picture.
#[derive(Debug, Serialize)]
pub struct Picture {
    /// Its title, where it is a view.
    pub title: Option<String>,
    /// Its file, as the target of a link.
    pub file: String,
    /// What it shows.
    pub alt: String,
}

/// What does what.
#[derive(Debug, Serialize)]
pub struct Section {
    /// `frontend`, `application`, `data`, `network`, `operation` or `outside`.
    pub id: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What it says.
    pub paragraphs: Vec<String>,
}

/// One flow.
#[derive(Debug, Serialize)]
pub struct FlowSection {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether its steps have numbers in the picture.
    pub numbered: bool,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// A requirement with its answer.
#[derive(Debug, Serialize)]
pub struct Requirement {
    /// What is required.
    pub text: String,
    /// The rule that finds out.
    pub check: Option<String>,
    /// `met`, `not-met` or `unknown`.
    pub answer: &'static str,
    /// The same in the page's language.
    pub said: &'static str,
    /// Why, in a sentence.
    pub evidence: String,
}

/// Something doubtful.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// Its code.
    pub code: &'static str,
    /// What is doubtful, in a sentence.
    pub message: String,
    /// What to do about it, or why it is accepted, in a sentence.
    pub help: String,
}

/// Fills the page.
pub fn page(reading: &Reading, analysis: &Analysis, options: &Options) -> Page {
    let topology = reading.topology;
    let heading = &topology.heading;
    let given = |text: &Option<String>| text.as_deref().map(escape::one_line).filter(|text| !text.is_empty());
    let title = given(&heading.title).unwrap_or_else(|| reading.voice.untitled().to_owned());
    let summary = given(&heading.summary).map(|summary| escape::text(&voice::sentence(&summary)));
    let overview = [summary, Some(reading.voice.overview(&extent(reading)))];
    let (views, whole): (Vec<_>, Vec<_>) = options.pictures.iter().partition(|picture| picture.title.is_some());
    Page {
        version: VERSION,
        language: reading.voice.code(),
        detail: options.detail,
        title: escape::text(&title),
        picture: whole.first().map(|picture| embedded(picture)),
        headings: reading.voice.headings(),
        overview: paragraph(reading, &overview.into_iter().flatten().collect::<Vec<_>>()).into_iter().collect(),
        sections: all_sections(reading),
        numbered: topology.flows.iter().any(|flow| flow.numbered),
        flows: topology.flows.iter().map(|flow| flow_section(reading, flow)).collect(),
        connections: flows::others(reading),
        resilience: resilience::describe(reading, analysis)
            .iter()
            .filter_map(|text| paragraph(reading, std::slice::from_ref(text)))
            .collect(),
        requirements: requirements(reading, analysis),
        findings: findings(reading, analysis),
        allowed: allowed(reading, analysis),
        views: views.into_iter().map(embedded).collect(),
        inventory: tables::inventory(reading),
        failures: tables::failures(reading, analysis),
        availability: tables::availability(reading, analysis),
    }
}

fn embedded(picture: &super::Picture) -> Picture {
    Picture {
        title: picture.title.as_deref().map(escape::text),
        file: escape::file(&picture.file),
        alt: escape::text(&picture.alt),
    }
}

/// Sentences as one paragraph, or none.
fn paragraph(reading: &Reading, sentences: &[String]) -> Option<String> {
    let text = sentences.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| escape::line(&reading.voice.contracted(&text)))
}

/// The sections about services, and the one about what is outside.
fn all_sections(reading: &Reading) -> Vec<Section> {
    let headings = reading.voice.headings();
    let has_frontend = sections::has_frontend(reading);
    let heading = |topic| match topic {
        duty::Topic::Frontend => headings.frontend,
        duty::Topic::Application if has_frontend => headings.application.0,
        duty::Topic::Application => headings.application.1,
        duty::Topic::Data => headings.data,
        duty::Topic::Network => headings.network,
        duty::Topic::Operation => headings.operation,
    };
    let inside = sections::describe(reading).into_iter().map(|section| Section {
        id: section.topic.id(),
        heading: heading(section.topic),
        paragraphs: section
            .paragraphs
            .iter()
            .filter_map(|text| paragraph(reading, std::slice::from_ref(text)))
            .collect(),
    });
    let outside = paragraph(reading, &outside::describe(reading));
    let outside = outside.map(|text| Section { id: "outside", heading: headings.outside, paragraphs: vec![text] });
    inside.chain(outside).collect()
}

fn flow_section(reading: &Reading, flow: &crate::topology::Flow) -> FlowSection {
    FlowSection {
        id: flow.id.clone(),
        name: escape::text(&flow.name),
        description: flow.description.as_deref().map(|text| escape::line(&escape::text(&voice::sentence(text)))),
        numbered: flow.numbered,
        steps: flows::steps(reading, flow),
    }
}

fn requirements(reading: &Reading, analysis: &Analysis) -> Vec<Requirement> {
    let pairs = reading.topology.requirements.iter().zip(&analysis.requirements);
    let requirement = |(wish, judgement): (&crate::topology::Requirement, &crate::analysis::Judgement)| {
        let evidence: Vec<String> = judgement.evidence.iter().map(|why| phrase(reading, why)).collect();
        Requirement {
            text: escape::text(&voice::sentence(&wish.text)),
            check: wish.check.clone(),
            answer: judgement.answer.name(),
            said: reading.voice.answer(judgement.answer),
            evidence: reading.voice.contracted(&format!("{}.", evidence.join("; "))),
        }
    };
    pairs.map(requirement).collect()
}

/// What is doubtful. Findings that say the same of several boxes, at their end, say it of all of them at once.
fn findings(reading: &Reading, analysis: &Analysis) -> Vec<Finding> {
    let mut merged: Vec<crate::analysis::Finding> = Vec::new();
    for found in &analysis.findings {
        let lists = found.message.parts.len() == 1 && found.message.words.english.ends_with("{0}");
        match merged.iter_mut().find(|known| lists && known.code == found.code) {
            Some(known) => {
                if let (Some(Part::Entries(all)), Some(Part::Entries(more))) =
                    (known.message.parts.first_mut(), found.message.parts.first())
                {
                    all.extend(more);
                }
            }
            None => merged.push(found.clone()),
        }
    }
    let mut said: Vec<Finding> = Vec::new();
    for found in &merged {
        let finding = finding(reading, found, &reading.voice.remedy(&phrase(reading, &found.help)));
        if !said.iter().any(|known| known.message == finding.message && known.help == finding.help) {
            said.push(finding);
        }
    }
    said
}

/// What is accepted: what one reason is given for is said together.
fn allowed(reading: &Reading, analysis: &Analysis) -> Vec<Finding> {
    let mut groups: Vec<(DefinitionId, Finding)> = Vec::new();
    for allowed in &analysis.allowed {
        let reason = reading.definition(allowed.by).allow_reason.as_deref();
        let reason = reason.map(|reason| escape::text(&voice::ended(reason)));
        let finding = finding(reading, &allowed.finding, &reading.voice.accepted(reason.as_deref()));
        match groups.iter_mut().find(|(by, _)| *by == allowed.by) {
            Some((_, known)) => known.message = format!("{} {}", known.message, finding.message),
            None => groups.push((allowed.by, finding)),
        }
    }
    groups.into_iter().map(|(_, finding)| finding).collect()
}

fn finding(reading: &Reading, found: &crate::analysis::Finding, help: &str) -> Finding {
    let message = format!("{}.", voice::capitalised(&phrase(reading, &found.message)));
    Finding { code: found.code, message: reading.voice.contracted(&message), help: reading.voice.contracted(help) }
}

/// A sentence of the analysis in the words of the page.
fn phrase(reading: &Reading, phrase: &Phrase) -> String {
    let said = phrase.said(&Speaker {
        language: reading.topology.heading.language,
        name: &|entry| reading.said(&[entry]).concat(),
        list: &|items| reading.voice.list(items),
        text: &|text| escape::text(text),
    });
    reading.voice.after_nouns(&said)
}

/// How much there is of everything.
fn extent(reading: &Reading) -> Extent {
    let topology = reading.topology;
    let regions = reading.regions();
    let with = |style| topology.ids().filter(move |&id| reading.box_style(id) == Some(style));
    let in_region = |region: DefinitionId| {
        let networks = with(GroupStyle::Vpc).filter(|&id| reading.region(id) == Some(region)).count();
        let zones = unique(
            with(GroupStyle::Zone).filter(|&id| reading.region(id) == Some(region)).filter_map(|id| reading.zone(id)),
        );
        (networks, zones.len())
    };
    let by_region: Vec<(usize, usize)> = regions.iter().map(|&region| in_region(region)).collect();
    let total = (with(GroupStyle::Vpc).count(), by_region.iter().map(|&(_, zones)| zones).sum());
    let outside_regions = unique(with(GroupStyle::Zone).filter_map(|id| reading.zone(id))).len();
    let alike = by_region.windows(2).all(|pair| pair[0] == pair[1]);
    let inside: usize = by_region.iter().map(|&(networks, _)| networks).sum();
    let (networks, zones) = match by_region.first() {
        Some(&first) if alike && inside == total.0 => first,
        Some(_) => total,
        None => (total.0, outside_regions),
    };
    Extent {
        regions: regions.iter().map(|&region| reading.region_in_full(region)).collect(),
        accounts: with(GroupStyle::Account).count(),
        networks,
        zones,
        alike: alike && inside == total.0,
    }
}
