//! Copies: one box for each container of each place in which an entry stands.
//!
//! Before: an order in which parents come first. After: every leaf and every container as boxes; a VPC in a region with
//! zones has a box for each of them, and a subnet of that VPC is in each of these.

use std::collections::{BTreeMap, BTreeSet};

use super::cloud;
use super::containment::{Containment, Parent, Target};
use super::draft::Draft;
use super::entries::{Entry, Nature};
use super::zones::{self, Zone};
use super::{captions, leaves};
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
    zones: &'d [Vec<Zone>],
    containment: &'d Containment<'a>,
    /// By entry: the entries of `azs` that stand directly in it.
    own_zones: Vec<Vec<usize>>,
    /// By entry: whether anything is in it.
    holds: Vec<bool>,
    /// The implied cloud, and by entry whether it stands there.
    cloud: Option<(BoxId, Vec<bool>)>,
    /// By region and name: the definition of the zone, once it has a box.
    implied: BTreeMap<(Option<usize>, String), DefinitionId>,
    language: Language,
}

/// Makes all boxes but the overlays.
pub(super) fn place<'a>(
    entries: &'a [Entry<'a>],
    zones: &[Vec<Zone>],
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
    let (own_zones, holds) = contents(entries, zones, containment);
    let mut placing =
        Placing { draft: &mut draft, zones, containment, own_zones, holds, cloud, implied: BTreeMap::new(), language };
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
fn imply(draft: &mut Draft, id: String, table: Table, name: String) -> DefinitionId {
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
        copies: Vec::new(),
    });
    definition
}

/// A container of which nothing else is known.
fn container(style: GroupStyle) -> Content {
    Content::Container(Container { style, cidr: None, role: None, region: None, zone: None, icon: None })
}

