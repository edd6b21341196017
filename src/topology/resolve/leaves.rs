//! Leaves: an icon in each zone, one icon for all zones, or a primary and its standby.
//!
//! Before: the containers in which a service stands. After: its boxes. Containers that belong to one network (the subnets
//! of a tier, or one subnet in each zone by name) are taken together; what is decided, is decided for each such set.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::entries::Entry;
use super::zones;
use crate::catalogue::{Function, GroupStyle, Placement, Scope};
use crate::diagnostics::Diagnostic;
use crate::document::Table;
use crate::topology::{BoxId, Content, DefinitionId, Node, Standing};

/// How many copies a Multi-AZ store has: one that takes writes, one that stands by.
const PAIR: usize = 2;

/// How a service is placed in the containers of one network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// A copy in each.
    Each,
    /// One icon for all.
    Spanning,
    /// A primary in the first, a standby in the next.
    Pair,
    /// A single instance, in the first.
    Single,
}

/// Makes the boxes of the leaf `index`, which stands in `places`.
pub(super) fn place(draft: &mut Draft, index: usize, places: &[Option<BoxId>], findings: &mut Vec<Diagnostic>) {
    let entries = draft.entries;
    let entry = &entries[index];
    let manner = manner(entry, findings);
    let mut boxes = into_zones(draft, entry, manner, places);
    if let Some(azs) = &entry.written.azs {
        let zonal: Vec<BoxId> = boxes.iter().copied().flatten().filter(|&id| draft.zone_around(id).is_some()).collect();
        if zonal.is_empty() && !places.is_empty() {
            findings.push(zones::none(entry.id(), zones::span(azs)));
        } else {
            boxes = zones::pick(draft, &zonal, Some(azs), findings).into_iter().map(Some).collect();
        }
    }
    let mut lonely = false;
    for set in sets(draft, &boxes) {
        lonely |= place_set(draft, index, manner, &set, findings);
    }
    if lonely {
        let message = format!("`{}` is `multi-az`, but does not stand in two availability zones", entry.id());
        let span = entry.written.multi_az.as_ref().map_or(entry.written.id.span, |flag| flag.span);
        findings.push(
            Diagnostic::warning("too-few-zones", span, message)
                .with_help("put it into subnets of a region with `azs = 2`, or leave `multi-az` out"),
        );
    }
}

/// How the entry is placed: as its author says, else as its kind does.
fn manner(entry: &Entry, findings: &mut Vec<Diagnostic>) -> Manner {
    let multi_az = entry.written.multi_az.as_ref().filter(|flag| flag.value);
    let zonal =
        entry.service.is_none_or(|service| service.scope == Scope::Zonal || service.placement == Placement::PerZone);
    match entry.written.placement.as_ref().map(|word| word.value.as_str()) {
        Some("span") => return Manner::Spanning,
        Some("per-az") if multi_az.is_none() => return Manner::Each,
        _ => {}
    }
    if let Some(flag) = multi_az {
        if zonal && may_be_paired(entry) {
            return Manner::Pair;
        }
        let message = format!("`multi-az` says nothing about `{}`", entry.kind);
        let reason = if zonal {
            "it is for stores; other services have a copy in each zone"
        } else {
            "it is in several zones by itself"
        };
        findings.push(Diagnostic::warning("no-effect", flag.span, message).with_help(reason));
    }
    match entry.service {
        Some(service) if service.placement != Placement::PerZone => Manner::Spanning,
        Some(service) if service.function == Function::RelationalStore => Manner::Single,
        _ => Manner::Each,
    }
}

/// Whether a kind may have a primary and a standby.
fn may_be_paired(entry: &Entry) -> bool {
    use Function::{Cache, Messaging, NonRelationalStore, Other, RelationalStore, Storage};
    entry.service.is_none_or(|service| {
        matches!(service.function, RelationalStore | NonRelationalStore | Cache | Storage | Messaging | Other)
    })
}

