//! Which copies of two replicated boxes belong together.
//!
//! Copies belong together when no container that holds both could be replaced by a smaller one: same zone before same
//! network before same region before same cloud. Each copy of either end finds its partners, so that none stays alone.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::topology::{BoxId, Content, Standing};

/// The pairs of copies that one link joins, by source, then target; at most `limit` of them (then more are left out).
pub(super) fn belonging(draft: &Draft, from: &[BoxId], to: &[BoxId], limit: usize) -> Vec<(BoxId, BoxId)> {
    let (from, to) = (takers(draft, from), takers(draft, to));
    let mut pairs = BTreeSet::new();
    for (source, targets) in partners(draft, &from, &to) {
        for &target in targets.iter() {
            if pairs.len() > limit {
                break;
            }
            pairs.insert((source, target));
        }
    }
    for (target, sources) in partners(draft, &to, &from) {
        for &source in sources.iter() {
            if pairs.len() > limit {
                break;
            }
            pairs.insert((source, target));
        }
    }
    pairs.into_iter().collect()
}

/// Without the standbys, where the primary is among the copies: links go to the one that takes writes.
fn takers(draft: &Draft, copies: &[BoxId]) -> Vec<BoxId> {
    let standing = |id: BoxId| match &draft.boxes[id.index()].content {
        Content::Node(node) => node.standing,
        _ => Standing::Equal,
    };
    if copies.iter().any(|&id| standing(id) == Standing::Primary) {
        copies.iter().copied().filter(|&id| standing(id) != Standing::Standby).collect()
    } else {
        copies.to_vec()
    }
}

/// For each of `ones` those of `others` with which it shares the innermost container; all, where nothing is shared.
fn partners(draft: &Draft, ones: &[BoxId], others: &[BoxId]) -> Vec<(BoxId, std::rc::Rc<[BoxId]>)> {
    let all: std::rc::Rc<[BoxId]> = others.into();
    if ones.len() == 1 && others.len() == 1 {
        return vec![(ones[0], all)];
    }
    let mut under: BTreeMap<BoxId, Vec<BoxId>> = BTreeMap::new();
    for &other in others {
        for around in draft.chain(other) {
            under.entry(around).or_default().push(other);
        }
    }
    let under: BTreeMap<BoxId, std::rc::Rc<[BoxId]>> =
        under.into_iter().map(|(around, below)| (around, below.into())).collect();
    ones.iter()
        .map(|&one| {
            let nearest = draft.chain(one).find_map(|around| under.get(&around));
            (one, nearest.cloned().unwrap_or_else(|| all.clone()))
        })
        .collect()
}
