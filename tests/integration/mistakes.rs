//! Documents with one mistake each, as people make them: is it refused where it is, and does the help lead back?
//!
//! A file of tests/mistakes holds many documents. Each begins with `#= what is wrong`. Above the line with the mistake stands
//! what has to be said there: `#! code at piece | words … words`. The piece of the line is where the column points, the start
//! of the line if it is left out; the words stand in the help, in this order. `#! warning code` is one with which the picture
//! is drawn all the same. Nothing else may be said.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use diagram::diagnostics::report::report;
use diagram::diagnostics::{Diagnostic, Severity};
use diagram::pipeline;
use diagram::source::{Loader, Source};
use rayon::prelude::*;

/// What begins a document, and what begins an expectation.
const TITLE: &str = "#= ";
const MARK: &str = "#! ";

/// An icon that documents may name.
const ICON: (&str, &str) =
    ("ok.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>");

/// Outputs of an earlier run, which a mistake must leave alone.
const OUTPUTS: [&str; 3] = ["arch.svg", "arch.png", "arch.md"];

/// A directory with one icon in it.
struct OneIcon;

impl Loader for OneIcon {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == ICON.0 { Ok(ICON.1.as_bytes().to_vec()) } else { Err("no such file or directory".to_owned()) }
    }
}

/// A document and the mistakes in it.
struct Case {
    title: String,
    text: String,
    mistakes: Vec<Mistake>,
}

/// What has to be said.
#[derive(Debug)]
struct Mistake {
    severity: Severity,
    code: String,
    line: usize,
    column: usize,
    words: Vec<String>,
}

/// Reads one expectation; `line` is the text of the line that it is about.
fn mistake(written: &str, number: usize, line: &str) -> Mistake {
    let (place, words) = written.split_once(" | ").unwrap_or((written, ""));
    let (what, piece) = place.split_once(" at ").unwrap_or((place, ""));
    let (severity, code) = match what.trim().split_once(' ') {
        Some(("warning", code)) => (Severity::Warning, code),
        _ => (Severity::Error, what.trim()),
    };
    let at = line.find(piece.trim()).unwrap_or_else(|| panic!("`{line}` holds no `{piece}`"));
    let words = words.split(" … ").map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
    let column = line[..at].chars().count() + 1;
    Mistake { severity, code: code.to_owned(), line: number, column, words: words.collect() }
}

/// The documents of a file.
fn documents(file: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for part in format!("\n{file}").split(&format!("\n{TITLE}")).skip(1) {
        let (title, body) = part.split_once('\n').unwrap_or((part, ""));
        let mut case = Case { title: title.to_owned(), text: String::new(), mistakes: Vec::new() };
        let mut waiting: Vec<&str> = Vec::new();
        for line in body.lines() {
            if let Some(written) = line.strip_prefix(MARK) {
                waiting.push(written);
                continue;
            }
            case.text += line;
            case.text.push('\n');
            let number = case.text.lines().count();
            case.mistakes.extend(waiting.drain(..).map(|written| mistake(written, number, line)));
        }
        cases.push(case);
    }
    cases
}

/// All documents of tests/mistakes; the file stands in their titles.
fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        for mut case in documents(&fs::read_to_string(&path).unwrap()) {
            case.title = format!("{}: {}", path.file_name().unwrap().display(), case.title);
            cases.push(case);
        }
    }
    cases
}

/// What is said of a document, as one would read it.
fn shown(source: &Source, diagnostics: &[&Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let at = diagnostic.labels.first().map(|label| source.position(label.span.start));
        let (code, help) = (diagnostic.code, diagnostic.help.as_deref().unwrap_or("-"));
        let _ = writeln!(text, "    {at:?} {:?} {code}: {} | {help}", diagnostic.severity, diagnostic.message);
    }
    text
}

