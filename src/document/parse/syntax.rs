//! What is wrong with a text as TOML, in words, and as much of the rest as possible.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::{DeTable, Error};

use super::foreign;
use super::schema::BOX_TABLES;
use super::statements::{Statement, Unclosed, scan};
use crate::diagnostics::Diagnostic;
use crate::document::ids;
use crate::source::{SourceId, Span};

/// How often a text is read again after a mistake was cut out. Each round takes care of every mistake that is in sight;
/// more than a few are only needed by what is no TOML at all.
const MOST_ROUNDS: usize = 8;

/// The most mistakes of syntax that are looked into: what has more is no TOML.
const MOST_ERRORS: usize = 500;

/// The quotes that word processors put in the place of straight ones.
const CURLY_QUOTES: [char; 8] = ['“', '”', '„', '‘', '’', '«', '»', '`'];

/// A broken text, mended so that the rest of it can be read.
#[derive(Debug)]
pub(super) struct Mended {
    /// The text, as long as before, with blanks for what can't be read.
    pub text: String,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The statements in which something is wrong: what they seem to say is not worth a second message.
    pub statements: Vec<Range<usize>>,
    /// Whether something was cut out.
    pub incomplete: bool,
}

/// Explains what is wrong with `text` as TOML, and cuts it out.
pub(super) fn mend(text: &str, source: SourceId) -> Mended {
    let mut mended =
        Mended { text: text.to_owned(), diagnostics: Vec::new(), statements: Vec::new(), incomplete: false };
    if let Some((format, line)) = foreign::recognized(text) {
        let help = "write TOML: each box is a table, for example `[services.api]` and below it `kind = \"ecs\"`";
        mended.report(source, line, 0..text.len(), (format!("this is {format}, not TOML"), help.to_owned()));
        mended.blank(0..text.len());
        return mended;
    }
    for _ in 0..MOST_ROUNDS {
        let (statements, unclosed) = scan(&mended.text);
        if !unclosed.is_empty() {
            for open in &unclosed {
                mended.close(open, source);
            }
            continue;
        }
        let mut errors = DeTable::parse_recoverable(&mended.text).1;
        errors.sort_by_key(|error| place(error).start);
        let (mut doubles, mut errors): (Vec<_>, Vec<_>) =
            errors.into_iter().partition(|error| error.message() == "duplicate key");
        let hopeless = errors.len() > MOST_ERRORS;
        mended.incomplete |= hopeless;
        errors.truncate(MOST_ERRORS);
        doubles.truncate(MOST_ERRORS);
        if !mended.cut(&statements, &errors, source) || hopeless {
            mended.doubles(&statements, &doubles, source);
            break;
        }
    }
    mended
}

/// The index of the statement that holds a byte, or of the one before it.
fn containing(statements: &[Statement], at: usize) -> usize {
    statements.partition_point(|statement| statement.range.start <= at).saturating_sub(1)
}

/// Where an error of the TOML parser points.
fn place(error: &Error) -> Range<usize> {
    error.span().unwrap_or(0..0)
}

impl Mended {
    fn report(
        &mut self,
        source: SourceId,
        range: Range<usize>,
        statement: Range<usize>,
        (message, help): (String, String),
    ) {
        let span = Span { source, start: range.start as u32, end: range.end as u32 };
        self.diagnostics.push(Diagnostic::error("syntax", span, message).with_help(help));
        self.statements.push(statement);
    }

    /// Puts blanks in the place of a range; line ends stay.
    fn blank(&mut self, range: Range<usize>) {
        self.incomplete = true;
        let blanks: String = self.text[range.clone()].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        self.text.replace_range(range, &blanks);
    }

    /// Whether nothing but a comment stands behind the `=` of a statement.
    fn has_no_value(&self, statement: &Range<usize>) -> bool {
        bare_value(&self.text[statement.clone()]).is_some_and(str::is_empty)
    }

    /// Reads a value in curly quotes as the text that it must be.
    fn straighten(&mut self, statement: &Range<usize>) {
        let Some(value) = bare_value(&self.text[statement.clone()]).filter(|value| value.starts_with(CURLY_QUOTES))
        else {
            return;
        };
        let start = statement.start + self.text[statement.clone()].find(value).unwrap_or(0);
        let range = start..start + value.len();
        let straight = format!("\"{}\"", value.trim_matches(CURLY_QUOTES));
        if straight.len() <= range.len() && !straight.contains('\\') {
            let padding = " ".repeat(range.len() - straight.len());
            self.text.replace_range(range, &(straight + &padding));
        }
    }

    /// Reports a bracket that is never closed, and cuts its statement out.
    fn close(&mut self, open: &Unclosed, source: SourceId) {
        let words = match &self.text[open.opener.clone()] {
            "[" => ("this list is never closed", "add `]` where it ends"),
            "{" => ("this table is never closed", "add `}` where it ends"),
            "'''" => ("this text is never closed", "add `'''` where it ends"),
            _ => ("this text is never closed", "add `\"\"\"` where it ends"),
        };
        self.report(source, open.opener.clone(), open.statement.clone(), (words.0.to_owned(), words.1.to_owned()));
        self.blank(open.statement.clone());
    }

