//! The state of [`solve`](super::solve): variables in blocks.

use super::{Separation, Variable, rounded, weight_of};

/// Violations are compared in this fraction of a px when the order of repairs is chosen.
const VIOLATION_UNIT: i128 = 256;

/// Variables joined by tight constraints.
#[derive(Default)]
struct Block {
    /// Its variables; empty when the block was merged into another.
    members: Vec<usize>,
    /// Constraints that end in it, kept up to date only while merging in topological order.
    incoming: Vec<usize>,
    /// Sum of weight × (desired − offset): its position is `sum / weight`.
    sum: i128,
    /// Sum of weights.
    weight: i128,
}

/// The state of [`solve`].
pub(super) struct Solver<'a> {
    variables: &'a [Variable],
    separations: &'a [Separation],
    /// Whether a separation is a tight edge of its block's tree.
    active: Vec<bool>,
    /// Whether a separation is ignored.
    ignored: Vec<bool>,
    /// Separations at each variable.
    incident: Vec<Vec<usize>>,
    /// The block of each variable.
    home: Vec<usize>,
    /// The distance of each variable from its block's position.
    offset: Vec<i64>,
    blocks: Vec<Block>,
    /// Scratch: sum of derivatives of the subtree below a variable.
    gradient: Vec<i128>,
}

/// A walk through the tree of a block: variables with the separation by which each was reached, parents first.
type Walk = Vec<(usize, Option<usize>)>;

impl<'a> Solver<'a> {
    pub(super) fn new(variables: &'a [Variable], separations: &'a [Separation]) -> Self {
        let count = variables.len();
        let ignored: Vec<bool> =
            separations.iter().map(|s| s.left == s.right || s.left >= count || s.right >= count).collect();
        let mut incident = vec![Vec::new(); count];
        let mut blocks: Vec<Block> = variables
            .iter()
            .enumerate()
            .map(|(index, variable)| {
                let weight = weight_of(*variable);
                Block { members: vec![index], incoming: Vec::new(), sum: weight * i128::from(variable.desired), weight }
            })
            .collect();
        for (index, separation) in separations.iter().enumerate().filter(|(index, _)| !ignored[*index]) {
            incident[separation.left].push(index);
            incident[separation.right].push(index);
            blocks[separation.right].incoming.push(index);
        }
        Self {
            variables,
            separations,
            active: vec![false; separations.len()],
            ignored,
            incident,
            home: (0..count).collect(),
            offset: vec![0; count],
            blocks,
            gradient: vec![0; count],
        }
    }

    /// The variables, each after all that must stand left of it; those on cycles last.
    pub(super) fn topological(&self) -> Vec<usize> {
        let count = self.variables.len();
        let mut waiting = vec![0_usize; count];
        for (index, separation) in self.separations.iter().enumerate() {
            if !self.ignored[index] {
                waiting[separation.right] += 1;
            }
        }
        let mut order: Vec<usize> = (0..count).filter(|&v| waiting[v] == 0).collect();
        let mut next = 0;
        while let Some(&variable) = order.get(next) {
            next += 1;
            for &index in &self.incident[variable] {
                let separation = self.separations[index];
                if separation.left == variable {
                    waiting[separation.right] -= 1;
                    if waiting[separation.right] == 0 {
                        order.push(separation.right);
                    }
                }
            }
        }
        order.extend((0..count).filter(|&v| waiting[v] > 0));
        order
    }

    /// Joins the ends of equalities for good.
    pub(super) fn join_equal(&mut self) {
        for index in 0..self.separations.len() {
            let separation = self.separations[index];
            if !separation.equal || self.ignored[index] {
                continue;
            }
            if self.home[separation.left] == self.home[separation.right] {
                self.ignored[index] = true;
            } else {
                self.merge(index);
            }
        }
    }

    /// Takes in the variables from left to right; each joins the blocks on its left that it would overlap.
    pub(super) fn merge_in(&mut self, order: &[usize]) {
        for &variable in order {
            while let Some(index) = self.most_violated_incoming(self.home[variable]) {
                self.merge(index);
            }
        }
        for block in &mut self.blocks {
            block.incoming = Vec::new();
        }
    }

