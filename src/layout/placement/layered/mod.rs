//! STUB
use super::Flow;
#[derive(Debug, Clone, Copy)]
pub struct Item { pub extent: i32, pub depth: i32, pub axis: i32, pub lead: i32, pub container: bool, pub tier: Option<u8>, pub bias: Option<i64> }
#[derive(Debug, Clone, Copy)]
pub struct Edge { pub from: usize, pub to: usize, pub weight: i32, pub from_port: i32, pub to_port: i32, pub label_along: i32, pub label_across: i32 }
#[derive(Debug, Clone, Copy)]
pub struct Gaps { pub across: i32, pub along: i32, pub lane: i32 }
#[derive(Debug, Clone, Copy, Default)]
pub struct Options;
impl Options { pub fn for_flow(_f: Flow) -> Self { Self } }
pub struct Placed { pub across: Vec<i32>, pub along: Vec<i32>, pub ranks: Vec<usize>, pub size: (i32, i32) }
pub fn place(items: &[Item], edges: &[Edge], gaps: Gaps, _o: Options) -> Placed {
    let n = items.len();
    let mut ranks = vec![0usize; n];
    for _ in 0..n { for e in edges { if ranks[e.to] < ranks[e.from] + 1 && ranks[e.from] + 1 < n { ranks[e.to] = ranks[e.from] + 1; } } }
    let across = align(items, &ranks, edges, gaps);
    let mut along = vec![0; n];
    let mut cur = 0;
    for r in 0..n {
        let here: Vec<usize> = (0..n).filter(|&i| ranks[i] == r).collect();
        if here.is_empty() { continue; }
        let lead = here.iter().map(|&i| items[i].lead).max().unwrap();
        let mut end = cur;
        for &i in &here { along[i] = cur + lead - items[i].lead; end = end.max(along[i] + items[i].depth); }
        cur = end + gaps.along;
    }
    let w = (0..n).map(|i| across[i] + items[i].extent).max().unwrap_or(0);
    Placed { across, along, ranks, size: (w, cur - gaps.along) }
}
pub fn align(items: &[Item], ranks: &[usize], _e: &[Edge], gaps: Gaps) -> Vec<i32> {
    let n = items.len();
    let mut across = vec![0; n];
    let maxr = ranks.iter().max().copied().unwrap_or(0);
    let width: Vec<i32> = (0..=maxr).map(|r| (0..n).filter(|&i| ranks[i] == r).map(|i| items[i].extent + gaps.across).sum::<i32>() - gaps.across).collect();
    let w = width.iter().max().copied().unwrap_or(0);
    for r in 0..=maxr { let mut x = (w - width[r]) / 2; for i in 0..n { if ranks[i] == r { across[i] = x; x += items[i].extent + gaps.across; } } }
    across
}
