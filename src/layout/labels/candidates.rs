//! Where a label or a badge may stand on its line.

use std::rc::Rc;

use super::Subject;
use super::field::{Field, OVER_BOX, badge_area, meets};
use crate::geometry::{Axis, Point, Rect, point};
use crate::layout::routing::Routes;
use crate::text::{self, TextBlock};
use crate::theme::metrics;
use crate::topology::LinkId;

/// Shares of a segment at which labels are tried first, in sixtieths.
const SHARES: [i32; 5] = [30, 20, 40, 12, 48];
/// What it costs to name the branch of one link where others of the subject branch off elsewhere.
const ON_BRANCH: u32 = 30;
/// What it costs to cover a stretch that several links share: which of them is meant?
const ON_TRUNK: u32 = 70;
/// Nearest and farthest that a label with a leader stands off its line, and the steps between, px.
const LED: (i32, i32, usize) = (18, 60, 7);
/// What a leader costs: less than to write over the line of another net.
const LEADER: u32 = 85;
/// Between a line and a label beside it, px.
const BESIDE: i32 = 4;
/// The farthest that a label may stand from its line, px.
const FARTHEST: i32 = 11;
/// From one place to the next where the first ones are taken, px.
const STEP: i32 = 8;
/// Line that stays visible at each end of a label on it, px.
const VISIBLE: i32 = 8;
/// Room for an arrow head, px.
const HEAD: i32 = 14;
/// Narrow wrap for labels that find no place, px and lines.
const NARROW_WRAP: (i32, usize) = (64, 4);
/// What it costs to stand beside the line instead of on it.
const BADGE_BESIDE: u32 = 80;
/// What each step further off costs, and how many there are.
const BADGE_FARTHER: u32 = 40;
const BADGE_ROWS: i32 = 3;
/// What it costs to stand where a link of another statement runs too: whose number is it?
const BADGE_ON_TRUNK: u32 = 200;
/// What it costs to touch such a stretch.
const BADGE_AT_TRUNK: u32 = 40;
/// What it costs to stand on another line of the statement than the first.
const OTHER_LINE: u32 = 30;
/// On a line shorter than this a badge stands beside it, px.
const SHORT_LINE: i32 = 4 * metrics::BADGE_RADIUS + HEAD;
/// From the end of a line to the first badge on it, px.
const BADGE_OFF_END: i32 = metrics::BADGE_RADIUS + 6;

/// One place for a label.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The link on whose line it stands.
    pub(super) link: LinkId,
    /// Where.
    pub(super) area: Rect,
    /// The segment that it names, without thickness.
    pub(super) host: Rect,
    /// The text as it is wrapped there.
    pub(super) text: Rc<TextBlock>,
    /// What the place costs by itself.
    pub(super) price: u32,
    /// From the text to its line, where it stands off it.
    pub(super) leader: Option<(Point, Point)>,
}

/// A label and its places.
#[derive(Debug)]
pub(super) struct Options {
    /// Whose lines it may stand over.
    pub(super) net: crate::layout::routing::NetId,
    /// The places, the preferred ones first; never empty.
    pub(super) spots: Vec<Spot>,
}

/// A segment that a label may name.
struct Segment {
    link: LinkId,
    from: Point,
    to: Point,
    /// Whether lines of several links run here.
    shared: bool,
    /// The share of the subject's links that do not run here, percent.
    missed: u32,
    /// Whether a head may stand at its start or end.
    ends: (bool, bool),
    /// Px of line before it, and of the whole line.
    position: (i32, i32),
}

/// The preferred places for the label of a subject.
pub(super) fn label_options(routes: &Routes, subject: &Subject, text: &TextBlock) -> Options {
    let mut spots = Vec::new();
    let text = Rc::new(text.clone());
    for segment in &segments(routes, subject) {
        add_spots(&mut spots, segment, &text, &shares(segment), 0);
    }
    Options { net: subject.net, spots }
}

