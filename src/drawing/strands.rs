//! The lines of nets, cut into strands: stretches that the same links share, each drawn once.
//!
//! Links of one net run over each other along their trunk. Painted link by link, a trunk would look heavier than a
//! branch, and the dashes of several links would fill each other's gaps.

use std::collections::{BTreeMap, BTreeSet};

use crate::geometry::{Axis, Point};
use crate::layout::Layout;
use crate::topology::{Hue, LinkId, Topology};

/// A stretch of one net between two ends, junctions or partings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strand {
    /// The index of its net.
    pub net: usize,
    /// The links that run over it, in order.
    pub links: Vec<LinkId>,
    /// Whether all of them are asynchronous.
    pub dashed: bool,
    /// The colour that all of them have.
    pub color: Option<Hue>,
    /// Its corners, both ends included.
    pub points: Vec<Point>,
}

/// The pieces of one net: two neighbouring points, the smaller first, and the links between them.
type Pieces = BTreeMap<(Point, Point), Vec<LinkId>>;

/// The strands of all nets, in paint order: dashed ones first, so that where two lines cross a solid one is on top.
pub fn trace(topology: &Topology, layout: &Layout) -> Vec<Strand> {
    let mut strands: Vec<Strand> = Vec::new();
    for (net, drawn) in layout.nets.iter().enumerate() {
        let pieces = pieces(layout, &drawn.links);
        for (links, points) in join(&pieces) {
            let dashed = links.iter().all(|&link| topology.statement(link).asynchronous);
            let color = color(topology, &links);
            strands.push(Strand { net, links, dashed, color, points: straighten(&points) });
        }
    }
    strands.sort_by(|a, b| (!a.dashed, a.net, &a.links).cmp(&(!b.dashed, b.net, &b.links)));
    strands
}

/// The colour that all of some links have.
pub fn color(topology: &Topology, links: &[LinkId]) -> Option<Hue> {
    let first = topology.statement(*links.first()?).color;
    links.iter().all(|&link| topology.statement(link).color == first).then_some(first)?
}

