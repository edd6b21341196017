//! The cheapest way through the lattice: A* over (vertex, direction).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::lattice::{Direction, HORIZONTAL_ARMS, Lattice, VERTICAL_ARMS};
use super::prices::{self, Tariff};

/// A place where a way may begin: it leaves in the direction, at a price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// Where.
    pub(super) vertex: u32,
    /// The first step.
    pub(super) direction: Direction,
    /// What it costs to begin here.
    pub(super) price: u32,
}

/// A place where a way may end: arriving in one of the directions, at a price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal {
    /// Where.
    pub(super) vertex: u32,
    /// The last steps that are allowed, as bits.
    pub(super) arrivals: u8,
    /// What it costs to end here.
    pub(super) price: u32,
}

/// Columns and rows within which a way is sought, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// First and last column.
    pub(super) columns: (usize, usize),
    /// First and last row.
    pub(super) rows: (usize, usize),
}

/// What is sought.
#[derive(Debug)]
pub(super) struct Query<'a> {
    /// The net, for which its own lines are no crossings.
    pub(super) net: u32,
    /// Where ways begin.
    pub(super) starts: &'a [Start],
    /// Where ways end.
    pub(super) goals: &'a [Goal],
    /// Where they may run.
    pub(super) window: Window,
    /// Whether obstacles and other nets are dear instead of closed.
    pub(super) desperate: bool,
}

const NOT_REACHED: u32 = u32::MAX;
const BEGIN: u8 = 4;
/// In place of arrivals: a way begins here, none may come back.
const CLOSED: u8 = 16;
/// Marks a state whose neighbours have been looked at.
const DONE: u8 = 8;
/// Steps that a search may take before it is begun again with a bolder estimate: once, and per line of its window.
const BUDGET: (u64, u64) = (8_000, 40);
/// How much the estimate counts, in quarters: 4 finds the cheapest way, more finds a cheap one sooner. Ways between
/// deeply nested containers cost many times their length, so that small steps upwards hardly help.
const BOLDNESS: [u32; 4] = [4, 8, 20, 100];
/// Stands for "arrived" in the queue.
const ARRIVED: u32 = u32::MAX;

/// The tables of a search, kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Search {
    best: Vec<u32>,
    from: Vec<u8>,
    touched: Vec<u32>,
    goals: Vec<(u8, u32)>,
    queue: BinaryHeap<Reverse<u64>>,
    boldness: u32,
    /// Steps taken since the beginning.
    pub(super) pops: u64,
}

/// The box around all goals, for the estimate.
struct Target {
    columns: (i32, i32),
    rows: (i32, i32),
}

impl Search {
    /// The cheapest way from a start to a goal as neighbouring vertices, with its price.
    pub(super) fn run(&mut self, lattice: &Lattice, tariff: &mut Tariff, query: &Query<'_>) -> Option<(Vec<u32>, u32)> {
        if query.starts.is_empty() || query.goals.is_empty() {
            return None;
        }
        self.prepare(lattice, query);
        let target = Target::around(lattice, query.goals);
        let lines = query.window.columns.1 - query.window.columns.0 + query.window.rows.1 - query.window.rows.0;
        let mut result = None;
        for boldness in BOLDNESS {
            self.boldness = boldness;
            let last = boldness == BOLDNESS[BOLDNESS.len() - 1];
            let limit = if last { u64::MAX } else { self.pops + BUDGET.0 + BUDGET.1 * lines as u64 };
            for start in query.starts {
                let moved = self.advance(lattice, tariff, query, (start.vertex, start.direction, 0));
                if let Some((next, price, _)) = moved {
                    self.relax(lattice, &target, (next, start.direction), start.price + price, BEGIN);
                }
            }
            result = self.expand(lattice, tariff, query, (&target, limit));
            for state in self.touched.drain(..) {
                self.best[state as usize] = NOT_REACHED;
            }
            self.queue.clear();
            if self.pops <= limit {
                break;
            }
        }
        for vertex in query.goals.iter().map(|goal| goal.vertex).chain(query.starts.iter().map(|start| start.vertex)) {
            self.goals[vertex as usize] = (0, 0);
        }
        result
    }

    fn prepare(&mut self, lattice: &Lattice, query: &Query<'_>) {
        if self.goals.len() < lattice.len() {
            self.goals.resize(lattice.len(), (0, 0));
            self.best.resize(4 * lattice.len(), NOT_REACHED);
            self.from.resize(4 * lattice.len(), 0);
        }
        for start in query.starts {
            self.goals[start.vertex as usize] = (CLOSED, 0);
        }
        for goal in query.goals {
            let known = &mut self.goals[goal.vertex as usize];
            if known.0 & !CLOSED == 0 || goal.price < known.1 {
                *known = (goal.arrivals, goal.price);
            }
        }
    }

