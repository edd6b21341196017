//! Two copies that end at one border node from both sides of its axis look best as mirror images.
//!
//! Before: each was drawn by itself. After: where the mirror image of one is legal for the other, and hardly dearer,
//! it is taken (layout.md 3.5).

use super::nets::Plan;
use super::prices;
use super::rounds::cost_now;
use super::strands::straighten;
use super::terminals::{Attach, Terminal};
use super::tree::{Drawn, Router};
use crate::geometry::{Axis, Point, point};

/// What symmetry may cost, px of line.
const WORTH: i64 = 100;

/// Mirrors one of each pair of nets into the other.
pub(super) fn align(router: &mut Router<'_>, plans: &[Plan], drawn: &mut [Option<Drawn>]) {
    for one in 0..plans.len() {
        let Some(axis) = axis_of(router.terminals, &plans[one]) else { continue };
        for other in one + 1..plans.len() {
            let pair = plans[other].targets == plans[one].targets && plans[other].sources.len() == 1;
            if pair && !try_mirror(router, plans, drawn, (one, other, axis)) {
                try_mirror(router, plans, drawn, (other, one, axis));
            }
        }
    }
}

/// The axis of a border node that is the only target of a single source inside.
fn axis_of(terminals: &[Terminal], plan: &Plan) -> Option<(Axis, i32)> {
    let [targets] = &plan.targets[..] else { return None };
    let ([target], [_]) = (&targets[..], &plan.sources[..]) else { return None };
    let target = &terminals[target.index()];
    let side = target.ports.first()?.side;
    let axis = side.axis().other();
    (target.attach == Attach::Inner).then(|| (axis, target.center.along(axis)))
}

/// Draws `copy` as the mirror image of `model`; whether that was done.
fn try_mirror(
    router: &mut Router<'_>,
    plans: &[Plan],
    drawn: &mut [Option<Drawn>],
    (model, copy, (axis, middle)): (usize, usize, (Axis, i32)),
) -> bool {
    let (Some(image), Some(old)) = (&drawn[model], &drawn[copy]) else { return false };
    let ([path], [old_path]) = (&image.paths[..], &old.paths[..]) else { return false };
    let reflect = |at: Point| match axis {
        Axis::Horizontal => point(2 * middle - at.x, at.y),
        Axis::Vertical => point(at.x, 2 * middle - at.y),
    };
    let corners: Vec<Point> = path.iter().map(|&vertex| reflect(router.lattice.at(vertex))).collect();
    let Some(wanted) = router.lattice.trace(&straighten(&corners)) else { return false };
    if wanted == *old_path || !ends_there(router, &plans[copy], &wanted) {
        return wanted == *old_path;
    }
    let old = old.clone();
    let old_price = cost_now(router, &old, copy);
    router.release(&old);
    let price = router.appraise(copy as u32, &plans[copy], &wanted);
    if let Some(price) = price.filter(|&price| i64::from(price) <= old_price + WORTH) {
        let mut new = Drawn { paths: vec![wanted], price, crossings: 0 };
        router.occupy(&new, copy as u32);
        new.crossings = router.crossings(&new.paths, copy as u32);
        debug_assert!(new.price >= new.crossings * prices::CROSSING, "the price holds the crossings");
        drawn[copy] = Some(new);
        return true;
    }
    router.occupy(&old, copy as u32);
    false
}

/// Whether a path begins and ends at ports of the plan's ends.
fn ends_there(router: &Router<'_>, plan: &Plan, path: &[u32]) -> bool {
    let at = |end: super::terminals::TerminalId, vertex: u32| router.port_vertices[end.index()].contains(&vertex);
    let (first, last) = (path[0], path[path.len() - 1]);
    at(plan.sources[0], first) && at(plan.targets[0][0], last)
}
