//! How it scales, what is there more than once, and what goes on when a zone or a region fails.

use crate::catalogue::{Function, GroupStyle, Scope, Service};
use crate::document::Table;
use crate::topology::{BoxId, DefinitionId, Role, Standing, Statement};

use crate::analysis::Analysis;

use super::reading::{Reading, unique};
use super::voice::{Scaled, Unit};
use super::{duty, escape, losses};

/// Paragraphs: load, zones, regions. One that has nothing to say is left out.
pub fn describe(reading: &Reading, analysis: &Analysis) -> Vec<String> {
    let paragraphs = [load(reading), zones(reading, analysis), regions(reading, analysis)];
    paragraphs.into_iter().filter(|sentences| !sentences.is_empty()).map(|sentences| sentences.join(" ")).collect()
}

/// What grows with the load, and who spreads it.
fn load(reading: &Reading) -> Vec<String> {
    let mut sentences = Vec::new();
    let scaled: Vec<Scaled> = reading.services().into_iter().filter_map(|entry| scaled(reading, entry)).collect();
    if !scaled.is_empty() {
        sentences.push(reading.voice.scales(&scaled));
    }
    let in_groups = in_scaling_groups(reading);
    if !in_groups.is_empty() {
        sentences.push(reading.voice.scaling_groups(&in_groups));
    }
    let groups = reading.definitions().filter(|&entry| reading.style(entry) == Some(GroupStyle::AutoScalingGroup));
    sentences.extend(groups.flat_map(|group| duty::words(reading.definition(group))).map(|text| escape::text(&text)));
    let managed = beside_zones(reading, |service| service.serverless && carries_load(service.function));
    let all = reading.services().iter().all(|entry| managed.contains(entry));
    say(&mut sentences, &managed, |names| reading.voice.managed(names, all), reading);
    let unsized_services = reading.services().into_iter().filter(|&entry| {
        let definition = reading.definition(entry);
        let serverless = definition.service.is_some_and(|service| service.serverless);
        serverless && definition.scaling.is_none() && fewest_zones(reading, entry) > 0
    });
    let names = unsized_services.collect::<Vec<_>>();
    say(&mut sentences, &names, |names| reading.voice.unsized_services(names), reading);
    sentences
}

/// Whether a service with this part in the whole has more to do when more is asked of the whole.
fn carries_load(function: Function) -> bool {
    use Function::{Client, Delivery, External, Observability, Other, Security};
    !matches!(function, Client | Delivery | External | Observability | Other | Security)
}

/// What a failing zone takes away, and what not.
fn zones(reading: &Reading, analysis: &Analysis) -> Vec<String> {
    let mut sentences = losses::zones(reading, analysis);
    let all = sentences.is_empty() && losses::has_zones(analysis);
    let everywhere = in_several_zones(reading);
    let most = everywhere.iter().map(|&entry| fewest_zones(reading, entry)).max().unwrap_or(0);
    if !everywhere.is_empty() {
        sentences.push(reading.voice.survives(&reading.said(&everywhere), most, all));
    } else if all {
        sentences.push(reading.voice.no_flow_stops());
    }
    for entry in reading.services() {
        sentences.extend(standby(reading, entry));
    }
    let regional = beside_zones(reading, |service| {
        // A balancer was spoken of; gateways and firewalls are as good as their attachments, which the model does not show.
        let told = matches!(service.function, Function::LoadBalancer | Function::Gateway | Function::Firewall);
        !service.serverless && service.scope == Scope::Regional && !told
    });
    say(&mut sentences, &regional, |names| reading.voice.regional_by_itself(names), reading);
    sentences.extend(single(reading));
    let nowhere: Vec<DefinitionId> =
        reading.services().into_iter().filter(|&entry| is_unplaced(reading, entry)).collect();
    say(&mut sentences, &nowhere, |names| reading.voice.unplaced(names), reading);
    sentences
}

/// What a failing region takes away, and what stands in for it.
fn regions(reading: &Reading, analysis: &Analysis) -> Vec<String> {
    let regions = reading.regions();
    let names = |regions: &[DefinitionId]| regions.iter().map(|&region| reading.name(region)).collect::<Vec<_>>();
    let with =
        |role| -> Vec<DefinitionId> { regions.iter().copied().filter(|&id| reading.role(id) == Some(role)).collect() };
    let (active, passive) = (with(Role::Active), with(Role::Passive));
    let inside = reading.services().into_iter().filter(|&entry| !reading.regions_of(entry).is_empty());
    let inside: Vec<DefinitionId> = inside.collect();
    let mut sentences = Vec::new();
    let is_in = |entry: DefinitionId, regions: &[DefinitionId]| {
        reading.regions_of(entry).iter().any(|region| regions.contains(region))
    };
    let serving: Vec<DefinitionId> = inside.iter().copied().filter(|&entry| is_in(entry, &active)).collect();
    let waiting: Vec<DefinitionId> = serving.iter().copied().filter(|&entry| is_in(entry, &passive)).collect();
    if !waiting.is_empty() {
        let everything = waiting.len() == serving.len() && active.len() == 1;
        sentences.push(reading.voice.waiting(&names(&passive), everything, &reading.said(&waiting)));
    }
    sentences.extend(
        regions.iter().flat_map(|&region| duty::words(reading.definition(region))).map(|text| escape::text(&text)),
    );
    match (regions.as_slice(), inside.is_empty()) {
        ([only], false) => sentences.push(reading.voice.one_region(&reading.name(*only))),
        ([] | [_], _) => {}
        _ => sentences.extend(losses::regions(reading, analysis)),
    }
    sentences.extend(replicated(reading));
    sentences
}

