//! Through which channels each net goes: A* over channels, on the coordinates of the draft.
//!
//! A way enters only containers that hold its end, and leaves only those that hold its beginning: no line ever runs
//! through a foreign container. Channels have no end of room, as they are widened for what they take; but full ones
//! are dearer, so that lines spread.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::slices::{Channel, NONE, Slices, beside, side_index, sides};
use super::web::{Dock, Gate, Net, Pin, Place, Port, Run, Station, Web};
use crate::geometry::{Axis, Point, Rect, Side, point};

/// A corner, a gate, and leaving a line that is already there, px of line.
const BEND: u32 = 60;
const GATE: u32 = 30;
const BRANCH: u32 = 25;
/// Each further line at one side of an icon.
const CROWDED: u32 = 24;
/// Stems of a channel that are looked at before and behind the places of interest.
const REACH: usize = 2;
/// So many of a net's runs are looked at for the next branch.
const BRANCHES: usize = 32;
/// Steps of one search, after which the estimate counts more.
const BUDGET: usize = 4_000;
/// Width of a channel that takes no line, and of each line in it, px.
const EDGES: i32 = 24;
const PITCH: i32 = 10;
/// The most that a full channel costs, tenths of px per px.
const FULL: u32 = 40;

/// How a channel was reached.
#[derive(Debug, Clone, Copy)]
enum Move {
    Dock(usize),
    Branch,
    /// Over the end of the channel before, into its bar.
    Bar(usize),
    /// From a bar into this channel over its end.
    Stem(usize),
    Gate(Passage),
}

/// A way through a border.
#[derive(Debug, Clone, Copy)]
struct Passage {
    slice: usize,
    side: Side,
    inward: bool,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    search: u32,
    price: u32,
    at: i32,
    before: usize,
    by: Move,
}

/// The state while nets find their ways one after the other.
pub(super) struct Scout<'a> {
    slices: &'a Slices,
    stations: &'a [Station],
    /// By channel: tenths of px that a px of line costs, and px of lines so far.
    prices: Vec<u32>,
    loads: Vec<i64>,
    seen: Vec<Seen>,
    search: u32,
    /// By slice: the search in which it is home.
    homes: Vec<u32>,
    /// By channel: the search in which it has gates, or docks of the target.
    marked: Vec<u32>,
    passages: BTreeMap<usize, Vec<(usize, Passage)>>,
    /// By channel: its container's slice.
    holders: Vec<usize>,
    /// By channel and side: the middles of its stems, beside each other, as each step of a search looks some up.
    middles: Vec<[Vec<i32>; 2]>,
    /// Lines at each side of an icon.
    crowds: BTreeMap<(usize, usize), u32>,
    web: Web,
}

/// Finds the ways of all nets.
pub(super) fn find(slices: &Slices, stations: &[Station], nets: Vec<Net>) -> Web {
    let count = slices.channels.len();
    let nothing = Seen { search: 0, price: 0, at: 0, before: NONE, by: Move::Branch };
    let middles = |stems: &Vec<usize>| stems.iter().map(|&stem| slices.channels[stem].middle).collect::<Vec<i32>>();
    let mut scout = Scout {
        slices,
        stations,
        prices: vec![10; count],
        loads: vec![0; count],
        seen: vec![nothing; count],
        search: 0,
        homes: vec![0; slices.table.len()],
        marked: vec![0; count],
        passages: BTreeMap::new(),
        holders: slices.channels.iter().map(|channel| slices.container_of(channel.slice)).collect(),
        middles: slices.channels.iter().map(|channel| channel.stems.each_ref().map(middles)).collect(),
        crowds: BTreeMap::new(),
        web: Web { nets, ..Web::default() },
    };
    let mut order: Vec<usize> = (0..scout.web.nets.len()).collect();
    let center = |id: super::super::terminals::TerminalId| stations[id.index()].area.center();
    order.sort_by_key(|&net| {
        let net = &scout.web.nets[net];
        net.leaves.iter().map(|&leaf| center(leaf).manhattan(center(net.root))).max().unwrap_or(0)
    });
    for net in order {
        scout.draw(net);
    }
    scout.web
}

