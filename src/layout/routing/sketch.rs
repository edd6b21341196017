//! Small pictures for the tests of lines and labels, placed by hand or at random.

use crate::catalogue::GroupStyle;
use crate::geometry::{Point, Rect, Side, Size};
use crate::icons::CustomIcons;
use crate::layout::placement::{Flow, Placement};
use crate::source::Span;
use crate::topology::{
    Arrow, BoxId, Container, Content, DefinitionId, Direction, Element, Heading, Language, Link, LinkId, Node, Overlay,
    Statement, StatementId, ThemeName, Topology,
};

/// A topology that grows together with its placement.
pub(crate) struct Sketch {
    pub(crate) topology: Topology,
    pub(crate) placement: Placement,
}

impl Sketch {
    /// An empty picture.
    pub(crate) fn new(width: i32, height: i32) -> Self {
        let heading = Heading {
            title: None,
            summary: None,
            direction: Direction::Auto,
            theme: ThemeName::Light,
            language: Language::English,
        };
        let topology = Topology {
            heading,
            definitions: Vec::new(),
            boxes: Vec::new(),
            statements: Vec::new(),
            links: Vec::new(),
            flows: Vec::new(),
            views: Vec::new(),
            template: None,
            requirements: Vec::new(),
            custom_icons: CustomIcons::default(),
        };
        let placement = Placement {
            size: Size::new(width, height),
            frames: Vec::new(),
            peeks: Vec::new(),
            captions: Vec::new(),
            titles: Vec::new(),
            border_sides: Vec::new(),
            flows: Vec::new(),
            docks: Vec::new(),
            root_flow: Flow::Down,
        };
        Self { topology, placement }
    }

    fn add(&mut self, parent: Option<BoxId>, content: Content, frame: Rect) -> BoxId {
        let id = BoxId::from(self.topology.boxes.len());
        self.topology.boxes.push(Element {
            address: format!("box{}", id.0),
            definition: DefinitionId(id.0),
            parent,
            kind: String::new(),
            caption: String::new(),
            content,
        });
        self.placement.frames.push(frame);
        self.placement.peeks.push(0);
        self.placement.captions.push(None);
        self.placement.titles.push(None);
        self.placement.border_sides.push(None);
        self.placement.flows.push(Flow::Down);
        self.placement.docks.push(None);
        id
    }

    /// A leaf of 64 px with a caption of `caption` px under it.
    pub(crate) fn leaf(&mut self, parent: Option<BoxId>, (x, y): (i32, i32), caption: i32) -> BoxId {
        let node = Node::default();
        let id = self.add(parent, Content::Node(node), Rect::new(x, y, 64, 64));
        self.placement.captions[id.index()] =
            (caption > 0).then(|| Rect::new(x + 32 - caption / 2, y + 68, caption, 30));
        id
    }

    /// A node on a side of its parent.
    pub(crate) fn border_node(&mut self, parent: BoxId, side: Side, along: i32) -> BoxId {
        let frame = self.placement.frames[parent.index()];
        let (x, y) = match side {
            Side::North | Side::South => (along, frame.edge(side)),
            Side::East | Side::West => (frame.edge(side), along),
        };
        let node = Node { border: true, ..Node::default() };
        let id = self.add(Some(parent), Content::Node(node), Rect::new(x - 24, y - 24, 48, 48));
        self.placement.captions[id.index()] = Some(Rect::new(x - 40, y + 28, 80, 15));
        self.placement.border_sides[id.index()] = Some(side);
        id
    }

    /// A container with a title of `title` px.
    pub(crate) fn container(&mut self, parent: Option<BoxId>, frame: Rect, title: i32) -> BoxId {
        let container = Container::plain(GroupStyle::Generic);
        let id = self.add(parent, Content::Container(container), frame);
        self.placement.titles[id.index()] = (title > 0).then(|| Rect::new(frame.x + 8, frame.y + 4, title, 16));
        id
    }

    /// An overlay around members, with an icon on its border where `icon` says so.
    pub(crate) fn overlay(&mut self, members: Vec<BoxId>, frame: Rect, icon: bool) -> BoxId {
        let style = if icon { GroupStyle::AutoScalingGroup } else { GroupStyle::SecurityGroup };
        let parent = self.topology.element(members[0]).parent;
        let id = self.add(parent, Content::Overlay(Overlay { style, members, icon: None }), frame);
        let middle = frame.center().x;
        self.placement.titles[id.index()] = Some(if icon {
            Rect::new(middle - 40, frame.y - 16, 80, 50)
        } else {
            Rect::new(middle - 40, frame.y + 4, 80, 16)
        });
        id
    }

    /// One statement with links for all the given pairs.
    pub(crate) fn links(&mut self, pairs: &[(BoxId, BoxId)], label: Option<&str>) -> StatementId {
        let id = StatementId::from(self.topology.statements.len());
        let mut statement = Statement {
            span: Span::default(),
            from: self.topology.element(pairs[0].0).definition,
            to: self.topology.element(pairs[0].1).definition,
            label: label.map(str::to_owned),
            asynchronous: false,
            arrow: Arrow::Forward,
            color: None,
            implied: false,
            numbers: Vec::new(),
            links: Vec::new(),
        };
        for &(from, to) in pairs {
            statement.links.push(LinkId::from(self.topology.links.len()));
            self.topology.links.push(Link { statement: id, from, to });
        }
        self.topology.statements.push(statement);
        id
    }

