//! One net on the lattice: backbones for its groups, joined by the search.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::backbone::{self, Backbone, Wish};
use super::lattice::{self, HORIZONTAL_ARMS, Lattice, VERTICAL_ARMS};
use super::nets::Plan;
use super::prices::{self, Tariff};
use super::search::{self, Goal, Query, Search, Start, Window};
use super::terminals::{Terminal, TerminalId, turning_away};
use crate::geometry::{Axis, Point};

/// How far outside the box around its ends a net is sought first, px.
const WINDOW: i32 = 200;
/// A branch leaves no nearer than this to a port, px: the line's end shows which way it goes.
const BRANCH_OFF_PORT: i32 = 14;
/// A drawing with backbones is preferred up to this share of the price of one without, percent.
const BACKBONE_SHARE: u32 = 115;

/// The lines of one net: paths of neighbouring vertices.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    /// Stubs, trunks and joins.
    pub(super) paths: Vec<Vec<u32>>,
    /// What they cost when they were drawn.
    pub(super) price: u32,
    /// How many crossings with other nets the price holds.
    pub(super) crossings: u32,
}

/// The state while nets are drawn one by one.
pub(super) struct Router<'a> {
    /// All terminals.
    pub(super) terminals: &'a [Terminal],
    /// Where lines may run.
    pub(super) lattice: Lattice,
    /// What they cost.
    pub(super) tariff: Tariff,
    /// The search's tables.
    pub(super) search: Search,
    /// By terminal: the vertices of its ports.
    pub(super) port_vertices: Vec<Vec<u32>>,
    /// Whether obstacles and other nets are dear instead of closed.
    pub(super) desperate: bool,
}

/// Which ends of a net stand along straight trunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trunks {
    /// None of them: every end is joined by itself.
    None,
    /// Those of each group, along one of their own.
    Groups,
    /// All, along the same.
    One,
}

/// What a net is joined from.
struct Part {
    terminals: Vec<TerminalId>,
    /// Whether it may offer ports again after the first join: the one end that all links share.
    hub: bool,
    backbone: Option<Backbone>,
    center: Point,
}

/// A net that is being drawn.
struct Draft<'p> {
    net: u32,
    plan: &'p Plan,
    window: Window,
    sources: Vec<Point>,
    targets: Vec<Point>,
    paths: Vec<Vec<u32>>,
    joins: Vec<Vec<u32>>,
    price: u32,
    /// By vertex of a join: the classes of places between it and the end that all links share.
    passed: BTreeMap<u32, Rc<Vec<u32>>>,
}

impl Draft<'_> {
    /// Notes through what places links run that branch off this join; `from_end` if they come from its end.
    fn note_passed(&mut self, lattice: &Lattice, path: &[u32], from_end: bool) {
        let mut way = path.to_vec();
        if from_end && self.joins.is_empty() {
            way.reverse();
        }
        let mut passed = self.passed.get(&way[0]).cloned().unwrap_or_default();
        for pair in way.windows(2) {
            let class = lattice.segment(pair[0], Lattice::heading(pair[0], pair[1])).class;
            if !passed.contains(&class) {
                Rc::make_mut(&mut passed).push(class);
            }
            self.passed.entry(pair[1]).or_insert_with(|| Rc::clone(&passed));
        }
    }
}

impl<'a> Router<'a> {
    /// Draws a net and occupies its way; `None` where there is no legal way below the ceiling, and then nothing is
    /// occupied.
    pub(super) fn draw(&mut self, net: u32, plan: &Plan, ceiling: u32) -> Option<Drawn> {
        let terminals = self.terminals;
        let of = |ids: &[TerminalId]| -> Vec<&'a Terminal> { ids.iter().map(|id| &terminals[id.index()]).collect() };
        let sources = of(&plan.sources);
        let targets: Vec<&Terminal> = plan.targets.iter().flat_map(|group| of(group)).collect();
        self.tariff.turn_to(&sources, &targets);
        let near = self.window(plan, WINDOW);
        let all = Window { columns: (0, self.lattice.xs.len() - 1), rows: (0, self.lattice.ys.len() - 1) };
        for window in [near, all] {
            self.search.clipped = false;
            if let Some(mut drawn) = self.draw_within(net, plan, window, ceiling) {
                self.occupy(&drawn, net);
                drawn.crossings = self.crossings(&drawn.paths, net);
                return Some(drawn);
            }
            // A trunk might lie further out, but so far from all its ends none is worth drawing.
            if near == all || !self.search.clipped {
                break;
            }
        }
        None
    }

