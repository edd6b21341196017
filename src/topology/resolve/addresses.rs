//! Addresses: the id alone for the only copy, else `id@place` with the shortest place that tells the copies apart.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::catalogue::GroupStyle;
use crate::document::Table;
use crate::topology::BoxId;

/// The ways to tell copies apart, from short to long.
const SCHEMES: [fn(&Draft, BoxId) -> Option<String>; 4] = [by_place, by_network, by_zone_and_network, by_all_three];

/// Gives every box its address.
pub(super) fn assign(draft: &mut Draft) {
    let mut waiting: Vec<usize> = Vec::new();
    for index in 0..draft.definitions.len() {
        let definition = &draft.definitions[index];
        let id = definition.id.clone();
        let copies = definition.copies.clone();
        if definition.table == Table::Azs && definition.span.is_none() {
            waiting.push(index);
        } else if let [only] = copies.as_slice() {
            draft.boxes[only.index()].address = id;
        } else if let Some(places) = SCHEMES.iter().find_map(|scheme| distinct(draft, &copies, *scheme)) {
            for (copy, place) in copies.iter().zip(places) {
                draft.boxes[copy.index()].address = format!("{id}@{place}");
            }
        } else {
            waiting.push(index);
        }
    }
    let rest = waiting.iter().flat_map(|&index| draft.definitions[index].copies.iter().copied());
    within_parents(draft, rest.collect());
    // An id may be the name of a zone; then one of two equal addresses is marked in a way that no author can write.
    let mut seen = BTreeSet::new();
    for element in &mut draft.boxes {
        while !seen.insert(element.address.clone()) {
            element.address.push('@');
        }
    }
}

/// Tells boxes apart by what holds them: by its id where that is enough, else by its whole address, outer boxes first.
fn within_parents(draft: &mut Draft, mut boxes: Vec<BoxId>) {
    boxes.sort_unstable();
    let own = |draft: &Draft, id: BoxId| {
        let definition = draft.definition(id);
        let zone = draft.zone(id).filter(|_| definition.span.is_none());
        zone.map_or_else(|| definition.id.clone(), |zone| zone.name.clone())
    };
    let short = |draft: &Draft, id: BoxId| {
        let parent = draft.boxes[id.index()].parent.map(|parent| draft.definition(parent).id.clone());
        parent.map(|parent| format!("{}@{parent}", own(draft, id)))
    };
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for &id in &boxes {
        *counts.entry(short(draft, id)).or_default() += 1;
    }
    for id in boxes {
        let short = short(draft, id);
        let parent = draft.boxes[id.index()].parent.map(|parent| draft.boxes[parent.index()].address.clone());
        draft.boxes[id.index()].address = match (short, parent) {
            (Some(short), _) if counts[&Some(short.clone())] == 1 => short,
            (_, Some(parent)) => format!("{}@{parent}", own(draft, id)),
            _ => own(draft, id),
        };
    }
}

/// The places of all copies under one scheme, if it has one for each and no two are the same.
fn distinct(draft: &Draft, copies: &[BoxId], scheme: fn(&Draft, BoxId) -> Option<String>) -> Option<Vec<String>> {
    let places: Vec<String> = copies.iter().map(|&copy| scheme(draft, copy)).collect::<Option<_>>()?;
    let different: BTreeSet<&String> = places.iter().collect();
    (different.len() == places.len()).then_some(places)
}

fn by_place(draft: &Draft, id: BoxId) -> Option<String> {
    draft.place(id)
}

fn by_network(draft: &Draft, id: BoxId) -> Option<String> {
    draft.id_of_nearest(id, GroupStyle::Vpc)
}

fn by_zone_and_network(draft: &Draft, id: BoxId) -> Option<String> {
    let zone = draft.ancestors(id).find_map(|around| draft.zone(around))?;
    Some(format!("{}@{}", zone.name, by_network(draft, id)?))
}

fn by_all_three(draft: &Draft, id: BoxId) -> Option<String> {
    let network = by_zone_and_network(draft, id).or_else(|| by_network(draft, id))?;
    Some(format!("{network}@{}", draft.id_of_nearest(id, GroupStyle::Region)?))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{addresses, topology};

    const TWO: &str = "[regions.us-east-1]\nazs=2\n[regions.ca-central-1]\nazs=2\n";

    #[test]
    fn places_are_as_short_as_they_may_be() {
        let topology = topology(&format!(
            "{TWO}[vpcs.v]\nin=['us-east-1','ca-central-1']\n[vpcs.w]\nin='us-east-1'\n[subnets.s]\nin=['v','w']\n\
             [groups.one]\nin='s@w@a'\n[groups.two]\nin='s@w'\n[groups.three]\nin=['v@us-east-1','w']"
        ));
        assert_eq!(addresses(&topology, "one"), ["one"]);
        assert_eq!(addresses(&topology, "two"), ["two@us-east-1a", "two@us-east-1b"]);
        assert_eq!(addresses(&topology, "three"), ["three@v", "three@w"]);
        assert_eq!(addresses(&topology, "s")[4..], ["s@us-east-1a@w", "s@us-east-1b@w"]);
    }

    #[test]
    fn no_two_boxes_share_an_address() {
        let topology = topology(&format!(
            "{TWO}[vpcs.v]\nin='us-east-1'\n[vpcs.w]\nin='us-east-1'\n[groups.us-east-1a]\nin=['v','w']\n[groups.g]\nmembers=['us-east-1a']"
        ));
        let mut all: Vec<&str> = topology.boxes.iter().map(|element| element.address.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), topology.boxes.len());
    }
}
