//! Topology to geometry: measure, place, route, label.
//!
//! Arrives: a [`Topology`]. Leaves: a [`Layout`], which always exists. Inside, each part reads only the tables of
//! the parts before it.

pub mod measure;
pub mod separation;
pub mod placement;
pub mod routing;
pub mod titles;
pub mod labels;
mod composition;
pub mod score;
pub mod estimate;
pub mod candidates;
pub mod explanation;
mod room;

use rayon::prelude::*;

use self::explanation::Explanation;
use self::placement::pieces::{self, Parted};
use self::placement::tree::Tree;
use self::placement::{Flow, Ground, Memo, Placement};
use self::score::Score;
use crate::geometry::{Point, Rect, Size};
use crate::text::TextBlock;
use crate::theme::metrics;
use crate::topology::{BoxId, Direction, LinkId, Topology};

/// Where everything stands, in px, origin at the top left of the picture.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The extents of the picture, margin included.
    pub size: Size,
    /// By `BoxId`; behind them, in their order, the `pieces`.
    pub boxes: Vec<PlacedBox>,
    /// The second and further borders of groups whose members cannot stand together.
    pub pieces: Vec<Piece>,
    /// By `LinkId`.
    pub links: Vec<RoutedLink>,
    /// By `NetId`: lines that share a trunk.
    pub nets: Vec<DrawnNet>,
    /// Labels of links, drawn once for a net.
    pub labels: Vec<LinkLabel>,
    /// What stands for labels that found no room; the legend says what they mean.
    pub markers: Vec<Marker>,
    /// Numbered badges.
    pub badges: Vec<Badge>,
    /// Where a corner had to be cut.
    pub compromises: Vec<Compromise>,
    /// How the boxes were placed, before the margin was added: what views of the picture follow.
    pub placement: Placement,
}

/// A box and what is written beside it.
#[derive(Debug, Clone)]
pub struct PlacedBox {
    /// A leaf's icon; the border of a container or an overlay.
    pub frame: Rect,
    /// A leaf's caption, a container's title.
    pub label: Option<PlacedText>,
    /// A container's corner icon, or the icon on an overlay's border.
    pub icon: Option<Rect>,
}

/// A border of a group that has several.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The group; its own border is the first one.
    pub group: BoxId,
    /// Its position among the borders of the group, from 2.
    pub number: usize,
    /// What it is drawn around.
    pub members: Vec<BoxId>,
}

/// Text with its place.
#[derive(Debug, Clone)]
pub struct PlacedText {
    /// The box that the lines fill.
    pub frame: Rect,
    /// The lines.
    pub text: TextBlock,
    /// How the lines stand in the box.
    pub align: Align,
}

/// How lines stand in their box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Flush left.
    Start,
    /// Centred.
    Middle,
}

/// One link as drawn.
#[derive(Debug, Clone)]
pub struct RoutedLink {
    /// From the border of its source to the border of its target, corners between.
    pub points: Vec<Point>,
    /// The net that it belongs to.
    pub net: routing::NetId,
    /// The positions in `pieces` of those at which it starts and ends, where it does.
    pub pieces: [Option<usize>; 2],
}

/// The lines that share a trunk.
#[derive(Debug, Clone)]
pub struct DrawnNet {
    /// Its links.
    pub links: Vec<LinkId>,
    /// Where three or more directions meet: a dot is drawn.
    pub junctions: Vec<Point>,
}

/// A label on a line.
#[derive(Debug, Clone)]
pub struct LinkLabel {
    /// A link that it belongs to (the first of its statement in its net).
    pub link: LinkId,
    /// Text and place.
    pub text: PlacedText,
    /// Where it found no room on its line: from the text to the line.
    pub leader: Option<(Point, Point)>,
}

/// A numbered badge on a line.
#[derive(Debug, Clone, Copy)]
pub struct Badge {
    /// A link that it belongs to.
    pub link: LinkId,
    /// What it says.
    pub number: u32,
    /// Its centre.
    pub center: Point,
}

/// A sign on a line whose label found no room near it.
#[derive(Debug, Clone, Copy)]
pub struct Marker {
    /// A link that it belongs to; its statement has the label.
    pub link: LinkId,
    /// Which sign, from 0; labels of the same words have the same.
    pub sign: u32,
    /// Its centre.
    pub center: Point,
}

impl Marker {
    /// What is written on it: `A` to `Z`, `AA` and so on, as numbers are those of steps.
    pub fn letters(&self) -> String {
        let mut letters = Vec::new();
        let mut rest = self.sign;
        loop {
            letters.push(char::from(b'A' + (rest % 26) as u8));
            if rest < 26 {
                break;
            }
            rest = rest / 26 - 1;
        }
        letters.into_iter().rev().collect()
    }

    /// The square around it.
    pub const fn area(&self) -> Rect {
        let radius = metrics::BADGE_RADIUS;
        Rect::new(self.center.x - radius, self.center.y - radius, 2 * radius, 2 * radius)
    }
}

