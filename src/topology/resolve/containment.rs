//! `in`: which containers an entry stands in, and an order in which every entry comes after them.
//!
//! Before: ids in `in`. After: each of them found, no entry inside itself, and entries that could not be ordered left
//! out. Everything is iterative: a chain of ten thousand levels must end in a message, not in a stack overflow.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::cloud;
use super::entries::{Entry, Nature};
use super::names::{self, Names};
use crate::diagnostics::Diagnostic;
use crate::document::Table;
use crate::source::{Span, Spanned};

/// How many ids of a cycle are spelled out.
const LONGEST_CYCLE_SHOWN: usize = 8;

/// One place that an entry stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parent<'a> {
    /// What it is.
    pub target: Target<'a>,
    /// The places that pick among its copies; all of them must hold.
    pub places: Vec<&'a str>,
    /// Where it is written.
    pub span: Span,
}

/// What `in` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// A container of the document.
    Entry(usize),
    /// A zone that a region declares, by its full name.
    Zone(&'a str),
}

/// Where everything stands.
pub(super) struct Containment<'a> {
    /// By entry; empty at the top.
    pub parents: Vec<Vec<Parent<'a>>>,
    /// Parents before children, in the order of the document otherwise.
    pub order: Vec<usize>,
}

/// Resolves every `in`; `cloud` is the setting of that name.
pub(super) fn resolve<'a>(
    entries: &[Entry<'a>],
    names: &Names,
    cloud: Option<&Spanned<bool>>,
    findings: &mut Vec<Diagnostic>,
) -> Containment<'a> {
    let mut parents: Vec<Vec<Parent>> =
        entries.iter().map(|entry| find_parents(entry, entries, names, findings)).collect();
    cloud::adopt(entries, &mut parents, cloud);
    let order = order(entries, &parents, findings);
    Containment { parents, order }
}

fn find_parents<'a>(
    entry: &Entry<'a>,
    entries: &[Entry],
    names: &Names,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Parent<'a>> {
    let mut found: Vec<Parent> = Vec::new();
    for written in &entry.written.within {
        let reference = names::split(&written.value);
        let target = match names.entry(reference.base) {
            Some(index) => {
                if !may_hold(&entries[index], entry, written, findings) {
                    continue;
                }
                Target::Entry(index)
            }
            None if names.is_zone(reference.base) => Target::Zone(reference.base),
            None => {
                names.report_unknown(reference.base, written.span, findings);
                continue;
            }
        };
        let parent = Parent { target, places: reference.places, span: written.span };
        if found.iter().any(|other| other.target == parent.target && other.places == parent.places) {
            let message = format!("`{}` is in `{}` twice", entry.id(), written.value);
            findings
                .push(Diagnostic::warning("no-effect", written.span, message).with_help("name each container once"));
        } else {
            found.push(parent);
        }
    }
    found
}

