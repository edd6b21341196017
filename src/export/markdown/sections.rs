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

/// Sentences about those that do the same: first those of whom nothing more is known, together, then each with its words.
fn said(reading: &Reading, duty: Duty, entries: &[DefinitionId]) -> Vec<String> {
    let mut sentences = Vec::new();
    let told = |entry: &DefinitionId| !duty::words(reading.definition(*entry)).is_empty();
    let (alone, together): (Vec<DefinitionId>, Vec<DefinitionId>) = entries.iter().copied().partition(told);
    let mut also = false;
    let mut plain = grouped(reading, duty, &together);
    if duty == Duty::Balancer
        && plain.len() > 1
        && plain.iter().all(|group| !targets(reading, duty, group[0]).is_empty())
    {
        let pair = |group: Vec<DefinitionId>| {
            (reading.voice.list(&reading.mentions(&group)), targets(reading, duty, group[0]))
        };
        let pairs: Vec<(String, Vec<String>)> = plain.drain(..).map(pair).collect();
        sentences.push(reading.voice.balances(&pairs));
        also = true;
    }
    let groups = plain.into_iter().chain(alone.into_iter().map(|entry| vec![entry]));
    for group in groups {
        let names = reading.voice.list(&reading.mentions(&group));
        let targets = targets(reading, duty, group[0]);
        let lead = reading.voice.lead(duty, &names, &targets, also);
        sentences.extend(match group.as_slice() {
            [only] => with_words(reading, *only, (duty != Duty::Else).then_some(lead.as_str()), &lead),
            _ => vec![format!("{lead}.")],
        });
        also = true;
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
