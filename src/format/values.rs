//! Keys and values as they are written.

use toml_edit::{Array, InlineTable, Key, RawString, Value};

use super::page::Page;
use super::remarks::{Remark, Remarks};
use super::{order, text_of};

/// The columns that a line with a list may have; in longer ones each element gets a line of its own.
const WIDTH: usize = 100;

/// A key, in quotes only where it needs them.
pub(super) fn key(key: &Key) -> String {
    let name = key.get();
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { name.to_owned() } else { quoted(name, &key.display_repr()) }
}

/// A text in double quotes, or as it was written where they would need escapes.
fn quoted(text: &str, written: &str) -> String {
    let plain = !text.chars().any(|c| matches!(c, '"' | '\\') || c.is_control());
    if plain && written.starts_with('\'') && !written.starts_with("'''") {
        format!("\"{text}\"")
    } else {
        written.to_owned()
    }
}

/// A value that is neither list nor table.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text.value(), &text.display_repr()),
        Value::Integer(number) => number.display_repr().into_owned(),
        Value::Float(number) => number.display_repr().into_owned(),
        Value::Boolean(flag) => flag.display_repr().into_owned(),
        Value::Datetime(date) => date.display_repr().into_owned(),
        Value::Array(_) | Value::InlineTable(_) => unreachable!("lists and tables are written by their own functions"),
    }
}

/// Writes a value on from the end of the last line. `depth` is the indentation of that line, `path` leads to the value.
pub(super) fn write(page: &mut Page, value: &Value, depth: usize, path: &[&str]) {
    let can_break = value.is_array() || value.as_inline_table().is_some_and(|table| !table.is_empty());
    let fits = |text: &String| !can_break || page.column() + text.chars().count() <= WIDTH;
    match (flat(value, path, true).filter(fits), value) {
        (Some(text), _) => page.push(&text),
        (None, Value::Array(array)) => write_array(page, array, depth, path),
        (None, Value::InlineTable(table)) => write_table(page, table, depth, path),
        (None, _) => unreachable!("anything else is written on one line"),
    }
}

/// The value on one line; `None` if it holds a comment, or a list that its author has broken (which counts only where
/// `breaks` does).
fn flat(value: &Value, path: &[&str], breaks: bool) -> Option<String> {
    match value {
        Value::Array(array) => {
            let broken = breaks && is_broken(array);
            if broken || speaks(Some(array.trailing())) || array.iter().any(has_comment) {
                return None;
            }
            let items = array.iter().map(|item| flat(item, path, breaks));
            Some(format!("[{}]", items.collect::<Option<Vec<_>>>()?.join(", ")))
        }
        Value::InlineTable(table) => {
            if table_has_comment(table) {
                return None;
            }
            let fields = order::sorted(path, table.get_values()).into_iter().map(|(keys, value)| {
                let inner: Vec<&str> = path.iter().copied().chain(keys.iter().map(|key| key.get())).collect();
                Some(format!("{} = {}", dotted(&keys), flat(value, &inner, false)?))
            });
            let fields = fields.collect::<Option<Vec<_>>>()?;
            Some(if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) })
        }
        _ => Some(scalar(value)),
    }
}

fn dotted(keys: &[&Key]) -> String {
    keys.iter().map(|part| key(part)).collect::<Vec<_>>().join(".")
}

/// Whether the author has put the first element on a line of its own.
fn is_broken(array: &Array) -> bool {
    array.get(0).is_some_and(|first| text_of(first.decor().prefix()).contains('\n'))
}

/// Whether there is a comment in what stands around a key or a value.
fn speaks(raw: Option<&RawString>) -> bool {
    Remarks::behind_code(text_of(raw)).has_comment()
}

/// Whether a comment stands around the value.
fn has_comment(value: &Value) -> bool {
    speaks(value.decor().prefix()) || speaks(value.decor().suffix())
}

/// Whether a comment stands directly in the table, which TOML allows since 1.1.
fn table_has_comment(table: &InlineTable) -> bool {
    let around = |key: &&Key| speaks(key.leaf_decor().prefix()) || speaks(key.leaf_decor().suffix());
    let beside = |(keys, value): (Vec<&Key>, &Value)| has_comment(value) || keys.iter().any(around);
    speaks(Some(table.trailing())) || table.get_values().into_iter().any(beside)
}

fn write_array(page: &mut Page, array: &Array, depth: usize, path: &[&str]) {
    page.push("[");
    for (index, item) in array.iter().enumerate() {
        let before = Remarks::behind_code(text_of(item.decor().prefix()));
        between(page, &before, depth + 1, index == 0);
        page.line(depth + 1, "");
        write(page, item, depth + 1, path);
        page.push(",");
        between(page, &Remarks::behind_code(text_of(item.decor().suffix())), depth + 1, false);
    }
    close(page, array.trailing().as_str().unwrap_or_default(), depth, "]");
}

fn write_table(page: &mut Page, table: &InlineTable, depth: usize, path: &[&str]) {
    // Lines of its own are for tables with comments: older readers of TOML do not take them.
    let broken = table_has_comment(table);
    page.push(if broken { "{" } else { "{ " });
    for (index, (keys, value)) in order::sorted(path, table.get_values()).into_iter().enumerate() {
        let leaf = keys.last().expect("a value has a key").leaf_decor();
        if broken {
            between(page, &Remarks::behind_code(text_of(leaf.prefix())), depth + 1, index == 0);
            page.line(depth + 1, "");
        } else if index > 0 {
            page.push(", ");
        }
        page.push(&format!("{} = ", dotted(&keys)));
        let inner: Vec<&str> = path.iter().copied().chain(keys.iter().map(|key| key.get())).collect();
        write(page, value, if broken { depth + 1 } else { depth }, &inner);
        if broken {
            page.push(",");
            for raw in [leaf.suffix(), value.decor().prefix(), value.decor().suffix()] {
                between(page, &Remarks::behind_code(text_of(raw)), depth + 1, false);
            }
        }
    }
    if broken {
        close(page, table.trailing().as_str().unwrap_or_default(), depth, "}");
    } else {
        page.push(" }");
    }
}

/// What stands between two elements: beside the one before, then above the next. No gap is left at the beginning.
fn between(page: &mut Page, remarks: &Remarks, depth: usize, first: bool) {
    page.beside(remarks.beside.as_deref().unwrap_or_default());
    let above = match remarks.above.as_slice() {
        [Remark::Blank, rest @ ..] if first => rest,
        all => all,
    };
    page.remarks(above, depth);
}

/// Ends a broken list or table; no gap is left before the bracket.
fn close(page: &mut Page, trailing: &str, depth: usize, bracket: &str) {
    let mut remarks = Remarks::behind_code(trailing);
    while remarks.above.last() == Some(&Remark::Blank) {
        remarks.above.pop();
    }
    between(page, &remarks, depth + 1, false);
    page.trim();
    page.line(depth, bracket);
}
