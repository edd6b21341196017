//! Lines of large pictures: channels between boxes that are made as wide as their lines need.
//!
//! Arrives: a topology and the draft of a placement. Leaves: the placement, widened, and [`Routes`] that keep every hard
//! promise by construction. The draft is cut into slices with a channel in every cut (`slices`); each net finds its way
//! from channel to channel (`ways`), through the borders of its own containers alone; inner slices first, every channel
//! gets tracks for its lines (`tracks`) and the width that they need (`widening`); only then lines get coordinates
//! (`drawing`). Everything is near-linear: no table is larger than the picture has boxes, links and channels. This is
//! how chips are wired (slicing floorplans, Otten 1982; channel routing, Hashimoto and Stevens 1971).

mod drawing;
mod icons;
mod overlays;
mod rings;
mod slices;
mod stations;
mod tracks;
mod ways;
mod web;
mod widening;

use std::collections::{BTreeMap, BTreeSet};

use super::nesting::Nesting;
use super::nets::{self, Plan};
use super::terminals::{self, TerminalId, Terminals};
use super::{Net as DrawnNet, NetId, Routes};
use crate::geometry::{Point, Rect, Size, point};
use crate::layout::measure::Sizes;
use crate::layout::placement::tree::Tree;
use crate::layout::placement::{self, Placement};
use crate::topology::{BoxId, LinkId, Topology};
use drawing::Drawing;
use slices::Content;
use web::Net;
use widening::Widening;

/// Draws all links of a topology, and widens the draft to make room for them.
pub fn route(topology: &Topology, sizes: &Sizes, tree: &Tree, draft: &Placement) -> (Placement, Routes) {
    let nesting = Nesting::new(topology);
    let terminals = terminals::find(topology, draft, &nesting);
    let slices = slices::cut(topology, tree, draft);
    let stations = stations::all(topology, tree, draft, &slices, &terminals.table);
    let nets = trees(&nets::plan(topology, draft, &terminals), &terminals);
    let web = ways::find(&slices, &stations, nets);
    let mut widening = Widening::new((tree, sizes, draft), &slices, web);
    widening.widen();
    let origins = drawing::origins(&widening);
    let mut placement = widened(topology, &widening, &origins);
    let mut routes =
        draw(topology, tree, &Drawing::new(&widening, &placement, &origins), (&widening, &placement), &terminals);
    routes.failed.extend(overlays::free_titles(topology, tree, &routes.links, &mut placement));
    routes.failed.sort_unstable();
    routes.failed.dedup();
    (placement, routes)
}

/// Plans as trees around one end: what has several sources and several targets falls apart by its smaller side.
fn trees(plans: &[Plan], terminals: &Terminals) -> Vec<Net> {
    let mut nets = Vec::new();
    for plan in plans {
        let targets: usize = plan.targets.iter().map(Vec::len).sum();
        let by_source = plan.sources.len() <= targets;
        let mut groups: BTreeMap<TerminalId, (Vec<LinkId>, Vec<TerminalId>)> = BTreeMap::new();
        for &link in &plan.links {
            let (source, target) = terminals.ends[link.index()];
            let (root, leaf) = if by_source { (source, target) } else { (target, source) };
            let group = groups.entry(root).or_default();
            group.0.push(link);
            group.1.push(leaf);
        }
        nets.extend(groups.into_iter().map(|(root, (links, leaves))| Net { links, root, leaves, ends: Vec::new() }));
    }
    nets
}

