//! The one way in which a topology file is written.
//!
//! Arrives: the text of a TOML file. Leaves: the same document in the canonical spacing, quotes and order, with every
//! comment; whatever is drawn from it is the same. Boxes are drawn in the order of the file, and flows are numbered
//! in it, so that entries keep their order among those of their kind; only what no picture can show is moved.

mod order;
mod page;
mod remarks;
mod values;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Key, Table, Value};

use self::page::Page;
use self::remarks::{Remark, Remarks};
use crate::diagnostics::Diagnostic;
use crate::document;
use crate::source::{Source, Span};

/// The text of a topology file in canonical form. Done twice, it changes nothing more. Line ends stay those of the
/// file.
///
/// # Errors
///
/// What is wrong with a text that is no TOML, or says something twice.
pub fn format(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let text = source.text();
    let (head, body) = split_head(text);
    let document: DocumentMut = body.parse().map_err(|error| faults(source, &error))?;
    let mut page = Page::default();
    page.remarks(&Remarks::on_lines(head).above, 0);
    page.gap();
    let (sections, last) = sections(&document);
    for section in &sections {
        section.write(&mut page);
    }
    page.remarks(&last, 0);
    let crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    Ok(page.finish(if crlf { "\r\n" } else { "\n" }))
}

/// The remarks that open a file and stand apart from its first table, and the rest. They are about the whole file, and so
/// is a directive to editors (`#:schema`) even where it stands apart from nothing.
fn split_head(text: &str) -> (&str, &str) {
    let (mut head, mut directives, mut at) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            let end = if head == 0 { directives } else { head };
            return text.split_at(end);
        }
        at += line.len();
        if trimmed.is_empty() {
            head = at;
        } else if trimmed.starts_with("#:") && directives + line.len() == at {
            directives = at;
        }
    }
    // There is nothing that they could belong to.
    (text, "")
}

/// What is wrong with a text that the TOML library does not read.
fn faults(source: &Source, error: &toml_edit::TomlError) -> Vec<Diagnostic> {
    let (_, diagnostics) = document::parse(source, 0);
    if !diagnostics.is_empty() {
        return diagnostics;
    }
    let range = error.span().unwrap_or_default();
    let span = Span { source: 0, start: range.start as u32, end: range.end as u32 };
    vec![Diagnostic::error("syntax", span, error.message()).with_help("write TOML: tables, keys and values")]
}

/// A header with its keys, or the keys above the first header.
struct Section<'d> {
    table: &'d Table,
    path: Vec<&'d Key>,
    /// Whether it is one entry of a list: `[[links]]`.
    listed: bool,
    /// Where it stands in the file.
    position: isize,
    /// The remarks above its header.
    above: Vec<Remark>,
    /// Those below its last key.
    below: Vec<Remark>,
}

/// All sections in canonical order, and the remarks that close the file.
fn sections(document: &DocumentMut) -> (Vec<Section<'_>>, Vec<Remark>) {
    let mut sections = Vec::new();
    let mut last = -1;
    gather(document.as_table(), &mut Vec::new(), false, &mut last, &mut sections);
    sections.sort_by_key(|section| (!section.path.is_empty(), section.position));
    let mut end = Remarks::on_lines(document.trailing().as_str().unwrap_or_default()).above;
    // The end is a gap, too.
    end.push(Remark::Blank);
    for index in 1..=sections.len() {
        let (before, after) = sections.split_at_mut(index);
        let above = after.first_mut().map_or(&mut end, |section| &mut section.above);
        if let Some(gap) = above.iter().position(|remark| *remark == Remark::Blank) {
            let rest = above.split_off(gap);
            before[index - 1].below = std::mem::replace(above, rest);
        }
    }
    sections.sort_by_key(|section| section.path.first().map_or(0, |table| order::rank(table.get())));
    (sections, end)
}

/// Gathers a table and those below it. `last` is the position of the one before, for those without.
fn gather<'d>(
    table: &'d Table,
    path: &mut Vec<&'d Key>,
    listed: bool,
    last: &mut isize,
    sections: &mut Vec<Section<'d>>,
) {
    *last = table.position().unwrap_or(*last);
    let written = listed || !(table.is_implicit() && table.get_values().is_empty());
    if !table.is_dotted() && written {
        let above = Remarks::on_lines(text_of(table.decor().prefix())).above;
        sections.push(Section { table, path: path.clone(), listed, position: *last, above, below: Vec::new() });
    }
    for (key, item) in keyed(table) {
        path.push(key);
        match item {
            Item::Table(inner) => gather(inner, path, false, last, sections),
            Item::ArrayOfTables(list) => gather_list(list, path, last, sections),
            Item::None | Item::Value(_) => {}
        }
        path.pop();
    }
}

fn gather_list<'d>(
    list: &'d ArrayOfTables,
    path: &mut Vec<&'d Key>,
    last: &mut isize,
    sections: &mut Vec<Section<'d>>,
) {
    for table in list {
        gather(table, path, true, last, sections);
    }
}

/// The entries of a table with their keys as written.
fn keyed(table: &Table) -> impl Iterator<Item = (&Key, &Item)> {
    table.iter().filter_map(|(name, _)| table.get_key_value(name))
}

impl Section<'_> {
    fn write(&self, page: &mut Page) {
        if !self.path.is_empty() {
            page.gap();
            page.remarks(&self.above, 0);
            let name: Vec<String> = self.path.iter().map(|key| values::key(key)).collect();
            let (open, close) = if self.listed { ("[[", "]]") } else { ("[", "]") };
            page.line(0, &format!("{open}{}{close}", name.join(".")));
            page.beside(text_of(self.table.decor().suffix()));
        }
        let path: Vec<&str> = self.path.iter().map(|key| key.get()).collect();
        for (index, (keys, value)) in order::sorted(&path, self.table.get_values()).into_iter().enumerate() {
            self.write_value(page, &keys, value, index == 0);
        }
        page.remarks(&self.below, 0);
    }

    /// Writes `key = value` with the remarks above and beside it.
    fn write_value(&self, page: &mut Page, keys: &[&Key], value: &Value, first: bool) {
        let leaf = keys.last().expect("a value has a key");
        let mut above = Remarks::on_lines(text_of(leaf.leaf_decor().prefix())).above;
        if first && matches!(above.first(), Some(Remark::Blank)) {
            above.remove(0);
        }
        page.remarks(&above, 0);
        let name: Vec<String> = keys.iter().map(|key| values::key(key)).collect();
        page.line(0, &format!("{} = ", name.join(".")));
        let path: Vec<&str> = self.path.iter().chain(keys).map(|key| key.get()).collect();
        values::write(page, value, 0, &path);
        page.beside(text_of(value.decor().suffix()));
    }
}

/// What stands around a key or a value.
fn text_of(raw: Option<&toml_edit::RawString>) -> &str {
    raw.and_then(toml_edit::RawString::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
