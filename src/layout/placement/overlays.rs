//! Groups drawn over the nesting: the room that they need in a template, and their borders (layout.md 3.2.6).

use super::cells::Cells;
use super::template::Template;
use super::tree::Tree;
use super::{Flow, Placement};
use crate::geometry::Rect;
use crate::layout::measure::{Sizes, TitleStyle};
use crate::theme::metrics;
use crate::topology::{BoxId, Topology};

/// From a border to what it encloses, px, one nesting level.
const INSET: i32 = 12;
/// The same where boxes that are no members stand close, px.
pub(super) const LEAST_INSET: i32 = 4;
/// From one border to another that it runs along, px.
const OFF_BORDER: i32 = 8;
/// Above an icon that stands on the border.
const ICON_OUTSIDE: i32 = 4;
/// Overlays that differ by less than this across the flow, inside one outer overlay, are drawn equally wide.
const EVEN_OUT: i32 = 48;

/// The room that overlays need around the roles and ranks of a template.
#[derive(Debug, Default)]
pub struct Insets {
    /// By role: left and right, or with a title above, for a flow down.
    pub sides: Vec<(i32, i32)>,
    /// By role: above and below.
    vertical: Vec<(i32, i32)>,
    /// By rank: above and below, for a flow down.
    ranks: Vec<(i32, i32)>,
}

impl Insets {
    /// The room before and behind a role across the flow.
    pub fn across(&self, role: usize, flow: Flow) -> (i32, i32) {
        match flow {
            Flow::Down => self.sides[role],
            Flow::Right => self.vertical[role],
        }
    }

    /// The room before and behind a rank along the flow.
    pub fn along(&self, rank: usize, flow: Flow) -> (i32, i32) {
        let (before, behind) = self.ranks.get(rank).copied().unwrap_or_default();
        match flow {
            Flow::Down => (before, behind),
            // Titles stand at the top in either direction; sideways every overlay only needs its inset.
            Flow::Right => (before.min(behind.max(INSET * i32::from(before > 0))), behind),
        }
    }
}

/// One overlay over a template.
struct Over {
    roles: Vec<usize>,
    ranks: (usize, usize),
    above: i32,
}

/// The room that the overlays over `template` need.
pub fn insets(cells: &Cells<'_>, template: &Template) -> Insets {
    let mut overlays: Vec<Over> = cells
        .topology
        .ids()
        .filter(|id| cells.tree.floating[id.index()])
        .filter_map(|id| over(cells, template, id))
        .collect();
    overlays.sort_by_key(|over| over.roles.len());
    let ranks: usize = template.bands.iter().map(|band| band.ranks).sum();
    let mut insets = Insets {
        sides: vec![(0, 0); template.roles.len()],
        vertical: vec![(0, 0); template.roles.len()],
        ranks: vec![(0, 0); ranks],
    };
    let mut totals: Vec<(i32, i32, i32)> = Vec::new();
    for (index, outer) in overlays.iter().enumerate() {
        let (mut above, mut below, mut side) = (0, 0, 0);
        for (inner, total) in overlays[..index].iter().zip(&totals) {
            if inner.roles.iter().all(|role| outer.roles.contains(role)) {
                side = side.max(total.2);
                above = above.max(if inner.ranks.0 == outer.ranks.0 { total.0 } else { 0 });
                below = below.max(if inner.ranks.1 == outer.ranks.1 { total.1 } else { 0 });
            }
        }
        let total = (above + outer.above, below + INSET, side + INSET);
        totals.push(total);
        let (first, last) = outer.ranks;
        insets.ranks[first].0 = insets.ranks[first].0.max(total.0);
        insets.ranks[last].1 = insets.ranks[last].1.max(total.1);
        for &role in &outer.roles {
            let sides = &mut insets.sides[role];
            *sides = (sides.0.max(total.2), sides.1.max(total.2));
            let vertical = &mut insets.vertical[role];
            *vertical = (vertical.0.max(total.0), vertical.1.max(total.1));
        }
    }
    insets
}

fn over(cells: &Cells<'_>, template: &Template, id: BoxId) -> Option<Over> {
    let mut roles: Vec<usize> =
        cells.topology.overlay_leaves(id).into_iter().filter_map(|leaf| template.role(leaf)).collect();
    roles.sort_unstable();
    roles.dedup();
    let ranks = roles.iter().map(|&role| template.rank_of(role));
    let (first, last) = (ranks.clone().min()?, ranks.max()?);
    Some(Over { roles, ranks: (first, last), above: above(cells.sizes, id).iter().sum() })
}

/// The room above the members of an overlay: inside its border, and outside.
fn above(sizes: &Sizes, id: BoxId) -> [i32; 2] {
    match &sizes.titles[id.index()] {
        None => [INSET, 0],
        Some(title) if title.style == TitleStyle::OnBorder => [
            title.size.height - metrics::BORDER_ICON / 2 + metrics::TITLE_LEAD,
            metrics::BORDER_ICON / 2 + ICON_OUTSIDE,
        ],
        Some(title) => [title.size.height + 2 * metrics::TITLE_LEAD, 0],
    }
}