/// A corner that had to be cut, to be reported as a warning.
#[derive(Debug, Clone)]
pub struct Compromise {
    /// What it concerns.
    pub subject: Subject,
    /// What happened, in the user's words.
    pub message: String,
}

/// What a compromise concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The line of a link.
    Link(LinkId),
    /// A box.
    Box(BoxId),
}

/// What a caller may wish of the layout.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Overrides the direction of the document.
    pub direction: Option<Direction>,
}

/// What a picture of at most so many links can afford.
struct Effort {
    links: usize,
    /// So many placements are sketched; the others lose on their looks alone (layout.md 3.10).
    sketched: usize,
    /// So many of the sketches are drawn with care.
    finished: usize,
    /// Whether the best is drawn once more if lines cross in it.
    again: bool,
}

/// Small pictures are cheap.
const EFFORT: [Effort; 5] = [
    Effort { links: 12, sketched: 6, finished: 4, again: true },
    Effort { links: 30, sketched: 4, finished: 2, again: true },
    Effort { links: 45, sketched: 3, finished: 1, again: false },
    Effort { links: 120, sketched: 6, finished: 3, again: true },
    Effort { links: usize::MAX, sketched: 3, finished: 1, again: false },
];
/// What is left between boxes of a view where others stood in the whole, px: as little as between any siblings, more where lines
/// find no room.
const CUT: [i32; 3] = [56, 96, 144];
/// How often badly drawn lines are drawn again in the end.
const ROUNDS: usize = 2;

/// Pictures with more links are drawn by channels.
const LARGE: usize = 150;

/// Lays out a topology: always, and always the same way.
pub fn layout(topology: &Topology, options: Options) -> Layout {
    explain(topology, options).0
}

/// Lays out a topology, and says what else was considered.
#[expect(clippy::missing_panics_doc, reason = "there is always a candidate")]
pub fn explain(topology: &Topology, options: Options) -> (Layout, Explanation) {
    let sizes = measure::measure(topology);
    let tree = Tree::new(topology);
    let direction = options.direction.unwrap_or(topology.heading.direction);
    let effort = EFFORT.iter().find(|effort| topology.links.len() <= effort.links);
    let effort = effort.expect("the last effort is for any number of links");
    let memo = Memo::default();
    let ground = Ground { topology, sizes: &sizes, tree: &tree, memo: &memo };
    if topology.links.len() > LARGE {
        return large(&ground, direction);
    }
    let candidates = candidates::search(&ground, direction, effort.sketched);
    let mut explanation = Explanation::new(&candidates);
    let sketched = best(
        effort.finished,
        candidates.into_par_iter().enumerate().map(|(index, candidate)| {
            let parted = pieces::part(&ground, candidate.placement);
            let lines = sketch(&parted, 0);
            (sketched_score(&parted, &lines), index, (parted, lines))
        }),
        |index, score| explanation.considered[index].sketch = Some(score),
    );
    let finished = best(
        1,
        sketched.into_par_iter().map(|(_, index, (parted, lines))| {
            let (score, layout) = drawn(&parted, &lines);
            (score, index, (parted, lines, layout))
        }),
        |index, score| explanation.considered[index].finished = Some(score),
    );
    let (score, winner, (parted, lines, layout)) =
        finished.into_iter().next().expect("there is at least one candidate");
    explanation.winner = winner;
    let (score, layout) = if effort.again { again(&parted, (score, layout)) } else { (score, layout) };
    let considered = &mut explanation.considered[winner];
    considered.finished = Some(score);
    let crossed = titles::crossed(&parted, &layout.placement, &lines.links, &layout.links);
    let (score, layout) = room::pass_titles(&ground, (score, layout), crossed, considered);
    let layout = room::widen(&ground, (score, layout), considered);
    (layout, explanation)
}

/// Lays out a view of a picture that has been laid out: boxes stand to each other as they do in the whole, unless the view is to read
/// in another direction.
pub fn follow(whole: (&Topology, &Layout), view: &Topology, options: Options) -> Layout {
    let (full, before) = (whole.0, &whole.1.placement);
    let direction = options.direction.unwrap_or(view.heading.direction);
    let turned = match direction {
        Direction::Auto => false,
        Direction::Down => before.root_flow != Flow::Down,
        Direction::Right => before.root_flow != Flow::Right,
    };
    if turned {
        return layout(view, options);
    }
    let sizes = measure::measure(view);
    let (tree, memo) = (Tree::new(view), Memo::default());
    let ground = Ground { topology: view, sizes: &sizes, tree: &tree, memo: &memo };
    let draw = |gap: i32| {
        let parted = pieces::part(&ground, placement::excerpt(&ground, (full, before), gap));
        if view.links.len() > LARGE {
            return in_channels(&parted);
        }
        again(&parted, drawn(&parted, &sketch(&parted, 0))).1
    };
    let mut best = draw(CUT[0]);
    for gap in &CUT[1..] {
        if room::cramped(&best).is_empty() {
            break;
        }
        let wider = draw(*gap);
        if room::cramped(&wider).len() < room::cramped(&best).len() {
            best = wider;
        }
    }
    best
}

