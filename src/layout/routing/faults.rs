//! What no drawing may have: the check behind the tests of lines.

use super::obstacles::border_icon;
use super::ports::end_of_icon;
use super::sketch::{self, Sketch};
use super::{NetId, Routes};
use crate::geometry::{Axis, Point, Rect, Side};
use crate::layout::placement::Placement;
use crate::topology::{BoxId, LinkId, Topology};

/// Everything that is wrong with the lines of a picture, in words. Links that are reported as failed may run through
/// things, but must be whole.
pub(crate) fn find(topology: &Topology, placement: &Placement, routes: &Routes, titles: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, link) in topology.links.iter().enumerate() {
        let line = &routes.links[index];
        if line.len() < 2 {
            faults.push(format!("link {index} has no line"));
            continue;
        }
        for pair in line.windows(2) {
            if (pair[0].x == pair[1].x) == (pair[0].y == pair[1].y) {
                faults.push(format!("link {index} has a slanted or empty piece {pair:?}"));
            }
        }
        for three in line.windows(3) {
            if axis(three[0], three[1]) == axis(three[1], three[2]) {
                faults.push(format!("link {index} turns back or on at {three:?}"));
            }
        }
        let last = line.len() - 1;
        for (id, end, next) in [(link.from, line[0], line[1]), (link.to, line[last], line[last - 1])] {
            if !attaches(topology, placement, id, end, next) {
                faults.push(format!("link {index} does not attach to box {} at {end:?} from {next:?}", id.0));
            }
        }
        if !routes.failed.contains(&LinkId::from(index)) {
            faults.extend(
                hits(topology, placement, line, titles).map(|what| format!("link {index} runs through {what}")),
            );
        }
    }
    faults.extend(overlaps(topology, routes));
    faults.extend(dishonest(topology, routes));
    faults
}

/// Holds so many random pictures to having no fault, and at most one link in `share` without a clear way; `draw` tells
/// of a picture its faults and its links without one.
pub(crate) fn assert_none_in_random_pictures(
    cases: u64,
    share: usize,
    draw: impl Fn(&Sketch) -> (Vec<String>, Vec<LinkId>),
) {
    let (mut links, mut failed, mut bad) = (0, 0, Vec::new());
    for seed in 0..cases {
        let sketch = sketch::random(seed);
        let (faults, without) = draw(&sketch);
        links += sketch.topology.links.len();
        failed += without.len();
        if !faults.is_empty() {
            bad.push((seed, faults));
        }
    }
    assert!(bad.is_empty(), "{} of {cases} pictures, first: {:#?}", bad.len(), &bad[..bad.len().min(6)]);
    assert!(failed * share <= links, "{failed} of {links} links found no way");
}

fn axis(from: Point, to: Point) -> Axis {
    if from.y == to.y { Axis::Horizontal } else { Axis::Vertical }
}

fn heading(from: Point, to: Point) -> Side {
    match ((to.x - from.x).signum(), (to.y - from.y).signum()) {
        (1, _) => Side::East,
        (-1, _) => Side::West,
        (_, 1) => Side::South,
        _ => Side::North,
    }
}

fn attaches(topology: &Topology, placement: &Placement, id: BoxId, end: Point, next: Point) -> bool {
    let leaves = heading(end, next);
    let frame = placement.frames[id.index()];
    let across = leaves.axis();
    if topology.element(id).node().is_some() {
        let (low, high) = frame.range(across.other());
        return end.along(across) == end_of_icon(placement, id.index(), leaves)
            && (low..=high).contains(&end.along(across.other()));
    }
    let on_icon = border_icon(placement, id.index())
        .is_some_and(|icon| end.x == icon.center().x && end.y < frame.top() && end.y >= frame.top() - 16);
    let on_border = [leaves, leaves.opposite()].iter().any(|&side| {
        let (low, high) = frame.range(across.other());
        end.along(across) == frame.edge(side) && (low..=high).contains(&end.along(across.other()))
    });
    on_icon || on_border
}

fn segment(from: Point, to: Point) -> Rect {
    Rect::from_edges(from.x.min(to.x), from.y.min(to.y), from.x.max(to.x), from.y.max(to.y))
}

fn enters(segment: Rect, area: Rect) -> bool {
    segment.left() < area.right()
        && segment.right() > area.left()
        && segment.top() < area.bottom()
        && segment.bottom() > area.top()
}

fn hits<'a>(
    topology: &'a Topology,
    placement: &'a Placement,
    line: &'a [Point],
    titles: bool,
) -> impl Iterator<Item = String> + 'a {
    topology.ids().flat_map(move |id| {
        let index = id.index();
        let leaf = topology.element(id).node().is_some();
        let icon = border_icon(placement, index);
        let areas = [
            leaf.then_some(("icon", placement.icon(id))),
            placement.captions[index].map(|area| ("caption", area)),
            placement.titles[index].filter(|_| titles && icon.is_none()).map(|area| ("title", area)),
            // A line may end a little inside the icon on a border.
            icon.map(|icon| ("border icon", icon.inflate(-5, -5))),
        ];
        let crossed = move |area: Rect| line.windows(2).any(|pair| enters(segment(pair[0], pair[1]), area));
        areas
            .into_iter()
            .flatten()
            .filter(move |(_, area)| crossed(*area))
            .map(move |(what, _)| format!("the {what} of box {index}"))
    })
}

/// Nets that run along each other.
fn overlaps(topology: &Topology, routes: &Routes) -> Vec<String> {
    let mut pieces: Vec<(NetId, Rect, usize)> = Vec::new();
    for index in 0..topology.links.len() {
        if !routes.failed.contains(&LinkId::from(index)) {
            let net = routes.net_of[index];
            pieces.extend(routes.links[index].windows(2).map(|pair| (net, segment(pair[0], pair[1]), index)));
        }
    }
    let mut faults = Vec::new();
    for (position, (net, one, link)) in pieces.iter().enumerate() {
        for (other_net, other, other_link) in &pieces[position + 1..] {
            if net == other_net || (one.width == 0) != (other.width == 0) {
                continue;
            }
            let run = if one.width == 0 { Axis::Vertical } else { Axis::Horizontal };
            let apart = (one.range(run.other()).0 - other.range(run.other()).0).abs();
            let along = one.range(run).1.min(other.range(run).1) - one.range(run).0.max(other.range(run).0);
            if apart <= 1 && along > 1 {
                faults.push(format!("links {link} and {other_link} run along each other at {one:?} and {other:?}"));
            }
        }
    }
    faults
}

/// Nets that would join boxes without a link.
fn dishonest(topology: &Topology, routes: &Routes) -> Vec<String> {
    let mut faults = Vec::new();
    for (net, drawn) in routes.nets.iter().enumerate() {
        let ends = drawn.links.iter().map(|link| &topology.links[link.index()]);
        for from in ends.clone().map(|link| link.from) {
            for to in ends.clone().map(|link| link.to) {
                if !ends.clone().any(|link| link.from == from && link.to == to) {
                    faults.push(format!("net {net} joins box {} with box {}", from.0, to.0));
                }
            }
        }
    }
    faults
}