    /// The separation into a block from another that is violated most.
    fn most_violated_incoming(&mut self, block: usize) -> Option<usize> {
        let mut incoming = std::mem::take(&mut self.blocks[block].incoming);
        incoming.retain(|&index| self.home[self.separations[index].left] != block);
        let worst = incoming
            .iter()
            .map(|&index| (self.violation(index), index))
            .filter(|&(violation, _)| violation > 0)
            .max_by_key(|&(violation, index)| (violation, std::cmp::Reverse(index)));
        self.blocks[block].incoming = incoming;
        worst.map(|(_, index)| index)
    }

    /// By how much a separation is violated, in fractions of a px rounded up; 0 when it holds.
    fn violation(&self, index: usize) -> i128 {
        let Separation { left, right, gap, equal } = self.separations[index];
        let shift = i128::from(self.offset[left] + i64::from(gap) - self.offset[right]);
        let (a, b) = (self.home[left], self.home[right]);
        let excess = if a == b {
            shift * VIOLATION_UNIT
        } else {
            let (a, b) = (&self.blocks[a], &self.blocks[b]);
            let difference = (a.sum + shift * a.weight) * b.weight - b.sum * a.weight;
            let unit = a.weight * b.weight;
            let scaled = difference * VIOLATION_UNIT;
            if scaled >= 0 { (scaled + unit - 1) / unit } else { scaled / unit - 1 }
        };
        if equal { excess.abs() } else { excess.max(0) }
    }

    /// Makes a separation between two blocks tight; the smaller block takes over the frame of the larger.
    fn merge(&mut self, index: usize) {
        let Separation { left, right, gap, .. } = self.separations[index];
        let (mut kept, mut gone) = (self.home[left], self.home[right]);
        let mut shift = self.offset[left] + i64::from(gap) - self.offset[right];
        if self.blocks[kept].members.len() < self.blocks[gone].members.len() {
            std::mem::swap(&mut kept, &mut gone);
            shift = -shift;
        }
        let mut block = std::mem::take(&mut self.blocks[gone]);
        for &member in &block.members {
            self.home[member] = kept;
            self.offset[member] += shift;
        }
        let target = &mut self.blocks[kept];
        target.sum += block.sum - i128::from(shift) * block.weight;
        target.weight += block.weight;
        target.members.append(&mut block.members);
        target.incoming.append(&mut block.incoming);
        self.active[index] = true;
    }

    /// Merges and rearranges blocks until every separation holds or is ignored.
    pub(super) fn satisfy(&mut self) {
        // A separation inside a block can be repaired many times before it is given up; the bound only guards
        // against endless exchange among contradictory ones.
        let mut budget = 20 * self.separations.len() + 100;
        loop {
            let mut violated: Vec<(i128, usize)> = (0..self.separations.len())
                .filter(|&index| !self.ignored[index])
                .map(|index| (self.violation(index), index))
                .filter(|&(violation, _)| violation > 0)
                .collect();
            if violated.is_empty() {
                return;
            }
            violated.sort_by_key(|&(violation, index)| (std::cmp::Reverse(violation), index));
            for (_, index) in violated {
                if self.violation(index) == 0 {
                    continue;
                }
                let Separation { left, right, .. } = self.separations[index];
                budget = budget.saturating_sub(1);
                if budget == 0 || (self.home[left] == self.home[right] && !self.loosen_between(left, right)) {
                    self.ignored[index] = true;
                } else {
                    self.merge(index);
                }
            }
        }
    }

    /// Cuts the block of `left` and `right` where that lets `right` move away; whether there was such a place.
    fn loosen_between(&mut self, left: usize, right: usize) -> bool {
        let walk = self.walk(left);
        self.sum_gradients(&walk);
        let reached_by: std::collections::BTreeMap<usize, Option<usize>> = walk.into_iter().collect();
        let mut weakest: Option<(i128, usize)> = None;
        let mut variable = right;
        while let Some(Some(index)) = reached_by.get(&variable).copied() {
            let separation = self.separations[index];
            if separation.right == variable && !separation.equal {
                let candidate = (self.multiplier(variable, index), index);
                weakest = Some(weakest.map_or(candidate, |best| best.min(candidate)));
            }
            variable = if separation.right == variable { separation.left } else { separation.right };
        }
        let Some((_, index)) = weakest else { return false };
        self.active[index] = false;
        self.fall_apart(self.home[left]);
        true
    }

