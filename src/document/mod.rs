//! The author's words, each with its place; nothing is looked up or defaulted here.
//!
//! Arrives: the text of a TOML file. Leaves: a [`Document`], or every mistake of form in it: bad TOML, unknown
//! tables and keys, values of the wrong type. What words *mean* (kinds, ids, places) is the topology's business.

pub(crate) mod ids;
pub mod include;
mod parse;
mod step_advice;
pub(crate) mod steps;
mod strings;

use crate::source::{Span, Spanned};

pub use include::{Loaded, load};
pub use parse::parse;
pub(crate) use parse::{meanings, schema};

/// Everything that a file says.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The `[diagram]` table.
    pub settings: Settings,
    /// `template` of `[description]`: the file that shapes the Markdown.
    pub template: Option<Spanned<String>>,
    /// Every box, in the order of the file.
    pub boxes: Vec<BoxEntry>,
    /// `[[links]]`, in the order of the file.
    pub links: Vec<LinkEntry>,
    /// `[flows.ID]`, in the order of the file.
    pub flows: Vec<FlowEntry>,
    /// `[views.ID]`, in the order of the file.
    pub views: Vec<ViewEntry>,
    /// `[[requirements]]`, in the order of the file.
    pub requirements: Vec<RequirementEntry>,
    /// `[defaults.TABLE.KIND]`.
    pub defaults: Vec<DefaultsEntry>,
    /// `[icons]`: kind, path.
    pub icons: Vec<(Spanned<String>, Spanned<String>)>,
    /// `pack` of `[icons]`: folders of icons.
    pub packs: Vec<Spanned<String>>,
    /// `include`: other files.
    pub includes: Vec<Spanned<String>>,
    /// Whether some of the text could not be read, so that an id that seems to be missing may stand there: such a
    /// document has errors already, and "unknown id" would only be noise.
    pub incomplete: bool,
}

/// The `[diagram]` table.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Title of the picture and the page.
    pub title: Option<Spanned<String>>,
    /// One or two sentences about the whole.
    pub summary: Option<Spanned<String>>,
    /// `auto`, `down` or `right`.
    pub direction: Option<Spanned<String>>,
    /// `light` or `dark`.
    pub theme: Option<Spanned<String>>,
    /// `en` or `es`.
    pub lang: Option<Spanned<String>>,
    /// `false` draws no AWS Cloud box.
    pub cloud: Option<Spanned<bool>>,
}

/// The table in which a box is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// `[clouds.ID]`
    Clouds,
    /// `[accounts.ID]`
    Accounts,
    /// `[regions.ID]`
    Regions,
    /// `[vpcs.ID]`
    Vpcs,
    /// `[azs.ID]`
    Azs,
    /// `[subnets.ID]`
    Subnets,
    /// `[groups.ID]`
    Groups,
    /// `[services.ID]`
    Services,
    /// `[externals.ID]`
    Externals,
    /// `[notes.ID]`
    Notes,
}

impl Table {
    /// The name of the table, as it is written.
    pub(crate) fn name(self) -> &'static str {
        schema::BOX_TABLES.iter().find(|(_, table, _)| *table == self).map_or("services", |(name, ..)| name)
    }
}

/// One box as declared. A key that its table does not take is reported by the parser and stays `None`.
#[derive(Debug, Clone)]
pub struct BoxEntry {
    /// Where it is declared.
    pub table: Table,
    /// The key of its entry.
    pub id: Spanned<String>,
    /// The whole entry.
    pub span: Span,
    /// `name`
    pub name: Option<Spanned<String>>,
    /// `in`: one id or several; empty when left out.
    pub within: Vec<Spanned<String>>,
    /// `description`
    pub description: Option<Spanned<String>>,
    /// `why`
    pub why: Option<Spanned<String>>,
    /// `link`
    pub link: Option<Spanned<String>>,
    /// `icon`
    pub icon: Option<Spanned<String>>,
    /// `tags`
    pub tags: Vec<Spanned<String>>,
    /// `allow`: codes of findings that its author accepts
    pub allow: Vec<Spanned<String>>,
    /// `allow-reason`: why
    pub allow_reason: Option<Spanned<String>>,
    /// `kind`
    pub kind: Option<Spanned<String>>,
    /// `azs`
    pub azs: Option<Zones>,
    /// `role`: active, passive
    pub role: Option<Spanned<String>>,
    /// `cidr`
    pub cidr: Option<Spanned<String>>,
    /// `cidrs`: zone letter, CIDR
    pub cidrs: Vec<(Spanned<String>, Spanned<String>)>,
    /// `access`: public, private, isolated
    pub access: Option<Spanned<String>>,
    /// `members` of a group; `None` when left out.
    pub members: Option<Vec<Spanned<String>>>,
    /// `placement`: per-az, span
    pub placement: Option<Spanned<String>>,
    /// `multi-az`
    pub multi_az: Option<Spanned<bool>>,
    /// `scaling`
    pub scaling: Option<Scaling>,
    /// `engine`
    pub engine: Option<Spanned<String>>,
    /// `sla`: the share of time that its maker commits to, in percent
    pub sla: Option<Spanned<f64>>,
    /// `count`
    pub count: Option<Spanned<i64>>,
    /// `collapse`
    pub collapse: Option<Spanned<bool>>,
    /// `like`
    pub like: Option<Spanned<String>>,
    /// `text` of a note
    pub text: Option<Spanned<String>>,
    /// `at` of a note
    pub at: Option<Spanned<String>>,
}

