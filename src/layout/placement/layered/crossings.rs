//! Counting crossings between rows.

use super::layers::Layers;

/// Room for a port below a place in [`key`]: no item is wider.
const PORT_BITS: u32 = 20;

/// Sorts line ends in a row: by the place of their vertex, then by port.
pub(super) fn key(place: usize, port: i32) -> i64 {
    (place as i64) << PORT_BITS | i64::from(port.clamp(0, (1 << PORT_BITS) - 1))
}

/// The place of each vertex in its row.
pub(super) fn places(layers: &Layers, rows: &[Vec<usize>]) -> Vec<usize> {
    let mut places = vec![0; layers.len()];
    for row in rows {
        for (place, &vertex) in row.iter().enumerate() {
            places[vertex] = place;
        }
    }
    places
}

/// Pairs of segments between neighbouring rows that cross.
pub(super) fn count(layers: &Layers, rows: &[Vec<usize>]) -> usize {
    count_placed(layers, rows, &places(layers, rows))
}

/// As [`count`], with the places known.
pub(super) fn count_placed(layers: &Layers, rows: &[Vec<usize>], places: &[usize]) -> usize {
    let mut ends: Vec<(i64, i64)> = Vec::new();
    let mut lower: Vec<i64> = Vec::new();
    let mut scratch: Vec<i64> = Vec::new();
    let mut crossings = 0;
    for row in rows {
        ends.clear();
        ends.extend(row.iter().flat_map(|&vertex| &layers.down[vertex]).map(|&index| {
            let segment = &layers.segments[index];
            (key(places[segment.upper], segment.upper_port), key(places[segment.lower], segment.lower_port))
        }));
        ends.sort_unstable();
        lower.clear();
        lower.extend(ends.iter().map(|&(_, below)| below));
        crossings += inversions(&mut lower, &mut scratch);
    }
    crossings
}

/// Pairs in which the larger value stands first; sorts the values (merge sort from the bottom up).
fn inversions(values: &mut Vec<i64>, scratch: &mut Vec<i64>) -> usize {
    let mut found = 0;
    let mut width = 1;
    while width < values.len() {
        scratch.clear();
        for chunk in values.chunks(2 * width) {
            let (mut left, mut right) = chunk.split_at(width.min(chunk.len()));
            while let (Some(&a), Some(&b)) = (left.first(), right.first()) {
                if a <= b {
                    scratch.push(a);
                    left = &left[1..];
                } else {
                    scratch.push(b);
                    right = &right[1..];
                    found += left.len();
                }
            }
            scratch.extend_from_slice(left);
            scratch.extend_from_slice(right);
        }
        std::mem::swap(values, scratch);
        width *= 2;
    }
    found
}

/// Pairs, one of each list, of which the first list's end lies right of the second's: the crossings between two
/// neighbours whose far ends these are. Both lists are sorted.
pub(super) fn between(first: &[i64], second: &[i64]) -> usize {
    let mut crossings = 0;
    let mut smaller = 0;
    for &end in first {
        while second.get(smaller).is_some_and(|&other| other < end) {
            smaller += 1;
        }
        crossings += smaller;
    }
    crossings
}
