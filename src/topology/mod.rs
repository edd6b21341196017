//! What the document means: every name an id, every replica there, every box with one parent.
//!
//! Only [`resolve`] makes a [`Topology`], and from then on nothing can fail: layout, drawing and description
//! read it and ask no questions. Tables are dense and in declaration order; ids are indexes into them.

pub mod resolve;
mod view;

use crate::catalogue::Service;
use crate::document::Table;
use crate::icons::{CustomIcons, IconId};
use crate::source::{Span, Spanned};

pub use crate::catalogue::GroupStyle;
pub use crate::document::Arrow;
pub use crate::theme::palette::Hue;

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its table.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(index as u32)
            }
        }
    };
}

index_type! {
    /// A box of the picture: a leaf, a container or an overlay.
    BoxId
}
index_type! {
    /// An entry of the document of which one or more boxes are copies.
    DefinitionId
}
index_type! {
    /// A link between two boxes.
    LinkId
}
index_type! {
    /// What the author wrote of one link: "a -> b" is one statement and as many links as there are copies.
    StatementId
}
index_type! {
    /// A named flow.
    FlowId
}

/// The architecture, complete.
#[derive(Debug, Clone)]
pub struct Topology {
    /// Title, language and the like.
    pub heading: Heading,
    /// The entries of the document, and those that it implies (the cloud, zones).
    pub definitions: Vec<Definition>,
    /// Every box; a parent always stands before its children.
    pub boxes: Vec<Element>,
    /// What the author said of links.
    pub statements: Vec<Statement>,
    /// The links, one for each pair of copies that belong together.
    pub links: Vec<Link>,
    /// The flows.
    pub flows: Vec<Flow>,
    /// The pictures: the whole first, then the author's views. A topology that is one picture of another has none.
    pub views: Vec<View>,
    /// The file that shapes the Markdown, if the author has one of their own.
    pub template: Option<Spanned<String>>,
    /// What the design must satisfy.
    pub requirements: Vec<Requirement>,
    /// The icons that the document brings along.
    pub custom_icons: CustomIcons,
}

/// What stands above the picture and steers it as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The title.
    pub title: Option<String>,
    /// One or two sentences about the whole.
    pub summary: Option<String>,
    /// The direction of the flow.
    pub direction: Direction,
    /// Which theme the author chose.
    pub theme: ThemeName,
    /// The language of generated text.
    pub language: Language,
}

/// The direction of the flow, as wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// Whichever reads better.
    #[default]
    Auto,
    /// Top to bottom.
    Down,
    /// Left to right.
    Right,
}

/// A built-in theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeName {
    /// Black on white.
    #[default]
    Light,
    /// White on dark.
    Dark,
}

/// The language of generated text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

/// An entry of the document.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its id; for implied ones (the cloud, a zone of a region) a made-up one that no author can write.
    pub id: String,
    /// Its table.
    pub table: Table,
    /// Its display name: the author's, else the catalogue's, else made from the id.
    pub name: String,
    /// Whether the author gave the name.
    pub named: bool,
    /// Where it is declared; `None` for implied ones.
    pub span: Option<Span>,
    /// What it is.
    pub description: Option<String>,
    /// Why it was chosen.
    pub why: Option<String>,
    /// A URL.
    pub link: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Kind as the catalogue has it; `None` for containers and for kinds that the document brings.
    pub service: Option<&'static Service>,
    /// `engine`
    pub engine: Option<String>,
    /// `multi-az = true`
    pub multi_az: bool,
    /// `scaling`
    pub scaling: Option<Scaling>,
    /// `count`: how many of it stand in each place; more than one are drawn as a stack.
    pub count: u32,
    /// `sla`: the share of time that its maker commits to, in percent.
    pub sla: Option<f64>,
    /// `allow`: the codes of findings that its author accepts.
    pub allow: Vec<Spanned<String>>,
    /// Why.
    pub allow_reason: Option<String>,
    /// Its boxes, in order.
    pub copies: Vec<BoxId>,
}

/// How far something scales by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaling {
    /// The fewest copies.
    pub min: Option<u32>,
    /// The most copies.
    pub max: Option<u32>,
}

/// One box of the picture.
#[derive(Debug, Clone)]
pub struct Element {
    /// The full address: `api` if there is one copy, else `api@us-east-1a`.
    pub address: String,
    /// Of which entry it is a copy.
    pub definition: DefinitionId,
    /// The innermost container that holds it; `None` at the top.
    pub parent: Option<BoxId>,
    /// The word for its kind in the layout listing (`ec2`, `vpc`, `az`, `subnet`, `auto-scaling-group`).
    pub kind: String,
    /// What is written beside it: caption of a leaf, title of a container.
    pub caption: String,
    /// What it is.
    pub content: Content,
}

