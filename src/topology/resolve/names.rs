//! Who is called what: ids to entries, names of zones to their regions.
//!
//! Before: entries with ids that may be used twice. After: each id names its first entry.

use std::collections::BTreeMap;

use super::entries::{Entry, Nature};
use super::zones::Zone;
use crate::catalogue;
use crate::diagnostics::{Diagnostic, suggest};
use crate::document::{Document, Table};
use crate::source::Span;

/// The names that references may use.
pub(super) struct Names<'a> {
    by_id: BTreeMap<&'a str, usize>,
    ids: Vec<&'a str>,
    zones: Vec<String>,
    /// What people write in the place of an id: the names of boxes, in lower case, and the kinds of services.
    nicknames: BTreeMap<String, Vec<&'a str>>,
    flows: Vec<&'a str>,
    views: Vec<&'a str>,
    /// The codes of the regions that have entries.
    regions: BTreeMap<&'a str, &'a str>,
    incomplete: bool,
}

/// How many ids are offered at most for a name or a kind that several boxes have.
const MOST_OFFERED: usize = 3;

/// A reference taken apart: `api@us-east-1a` is `api`, in the place `us-east-1a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference<'a> {
    /// The id before the first `@`.
    pub base: &'a str,
    /// The places after it; all of them must hold.
    pub places: Vec<&'a str>,
}

/// Takes a reference apart.
pub(super) fn split(reference: &str) -> Reference<'_> {
    let mut parts = reference.split('@').map(str::trim);
    let base = parts.next().unwrap_or_default();
    Reference { base, places: parts.collect() }
}

/// Collects the ids of all entries of `document`; `zones` are those of each entry's region.
pub(super) fn collect<'a>(
    document: &'a Document,
    entries: &[Entry<'a>],
    zones: &[Vec<Zone>],
    findings: &mut Vec<Diagnostic>,
) -> Names<'a> {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let id = &entry.written.id;
        if let Some(&first) = by_id.get(id.value.as_str()) {
            findings.push(
                Diagnostic::error("duplicate-id", id.span, format!("`{}` is already the id of another box", id.value))
                    .with_label(entries[first].written.id.span, "first used here")
                    .with_help("ids are unique over all tables: rename one of the two"),
            );
        } else {
            by_id.insert(&id.value, index);
        }
    }
    let ids = entries.iter().map(|entry| entry.written.id.value.as_str()).collect();
    let mut zones: Vec<String> = zones.iter().flatten().map(|zone| zone.name.clone()).collect();
    zones.sort();
    zones.dedup();
    let mut nicknames: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for entry in entries {
        let name = entry.written.name.as_ref().map(|name| name.value.trim().to_lowercase());
        let kind = Some(entry.kind.clone()).filter(|kind| !kind.is_empty() && entry.nature == Nature::Leaf);
        for nickname in name.into_iter().chain(kind) {
            nicknames.entry(nickname).or_default().push(&entry.written.id.value);
        }
    }
    let regions = entries.iter().filter(|entry| entry.table() == Table::Regions);
    let regions = regions.map(|entry| {
        let id = entry.written.id.value.as_str();
        (entry.region.map_or(id, |region| region.code), id)
    });
    let regions = regions.collect();
    let flows = document.flows.iter().map(|flow| flow.id.value.as_str()).collect();
    let views = document.views.iter().map(|view| view.id.value.as_str()).collect();
    Names { by_id, ids, zones, nicknames, flows, views, regions, incomplete: document.incomplete }
}

