//! Lines, their arrow heads, and the dots where lines of one net meet.

use std::collections::{BTreeMap, BTreeSet};

use super::crossings;
use super::losses::Losses;
use super::segments::Segments;
use super::strands::{self, Strand, straighten};
use crate::geometry::{Point, point};
use crate::layout::Layout;
use crate::scene::{Color, Dash, Group, Primitive, Stroke};
use crate::theme::{Theme, metrics};
use crate::topology::{Arrow, Hue, LinkId, Topology};

/// Most links that the title of a shared stretch names.
const NAMED_LINKS: usize = 4;

/// Where a line ends in an arrow head, the neighbouring point on the line, and its colour.
type Heads = BTreeMap<Point, BTreeSet<(Point, Option<Hue>)>>;

/// Draws all lines, then all heads and junctions: one group for each link's own stretch, one for each shared stretch.
pub fn draw(topology: &Topology, layout: &Layout, strands: &[Strand], theme: &Theme, losses: &Losses) -> Vec<Group> {
    let ids = ids(topology);
    let heads = heads(topology, layout, losses, |_| true);
    let fades = |links: &[LinkId]| links.iter().all(|&link| losses.fades(topology, link));
    let cuts = crossings::cuts(strands, &Segments::of_strands(strands));
    let mut groups: Vec<Group> = Vec::new();
    let mut previous: Option<(usize, &[LinkId])> = None;
    for (strand, cuts) in strands.iter().zip(&cuts) {
        let key = (strand.net, &strand.links[..]);
        if previous != Some(key) {
            groups.push(Group { faded: fades(&strand.links), ..open(topology, strand, &ids) });
            previous = Some(key);
        }
        let group = groups.last_mut().expect("a group was opened for the first strand");
        group.primitives.extend(cuts.iter().map(|&cut| casing(cut, theme.paper)));
        let breaks = strand.links.iter().all(|&link| losses.breaks(topology, link));
        let color = if breaks { Some(Hue::Red) } else { strand.color };
        group.primitives.push(line(strand, color, &heads, theme));
    }
    for faded in [true, false] {
        let heads = self::heads(topology, layout, losses, |link| losses.fades(topology, link) == faded);
        let heads = heads
            .iter()
            .flat_map(|(&tip, tails)| tails.iter().map(move |&(tail, color)| head(tip, tail, ink(theme, color))));
        let nets = layout.nets.iter().filter(|net| fades(&net.links) == faded);
        let junctions = nets.flat_map(|net| {
            let fill = ink(theme, strands::color(topology, &net.links));
            let radius = metrics::JUNCTION_RADIUS;
            net.junctions.iter().map(move |&center| Primitive::Disc { center, radius, fill })
        });
        groups.push(Group { faded, ..Group::furniture(heads.chain(junctions).collect()) });
    }
    groups
}

/// What a line of that colour is drawn with.
fn ink(theme: &Theme, color: Option<Hue>) -> Color {
    color.map_or(theme.line, |hue| theme.hue(hue))
}

/// How a line of that colour is drawn.
pub fn stroke(theme: &Theme, color: Option<Hue>, dash: Dash) -> Stroke {
    let width = if color.is_some() { metrics::COLORED_LINK_WIDTH } else { metrics::LINK_WIDTH };
    Stroke { color: ink(theme, color), width, dash }
}

/// The ids of all links in exported files: `from->to`, and `#2` and so on where there are several between two boxes.
pub fn ids(topology: &Topology) -> Vec<String> {
    let mut seen: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    topology
        .links
        .iter()
        .map(|link| {
            let id = format!("{}->{}", topology.element(link.from).address, topology.element(link.to).address);
            let count = seen.entry((link.from.0, link.to.0)).or_default();
            *count += 1;
            if *count == 1 { id } else { format!("{id}#{count}") }
        })
        .collect()
}

