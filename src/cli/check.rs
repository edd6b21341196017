//! `diagram check`

use anyhow::Result;
use diagram::diagnostics::{Diagnostic, Severity};
use diagram::pipeline::Checked;
use diagram::source::{Source, Span};
use serde::Serialize;

use super::args::{CheckArguments, FindingsFormat, LevelArgument};
use super::input::Input;
use super::{Outcome, abilities, failure, output, sarif, say, terminal};

/// Prints what is wrong with every input.
pub fn run(arguments: &CheckArguments) -> Result<Outcome> {
    let mut worst = Outcome::Fine;
    let mut all = Vec::new();
    for path in &arguments.inputs {
        match examine(&Input::new(path)) {
            Ok(checked) => all.push(checked),
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
    let mut found = all.iter().flat_map(|checked| &checked.diagnostics);
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

/// Finds everything that can be known of an input without drawing it, in the order of the text.
fn examine(input: &Input) -> Result<Checked> {
    let mut checked = input.check()?;
    checked.diagnostics.sort_by_key(|diagnostic| (diagnostic.place(), diagnostic.severity));
    Ok(checked)
}

fn for_people(checked: &Checked) -> String {
    let Checked { sources, diagnostics, .. } = checked;
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
    boxes: Vec<&'a str>,
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
    fn of(all: &'a [Checked]) -> Self {
        let findings = all
            .iter()
            .flat_map(|checked| checked.diagnostics.iter().map(move |diagnostic| finding(checked, diagnostic)));
        Self { findings: findings.collect(), flows: [], requirements: [] }
    }
}

fn finding<'a>(checked: &'a Checked, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let sources = &checked.sources;
    let span = diagnostic.place();
    let source = span.map_or(sources.first(), |span| sources.get(usize::from(span.source)));
    let position = span.and_then(|span| Some(source?.position(span.start)));
    let concerned = |entry: &Span| {
        let mut spans = diagnostic.labels.iter().map(|label| label.span);
        spans.any(|span| span.source == entry.source && (entry.start..entry.end).contains(&span.start))
    };
    let mut boxes: Vec<&str> = Vec::new();
    for entry in checked.boxes.iter().filter(|entry| concerned(&entry.span)) {
        if !boxes.contains(&entry.value.as_str()) {
            boxes.push(&entry.value);
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
