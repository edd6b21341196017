//! Availability zones: which ones a region declares, and which of them `azs` picks.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::entries::Entry;
use super::kinds;
use crate::catalogue::{self, Region};
use crate::diagnostics::{Diagnostic, suggest};
use crate::document::{self, Table};
use crate::source::{Span, Spanned};
use crate::topology::BoxId;

/// The most zones of one region: no real one has more than six, and there are 26 letters.
pub(crate) const MOST_ZONES: i64 = 26;

/// One zone of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zone {
    /// How it is told from its siblings: `a`.
    pub letter: String,
    /// Its full name: `us-east-1a`.
    pub name: String,
}

impl Zone {
    /// Whether the author may mean this one by `word`: its letter or its full name.
    pub(super) fn is_called(&self, word: &str) -> bool {
        self.letter == word || self.name == word
    }
}

/// The zones of every entry that is a region with `azs`; empty for all other entries.
pub(super) fn of_regions(entries: &[Entry], findings: &mut Vec<Diagnostic>) -> Vec<Vec<Zone>> {
    entries
        .iter()
        .map(|entry| match &entry.written.azs {
            Some(azs) if entry.table() == Table::Regions => of_region(entry, azs, findings),
            _ => Vec::new(),
        })
        .collect()
}

fn of_region(entry: &Entry, azs: &document::Zones, findings: &mut Vec<Diagnostic>) -> Vec<Zone> {
    let code = entry.region.map_or(entry.id(), |region| region.code);
    match azs {
        document::Zones::Count(count) if (1..=MOST_ZONES).contains(&count.value) => {
            if let Some(region) = entry.region.filter(|region| (region.zones.len() as i64) < count.value) {
                let message = format!("`{}` has {} availability zones", region.code, region.zones.len());
                findings.push(
                    Diagnostic::warning("unknown-zone", count.span, message)
                        .with_help(format!("write `azs = {}`", region.zones.len())),
                );
            }
            letters(entry.region).take(count.value as usize).map(|letter| zone(code, &letter)).collect()
        }
        document::Zones::Count(count) => {
            let message = format!("a region cannot have {} availability zones", count.value);
            findings.push(Diagnostic::error("bad-zones", count.span, message).with_help("write `azs = 2`"));
            // Read on as if the two had been written, so that what needs them is not reported as well.
            letters(entry.region).take(2).map(|letter| zone(code, &letter)).collect()
        }
        document::Zones::Named(names) => {
            let mut zones: Vec<Zone> = Vec::new();
            if let Some(beyond) = names.get(MOST_ZONES as usize) {
                let message = format!("a region cannot have {} availability zones", names.len());
                findings.push(
                    Diagnostic::error("bad-zones", beyond.span, message)
                        .with_help(format!("name at most {MOST_ZONES}, for example `azs = [\"a\", \"b\"]`")),
                );
            }
            for name in names.iter().take(MOST_ZONES as usize) {
                let zone =
                    zone(code, name.value.strip_prefix(code).filter(|rest| !rest.is_empty()).unwrap_or(&name.value));
                if zone.letter.trim().is_empty() || zone.letter.contains('@') {
                    let message = format!("`{}` cannot be the name of a zone", name.value);
                    findings.push(
                        Diagnostic::error("bad-zones", name.span, message).with_help("write `azs = [\"a\", \"b\"]`"),
                    );
                } else if let Some(help) = misnamed(entry, &zone, &name.value) {
                    let message = format!("`{}` cannot be a zone of `{code}`", name.value);
                    findings.push(Diagnostic::error("bad-zones", name.span, message).with_help(help));
                } else if zones.contains(&zone) {
                    let message = format!("the zone `{}` is named twice", name.value);
                    findings.push(Diagnostic::error("bad-zones", name.span, message).with_help("name each zone once"));
                } else {
                    findings.extend(unheard_of(entry, &zone, name));
                    zones.push(zone);
                }
            }
            zones
        }
    }
}

/// What to write instead of a zone in capitals, or of another region's.
fn misnamed(entry: &Entry, zone: &Zone, written: &str) -> Option<String> {
    let lower = zone.letter.to_lowercase();
    if lower != zone.letter && lower.len() == 1 {
        return Some(format!("zones are written in lower case: `azs = [\"{lower}\"]`"));
    }
    let own = entry.region?;
    let other = catalogue::regions().iter().find(|region| {
        region.code != own.code
            && written.strip_prefix(region.code).is_some_and(|rest| rest.len() == 1 || rest.starts_with('-'))
    })?;
    let letter = &written[other.code.len()..];
    Some(format!("it is one of `{}`: write `azs = [\"{}{letter}\"]`", other.code, own.code))
}

