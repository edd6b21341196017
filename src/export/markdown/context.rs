//! What the template of the page is filled with: finished sentences, escaped, in the order of the page.

use serde::Serialize;

use crate::catalogue::GroupStyle;
use crate::topology::DefinitionId;

use super::flows::{self, Step};
use super::reading::{Reading, unique};
use super::voice::{Extent, Headings};
use super::{Options, escape, outside, places, resilience, stores, voice};

/// The page.
#[derive(Debug, Serialize)]
pub struct Page {
    /// The title.
    pub title: String,
    /// The picture, if one is to be embedded.
    pub picture: Option<Picture>,
    /// Headings of the sections, in the page's language.
    pub headings: Headings,
    /// What it is and how large.
    pub overview: Vec<String>,
    /// What stands where.
    pub places: Vec<String>,
    /// Where data is kept.
    pub stores: Vec<String>,
    /// What is outside.
    pub outside: Vec<String>,
    /// How it works.
    pub flows: Vec<FlowSection>,
    /// Links in no flow.
    pub connections: Vec<Step>,
    /// How it scales and what it survives.
    pub resilience: Vec<String>,
    /// What parts are for, and why they were chosen.
    pub choices: Vec<Choice>,
    /// What the design must satisfy.
    pub requirements: Vec<String>,
    /// Pictures of parts of it.
    pub views: Vec<Picture>,
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

/// One flow.
#[derive(Debug, Serialize)]
pub struct FlowSection {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// One part.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// The author's sentences.
    pub text: String,
}

/// Fills the page.
pub fn page(reading: &Reading, options: &Options) -> Page {
    let heading = &reading.topology.heading;
    let given = |text: &Option<String>| text.as_deref().map(escape::one_line).filter(|text| !text.is_empty());
    let title = given(&heading.title).unwrap_or_else(|| reading.voice.untitled().to_owned());
    let extent = extent(reading);
    let summary = given(&heading.summary).map(|summary| escape::text(&voice::sentence(&summary)));
    let overview = [summary, Some(reading.voice.overview(&extent))];
    let (views, whole): (Vec<_>, Vec<_>) = options.pictures.iter().partition(|picture| picture.title.is_some());
    Page {
        title: escape::text(&title),
        picture: whole.first().map(|picture| embedded(picture)),
        headings: reading.voice.headings(),
        overview: paragraph(&overview.into_iter().flatten().collect::<Vec<_>>()),
        places: paragraph(&places::describe(reading)),
        stores: stores::describe(reading),
        outside: paragraph(&outside::describe(reading)),
        flows: reading.topology.flows.iter().map(|flow| flow_section(reading, flow)).collect(),
        connections: flows::others(reading),
        resilience: resilience::describe(reading),
        choices: reading.definitions().filter_map(|entry| choice(reading, entry)).collect(),
        requirements: reading
            .topology
            .requirements
            .iter()
            .map(|wish| escape::text(&voice::sentence(&wish.text)))
            .collect(),
        views: views.into_iter().map(embedded).collect(),
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
fn paragraph(sentences: &[String]) -> Vec<String> {
    let text = sentences.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() { Vec::new() } else { vec![escape::line(&text)] }
}

fn flow_section(reading: &Reading, flow: &crate::topology::Flow) -> FlowSection {
    FlowSection {
        name: escape::text(&flow.name),
        description: flow.description.as_deref().map(|text| escape::line(&escape::text(&voice::sentence(text)))),
        steps: flows::steps(reading, flow),
    }
}

/// What an author says of an entry.
fn choice(reading: &Reading, entry: DefinitionId) -> Option<Choice> {
    let definition = reading.definition(entry);
    let said = [definition.description.as_deref(), definition.why.as_deref()];
    let sentences: Vec<String> = said.into_iter().flatten().map(|text| escape::text(&voice::sentence(text))).collect();
    let text = sentences.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty() && !definition.copies.is_empty()).then(|| Choice { name: escape::text(&definition.name), text })
}

/// How much there is of everything.
fn extent(reading: &Reading) -> Extent {
    let topology = reading.topology;
    let services = reading.services();
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
        serverless: services
            .iter()
            .all(|&entry| reading.definition(entry).service.is_some_and(|service| service.serverless)),
        services: services.len(),
        externals: reading.externals().len(),
        regions: regions.iter().map(|&region| reading.region_in_full(region)).collect(),
        accounts: with(GroupStyle::Account).count(),
        networks,
        zones,
        alike: alike && inside == total.0,
    }
}
