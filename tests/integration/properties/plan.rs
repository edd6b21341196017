//! Random topologies of every construct, as documents.
//!
//! A plan holds only small numbers, and each number picks among what there is, so that any part may be left out and
//! the rest still means something: that is how a case that fails is made small.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;

/// The regions that a plan may have; zones are named after them.
const REGIONS: [&str; 3] = ["us-east-1", "ca-central-1", "eu-west-1"];
/// Groups that hold others, besides the levels of a network.
const GROUPS: [&str; 8] = [
    "generic",
    "generic",
    "cluster",
    "corporate-datacenter",
    "security-group",
    "auto-scaling-group",
    "ecs-cluster",
    "namespace",
];
/// Groups drawn around members.
const OVERLAYS: [&str; 4] = ["auto-scaling-group", "security-group", "generic", "ecs-cluster"];
/// Services: those of zones, those that span zones, those of regions, those on borders.
const SERVICES: [&str; 16] = [
    "ec2",
    "ecs",
    "lambda",
    "rds",
    "aurora",
    "elasticache",
    "alb",
    "nat-gateway",
    "s3",
    "dynamodb",
    "sqs",
    "route53",
    "internet-gateway",
    "vpn-gateway",
    "network-firewall",
    "generic",
];
const EXTERNALS: [&str; 4] = ["users", "email", "api", "client"];
const ARROWS: [&str; 8] = ["->", "->", "->", "<->", "--", "~>", "<~>", "~~"];
const WORDS: [&str; 8] = [
    "Orders",
    "a",
    "Order service",
    "Customer relationship management gateway for partners",
    "Internationalizationconfigurationservice",
    "Función de pagos",
    "注文サービス",
    "web (AZ 2)",
];
const LABELS: [&str; 6] = ["", "", "", "SQL", "HTTPS 443", "sends everything that has changed since yesterday"];

/// A container besides regions, VPCs and subnets.
#[derive(Debug, Clone)]
struct Group {
    /// Which table and kind.
    kind: u8,
    /// Which earlier container holds it; 0 is none.
    inside: u8,
    words: u8,
}

#[derive(Debug, Clone)]
struct Leaf {
    kind: u8,
    inside: u8,
    /// A second place, of services.
    also: Option<u8>,
    /// 0 as the kind says, 1 per zone, 2 one for all.
    spread: u8,
    multi: bool,
    words: u8,
}

#[derive(Debug, Clone)]
struct Link {
    from: u8,
    to: u8,
    /// A second target.
    also: Option<u8>,
    arrow: u8,
    label: u8,
}

/// A topology.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The zones of each region.
    regions: Vec<u8>,
    /// The regions of each VPC, as bits.
    vpcs: Vec<u8>,
    /// VPC, access and zones of each subnet.
    subnets: Vec<(u8, u8, u8)>,
    groups: Vec<Group>,
    /// Every group stands in the one before it.
    is_chain: bool,
    leaves: Vec<Leaf>,
    externals: Vec<(u8, u8)>,
    overlays: Vec<(u8, Vec<u8>)>,
    links: Vec<Link>,
    numbered: bool,
    direction: u8,
    /// With stacks, notes and colours.
    adorned: bool,
}

/// How many of each a plan may have.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    pub regions: usize,
    pub groups: usize,
    pub leaves: usize,
    pub overlays: usize,
    pub links: usize,
    /// Whether services may be stacks and have notes, and links colours.
    pub adorned: bool,
}