/// A route without repeated points and without points in the middle of a straight run.
pub fn straighten(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for &point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = kept[..]
            && ((before.x == last.x && last.x == point.x) || (before.y == last.y && last.y == point.y))
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

/// Cuts the routes of a net at every point where one of them bends or ends.
fn pieces(layout: &Layout, links: &[LinkId]) -> Pieces {
    let routes: Vec<(LinkId, Vec<Point>)> =
        links.iter().map(|&link| (link, straighten(&layout.links[link.index()].points))).collect();
    let corners: BTreeSet<Point> = routes.iter().flat_map(|(_, points)| points.iter().copied()).collect();
    let mut columns: BTreeMap<i32, Vec<Point>> = BTreeMap::new();
    let mut rows: BTreeMap<i32, Vec<Point>> = BTreeMap::new();
    for &corner in &corners {
        columns.entry(corner.x).or_default().push(corner);
        rows.entry(corner.y).or_default().push(corner);
    }
    let mut pieces = Pieces::new();
    for (link, points) in &routes {
        for pair in points.windows(2) {
            let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            let axis = if low.y == high.y { Axis::Horizontal } else { Axis::Vertical };
            let on_line = if axis == Axis::Horizontal { rows.get(&low.y) } else { columns.get(&low.x) };
            let mut from = low;
            for &cut in on_line.into_iter().flatten().filter(|&&cut| cut > low && cut <= high) {
                let links = pieces.entry((from, cut)).or_default();
                if links.last() != Some(link) {
                    links.push(*link);
                }
                from = cut;
            }
        }
    }
    pieces
}

/// Joins pieces of the same links end to end, as far as no other piece meets them.
fn join(pieces: &Pieces) -> Vec<(Vec<LinkId>, Vec<Point>)> {
    let mut around: BTreeMap<Point, Vec<(Point, Point)>> = BTreeMap::new();
    for &piece in pieces.keys() {
        around.entry(piece.0).or_default().push(piece);
        around.entry(piece.1).or_default().push(piece);
    }
    let passes = |at: Point| match around[&at][..] {
        [one, two] => pieces[&one] == pieces[&two],
        _ => false,
    };
    let mut left: BTreeSet<(Point, Point)> = pieces.keys().copied().collect();
    let mut strands = Vec::new();
    // Ends first; what is left then are closed loops, which may be opened anywhere.
    let ends = around.keys().copied().filter(|&at| !passes(at));
    for start in ends.chain(around.keys().copied()) {
        for &first in &around[&start] {
            if !left.remove(&first) {
                continue;
            }
            let mut points = vec![start];
            let mut piece = first;
            loop {
                let here = *points.last().expect("a strand starts with a point");
                let next = if piece.0 == here { piece.1 } else { piece.0 };
                points.push(next);
                if !passes(next) {
                    break;
                }
                let Some(&onward) = around[&next].iter().find(|candidate| left.contains(*candidate)) else { break };
                left.remove(&onward);
                piece = onward;
            }
            strands.push((pieces[&first].clone(), points));
        }
    }
    strands
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;
    use crate::geometry::{Rect, point};

    /// A fan from one box to two: a trunk, then a branch each.
    fn fan() -> Fixture {
        let mut fixture = Fixture::new(300, 300);
        let source = fixture.node("source", None, Rect::new(100, 0, 64, 64), None);
        let left = fixture.node("left", None, Rect::new(0, 200, 64, 64), None);
        let right = fixture.node("right", None, Rect::new(200, 200, 64, 64), None);
        fixture.link(source, left, &[(132, 66), (132, 140), (32, 140), (32, 198)]);
        fixture.link_in(0, source, right, &[(132, 66), (132, 140), (232, 140), (232, 198)]);
        fixture
    }

    #[test]
    fn a_trunk_is_one_strand() {
        let fixture = fan();
        let strands = trace(&fixture.topology, &fixture.layout);
        let found: Vec<(usize, &[Point])> =
            strands.iter().map(|strand| (strand.links.len(), &strand.points[..])).collect();
        assert_eq!(found.len(), 3);
        assert!(found.contains(&(2, &[point(132, 66), point(132, 140)][..])));
        assert!(found.iter().any(|(links, points)| *links == 1 && points.len() == 3));
    }

    #[test]
    fn a_branch_that_leaves_a_straight_run_parts_it() {
        let mut fixture = Fixture::new(300, 300);
        let one = fixture.node("one", None, Rect::new(0, 0, 64, 64), None);
        let two = fixture.node("two", None, Rect::new(200, 0, 64, 64), None);
        fixture.link(one, two, &[(66, 32), (198, 32)]);
        fixture.link_in(0, one, two, &[(66, 32), (120, 32), (120, 90), (198, 90)]);
        let strands = trace(&fixture.topology, &fixture.layout);
        assert_eq!(strands.len(), 3);
        assert_eq!(strands[0].points, [point(120, 32), point(198, 32)]);
    }

    #[test]
    fn repeated_and_middle_points_go() {
        let points = [point(0, 0), point(0, 0), point(5, 0), point(9, 0), point(9, 4)];
        assert_eq!(straighten(&points), [point(0, 0), point(9, 0), point(9, 4)]);
    }

    #[test]
    fn a_loop_is_drawn() {
        let mut fixture = Fixture::new(300, 300);
        let one = fixture.node("one", None, Rect::new(0, 40, 64, 64), None);
        fixture.link(one, one, &[(66, 60), (90, 60), (90, 20), (50, 20), (50, 38)]);
        let strands = trace(&fixture.topology, &fixture.layout);
        assert_eq!(strands.len(), 1);
        assert_eq!(strands[0].points.len(), 5);
    }
}
