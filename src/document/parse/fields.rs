//! Reading one table: which keys it has, and each value in its type.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::advice;
use super::known::Known;
use super::schema::{self, KEY_ALIASES, Shape};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::suggest::{all_of, certain, closest, did_you_mean, one_of};
use crate::document::ids;
use crate::source::{SourceId, Span, Spanned};

/// A TOML value and its place.
pub(super) type Value<'i> = toml::Spanned<DeValue<'i>>;

/// Gathers what is wrong while a file is read.
pub(super) struct Reader<'s> {
    /// The text of the file.
    pub text: &'s str,
    /// Which source it is.
    pub source: SourceId,
    /// What was wrong so far.
    pub diagnostics: Vec<Diagnostic>,
    /// The boxes of the file, by what else they may be called.
    pub known: Known,
    /// Whether a table was left out in which boxes may stand.
    pub lacking: bool,
}

/// Entries with ids of the author's, apart from boxes: what to say where something else stands.
pub(super) struct Named {
    /// The table that holds them.
    pub table: &'static str,
    /// What one is called.
    pub noun: &'static str,
    /// An id that one could have.
    pub id: &'static str,
    /// The keys of one.
    pub keys: &'static [&'static str],
    /// A line that one could have.
    pub sample: &'static str,
    /// Such a line for one that has its id already.
    pub short: &'static str,
}

/// A table whose keys have been checked.
pub(super) struct Entry<'t, 'i> {
    /// The real name of each key, where the key stands, and its value.
    fields: Vec<(&'static str, Range<usize>, &'t Value<'i>)>,
}

impl<'t, 'i> Entry<'t, 'i> {
    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&'t Value<'i>> {
        self.fields.iter().find(|(field, ..)| *field == name).map(|(_, _, value)| *value)
    }