/// Replaces a network by its zones, for what is to be in zones although its author named no subnet.
fn into_zones(draft: &Draft, entry: &Entry, manner: Manner, places: &[Option<BoxId>]) -> Vec<Option<BoxId>> {
    let by_zone = manner == Manner::Pair
        || entry.written.azs.is_some()
        || (manner == Manner::Each && entry.written.placement.is_some());
    let mut boxes = Vec::new();
    for &place in places {
        match place.and_then(|place| draft.zones_of.get(&place)).filter(|_| by_zone) {
            Some(zones) => boxes.extend(zones.iter().copied().map(Some)),
            None => boxes.push(place),
        }
    }
    boxes
}

/// The containers of one network, taken together.
struct Set {
    /// In order; one `None` is the picture itself.
    places: Vec<Option<BoxId>>,
    /// Whether they are zones, subnets or boxes in such.
    zonal: bool,
}

fn sets(draft: &Draft, boxes: &[Option<BoxId>]) -> Vec<Set> {
    let mut sets: Vec<Set> = Vec::new();
    let mut of_network: BTreeMap<Option<BoxId>, usize> = BTreeMap::new();
    for &place in boxes {
        let network = place.and_then(|place| outermost_zonal(draft, place));
        let network = network.map(|outermost| draft.boxes[outermost.index()].parent);
        if let Some(&known) = network.as_ref().and_then(|network| of_network.get(network)) {
            sets[known].places.push(place);
            continue;
        }
        if let Some(network) = network {
            of_network.insert(network, sets.len());
        }
        sets.push(Set { places: vec![place], zonal: network.is_some() });
    }
    sets
}

/// The outermost zone or subnet that is or holds a box within its network; what holds that, holds the whole tier.
fn outermost_zonal(draft: &Draft, place: BoxId) -> Option<BoxId> {
    let is_bound = |style: GroupStyle| {
        matches!(style, GroupStyle::Vpc | GroupStyle::Region | GroupStyle::Account | GroupStyle::Cloud)
    };
    draft
        .chain(place)
        .take_while(|&id| !draft.style(id).is_some_and(is_bound))
        .filter(|&id| draft.style(id).is_some_and(GroupStyle::is_zonal))
        .last()
}

/// Makes the boxes of one set; whether a pair had only one zone to stand in.
fn place_set(draft: &mut Draft, index: usize, manner: Manner, set: &Set, findings: &mut Vec<Diagnostic>) -> bool {
    let definition = DefinitionId::from(index);
    let mut add = |draft: &mut Draft, place: Option<BoxId>, standing: Standing, spans: Vec<BoxId>| {
        let content = node(draft, index, place, standing, spans);
        draft.add(definition, place, content, findings);
    };
    let boxes: Vec<BoxId> = set.places.iter().copied().flatten().collect();
    if boxes.len() < PAIR {
        for &place in &set.places {
            add(draft, place, Standing::Equal, Vec::new());
        }
        // Outside of networks nothing says what stands in which zone.
        return manner == Manner::Pair && boxes.iter().any(|&id| set.zonal || in_network(draft, id));
    }
    match manner {
        Manner::Each => {
            for &place in &boxes {
                add(draft, Some(place), Standing::Equal, Vec::new());
            }
        }
        Manner::Single => {
            for tier in tiers(draft, &boxes) {
                add(draft, Some(tier[0]), Standing::Equal, Vec::new());
            }
        }
        Manner::Pair => {
            let first = boxes[0];
            let next = boxes.iter().copied().find(|&id| zone_key(draft, id) != zone_key(draft, first));
            let Some(next) = next else {
                add(draft, Some(first), Standing::Equal, Vec::new());
                return true;
            };
            add(draft, Some(first), Standing::Primary, Vec::new());
            add(draft, Some(next), Standing::Standby, Vec::new());
        }
        Manner::Spanning => {
            let tiers = if one_per_zone(draft, &boxes) { vec![boxes] } else { tiers(draft, &boxes) };
            for tier in tiers {
                match tier.as_slice() {
                    &[only] => add(draft, Some(only), Standing::Equal, Vec::new()),
                    _ => add(draft, draft.around(&tier), Standing::Equal, tier.clone()),
                }
            }
        }
    }
    false
}

/// Whether a container is a network or stands in one.
fn in_network(draft: &Draft, id: BoxId) -> bool {
    draft.chain(id).any(|around| draft.style(around) == Some(GroupStyle::Vpc))
}

