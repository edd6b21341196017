//! What entries take over: from another by `like`, and from `[defaults]` for their kind.
//!
//! Before: entries that leave things out. After: the same entries, filled in. What an entry says itself counts first, then what the
//! entry that it is like says, then the default of its kind. A name and a CIDR block are one box's own and are not taken over.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::kinds;
use crate::catalogue;
use crate::diagnostics::{Diagnostic, suggest};
use crate::document::{BoxEntry, DefaultsEntry, Document, Table};
use crate::source::Spanned;

/// The entries of a document with all that they take over.
pub(super) fn apply<'d>(document: &'d Document, findings: &mut Vec<Diagnostic>) -> Cow<'d, [BoxEntry]> {
    let boxes = &document.boxes;
    if document.defaults.is_empty() && boxes.iter().all(|entry| entry.like.is_none()) {
        return Cow::Borrowed(boxes);
    }
    let mut models = Models { document, by_id: BTreeMap::new(), of: vec![None; boxes.len()] };
    for (index, entry) in boxes.iter().enumerate() {
        models.by_id.entry(entry.id.value.as_str()).or_insert(index);
    }
    for index in 0..boxes.len() {
        models.of[index] = models.find(index, findings);
    }
    models.refuse_cycles(findings);
    let mut filled = models.filled();
    fill_defaults(document, &mut filled, findings);
    Cow::Owned(filled)
}

/// Which entry each is like.
struct Models<'d> {
    document: &'d Document,
    by_id: BTreeMap<&'d str, usize>,
    of: Vec<Option<usize>>,
}

impl Models<'_> {
    /// The entry that the one of that index is like; reports one that cannot be.
    fn find(&self, index: usize, findings: &mut Vec<Diagnostic>) -> Option<usize> {
        let entry = &self.document.boxes[index];
        let like = entry.like.as_ref()?;
        if let Some(&model) = self.by_id.get(like.value.as_str()) {
            let found = &self.document.boxes[model];
            if found.table == entry.table {
                return Some(model);
            }
            let message = format!("`{}` can't be like `{}`, which stands in another table", entry.id.value, like.value);
            findings.push(
                Diagnostic::error("bad-like", like.span, message)
                    .with_label(found.id.span, "declared here")
                    .with_help("name a box of the same table"),
            );
        } else if !self.document.incomplete {
            let same = self.document.boxes.iter().filter(|other| other.table == entry.table);
            let ids = same.map(|other| other.id.value.as_str()).filter(|id| *id != entry.id.value);
            let help = suggest::did_you_mean(&like.value, ids.filter(|_| suggest::is_worth_it(findings)))
                .unwrap_or_else(|| "name a box of the same table by its id".to_owned());
            let message = format!("nothing is called `{}`", like.value);
            findings.push(Diagnostic::error("unknown-id", like.span, message).with_help(help));
        }
        None
    }

    /// Reports entries that are like themselves, each cycle once, and cuts the cycle.
    fn refuse_cycles(&mut self, findings: &mut Vec<Diagnostic>) {
        // Which walk met an entry first; meeting one of the same walk again is a cycle.
        let mut met = vec![usize::MAX; self.of.len()];
        for start in 0..self.of.len() {
            let mut at = start;
            while met[at] == usize::MAX {
                met[at] = start;
                let Some(next) = self.of[at] else { break };
                if met[next] == start {
                    self.of[at] = None;
                    self.report_cycle(at, next, findings);
                    break;
                }
                at = next;
            }
        }
    }

    fn report_cycle(&self, at: usize, next: usize, findings: &mut Vec<Diagnostic>) {
        let entry = &self.document.boxes[at];
        let Some(like) = &entry.like else { return };
        let message = format!("`{}` is like itself", entry.id.value);
        let mut error = Diagnostic::error("bad-like", like.span, message)
            .with_help("take one of the `like` out: one box has to say what the others take over");
        if let Some(other) = self.document.boxes[next].like.as_ref().filter(|_| next != at) {
            error.message = format!("`{}` is like itself, through `{}`", entry.id.value, like.value);
            error = error.with_label(other.span, "the way back begins here");
        }
        findings.push(error);
    }

    /// Every entry with all that those before it in its chain say; each chain is walked once, however long it is.
    fn filled(&self) -> Vec<BoxEntry> {
        let mut filled = self.document.boxes.clone();
        let mut is_done = vec![false; filled.len()];
        for index in 0..filled.len() {
            let mut chain = vec![index];
            while let Some(model) = self.of[chain[chain.len() - 1]].filter(|&model| !is_done[model]) {
                chain.push(model);
            }
            for at in chain.into_iter().rev().filter(|&at| !std::mem::replace(&mut is_done[at], true)) {
                let mut entry = filled[at].clone();
                if let Some(model) = self.of[at] {
                    take_over(&mut entry, &filled[model]);
                } else if let Some(like) = self.document.boxes[at].like.as_ref().filter(|_| entry.kind.is_none())
                    && matches!(entry.table, Table::Services | Table::Externals)
                {
                    // One whose model could not be found has been reported; that it lacks a kind would only be noise.
                    entry.kind = Some(Spanned::new(kinds::PLAIN.to_owned(), like.span));
                }
                filled[at] = entry;
            }
        }
        filled
    }
}

