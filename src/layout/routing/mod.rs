//! Lines: nets, ports, lattice, search, nudging.
//!
//! Arrives: a topology and a [`Placement`]. Leaves: [`Routes`]. Links are grouped into nets (`nets`); each net gets
//! terminals with ports (`terminals`, `ports`) and is drawn on a sparse lattice (`lines`, `lattice`) as a tree: straight
//! backbones for groups (`backbone`), joined by A* (`search`, `tree`). Nets that came out badly are drawn again
//! (`rounds`); those that found no way at all get a finer lattice (`squeeze`). Then runs are moved to where they read
//! best (`nudging`, `jogs`), and every link gets its line (`strands`). The method is that of libavoid's orthogonal
//! routing (Wybrow, Marriott, Stuckey 2009) on nets instead of edges.

mod backbone;
mod berths;
mod bicliques;
pub mod channels;
mod jogs;
mod lattice;
mod lines;
mod mirrors;
mod nesting;
mod nets;
mod nudging;
mod obstacles;
mod ports;
mod prices;
mod queue;
mod rounds;
mod search;
mod squeeze;
mod strands;
mod swaps;
mod terminals;
mod tree;
mod unions;
mod wires;

use std::collections::BTreeSet;

use crate::geometry::{Axis, Point, Rect};
use crate::layout::placement::Placement;
use crate::topology::{LinkId, Topology};
use lattice::Lattice;
use lines::{Density, Ground};
use nesting::Nesting;
use nets::Plan;
use nudging::{Barrier, Barriers};
use obstacles::{Clearance, Obstacle};
use prices::Tariff;
use search::Search;
use terminals::{Attach, Terminal, TerminalId};
use tree::Router;
use wires::{Berth, Wire};

/// A net: links that are drawn with a shared trunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NetId(pub u32);

impl NetId {
    /// The position in its table.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The lines of all links.
#[derive(Debug, Clone)]
pub struct Routes {
    /// By `LinkId`: axis-parallel polylines from source border to target border.
    pub links: Vec<Vec<Point>>,
    /// By `LinkId`.
    pub net_of: Vec<NetId>,
    /// By `NetId`.
    pub nets: Vec<Net>,
    /// Links that found no legal way and run through something.
    pub failed: Vec<LinkId>,
    /// The smallest rectangle that holds all lines; they may leave the picture by up to 60 px.
    pub extent: Option<Rect>,
}

/// One net.
#[derive(Debug, Clone)]
pub struct Net {
    /// Its links, in order.
    pub links: Vec<LinkId>,
    /// Where three or more directions meet.
    pub junctions: Vec<Point>,
}

/// What the caller wishes of the lines.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Whether the titles of containers have their places already and are kept free.
    pub titles: bool,
    /// How often lines that came out badly are drawn again.
    pub rounds: usize,
}

/// Draws all links of a topology around its boxes.
pub fn route(topology: &Topology, placement: &Placement, settings: Settings) -> Routes {
    let nesting = Nesting::new(topology);
    let mut terminals = terminals::find(topology, placement, &nesting);
    let plans = nets::plan(topology, placement, &terminals);
    ports::offer(&mut terminals.table, &plans, placement);
    let obstacles = obstacles::gather(topology, placement, settings.titles, Clearance::WIDE);
    let ground = Floor::new(topology, placement);
    let lattice = ground.lattice(&terminals.table, &obstacles, Density::WIDE, &BTreeSet::new());
    let port_vertices = port_vertices(&lattice, &terminals.table);
    let mut router = Router {
        terminals: &terminals.table,
        tariff: Tariff::new(topology, &nesting),
        search: Search::default(),
        lattice,
        port_vertices,
        desperate: false,
    };
    let drawn = rounds::draw_all(&mut router, &plans, settings.rounds);
    let mut paths: Vec<Vec<Vec<Point>>> = drawn
        .iter()
        .map(|drawn| drawn.iter().flat_map(|drawn| &drawn.paths).map(|path| corners(&router.lattice, path)).collect())
        .collect();
    let narrow = obstacles::gather(topology, placement, settings.titles, Clearance::NARROW);
    let missing: Vec<usize> = (0..plans.len()).filter(|&net| drawn[net].is_none()).collect();
    let failed_nets = if missing.is_empty() {
        Vec::new()
    } else {
        squeeze::draw(router, &ground, &narrow, (&plans, &missing), &mut paths)
    };
    let wires = wires(&paths, &plans, &terminals.table, &narrow, (&ground, placement));
    finish(&wires, &plans, &terminals, &failed_nets)
}

/// The frames of a picture, as the lattice needs them.
struct Floor {
    area: Rect,
    holders: Vec<(crate::topology::BoxId, Rect)>,
    borders: Vec<Rect>,
    boxes: Vec<Rect>,
}

