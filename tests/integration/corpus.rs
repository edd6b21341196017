//! Reads every document under tests/corpus: real topologies, which are right, and annotated mistakes.

use std::fs;
use std::path::{Path, PathBuf};

use diagram::document;
use diagram::source::Source;

/// The TOML files of a folder of tests/corpus, sorted, each with its text.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn real_topologies_parse_without_a_word() {
    let topologies = files("topologies");
    assert!(topologies.len() >= 40, "the topologies are there");
    for (path, text) in topologies {
        let (document, diagnostics) = document::parse(&Source::new("x.toml", text), 0);
        assert_eq!(diagnostics, [], "{}", path.display());
        assert!(!document.boxes.is_empty() && !document.incomplete, "{}", path.display());
    }
}