/// Further places, for a label that finds no good one: anywhere, broken narrowly, and off the line with a leader.
pub(super) fn more_spots(routes: &Routes, subject: &Subject, (text, words): (&TextBlock, &str)) -> Vec<Spot> {
    let narrow = Rc::new(text::wrap(words, text.style, NARROW_WRAP.0, NARROW_WRAP.1));
    let text = Rc::new(text.clone());
    let mut spots = Vec::new();
    for segment in &segments(routes, subject) {
        add_spots(&mut spots, segment, &text, &everywhere(segment), 20);
        add_spots(&mut spots, segment, &narrow, &everywhere(segment), 30);
        add_led_spots(&mut spots, segment, &narrow);
    }
    spots
}

/// The segments that belong to the subject alone, or all of its lines' where there are none.
fn segments(routes: &Routes, subject: &Subject) -> Vec<Segment> {
    let foreign = foreign_pieces(routes, subject);
    let mut segments = Vec::new();
    for &link in &subject.links {
        let line = &routes.links[link.index()];
        let whole: i32 = line.windows(2).map(|pair| pair[0].manhattan(pair[1])).sum();
        let mut before = 0;
        for (index, pair) in line.windows(2).enumerate() {
            for (from, to) in cut(pair[0], pair[1], &foreign) {
                let piece = extent(from, to);
                if foreign.iter().any(|other| other.contains(&piece)) {
                    continue;
                }
                let sharing = subject.links.iter().filter(|other| {
                    routes.links[other.index()].windows(2).any(|pair| overlaps_along(extent(pair[0], pair[1]), piece))
                });
                let sharing = sharing.count();
                segments.push(Segment {
                    link,
                    from,
                    to,
                    shared: sharing > 1,
                    missed: ((subject.links.len() - sharing) * 100 / subject.links.len()) as u32,
                    ends: (index == 0 && from == pair[0], index + 2 == line.len() && to == pair[1]),
                    position: (before + pair[0].manhattan(from), whole),
                });
            }
            before += pair[0].manhattan(pair[1]);
        }
    }
    if segments.is_empty() {
        let link = subject.links[0];
        let line = &routes.links[link.index()];
        let whole = line.windows(2).map(|pair| pair[0].manhattan(pair[1])).sum();
        segments.extend(line.windows(2).map(|pair| Segment {
            link,
            from: pair[0],
            to: pair[1],
            shared: true,
            missed: 0,
            ends: (true, true),
            position: (0, whole),
        }));
    }
    segments
}