/// The doubt about a letter that the zones of a known region do not have.
fn unheard_of(entry: &Entry, zone: &Zone, written: &Spanned<String>) -> Option<Diagnostic> {
    let region = entry.region?;
    if let Some((code, letter)) = zone.letter.split_at_checked(zone.letter.len().saturating_sub(1))
        && kinds::looks_like_a_region(code)
    {
        let message = format!("`{}` has no availability zone `{}`", region.code, zone.letter);
        let help = format!("write `{}{letter}`", region.code);
        return Some(Diagnostic::warning("unknown-zone", written.span, message).with_help(help));
    }
    let letter = zone.letter.chars().next().filter(|c| c.is_ascii_lowercase() && zone.letter.len() == 1)?;
    if region.zones.contains(&letter) {
        return None;
    }
    let known: Vec<String> = region.zones.iter().map(char::to_string).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = format!("`{}` has no availability zone `{letter}`", region.code);
    let help = format!("its zones are {}", suggest::all_of(&known));
    Some(Diagnostic::warning("unknown-zone", written.span, message).with_help(help))
}

/// The letters of a region's zones, in order, continued with those that the catalogue does not list.
fn letters(region: Option<&'static Region>) -> impl Iterator<Item = String> {
    let known = region.map_or(&[][..], |region| region.zones);
    known.iter().copied().chain(('a'..='z').filter(|letter| !known.contains(letter))).map(String::from)
}

fn zone(code: &str, letter: &str) -> Zone {
    let one_letter = letter.len() == 1 && letter.as_bytes()[0].is_ascii_lowercase();
    let code_ends_in_digit = code.ends_with(|c: char| c.is_ascii_digit());
    let name = match (one_letter, code_ends_in_digit) {
        (true, true) => format!("{code}{letter}"),
        _ => format!("{code}-{letter}"),
    };
    Zone { letter: letter.to_owned(), name }
}

/// Where `azs` is written.
pub(super) fn span(azs: &document::Zones) -> Span {
    match azs {
        document::Zones::Count(count) => count.span,
        document::Zones::Named(names) => names.first().map(|name| name.span).unwrap_or_default(),
    }
}

/// The boxes among `candidates` that stand in the zones that `azs` picks; all of them when it is left out.
///
/// A name that fits none of them is an error that tells those that there are.
pub(super) fn pick(
    draft: &Draft,
    candidates: &[BoxId],
    azs: Option<&document::Zones>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<BoxId> {
    match azs {
        None => candidates.to_vec(),
        Some(document::Zones::Named(names)) => {
            let zone_of = |id: BoxId| draft.zone_around(id).and_then(|zone| draft.zone(zone));
            for name in names {
                if !candidates.iter().any(|&id| zone_of(id).is_some_and(|zone| zone.is_called(&name.value))) {
                    findings.push(unknown(draft, candidates, &name.value, name.span));
                }
            }
            let picked =
                |id: BoxId| zone_of(id).is_some_and(|zone| names.iter().any(|name| zone.is_called(&name.value)));
            candidates.iter().copied().filter(|&id| picked(id)).collect()
        }
        Some(document::Zones::Count(count)) => first(draft, candidates, count, findings),
    }
}

/// The boxes of the first so many zones of each network.
fn first(draft: &Draft, candidates: &[BoxId], count: &Spanned<i64>, findings: &mut Vec<Diagnostic>) -> Vec<BoxId> {
    let mut seen: BTreeMap<Option<BoxId>, Vec<BoxId>> = BTreeMap::new();
    let mut picked = Vec::new();
    for &id in candidates {
        let zone = draft.zone_around(id);
        let network = zone.and_then(|zone| draft.boxes[zone.index()].parent);
        let zones = seen.entry(network).or_default();
        if let Some(zone) = zone
            && !zones.contains(&zone)
        {
            zones.push(zone);
        }
        let rank = zone.and_then(|zone| zones.iter().position(|&other| other == zone)).unwrap_or(0);
        if (rank as i64) < count.value {
            picked.push(id);
        }
    }
    let most = seen.values().map(Vec::len).max().unwrap_or(0).max(1) as i64;
    if !(1..=most).contains(&count.value) {
        let message = format!("`azs = {}`, but there are {most} availability zones here", count.value);
        findings.push(Diagnostic::error("bad-zones", count.span, message).with_help(format!("write 1 to {most}")));
    }
    picked
}

/// The error for a zone that is none of those around `candidates`.
pub(super) fn unknown(draft: &Draft, candidates: &[BoxId], word: &str, span: Span) -> Diagnostic {
    let mut letters: Vec<&str> = Vec::new();
    for zone in candidates.iter().filter_map(|&id| draft.zone_around(id)).filter_map(|id| draft.zone(id)) {
        if !letters.contains(&zone.letter.as_str()) {
            letters.push(&zone.letter);
        }
    }
    let help = if letters.is_empty() {
        "nothing here stands in a zone: give its region `azs`".to_owned()
    } else {
        format!("write {}", suggest::one_of(&letters))
    };
    Diagnostic::error("unknown-place", span, format!("there is no availability zone `{word}` here")).with_help(help)
}

/// The error for `azs` where there are no zones to choose from.
pub(super) fn none(id: &str, span: Span) -> Diagnostic {
    Diagnostic::error("unknown-place", span, format!("`{id}` stands in no availability zone that `azs` could pick"))
        .with_help("give its region `azs = 2`, or leave `azs` out")
}
