//! Documents damaged at random: whatever stands in a file, it is read or refused with a place, soon, and nothing falls over.
//!
//! The damage of a number is the same everywhere. CI tries a few hundred; `DIAGRAM_MUTATIONS` sets how many, and
//! `DIAGRAM_FIRST` the number of the first, for example
//! `DIAGRAM_MUTATIONS=20000 cargo test --release --test integration -- mutations`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use diagram::diagnostics::code::CODES;
use diagram::diagnostics::report::report;
use diagram::diagnostics::{Diagnostic, Severity};
use diagram::drawing::Losses;
use diagram::export::Format;
use diagram::pipeline::{self, Checked, Page, Request};
use diagram::source::{Loader, Source};
use rayon::prelude::*;

/// So many are tried when nothing else is said.
const CI_CASES: u64 = 600;
/// One in so many of those that mean something is drawn by a build without optimisation, which takes its time.
const DRAWN: u64 = if cfg!(debug_assertions) { 8 } else { 1 };
/// The longest that one may take. Builds without optimisation, on a busy machine, take ten times as long.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// Pictures of more boxes and links than this take longer, and are measured elsewhere.
const MOST_DRAWN: usize = 400;

/// Pieces that make other things of a text.
const PIECES: [&str; 40] = [
    "\"",
    "'",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "@",
    "->",
    "<->",
    "--",
    "=>",
    "~>",
    ":",
    "#",
    "\\",
    "\"\"\"",
    "'''",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{1b}",
    "\u{feff}",
    "\u{202e}",
    "ñ",
    "名",
    "😀",
    "0",
    "-1",
    "26",
    "99999999999",
    "1.5",
    "true",
    "nan",
    "2026-01-01",
];
/// Words of the format, in places where they do not belong.
const WORDS: [&str; 32] = [
    "in",
    "kind",
    "azs",
    "name",
    "members",
    "multi-az",
    "scaling",
    "services",
    "groups",
    "vpcs",
    "subnets",
    "regions",
    "links",
    "flows",
    "steps",
    "views",
    "notes",
    "include",
    "defaults",
    "like",
    "count",
    "collapse",
    "only",
    "from",
    "to",
    "api",
    "main",
    "us-east-1",
    "a",
    "rds",
    "EC2",
    "10.0.0.0/8",
];

/// A directory with nothing in it.
struct Nothing;

impl Loader for Nothing {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("no such file or directory".to_owned())
    }
}

/// Marsaglia's xorshift of 64 bits: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below `end`; 0 if that is 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn of<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}

/// Every document of the project that somebody wrote: examples, topologies, mistakes.
fn documents() -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), &mut paths);
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"), &mut paths);
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes"), &mut paths);
    paths.sort();
    let documents: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(documents.len() > 50, "the documents are there");
    documents
}

fn gather(folder: &Path, paths: &mut Vec<std::path::PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
}

/// The document of a number: one that somebody wrote, damaged in one to six places.
fn damaged(documents: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut random = Random::new(number);
    let mut bytes = random.of(documents).clone();
    for _ in 0..=random.below(6) {
        damage(&mut bytes, documents, &mut random);
    }
    bytes
}