/// A segment cut where the lines of others join or leave it.
fn cut(from: Point, to: Point, foreign: &[Rect]) -> Vec<(Point, Point)> {
    let here = extent(from, to);
    let mut stops: Vec<Point> = vec![from, to];
    for other in foreign {
        let corners = [point(other.left(), other.top()), point(other.right(), other.bottom())];
        stops.extend(corners.iter().filter(|at| here.contains_point(**at)));
    }
    stops.sort_by_key(|at| at.manhattan(from));
    stops.dedup();
    stops.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn extent(from: Point, to: Point) -> Rect {
    Rect::from_edges(from.x.min(to.x), from.y.min(to.y), from.x.max(to.x), from.y.max(to.y))
}

/// Whether two pieces without thickness run along each other.
fn overlaps_along(one: Rect, other: Rect) -> bool {
    let width = one.right().min(other.right()) - one.left().max(other.left());
    let height = one.bottom().min(other.bottom()) - one.top().max(other.top());
    width >= 0 && height >= 0 && width + height > 0
}

fn shares(segment: &Segment) -> Vec<i32> {
    let length = segment.from.manhattan(segment.to);
    SHARES.iter().map(|share| length * share / 60).collect()
}

fn everywhere(segment: &Segment) -> Vec<i32> {
    let length = segment.from.manhattan(segment.to);
    (0..=length / STEP).map(|step| step * STEP).collect()
}

fn add_spots(spots: &mut Vec<Spot>, segment: &Segment, text: &Rc<TextBlock>, positions: &[i32], extra: u32) {
    let length = segment.from.manhattan(segment.to);
    if length == 0 {
        return;
    }
    let axis = if segment.from.y == segment.to.y { Axis::Horizontal } else { Axis::Vertical };
    let (along, across) = if axis == Axis::Horizontal { (text.width, text.height) } else { (text.height, text.width) };
    for &position in positions {
        let at = point(
            segment.from.x + (segment.to.x - segment.from.x) * position / length,
            segment.from.y + (segment.to.y - segment.from.y) * position / length,
        );
        let room = |end: bool| if end { HEAD } else { VISIBLE };
        let before = position - along / 2 - room(segment.ends.0);
        let after = length - position - along / 2 - room(segment.ends.1);
        let missing = (-before).max(0) + (-after).max(0);
        let away = across / 2 + BESIDE;
        for (offset, price) in
            [(0, 0), (-away, 6), (away, 7), (-away - FARTHEST + BESIDE, 12), (away + FARTHEST - BESIDE, 12)]
        {
            let on_line = offset == 0;
            if on_line && missing > 0 {
                continue;
            }
            let center = if axis == Axis::Horizontal { at.offset(0, offset) } else { at.offset(offset, 0) };
            let area = Rect::new(center.x - text.width / 2, center.y - text.height / 2, text.width, text.height);
            let beyond = if on_line { 0 } else { 15.min(missing as u32) };
            let hides_others = if on_line && segment.shared { ON_TRUNK } else { 0 };
            let vertical = if axis == Axis::Vertical { 2 } else { 0 };
            let price = price
                + extra
                + beyond
                + hides_others
                + vertical
                + segment.missed * ON_BRANCH / 100
                + off_source(segment, position)
                + off_middle(position, length);
            spots.push(Spot {
                link: segment.link,
                area,
                host: extent(segment.from, segment.to),
                text: Rc::clone(text),
                price,
                leader: None,
            });
        }
    }
}

/// Places off the line, to which a leader shows the way.
fn add_led_spots(spots: &mut Vec<Spot>, segment: &Segment, text: &Rc<TextBlock>) {
    let length = segment.from.manhattan(segment.to);
    let axis = if segment.from.y == segment.to.y { Axis::Horizontal } else { Axis::Vertical };
    let across = if axis == Axis::Horizontal { text.height } else { text.width };
    let toward = |share: i32| {
        let part = |from: i32, to: i32| from + (to - from) * share / length.max(1);
        point(part(segment.from.x, segment.to.x), part(segment.from.y, segment.to.y))
    };
    for position in everywhere(segment) {
        let at = toward(position);
        for off in (LED.0..=LED.1).step_by(LED.2).flat_map(|off| [-off, off]) {
            let shift = |by: i32| if axis == Axis::Horizontal { at.offset(0, by) } else { at.offset(by, 0) };
            let center = shift(off + off.signum() * across / 2);
            spots.push(Spot {
                link: segment.link,
                area: Rect::new(center.x - text.width / 2, center.y - text.height / 2, text.width, text.height),
                host: extent(segment.from, segment.to),
                text: Rc::clone(text),
                price: LEADER + off.unsigned_abs() / 2 + off_middle(position, length),
                leader: Some((shift(off), at)),
            });
        }
    }
}

/// A label is looked for in the first third of a line and beyond, not at its very end.
fn off_source(segment: &Segment, position: i32) -> u32 {
    let (before, whole) = segment.position;
    let share = (before + position) * 100 / whole.max(1);
    (share - 50).unsigned_abs() * 15 / 50
}

fn off_middle(position: i32, length: i32) -> u32 {
    ((2 * position - length).unsigned_abs() * 10) / length.max(1) as u32
}

/// A place for a badge.
#[derive(Debug, Clone, Copy)]
pub(super) struct BadgeSpot {
    /// The link on whose line it stands.
    pub(super) link: LinkId,
    /// Its middle.
    pub(super) center: Point,
    /// Whether it stands over nothing that is solid or written.
    pub(super) free: bool,
}

/// The place of a badge: on its line, where no link of another statement runs, as near to the source as anything lets it.
pub(super) fn badge_spot(field: &Field, routes: &Routes, subject: &Subject) -> Option<BadgeSpot> {
    let foreign = foreign_pieces(routes, subject);
    let mut best: Option<(u32, BadgeSpot)> = None;
    for (index, &link) in subject.links.iter().enumerate() {
        let line = &routes.links[link.index()];
        let whole: i32 = line.windows(2).map(|pair| pair[0].manhattan(pair[1])).sum();
        let first = BADGE_OFF_END.min(whole / 2);
        let last = (whole - BADGE_OFF_END - HEAD).max(first);
        // On a short line a badge would leave nothing to see but the head.
        let crowds = if whole < SHORT_LINE { 2 * BADGE_BESIDE } else { 0 };
        let lines = OTHER_LINE.min(index as u32 * OTHER_LINE);
        for (away, extra) in badge_distances(crowds) {
            for step in 0..=(last - first) / 4 {
                let own = step.unsigned_abs() / 2 + extra + lines;
                if best.is_some_and(|(known, _)| known <= own) {
                    break;
                }
                let Some((at, host)) = point_at(line, first + 4 * step) else { continue };
                let center = if host.height == 0 { at.offset(0, away) } else { at.offset(away, 0) };
                let Some(over) = field.price(badge_area(center), subject.net, host) else { continue };
                let price = over + own + near_trunk(&foreign, at);
                if best.is_none_or(|(known, _)| price < known) {
                    best = Some((price, BadgeSpot { link, center, free: over < OVER_BOX }));
                }
            }
        }
        // Other lines of the statement are only looked at where this one has no good place.
        if best.is_some_and(|(price, _)| price < BADGE_ON_TRUNK) {
            break;
        }
    }
    best.map(|(_, spot)| spot).or_else(|| least_covered(field, routes, subject.links[0]))
}

/// The place of a badge on a line without a free one: over as little as possible.
fn least_covered(field: &Field, routes: &Routes, link: LinkId) -> Option<BadgeSpot> {
    let line = &routes.links[link.index()];
    let whole: i32 = line.windows(2).map(|pair| pair[0].manhattan(pair[1])).sum();
    let centers = (0..=whole / 4).filter_map(|step| {
        let (at, host) = point_at(line, 4 * step)?;
        let shift = move |away: i32| if host.height == 0 { at.offset(0, away) } else { at.offset(away, 0) };
        Some(badge_distances(0).map(move |(away, _)| shift(away)))
    });
    let best = centers.flatten().min_by_key(|&center| field.covered(badge_area(center)))?;
    Some(BadgeSpot { link, center: best, free: false })
}

/// What it costs a badge at a point of its line that links of other statements run there, or close by.
fn near_trunk(foreign: &[Rect], at: Point) -> u32 {
    if foreign.iter().any(|piece| piece.contains_point(at)) {
        return BADGE_ON_TRUNK;
    }
    let around = badge_area(at).inflate(BESIDE, BESIDE);
    if foreign.iter().any(|piece| meets(around, *piece)) { BADGE_AT_TRUNK } else { 0 }
}

/// How far off its line a badge may stand, and what that costs; `crowds` is the price of the line itself.
fn badge_distances(crowds: u32) -> impl Iterator<Item = (i32, u32)> {
    let beside = metrics::BADGE_RADIUS + BESIDE;
    let off = (0..BADGE_ROWS).flat_map(move |row| {
        let (away, price) = (beside + row * STEP, BADGE_BESIDE + row.unsigned_abs() * BADGE_FARTHER);
        [(away, price), (-away, price)]
    });
    std::iter::once((0, crowds)).chain(off)
}

/// The pieces of the net's lines that belong to other statements.
fn foreign_pieces(routes: &Routes, subject: &Subject) -> Vec<Rect> {
    let net = &routes.nets[subject.net.index()];
    let others = net.links.iter().filter(|link| !subject.links.contains(link));
    others.flat_map(|link| routes.links[link.index()].windows(2).map(|pair| extent(pair[0], pair[1]))).collect()
}

/// The point at a distance along a line, and the segment that holds it.
fn point_at(line: &[Point], mut distance: i32) -> Option<(Point, Rect)> {
    for pair in line.windows(2) {
        let length = pair[0].manhattan(pair[1]);
        if distance <= length {
            let toward = |from: i32, to: i32| from + (to - from).signum() * distance;
            return Some((point(toward(pair[0].x, pair[1].x), toward(pair[0].y, pair[1].y)), extent(pair[0], pair[1])));
        }
        distance -= length;
    }
    None
}
