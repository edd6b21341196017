//! What each entry is: a leaf, a container or a group around others; of which kind, with which icon.
//!
//! Before: the author's words. After: one [`Entry`] for each [`BoxEntry`], in the same order, with its values checked.

use super::{allowances, checks, kinds, own_icons};
use crate::catalogue::{Function, Group, GroupStyle, Region, Scope, Service};
use crate::diagnostics::Diagnostic;
use crate::document::{BoxEntry, Document, Table};
use crate::icons::{CustomIcons, IconId};
use crate::source::Loader;

/// The category of what is no service of AWS (people, plain servers, databases).
pub(super) const GENERAL: &str = "General";

/// The word for a note in the layout listing.
const NOTE: &str = "note";

/// An entry with its kind looked up.
pub(super) struct Entry<'a> {
    /// As written.
    pub written: &'a BoxEntry,
    /// What its boxes are.
    pub nature: Nature,
    /// The word for its kind in the layout listing.
    pub kind: String,
    /// The catalogue's entry for its kind.
    pub service: Option<&'static Service>,
    /// The catalogue's entry for its kind of group.
    pub group: Option<&'static Group>,
    /// The region that it is.
    pub region: Option<&'static Region>,
    /// Its icon: the author's, else the catalogue's.
    pub icon: Option<IconId>,
}

/// What the boxes of an entry are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// Something with an icon.
    Leaf,
    /// Something that holds others.
    Container(GroupStyle),
    /// Something drawn around boxes that live elsewhere.
    Overlay(GroupStyle),
}

impl Entry<'_> {
    /// Its id.
    pub(super) fn id(&self) -> &str {
        &self.written.id.value
    }

    /// Whether its kind is one of what stands outside the cloud unless its author puts it inside: people, other
    /// companies' services, devices. Plain boxes and software that one runs oneself stand where their table belongs.
    pub(super) fn is_foreign(&self) -> bool {
        use Function::{Cache, Compute, LoadBalancer, NonRelationalStore, RelationalStore};
        let software = |service: &Service| {
            service.category == GENERAL
                && matches!(service.function, Cache | Compute | LoadBalancer | NonRelationalStore | RelationalStore)
        };
        self.kind != kinds::PLAIN
            && self.service.is_some_and(|service| service.scope == Scope::External && !software(service))
    }

    /// Its table.
    pub(super) fn table(&self) -> Table {
        self.written.table
    }
}

/// Interprets `boxes`, the entries of a document with what they take over; `loader` reads the icons that the document brings along.
pub(super) fn interpret<'a>(
    document: &Document,
    boxes: &'a [BoxEntry],
    loader: &dyn Loader,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Entry<'a>>, CustomIcons) {
    let mut icons = own_icons::OwnIcons::load(document, loader, findings);
    let entries = boxes
        .iter()
        .map(|written| {
            check_values(written, findings);
            interpret_one(written, &mut icons, findings)
        })
        .collect();
    (entries, icons.finish())
}

fn interpret_one<'a>(
    written: &'a BoxEntry,
    icons: &mut own_icons::OwnIcons,
    findings: &mut Vec<Diagnostic>,
) -> Entry<'a> {
    let mut entry = Entry {
        written,
        nature: Nature::Leaf,
        kind: String::new(),
        service: None,
        group: None,
        region: None,
        icon: None,
    };
    match written.table {
        Table::Services | Table::Externals => kinds::leaf(&mut entry, icons, findings),
        Table::Notes => NOTE.clone_into(&mut entry.kind),
        Table::Groups => kinds::group(&mut entry, icons, findings),
        table => {
            let (style, kind) = kinds::container(table, written);
            entry.nature = Nature::Container(style);
            kind.clone_into(&mut entry.kind);
        }
    }
    if written.table == Table::Regions {
        entry.region = kinds::region(written, findings);
    }
    if let Some(icon) = &written.icon {
        entry.icon = icons.find(icon, findings).or(entry.icon);
    }
    entry
}

fn check_values(written: &BoxEntry, findings: &mut Vec<Diagnostic>) {
    checks::length(&written.id, "id", findings);
    if let Some(name) = &written.name {
        checks::length(name, "name", findings);
    }
    if let Some(engine) = &written.engine {
        checks::length(engine, "engine", findings);
    }
    if let Some(link) = &written.link {
        checks::link(link, findings);
    }
    for cidr in written.cidr.iter().chain(written.cidrs.iter().map(|(_, cidr)| cidr)) {
        checks::cidr(cidr, findings);
    }
    if written.members.as_ref().is_some_and(Vec::is_empty) {
        findings.push(
            Diagnostic::error("empty-value", written.id.span, format!("`{}` has no members", written.id.value))
                .with_help("name at least one box, or leave `members` out and put boxes `in` it"),
        );
    }
    if let Some(text) = &written.text {
        checks::length(text, "text", findings);
    }
    if let Some(count) = &written.count {
        checks::count(count, findings);
    }
    check_scaling(written, findings);
    allowances::check(written, findings);
}

fn check_scaling(written: &BoxEntry, findings: &mut Vec<Diagnostic>) {
    let Some(scaling) = &written.scaling else { return };
    for bound in [&scaling.min, &scaling.max].into_iter().flatten() {
        if u32::try_from(bound.value).is_err() {
            let message = format!("`{}` is no number of copies", bound.value);
            findings.push(Diagnostic::error("bad-scaling", bound.span, message).with_help("write 0 or more"));
        }
    }
    if let (Some(min), Some(max)) = (&scaling.min, &scaling.max)
        && min.value > max.value
    {
        let message = format!("`min` is {} and `max` only {}", min.value, max.value);
        findings.push(Diagnostic::error("bad-scaling", scaling.span, message).with_help(format!(
            "write `scaling = {{ min = {}, max = {} }}`",
            max.value.max(0),
            min.value.max(0)
        )));
    }
}