impl Placing<'_, '_> {
    fn place_entry(&mut self, index: usize, findings: &mut Vec<Diagnostic>) {
        let entry = &self.draft.entries[index];
        let nature = entry.nature;
        if matches!(nature, Nature::Overlay(_)) {
            return;
        }
        let places = self.places(index, findings);
        match nature {
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

    fn add_container(&mut self, index: usize, parent: Option<BoxId>, findings: &mut Vec<Diagnostic>) -> Option<BoxId> {
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

    /// Gives a network the zones of its region; an entry of `azs` in it takes the place of the one that it names, else of
    /// the next that nobody names, else it is one more.
    fn add_zones(&mut self, index: usize, network: BoxId, findings: &mut Vec<Diagnostic>) {
        let entries = self.draft.entries;
        let region = self.draft.nearest(network, GroupStyle::Region).map(|id| self.draft.boxes[id.index()].definition);
        let region = region.map(DefinitionId::index).filter(|&index| index < entries.len());
        let zones: &[Zone] = region.map_or(&[], |region| &self.zones[region]);
        let mut slots: Vec<(Option<usize>, Option<&Zone>)> = zones.iter().map(|zone| (None, Some(zone))).collect();
        let mut unnamed = Vec::new();
        for &own in self.own_zones[index].iter().filter(|&&own| self.stands_here(own, index, network)) {
            let written = entries[own].written;
            let names = [Some(&written.id), written.name.as_ref()];
            let means = |zone: &Zone| names.iter().flatten().any(|name| zone.is_called(&name.value));
            match slots.iter_mut().find(|(taken, zone)| taken.is_none() && zone.is_some_and(means)) {
                Some(slot) => slot.0 = Some(own),
                None => unnamed.push(own),
            }
        }
        for own in unnamed {
            match slots.iter_mut().find(|(taken, _)| taken.is_none()) {
                Some(slot) => slot.0 = Some(own),
                None => slots.push((Some(own), None)),
            }
        }
        let mut added = Vec::new();
        for (own, zone) in slots {
            let id = match own {
                Some(own) => self.add_container(own, Some(network), findings),
                None => zone.and_then(|zone| self.add_implied_zone(region, zone, network, findings)),
            };
            let Some(id) = id else { return };
            if let Some(zone) = zone {
                self.draft.set_zone(id, zone.clone());
                if let Content::Container(container) = &mut self.draft.boxes[id.index()].content {
                    container.zone = Some(zone.name.clone());
                }
            }
            added.push(id);
        }
        if !added.is_empty() {
            self.draft.zones_of.insert(network, added);
        }
    }

    /// Whether the zone entry `own`, which is `in` the network entry `index`, is in this copy of it.
    fn stands_here(&self, own: usize, index: usize, network: BoxId) -> bool {
        let here = |parent: &Parent| {
            parent.target == Target::Entry(index) && !self.draft.within(&[network], &parent.places).is_empty()
        };
        self.containment.parents[own].iter().any(here)
    }

    fn add_implied_zone(
        &mut self,
        region: Option<usize>,
        zone: &Zone,
        network: BoxId,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<BoxId> {
        let key = (region, zone.name.clone());
        let definition = if let Some(&known) = self.implied.get(&key) {
            known
        } else {
            let of = region.map_or("", |region| self.draft.entries[region].id());
            let id = format!("{}@{of}", zone.name);
            let definition = imply(self.draft, id, Table::Azs, captions::zone(&zone.letter, self.language));
            self.implied.insert(key, definition);
            definition
        };
        let id = self.draft.add(definition, Some(network), container(GroupStyle::Zone), findings)?;
        "az".clone_into(&mut self.draft.boxes[id.index()].kind);
        Some(id)
    }

    /// One subnet in each zone of a network that has zones, one box anywhere else.
    fn place_subnet(&mut self, index: usize, places: &[Option<BoxId>], findings: &mut Vec<Diagnostic>) {
        let written = self.draft.entries[index].written;
        let (mut zonal, mut others) = (Vec::new(), Vec::new());
        for &place in places {
            match place.and_then(|place| self.draft.zones_of.get(&place)) {
                Some(of_network) => zonal.extend_from_slice(of_network),
                None => others.push(place),
            }
        }
        let azs = written.azs.as_ref();
        if let Some(azs) = azs.filter(|_| zonal.is_empty() && !places.is_empty()) {
            findings.push(no_zones(self.draft.entries[index].id(), zones::span(azs)));
        } else {
            let picked = zones::pick(self.draft, &zonal, azs, findings);
            others.extend(picked.into_iter().map(Some));
        }
        self.check_cidrs(index, &others, findings);
        let many = others.len() > 1;
        for place in others {
            let Some(id) = self.add_container(index, place, findings) else { return };
            let zone = self.draft.zone_around(id).and_then(|zone| self.draft.zone(zone));
            let own = written.cidrs.iter().find(|(name, _)| zone.is_some_and(|zone| zone.is_called(&name.value)));
            let cidr = own.map(|(_, cidr)| cidr).or(written.cidr.as_ref().filter(|_| !many));
            let cidr = cidr.map(|cidr| cidr.value.clone());
            if let Content::Container(container) = &mut self.draft.boxes[id.index()].content {
                container.cidr = cidr;
            }
        }
    }

    fn check_cidrs(&self, index: usize, places: &[Option<BoxId>], findings: &mut Vec<Diagnostic>) {
        let written = self.draft.entries[index].written;
        let places: Vec<BoxId> = places.iter().copied().flatten().collect();
        for (name, _) in &written.cidrs {
            let zones = places.iter().filter_map(|&place| self.draft.zone_around(place));
            if !zones.filter_map(|id| self.draft.zone(id)).any(|zone| zone.is_called(&name.value)) {
                findings.push(zones::unknown(self.draft, &places, &name.value, name.span));
            }
        }
        if let Some(cidr) = written.cidr.as_ref().filter(|_| places.len() > 1) {
            let message = format!("`{}` is {} subnets, which cannot share one block", written.id.value, places.len());
            findings.push(
                Diagnostic::warning("shared-cidr", cidr.span, message)
                    .with_help("give each zone its own: `cidrs = { a = \"…\", b = \"…\" }`"),
            );
        }
    }
}

/// The warning for `azs` where there are no zones to choose from.
pub(super) fn no_zones(id: &str, span: crate::source::Span) -> Diagnostic {
    Diagnostic::error("unknown-place", span, format!("`{id}` stands in no availability zone that `azs` could pick"))
        .with_help("give its region `azs = 2`, or leave `azs` out")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{addresses, copies, errors, help, topology, tree, warnings};

    const TWO_ZONES: &str = "[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'\n[subnets.app]\nin='main'\n";

    #[test]
    fn a_tier_has_a_subnet_in_each_zone() {
        let topology = topology(TWO_ZONES);
        assert_eq!(
            tree(&topology),
            [
                "@cloud",
                "us-east-1 < @cloud",
                "main < us-east-1",
                "us-east-1a@main < main",
                "us-east-1b@main < main",
                "app@us-east-1a < us-east-1a@main",
                "app@us-east-1b < us-east-1b@main",
            ]
        );
        assert_eq!(topology.boxes[3].caption, "Availability Zone a");
        assert_eq!(topology.boxes[3].container().unwrap().zone.as_deref(), Some("us-east-1a"));
        assert_eq!(topology.boxes[3].kind, "az");
    }

    #[test]
    fn zones_may_be_named_and_picked() {
        let text =
            "[regions.us-east-1]\nazs=['a','us-east-1c']\n[vpcs.v]\nin='us-east-1'\n[subnets.s]\nin='v'\nazs=['c']";
        assert_eq!(addresses(&topology(text), "s"), ["s"]);
        assert_eq!(
            copies(&topology(text), "s")[0].parent.map(|id| topology(text).element(id).address.clone()).unwrap(),
            "us-east-1c@v"
        );
        let first = format!("{TWO_ZONES}azs=1");
        assert_eq!(tree(&topology(&first)).last().unwrap(), "app < us-east-1a@main");
        let wrong = format!("{TWO_ZONES}azs=['c']");
        assert_eq!((errors(&wrong), help(&wrong)), (vec!["unknown-place"], "write `a` or `b`".to_owned()));
    }

    #[test]
    fn zones_are_drawn_only_around_something() {
        let empty = topology("[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'");
        assert_eq!(empty.boxes.len(), 3);
        let hub = topology("[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'\n[groups.g]\nin='main'");
        assert_eq!(tree(&hub)[3..], ["us-east-1a@main < main", "us-east-1b@main < main", "g < main"]);
    }

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
    fn two_networks_of_one_region_are_told_apart() {
        let text =
            "[regions.us-east-1]\nazs=2\n[vpcs.v]\nin='us-east-1'\n[vpcs.w]\nin='us-east-1'\n[subnets.s]\nin=['v','w']";
        assert_eq!(
            addresses(&topology(text), "s"),
            ["s@us-east-1a@v", "s@us-east-1b@v", "s@us-east-1a@w", "s@us-east-1b@w"]
        );
    }

    #[test]
    fn an_own_entry_takes_the_place_of_its_zone() {
        let text = format!(
            "{TWO_ZONES}[azs.us-east-1b]\nin='main'\nname='Second'\n[azs.other]\nin='main'\n[azs.third]\nin='main'"
        );
        assert_eq!(
            tree(&topology(&text))[3..],
            [
                "other < main",
                "us-east-1b < main",
                "third < main",
                "app@us-east-1a < other",
                "app@us-east-1b < us-east-1b",
                "app@third < third"
            ]
        );
    }

    #[test]
    fn without_zones_a_subnet_is_one_box() {
        assert_eq!(tree(&topology("[diagram]\ncloud=false\n[vpcs.v]\n[subnets.s]\nin='v'")), ["v", "s < v"]);
        let in_zone = "[diagram]\ncloud=false\n[vpcs.v]\n[azs.a]\nin='v'\n[subnets.s]\nin='a'";
        assert_eq!(tree(&topology(in_zone)), ["v", "a < v", "s < a"]);
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
    fn blocks_belong_to_zones() {
        let topology = topology(&format!("{TWO_ZONES}cidrs={{a='10.0.0.0/24', us-east-1b='10.0.1.0/24'}}"));
        let blocks: Vec<_> =
            copies(&topology, "app").iter().map(|copy| copy.container().unwrap().cidr.clone().unwrap()).collect();
        assert_eq!(blocks, ["10.0.0.0/24", "10.0.1.0/24"]);
        assert_eq!(errors(&format!("{TWO_ZONES}cidrs={{c='10.0.0.0/24'}}")), ["unknown-place"]);
        assert_eq!(warnings(&format!("{TWO_ZONES}cidr='10.0.0.0/24'")), ["shared-cidr"]);
    }

    #[test]
    fn copies_of_copies_are_bounded() {
        let mut text = String::from("[groups.g0]\n[groups.h0]\n");
        for level in 1..30 {
            for name in ["g", "h"] {
                text += &format!("[groups.{name}{level}]\nin=['g{0}','h{0}']\n", level - 1);
            }
        }
        assert_eq!(errors(&text), ["too-many-boxes"]);
    }
}
