//! Natural tiers as arcs: between two neighbouring tiers stands a bar that one must precede and the other follow.

use super::Item;

/// "`to` stands at least `length` ranks after `from`".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arc {
    /// The earlier vertex.
    pub(super) from: usize,
    /// The later vertex.
    pub(super) to: usize,
    /// The least difference of their ranks.
    pub(super) length: i32,
    /// The price of each rank between them.
    pub(super) weight: i64,
}

/// The bars between tiers as vertices numbered after the items: how many vertices there are in all, and their arcs.
///
/// An arc into a bar has length 1 and one out of it length 0, so that a bar costs no rank of its own.
pub(super) fn bars(items: &[Item]) -> (usize, Vec<Arc>) {
    let mut tiers: Vec<u8> = items.iter().filter_map(|item| item.tier).collect();
    tiers.sort_unstable();
    tiers.dedup();
    let bars = tiers.len().saturating_sub(1);
    let bar = |index: usize| items.len() + index;
    let mut arcs: Vec<Arc> =
        (1..bars).map(|index| Arc { from: bar(index - 1), to: bar(index), length: 1, weight: 0 }).collect();
    for (item, tier) in items.iter().enumerate().filter_map(|(index, item)| Some((index, item.tier?))) {
        let tier = tiers.partition_point(|&other| other < tier);
        if tier < bars {
            arcs.push(Arc { from: item, to: bar(tier), length: 1, weight: 1 });
        }
        if tier > 0 {
            arcs.push(Arc { from: bar(tier - 1), to: item, length: 0, weight: 1 });
        }
    }
    (items.len() + bars, arcs)
}
