//! Titles of groups that are drawn over others, once the lines are known: they move along their border to where no line
//! runs.

use std::collections::BTreeMap;

use crate::geometry::{Point, Rect};
use crate::layout::placement::Placement;
use crate::layout::placement::tree::Tree;
use crate::topology::{BoxId, LinkId, Topology};

/// Width and height of a cell of the index, px.
const CELL: i32 = 256;
/// From one place that is tried to the next, px.
const STEP: i32 = 12;
/// What is kept free around a title, px.
const CLEAR: i32 = 4;

/// Things by their place.
#[derive(Default)]
struct Index {
    cells: BTreeMap<(i32, i32), Vec<Rect>>,
}

impl Index {
    fn cells_of(area: Rect) -> impl Iterator<Item = (i32, i32)> {
        let range = |low: i32, high: i32| low.div_euclid(CELL)..=high.div_euclid(CELL);
        let rows = range(area.top(), area.bottom());
        range(area.left(), area.right()).flat_map(move |column| rows.clone().map(move |row| (column, row)))
    }

    fn add(&mut self, area: Rect) {
        for cell in Self::cells_of(area) {
            self.cells.entry(cell).or_default().push(area);
        }
    }

    fn hits(&self, area: Rect) -> usize {
        let mut found: Vec<Rect> = Self::cells_of(area)
            .flat_map(|cell| self.cells.get(&cell).into_iter().flatten())
            .filter(|one| one.overlaps(&area))
            .copied()
            .collect();
        found.sort_unstable_by_key(|one| (one.x, one.y, one.width, one.height));
        found.dedup();
        found.len()
    }
}

/// Moves the titles of all floating overlays along their upper borders, away from lines and boxes. Returns the links
/// that run through a title all the same.
pub(super) fn free_titles(
    topology: &Topology,
    tree: &Tree,
    lines: &[Vec<Point>],
    placement: &mut Placement,
) -> Vec<LinkId> {
    let floating: Vec<BoxId> = topology.ids().filter(|id| tree.floating[id.index()]).collect();
    let mut covered: Vec<Rect> = Vec::new();
    if floating.is_empty() {
        return Vec::new();
    }
    let mut index = Index::default();
    for pair in lines.iter().flat_map(|line| line.windows(2)) {
        index.add(Rect::of_line(pair[0], pair[1]));
    }
    for id in topology.ids().filter(|&id| topology.element(id).node().is_some()) {
        index.add(placement.whole(id));
    }
    for id in topology.ids().filter(|&id| !tree.floating[id.index()]) {
        if let Some(title) = placement.titles[id.index()] {
            index.add(title);
        }
    }
    for id in floating {
        let Some(title) = placement.titles[id.index()] else { continue };
        let frame = placement.frames[id.index()];
        let room = (frame.width - title.width).max(0);
        let steps = (0..=room / STEP).map(|step| frame.left() + step * STEP - title.left());
        let best = std::iter::once(0)
            .chain(steps)
            .map(|dx| (index.hits(title.offset(dx, 0).inflate(CLEAR, CLEAR)), dx.abs(), dx))
            .min();
        let title = title.offset(best.map_or(0, |best| best.2), 0);
        if best.is_some_and(|best| best.0 > 0) {
            covered.push(title);
        }
        index.add(title);
        placement.titles[id.index()] = Some(title);
    }
    let runs_through = |line: &Vec<Point>| {
        line.windows(2).any(|pair| covered.iter().any(|title| Rect::of_line(pair[0], pair[1]).overlaps(title)))
    };
    let through = lines.iter().enumerate().filter(|(_, line)| !covered.is_empty() && runs_through(line));
    through.map(|(link, _)| LinkId::from(link)).collect()
}