/// Fills in the defaults of each entry's kind; reports kinds that nothing has.
fn fill_defaults(document: &Document, boxes: &mut [BoxEntry], findings: &mut Vec<Diagnostic>) {
    let mut used = vec![false; document.defaults.len()];
    for entry in boxes {
        let Some(kind) = entry.kind.as_ref().map(|kind| canonical(entry.table, &kind.value).to_owned()) else {
            continue;
        };
        for (index, defaults) in document.defaults.iter().enumerate() {
            let values = &defaults.values;
            if values.table == entry.table && canonical(values.table, &values.id.value) == kind {
                used[index] = true;
                take_over(entry, values);
            }
        }
    }
    let unused = document.defaults.iter().zip(used).filter(|(_, used)| !used);
    findings.extend(unused.map(|(defaults, _)| unused_default(document, defaults)));
}

fn unused_default(document: &Document, defaults: &DefaultsEntry) -> Diagnostic {
    let kind = &defaults.values.id;
    let own = document.icons.iter().map(|(kind, _)| kind.value.as_str());
    let used = document.boxes.iter().filter_map(|entry| entry.kind.as_ref()).map(|kind| kind.value.as_str());
    let known = catalogue::services().iter().map(|service| service.kind);
    let message = format!("no box has the kind `{}`, so that this default changes nothing", kind.value);
    // A kind that there is may be meant for boxes to come; of others, one that boxes have is the likeliest.
    let table = defaults.values.table;
    let is_real = canonical(table, &kind.value) != kind.value
        || known
            .clone()
            .chain(own.clone())
            .chain(catalogue::groups().iter().map(|group| group.kind))
            .any(|name| name == kind.value);
    let near = if is_real { None } else { suggest::did_you_mean(&kind.value, used.chain(own).chain(known)) };
    let help = near.unwrap_or_else(|| {
        format!("take it out, or give a box below `[{}.ID]` this kind: `kind = \"{}\"`", table.name(), kind.value)
    });
    Diagnostic::warning("no-effect", kind.span, message).with_help(help)
}

/// The catalogue's word for a kind of that table; the word itself for others.
fn canonical(table: Table, kind: &str) -> &str {
    let group = || catalogue::group(kind).filter(|_| table == Table::Groups).map(|group| group.kind);
    group().or_else(|| catalogue::service(kind).map(|service| service.kind)).unwrap_or(kind)
}

