//! Diagnostics as text for a terminal: the message, the lines of the file, and what to type instead.
//!
//! Nothing of a user's file reaches the terminal as it is: control characters, which could clear the screen or hide
//! lines, are shown as signs.

use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use diagram::diagnostics::report::{Item, report};
use diagram::diagnostics::{Diagnostic, Label, Severity};
use diagram::source::{Source, SourceId, Span};

use super::abilities::Abilities;
use super::uri;

/// Places further apart than so many lines get excerpts of their own.
const NEAR_LINES: usize = 12;

/// The most other places that are listed for a mistake that was made often.
const MOST_PLACES: usize = 10;

/// Renders all diagnostics of a run, and one line that counts them; empty when there are none. Spans point into
/// `sources` by [`SourceId`]. Escape codes are added as far as `abilities` allow.
pub fn render(sources: &[Source], diagnostics: &[Diagnostic], abilities: Abilities) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let report = report(diagnostics);
    let renderer = if abilities.colors { Renderer::styled() } else { Renderer::plain() };
    let files = Files { sources, links: abilities.links };
    let mut text = String::new();
    for item in &report.items {
        text.push_str(&renderer.render(&[group(&files, item)]));
        text.push_str("\n\n");
    }
    if report.hidden > 0 {
        let _ = writeln!(text, "and {} more, not shown", report.hidden);
    }
    let counts: Vec<String> = [(report.errors, "error"), (report.warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
        .collect();
    let name = sources.first().map_or(String::new(), |source| format!(" in {}", visible(source.name())));
    let _ = writeln!(text, "{}{name}", counts.join(", "));
    text
}

/// The sources of a run, and whether their names lead to them.
struct Files<'s> {
    sources: &'s [Source],
    links: bool,
}

impl Files<'_> {
    fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(usize::from(id))
    }

    /// The name of a source as it was typed; where links are shown, one that opens the file.
    fn path(&self, source: &Source) -> String {
        let name = visible(source.name());
        let file = Path::new(source.name()).canonicalize();
        match file {
            Ok(file) if self.links => format!("\u{1b}]8;;{}\u{1b}\\{name}\u{1b}]8;;\u{1b}\\", uri::of_path(&file)),
            _ => name,
        }
    }
}

/// One diagnostic with its excerpts.
fn group<'a>(files: &Files, item: &Item<'_>) -> Group<'a> {
    let diagnostic = item.diagnostic;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code);
    let mut group = Group::with_title(title).elements(snippets(files, &diagnostic.labels));
    if !item.elsewhere.is_empty() {
        group = group.element(Level::NOTE.message(elsewhere(files, &item.elsewhere)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    group
}

/// "3 more like this: lines 12, 40 and 77".
fn elsewhere(files: &Files, places: &[Span]) -> String {
    let mut lines: Vec<usize> =
        places.iter().filter_map(|span| Some(files.get(span.source)?.position(span.start).0)).collect();
    lines.dedup();
    let shown: Vec<String> = lines.iter().take(MOST_PLACES).map(ToString::to_string).collect();
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    let rest = if lines.len() > MOST_PLACES { " …" } else { "" };
    format!("{} more like this: {noun} {}{rest}", places.len(), shown.join(", "))
}

/// An underline on one line: the label's index, its line from 1, and its bytes in the source.
struct Mark {
    label: usize,
    line: usize,
    bytes: Range<usize>,
}

/// One excerpt for each group of labels that stand near each other; the one with the first label comes first.
fn snippets<'a>(files: &Files, labels: &[Label]) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut clusters: Vec<(SourceId, Vec<Mark>)> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let Some(source) = files.get(label.span.source) else { continue };
        let mark = mark(source, index, label.span);
        let near = clusters.iter_mut().find(|(id, marks)| {
            *id == label.span.source && marks.iter().any(|other| other.line.abs_diff(mark.line) <= NEAR_LINES)
        });
        match near {
            Some((_, marks)) => marks.push(mark),
            None => clusters.push((label.span.source, vec![mark])),
        }
    }
    clusters.iter().filter_map(|(id, marks)| Some(snippet(files, files.get(*id)?, marks, labels))).collect()
}

/// Where to underline a span: its part on its first line.
fn mark(source: &Source, label: usize, span: Span) -> Mark {
    let text = source.text();
    let (line, _) = source.position(span.start);
    let whole = source.line_range(line);
    let start = floor(text, span.start as usize).clamp(whole.start, whole.end);
    let end = floor(text, span.end as usize).clamp(start, whole.end);
    let end = start + text[start..end].trim_end().len();
    Mark { label, line, bytes: start..end }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The lines from the first mark to the last, with the marks.
fn snippet<'a>(files: &Files, source: &Source, marks: &[Mark], labels: &[Label]) -> Snippet<'a, Annotation<'a>> {
    let first = marks.iter().map(|mark| mark.line).min().unwrap_or(1);
    let last = marks.iter().map(|mark| mark.line).max().unwrap_or(1);
    let mut lines = String::new();
    let mut annotations = Vec::new();
    for line in first..=last {
        let range = source.line_range(line);
        let base = lines.len();
        lines.extend(source.text()[range.clone()].chars().map(sign));
        // A sign may take more bytes than the character that it stands for.
        let place =
            |at: usize| base + source.text()[range.start..at].chars().map(|c| sign(c).len_utf8()).sum::<usize>();
        for mark in marks.iter().filter(|mark| mark.line == line) {
            let kind = if mark.label == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = &labels[mark.label].text;
            let annotation = kind.span(place(mark.bytes.start)..place(mark.bytes.end));
            annotations.push(if label.is_empty() { annotation } else { annotation.label(visible(label)) });
        }
        lines.push('\n');
    }
    Snippet::source(lines).line_start(first).path(files.path(source)).annotations(annotations)
}

