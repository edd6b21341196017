//! The one template from which equal zones are laid out (layout.md 3.2).
//!
//! Before: zones in one container. After: the roles that their boxes play, each with its member in every zone, in
//! bands (subnets of one tier) and ranks. What a zone lacks stays empty there.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::group_style;
use super::tree::Tree;
use crate::topology::{BoxId, GroupStyle, LinkId, Topology};

/// The template of a row of zones.
#[derive(Debug)]
pub struct Template {
    /// The zones, in the order in which they stand.
    pub zones: Vec<BoxId>,
    /// The bands along the flow.
    pub bands: Vec<Band>,
    /// The roles: leaves, containers laid out as a whole, and the icons that span all zones.
    pub roles: Vec<Role>,
    /// Which role a box plays; `u32::MAX` for none.
    role_of: BTreeMap<BoxId, usize>,
    /// Links between roles: from, to, one of their links.
    pub edges: Vec<(usize, usize, LinkId)>,
    /// The roles with lines to a node on the border of what holds the zones.
    pub leaving: Vec<usize>,
    /// The roles with lines to their like in another zone, or to what spans the zones.
    pub between: BTreeSet<usize>,
}

/// A stretch of the template along the flow: the subnets of one tier, or what stands in the zones themselves.
#[derive(Debug)]
pub struct Band {
    /// The subnet of each zone; empty where the band has no frame.
    pub frames: Vec<Option<BoxId>>,
    /// How many ranks it has.
    pub ranks: usize,
}

/// What one box is in every zone.
#[derive(Debug)]
pub struct Role {
    /// The box of each zone; for a spanning icon, itself once.
    pub members: Vec<Option<BoxId>>,
    /// Whether it is one icon for all zones.
    pub spanning: bool,
    /// Its band.
    pub band: usize,
    /// Its rank within its band.
    pub rank: usize,
}

/// Zones share a template if at least this share of their roles is found in more than one, percent.
const LEAST_SHARED: usize = 50;
/// More unlinked leaves than this in one rank of a zone are set in several rows.
const WIDEST_RANK: usize = 3;

type Key = (u8, String, String);

impl Template {
    /// Builds the template of the zones among `children`; `None` if there are none, or if they differ too much.
    pub fn new(topology: &Topology, tree: &Tree, children: &[BoxId]) -> Option<Self> {
        let zones: Vec<BoxId> = children
            .iter()
            .copied()
            .filter(|&id| group_style(topology, id) == GroupStyle::Zone && is_box(topology, id))
            .collect();
        if zones.is_empty() {
            return None;
        }
        let mut zones = zones;
        zones.sort_unstable();
        let mut template = Self {
            zones,
            bands: Vec::new(),
            roles: Vec::new(),
            role_of: BTreeMap::new(),
            edges: Vec::new(),
            leaving: Vec::new(),
            between: BTreeSet::new(),
        };
        template.collect(topology, tree);
        if template.zones.len() > 1 && !template.shared_enough() {
            return None;
        }
        template.add_spanning(topology, children);
        template.connect(topology, tree);
        template.order_bands(topology);
        template.rank();
        Some(template)
    }

    /// The role of a box.
    pub fn role(&self, id: BoxId) -> Option<usize> {
        self.role_of.get(&id).copied()
    }

    /// The rank of a role, counted over all bands.
    pub fn rank_of(&self, role: usize) -> usize {
        let role = &self.roles[role];
        self.bands[..role.band].iter().map(|band| band.ranks).sum::<usize>() + role.rank
    }

    fn collect(&mut self, topology: &Topology, tree: &Tree) {
        let inner: Vec<Vec<BoxId>> = self.zones.iter().map(|zone| tree.children[zone.index()].clone()).collect();
        let mut direct = Vec::new();
        for members in matched(topology, &inner) {
            let first = members.iter().flatten().next().copied();
            let framed = first.is_some_and(|id| is_subnet(topology, id));
            if framed {
                let contents: Vec<Vec<BoxId>> = members
                    .iter()
                    .map(|member| member.map_or_else(Vec::new, |id| tree.children[id.index()].clone()))
                    .collect();
                let band = self.bands.len();
                self.bands.push(Band { frames: members, ranks: 0 });
                for members in matched(topology, &contents) {
                    self.add_role(members, band, false);
                }
            } else {
                direct.push(members);
            }
        }
        if !direct.is_empty() {
            let band = self.bands.len();
            self.bands.push(Band { frames: Vec::new(), ranks: 0 });
            for members in direct {
                self.add_role(members, band, false);
            }
        }
    }

    fn add_role(&mut self, members: Vec<Option<BoxId>>, band: usize, spanning: bool) {
        for &id in members.iter().flatten() {
            self.role_of.insert(id, self.roles.len());
        }
        self.roles.push(Role { members, spanning, band, rank: 0 });
    }

