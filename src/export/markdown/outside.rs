//! Services outside AWS: from where they are called, and by what way.

use crate::catalogue::Function;
use crate::topology::{Arrow, DefinitionId, StatementId};

use super::duty;
use super::flows::origin;
use super::reading::{Reading, unique};
use super::sections::with_words;

/// An external and what calls it.
struct Called {
    external: DefinitionId,
    sources: Vec<DefinitionId>,
    via: Vec<DefinitionId>,
}

/// Sentences about every external that is no client, those that are called in the same way in one.
pub fn describe(reading: &Reading) -> Vec<String> {
    // The internet is no service: that calls go there is said of what leads to it.
    let is_internet =
        |entry: DefinitionId| reading.definition(entry).service.is_some_and(|service| service.kind == "internet");
    let is_client = |&entry: &DefinitionId| reading.function(entry) == Function::Client || is_internet(entry);
    let outside: Vec<DefinitionId> = reading.externals().into_iter().filter(|entry| !is_client(entry)).collect();
    let mut groups: Vec<Vec<Called>> = Vec::new();
    for called in outside.iter().map(|&external| called(reading, external)) {
        let same = |group: &&mut Vec<Called>| group[0].sources == called.sources && group[0].via == called.via;
        match groups.iter_mut().find(same) {
            Some(group) if !called.sources.is_empty() => group.push(called),
            _ => groups.push(vec![called]),
        }
    }
    // Whom nobody inside calls, is spoken of only where there is something to say.
    let told = |group: &Vec<Called>| {
        !group[0].sources.is_empty() || !duty::words(reading.definition(group[0].external)).is_empty()
    };
    groups.iter().filter(|group| told(group)).flat_map(|group| said(reading, group)).collect()
}

fn said(reading: &Reading, group: &[Called]) -> Vec<String> {
    let entries: Vec<DefinitionId> = group.iter().map(|called| called.external).collect();
    let names = reading.mentions(&entries);
    let Called { external, sources, via } = &group[0];
    if sources.is_empty() {
        return with_words(reading, *external, None, &reading.voice.relies(&names));
    }
    let called = reading.voice.called(&names, &reading.said(sources), &reading.said(via));
    let called = reading.voice.after_nouns(&called);
    let words = entries.iter().flat_map(|&entry| {
        let words = duty::words(reading.definition(entry));
        words.into_iter().map(move |text| {
            let text = super::escape::text(&text);
            reading.voice.in_place_of_it(&reading.mention(entry), &text).unwrap_or(text)
        })
    });
    std::iter::once(called).chain(words).collect()
}

/// What calls an external, and what the calls pass.
fn called(reading: &Reading, external: DefinitionId) -> Called {
    let mut found = Called { external, sources: Vec::new(), via: Vec::new() };
    let outside = reading.externals();
    for (index, statement) in reading.topology.statements.iter().enumerate() {
        let other = if statement.from == external { statement.to } else { statement.from };
        let reaches = statement.to == external && statement.arrow != Arrow::None
            || statement.from == external && statement.arrow == Arrow::Both;
        if reaches && other != external && !outside.contains(&other) {
            let (source, via) = origin(reading, StatementId::from(index));
            let source = if statement.from == external { other } else { source };
            found.sources.push(source);
            found.via.extend(if statement.from == external { Vec::new() } else { via });
        }
    }
    found.sources = unique(found.sources.into_iter());
    found.via = unique(found.via.into_iter());
    found
}