    /// One statement with one link.
    pub(crate) fn link(&mut self, from: BoxId, to: BoxId) -> StatementId {
        self.links(&[(from, to)], None)
    }

    /// The topology so far.
    pub(crate) fn boxes(&self) -> Vec<BoxId> {
        self.topology.ids().collect()
    }
}

/// A small generator of numbers with a seed (xorshift64*), so that a failing picture can be drawn again.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// A random picture: nested rows and columns of boxes, border nodes, overlays, and links of every kind.
pub(crate) fn random(seed: u64) -> Sketch {
    let mut dice = Dice::new(seed);
    let mut sketch = Sketch::new(0, 0);
    let gap = dice.one_of(&[10, 16, 28, 40]);
    let depth = dice.below(4);
    let size = grow(&mut sketch, &mut dice, None, Point { x: 0, y: 0 }, (depth, gap));
    sketch.placement.size = size;
    add_overlays(&mut sketch, &mut dice, gap);
    let boxes = sketch.boxes();
    let links = dice.below(2 * boxes.len() + 2);
    for _ in 0..links {
        let label = if dice.below(4) == 0 { Some("some words") } else { None };
        let hub = boxes[dice.below(2.min(boxes.len()))];
        let from = if dice.below(4) == 0 { hub } else { dice.one_of(&boxes) };
        match dice.below(6) {
            0 => {
                let to: Vec<BoxId> = boxes.iter().copied().filter(|_| dice.below(boxes.len()) < 3).collect();
                let pairs: Vec<(BoxId, BoxId)> = to.into_iter().map(|to| (from, to)).collect();
                if !pairs.is_empty() {
                    sketch.links(&pairs, label);
                }
            }
            1 => {
                let sources: Vec<BoxId> = boxes.iter().copied().filter(|_| dice.below(boxes.len()) < 3).collect();
                let pairs: Vec<(BoxId, BoxId)> = sources.into_iter().map(|source| (source, from)).collect();
                if !pairs.is_empty() {
                    sketch.links(&pairs, label);
                }
            }
            _ => {
                let to = dice.one_of(&boxes);
                sketch.links(&[(from, to)], label);
            }
        }
    }
    sketch
}

/// Fills a container (or the picture) from `at`; returns its extents.
fn grow(sketch: &mut Sketch, dice: &mut Dice, parent: Option<BoxId>, at: Point, (depth, gap): (usize, i32)) -> Size {
    let pad = 24.max(gap);
    let inset = if parent.is_some() { Point { x: pad, y: pad + 24 } } else { Point { x: 40, y: 40 } };
    let columns = 1 + dice.below(3);
    let count = 1 + dice.below(if depth == 0 { 6 } else { 4 });
    let (mut x, mut y) = (at.x + inset.x, at.y + inset.y);
    let (mut row, mut right) = (0, x);
    for index in 0..count {
        if index > 0 && index % columns == 0 {
            (x, y, row) = (at.x + inset.x, y + row + gap, 0);
        }
        let size = if depth > 0 && dice.below(3) > 0 {
            let title = dice.one_of(&[0, 60, 90]);
            let id = sketch.container(parent, Rect::new(x, y, 0, 0), title);
            let mut size = if dice.below(8) == 0 {
                Size::new(104, 64)
            } else {
                grow(sketch, dice, Some(id), Point { x, y }, (depth - 1, gap))
            };
            size.width += size.width % 2;
            size.height += size.height % 2;
            sketch.placement.frames[id.index()] = Rect::new(x, y, size.width, size.height);
            size
        } else {
            let caption = dice.one_of(&[0, 40, 64, 108]);
            let wide = caption.max(64);
            sketch.leaf(parent, (x + (wide - 64) / 2, y), caption);
            Size::new(wide, if caption > 0 { 98 } else { 64 })
        };
        x += size.width + gap;
        right = right.max(x - gap);
        row = row.max(size.height);
    }
    Size::new(right - at.x + inset.x, y + row - at.y + pad)
}

/// Overlays around single leaves, and border nodes where nothing else is near.
fn add_overlays(sketch: &mut Sketch, dice: &mut Dice, gap: i32) {
    for id in sketch.boxes() {
        let frame = sketch.placement.frames[id.index()];
        let element = sketch.topology.element(id);
        if element.node().is_some() && gap >= 40 && dice.below(5) == 0 {
            let whole = sketch.placement.whole(id);
            sketch.overlay(
                vec![id],
                Rect::from_edges(whole.x - 10, whole.y - 24, whole.right() + 10, whole.bottom() + 8),
                false,
            );
        } else if element.container().is_some() && frame.height > 260 && gap >= 28 && dice.below(2) == 0 {
            let top = frame.top() - 28;
            let along = frame.center().x;
            let area = Rect::from_edges(along - 60, top, along + 60, frame.top() + 70);
            let taken = sketch.boxes().iter().any(|&other| {
                let other_frame = sketch.placement.frames[other.index()];
                let leaf = sketch.topology.element(other).node().is_some();
                leaf && other_frame.inflate(24, 40).overlaps(&area)
                    || sketch.placement.titles[other.index()].is_some_and(|title| title.overlaps(&area))
                    || !leaf && other != id && other_frame.overlaps(&area) && !other_frame.contains(&area)
            });
            if !taken {
                sketch.border_node(id, Side::North, along);
            }
        }
    }
}
