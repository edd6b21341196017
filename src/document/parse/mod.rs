//! Text to document: TOML with spans, then every table and key against the format.
//!
//! Nothing stops at the first mistake: what can be understood goes into the document, so that the topology can
//! check the rest of it in the same run.

mod advice;
mod boxes;
mod fields;
mod foreign;
mod known;
mod links;
pub(crate) mod meanings;
mod pictures;
mod repairs;
pub(crate) mod schema;
mod statements;
mod syntax;

use toml::de::{DeTable, DeValue};

use self::fields::{Reader, Value, type_name};
use self::known::Known;
use super::{Document, Settings, Table};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::{all_of, certain, closest, one_of};
use crate::source::{Source, SourceId, Spanned};

/// Reads a topology file: what could be understood of it, and every mistake of form in it, in the order of the file.
pub fn parse(source: &Source, id: SourceId) -> (Document, Vec<Diagnostic>) {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let mut reader = Reader {
        text: source.text(),
        source: id,
        diagnostics: Vec::new(),
        known: Known::gather(root.get_ref()),
        lacking: false,
    };
    let mut document = Document::default();
    if errors.is_empty() {
        reader.root(root.get_ref(), &mut document);
    } else {
        let mut mended = syntax::mend(source.text(), id);
        let (root, _) = DeTable::parse_recoverable(&mended.text);
        reader.known = Known::gather(root.get_ref());
        reader.root(root.get_ref(), &mut document);
        document.incomplete = mended.incomplete;
        // What seems to be missing may stand in what could not be read.
        reader.diagnostics.retain(|found| !mended.incomplete || found.code != "missing-key");
        // One mistake in a statement is enough: what a broken one seems to say was never meant.
        let within = |at: usize| mended.statements.iter().any(|statement| statement.start <= at && at <= statement.end);
        reader.diagnostics.retain(|found| !found.labels.iter().any(|label| within(label.span.start as usize)));
        reader.diagnostics.append(&mut mended.diagnostics);
    }
    document.incomplete |= reader.lacking;
    if document.incomplete {
        // A kind may have been cut out with a broken line: "it has no kind" would only be noise.
        for entry in document.boxes.iter_mut().filter(|entry| matches!(entry.table, Table::Services | Table::Externals))
        {
            entry.kind.get_or_insert_with(|| Spanned::new(schema::PLAIN_KIND.to_owned(), entry.id.span));
        }
    }
    // Tables may be interleaved; the file's own order is the one that the author sees.
    document.boxes.sort_by_key(|entry| entry.id.span);
    document.flows.sort_by_key(|flow| flow.id.span);
    document.views.sort_by_key(|view| view.id.span);
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(Diagnostic::place);
    (document, diagnostics)
}

