//! Hubs: an item with many containers around it stands between rows of them, not at the end of one endless rank.

use super::{Edge, Gaps, Item, Options, shelf};

/// From this many containers on an item is a hub.
const SPOKES: usize = 8;
/// The numbers of rows that are tried: none, or as many before as behind the hub.
const ROWS: [usize; 5] = [1, 2, 4, 6, 8];
/// By how much a page must shrink for one more row on each side, in percent: lines to outer rows pass inner ones.
const ROW_PRICE: i64 = 40;

/// The ranks with the containers of each hub spread over ranks before and after it.
///
/// Only containers with no other link move, in the order of declaration, so that rows read from the first to the last.
pub(super) fn spread(items: &[Item], edges: &[Edge], ranks: &[usize], gaps: Gaps, options: Options) -> Vec<usize> {
    let mut partner: Vec<Option<usize>> = vec![None; items.len()];
    let mut single = vec![true; items.len()];
    for edge in edges {
        for (item, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
            single[item] &= partner[item].is_none_or(|known| known == other);
            partner[item] = Some(other);
        }
    }
    let mut spokes: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for (item, &other) in partner.iter().enumerate() {
        if let Some(hub) = other
            && single[item]
            && items[item].container
            && items[item].tier.is_none()
        {
            spokes[hub].push(item);
        }
    }
    let mut signed: Vec<i64> = ranks.iter().map(|&rank| rank as i64).collect();
    for (hub, spokes) in spokes.iter().enumerate().filter(|(_, spokes)| spokes.len() >= SPOKES) {
        let rows = rows(items, hub, spokes, gaps, options);
        let before = rows as i64 / 2;
        for (position, &spoke) in spokes.iter().enumerate().filter(|_| rows > 1) {
            // Rows differ by one container at most.
            let row = (position * rows / spokes.len()) as i64 - before;
            signed[spoke] = signed[hub] + if row < 0 { row } else { row + 1 };
        }
    }
    let mut used = signed.clone();
    used.sort_unstable();
    used.dedup();
    signed.iter().map(|rank| used.partition_point(|other| other < rank)).collect()
}

/// The number of rows with which hub and spokes need the smallest page.
fn rows(items: &[Item], hub: usize, spokes: &[usize], gaps: Gaps, options: Options) -> usize {
    let widest = spokes.iter().map(|&spoke| items[spoke].extent).max().unwrap_or(0) + gaps.across;
    let deepest = spokes.iter().map(|&spoke| items[spoke].depth).max().unwrap_or(0) + gaps.along;
    ROWS.into_iter()
        .min_by_key(|&rows| {
            let extent = spokes.len().div_ceil(rows) as i32 * widest;
            let depth = rows as i32 * deepest + items[hub].depth;
            let page = shelf::page(options.in_picture((extent, depth)), options.aspect);
            page * (100 + ROW_PRICE * (rows as i64 / 2 - 1).max(0))
        })
        .unwrap_or(1)
}