/// What a box is.
#[derive(Debug, Clone)]
pub enum Content {
    /// A leaf with an icon.
    Node(Node),
    /// A box that holds others.
    Container(Container),
    /// A group drawn over the nesting, around boxes that live elsewhere.
    Overlay(Overlay),
}

/// A leaf.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Its icon; `None` is a plain box (`kind = "generic"`), or a note.
    pub icon: Option<IconId>,
    /// Whether it sits on the border of its parent.
    pub border: bool,
    /// The containers (subnets of one tier, one per zone) that one icon spans; empty for ordinary leaves. Its
    /// parent is then the innermost container that holds all of them.
    pub spans: Vec<BoxId>,
    /// Whether it stands outside the cloud.
    pub external: bool,
    /// For a Multi-AZ or clustered store: which copy it is.
    pub standing: Standing,
    /// That it is a note, and where its sheet stands.
    pub note: Option<Note>,
}

/// What makes a leaf a note: a sheet with the caption of its box on it, no component of the architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Note {
    /// The leaf right beside which the sheet stands; its parent is that of this leaf. `None` stands anywhere in its parent.
    pub beside: Option<BoxId>,
}

/// The part of one copy among its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Standing {
    /// One like all others.
    #[default]
    Equal,
    /// The one that takes writes.
    Primary,
    /// A standby or replica.
    Standby,
}

/// A box that holds others.
#[derive(Debug, Clone)]
pub struct Container {
    /// Which official group it is.
    pub style: GroupStyle,
    /// CIDR, if any.
    pub cidr: Option<String>,
    /// A region's role.
    pub role: Option<Role>,
    /// A region's code, where it is a known one.
    pub region: Option<&'static crate::catalogue::Region>,
    /// A zone's letter or name.
    pub zone: Option<String>,
    /// The full names of the zones that a region declares, whether something stands in them or not.
    pub zones: Vec<String>,
    /// Its own icon, where the author gave one.
    pub icon: Option<IconId>,
}

impl Container {
    /// One of which nothing else is known.
    pub const fn plain(style: GroupStyle) -> Self {
        Self { style, cidr: None, role: None, region: None, zone: None, zones: Vec::new(), icon: None }
    }
}

/// A region's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Serves.
    Active,
    /// Waits.
    Passive,
}

/// A group drawn over the nesting.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// Which official group it is.
    pub style: GroupStyle,
    /// What it is drawn around: leaves, containers or other overlays; never empty.
    pub members: Vec<BoxId>,
    /// Its own icon, where the author gave one.
    pub icon: Option<IconId>,
}

/// What the author said of one link.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Where.
    pub span: Span,
    /// The two ends as definitions.
    pub from: DefinitionId,
    /// The target's definition.
    pub to: DefinitionId,
    /// What is written on it.
    pub label: Option<String>,
    /// Whether it is drawn dashed.
    pub asynchronous: bool,
    /// Which ends have heads.
    pub arrow: Arrow,
    /// The colour that sets it apart.
    pub color: Option<Hue>,
    /// Replication between the copies of one store, implied by `multi-az`.
    pub implied: bool,
    /// The numbers that numbered flows give it, in order of flows.
    pub numbers: Vec<StepNumber>,
    /// Its links.
    pub links: Vec<LinkId>,
}

/// The number of a step in a numbered flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepNumber {
    /// The flow.
    pub flow: FlowId,
    /// From 1. Numbers run on over all numbered flows of a picture, so that no number appears twice.
    pub number: u32,
}

/// A link between two boxes.
#[derive(Debug, Clone)]
pub struct Link {
    /// The statement that it is a copy of.
    pub statement: StatementId,
    /// Where it starts.
    pub from: BoxId,
    /// Where it ends.
    pub to: BoxId,
}

/// A named sequence of statements.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Whether its steps carry numbers.
    pub numbered: bool,
    /// The colour that sets it apart.
    pub color: Option<Hue>,
    /// Its steps, in order, each with its own text (a statement is shared by flows, its text need not be).
    pub steps: Vec<FlowStep>,
}

/// One step of a flow: one string of `steps`, however many boxes its chain passes.
#[derive(Debug, Clone)]
pub struct FlowStep {
    /// What is drawn, in the order of the chain; never empty. The first carries the step's number.
    pub statements: Vec<StatementId>,
    /// The text of this step, if it has one.
    pub text: Option<String>,
    /// Its number, in a numbered flow.
    pub number: Option<u32>,
}

