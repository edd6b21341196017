//! What is wrong with a text as TOML, in words, and as much of the rest as possible.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::{DeTable, Error};

use super::foreign;
use super::repairs::{
    CURLY_QUOTES, bare_value, closed, colon_inside, foreign_comment, header_help, lost_bracket, needs_quotes, no_comma,
    no_comment, no_value, open_header,
};
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
        let end = self.text[open.statement.clone()].trim_end().chars().next_back();
        let words = match &self.text[open.opener.clone()] {
            "[" if end == Some('}') => ("this `[` is closed by `}`", "write `]` there, or `{` here if it is a table"),
            "{" if end == Some(']') => ("this `{` is closed by `]`", "write `[` here for a list, or `}` there"),
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
        // What follows a quote that is left open is read wrongly, so the quote is what is wrong.
        let open = |index: usize| {
            errors.iter().find(|error| is_open(error) && containing(statements, place(error).start) == index)
        };
        sorted.dedup_by_key(|(index, _)| *index);
        for (index, error) in sorted {
            let whole = statements.get(index).map_or(0..self.text.len(), |statement| statement.range.clone());
            let harmless = is_harmless(error) && !self.has_no_value(&whole);
            if !self.statements.contains(&whole) && !self.is_rest_of_text(&whole, source) {
                let told = open(index).filter(|open| place(open).start < place(error).start).unwrap_or(error);
                let (range, words) = explain(told, statements.get(index), &before);
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

    /// Whether a statement is the second line of a text that the line before leaves open, and ends with its quote.
    fn is_rest_of_text(&self, statement: &Range<usize>, source: SourceId) -> bool {
        let line = self.text[statement.clone()].trim_end();
        let before = self.text[..statement.start].trim_end().len();
        line.ends_with(['"', '\''])
            && !line.contains('=')
            && self.diagnostics.iter().filter_map(|found| found.labels.first()).any(|label| {
                let starts_text =
                    self.text.get(label.span.start as usize..).is_some_and(|text| text.starts_with(['"', '\'']));
                label.span.source == source
                    && self.text.get(..label.span.end as usize).is_some_and(|text| text.trim_end().len() == before)
                    && starts_text
            })
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
            if second.header && self.text[second.range.clone()].starts_with("[[") {
                self.refuse_list(second, range, source);
                continue;
            }
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

impl Mended {
    /// Reports a list of tables under a name that a table has already.
    fn refuse_list(&mut self, header: &Statement, name: Range<usize>, source: SourceId) {
        let names: Vec<&str> = header.path.iter().map(String::as_str).filter(|name| !name.starts_with('#')).collect();
        let id = if names.len() > 1 { "" } else { ".my-id" };
        let message = format!("`{}` is declared as a list, and as a table", names.join("."));
        let help = format!("write `[{}{id}]`, with one pair of brackets", names.join("."));
        let span = Span { source, start: name.start as u32, end: name.end as u32 };
        self.diagnostics.push(Diagnostic::error("wrong-type", span, message).with_help(help));
    }
}

/// Whether a text is left open.
fn is_open(error: &Error) -> bool {
    ["invalid basic string", "invalid literal string"].iter().any(|known| error.message().starts_with(known))
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
    if is_open(error) {
        let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let quote = if kind.starts_with("invalid basic") { '"' } else { '\'' };
        let start = text[line..range.start].rfind(quote).map_or(range.start, |at| line + at);
        return (
            start..range.end.max(start),
            ("this text is never closed".to_owned(), closed(&text[line..], start - line)),
        );
    }
    if kind.starts_with("missing escaped") || kind.starts_with("too few unicode") {
        let start = text[..range.start].rfind('\\').unwrap_or(range.start);
        let help = "write `\\\\` for a backslash, or `/` between folders";
        return (start..range.end.max(start), says("a backslash begins no known escape here", help));
    }
    let value = bare_value(all).filter(|_| !statement.header);
    if let Some(value) = value.filter(|value| value.starts_with(['=', '>']) && !foreign_comment(all)) {
        return (statement.range.clone(), needs_quotes(name, value));
    }
    if value == Some("") {
        return (statement.range.clone(), needs_quotes(name, ""));
    }
    if kind.contains("comma") {
        return no_comma(text, &range).unwrap_or_else(|| {
            (range, (sentence(error), "put one comma between two entries: `[\"a\", \"b\"]`".to_owned()))
        });
    }
    if let Some(words) =
        Some(bad).filter(|_| kind.starts_with("missing assignment")).and_then(|_| colon_inside(text, &range))
    {
        return words;
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
    } else if kind.starts_with("unexpected key or value")
        && !text[range.start..].starts_with(';')
        && foreign_comment(&text[range.start..])
    {
        no_comment()
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
    } else if kind.starts_with("extra assignment") {
        says("no comma stands between two keys", "put one there: `{ min = 2, max = 10 }`")
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