/// `azs = 2` or `azs = ["a", "c"]`.
#[derive(Debug, Clone)]
pub enum Zones {
    /// So many.
    Count(Spanned<i64>),
    /// These.
    Named(Vec<Spanned<String>>),
}

/// `scaling = { min = 2, max = 10 }`
#[derive(Debug, Clone)]
pub struct Scaling {
    /// The fewest copies.
    pub min: Option<Spanned<i64>>,
    /// The most copies.
    pub max: Option<Spanned<i64>>,
    /// The whole table.
    pub span: Span,
}

/// The arrow between two boxes, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrow {
    /// `->`
    Forward,
    /// `<->`
    Both,
    /// `--`
    None,
}

/// One `[[links]]` entry.
#[derive(Debug, Clone)]
pub struct LinkEntry {
    /// The whole entry.
    pub span: Span,
    /// `from`
    pub from: Spanned<String>,
    /// `to`
    pub to: Spanned<String>,
    /// `label`
    pub label: Option<Spanned<String>>,
    /// `style`: solid, async
    pub style: Option<Spanned<String>>,
    /// `arrow`: forward, both, none
    pub arrow: Option<Spanned<String>>,
    /// `color`: a name of the palette
    pub color: Option<Spanned<String>>,
}

/// One `[flows.ID]` entry.
#[derive(Debug, Clone)]
pub struct FlowEntry {
    /// Its key.
    pub id: Spanned<String>,
    /// `name`
    pub name: Option<Spanned<String>>,
    /// `description`
    pub description: Option<Spanned<String>>,
    /// `numbered`
    pub numbered: Option<Spanned<bool>>,
    /// `color`: a name of the palette
    pub color: Option<Spanned<String>>,
    /// `steps`, each parsed.
    pub steps: Vec<Step>,
}

/// One `[views.ID]` entry: one more picture of the same model.
#[derive(Debug, Clone)]
pub struct ViewEntry {
    /// Its key.
    pub id: Spanned<String>,
    /// `title`
    pub title: Option<Spanned<String>>,
    /// `only`: ids, `kind:…` and `tag:…`; `None` when left out.
    pub only: Option<Vec<Spanned<String>>>,
    /// `without`: likewise
    pub without: Vec<Spanned<String>>,
    /// `flows`: ids of flows; `None` when left out.
    pub flows: Option<Vec<Spanned<String>>>,
    /// `collapse`: ids of containers
    pub collapse: Vec<Spanned<String>>,
    /// `direction`
    pub direction: Option<Spanned<String>>,
}

/// One `[[requirements]]` entry.
#[derive(Debug, Clone)]
pub struct RequirementEntry {
    /// The whole entry.
    pub span: Span,
    /// `text`: what must hold, in words
    pub text: Spanned<String>,
    /// `check`: the rule that finds out
    pub check: Option<Spanned<String>>,
}

/// One `[defaults.TABLE.KIND]` entry: what boxes of that kind say unless they say otherwise.
#[derive(Debug, Clone)]
pub struct DefaultsEntry {
    /// The values; its `table` and `id` say of which table and kind.
    pub values: BoxEntry,
}

/// One string of `steps`: a chain of fans, "a -> b, c ~> d : text".
#[derive(Debug, Clone)]
pub struct Step {
    /// The whole string.
    pub span: Span,
    /// The stations of the chain; each is a fan of one or more ids.
    pub stations: Vec<Vec<Spanned<String>>>,
    /// The arrows between them, one fewer than stations.
    pub arrows: Vec<StepArrow>,
    /// The text after the colon.
    pub label: Option<Spanned<String>>,
}

/// An arrow of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StepArrow {
    /// Which ends have heads.
    pub arrow: Arrow,
    /// Whether it is written with a tilde: `~>`, `<~>`, `~~`.
    pub asynchronous: bool,
}
