//! Copies: one box for each container of each place in which an entry stands.
//!
//! Before: an order in which parents come first. After: every leaf and every container as boxes; a VPC in a region with
//! zones has a box for each of them, and a subnet of that VPC is in each of these.

use std::collections::{BTreeMap, BTreeSet};

use super::cloud;
use super::containment::{Containment, Parent, Target};
use super::draft::Draft;
use super::entries::{Entry, Nature};
use super::zones::Zone;
use super::{captions, leaves, notes};
use crate::catalogue::GroupStyle;
use crate::diagnostics::Diagnostic;
use crate::document::{Settings, Table};
use crate::topology::{BoxId, Container, Content, Definition, DefinitionId, Language, Role};

/// The id of the implied cloud; ids of authors hold no `@`.
const CLOUD_ID: &str = "@cloud";

/// The pass at work.
pub(super) struct Placing<'a, 'd> {
    /// The boxes so far.
    pub draft: &'d mut Draft<'a>,
    /// By entry: the zones of the region that it is.
    pub region_zones: &'d [Vec<Zone>],
    /// What stands in what.
    pub containment: &'d Containment<'a>,
    /// By entry: the entries of `azs` that stand directly in it.
    pub own_zones: Vec<Vec<usize>>,
    /// By entry: whether anything is in it.
    holds: Vec<bool>,
    /// The implied cloud, and by entry whether it stands there.
    cloud: Option<(BoxId, Vec<bool>)>,
    /// By region and name: the definition of the zone, once it has a box.
    pub implied: BTreeMap<(Option<usize>, String), DefinitionId>,
    /// The language of names.
    pub language: Language,
}

/// Makes all boxes but the overlays.
pub(super) fn place<'a>(
    entries: &'a [Entry<'a>],
    region_zones: &[Vec<Zone>],
    containment: &Containment<'a>,
    settings: &Settings,
    findings: &mut Vec<Diagnostic>,
) -> Draft<'a> {
    let language = super::heading::language(settings);
    let definitions = entries.iter().map(|entry| captions::define(entry, language)).collect();
    let mut draft = Draft::new(entries, definitions);
    let cloud = cloud::implied(entries, containment, settings.cloud.as_ref()).and_then(|inside| {
        let definition = imply(&mut draft, CLOUD_ID.to_owned(), Table::Clouds, captions::cloud(language));
        let id = draft.add(definition, None, container(GroupStyle::Cloud), findings)?;
        "cloud".clone_into(&mut draft.boxes[id.index()].kind);
        Some((id, inside))
    });
    let (own_zones, holds) = contents(entries, region_zones, containment);
    let mut placing = Placing {
        draft: &mut draft,
        region_zones,
        containment,
        own_zones,
        holds,
        cloud,
        implied: BTreeMap::new(),
        language,
    };
    for &index in &containment.order {
        placing.place_entry(index, findings);
    }
    draft
}

/// By entry: the zones declared directly in it, and whether anything is in it.
fn contents(entries: &[Entry], zones: &[Vec<Zone>], containment: &Containment) -> (Vec<Vec<usize>>, Vec<bool>) {
    let mut own_zones = vec![Vec::new(); entries.len()];
    let mut holds = vec![false; entries.len()];
    let mut in_zones = false;
    for (child, parents) in containment.parents.iter().enumerate() {
        for parent in parents {
            match parent.target {
                Target::Entry(outer) => {
                    holds[outer] = true;
                    if entries[child].table() == Table::Azs {
                        own_zones[outer].push(child);
                    }
                }
                // Which networks have that zone is not known yet; all of them shall show it.
                Target::Zone(_) => in_zones = true,
            }
        }
    }
    if in_zones && zones.iter().any(|zones| !zones.is_empty()) {
        for (holds, entry) in holds.iter_mut().zip(entries) {
            *holds |= entry.table() == Table::Vpcs;
        }
    }
    (own_zones, holds)
}

/// Adds a definition that nobody wrote.
pub(super) fn imply(draft: &mut Draft, id: String, table: Table, name: String) -> DefinitionId {
    let definition = DefinitionId::from(draft.definitions.len());
    draft.definitions.push(Definition {
        id,
        table,
        name,
        named: false,
        span: None,
        description: None,
        why: None,
        link: None,
        tags: Vec::new(),
        service: None,
        engine: None,
        multi_az: false,
        scaling: None,
        count: 1,
        sla: None,
        allow: Vec::new(),
        allow_reason: None,
        copies: Vec::new(),
    });
    definition
}

/// A container of which nothing else is known.
pub(super) fn container(style: GroupStyle) -> Content {
    Content::Container(Container::plain(style))
}

impl Placing<'_, '_> {
    fn place_entry(&mut self, index: usize, findings: &mut Vec<Diagnostic>) {
        let entry = &self.draft.entries[index];
        let nature = entry.nature;
        if matches!(nature, Nature::Overlay(_)) {
            return;
        }
        let is_note = entry.table() == Table::Notes;
        if is_note && entry.written.at.is_some() {
            // Where it stands depends on boxes to come.
            return;
        }
        let places = self.places(index, findings);
        match nature {
            Nature::Leaf if is_note => notes::place(self.draft, index, &places, findings),
            Nature::Leaf => leaves::place(self.draft, index, &places, findings),
            _ if entry.table() == Table::Subnets => self.place_subnet(index, &places, findings),
            _ => {
                let zone = entry.table() == Table::Azs;
                for parent in places {
                    // A network makes its own zones, in order, before anything else is in it.
                    if !(zone && parent.is_some_and(|parent| self.draft.style(parent) == Some(GroupStyle::Vpc))) {
                        self.add_container(index, parent, findings);
                    }
                }
            }
        }
    }

