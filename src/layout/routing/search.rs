//! The cheapest way through the lattice: A* over (vertex, axis).
//!
//! A way that arrives at a vertex along an axis may go on along it or turn; on which side it came in does not matter,
//! as going back is never cheaper than not having come.

use super::lattice::{Direction, HORIZONTAL_ARMS, Lattice, Spot, VERTICAL_ARMS};
use super::prices::{self, Tariff};
use super::queue::Queue;

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
    /// Dearer ways are of no use.
    pub(super) ceiling: u32,
    /// Whether obstacles and other nets are dear instead of closed.
    pub(super) desperate: bool,
}

const NOT_REACHED: u32 = u32::MAX;
/// Stands for "arrived" in the queue.
const ARRIVED: u32 = u32::MAX;

/// How a state was reached: the heading of the last step in the two low bits, then these.
const CAME_VERTICALLY: u8 = 4;
/// The last step was the first.
const BEGAN: u8 = 8;
/// The neighbours have been looked at.
const DONE: u8 = 16;
/// Ways begin or end here; [`Search::goals`] says which, and none runs through.
const SPECIAL: u8 = 32;
/// In place of arrivals: a way begins here, none may come back.
const CLOSED: u8 = 16;

/// Steps that a search may take before it is begun again with a bolder estimate: once, and per line of its window.
const BUDGET: (u64, u64) = (60_000, 300);
/// How much the estimate counts, in quarters: 4 finds the cheapest way, more finds a cheap one sooner. At 100
/// ways became staircases.
const BOLDNESS: [u32; 3] = [4, 8, 20];

/// The tables of a search, kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Search {
    states: Vec<State>,
    touched: Vec<u32>,
    goals: Vec<(u8, u32)>,
    queue: Queue,
    target: Target,
    boldness: u32,
    arrived: Option<Arrival>,
    /// Whether a way ended at the edge of its window since this was last reset: if none did, a wider window changes nothing.
    pub(super) clipped: bool,
    /// Steps taken since the beginning.
    pub(super) pops: u64,
}

/// What is known of a vertex and an axis.
#[derive(Debug, Clone, Copy)]
struct State {
    /// What the cheapest way here has cost so far.
    best: u32,
    /// How it came here.
    from: u8,
}

/// The best way so far.
#[derive(Debug, Clone, Copy)]
struct Arrival {
    price: u32,
    vertex: u32,
    heading: Direction,
    from: u8,
}

/// Where the goals lie, for the estimate.
#[derive(Debug, Default)]
struct Target {
    /// By column: how far it lies to the right of the box around all goals, px; negative to the left, 0 within.
    columns: Vec<i32>,
    /// By row: how far it lies below that box.
    rows: Vec<i32>,
}

/// One step to be taken.
struct Step {
    spot: Spot,
    heading: Direction,
    spent: u32,
    before: Option<u32>,
    from: u8,
}

impl Search {
    /// The cheapest way from a start to a goal as neighbouring vertices, with its price.
    pub(super) fn run(&mut self, lattice: &Lattice, tariff: &mut Tariff, query: &Query<'_>) -> Option<(Vec<u32>, u32)> {
        if query.starts.is_empty() || query.goals.is_empty() {
            return None;
        }
        self.prepare(lattice, query);
        self.target.turn_to(lattice, query);
        let lines = query.window.columns.1 - query.window.columns.0 + query.window.rows.1 - query.window.rows.0;
        let mut result = None;
        for boldness in BOLDNESS {
            self.boldness = boldness;
            let last = boldness == BOLDNESS[BOLDNESS.len() - 1];
            let limit = if last { u64::MAX } else { self.pops + BUDGET.0 + BUDGET.1 * lines as u64 };
            result = self.expand(lattice, tariff, query, limit);
            for state in self.touched.drain(..) {
                self.states[state as usize].best = NOT_REACHED;
            }
            self.queue.clear();
            if self.pops <= limit {
                break;
            }
        }
        for vertex in special(query) {
            self.goals[vertex as usize] = (0, 0);
            self.mark(vertex, 0);
        }
        result
    }

