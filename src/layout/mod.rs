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
pub mod score;
pub mod estimate;
pub mod candidates;
pub mod explanation;

use rayon::prelude::*;

use self::explanation::{Considered, Explanation};
use self::measure::{Sizes, TitleStyle};
use self::placement::tree::Tree;
use self::placement::{Choice, Flow, Ground, Memo, Placement};
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
    /// By `BoxId`.
    pub boxes: Vec<PlacedBox>,
    /// By `LinkId`.
    pub links: Vec<RoutedLink>,
    /// By `NetId`: lines that share a trunk.
    pub nets: Vec<DrawnNet>,
    /// Labels of links, drawn once for a net.
    pub labels: Vec<LinkLabel>,
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
/// By how much gaps are widened where lines find no room, px.
const WIDENED: [i32; 2] = [16, 32];
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
            let placement = candidate.placement;
            let lines = routing::route(topology, &placement, routing::Settings { titles: false, rounds: 0 });
            let layout = compose(topology, &sizes, &placement, lines.clone(), labels::Labels::default());
            (score::score(topology, &tree, &layout), index, (placement, lines))
        }),
        |index, score| explanation.considered[index].sketch = Some(score),
    );
    let finished = best(
        1,
        sketched.into_par_iter().map(|(_, index, (placement, lines))| {
            let (score, layout) = finish(&ground, placement, &lines, effort.again);
            (score, index, layout)
        }),
        |index, score| explanation.considered[index].finished = Some(score),
    );
    let (score, winner, layout) = finished.into_iter().next().expect("there is at least one candidate");
    explanation.winner = winner;
    let layout = widen(&ground, (score, layout), &mut explanation.considered[winner]);
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
        let placement = placement::excerpt(&ground, (full, before), gap);
        if view.links.len() > LARGE {
            return in_channels(&ground, &placement);
        }
        let sketch = routing::route(view, &placement, routing::Settings { titles: false, rounds: 0 });
        finish(&ground, placement, &sketch, true).1
    };
    let mut best = draw(CUT[0]);
    for gap in &CUT[1..] {
        if cramped(&best) == 0 {
            break;
        }
        let wider = draw(*gap);
        if cramped(&wider) < cramped(&best) {
            best = wider;
        }
    }
    best
}

/// So many lines, or what is written on them, found no room.
fn cramped(layout: &Layout) -> usize {
    layout.compromises.iter().filter(|compromise| matches!(compromise.subject, Subject::Link(_))).count()
}

/// Where lines or what is written on them found no room, places everything again with wider gaps, if that helps
/// (layout.md 3.7: widen, place again, and only then leave an ugly line).
fn widen(ground: &Ground<'_>, (score, layout): (Score, Layout), considered: &mut Considered) -> Layout {
    let mut best = (cramped(&layout), score, layout);
    for widened in WIDENED {
        if best.0 == 0 {
            break;
        }
        let choice = Choice { widened, ..considered.choice.clone() };
        let placement = candidates::refined(ground, &choice).placement;
        let sketch = routing::route(ground.topology, &placement, routing::Settings { titles: false, rounds: 0 });
        let (score, layout) = finish(ground, placement, &sketch, false);
        if (cramped(&layout), score.total()) < (best.0, best.1.total()) {
            best = (cramped(&layout), score, layout);
            considered.choice = choice;
            considered.finished = Some(score);
        }
    }
    best.2
}

/// Lays out a picture with many links: one placement, widened for its lines.
fn large(ground: &Ground<'_>, direction: Direction) -> (Layout, Explanation) {
    let found = candidates::search(ground, direction, 1);
    let draft = &found.first().expect("there is at least one candidate").placement;
    (in_channels(ground, draft), Explanation::new(&found))
}