    /// Reports the worst error of each statement, and cuts out those that would mislead the parser; whether there
    /// were any of those.
    fn cut(&mut self, statements: &[Statement], errors: &[Error], source: SourceId) -> bool {
        let mut cut = false;
        // What stands below a header that is cut out is explained too.
        let before = self.text.clone();
        let mut sorted: Vec<(usize, &Error)> =
            errors.iter().map(|error| (containing(statements, place(error).start), error)).collect();
        sorted.sort_by_key(|(index, error)| (*index, is_harmless(error), place(error).start));
        sorted.dedup_by_key(|(index, _)| *index);
        for (index, error) in sorted {
            let whole = statements.get(index).map_or(0..self.text.len(), |statement| statement.range.clone());
            let harmless = is_harmless(error) && !self.has_no_value(&whole);
            if !self.statements.contains(&whole) {
                let (range, words) = explain(error, statements.get(index), &before);
                self.report(source, range, whole.clone(), words);
            }
            self.straighten(&whole);
            if !harmless {
                cut = true;
                let header = statements.get(index).is_some_and(|statement| {
                    statement.header || lost_bracket(&before[statement.range.clone()]).is_some()
                });
                let next = if header { statements[index + 1..].iter().find(|next| next.header) } else { None };
                // Without its header, what follows would belong to the table before.
                let end = if header { next.map_or(self.text.len(), |next| next.range.start) } else { whole.end };
                self.blank(whole.start..end);
            }
        }
        cut
    }

    /// Reports keys and tables that stand twice, each with its first place.
    fn doubles(&mut self, statements: &[Statement], doubles: &[Error], source: SourceId) {
        let mut again: BTreeSet<&[String]> = BTreeSet::new();
        let mut firsts: BTreeMap<&[String], &Statement> = BTreeMap::new();
        for statement in statements.iter().rev() {
            firsts.insert(&statement.path, statement);
        }
        for error in doubles {
            let range = place(error);
            let Some(second) = statements.get(containing(statements, range.start)) else { continue };
            // What stands in a table that is there twice has been said with the table.
            if !second.header && (1..second.path.len()).any(|depth| again.contains(&second.path[..depth])) {
                continue;
            }
            let first =
                statements.iter().find(|first| first.path == second.path && first.range.start < second.range.start);
            if second.header {
                again.insert(&second.path);
            }
            let name = &self.text[range.clone()];
            let span = |range: Range<usize>| Span { source, start: range.start as u32, end: range.end as u32 };
            let entry = second.path.len() == 2
                && (second.path[0] == "flows" || BOX_TABLES.iter().any(|(table, ..)| second.path[0] == *table));
            let diagnostic = if entry {
                let error = Diagnostic::error("duplicate-id", span(range), format!("the id `{name}` is used twice"));
                error.with_help("give one of them another id")
            } else {
                let error = Diagnostic::error("duplicate-key", span(range), format!("`{name}` stands here twice"));
                error.with_help("keep one of them")
            };
            self.diagnostics.push(match first {
                Some(first) => diagnostic.with_label(span(first.name.clone()), "first used here"),
                None => diagnostic,
            });
        }
    }
}

/// Whether the TOML parser still understands the statement as its author meant it.
fn is_harmless(error: &Error) -> bool {
    [
        "string values must be quoted",
        "invalid unquoted key",
        "invalid basic string",
        "invalid literal string",
        "missing escaped",
    ]
    .iter()
    .any(|known| error.message().starts_with(known))
}

