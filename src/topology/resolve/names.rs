//! Who is called what: ids to entries, names of zones to their regions.
//!
//! Before: entries with ids that may be used twice. After: each id names its first entry.

use std::collections::BTreeMap;

use super::entries::Entry;
use super::zones::Zone;
use crate::diagnostics::{Diagnostic, suggest};
use crate::source::Span;

/// The names that references may use.
pub(super) struct Names<'a> {
    by_id: BTreeMap<&'a str, usize>,
    ids: Vec<&'a str>,
    zones: Vec<String>,
    incomplete: bool,
}

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

/// Collects the ids of all entries; `zones` are those of each entry's region, `incomplete` says whether some of the
/// text could not be read.
pub(super) fn collect<'a>(
    entries: &[Entry<'a>],
    zones: &[Vec<Zone>],
    incomplete: bool,
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
    Names { by_id, ids, zones, incomplete }
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
        let candidates = self.ids.iter().copied().chain(self.zones.iter().map(String::as_str));
        let help = suggest::did_you_mean(id, candidates)
            .unwrap_or_else(|| format!("declare it, for example as `[services.{id}]`"));
        findings.push(Diagnostic::error("unknown-id", span, format!("nothing is called `{id}`")).with_help(help));
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
