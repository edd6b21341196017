//! Groups with `members`: drawn around boxes that live elsewhere.
//!
//! Before: all leaves and containers. After: one overlay for each network, region or account over which its members are
//! replicated, whichever is smallest; its members are what lives there.

use std::collections::BTreeMap;

use super::MAX_DEPTH;
use super::containment::{Containment, Target};
use super::draft::{Draft, too_deep};
use super::entries::Nature;
use super::names::{self, Names};
use super::references;
use crate::catalogue::GroupStyle;
use crate::diagnostics::Diagnostic;
use crate::topology::{BoxId, Content, DefinitionId, Overlay};

/// Replicas of what holds members, smallest first: an overlay never needs to be split further than into networks.
const SPLITS: [GroupStyle; 3] = [GroupStyle::Vpc, GroupStyle::Region, GroupStyle::Account];

/// The members of one overlay, by the reference that names them.
type Members = Vec<Vec<BoxId>>;

/// Adds all overlays, those that are members of others first.
pub(super) fn draw(draft: &mut Draft, names: &Names, containment: &Containment, findings: &mut Vec<Diagnostic>) {
    let mut levels: BTreeMap<usize, u32> = BTreeMap::new();
    for index in order(draft, names, findings) {
        let inner = overlays_in(draft, names, index).into_iter().filter_map(|member| levels.get(&member));
        let level = 1 + inner.max().copied().unwrap_or(0);
        levels.insert(index, level);
        if level > MAX_DEPTH {
            // Those around it are as deep, and would only repeat it.
            findings.push(too_deep(draft.definitions[index].span.unwrap_or_default()));
            break;
        }
        let entry = &draft.entries[index];
        let (Nature::Overlay(style), icon) = (entry.nature, entry.icon) else { continue };
        let written = entry.written.members.as_deref().unwrap_or_default();
        let found = written.iter().map(|member| references::find(draft, names, member, findings));
        let Some(members) = found.collect::<Option<Vec<_>>>() else { continue };
        let members: Members = members.into_iter().map(|endpoint| endpoint.copies).collect();
        let parts = match within(draft, index, containment) {
            Some(containers) => containers.iter().map(|&container| below(draft, &members, container)).collect(),
            None => split(draft, members),
        };
        let mut empty = true;
        for part in parts {
            let mut members: Vec<BoxId> = part.into_iter().flatten().collect();
            members.sort_unstable();
            members.dedup();
            outermost(draft, &mut members);
            if members.is_empty() {
                continue;
            }
            empty = false;
            let parent = draft.around(&members);
            draft.add(DefinitionId::from(index), parent, Content::Overlay(Overlay { style, members, icon }), findings);
        }
        if empty && !written.is_empty() {
            let entry = &draft.entries[index];
            let message = format!("no member of `{}` stands where it is `in`", entry.id());
            findings.push(Diagnostic::error("empty-value", entry.written.id.span, message).with_help("leave `in` out"));
        }
    }
}

/// Leaves out what stands in another member and is drawn around with it.
fn outermost(draft: &Draft, members: &mut Vec<BoxId>) {
    let all = members.clone();
    members.retain(|&id| !draft.ancestors(id).any(|around| all.binary_search(&around).is_ok()));
}

/// The boxes that `in` names, if it is there.
fn within(draft: &Draft, index: usize, containment: &Containment) -> Option<Vec<BoxId>> {
    let parents = &containment.parents[index];
    let copies = parents.iter().flat_map(|parent| {
        let copies = match parent.target {
            Target::Entry(outer) => draft.definitions[outer].copies.clone(),
            Target::Zone(name) => draft.zones_called(name),
        };
        draft.within(&copies, &parent.places)
    });
    (!parents.is_empty()).then(|| copies.collect())
}

/// The members that stand in a container.
fn below(draft: &Draft, members: &Members, container: BoxId) -> Members {
    let inside = |id: BoxId| draft.ancestors(id).any(|around| around == container);
    members.iter().map(|copies| copies.iter().copied().filter(|&id| inside(id)).collect()).collect()
}

/// Splits members over the smallest kind of container of which every one holds a copy of the same member.
fn split(draft: &Draft, members: Members) -> Vec<Members> {
    for style in SPLITS {
        let mut parts: BTreeMap<BoxId, Members> = BTreeMap::new();
        let mut complete = true;
        for (reference, copies) in members.iter().enumerate() {
            for &copy in copies {
                let Some(around) = draft.nearest(copy, style) else {
                    complete = false;
                    continue;
                };
                parts.entry(around).or_insert_with(|| vec![Vec::new(); members.len()])[reference].push(copy);
            }
        }
        let replicated = (0..members.len()).any(|reference| parts.values().all(|part| !part[reference].is_empty()));
        if complete && replicated {
            return parts.into_values().collect();
        }
    }
    vec![members]
}

/// The overlays that are members of one.
fn overlays_in(draft: &Draft, names: &Names, index: usize) -> Vec<usize> {
    let members = draft.entries[index].written.members.as_deref().unwrap_or_default();
    let ids = members.iter().filter_map(|member| names.entry(names::split(&member.value).base));
    ids.filter(|&member| matches!(draft.entries[member].nature, Nature::Overlay(_))).collect()
}