    /// Takes the ways of a drawing.
    pub(super) fn occupy(&mut self, drawn: &Drawn, net: u32) {
        for path in &drawn.paths {
            self.lattice.occupy(path, net);
        }
    }

    /// Gives the ways of a drawing back.
    pub(super) fn release(&mut self, drawn: &Drawn) {
        for path in &drawn.paths {
            self.lattice.release(path);
        }
    }

    /// What one path from a source to a target would cost; `None` where it is not legal.
    pub(super) fn appraise(&mut self, net: u32, plan: &Plan, path: &[u32]) -> Option<u32> {
        let terminals = self.terminals;
        let of = |ids: &[TerminalId]| -> Vec<&'a Terminal> { ids.iter().map(|id| &terminals[id.index()]).collect() };
        let (sources, targets) = (of(&plan.sources), of(&plan.targets.concat()));
        self.tariff.turn_to(&sources, &targets);
        self.tariff.open_for(&[sources, targets].concat());
        let (mut price, mut before, mut came) = (0, None, None);
        for pair in path.windows(2) {
            let heading = Lattice::heading(pair[0], pair[1]);
            if let Some(came) = came {
                price += search::passing(&self.lattice, (net, false), pair[0], (came, heading))?;
            } else if self.lattice.arms(pair[0]) != 0 {
                return None;
            }
            let (_, length) = self.lattice.step(pair[0], heading)?;
            let segment = *self.lattice.segment(pair[0], heading);
            let (cost, tenths) = self.tariff.segment(&self.lattice, &segment, length, before, false)?;
            (price, before, came) = (price + cost, Some(tenths), Some(heading));
        }
        Some(price)
    }

    /// How often the paths of a drawn net cross other nets.
    pub(super) fn crossings(&self, paths: &[Vec<u32>], net: u32) -> u32 {
        self.crossed(paths, net).len() as u32
    }

    /// The nets that the paths of a drawn net cross, once for each crossing.
    pub(super) fn crossed(&self, paths: &[Vec<u32>], net: u32) -> Vec<u32> {
        let inner = paths.iter().flat_map(|path| &path[1..path.len().max(2) - 1]);
        let full = inner.filter(|&&vertex| self.lattice.arms(vertex) == HORIZONTAL_ARMS | VERTICAL_ARMS);
        full.filter_map(|&vertex| {
            let users = [0, 1].map(|direction| self.lattice.segment(vertex, direction).user);
            users.into_iter().find(|&user| user != net)
        })
        .collect()
    }

    fn draw_within(&mut self, net: u32, plan: &Plan, window: Window, ceiling: u32) -> Option<Drawn> {
        let several = |ends: &[TerminalId]| ends.len() > 1;
        let mut combed: Option<Drawn> = None;
        if !self.desperate {
            if several(&plan.sources) || plan.targets.iter().any(|group| several(group)) {
                combed = self.attempt(net, plan, (window, ceiling), Trunks::Groups);
            }
            if several(&plan.sources) && several(&plan.targets.concat()) {
                let ceiling = combed.as_ref().map_or(ceiling, |combed| ceiling.min(combed.price));
                combed = self.attempt(net, plan, (window, ceiling), Trunks::One).or(combed);
            }
        }
        // A drawing without backbones has to be better by a share.
        let ceiling = combed
            .as_ref()
            .map_or(ceiling, |combed| ceiling.min((u64::from(combed.price) * 100 / u64::from(BACKBONE_SHARE)) as u32));
        self.attempt(net, plan, (window, ceiling), Trunks::None).or(combed)
    }