impl Names<'_> {
    /// The entry of that id.
    pub(super) fn entry(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whether a region declares a zone of that name.
    pub(super) fn is_zone(&self, name: &str) -> bool {
        self.zones.binary_search_by(|zone| zone.as_str().cmp(name)).is_ok()
    }

    /// Reports an id that nothing has; keeps quiet when it may stand in a part of the text that could not be read.
    pub(super) fn report_unknown(&self, id: &str, span: Span, findings: &mut Vec<Diagnostic>) {
        if self.incomplete {
            return;
        }
        let message = format!("nothing is called `{id}`");
        let help = if suggest::is_worth_it(findings) {
            self.instead_of(id)
        } else {
            format!("declare it, for example as `[services.{id}]`")
        };
        findings.push(Diagnostic::error("unknown-id", span, message).with_help(help));
    }

    /// What to write instead of an id that nothing has, likeliest first.
    fn instead_of(&self, id: &str) -> String {
        let candidates = || self.ids.iter().copied().chain(self.zones.iter().map(String::as_str));
        if self.flows.contains(&id) {
            return format!("`{id}` is a flow, not a box: write the id of a box");
        }
        if self.views.contains(&id) {
            return format!("`{id}` is a view, not a box: write the id of a box");
        }
        if let Some(help) = self.zone_instead_of(id) {
            return help;
        }
        let region = catalogue::region(id).filter(|region| region.code == id);
        if let Some(region) = region {
            return self.region_instead_of(region.code);
        }
        if let Some((base, place)) = id.split_once('.')
            && self.by_id.contains_key(base)
            && self.is_zone(place)
        {
            return format!("one copy is named with `@`: write `{base}@{place}`");
        }
        if let Some(certain) = suggest::certain(id, candidates()) {
            return format!("did you mean `{certain}`?");
        }
        // "main.api", "services/api", "vpcs:main": the way to the box, as in D2 or Terraform.
        let last = id.rsplit(['.', '/', ':']).next().filter(|last| *last != id && self.by_id.contains_key(last));
        if let Some(last) = last {
            return format!("ids stand alone, whatever holds the box: write `{last}`");
        }
        let nickname = id.trim().to_lowercase();
        let kind = catalogue::service(&nickname).map(|service| service.kind);
        let called = self.nicknames.get(&nickname).or_else(|| self.nicknames.get(kind?));
        if let Some(ids) = called.filter(|ids| ids.len() <= MOST_OFFERED) {
            return format!("boxes go by their ids: write {}", suggest::one_of(ids));
        }
        suggest::did_you_mean(id, candidates()).unwrap_or_else(|| declaration(id, kind))
    }

    /// What to write for a region that AWS has and no entry declares: one with a slip in its code is likelier meant than
    /// another one.
    fn region_instead_of(&self, code: &str) -> String {
        let unreal = self.regions.keys().copied().filter(|other| catalogue::region(other).is_none());
        if let Some(misspelt) = suggest::closest(code, unreal).first() {
            return format!("the region is declared as `{misspelt}`: write `[regions.{code}]` there");
        }
        let declaration = format!("declare it: `[regions.{code}]`");
        match suggest::closest(code, self.regions.keys().copied()).as_slice() {
            [] => declaration,
            near => format!("{declaration}, or write {}", suggest::one_of(near)),
        }
    }

    /// What to write instead of a zone: its full name for its letter, `azs` for one that its region does not declare.
    fn zone_instead_of(&self, word: &str) -> Option<String> {
        let letter = word.chars().next().filter(|c| c.is_ascii_alphabetic() && word.len() == 1);
        if let Some(letter) = letter.map(|letter| letter.to_ascii_lowercase()) {
            let full: Vec<&str> = self
                .zones
                .iter()
                .map(String::as_str)
                .filter(|zone| zone.ends_with(letter))
                .take(MOST_OFFERED)
                .collect();
            return (!full.is_empty()).then(|| format!("write the full name of the zone: {}", suggest::one_of(&full)));
        }
        let (code, id) = self.regions.iter().find(|(code, _)| {
            let rest = word.strip_prefix(**code);
            rest.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
        })?;
        let own: Vec<&str> = self.zones.iter().map(String::as_str).filter(|zone| zone.starts_with(code)).collect();
        Some(if own.is_empty() {
            format!("declare the zones of the region: `azs = 2` below `[regions.{id}]`")
        } else {
            format!("the region declares {}: add this one to its `azs`", suggest::all_of(&own))
        })
    }
}

/// How a box of that id is declared; `kind` is the service that the id names.
fn declaration(id: &str, kind: Option<&str>) -> String {
    match kind {
        Some(kind) => format!("declare it: `[services.{id}]`, and below it `kind = \"{kind}\"`"),
        None => format!("declare it, for example as `[services.{id}]`"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{errors, help, resolved};
    use super::*;

    #[test]
    fn takes_references_apart() {
        assert_eq!(split("api"), Reference { base: "api", places: vec![] });
        assert_eq!(split("api@a"), Reference { base: "api", places: vec!["a"] });
        assert_eq!(split("api@a@main"), Reference { base: "api", places: vec!["a", "main"] });
    }

    #[test]
    fn an_id_used_twice_shows_both_places() {
        let found = resolved("[groups.api]\n[vpcs.api]\n[[links]]\nfrom='api'\nto='api'").diagnostics;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, "duplicate-id");
        assert_eq!(found[0].labels.iter().map(|label| label.span.start).collect::<Vec<_>>(), [19, 8]);
    }

    #[test]
    fn a_misspelt_id_gets_the_nearest() {
        let text = "[groups.frontend]\n[groups.backend]\n[[links]]\nfrom='frontend'\nto='bakend'";
        assert_eq!(help(text), "did you mean `backend`?");
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let text = "[groups.a]\nin='x'\n[groups.b]\nin='y'\n[[links]]\nfrom='z'\nto='w'\n[flows.f]\nsteps=['q -> a']";
        assert_eq!(errors(text), ["unknown-id"; 5]);
    }
}
