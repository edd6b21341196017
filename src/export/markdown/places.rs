//! Networks and other places: what they hold, copies folded into the entry that they come from, and the author's words
//! about them.

use crate::catalogue::GroupStyle;
use crate::document::Table;
use crate::topology::{BoxId, DefinitionId};

use super::duty;
use super::reading::{Reading, unique};
use super::voice::{Access, Among, Clause, Network, Presence, Subject, Tier};

/// An entry and the boxes of it that stand in one place.
struct Held {
    entry: DefinitionId,
    boxes: Vec<BoxId>,
}

/// Containers that hold the same entries; empty is the top of the picture.
struct Place {
    within: Vec<DefinitionId>,
    held: Vec<Held>,
}

/// A paragraph about networks and what else holds services, outermost first, then about the groups drawn over them.
pub fn describe(reading: &Reading) -> Option<String> {
    let mut sentences = Vec::new();
    let mut tiers = Vec::new();
    for place in survey(reading) {
        let style = place.within.first().and_then(|&first| reading.style(first));
        let words = place.within.iter().flat_map(|&entry| words(reading, entry)).collect::<Vec<_>>();
        let is_tier = style.is_some_and(GroupStyle::is_subnet);
        if !tiers.is_empty() && (!is_tier || !words.is_empty()) {
            sentences.push(reading.voice.tiers(&std::mem::take(&mut tiers)));
        }
        match style {
            None | Some(GroupStyle::Cloud) => {}
            Some(_) if is_tier && words.is_empty() => {
                let tier = tier(reading, &place);
                if !tiers.contains(&tier) {
                    tiers.push(tier);
                }
            }
            Some(GroupStyle::Region) => {
                sentences.extend(in_regions(reading, &place));
                continue;
            }
            Some(GroupStyle::Vpc) => sentences.extend(in_network(reading, &place)),
            // What any other group holds, the picture shows; what it is for, it does not.
            Some(
                GroupStyle::Zone
                | GroupStyle::SecurityGroup
                | GroupStyle::AutoScalingGroup
                | GroupStyle::Generic
                | GroupStyle::Cluster
                | GroupStyle::ServerContents
                | GroupStyle::InstanceContents,
            ) if words.is_empty() => {}
            Some(_) => sentences.extend(contents(reading, &place, &place.held.iter().collect::<Vec<_>>())),
        }
        sentences.extend(words);
    }
    sentences.extend((!tiers.is_empty()).then(|| reading.voice.tiers(&tiers)));
    sentences.extend(overlays(reading));
    let sentences = unique(sentences.into_iter());
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// What a subnet holds, with the zones of what is not in all of them.
fn tier(reading: &Reading, place: &Place) -> (Subject, Vec<String>) {
    let names = place.held.iter().map(|held| {
        let container = reading.style(held.entry).map(|_| mention(reading, held.entry));
        let name = container.unwrap_or_else(|| reading.said(&[held.entry]).concat());
        match presence(reading, &place.within, held) {
            Presence::Zones(zones) => {
                let zones: Vec<String> = zones.iter().map(|zone| reading.voice.zone(zone)).collect();
                reading.voice.located(&name, &zones)
            }
            _ => name,
        }
    });
    (subjects(reading, &place.within), names.collect())
}

/// The region of that code or id.
pub fn region_of_code(reading: &Reading, code: &str) -> Option<DefinitionId> {
    let is_it = |region: &DefinitionId| {
        let definition = reading.definition(*region);
        let first = definition.copies.first().and_then(|&first| reading.topology.element(first).container());
        let known = first.and_then(|container| container.region).map_or(definition.id.as_str(), |known| known.code);
        known == code
    };
    reading.regions().into_iter().find(is_it)
}

/// What an author says of a place.
fn words(reading: &Reading, entry: DefinitionId) -> Vec<String> {
    duty::words(reading.definition(entry)).iter().map(|text| super::escape::text(text)).collect()
}

/// Every place that holds anything, a container before those inside it.
fn survey(reading: &Reading) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for entry in reading.definitions() {
        let copies = &reading.definition(entry).copies;
        let is_overlay = copies.first().is_some_and(|&first| reading.topology.element(first).overlay().is_some());
        // Notes speak of the picture; they are no part of the architecture.
        let is_note = reading.definition(entry).table == Table::Notes;
        if copies.is_empty() || is_overlay || is_note || is_transparent(reading, entry) {
            continue;
        }
        let within = unique(copies.iter().flat_map(|&copy| holders(reading, copy)));
        let held = Held { entry, boxes: copies.clone() };
        match places.iter_mut().find(|place| place.within == within) {
            Some(place) => place.held.push(held),
            None => places.push(Place { within, held: vec![held] }),
        }
    }
    places.sort_by_cached_key(|place| place.within.first().map_or_else(Vec::new, |&first| path(reading, first)));
    places
}