/// The draft with everything where it stands now.
fn widened(topology: &Topology, widening: &Widening<'_>, origins: &[Point]) -> Placement {
    let draft = widening.placement;
    let mut placement = draft.clone();
    let mut put = |id: BoxId, frame: Rect| {
        let old = draft.frames[id.index()];
        let caption = draft.captions[id.index()];
        placement.captions[id.index()] = caption.map(|caption| caption.offset(frame.x - old.x, frame.y - old.y));
        placement.frames[id.index()] = frame;
    };
    for (slice, origin) in widening.slices.table.iter().zip(origins) {
        if let Content::Leaf(id) = slice.content {
            let (dx, dy) = (origin.x - slice.draft.x, origin.y - slice.draft.y);
            put(id, draft.frames[id.index()].offset(dx, dy));
        }
    }
    for (index, (slice, origin)) in widening.slices.table.iter().zip(origins).enumerate() {
        let Content::Container(Some(id)) = slice.content else { continue };
        put(id, widening.frames[index].offset(origin.x, origin.y));
        for &node in widening.tree.children(Some(id)) {
            if draft.border_sides[node.index()].is_some() {
                put(node, widening.border_node(node, index).offset(origin.x, origin.y));
            }
        }
    }
    for id in topology.ids() {
        if let Some(host) = topology.note(id).and_then(|note| note.beside) {
            let (old, new) = (draft.frames[host.index()], placement.frames[host.index()]);
            placement.frames[id.index()] = draft.frames[id.index()].offset(new.x - old.x, new.y - old.y);
        }
    }
    let whole = widening.extents[0];
    placement.size = Size::new(whole.width, whole.height);
    placement::dress(topology, widening.sizes, widening.tree, &mut placement);
    placement
}

fn draw(
    topology: &Topology,
    tree: &Tree,
    drawing: &Drawing<'_>,
    (widening, placement): (&Widening<'_>, &Placement),
    terminals: &Terminals,
) -> Routes {
    let count = terminals.ends.len();
    let web = &widening.web;
    let clashing: BTreeSet<usize> = widening.clashing.iter().map(|&run| web.runs[run].net).collect();
    let mut routes = Routes {
        links: vec![Vec::new(); count],
        net_of: vec![NetId(0); count],
        nets: Vec::new(),
        failed: Vec::new(),
        extent: None,
    };
    for (index, net) in web.nets.iter().enumerate() {
        let lines = drawing.tree(index);
        let rooted = drawing.rooted(index, &lines);
        for &link in &net.links {
            let line = rooted.line(terminals.ends[link.index()]);
            let ends = [topology.links[link.index()].from, topology.links[link.index()].to];
            // A line to a group that is drawn over others runs into the container of a member.
            let passes = ends.iter().any(|end| tree.floating[end.index()]);
            if line.is_none() || passes || clashing.contains(&index) {
                routes.failed.push(link);
            }
            let line = line.unwrap_or_else(|| bluntly(ends.map(|id| placement.frames[id.index()])));
            routes.links[link.index()] = cut_off(tree, placement, ends, line);
            routes.net_of[link.index()] = NetId(index as u32);
        }
        routes.nets.push(DrawnNet { links: net.links.clone(), junctions: drawing::junctions(&lines) });
    }
    routes.extent =
        routes.links.iter().flatten().map(|at| Rect::new(at.x, at.y, 0, 0)).reduce(|all, one| all.union(&one));
    routes
}

/// A line that minds nothing: better than a link that is not drawn.
fn bluntly([from, to]: [Rect; 2]) -> Vec<Point> {
    let (from, to) = (from.center(), to.center());
    super::strands::straighten(&[from, point(to.x, from.y), to])
}

/// A line to a group that is drawn over others ends at its border.
fn cut_off(tree: &Tree, placement: &Placement, ends: [BoxId; 2], mut line: Vec<Point>) -> Vec<Point> {
    for (position, id) in ends.into_iter().enumerate() {
        if !tree.floating[id.index()] {
            continue;
        }
        let frame = placement.frames[id.index()];
        if position == 0 {
            line.reverse();
        }
        let entry = line.windows(2).position(|pair| !frame.contains_point(pair[0]) && frame.contains_point(pair[1]));
        if let Some(entry) = entry {
            let (from, to) = (line[entry], line[entry + 1]);
            let clamp =
                |at: Point| point(at.x.clamp(frame.left(), frame.right()), at.y.clamp(frame.top(), frame.bottom()));
            debug_assert!(from.x == to.x || from.y == to.y, "lines are axis-parallel");
            line.truncate(entry + 1);
            line.push(clamp(from));
        }
        if position == 0 {
            line.reverse();
        }
    }
    line
}

#[cfg(test)]
mod tests;
