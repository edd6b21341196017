//! What the analysis says of failing zones and regions, in sentences.

use crate::analysis::{Analysis, Failure, FlowReport, Removal, Verdict};
use crate::topology::{BoxId, DefinitionId};

use super::duty::{self, Duty};
use super::reading::{Reading, unique};
use super::voice::Loss;
use super::{escape, places};

/// Whether there are zones that the flows could lose.
pub fn has_zones(analysis: &Analysis) -> bool {
    !analysis.flows.is_empty() && analysis.removals.iter().any(|removed| matches!(removed, Removal::Zone(_)))
}

/// The flows that stop when a zone fails; zones that stop the same ones for the same reason in one sentence.
pub fn zones(reading: &Reading, analysis: &Analysis) -> Vec<String> {
    type Stopped = (Option<String>, Vec<String>, Vec<DefinitionId>);
    let mut groups: Vec<(Stopped, Vec<String>)> = Vec::new();
    for (index, removed) in analysis.removals.iter().enumerate() {
        let Removal::Zone(zone) = removed else { continue };
        let (flows, at) = stopped(reading, analysis, index);
        if at.is_empty() {
            continue;
        }
        let (letter, region) = place_of(reading, zone);
        let key = (region, flows, at);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, letters)) => letters.push(letter),
            None => groups.push((key, vec![letter])),
        }
    }
    let said = groups.into_iter().map(|((region, flows, at), letters)| {
        reading.voice.stops(&Loss::Zones(letters, region), &flows, &reading.said(&at))
    });
    said.collect()
}

/// What becomes of the whole when one of several regions fails.
pub fn regions(reading: &Reading, analysis: &Analysis) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut side_by_side = Vec::new();
    for (index, removed) in analysis.removals.iter().enumerate() {
        let Removal::Region(region) = removed else { continue };
        let name = region_name(reading, region);
        let failures = || analysis.flows.iter().map(|flow| &flow.failures[index]);
        let (flows, at) = stopped(reading, analysis, index);
        if !at.is_empty() {
            sentences.push(reading.voice.stops(&Loss::Region(name), &flows, &reading.said(&at)));
        } else if let Some(passive) = failures().find_map(|failure| failure.moves_to) {
            let passive = reading.name(reading.topology.element(passive).definition);
            sentences.push(reading.voice.takes_over(&name, &passive, &switches(reading)));
        } else if failures().any(|failure| failure.verdict == Verdict::Degraded) {
            // That nothing happens without a region that waits, needs no words.
            if !is_passive(reading, region) {
                side_by_side.push(name);
            }
        }
    }
    if side_by_side.len() > 1 {
        sentences.push(reading.voice.side_by_side(&side_by_side));
    }
    sentences
}

/// The flows that stop, by name (none if all links are one flow), and what breaks them.
pub fn stopped(reading: &Reading, analysis: &Analysis, removal: usize) -> (Vec<String>, Vec<DefinitionId>) {
    let failure = |flow: &FlowReport| -> Failure { flow.failures[removal].clone() };
    let down: Vec<(&FlowReport, Failure)> = analysis
        .flows
        .iter()
        .map(|flow| (flow, failure(flow)))
        .filter(|(_, failure)| failure.verdict == Verdict::Down)
        .collect();
    let names = down
        .iter()
        .filter_map(|(flow, _)| flow.flow)
        .map(|flow| reading.voice.quoted(&escape::text(&reading.topology.flows[flow.index()].name)));
    let entry = |id: &BoxId| reading.topology.element(*id).definition;
    let at = unique(down.iter().flat_map(|(_, failure)| failure.because.iter().map(entry)));
    (names.collect(), at)
}

/// The letter of a zone, and its region where there are several.
fn place_of(reading: &Reading, zone: &str) -> (String, Option<String>) {
    let regions = reading.regions();
    let mut codes = regions.iter().map(|&region| (reading.name(region), &reading.definition(region).id));
    let found = codes.find_map(|(name, code)| Some((zone.strip_prefix(code.as_str())?.to_owned(), name)));
    match found {
        Some((letter, name)) if !letter.is_empty() => {
            (escape::text(letter.trim_start_matches('-')), (regions.len() > 1).then_some(name))
        }
        _ => {
            let is_it = |id: &DefinitionId| reading.definition(*id).id == zone;
            let found = reading.definitions().find(is_it);
            (found.map_or_else(|| escape::text(zone), |found| reading.name(found)), None)
        }
    }
}

/// A region as the page calls it.
fn region_name(reading: &Reading, code: &str) -> String {
    let found = places::region_of_code(reading, code);
    found.map_or_else(|| escape::text(code), |region| reading.name(region))
}

fn is_passive(reading: &Reading, code: &str) -> bool {
    places::region_of_code(reading, code).and_then(|region| reading.role(region))
        == Some(crate::topology::Role::Passive)
}

/// What leads requests into the region that serves.
fn switches(reading: &Reading) -> Vec<String> {
    let resolves =
        |&entry: &DefinitionId| duty::of(reading, entry) == Duty::Names && reading.regions_of(entry).is_empty();
    reading.said(&reading.services().into_iter().filter(resolves).collect::<Vec<_>>())
}
