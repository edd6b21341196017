//! Blocks of addresses against each other: inside the VPC, apart from one another, of a size that AWS has.
//!
//! Before: every box with its block, every link. After: doubts only; a picture can be drawn with any blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

use super::draft::Draft;
use super::links::Wiring;
use crate::catalogue::GroupStyle;
use crate::diagnostics::Diagnostic;
use crate::document::Table;
use crate::source::{Span, Spanned};
use crate::topology::{BoxId, Link};

/// The lengths of prefixes that AWS gives (Amazon VPC User Guide, "VPC CIDR blocks" and "Subnet CIDR blocks").
const LENGTHS_V4: (u8, u8) = (16, 28);
const LENGTHS_V6_OF_VPC: (u8, u8) = (44, 60);
const LENGTHS_V6_OF_SUBNET: (u8, u8) = (44, 64);

/// The kinds that route between the networks that are linked with them.
const HUBS: [&str; 3] = ["transit-gateway", "cloud-wan", "vpc-peering"];

/// How many blocks are tried in the search for a free one, and for how many doubts one is searched: nobody reads further
/// before mending these.
const MOST_TRIED: usize = 256;
const MOST_PROPOSED: usize = 20;

/// A block as written, at one box.
struct Block {
    net: IpNet,
    id: BoxId,
    span: Span,
    table: Table,
}

/// Doubts the blocks of all VPCs and subnets. `of_aws` says whether the rules of AWS count.
pub(super) fn check(wiring: &Wiring, of_aws: bool, findings: &mut Vec<Diagnostic>) {
    let draft = wiring.draft;
    let blocks = blocks(draft);
    let mut seen = BTreeSet::new();
    for block in blocks.iter().filter(|block| seen.insert(block.span)) {
        check_one(block, of_aws, findings);
    }
    let mut of_vpc: BTreeMap<BoxId, Vec<&Block>> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.table == Table::Subnets) {
        if let Some(vpc) = draft.nearest(block.id, GroupStyle::Vpc) {
            of_vpc.entry(vpc).or_default().push(block);
        }
    }
    // A subnet of two copies of one VPC is said once.
    let mut said = BTreeSet::new();
    for (vpc, mut subnets) in of_vpc {
        let own = blocks.iter().find(|block| block.id == vpc).map(|block| block.net.trunc());
        subnets.sort_by_key(|block| block.span);
        let taken: Vec<IpNet> = subnets.iter().map(|block| block.net.trunc()).collect();
        let inside = own.map(|own| outside(draft, vpc, own, &subnets, &taken, &mut said, findings));
        overlaps(draft, own, inside.as_ref().unwrap_or(&subnets), &taken, &mut said, findings);
    }
    between_networks(wiring, &blocks, findings);
}

/// Every block that can be read, with its box.
fn blocks(draft: &Draft) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (entry, definition) in draft.entries.iter().zip(&draft.definitions) {
        let written = entry.written;
        for &id in &definition.copies {
            let zone = draft.zone_around(id).and_then(|zone| draft.zone(zone));
            let own = written.cidrs.iter().find(|(name, _)| zone.is_some_and(|zone| zone.is_called(&name.value)));
            let shared =
                written.cidr.as_ref().filter(|_| entry.table() != Table::Subnets || definition.copies.len() == 1);
            let Some(cidr) = own.map(|(_, cidr)| cidr).or(shared) else { continue };
            if let Some(net) = read(cidr) {
                blocks.push(Block { net, id, span: cidr.span, table: entry.table() });
            }
        }
    }
    blocks
}

fn read(cidr: &Spanned<String>) -> Option<IpNet> {
    IpNet::from_str(&cidr.value).ok()
}

/// Doubts a block by itself.
fn check_one(block: &Block, of_aws: bool, findings: &mut Vec<Diagnostic>) {
    let net = block.net;
    if net != net.trunc() {
        let message = format!("`{net}` is an address inside its block");
        findings.push(
            Diagnostic::warning("cidr-host-bits", block.span, message)
                .with_help(format!("the block begins at `{}`", net.trunc())),
        );
    }
    let (largest, smallest) = match (net, block.table) {
        (IpNet::V4(_), _) => LENGTHS_V4,
        (IpNet::V6(_), Table::Vpcs) => LENGTHS_V6_OF_VPC,
        (IpNet::V6(_), _) => LENGTHS_V6_OF_SUBNET,
    };
    if of_aws && !(largest..=smallest).contains(&net.prefix_len()) {
        let what = if block.table == Table::Vpcs { "a VPC" } else { "a subnet" };
        let message = format!("on AWS, {what} cannot be a /{}", net.prefix_len());
        let nearest = net.prefix_len().clamp(largest, smallest);
        let proposal = IpNet::new(net.addr(), nearest).map_or(net, |net| net.trunc());
        let help = format!("prefixes are /{largest} to /{smallest}: write for example `{proposal}`");
        findings.push(Diagnostic::warning("cidr-size", block.span, message).with_help(help));
    }
}

