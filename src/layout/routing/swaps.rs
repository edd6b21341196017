//! Two nets in each other's way are taken up together and drawn in the other order.

use std::collections::BTreeSet;

use super::nets::Plan;
use super::prices;
use super::tree::{Drawn, Router};

/// Tries all pairs of nets that cross each other or end at the same boxes. Whether any came out better.
pub(super) fn try_all(router: &mut Router<'_>, plans: &[Plan], drawn: &mut [Option<Drawn>], limit: u64) -> bool {
    let mut changed = false;
    for (one, other) in pairs(router, plans, drawn) {
        if router.search.pops > limit {
            break;
        }
        changed |= try_swap(router, plans, drawn, (one, other)) || try_swap(router, plans, drawn, (other, one));
    }
    changed
}

fn pairs(router: &Router<'_>, plans: &[Plan], drawn: &[Option<Drawn>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for (net, drawn) in drawn.iter().enumerate() {
        for other in drawn.iter().flat_map(|drawn| router.crossed(&drawn.paths, net as u32)) {
            pairs.insert((net.min(other as usize), net.max(other as usize)));
        }
    }
    let mut by_terminal: Vec<Vec<usize>> = vec![Vec::new(); router.terminals.len()];
    for (net, plan) in plans.iter().enumerate() {
        for end in plan.terminals() {
            by_terminal[end.index()].push(net);
        }
    }
    let mut meetings: Vec<(usize, usize)> = Vec::new();
    for nets in &by_terminal {
        for (position, &one) in nets.iter().enumerate() {
            meetings.extend(nets[position + 1..].iter().map(|&other| (one, other)));
        }
    }
    meetings.sort_unstable();
    pairs.extend(meetings.windows(2).filter(|pair| pair[0] == pair[1] && pair[0].0 != pair[0].1).map(|pair| pair[0]));
    pairs
}

/// Draws `first` before `second`, and keeps that if both together are cheaper than before.
fn try_swap(
    router: &mut Router<'_>,
    plans: &[Plan],
    drawn: &mut [Option<Drawn>],
    (first, second): (usize, usize),
) -> bool {
    let (Some(old_first), Some(old_second)) = (drawn[first].clone(), drawn[second].clone()) else { return false };
    let crossing = |router: &Router<'_>, drawn: &Drawn, net: usize| router.crossed(&drawn.paths, net as u32);
    let (by_first, by_second) = (crossing(router, &old_first, first), crossing(router, &old_second, second));
    let mutual = by_first.iter().filter(|&&other| other as usize == second).count();
    let crossings = (by_first.len() + by_second.len() - mutual) as u32 * prices::CROSSING;
    let bare = |drawn: &Drawn| drawn.price - drawn.crossings * prices::CROSSING;
    let old_price = bare(&old_first) + bare(&old_second) + crossings;
    router.release(&old_first);
    router.release(&old_second);
    if let Some(new_first) = router.draw(first as u32, &plans[first], old_price) {
        let rest = old_price.saturating_sub(new_first.price);
        if let Some(new_second) = router.draw(second as u32, &plans[second], rest) {
            (drawn[first], drawn[second]) = (Some(new_first), Some(new_second));
            return true;
        }
        router.release(&new_first);
    }
    router.occupy(&old_first, first as u32);
    router.occupy(&old_second, second as u32);
    false
}
