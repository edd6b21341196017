//! Words of `kind`, looked up: in the document's own icons first, then in the catalogue, then in the document's packs.

use super::entries::{Entry, Nature};
use super::kind_hints;
use super::own_icons::OwnIcons;
use crate::catalogue::{self, GroupStyle, Region};
use crate::diagnostics::{Diagnostic, suggest};
use crate::document::{BoxEntry, Table};
use crate::icons::{self, IconId};
use crate::source::Spanned;

/// The kind of a plain box with a caption.
pub(super) const PLAIN: &str = "generic";

/// Fills in the kind and the icon of a leaf.
pub(super) fn leaf(entry: &mut Entry, own: &mut OwnIcons, findings: &mut Vec<Diagnostic>) {
    let Some(kind) = &entry.written.kind else {
        let message = format!("`{}` has no kind", entry.id());
        findings.push(
            Diagnostic::error("missing-kind", entry.written.id.span, message)
                .with_help("add `kind = \"…\"`; `generic` is a plain box"),
        );
        return;
    };
    if let Some(icon) = own.of_kind(&kind.value) {
        entry.kind.clone_from(&kind.value);
        entry.icon = Some(icon);
    } else if kind.value == PLAIN {
        PLAIN.clone_into(&mut entry.kind);
    } else if let Some((icon, name)) = of_pack(kind, own, findings) {
        entry.kind = name;
        entry.icon = Some(icon);
    } else if let Some(service) = catalogue::service(&kind.value) {
        service.kind.clone_into(&mut entry.kind);
        entry.service = Some(service);
        entry.icon = service.icon.and_then(icons::find);
    } else {
        unknown(entry, kind, own, findings);
    }
}

/// The icon that a pack has for a kind, and its name. A pack gives way to the catalogue's kinds, not to their other names:
/// `pod`, say, is a container to the catalogue, and something of its own to whoever brings an icon for it.
fn of_pack(kind: &Spanned<String>, own: &mut OwnIcons, findings: &mut Vec<Diagnostic>) -> Option<(IconId, String)> {
    let is_known = catalogue::service(&kind.value).is_some_and(|service| service.kind == kind.value)
        || catalogue::group(&kind.value).is_some_and(|group| group.kind == kind.value);
    if is_known { None } else { own.of_pack(kind, findings) }
}

/// Fills in the kind and the style of a group: an official one, or a service that holds others (`kind = "ecs"`).
pub(super) fn group(entry: &mut Entry, own: &mut OwnIcons, findings: &mut Vec<Diagnostic>) {
    let word = entry.written.kind.as_ref();
    let name = word.map_or(PLAIN, |kind| kind.value.as_str());
    let mut style = GroupStyle::Generic;
    name.clone_into(&mut entry.kind);
    if let Some(icon) = own.of_kind(name) {
        entry.icon = Some(icon);
    } else if let Some((icon, name)) = word.and_then(|word| of_pack(word, own, findings)) {
        entry.kind = name;
        entry.icon = Some(icon);
    } else if let Some(group) = catalogue::group(name) {
        group.kind.clone_into(&mut entry.kind);
        entry.group = Some(group);
        entry.icon = group.icon.and_then(icons::find);
        style = group.style;
    } else if let Some(service) = catalogue::service(name).filter(|service| service.kind != PLAIN) {
        service.kind.clone_into(&mut entry.kind);
        entry.service = Some(service);
        entry.icon = service.icon.and_then(icons::find);
        style = GroupStyle::Cluster;
    } else if let Some(kind) = word.filter(|kind| kind.value != PLAIN) {
        unknown(entry, kind, own, findings);
    }
    entry.nature = if entry.written.members.is_some() { Nature::Overlay(style) } else { Nature::Container(style) };
}

