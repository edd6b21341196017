//! Groups drawn over the nesting whose members cannot stand together: several borders instead of one around strangers.
//!
//! Before: a placement in which such a group has one border. After: [`Parted`], in which each piece is an overlay of its own,
//! behind all boxes of the topology, around members that do stand together; links to the group lead to its nearest piece.
//! Whoever routes, writes and scores after this need not know that there are pieces.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::overlays::{LEAST_INSET, drawing_order};
use super::tree::Tree;
use super::{Ground, Placement, dress};
use crate::geometry::Rect;
use crate::layout::measure::Sizes;
use crate::topology::{BoxId, Content, Element, Link, Overlay, Topology};

/// With more members than this, only so many of the nearest pieces are tried for each.
const MANY: usize = 40;
const TRIED: usize = 8;

/// A placement, and the tables that go with it once groups are in pieces.
#[derive(Debug, Clone)]
pub struct Parted<'a> {
    /// The topology; behind its own boxes stand the further pieces of groups.
    pub topology: Cow<'a, Topology>,
    /// How large things are.
    pub sizes: Cow<'a, Sizes>,
    /// How they nest.
    pub tree: Cow<'a, Tree>,
    /// Where they stand.
    pub placement: Placement,
    /// For each box behind those of the document: the group that it is a piece of.
    pub owners: Vec<BoxId>,
}

impl Parted<'_> {
    /// The box of the document that a box is, or is a piece of.
    pub fn owner(&self, id: BoxId) -> BoxId {
        self.piece(id).map_or(id, |piece| self.owners[piece])
    }

    /// The position of a piece among those behind the boxes of the document.
    pub fn piece(&self, id: BoxId) -> Option<usize> {
        id.index().checked_sub(self.topology.boxes.len() - self.owners.len())
    }
}

/// Takes groups apart whose border would run around strangers.
pub fn part<'a>(ground: &Ground<'a>, placement: Placement) -> Parted<'a> {
    let Ground { topology, sizes, tree, .. } = *ground;
    let mut parted = Parted {
        topology: Cow::Borrowed(topology),
        sizes: Cow::Borrowed(sizes),
        tree: Cow::Borrowed(tree),
        placement,
        owners: Vec::new(),
    };
    let order = drawing_order(topology, tree);
    for (id, leaves) in &order {
        let strangers = strangers(topology, tree, &parted.placement, leaves);
        let border = parted.placement.frames[id.index()];
        if !strangers.iter().any(|stranger| stranger.overlaps(&border)) {
            continue;
        }
        let pieces = apart(&parted, leaves, &strangers);
        if pieces.len() > 1 {
            parted.split(*id, &pieces);
        }
    }
    if !parted.owners.is_empty() {
        dress(&parted.topology, &parted.sizes, &parted.tree, &mut parted.placement);
        parted.relink();
    }
    parted
}

/// What takes up room and is no member: leaves, and containers without any.
fn strangers(topology: &Topology, tree: &Tree, placement: &Placement, members: &[BoxId]) -> Vec<Rect> {
    let is_stranger = |id: &BoxId| {
        let element = topology.element(*id);
        let solid = element.node().is_some() || element.container().is_some() && tree.children[id.index()].is_empty();
        solid && !topology.is_within(*id, members)
    };
    topology.ids().filter(is_stranger).map(|id| placement.whole(id)).collect()
}

/// Members that stand together.
#[derive(Clone)]
struct Piece {
    members: Vec<BoxId>,
    extent: Rect,
}

impl Piece {
    fn with(&self, other: &Self) -> Self {
        let members = self.members.iter().chain(&other.members).copied().collect();
        Self { members, extent: self.extent.union(&other.extent) }
    }

    /// The room that its border takes up at least.
    const fn border(&self) -> Rect {
        self.extent.inflate(LEAST_INSET, LEAST_INSET)
    }

    fn is_clear(&self, strangers: &[Rect]) -> bool {
        !strangers.iter().any(|stranger| stranger.overlaps(&self.border()))
    }
}