/// Lays out a picture with many links: one placement, widened for its lines.
fn large(ground: &Ground<'_>, direction: Direction) -> (Layout, Explanation) {
    let found = candidates::search(ground, direction, 1);
    let draft = found.first().expect("there is at least one candidate").placement.clone();
    (in_channels(&pieces::part(ground, draft)), Explanation::new(&found))
}

/// Draws the lines of a placement in channels, which become as wide as they need.
fn in_channels(parted: &Parted<'_>) -> Layout {
    let Parted { topology, sizes, tree, placement, .. } = parted;
    let (placement, routes) = routing::channels::route(topology, sizes, tree, placement);
    let labels = labels::place(topology, &placement, &routes, &sizes.labels);
    composition::compose(parted, &placement, routes, labels)
}

/// A candidate's score, its position and what it is.
type Scored<T> = (Score, usize, T);

/// The `count` candidates of the lowest score, earlier ones first among equals; `note` hears the scores of all.
fn best<T: Send>(
    count: usize,
    candidates: impl ParallelIterator<Item = Scored<T>>,
    mut note: impl FnMut(usize, Score),
) -> Vec<Scored<T>> {
    let mut all: Vec<Scored<T>> = candidates.collect();
    for &(score, index, _) in &all {
        note(index, score);
    }
    all.sort_by_key(|(score, index, _)| (score.total(), *index));
    all.truncate(count);
    all
}

/// Lines as they would run if there were no titles, badly drawn ones drawn again so often.
fn sketch(parted: &Parted<'_>, rounds: usize) -> routing::Routes {
    routing::route(&parted.topology, &parted.placement, routing::Settings { titles: false, rounds })
}

/// How a placement reads with sketched lines.
fn sketched_score(parted: &Parted<'_>, lines: &routing::Routes) -> Score {
    let layout = composition::compose(parted, &parted.placement, lines.clone(), labels::Labels::default());
    score::score(&parted.topology, &parted.tree, &layout)
}

/// Draws a placement with care, with its titles where the sketch has no lines.
fn drawn(parted: &Parted<'_>, lines: &routing::Routes) -> (Score, Layout) {
    let layout = draw(parted, &titled(parted, lines));
    (score::score(&parted.topology, &parted.tree, &layout), layout)
}

/// Where lines cross tries once more, with lines that were drawn more than once: titles stand where the sketch had no lines,
/// and other lines leave them other places.
fn again(parted: &Parted<'_>, (score, layout): (Score, Layout)) -> (Score, Layout) {
    if score.crossings == 0 {
        return (score, layout);
    }
    let other = titled(parted, &sketch(parted, ROUNDS));
    if other.titles == layout.placement.titles {
        return (score, layout);
    }
    let second = draw(parted, &other);
    let better = score::score(&parted.topology, &parted.tree, &second);
    if better.total() < score.total() { (better, second) } else { (score, layout) }
}

/// The placement with the titles in the slots that the lines of the sketch leave free.
fn titled(parted: &Parted<'_>, sketch: &routing::Routes) -> Placement {
    let mut placement = parted.placement.clone();
    titles::choose(parted, &mut placement, &sketch.links);
    placement
}

/// Routes and labels a placement with care.
fn draw(parted: &Parted<'_>, placement: &Placement) -> Layout {
    let Parted { topology, sizes, .. } = parted;
    let routes = routing::route(topology, placement, routing::Settings { titles: true, rounds: ROUNDS });
    let labels = labels::place(topology, placement, &routes, &sizes.labels);
    composition::compose(parted, placement, routes, labels)
}

impl Piece {
    /// What other programs call it: `asg#2` is the second border of `asg`.
    pub fn address(&self, topology: &Topology) -> String {
        pieces::piece_address(&topology.element(self.group).address, self.number)
    }
}

impl Layout {
    /// What the first or only border of a group with members is drawn around.
    pub fn members(&self, topology: &Topology, group: BoxId) -> Vec<BoxId> {
        let mut members = topology.overlay_leaves(group);
        let elsewhere = |id: &BoxId| self.pieces_of(group).any(|(_, piece)| piece.members.contains(id));
        members.retain(|id| !elsewhere(id));
        members
    }

    /// The further borders of a group, and where they stand.
    pub fn pieces_of(&self, group: BoxId) -> impl Iterator<Item = (&PlacedBox, &Piece)> {
        let placed = &self.boxes[self.boxes.len() - self.pieces.len()..];
        placed.iter().zip(&self.pieces).filter(move |(_, piece)| piece.group == group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_lettered_like_columns() {
        let letters = |sign| Marker { link: LinkId(0), sign, center: Point { x: 0, y: 0 } }.letters();
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
