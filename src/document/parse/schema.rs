//! The tables, keys and closed words of a topology file.

use std::fmt;

use self::Takes::{Flag, Id, IdOrIds, Ids, Number, Percent, Selectors, Steps, Text, Texts, Word, ZoneCidrs, Zones};
use crate::document::Table;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A text.
    Text,
    /// One of [`words`].
    Word,
    /// A whole number.
    Number,
    /// A share of time, in percent.
    Percent,
    /// `true` or `false`.
    Flag,
    /// An id, mostly with a place if one is wanted.
    Id,
    /// Several of them.
    Ids,
    /// One or several of them.
    IdOrIds,
    /// What picks boxes: ids, `kind:…` and `tag:…`.
    Selectors,
    /// Texts.
    Texts,
    /// Steps of a flow.
    Steps,
    /// A number of zones, or which.
    Zones,
    /// A CIDR for each zone.
    ZoneCidrs,
    /// Two numbers.
    Scaling,
}

impl fmt::Display for Takes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Text => "a text",
            Word => "a word",
            Number => "a number",
            Percent => "a number of percent",
            Flag => "true or false",
            Id => "an id",
            Ids => "a list of ids",
            IdOrIds => "an id or a list of ids",
            Selectors => "a list of ids, kinds and tags",
            Texts => "a list of texts",
            Steps => "a list of steps",
            Zones => "a number or a list of zones",
            ZoneCidrs => "a table of zones and CIDRs",
            Takes::Scaling => "a table with `min` and `max`",
        })
    }
}

/// A key.
pub(crate) struct Key {
    /// As written.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// A line that one could type.
    pub example: &'static str,
}

const fn key(name: &'static str, takes: Takes, example: &'static str) -> Key {
    Key { name, takes, example }
}