    fn expand(
        &mut self,
        lattice: &Lattice,
        tariff: &mut Tariff,
        query: &Query<'_>,
        (target, limit): (&Target, u64),
    ) -> Option<(Vec<u32>, u32)> {
        let mut arrived = (NOT_REACHED, 0);
        while let Some(Reverse(key)) = self.queue.pop() {
            let (estimate, state) = ((key >> 32) as u32, key as u32);
            if state == ARRIVED {
                return Some((self.way_back(lattice, arrived.1), arrived.0));
            }
            let (vertex, heading) = (state >> 2, (state & 3) as usize);
            let spent = self.best[state as usize];
            if spent + target.estimate(lattice, vertex, heading) * self.boldness / 4 != estimate {
                continue;
            }
            self.pops += 1;
            if self.pops > limit {
                return None;
            }
            self.from[state as usize] |= DONE;
            let (arrivals, price) = self.goals[vertex as usize];
            if arrivals >> heading & 1 == 1 && spent + price < arrived.0 {
                arrived = (spent + price, state);
                self.queue.push(Reverse(u64::from(spent + price) << 32 | u64::from(ARRIVED)));
            }
            let behind = lattice.segment(vertex, (heading + 2) % 4).class;
            let before = tariff.tenths(lattice, behind);
            for turn in [0, 1, 3] {
                let next_heading = (heading + turn) % 4;
                let Some(at_vertex) = passing(lattice, query, vertex, (heading, next_heading)) else { continue };
                if let Some((next, price, _)) = self.advance(lattice, tariff, query, (vertex, next_heading, before)) {
                    // A way that ran through its own end would come back to it.
                    let end = self.goals[next as usize].0;
                    if end != 0 && end >> next_heading & 1 == 0 {
                        continue;
                    }
                    let total = spent + at_vertex + price;
                    self.relax(lattice, target, (next, next_heading), total, heading as u8);
                }
            }
        }
        None
    }

    /// One step: the next vertex, the price of the segment and its tenths.
    fn advance(
        &mut self,
        lattice: &Lattice,
        tariff: &mut Tariff,
        query: &Query<'_>,
        (vertex, heading, before): (u32, Direction, u32),
    ) -> Option<(u32, u32, u32)> {
        let (column, row) = lattice.column_row(vertex);
        let window = &query.window;
        let leaves = match heading {
            0 => row <= window.rows.0,
            1 => column >= window.columns.1,
            2 => row >= window.rows.1,
            _ => column <= window.columns.0,
        };
        if leaves {
            return None;
        }
        let (next, length) = lattice.step(vertex, heading)?;
        let segment = lattice.segment(vertex, heading);
        let before = if before == 0 { u32::MAX } else { before };
        let (price, tenths) = tariff.segment(lattice, segment, length, before, query.desperate)?;
        Some((next, price, tenths))
    }

    fn relax(&mut self, lattice: &Lattice, target: &Target, (vertex, heading): (u32, Direction), spent: u32, from: u8) {
        let state = vertex << 2 | heading as u32;
        let index = state as usize;
        // A bold estimate would come back to places again and again.
        let settled = self.best[index] != NOT_REACHED && self.from[index] & DONE != 0 && self.boldness > BOLDNESS[0];
        if spent >= self.best[index] || settled {
            return;
        }
        if self.best[index] == NOT_REACHED {
            self.touched.push(state);
        }
        self.best[index] = spent;
        self.from[index] = from;
        let estimate = spent + target.estimate(lattice, vertex, heading) * self.boldness / 4;
        self.queue.push(Reverse(u64::from(estimate) << 32 | u64::from(state)));
    }

    fn way_back(&self, lattice: &Lattice, end: u32) -> Vec<u32> {
        let (mut vertex, mut heading) = (end >> 2, (end & 3) as usize);
        let mut way = vec![vertex];
        loop {
            let from = self.from[(vertex << 2) as usize | heading] & !DONE;
            let Some((before, _)) = lattice.step(vertex, (heading + 2) % 4) else { break };
            vertex = before;
            way.push(vertex);
            if from == BEGIN {
                break;
            }
            heading = from as usize;
        }
        way.reverse();
        way
    }
}

/// What it costs to pass a vertex from one heading to the next; `None` where another line forbids it: lines may only
/// cross straight, never touch.
pub(super) fn passing(
    lattice: &Lattice,
    query: &Query<'_>,
    vertex: u32,
    (heading, next): (Direction, Direction),
) -> Option<u32> {
    let bend = if heading == next { 0 } else { prices::BEND };
    let arms = lattice.arms(vertex);
    if arms == 0 && (heading == next || !lattice.is_crowded(vertex)) {
        return Some(bend);
    }
    let across = if heading % 2 == 0 { HORIZONTAL_ARMS } else { VERTICAL_ARMS };
    if heading == next && arms == across && lattice.segment(vertex, (heading + 1) % 4).user != query.net {
        return Some(prices::CROSSING);
    }
    query.desperate.then_some(bend + prices::TOUCHING)
}

impl Target {
    fn around(lattice: &Lattice, goals: &[Goal]) -> Self {
        let first = lattice.at(goals[0].vertex);
        let mut target = Self { columns: (first.x, first.x), rows: (first.y, first.y) };
        for goal in goals {
            let at = lattice.at(goal.vertex);
            target.columns = (target.columns.0.min(at.x), target.columns.1.max(at.x));
            target.rows = (target.rows.0.min(at.y), target.rows.1.max(at.y));
        }
        target
    }

    /// A lower bound of what is still to come: the distance, and the bends without which it cannot be covered.
    fn estimate(&self, lattice: &Lattice, vertex: u32, heading: Direction) -> u32 {
        let at = lattice.at(vertex);
        let east = (self.columns.0 - at.x).max(0);
        let west = (at.x - self.columns.1).max(0);
        let south = (self.rows.0 - at.y).max(0);
        let north = (at.y - self.rows.1).max(0);
        let (ahead, back, aside) = match heading {
            0 => (north, south, east + west),
            1 => (east, west, north + south),
            2 => (south, north, east + west),
            _ => (west, east, north + south),
        };
        let bends = if back > 0 { 2 } else { u32::from(aside > 0) };
        (ahead + back + aside) as u32 + bends * prices::BEND
    }
}
