//! The sections that speak of services: what does what, each with its author's words right behind.

use crate::topology::DefinitionId;

use super::duty::{self, Duty, Topic};
use super::reading::{Reading, unique};
use super::{escape, places};

/// A section without its heading.
pub struct Section {
    /// What it is about.
    pub topic: Topic,
    /// Its paragraphs; never empty.
    pub paragraphs: Vec<String>,
}

/// All sections that have something to say, in the order of the page.
pub fn describe(reading: &Reading) -> Vec<Section> {
    let services: Vec<(Duty, DefinitionId)> =
        reading.services().into_iter().map(|entry| (duty::of(reading, entry), entry)).collect();
    let has_frontend = has_frontend(reading);
    let section = |topic: Topic| {
        let mut paragraphs = Vec::new();
        if topic == Topic::Network {
            paragraphs.extend(places::describe(reading));
        }
        let mut here: Vec<(Duty, DefinitionId)> =
            services.iter().copied().filter(|(duty, _)| duty.topic(has_frontend) == topic).collect();
        here.sort_by_key(|&(duty, _)| duty);
        let duties = unique(here.iter().map(|&(duty, _)| duty));
        let sentences: Vec<String> = duties
            .into_iter()
            .flat_map(|duty| {
                let entries = here.iter().filter(|(other, _)| *other == duty).map(|&(_, entry)| entry);
                said(reading, duty, &entries.collect::<Vec<_>>())
            })
            .collect();
        paragraphs.extend((!sentences.is_empty()).then(|| sentences.join(" ")));
        (!paragraphs.is_empty()).then_some(Section { topic, paragraphs })
    };
    Topic::ALL.into_iter().filter_map(section).collect()
}

/// Whether something is delivered to the users as files.
pub fn has_frontend(reading: &Reading) -> bool {
    reading.services().into_iter().any(|entry| matches!(duty::of(reading, entry), Duty::Content | Duty::StaticFiles))
}

/// Sentences about those that do the same: together those that need no sentence of their own, in the order of the first.
fn said(reading: &Reading, duty: Duty, entries: &[DefinitionId]) -> Vec<String> {
    let first_words =
        |entry: DefinitionId| duty::words(reading.definition(entry)).first().map(|text| escape::text(text));
    // Words that can have the name for their subject may follow a sentence about several.
    let with_name = |entry: DefinitionId| {
        first_words(entry).and_then(|text| reading.voice.in_place_of_it(&reading.said(&[entry]).concat(), &text))
    };
    let follows = |entry: &DefinitionId| first_words(*entry).is_none() || with_name(*entry).is_some();
    let free: Vec<DefinitionId> = entries.iter().copied().filter(follows).collect();
    let mut groups = grouped(reading, duty, &free);
    groups.extend(entries.iter().filter(|entry| !follows(entry)).map(|&entry| vec![entry]));
    groups.sort();
    let mut sentences = Vec::new();
    let spread = |group: &Vec<DefinitionId>| {
        !targets(reading, duty, group[0]).is_empty() && group.iter().all(|&entry| first_words(entry).is_none())
    };
    if groups.len() > 1 && groups.iter().all(spread) {
        let pair = |group: Vec<DefinitionId>| {
            (reading.voice.list(&reading.mentions(&group)), targets(reading, duty, group[0]))
        };
        let pairs: Vec<(String, Vec<String>)> = groups.drain(..).map(pair).collect();
        return vec![reading.voice.balances(&pairs)];
    }
    for (index, group) in groups.iter().enumerate() {
        let names = reading.voice.list(&reading.mentions(group));
        let lead = reading.voice.lead(duty, &names, &targets(reading, duty, group[0]), index > 0);
        if let [only] = group.as_slice() {
            sentences.extend(with_words(reading, *only, (duty != Duty::Else).then_some(lead.as_str()), &lead));
            continue;
        }
        sentences.push(format!("{lead}."));
        for &entry in group {
            sentences.extend(with_name(entry));
            sentences.extend(duty::words(reading.definition(entry)).iter().skip(1).map(|text| escape::text(text)));
        }
    }
    sentences
}

/// Entries of whom the same can be said in one sentence.
fn grouped(reading: &Reading, duty: Duty, entries: &[DefinitionId]) -> Vec<Vec<DefinitionId>> {
    let mut groups: Vec<(Vec<String>, Vec<DefinitionId>)> = Vec::new();
    for &entry in entries {
        let targets = targets(reading, duty, entry);
        match groups.iter_mut().find(|(known, _)| *known == targets) {
            Some((_, group)) => group.push(entry),
            None => groups.push((targets, vec![entry])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Over what a balancer spreads requests.
fn targets(reading: &Reading, duty: Duty, entry: DefinitionId) -> Vec<String> {
    if duty != Duty::Balancer {
        return Vec::new();
    }
    let mut targets = super::resilience::targets(reading, entry);
    targets.retain(|&target| target != entry);
    reading.said(&targets)
}

/// A sentence that ends with the name of an entry, and the author's words about it: the first joined to the sentence where the
/// language lets it, or with the name for a subject where no sentence is needed.
pub fn with_words(reading: &Reading, entry: DefinitionId, needed: Option<&str>, lead: &str) -> Vec<String> {
    let words = duty::words(reading.definition(entry));
    let escaped: Vec<String> = words.iter().map(|text| escape::text(text)).collect();
    let Some((first, rest)) = escaped.split_first() else { return vec![format!("{lead}.")] };
    let joined = match needed {
        Some(lead) => reading.voice.joined(lead, first),
        None => reading.voice.in_place_of_it(&reading.mention(entry), first),
    };
    let opening = joined.map_or_else(|| vec![format!("{lead}."), first.clone()], |sentence| vec![sentence]);
    opening.into_iter().chain(rest.iter().cloned()).collect()
}