    /// Cuts every block at the tight separation that most wants to be loose, or at all that want to; whether there was
    /// any.
    pub(super) fn cut_all(&mut self, eagerly: bool) -> bool {
        let mut queue: Vec<usize> = (0..self.blocks.len()).collect();
        let mut changed = false;
        while let Some(block) = queue.pop() {
            if self.blocks[block].members.len() < 2 {
                continue;
            }
            let walk = self.walk(self.blocks[block].members[0]);
            self.sum_gradients(&walk);
            let mut pulling: Vec<(i128, usize)> = walk
                .iter()
                .filter_map(|&(variable, index)| index.map(|index| (self.multiplier(variable, index), index)))
                .filter(|&(multiplier, index)| multiplier < 0 && !self.separations[index].equal)
                .collect();
            if !eagerly {
                pulling = pulling.into_iter().min().into_iter().collect();
            }
            if pulling.is_empty() {
                continue;
            }
            changed = true;
            for (_, index) in pulling {
                self.active[index] = false;
            }
            let first = self.blocks.len();
            self.fall_apart(block);
            if !eagerly {
                queue.push(block);
                queue.extend(first..self.blocks.len());
            }
        }
        changed
    }

    /// Visits the tree of tight separations from `root`.
    fn walk(&self, root: usize) -> Walk {
        let mut walk: Walk = vec![(root, None)];
        let mut next = 0;
        while let Some(&(variable, reached_by)) = walk.get(next) {
            next += 1;
            for &index in &self.incident[variable] {
                if self.active[index] && reached_by != Some(index) {
                    let separation = self.separations[index];
                    let other = if separation.left == variable { separation.right } else { separation.left };
                    walk.push((other, Some(index)));
                }
            }
        }
        walk
    }

    /// Fills `gradient` for all variables of a walk, in units of the block's weight.
    fn sum_gradients(&mut self, walk: &Walk) {
        for &(variable, _) in walk {
            let block = &self.blocks[self.home[variable]];
            let away = i128::from(self.offset[variable] - i64::from(self.variables[variable].desired));
            self.gradient[variable] = weight_of(self.variables[variable]) * (block.sum + away * block.weight);
        }
        for &(variable, reached_by) in walk.iter().rev() {
            if let Some(index) = reached_by {
                let separation = self.separations[index];
                let parent = if separation.left == variable { separation.right } else { separation.left };
                self.gradient[parent] += self.gradient[variable];
            }
        }
    }

    /// The Lagrange multiplier of the separation by which a walk reached `variable`: negative when it pulls.
    fn multiplier(&self, variable: usize, index: usize) -> i128 {
        if self.separations[index].right == variable { self.gradient[variable] } else { -self.gradient[variable] }
    }

    /// Makes a block of each part of one whose tight separations do not hold it together any more.
    fn fall_apart(&mut self, block: usize) {
        let members = std::mem::take(&mut self.blocks[block]).members;
        for &member in &members {
            self.home[member] = usize::MAX;
        }
        let mut target = block;
        for root in members {
            if self.home[root] != usize::MAX {
                continue;
            }
            let members: Vec<usize> = self.walk(root).into_iter().map(|(variable, _)| variable).collect();
            let (mut sum, mut weight) = (0, 0);
            for &member in &members {
                let own = weight_of(self.variables[member]);
                sum += own * i128::from(i64::from(self.variables[member].desired) - self.offset[member]);
                weight += own;
                self.home[member] = target;
            }
            let part = Block { members, incoming: Vec::new(), sum, weight };
            if target == block {
                self.blocks[block] = part;
            } else {
                self.blocks.push(part);
            }
            target = self.blocks.len();
        }
    }

    /// The positions as they are now.
    pub(super) fn positions(&self) -> Vec<i32> {
        (0..self.variables.len())
            .map(|variable| {
                let block = &self.blocks[self.home[variable]];
                (rounded(block.sum, block.weight) + i128::from(self.offset[variable])) as i32
            })
            .collect()
    }

    /// Moves variables right until inequalities hold, for inputs on which the rounds ran out.
    pub(super) fn push(&self, order: &[usize], positions: &mut [i32]) {
        for &variable in order {
            for &index in &self.incident[variable] {
                let separation = self.separations[index];
                if separation.left == variable && !self.ignored[index] {
                    let least = positions[variable] + separation.gap;
                    positions[separation.right] = positions[separation.right].max(least);
                }
            }
        }
    }
}