/// Plans of that extent.
pub fn plans(extent: Extent) -> impl Strategy<Value = Plan> {
    let group = (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(kind, inside, words)| Group { kind, inside, words });
    let rare = || proptest::option::weighted(0.15, any::<u8>());
    let leaf = (any::<u8>(), any::<u8>(), rare(), 0..3_u8, proptest::bool::weighted(0.2), any::<u8>())
        .prop_map(|(kind, inside, also, spread, multi, words)| Leaf { kind, inside, also, spread, multi, words });
    let link = (any::<u8>(), any::<u8>(), rare(), any::<u8>(), any::<u8>())
        .prop_map(|(from, to, also, arrow, label)| Link { from, to, also, arrow, label });
    let (vpcs, subnets) = if extent.regions == 0 { (0, 0) } else { (2, 4) };
    let network = (
        vec(0..5_u8, 0..=extent.regions),
        vec(1..8_u8, 0..=vpcs),
        vec((any::<u8>(), any::<u8>(), 0..4_u8), 0..=subnets),
    );
    let boxes = (
        vec(group, 0..=extent.groups),
        proptest::bool::weighted(0.1),
        vec(leaf, 0..=extent.leaves),
        vec((any::<u8>(), any::<u8>()), 0..=3),
        vec((any::<u8>(), vec(any::<u8>(), 1..=4)), 0..=extent.overlays),
    );
    let rest = (vec(link, 0..=extent.links), any::<bool>(), 0..3_u8);
    (network, boxes, rest).prop_map(move |(network, boxes, (links, numbered, direction))| {
        let (regions, vpcs, subnets) = network;
        let (groups, is_chain, leaves, externals, overlays) = boxes;
        Plan {
            regions,
            vpcs,
            subnets,
            groups,
            is_chain,
            leaves,
            externals,
            overlays,
            links,
            numbered,
            direction,
            adorned: extent.adorned,
        }
    })
}

/// How the ids of boxes are made; regions keep theirs, since zones are named after them.
#[derive(Debug, Clone, Copy)]
pub enum Naming {
    /// In the order of declaration.
    Rising,
    /// In the opposite order.
    Falling,
}

/// What `pick` picks.
fn pick<T: Copy>(from: &[T], pick: u8) -> T {
    from[pick as usize % from.len()]
}

impl Plan {
    /// The document.
    pub fn toml(&self, naming: Naming) -> String {
        let id = |prefix: &str, index: usize| match naming {
            Naming::Rising => format!("{prefix}{index}"),
            Naming::Falling => format!("{}{}", char::from(b'z' - prefix.as_bytes()[0] + b'a'), 999 - index),
        };
        let mut text = String::from("[diagram]\n");
        if self.direction > 0 {
            let _ = writeln!(text, "direction = \"{}\"", ["down", "right"][self.direction as usize - 1]);
        }
        let mut containers = self.network(&mut text, id);
        self.groups(&mut text, &mut containers, id);
        let mut boxes = self.leaves(&mut text, &containers, id);
        for (index, &(kind, words)) in self.externals.iter().enumerate() {
            let (id, kind, name) = (id("x", index), pick(&EXTERNALS, kind), pick(&WORDS, words));
            let _ = writeln!(text, "\n[externals.{id}]\nkind = \"{kind}\"\nname = \"{name}\"");
            boxes.push(id);
        }
        boxes.extend(containers);
        for (index, (kind, members)) in self.overlays.iter().enumerate() {
            if boxes.is_empty() {
                break;
            }
            let mut members: Vec<usize> = members.iter().map(|&member| member as usize % boxes.len()).collect();
            members.sort_unstable();
            members.dedup();
            let members: Vec<&String> = members.iter().map(|&member| &boxes[member]).collect();
            let (own, kind) = (id("o", index), pick(&OVERLAYS, *kind));
            let _ =
                writeln!(text, "\n[groups.{own}]\nkind = \"{kind}\"\nname = \"Group {index}\"\nmembers = {members:?}");
            boxes.push(own);
        }
        self.links(&mut text, &boxes);
        text
    }