    fn shared_enough(&self) -> bool {
        let shared = |members: &[Option<BoxId>]| members.iter().flatten().count() > 1;
        let all = self
            .roles
            .iter()
            .map(|role| &role.members)
            .chain(self.bands.iter().map(|band| &band.frames).filter(|frames| !frames.is_empty()));
        let (mut total, mut common) = (0, 0);
        for members in all {
            total += 1;
            common += usize::from(shared(members));
        }
        total == 0 || common * 100 >= total * LEAST_SHARED
    }

    /// Adds the icons among `children` that span subnets of the template.
    fn add_spanning(&mut self, topology: &Topology, children: &[BoxId]) {
        for &id in children {
            let Some(node) = topology.element(id).node() else { continue };
            let band = node.spans.iter().find_map(|span| {
                self.bands.iter().position(|band| band.frames.iter().flatten().any(|frame| frame == span))
            });
            if let Some(band) = band {
                self.add_role(vec![Some(id)], band, true);
            }
        }
    }

    fn connect(&mut self, topology: &Topology, tree: &Tree) {
        let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
        let on_border = |id: BoxId| topology.element(id).node().is_some_and(|node| node.border);
        for (index, link) in topology.links.iter().enumerate() {
            for (inner, outer) in [(link.from, link.to), (link.to, link.from)] {
                let role = self.role(inner).filter(|&role| on_border(outer) && !self.roles[role].spanning);
                self.leaving.extend(role);
            }
            for from in self.ends(topology, tree, link.from) {
                for to in self.ends(topology, tree, link.to) {
                    if from == to || self.roles[from].spanning || self.roles[to].spanning {
                        self.between.extend([from, to]);
                    }
                    if from != to && known.insert((from, to)) {
                        self.edges.push((from, to, LinkId::from(index)));
                    }
                }
            }
        }
    }