/// Fills in what `entry` does not say with what `model` says.
fn take_over(entry: &mut BoxEntry, model: &BoxEntry) {
    macro_rules! fill {
        ($($field:ident),*) => {
            $(if entry.$field.is_none() {
                entry.$field.clone_from(&model.$field);
            })*
        };
    }
    fill!(
        description,
        why,
        link,
        icon,
        kind,
        azs,
        role,
        access,
        members,
        placement,
        multi_az,
        scaling,
        engine,
        sla,
        count,
        collapse
    );
    if entry.within.is_empty() {
        entry.within.clone_from(&model.within);
    }
    if entry.allow.is_empty() {
        entry.allow.clone_from(&model.allow);
        entry.allow_reason.clone_from(&model.allow_reason);
    }
    if entry.tags.is_empty() {
        entry.tags.clone_from(&model.tags);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{copies, errors, resolved, topology, warnings};

    const PLACE: &str = "[regions.us-east-1]\nazs=2\n[vpcs.v]\nin='us-east-1'\n[subnets.s]\nin='v'\n";

    #[test]
    fn a_box_like_another_takes_over_what_it_does_not_say() {
        let topology = topology(&format!(
            "{PLACE}[services.a]\nkind='ecs'\nname='A'\nin='s'\nscaling={{min=2,max=4}}\nwhy='W'\ntags=['x']\n\
             [services.b]\nlike='a'\nwhy='Own'\n[services.c]\nlike='b'\nname='C'",
        ));
        let definition = |id: &str| topology.definitions.iter().find(|definition| definition.id == id).unwrap();
        assert_eq!(copies(&topology, "b").len(), 2);
        assert_eq!(copies(&topology, "c")[0].kind, "ecs");
        assert_eq!((definition("b").name.as_str(), definition("c").name.as_str()), ("Amazon ECS", "C"));
        assert_eq!(definition("c").why.as_deref(), Some("Own"));
        assert_eq!(definition("c").scaling.unwrap().max, Some(4));
        assert_eq!(definition("c").tags, ["x"]);
    }

    #[test]
    fn a_long_chain_is_walked_once() {
        let chain = (1..10_000).map(|link| format!("[services.s{link}]\nlike='s{}'\n", link - 1));
        // From the last to the first, so that no model is filled before what is like it.
        let chain: Vec<String> = chain.collect();
        let text = format!("{}[services.s0]\nkind='sqs'\nwhy='W'\n", chain.iter().rev().cloned().collect::<String>());
        let topology = topology(&text);
        assert!(
            topology.definitions.iter().filter(|definition| definition.why.as_deref() == Some("W")).count() == 10_000
        );
    }

    #[test]
    fn defaults_speak_for_a_kind_under_all_its_names() {
        let topology = topology(&format!(
            "[defaults.services.ec2]\nscaling={{min=1,max=3}}\nin='s'\n{PLACE}[services.a]\nkind='instance'\n\
             [services.b]\nkind='ec2'\nscaling={{min=2}}\n[services.c]\nkind='ecs'\nin='s'",
        ));
        let scaling = |id: &str| topology.definitions.iter().find(|definition| definition.id == id).unwrap().scaling;
        assert_eq!(scaling("a").unwrap().max, Some(3));
        assert_eq!((scaling("b").unwrap().min, scaling("b").unwrap().max), (Some(2), None));
        assert!(scaling("c").is_none());
        assert_eq!(copies(&topology, "a").len(), 2);
    }

    #[test]
    fn what_cannot_be_taken_over_is_reported() {
        assert_eq!(errors("[services.a]\nkind='s3'\n[services.b]\nlike='aa'"), ["unknown-id"]);
        assert_eq!(errors("[groups.a]\n[services.b]\nkind='s3'\nlike='a'"), ["bad-like"]);
        assert_eq!(errors("[services.a]\nkind='s3'\nlike='a'"), ["bad-like"]);
        let found = resolved("[services.a]\nkind='s3'\nlike='b'\n[services.b]\nlike='c'\n[services.c]\nlike='a'");
        assert_eq!(found.diagnostics.len(), 1);
        assert_eq!(found.diagnostics[0].labels.len(), 2);
        assert_eq!(warnings("[defaults.services.ecc]\nwhy='W'\n[services.a]\nkind='ec2'"), ["no-effect"]);
    }
}