/// The group of the links that share a strand.
fn open(topology: &Topology, strand: &Strand, ids: &[String]) -> Group {
    let mut titles: Vec<String> = Vec::new();
    for &link in &strand.links {
        let title = title(topology, link);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    if titles.len() > NAMED_LINKS {
        titles.truncate(NAMED_LINKS);
        titles.push("…".to_owned());
    }
    let id = match strand.links[..] {
        [link] => Some(ids[link.index()].clone()),
        _ => None,
    };
    Group { id, title: Some(titles.join("\n")), link: None, faded: false, primitives: Vec::new() }
}

/// What is said of a link: `Source to target: label`.
fn title(topology: &Topology, link: LinkId) -> String {
    let ends = &topology.links[link.index()];
    let to = super::description::to(topology.heading.language);
    let name = |id| super::description::name(topology, id);
    let pair = format!("{} {to} {}", name(ends.from), name(ends.to));
    match &topology.statement(link).label {
        Some(label) => format!("{pair}: {label}"),
        None => pair,
    }
}

/// The ends of the wanted links that carry heads; heads of one net at one place fall together.
fn heads(topology: &Topology, layout: &Layout, losses: &Losses, wanted: impl Fn(LinkId) -> bool) -> Heads {
    let mut heads = Heads::new();
    for (index, routed) in layout.links.iter().enumerate() {
        let points = straighten(&routed.points);
        let [first, second, ..] = points[..] else { continue };
        let [.., before, last] = points[..] else { continue };
        let link = LinkId::from(index);
        if !wanted(link) {
            continue;
        }
        let (arrow, color) = (topology.statement(link).arrow, losses.color(topology, link));
        if matches!(arrow, Arrow::Forward | Arrow::Both) {
            heads.entry(last).or_default().insert((before, color));
        }
        if matches!(arrow, Arrow::Both) {
            heads.entry(first).or_default().insert((second, color));
        }
    }
    heads
}

/// The line of a strand. Where it ends in a head it stops inside of it, lest its blunt end shows beside the tip.
fn line(strand: &Strand, color: Option<Hue>, heads: &Heads, theme: &Theme) -> Primitive {
    let mut points = strand.points.clone();
    for _ in 0..2 {
        if let [first, second, ..] = points[..]
            && heads.get(&first).is_some_and(|tails| tails.iter().any(|&(tail, _)| same_way(first, second, tail)))
        {
            points[0] = toward(first, second, metrics::HEAD_LENGTH - 1);
        }
        points.reverse();
    }
    let dash = if strand.dashed { Dash::Dashed } else { Dash::Solid };
    Primitive::Line { points, radius: metrics::LINK_RADIUS, stroke: stroke(theme, color, dash) }
}

/// What hides a lower line where an upper one crosses it.
fn casing((from, to): (Point, Point), paper: Color) -> Primitive {
    let width = metrics::LINK_WIDTH + 20 * metrics::CROSSING_GAP;
    Primitive::Line { points: vec![from, to], radius: 0, stroke: Stroke { color: paper, width, dash: Dash::Solid } }
}

/// A head with its tip at `tip` on a line that comes from `tail`.
fn head(tip: Point, tail: Point, fill: Color) -> Primitive {
    let back = direction(tip, tail);
    let base = tip.offset(back.x * metrics::HEAD_LENGTH, back.y * metrics::HEAD_LENGTH);
    let half = metrics::HEAD_HALF;
    let points = vec![tip, base.offset(-back.y * half, back.x * half), base.offset(back.y * half, -back.x * half)];
    Primitive::Polygon { points, fill }
}

/// The unit step from `from` towards `to`, which lie on one axis-parallel line.
fn direction(from: Point, to: Point) -> Point {
    point((to.x - from.x).signum(), (to.y - from.y).signum())
}

/// Whether `one` and `two` lie in the same direction from `from`.
fn same_way(from: Point, one: Point, two: Point) -> bool {
    direction(from, one) == direction(from, two)
}

/// The point `by` px from `from` towards `to`, at most at `to`.
fn toward(from: Point, to: Point, by: i32) -> Point {
    let step = direction(from, to);
    let by = by.min(from.manhattan(to));
    from.offset(step.x * by, step.y * by)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;
    use crate::geometry::Rect;
    use crate::theme::builtin;

    fn drawn(fixture: &Fixture) -> Vec<Group> {
        let strands = super::super::strands::trace(&fixture.topology, &fixture.layout);
        draw(&fixture.topology, &fixture.layout, &strands, &builtin::LIGHT, &Losses::default())
    }

    fn pair() -> (Fixture, crate::topology::BoxId, crate::topology::BoxId) {
        let mut fixture = Fixture::new(300, 200);
        let one = fixture.node("one", None, Rect::new(0, 0, 64, 64), None);
        let two = fixture.node("two", None, Rect::new(200, 0, 64, 64), None);
        (fixture, one, two)
    }

    #[test]
    fn parallel_links_have_ids_of_their_own() {
        let (mut fixture, one, two) = pair();
        fixture.link(one, two, &[(66, 20), (198, 20)]);
        fixture.link(one, two, &[(66, 40), (198, 40)]);
        assert_eq!(ids(&fixture.topology), ["one->two", "one->two#2"]);
    }

    #[test]
    fn the_tip_of_a_head_is_the_end_of_the_line_and_hides_its_blunt_end() {
        let (mut fixture, one, two) = pair();
        fixture.link(one, two, &[(66, 20), (198, 20)]);
        let groups = drawn(&fixture);
        let head = groups.iter().flat_map(|group| &group.primitives).find_map(|primitive| match primitive {
            Primitive::Polygon { points, .. } => Some(points.clone()),
            _ => None,
        });
        assert_eq!(head, Some(vec![point(198, 20), point(189, 16), point(189, 24)]));
        let Primitive::Line { points, .. } = &groups[0].primitives[0] else { panic!("the line comes first") };
        assert_eq!(points[..], [point(66, 20), point(190, 20)]);
    }

    #[test]
    fn heads_follow_the_arrow() {
        for (arrow, heads) in [(Arrow::None, 0), (Arrow::Forward, 1), (Arrow::Both, 2)] {
            let (mut fixture, one, two) = pair();
            let link = fixture.link(one, two, &[(66, 20), (198, 20)]);
            fixture.topology.statements[link.index()].arrow = arrow;
            let groups = drawn(&fixture);
            let drawn = groups.iter().flat_map(|group| &group.primitives);
            assert_eq!(drawn.filter(|primitive| matches!(primitive, Primitive::Polygon { .. })).count(), heads);
        }
    }

    #[test]
    fn a_shared_stretch_names_its_links() {
        let (mut fixture, one, two) = pair();
        let three = fixture.node("three", None, Rect::new(200, 100, 64, 64), None);
        fixture.link(one, two, &[(66, 20), (198, 20)]);
        fixture.link_in(0, one, three, &[(66, 20), (130, 20), (130, 132), (198, 132)]);
        let titles: Vec<String> = drawn(&fixture).into_iter().filter_map(|group| group.title).collect();
        assert_eq!(titles.len(), 3);
        assert!(titles.contains(&"one to two\none to three".to_owned()), "{titles:?}");
    }
}