    /// One past the last byte of the last value; 0 when there is none.
    pub fn end(&self) -> usize {
        self.fields.iter().map(|(_, _, value)| value.span().end).max().unwrap_or(0)
    }
}

impl Reader<'_> {
    /// The span of a byte range of this file.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span { source: self.source, start: range.start as u32, end: range.end as u32 }
    }

    /// Reports an error with a help.
    pub fn error(
        &mut self,
        code: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error(code, self.span(range), message).with_help(help));
    }

    /// The entries of a table, each with its id; reports what is none.
    pub fn named<'t, 'i>(
        &mut self,
        value: &'t Value<'i>,
        named: &Named,
    ) -> Vec<(Spanned<String>, &'t Value<'i>, &'t DeTable<'i>)> {
        let Named { table, noun, id: example, keys, sample, short } = named;
        let DeValue::Table(entries) = value.get_ref() else {
            let found = type_name(value.get_ref());
            let message = format!("`{table}` holds one table for each {noun}, not {found}");
            self.error(
                "wrong-type",
                value.span(),
                message,
                format!("write `[{table}.{example}]`, and below it `{sample}`"),
            );
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut lacks_id = false;
        for (key, value) in entries {
            let id = key.get_ref().as_ref();
            if let DeValue::Table(entry) = value.get_ref() {
                self.check_id(id, key.span(), table);
                found.push((Spanned::new(id.to_owned(), self.span(key.span())), value, entry));
                continue;
            }
            if keys.contains(&id) && std::mem::replace(&mut lacks_id, true) {
                // The keys of one box without an id are one mistake.
                continue;
            }
            let (message, help) = if keys.contains(&id) {
                let message = format!("`{id}` stands directly in `{table}`: a {noun} needs an id");
                (message, format!("write `[{table}.{example}]` above it"))
            } else {
                let message = format!("`{table}.{id}` is {}, not a {noun}", type_name(value.get_ref()));
                (message, format!("write `[{table}.{id}]`, and below it `{short}`"))
            };
            self.error("wrong-type", key.span(), message, help);
        }
        found
    }

    /// Checks the keys of a table against its shape. `path` names it in messages ("services.api"), `kind` is what
    /// it is called in the plural ("services"). A key that can only be one other is read as that one, so that one
    /// slip does not cause a second message.
    pub fn open<'t, 'i>(&mut self, table: &'t DeTable<'i>, shape: &Shape, path: &str, kind: &str) -> Entry<'t, 'i> {
        let mut entry = Entry { fields: Vec::new() };
        let mut guesses = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if let Some(known) = shape.keys.iter().find(|known| **known == name) {
                entry.fields.push((known, key.span(), value));
            } else if let Some(guess) = self.unknown_key((key.span(), name), value, shape, path, kind) {
                guesses.push((guess, key.span(), value));
            }
        }
        for (guess, span, value) in guesses {
            if entry.get(guess).is_none() {
                entry.fields.push((guess, span, value));
            }
        }
        entry
    }

    /// Reports a key that the table does not take; returns what it must mean, if there is no doubt.
    fn unknown_key(
        &mut self,
        (range, name): (Range<usize>, &str),
        value: &Value<'_>,
        shape: &Shape,
        path: &str,
        kind: &str,
    ) -> Option<&'static str> {
        let (guess, help) = explain_key(name, value, shape, path, kind);
        self.error("unknown-key", range, format!("unknown key `{name}` in `{path}`"), help);
        guess
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&mut self, key: &str, value: &Value<'_>) {
        self.wrong_type_of(schema::describe(key), value);
    }

    /// Reports a value of another type than `key` takes.
    pub fn wrong_type_of(&mut self, key: &schema::Key, value: &Value<'_>) {
        let written = self.text.get(value.span()).unwrap_or_default();
        let help = advice::value(key, value, written)
            .map_or_else(|| format!("write for example `{}`", key.example), |line| format!("write `{line}`"));
        self.error(
            "wrong-type",
            value.span(),
            format!("`{}` takes {}, not {}", key.name, key.takes, type_name(value.get_ref())),
            help,
        );
    }

    /// A text; an empty one is an error unless `name` may be empty.
    pub fn text(&mut self, entry: &Entry, name: &str) -> Option<Spanned<String>> {
        let value = entry.get(name)?;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(name, value);
            return None;
        };
        self.plain(name, text, value.span())
    }

    /// Refuses what can't be drawn, and empty texts where a name or an id must stand.
    fn plain(&mut self, name: &str, text: &str, range: Range<usize>) -> Option<Spanned<String>> {
        if text.trim().is_empty() && !matches!(name, "name" | "title" | "summary" | "description" | "why" | "label") {
            let example = schema::describe(name).example;
            self.error("empty-value", range, format!("`{name}` is empty"), format!("write for example `{example}`"));
            return None;
        }
        let text = Spanned::new(text.to_owned(), self.span(range));
        Some(self.drawable(name, text))
    }

    /// The text with a sign in the place of each character that can't be drawn, which is doubted.
    pub fn drawable(&mut self, name: &str, mut text: Spanned<String>) -> Spanned<String> {
        if let Some(bad) = text.value.chars().find(|&c| undrawable(c)) {
            let message = format!("`{name}` holds the control character U+{:04X}", u32::from(bad));
            self.diagnostics.push(
                Diagnostic::warning("control-character", text.span, message)
                    .with_help("take it out: a sign is drawn in its place"),
            );
            text.value = text.value.chars().map(|c| if undrawable(c) { sign(c) } else { c }).collect();
        }
        text
    }

    /// A word of a closed set.
    pub fn word(&mut self, entry: &Entry, name: &str) -> Option<Spanned<String>> {
        let text = self.text(entry, name)?;
        let words = schema::words(name);
        if words.contains(&text.value.as_str()) {
            return Some(text);
        }
        let lower = text.value.to_lowercase();
        if name == "arrow" && matches!(lower.as_str(), "<-" | "back" | "backward" | "backwards" | "reverse") {
            let message = format!("unknown `{name}`: `{}`", text.value);
            let help = "swap `from` and `to`: arrows lead forward";
            self.diagnostics.push(Diagnostic::error("unknown-value", text.span, message).with_help(help));
            return None;
        }
        let alias = schema::WORD_ALIASES.iter().find(|(key, other, _)| *key == name && *other == lower);
        let near =
            alias.map(|(.., word)| *word).or_else(|| closest(&text.value, words.iter().copied()).first().copied());
        let takes = format!("`{name}` takes {}", one_of(words));
        let help = near.map_or_else(|| takes.clone(), |word| format!("did you mean `{word}`? {takes}"));
        self.diagnostics.push(
            Diagnostic::error("unknown-value", text.span, format!("unknown `{name}`: `{}`", text.value))
                .with_help(help),
        );
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, entry: &Entry, name: &str) -> Option<Spanned<bool>> {
        let value = entry.get(name)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(Spanned::new(*flag, self.span(value.span())));
        }
        self.wrong_type(name, value);
        None
    }

    /// A whole number.
    pub fn number(&mut self, entry: &Entry, name: &str) -> Option<Spanned<i64>> {
        let value = entry.get(name)?;
        let DeValue::Integer(digits) = value.get_ref() else {
            self.wrong_type(name, value);
            return None;
        };
        if let Ok(number) = i64::from_str_radix(digits.as_str(), digits.radix()) {
            return Some(Spanned::new(number, self.span(value.span())));
        }
        let example = schema::describe(name).example;
        self.error(
            "bad-number",
            value.span(),
            format!("`{name}` is far too large"),
            format!("write for example `{example}`"),
        );
        None
    }

    /// A share of time in percent.
    pub fn percent(&mut self, entry: &Entry, name: &str) -> Option<Spanned<f64>> {
        let value = entry.get(name)?;
        let digits = match value.get_ref() {
            DeValue::Integer(digits) => digits.as_str(),
            DeValue::Float(digits) => digits.as_str(),
            _ => {
                self.wrong_type(name, value);
                return None;
            }
        };
        let number = digits.replace('_', "").parse::<f64>().ok().filter(|number| (0.0..=100.0).contains(number));
        if number.is_none() {
            let example = schema::describe(name).example;
            let message = format!("`{name}` is a share of time in percent, from 0 to 100");
            self.error("bad-sla", value.span(), message, format!("write for example `{example}`"));
        }
        Some(Spanned::new(number?, self.span(value.span())))
    }

    /// A list of texts; empty when left out. A lone text where a list belongs is reported, unless `lone` allows it,
    /// and read as a list of one.
    pub fn texts(&mut self, entry: &Entry, name: &str, lone: bool) -> Vec<Spanned<String>> {
        let Some(value) = entry.get(name) else { return Vec::new() };
        match value.get_ref() {
            DeValue::String(text) => {
                if !lone {
                    self.wrong_type(name, value);
                }
                self.plain(name, text, value.span()).into_iter().collect()
            }
            DeValue::Array(items) => items.iter().filter_map(|item| self.item(name, item)).collect(),
            _ => {
                self.wrong_type(name, value);
                Vec::new()
            }
        }
    }

    fn item(&mut self, name: &str, item: &Value<'_>) -> Option<Spanned<String>> {
        let DeValue::String(text) = item.get_ref() else {
            let key = schema::describe(name);
            self.error(
                "wrong-type",
                item.span(),
                format!("`{name}` holds {}, where a text belongs", type_name(item.get_ref())),
                format!("write for example `{}`", key.example),
            );
            return None;
        };
        self.plain(name, text, item.span())
    }

    /// Ids, possibly with a place (`api@us-east-1a`).
    pub fn addresses(&mut self, entry: &Entry, name: &str, lone: bool) -> Vec<Spanned<String>> {
        let found = self.texts(entry, name, lone);
        found.into_iter().filter(|address| self.check_address(name, address)).collect()
    }

    /// One id, possibly with a place.
    pub fn address(&mut self, entry: &Entry, name: &str) -> Option<Spanned<String>> {
        self.text(entry, name).filter(|address| self.check_address(name, address))
    }

    fn check_address(&mut self, name: &str, address: &Spanned<String>) -> bool {
        let Some(fault) = ids::address_fault(&address.value) else { return true };
        let help = self.instead_of(name, &address.value);
        self.diagnostics.push(
            Diagnostic::error(
                "bad-id",
                address.span,
                format!("`{name}` names `{}`, which can't be an id: {fault}", address.value),
            )
            .with_help(help),
        );
        false
    }

    /// What to write instead of `text`, which `name` holds and which is no address.
    fn instead_of(&self, name: &str, text: &str) -> String {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let are_ids = parts.iter().all(|part| ids::address_fault(part).is_none());
        if parts.len() > 1 && are_ids && !matches!(name, "from" | "to" | "like" | "at") {
            return format!("write `{name} = {}`", advice::list_or_one(&parts));
        }
        let ends: Vec<&str> = text.split(['<', '-', '>', '=', '~']).map(str::trim).collect();
        if let ([from, .., to], "from" | "to") = (ends.as_slice(), name)
            && text.contains(['>', '~'])
            && ids::fault(from).is_none()
            && ids::fault(to).is_none()
        {
            return format!("write `from = \"{from}\"` and `to = \"{to}\"`");
        }
        let last = text.rsplit(['/', ':', '>']).next().unwrap_or(text);
        match self.known.meant(text).or_else(|| self.known.meant(last)) {
            Some(id) => format!("boxes go by their ids: write `{name} = \"{id}\"`"),
            None => format!("write for example `{}`", schema::describe(name).example),
        }
    }

    /// Reports an id that the grammar of links can't hold; `table` is where it is declared.
    pub fn check_id(&mut self, id: &str, range: Range<usize>, table: &str) {
        if let Some(fault) = ids::fault(id) {
            let proposal = ids::repair(id);
            let quote = if proposal.is_ascii() { "" } else { "\"" };
            let proposal = format!("{quote}{proposal}{quote}");
            let message = if id.is_empty() {
                "an id can't be empty".to_owned()
            } else {
                format!("`{id}` can't be an id: {fault}")
            };
            self.error(
                "bad-id",
                range,
                message,
                if table == "views" {
                    format!("write `[{table}.{proposal}]`, and put the words to show into `title`")
                } else {
                    format!("write `[{table}.{proposal}]`, and put the words to show into `name`")
                },
            );
        }
    }
}

