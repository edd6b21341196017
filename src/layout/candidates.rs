//! The bounded search (layout.md 3.10): choices to be made one way or another, tried one after the other from the plain
//! picture on, as long as the estimate falls.
//!
//! What is tried depends on the topology alone, every candidate is judged by the same estimate, and ties go to the
//! earlier one: threads only decide who computes, never what comes out.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::estimate::estimate;
use super::placement::tree::Tree;
use super::placement::{self, Choice, Flow, Ground, Lean, Placement, Tuck};
use crate::topology::{BoxId, Direction, GroupStyle, Topology};

/// A choice, and what it comes to.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its estimate: lower is better.
    pub price: i64,
    /// What was chosen.
    pub choice: Choice,
    /// Where everything stands.
    pub placement: Placement,
}

/// What is done from each direction on.
const EFFORT: [Effort; 6] = [
    Effort { leaves: 80, trials: 48, leanings: 3 },
    Effort { leaves: 150, trials: 24, leanings: 3 },
    Effort { leaves: 300, trials: 8, leanings: 2 },
    Effort { leaves: 1_500, trials: 6, leanings: 0 },
    Effort { leaves: 5_000, trials: 3, leanings: 0 },
    Effort { leaves: usize::MAX, trials: 1, leanings: 0 },
];
/// So many containers may be turned against their parent's direction, or have their boxes without links first.
const TURNABLE: usize = 8;
const LOOSE: usize = 4;
/// So many boxes may be tucked in beside their only partner.
const TUCKABLE: usize = 4;
/// What it must save, in thousandths of a point for a picture of one link: a reader follows the flow.
const TUCKED: i64 = 8_000;

/// Leanings of a candidate that is placed again with more room.
const WIDENED_LEANINGS: usize = 2;

/// How much of the search a picture of at most so many leaves can afford.
#[derive(Debug, Clone, Copy)]
struct Effort {
    leaves: usize,
    /// So many choices are tried.
    trials: usize,
    /// So many times siblings lean toward where their partners came to stand in the time before.
    leanings: usize,
}

/// One thing that may be done the other way.
#[derive(Debug, Clone, Copy)]
enum Move {
    Turn(BoxId),
    LooseFirst(Option<BoxId>),
    Tuck(BoxId, BoxId, Tuck),
    Mirror,
}

impl Move {
    fn apply(self, choice: &mut Choice) {
        match self {
            Self::Turn(id) => toggle(&mut choice.turned, id),
            Self::LooseFirst(id) => toggle(&mut choice.loose_first, id),
            Self::Tuck(id, host, side) => {
                if choice.tucked.insert(id, (host, side)) == Some((host, side)) {
                    choice.tucked.remove(&id);
                }
            }
            Self::Mirror => choice.mirrored = !choice.mirrored,
        }
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, element: T) {
    if !set.remove(&element) {
        set.insert(element);
    }
}

/// The `count` best placements that differ, best first.
#[expect(clippy::missing_panics_doc, reason = "there is an effort for any number of leaves")]
pub fn search(ground: &Ground<'_>, direction: Direction, count: usize) -> Vec<Candidate> {
    let flows: &[Flow] = match direction {
        Direction::Auto => &[Flow::Down, Flow::Right],
        Direction::Down => &[Flow::Down],
        Direction::Right => &[Flow::Right],
    };
    let leaves = ground.topology.leaf_count();
    let effort = EFFORT.iter().find(|effort| leaves <= effort.leaves);
    let effort = *effort.expect("the last effort is for any number of leaves");
    let moves = moves(ground, direction);
    let tried = flows.par_iter().map(|&flow| climb(ground, Choice::plain(flow), &moves, effort)).collect::<Vec<_>>();
    let promising = sorted(tried.concat(), count);
    let refined = promising.into_par_iter().map(|candidate| straighten(ground, candidate, effort.leanings)).collect();
    sorted(refined, count)
}

/// What `choice` comes to, refined as the candidates of a search are.
pub fn refined(ground: &Ground<'_>, choice: &Choice) -> Candidate {
    straighten(ground, judge(ground, choice, placement::place(ground, choice)), WIDENED_LEANINGS)
}

/// The `count` best of some candidates that differ; of equals the first.
fn sorted(mut candidates: Vec<Candidate>, count: usize) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| candidate.price);
    candidates.dedup_by(|next, known| next.price == known.price && next.placement.frames == known.placement.frames);
    candidates.truncate(count);
    candidates
}