    /// The roles that stand for an end of a link.
    fn ends(&self, topology: &Topology, tree: &Tree, end: BoxId) -> Vec<usize> {
        let mut roles: Vec<usize> = if tree.floating[end.index()] {
            topology.overlay_leaves(end).into_iter().filter_map(|id| self.role(id)).collect()
        } else {
            std::iter::once(end).chain(tree.ancestors(end)).find_map(|id| self.role(id)).into_iter().collect()
        };
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// Public subnets first; the others as links lead through them, else by what they hold.
    fn order_bands(&mut self, topology: &Topology) {
        let tiers: Vec<u8> = (0..self.bands.len()).map(|band| self.tier(topology, band)).collect();
        let public = |band: usize| {
            self.bands[band].frames.iter().flatten().any(|&id| group_style(topology, id) == GroupStyle::PublicSubnet)
        };
        let mut order: Vec<usize> = Vec::new();
        let mut rest: Vec<usize> = (0..self.bands.len()).collect();
        while !rest.is_empty() {
            let fed = |band: usize| {
                self.edges.iter().any(|edge| {
                    let (from, to) = (self.roles[edge.0].band, self.roles[edge.1].band);
                    to == band && from != band && rest.contains(&from) && !public(from)
                })
            };
            let key = |&band: &usize| (!public(band), fed(band), tiers[band], band);
            let next = rest.iter().copied().min_by_key(key).expect("some band is left");
            rest.retain(|&band| band != next);
            order.push(next);
        }
        let mut place = vec![0; order.len()];
        for (position, &band) in order.iter().enumerate() {
            place[band] = position;
        }
        let mut bands: Vec<Option<Band>> = std::mem::take(&mut self.bands).into_iter().map(Some).collect();
        self.bands = order.iter().map(|&band| bands[band].take().expect("each band has one place")).collect();
        for role in &mut self.roles {
            role.band = place[role.band];
        }
    }

    /// The middle of the natural tiers of what a band holds.
    fn tier(&self, topology: &Topology, band: usize) -> u8 {
        const UNKNOWN: u8 = 40;
        let mut tiers: Vec<u8> = self
            .roles
            .iter()
            .filter(|role| role.band == band && !role.spanning)
            .filter_map(|role| role.members.iter().flatten().next())
            .map(|&id| topology.definition(id).service.map_or(UNKNOWN, |service| service.tier))
            .collect();
        tiers.sort_unstable();
        tiers.get(tiers.len() / 2).copied().unwrap_or(UNKNOWN)
    }

    /// Ranks within each band: the longest path over the links inside it.
    fn rank(&mut self) {
        for band in 0..self.bands.len() {
            let roles: Vec<usize> = (0..self.roles.len()).filter(|&role| self.roles[role].band == band).collect();
            let edges: Vec<(usize, usize)> = self
                .edges
                .iter()
                .filter(|edge| self.roles[edge.0].band == band && self.roles[edge.1].band == band)
                .map(|edge| (edge.0, edge.1))
                .collect();
            let ranks = if edges.is_empty() { rows(&self.roles, &roles) } else { longest_paths(&roles, &edges) };
            for (&role, &rank) in roles.iter().zip(&ranks) {
                self.roles[role].rank = rank;
            }
            self.bands[band].ranks = ranks.iter().max().map_or(1, |&last| last + 1);
        }
    }
}

fn is_box(topology: &Topology, id: BoxId) -> bool {
    topology.element(id).container().is_some()
}

fn is_subnet(topology: &Topology, id: BoxId) -> bool {
    is_box(topology, id) && group_style(topology, id).is_subnet()
}

/// The boxes of several zones, matched by the part that they play: one list per role, one slot per zone.
fn matched(topology: &Topology, zones: &[Vec<BoxId>]) -> Vec<Vec<Option<BoxId>>> {
    let by_name = grouped(topology, zones, true);
    let by_kind = grouped(topology, zones, false);
    if by_kind.len() < by_name.len() { by_kind } else { by_name }
}

fn grouped(topology: &Topology, zones: &[Vec<BoxId>], names: bool) -> Vec<Vec<Option<BoxId>>> {
    let mut roles: Vec<Vec<Option<BoxId>>> = Vec::new();
    // What looks alike: its roles by ordinal, and how many of them the zone at hand has so far.
    let mut alike: BTreeMap<Key, (Vec<usize>, usize)> = BTreeMap::new();
    for (zone, boxes) in zones.iter().enumerate() {
        for (_, seen) in alike.values_mut() {
            *seen = 0;
        }
        for &id in boxes {
            let (known, seen) = alike.entry(key(topology, id, names)).or_default();
            if *seen == known.len() {
                known.push(roles.len());
                roles.push(vec![None; zones.len()]);
            }
            roles[known[*seen]][zone] = Some(id);
            *seen += 1;
        }
    }
    roles
}

/// What is alike in boxes of different zones that play one part.
fn key(topology: &Topology, id: BoxId, names: bool) -> Key {
    let element = topology.element(id);
    let style = if element.node().is_some() { u8::MAX } else { group_style(topology, id) as u8 };
    let definition = topology.definition(id);
    if definition.copies.len() > 1 {
        return (style, String::new(), element.definition.0.to_string());
    }
    let name = if names { without_ordinal(&element.caption) } else { String::new() };
    (style, element.kind.clone(), name)
}

/// A name without the letter or number by which its zone's copies differ: "Private subnet A" and "web-2".
fn without_ordinal(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let stem = lower.trim_end_matches(')');
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = if bare.len() == stem.len() {
        let cut = stem
            .char_indices()
            .next_back()
            .filter(|(_, c)| ('a'..='f').contains(c))
            .map_or(stem, |(at, _)| &stem[..at]);
        let separated = cut.ends_with([' ', '-', '_', '/', '(']) || cut.ends_with(|c: char| c.is_ascii_digit());
        if separated { cut } else { stem }
    } else {
        bare
    };
    bare.trim_end_matches([' ', '-', '_', '/', '(']).to_owned()
}

/// Rows for boxes that no link orders: one row, or several of about equal length.
fn rows(all: &[Role], roles: &[usize]) -> Vec<usize> {
    let count = roles.iter().filter(|&&role| !all[role].spanning).count();
    let width = if count > WIDEST_RANK { (count as f64).sqrt().ceil() as usize } else { count.max(1) };
    let mut next = 0;
    roles
        .iter()
        .map(|&role| {
            if all[role].spanning {
                return 0;
            }
            next += 1;
            (next - 1) / width
        })
        .collect()
}

/// The longest path to each role over links inside a band; links that would close a cycle are left out.
fn longest_paths(roles: &[usize], edges: &[(usize, usize)]) -> Vec<usize> {
    let at: BTreeMap<usize, usize> = roles.iter().enumerate().map(|(place, &role)| (role, place)).collect();
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); roles.len()];
    // By place: the link for which it was met last, so that no table is cleared between two searches.
    let mut seen = vec![usize::MAX; roles.len()];
    for (index, (from, to)) in edges.iter().enumerate() {
        let (from, to) = (at[from], at[to]);
        if !reaches(&behind, (to, from), (&mut seen, index)) {
            behind[from].push(to);
        }
    }
    let mut waits = vec![0; roles.len()];
    for &next in behind.iter().flatten() {
        waits[next] += 1;
    }
    let mut ranks = vec![0; roles.len()];
    let mut ready: Vec<usize> = (0..roles.len()).filter(|&place| waits[place] == 0).collect();
    while let Some(place) = ready.pop() {
        for &next in &behind[place] {
            ranks[next] = ranks[next].max(ranks[place] + 1);
            waits[next] -= 1;
            if waits[next] == 0 {
                ready.push(next);
            }
        }
    }
    ranks
}

/// Whether a way leads from one place to another; places met are marked in `seen` with the number of the search.
fn reaches(behind: &[Vec<usize>], (from, to): (usize, usize), (seen, search): (&mut [usize], usize)) -> bool {
    let mut open = vec![from];
    seen[from] = search;
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        for &next in &behind[at] {
            if seen[next] != search {
                seen[next] = search;
                open.push(next);
            }
        }
    }
    false
}
