//! Copies written out by hand: `web-a` in one zone and `web-b` in another, `worker1` and `worker2` are one thing under two names.

use std::collections::BTreeMap;

use super::sites::Sites;
use crate::catalogue::Function;
use crate::document::Table;
use crate::topology::{BoxId, DefinitionId};

/// By `DefinitionId`: the first of those that are copies of the same; most are alone.
pub(super) fn of(sites: &Sites) -> Vec<DefinitionId> {
    let mut first: Vec<DefinitionId> = (0..sites.topology.definitions.len()).map(DefinitionId::from).collect();
    let mut families: BTreeMap<Likeness, Vec<DefinitionId>> = BTreeMap::new();
    for entry in sites.entries() {
        if let Some(likeness) = likeness(sites, entry) {
            families.entry(likeness).or_default().push(entry);
        }
    }
    for family in families.into_values() {
        let zones = |entry: DefinitionId| sites.copies(entry).flat_map(|copy| sites.zones(copy)).collect::<Vec<_>>();
        let mut members: Vec<DefinitionId> = Vec::new();
        for entry in family {
            let own = zones(entry);
            let apart = |other: DefinitionId| !own.is_empty() && zones(other).iter().all(|zone| !own.contains(zone));
            let numbered = |other: DefinitionId| is_numbered(sites, entry, other);
            if members.iter().all(|&other| apart(other) || numbered(other)) {
                members.push(entry);
            }
        }
        for &member in &members {
            first[member.index()] = members[0];
        }
    }
    first
}

/// Whether two entries are instances with the same name and different numbers: `worker1` and `worker2`.
fn is_numbered(sites: &Sites, one: DefinitionId, other: DefinitionId) -> bool {
    let bare = |entry: DefinitionId| {
        let id = &sites.definition(entry).id;
        id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_', '.']).to_lowercase()
    };
    sites.function(one) == Function::Compute && bare(one) == bare(other)
}

/// What copies of one thing share: region, kind, and the name apart from what tells zones.
type Likeness = (Option<usize>, String, String);

fn likeness(sites: &Sites, entry: DefinitionId) -> Option<Likeness> {
    let definition = sites.definition(entry);
    let copies: Vec<BoxId> = sites.copies(entry).collect();
    let zonal = definition.table == Table::Services && copies.iter().all(|&copy| sites.zones(copy).len() < 2);
    let kind = &sites.topology.element(*copies.first()?).kind;
    let stem = stem(&definition.id);
    (zonal && !stem.is_empty()).then(|| (sites.region(copies[0]), kind.clone(), stem))
}

/// An id without what tells a zone: numbers, single letters, `az1`, `1a`.
fn stem(id: &str) -> String {
    let tells = |word: &str| {
        let rest = word.strip_prefix("az").unwrap_or(word).trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < 2
    };
    let lower = id.to_lowercase();
    let words = lower.split(['-', '_', '.']).map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()));
    words.filter(|word| !word.is_empty() && !tells(word)).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn names_are_compared_without_their_zone() {
        for twin in ["web-a", "web-b", "web1", "web_2", "web-az1", "web-1b", "Web.a"] {
            assert_eq!(stem(twin), "web", "{twin}");
        }
        assert_eq!(stem("nat-us-east-1a"), "nat-us-east");
        assert_eq!(stem("a"), "");
        assert_ne!(stem("frontend"), stem("backend"));
    }
}
