//! Ranks with the least weighted length, by network simplex (Gansner, Koutsofios, North and Vo, "A Technique for
//! Drawing Directed Graphs", 1993), without recursion.

use super::tiers::Arc;

/// Pivots before the ranks are taken as they are, in multiples of the number of vertices.
const PIVOTS_PER_VERTEX: usize = 4;

/// Shortens arcs as far as their least lengths allow; whether the vertices hang together, else nothing is done.
///
/// `ranks` must keep all lengths already, and does so afterwards.
pub(super) fn shorten(count: usize, arcs: &[Arc], ranks: &mut [i32]) -> bool {
    let mut simplex = Simplex::new(count, arcs, ranks);
    if !simplex.span() {
        return false;
    }
    for _ in 0..PIVOTS_PER_VERTEX * count + 100 {
        if !simplex.pivot() {
            break;
        }
    }
    simplex.pull_to_predecessors();
    true
}

/// A spanning tree of arcs that have their least length.
struct Simplex<'a> {
    arcs: &'a [Arc],
    ranks: &'a mut [i32],
    incident: Vec<Vec<usize>>,
    /// Whether an arc belongs to the tree.
    in_tree: Vec<bool>,
    /// Weight that leaves a vertex less weight that arrives.
    balance: Vec<i64>,
}

impl<'a> Simplex<'a> {
    fn new(count: usize, arcs: &'a [Arc], ranks: &'a mut [i32]) -> Self {
        let mut incident = vec![Vec::new(); count];
        let mut balance = vec![0; count];
        for (index, arc) in arcs.iter().enumerate() {
            incident[arc.from].push(index);
            incident[arc.to].push(index);
            balance[arc.from] += arc.weight;
            balance[arc.to] -= arc.weight;
        }
        Self { arcs, ranks, incident, in_tree: vec![false; arcs.len()], balance }
    }

    /// By how many ranks an arc is longer than it must be.
    fn slack(&self, arc: Arc) -> i32 {
        self.ranks[arc.to] - self.ranks[arc.from] - arc.length
    }

    /// Grows the tree over all vertices, shifting what it holds to make further arcs tight; whether it spans all.
    fn span(&mut self) -> bool {
        let count = self.ranks.len();
        let mut inside = vec![false; count];
        let mut members = Vec::with_capacity(count);
        if count > 0 {
            inside[0] = true;
            members.push(0);
        }
        let mut next = 0;
        loop {
            while let Some(&vertex) = members.get(next) {
                next += 1;
                for &index in &self.incident[vertex] {
                    let arc = self.arcs[index];
                    let other = if arc.from == vertex { arc.to } else { arc.from };
                    if !inside[other] && self.slack(arc) == 0 {
                        inside[other] = true;
                        self.in_tree[index] = true;
                        members.push(other);
                    }
                }
            }
            if members.len() == count {
                return true;
            }
            let nearest = (0..self.arcs.len())
                .filter(|&index| inside[self.arcs[index].from] != inside[self.arcs[index].to])
                .min_by_key(|&index| (self.slack(self.arcs[index]), index));
            let Some(index) = nearest else { return false };
            let arc = self.arcs[index];
            let shift = if inside[arc.from] { self.slack(arc) } else { -self.slack(arc) };
            for &vertex in &members {
                self.ranks[vertex] += shift;
            }
            // Only the ends of the arc that is tight now can have a neighbour to take in.
            next = members.iter().position(|&v| v == arc.from || v == arc.to).unwrap_or(0);
        }
    }

    /// Exchanges a tree arc that would rather be longer for one that limits it; whether there was one.
    fn pivot(&mut self) -> bool {
        let walk = self.walk(0, None);
        let mut sums = self.balance.clone();
        let mut leaving: Option<(i64, usize)> = None;
        for &(vertex, reached_by) in walk.iter().rev() {
            let Some(index) = reached_by else { continue };
            let arc = self.arcs[index];
            let cut = if arc.from == vertex { sums[vertex] } else { -sums[vertex] };
            if cut < 0 {
                leaving = Some(leaving.map_or((cut, index), |best| best.min((cut, index))));
            }
            let parent = if arc.from == vertex { arc.to } else { arc.from };
            sums[parent] += sums[vertex];
        }
        let Some((_, leaving)) = leaving else { return false };
        let tail = self.walk(self.arcs[leaving].from, Some(leaving));
        let mut in_tail = vec![false; self.ranks.len()];
        for &(vertex, _) in &tail {
            in_tail[vertex] = true;
        }
        let entering = (0..self.arcs.len())
            .filter(|&index| !in_tail[self.arcs[index].from] && in_tail[self.arcs[index].to])
            .min_by_key(|&index| (self.slack(self.arcs[index]), index));
        let Some(entering) = entering else { return false };
        let shift = self.slack(self.arcs[entering]);
        for &(vertex, _) in &tail {
            self.ranks[vertex] -= shift;
        }
        self.in_tree[leaving] = false;
        self.in_tree[entering] = true;
        true
    }

    /// The tree's vertices from `root`, parents first, each with the arc that led to it; `without` is not followed.
    fn walk(&self, root: usize, without: Option<usize>) -> Vec<(usize, Option<usize>)> {
        let mut walk = vec![(root, None)];
        let mut next = 0;
        while let Some(&(vertex, reached_by)) = walk.get(next) {
            next += 1;
            for &index in &self.incident[vertex] {
                if self.in_tree[index] && Some(index) != reached_by && Some(index) != without {
                    let arc = self.arcs[index];
                    walk.push((if arc.from == vertex { arc.to } else { arc.from }, Some(index)));
                }
            }
        }
        walk
    }

    /// Where a move changes nothing, a vertex stands next to what it follows.
    fn pull_to_predecessors(&mut self) {
        let mut order: Vec<usize> = (0..self.ranks.len()).collect();
        order.sort_by_key(|&vertex| (self.ranks[vertex], vertex));
        for vertex in order {
            let earliest = self.incident[vertex]
                .iter()
                .map(|&index| self.arcs[index])
                .filter(|arc| arc.to == vertex)
                .map(|arc| self.ranks[arc.from] + arc.length)
                .max();
            if let Some(earliest) = earliest
                && self.balance[vertex] == 0
            {
                self.ranks[vertex] = earliest;
            }
        }
    }
}
