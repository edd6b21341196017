//! Networks: the zones of a VPC, and the subnets of its tiers in them.

use std::str::FromStr;

use ipnet::IpNet;

use super::captions;
use super::containment::{Parent, Target};
use super::replicas::{self, Placing};
use super::zones::{self, Zone};
use crate::catalogue::GroupStyle;
use crate::diagnostics::Diagnostic;
use crate::document::Table;
use crate::topology::{BoxId, Content, DefinitionId};

impl Placing<'_, '_> {
    /// Gives a network the zones of its region; an entry of `azs` in it takes the place of the one that it names, else of
    /// the next that nobody names, else it is one more.
    pub(super) fn add_zones(&mut self, index: usize, network: BoxId, findings: &mut Vec<Diagnostic>) {
        let entries = self.draft.entries;
        let region = self.draft.nearest(network, GroupStyle::Region).map(|id| self.draft.boxes[id.index()].definition);
        let region = region.map(DefinitionId::index).filter(|&index| index < entries.len());
        let zones: &[Zone] = region.map_or(&[], |region| &self.region_zones[region]);
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
            let definition = replicas::imply(self.draft, id, Table::Azs, captions::zone(&zone.letter, self.language));
            self.implied.insert(key, definition);
            definition
        };
        let id = self.draft.add(definition, Some(network), replicas::container(GroupStyle::Zone), findings)?;
        "az".clone_into(&mut self.draft.boxes[id.index()].kind);
        Some(id)
    }

    /// One subnet in each zone of a network that has zones, one box anywhere else.
    pub(super) fn place_subnet(&mut self, index: usize, places: &[Option<BoxId>], findings: &mut Vec<Diagnostic>) {
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
            findings.push(zones::none(self.draft.entries[index].id(), zones::span(azs)));
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
                    .with_help(format!("give each zone its own: `{}`", self.parted(&cidr.value, &places))),
            );
        }
    }
}

impl Placing<'_, '_> {
    /// `cidrs` with a part of `block` for each zone of `places`.
    fn parted(&self, block: &str, places: &[BoxId]) -> String {
        let mut letters: Vec<&str> = Vec::new();
        for zone in places.iter().filter_map(|&place| self.draft.zone(self.draft.zone_around(place)?)) {
            if !letters.contains(&zone.letter.as_str()) {
                letters.push(&zone.letter);
            }
        }
        let bits = letters.len().next_power_of_two().trailing_zeros() as u8;
        let net = IpNet::from_str(block).ok().map(|net| net.trunc());
        let parts = net.and_then(|net| net.subnets(net.prefix_len().saturating_add(bits)).ok());
        let mut parts = parts.into_iter().flatten();
        let pairs = letters.iter().map(|letter| {
            let part = parts.next().map_or_else(|| "…".to_owned(), |part| part.to_string());
            format!("{letter} = \"{part}\"")
        });
        format!("cidrs = {{ {} }}", pairs.collect::<Vec<_>>().join(", "))
    }
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
    fn blocks_belong_to_zones() {
        let topology = topology(&format!("{TWO_ZONES}cidrs={{a='10.0.0.0/24', us-east-1b='10.0.1.0/24'}}"));
        let blocks: Vec<_> =
            copies(&topology, "app").iter().map(|copy| copy.container().unwrap().cidr.clone().unwrap()).collect();
        assert_eq!(blocks, ["10.0.0.0/24", "10.0.1.0/24"]);
        assert_eq!(errors(&format!("{TWO_ZONES}cidrs={{c='10.0.0.0/24'}}")), ["unknown-place"]);
        assert_eq!(warnings(&format!("{TWO_ZONES}cidr='10.0.0.0/24'")), ["shared-cidr"]);
    }
}