impl Floor {
    fn new(topology: &Topology, placement: &Placement) -> Self {
        let mut floor = Self {
            area: Rect::new(0, 0, placement.size.width, placement.size.height),
            holders: Vec::new(),
            borders: Vec::new(),
            boxes: Vec::new(),
        };
        let mut overlays = Vec::new();
        for id in topology.ids() {
            let frame = placement.frames[id.index()];
            let element = topology.element(id);
            if element.node().is_some() {
                floor.boxes.push(placement.whole(id));
            } else {
                floor.borders.push(frame);
                let list = if element.container().is_some() { &mut floor.holders } else { &mut overlays };
                list.push((id, frame));
            }
        }
        floor.holders.append(&mut overlays);
        floor
    }

    fn lattice(
        &self,
        terminals: &[Terminal],
        obstacles: &[Obstacle],
        density: Density,
        also: &BTreeSet<Point>,
    ) -> Lattice {
        let coordinates = |axis: Axis| {
            let ports = terminals.iter().flat_map(|terminal| &terminal.ports).map(|port| port.at);
            let loops = terminals.iter().filter_map(Terminal::corner_of_loop);
            let required = ports.chain(loops).chain(also.iter().copied()).map(|at| at.along(axis)).collect();
            let ground = Ground { area: self.area, required, obstacles, borders: &self.borders, boxes: &self.boxes };
            lines::choose(ground, axis, density)
        };
        let mut lattice = Lattice::new(coordinates(Axis::Horizontal), coordinates(Axis::Vertical));
        lattice.block(obstacles);
        for terminal in terminals {
            for port in &terminal.ports {
                lattice.open_lane(port.at, port.side, terminal.owner);
                lattice.keep_straight(port.at, port.side, terminal.owner);
            }
        }
        lattice.cover(&self.holders);
        lattice
    }
}

fn port_vertices(lattice: &Lattice, terminals: &[Terminal]) -> Vec<Vec<u32>> {
    let find = |terminal: &Terminal| {
        terminal.ports.iter().map(|port| lattice.find(port.at).unwrap_or(lattice::NOBODY)).collect()
    };
    terminals.iter().map(find).collect()
}

fn corners(lattice: &Lattice, path: &[u32]) -> Vec<Point> {
    let points: Vec<Point> = path.iter().map(|&vertex| lattice.at(vertex)).collect();
    strands::straighten(&points)
}

fn wires(
    paths: &[Vec<Vec<Point>>],
    plans: &[Plan],
    terminals: &[Terminal],
    narrow: &[Obstacle],
    (ground, placement): (&Floor, &Placement),
) -> Vec<Wire> {
    let mut wires: Vec<Wire> = paths
        .iter()
        .zip(plans)
        .map(|(paths, plan)| {
            let ends: Vec<Berth> = plan
                .terminals()
                .flat_map(|id| terminals[id.index()].ports.iter().map(move |port| (id, port)))
                .filter(|(_, port)| {
                    paths.iter().any(|path| path.first() == Some(&port.at) || path.last() == Some(&port.at))
                })
                .map(|(id, port)| terminals[id.index()].berth(id, port, placement))
                .collect();
            let mut wire = Wire::new(paths, &ends);
            if terminals[plan.sources[0].index()].attach == Attach::LoopOut {
                wire.freeze();
            }
            wire
        })
        .collect();
    let barriers: Vec<Barrier> =
        narrow.iter().map(|obstacle| Barrier { area: obstacle.area, distance: NUDGED_CLEARANCE }).collect();
    let barriers = Barriers::new(&barriers, &ground.borders);
    for _ in 0..2 {
        nudging::nudge(&mut wires, &barriers);
        jogs::remove(&mut wires, &barriers);
    }
    wires
}

/// What runs keep off obstacles beyond their narrow zone, px.
const NUDGED_CLEARANCE: i32 = 6;

fn finish(wires: &[Wire], plans: &[Plan], terminals: &terminals::Terminals, failed_nets: &[usize]) -> Routes {
    let count = terminals.ends.len();
    let mut routes = Routes {
        links: vec![Vec::new(); count],
        net_of: vec![NetId(0); count],
        nets: Vec::with_capacity(plans.len()),
        failed: Vec::new(),
        extent: None,
    };
    for (net, (wire, plan)) in wires.iter().zip(plans).enumerate() {
        let places = |end: TerminalId| -> Vec<usize> {
            (0..wire.places.len())
                .filter(|&place| wire.ends[place].is_some_and(|berth| berth.terminal == end))
                .collect()
        };
        for &link in &plan.links {
            let (from, to) = terminals.ends[link.index()];
            let [from, to] = [from, to].map(places);
            routes.net_of[link.index()] = NetId(net as u32);
            let line = strands::strand(wire, &from, &to);
            if line.is_none() || failed_nets.contains(&net) {
                routes.failed.push(link);
            }
            let [from, to] = [terminals.ends[link.index()].0, terminals.ends[link.index()].1];
            routes.links[link.index()] = line.unwrap_or_else(|| squeeze::bluntly(terminals, from, to));
        }
        routes.nets.push(Net { links: plan.links.clone(), junctions: strands::junctions(wire) });
    }
    routes.extent =
        routes.links.iter().flatten().map(|at| Rect::new(at.x, at.y, 0, 0)).reduce(|all, one| all.union(&one));
    routes
}

#[cfg(test)]
pub(crate) mod faults;
#[cfg(test)]
pub(crate) mod sketch;
#[cfg(test)]
mod tests;
