//! What to type instead of lines that are no TOML, made of what they say.

use std::ops::Range;

use super::schema::BOX_TABLES;
use crate::document::ids;

/// The quotes that word processors put in the place of straight ones.
pub(super) const CURLY_QUOTES: [char; 8] = ['“', '”', '„', '‘', '’', '«', '»', '`'];

/// The help for the text that `lines` leaves open at `start`: its first line, closed.
pub(super) fn closed(lines: &str, start: usize) -> String {
    let mut rest = lines.lines();
    let line = rest.next().unwrap_or_default();
    let (before, open) = line.split_at(start.min(line.len()));
    let quote = if open.starts_with('\'') { '\'' } else { '"' };
    let text = open.split(" #").next().unwrap_or(open).trim();
    // A text that goes on below has its closing quote there.
    let below = rest.next().map(str::trim).filter(|next| next.ends_with(quote) && next.matches(quote).count() == 1);
    let text =
        below.filter(|next| !next.contains('=')).map_or_else(|| text.to_owned(), |next| format!("{text} {next}"));
    let inner = text.trim_end_matches([',', ']', '}', ' ']).trim_matches(['"', '\'']);
    let is_value = before.trim_end().ends_with('=') && !before.contains(['[', '{']);
    if inner.is_empty() || inner.contains(['"', '\'', '\\', '[', ']', '{', '}']) {
        "add the closing quote".to_owned()
    } else if is_value {
        format!("write `{} \"{inner}\"`", before.trim())
    } else {
        format!("add the closing quote: `\"{inner}\"`")
    }
}

/// A list in which the comma behind the entry before `range` is missing: that entry, if it stands on a line before.
pub(super) fn no_comma(text: &str, range: &Range<usize>) -> Option<(Range<usize>, (String, String))> {
    let mut end = text[..range.start].rfind('\n')?;
    if !text[end..range.start].trim().is_empty() {
        return None;
    }
    loop {
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..end].split(" #").next().unwrap_or_default();
        let entry = line.trim();
        if entry.is_empty() || entry.starts_with('#') {
            end = start.checked_sub(1)?;
            continue;
        }
        let at = start + line.find(entry).unwrap_or(0);
        let entry = entry.rsplit_once('[').filter(|_| !entry.ends_with(']')).map_or(entry, |(_, entry)| entry.trim());
        let at = at + text[at..end].find(entry).unwrap_or(0);
        let complete = entry.len() > 1 && !entry.contains("\", \"");
        let help = if complete { format!("write `{entry},`") } else { "put one comma behind it".to_owned() };
        return Some((at..at + entry.len(), ("no comma stands behind this entry".to_owned(), help)));
    }
}

/// A key in a table on one line that a colon joins to its value.
pub(super) fn colon_inside(text: &str, range: &Range<usize>) -> Option<(Range<usize>, (String, String))> {
    let before = text[..range.start].trim_end();
    let before = before.strip_suffix(':').or_else(|| text[range.start..].starts_with(':').then_some(before))?;
    let value = text[before.len()..].trim_start().strip_prefix(':')?;
    let value = value[..value.find([',', '}', '\n']).unwrap_or(value.len())].trim();
    let start = before.rfind(['{', ',', ' ', '\n']).map_or(0, |at| at + 1);
    let key = before[start..].trim_matches(['"', '\'']);
    let help = format!("write `{key} = {value}`");
    (!key.is_empty() && !value.is_empty())
        .then(|| (start..before.len() + 1, (format!("`{key}` is joined to its value by a colon"), help)))
}

/// The value of a key if it is none of TOML: what stands behind `=` on its line, without a comment.
pub(super) fn bare_value(statement: &str) -> Option<&str> {
    let (_, value) = statement.split_once('=')?;
    let value = value.lines().next().unwrap_or_default().split(" #").next().unwrap_or_default().trim();
    (!value.starts_with(['"', '\'', '[', '{'])).then_some(value)
}