impl Reader<'_> {
    /// Reads the whole tree.
    fn root(&mut self, root: &DeTable<'_>, document: &mut Document) {
        for (key, value) in root {
            let name = key.get_ref().as_ref();
            let Some(table) = self.table_name(name, key.span(), value) else { continue };
            self.top(table, value, document);
        }
    }

    /// The real name of a table at the top of the file; reports one that is none. `None` if it is to be left out.
    fn table_name(&mut self, name: &str, range: std::ops::Range<usize>, value: &Value<'_>) -> Option<&'static str> {
        let known = || schema::BOX_TABLES.iter().map(|(name, ..)| *name).chain(schema::OTHER_TABLES.iter().copied());
        if let Some(table) = known().find(|table| *table == name) {
            return Some(table);
        }
        let folded = name.to_lowercase();
        if let Some(paths) = advice::texts(value).filter(|_| schema::INCLUDES.contains(&folded.as_str())) {
            let help = format!("write `include = [{}]`", advice::listed(&paths));
            self.error("unknown-key", range, format!("unknown key `{name}` at the top of the file"), help);
            // Boxes that seem to be missing may stand in these files.
            self.lacking = true;
            return None;
        }
        if !value.get_ref().is_table() && !value.get_ref().is_array() {
            let settings = schema::SETTINGS.keys;
            let help = match certain(&folded, settings.iter().copied()) {
                Some(near) => format!("write it below `[diagram]`: `{}`", schema::describe(near).example),
                None => "keys stand in tables: the ones of the whole picture below `[diagram]`".to_owned(),
            };
            self.error("unknown-key", range, format!("unknown key `{name}` at the top of the file"), help);
            return None;
        }
        let plural = known().find(|table| table.strip_suffix('s').is_some_and(|singular| singular == folded));
        let alias = schema::TABLE_ALIASES
            .iter()
            .find(|(other, _)| *other == folded || other.strip_suffix('s').is_some_and(|singular| singular == folded));
        let guess =
            plural.or_else(|| alias.map(|(_, table)| *table)).or_else(|| known().find(|table| *table == folded));
        let near = closest(&folded, known());
        let kind = advice::table(name, value).filter(|_| guess.is_none());
        let path = name.split_once('.').filter(|(table, _)| known().any(|known| known == *table));
        let help = match (guess, near.first()) {
            (None, _) if path.is_some() => format!("write `[{name}]`, without quotes"),
            (Some(table), _) => format!("did you mean `{table}`?"),
            (None, _) if kind.is_some() => kind.unwrap_or_default(),
            (None, Some(_)) => format!("did you mean {}?", one_of(&near)),
            (None, None) => format!("tables are {}", all_of(&known().collect::<Vec<_>>())),
        };
        self.error("unknown-table", range, format!("unknown table `{name}`"), help);
        let meant = guess.or_else(|| certain(&folded, known()));
        self.lacking |= meant.is_none();
        meant
    }

    /// Reads a table at the top of the file.
    fn top(&mut self, table: &'static str, value: &Value<'_>, document: &mut Document) {
        if let Some((_, kind, noun)) = schema::BOX_TABLES.iter().find(|(name, ..)| *name == table) {
            self.boxes(*kind, table, noun, value, &mut document.boxes);
            return;
        }
        match table {
            "diagram" => {
                if let Some(settings) = self.table(value, table, "[diagram]") {
                    document.settings = self.settings(settings);
                }
            }
            "description" => {
                if let Some(description) = self.table(value, table, "[description]") {
                    let entry = self.open(description, &schema::DESCRIPTION, table, table);
                    document.template = self.text(&entry, "template");
                }
            }
            "links" => self.links(value, &mut document.links),
            "flows" => self.flows(value, &mut document.flows),
            "include" => self.includes(value, &mut document.includes),
            "defaults" => {
                if let Some(defaults) = self.table(value, table, "[defaults.services.ec2]") {
                    self.defaults(defaults, &mut document.defaults);
                }
            }
            "icons" => {
                if let Some(icons) = self.table(value, table, "[icons]") {
                    self.icons(icons, document);
                }
            }
            "views" => self.views(value, &mut document.views),
            "requirements" => self.requirements(value, &mut document.requirements),
            _ => unreachable!("`{table}` is one of OTHER_TABLES, which are all read above"),
        }
    }

    /// The table that a value is; reports any other.
    fn table<'t, 'i>(&mut self, value: &'t Value<'i>, name: &str, header: &str) -> Option<&'t DeTable<'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.error(
            "wrong-type",
            value.span(),
            format!("`{name}` is a table, not {}", type_name(value.get_ref())),
            format!("write `{header}`, and its keys below"),
        );
        None
    }

    fn settings(&mut self, table: &DeTable<'_>) -> Settings {
        let entry = self.open(table, &schema::SETTINGS, "diagram", "diagram");
        Settings {
            title: self.text(&entry, "title"),
            summary: self.text(&entry, "summary"),
            direction: self.word(&entry, "direction"),
            theme: self.word(&entry, "theme"),
            lang: self.word(&entry, "lang"),
            cloud: self.flag(&entry, "cloud"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::document::{Arrow, Zones};
    use crate::source::Span;

    fn read(text: &str) -> (Document, Vec<Diagnostic>) {
        parse(&Source::new("x.toml", text), 0)
    }

    /// The document of a text that is right.
    fn document(text: &str) -> Document {
        let (document, diagnostics) = read(text);
        assert_eq!(diagnostics, []);
        document
    }

    #[test]
    fn reads_every_key_of_every_table() {
        let text = r#"
[diagram]
title = "T"
summary = "S"
direction = "down"
theme = "dark"
lang = "es"
cloud = false

[clouds.aws]
[accounts.prod]
in = "aws"
[regions.us-east-1]
in = "prod"
azs = 2
role = "active"
[vpcs.main]
in = ["us-east-1", "ca-central-1"]
cidr = "10.0.0.0/16"
[azs.zone]
in = "main"
[subnets.app]
in = "main"
access = "private"
azs = ["a", "c"]
cidrs = { a = "10.0.0.0/24" }
[groups.asg]
kind = "auto-scaling-group"
members = ["api", "db@us-east-1a"]
[services.api]
kind = "ecs"
name = "API"
in = "app"
azs = ["a"]
placement = "per-az"
multi-az = true
scaling = { min = 2, max = 10 }
engine = "x"
description = "D"
why = "W"
link = "https://example.com"
icon = "icons/api.svg"
tags = ["pci", "web"]
[externals.users]
kind = "users"
[icons]
own = "icons/own.svg"
"#;
        let document = document(text);
        assert_eq!(document.boxes.len(), 9);
        assert_eq!(document.settings.cloud.as_ref().map(|flag| flag.value), Some(false));
        let find = |id: &str| document.boxes.iter().find(|entry| entry.id.value == id).unwrap();
        assert_eq!(find("main").within.len(), 2);
        assert!(matches!(&find("us-east-1").azs, Some(Zones::Count(count)) if count.value == 2));
        assert!(matches!(&find("app").azs, Some(Zones::Named(zones)) if zones.len() == 2));
        assert_eq!(find("app").cidrs[0].0.value, "a");
        assert_eq!(find("asg").members.as_ref().unwrap()[1].value, "db@us-east-1a");
        let api = find("api");
        assert_eq!(api.scaling.as_ref().unwrap().max.as_ref().unwrap().value, 10);
        assert_eq!(api.tags.len(), 2);
        let why = api.why.as_ref().unwrap();
        assert_eq!(&text[why.span.start as usize..why.span.end as usize], "\"W\"");
        let entry = &text[api.span.start as usize..api.span.end as usize];
        assert!(entry.starts_with("[services.api]") && entry.ends_with("[\"pci\", \"web\"]"), "{entry}");
        assert_eq!(document.icons[0].0.value, "own");
    }

    #[test]
    fn keeps_the_order_of_the_file_over_tables() {
        let text = "[services.c]\nkind=\"x\"\n[externals.a]\nkind=\"x\"\n[services.b]\nkind=\"x\"\n";
        let ids: Vec<String> = document(text).boxes.into_iter().map(|entry| entry.id.value).collect();
        assert_eq!(ids, ["c", "a", "b"]);
    }

    #[test]
    fn takes_inline_tables_and_dotted_keys() {
        let document = document(
            "services.a = { kind = \"s3\" }\nservices.b.kind = \"s3\"\n[services]\n".trim_end_matches("[services]\n"),
        );
        assert_eq!(document.boxes.len(), 2);
    }

    #[test]
    fn reads_links_and_flows_with_the_place_of_each_id() {
        let text = r#"
[services.a]
kind = "s3"
[[links]]
from = "a"
to = "a"
label = "L"
style = "async"
arrow = "both"
[flows.f]
name = "F"
description = "D"
numbered = true
steps = ["a -> b, c <-> d : text"]
"#;
        let document = document(text);
        let step = &document.flows[0].steps[0];
        assert_eq!(step.arrows.iter().map(|arrow| arrow.arrow).collect::<Vec<_>>(), [Arrow::Forward, Arrow::Both]);
        let cut = |span: Span| &text[span.start as usize..span.end as usize];
        assert_eq!(cut(step.stations[1][1].span), "c");
        assert_eq!(cut(step.label.as_ref().unwrap().span), "text");
        assert_eq!(cut(document.links[0].style.as_ref().unwrap().span), "\"async\"");
    }

    #[test]
    fn reads_carriage_returns_and_byte_order_marks() {
        let (document, diagnostics) = read("\u{feff}[services.a]\r\nkind = \"s3\"\r\nknd = 1\r\n");
        assert_eq!(document.boxes.len(), 1);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(
            Source::new("x", "[services.a]\r\nkind = \"s3\"\r\n").position(diagnostics[0].labels[0].span.start),
            (3, 1)
        );
    }

    #[test]
    fn reads_on_as_what_was_meant() {
        let (document, _) = read("[service.a]\ntype = \"s3\"\nmulti_az = true\naz = [\"a\"]\n");
        let entry = &document.boxes[0];
        assert!(entry.kind.is_some() && entry.multi_az.is_some() && entry.azs.is_some());
        assert!(!document.incomplete);
    }

    #[test]
    fn marks_what_is_left_out_of_a_broken_text() {
        let (document, diagnostics) = read("[services.a b]\nkind = \"s3\"\n[services.c]\nkind = \"s3\"\n");
        assert!(document.incomplete);
        assert_eq!(document.boxes.len(), 1);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn survives_what_is_no_topology() {
        let deep = 100_000;
        let texts = [
            format!("a = {}", "[".repeat(deep)),
            format!("a = {}", "{a=".repeat(deep)),
            format!("a{} = 1", ".a".repeat(deep)),
            format!("[a{}]", ".a".repeat(deep)),
            format!("a = [{}", "\n".repeat(deep)),
            "a = 1\n".repeat(deep / 4),
            "[a]\nx\n".repeat(deep / 8),
            "[a b]\n".repeat(deep / 8),
            "x = \"\"\"\n[a\n".repeat(deep / 8),
            "\0\u{1b}\u{feff}]]}}".repeat(deep / 8),
            "{\"services\": [{\"kind\": \"s3\"}]}\n".to_owned(),
            "services:\n  - kind: s3\n".to_owned(),
            "<svg/>".to_owned(),
            "\"".to_owned(),
            "a = \"\"\"".to_owned(),
            "[".to_owned(),
            "[[".to_owned(),
            "=".to_owned(),
            "[]\n= 1".to_owned(),
        ];
        for text in texts {
            let (_, diagnostics) = read(&text);
            let start: String = text.chars().take(20).collect();
            assert!(!diagnostics.is_empty(), "{start}");
            for label in diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
                assert!(text.get(label.span.start as usize..label.span.end as usize).is_some(), "{start}: {label:?}");
            }
        }
    }
}
