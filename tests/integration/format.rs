//! What formatting may do to real documents: change how they are written, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use diagram::format::format;
use diagram::layout::Options;
use diagram::pipeline;
use diagram::source::Source;
use rayon::prelude::*;
use toml_parser::lexer::TokenKind;

use crate::pictures::{Beside, documents, topologies};

/// Every document that is at hand.
fn all() -> Vec<PathBuf> {
    let folders = ["regressions", "rejected/form", "rejected/meaning"];
    let paths = documents().into_iter().chain(folders.into_iter().flat_map(topologies)).map(|(_, path)| path);
    paths.chain(templates()).collect()
}

/// What `diagram init` writes.
fn templates() -> impl Iterator<Item = PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/templates");
    ["web", "serverless", "multi-region", "hub"].into_iter().map(move |name| folder.join(format!("{name}.toml")))
}

fn formatted(text: &str) -> Option<String> {
    format(&Source::new("x.toml", text)).ok()
}

/// The comments of a text, sorted.
fn comments(text: &str) -> Vec<String> {
    let tokens = toml_parser::Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    let mut comments: Vec<String> =
        tokens.map(|token| text[token.span().start()..token.span().end()].trim_end().to_owned()).collect();
    comments.sort();
    comments
}

/// The geometry of the picture of a text, and what is said about it but for the places.
fn picture(text: &str, path: &Path) -> (Option<String>, Vec<String>) {
    let checked = pipeline::check(&Source::new("x.toml", text), &Beside(path.parent().unwrap().to_owned()));
    let mut said: Vec<String> = checked.diagnostics.iter().map(|found| found.message.clone()).collect();
    said.sort();
    let geometry = checked.topology.map(|topology| {
        let layout = pipeline::layout(&topology, Options::default());
        pipeline::geometry(&topology, &layout)
    });
    (geometry, said)
}

#[test]
fn twice_is_once_and_every_comment_stays() {
    let mut count = 0;
    for path in all() {
        let text = fs::read_to_string(&path).unwrap();
        let Some(once) = formatted(&text) else { continue };
        assert_eq!(formatted(&once).as_ref(), Some(&once), "{}", path.display());
        assert_eq!(comments(&once), comments(&text), "{}", path.display());
        let value = |text: &str| toml::from_str::<toml::Table>(text).unwrap();
        assert_eq!(value(&once), value(&text), "{}", path.display());
        count += 1;
    }
    assert!(count > 70, "most documents are TOML");
}

#[test]
fn no_picture_changes() {
    all().par_iter().for_each(|path| {
        let text = fs::read_to_string(path).unwrap();
        let Some(once) = formatted(&text).filter(|once| *once != text) else { return };
        assert_eq!(picture(&once, path), picture(&text, path), "{}", path.display());
    });
}

#[test]
fn tables_that_move_change_no_picture() {
    let text = r#"
[[links]]
from = "b"
to = "c"

[services]
c = { in = "vpc", kind = "ec2" }

[flows.second]
numbered = true
steps = ["a -> b", "b -> a"]

[services.b]
in = "us-east-1"
kind = "s3"

[[links]]
to = "a"
from = "c"

[flows.first]
steps = ["c -> b : x"]
numbered = true

[externals.a]
kind = "users"

[vpcs.vpc]
in = "us-east-1"

[regions.us-east-1]
role = "active"
azs = 2

[diagram]
lang = "es"
title = "T"
"#;
    let once = formatted(text).unwrap();
    assert!(once.starts_with("[diagram]\ntitle") && once.ends_with("from = \"c\"\nto = \"a\"\n"), "{once}");
    assert_eq!(picture(&once, Path::new("x/y")), picture(text, Path::new("x/y")));
    assert!(picture(text, Path::new("x/y")).0.is_some());
}

#[test]
fn examples_and_templates_are_in_the_form_that_they_teach() {
    let examples = documents().into_iter().map(|(_, path)| path).filter(|path| path.ends_with("arch.toml"));
    let mut unformatted = Vec::new();
    for path in examples.chain(templates()) {
        let text = fs::read_to_string(&path).unwrap();
        if formatted(&text).as_ref() != Some(&text) {
            unformatted.push(path.display().to_string());
        }
    }
    assert!(unformatted.is_empty(), "run `diagram fmt` on\n  {}", unformatted.join("\n  "));
}