    /// Draws a net and takes its occupation back.
    fn attempt(&mut self, net: u32, plan: &Plan, (window, ceiling): (Window, u32), trunks: Trunks) -> Option<Drawn> {
        let centers = |ids: &mut dyn Iterator<Item = &TerminalId>| -> Vec<Point> {
            ids.map(|id| self.terminals[id.index()].center).collect()
        };
        let sources = centers(&mut plan.sources.iter());
        let targets = centers(&mut plan.targets.iter().flatten());
        let mut draft = Draft {
            net,
            plan,
            window,
            sources,
            targets,
            paths: Vec::new(),
            joins: Vec::new(),
            price: 0,
            passed: BTreeMap::new(),
        };
        let done = if trunks == Trunks::One {
            self.span(&mut draft) && draft.price < ceiling
        } else {
            let parts = self.parts(&mut draft, trunks == Trunks::Groups);
            self.join(&mut draft, &parts, ceiling)
        };
        for path in &draft.paths {
            self.lattice.release(path);
        }
        done.then_some(Drawn { paths: draft.paths, price: draft.price, crossings: 0 })
    }

    /// The groups with their backbones, and the single terminals; the first part is one of sources.
    fn parts(&mut self, draft: &mut Draft<'_>, backbones: bool) -> Vec<Part> {
        let plan = draft.plan;
        let target_count: usize = plan.targets.iter().map(Vec::len).sum();
        let groups = std::iter::once((true, &plan.sources)).chain(plan.targets.iter().map(|group| (false, group)));
        let mut parts = Vec::new();
        for (is_source, group) in groups {
            let partners = if is_source { draft.targets.clone() } else { draft.sources.clone() };
            if backbones && group.len() > 1 {
                let directions = self.directions(group, &partners);
                let wish = Wish {
                    group,
                    directions,
                    partners: &partners,
                    free: if is_source { group.len() } else { 0 },
                    window: draft.window,
                };
                if let Some(found) = backbone::find(self, &wish) {
                    self.erect(draft, &found);
                    parts.push(self.part(group.clone(), false, Some(found)));
                    continue;
                }
            }
            let hub = if is_source { plan.sources.len() == 1 } else { target_count == 1 };
            for &terminal in group {
                parts.push(self.part(vec![terminal], hub, None));
            }
        }
        parts
    }

    /// Joins all ends of a net by one backbone; whether there is one.
    fn span(&mut self, draft: &mut Draft<'_>) -> bool {
        let (sources, targets) = (&draft.plan.sources, draft.plan.targets.concat());
        let mut directions = self.directions(sources, &draft.targets);
        directions.extend(self.directions(&targets, &draft.sources));
        let group = [sources.as_slice(), &targets].concat();
        let wish = Wish { group: &group, directions, partners: &[], free: sources.len(), window: draft.window };
        let Some(found) = backbone::find(self, &wish) else { return false };
        self.erect(draft, &found);
        // All but the first and the last end branch off.
        draft.price += prices::BRANCH * (group.len() as u32 - 2);
        true
    }

    /// Adds a backbone to what is drawn of a net.
    fn erect(&mut self, draft: &mut Draft<'_>, backbone: &Backbone) {
        draft.price += backbone.price;
        for path in backbone.stubs.iter().chain([&backbone.trunk]) {
            self.lattice.occupy(path, draft.net);
            draft.paths.push(path.clone());
        }
    }

    fn directions(&self, group: &[TerminalId], partners: &[Point]) -> Vec<(i64, i64)> {
        group.iter().map(|id| self.terminals[id.index()].direction(partners)).collect()
    }

    fn part(&self, terminals: Vec<TerminalId>, hub: bool, backbone: Option<Backbone>) -> Part {
        let count = terminals.len() as i32;
        let mean =
            |axis: Axis| terminals.iter().map(|id| self.terminals[id.index()].center.along(axis)).sum::<i32>() / count;
        let center = Point { x: mean(Axis::Horizontal), y: mean(Axis::Vertical) };
        Part { terminals, hub, backbone, center }
    }

