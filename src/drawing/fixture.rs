//! Topologies and layouts made by hand, for the tests of drawing and export.

use crate::document::Table;
use crate::geometry::{Point, Rect, Size};
use crate::icons::{CustomIcon, CustomIcons, IconId};
use crate::layout::placement::Placement;
use crate::layout::routing::NetId;
use crate::layout::{Align, Badge, DrawnNet, Layout, LinkLabel, PlacedBox, PlacedText, RoutedLink};
use crate::source::Span;
use crate::text::{TextBlock, TextStyle};
use crate::theme::metrics;
use crate::topology::{
    Arrow, BoxId, Container, Content, Definition, DefinitionId, Direction, Element, Flow, FlowStep, GroupStyle,
    Heading, Language, Link, LinkId, Node, Overlay, Statement, StatementId, ThemeName, Topology,
};

/// A picture under construction.
pub struct Fixture {
    /// What there is.
    pub topology: Topology,
    /// Where it stands.
    pub layout: Layout,
}

impl Fixture {
    /// An empty picture of `width` by `height` px.
    pub fn new(width: i32, height: i32) -> Self {
        let heading = Heading {
            title: None,
            summary: None,
            direction: Direction::Down,
            theme: ThemeName::Light,
            language: Language::English,
        };
        Self {
            topology: Topology {
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
            },
            layout: Layout {
                size: Size::new(width, height),
                boxes: Vec::new(),
                pieces: Vec::new(),
                links: Vec::new(),
                nets: Vec::new(),
                labels: Vec::new(),
                markers: Vec::new(),
                badges: Vec::new(),
                compromises: Vec::new(),
                placement: Placement::default(),
            },
        }
    }

    /// Two services in a network, joined by a labelled and a dashed line, and a numbered flow over them.
    pub fn two_services() -> Self {
        let mut fixture = Self::new(400, 300);
        fixture.topology.heading.title = Some("Orders".to_owned());
        fixture.topology.heading.summary = Some("Takes orders and keeps them.".to_owned());
        let cloud = fixture.container("cloud", GroupStyle::Cloud, None, Rect::new(20, 20, 360, 260));
        let vpc = fixture.container("vpc", GroupStyle::Vpc, Some(cloud), Rect::new(40, 80, 320, 180));
        let (api, store) = (Some("api"), Some("store"));
        let api = fixture.node("api", Some(vpc), Rect::new(60, 120, 64, 64), api);
        let store = fixture.node("store", Some(vpc), Rect::new(260, 120, 64, 64), store);
        let (left, right) = (126, 258);
        let link = fixture.link(api, store, &[(left, 152), (right, 152)]);
        fixture.label(link, "SQL", Rect::new(180, 145, 24, 14));
        let back = fixture.link(store, api, &[(292, 118), (292, 100), (92, 100), (92, 118)]);
        fixture.topology.statements[back.index()].asynchronous = true;
        fixture.number(&[link]);
        fixture.layout.badges.push(Badge { link, number: 1, center: Point { x: 150, y: 152 } });
        fixture
    }

    /// Adds a box of any content, with its id as its name.
    fn add(&mut self, id: &str, parent: Option<BoxId>, kind: &str, content: Content, placed: PlacedBox) -> BoxId {
        let box_id = BoxId::from(self.topology.boxes.len());
        self.topology.boxes.push(Element {
            address: id.to_owned(),
            definition: DefinitionId(box_id.0),
            parent,
            kind: kind.to_owned(),
            caption: id.to_owned(),
            content,
        });
        self.topology.definitions.push(Definition {
            id: id.to_owned(),
            table: Table::Services,
            name: id.to_owned(),
            named: true,
            span: None,
            description: None,
            why: None,
            link: None,
            tags: Vec::new(),
            service: None,
            engine: None,
            multi_az: false,
            scaling: None,
            count: 1,
            sla: None,
            allow: Vec::new(),
            allow_reason: None,
            copies: vec![box_id],
        });
        self.layout.boxes.push(placed);
        box_id
    }

    /// Adds a container with a title and a place for its corner icon.
    pub fn container(&mut self, id: &str, style: GroupStyle, parent: Option<BoxId>, frame: Rect) -> BoxId {
        let content = Content::Container(Container::plain(style));
        self.add(id, parent, "group", content, grouped(id, frame))
    }

