//! Text to document: TOML with spans, then every table and key against the format.
//!
//! Nothing stops at the first mistake: what can be understood goes into the document, so that the topology can
//! check the rest of it in the same run.

mod boxes;
mod fields;
mod links;
mod schema;
mod statements;
mod syntax;

use toml::de::{DeTable, DeValue};

use self::fields::{Reader, Value, type_name};
use super::{Document, Settings};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::{all_of, closest, one_of};
use crate::source::{Source, SourceId, Spanned};

/// Reads a topology file: what could be understood of it, and every mistake of form in it, in the order of the file.
pub fn parse(source: &Source, id: SourceId) -> (Document, Vec<Diagnostic>) {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let mut reader = Reader { text: source.text(), source: id, diagnostics: Vec::new() };
    let mut document = Document::default();
    if errors.is_empty() {
        reader.root(root.get_ref(), &mut document);
    } else {
        let mut mended = syntax::mend(source.text(), id);
        let (root, _) = DeTable::parse_recoverable(&mended.text);
        reader.root(root.get_ref(), &mut document);
        document.incomplete = mended.incomplete;
        // One mistake in a statement is enough: what a broken one seems to say was never meant.
        let within = |at: usize| mended.statements.iter().any(|statement| statement.start <= at && at <= statement.end);
        reader.diagnostics.retain(|found| !found.labels.iter().any(|label| within(label.span.start as usize)));
        reader.diagnostics.append(&mut mended.diagnostics);
    }
    // Tables may be interleaved; the file's own order is the one that the author sees.
    document.boxes.sort_by_key(|entry| entry.id.span);
    document.flows.sort_by_key(|flow| flow.id.span);
    if document.boxes.is_empty() && reader.diagnostics.is_empty() {
        reader.error(
            "nothing-to-draw",
            0..0,
            "nothing to draw: this file declares no box",
            "declare one, for example `[services.site]` and below it `kind = \"s3\"`",
        );
    }
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
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
        if schema::LATER_TABLES.contains(&name) {
            self.not_supported(range, name);
            return None;
        }
        let folded = name.to_lowercase();
        if !value.get_ref().is_table() && !value.get_ref().is_array() {
            let settings = schema::SETTINGS.keys;
            let help = match closest(&folded, settings.iter().copied()).first() {
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
        let near = closest(&folded, known().chain(schema::LATER_TABLES.iter().copied()));
        let help = match (guess, near.first()) {
            (Some(table), _) => format!("did you mean `{table}`?"),
            (None, Some(first)) if schema::LATER_TABLES.contains(first) => {
                format!("did you mean `{first}`? it is not supported yet")
            }
            (None, Some(_)) => format!("did you mean {}?", one_of(&near)),
            (None, None) => format!("tables are {}", all_of(&known().collect::<Vec<_>>())),
        };
        self.error("unknown-table", range, format!("unknown table `{name}`"), help);
        guess.or_else(|| if let [only] = near.as_slice() { known().find(|table| table == only) } else { None })
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
            "links" => self.links(value, &mut document.links),
            "flows" => self.flows(value, &mut document.flows),
            "icons" => {
                if let Some(icons) = self.table(value, table, "[icons]") {
                    self.icons(icons, &mut document.icons);
                }
            }
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

    fn icons(&mut self, table: &DeTable<'_>, icons: &mut Vec<(Spanned<String>, Spanned<String>)>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::String(path) if !name.trim().is_empty() && !path.trim().is_empty() => icons.push((
                    Spanned::new(name.to_owned(), self.span(key.span())),
                    Spanned::new(path.clone().into_owned(), self.span(value.span())),
                )),
                DeValue::String(_) => self.error(
                    "empty-value",
                    key.span().start..value.span().end,
                    "an icon needs a kind and a path",
                    "write for example `kafka-ui = \"icons/kafka-ui.svg\"`",
                ),
                other => self.error(
                    "wrong-type",
                    value.span(),
                    format!("the icon of `{name}` is a path, not {}", type_name(other)),
                    format!("write for example `{name} = \"icons/{name}.svg\"`"),
                ),
            }
        }
    }
}