    /// Joins all parts to one tree, the nearest first.
    fn join(&mut self, draft: &mut Draft<'_>, parts: &[Part], ceiling: u32) -> bool {
        let mut done = vec![0];
        let mut open: Vec<usize> = (1..parts.len()).collect();
        while !open.is_empty() {
            let nearest = |&index: &usize| {
                let distance = |&other: &usize| parts[index].center.manhattan(parts[other].center);
                done.iter().map(distance).min().unwrap_or(0)
            };
            // The end that all links share comes first: only it can be left a second time.
            let next = (0..open.len())
                .min_by_key(|&position| (!parts[open[position]].hub, nearest(&open[position]), open[position]));
            let Some(part) = next.map(|position| open.remove(position)) else { break };
            let mut ends: Vec<&Terminal> = Vec::new();
            for &index in done.iter().filter(|_| draft.joins.is_empty()).chain([&part]) {
                if parts[index].backbone.is_none() {
                    ends.extend(parts[index].terminals.iter().map(|id| &self.terminals[id.index()]));
                }
            }
            self.tariff.open_for(&ends);
            let mut starts = self.starts(draft, parts, &done, BRANCH_OFF_PORT);
            if starts.is_empty() {
                starts = self.starts(draft, parts, &done, 1);
            }
            let goals = self.goals(draft, &parts[part], part);
            let query = Query {
                net: draft.net,
                starts: &starts,
                goals: &goals,
                window: draft.window,
                ceiling: ceiling.saturating_sub(draft.price),
                desperate: self.desperate,
            };
            let Some((path, price)) = self.search.run(&self.lattice, &mut self.tariff, &query) else { return false };
            draft.price += price;
            self.lattice.occupy(&path, draft.net);
            if !open.is_empty() {
                draft.note_passed(&self.lattice, &path, parts[part].hub && draft.plan.sources.len() > 1);
            }
            draft.joins.push(path.clone());
            draft.paths.push(path);
            done.push(part);
        }
        true
    }

    /// Where the next join may leave the tree.
    fn starts(&mut self, draft: &Draft<'_>, parts: &[Part], done: &[usize], off_port: i32) -> Vec<Start> {
        let mut starts = Vec::new();
        for &index in done {
            let part = &parts[index];
            if let Some(backbone) = &part.backbone {
                self.trunk_starts(draft.net, backbone, &mut starts);
            } else if draft.joins.is_empty() || part.hub {
                let again = if draft.joins.is_empty() { 0 } else { prices::SECOND_PORT };
                for (vertex, side, price) in self.offers(draft, part, index) {
                    starts.push(Start { vertex, direction: side, price: price + again });
                }
            }
        }
        for path in &draft.joins {
            let ends = [self.lattice.at(path[0]), self.lattice.at(path[path.len() - 1])];
            for &vertex in &path[1..path.len() - 1] {
                let at = self.lattice.at(vertex);
                if !self.lattice.only(vertex, draft.net) || ends.iter().any(|end| end.manhattan(at) < off_port) {
                    continue;
                }
                starts.extend((0..4).map(|direction| Start { vertex, direction, price: prices::BRANCH }));
            }
        }
        starts.retain(|start| self.desperate || self.lattice.arms(start.vertex) >> start.direction & 1 == 0);
        if !draft.joins.is_empty() {
            for start in &mut starts {
                let passed = draft.passed.get(&start.vertex).into_iter().flat_map(|passed| passed.iter());
                let dearest = passed.map(|&class| self.tariff.branching(&self.lattice, class)).max();
                start.price += dearest.unwrap_or(0);
            }
        }
        starts
    }

    fn trunk_starts(&self, net: u32, backbone: &Backbone, starts: &mut Vec<Start>) {
        let (along, across) = if backbone.axis == Axis::Vertical { ([0, 2], [1, 3]) } else { ([3, 1], [0, 2]) };
        for &vertex in &backbone.trunk {
            if self.lattice.only(vertex, net) {
                starts.extend(across.map(|direction| Start { vertex, direction, price: prices::BRANCH }));
            }
        }
        let ends = [backbone.trunk[0], backbone.trunk[backbone.trunk.len() - 1]];
        for (vertex, direction) in ends.into_iter().zip(along) {
            starts.push(Start { vertex, direction, price: 0 });
        }
    }