/// As few pieces as a greedy search finds: the two whose common extent is least beyond their own are joined, as long as
/// that encloses no stranger.
fn apart(parted: &Parted<'_>, leaves: &[BoxId], strangers: &[Rect]) -> Vec<Vec<BoxId>> {
    let mut pieces = units(parted, leaves, strangers);
    if pieces.len() > MANY {
        pieces = gathered(pieces, strangers);
    }
    while pieces.len() <= MANY {
        let pairs = (0..pieces.len()).flat_map(|one| (one + 1..pieces.len()).map(move |other| (one, other)));
        let joined = pairs.filter_map(|(one, other)| joined(&pieces, one, other, strangers));
        let Some((_, absorbed, piece)) = joined.min_by_key(|(growth, absorbed, _)| (*growth, absorbed.clone())) else {
            break;
        };
        merge(&mut pieces, &absorbed, piece);
    }
    // Read as one reads: the first piece stands for the group.
    pieces.sort_by_key(|piece| (piece.extent.y, piece.extent.x));
    pieces.into_iter().map(|piece| piece.members).collect()
}

/// The leaves, those together that an inner group or a piece of one encloses, as far as that encloses no stranger.
fn units(parted: &Parted<'_>, leaves: &[BoxId], strangers: &[Rect]) -> Vec<Piece> {
    let topology = &parted.topology;
    let mut unit: Vec<usize> = (0..leaves.len()).collect();
    for inner in topology.ids().filter(|&id| topology.element(id).overlay().is_some()) {
        let inside = topology.overlay_leaves(inner);
        let places: Option<Vec<usize>> = inside.iter().map(|leaf| leaves.binary_search(leaf).ok()).collect();
        let Some(places) = places.filter(|places| places.len() < leaves.len()) else { continue };
        let units: Vec<usize> = places.iter().map(|&place| unit[place]).collect();
        let Some(&first) = units.iter().min() else { continue };
        unit.iter_mut().filter(|unit| units.contains(unit)).for_each(|unit| *unit = first);
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for start in 0..leaves.len() {
        let own = (0..leaves.len()).filter(|&place| unit[place] == start);
        let own: Vec<Piece> = own
            .map(|place| Piece { members: vec![leaves[place]], extent: parted.placement.whole(leaves[place]) })
            .collect();
        let Some(unit) = own.iter().cloned().reduce(|all, one| all.with(&one)) else { continue };
        if unit.is_clear(strangers) { pieces.push(unit) } else { pieces.extend(own) }
    }
    pieces
}

/// By how much two pieces grow when they are joined, which pieces go into the new one, and what it is; `None` where that
/// would enclose a stranger.
fn joined(pieces: &[Piece], one: usize, other: usize, strangers: &[Rect]) -> Option<(i64, Vec<usize>, Piece)> {
    let area = |rect: &Rect| i64::from(rect.width) * i64::from(rect.height);
    let mut absorbed = vec![one, other];
    let mut piece = pieces[one].with(&pieces[other]);
    loop {
        if !piece.is_clear(strangers) {
            return None;
        }
        let border = piece.border();
        let inside = |index: &usize| !absorbed.contains(index) && pieces[*index].extent.overlaps(&border);
        let Some(next) = (0..pieces.len()).find(inside) else { break };
        piece = piece.with(&pieces[next]);
        absorbed.push(next);
    }
    let own: i64 = absorbed.iter().map(|&index| area(&pieces[index].extent)).sum();
    absorbed.sort_unstable();
    Some((area(&piece.extent) - own, absorbed, piece))
}

/// Puts `piece` in the place of those that went into it.
fn merge(pieces: &mut Vec<Piece>, absorbed: &[usize], piece: Piece) {
    let mut index = 0;
    pieces.retain(|_| (!absorbed.contains(&index), index += 1).0);
    pieces.push(piece);
}

/// Many pieces, each joined with one of the nearest before it where that encloses no stranger.
fn gathered(mut units: Vec<Piece>, strangers: &[Rect]) -> Vec<Piece> {
    units.sort_by_key(|piece| (piece.extent.y, piece.extent.x));
    let mut pieces: Vec<Piece> = Vec::new();
    for unit in units {
        let mut near: Vec<usize> = (0..pieces.len()).collect();
        near.sort_by_key(|&index| (distance(&pieces[index].extent, &unit.extent), Reverse(index)));
        pieces.push(unit);
        let last = pieces.len() - 1;
        let found = near.into_iter().take(TRIED).find_map(|index| joined(&pieces, index, last, strangers));
        if let Some((_, absorbed, piece)) = found {
            merge(&mut pieces, &absorbed, piece);
        }
    }
    pieces
}

/// From one rectangle to another, px along both axes.
fn distance(one: &Rect, other: &Rect) -> i32 {
    let gap = |low: (i32, i32), high: (i32, i32)| (high.0 - low.1).max(low.0 - high.1).max(0);
    gap((one.left(), one.right()), (other.left(), other.right()))
        + gap((one.top(), one.bottom()), (other.top(), other.bottom()))
}

impl Parted<'_> {
    /// Makes an overlay the first of its pieces, and adds the others.
    fn split(&mut self, overlay: BoxId, pieces: &[Vec<BoxId>]) {
        let element = self.topology.element(overlay).clone();
        let Content::Overlay(group) = &element.content else { return };
        let mut ids = vec![overlay];
        for (index, piece) in pieces.iter().enumerate() {
            let is_own = |member: &BoxId| self.topology.overlay_leaves(*member).iter().all(|leaf| piece.contains(leaf));
            let members = group.members.iter().copied().filter(is_own).collect();
            let own = Element {
                address: if index == 0 { element.address.clone() } else { piece_address(&element.address, index + 1) },
                content: Content::Overlay(Overlay { members, ..group.clone() }),
                parent: self.topology.around(piece),
                ..element.clone()
            };
            if index == 0 {
                self.tree.to_mut().put(overlay, own.parent);
                self.topology.to_mut().boxes[overlay.index()] = own;
            } else {
                ids.push(BoxId::from(self.topology.boxes.len()));
                self.tree.to_mut().float(own.parent);
                self.topology.to_mut().boxes.push(own);
                self.duplicate(overlay);
            }
        }
        // What is drawn around the group is drawn around all its pieces.
        for outer in 0..self.topology.boxes.len() {
            if let Content::Overlay(outer) = &mut self.topology.to_mut().boxes[outer].content
                && outer.members.contains(&overlay)
            {
                outer.members.extend(&ids[1..]);
            }
        }
    }

    /// Adds a row for a piece to every other table.
    fn duplicate(&mut self, overlay: BoxId) {
        let index = overlay.index();
        self.owners.push(overlay);
        let sizes = self.sizes.to_mut();
        sizes.icons.push(sizes.icons[index]);
        sizes.peeks.push(0);
        sizes.captions.push(None);
        sizes.notes.push(None);
        sizes.titles.push(sizes.titles[index].clone());
        let placement = &mut self.placement;
        placement.frames.push(placement.frames[index]);
        placement.peeks.push(0);
        placement.captions.push(None);
        placement.titles.push(placement.titles[index]);
        placement.border_sides.push(None);
        placement.flows.push(placement.flows[index]);
        placement.docks.push(None);
    }

    /// Links to a group lead to its nearest piece.
    fn relink(&mut self) {
        let frames = &self.placement.frames;
        let first = self.topology.boxes.len() - self.owners.len();
        let nearest = |end: BoxId, other: BoxId| {
            let further = (0..self.owners.len()).filter(|&piece| self.owners[piece] == end);
            let pieces = std::iter::once(end).chain(further.map(|piece| BoxId::from(first + piece)));
            let away = |piece: &BoxId| distance(&frames[piece.index()], &frames[other.index()]);
            pieces.min_by_key(|piece| (away(piece), *piece)).unwrap_or(end)
        };
        let ends = |&Link { from, to, .. }: &Link| {
            if from == to { (from, to) } else { (nearest(from, to), nearest(to, from)) }
        };
        let ends: Vec<(BoxId, BoxId)> = self.topology.links.iter().map(ends).collect();
        for (link, (from, to)) in self.topology.to_mut().links.iter_mut().zip(ends) {
            (link.from, link.to) = (from, to);
        }
    }
}

/// The name of a piece: `asg#2` is the second piece of `asg`.
pub fn piece_address(address: &str, number: usize) -> String {
    format!("{address}#{number}")
}
