//! What a placement will look like once its lines are drawn: one number, lower is better.
//!
//! Each link takes the best of a few simple routes: straight, with one corner, with two. Their corners, crossings, and what they
//! would have to run through stand for what the router will come to, at a hundredth of its time.

use super::placement::Placement;
use super::placement::tree::Tree;
use super::score::{CORNER, CROSSING, aspect};
use crate::geometry::{Point, Rect, point};
use crate::topology::{BoxId, LinkId, Topology};

/// Above this many links only lengths and corners are looked at.
const MANY_LINES: usize = 400;
/// The price of a px of mean line length, and of area: px² per box that cost one thousandth.
const LENGTH: i64 = 8;
const AREA_PER_BOX: i64 = 20;
/// What it costs to run through a leaf, or through a container that holds neither end: the corners of a way round.
const LEAF: i64 = 2 * CORNER + CROSSING;
const CONTAINER: i64 = 2 * CORNER;
/// Ends of leaves that differ by less may still be joined by a straight line, px: ports beside the middle.
const STRAIGHT: i32 = 16;

/// Estimates how well `placement` will read.
pub fn estimate(topology: &Topology, tree: &Tree, placement: &Placement) -> i64 {
    let links = (topology.links.len() as i64).max(1);
    let field = Field::new(topology, tree, placement);
    let few = topology.links.len() <= MANY_LINES;
    let mut price = 0;
    let mut length = 0;
    let mut lines = Vec::new();
    for (index, link) in topology.links.iter().enumerate() {
        if link.from == link.to || tree.holds(link.from, link.to) || tree.holds(link.to, link.from) {
            continue;
        }
        let route = field.best_route(link.from, link.to, few);
        price += route.price;
        length += route.length();
        lines.push((LinkId::from(index), route));
    }
    let crossings = if few { crossings(topology, &lines) } else { 0 };
    let area = i64::from(placement.size.width) * i64::from(placement.size.height);
    aspect(i64::from(placement.size.width), i64::from(placement.size.height))
        + (CROSSING * crossings + price) / links
        + length / links * LENGTH
        + area / (AREA_PER_BOX * (topology.boxes.len() as i64).max(1))
}

/// A simple way from one box to another.
#[derive(Debug, Clone)]
struct Route {
    points: Vec<Point>,
    price: i64,
}

impl Route {
    fn length(&self) -> i64 {
        self.points.windows(2).map(|pair| i64::from(pair[0].manhattan(pair[1]))).sum()
    }
}

/// The boxes of a picture as what is in the way.
struct Field<'a> {
    tree: &'a Tree,
    placement: &'a Placement,
    /// Leaves with their captions.
    leaves: Vec<(BoxId, Rect)>,
    containers: Vec<(BoxId, Rect)>,
}

impl<'a> Field<'a> {
    fn new(topology: &Topology, tree: &'a Tree, placement: &'a Placement) -> Self {
        let (mut leaves, mut containers) = (Vec::new(), Vec::new());
        for id in topology.ids().filter(|id| !tree.floating[id.index()]) {
            let whole = placement.whole(id);
            if topology.element(id).node().is_some() {
                leaves.push((id, whole));
            } else {
                containers.push((id, whole));
            }
        }
        Self { tree, placement, leaves, containers }
    }

    /// The cheapest of the simple routes between two boxes; `careful` looks at what is in the way.
    fn best_route(&self, from: BoxId, to: BoxId, careful: bool) -> Route {
        let (a, b) = (self.placement.frames[from.index()], self.placement.frames[to.index()]);
        let mut best: Option<(i64, Route)> = None;
        for points in routes(&a, &b) {
            let corners = CORNER * (points.len() as i64 - 2);
            // What is in the way only makes it dearer.
            if best.as_ref().is_some_and(|(_, known)| corners > known.price) {
                continue;
            }
            let hits = if careful { self.hits((from, to), &points) } else { 0 };
            let route = Route { price: corners + hits, points };
            let length = route.length();
            if best.as_ref().is_none_or(|(shortest, known)| (route.price, length) < (known.price, *shortest)) {
                best = Some((length, route));
            }
        }
        best.expect("there is always a route with two corners").1
    }

    fn hits(&self, (from, to): (BoxId, BoxId), points: &[Point]) -> i64 {
        let (mut low, mut high) = (points[0], points[0]);
        for at in points {
            (low, high) = (point(low.x.min(at.x), low.y.min(at.y)), point(high.x.max(at.x), high.y.max(at.y)));
        }
        // Most boxes are not even near.
        let meets =
            |rect: &Rect| rect.is_crossed(low, high) && points.windows(2).any(|pair| rect.is_crossed(pair[0], pair[1]));
        let is_end = |id: BoxId| id == from || id == to || self.tree.holds(id, from) || self.tree.holds(id, to);
        let leaves = self.leaves.iter().filter(|(id, rect)| meets(rect) && !is_end(*id)).count() as i64;
        let foreign = |id: BoxId| !is_end(id) && !self.tree.holds(from, id) && !self.tree.holds(to, id);
        let containers = self.containers.iter().filter(|(id, rect)| meets(rect) && foreign(*id)).count() as i64;
        LEAF * leaves + CONTAINER * containers
    }
}

