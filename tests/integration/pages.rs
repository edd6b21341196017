//! Pages of every committed document: no empty sentences, no marks of a blank that nothing filled.

use std::fs;
use std::path::{Path, PathBuf};

use diagram::export::markdown::Detail;
use diagram::pipeline::{self, Page};
use diagram::source::Source;
use diagram::topology::Language;

use crate::pictures::Beside;

/// Every document that can be drawn.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = root.join("tests/corpus/topologies").read_dir().unwrap().map(|entry| entry.unwrap().path());
    let examples = root.join("examples").read_dir().unwrap().map(|entry| entry.unwrap().path().join("arch.toml"));
    let mut all: Vec<PathBuf> =
        corpus.chain(examples).filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    all.sort();
    all
}

/// What no sentence has.
const FAULTS: [&str; 12] = [" .", " ,", "  ", ",,", "()", "****", "{0}", "{1}", "and .", "y .", " de el ", " a el "];

#[test]
fn no_page_has_a_hole() {
    let documents = documents();
    assert!(documents.len() > 30);
    for path in documents {
        let checked = pipeline::check(
            &Source::new("arch.toml", fs::read_to_string(&path).unwrap()),
            &Beside(path.parent().unwrap().to_owned()),
        );
        let analysis = pipeline::analyse(&checked).unwrap();
        let mut topology = checked.topology.unwrap();
        for language in [Language::English, Language::Spanish] {
            topology.heading.language = language;
            for detail in [Detail::Short, Detail::Full] {
                let page = Page { detail, template: None };
                let page = pipeline::describe(&topology, &analysis, (&[], "arch.svg"), &page).unwrap();
                for line in page.lines().filter(|line| !line.starts_with(['|', '#'])) {
                    let prose = line.replace("...", "…");
                    let fault = FAULTS.iter().find(|fault| prose.contains(*fault));
                    assert!(fault.is_none() && !prose.contains(".."), "{}: {fault:?}: {line}", path.display());
                }
                assert!(!page.contains("\n\n\n"), "{}", path.display());
            }
        }
    }
}