/// Where an error is, its message and its help.
fn explain(error: &Error, statement: Option<&Statement>, text: &str) -> (Range<usize>, (String, String)) {
    let range = place(error);
    let range = range.start.min(text.len())..range.end.min(text.len());
    let Some(statement) = statement else {
        return (range, (sentence(error), "write TOML: tables, keys and values".to_owned()));
    };
    let all = &text[statement.range.clone()];
    let name = statement.path.last().filter(|_| !statement.name.is_empty()).map_or("key", String::as_str);
    let bad = &text[range.clone()];
    let kind = error.message();
    let says = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    if kind.starts_with("key with no value") {
        return (statement.range.clone(), no_value(all, name));
    }
    if statement.header && kind.starts_with("unclosed") {
        return (statement.range.clone(), open_header(all));
    }
    if statement.header && kind.starts_with("unexpected") && all.ends_with(']') {
        return (statement.range.clone(), ("this header has a bracket too many".to_owned(), header_help(all)));
    }
    if kind.starts_with("invalid basic string") || kind.starts_with("invalid literal string") {
        let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let quote = if kind.starts_with("invalid basic") { '"' } else { '\'' };
        let start = text[line..range.start].rfind(quote).map_or(range.start, |at| line + at);
        return (start..range.end.max(start), says("this text is never closed", "add the closing quote"));
    }
    if kind.starts_with("missing escaped") || kind.starts_with("too few unicode") {
        let start = text[..range.start].rfind('\\').unwrap_or(range.start);
        let help = "write `\\\\` for a backslash, or `/` between folders";
        return (start..range.end.max(start), says("a backslash begins no known escape here", help));
    }
    let value = bare_value(all).filter(|_| !statement.header);
    if value == Some("") {
        return (statement.range.clone(), needs_quotes(name, ""));
    }
    let words = if kind.starts_with("invalid unquoted key") {
        let quoted = text[statement.name.clone()].trim_matches(['"', '\'']);
        let message = format!("`{bad}` can't stand in a name without quotes");
        let words = all.trim_matches(['[', ']']).rsplit('.').next().unwrap_or(quoted).trim();
        // Quotes help only where what is in them can be an id.
        let is_id = ids::fault(words).is_none() || !statement.header;
        (message, if is_id { format!("put the name into quotes: `\"{quoted}\"`") } else { header_help(all) })
    } else if kind.starts_with("unquoted keys cannot be empty") {
        if foreign_comment(all) {
            no_comment()
        } else {
            says("a name is missing here", "write for example `[services.api]`")
        }
    } else if kind.contains("recurs") {
        says("this is nested too deeply", "tables and lists of this format are at most four deep")
    } else if kind.starts_with("unexpected key or value") {
        match text[range.start..].get(..1).unwrap_or_default() {
            sign @ ("," | ";") => {
                (format!("no `{sign}` stands at the end of a line"), format!("take the `{sign}` out"))
            }
            _ => says(
                "something follows that can't stand on this line",
                "write each header and each key on a line of its own",
            ),
        }
    } else if kind.contains("comma") {
        (sentence(error), "put one comma between two entries: `[\"a\", \"b\"]`".to_owned())
    } else if let Some(value) = value {
        needs_quotes(name, value)
    } else if kind.starts_with("string values must be quoted") {
        (format!("`{bad}` is no value of TOML"), format!("put it into quotes, `\"{bad}\"`, or write a number"))
    } else {
        (sentence(error), "write for example `name = \"Payments API\"`".to_owned())
    };
    (range, words)
}

/// The message of the TOML parser itself.
fn sentence(error: &Error) -> String {
    error.message().split(", expected").next().unwrap_or_default().to_owned()
}

/// The value of a key if it is none of TOML: what stands behind `=` on its line, without a comment.
fn bare_value(statement: &str) -> Option<&str> {
    let (_, value) = statement.split_once('=')?;
    let value = value.lines().next().unwrap_or_default().split(" #").next().unwrap_or_default().trim();
    (!value.starts_with(['"', '\'', '[', '{'])).then_some(value)
}

/// A value that lacks its quotes, or is a word that other formats have.
fn needs_quotes(key: &str, value: &str) -> (String, String) {
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
    let inner = value.trim_matches(CURLY_QUOTES);
    if inner.len() < value.len() {
        return ("these quotes are not those of TOML".to_owned(), format!("write `{key} = \"{inner}\"`"));
    }
    (format!("`{value}` needs quotes"), format!("write `{key} = \"{inner}\"`"))
}

/// Whether a line is a comment, a rule or a heading in other formats.
fn foreign_comment(line: &str) -> bool {
    ["//", "--", "/*", "==", "<!--", ";"].iter().any(|begin| line.starts_with(begin))
}

fn no_comment() -> (String, String) {
    ("this is no comment of TOML".to_owned(), "begin comments with `#`".to_owned())
}

/// The header that a line is without its first bracket.
fn lost_bracket(line: &str) -> Option<String> {
    let line = line.trim();
    (line.ends_with(']') && !line.contains(['[', '='])).then(|| format!("[{line}"))
}

/// A line without `=`.
fn no_value(line: &str, name: &str) -> (String, String) {
    if foreign_comment(line) {
        return no_comment();
    }
    if let Some((key, value)) = line.split_once(':').filter(|(key, _)| !key.contains(char::is_whitespace)) {
        let value = value.trim().trim_end_matches(',').trim_matches(['"', '\'']);
        let value = if value.is_empty() { "…" } else { value };
        return (
            format!("`{}` is joined to its value by a colon", key.trim()),
            format!("write `{} = \"{value}\"`", key.trim()),
        );
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
fn header_help(line: &str) -> String {
    let brackets = if line.starts_with("[[") { 2 } else { 1 };
    let inner = line.trim_matches(['[', ']']).trim();
    let repaired: Vec<String> = inner.split('.').map(ids::repair).collect();
    format!("write `{}{}{}`", "[".repeat(brackets), repaired.join("."), "]".repeat(brackets))
}

/// A header without its closing bracket, or with a name that ends too early.
fn open_header(line: &str) -> (String, String) {
    let inner = line.trim_matches(['[', ']']).trim();
    let help = header_help(line);
    if inner.contains(char::is_whitespace) {
        ("a name in a header holds a space".to_owned(), help)
    } else {
        ("this header is never closed".to_owned(), help)
    }
}
