//! Part of a picture, placed as in the whole.
//!
//! Whoever knows the whole should find everything in a view where he knows it to be. So a view is not placed anew: what it leaves out
//! is cut out of the whole, as strips of the paper would be that nothing shown stands on. Positions only move
//! together, on both axes: what was left of, above or in line with something stays so.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cells;
use super::{Choice, Ground, Placement, dress};
use crate::geometry::{Rect, Size};
use crate::topology::{BoxId, Topology};

/// Places the boxes of a view as they stand in the placement of the `whole`, by their addresses. Where something is cut out, at
/// most `gap` px are left.
pub fn excerpt(ground: &Ground<'_>, whole: (&Topology, &Placement), gap: i32) -> Placement {
    let (full, before) = whole;
    let by_address: BTreeMap<&str, BoxId> = full.ids().map(|id| (full.element(id).address.as_str(), id)).collect();
    let origin = |id: BoxId| by_address[ground.topology.element(id).address.as_str()];
    let origins: Vec<BoxId> = ground.topology.ids().map(origin).collect();
    let choice = Choice::plain(before.root_flow);
    let cells = Cells::new(ground, &choice);
    let paper = Paper { cells: &cells, before, origins: &origins };
    let gone = paper.gone(full);
    let across = Axis::new(paper.used(Rect::left, Rect::right), &spans(&gone, Rect::left, Rect::right), gap);
    let down = Axis::new(paper.used(Rect::top, Rect::bottom), &spans(&gone, Rect::top, Rect::bottom), gap);

    let moved = |rect: Rect, anchor: Rect| {
        rect.offset(across.at(anchor.left()) - anchor.left(), down.at(anchor.top()) - anchor.top())
    };
    let mut placement = Placement {
        size: Size::default(),
        frames: Vec::with_capacity(origins.len()),
        captions: Vec::with_capacity(origins.len()),
        peeks: origins.iter().map(|id| before.peeks[id.index()]).collect(),
        titles: vec![None; origins.len()],
        border_sides: origins.iter().map(|id| before.border_sides[id.index()]).collect(),
        flows: origins.iter().map(|id| before.flows[id.index()]).collect(),
        docks: origins.iter().map(|id| before.docks[id.index()]).collect(),
        root_flow: before.root_flow,
    };
    for id in ground.topology.ids() {
        let was = paper.extent(id);
        let frame = match paper.part(id) {
            Part::Leaf => moved(before.frames[origins[id.index()].index()], was),
            Part::Closed => moved(was, was),
            Part::Open | Part::Floating => Rect::from_edges(
                across.at(was.left()),
                down.at(was.top()),
                across.at(was.right()),
                down.at(was.bottom()),
            ),
        };
        placement.frames.push(frame);
        placement.captions.push(before.captions[origins[id.index()].index()].map(|caption| moved(caption, was)));
    }
    dress(ground.topology, ground.sizes, ground.tree, &mut placement);
    let all = ground.topology.ids().map(|id| placement.whole(id)).reduce(|sum, rect| sum.union(&rect));
    placement.size = all.map_or_else(Size::default, |all| Size::new(all.right(), all.bottom()));
    placement
}

/// What a box of the view is for the cut.
enum Part {
    /// An icon with its caption.
    Leaf,
    /// A container with something in it.
    Open,
    /// A container of which nothing but the border is shown.
    Closed,
    /// A border that is drawn around boxes that live elsewhere.
    Floating,
}

/// The whole, with what the view shows of it.
struct Paper<'a> {
    cells: &'a Cells<'a>,
    before: &'a Placement,
    /// For each box of the view, the same in the whole.
    origins: &'a [BoxId],
}