/// The style of a container of that table, and the word for it in the layout listing.
pub(super) fn container(table: Table, written: &BoxEntry) -> (GroupStyle, &'static str) {
    match table {
        Table::Clouds => (GroupStyle::Cloud, "cloud"),
        Table::Accounts => (GroupStyle::Account, "account"),
        Table::Regions => (GroupStyle::Region, "region"),
        Table::Vpcs => (GroupStyle::Vpc, "vpc"),
        Table::Azs => (GroupStyle::Zone, "az"),
        Table::Subnets => (
            if access(written) == Access::Public { GroupStyle::PublicSubnet } else { GroupStyle::PrivateSubnet },
            "subnet",
        ),
        Table::Groups | Table::Services | Table::Externals | Table::Notes => (GroupStyle::Generic, PLAIN),
    }
}

/// How a subnet is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// From the internet.
    Public,
    /// Out to the internet only.
    Private,
    /// Not at all.
    Isolated,
    /// Not said.
    Unsaid,
}

/// The access of a subnet as declared; one that says nothing is public if its id or name does.
pub(super) fn access(written: &BoxEntry) -> Access {
    match written.access.as_ref().map(|word| word.value.as_str()) {
        Some("public") => Access::Public,
        Some("private") => Access::Private,
        Some("isolated") => Access::Isolated,
        _ => {
            let says_public =
                |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("public"));
            let public =
                says_public(&written.id.value) || written.name.as_ref().is_some_and(|name| says_public(&name.value));
            if public { Access::Public } else { Access::Unsaid }
        }
    }
}

/// The region that an entry is, by its id or its name; warns of a code that looks like one and is none.
pub(super) fn region(written: &BoxEntry, findings: &mut Vec<Diagnostic>) -> Option<&'static Region> {
    let named = written.name.as_ref().and_then(|name| catalogue::region(&name.value));
    let found = catalogue::region(&written.id.value).or(named);
    let spelt = written.id.value.to_lowercase().replace('_', "-");
    if found.is_none() && looks_like_a_region(&spelt) {
        let codes = catalogue::regions().iter().map(|region| region.code);
        let warning = Diagnostic::warning(
            "unknown-region",
            written.id.span,
            format!("`{}` looks like a region's code, but no region has it", written.id.value),
        );
        findings.push(match suggest::closest(&spelt, codes).as_slice() {
            [] => warning.with_help("codes are those of AWS, such as `us-east-1`; any other id is drawn as it is"),
            [only] => warning.with_help(format!("did you mean `[regions.{only}]`?")),
            several => warning.with_help(format!("did you mean {}?", suggest::one_of(several))),
        });
    }
    found
}

/// Whether a word is built like `us-east-1`.
pub(super) fn looks_like_a_region(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let letters = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match parts.as_slice() {
        [area, middle @ .., number] if !middle.is_empty() => {
            area.len() == 2
                && letters(area)
                && middle.iter().all(letters)
                && number.len() == 1
                && number.as_bytes()[0].is_ascii_digit()
        }
        _ => false,
    }
}

fn unknown(entry: &Entry, kind: &Spanned<String>, own: &OwnIcons, findings: &mut Vec<Diagnostic>) {
    if own.may_be_lost() {
        return;
    }
    let what = if entry.table() == Table::Groups { "group" } else { "service" };
    let help = if suggest::is_worth_it(findings) {
        kind_hints::help(&kind.value, entry.id(), entry.table(), own.kinds())
    } else {
        kind_hints::NOTHING_NEAR.to_owned()
    };
    let message = format!("no kind of {what} is called `{}`", kind.value);
    findings.push(Diagnostic::error("unknown-kind", kind.span, message).with_help(help));
}

#[cfg(test)]
mod tests {
    use super::looks_like_a_region;

    #[test]
    fn knows_a_region_code_by_its_build() {
        for code in ["us-east-1", "us-gov-west-1", "xx-middle-9"] {
            assert!(looks_like_a_region(code), "{code}");
        }
        for other in ["main", "us-east", "primary-region-1", "us-east-10", "us--1", "us-1"] {
            assert!(!looks_like_a_region(other), "{other}");
        }
    }
}