/// Draws the lines of a placement in channels, which become as wide as they need.
fn in_channels(ground: &Ground<'_>, draft: &Placement) -> Layout {
    let Ground { topology, sizes, tree, .. } = *ground;
    let (placement, routes) = routing::channels::route(topology, sizes, tree, draft);
    let labels = labels::place(topology, &placement, &routes, &sizes.labels);
    compose(topology, sizes, &placement, routes, labels)
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

/// Draws a placement with care; where lines still cross it tries `again` with lines that were drawn more than once.
fn finish(ground: &Ground<'_>, placement: Placement, sketch: &routing::Routes, again: bool) -> (Score, Layout) {
    let Ground { topology, tree, .. } = *ground;
    let first = draw(ground, placement.clone(), sketch);
    let score = score::score(topology, tree, &first);
    if !again || score.crossings == 0 {
        return (score, first);
    }
    // Titles stand where the sketch had no lines; other lines leave them other places.
    let lines = routing::route(topology, &placement, routing::Settings { titles: false, rounds: ROUNDS });
    let second = draw(ground, placement, &lines);
    let better = score::score(topology, tree, &second);
    if better.total() < score.total() { (better, second) } else { (score, first) }
}

/// Gives titles the slots that the lines of the sketch leave free, then routes and labels with care.
fn draw(ground: &Ground<'_>, mut placement: Placement, sketch: &routing::Routes) -> Layout {
    let Ground { topology, sizes, .. } = *ground;
    titles::choose(topology, sizes, &mut placement, &sketch.links);
    let routes = routing::route(topology, &placement, routing::Settings { titles: true, rounds: ROUNDS });
    let labels = labels::place(topology, &placement, &routes, &sizes.labels);
    compose(topology, sizes, &placement, routes, labels)
}

/// Puts the parts together, with a margin around everything that is drawn.
fn compose(
    topology: &Topology,
    sizes: &Sizes,
    placement: &Placement,
    routes: routing::Routes,
    labels: labels::Labels,
) -> Layout {
    let boxes: Vec<PlacedBox> = topology.ids().map(|id| placed_box(sizes, placement, id)).collect();
    let failed = routes.failed.iter().map(|&link| Compromise {
        subject: Subject::Link(link),
        message: "no clear way was found for this line".to_owned(),
    });
    let crowded = labels.crowded.iter().map(|&link| Compromise {
        subject: Subject::Link(link),
        message: "no clear place was found for what is written on this line".to_owned(),
    });
    let passing = passes(topology, placement, &routes);
    let compromises = failed.chain(crowded).chain(passing).chain(intruders(topology, placement)).collect();
    let links = routes.links.into_iter().zip(&routes.net_of).map(|(points, &net)| RoutedLink { points, net }).collect();
    let nets = routes.nets.into_iter().map(|net| DrawnNet { links: net.links, junctions: net.junctions }).collect();
    let placement = placement.clone();
    let (labels, badges) = (labels.labels, labels.badges);
    let mut layout = Layout { size: Size::default(), boxes, links, nets, labels, badges, compromises, placement };
    layout.frame();
    layout
}

/// Links that run through a container which holds neither of their ends, one compromise per link.
fn passes(topology: &Topology, placement: &Placement, routes: &routing::Routes) -> Vec<Compromise> {
    let containers: Vec<(BoxId, Rect)> = topology
        .ids()
        .filter(|&id| topology.element(id).container().is_some())
        .map(|id| (id, placement.frames[id.index()].inflate(-1, -1)))
        .collect();
    let mut found = Vec::new();
    for (index, line) in routes.links.iter().enumerate() {
        let id = LinkId::from(index);
        let link = &topology.links[index];
        let segments = || line.windows(2).map(|pair| Rect::of_line(pair[0], pair[1]));
        let Some(extent) = segments().reduce(|all, one| all.union(&one)) else { continue };
        let is_home = |outer: BoxId| {
            let ends = [link.from, link.to];
            ends.contains(&outer) || ends.iter().any(|&end| topology.ancestors(end).any(|holder| holder == outer))
        };
        let crossed = |(container, area): &&(BoxId, Rect)| {
            area.overlaps(&extent) && segments().any(|segment| segment.overlaps(area)) && !is_home(*container)
        };
        if let Some((container, _)) = containers.iter().find(crossed) {
            let address = &topology.element(*container).address;
            let message = format!("the line runs through `{address}`, which holds neither of its ends");
            found.push(Compromise { subject: Subject::Link(id), message });
        }
    }
    found
}

/// Boxes that stand inside the border of an overlay without being members, one compromise per overlay.
fn intruders<'a>(topology: &'a Topology, placement: &'a Placement) -> impl Iterator<Item = Compromise> + 'a {
    topology.ids().filter(|&id| topology.element(id).overlay().is_some()).filter_map(|overlay| {
        let members = topology.overlay_leaves(overlay);
        let border = placement.frames[overlay.index()];
        let inside = |id: &BoxId| {
            topology.element(*id).node().is_some()
                && placement.frames[id.index()].overlaps(&border)
                && !topology.is_within(*id, &members)
        };
        let stranger = topology.ids().find(inside)?;
        let (group, stranger) = (&topology.element(overlay).address, &topology.element(stranger).address);
        let message = format!("the border of `{group}` also runs around `{stranger}`, which is no member of it");
        Some(Compromise { subject: Subject::Box(overlay), message })
    })
}

fn placed_box(sizes: &Sizes, placement: &Placement, id: BoxId) -> PlacedBox {
    let frame = placement.frames[id.index()];
    if let Some(text) = &sizes.notes[id.index()] {
        let padding = metrics::NOTE_PADDING;
        let at = Rect::new(frame.x + padding, frame.y + padding, text.width, text.height);
        let label = PlacedText { frame: at, text: text.clone(), align: Align::Start };
        return PlacedBox { frame, label: Some(label), icon: None };
    }
    if let (Some(text), Some(at)) = (&sizes.captions[id.index()], placement.captions[id.index()]) {
        let label = PlacedText { frame: at, text: text.clone(), align: Align::Middle };
        return PlacedBox { frame, label: Some(label), icon: None };
    }
    let (Some(title), Some(at)) = (&sizes.titles[id.index()], placement.titles[id.index()]) else {
        return PlacedBox { frame, label: None, icon: None };
    };
    let align = match title.style {
        TitleStyle::Corner | TitleStyle::Flush => Align::Start,
        TitleStyle::Centered | TitleStyle::OnBorder => Align::Middle,
    };
    let label =
        titles::text_of(title, &at).zip(title.text.clone()).map(|(frame, text)| PlacedText { frame, text, align });
    PlacedBox { frame, label, icon: titles::icon_of(title, &at) }
}

impl Layout {
    /// Moves everything so that the picture starts at the origin, with its margin, and sets its size.
    fn frame(&mut self) {
        let Some(all) = self.extent() else {
            self.size = Size::new(2 * metrics::MARGIN, 2 * metrics::MARGIN);
            return;
        };
        let (dx, dy) = (metrics::MARGIN - all.x, metrics::MARGIN - all.y);
        self.size = Size::new(all.width + 2 * metrics::MARGIN, all.height + 2 * metrics::MARGIN);
        for placed in &mut self.boxes {
            placed.frame = placed.frame.offset(dx, dy);
            placed.icon = placed.icon.map(|icon| icon.offset(dx, dy));
            if let Some(label) = &mut placed.label {
                label.frame = label.frame.offset(dx, dy);
            }
        }
        for at in self.links.iter_mut().flat_map(|link| &mut link.points) {
            *at = at.offset(dx, dy);
        }
        for at in self.nets.iter_mut().flat_map(|net| &mut net.junctions) {
            *at = at.offset(dx, dy);
        }
        for label in &mut self.labels {
            label.text.frame = label.text.frame.offset(dx, dy);
            label.leader = label.leader.map(|(from, to)| (from.offset(dx, dy), to.offset(dx, dy)));
        }
        for badge in &mut self.badges {
            badge.center = badge.center.offset(dx, dy);
        }
    }

    /// The smallest rectangle around everything that is drawn.
    fn extent(&self) -> Option<Rect> {
        let boxes = self.boxes.iter().flat_map(|placed| {
            let label = placed.label.as_ref().map(|label| label.frame);
            [Some(placed.frame), label, placed.icon].into_iter().flatten()
        });
        let points = self.links.iter().flat_map(|link| &link.points).map(|at| Rect::new(at.x, at.y, 0, 0));
        let labels = self.labels.iter().map(|label| label.text.frame);
        let radius = metrics::BADGE_RADIUS;
        let badges = self
            .badges
            .iter()
            .map(|badge| Rect::new(badge.center.x - radius, badge.center.y - radius, 2 * radius, 2 * radius));
        boxes.chain(points).chain(labels).chain(badges).reduce(|sum, rect| sum.union(&rect))
    }
}