/// Whether a character can't stand in an SVG or on a page: controls and noncharacters, but for line ends and tabs.
fn undrawable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The picture of a character that has none (Unicode, "Control Pictures").
fn sign(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// What an unknown key must mean, if there is no doubt, and a help.
fn explain_key(name: &str, value: &Value<'_>, shape: &Shape, path: &str, kind: &str) -> (Option<&'static str>, String) {
    let takes = |wanted: &str| shape.keys.iter().copied().find(|key| *key == wanted);
    if let Some(key) = takes(&name.replace('_', "-")) {
        return (Some(key), format!("keys are written with hyphens: `{key}`"));
    }
    let folded = name.to_lowercase();
    if let Some(help) = advice::of_the_file(&folded, value) {
        return (None, help);
    }
    if let Some(advice) = advice::key(name, value, shape, path) {
        return (advice.guess, advice.help);
    }
    let alias = KEY_ALIASES.iter().filter(|(other, _)| *other == folded).find_map(|(_, real)| takes(real));
    if let Some(key) = alias {
        return (Some(key), format!("did you mean `{key}`? for example `{}`", schema::describe(key).example));
    }
    let homes: Vec<&str> = schema::BOX_TABLES
        .iter()
        .filter(|(_, table, _)| schema::shape(*table).keys.contains(&name))
        .map(|(written, ..)| *written)
        .collect();
    let near = closest(name, shape.keys.iter().copied());
    if homes.is_empty()
        && let Some(help) = did_you_mean(name, near.iter().copied())
    {
        return (certain(name, near.iter().copied()).and_then(takes), help);
    }
    let all = format!("`{kind}` takes {}", all_of(shape.keys));
    (None, if homes.is_empty() { all } else { format!("`{name}` belongs to {}", all_of(&homes)) })
}

/// What a TOML value is called in messages.
pub(super) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
