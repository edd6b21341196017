//! What the full page lists: everything there is, what becomes of each flow without each part, and figures of availability.

use serde::Serialize;

use crate::analysis::{Analysis, FlowReport, Removal, Verdict};
use crate::catalogue::GroupStyle;
use crate::document;
use crate::topology::{DefinitionId, Role};

use super::reading::{Reading, engine_name, unique};
use super::{duty, escape};

/// A table, its cells escaped.
#[derive(Debug, Serialize)]
pub struct Table {
    /// What it is about.
    pub heading: Option<&'static str>,
    /// What stands above it.
    pub text: Option<&'static str>,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without those columns in which nothing stands; none without rows.
    fn new(heading: Option<&'static str>, columns: &[String], rows: &[Vec<String>]) -> Option<Self> {
        let full: Vec<usize> =
            (0..columns.len()).filter(|&column| rows.iter().any(|row| !row[column].is_empty())).collect();
        let kept = |cells: &[String]| full.iter().map(|&column| cells[column].clone()).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| kept(row)).collect();
        (!rows.is_empty()).then(|| Self { heading, text: None, columns: kept(columns), rows })
    }
}

/// Everything there is: regions, networks, subnets, services, and what is outside.
pub fn inventory(reading: &Reading) -> Vec<Table> {
    let labels = reading.voice.tables();
    let heads = |heads: &[&str]| heads.iter().map(|&head| head.to_owned()).collect::<Vec<_>>();
    let in_style = |wanted: fn(GroupStyle) -> bool| -> Vec<DefinitionId> {
        reading.definitions().filter(|&entry| reading.style(entry).is_some_and(wanted)).collect()
    };
    let regions = in_style(|style| style == GroupStyle::Region).into_iter().map(|entry| {
        let role = match reading.role(entry) {
            Some(Role::Active) => labels.active,
            Some(Role::Passive) => labels.passive,
            None => "",
        };
        let zones = reading.topology.ids().filter(|&id| reading.region(id) == Some(entry));
        let zones = reading.zones_of(&zones.collect::<Vec<_>>()).join(", ");
        vec![escape::text(&reading.definition(entry).name), role.to_owned(), zones, purpose(reading, entry)]
    });
    let networks = in_style(|style| style == GroupStyle::Vpc).into_iter().map(|entry| {
        vec![reading.name(entry), places(reading, entry), blocks(reading, entry), purpose(reading, entry)]
    });
    let subnets = in_style(GroupStyle::is_subnet).into_iter().map(|entry| {
        let public = reading.style(entry) == Some(GroupStyle::PublicSubnet);
        let access = if public { labels.public } else { labels.private };
        let zones = reading.zones_of(&reading.definition(entry).copies).join(", ");
        let cells = [reading.name(entry), holder(reading, entry), zones, blocks(reading, entry), access.to_owned()];
        cells.into_iter().chain([purpose(reading, entry)]).collect()
    });
    let services = reading.services().into_iter().map(|entry| {
        let scaling = reading.definition(entry).scaling;
        let scaling = scaling.map_or_else(String::new, |scaling| reading.voice.range(scaling.min, scaling.max));
        let kind = kind(reading, entry);
        vec![reading.name(entry), kind, placement(reading, entry), scaling, purpose(reading, entry)]
    });
    let outside = reading
        .externals()
        .into_iter()
        .map(|entry| vec![reading.name(entry), kind(reading, entry), purpose(reading, entry)]);
    let tables = [
        Table::new(
            Some(labels.regions),
            &heads(&[labels.name, labels.role, labels.zones, labels.purpose]),
            &regions.collect::<Vec<_>>(),
        ),
        Table::new(
            Some(labels.networks),
            &heads(&[labels.name, labels.place, labels.cidr, labels.purpose]),
            &networks.collect::<Vec<_>>(),
        ),
        Table::new(
            Some(labels.subnets),
            &heads(&[labels.name, labels.place, labels.zones, labels.cidr, labels.access, labels.purpose]),
            &subnets.collect::<Vec<_>>(),
        ),
        Table::new(
            Some(labels.services),
            &heads(&[labels.name, labels.kind, labels.place, labels.scaling, labels.purpose]),
            &services.collect::<Vec<_>>(),
        ),
        Table::new(
            Some(labels.outside),
            &heads(&[labels.name, labels.kind, labels.purpose]),
            &outside.collect::<Vec<_>>(),
        ),
    ];
    tables.into_iter().flatten().collect()
}

/// What becomes of each flow without each zone, each region, and each box without which one stops.
pub fn failures(reading: &Reading, analysis: &Analysis) -> Option<Table> {
    let labels = reading.voice.tables();
    let breaks = |index: usize| analysis.worst(index) == Verdict::Down;
    let mut rows = Vec::new();
    for (index, removed) in analysis.removals.iter().enumerate() {
        let name = match removed {
            Removal::Zone(name) | Removal::Region(name) => escape::text(name),
            Removal::Entry(entry) if breaks(index) => reading.name(*entry),
            Removal::Entry(_) | Removal::Copy(_) => continue,
        };
        let cells = analysis.flows.iter().map(|flow| reading.voice.verdict(flow.failures[index].verdict).to_owned());
        rows.push(std::iter::once(name).chain(cells).collect());
    }
    let columns = std::iter::once(labels.loss.to_owned()).chain(analysis.flows.iter().map(|flow| title(reading, flow)));
    let table = Table::new(None, &columns.collect::<Vec<_>>(), &rows).filter(|_| !analysis.flows.is_empty());
    table.map(|table| Table { text: Some(labels.failures), ..table })
}

