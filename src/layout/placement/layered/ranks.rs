//! Ranks: tiers first, then as few ranks as the links allow, then as short links as those ranks allow.

use super::simplex;
use super::tiers::{self, Arc};
use super::{Edge, Item};

/// Weight of a link against that of a tier's pull, which only decides where an unlinked item stands.
const LINK: i64 = 16;
/// Up to this many vertices ranks are optimal; beyond, items are moved one by one.
const OPTIMAL_UP_TO: usize = 600;
/// Passes over all items in large graphs.
const PASSES: usize = 4;

/// The rank of each item, from 0 without holes; every edge points to a higher rank. The edges must be free of cycles.
pub(super) fn assign(items: &[Item], edges: &[Edge]) -> Vec<usize> {
    let (count, mut arcs) = tiers::bars(items);
    arcs.extend(edges.iter().map(|edge| Arc {
        from: edge.from,
        to: edge.to,
        length: 1,
        weight: LINK * i64::from(edge.weight.max(1)),
    }));
    let order = topological(count, &arcs);
    let mut ranks = longest_paths(count, &arcs, &order);
    let optimal = count <= OPTIMAL_UP_TO && simplex::shorten(count, &arcs, &mut ranks);
    if !optimal {
        shorten_one_by_one(&arcs, &order, &mut ranks);
    }
    close_up(items.len(), &ranks)
}

/// The vertices, each after all its predecessors.
fn topological(count: usize, arcs: &[Arc]) -> Vec<usize> {
    let mut outgoing = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for arc in arcs {
        outgoing[arc.from].push(arc.to);
        waiting[arc.to] += 1;
    }
    let mut order: Vec<usize> = (0..count).filter(|&v| waiting[v] == 0).collect();
    let mut next = 0;
    while let Some(&vertex) = order.get(next) {
        next += 1;
        for &other in &outgoing[vertex] {
            waiting[other] -= 1;
            if waiting[other] == 0 {
                order.push(other);
            }
        }
    }
    debug_assert_eq!(order.len(), count, "the edges are free of cycles");
    order
}

/// The least ranks that keep all lengths.
fn longest_paths(count: usize, arcs: &[Arc], order: &[usize]) -> Vec<i32> {
    let mut outgoing = vec![Vec::new(); count];
    for arc in arcs {
        outgoing[arc.from].push((arc.to, arc.length));
    }
    let mut ranks = vec![0; count];
    for &vertex in order {
        for &(other, length) in &outgoing[vertex] {
            ranks[other] = ranks[other].max(ranks[vertex] + length);
        }
    }
    ranks
}

/// Moves each vertex within its slack towards the side to which it is linked more strongly.
fn shorten_one_by_one(arcs: &[Arc], order: &[usize], ranks: &mut [i32]) {
    let mut incident = vec![Vec::new(); ranks.len()];
    for (index, arc) in arcs.iter().enumerate() {
        incident[arc.from].push(index);
        incident[arc.to].push(index);
    }
    for pass in 0..PASSES {
        let mut moved = false;
        for position in 0..order.len() {
            let vertex = if pass % 2 == 0 { order[order.len() - 1 - position] } else { order[position] };
            let (mut earliest, mut latest, mut pull) = (i32::MIN, i32::MAX, 0);
            for arc in incident[vertex].iter().map(|&index| arcs[index]) {
                if arc.to == vertex {
                    earliest = earliest.max(ranks[arc.from] + arc.length);
                    pull -= arc.weight;
                } else {
                    latest = latest.min(ranks[arc.to] - arc.length);
                    pull += arc.weight;
                }
            }
            let wished = match pull {
                1.. if latest < i32::MAX => latest,
                ..=-1 if earliest > i32::MIN => earliest,
                _ => ranks[vertex],
            };
            moved |= wished != ranks[vertex];
            ranks[vertex] = wished;
        }
        if !moved {
            break;
        }
    }
}

/// Numbers the ranks of the items from 0 without holes.
fn close_up(items: usize, ranks: &[i32]) -> Vec<usize> {
    let mut used = ranks[..items].to_vec();
    used.sort_unstable();
    used.dedup();
    ranks[..items].iter().map(|rank| used.partition_point(|other| other < rank)).collect()
}