/// Reports a parent that holds nothing, and nesting that AWS rules out; whether the parent is a container.
fn may_hold(parent: &Entry, child: &Entry, written: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> bool {
    match parent.nature {
        Nature::Leaf => {
            let message = format!("`{}` holds no boxes: it is one icon", parent.id());
            findings.push(
                Diagnostic::error("not-a-container", written.span, message)
                    .with_label(parent.written.id.span, "declared here")
                    .with_help(format!(
                        "put `{}` in a container, or draw `{}` as a group: `[groups.{}]`",
                        child.id(),
                        parent.id(),
                        parent.id()
                    )),
            );
            return false;
        }
        Nature::Overlay(_) => {
            let message = format!("`{}` is drawn around its `members`, nothing can be `in` it", parent.id());
            findings.push(
                Diagnostic::error("not-a-container", written.span, message)
                    .with_label(parent.written.id.span, "declared here")
                    .with_help(format!("add \"{}\" to the `members` of `{}`", child.id(), parent.id())),
            );
            return false;
        }
        Nature::Container(_) => {}
    }
    if rules_out(parent.table(), child.table()) && parent.id() != child.id() {
        let message = format!("{} cannot be in {} on AWS", called(child.table()), called(parent.table()));
        // Boxes of one table are told from groups; others are the wrong way round.
        let help = if parent.table() == child.table() {
            format!("draw the outer one as a group: `[groups.{}]`", parent.id())
        } else {
            let (outer, inner) = (child.id(), parent.id());
            let table = table_name(parent.table());
            format!("turn it around: below `[{table}.{inner}]` write `in = \"{outer}\"`")
        };
        findings.push(Diagnostic::warning("unusual-nesting", written.span, message).with_help(help));
    }
    true
}

/// Whether AWS has nothing of the kind `child` directly inside a `parent`.
fn rules_out(parent: Table, child: Table) -> bool {
    use Table::{Accounts, Azs, Clouds, Regions, Subnets, Vpcs};
    match child {
        Clouds => matches!(parent, Clouds | Accounts | Regions | Vpcs | Azs | Subnets),
        Accounts => matches!(parent, Vpcs | Azs | Subnets),
        Regions => matches!(parent, Regions | Vpcs | Azs | Subnets),
        Vpcs => matches!(parent, Vpcs | Azs | Subnets),
        Azs => parent == Azs,
        Subnets => parent == Subnets,
        _ => false,
    }
}

/// The name of a table of containers that AWS has.
fn table_name(table: Table) -> &'static str {
    match table {
        Table::Clouds => "clouds",
        Table::Accounts => "accounts",
        Table::Regions => "regions",
        Table::Vpcs => "vpcs",
        Table::Azs => "azs",
        Table::Subnets => "subnets",
        Table::Groups => "groups",
        Table::Services => "services",
        Table::Externals => "externals",
        Table::Notes => "notes",
    }
}

fn called(table: Table) -> &'static str {
    match table {
        Table::Clouds => "a cloud",
        Table::Accounts => "an account",
        Table::Regions => "a region",
        Table::Vpcs => "a VPC",
        Table::Azs => "an availability zone",
        Table::Subnets => "a subnet",
        Table::Groups => "a group",
        Table::Services => "a service",
        Table::Externals => "an external",
        Table::Notes => "a note",
    }
}

/// Kahn's algorithm, smallest index first; a thing in a zone also waits for all networks, which have the zones.
fn order(entries: &[Entry], parents: &[Vec<Parent>], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
    let networks = entries.len();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); entries.len() + 1];
    let mut waiting: Vec<usize> = vec![0; entries.len() + 1];
    for (child, parents) in parents.iter().enumerate() {
        for parent in parents {
            let before = match parent.target {
                Target::Entry(index) => index,
                Target::Zone(_) => networks,
            };
            children[before].push(child);
            waiting[child] += 1;
        }
    }
    for (index, _) in entries.iter().enumerate().filter(|(_, entry)| entry.table() == Table::Vpcs) {
        children[index].push(networks);
        waiting[networks] += 1;
    }
    let mut ready: BinaryHeap<Reverse<usize>> =
        waiting.iter().enumerate().filter(|&(_, &count)| count == 0).map(|(index, _)| Reverse(index)).collect();
    let mut order = Vec::with_capacity(entries.len());
    while let Some(Reverse(index)) = ready.pop() {
        if index != networks {
            order.push(index);
        }
        for &child in &children[index] {
            waiting[child] -= 1;
            if waiting[child] == 0 {
                ready.push(Reverse(child));
            }
        }
    }
    report_cycles(entries, parents, &order, findings);
    order
}