/// The most that can be expected of each flow, and the figures that it is made of.
pub fn availability(reading: &Reading, analysis: &Analysis) -> Vec<Table> {
    let labels = reading.voice.tables();
    let bounds = analysis.flows.iter().map(|flow| {
        let bound = flow.availability.bound.map_or_else(|| "—".to_owned(), |share| reading.voice.at_most(share));
        let unknown = reading.names(&flow.availability.unknown).join(", ");
        vec![title(reading, flow), bound, unknown]
    });
    let heads = |heads: &[&str]| heads.iter().map(|&head| head.to_owned()).collect::<Vec<_>>();
    let bounds = Table::new(None, &heads(&[labels.flow, labels.bound, labels.unknown]), &bounds.collect::<Vec<_>>());
    let assumed = unique(analysis.flows.iter().flat_map(|flow| &flow.availability.assumptions).cloned());
    let figures = assumed.iter().map(|assumption| {
        let (conditions, source) = match assumption.source {
            Some(found) => (escape::text(found.conditions), format!("[{}]({})", found.date, found.source)),
            None => (labels.stated.to_owned(), String::new()),
        };
        vec![reading.name(assumption.entry), reading.voice.percent(assumption.percent), conditions, source]
    });
    let columns = heads(&[labels.name, labels.figure, labels.conditions, labels.source]);
    let figures = Table::new(None, &columns, &figures.collect::<Vec<_>>());
    let bounds = bounds.map(|table| Table { text: Some(labels.availability), ..table });
    let figures = figures.map(|table| Table { text: Some(labels.assumptions), ..table });
    bounds.into_iter().chain(figures).collect()
}

/// What a column about a flow is called.
fn title(reading: &Reading, flow: &FlowReport) -> String {
    let named = flow.flow.map(|flow| escape::text(&reading.topology.flows[flow.index()].name));
    named.unwrap_or_else(|| reading.voice.tables().everything.to_owned())
}

/// What an author says of an entry.
fn purpose(reading: &Reading, entry: DefinitionId) -> String {
    duty::words(reading.definition(entry)).iter().map(|text| escape::text(text)).collect::<Vec<_>>().join(" ")
}

/// The address blocks of a container.
fn blocks(reading: &Reading, entry: DefinitionId) -> String {
    let copies = reading.definition(entry).copies.iter();
    let blocks = copies.filter_map(|&copy| reading.topology.element(copy).container()?.cidr.as_deref());
    unique(blocks.map(escape::text)).join(", ")
}

/// The regions that an entry is in.
fn places(reading: &Reading, entry: DefinitionId) -> String {
    reading.names(&reading.regions_of(entry)).join(", ")
}

/// What holds a container, apart from zones.
fn holder(reading: &Reading, entry: DefinitionId) -> String {
    let holders = reading.definition(entry).copies.iter().filter_map(|&copy| {
        let is_zone = |outer: &crate::topology::BoxId| reading.box_style(*outer) == Some(GroupStyle::Zone);
        let outer = reading.topology.ancestors(copy).find(|outer| !is_zone(outer))?;
        Some(reading.topology.element(outer).definition)
    });
    reading.names(&unique(holders)).join(", ")
}

/// The innermost place of a service, with the zones that its copies are in.
fn placement(reading: &Reading, entry: DefinitionId) -> String {
    let copies = &reading.definition(entry).copies;
    let within = copies.iter().flat_map(|&copy| {
        let spans = reading.topology.element(copy).node().map_or(&[][..], |node| &node.spans);
        let feet = if spans.is_empty() {
            let is_zone = |outer: &crate::topology::BoxId| reading.box_style(*outer) == Some(GroupStyle::Zone);
            reading.topology.ancestors(copy).find(|outer| !is_zone(outer)).into_iter().collect()
        } else {
            spans.to_vec()
        };
        feet.into_iter().map(|foot| reading.topology.element(foot).definition).collect::<Vec<_>>()
    });
    let within: Vec<DefinitionId> = unique(within).into_iter().filter(|&holder| is_written(reading, holder)).collect();
    let regions = reading.regions_of(entry);
    let mut names = reading.names(&within);
    if regions.len() > 1 && !within.iter().any(|holder| regions.contains(holder)) {
        names.extend(reading.names(&regions));
    }
    let zones = reading.zones_of(copies);
    let place = names.join(", ");
    if zones.is_empty() { place } else { format!("{place} ({})", zones.join(", ")) }
}

/// Whether somebody wrote a container: the cloud is no place to look for anything.
fn is_written(reading: &Reading, entry: DefinitionId) -> bool {
    reading.definition(entry).span.is_some()
}

/// What an entry is.
fn kind(reading: &Reading, entry: DefinitionId) -> String {
    let definition = reading.definition(entry);
    let title = definition.service.map(|service| escape::text(service.title)).unwrap_or_default();
    match (definition.table, definition.engine.as_deref()) {
        (document::Table::Services, Some(engine)) if !title.is_empty() => {
            format!("{title}, {}", escape::text(&engine_name(engine)))
        }
        _ => title,
    }
}
