//! The bounded search: a fixed list of choices, the best of which wins (layout.md 3.10).
//!
//! The list is made from the topology alone, every candidate is judged by the same score, and ties go to the earlier
//! one: threads only decide who computes, never what comes out.

use super::placement::tree::Tree;
use super::placement::{Choice, Flow, Lean};
use crate::topology::{BoxId, Direction, GroupStyle, Topology};

/// So many containers may be turned against their parent's direction.
const TURNABLE: usize = 3;
/// Pictures with more leaves than this are laid out once per direction only.
const MANY_LEAVES: usize = 300;

/// The choices of directions to try, in order of preference.
pub fn choices(topology: &Topology, tree: &Tree, direction: Direction) -> Vec<Choice> {
    let flows: &[Flow] = match direction {
        Direction::Auto => &[Flow::Down, Flow::Right],
        Direction::Down => &[Flow::Down],
        Direction::Right => &[Flow::Right],
    };
    let mut turnable = if topology.boxes.len() > MANY_LEAVES { Vec::new() } else { turnable(topology, tree) };
    if direction != Direction::Auto {
        // What holds most of the picture is the picture: the author has decided its direction.
        let all = topology.boxes.iter().filter(|element| element.node().is_some()).count();
        turnable.retain(|&id| 2 * leaves_in(topology, tree)[id.index()] <= all);
    }
    let mut choices = Vec::new();
    for &root in flows {
        for bits in 0..1_usize << turnable.len() {
            let turned: Vec<BoxId> =
                turnable.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, &id)| id).collect();
            choices.push(Choice { root, turned, mirrored: true, lean: Lean::Upright });
        }
    }
    choices
}

/// The containers with the most leaves in which the direction is free: not inside a network, where all levels share it.
fn turnable(topology: &Topology, tree: &Tree) -> Vec<BoxId> {
    let leaves = leaves_in(topology, tree);
    let free = |id: &BoxId| {
        let style = super::placement::style(topology, *id);
        let network = |style: GroupStyle| {
            matches!(style, GroupStyle::Zone | GroupStyle::PublicSubnet | GroupStyle::PrivateSubnet)
        };
        !network(style)
            && tree.children(Some(*id)).len() > 1
            && !tree.children(Some(*id)).iter().any(|&child| network(super::placement::style(topology, child)))
    };
    let mut found: Vec<BoxId> = topology
        .ids()
        .filter(|id| topology.element(*id).node().is_none() && !tree.floating[id.index()])
        .filter(free)
        .collect();
    found.sort_by_key(|id| (std::cmp::Reverse(leaves[id.index()]), *id));
    found.truncate(TURNABLE);
    found.sort_unstable();
    found
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