/// A value that lacks its quotes, or is a word that other formats have.
pub(super) fn needs_quotes(key: &str, value: &str) -> (String, String) {
    let lower = value.to_lowercase();
    if value.is_empty() {
        return (format!("`{key}` has no value"), format!("write a value behind `=`, or take `{key}` out"));
    }
    if let Some(flag) = match lower.as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        _ => None,
    } {
        return (format!("`{value}` is no value of TOML"), format!("write `{key} = {flag}`"));
    }
    if let Some(items) = value.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return ("lists of TOML stand in square brackets".to_owned(), format!("write `{key} = [{items}]`"));
    }
    if let Some(rest) = value.strip_prefix(['=', '>', ':']).map(str::trim).filter(|rest| !rest.is_empty()) {
        let quote = if rest.starts_with(['"', '\'', '[', '{']) { "" } else { "\"" };
        return (
            "a key and its value are joined by one `=`".to_owned(),
            format!("write `{key} = {quote}{rest}{quote}`"),
        );
    }
    if value == "(" {
        return ("lists of TOML stand in square brackets".to_owned(), format!("write `{key} = [`, and `]` at the end"));
    }
    let inner = value.trim_matches(CURLY_QUOTES);
    if inner.len() < value.len() {
        return ("these quotes are not those of TOML".to_owned(), format!("write `{key} = \"{inner}\"`"));
    }
    let inner = inner.trim_matches(['"', '\'']);
    (format!("`{value}` needs quotes"), format!("write `{key} = \"{inner}\"`"))
}

/// Whether a line is a comment, a rule or a heading in other formats.
pub(super) fn foreign_comment(line: &str) -> bool {
    ["//", "--", "/*", "==", "<!--", ";"].iter().any(|begin| line.starts_with(begin))
}

/// The words for a comment of another format.
pub(super) fn no_comment() -> (String, String) {
    ("this is no comment of TOML".to_owned(), "begin comments with `#`".to_owned())
}

/// A key and its value with a blank, `:=` or the like between them.
fn joined_otherwise(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.trim().split_once(char::is_whitespace)?;
    let value = rest.trim_start_matches([':', '=', '>', ' ', '\t']);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (is_key && value.starts_with(['"', '\'', '[', '{']) && !rest.contains(" = ")).then_some((key, value))
}

/// The header that a line is without its first bracket.
pub(super) fn lost_bracket(line: &str) -> Option<String> {
    let line = line.trim();
    (line.ends_with(']') && !line.contains(['[', '='])).then(|| format!("[{line}"))
}

/// A line without `=`.
pub(super) fn no_value(line: &str, name: &str) -> (String, String) {
    if foreign_comment(line) {
        return no_comment();
    }
    if let Some((key, value)) = joined_otherwise(line) {
        return (format!("`{key}` and its value are joined by one `=`"), format!("write `{key} = {value}`"));
    }
    if let Some((key, value)) = line.split_once(':').filter(|(key, _)| !key.contains(char::is_whitespace)) {
        let value = value.trim().trim_end_matches(',').trim_matches(['"', '\'']);
        let value = if value.is_empty() { "…" } else { value };
        return (
            format!("`{}` is joined to its value by a colon", key.trim()),
            format!("write `{} = \"{value}\"`", key.trim()),
        );
    }
    if ["->", "~>", "=>", "-->"].iter().any(|arrow| line.contains(arrow)) {
        let step = line.trim().trim_end_matches(',').trim_matches(['"', '\'']);
        let help = format!("write `steps = [\"{step}\"]` below a header such as `[flows.main]`");
        return ("this is a step, which stands in a flow".to_owned(), help);
    }
    if line.starts_with('-') {
        return ("this is no list of TOML".to_owned(), "write lists in brackets: `in = [\"a\", \"b\"]`".to_owned());
    }
    if let Some(header) = lost_bracket(line) {
        return ("this header is not opened".to_owned(), format!("write `{header}`"));
    }
    (format!("`{name}` has no value"), format!("write `{name} = \"…\"`, or begin a comment with `#`"))
}

/// The header that a line must mean.
pub(super) fn header_help(line: &str) -> String {
    let brackets = if line.starts_with("[[") { 2 } else { 1 };
    let inner = line.trim_matches(['[', ']']).trim();
    let table = inner.split([':', '/']).next().filter(|first| BOX_TABLES.iter().any(|(table, ..)| table == first));
    let separators: &[char] = if table.is_some() { &['.', ':', '/'] } else { &['.'] };
    let repaired: Vec<String> = inner.split(separators).map(ids::repair).collect();
    format!("write `{}{}{}`", "[".repeat(brackets), repaired.join("."), "]".repeat(brackets))
}

/// A header without its closing bracket, or with a name that ends too early.
pub(super) fn open_header(line: &str) -> (String, String) {
    let inner = line.trim_matches(['[', ']']).trim();
    let help = header_help(line);
    if inner.contains(char::is_whitespace) {
        ("a name in a header holds a space".to_owned(), help)
    } else {
        ("this header is never closed".to_owned(), help)
    }
}
