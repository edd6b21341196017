//! Findings as SARIF 2.1.0 (OASIS), in the part that code scanning on GitHub reads. The types of the whole standard are a
//! library of their own, of which this page would use a twentieth.

use std::fmt::Write;
use std::path::Path;

use diagram::diagnostics::code::{self, CODES};
use diagram::diagnostics::{Diagnostic, Label};
use diagram::pipeline::Checked;
use diagram::source::{Source, Span};
use serde_json::{Value, json};

use super::uri;

/// Where the schema of the format lives.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run of the program over these inputs.
pub fn log(all: &[&Checked]) -> Value {
    let found = || all.iter().flat_map(|checked| &checked.diagnostics);
    let rules: Vec<&str> =
        CODES.iter().map(|code| code.name).filter(|name| found().any(|diagnostic| diagnostic.code == *name)).collect();
    let results = all.iter().flat_map(|Checked { sources, diagnostics, .. }| {
        diagnostics.iter().map(|diagnostic| result(sources, &rules, diagnostic))
    });
    let results: Vec<Value> = results.collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|name| rule(name)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// What a code means.
fn rule(name: &str) -> Value {
    let code = code::find(name).expect("rules are made of codes");
    let mut markdown = code.meaning.to_owned();
    for (title, document) in code.examples() {
        let _ = write!(markdown, "\n\n{title}:\n\n```toml\n{document}```");
    }
    json!({
        "id": name,
        "shortDescription": { "text": name.replace('-', " ") },
        "fullDescription": { "text": code.meaning },
        "help": { "text": code.meaning, "markdown": markdown },
        "defaultConfiguration": { "level": code.severity.name() },
    })
}

/// One finding.
fn result(sources: &[Source], rules: &[&str], diagnostic: &Diagnostic) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    // A finding without a place is about the file.
    let nowhere = Label { span: Span::default(), text: String::new() };
    let (first, others) = diagnostic.labels.split_first().unwrap_or((&nowhere, &[]));
    let related = others.iter().enumerate().filter_map(|(index, label)| {
        let mut location = location(sources, label)?;
        location["id"] = index.into();
        location["message"] = json!({ "text": if label.text.is_empty() { "here too" } else { &label.text } });
        Some(location)
    });
    let related: Vec<Value> = related.collect();
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rules.iter().position(|rule| *rule == diagnostic.code),
        "level": diagnostic.severity.name(),
        "message": { "text": text },
        "locations": location(sources, first).into_iter().collect::<Vec<_>>(),
    });
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

/// The file and the range of a label.
fn location(sources: &[Source], label: &Label) -> Option<Value> {
    let source = sources.get(usize::from(label.span.source))?;
    let (line, column) = source.position(label.span.start);
    let (last_line, last_column) = source.position(label.span.end.max(label.span.start));
    let mut file = json!({ "uri": uri::of_path(Path::new(source.name())) });
    if Path::new(source.name()).is_relative() {
        file["uriBaseId"] = "%SRCROOT%".into();
    }
    Some(json!({ "physicalLocation": {
        "artifactLocation": file,
        "region": { "startLine": line, "startColumn": column, "endLine": last_line, "endColumn": last_column },
    } }))
}