    fn prepare(&mut self, lattice: &Lattice, query: &Query<'_>) {
        if self.goals.len() < lattice.len() {
            self.goals.resize(lattice.len(), (0, 0));
            self.states.resize(2 * lattice.len(), State { best: NOT_REACHED, from: 0 });
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
        for vertex in special(query) {
            self.mark(vertex, SPECIAL);
        }
    }

    /// Notes of a vertex, which no way has reached, whether it is special.
    fn mark(&mut self, vertex: u32, from: u8) {
        for state in [vertex << 1, vertex << 1 | 1] {
            self.states[state as usize] = State { best: NOT_REACHED, from };
        }
    }

    fn expand(
        &mut self,
        lattice: &Lattice,
        tariff: &mut Tariff,
        query: &Query<'_>,
        limit: u64,
    ) -> Option<(Vec<u32>, u32)> {
        self.arrived = None;
        for start in query.starts {
            let (spot, heading) = (lattice.spot(start.vertex), start.direction);
            let step = Step { spot, heading, spent: start.price, before: None, from: BEGAN };
            self.advance(lattice, tariff, query, &step);
        }
        while let Some((state, spent)) = self.queue.pop() {
            if state == ARRIVED {
                let arrival = self.arrived.filter(|arrival| arrival.price == spent)?;
                return Some((self.way_back(lattice, arrival), arrival.price));
            }
            let known = &mut self.states[state as usize];
            if spent != known.best || known.from & DONE != 0 {
                continue;
            }
            self.pops += 1;
            if self.pops > limit {
                return None;
            }
            known.from |= DONE;
            let came = (known.from & 3) as usize;
            let (vertex, vertical) = (state >> 1, state & 1 == 1);
            let spot = lattice.spot(vertex);
            let before = Some(tariff.tenths(lattice, lattice.segment(vertex, (came + 2) % 4).class));
            let from = if vertical { CAME_VERTICALLY } else { 0 };
            let (on, turned) = ((came, came), (came, (came + 1) % 4));
            let [straight, bent] = [on, turned].map(|way| passing(lattice, (query.net, query.desperate), vertex, way));
            let near_port = if tariff.owns(lattice.stub_of(vertex)) { prices::SHORT_STUB } else { 0 };
            let bent = bent.map(|price| price + near_port);
            for (heading, price) in [(came, straight), ((came + 1) % 4, bent), ((came + 3) % 4, bent)] {
                if let Some(price) = price {
                    let step = Step { spot, heading, spent: spent + price, before, from };
                    self.advance(lattice, tariff, query, &step);
                }
            }
        }
        None
    }

    /// Takes one step and notes where it led.
    fn advance(&mut self, lattice: &Lattice, tariff: &mut Tariff, query: &Query<'_>, step: &Step) {
        // It is compiled once for each heading, so that this is the only place that asks for it.
        match step.heading {
            0 => self.advance_to::<0>(lattice, tariff, query, step),
            1 => self.advance_to::<1>(lattice, tariff, query, step),
            2 => self.advance_to::<2>(lattice, tariff, query, step),
            _ => self.advance_to::<3>(lattice, tariff, query, step),
        }
    }

    #[inline]
    fn advance_to<const HEADING: Direction>(
        &mut self,
        lattice: &Lattice,
        tariff: &mut Tariff,
        query: &Query<'_>,
        step: &Step,
    ) {
        let Some((spot, length)) = lattice.step_within(step.spot, HEADING, &query.window) else {
            // A way that leaves the window is no shorter than one that does not have to.
            let beyond = lattice.step(step.spot.vertex, HEADING).is_some();
            let least = step.spent + self.target.estimate(step.spot, HEADING);
            self.clipped |= beyond && least < query.ceiling;
            return;
        };
        let next = spot.vertex;
        let state = next << 1 | u32::from(HEADING.is_multiple_of(2));
        let known = self.states[state as usize];
        // A bold estimate would come back to places again and again.
        let settled = self.boldness > BOLDNESS[0] && known.best != NOT_REACHED && known.from & DONE != 0;
        if step.spent >= known.best || settled {
            return;
        }
        let segment = lattice.segment(step.spot.vertex, HEADING);
        let Some((price, _)) = tariff.segment(lattice, segment, length, step.before, query.desperate) else { return };
        let spent = step.spent + price;
        if known.from & SPECIAL != 0 {
            // A way that ran through its own end would come back to it.
            let (arrivals, end_price) = self.goals[next as usize];
            if arrivals >> HEADING & 1 == 1 {
                self.arrive(query, spent + end_price, (next, step));
            }
            return;
        }
        if spent >= known.best {
            return;
        }
        let estimate = self.target.estimate(spot, HEADING);
        if spent + estimate >= query.ceiling {
            return;
        }
        if known.best == NOT_REACHED {
            self.touched.push(state);
        }
        self.states[state as usize] = State { best: spent, from: step.from | HEADING as u8 };
        self.queue.push(spent + estimate * self.boldness / 4, state, spent);
    }

    fn arrive(&mut self, query: &Query<'_>, price: u32, (vertex, step): (u32, &Step)) {
        if price < query.ceiling && self.arrived.is_none_or(|known| price < known.price) {
            self.arrived = Some(Arrival { price, vertex, heading: step.heading, from: step.from });
            self.queue.push(price, ARRIVED, price);
        }
    }

    fn way_back(&self, lattice: &Lattice, arrival: Arrival) -> Vec<u32> {
        let (mut vertex, mut heading, mut from) = (arrival.vertex, arrival.heading, arrival.from);
        let mut way = vec![vertex];
        while let Some((before, _)) = lattice.step(vertex, (heading + 2) % 4) {
            vertex = before;
            way.push(vertex);
            if from & BEGAN != 0 {
                break;
            }
            let state = vertex << 1 | u32::from(from & CAME_VERTICALLY != 0);
            from = self.states[state as usize].from;
            heading = (from & 3) as usize;
        }
        way.reverse();
        way
    }
}

/// The vertices where a way may begin or end.
fn special(query: &Query<'_>) -> impl Iterator<Item = u32> {
    query.goals.iter().map(|goal| goal.vertex).chain(query.starts.iter().map(|start| start.vertex))
}

/// What it costs to pass a vertex from one heading to the next; `None` where another line forbids it: lines may only
/// cross straight, never touch.
#[inline]
pub(super) fn passing(
    lattice: &Lattice,
    (net, desperate): (u32, bool),
    vertex: u32,
    (heading, next): (Direction, Direction),
) -> Option<u32> {
    let bend = if heading == next { 0 } else { prices::BEND };
    let arms = lattice.arms(vertex);
    if arms == 0 && (heading == next || !lattice.is_crowded(vertex)) {
        return Some(bend);
    }
    let across = if heading % 2 == 0 { HORIZONTAL_ARMS } else { VERTICAL_ARMS };
    if heading == next && arms == across && lattice.segment(vertex, (heading + 1) % 4).user != net {
        return Some(prices::CROSSING);
    }
    desperate.then_some(bend + prices::TOUCHING)
}

impl Target {
    /// Measures from each column and row of the window to the box around the goals.
    fn turn_to(&mut self, lattice: &Lattice, query: &Query<'_>) {
        let at = |goal: &Goal| lattice.spot(goal.vertex);
        let range = |line: fn(Spot) -> u32| {
            let lines = query.goals.iter().map(|goal| line(at(goal)) as usize);
            (lines.clone().min().unwrap_or(0), lines.max().unwrap_or(0))
        };
        let window = query.window;
        measure(&mut self.columns, &lattice.xs, window.columns, range(|spot| spot.column));
        measure(&mut self.rows, &lattice.ys, window.rows, range(|spot| spot.row));
    }

    /// A lower bound of what is still to come: the distance, and the bends without which it cannot be covered.
    #[inline]
    fn estimate(&self, spot: Spot, heading: Direction) -> u32 {
        let (beside, beyond) = (self.columns[spot.column as usize], self.rows[spot.row as usize]);
        let back = match heading {
            0 => beyond < 0,
            1 => beside > 0,
            2 => beyond > 0,
            _ => beside < 0,
        };
        let aside = if heading.is_multiple_of(2) { beside } else { beyond };
        let bends = if back { 2 } else { u32::from(aside != 0) };
        beside.unsigned_abs() + beyond.unsigned_abs() + bends * prices::BEND
    }
}

/// Writes how far each line of a window lies behind the goals, px, negative before them.
fn measure(distances: &mut Vec<i32>, lines: &[i32], window: (usize, usize), goals: (usize, usize)) {
    distances.resize(lines.len().max(distances.len()), 0);
    let (low, high) = (lines[goals.0], lines[goals.1]);
    for line in window.0..=window.1 {
        distances[line] = (lines[line] - low).min(0) + (lines[line] - high).max(0);
    }
}