/// Whether nobody wrote this zone: then prose sees through it.
fn is_transparent(reading: &Reading, entry: DefinitionId) -> bool {
    reading.style(entry) == Some(GroupStyle::Zone) && reading.definition(entry).span.is_none()
}

/// The entries of the containers that hold a box: one, none at the top, several for what spans.
fn holders(reading: &Reading, id: BoxId) -> Vec<DefinitionId> {
    let element = reading.topology.element(id);
    if let Some(node) = element.node().filter(|node| !node.spans.is_empty()) {
        return unique(node.spans.iter().map(|&span| reading.topology.element(span).definition));
    }
    let outer = reading.topology.ancestors(id).map(|outer| reading.topology.element(outer).definition);
    outer.filter(|&outer| !is_transparent(reading, outer)).take(1).collect()
}

/// Where the first copy of a container is: the containers around it, outermost first, and itself.
fn path(reading: &Reading, entry: DefinitionId) -> Vec<BoxId> {
    let Some(&first) = reading.definition(entry).copies.first() else { return Vec::new() };
    let mut path: Vec<BoxId> = std::iter::once(first).chain(reading.topology.ancestors(first)).collect();
    path.reverse();
    path
}

/// What stands in regions besides services and networks: accounts and groups.
fn in_regions(reading: &Reading, place: &Place) -> Option<String> {
    // A network says itself where it is, and services are spoken of where their task is.
    let said_elsewhere = |held: &&Held| matches!(reading.style(held.entry), None | Some(GroupStyle::Vpc));
    let rest: Vec<&Held> = place.held.iter().filter(|held| !said_elsewhere(held)).collect();
    contents(reading, place, &rest)
}

/// Which of the picture's regions these are.
fn among(reading: &Reading, regions: &[DefinitionId]) -> Among {
    match (reading.regions().len(), regions.len()) {
        (0 | 1, _) | (_, 0) => Among::Only,
        (all, those) if all == those => Among::All,
        _ => Among::Some(regions.iter().map(|&region| reading.name(region)).collect()),
    }
}

/// A VPC with its zones and tiers, and what else it holds.
fn in_network(reading: &Reading, place: &Place) -> Vec<String> {
    let boxes = all_copies(reading, &place.within);
    let inside =
        reading.topology.ids().filter(|&id| reading.topology.ancestors(id).any(|outer| boxes.contains(&outer)));
    let zones = reading.zones_of(&inside.collect::<Vec<_>>());
    let regions = among(reading, &unique(boxes.iter().filter_map(|&network| reading.region(network))));
    let subject = reading.voice.there(&regions, &subjects(reading, &place.within));
    if zones.is_empty() {
        let inside = place.held.iter().filter(|held| presence(reading, &place.within, held) != Presence::Border);
        return contents_of(reading, place, &inside.collect::<Vec<_>>(), &subject).into_iter().collect();
    }
    let is_tier = |held: &&Held| is_subnet(reading, held.entry) && reading.zones_of(&held.boxes) == zones;
    let tiers = place.held.iter().filter(is_tier).map(|held| with_cidr(reading, held.entry)).collect();
    let network = Network { subject, zones: zones.clone(), tiers };
    let authored_zone = |held: &&Held| reading.style(held.entry) == Some(GroupStyle::Zone);
    // Of services their task is told.
    let is_leaf = |held: &&Held| reading.style(held.entry).is_none();
    let rest: Vec<&Held> =
        place.held.iter().filter(|held| !is_tier(held) && !authored_zone(held) && !is_leaf(held)).collect();
    let said = contents_of(reading, place, &rest, &reading.voice.the_same(network.subject.plural));
    std::iter::once(reading.voice.network(&network)).chain(said).collect()
}

/// What a place holds, as one sentence.
fn contents(reading: &Reading, place: &Place, held: &[&Held]) -> Option<String> {
    contents_of(reading, place, held, &subjects(reading, &place.within))
}

