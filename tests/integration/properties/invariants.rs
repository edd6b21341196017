//! What must hold for every picture (layout.md 3.12).

use diagram::layout::Subject;
use diagram::theme::metrics;

use crate::pictures::Picture;
use crate::scorecard::drawing::{Drawing, Line, pairs};
use crate::scorecard::metrics::Metrics;
use crate::scorecard::plane::{Area, Spot, TOUCH, is_level};
use crate::scorecard::regularity;

/// The least distance between two leaves, and between two parallel lines of different nets, px.
const CLEAR: f64 = 8.0;
/// The shortest first and last piece of a line with corners, px.
const STUB: f64 = 10.0;
/// Lines end this far from an icon at most, px.
const ARROW_GAP: f64 = 4.0;

/// Something that does not hold: what, in one word that stays the same, and where.
pub type Fault = (&'static str, String);

/// Everything that does not hold for a picture. What the program says that it could not do better is left out.
pub fn faults(picture: &Picture) -> Vec<Fault> {
    let drawing = picture.without_compromises();
    let metrics = Metrics::of(&drawing);
    let counted = metrics.faults().into_iter().chain([("edge_over_edge_label", metrics.edge_over_edge_label)]);
    let mut faults: Vec<Fault> =
        counted.filter(|fault| fault.1 > 0).map(|(what, count)| (what, format!("{count} times"))).collect();
    crowded(&drawing, &mut faults);
    let peeks = peeks(picture, &drawing);
    for line in &drawing.lines {
        shape(&drawing, line, &peeks, &mut faults);
    }
    side_by_side(&drawing, &mut faults);
    dishonest(&drawing, &mut faults);
    unequal_zones(&drawing, &mut faults);
    badges(picture, &drawing, &mut faults);
    outside(picture, &drawing, &mut faults);
    faults
}

/// Leaves too close together.
fn crowded(drawing: &Drawing, faults: &mut Vec<Fault>) {
    let leaves: Vec<usize> = drawing.leaves().collect();
    for (a, b) in pairs(&leaves) {
        let gap = drawing.full(a).gap(&drawing.full(b));
        if gap < CLEAR {
            faults.push(("crowded", format!("{gap} px between {} and {}", drawing.shapes[a].id, drawing.shapes[b].id)));
        }
    }
}

/// By shape: how far the tiles behind the front icon of a stack stand out at its top and right, px.
fn peeks(picture: &Picture, drawing: &Drawing) -> Vec<f64> {
    let peek = |id: &str| {
        let mut boxes = picture.topology.ids();
        let found = boxes.find(|&one| picture.topology.element(one).address == id);
        found.map_or(0, |one| picture.layout.placement.peeks[one.index()])
    };
    drawing.shapes.iter().map(|shape| f64::from(peek(&shape.id))).collect()
}

/// Lines that turn back, that begin or end somewhere else than at their box, or that turn too close to it.
fn shape(drawing: &Drawing, line: &Line, peeks: &[f64], faults: &mut Vec<Fault>) {
    let points = &line.listed;
    let name = format!("{} -> {}", drawing.shapes[line.from].id, drawing.shapes[line.to].id);
    if points.len() < 2 {
        faults.push(("no_line", name));
        return;
    }
    let level = |pair: &[Spot]| is_level(pair[0], pair[1]);
    if points.windows(2).any(|pair| pair[0] == pair[1]) {
        faults.push(("empty_piece", name.clone()));
    }
    if points.windows(3).any(|three| level(&three[..2]) == level(&three[1..])) {
        faults.push(("no_turn", name.clone()));
    }
    let last = points.len() - 1;
    for (shape, end, next) in [(line.from, points[0], points[1]), (line.to, points[last], points[last - 1])] {
        let (icon, full) = (drawing.shapes[shape].frame, drawing.full(shape));
        let stack = Area { top: icon.top - peeks[shape], right: icon.right + peeks[shape], ..icon };
        if !drawing.shapes[shape].is_container
            && ![icon, stack].iter().any(|icon| leaves(icon, &full.union(icon), end, next))
        {
            faults.push(("detached", format!("{name} at {}", drawing.shapes[shape].id)));
        }
        if points.len() > 2 && end.distance(next) < STUB {
            faults.push(("short_stub", format!("{name} at {}: {} px", drawing.shapes[shape].id, end.distance(next))));
        }
    }
}

/// Whether a line leaves an icon (or its caption) at a right angle, from the side that it heads for.
fn leaves(icon: &Area, full: &Area, end: Spot, next: Spot) -> bool {
    let near = |at: f64, edges: [f64; 2]| edges.iter().any(|edge| (at - edge).abs() <= ARROW_GAP);
    if is_level(end, next) {
        let side = if next.x > end.x { [icon.right, full.right] } else { [icon.left, full.left] };
        near(end.x, side) && (full.top..=full.bottom).contains(&end.y)
    } else {
        let side = if next.y > end.y { [icon.bottom, full.bottom] } else { [icon.top, full.top] };
        near(end.y, side) && (full.left..=full.right).contains(&end.x)
    }
}

/// Lines of different nets that run along each other too closely.
fn side_by_side(drawing: &Drawing, faults: &mut Vec<Fault>) {
    let pieces: Vec<(usize, [Spot; 2])> = drawing
        .lines
        .iter()
        .enumerate()
        .flat_map(|(index, line)| line.points.windows(2).map(move |pair| (index, [pair[0], pair[1]])))
        .collect();
    for (position, (a, one)) in pieces.iter().enumerate() {
        for (b, other) in &pieces[position + 1..] {
            let level = is_level(one[0], one[1]);
            if drawing.lines[*a].net == drawing.lines[*b].net || level != is_level(other[0], other[1]) {
                continue;
            }
            let along = |at: Spot| if level { at.x } else { at.y };
            let across = |at: Spot| if level { at.y } else { at.x };
            let range = |[p, q]: &[Spot; 2]| (along(*p).min(along(*q)), along(*p).max(along(*q)));
            let ((start, end), (from, to)) = (range(one), range(other));
            let apart = (across(one[0]) - across(other[0])).abs();
            if end.min(to) - start.max(from) > 1.0 && apart < CLEAR {
                faults.push(("side_by_side", format!("lines {a} and {b}, {apart} px apart at {one:?}")));
            }
        }
    }
}

/// Nets that seem to join boxes between which there is no link.
fn dishonest(drawing: &Drawing, faults: &mut Vec<Fault>) {
    for one in &drawing.lines {
        for other in drawing.lines.iter().filter(|other| other.net == one.net) {
            let joined = |line: &Line| line.net == one.net && line.from == one.from && line.to == other.to;
            if !drawing.lines.iter().any(joined) {
                let name = |shape: usize| &drawing.shapes[shape].id;
                faults.push(("dishonest", format!("{} to {} in net {}", name(one.from), name(other.to), one.net)));
            }
        }
    }
}

/// Zones that hold the same and do not look the same.
fn unequal_zones(drawing: &Drawing, faults: &mut Vec<Fault>) {
    let zones: Vec<usize> = drawing.containers().filter(|&shape| drawing.shapes[shape].kind == "az").collect();
    let content = |zone: usize| {
        let mut content: Vec<String> = (0..drawing.shapes.len())
            .filter(|&shape| drawing.ancestors(shape).any(|outer| outer == zone))
            .map(|shape| {
                let path = drawing.ancestors(shape).take_while(|outer| *outer != zone);
                let word = |shape: usize| format!("{}/{}", drawing.shapes[shape].kind, drawing.shapes[shape].text);
                std::iter::once(shape).chain(path).map(word).collect::<Vec<_>>().join(" < ")
            })
            .collect();
        content.sort();
        content
    };
    for (a, b) in pairs(&zones).filter(|&(a, b)| drawing.shapes[a].parent == drawing.shapes[b].parent) {
        if content(a) != content(b) {
            continue;
        }
        let offset = regularity::offset(drawing, a, b).unwrap_or(0.0);
        if offset > TOUCH {
            faults.push(("unequal_zones", format!("{offset} px between {a} and {b}")));
        }
    }
}

/// Badges over boxes, titles or each other of which the program does not say so.
fn badges(picture: &Picture, drawing: &Drawing, faults: &mut Vec<Fault>) {
    let radius = f64::from(metrics::BADGE_RADIUS);
    let at = |center: diagram::geometry::Point| Spot { x: f64::from(center.x), y: f64::from(center.y) };
    let said = |link| picture.layout.compromises.iter().any(|compromise| compromise.subject == Subject::Link(link));
    let badges: Vec<(u32, Area)> = picture
        .layout
        .badges
        .iter()
        .filter(|badge| !said(badge.link))
        .map(|badge| (badge.number, at(badge.center).area().grown(radius)))
        .collect();
    for (index, (number, badge)) in badges.iter().enumerate() {
        let leaf = drawing.leaves().any(|leaf| drawing.full(leaf).overlaps(badge, TOUCH));
        let title = drawing
            .containers()
            .any(|shape| drawing.shapes[shape].label.is_some_and(|title| title.overlaps(badge, TOUCH)));
        let label = drawing.lines.iter().any(|line| line.label.is_some_and(|label| label.overlaps(badge, TOUCH)));
        let other = badges[index + 1..].iter().any(|(_, other)| other.overlaps(badge, TOUCH));
        for (wrong, what) in [(leaf, "a box"), (title, "a title"), (label, "a label"), (other, "another badge")] {
            if wrong {
                faults.push(("badge_over", format!("badge {number} over {what}")));
            }
        }
    }
}

/// Anything beyond the picture's margin.
fn outside(picture: &Picture, drawing: &Drawing, faults: &mut Vec<Fault>) {
    let size = picture.layout.size;
    let page = Area { left: 0.0, top: 0.0, right: f64::from(size.width), bottom: f64::from(size.height) };
    let page = page.grown(-f64::from(metrics::MARGIN));
    let boxes = (0..drawing.shapes.len()).map(|shape| drawing.full(shape));
    let points = drawing.lines.iter().flat_map(|line| line.points.iter().map(|at| at.area()));
    let labels = drawing.lines.iter().filter_map(|line| line.label);
    if !boxes.chain(points).chain(labels).all(|area| area.lies_in(&page, 0.0)) {
        faults.push(("outside", format!("of {size:?}")));
    }
}