/// The zone in which a container stands; a container without one counts for itself.
fn zone_key(draft: &Draft, id: BoxId) -> BoxId {
    draft.zone_around(id).unwrap_or(id)
}

fn one_per_zone(draft: &Draft, boxes: &[BoxId]) -> bool {
    let mut zones: Vec<BoxId> = boxes.iter().map(|&id| zone_key(draft, id)).collect();
    zones.sort_unstable();
    zones.windows(2).all(|pair| pair[0] != pair[1])
}

/// The boxes, by the entry of which they are copies.
fn tiers(draft: &Draft, boxes: &[BoxId]) -> Vec<Vec<BoxId>> {
    let mut tiers: BTreeMap<DefinitionId, Vec<BoxId>> = BTreeMap::new();
    for &id in boxes {
        tiers.entry(draft.boxes[id.index()].definition).or_default().push(id);
    }
    tiers.into_values().collect()
}

/// Whether a container is of AWS or stands in one that is.
fn is_inside(draft: &Draft, place: BoxId) -> bool {
    use GroupStyle::{Account, Cloud, PrivateSubnet, PublicSubnet, Region, Vpc, Zone};
    draft
        .chain(place)
        .filter_map(|id| draft.style(id))
        .any(|style| matches!(style, Account | Cloud | PrivateSubnet | PublicSubnet | Region | Vpc | Zone))
}

