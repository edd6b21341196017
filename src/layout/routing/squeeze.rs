//! Ways for nets that found none: a finer lattice, narrower clearances, and in the end through what is in the way.

use std::collections::BTreeSet;

use super::lattice::NOBODY;
use super::lines::Density;
use super::nets::Plan;
use super::obstacles::Obstacle;
use super::tree::Router;
use super::{Floor, corners, port_vertices};
use crate::geometry::Point;

/// Draws the `missing` nets between those already drawn. Returns the nets that run through something.
pub(super) fn draw(
    router: Router<'_>,
    floor: &Floor,
    narrow: &[Obstacle],
    (plans, missing): (&[Plan], &[usize]),
    paths: &mut [Vec<Vec<Point>>],
) -> Vec<usize> {
    let also: BTreeSet<Point> = paths.iter().flatten().flatten().copied().collect();
    let lattice = floor.lattice(router.terminals, narrow, Density::NARROW, also);
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
        let mut drawn = router.draw(net as u32, &plans[net]);
        if drawn.is_none() {
            router.desperate = true;
            drawn = router.draw(net as u32, &plans[net]);
            router.desperate = false;
            failed.push(net);
            eprintln!("desperate {net} {:?}", drawn.as_ref().map(|d| d.price));
        }
        debug_assert_ne!(NOBODY, net as u32, "nets are fewer than that");
        paths[net] = drawn.iter().flat_map(|drawn| &drawn.paths).map(|path| corners(&router.lattice, path)).collect();
    }
    failed
}