impl Paper<'_> {
    fn part(&self, id: BoxId) -> Part {
        if self.cells.topology.element(id).node().is_some() {
            Part::Leaf
        } else if self.cells.tree.floating[id.index()] {
            Part::Floating
        } else if self.cells.tree.children(Some(id)).is_empty() {
            Part::Closed
        } else {
            Part::Open
        }
    }

    /// What a box takes up in the whole; a closed one is as small as its title allows.
    fn extent(&self, id: BoxId) -> Rect {
        let was = self.before.whole(self.origins[id.index()]);
        match self.part(id) {
            Part::Closed => {
                let least = self.cells.least_size(id);
                let (width, height) = (least.width.min(was.width), least.height.min(was.height));
                Rect::new(was.x + (was.width - width) / 2, was.y + (was.height - height) / 2, width, height)
            }
            _ => was,
        }
    }

    /// The stretches of one axis on which something shown stands: leaves, and the borders of containers with their padding
    /// and their titles.
    fn used(&self, start: fn(&Rect) -> i32, end: fn(&Rect) -> i32) -> Vec<(i32, i32)> {
        let mut used = Vec::new();
        for id in self.cells.topology.ids() {
            let extent = self.extent(id);
            match self.part(id) {
                Part::Leaf | Part::Closed => used.push((start(&extent), end(&extent))),
                Part::Open | Part::Floating => {
                    let insets = self.cells.insets(Some(id));
                    let least = self.cells.least_size(id);
                    let inner = Rect::from_edges(
                        extent.left() + insets.left.max(least.width - insets.right),
                        extent.top() + insets.top,
                        extent.right() - insets.right,
                        extent.bottom() - insets.bottom,
                    );
                    used.push((start(&extent), start(&inner)));
                    used.push((end(&inner), end(&extent)));
                }
            }
        }
        used
    }

    /// What is not shown any more: leaves and empty containers of the whole.
    fn gone(&self, full: &Topology) -> Vec<Rect> {
        let shown: BTreeSet<BoxId> = self
            .cells
            .topology
            .ids()
            .filter(|&id| !matches!(self.part(id), Part::Closed))
            .map(|id| self.origins[id.index()])
            .collect();
        let holds: BTreeSet<BoxId> = full.boxes.iter().filter_map(|element| element.parent).collect();
        let is_solid = |id: &BoxId| full.element(*id).overlay().is_none() && !holds.contains(id);
        full.ids().filter(is_solid).filter(|id| !shown.contains(id)).map(|id| self.before.whole(id)).collect()
    }
}

fn spans(rects: &[Rect], start: fn(&Rect) -> i32, end: fn(&Rect) -> i32) -> Vec<(i32, i32)> {
    rects.iter().map(|rect| (start(rect), end(rect))).collect()
}

/// Where the coordinates of one axis go.
struct Axis {
    /// From which coordinate on, and by how much, everything moves toward the origin; ascending.
    cuts: Vec<(i32, i32)>,
}

impl Axis {
    /// Closes the gaps between the stretches in `used` in which something of `gone` stood.
    fn new(mut used: Vec<(i32, i32)>, gone: &[(i32, i32)], gap: i32) -> Self {
        used.retain(|(start, end)| start < end);
        used.sort_unstable();
        let mut cuts = Vec::new();
        let Some(&(first, mut reach)) = used.first() else { return Self { cuts } };
        let mut total = first;
        cuts.push((first, total));
        for &(start, end) in &used[1..] {
            if start > reach && gone.iter().any(|&(from, to)| from < start && reach < to) {
                total += (start - reach - gap).max(0);
                cuts.push((start, total));
            }
            reach = reach.max(end);
        }
        Self { cuts }
    }

    /// Where a coordinate goes that something shown stands on.
    fn at(&self, coordinate: i32) -> i32 {
        let behind = self.cuts.partition_point(|&(from, _)| from <= coordinate);
        coordinate - behind.checked_sub(1).map_or(0, |cut| self.cuts[cut].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_on_which_nothing_stands_are_cut_out() {
        let axis = Axis::new(vec![(100, 164), (400, 464), (500, 564), (420, 480)], &[(200, 300)], 50);
        assert_eq!([100, 164, 400, 480, 500, 564].map(|at| axis.at(at)), [0, 64, 114, 194, 214, 278]);
    }

    #[test]
    fn gaps_that_lost_nothing_stay() {
        let axis = Axis::new(vec![(0, 10), (200, 210)], &[(300, 400)], 50);
        assert_eq!(axis.at(200), 200);
        let short = Axis::new(vec![(0, 10), (40, 50)], &[(12, 20)], 50);
        assert_eq!(short.at(40), 40);
    }
}