/// Every key of every table, in alphabetical order.
pub(crate) const KEYS: &[Key] = &[
    key("access", Word, r#"access = "private""#),
    key("allow", Texts, r#"allow = ["shared-nat-gateway"]"#),
    key("allow-reason", Text, r#"allow-reason = "One zone is enough for tests.""#),
    key("arrow", Word, r#"arrow = "both""#),
    key("at", Id, r#"at = "api""#),
    key("azs", Zones, r#"azs = 2` or `azs = ["a", "b"]"#),
    key("check", Text, r#"check = "survives-az-loss""#),
    key("cidr", Text, r#"cidr = "10.0.0.0/16""#),
    key("cidrs", ZoneCidrs, r#"cidrs = { a = "10.0.0.0/24", b = "10.0.1.0/24" }"#),
    key("cloud", Flag, "cloud = false"),
    key("collapse", Flag, "collapse = true"),
    key("color", Word, r#"color = "blue""#),
    key("count", Number, "count = 3"),
    key("description", Text, r#"description = "Takes orders from the shop.""#),
    key("direction", Word, r#"direction = "down""#),
    key("engine", Text, r#"engine = "postgresql""#),
    key("flows", Ids, r#"flows = ["request"]"#),
    key("from", Id, r#"from = "api""#),
    key("icon", Text, r#"icon = "icons/kafka-ui.svg""#),
    key("in", IdOrIds, r#"in = "main""#),
    key("kind", Text, r#"kind = "ecs""#),
    key("label", Text, r#"label = "HTTPS""#),
    key("lang", Word, r#"lang = "en""#),
    key("like", Id, r#"like = "api""#),
    key("link", Text, r#"link = "https://example.com/runbook""#),
    key("max", Number, "max = 10"),
    key("members", Ids, r#"members = ["api", "worker"]"#),
    key("min", Number, "min = 2"),
    key("multi-az", Flag, "multi-az = true"),
    key("name", Text, r#"name = "Payments API""#),
    key("numbered", Flag, "numbered = true"),
    key("only", Selectors, r#"only = ["api", "kind:rds", "tag:pci"]"#),
    key("placement", Word, r#"placement = "per-az""#),
    key("role", Word, r#"role = "active""#),
    key("scaling", Takes::Scaling, "scaling = { min = 2, max = 10 }"),
    key("sla", Percent, "sla = 99.9"),
    key("steps", Steps, r#"steps = ["users -> api : HTTPS", "api -> db"]"#),
    key("style", Word, r#"style = "async""#),
    key("summary", Text, r#"summary = "Orders come in over HTTPS.""#),
    key("tags", Texts, r#"tags = ["pci"]"#),
    key("template", Text, r#"template = "docs/page.md""#),
    key("text", Text, r#"text = "Moves to EKS next year""#),
    key("theme", Word, r#"theme = "light""#),
    key("title", Text, r#"title = "Web shop""#),
    key("to", Id, r#"to = "db""#),
    key("why", Text, r#"why = "It scales to zero.""#),
    key("without", Selectors, r#"without = ["kind:nat-gateway", "tag:ops"]"#),
];

/// What the key called `name` takes.
pub(crate) fn describe(name: &str) -> &'static Key {
    KEYS.iter().find(|key| key.name == name).expect("every key of every shape is described in KEYS")
}

/// The kind of a plain box, which is read in the place of one that is unreadable.
pub(super) const PLAIN_KIND: &str = "generic";

/// `collapse` of a view, which lists what the key of a container says of one.
pub(crate) const VIEW_COLLAPSE: Key = key("collapse", Ids, r#"collapse = ["main"]"#);

/// A table with its keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Which keys it takes.
    pub keys: &'static [&'static str],
}

/// `[diagram]`
pub(crate) const SETTINGS: Shape = Shape { keys: &["title", "summary", "direction", "theme", "lang", "cloud"] };
/// `[description]`
pub(crate) const DESCRIPTION: Shape = Shape { keys: &["template"] };
/// `[[links]]`
pub(crate) const LINK: Shape = Shape { keys: &["from", "to", "label", "style", "arrow", "color"] };
/// `[flows.ID]`
pub(crate) const FLOW: Shape = Shape { keys: &["name", "description", "numbered", "color", "steps"] };
/// `[views.ID]`
pub(crate) const VIEW: Shape = Shape { keys: &["title", "only", "without", "flows", "collapse", "direction"] };
/// `[[requirements]]`
pub(crate) const REQUIREMENT: Shape = Shape { keys: &["text", "check"] };
/// `scaling = { … }`
pub(crate) const SCALING: Shape = Shape { keys: &["min", "max"] };

/// The keys of a box: those that all have, with its own before, between and behind.
macro_rules! keys {
    ([$($first:literal),*] [$($own:literal),*] [$($last:literal),*]) => {
        &[
            $($first,)* "name", "in", $($own,)* "like", "description", "why", "link", "icon", "tags", "allow",
            "allow-reason", $($last,)*
        ]
    };
}

/// The shape of a box table.
pub(crate) const fn shape(table: Table) -> Shape {
    let keys: &[&str] = match table {
        Table::Clouds | Table::Accounts | Table::Azs => keys!([] [] ["collapse"]),
        Table::Regions => keys!([] ["azs", "role"] ["collapse"]),
        Table::Vpcs => keys!([]["cidr"]["collapse"]),
        Table::Subnets => keys!([] ["access", "cidr", "cidrs", "azs"] ["collapse"]),
        Table::Groups => keys!(["kind"]["members"]["collapse"]),
        Table::Services => {
            keys!(["kind"] ["azs", "placement", "count", "multi-az", "scaling", "engine", "sla"] [])
        }
        Table::Externals => keys!(["kind"] ["count", "sla"] []),
        Table::Notes => &["text", "in", "at", "link", "tags"],
    };
    Shape { keys }
}

/// The tables of boxes: how they are written, and what one entry is called.
pub(crate) const BOX_TABLES: &[(&str, Table, &str)] = &[
    ("clouds", Table::Clouds, "a cloud"),
    ("accounts", Table::Accounts, "an account"),
    ("regions", Table::Regions, "a region"),
    ("vpcs", Table::Vpcs, "a VPC"),
    ("azs", Table::Azs, "an availability zone"),
    ("subnets", Table::Subnets, "a subnet"),
    ("groups", Table::Groups, "a group"),
    ("services", Table::Services, "a service"),
    ("externals", Table::Externals, "an external"),
    ("notes", Table::Notes, "a note"),
];

/// The real name of the table of boxes that `name` means, in the singular or the plural.
pub(super) fn box_table(name: &str) -> Option<&'static str> {
    let tables = BOX_TABLES.iter().map(|(written, ..)| *written);
    let means = |table: &&str| *table == name || table.strip_suffix('s') == Some(name);
    tables.clone().find(means).filter(|table| *table != "notes")
}

/// Whether the table `path` ("vpcs.main") is one of containers.
pub(super) fn is_container(path: &str) -> bool {
    let table = path.split('.').next().unwrap_or_default();
    box_table(table) == Some(table) && !matches!(table, "services" | "externals")
}

/// The tables that hold no boxes.
pub(crate) const OTHER_TABLES: &[&str] =
    &["diagram", "description", "include", "defaults", "icons", "flows", "links", "views", "requirements"];

/// What other tools call `include`.
pub(super) const INCLUDES: &[&str] = &["extends", "import", "imports", "included", "includes", "source", "sources"];

/// The tables whose kinds `[defaults]` can speak of.
pub(crate) const DEFAULTS: &[&str] = &["groups", "services", "externals"];

/// Names from other tools and from everyday speech for tables.
pub(super) const TABLE_ALIASES: &[(&str, &str)] = &[
    ("actors", "externals"),
    ("apps", "services"),
    ("arrows", "links"),
    ("availability-zones", "azs"),
    ("availability_zones", "azs"),
    ("clients", "externals"),
    ("clusters", "groups"),
    ("components", "services"),
    ("config", "diagram"),
    ("connections", "links"),
    ("connectors", "links"),
    ("containers", "groups"),
    ("databases", "services"),
    ("edges", "links"),
    ("meta", "diagram"),
    ("networks", "vpcs"),
    ("nodes", "services"),
    ("options", "diagram"),
    ("people", "externals"),
    ("relations", "links"),
    ("resources", "services"),
    ("scenarios", "flows"),
    ("sequences", "flows"),
    ("settings", "diagram"),
    ("subgraphs", "groups"),
    ("users", "externals"),
    ("vnets", "vpcs"),
    ("zones", "azs"),
];

/// Names from other tools and from everyday speech for keys; the first that the table takes counts.
pub(super) const KEY_ALIASES: &[(&str, &str)] = &[
    ("above", "at"),
    ("availability-zones", "azs"),
    ("availability_zones", "azs"),
    ("az", "azs"),
    ("below", "at"),
    ("beside", "at"),
    ("cidr-block", "cidr"),
    ("cidr_block", "cidr"),
    ("desc", "description"),
    ("destination", "to"),
    ("dst", "to"),
    ("collapsed", "collapse"),
    ("colour", "color"),
    ("content", "text"),
    ("base", "like"),
    ("exclude", "without"),
    ("except", "without"),
    ("extends", "like"),
    ("hide", "without"),
    ("href", "link"),
    ("include", "only"),
    ("inherits", "like"),
    ("label", "name"),
    ("label", "text"),
    ("language", "lang"),
    ("message", "text"),
    ("name", "label"),
    ("name", "title"),
    ("name", "text"),
    ("near", "at"),
    ("on", "at"),
    ("parent", "in"),
    ("reason", "why"),
    ("rule", "check"),
    ("show", "only"),
    ("source", "from"),
    ("src", "from"),
    ("target", "to"),
    ("template", "like"),
    ("text", "label"),
    ("title", "name"),
    ("title", "text"),
    ("type", "kind"),
    ("url", "link"),
    ("visibility", "access"),
    ("within", "in"),
    ("zones", "azs"),
];

/// The colours that set a flow or a link apart; each theme has its own shade of them.
pub(super) const COLORS: &[&str] = &["blue", "green", "orange", "pink", "purple", "red", "teal"];

/// The words that a key with a closed set takes; empty for an open one.
pub(crate) fn words(key: &str) -> &'static [&'static str] {
    match key {
        "direction" => &["auto", "down", "right"],
        "theme" => &["light", "dark"],
        "lang" => &["en", "es"],
        "role" => &["active", "passive"],
        "access" => &["public", "private", "isolated"],
        "placement" => &["per-az", "span"],
        "style" => &["solid", "async"],
        "arrow" => &["forward", "both", "none"],
        "color" => COLORS,
        _ => &[],
    }
}

/// Other words that people use for one of a closed set: key, what they write, what it is called here.
pub(super) const WORD_ALIASES: &[(&str, &str, &str)] = &[
    ("direction", "horizontal", "right"),
    ("direction", "left-to-right", "right"),
    ("direction", "left", "right"),
    ("direction", "lr", "right"),
    ("direction", "tb", "down"),
    ("direction", "td", "down"),
    ("direction", "top-to-bottom", "down"),
    ("direction", "up", "down"),
    ("direction", "vertical", "down"),
    ("lang", "english", "en"),
    ("lang", "español", "es"),
    ("lang", "spanish", "es"),
    ("role", "dr", "passive"),
    ("role", "primary", "active"),
    ("role", "secondary", "passive"),
    ("role", "standby", "passive"),
    ("access", "internal", "private"),
    ("placement", "multi-az", "per-az"),
    ("placement", "per-zone", "per-az"),
    ("placement", "spanning", "span"),
    ("style", "dashed", "async"),
    ("style", "asynchronous", "async"),
    ("style", "dotted", "async"),
    ("style", "sync", "solid"),
    ("arrow", "->", "forward"),
    ("arrow", "<->", "both"),
    ("arrow", "--", "none"),
    ("arrow", "bidirectional", "both"),
];

/// The shape of the box table of that name.
pub(crate) fn shape_of(name: &str) -> Option<Shape> {
    BOX_TABLES.iter().find(|(written, ..)| *written == name).map(|(_, table, _)| shape(*table))
}

/// The keys that stand above all tables.
pub(crate) const ROOT: Shape = Shape { keys: &["include"] };

/// The shape of the table that `path` leads to; `None` where the keys are the author's own.
pub(crate) fn shape_at(path: &[&str]) -> Option<Shape> {
    match path {
        [] => Some(ROOT),
        ["diagram"] => Some(SETTINGS),
        ["description"] => Some(DESCRIPTION),
        ["links"] => Some(LINK),
        ["flows", _] => Some(FLOW),
        ["views", _] => Some(VIEW),
        ["requirements"] => Some(REQUIREMENT),
        ["services", _, "scaling"] | ["defaults", _, _, "scaling"] => Some(SCALING),
        [table, _] | ["defaults", table, _] => shape_of(table),
        _ => None,
    }
}