/// Whether both are of the same family, so that they can be compared.
fn comparable(one: IpNet, other: IpNet) -> bool {
    matches!((one, other), (IpNet::V4(_), IpNet::V4(_)) | (IpNet::V6(_), IpNet::V6(_)))
}

/// Whether one holds the other: blocks overlap in no other way.
fn overlap(one: IpNet, other: IpNet) -> bool {
    comparable(one, other) && (one.contains(&other) || other.contains(&one))
}

/// Doubts the subnets whose block is not in that of their VPC; returns the others.
fn outside<'b>(
    draft: &Draft,
    vpc: BoxId,
    own: IpNet,
    subnets: &[&'b Block],
    taken: &[IpNet],
    said: &mut BTreeSet<Span>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<&'b Block> {
    let lies_inside = |block: &Block| !comparable(own, block.net) || own.contains(&block.net);
    let (inside, outside): (Vec<&Block>, Vec<&Block>) = subnets.iter().partition(|block| lies_inside(block));
    for block in outside {
        if !said.insert(block.span) {
            continue;
        }
        let id = &draft.definition(vpc).id;
        let message = format!("`{}` is not inside `{own}`, the block of `{id}`", block.net);
        let length = block.net.prefix_len().max(own.prefix_len() + 1).min(own.max_prefix_len());
        let free = if said.len() <= MOST_PROPOSED { free(own, length, taken) } else { None };
        let help = match free {
            Some(free) => format!("choose a block inside `{own}`, such as `{free}`"),
            None => format!("choose a block inside `{own}`"),
        };
        findings.push(Diagnostic::warning("cidr-outside-vpc", block.span, message).with_help(help));
    }
    inside
}

/// Pairs of blocks that have addresses in common, the earlier of the file first, in the order of the second.
///
/// Of two blocks that overlap one holds the other, so a stack of those that are open finds for each block the innermost
/// one around it: the others around it are around that one, too.
fn nested<'b>(blocks: &[&'b Block]) -> Vec<(&'b Block, &'b Block)> {
    let mut sorted = blocks.to_vec();
    sorted.sort_by_key(|block| (block.net.network(), block.net.prefix_len(), block.span));
    let mut open: Vec<&Block> = Vec::new();
    let mut pairs = Vec::new();
    for block in sorted {
        while open.last().is_some_and(|last| !last.net.trunc().contains(&block.net.trunc())) {
            open.pop();
        }
        if let Some(&last) = open.last().filter(|last| last.span != block.span) {
            pairs.push(if last.span < block.span { (last, block) } else { (block, last) });
        }
        open.push(block);
    }
    pairs.sort_by_key(|(one, other)| (other.span, one.span));
    pairs
}

/// Doubts the subnets of one VPC whose blocks overlap.
fn overlaps(
    draft: &Draft,
    own: Option<IpNet>,
    subnets: &[&Block],
    taken: &[IpNet],
    said: &mut BTreeSet<Span>,
    findings: &mut Vec<Diagnostic>,
) {
    for (other, block) in nested(subnets) {
        if !said.insert(block.span) {
            continue;
        }
        let (net, id) = (block.net.trunc(), &draft.definition(other.id).id);
        let message = if other.net.trunc() == net {
            format!("`{net}` is a block of `{id}`, too")
        } else {
            format!("`{net}` overlaps `{}`, a block of `{id}`", other.net)
        };
        let free = own.filter(|_| said.len() <= MOST_PROPOSED).and_then(|own| free(own, net.prefix_len(), taken));
        let help = free.map_or_else(|| "give each subnet its own".to_owned(), |free| format!("`{free}` is still free"));
        findings.push(
            Diagnostic::warning("overlapping-cidr", block.span, message)
                .with_label(other.span, "the other one")
                .with_help(help),
        );
    }
}

