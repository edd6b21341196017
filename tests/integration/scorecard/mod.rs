//! What every committed picture looks like in figures, written down in tests/scorecard.md: a change of the layout shows
//! there what it did to each of them. `just accept` rewrites the card.
//!
//! The judge reads the layout listing, as any other program could, and shares no code with the layout.

/// Boxes against boxes.
mod boxes;
/// Lines against lines.
mod crossings;
/// A picture as the judge sees it.
pub mod drawing;
/// The small changes that people make to a document.
mod edits;
/// What is written, against everything else.
mod labels;
/// Lines by themselves, and against boxes.
pub mod lines;
/// The figures of one picture.
pub mod metrics;
/// The geometry of the judge.
pub mod plane;
/// Alignment and equal zones.
pub mod regularity;
/// How much moves when a document changes a little.
mod stability;
/// The card as text.
mod table;

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use self::metrics::Metrics;
use self::table::{Row, card};
use crate::pictures::{Picture, documents};

/// Set to rewrite the card instead of comparing with it.
const ACCEPT: &str = "DIAGRAM_ACCEPT";

/// Faults that pictures have of which the program does not speak: the picture, what, and how often. Each is a bug of the
/// layout; whoever cures one removes its line.
const KNOWN_FAULTS: [(&str, &str, usize); 0] = [];

/// The rows of the card, and what is wrong with pictures beyond the compromises that the program speaks of.
fn judged() -> (Vec<Row>, Vec<(String, &'static str, usize)>) {
    let rows: Vec<_> = documents()
        .into_par_iter()
        .map(|(name, path)| {
            let picture = Picture::of(&fs::read_to_string(&path).unwrap(), path.parent().unwrap()).unwrap();
            let faults = Metrics::of(&picture.without_compromises()).faults();
            let faults = faults.into_iter().filter(|fault| fault.1 > 0);
            let faults: Vec<_> = faults.map(|(what, count)| (name.clone(), what, count)).collect();
            let compromises = picture.layout.compromises.len();
            let is_example = path.ends_with("arch.toml");
            (Row { name, is_example, metrics: Metrics::of(&picture.drawing), compromises }, faults)
        })
        .collect();
    let (rows, faults): (Vec<Row>, Vec<Vec<_>>) = rows.into_iter().unzip();
    (rows, faults.concat())
}

/// The lines in which two texts differ, those of the old marked `-`, those of the new `+`.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| (line, '-'));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| (line, '+'));
    let mut lines: Vec<_> = gone.chain(come).collect();
    // A row and what became of it stand together.
    lines.sort_by_key(|(line, mark)| (line.split('|').nth(1).unwrap_or(line).trim(), *mark == '+'));
    lines.iter().flat_map(|(line, mark)| [mark.to_string(), format!(" {line}\n")]).collect()
}

#[test]
fn the_scorecard_is_that_of_the_pictures() {
    let (rows, faults) = judged();
    let examples = documents().into_iter().filter(|(_, path)| path.ends_with("arch.toml"));
    let stabilities: Vec<_> = examples.map(|(name, path)| stability::measure(&name, &path)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scorecard.md");
    let (old, new) = (fs::read_to_string(&path).unwrap_or_default(), card(&rows, &stabilities));
    if std::env::var_os(ACCEPT).is_some() {
        fs::write(&path, &new).unwrap();
    } else {
        assert!(
            old == new,
            "\nThe pictures have other figures now:\n\n{}\nIf that is an improvement, accept it with `just accept`.\n",
            difference(&old, &new)
        );
    }
    let known = KNOWN_FAULTS.map(|(name, what, count)| (name.to_owned(), what, count));
    let news: Vec<_> = faults.iter().filter(|fault| !known.contains(fault)).collect();
    assert!(news.is_empty(), "these pictures have faults of which the program does not speak: {news:#?}");
    let cured: Vec<_> = known.iter().filter(|fault| !faults.contains(fault)).collect();
    assert!(cured.is_empty(), "these faults are no more, remove them from KNOWN_FAULTS: {cured:#?}");
}

#[test]
fn names_are_compared_without_their_zone() {
    for (name, without) in [
        ("Private subnet A", "private subnet"),
        ("us-east-1b", "us-east-1"),
        ("web (AZ 2)", "web"),
        ("db/az-c", "db"),
        ("Aurora", "aurora"),
        ("10.0.1.0/24", "10.0.1.0/24"),
    ] {
        assert_eq!(regularity::without_zone(name), without);
    }
}