/// Does things the other way as long as that helps; returns all that was tried.
fn climb(ground: &Ground<'_>, start: Choice, moves: &[Move], effort: Effort) -> Vec<Candidate> {
    let draft = |choice: Choice| {
        let upright = judge(ground, &choice, placement::place(ground, &choice));
        if effort.leanings == 0 { upright } else { leaned(ground, &upright, Lean::Partners).unwrap_or(upright) }
    };
    let mut tried = vec![draft(start)];
    let mut best = 0;
    let mut failures = 0;
    for step in moves.iter().cycle().take(effort.trials) {
        let mut choice = tried[best].choice.clone();
        step.apply(&mut choice);
        failures += 1;
        if tried.iter().all(|known| known.choice != choice) {
            let candidate = draft(choice);
            if candidate.price < tried[best].price {
                (best, failures) = (tried.len(), 0);
            }
            tried.push(candidate);
        }
        if failures >= moves.len() {
            break;
        }
    }
    tried
}

/// Lets siblings lean toward their partners outside as long as that looks better.
fn straighten(ground: &Ground<'_>, mut best: Candidate, leanings: usize) -> Candidate {
    for _ in 0..leanings {
        let ways = [Lean::Partners, Lean::Firm].map(|lean| leaned(ground, &best, lean));
        let Some(better) = ways.into_iter().flatten().min_by_key(|candidate| candidate.price) else { break };
        best = better;
    }
    best
}

/// The candidate with siblings leaning toward where their partners outside stand, if that looks better.
fn leaned(ground: &Ground<'_>, before: &Candidate, lean: Lean) -> Option<Candidate> {
    let choice = Choice { lean, ..before.choice.clone() };
    let candidate = judge(ground, &before.choice, placement::lean(ground, &choice, &before.placement));
    (candidate.price < before.price).then_some(candidate)
}

fn judge(ground: &Ground<'_>, choice: &Choice, placement: Placement) -> Candidate {
    let tucked = TUCKED * choice.tucked.len() as i64 / (ground.topology.links.len() as i64).max(1);
    let price = estimate(ground.topology, ground.tree, &placement) + tucked;
    Candidate { price, choice: choice.clone(), placement }
}

/// What may be done the other way, those that concern most of the picture first.
fn moves(ground: &Ground<'_>, direction: Direction) -> Vec<Move> {
    let Ground { topology, tree, .. } = *ground;
    let leaves = leaves_in(topology, tree);
    let all = topology.leaf_count();
    let containers = topology.ids().filter(|id| topology.element(*id).node().is_none() && !tree.floating[id.index()]);
    let mut containers: Vec<BoxId> = containers.filter(|&id| tree.children(Some(id)).len() > 1).collect();
    containers.sort_by_key(|id| (Reverse(leaves[id.index()]), *id));
    // What holds most of the picture is the picture: the author may have decided its direction.
    let open = |id: &&BoxId| direction == Direction::Auto || 2 * leaves[id.index()] <= all;
    let turns = containers.iter().filter(|&&id| may_turn(topology, tree, id)).filter(open).take(TURNABLE);
    let loose =
        containers.iter().map(|&id| Some(id)).chain([None]).filter(|&id| has_loose(topology, tree, id)).take(LOOSE);
    let zones = topology.ids().any(|id| placement::style(topology, id) == GroupStyle::Zone);
    let mut moves: Vec<Move> = turns.map(|&id| Move::Turn(id)).chain(loose.map(Move::LooseFirst)).collect();
    for (id, host) in placement::pairs::possible(ground).into_iter().take(TUCKABLE) {
        moves.extend([Tuck::Behind, Tuck::Before].map(|side| Move::Tuck(id, host, side)));
    }
    moves.extend(zones.then_some(Move::Mirror));
    moves
}

/// Whether the direction of a container is free: not inside a network, where all levels share it.
fn may_turn(topology: &Topology, tree: &Tree, id: BoxId) -> bool {
    let network = |id: BoxId| placement::style(topology, id).is_zonal();
    !network(id) && !tree.children(Some(id)).iter().any(|&child| network(child))
}

/// Whether some children of a container are linked with each other, and some are not.
fn has_loose(topology: &Topology, tree: &Tree, container: Option<BoxId>) -> bool {
    let linked: BTreeSet<BoxId> = tree.lifted(container).iter().flat_map(|link| [link.from, link.to]).collect();
    let border = |id: BoxId| topology.element(id).node().is_some_and(|node| node.border);
    let network = |id: BoxId| placement::style(topology, id) == GroupStyle::Zone;
    let children = tree.children(container);
    !children.iter().any(|&id| network(id))
        && children.iter().any(|id| linked.contains(id))
        && children.iter().any(|&id| !linked.contains(&id) && !border(id))
}

/// By `BoxId`: how many leaves a container holds, at any depth.
fn leaves_in(topology: &Topology, tree: &Tree) -> Vec<usize> {
    let mut leaves = vec![0_usize; topology.boxes.len()];
    for id in topology.ids().filter(|&id| topology.element(id).node().is_some()) {
        for outer in tree.ancestors(id) {
            leaves[outer.index()] += 1;
        }
    }
    leaves
}