    /// Adds an overlay with a title and a place for its icon.
    pub fn overlay(&mut self, id: &str, style: GroupStyle, members: Vec<BoxId>, frame: Rect) -> BoxId {
        let content = Content::Overlay(Overlay { style, members, icon: None });
        self.add(id, None, "group", content, grouped(id, frame))
    }

    /// Adds a leaf with a caption under it; `icon` names a drawing of its own, which two leaves may share.
    pub fn node(&mut self, id: &str, parent: Option<BoxId>, frame: Rect, icon: Option<&str>) -> BoxId {
        let icon = icon.map(|name| self.icon(name));
        let content = Content::Node(Node { icon, ..Node::default() });
        let caption = Rect::new(frame.x, frame.bottom() + metrics::CAPTION_GAP, frame.width, 15);
        let placed = PlacedBox { frame, label: Some(text(id, metrics::CAPTION, caption, Align::Middle)), icon: None };
        self.add(id, parent, "service", content, placed)
    }

    /// The icon of that name, made up if there is none yet.
    fn icon(&mut self, name: &str) -> IconId {
        let icons = &mut self.topology.custom_icons.0;
        let known = icons.iter().position(|icon| icon.name == name);
        let index = known.unwrap_or_else(|| {
            let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><defs><clipPath id="a"><path d="M0 0h8v8H0z"/></clipPath></defs><path clip-path="url(#a)" fill="#c925d1" d="M0 0h8v8H0z"/></svg>"##;
            icons.push(CustomIcon { name: name.to_owned(), svg: svg.to_owned() });
            icons.len() - 1
        });
        IconId::Custom(index as u16)
    }

    /// Adds a link in a net of its own.
    pub fn link(&mut self, from: BoxId, to: BoxId, points: &[(i32, i32)]) -> LinkId {
        let net = self.layout.nets.len();
        self.layout.nets.push(DrawnNet { links: Vec::new(), junctions: Vec::new() });
        self.link_in(net, from, to, points)
    }

    /// Adds a link to a net.
    pub fn link_in(&mut self, net: usize, from: BoxId, to: BoxId, points: &[(i32, i32)]) -> LinkId {
        let link = LinkId::from(self.topology.links.len());
        self.topology.statements.push(Statement {
            span: Span::default(),
            from: DefinitionId(from.0),
            to: DefinitionId(to.0),
            label: None,
            asynchronous: false,
            arrow: Arrow::Forward,
            color: None,
            implied: false,
            numbers: Vec::new(),
            links: vec![link],
        });
        self.topology.links.push(Link { statement: StatementId(link.0), from, to });
        let points = points.iter().map(|&(x, y)| Point { x, y }).collect();
        self.layout.links.push(RoutedLink { points, net: NetId(net as u32), pieces: [None; 2] });
        self.layout.nets[net].links.push(link);
        link
    }

    /// Writes a label on a link.
    pub fn label(&mut self, link: LinkId, words: &str, frame: Rect) {
        self.topology.statements[link.index()].label = Some(words.to_owned());
        let text = text(words, metrics::LINK_LABEL, frame, Align::Middle);
        self.layout.labels.push(LinkLabel { link, text, leader: None });
    }

    /// Makes a numbered flow of links.
    pub fn number(&mut self, links: &[LinkId]) {
        let step = |(index, link): (usize, &LinkId)| FlowStep {
            statements: vec![StatementId(link.0)],
            text: Some("writes it down".to_owned()),
            number: Some(index as u32 + 1),
        };
        self.topology.flows.push(Flow {
            id: "order".to_owned(),
            name: "An order".to_owned(),
            description: None,
            numbered: true,
            color: None,
            steps: links.iter().enumerate().map(step).collect(),
        });
    }
}

/// A group's frame, with icon and title in its corner.
fn grouped(id: &str, frame: Rect) -> PlacedBox {
    let icon = metrics::GROUP_ICON;
    let title = Rect::new(frame.x + icon + 6, frame.y + 8, 80, 15);
    PlacedBox {
        frame,
        label: Some(text(id, metrics::TITLE, title, Align::Start)),
        icon: Some(Rect::new(frame.x, frame.y, icon, icon)),
    }
}

/// One line of text in its box.
fn text(words: &str, style: TextStyle, frame: Rect, align: Align) -> PlacedText {
    let text = TextBlock { style, lines: vec![words.to_owned()], width: frame.width, height: frame.height };
    PlacedText { frame, text, align }
}
