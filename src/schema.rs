//! The JSON Schema of topology files, for editors and other checkers.
//!
//! It is made from the tables that the parser reads, so that the two cannot part: shapes, words and meanings from
//! `document`, kinds from the catalogue. Draft 7, which the TOML servers of editors understand best. It is a little more
//! lenient than the parser: what ids mean (whether they are there, where they may stand) is beyond a schema.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

use crate::catalogue;
use crate::document::Table;
use crate::document::schema::{self, Shape, Takes};
use crate::document::{ids, meanings, steps};
use crate::topology::resolve::{allowances, checks, requirements, zones};

/// The dialect.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// A CIDR block in form: digits, letters of IPv6, and a length.
const CIDR: &str = r"^[0-9A-Fa-f.:]+/[0-9]{1,3}$";

/// No scheme but those of pages and mail: a colon stands behind the first slash, if anywhere.
const LINK: &str = r"^(?:[Hh][Tt][Tt][Pp][Ss]?:|[Mm][Aa][Ii][Ll][Tt][Oo]:|[^:/?#]*(?:[/?#]|$))";

/// What stands somewhere in a text that is not empty.
const SOMETHING: &str = r"\S";

/// The schema of a topology file.
pub fn schema() -> Schema {
    let mut tables = Map::new();
    tables.insert("include".to_owned(), described(one_or_more(SOMETHING), meanings::table("include")));
    tables.insert("diagram".to_owned(), table("diagram", schema::SETTINGS, &[]));
    tables.insert("description".to_owned(), table("description", schema::DESCRIPTION, &[]));
    tables.insert("icons".to_owned(), icons());
    tables.insert("defaults".to_owned(), defaults());
    for (name, kind, _) in schema::BOX_TABLES {
        tables.insert((*name).to_owned(), boxes(name, *kind));
    }
    tables.insert("flows".to_owned(), entries("flows", &table("flows", schema::FLOW, &["steps"])));
    tables.insert("links".to_owned(), list("links", &table("links", schema::LINK, &["from", "to"])));
    tables.insert("views".to_owned(), entries("views", &table("views", schema::VIEW, &[])));
    let requirement = table("requirements", schema::REQUIREMENT, &["text"]);
    tables.insert("requirements".to_owned(), list("requirements", &requirement));
    // Own kinds are declared under `[icons]`, here or in another file; without either, a kind that nobody knows is a mistake.
    let known = |kind: &str, name: &str| {
        let kind = json!({ "anyOf": [definition(kind), definition(name)] });
        json!({ "additionalProperties": { "properties": { "kind": kind } } })
    };
    json_schema!({
        "$schema": DIALECT,
        "title": "Topology of a diagram",
        "description": "What there is and how it is linked; where it is drawn is the program's work.",
        "type": "object",
        "additionalProperties": false,
        "properties": tables,
        "if": { "anyOf": [{ "required": ["icons"] }, { "required": ["include"] }] },
        "else": { "properties": {
            "services": known(SERVICE, SERVICE_NAME),
            "externals": known(SERVICE, SERVICE_NAME),
            "groups": known(GROUP, GROUP_NAME),
        } },
        "definitions": {
            ID: pattern(ids::PATTERN),
            ADDRESS: pattern(&ids::address_pattern()),
            STEP: pattern(&steps::pattern()),
            SERVICE: kinds_with_titles(catalogue::services().iter().map(|service| (service.kind, service.title))),
            SERVICE_NAME: names(catalogue::names()),
            GROUP: kinds_with_titles(catalogue::groups().iter().map(|group| (group.kind, group.title))),
            GROUP_NAME: names(group_names()),
        },
    })
}

/// Names of definitions.
const ID: &str = "id";
const ADDRESS: &str = "address";
const STEP: &str = "step";
const SERVICE: &str = "service-kind";
const SERVICE_NAME: &str = "service-name";
const GROUP: &str = "group-kind";
const GROUP_NAME: &str = "group-name";

fn definition(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn pattern(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// A text with something in it.
fn text() -> Value {
    pattern(SOMETHING)
}

/// One text that has this pattern, or several. Keywords for other types than the value's are not asked, so that no
/// `anyOf` is needed, which editors would offer key by key.
fn one_or_more(pattern: &str) -> Value {
    let item = json!({ "type": "string", "pattern": pattern });
    json!({ "type": ["string", "array"], "pattern": pattern, "items": item })
}

/// The schema with what an editor shows of it; it must not be a reference, beside which nothing is read.
fn described(mut schema: Value, meaning: &str) -> Value {
    schema["description"] = meaning.into();
    schema
}

/// A table of a shape; `name` is that of the table at the top of the file.
fn table(name: &str, shape: Shape, required: &[&str]) -> Value {
    let keys = shape.keys.iter().map(|key| ((*key).to_owned(), described(value(name, key), meanings::key(name, key))));
    let mut table = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": keys.collect::<Map<_, _>>(),
        "description": meanings::table(name),
    });
    if !required.is_empty() {
        table["required"] = required.into();
    }
    table
}

/// A table with one entry for each id.
fn entries(name: &str, entry: &Value) -> Value {
    let entries = json!({ "type": "object", "propertyNames": definition(ID), "additionalProperties": entry });
    described(entries, meanings::table(name))
}

/// A list of tables.
fn list(name: &str, entry: &Value) -> Value {
    described(json!({ "type": "array", "items": entry }), meanings::table(name))
}

/// One table of boxes.
fn boxes(name: &str, kind: Table) -> Value {
    let required: &[&str] = if kind == Table::Notes { &["text"] } else { &[] };
    let mut entry = table(name, schema::shape(kind), required);
    if matches!(kind, Table::Services | Table::Externals) {
        entry["anyOf"] = json!([{ "required": ["kind"] }, { "required": ["like"] }]);
    }
    entries(name, &entry)
}