/// One picture of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its id; empty for the picture of everything.
    pub id: String,
    /// Its title, if the author gave one.
    pub title: Option<String>,
    /// Overrides the direction of the whole.
    pub direction: Option<Direction>,
    /// The boxes that belong to it, in order; those inside closed ones included.
    pub shown: Vec<BoxId>,
    /// The links that belong to it, in order.
    pub links: Vec<LinkId>,
    /// The flows that belong to it, in order.
    pub flows: Vec<FlowId>,
    /// The containers that are drawn closed, in order.
    pub closed: Vec<BoxId>,
}

impl View {
    /// What to call it: its title, else its id in words.
    pub fn name(&self) -> String {
        self.title.clone().unwrap_or_else(|| resolve::from_id(&self.id))
    }
}

/// What the design must satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// In the author's words.
    pub text: String,
    /// The rule that finds out; `None` is left to the reader.
    pub check: Option<String>,
    /// Where it stands.
    pub span: Span,
}

impl Topology {
    /// The box of that id.
    pub fn element(&self, id: BoxId) -> &Element {
        &self.boxes[id.index()]
    }

    /// The entry of which a box is a copy.
    pub fn definition(&self, id: BoxId) -> &Definition {
        &self.definitions[self.element(id).definition.index()]
    }

    /// The view of that id.
    pub fn view(&self, id: &str) -> Option<&View> {
        self.views.iter().find(|view| view.id == id)
    }

    /// The statement of a link.
    pub fn statement(&self, id: LinkId) -> &Statement {
        &self.statements[self.links[id.index()].statement.index()]
    }

    /// Every box, in order.
    pub fn ids(&self) -> impl Iterator<Item = BoxId> + use<> {
        (0..self.boxes.len()).map(BoxId::from)
    }

    /// The boxes that an overlay is drawn around, those of overlays inside it included; in order.
    pub fn overlay_leaves(&self, overlay: BoxId) -> Vec<BoxId> {
        let mut found = Vec::new();
        let mut seen = vec![overlay];
        let mut open = vec![overlay];
        while let Some(id) = open.pop() {
            let Some(group) = self.element(id).overlay() else {
                found.push(id);
                continue;
            };
            for &member in &group.members {
                if !seen.contains(&member) {
                    seen.push(member);
                    open.push(member);
                }
            }
        }
        // A sheet beside a member is inside the border, too.
        let beside = |id: &BoxId| self.note(*id).and_then(|note| note.beside);
        let sheets: Vec<BoxId> = self
            .ids()
            .filter(|id| beside(id).is_some_and(|host| found.contains(&host)) && !found.contains(id))
            .collect();
        found.extend(sheets);
        found.sort_unstable();
        found
    }

    /// What makes a box a note, if it is one.
    pub fn note(&self, id: BoxId) -> Option<Note> {
        self.element(id).node().and_then(|node| node.note)
    }

    /// Whether a box is a leaf that stands for something: not a container, and not a note about one.
    pub fn is_component(&self, id: BoxId) -> bool {
        self.element(id).node().is_some_and(|node| node.note.is_none())
    }

    /// The innermost container that holds all of some boxes.
    pub fn around(&self, boxes: &[BoxId]) -> Option<BoxId> {
        let (&first, others) = boxes.split_first()?;
        let holds = |outer: &BoxId| others.iter().all(|&id| self.ancestors(id).any(|holder| holder == *outer));
        self.ancestors(first).find(holds)
    }

    /// Whether a box is one of `holders` or stands in one of them.
    pub fn is_within(&self, id: BoxId, holders: &[BoxId]) -> bool {
        holders.contains(&id) || self.ancestors(id).any(|outer| holders.contains(&outer))
    }

    /// How many boxes are drawn as icons.
    pub fn leaf_count(&self) -> usize {
        self.boxes.iter().filter(|element| element.node().is_some()).count()
    }

    /// The containers that hold a box, innermost first.
    pub fn ancestors(&self, id: BoxId) -> impl Iterator<Item = BoxId> + '_ {
        std::iter::successors(self.element(id).parent, |&outer| self.element(outer).parent)
    }
}

impl Element {
    /// The leaf that it is.
    pub fn node(&self) -> Option<&Node> {
        match &self.content {
            Content::Node(node) => Some(node),
            _ => None,
        }
    }

    /// The container that it is.
    pub fn container(&self) -> Option<&Container> {
        match &self.content {
            Content::Container(container) => Some(container),
            _ => None,
        }
    }

    /// The overlay that it is.
    pub fn overlay(&self) -> Option<&Overlay> {
        match &self.content {
            Content::Overlay(overlay) => Some(overlay),
            _ => None,
        }
    }
}
