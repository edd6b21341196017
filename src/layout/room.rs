//! Placing again with more room, where lines, titles or what is written on lines found none.

use std::collections::BTreeSet;

use super::explanation::Considered;
use super::placement::pieces;
use super::placement::{self, Ground};
use super::score::Score;
use super::{Layout, Subject, candidates, drawn, sketch, sketched_score};
use crate::topology::{BoxId, Link, LinkId};

/// By how much gaps are widened where lines find no room, px, and how often.
const WIDENED: i32 = 16;
const WIDENINGS: usize = 2;

/// Where the straight way into a container runs through its title, places everything again with so wide a container that both have
/// room, if that helps.
pub(super) fn pass_titles(
    ground: &Ground<'_>,
    (score, layout): (Score, Layout),
    crossed: Vec<BoxId>,
    considered: &mut Considered,
) -> (Score, Layout) {
    if crossed.is_empty() {
        return (score, layout);
    }
    let mut choice = considered.choice.clone();
    choice.beside_title.extend(crossed);
    let parted = pieces::part(ground, candidates::refined(ground, &choice).placement);
    let lines = sketch(&parted, 0);
    if sketched_score(&parted, &lines).total() >= score.total() {
        return (score, layout);
    }
    let (better, other) = drawn(&parted, &lines);
    if (cramped(&other).len(), better.total()) < (cramped(&layout).len(), score.total()) {
        considered.choice = choice;
        considered.finished = Some(better);
        return (better, other);
    }
    (score, layout)
}

/// Where lines or what is written on them found no room, places everything again with wider gaps on their way, if that
/// helps (layout.md 3.7: widen, place again, and only then leave an ugly line).
pub(super) fn widen(ground: &Ground<'_>, (score, layout): (Score, Layout), considered: &mut Considered) -> Layout {
    let mut best = (cramped(&layout).len(), score, layout);
    let mut choice = considered.choice.clone();
    let mut latest = cramped(&best.2);
    for _ in 0..WIDENINGS {
        if latest.is_empty() {
            break;
        }
        let holders: BTreeSet<Option<BoxId>> =
            latest.iter().flat_map(|&link| holders(ground, &ground.topology.links[link.index()])).collect();
        for holder in holders {
            *choice.widened.entry(holder).or_default() += WIDENED;
        }
        let parted = pieces::part(ground, candidates::refined(ground, &choice).placement);
        let (score, layout) = drawn(&parted, &sketch(&parted, 0));
        latest = cramped(&layout);
        if (latest.len(), score.total()) < (best.0, best.1.total()) {
            best = (latest.len(), score, layout);
            considered.choice = choice.clone();
            considered.finished = Some(score);
        }
    }
    best.2
}

/// The links that found no way, or no place for what is written on them.
pub(super) fn cramped(layout: &Layout) -> Vec<LinkId> {
    let uneasy = layout.compromises.iter().filter_map(|compromise| match compromise.subject {
        Subject::Link(link) => Some(link),
        Subject::Box(_) => None,
    });
    uneasy.chain(layout.markers.iter().map(|marker| marker.link)).collect()
}

/// The containers through whose gaps a link runs: the innermost around both ends, and those around one of them.
fn holders(ground: &Ground<'_>, link: &Link) -> Vec<Option<BoxId>> {
    let Ground { topology, tree, .. } = *ground;
    let around = |end: BoxId| tree.ancestors(end).collect::<Vec<_>>();
    let (from, to) = (around(link.from), around(link.to));
    let own = |these: &[BoxId], others: &[BoxId]| these.iter().copied().filter(|id| !others.contains(id)).collect();
    let (mut own, others): (Vec<BoxId>, Vec<BoxId>) = (own(&from, &to), own(&to, &from));
    own.extend(others);
    let common = from.iter().find(|id| to.contains(id)).copied();
    let like = |id: BoxId| placement::gaps_of(topology, tree, id);
    own.into_iter().map(like).chain([common.and_then(like)]).collect()
}
