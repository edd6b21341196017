//! People, clients and systems outside AWS: what comes in from them and what goes out to them.

use crate::topology::{Arrow, DefinitionId, StatementId};

use super::flows::origin;
use super::reading::{Reading, unique};

/// What an external is linked with.
struct Traffic {
    external: DefinitionId,
    targets: Vec<DefinitionId>,
    sources: Vec<DefinitionId>,
    via: Vec<DefinitionId>,
    others: Vec<DefinitionId>,
}

/// Sentences about every external, those with the same links in one.
pub fn describe(reading: &Reading) -> Vec<String> {
    let all: Vec<Traffic> = reading.externals().into_iter().map(|external| traffic(reading, external)).collect();
    let mut sentences = Vec::new();
    for group in grouped(&all, |traffic| traffic.targets.clone()) {
        sentences.push(reading.voice.traffic_from(&names(reading, &group), &reading.names(&group[0].targets)));
    }
    for group in grouped(&all, |traffic| [traffic.sources.clone(), traffic.via.clone()].concat()) {
        let first = group[0];
        sentences.push(reading.voice.traffic_to(
            &names(reading, &group),
            &reading.names(&first.sources),
            &reading.names(&first.via),
        ));
    }
    for group in grouped(&all, |traffic| traffic.others.clone()) {
        sentences.push(reading.voice.traffic_between(&names(reading, &group), &reading.names(&group[0].others)));
    }
    let alone: Vec<&Traffic> = all.iter().filter(|traffic| !is_linked(reading, traffic.external)).collect();
    if !alone.is_empty() {
        sentences.push(reading.voice.unlinked(&names(reading, &alone)));
    }
    sentences
}

/// Whether a link starts or ends at an external.
fn is_linked(reading: &Reading, external: DefinitionId) -> bool {
    reading.topology.statements.iter().any(|statement| statement.from == external || statement.to == external)
}

/// Externals with the same, non-empty key, in order.
fn grouped(all: &[Traffic], key: impl Fn(&Traffic) -> Vec<DefinitionId>) -> Vec<Vec<&Traffic>> {
    let mut groups: Vec<(Vec<DefinitionId>, Vec<&Traffic>)> = Vec::new();
    for traffic in all {
        let own = key(traffic);
        match groups.iter_mut().find(|(known, _)| *known == own) {
            Some((_, group)) => group.push(traffic),
            None => groups.push((own, vec![traffic])),
        }
    }
    groups.into_iter().filter(|(key, _)| !key.is_empty()).map(|(_, group)| group).collect()
}

fn names(reading: &Reading, group: &[&Traffic]) -> Vec<String> {
    reading.names(&group.iter().map(|traffic| traffic.external).collect::<Vec<_>>())
}

/// What an external is linked with.
fn traffic(reading: &Reading, external: DefinitionId) -> Traffic {
    let mut found = Traffic { external, targets: Vec::new(), sources: Vec::new(), via: Vec::new(), others: Vec::new() };
    let outside = reading.externals();
    for (index, statement) in reading.topology.statements.iter().enumerate() {
        let other = if statement.from == external { statement.to } else { statement.from };
        if other == external || (statement.from != external && statement.to != external) {
            continue;
        }
        match (statement.arrow, statement.from == external) {
            (Arrow::None, _) => found.others.push(other),
            (_, true) => found.targets.push(other),
            // What an external sends to another is said where the sender is spoken of.
            (_, false) if outside.contains(&other) => {}
            (_, false) => {
                let (source, via) = origin(reading, StatementId::from(index));
                found.sources.push(source);
                found.via.extend(via);
            }
        }
    }
    for list in [&mut found.targets, &mut found.sources, &mut found.via, &mut found.others] {
        *list = unique(list.iter().copied());
    }
    found
}
