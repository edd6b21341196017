//! The tables, keys and closed words of a topology file.

use crate::document::Table;

/// What a key takes, for messages.
pub(super) struct Key {
    /// As written.
    pub name: &'static str,
    /// "a text", "a list of ids".
    pub takes: &'static str,
    /// A line that one could type.
    pub example: &'static str,
}

const fn key(name: &'static str, takes: &'static str, example: &'static str) -> Key {
    Key { name, takes, example }
}

/// Every key of every table, in alphabetical order.
const KEYS: &[Key] = &[
    key("access", "a word", r#"access = "private""#),
    key("arrow", "a word", r#"arrow = "both""#),
    key("azs", "a number or a list of zones", r#"azs = 2` or `azs = ["a", "b"]"#),
    key("cidr", "a text", r#"cidr = "10.0.0.0/16""#),
    key("cidrs", "a table of zones and CIDRs", r#"cidrs = { a = "10.0.0.0/24", b = "10.0.1.0/24" }"#),
    key("cloud", "true or false", "cloud = false"),
    key("description", "a text", r#"description = "Takes orders from the shop.""#),
    key("direction", "a word", r#"direction = "down""#),
    key("engine", "a text", r#"engine = "postgresql""#),
    key("from", "an id", r#"from = "api""#),
    key("icon", "a text", r#"icon = "icons/kafka-ui.svg""#),
    key("in", "an id or a list of ids", r#"in = "main""#),
    key("kind", "a text", r#"kind = "ecs""#),
    key("label", "a text", r#"label = "HTTPS""#),
    key("lang", "a word", r#"lang = "en""#),
    key("link", "a text", r#"link = "https://example.com/runbook""#),
    key("max", "a number", "max = 10"),
    key("members", "a list of ids", r#"members = ["api", "worker"]"#),
    key("min", "a number", "min = 2"),
    key("multi-az", "true or false", "multi-az = true"),
    key("name", "a text", r#"name = "Payments API""#),
    key("numbered", "true or false", "numbered = true"),
    key("placement", "a word", r#"placement = "per-az""#),
    key("role", "a word", r#"role = "active""#),
    key("scaling", "a table with `min` and `max`", "scaling = { min = 2, max = 10 }"),
    key("steps", "a list of steps", r#"steps = ["users -> api : HTTPS", "api -> db"]"#),
    key("style", "a word", r#"style = "async""#),
    key("summary", "a text", r#"summary = "Orders come in over HTTPS.""#),
    key("tags", "a list of texts", r#"tags = ["pci"]"#),
    key("theme", "a word", r#"theme = "light""#),
    key("title", "a text", r#"title = "Web shop""#),
    key("to", "an id", r#"to = "db""#),
    key("why", "a text", r#"why = "It scales to zero.""#),
];

/// What the key called `name` takes.
pub(super) fn describe(name: &str) -> &'static Key {
    KEYS.iter().find(|key| key.name == name).expect("every key of every shape is described in KEYS")
}

/// The kind of a plain box, which is read in the place of one that is unreadable.
pub(super) const PLAIN_KIND: &str = "generic";

/// A table with its keys.
pub(super) struct Shape {
    /// Which keys it takes.
    pub keys: &'static [&'static str],
    /// Keys of the format that this version does not draw yet.
    pub later: &'static [&'static str],
}

/// `[diagram]`
pub(super) const SETTINGS: Shape =
    Shape { keys: &["title", "summary", "direction", "theme", "lang", "cloud"], later: &["allow"] };
/// `[[links]]`
pub(super) const LINK: Shape = Shape { keys: &["from", "to", "label", "style", "arrow"], later: &["color"] };
/// `[flows.ID]`
pub(super) const FLOW: Shape = Shape { keys: &["name", "description", "numbered", "steps"], later: &["color"] };
/// `scaling = { … }`
pub(super) const SCALING: Shape = Shape { keys: &["min", "max"], later: &[] };

/// The shape of a box table.
pub(super) const fn shape(table: Table) -> Shape {
    let keys: &[&str] = match table {
        Table::Clouds | Table::Accounts | Table::Azs => &["name", "in", "description", "why", "link", "icon", "tags"],
        Table::Regions => &["name", "in", "azs", "role", "description", "why", "link", "icon", "tags"],
        Table::Vpcs => &["name", "in", "cidr", "description", "why", "link", "icon", "tags"],
        Table::Subnets => {
            &["name", "in", "access", "cidr", "cidrs", "azs", "description", "why", "link", "icon", "tags"]
        }
        Table::Groups => &["name", "in", "kind", "members", "description", "why", "link", "icon", "tags"],
        Table::Services => &[
            "kind",
            "name",
            "in",
            "azs",
            "placement",
            "multi-az",
            "scaling",
            "engine",
            "description",
            "why",
            "link",
            "icon",
            "tags",
        ],
        Table::Externals => &["kind", "name", "in", "description", "why", "link", "icon", "tags"],
    };
    let later: &[&str] = match table {
        Table::Services | Table::Externals => &["count", "like", "allow"],
        _ => &["collapse", "like", "allow"],
    };
    Shape { keys, later }
}

/// The tables of boxes: how they are written, and what one entry is called.
pub(super) const BOX_TABLES: &[(&str, Table, &str)] = &[
    ("clouds", Table::Clouds, "a cloud"),
    ("accounts", Table::Accounts, "an account"),
    ("regions", Table::Regions, "a region"),
    ("vpcs", Table::Vpcs, "a VPC"),
    ("azs", Table::Azs, "an availability zone"),
    ("subnets", Table::Subnets, "a subnet"),
    ("groups", Table::Groups, "a group"),
    ("services", Table::Services, "a service"),
    ("externals", Table::Externals, "an external"),
];

/// The tables that hold no boxes.
pub(super) const OTHER_TABLES: &[&str] = &["diagram", "links", "flows", "icons"];

/// Tables of the format that this version does not draw yet.
pub(super) const LATER_TABLES: &[&str] = &["views", "include", "notes", "requirements", "defaults", "allow"];

/// Names from other tools and from everyday speech for tables.
pub(super) const TABLE_ALIASES: &[(&str, &str)] = &[
    ("actors", "externals"),
    ("availability-zones", "azs"),
    ("availability_zones", "azs"),
    ("clients", "externals"),
    ("clusters", "groups"),
    ("config", "diagram"),
    ("connections", "links"),
    ("containers", "groups"),
    ("edges", "links"),
    ("meta", "diagram"),
    ("networks", "vpcs"),
    ("nodes", "services"),
    ("options", "diagram"),
    ("relations", "links"),
    ("resources", "services"),
    ("settings", "diagram"),
    ("users", "externals"),
    ("zones", "azs"),
];

/// Names from other tools and from everyday speech for keys; the first that the table takes counts.
pub(super) const KEY_ALIASES: &[(&str, &str)] = &[
    ("availability-zones", "azs"),
    ("availability_zones", "azs"),
    ("az", "azs"),
    ("desc", "description"),
    ("destination", "to"),
    ("dst", "to"),
    ("href", "link"),
    ("label", "name"),
    ("language", "lang"),
    ("name", "label"),
    ("name", "title"),
    ("parent", "in"),
    ("reason", "why"),
    ("source", "from"),
    ("src", "from"),
    ("target", "to"),
    ("text", "label"),
    ("title", "name"),
    ("type", "kind"),
    ("url", "link"),
    ("visibility", "access"),
    ("within", "in"),
    ("zones", "azs"),
];

/// The words that a key with a closed set takes; empty for an open one.
pub(super) fn words(key: &str) -> &'static [&'static str] {
    match key {
        "direction" => &["auto", "down", "right"],
        "theme" => &["light", "dark"],
        "lang" => &["en", "es"],
        "role" => &["active", "passive"],
        "access" => &["public", "private", "isolated"],
        "placement" => &["per-az", "span"],
        "style" => &["solid", "async"],
        "arrow" => &["forward", "both", "none"],
        _ => &[],
    }
}

/// Other words that people use for one of a closed set: key, what they write, what it is called here.
pub(super) const WORD_ALIASES: &[(&str, &str, &str)] = &[
    ("direction", "horizontal", "right"),
    ("direction", "left-to-right", "right"),
    ("direction", "lr", "right"),
    ("direction", "tb", "down"),
    ("direction", "td", "down"),
    ("direction", "top-to-bottom", "down"),
    ("direction", "vertical", "down"),
    ("lang", "english", "en"),
    ("lang", "español", "es"),
    ("lang", "spanish", "es"),
    ("role", "dr", "passive"),
    ("role", "primary", "active"),
    ("role", "secondary", "passive"),
    ("role", "standby", "passive"),
    ("access", "internal", "private"),
    ("placement", "per-zone", "per-az"),
    ("placement", "spanning", "span"),
    ("style", "dashed", "async"),
    ("style", "asynchronous", "async"),
    ("style", "sync", "solid"),
    ("arrow", "->", "forward"),
    ("arrow", "<->", "both"),
    ("arrow", "--", "none"),
    ("arrow", "bidirectional", "both"),
];

/// The shape of the box table of that name.
pub(super) fn shape_of(name: &str) -> Option<Shape> {
    BOX_TABLES.iter().find(|(written, ..)| *written == name).map(|(_, table, _)| shape(*table))
}
