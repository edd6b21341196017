//! All diagnostics of a run in the order and number in which a person can take them in.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity};
use crate::source::Span;

/// The most diagnostics that are shown in full: nobody reads further before repairing these.
pub const MOST_SHOWN: usize = 50;

/// So many mistakes that differ only in their names are one habit: they are told once, with all places.
const FLOOD: usize = 4;

/// What to show of a run's diagnostics.
#[derive(Debug)]
pub struct Report<'a> {
    /// In the order of the file, each with those that say the same.
    pub items: Vec<Item<'a>>,
    /// How many more items there are.
    pub hidden: usize,
    /// How many errors there are, shown or not.
    pub errors: usize,
    /// How many warnings there are, shown or not.
    pub warnings: usize,
}

/// A diagnostic, and where else the same was found.
#[derive(Debug)]
pub struct Item<'a> {
    /// The first of its like.
    pub diagnostic: &'a Diagnostic,
    /// The primary places of the others.
    pub elsewhere: Vec<Span>,
}

/// Sorts by source, place and severity, folds those that say the same into the first, and stops at [`MOST_SHOWN`].
pub fn report(diagnostics: &[Diagnostic]) -> Report<'_> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| order(diagnostic));
    let mut first: BTreeMap<(&str, &str, Option<&str>), usize> = BTreeMap::new();
    let mut items: Vec<Item> = Vec::new();
    for diagnostic in sorted {
        let says = (diagnostic.code, diagnostic.message.as_str(), diagnostic.help.as_deref());
        if let (Some(&index), Some(span)) = (first.get(&says), diagnostic.place()) {
            items[index].elsewhere.push(span);
        } else {
            first.insert(says, items.len());
            items.push(Item { diagnostic, elsewhere: Vec::new() });
        }
    }
    let mut items = fold_floods(items);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    // Errors are never hidden behind warnings.
    if items.len() > MOST_SHOWN && errors > 0 {
        items.sort_by_key(|item| item.diagnostic.severity);
    }
    let hidden = items.len().saturating_sub(MOST_SHOWN);
    items.truncate(MOST_SHOWN);
    items.sort_by_key(|item| order(item.diagnostic));
    Report { items, hidden, errors, warnings: diagnostics.len() - errors }
}

/// Folds what differs only in its names and is mended alike, where it comes up so often that it must be one habit and not
/// many slips.
fn fold_floods(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let kind = |item: &Item| {
        let found = item.diagnostic;
        (found.code, nameless(&found.message), found.help.clone())
    };
    let mut often: BTreeMap<_, usize> = BTreeMap::new();
    for item in &items {
        *often.entry(kind(item)).or_default() += 1;
    }
    let mut first = BTreeMap::new();
    let mut kept: Vec<Item> = Vec::new();
    for item in items {
        let kind = kind(&item);
        let place = item.diagnostic.place().filter(|_| often[&kind] >= FLOOD);
        if let (Some(&index), Some(place)) = (first.get(&kind), place) {
            let into: &mut Item = &mut kept[index];
            into.elsewhere.push(place);
            into.elsewhere.extend(item.elsewhere);
            into.elsewhere.sort_unstable();
        } else {
            first.insert(kind, kept.len());
            kept.push(item);
        }
    }
    kept
}

/// A text without what stands between backticks.
fn nameless(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

fn order(diagnostic: &Diagnostic) -> (Option<(u16, u32)>, Severity) {
    (diagnostic.place().map(|span| (span.source, span.start)), diagnostic.severity)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: u16, start: u32) -> Span {
        Span { source, start, end: start + 1 }
    }

    #[test]
    fn sorts_by_place() {
        let all = [
            Diagnostic::error("syntax", at(1, 0), "c"),
            Diagnostic::warning("no-effect", at(0, 9), "b"),
            Diagnostic::error("syntax", at(0, 9), "a"),
        ];
        let report = report(&all);
        let messages: Vec<&str> = report.items.iter().map(|item| item.diagnostic.message.as_str()).collect();
        assert_eq!(messages, ["a", "b", "c"]);
        assert_eq!((report.errors, report.warnings, report.hidden), (2, 1, 0));
    }

    #[test]
    fn folds_what_says_the_same() {
        let all: Vec<_> =
            [30, 10, 20].map(|start| Diagnostic::error("unknown-id", at(0, start), "nothing is called `x`")).into();
        let report = report(&all);
        assert_eq!(report.items.len(), 1);
        assert_eq!(report.items[0].diagnostic.labels[0].span, at(0, 10));
        assert_eq!(report.items[0].elsewhere, [at(0, 20), at(0, 30)]);
        assert_eq!(report.errors, 3);
    }

    #[test]
    fn folds_a_habit_but_not_a_few_slips() {
        let of = |names: std::ops::Range<u32>| -> Vec<Diagnostic> {
            let error = |n| Diagnostic::error("missing-kind", at(0, n), format!("`box-{n}` has no kind"));
            names.map(error).collect()
        };
        let slips = of(0..3);
        assert_eq!(report(&slips).items.len(), 3);
        let habit = of(0..4);
        let folded = report(&habit);
        assert_eq!((folded.items.len(), folded.items[0].elsewhere.len(), folded.errors), (1, 3, 4));
        // What is mended in different ways is told in different messages.
        let differ: Vec<_> = habit.into_iter().enumerate().map(|(n, one)| one.with_help(n.to_string())).collect();
        assert_eq!(report(&differ).items.len(), 4);
    }

    #[test]
    fn stops_somewhere_but_shows_errors_before_warnings() {
        let mut all: Vec<_> = (0..60).map(|n| Diagnostic::warning("no-effect", at(0, n), format!("w{n}"))).collect();
        all.push(Diagnostic::error("syntax", at(0, 99), "e"));
        let report = report(&all);
        assert_eq!((report.items.len(), report.hidden), (MOST_SHOWN, 11));
        assert_eq!(report.items.last().map(|item| item.diagnostic.message.as_str()), Some("e"));
    }
}
