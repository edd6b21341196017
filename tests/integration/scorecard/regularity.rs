//! Alignment, and whether equal zones look alike.

use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Drawing, pairs};

/// Kinds and names from a zone down to a box.
type Path = Vec<(String, String)>;
/// By path: how far below and beside the zone's corner boxes stand, and their height and width.
type Inside = BTreeMap<Path, Vec<[f64; 4]>>;

/// Share of leaves whose centre is level or in line with another's, within 1 px.
pub fn alignment(drawing: &Drawing) -> Option<f64> {
    let leaves: Vec<usize> = drawing.leaves().collect();
    if leaves.len() < 2 {
        return None;
    }
    let mut aligned = BTreeSet::new();
    for across in [true, false] {
        let center = |leaf: usize| {
            let frame = drawing.shapes[leaf].frame;
            if across { f64::midpoint(frame.left, frame.right) } else { f64::midpoint(frame.top, frame.bottom) }
        };
        let mut sorted: Vec<(f64, usize)> = leaves.iter().map(|&leaf| (center(leaf), leaf)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let close = sorted.windows(2).filter(|pair| pair[1].0 - pair[0].0 <= 1.0);
        aligned.extend(close.flat_map(|pair| [pair[0].1, pair[1].1]));
    }
    Some(aligned.len() as f64 / leaves.len() as f64)
}

/// How alike zones are that are siblings.
#[derive(Debug, Default)]
pub struct Replicas {
    /// The largest difference in place of two boxes that correspond, or of their mirror images, px.
    pub offset: Option<f64>,
    /// The largest difference in size of two zones, px.
    pub size: Option<f64>,
    /// Boxes compared.
    pub pairs: usize,
}

/// Compares zones that are siblings, box by box.
pub fn replicas(drawing: &Drawing) -> Replicas {
    let mut result = Replicas::default();
    let zones: Vec<usize> = drawing.containers().filter(|&index| drawing.shapes[index].kind == "az").collect();
    for (a, b) in pairs(&zones).filter(|&(a, b)| drawing.shapes[a].parent == drawing.shapes[b].parent) {
        let (one, other) = (drawing.shapes[a].frame, drawing.shapes[b].frame);
        let differs = (one.width() - other.width()).abs().max((one.height() - other.height()).abs());
        result.size = larger(result.size, Some(differs));
        result.pairs += compared(&inside(drawing, a), &inside(drawing, b));
        result.offset = larger(result.offset, offset(drawing, a, b));
    }
    result
}

/// By how much boxes that correspond differ in place in two zones, as they are or mirrored; `None` if none correspond.
pub fn offset(drawing: &Drawing, a: usize, b: usize) -> Option<f64> {
    let other = drawing.shapes[b].frame;
    let (one_inside, other_inside) = (inside(drawing, a), inside(drawing, b));
    [(false, false), (true, false), (false, true)]
        .into_iter()
        .filter_map(|flip| worst_offset(&one_inside, &other_inside, (other.width(), other.height()), flip))
        .min_by(f64::total_cmp)
}

/// The larger of two figures, of which either may be missing.
fn larger(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    [one, other].into_iter().flatten().max_by(f64::total_cmp)
}

/// Everything in a zone, by path; places are sorted only when they are compared.
fn inside(drawing: &Drawing, zone: usize) -> Inside {
    let corner = drawing.shapes[zone].frame;
    let mut found = Inside::new();
    for index in 0..drawing.shapes.len() {
        let chain: Vec<usize> = std::iter::once(index).chain(drawing.ancestors(index)).collect();
        let Some(depth) = chain.iter().position(|&outer| outer == zone).filter(|&depth| depth > 0) else { continue };
        let step = |&shape: &usize| (drawing.shapes[shape].kind.clone(), without_zone(&drawing.shapes[shape].text));
        let path = chain[..depth].iter().rev().map(step).collect();
        let frame = drawing.shapes[index].frame;
        let place = [frame.top - corner.top, frame.left - corner.left, frame.height(), frame.width()];
        found.entry(path).or_default().push(place);
    }
    found
}

/// By how much the boxes of two zones that correspond differ in place at most; `None` if none correspond.
fn worst_offset(one: &Inside, other: &Inside, size: (f64, f64), (flip_x, flip_y): (bool, bool)) -> Option<f64> {
    let place =
        |[y, x, h, w]: [f64; 4]| (if flip_y { size.1 - y - h } else { y }, if flip_x { size.0 - x - w } else { x });
    let mut worst: Option<f64> = None;
    for (path, places) in one {
        let Some(others) = other.get(path) else { continue };
        let mut places: Vec<(f64, f64)> = places.iter().map(|at| (at[0], at[1])).collect();
        let mut others: Vec<(f64, f64)> = others.iter().map(|at| place(*at)).collect();
        for list in [&mut places, &mut others] {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        }
        for (a, b) in places.iter().zip(&others) {
            worst = Some(worst.unwrap_or(0.0).max((a.0 - b.0).abs()).max((a.1 - b.1).abs()));
        }
    }
    worst
}

/// How many boxes of two zones correspond.
fn compared(one: &Inside, other: &Inside) -> usize {
    one.iter().map(|(path, places)| other.get(path).map_or(0, |others| places.len().min(others.len()))).sum()
}

/// A name without the zone at its end, in small letters: "Private subnet A", "us-east-1b", "web (AZ 2)".
pub fn without_zone(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let is_zone = |letter: char| matches!(letter, 'a'..='f' | '1'..='9');
    let separates = |letter: char| letter.is_whitespace() || "_-/(".contains(letter);
    let open = name.strip_suffix(')').unwrap_or(&name);
    // What stands before the zone's letter must end with something that separates: "subnet A", "web/az-1".
    let apart = open.strip_suffix(is_zone).and_then(|before| {
        let bare = before.trim_end_matches(|letter: char| letter.is_whitespace() || "_-".contains(letter));
        let starts = [Some(before), bare.strip_suffix("az")].into_iter().flatten();
        let cut = starts.map(|start| (start, start.trim_end_matches(separates))).filter(|(start, rest)| start != rest);
        cut.map(|(_, rest)| rest).min_by_key(|rest| rest.len())
    });
    let attached = || {
        let before = name.strip_suffix(|letter: char| ('a'..='f').contains(&letter))?;
        before.ends_with(char::is_numeric).then_some(before)
    };
    apart.or_else(attached).unwrap_or(&name).trim().to_owned()
}