/// The routes with at most two corners between two boxes.
fn routes(a: &Rect, b: &Rect) -> Vec<Vec<Point>> {
    let (from, to) = (a.center(), b.center());
    let mut routes = Vec::new();
    if let Some(x) = common((a.left(), a.right()), (b.left(), b.right()), (from.x, to.x)) {
        routes.push(vec![point(x, from.y), point(x, to.y)]);
    } else if let Some(y) = common((a.top(), a.bottom()), (b.top(), b.bottom()), (from.y, to.y)) {
        routes.push(vec![point(from.x, y), point(to.x, y)]);
    } else {
        routes.push(vec![from, point(to.x, from.y), to]);
        routes.push(vec![from, point(from.x, to.y), to]);
    }
    let middle_y = middle((a.top(), a.bottom()), (b.top(), b.bottom()));
    let middle_x = middle((a.left(), a.right()), (b.left(), b.right()));
    if let Some(y) = middle_y {
        routes.push(vec![from, point(from.x, y), point(to.x, y), to]);
    }
    if let Some(x) = middle_x {
        routes.push(vec![from, point(x, from.y), point(x, to.y), to]);
    }
    routes
}

/// Where two boxes face each other: the line on which a straight link between them runs.
fn common(a: (i32, i32), b: (i32, i32), (from, to): (i32, i32)) -> Option<i32> {
    if (from - to).abs() <= STRAIGHT {
        return Some(to);
    }
    let shared = (a.0.max(b.0) + STRAIGHT, a.1.min(b.1) - STRAIGHT);
    // A small box faces a large one anywhere; two small ones only in their middles.
    (shared.0 <= shared.1).then(|| if a.1 - a.0 < b.1 - b.0 { from } else { to }.clamp(shared.0, shared.1))
}

/// The middle of the gap between two stretches, if there is one.
fn middle(a: (i32, i32), b: (i32, i32)) -> Option<i32> {
    let (low, high) = if a.1 <= b.0 { (a.1, b.0) } else { (b.1, a.0) };
    (low < high).then(|| i32::midpoint(low, high))
}

/// Pairs of routes that cross and have no end in common: those with one may share a trunk.
fn crossings(topology: &Topology, lines: &[(LinkId, Route)]) -> i64 {
    let mut across = Vec::new();
    let mut down = Vec::new();
    for (id, route) in lines {
        for pair in route.points.windows(2) {
            let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            if low.y == high.y {
                across.push((low.y, low.x, high.x, *id));
            } else {
                down.push((low.x, low.y, high.y, *id));
            }
        }
    }
    across.sort_unstable();
    let mut count = 0;
    for &(x, top, bottom, id) in &down {
        let link = &topology.links[id.index()];
        let first = across.partition_point(|segment| segment.0 <= top);
        for &(_, left, right, other) in across[first..].iter().take_while(|segment| segment.0 < bottom) {
            if left < x && x < right {
                let other = &topology.links[other.index()];
                let ends = [other.from, other.to];
                count += i64::from(!ends.contains(&link.from) && !ends.contains(&link.to));
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_that_face_each_other_are_joined_straight() {
        let (a, b) = (Rect::new(0, 0, 64, 64), Rect::new(10, 200, 64, 64));
        assert_eq!(routes(&a, &b)[0], [point(42, 32), point(42, 232)]);
    }

    #[test]
    fn a_small_box_faces_a_large_one_anywhere() {
        let (a, b) = (Rect::new(0, 0, 64, 64), Rect::new(-300, 200, 400, 100));
        assert_eq!(routes(&a, &b)[0], [point(32, 32), point(32, 250)]);
    }

    #[test]
    fn others_take_a_corner_or_two() {
        let (a, b) = (Rect::new(0, 0, 64, 64), Rect::new(200, 200, 64, 64));
        let corners: Vec<usize> = routes(&a, &b).iter().map(|route| route.len() - 2).collect();
        assert_eq!(corners, [1, 1, 2, 2]);
    }

    #[test]
    fn a_line_along_a_border_does_not_run_through() {
        let rect = Rect::new(100, 0, 50, 50);
        assert!(!rect.is_crossed(point(0, 50), point(300, 50)));
        assert!(rect.is_crossed(point(0, 49), point(300, 49)));
    }
}