/// A text on one line, with signs for everything that a terminal would obey.
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { sign(c) }).collect()
}

/// The character, or a sign for one that a terminal would obey; a tab stays.
fn sign(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        // The second control block, marks and overrides of direction, joiners, line separators, byte order marks.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Abilities = Abilities { colors: false, links: false };

    fn span(text: &str, wanted: &str) -> Span {
        let start = text.find(wanted).map_or(0, |at| at as u32);
        Span { source: 0, start, end: start + wanted.len() as u32 }
    }

    fn rendered(text: &str, diagnostics: &[Diagnostic]) -> String {
        render(&[Source::new("arch.toml", text)], diagnostics, PLAIN)
    }

    #[test]
    fn shows_the_line_and_what_to_type() {
        let text = "[services.api]\nknd = \"ecs\"\n";
        let error = Diagnostic::error("unknown-key", span(text, "knd"), "unknown key `knd` in `services.api`")
            .with_help("did you mean `kind`?");
        let expected = "\
error[unknown-key]: unknown key `knd` in `services.api`
 --> arch.toml:2:1
  |
2 | knd = \"ecs\"
  | ^^^
  |
  = help: did you mean `kind`?

1 error in arch.toml
";
        assert_eq!(rendered(text, &[error]), expected);
    }

    #[test]
    fn shows_two_places_of_one_mistake() {
        let filler = "#\n".repeat(40);
        let text = format!("[services.api]\n{filler}[externals.api2]\n");
        let error = Diagnostic::error("duplicate-id", span(&text, "api2"), "the id `api` is used twice")
            .with_label(span(&text, "api"), "first used here");
        let shown = rendered(&text, &[error]);
        assert!(shown.contains("arch.toml:42:12") && shown.contains("1 | [services.api]"), "{shown}");
        assert!(shown.contains("--- first used here"), "{shown}");
        assert!(shown.lines().count() < 16, "{shown}");
    }

    #[test]
    fn never_lets_a_control_character_through() {
        let text = "name = \"\u{1b}[2J\u{9b}31m\u{202e}\r\"\r\n\u{feff}";
        let error = Diagnostic::error("wrong-type", span(text, "name"), "\u{1b}]0;x\u{7}\nsecond line")
            .with_help("\u{9d}")
            .with_label(span(text, "31m"), "\u{1b}[1m");
        let sources = [Source::new("a\u{1b}[1m.toml", text)];
        let shown = render(&sources, &[error], PLAIN);
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
        assert!(!shown.contains(['\u{202e}', '\u{feff}']));
        assert!(shown.contains("␛[2J"), "{shown}");
    }

    #[test]
    fn points_at_the_right_column_behind_signs() {
        let text = "a = \"\u{1b}\u{1b}ñ\" b";
        let shown = rendered(text, &[Diagnostic::error("syntax", span(text, "b"), "m")]);
        let lines: Vec<&str> = shown.lines().collect();
        let column = |line: &str, c: char| line.chars().position(|other| other == c);
        assert_eq!(column(lines[3], 'b'), column(lines[4], '^'), "{shown}");
    }

    #[test]
    fn folds_counts_and_colours() {
        let text = "a\nb\nc\n";
        let all = ["a", "b", "c"].map(|at| Diagnostic::error("unknown-id", span(text, at), "nothing is called `x`"));
        let shown = rendered(text, &all);
        assert!(shown.contains("2 more like this: lines 2, 3"), "{shown}");
        assert!(shown.ends_with("\n3 errors in arch.toml\n"), "{shown}");
        let sources = [Source::new("arch.toml", text)];
        let colors = Abilities { colors: true, links: false };
        assert!(render(&sources, &all, colors).contains("\u{1b}["));
        assert_eq!(render(&sources, &[], colors), "");
    }

    #[test]
    fn a_path_leads_to_its_file_where_links_are_shown() {
        let links = Abilities { colors: false, links: true };
        let error = Diagnostic::error("syntax", Span::default(), "m");
        let shown = |name: &str| render(&[Source::new(name, "x")], std::slice::from_ref(&error), links);
        let file = shown("Cargo.toml");
        assert!(
            file.contains("\u{1b}]8;;file://") && file.contains("/Cargo.toml\u{1b}\\Cargo.toml\u{1b}]8;;\u{1b}\\:1:1")
        );
        assert!(!shown("<stdin>").contains('\u{1b}'));
    }

    #[test]
    fn survives_spans_that_point_nowhere() {
        let nowhere = [
            Span { source: 0, start: 99, end: 200 },
            Span { source: 7, start: 0, end: 1 },
            Span { source: 0, start: 1, end: 0 },
            Span { source: 0, start: 1, end: 2 },
        ];
        for span in nowhere {
            assert!(rendered("ñ\n", &[Diagnostic::error("syntax", span, "m")]).contains("error[syntax]: m"));
        }
        assert!(rendered("", &[Diagnostic::error("nothing-to-draw", Span::default(), "m")]).contains("arch.toml:1:1"));
    }

    #[test]
    fn underlines_only_the_first_line_of_a_long_span() {
        let text = "[[links]]\nfrom = \"a\"\nto = \"b\"\n";
        let shown = rendered(text, &[Diagnostic::warning("no-effect", span(text, text.trim_end()), "m")]);
        assert!(shown.contains("| ^^^^^^^^^\n") && !shown.contains("from"), "{shown}");
        assert!(shown.ends_with("1 warning in arch.toml\n"));
    }
}
