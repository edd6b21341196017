//! Reads every document under tests/corpus: real topologies, which are right, and annotated mistakes.
//!
//! `rejected/form` holds what the parser refuses, `rejected/meaning` what is well formed and still wrong. In both, comments that begin with `#!` stand above the line that they are about, and say everything that is
//! reported there: `#! error[code]: message`, and below it `#! help: …`. They are taken out before the document is
//! read. Run the tests with `ACCEPT=1` to have them written anew; then read the difference.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use diagram::diagnostics::code::CODES;
use diagram::diagnostics::report::report;
use diagram::diagnostics::{Diagnostic, Severity};
use diagram::document::{self, Loaded};
use diagram::pipeline;
use diagram::source::{Loader, Source};
use diagram::topology::resolve::resolve;

/// What annotations begin with.
const MARK: &str = "#!";

/// Codes that no document of this corpus can show, and why.
const ELSEWHERE: [(&str, &str); 7] = [
    ("bad-template", "a test of tests/integration/cli/describe.rs: it takes a second file"),
    ("unmet-requirement", "a test of tests/integration/cli: given by `check` alone"),
    ("invalid-utf-8", "a test of src/source.rs: the corpus is read as text"),
    ("too-large", "a test of src/source.rs"),
    ("layout-compromise", "given by the layout, which only sees what is right"),
    ("include-cycle", "a test of src/document/include.rs: it takes several files"),
    ("picture-too-large", "a test of tests/integration/limits.rs: given when a PNG is made"),
];

/// A directory with nothing in it.
struct Nothing;

impl Loader for Nothing {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there is no such file".to_owned())
    }
}

/// The TOML files of a folder of tests/corpus, sorted, each with its text.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

/// What is wrong with the form of a document.
fn form(source: &Source) -> Vec<Diagnostic> {
    document::load(source, &Nothing).diagnostics
}

/// Everything that is wrong with a document.
fn check(source: &Source) -> Vec<Diagnostic> {
    let Loaded { document, mut diagnostics, .. } = document::load(source, &Nothing);
    diagnostics.extend(resolve(&document, &Nothing).diagnostics);
    diagnostics
}

/// What is said of a design that can be drawn.
fn judged(text: &str) -> Vec<Diagnostic> {
    let checked = pipeline::check(&Source::new("x.toml", text), &Nothing);
    let (Some(topology), Some(analysis)) = (&checked.topology, pipeline::analyse(&checked)) else { return Vec::new() };
    let mut diagnostics = pipeline::findings(topology, &analysis);
    diagnostics.extend(pipeline::unmet(topology, &analysis));
    diagnostics
}

/// A text with its control characters written as escapes.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// The document with an annotation above each line that something is wrong with.
fn annotated(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let mut notes = vec![String::new(); source.text().lines().count() + 1];
    for item in report(diagnostics).items {
        let diagnostic = item.diagnostic;
        let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
        let first = diagnostic.labels.first().map(|label| label.span);
        for span in first.into_iter().chain(item.elsewhere) {
            let note = &mut notes[source.position(span.start).0 - 1];
            writeln!(note, "{MARK} {severity}[{}]: {}", diagnostic.code, one_line(&diagnostic.message)).unwrap();
            if let Some(help) = &diagnostic.help {
                writeln!(note, "{MARK}   help: {}", one_line(help)).unwrap();
            }
        }
    }
    let mut text = String::new();
    for (index, note) in notes.iter().enumerate() {
        text.push_str(note);
        text.extend(source.text().split_inclusive('\n').nth(index));
    }
    text
}

#[test]
fn real_topologies_are_right() {
    let topologies = files("topologies");
    assert!(topologies.len() >= 40, "the topologies are there");
    for (path, text) in topologies {
        let source = Source::new("x.toml", text);
        let (document, diagnostics) = document::parse(&source, 0);
        assert_eq!(diagnostics, [], "{}", path.display());
        assert!(!document.boxes.is_empty() && !document.incomplete, "{}", path.display());
        let errors = check(&source).into_iter().filter(|found| found.severity == Severity::Error);
        assert_eq!(errors.collect::<Vec<_>>(), [], "{}", path.display());
    }
}

/// Holds every document of a folder to its annotations, or writes them.
fn hold(folder: &str, check: fn(&Source) -> Vec<Diagnostic>) {
    let mut wrong = String::new();
    for (path, text) in files(folder) {
        let plain: String = text.split_inclusive('\n').filter(|line| !line.starts_with(MARK)).collect();
        let source = Source::new("x.toml", plain);
        let expected = annotated(&source, &check(&source));
        if std::env::var_os("ACCEPT").is_some() {
            fs::write(&path, expected).unwrap();
        } else if expected != text {
            writeln!(wrong, "--- {} should be\n{expected}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn mistakes_of_form_are_reported_where_they_are() {
    hold("rejected/form", form);
}

#[test]
fn mistakes_of_meaning_are_reported_where_they_are() {
    hold("rejected/meaning", check);
}

#[test]
fn every_code_has_a_case() {
    let folders = ["rejected/form", "rejected/meaning", "../mistakes", "../designs"];
    let all: Vec<String> = folders.into_iter().flat_map(files).map(|(_, text)| text).collect();
    let marks = |name: &str| {
        [
            format!("[{name}]: "),
            format!("{MARK} {name} "),
            format!("{MARK} {name}\n"),
            format!("{MARK} warning {name} "),
            format!("{MARK} {name} at "),
        ]
    };
    let shown = |name: &str| marks(name).iter().any(|mark| all.iter().any(|text| text.contains(mark)));
    let elsewhere = |name: &str| ELSEWHERE.iter().any(|(other, _)| *other == name);
    let missing: Vec<&str> =
        CODES.iter().map(|code| code.name).filter(|name| !shown(name) && !elsewhere(name)).collect();
    assert_eq!(missing, [""; 0], "no document under tests/corpus/rejected or tests/mistakes shows these");
}

#[test]
fn the_examples_of_the_codes_are_right_and_wrong() {
    for code in CODES.iter().filter(|code| !code.wrong.is_empty()) {
        let mut found = check(&Source::new("x.toml", code.wrong));
        found.extend(judged(code.wrong));
        let is_it = |diagnostic: &Diagnostic| diagnostic.code == code.name && diagnostic.severity == code.severity;
        assert!(found.iter().any(is_it), "{}: {found:?}", code.name);
        assert_eq!(check(&Source::new("x.toml", code.right)), [], "{}", code.name);
        let judged = judged(code.right);
        assert!(!judged.iter().any(is_it), "{}: {judged:?}", code.name);
    }
}