/// The first block of that prefix in `own` that overlaps none of `taken`.
fn free(own: IpNet, length: u8, taken: &[IpNet]) -> Option<IpNet> {
    let bits = own.max_prefix_len();
    let size = 1_u128.checked_shl(u32::from(bits.checked_sub(length)?))?;
    let mut at = number(own.network());
    for _ in 0..MOST_TRIED {
        let candidate = IpNet::new(address(at, bits)?, length).ok().filter(|candidate| own.contains(candidate))?;
        let Some(other) = taken.iter().find(|other| overlap(**other, candidate)) else { return Some(candidate) };
        // Behind the one that is in the way, at the next multiple of the size.
        at = number(other.broadcast()).max(number(candidate.broadcast())).checked_add(size)? / size * size;
    }
    None
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

/// The address of that number in the family of so many bits.
fn address(number: u128, bits: u8) -> Option<IpAddr> {
    if bits == 32 {
        u32::try_from(number).ok().map(|number| IpAddr::V4(number.into()))
    } else {
        Some(IpAddr::V6(number.into()))
    }
}

/// Doubts VPCs with the same addresses that are linked: nothing could be routed between them.
fn between_networks(wiring: &Wiring, blocks: &[Block], findings: &mut Vec<Diagnostic>) {
    let draft = wiring.draft;
    let networks: BTreeMap<BoxId, &Block> =
        blocks.iter().filter(|block| block.table == Table::Vpcs).map(|block| (block.id, block)).collect();
    let taken: Vec<IpNet> = networks.values().map(|block| block.net.trunc()).collect();
    let mut said = BTreeSet::new();
    for (one, other) in joined(draft, &wiring.links, &networks).iter().flat_map(|members| nested(members)) {
        if !said.insert(other.span) {
            continue;
        }
        let (net, id) = (other.net.trunc(), &draft.definition(one.id).id);
        let message = format!("`{net}` overlaps `{}`, the block of `{id}`, which is linked with it", one.net.trunc());
        let around = IpNet::new(net.addr(), if net.max_prefix_len() > 32 { 32 } else { 8 });
        let around = around.ok().filter(|_| said.len() <= MOST_PROPOSED);
        let free = around.and_then(|around| free(around.trunc(), net.prefix_len(), &taken));
        let free = free.map_or_else(|| "give each VPC its own".to_owned(), |free| format!("`{free}` is still free"));
        findings.push(
            Diagnostic::warning("overlapping-cidr", other.span, message)
                .with_label(one.span, "the other one")
                .with_help(format!("nothing can be routed between equal addresses: {free}")),
        );
    }
}

/// The networks that are linked with each other, directly or over one hub.
fn joined<'b>(draft: &Draft, links: &[Link], networks: &BTreeMap<BoxId, &'b Block>) -> Vec<Vec<&'b Block>> {
    let is_hub = |id: BoxId| draft.definition(id).service.is_some_and(|service| HUBS.contains(&service.kind));
    let network = |id: BoxId| draft.chain(id).find_map(|around| networks.get(&around).copied());
    let mut of_hub: BTreeMap<BoxId, BTreeMap<BoxId, &Block>> = BTreeMap::new();
    let mut joined = Vec::new();
    for link in links {
        for (hub, other) in [(link.from, link.to), (link.to, link.from)] {
            if let Some(block) = network(other).filter(|_| is_hub(hub)) {
                of_hub.entry(hub).or_default().insert(block.id, block);
            }
        }
        // Boxes inside two networks may talk through an endpoint, which needs no routes; the networks themselves do not.
        if let (Some(&one), Some(&other)) = (networks.get(&link.from), networks.get(&link.to)) {
            joined.push(vec![one, other]);
        }
    }
    joined.extend(of_hub.into_values().map(|members| members.into_values().collect()));
    joined
}

#[cfg(test)]
mod tests {
    use super::super::testing::{resolved, warnings};

    const VPC: &str = "[vpcs.v]\ncidr='10.0.0.0/16'\n";

    #[test]
    fn blocks_that_fit_are_not_doubted() {
        let text = format!(
            "[regions.us-east-1]\nazs=2\n{VPC}in='us-east-1'\n[subnets.a]\nin='v'\ncidrs={{a='10.0.0.0/24',b='10.0.1.0/24'}}\n\
             [subnets.b]\nin='v'\nazs=['a']\ncidr='10.0.2.0/28'\n[vpcs.w]\ncidr='10.0.0.0/16'\n[vpcs.x]\ncidr='10.1.0.0/16'\n\
             [[links]]\nfrom='v'\nto='x'"
        );
        assert!(warnings(&text).is_empty());
    }

    #[test]
    fn a_copy_in_each_region_is_said_once() {
        let text = "[regions.us-east-1]\n[regions.us-west-2]\n[vpcs.v]\nin=['us-east-1','us-west-2']\ncidr='10.0.0.0/16'\n\
                    [subnets.s]\nin='v@us-east-1'\ncidr='10.1.0.0/24'\n[subnets.t]\nin='v@us-west-2'\ncidr='10.0.0.0/24'";
        assert_eq!(warnings(text), ["cidr-outside-vpc"]);
    }

    #[test]
    fn the_same_families_are_compared() {
        let text = format!("{VPC}[subnets.s]\nin='v'\ncidr='2001:db8::/64'\n[subnets.t]\nin='v'\ncidr='2001:db8::/64'");
        assert_eq!(warnings(&text), ["overlapping-cidr"]);
    }

    #[test]
    fn other_clouds_have_other_sizes() {
        assert_eq!(warnings("[vpcs.v]\ncidr='10.0.0.0/8'"), ["cidr-size"]);
        assert!(warnings("[diagram]\ncloud=false\n[vpcs.v]\ncidr='10.0.0.0/8'").is_empty());
    }

    #[test]
    fn both_places_are_shown() {
        let found = resolved(&format!("{VPC}[vpcs.w]\ncidr='10.0.1.0/24'\n[[links]]\nfrom='w'\nto='v'")).diagnostics;
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].labels.len(), 2);
        assert!(found[0].help.as_ref().is_some_and(|help| help.contains("`10.1.0.0/24`")), "{found:#?}");
    }
}