fn node(draft: &Draft, index: usize, place: Option<BoxId>, standing: Standing, spans: Vec<BoxId>) -> Content {
    let entry = &draft.entries[index];
    let edged =
        matches!(place.and_then(|place| draft.style(place)), Some(GroupStyle::Vpc | GroupStyle::CorporateDataCenter));
    let border = entry.service.is_some_and(|service| service.placement == Placement::Border);
    let external = entry.table() == Table::Externals
        || (entry.is_foreign() && !place.is_some_and(|place| is_inside(draft, place)));
    let border = border && edged && spans.is_empty();
    Content::Node(Node { icon: entry.icon, border, spans, external, standing, note: None })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{addresses, copies, errors, links, topology, tree, warnings};
    use crate::topology::{Standing, Topology};

    const TIER: &str =
        "[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'\n[subnets.app]\nin='main'\n[services.x]\n";

    fn tier(rest: &str) -> Topology {
        topology(&format!("{TIER}{rest}"))
    }

    fn parents(topology: &Topology, id: &str) -> Vec<String> {
        copies(topology, id).iter().map(|copy| topology.element(copy.parent.unwrap()).address.clone()).collect()
    }

    #[test]
    fn instances_are_in_each_zone() {
        let topology = tier("kind='ec2'\nin='app'");
        assert_eq!(addresses(&topology, "x"), ["x@us-east-1a", "x@us-east-1b"]);
        assert_eq!(parents(&topology, "x"), ["app@us-east-1a", "app@us-east-1b"]);
        assert_eq!(addresses(&tier("kind='ec2'\nin='app'\nazs=['b']"), "x"), ["x"]);
        assert_eq!(parents(&tier("kind='ec2'\nin='app@a'"), "x"), ["app@us-east-1a"]);
    }

    #[test]
    fn load_balancers_span() {
        let topology = tier("kind='alb'\nin='app'");
        assert_eq!(parents(&topology, "x"), ["main"]);
        let spans = &copies(&topology, "x")[0].node().unwrap().spans;
        let spans: Vec<_> = spans.iter().map(|&id| topology.element(id).address.as_str()).collect();
        assert_eq!(spans, ["app@us-east-1a", "app@us-east-1b"]);
        let alone = tier("kind='alb'\nin='app'\nazs=1");
        assert_eq!(parents(&alone, "x"), ["app@us-east-1a"]);
        assert!(copies(&alone, "x")[0].node().unwrap().spans.is_empty());
    }

    #[test]
    fn the_author_may_say_otherwise() {
        assert_eq!(addresses(&tier("kind='alb'\nin='app'\nplacement='per-az'"), "x").len(), 2);
        assert_eq!(addresses(&tier("kind='ec2'\nin='app'\nplacement='span'"), "x").len(), 1);
        assert_eq!(
            parents(&tier("kind='ec2'\nin='main'\nplacement='per-az'"), "x"),
            ["us-east-1a@main", "us-east-1b@main"]
        );
    }

    #[test]
    fn subnets_by_name_are_spanned_like_a_tier() {
        let topology = topology(
            "[vpcs.v]\n[azs.a]\nin='v'\n[azs.b]\nin='v'\n[subnets.s1]\nin='a'\n[subnets.s2]\nin='b'\n\
             [services.lb]\nkind='alb'\nin=['s1','s2']",
        );
        assert_eq!(copies(&topology, "lb").len(), 1);
        assert_eq!(copies(&topology, "lb")[0].node().unwrap().spans.len(), 2);
        assert_eq!(parents(&topology, "lb"), ["v"]);
    }

    #[test]
    fn gateways_sit_on_the_border() {
        let topology = tier("kind='internet-gateway'\nin='main'");
        assert!(copies(&topology, "x")[0].node().unwrap().border);
        assert_eq!(parents(&topology, "x"), ["main"]);
        let regional = tier("kind='internet-gateway'\nin='us-east-1'");
        assert!(!copies(&regional, "x")[0].node().unwrap().border);
    }

    #[test]
    fn a_multi_az_store_has_a_primary_and_a_standby() {
        let topology = tier("kind='rds'\nin='app'\nmulti-az=true\nengine='postgresql'");
        let standing: Vec<_> = copies(&topology, "x").iter().map(|copy| copy.node().unwrap().standing).collect();
        assert_eq!(standing, [Standing::Primary, Standing::Standby]);
        let captions: Vec<_> = copies(&topology, "x").iter().map(|copy| copy.caption.as_str()).collect();
        assert_eq!(captions, ["Amazon RDS for PostgreSQL (primary)", "Amazon RDS for PostgreSQL (standby)"]);
        assert_eq!(links(&topology), ["x@us-east-1a -> x@us-east-1b"]);
        assert!(topology.statements[0].implied && !topology.statements[0].asynchronous);
    }

    #[test]
    fn three_zones_still_have_two_database_copies() {
        let text = TIER.replace("azs=2", "azs=3");
        let topology = topology(&format!("{text}kind='aurora'\nin='app'\nmulti-az=true\nname='Orders'"));
        let captions: Vec<_> = copies(&topology, "x").iter().map(|copy| copy.caption.as_str()).collect();
        assert_eq!(captions, ["Orders (writer)", "Orders (reader)"]);
    }

    #[test]
    fn a_database_by_itself_is_one_instance() {
        let topology = tier("kind='rds'\nin='app'");
        assert_eq!(addresses(&topology, "x"), ["x"]);
        assert_eq!(parents(&topology, "x"), ["app@us-east-1a"]);
        assert!(links(&topology).is_empty());
    }

    #[test]
    fn multi_az_is_doubted_where_it_says_nothing() {
        assert_eq!(warnings(&format!("{TIER}kind='rds'\nin='app'\nazs=1\nmulti-az=true")), ["too-few-zones"]);
        assert_eq!(warnings(&format!("{TIER}kind='dynamodb'\nin='us-east-1'\nmulti-az=true")), ["no-effect"]);
        assert_eq!(errors(&format!("{TIER}kind='s3'\nin='us-east-1'\nazs=1")), ["unknown-place"]);
    }

    #[test]
    fn software_in_a_subnet_is_not_external() {
        let external = |topology: &Topology, id: &str| copies(topology, id)[0].node().unwrap().external;
        let topology = tier("kind='nginx'\nin='app'\n[services.people]\nkind='users'\n[externals.mail]\nkind='email'");
        assert!(!external(&topology, "x") && external(&topology, "people") && external(&topology, "mail"));
        assert_eq!(addresses(&topology, "x").len(), 2);
    }

    #[test]
    fn services_outside_tiers_are_single() {
        let topology =
            tier("kind='s3'\nin='us-east-1'\n[services.y]\nkind='ec2'\nin='main'\n[services.z]\nkind='route53'");
        assert_eq!(tree(&topology)[7..], ["x < us-east-1", "y < main", "z < @cloud"]);
    }
}
