//! Which label takes which place: those with the fewest choices first, then one round of second thoughts.

use super::candidates::{Options, Spot};
use super::field::{Field, OVER_BOX};
use crate::geometry::Rect;

/// Rounds in which every label may move to a better place.
const ROUNDS: usize = 2;

/// A label with a place that costs as much as this looks for others: it stands over a line or a border.
const POOR: u32 = 60;

/// Chooses a place for each label, in the order given. Also whether the place is free. `more` are further places for the
/// label of an index.
pub(super) fn select(
    field: &mut Field,
    mut wanted: Vec<Options>,
    more: impl Fn(usize) -> Vec<Spot>,
) -> Vec<(Spot, bool)> {
    let mut extended = vec![false; wanted.len()];
    let mut extend = |field: &Field, options: &mut Options, index: usize| {
        let price = |spot: &Spot| field.price(spot.area, options.net, spot.host);
        if !extended[index] && !options.spots.iter().any(|spot| price(spot).is_some_and(|price| price < POOR)) {
            options.spots.extend(more(index));
            extended[index] = true;
        }
    };
    for (index, options) in wanted.iter_mut().enumerate() {
        extend(field, options, index);
    }
    let free_spots = |options: &Options| {
        options.spots.iter().filter(|spot| field.price(spot.area, options.net, spot.host).is_some()).count()
    };
    let mut order: Vec<(usize, usize)> =
        wanted.iter().enumerate().map(|(index, one)| (free_spots(one), index)).collect();
    order.sort_unstable();
    let mut chosen: Vec<Option<(usize, bool)>> = vec![None; wanted.len()];
    for &(_, index) in &order {
        extend(field, &mut wanted[index], index);
        chosen[index] = best(field, &wanted[index]);
        if let Some((spot, _)) = chosen[index] {
            field.add_label(wanted[index].spots[spot].area);
        }
    }
    for _ in 0..ROUNDS {
        for &(_, index) in &order {
            let Some((spot, _)) = chosen[index] else { continue };
            field.remove_label(wanted[index].spots[spot].area);
            extend(field, &mut wanted[index], index);
            chosen[index] = best(field, &wanted[index]);
            if let Some((spot, _)) = chosen[index] {
                field.add_label(wanted[index].spots[spot].area);
            }
        }
    }
    let pick = |(mut options, chosen): (Options, Option<(usize, bool)>)| {
        chosen.map(|(spot, free)| (options.spots.swap_remove(spot), free))
    };
    wanted.into_iter().zip(chosen).filter_map(pick).collect()
}

/// The cheapest free place; where none is free, the one that covers least.
fn best(field: &Field, options: &Options) -> Option<(usize, bool)> {
    let mut cheapest: Option<(u32, usize)> = None;
    for (index, spot) in options.spots.iter().enumerate() {
        // What a place costs by itself is the least that it costs.
        if cheapest.is_some_and(|(known, _)| known <= spot.price) {
            continue;
        }
        let over = field.price(spot.area, options.net, spot.host);
        let Some(price) = over.and_then(|over| Some(over + spot.price + led(field, options, spot)?)) else { continue };
        if cheapest.is_none_or(|(known, _)| price < known) {
            cheapest = Some((price, index));
        }
    }
    if let Some((price, index)) = cheapest {
        return Some((index, price < OVER_BOX));
    }
    let covering = options.spots.iter().enumerate();
    covering.map(|(index, spot)| (field.covered(spot.area), index)).min().map(|(_, index)| (index, false))
}

/// What the leader of a label runs over; `None` if that is something written or solid.
fn led(field: &Field, options: &Options, spot: &Spot) -> Option<u32> {
    let Some((from, to)) = spot.leader else { return Some(0) };
    let (low, high) = (from.min(to), from.max(to));
    field.price(Rect::from_edges(low.x, low.y, high.x, high.y), options.net, spot.host).map(|price| price / 2)
}