impl Scout<'_> {
    fn draw(&mut self, net: usize) {
        let root = self.web.nets[net].root;
        let from = self.stations[root.index()].area.center();
        let mut leaves = self.web.nets[net].leaves.clone();
        leaves.sort_by_key(|&leaf| (self.stations[leaf.index()].area.center().manhattan(from), leaf));
        let mut own: BTreeMap<usize, usize> = BTreeMap::new();
        for leaf in leaves {
            let Some((goal, last)) = self.seek((root.index(), leaf.index()), &own) else { continue };
            let (way, begun) = self.way_back(last);
            if let Some(dock) = begun {
                let dock = self.stations[root.index()].docks[dock];
                let pin = self.attach(net, &mut own, (dock, way[0].1));
                self.web.nets[net].ends.push((root, pin));
            }
            self.walk(net, &mut own, &way);
            let dock = self.stations[leaf.index()].docks[goal];
            let at = self.seen[last].at.clamp(dock.range.0, dock.range.1);
            let pin = self.attach(net, &mut own, (dock, at));
            self.web.nets[net].ends.push((leaf, pin));
        }
        for (&channel, &run) in &own {
            self.load(channel, self.web.runs[run].extent);
        }
    }

    fn load(&mut self, channel: usize, (low, high): (i32, i32)) {
        let Channel { range, width, .. } = self.slices.channels[channel];
        let length = i64::from((range.1 - range.0).max(60));
        self.loads[channel] += i64::from((high - low).max(20));
        let room = i64::from((width - EDGES) / PITCH).max(0);
        let over = (self.loads[channel] * 10 / length - 10 * room).max(0);
        self.prices[channel] = 10 + (over / 2).min(i64::from(FULL)) as u32;
    }

    /// The run of a net in a channel, made if it is not there.
    fn run(&mut self, net: usize, own: &mut BTreeMap<usize, usize>, channel: usize, at: i32) -> usize {
        let runs = &mut self.web.runs;
        let run = *own.entry(channel).or_insert_with(|| {
            runs.push(Run::new(net, channel, at));
            runs.len() - 1
        });
        runs[run].reach(at);
        run
    }

    /// Joins a box to the run of a net.
    fn attach(&mut self, net: usize, own: &mut BTreeMap<usize, usize>, (dock, at): (Dock, i32)) -> Pin {
        let run = self.run(net, own, dock.channel, at);
        let pin = match dock.place {
            Place::Icon(owner) => {
                *self.crowds.entry((owner.index(), side_index(dock.side))).or_default() += 1;
                self.web.ports.push(Port { owner, side: dock.side, offset: 0 });
                Pin::Port(self.web.ports.len() - 1)
            }
            Place::Border(slice, inside) => {
                let mut runs = [NONE; 2];
                runs[usize::from(inside)] = run;
                self.web.gates.push(Gate { slice, side: dock.side, runs, along: 0 });
                Pin::Gate(self.web.gates.len() - 1)
            }
        };
        self.web.runs[run].pins.push((pin, dock.beside));
        pin
    }

    /// Draws runs along a way of channels, each with the place where it is entered.
    fn walk(&mut self, net: usize, own: &mut BTreeMap<usize, usize>, way: &[(usize, i32, Move)]) {
        let mut before = NONE;
        for &(channel, at, by) in way {
            let last = before;
            before = self.run(net, own, channel, at);
            if last == NONE {
                continue;
            }
            let (end, stem, bar) = match by {
                Move::Bar(end) => (end, last, before),
                Move::Stem(end) => (end, before, last),
                Move::Gate(passage) => {
                    self.pass(passage, last, before, at);
                    continue;
                }
                Move::Dock(_) | Move::Branch => continue,
            };
            self.web.runs[stem].ends[end] = bar;
            self.web.runs[bar].pins.push((Pin::Stem(stem), 1 - end));
            let Channel { middle, range, .. } = self.slices.channels[self.web.runs[stem].channel];
            self.web.runs[bar].reach(middle);
            self.web.runs[stem].reach(if end == 0 { range.0 } else { range.1 });
        }
    }

    fn pass(&mut self, passage: Passage, last: usize, run: usize, at: i32) {
        let runs = if passage.inward { [last, run] } else { [run, last] };
        self.web.gates.push(Gate { slice: passage.slice, side: passage.side, runs, along: 0 });
        let pin = Pin::Gate(self.web.gates.len() - 1);
        let inside = usize::from(sides(passage.side.axis())[1] == passage.side);
        self.web.runs[runs[0]].pins.push((pin, beside(passage.side)));
        self.web.runs[runs[1]].pins.push((pin, inside));
        self.web.runs[last].reach(at);
    }

    /// The channels of a way in order, and the dock at which it begins if it does not begin at a run.
    fn way_back(&self, last: usize) -> (Vec<(usize, i32, Move)>, Option<usize>) {
        let mut way = Vec::new();
        let mut channel = last;
        loop {
            let seen = &self.seen[channel];
            way.push((channel, seen.at, seen.by));
            match seen.by {
                Move::Dock(dock) => {
                    way.reverse();
                    return (way, Some(dock));
                }
                Move::Branch => {
                    way.reverse();
                    return (way, None);
                }
                _ => channel = seen.before,
            }
        }
    }

    /// Opens the borders between two stations.
    fn open(&mut self, from: usize, to: usize) {
        self.search += 1;
        self.passages.clear();
        let (from, to) = (&self.stations[from].homes, &self.stations[to].homes);
        for &home in from.iter().chain(to) {
            self.homes[home] = self.search;
        }
        for (homes, others, inward) in [(from, to, false), (to, from, true)] {
            for &slice in homes.iter().filter(|slice| !others.contains(slice)) {
                let holder = &self.slices.table[slice];
                for side in Side::ALL {
                    let (outer, inner) = (holder.around[side_index(side)], holder.channels[side_index(side)]);
                    let (here, there) = if inward { (outer, inner) } else { (inner, outer) };
                    self.marked[here] = self.search;
                    self.passages.entry(here).or_default().push((there, Passage { slice, side, inward }));
                }
            }
        }
    }

    /// The cheapest way from one station, or from the runs that are there already, to another: the dock where it ends
    /// and its last channel.
    fn seek(&mut self, (from, to): (usize, usize), own: &BTreeMap<usize, usize>) -> Option<(usize, usize)> {
        self.open(from, to);
        let stations = self.stations;
        let (from, to) = (&stations[from], &stations[to]);
        let mut queue: BinaryHeap<Reverse<(u32, u32, usize)>> = BinaryHeap::new();
        if own.is_empty() {
            for (index, dock) in from.docks.iter().enumerate() {
                let aim = to.area.center().along(self.slices.channels[dock.channel].run);
                let at = aim.clamp(dock.range.0, dock.range.1);
                let price = self.dock_price(dock, from.area, to.area);
                self.reach((dock.channel, at), price, (NONE, Move::Dock(index)), to.area, &mut queue, 4);
            }
        }
        for (channel, at) in self.branches(own, to.area) {
            self.reach((channel, at), BRANCH, (NONE, Move::Branch), to.area, &mut queue, 4);
        }
        let mut best: Option<(u32, usize, usize)> = None;
        let mut steps = 0;
        while let Some(Reverse((estimate, price, channel))) = queue.pop() {
            if best.is_some_and(|best| best.0 <= estimate) {
                break;
            }
            if self.seen[channel].price != price {
                continue;
            }
            for (index, dock) in to.docks.iter().enumerate().filter(|(_, dock)| dock.channel == channel) {
                let total = price + self.arrival(channel, dock, to.area, from.area);
                if best.is_none_or(|best| total < best.0) {
                    best = Some((total, index, channel));
                }
            }
            steps += 1;
            let boldness = if steps > BUDGET { 12 } else { 5 };
            self.expand(channel, to.area, &mut queue, boldness);
        }
        best.map(|(_, dock, channel)| (dock, channel))
    }

    /// Where the next way may leave the runs that are there already: at those nearest to the goal.
    fn branches(&self, own: &BTreeMap<usize, usize>, goal: Rect) -> Vec<(usize, i32)> {
        let mut branches: Vec<(u32, usize, i32)> = Vec::new();
        for (&channel, &run) in own {
            if self.homes[self.holders[channel]] == self.search {
                let extent = self.web.runs[run].extent;
                let at = goal.center().along(self.slices.channels[channel].run).clamp(extent.0, extent.1);
                branches.push((distance(self.place(channel, at), goal), channel, at));
            }
        }
        if branches.len() > BRANCHES {
            branches.select_nth_unstable(BRANCHES);
            branches.truncate(BRANCHES);
        }
        branches.into_iter().map(|(_, channel, at)| (channel, at)).collect()
    }

    fn dock_price(&self, dock: &Dock, here: Rect, there: Rect) -> u32 {
        let crowd = match dock.place {
            Place::Icon(owner) => self.crowds.get(&(owner.index(), side_index(dock.side))).copied().unwrap_or(0),
            Place::Border(..) => 0,
        };
        let (from, to) = (here.center(), there.center());
        let (x, y) = (i64::from(to.x - from.x), i64::from(to.y - from.y));
        BEND + CROWDED * crowd + super::super::terminals::turning_away(dock.side, (x, y))
    }

    /// What it costs to go from where a channel was entered to a dock on it.
    fn arrival(&self, channel: usize, dock: &Dock, here: Rect, there: Rect) -> u32 {
        let seen = &self.seen[channel];
        let way = (seen.at - seen.at.clamp(dock.range.0, dock.range.1)).unsigned_abs();
        let facing = way == 0 && matches!(seen.by, Move::Dock(_));
        let price = self.dock_price(dock, here, there) + way * self.prices[channel] / 10;
        if facing { price.saturating_sub(2 * BEND) } else { price }
    }

    fn place(&self, channel: usize, at: i32) -> Point {
        let Channel { run, middle, .. } = self.slices.channels[channel];
        if run == Axis::Horizontal { point(at, middle) } else { point(middle, at) }
    }

    fn reach(
        &mut self,
        (channel, at): (usize, i32),
        price: u32,
        (before, by): (usize, Move),
        goal: Rect,
        queue: &mut BinaryHeap<Reverse<(u32, u32, usize)>>,
        boldness: u32,
    ) {
        let seen = &self.seen[channel];
        if seen.search == self.search && seen.price <= price {
            return;
        }
        self.seen[channel] = Seen { search: self.search, price, at, before, by };
        let place = self.place(channel, at);
        queue.push(Reverse((price + distance(place, goal) * boldness / 4, price, channel)));
    }

    fn expand(
        &mut self,
        channel: usize,
        goal: Rect,
        queue: &mut BinaryHeap<Reverse<(u32, u32, usize)>>,
        boldness: u32,
    ) {
        let slices = self.slices;
        let this = &slices.channels[channel];
        let Seen { price, at, .. } = self.seen[channel];
        let tenths = self.prices[channel];
        let along = |to: i32| price + (at - to).unsigned_abs() * tenths / 10;
        for end in 0..2 {
            let bar = this.bars[end];
            if bar != NONE {
                let to = if end == 0 { this.range.0 } else { this.range.1 };
                self.reach((bar, this.middle), along(to) + BEND, (channel, Move::Bar(end)), goal, queue, boldness);
            }
        }
        let aim = goal.center().along(this.run);
        for side in 0..2 {
            let stems = &this.stems[side];
            let mut done = 0;
            for target in [at.min(aim), at.max(aim)] {
                let place = self.middles[channel][side].partition_point(|&middle| middle < target);
                let first = place.saturating_sub(REACH).max(done);
                let last = (place + REACH).min(stems.len());
                done = done.max(last);
                for &stem in stems.get(first..last).unwrap_or_default() {
                    // A stem on the high side begins here with its low end.
                    let end = 1 - side;
                    let Channel { middle, range, .. } = slices.channels[stem];
                    let entry = if end == 0 { range.0 } else { range.1 };
                    let price = along(middle) + BEND;
                    self.reach((stem, entry), price, (channel, Move::Stem(end)), goal, queue, boldness);
                }
            }
        }
        if self.marked[channel] == self.search {
            for (there, passage) in self.passages.get(&channel).cloned().unwrap_or_default() {
                let (low, high) = slices.table[passage.slice].draft.range(this.run);
                let to = at.clamp(low.min(high), high.max(low));
                self.reach((there, to), along(to) + GATE, (channel, Move::Gate(passage)), goal, queue, boldness);
            }
        }
    }
}

/// How far a place lies from a rectangle, px.
fn distance(place: Point, goal: Rect) -> u32 {
    let beyond = |low: i32, high: i32, at: i32| (low - at).max(at - high).max(0) as u32;
    beyond(goal.left(), goal.right(), place.x) + beyond(goal.top(), goal.bottom(), place.y)
}