/// What differs between what is said and what has to be said.
fn difference(source: &Source, mistake: &Mistake, diagnostic: &Diagnostic) -> Option<&'static str> {
    let place = diagnostic.labels.first().map(|label| source.position(label.span.start));
    let mut help = diagnostic.help.as_deref().unwrap_or_default();
    let follows = |words: &String| {
        let found = help.find(words.as_str());
        help = found.map_or("", |at| &help[at + words.len()..]);
        found.is_some()
    };
    if diagnostic.code != mistake.code || diagnostic.severity != mistake.severity {
        Some("the code")
    } else if place != Some((mistake.line, mistake.column)) {
        Some("the place")
    } else if !mistake.words.iter().all(follows) {
        Some("the help")
    } else {
        None
    }
}

#[test]
fn every_mistake_is_told_where_it_is_and_how_to_mend_it() {
    let cases = cases();
    assert!(cases.len() > 200, "the mistakes are there");
    let mut wrong = String::new();
    for case in &cases {
        let source = Source::new("arch.toml", case.text.as_str());
        let checked = pipeline::check(&source, &OneIcon);
        let report = report(&checked.diagnostics);
        let said: Vec<&Diagnostic> = report.items.iter().map(|item| item.diagnostic).collect();
        let differs = if said.len() == case.mistakes.len() {
            case.mistakes.iter().zip(&said).find_map(|(mistake, diagnostic)| difference(&source, mistake, diagnostic))
        } else {
            Some("how much is said")
        };
        if let Some(what) = differs {
            let _ =
                writeln!(wrong, "{}: {what} differs\n    {:?}\n{}", case.title, case.mistakes, shown(&source, &said));
        }
        let drawn = case.mistakes.iter().all(|mistake| mistake.severity == Severity::Warning);
        assert!(differs.is_some() || checked.topology.is_some() == drawn, "{}", case.title);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Code and place of everything that is said of a text, as far as it is shown.
fn said(text: String) -> Vec<(&'static str, Option<(usize, usize)>)> {
    let source = Source::new("arch.toml", text);
    let checked = pipeline::check(&source, &OneIcon);
    let place = |found: &Diagnostic| found.labels.first().map(|label| source.position(label.span.start));
    let report = report(&checked.diagnostics);
    report.items.iter().map(|item| (item.diagnostic.code, place(item.diagnostic))).collect()
}

#[test]
fn how_a_file_is_saved_changes_nothing() {
    for case in cases() {
        let plain = said(case.text.clone());
        assert_eq!(said(case.text.replace('\n', "\r\n")), plain, "{} with CRLF", case.title);
        assert_eq!(said(format!("\u{feff}{}", case.text)), plain, "{} with a byte order mark", case.title);
        let mut below = said(format!("# ñandú 名 😀\n{}", case.text));
        for (line, _) in
            below.iter_mut().filter_map(|(code, place)| place.as_mut().filter(|_| *code != "nothing-to-draw"))
        {
            *line -= 1;
        }
        assert_eq!(below, plain, "{} below a comment", case.title);
    }
}

#[test]
fn mistakes_leave_existing_pictures_alone() {
    cases().par_iter().filter(|case| !case.mistakes.is_empty()).for_each(|case| {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        fs::write(path("arch.toml"), &case.text).unwrap();
        fs::write(path(ICON.0), ICON.1).unwrap();
        for output in OUTPUTS {
            fs::write(path(output), "as it was").unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_diagram"));
        let run = command.args(["render", "arch.toml"]).current_dir(&directory).output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        let drawn = case.mistakes.iter().all(|mistake| mistake.severity == Severity::Warning);
        assert_eq!(run.status.code(), Some(i32::from(!drawn)), "{}\n{said}", case.title);
        for mistake in &case.mistakes {
            let place = format!("arch.toml:{}:{}", mistake.line, mistake.column);
            assert!(said.contains(&place) && said.contains(&format!("[{}]", mistake.code)), "{}\n{said}", case.title);
        }
        for output in OUTPUTS.iter().filter(|_| !drawn) {
            assert_eq!(fs::read(path(output)).unwrap(), b"as it was", "{}: {output}", case.title);
        }
    });
}