/// The overlays, members before what is drawn around them; those in a cycle are reported and left out.
fn order(draft: &Draft, names: &Names, findings: &mut Vec<Diagnostic>) -> Vec<usize> {
    let all: Vec<usize> =
        (0..draft.entries.len()).filter(|&index| matches!(draft.entries[index].nature, Nature::Overlay(_))).collect();
    let mut waiting: BTreeMap<usize, usize> = BTreeMap::new();
    let mut outer: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &index in &all {
        let inner = overlays_in(draft, names, index);
        waiting.insert(index, inner.len());
        for member in inner {
            outer.entry(member).or_default().push(index);
        }
    }
    let mut ready: std::collections::BTreeSet<usize> =
        all.iter().copied().filter(|index| waiting[index] == 0).collect();
    let mut order = Vec::with_capacity(all.len());
    while let Some(index) = ready.pop_first() {
        order.push(index);
        for &around in outer.get(&index).into_iter().flatten() {
            let count = waiting.get_mut(&around).expect("every overlay waits for a known number of members");
            *count -= 1;
            if *count == 0 {
                ready.insert(around);
            }
        }
    }
    for &index in all.iter().filter(|index| waiting[index] > 0) {
        let entry = &draft.entries[index];
        let message = format!("`{}` is a member of itself, by way of its members", entry.id());
        findings.push(
            Diagnostic::error("containment-cycle", entry.written.id.span, message)
                .with_help("take the group that leads back to it out of `members`"),
        );
    }
    order
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{addresses, copies, errors, topology};
    use crate::topology::Topology;

    const TWO_REGIONS: &str = "[regions.us-east-1]\nazs=2\n[regions.ca-central-1]\nazs=2\n\
        [vpcs.main]\nin=['us-east-1','ca-central-1']\n[subnets.app]\nin='main'\n[subnets.data]\nin='main'\n";

    fn members(topology: &Topology, id: &str) -> Vec<Vec<String>> {
        let of = |element: &&crate::topology::Element| {
            element.overlay().unwrap().members.iter().map(|&member| topology.element(member).address.clone()).collect()
        };
        copies(topology, id).iter().map(of).collect()
    }

    #[test]
    fn one_overlay_for_each_copy_of_the_network() {
        let topology = topology(&format!("{TWO_REGIONS}[groups.o]\nmembers=['app']"));
        assert_eq!(addresses(&topology, "o"), ["o@us-east-1", "o@ca-central-1"]);
        assert_eq!(
            members(&topology, "o"),
            [["app@us-east-1a", "app@us-east-1b"], ["app@ca-central-1a", "app@ca-central-1b"]]
        );
        let parent = copies(&topology, "o")[1].parent.unwrap();
        assert_eq!(topology.element(parent).address, "main@ca-central-1");
    }

    #[test]
    fn groups_around_groups_end_where_nesting_does() {
        let text = |levels: usize| {
            let groups = (1..levels).map(|level| format!("[groups.g{level}]\nmembers=['g{}']\n", level - 1));
            format!("[services.a]\nkind='s3'\n[groups.g0]\nmembers=['a']\n{}", groups.collect::<String>())
        };
        assert_eq!(errors(&text(64)), [""; 0]);
        assert_eq!(errors(&text(65)), ["too-deep"]);
        assert_eq!(errors(&text(10_000)), ["too-deep"]);
    }

    #[test]
    fn places_pick_members() {
        let topology = topology(&format!("{TWO_REGIONS}[groups.o]\nmembers=['app@us-east-1', 'data@us-east-1a']"));
        assert_eq!(members(&topology, "o"), [["app@us-east-1a", "app@us-east-1b", "data@us-east-1a"]]);
        assert_eq!(addresses(&topology, "o"), ["o"]);
    }

    #[test]
    fn different_networks_share_one_overlay() {
        let topology =
            topology("[vpcs.v]\n[vpcs.w]\n[groups.a]\nin='v'\n[groups.b]\nin='w'\n[groups.o]\nmembers=['a','b']");
        assert_eq!(members(&topology, "o"), [["a", "b"]]);
    }

    #[test]
    fn overlays_nest() {
        let topology = topology(&format!(
            "{TWO_REGIONS}[groups.outer]\nmembers=['inner','data']\n[groups.inner]\nmembers=['app']"
        ));
        assert_eq!(members(&topology, "outer")[0], ["data@us-east-1a", "data@us-east-1b", "inner@us-east-1"]);
        assert_eq!(errors("[groups.a]\nmembers=['b']\n[groups.b]\nmembers=['a']"), ["containment-cycle"; 2]);
    }

    #[test]
    fn what_stands_in_a_member_is_none_itself() {
        let topology = topology("[groups.a]\n[groups.b]\nin='a'\n[groups.o]\nmembers=['b','a']");
        assert_eq!(members(&topology, "o"), [["a"]]);
    }

    #[test]
    fn members_must_exist() {
        assert_eq!(errors("[groups.a]\n[groups.o]\nmembers=['a','x']"), ["unknown-id"]);
    }
}