    /// The boxes in which an entry stands; `None` is the picture itself.
    fn places(&self, index: usize, findings: &mut Vec<Diagnostic>) -> Vec<Option<BoxId>> {
        let parents = &self.containment.parents[index];
        if self.draft.entries[index].written.within.is_empty() && parents.is_empty() {
            let cloud = self.cloud.as_ref().filter(|(_, inside)| inside[index]);
            return vec![cloud.map(|&(id, _)| id)];
        }
        let mut seen = BTreeSet::new();
        let mut places = Vec::new();
        for parent in parents {
            places.extend(self.copies_of(parent, findings).into_iter().filter(|&place| seen.insert(place)).map(Some));
        }
        places
    }

    fn copies_of(&self, parent: &Parent, findings: &mut Vec<Diagnostic>) -> Vec<BoxId> {
        let (what, copies) = match parent.target {
            Target::Entry(outer) => (self.draft.entries[outer].id(), self.draft.definitions[outer].copies.clone()),
            Target::Zone(name) => (name, self.draft.zones_called(name)),
        };
        let picked = self.draft.within(&copies, &parent.places);
        if picked.is_empty() && !copies.is_empty() {
            findings.push(self.draft.unknown_place(what, &parent.places, &copies, parent.span));
        }
        if matches!(parent.target, Target::Zone(_)) && picked.len() != 1 {
            let diagnostic = match picked.as_slice() {
                [] if !copies.is_empty() => return picked,
                [] => Diagnostic::error("unknown-place", parent.span, format!("no VPC has the zone `{what}`"))
                    .with_help("put a VPC into its region, or declare the zone under `azs`"),
                _ => {
                    let networks: Vec<String> = picked
                        .iter()
                        .filter_map(|&id| self.draft.boxes[id.index()].parent)
                        .map(|network| format!("{what}@{}", self.draft.definition(network).id))
                        .collect();
                    let networks: Vec<&str> = networks.iter().map(String::as_str).take(8).collect();
                    Diagnostic::error("ambiguous-place", parent.span, format!("several VPCs have the zone `{what}`"))
                        .with_help(format!("write {}", crate::diagnostics::suggest::one_of(&networks)))
                }
            };
            findings.push(diagnostic);
            return Vec::new();
        }
        picked
    }

    pub(super) fn add_container(
        &mut self,
        index: usize,
        parent: Option<BoxId>,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<BoxId> {
        let entry = &self.draft.entries[index];
        let Nature::Container(style) = entry.nature else { return None };
        let role = match entry.written.role.as_ref().map(|role| role.value.as_str()) {
            Some("active") => Some(Role::Active),
            Some("passive") => Some(Role::Passive),
            _ => None,
        };
        let zone =
            (style == GroupStyle::Zone).then(|| Zone { letter: entry.id().to_owned(), name: entry.id().to_owned() });
        let content = Content::Container(Container {
            style,
            cidr: entry.written.cidr.as_ref().map(|cidr| cidr.value.clone()),
            role,
            region: entry.region,
            zone: zone.as_ref().map(|zone| zone.name.clone()),
            zones: self.region_zones[index].iter().map(|zone| zone.name.clone()).collect(),
            icon: entry.icon,
        });
        let id = self.draft.add(index.into(), parent, content, findings)?;
        if let Some(zone) = zone {
            self.draft.set_zone(id, zone);
        }
        if entry.table() == Table::Vpcs && self.holds[index] {
            self.add_zones(index, id, findings);
        }
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fmt::Write;

    use super::super::testing::{addresses, errors, help, topology, tree};

    const TWO_ZONES: &str = "[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'\n[subnets.app]\nin='main'\n";

    #[test]
    fn a_list_puts_the_same_into_each() {
        let text = "[regions.us-east-1]\nazs=2\n[regions.ca-central-1]\nazs=2\n\
                    [vpcs.main]\nin=['us-east-1','ca-central-1']\n[subnets.app]\nin='main'\n[groups.g]\nin='main@ca-central-1'";
        let topology = topology(text);
        assert_eq!(addresses(&topology, "main"), ["main@us-east-1", "main@ca-central-1"]);
        assert_eq!(
            addresses(&topology, "app"),
            ["app@us-east-1a", "app@us-east-1b", "app@ca-central-1a", "app@ca-central-1b"]
        );
        assert_eq!(tree(&topology).last().unwrap(), "g < main@ca-central-1");
    }

    #[test]
    fn a_zone_can_be_named_as_a_place() {
        let topology_ = topology(&format!("{TWO_ZONES}[groups.g]\nin='us-east-1b'"));
        assert_eq!(tree(&topology_).last().unwrap(), "g < us-east-1b@main");
        let two = format!("{TWO_ZONES}[vpcs.other]\nin='us-east-1'\n[groups.g]\nin='us-east-1b'");
        assert_eq!(errors(&two), ["ambiguous-place"]);
        assert_eq!(help(&two), "write `us-east-1b@main` or `us-east-1b@other`");
        assert!(errors(&two.replace("'us-east-1b'", "'us-east-1b@other'")).is_empty());
    }

    #[test]
    fn copies_of_copies_are_bounded() {
        let mut text = String::from("[groups.g0]\n[groups.h0]\n");
        for level in 1..30 {
            for name in ["g", "h"] {
                writeln!(text, "[groups.{name}{level}]\nin=['g{0}','h{0}']", level - 1).unwrap();
            }
        }
        assert_eq!(errors(&text), ["too-many-boxes"]);
    }
}