/// `[defaults]`: entries of boxes by kind, without what is each box's own.
fn defaults() -> Value {
    let tables = schema::BOX_TABLES.iter().filter(|(name, ..)| schema::DEFAULTS.contains(name));
    let tables = tables.map(|(name, kind, _)| {
        let mut entry = table(name, schema::shape(*kind), &[]);
        let keys = entry["properties"].as_object_mut().expect("a table has keys");
        keys.remove("kind");
        keys.remove("like");
        keys.remove("name");
        (
            (*name).to_owned(),
            described(json!({ "type": "object", "additionalProperties": entry }), meanings::table(name)),
        )
    });
    let defaults =
        json!({ "type": "object", "additionalProperties": false, "properties": tables.collect::<Map<_, _>>() });
    described(defaults, meanings::table("defaults"))
}

/// `[icons]`: own kinds, and folders of them.
fn icons() -> Value {
    let pack = described(one_or_more(SOMETHING), "Folders of icons, relative to this file: each file is a kind.");
    let icons = json!({ "type": "object", "properties": { "pack": pack }, "additionalProperties": text() });
    described(icons, meanings::table("icons"))
}

/// What a key takes in the entries of a table.
fn value(table: &str, key: &str) -> Value {
    let takes =
        if (table, key) == ("views", "collapse") { schema::VIEW_COLLAPSE.takes } else { schema::describe(key).takes };
    let many = |item: Value| json!({ "type": "array", "items": item });
    match takes {
        Takes::Text => match (table, key) {
            ("services" | "externals", "kind") => kinds(SERVICE, meanings::key(table, key)),
            (_, "kind") => kinds(GROUP, meanings::key(table, key)),
            (_, "cidr") => pattern(CIDR),
            (_, "link") => pattern(LINK),
            (_, "check") => rules(meanings::key(table, key)),
            (_, "icon" | "engine" | "text" | "template" | "allow-reason") => text(),
            // An empty one draws none.
            (_, "name" | "title" | "label") => json!({ "type": "string", "maxLength": checks::LONGEST_TEXT }),
            _ => json!({ "type": "string" }),
        },
        Takes::Word => json!({ "enum": schema::words(key) }),
        Takes::Number if key == "count" => json!({ "type": "integer", "minimum": 1, "maximum": checks::LARGEST_COUNT }),
        Takes::Number => json!({ "type": "integer", "minimum": 0 }),
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Id if key == "like" => pattern(ids::PATTERN),
        Takes::Id => pattern(&ids::address_pattern()),
        Takes::Ids => many(definition(ADDRESS)),
        Takes::IdOrIds => one_or_more(&ids::address_pattern()),
        Takes::Percent => json!({ "type": "number", "minimum": 0, "maximum": 100 }),
        Takes::Texts if key == "allow" => many(json!({ "enum": allowances::allowable().collect::<Vec<_>>() })),
        Takes::Selectors | Takes::Texts => many(text()),
        Takes::Steps => json!({ "type": "array", "minItems": 1, "items": definition(STEP) }),
        Takes::Zones => json!({
            "type": ["integer", "array"],
            "minimum": 1,
            "maximum": zones::MOST_ZONES,
            "minItems": 1,
            "items": definition(ID),
        }),
        Takes::ZoneCidrs => {
            json!({ "type": "object", "propertyNames": definition(ID), "additionalProperties": pattern(CIDR) })
        }
        Takes::Scaling => {
            let mut scaling = table_of_scaling();
            scaling["minProperties"] = 1.into();
            scaling
        }
    }
}

/// `{ min = 2, max = 10 }`
fn table_of_scaling() -> Value {
    let keys = schema::SCALING.keys.iter();
    let keys = keys.map(|key| ((*key).to_owned(), described(value("scaling", key), meanings::key("scaling", key))));
    json!({ "type": "object", "additionalProperties": false, "properties": keys.collect::<Map<_, _>>() })
}

/// A kind: one of those known, which editors offer, or another name or one of the author's own.
fn kinds(known: &str, meaning: &str) -> Value {
    json!({ "anyOf": [definition(known), described(text(), meaning)] })
}

/// The rule of a requirement: one without a parameter, which editors offer, or one with.
fn rules(meaning: &str) -> Value {
    let parameters = format!("^(?:{}[0-9]+|{}[a-z0-9-]+)$", requirements::EXTERNALS, requirements::NO_FINDING);
    json!({ "anyOf": [
        described(json!({ "enum": requirements::CHECKS }), meaning),
        described(pattern(&parameters), "A number of external services at least, or none of the findings of a code."),
    ] })
}

/// Kinds with their titles.
fn kinds_with_titles<'t>(kinds: impl Iterator<Item = (&'t str, &'t str)>) -> Value {
    let (kinds, titles): (Vec<&str>, Vec<&str>) = kinds.unzip();
    // Editors have two ways to find the words for the values of an enumeration.
    json!({ "enum": kinds, "enumDescriptions": titles, "x-taplo": { "docs": { "enumValues": titles } } })
}

/// All names for kinds; underscores count as hyphens.
fn names<'t>(names: impl Iterator<Item = &'t str>) -> Value {
    let names: Vec<String> = names.map(|name| name.replace('.', r"\.").replace('-', "[-_]")).collect();
    pattern(&format!("^(?:{})$", names.join("|")))
}

/// The names of kinds of groups, and of services: some hold others.
fn group_names() -> impl Iterator<Item = &'static str> {
    let groups = catalogue::groups().iter().flat_map(|group| group.aliases.iter().copied().chain([group.kind]));
    groups.chain(catalogue::names())
}
