//! Directions without cycles.
//!
//! Before: edges as written. After: some are turned round so that no cycle is left, and none points against the tiers.
//! Tiers are taken in first, then edges by weight, then in the order of declaration; an edge that would close a cycle
//! is turned. The order that shows this is kept up to date as edges arrive (Pearce and Kelly, "A Dynamic Topological
//! Sort Algorithm for Directed Acyclic Graphs", 2006).

use std::collections::BTreeMap;

use super::{Edge, Item, tiers};

/// The edges with those turned round that would close a cycle.
pub(super) fn direct(items: &[Item], edges: &[Edge]) -> Vec<Edge> {
    let (count, bars) = tiers::bars(items);
    let mut weights: BTreeMap<(usize, usize), (i64, usize)> = BTreeMap::new();
    for (index, edge) in edges.iter().enumerate() {
        weights.entry((edge.from, edge.to)).or_insert((0, index)).0 += i64::from(edge.weight);
    }
    let fixed: Vec<(usize, usize)> = bars.iter().map(|arc| (arc.from, arc.to)).collect();
    let arcs: Vec<(usize, usize)> = fixed.iter().copied().chain(weights.keys().copied()).collect();
    let core = core(count, &arcs);
    let mut pairs: Vec<((usize, usize), (i64, usize))> =
        weights.into_iter().filter(|((from, to), _)| core[*from] && core[*to]).collect();
    pairs.sort_by_key(|&(_, (weight, index))| (std::cmp::Reverse(weight), index));
    let mut sort = DynamicSort::new(count);
    for (from, to) in fixed.into_iter().filter(|&(from, to)| core[from] && core[to]) {
        sort.insert(from, to);
    }
    let turned: std::collections::BTreeSet<(usize, usize)> =
        pairs.into_iter().map(|(pair, _)| pair).filter(|&(from, to)| !sort.insert(from, to)).collect();
    edges.iter().map(|&edge| if turned.contains(&(edge.from, edge.to)) { turn(edge) } else { edge }).collect()
}

/// The edge seen from its other end.
pub(super) fn turn(edge: Edge) -> Edge {
    Edge { from: edge.to, to: edge.from, from_port: edge.to_port, to_port: edge.from_port, ..edge }
}

/// Which vertices are left when those without predecessors or without successors are taken away again and again:
/// the ones on cycles, and those between cycles.
fn core(count: usize, arcs: &[(usize, usize)]) -> Vec<bool> {
    let mut left = vec![true; count];
    for forward in [true, false] {
        let mut next = vec![Vec::new(); count];
        let mut waiting = vec![0_usize; count];
        for &(from, to) in arcs.iter().filter(|&&(from, to)| left[from] && left[to]) {
            let (from, to) = if forward { (from, to) } else { (to, from) };
            next[from].push(to);
            waiting[to] += 1;
        }
        let mut free: Vec<usize> = (0..count).filter(|&v| left[v] && waiting[v] == 0).collect();
        while let Some(vertex) = free.pop() {
            left[vertex] = false;
            for &other in &next[vertex] {
                waiting[other] -= 1;
                if waiting[other] == 0 {
                    free.push(other);
                }
            }
        }
    }
    left
}

/// A topological order that arcs are added to one by one.
struct DynamicSort {
    /// The position of each vertex in the order.
    place: Vec<usize>,
    outgoing: Vec<Vec<usize>>,
    incoming: Vec<Vec<usize>>,
    /// Scratch: the visit in which a vertex was seen last.
    seen: Vec<usize>,
    visit: usize,
}

impl DynamicSort {
    fn new(count: usize) -> Self {
        Self {
            place: (0..count).collect(),
            outgoing: vec![Vec::new(); count],
            incoming: vec![Vec::new(); count],
            seen: vec![0; count],
            visit: 0,
        }
    }

    /// Adds an arc unless it closes a cycle; whether it was added.
    fn insert(&mut self, from: usize, to: usize) -> bool {
        if self.place[from] > self.place[to] {
            let mut after = self.reach(to, true, self.place[from]);
            if after.contains(&from) {
                return false;
            }
            let mut before = self.reach(from, false, self.place[to]);
            before.sort_by_key(|&v| self.place[v]);
            after.sort_by_key(|&v| self.place[v]);
            let moved: Vec<usize> = before.into_iter().chain(after).collect();
            let mut places: Vec<usize> = moved.iter().map(|&v| self.place[v]).collect();
            places.sort_unstable();
            for (vertex, place) in moved.into_iter().zip(places) {
                self.place[vertex] = place;
            }
        }
        self.outgoing[from].push(to);
        self.incoming[to].push(from);
        true
    }

    /// The vertices that can be reached from `start` without leaving the order's stretch up to `bound`.
    fn reach(&mut self, start: usize, forward: bool, bound: usize) -> Vec<usize> {
        self.visit += 1;
        self.seen[start] = self.visit;
        let mut found = vec![start];
        let mut next = 0;
        while let Some(&vertex) = found.get(next) {
            next += 1;
            let others = if forward { &self.outgoing[vertex] } else { &self.incoming[vertex] };
            for &other in others {
                let inside = if forward { self.place[other] <= bound } else { self.place[other] >= bound };
                if inside && self.seen[other] != self.visit {
                    self.seen[other] = self.visit;
                    found.push(other);
                }
            }
        }
        found
    }
}