/// Follows, from every entry that could not be ordered, its parents until one comes up again.
fn report_cycles(entries: &[Entry], parents: &[Vec<Parent>], order: &[usize], findings: &mut Vec<Diagnostic>) {
    let mut open: BTreeSet<usize> = (0..entries.len()).collect();
    for index in order {
        open.remove(index);
    }
    let stuck = open.clone();
    while let Some(start) = open.pop_first() {
        let mut walk = vec![start];
        let mut current = start;
        loop {
            let next = parents[current].iter().find_map(|parent| match parent.target {
                Target::Entry(index) if stuck.contains(&index) => Some((index, parent.span)),
                _ => None,
            });
            let Some((next, span)) = next else {
                findings.push(zone_in_itself(&entries[current], &parents[current]));
                break;
            };
            if open.remove(&next) {
                walk.push(next);
                current = next;
                continue;
            }
            // Either a new cycle, or the way into one that is reported already.
            if let Some(first) = walk.iter().position(|&index| index == next) {
                findings.push(cycle(entries, &walk[first..], span));
            }
            break;
        }
    }
}

fn cycle(entries: &[Entry], members: &[usize], span: Span) -> Diagnostic {
    let ids: Vec<String> = members.iter().map(|&index| format!("`{}`", entries[index].id())).collect();
    let (first, last) = (&ids[0], &ids[ids.len() - 1]);
    let chain = if ids.len() > LONGEST_CYCLE_SHOWN {
        format!("{} in … in {last} in {first}", ids[..LONGEST_CYCLE_SHOWN].join(" in "))
    } else {
        format!("{} in {first}", ids.join(" in "))
    };
    Diagnostic::error("containment-cycle", span, format!("{first} is inside itself: {chain}"))
        .with_help("take one of these `in` out, or let it name a container further out")
}

fn zone_in_itself(entry: &Entry, parents: &[Parent]) -> Diagnostic {
    let zone = parents.iter().find(|parent| matches!(parent.target, Target::Zone(_)));
    let span = zone.map_or(entry.written.id.span, |parent| parent.span);
    let message = format!("`{}` holds a VPC and can therefore not be in an availability zone of one", entry.id());
    Diagnostic::error("containment-cycle", span, message).with_help("put it in a region or an account")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::testing::{errors, resolved, topology, tree, warnings};

    #[test]
    fn children_may_be_declared_before_their_parents() {
        let topology =
            topology("[diagram]\ncloud=false\n[groups.c]\nin='b'\n[groups.b]\nin='a'\n[groups.a]\n[groups.d]");
        assert_eq!(tree(&topology), ["a", "b < a", "c < b", "d"]);
    }

    #[test]
    fn a_cycle_is_named() {
        let found =
            resolved("[groups.a]\nin='b'\n[groups.b]\nin='c'\n[groups.c]\nin='a'\n[groups.d]\nin='a'").diagnostics;
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].code, "containment-cycle");
        assert!(found[0].message.contains("`a` in `b` in `c` in `a`"), "{}", found[0].message);
        assert_eq!(errors("[groups.a]\nin='a'"), ["containment-cycle"]);
    }

    #[test]
    fn a_leaf_holds_nothing() {
        assert_eq!(errors("[externals.u]\nkind='users'\n[groups.g]\nin='u'"), ["not-a-container"]);
        assert_eq!(errors("[groups.a]\n[groups.o]\nmembers=['a']\n[groups.b]\nin='o'"), ["not-a-container"]);
    }

    #[test]
    fn what_aws_rules_out_is_only_doubted() {
        assert_eq!(warnings("[vpcs.v]\n[regions.us-east-1]\nin='v'"), ["unusual-nesting"]);
        assert!(warnings("[subnets.s]\n[azs.a]\nin='s'\n[groups.g]\nin='a'\n[vpcs.v]\nin='g'").is_empty());
    }

    #[test]
    fn too_many_levels_end_in_a_message() {
        let mut text = String::from("[groups.g0]\n");
        for level in 1..10_000 {
            writeln!(text, "[groups.g{level}]\nin='g{}'", level - 1).unwrap_or_default();
        }
        assert_eq!(errors(&text), ["too-deep"]);
        text.push_str("[groups.x]\nin='y'\n[groups.y]\nin='x'\n");
        assert_eq!(errors(&text).len(), 2);
    }
}
