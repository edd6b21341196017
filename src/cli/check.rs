//! `diagram check`

use anyhow::Result;
use diagram::diagnostics::{Diagnostic, Severity};
use diagram::document;
use diagram::pipeline;
use diagram::source::{Source, Span};
use serde::Serialize;

use super::args::{CheckArguments, FindingsFormat, LevelArgument};
use super::input::{Directory, Input};
use super::{Outcome, abilities, failure, output, sarif, say, terminal};

/// What was found in one input.
pub struct Examined {
    /// Its texts; spans point into them.
    pub sources: Vec<Source>,
    /// What was found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Prints what is wrong with every input.
pub fn run(arguments: &CheckArguments) -> Result<Outcome> {
    let mut worst = Outcome::Fine;
    let mut all = Vec::new();
    for path in &arguments.inputs {
        match examine(&Input::new(path)) {
            Ok(examined) => all.push(examined),
            Err(error) => {
                say(&failure(&error));
                worst = Outcome::Failed;
            }
        }
    }
    let text = match arguments.format {
        FindingsFormat::Human => all.iter().map(for_people).collect(),
        FindingsFormat::Json => serde_json::to_string_pretty(&Listing::of(&all))? + "\n",
        FindingsFormat::Sarif => format!("{:#}\n", sarif::log(&all)),
    };
    output::to_stdout(text.as_bytes())?;
    let denied = Severity::from(arguments.deny);
    let mut found = all.iter().flat_map(|examined| &examined.diagnostics);
    // The worst severity is the first.
    Ok(if found.any(|diagnostic| diagnostic.severity <= denied) { worst.max(Outcome::Faulty) } else { worst })
}

impl From<LevelArgument> for Severity {
    fn from(level: LevelArgument) -> Self {
        match level {
            LevelArgument::Error => Self::Error,
            LevelArgument::Warning => Self::Warning,
        }
    }
}

/// Reads an input and looks for everything that can be known without drawing it.
fn examine(input: &Input) -> Result<Examined> {
    let (sources, mut diagnostics) = match input.read()? {
        Ok(source) => {
            let checked = pipeline::check(&source, &Directory::of(input));
            (checked.sources, checked.diagnostics)
        }
        Err(unreadable) => {
            let diagnostic = Diagnostic::from(&*unreadable);
            (vec![unreadable.source], vec![diagnostic])
        }
    };
    diagnostics.sort_by_key(|diagnostic| (place(diagnostic), diagnostic.severity));
    Ok(Examined { sources, diagnostics })
}

/// Where a diagnostic points first.
fn place(diagnostic: &Diagnostic) -> Option<Span> {
    diagnostic.labels.first().map(|label| label.span)
}

fn for_people(examined: &Examined) -> String {
    let Examined { sources, diagnostics } = examined;
    if diagnostics.is_empty() {
        return sources
            .first()
            .map_or_else(String::new, |source| format!("nothing found in {}\n", terminal::visible(source.name())));
    }
    terminal::render(sources, diagnostics, abilities::of_stdout())
}

/// What programs read: a contract, to which keys may be added.
#[derive(Serialize)]
struct Listing<'a> {
    findings: Vec<Finding<'a>>,
    /// How flows bear failures; nothing looks at them yet.
    flows: [(); 0],
    /// How requirements are met; nothing looks at them yet.
    requirements: [(); 0],
}

/// One thing that was found.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    /// The ids of the boxes concerned.
    boxes: Vec<String>,
    message: &'a str,
    help: Option<&'a str>,
    /// The file, as it was typed.
    file: Option<&'a str>,
    /// From 1.
    line: Option<usize>,
    /// In characters, from 1.
    column: Option<usize>,
}

impl<'a> Listing<'a> {
    fn of(all: &'a [Examined]) -> Self {
        let findings = all.iter().flat_map(|examined| {
            let entries = entries(&examined.sources);
            examined.diagnostics.iter().map(move |diagnostic| finding(&examined.sources, &entries, diagnostic))
        });
        Self { findings: findings.collect(), flows: [], requirements: [] }
    }
}

/// The ids of all boxes of some sources, each with where its entry stands.
fn entries(sources: &[Source]) -> Vec<(Span, String)> {
    let ids = (0..).zip(sources);
    let documents = ids.map(|(id, source)| document::parse(source, id).0);
    documents.flat_map(|document| document.boxes).map(|entry| (entry.span, entry.id.value)).collect()
}

fn finding<'a>(sources: &'a [Source], entries: &[(Span, String)], diagnostic: &'a Diagnostic) -> Finding<'a> {
    let span = place(diagnostic);
    let source = span.map_or(sources.first(), |span| sources.get(usize::from(span.source)));
    let position = span.and_then(|span| Some(source?.position(span.start)));
    let concerned = |entry: &Span| {
        let mut spans = diagnostic.labels.iter().map(|label| label.span);
        spans.any(|span| span.source == entry.source && (entry.start..entry.end).contains(&span.start))
    };
    let mut boxes: Vec<String> = Vec::new();
    for (entry, id) in entries {
        if concerned(entry) && !boxes.contains(id) {
            boxes.push(id.clone());
        }
    }
    Finding {
        code: diagnostic.code,
        severity: diagnostic.severity.name(),
        boxes,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file: source.map(Source::name),
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
    }
}