/// Adds a sentence about `entries`, if there are any.
fn say(
    sentences: &mut Vec<String>,
    entries: &[DefinitionId],
    sentence: impl Fn(&[String]) -> String,
    reading: &Reading,
) {
    if !entries.is_empty() {
        sentences.push(sentence(&reading.said(entries)));
    }
}

/// The services of which the catalogue says that, and that the model puts into no zone: those that it does put into
/// zones live there, whatever they could do.
fn beside_zones(reading: &Reading, says: impl Fn(&Service) -> bool) -> Vec<DefinitionId> {
    let is = |entry: &DefinitionId| {
        let by_itself = |service: &Service| service.scope != Scope::Zonal && says(service);
        reading.definition(*entry).service.is_some_and(by_itself) && fewest_zones(reading, *entry) == 0
    };
    reading.services().into_iter().filter(is).collect()
}

fn scaled(reading: &Reading, entry: DefinitionId) -> Option<Scaled> {
    let definition = reading.definition(entry);
    let scaling = definition.scaling.filter(|scaling| scaling.min.is_some() || scaling.max.is_some())?;
    let unit = match definition.service.map_or("", |service| service.kind) {
        "ec2" => Unit::Instances,
        "ecs" | "fargate" => Unit::Tasks,
        _ => Unit::Copies,
    };
    Some(Scaled { name: reading.name(entry), unit, min: scaling.min, max: scaling.max })
}

/// What Auto Scaling groups hold and gives no numbers itself, with the group.
fn in_scaling_groups(reading: &Reading) -> Vec<String> {
    let groups = reading.topology.ids().filter(|&id| reading.box_style(id) == Some(GroupStyle::AutoScalingGroup));
    let entry = |id| reading.topology.element(id).definition;
    let pairs = unique(
        groups.flat_map(|group| leaves(reading, group).into_iter().map(move |leaf| (entry(leaf), entry(group)))),
    );
    let unsaid = pairs.into_iter().filter(|&(leaf, _)| reading.definition(leaf).scaling.is_none());
    let named = |(leaf, group)| {
        let (leaf, group): (String, String) = (reading.name(leaf), reading.name(group));
        // "Frontend (Frontend Auto Scaling)" would say it twice.
        if group.to_lowercase().contains(&leaf.to_lowercase()) { leaf } else { format!("{leaf} ({group})") }
    };
    unsaid.map(named).collect()
}

/// The leaves in a container or a group, or the leaf itself.
fn leaves(reading: &Reading, id: BoxId) -> Vec<BoxId> {
    let element = reading.topology.element(id);
    let mut found = Vec::new();
    match element.overlay() {
        Some(overlay) => found.extend(overlay.members.iter().flat_map(|&member| leaves(reading, member))),
        None if element.node().is_some() => found.extend(reading.topology.is_component(id).then_some(id)),
        None => {
            let inside = |leaf: &BoxId| {
                reading.topology.is_component(*leaf) && reading.topology.ancestors(*leaf).any(|outer| outer == id)
            };
            found.extend(reading.topology.ids().filter(inside));
        }
    }
    found
}

/// What a load balancer is linked to, of which there are several copies.
pub fn targets(reading: &Reading, balancer: DefinitionId) -> Vec<DefinitionId> {
    let links = reading.topology.links.iter().filter(|link| {
        let statement = &reading.topology.statements[link.statement.index()];
        statement.from == balancer && !statement.implied
    });
    let reached = links.flat_map(|link| leaves(reading, link.to)).map(|id| reading.topology.element(id).definition);
    unique(reached).into_iter().filter(|&entry| reading.definition(entry).copies.len() > 1).collect()
}

/// The zones of an entry in each region that it is in; one list if there are no regions.
fn zones_by_region(reading: &Reading, entry: DefinitionId) -> Vec<(Option<DefinitionId>, Vec<String>)> {
    let copies = &reading.definition(entry).copies;
    let regions = unique(copies.iter().map(|&copy| reading.region(copy)));
    let of = |region| copies.iter().copied().filter(|&copy| reading.region(copy) == region).collect::<Vec<_>>();
    regions.into_iter().map(|region| (region, reading.zones_of(&of(region)))).collect()
}

