//! How much of a picture moves when its document changes a little.
//!
//! Of every leaf that is in both pictures, the distance between its places is taken, relative to the old picture's
//! diagonal: once on the page, and once after the shift by which most of the picture moved as a whole is taken out (the
//! median of all moves), since that is what a reader notices.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use diagram::document::{Document, parse};
use diagram::layout::{Options, layout};
use diagram::source::Source;
use diagram::topology::resolve::resolve;
use rayon::prelude::*;

use super::edits::edits;
use super::table::median;
use crate::pictures::Beside;

/// How much one change moved, in shares of the diagonal.
pub struct Move {
    /// What was changed.
    pub what: String,
    /// The median move on the page.
    pub on_page: f64,
    /// The median move among each other.
    pub among: f64,
    /// The tenth of the boxes that moved most moved at least so far among each other.
    pub far: f64,
}

/// The changes of one document and what they moved.
pub struct Stability {
    pub name: String,
    pub moves: Vec<Move>,
}

/// The centres of all leaves by address, and the diagonal of the picture.
type Places = (BTreeMap<String, (f64, f64)>, f64);

/// Measures every change of one document.
pub fn measure(name: &str, path: &Path) -> Stability {
    let loader = Beside(path.parent().unwrap().to_owned());
    let (document, _) = parse(&Source::new(name, fs::read_to_string(path).unwrap()), 0);
    let old = places(&document, &loader).expect("examples have no errors");
    let moves = edits(&document).into_par_iter().filter_map(|edit| {
        let new = places(&edit.document, &loader)?;
        Some(compare(edit.what, &old, &new))
    });
    Stability { name: name.to_owned(), moves: moves.collect() }
}

fn places(document: &Document, loader: &Beside) -> Option<Places> {
    let topology = resolve(document, loader).topology?;
    let layout = layout(&topology, Options::default());
    let leaves = topology.ids().filter(|&id| topology.element(id).node().is_some());
    let centers = leaves.map(|id| {
        let center = layout.boxes[id.index()].frame.center();
        (topology.element(id).address.clone(), (f64::from(center.x), f64::from(center.y)))
    });
    Some((centers.collect(), f64::from(layout.size.width).hypot(f64::from(layout.size.height))))
}

fn compare(what: String, (old, diagonal): &Places, (new, _): &Places) -> Move {
    let moves: Vec<(f64, f64)> =
        old.iter().filter_map(|(id, at)| new.get(id).map(|now| (now.0 - at.0, now.1 - at.1))).collect();
    let shift = |part: fn(&(f64, f64)) -> f64| median(moves.iter().map(part).collect()).unwrap_or(0.0);
    let (dx, dy) = (shift(|by| by.0), shift(|by| by.1));
    let lengths = |dx: f64, dy: f64| moves.iter().map(|by| (by.0 - dx).hypot(by.1 - dy) / diagonal).collect::<Vec<_>>();
    Move {
        what,
        on_page: median(lengths(0.0, 0.0)).unwrap_or(0.0),
        among: median(lengths(dx, dy)).unwrap_or(0.0),
        far: quantile(lengths(dx, dy), 90),
    }
}

/// The value below which so many percent lie; 0 if there are none.
pub fn quantile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len() * percent / 100).min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