/// Damages a document in one place.
fn damage(bytes: &mut Vec<u8>, documents: &[Vec<u8>], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let piece = |random: &mut Random| -> Vec<u8> {
        let words = random.below(3) == 0;
        (if words { *random.of(&WORDS) } else { *random.of(&PIECES) }).as_bytes().to_vec()
    };
    match random.below(12) {
        0 => {
            bytes.splice(at..at, piece(random));
        }
        1 => {
            let end = (at + 1 + random.below(3)).min(bytes.len());
            let piece = piece(random);
            bytes.splice(at..end, piece);
        }
        2 => {
            let end = (at + 1 + random.below(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => bytes.truncate(at),
        4 => {
            let byte = random.next() as u8;
            bytes.insert(at, byte);
        }
        5 => {
            let other = random.of(documents);
            let from = random.below(other.len() + 1);
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        6..=8 => lines(bytes, random),
        9 | 10 => tokens(bytes, random),
        _ => {
            let (from, length) = (random.below(bytes.len() + 1), random.below(200));
            let copy = bytes[from..(from + length).min(bytes.len())].to_vec();
            bytes.splice(at..at, copy);
        }
    }
}

/// Takes a line out, says it twice, or changes it for another.
fn lines(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(4) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        _ => {
            let line = lines[other].clone();
            lines[one] = line;
        }
    }
    *bytes = lines.concat();
}

/// Changes a word for another one of the document, or of the format.
fn tokens(bytes: &mut Vec<u8>, random: &mut Random) {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@');
    let mut words = Vec::new();
    let mut start = None;
    for (at, byte) in bytes.iter().chain(b"\n").enumerate() {
        match (start, is_word(byte)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    if words.is_empty() {
        return;
    }
    let place = random.of(&words).clone();
    let word = if random.below(2) == 0 {
        bytes[random.of(&words).clone()].to_vec()
    } else {
        random.of(&WORDS).as_bytes().to_vec()
    };
    bytes.splice(place, word);
}

/// What is wrong with what is said of a document.
fn faults(checked: &Checked) -> Result<(), String> {
    let failed = checked.diagnostics.iter().any(|found| found.severity == Severity::Error);
    if failed == checked.topology.is_some() {
        return Err(format!("errors: {failed}, topology: {}", checked.topology.is_some()));
    }
    for found in &checked.diagnostics {
        place_faults(found, &checked.sources)?;
    }
    let shown = report(&checked.diagnostics);
    let places: usize = shown.items.iter().map(|item| 1 + item.elsewhere.len()).sum();
    if shown.hidden == 0 && places != checked.diagnostics.len() {
        return Err(format!("{places} places are shown of {}", checked.diagnostics.len()));
    }
    Ok(())
}

fn place_faults(found: &Diagnostic, sources: &[Source]) -> Result<(), String> {
    let known = CODES.iter().any(|code| code.name == found.code && code.severity == found.severity);
    if !known || found.message.is_empty() || found.labels.is_empty() {
        return Err(format!("{found:?} says nothing"));
    }
    for label in &found.labels {
        let text = sources.get(usize::from(label.span.source)).map(Source::text);
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        if text.is_none_or(|text| text.get(start..end).is_none()) {
            return Err(format!("{found:?} points nowhere"));
        }
    }
    Ok(())
}

/// Reads a document, and draws it if it means something and `drawn` says so.
fn try_out(bytes: &[u8], drawn: bool) -> Result<(), String> {
    let source = match Source::from_bytes("damaged.toml", bytes.to_vec()) {
        Ok(source) => source,
        Err(unreadable) => return place_faults(&Diagnostic::from(&*unreadable), &[unreadable.source]),
    };
    let checked = pipeline::check(&source, &Nothing);
    faults(&checked)?;
    let analysis = pipeline::analyse(&checked);
    let Some((topology, analysis)) = checked
        .topology
        .zip(analysis)
        .filter(|(topology, _)| drawn && topology.boxes.len() + topology.links.len() <= MOST_DRAWN)
    else {
        return Ok(());
    };
    let formats = vec![Format::Svg, Format::Markdown];
    let request = Request {
        formats,
        theme: None,
        direction: None,
        scale: 1.0,
        picture: "damaged.svg".to_owned(),
        view: None,
        losses: Losses::default(),
        page: Page::default(),
    };
    let files = pipeline::render(&topology, &&analysis, &request).map_err(|error| format!("{error:?}"))?.files;
    if files.iter().any(|file| file.bytes.is_empty()) {
        return Err("a file is empty".to_owned());
    }
    Ok(())
}

/// What is wrong with the document of a number; panics and long waits are.
fn fault(bytes: &[u8], drawn: bool) -> Option<String> {
    let start = Instant::now();
    let outcome =
        catch_unwind(AssertUnwindSafe(|| try_out(bytes, drawn))).unwrap_or_else(|_| Err("it panics".to_owned()));
    let took = start.elapsed();
    outcome.err().or_else(|| (took > LONGEST).then(|| format!("it takes {took:?}")))
}

#[test]
fn damaged_documents_are_read_or_refused() {
    let number =
        |variable: &str, default: u64| std::env::var(variable).ok().map_or(default, |text| text.parse().unwrap());
    let (first, cases) = (number("DIAGRAM_FIRST", 0), number("DIAGRAM_MUTATIONS", CI_CASES));
    let documents = documents();
    let wrong: Vec<String> = (first..first + cases)
        .into_par_iter()
        .filter_map(|number| {
            let bytes = damaged(&documents, number);
            let fault = fault(&bytes, number % DRAWN == 0)?;
            Some(format!("--- {number}: {fault}\n{}", String::from_utf8_lossy(&bytes)))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {cases} fail, the first:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(3)].join("\n")
    );
}