/// The floating overlays with what they are drawn around, inner ones first.
pub(super) fn drawing_order(topology: &Topology, tree: &Tree) -> Vec<(BoxId, Vec<BoxId>)> {
    let mut overlays: Vec<(BoxId, Vec<BoxId>)> = topology
        .ids()
        .filter(|id| tree.floating[id.index()])
        .map(|id| (id, topology.overlay_leaves(id)))
        .filter(|(_, leaves)| !leaves.is_empty())
        .collect();
    overlays.sort_by_key(|(id, leaves)| (leaves.len(), height(topology, *id), *id));
    overlays
}

/// Sets the borders of all floating overlays around their members, inner ones first.
pub fn draw_around(topology: &Topology, sizes: &Sizes, tree: &Tree, placement: &mut Placement) {
    let overlays = drawing_order(topology, tree);
    for (index, (id, leaves)) in overlays.iter().enumerate() {
        let mut around: Option<Rect> = None;
        let mut add = |rect: Rect| around = Some(around.map_or(rect, |sum: Rect| sum.union(&rect)));
        for &leaf in leaves {
            add(placement.whole(leaf));
        }
        let inside: Vec<usize> =
            (0..index).filter(|&inner| overlays[inner].1.iter().all(|leaf| leaves.contains(leaf))).collect();
        even_out(&overlays, &inside, placement);
        for &inner in &inside {
            let inner = overlays[inner].0;
            let frame = placement.frames[inner.index()];
            let outside = above(sizes, inner)[1];
            add(Rect::from_edges(frame.left(), frame.top() - outside, frame.right(), frame.bottom()));
        }
        let around = around.expect("an overlay has members");
        let [inside, _] = above(sizes, *id);
        let mut frame = Rect::from_edges(
            around.left() - INSET,
            around.top() - inside,
            around.right() + INSET,
            around.bottom() + INSET,
        );
        if let Some(title) = &sizes.titles[id.index()] {
            let short = (title.size.width + 2 * INSET - frame.width).max(0);
            frame = frame.inflate((short + 1) / 2, 0);
        }
        let frame = yielding(topology, placement, leaves, (around, frame));
        let home = topology.around(leaves).map(|home| placement.frames[home.index()]);
        placement.frames[id.index()] = home.map_or(frame, |home| off_border(&home, &around, &frame));
    }
}

/// The border of an overlay whose members fill `around`, drawn in on those sides on which `frame` would reach over boxes that
/// are no members.
fn yielding(topology: &Topology, placement: &Placement, members: &[BoxId], (around, mut frame): (Rect, Rect)) -> Rect {
    let is_stranger = |id: &BoxId| topology.element(*id).node().is_some() && !topology.is_within(*id, members);
    for stranger in topology.ids().filter(is_stranger) {
        let whole = placement.whole(stranger);
        if !whole.overlaps(&frame) || whole.overlaps(&around.inflate(LEAST_INSET, LEAST_INSET)) {
            continue;
        }
        let (mut left, mut top, mut right, mut bottom) = (frame.left(), frame.top(), frame.right(), frame.bottom());
        if whole.bottom() <= around.top() - LEAST_INSET {
            top = around.top() - LEAST_INSET;
        } else if whole.top() >= around.bottom() + LEAST_INSET {
            bottom = around.bottom() + LEAST_INSET;
        } else if whole.right() <= around.left() - LEAST_INSET {
            left = around.left() - LEAST_INSET;
        } else {
            right = around.right() + LEAST_INSET;
        }
        frame = Rect::from_edges(left, top, right, bottom);
    }
    frame
}

/// A border that would hug that of the container around all members stands in the middle between that and them.
fn off_border(home: &Rect, around: &Rect, frame: &Rect) -> Rect {
    let low = |home: i32, around: i32, own: i32| {
        if own - home < OFF_BORDER && around - home > OFF_BORDER { i32::midpoint(home, around) } else { own }
    };
    Rect::from_edges(
        low(home.left(), around.left(), frame.left()),
        low(home.top(), around.top(), frame.top()),
        -low(-home.right(), -around.right(), -frame.right()),
        -low(-home.bottom(), -around.bottom(), -frame.bottom()),
    )
}

/// How many overlays are members of each other inside an overlay: of two around the same leaves, one is in the other.
fn height(topology: &Topology, id: BoxId) -> usize {
    let mut seen = vec![id];
    let mut next = 0;
    while let Some(overlay) = seen.get(next).and_then(|&id| topology.element(id).overlay()) {
        for &member in &overlay.members {
            if topology.element(member).overlay().is_some() && !seen.contains(&member) {
                seen.push(member);
            }
        }
        next += 1;
    }
    seen.len()
}

/// Draws overlays inside one outer overlay equally wide where they nearly are.
fn even_out(overlays: &[(BoxId, Vec<BoxId>)], inside: &[usize], placement: &mut Placement) {
    let frames: Vec<Rect> = inside.iter().map(|&inner| placement.frames[overlays[inner].0.index()]).collect();
    let (Some(left), Some(right)) = (frames.iter().map(Rect::left).min(), frames.iter().map(Rect::right).max()) else {
        return;
    };
    for (&inner, frame) in inside.iter().zip(&frames) {
        if frame.left() - left < EVEN_OUT && right - frame.right() < EVEN_OUT {
            placement.frames[overlays[inner].0.index()] = Rect::from_edges(left, frame.top(), right, frame.bottom());
        }
    }
}
