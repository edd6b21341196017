//! Notes: one sheet each, in the first copy of what it is `in`, or right beside what it is `at`.
//!
//! Before: all boxes but the notes with `at`. After: these as well, as the last boxes, since anything may be their host.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::names::{self, Names};
use super::references;
use crate::diagnostics::Diagnostic;
use crate::document::Table;
use crate::source::Spanned;
use crate::topology::{BoxId, Content, DefinitionId, Node, Note};

/// Makes the sheet of a note that stands in `places`; of a container with copies, in the first.
pub(super) fn place(draft: &mut Draft, index: usize, places: &[Option<BoxId>], findings: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for &place in places {
        if seen.insert(place.map(|place| draft.boxes[place.index()].definition)) {
            add(draft, index, place, None, findings);
        }
    }
}

/// Makes the sheets of all notes that stand beside something.
pub(super) fn attach(draft: &mut Draft, names: &Names, findings: &mut Vec<Diagnostic>) {
    let entries = draft.entries;
    for (index, entry) in entries.iter().enumerate() {
        let Some(at) = entry.written.at.as_ref().filter(|_| entry.table() == Table::Notes) else { continue };
        if let Some(first) = entry.written.within.first() {
            let message = format!("`at` says where `{}` stands, so that `in` says nothing", entry.id());
            findings.push(Diagnostic::warning("no-effect", first.span, message).with_help("leave `in` out"));
        }
        if let Some(host) = host(draft, names, at, findings) {
            match draft.boxes[host.index()].content {
                Content::Node(_) => {
                    let parent = draft.boxes[host.index()].parent;
                    add(draft, index, parent, Some(host), findings);
                }
                _ => add(draft, index, Some(host), None, findings),
            }
        }
    }
}

/// The box beside or in which a sheet stands: the first copy, and of a group around others the first that it is around.
fn host(draft: &Draft, names: &Names, at: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Option<BoxId> {
    let named = names.entry(names::split(&at.value).base);
    if named.is_some_and(|named| draft.entries[named].table() == Table::Notes) {
        findings.push(
            Diagnostic::error("not-a-container", at.span, format!("`{}` is a note itself", at.value))
                .with_help("name what both notes are about"),
        );
        return None;
    }
    let mut host = *references::find(draft, names, at, findings)?.copies.first()?;
    while let Content::Overlay(overlay) = &draft.boxes[host.index()].content {
        host = *overlay.members.first()?;
    }
    Some(host)
}

fn add(draft: &mut Draft, index: usize, parent: Option<BoxId>, beside: Option<BoxId>, findings: &mut Vec<Diagnostic>) {
    let host = beside.and_then(|host| draft.boxes[host.index()].node());
    let border = host.is_some_and(|host| host.border);
    let content = Content::Node(Node { border, note: Some(Note { beside }), ..Node::default() });
    draft.add(DefinitionId::from(index), parent, content, findings);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{addresses, copies, errors, topology, tree, warnings};

    const TIER: &str = "[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'\n[subnets.app]\nin='main'\n\
        [services.api]\nkind='ec2'\nin='app'\n[groups.asg]\nkind='auto-scaling-group'\nmembers=['api']\n";

    #[test]
    fn a_note_stands_once_whatever_it_is_at() {
        for (at, parent, beside) in [
            ("api", "app@us-east-1a", Some("api@us-east-1a")),
            ("api@b", "app@us-east-1b", Some("api@us-east-1b")),
            ("asg", "app@us-east-1a", Some("api@us-east-1a")),
            ("app", "app@us-east-1a", None),
            ("main", "main", None),
        ] {
            let topology = topology(&format!("{TIER}[notes.n]\ntext='Soon on EKS'\nat='{at}'"));
            let note = copies(&topology, "n")[0];
            assert_eq!((note.kind.as_str(), note.caption.as_str()), ("note", "Soon on EKS"), "{at}");
            assert_eq!(tree(&topology).last().unwrap(), &format!("n < {parent}"), "{at}");
            let host = note.node().unwrap().note.unwrap().beside;
            assert_eq!(host.map(|host| topology.element(host).address.as_str()), beside, "{at}");
        }
    }

    #[test]
    fn a_note_in_something_stands_in_its_first_copy() {
        let inside = topology(&format!("{TIER}[notes.n]\ntext='x'\nin='app'\n[notes.free]\ntext='x'"));
        assert_eq!(addresses(&inside, "n"), ["n"]);
        assert!(tree(&inside).contains(&"n < app@us-east-1a".to_owned()));
        assert_eq!(copies(&inside, "free")[0].parent, None);
        assert_eq!(copies(&inside, "free")[0].caption, "x");
    }

    #[test]
    fn notes_that_stand_nowhere_are_reported() {
        assert_eq!(errors(&format!("{TIER}[notes.n]\ntext='x'\nat='apy'")), ["unknown-id"]);
        assert_eq!(errors(&format!("{TIER}[notes.n]\ntext='x'\nat='api@z'")), ["unknown-place"]);
        assert_eq!(errors(&format!("{TIER}[notes.n]\ntext='x'\nat='n'")), ["not-a-container"]);
        assert_eq!(warnings(&format!("{TIER}[notes.n]\ntext='x'\nat='api'\nin='main'")), ["no-effect"]);
    }
}