    /// Regions, VPCs and subnets; their ids.
    fn network(&self, text: &mut String, id: impl Fn(&str, usize) -> String) -> Vec<String> {
        let mut containers = Vec::new();
        for (region, &zones) in REGIONS.iter().zip(&self.regions) {
            let zones = if zones == 0 { String::new() } else { format!("azs = {zones}\n") };
            let _ = write!(text, "\n[regions.{region}]\n{zones}");
            containers.push((*region).to_owned());
        }
        let regions = containers.clone();
        for (index, bits) in self.vpcs.iter().enumerate() {
            let own = id("v", index);
            let homes: Vec<&String> =
                regions.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, region)| region).collect();
            let _ = writeln!(text, "\n[vpcs.{own}]\nname = \"VPC {index}\"");
            if !homes.is_empty() {
                let _ = writeln!(text, "in = {homes:?}");
            }
            containers.push(own);
        }
        let vpcs = containers[regions.len()..].to_vec();
        for (index, &(home, access, zones)) in self.subnets.iter().enumerate().filter(|_| !vpcs.is_empty()) {
            let own = id("s", index);
            let access = pick(&["public", "private", "isolated"], access);
            let home = &vpcs[home as usize % vpcs.len()];
            let _ =
                writeln!(text, "\n[subnets.{own}]\nname = \"Subnet {index}\"\nin = \"{home}\"\naccess = \"{access}\"");
            if zones == 1 {
                let _ = writeln!(text, "azs = 1");
            }
            containers.push(own);
        }
        containers
    }

    /// All other containers.
    fn groups(&self, text: &mut String, containers: &mut Vec<String>, id: impl Fn(&str, usize) -> String) {
        for (index, group) in self.groups.iter().enumerate() {
            let own = id("g", index);
            let table = ["groups", "groups", "groups", "groups", "groups", "accounts", "azs", "subnets"];
            let table = pick(&table, group.kind >> 4);
            let _ = writeln!(text, "\n[{table}.{own}]\nname = \"{}\"", pick(&WORDS, group.words));
            if table == "groups" {
                let _ = writeln!(text, "kind = \"{}\"", pick(&GROUPS, group.kind));
            }
            let outer = if self.is_chain { containers.len() } else { group.inside as usize % (containers.len() + 1) };
            if let Some(outer) = outer.checked_sub(1) {
                let _ = writeln!(text, "in = \"{}\"", containers[outer]);
            }
            containers.push(own);
        }
    }

    /// Services; their ids.
    fn leaves(&self, text: &mut String, containers: &[String], id: impl Fn(&str, usize) -> String) -> Vec<String> {
        let mut ids = Vec::new();
        for (index, leaf) in self.leaves.iter().enumerate() {
            let (own, kind, name) = (id("b", index), pick(&SERVICES, leaf.kind), pick(&WORDS, leaf.words));
            let _ = writeln!(text, "\n[services.{own}]\nkind = \"{kind}\"\nname = \"{name}\"");
            let places = [Some(leaf.inside), leaf.also].into_iter().flatten();
            let mut homes: Vec<&String> = places
                .filter_map(|place| (place as usize % (containers.len() + 1)).checked_sub(1))
                .map(|place| &containers[place])
                .collect();
            homes.dedup();
            if !homes.is_empty() {
                let _ = writeln!(text, "in = {homes:?}");
            }
            if let Some(spread) = (leaf.spread as usize).checked_sub(1) {
                let _ = writeln!(text, "placement = \"{}\"", ["per-az", "span"][spread]);
            }
            if leaf.multi && ["rds", "aurora", "elasticache"].contains(&kind) {
                let _ = writeln!(text, "multi-az = true");
            }
            if self.adorned && leaf.words >> 5 == 7 {
                let _ = writeln!(text, "count = {}", 2 + leaf.kind % 4);
            }
            if self.adorned && leaf.words >> 5 == 6 {
                let (note, words) = (id("n", index), pick(&LABELS[3..], leaf.kind));
                let _ = writeln!(text, "\n[notes.{note}]\ntext = \"{words}\"\nat = \"{own}\"");
            }
            ids.push(own);
        }
        ids
    }

    fn links(&self, text: &mut String, boxes: &[String]) {
        if self.links.is_empty() || boxes.is_empty() {
            return;
        }
        let is_coloured = |link: &&Link| self.adorned && link.label >> 5 == 7;
        let (coloured, plain): (Vec<&Link>, Vec<&Link>) = self.links.iter().partition(is_coloured);
        for (flow, color, links) in [("all", "", plain), ("some", "color = \"orange\"\n", coloured)] {
            if !links.is_empty() {
                let _ = writeln!(text, "\n[flows.{flow}]\n{color}numbered = {}\nsteps = [", self.numbered);
                steps(text, &links, boxes);
            }
        }
    }
}

/// The steps of a flow, and the end of their list.
fn steps(text: &mut String, links: &[&Link], boxes: &[String]) {
    for link in links {
        let at = |place: u8| &boxes[place as usize % boxes.len()];
        let also = link.also.map_or_else(String::new, |also| format!(", {}", at(also)));
        let label = pick(&LABELS, link.label);
        let label = if label.is_empty() { String::new() } else { format!(" : {label}") };
        let _ = writeln!(text, "  \"{} {} {}{also}{label}\",", at(link.from), pick(&ARROWS, link.arrow), at(link.to));
    }
    text.push_str("]\n");
}