/// In how many zones an entry is, in the region where it is in the fewest.
fn fewest_zones(reading: &Reading, entry: DefinitionId) -> usize {
    zones_by_region(reading, entry).iter().map(|(_, zones)| zones.len()).min().unwrap_or(0)
}

/// Services with equal copies in at least two zones of every region that has them.
fn in_several_zones(reading: &Reading) -> Vec<DefinitionId> {
    let equal = |&entry: &DefinitionId| standings(reading, entry).iter().all(|&standing| standing == Standing::Equal);
    reading.services().into_iter().filter(|&entry| fewest_zones(reading, entry) > 1).filter(equal).collect()
}

fn standings(reading: &Reading, entry: DefinitionId) -> Vec<Standing> {
    let nodes = reading.definition(entry).copies.iter().filter_map(|&copy| reading.topology.element(copy).node());
    nodes.map(|node| node.standing).collect()
}

/// Where a store's primary and its standby are.
fn standby(reading: &Reading, entry: DefinitionId) -> Option<String> {
    let copies = &reading.definition(entry).copies;
    let regions = unique(copies.iter().map(|&copy| reading.region(copy)));
    let with = |region, standing| {
        let of = |&&copy: &&BoxId| {
            let node = reading.topology.element(copy).node();
            reading.region(copy) == region && node.is_some_and(|node| node.standing == standing)
        };
        reading.zones_of(&copies.iter().filter(of).copied().collect::<Vec<_>>())
    };
    let pairs =
        unique(regions.iter().map(|&region| (with(region, Standing::Primary), with(region, Standing::Standby))));
    // Regions that differ in this are rare, and then the first speaks for the active one.
    let (primary, standbys) = pairs.into_iter().next()?;
    let primary = primary.into_iter().next()?;
    Some(reading.voice.standby(&reading.name(entry), &primary, &standbys, regions.len() > 1))
}

/// What only one zone of a region has.
fn single(reading: &Reading) -> Vec<String> {
    let several_regions = reading.regions().len() > 1;
    let mut groups: Vec<(String, Vec<DefinitionId>, Vec<DefinitionId>)> = Vec::new();
    for entry in reading.services() {
        for (region, zones) in zones_by_region(reading, entry) {
            let [zone] = zones.as_slice() else { continue };
            let regions: Vec<DefinitionId> = region.filter(|_| several_regions).into_iter().collect();
            match groups.iter_mut().find(|(known, place, _)| known == zone && *place == regions) {
                Some((.., entries)) => entries.push(entry),
                None => groups.push((zone.clone(), regions, vec![entry])),
            }
        }
    }
    let said = groups.iter().map(|(zone, regions, entries)| {
        let regions: Vec<String> = regions.iter().map(|&region| reading.name(region)).collect();
        reading.voice.single(&reading.said(entries), zone, &regions)
    });
    said.collect()
}

/// Whether something lives in a zone, but nobody said in which.
fn is_unplaced(reading: &Reading, entry: DefinitionId) -> bool {
    let definition = reading.definition(entry);
    let zonal = definition.service.is_some_and(|service| service.scope == Scope::Zonal && !service.serverless);
    let spans = definition
        .copies
        .iter()
        .filter_map(|&copy| reading.topology.element(copy).node())
        .any(|node| !node.spans.is_empty());
    definition.table == Table::Services && zonal && !spans && fewest_zones(reading, entry) == 0
}

/// Whether an entry keeps data.
fn is_store(reading: &Reading, entry: DefinitionId) -> bool {
    let keeps = matches!(
        reading.function(entry),
        Function::RelationalStore | Function::NonRelationalStore | Function::Cache | Function::Storage
    );
    reading.definition(entry).table == Table::Services && keeps
}

/// What is copied between regions: links between stores, or between the copies of one service.
fn replicated(reading: &Reading) -> Vec<String> {
    let copies_data = |statement: &Statement| {
        let store = |entry| is_store(reading, entry);
        statement.from == statement.to || (store(statement.from) && store(statement.to))
    };
    let mut groups: Vec<((DefinitionId, DefinitionId, bool), Vec<DefinitionId>)> = Vec::new();
    for link in &reading.topology.links {
        let statement = &reading.topology.statements[link.statement.index()];
        let (Some(from), Some(to)) = (reading.region(link.from), reading.region(link.to)) else { continue };
        if from == to || !copies_data(statement) {
            continue;
        }
        let key = (from, to, statement.asynchronous);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, entries)) if entries.contains(&statement.from) => {}
            Some((_, entries)) => entries.push(statement.from),
            None => groups.push((key, vec![statement.from])),
        }
    }
    let said = groups.iter().map(|&((from, to, asynchronous), ref entries)| {
        reading.voice.replicated(&reading.said(entries), &reading.name(from), &reading.name(to), asynchronous)
    });
    said.collect()
}