    /// Where the next join may end.
    fn goals(&self, draft: &Draft<'_>, part: &Part, index: usize) -> Vec<Goal> {
        if let Some(backbone) = &part.backbone {
            let last = backbone.trunk.len() - 1;
            let free = |&(_, vertex): &(usize, &u32)| self.lattice.only(*vertex, draft.net);
            return backbone
                .trunk
                .iter()
                .enumerate()
                .filter(free)
                .map(|(k, &vertex)| Goal {
                    vertex,
                    arrivals: 15 & !entered(self.lattice.arms(vertex)),
                    price: if k == 0 || k == last { 0 } else { prices::BRANCH },
                })
                .collect();
        }
        self.offers(draft, part, index)
            .map(|(vertex, side, price)| Goal { vertex, arrivals: 1 << ((side + 2) % 4), price })
            .collect()
    }

    /// The free ports of a single terminal: vertex, side and price.
    fn offers<'s>(
        &'s self,
        draft: &'s Draft<'_>,
        part: &'s Part,
        index: usize,
    ) -> impl Iterator<Item = (u32, usize, u32)> + 's {
        let id = part.terminals[0];
        let terminal = &self.terminals[id.index()];
        let is_source = index < draft.plan.sources.len() && draft.plan.sources.contains(&id);
        let direction = terminal.direction(if is_source { &draft.targets } else { &draft.sources });
        terminal.ports.iter().enumerate().filter_map(move |(number, port)| {
            let price = self.port_price(id, number)?;
            let side = lattice::direction(port.side);
            Some((self.port_vertex(id, number), side, price + turning_away(port.side, direction)))
        })
    }

    /// The vertex of a port.
    pub(super) fn port_vertex(&self, id: TerminalId, number: usize) -> u32 {
        self.port_vertices[id.index()][number]
    }

    /// What a port costs at the moment; `None` if it is taken or not on the lattice.
    pub(super) fn port_price(&self, id: TerminalId, number: usize) -> Option<u32> {
        let vertices = &self.port_vertices[id.index()];
        let vertex = vertices[number];
        if vertex == lattice::NOBODY || self.lattice.arms(vertex) != 0 && !self.desperate {
            return None;
        }
        let port = &self.terminals[id.index()].ports[number];
        let side = lattice::direction(port.side);
        let lane = self.lattice.step(vertex, side).map(|_| self.lattice.segment(vertex, side));
        let crowded = lane.is_some_and(lattice::Segment::is_near);
        Some(port.cost + if crowded { prices::CROWDED_PORT } else { 0 })
    }

    /// Whether a line that runs straight through a vertex crosses another there, and nothing else.
    pub(super) fn crosses(&self, vertex: u32, heading: usize) -> bool {
        self.lattice.arms(vertex) == if heading.is_multiple_of(2) { HORIZONTAL_ARMS } else { VERTICAL_ARMS }
    }

    fn window(&self, plan: &Plan, margin: i32) -> Window {
        let mut low = Point { x: i32::MAX, y: i32::MAX };
        let mut high = Point { x: i32::MIN, y: i32::MIN };
        for id in plan.terminals() {
            for port in &self.terminals[id.index()].ports {
                low = Point { x: low.x.min(port.at.x), y: low.y.min(port.at.y) };
                high = Point { x: high.x.max(port.at.x), y: high.y.max(port.at.y) };
            }
        }
        let range = |lines: &[i32], low: i32, high: i32| {
            let last = lines.len() - 1;
            let first = lines.partition_point(|&at| at < low - margin).min(last);
            (first, lines.partition_point(|&at| at <= high + margin).saturating_sub(1).clamp(first, last))
        };
        Window { columns: range(&self.lattice.xs, low.x, high.x), rows: range(&self.lattice.ys, low.y, high.y) }
    }
}

/// The headings in which one would arrive over an arm that is already there.
fn entered(arms: u8) -> u8 {
    // Arriving southwards comes over the northern arm.
    (arms << 2 | arms >> 2) & 15
}
