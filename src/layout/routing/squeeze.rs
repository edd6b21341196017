//! Ways for nets that found none: a finer lattice, narrower clearances, and in the end through what is in the way.

use std::collections::BTreeSet;

use super::lattice::NOBODY;
use super::lines::Density;
use super::nets::Plan;
use super::obstacles::Obstacle;
use super::strands::straighten;
use super::terminals::{Port, TerminalId, Terminals};
use super::tree::Router;
use super::{Floor, corners, port_vertices};
use crate::geometry::{Axis, Point, point};

/// Length of the pieces at the ends of a line that minds nothing, px.
const STUB: i32 = 12;

/// Draws the `missing` nets between those already drawn. Returns the nets that run through something.
pub(super) fn draw(
    router: Router<'_>,
    floor: &Floor,
    narrow: &[Obstacle],
    (plans, missing): (&[Plan], &[usize]),
    paths: &mut [Vec<Vec<Point>>],
) -> Vec<usize> {
    let also: BTreeSet<Point> = paths.iter().flatten().flatten().copied().collect();
    let lattice = floor.lattice(router.terminals, narrow, Density::NARROW, &also);
    let port_vertices = port_vertices(&lattice, router.terminals);
    let mut router = Router { lattice, port_vertices, ..router };
    for (net, drawn) in paths.iter().enumerate() {
        for path in drawn {
            if let Some(traced) = router.lattice.trace(path) {
                router.lattice.occupy(&traced, net as u32);
            }
        }
    }
    let mut failed = Vec::new();
    for &net in missing {
        let mut drawn = router.draw(net as u32, &plans[net], u32::MAX);
        if drawn.is_none() {
            router.desperate = true;
            drawn = router.draw(net as u32, &plans[net], u32::MAX);
            router.desperate = false;
            failed.push(net);
        }
        debug_assert_ne!(NOBODY, net as u32, "nets are fewer than that");
        paths[net] = drawn.iter().flat_map(|drawn| &drawn.paths).map(|path| corners(&router.lattice, path)).collect();
    }
    failed
}

/// A line from end to end that minds nothing in between: better than a link that is not drawn.
pub(super) fn bluntly(terminals: &Terminals, from: TerminalId, to: TerminalId) -> Vec<Point> {
    let ports = |id: TerminalId| terminals.table[id.index()].ports.iter();
    let pairs = ports(from).flat_map(|one| ports(to).map(move |other| (one, other)));
    let best = pairs.filter(|(one, other)| one.at != other.at).min_by_key(|(one, other)| elbow(one, other).len());
    best.map(|(one, other)| elbow(one, other)).unwrap_or_default()
}

fn elbow(one: &Port, other: &Port) -> Vec<Point> {
    let out = |port: &Port| port.at.offset(STUB * port.side.unit().x, STUB * port.side.unit().y);
    let (first, last) = (out(one), out(other));
    let middle = if one.side.axis() == Axis::Vertical { point(last.x, first.y) } else { point(first.x, last.y) };
    straighten(&[one.at, first, middle, last, other.at])
}
