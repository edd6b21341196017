//! Which copies of two replicated boxes belong together.
//!
//! Copies belong together when no container that holds both could be replaced by a smaller one: same zone before same
//! network before same region before same cloud. Each copy of either end finds its partners, so that none stays alone.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::MAX_LINKS;
use super::draft::Draft;
use super::references::Endpoint;
use crate::catalogue::GroupStyle;
use crate::topology::{BoxId, Standing};

/// Two copies that a link joins: source, target.
pub(super) type Pair = (BoxId, BoxId);

/// The pairs of copies that one link joins, by source, then target; not many more than there may be links.
pub(super) fn belonging(draft: &Draft, from: &Endpoint, to: &Endpoint) -> Vec<Pair> {
    let mut pairs = join(draft, &takers(draft, &from.copies), &takers(draft, &to.copies));
    if from.definition == to.definition && from.copies != to.copies {
        // `api@a -> api` means the other copies; only `api -> api` means each copy itself.
        keep(&mut pairs, |(source, target)| source != target);
    }
    let (all_from, all_to) =
        (&draft.definitions[from.definition.index()].copies, &draft.definitions[to.definition.index()].copies);
    match (from.copies.len() < all_from.len(), to.copies.len() < all_to.len()) {
        (true, false) => {
            let strays = strays(draft, &to.copies, &from.copies, all_from);
            keep(&mut pairs, |(_, target)| !strays.contains(target));
        }
        (false, true) => {
            let strays = strays(draft, &from.copies, &to.copies, all_to);
            keep(&mut pairs, |(source, _)| !strays.contains(source));
        }
        _ => {}
    }
    pairs
}

/// Keeps what passes, or everything when nothing does.
fn keep(pairs: &mut Vec<Pair>, passes: impl Fn(&Pair) -> bool) {
    if pairs.iter().any(&passes) {
        pairs.retain(passes);
    }
}

/// Those of `ones` that have a nearer partner among `all` than among `picked`, in their own network or region: in
/// `lb -> api@us-east-1` the load balancers of other regions are not meant. Other zones of the same network are.
fn strays(draft: &Draft, ones: &[BoxId], picked: &[BoxId], all: &[BoxId]) -> BTreeSet<BoxId> {
    let near = partners(draft, ones, picked);
    let nearest = partners(draft, ones, all);
    let in_network = |around: Option<BoxId>| {
        around.is_some_and(|around| draft.chain(around).any(|id| draft.style(id) == Some(GroupStyle::Vpc)))
    };
    let away =
        near.iter().zip(&nearest).filter(|(near, nearest)| near.around != nearest.around && !in_network(near.around));
    away.map(|(near, _)| near.one).collect()
}

/// Each copy of either end with its partners of the other.
fn join(draft: &Draft, from: &[BoxId], to: &[BoxId]) -> Vec<Pair> {
    let mut pairs = BTreeSet::new();
    let forward = partners(draft, from, to);
    let backward = partners(draft, to, from);
    let both = forward
        .iter()
        .flat_map(|near| near.others.iter().map(|&other| (near.one, other)))
        .chain(backward.iter().flat_map(|near| near.others.iter().map(|&other| (other, near.one))));
    for pair in both {
        // One more than may be drawn is enough to be refused.
        if pairs.len() > MAX_LINKS {
            break;
        }
        pairs.insert(pair);
    }
    pairs.into_iter().collect()
}

/// Without the standbys, where the primary is among the copies: links go to the one that takes writes.
fn takers(draft: &Draft, copies: &[BoxId]) -> Vec<BoxId> {
    let standing = |id: BoxId| draft.boxes[id.index()].node().map_or(Standing::Equal, |node| node.standing);
    if copies.iter().any(|&id| standing(id) == Standing::Primary) {
        copies.iter().copied().filter(|&id| standing(id) != Standing::Standby).collect()
    } else {
        copies.to_vec()
    }
}

/// One copy and those that it shares its innermost container with.
struct Near {
    one: BoxId,
    /// What they share; `None` is the picture.
    around: Option<BoxId>,
    others: Rc<[BoxId]>,
}

/// For each of `ones` those of `others` with which it shares the innermost container; all, where nothing is shared.
fn partners(draft: &Draft, ones: &[BoxId], others: &[BoxId]) -> Vec<Near> {
    let mut under: BTreeMap<BoxId, Vec<BoxId>> = BTreeMap::new();
    for &other in others {
        for around in draft.chain(other) {
            under.entry(around).or_default().push(other);
        }
    }
    let under: BTreeMap<BoxId, Rc<[BoxId]>> = under.into_iter().map(|(around, below)| (around, below.into())).collect();
    let all: Rc<[BoxId]> = others.into();
    let near = |&one: &BoxId| {
        let found = draft.chain(one).find_map(|around| Some((around, under.get(&around)?.clone())));
        let (around, others) = found.map_or_else(|| (None, all.clone()), |(around, others)| (Some(around), others));
        Near { one, around, others }
    };
    ones.iter().map(near).collect()
}