/// What a place holds, as one sentence with that subject.
fn contents_of(reading: &Reading, place: &Place, held: &[&Held], subject: &Subject) -> Option<String> {
    let mut groups: Vec<(Presence, Vec<String>, Vec<DefinitionId>)> = Vec::new();
    for &held in held {
        let presence = presence(reading, &place.within, held);
        let only = only_in(reading, &place.within, held);
        match groups.iter_mut().find(|(known, regions, _)| *known == presence && *regions == only) {
            Some((.., entries)) => entries.push(held.entry),
            None => groups.push((presence, only, vec![held.entry])),
        }
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    let clauses: Vec<Clause> = groups
        .into_iter()
        .map(|(presence, only, entries)| Clause { names: phrases(reading, &entries), presence, only })
        .collect();
    (!clauses.is_empty()).then(|| reading.voice.holds(subject, &clauses))
}

/// How an entry is in a place.
fn presence(reading: &Reading, within: &[DefinitionId], held: &Held) -> Presence {
    let node = held.boxes.first().and_then(|&first| reading.topology.element(first).node());
    if node.is_some_and(|node| node.border) {
        return Presence::Border;
    }
    let of_place = reading.zones_of(&all_copies(reading, within));
    if node.is_some_and(|node| !node.spans.is_empty()) && of_place.len() > 1 {
        return Presence::Spanning;
    }
    let own = reading.zones_of(&held.boxes);
    match (of_place.len(), own == of_place) {
        (0, _) if !own.is_empty() && !is_subnet(reading, held.entry) => Presence::Zones(own),
        (0 | 1, _) => Presence::Plain,
        (_, true) => Presence::EachZone,
        (_, false) => Presence::Zones(own),
    }
}

/// The regions that have an entry, where its place is in more.
fn only_in(reading: &Reading, within: &[DefinitionId], held: &Held) -> Vec<String> {
    let of_place = unique(all_copies(reading, within).iter().filter_map(|&id| reading.region(id)));
    let own = unique(held.boxes.iter().filter_map(|&id| reading.region(id)));
    if own.len() < of_place.len() { own.iter().map(|&region| reading.name(region)).collect() } else { Vec::new() }
}

/// Groups drawn over the nesting. Of what Auto Scaling groups hold, `resilience` speaks.
fn overlays(reading: &Reading) -> Vec<String> {
    let told = |entry: &DefinitionId| reading.style(*entry) != Some(GroupStyle::AutoScalingGroup);
    let groups = reading.definitions().filter(told).flat_map(|entry| {
        let copies = &reading.definition(entry).copies;
        let members = copies
            .iter()
            .filter_map(|&copy| reading.topology.element(copy).overlay())
            .flat_map(|overlay| &overlay.members);
        let members = unique(members.map(|&member| reading.topology.element(member).definition));
        let said =
            (!members.is_empty()).then(|| reading.voice.surrounds(&subject(reading, entry), &reading.said(&members)));
        let words = if said.is_some() { words(reading, entry) } else { Vec::new() };
        said.into_iter().chain(words).collect::<Vec<_>>()
    });
    groups.collect()
}

/// All boxes of these entries.
fn all_copies(reading: &Reading, entries: &[DefinitionId]) -> Vec<BoxId> {
    entries.iter().flat_map(|&entry| reading.definition(entry).copies.iter().copied()).collect()
}

/// Names in a list: leaves introduced, containers with their kind.
fn phrases(reading: &Reading, entries: &[DefinitionId]) -> Vec<String> {
    let containers = entries.iter().filter(|&&entry| reading.style(entry).is_some());
    let leaves: Vec<DefinitionId> = entries.iter().copied().filter(|&entry| reading.style(entry).is_none()).collect();
    let mut phrases: Vec<String> = leaves.iter().map(|&leaf| reading.one(leaf)).collect();
    phrases.extend(containers.map(|&entry| mention(reading, entry)));
    phrases
}

/// A container in a list. A network's address block is said where its zones are.
fn mention(reading: &Reading, entry: DefinitionId) -> String {
    let style = reading.style(entry).unwrap_or(GroupStyle::Generic);
    let name = if style == GroupStyle::Vpc { reading.name(entry) } else { with_cidr(reading, entry) };
    reading.voice.container(style, &name).text
}

/// Places as the subject of a sentence.
fn subjects(reading: &Reading, entries: &[DefinitionId]) -> Subject {
    match entries {
        [only] => subject(reading, *only),
        _ => reading.voice.several(&entries.iter().map(|&entry| subject(reading, entry)).collect::<Vec<_>>()),
    }
}

/// A place as the subject of a sentence.
fn subject(reading: &Reading, entry: DefinitionId) -> Subject {
    match reading.style(entry) {
        Some(style) if is_subnet(reading, entry) => {
            let plural = reading.definition(entry).copies.len() > 1;
            let access = is_the_only(reading, entry, style).then_some(match style {
                GroupStyle::PublicSubnet => Access::Public,
                _ => Access::Private,
            });
            reading.voice.tier(&Tier { name: reading.name(entry), access, plural })
        }
        Some(style) => reading.voice.container(style, &with_cidr(reading, entry)),
        None => Subject { text: reading.name(entry), plural: false },
    }
}

/// Whether access alone tells a subnet from all others of the picture.
fn is_the_only(reading: &Reading, entry: DefinitionId, style: GroupStyle) -> bool {
    reading.definitions().all(|other| other == entry || reading.style(other) != Some(style))
}

fn is_subnet(reading: &Reading, entry: DefinitionId) -> bool {
    reading.style(entry).is_some_and(GroupStyle::is_subnet)
}

/// The name of a container with its address blocks.
fn with_cidr(reading: &Reading, entry: DefinitionId) -> String {
    let containers =
        reading.definition(entry).copies.iter().filter_map(|&copy| reading.topology.element(copy).container());
    let blocks: Vec<String> =
        unique(containers.filter_map(|container| container.cidr.as_deref()).map(super::escape::text));
    let name = reading.name(entry);
    if blocks.is_empty() { name } else { format!("{name} ({})", blocks.join(", ")) }
}
