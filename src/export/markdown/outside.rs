//! People, clients and systems outside AWS: what comes in from them and what goes out to them.

use crate::catalogue::Function;
use crate::topology::{Arrow, DefinitionId, Statement, StatementId};

use super::places::called;
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
        sentences.push(reading.voice.traffic_from(&names(reading, &group), &called_all(reading, &group[0].targets)));
        sentences.extend(group.iter().filter_map(|traffic| reading.description(traffic.external)));
    }
    for group in grouped(&all, |traffic| [traffic.sources.clone(), traffic.via.clone()].concat()) {
        let first = group[0];
        sentences.push(reading.voice.traffic_to(
            &names(reading, &group),
            &called_all(reading, &first.sources),
            &called_all(reading, &first.via),
        ));
        let told = |traffic: &&&Traffic| traffic.targets.is_empty();
        sentences.extend(group.iter().filter(told).filter_map(|traffic| described(reading, traffic, group.len() > 1)));
    }
    for group in grouped(&all, |traffic| traffic.others.clone()) {
        sentences.push(reading.voice.traffic_between(&names(reading, &group), &called_all(reading, &group[0].others)));
        let told = |traffic: &&&Traffic| traffic.targets.is_empty() && traffic.sources.is_empty();
        sentences.extend(group.iter().filter(told).filter_map(|traffic| described(reading, traffic, group.len() > 1)));
    }
    sentences.extend(apart(reading, &all));
    sentences
}

/// An external's description, with its name where several are spoken of.
fn described(reading: &Reading, traffic: &Traffic, named: bool) -> Option<String> {
    let description = reading.description(traffic.external)?;
    Some(if named { format!("{}: {description}", reading.name(traffic.external)) } else { description })
}

/// Externals that only other externals reach, or nothing at all.
fn apart(reading: &Reading, all: &[Traffic]) -> Vec<String> {
    let silent =
        |traffic: &&Traffic| traffic.targets.is_empty() && traffic.sources.is_empty() && traffic.others.is_empty();
    let silent: Vec<&Traffic> = all.iter().filter(silent).collect();
    let reached = |traffic: &&&Traffic| reading.topology.statements.iter().any(|link| link.to == traffic.external);
    let (reached, alone): (Vec<&Traffic>, Vec<&Traffic>) = silent.into_iter().partition(|traffic| reached(&traffic));
    let mut sentences = Vec::new();
    if !alone.is_empty() {
        sentences.push(reading.voice.unlinked(&names(reading, &alone)));
    }
    let told = reached.iter().chain(&alone);
    sentences.extend(told.filter_map(|traffic| described(reading, traffic, true)));
    sentences
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

fn called_all(reading: &Reading, entries: &[DefinitionId]) -> Vec<String> {
    unique(entries.iter().map(|&entry| called(reading, entry)))
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

/// Where the traffic of a link comes from, if what it leaves only passes things on; and what it passes, in order.
fn origin(reading: &Reading, id: StatementId) -> (DefinitionId, Vec<DefinitionId>) {
    let statements = &reading.topology.statements;
    let steps = reading.topology.flows.iter().flat_map(|flow| &flow.steps);
    let chain = steps.map(|step| &step.statements).find(|chain| chain.contains(&id));
    let before = |entry: DefinitionId| -> Option<&Statement> {
        chain?.iter().map(|link| &statements[link.index()]).find(|link| link.to == entry && link.from != entry)
    };
    let mut source = statements[id.index()].from;
    let mut via = Vec::new();
    while matches!(reading.function(source), Function::Gateway | Function::Nat)
        && let Some(link) = before(source)
        && !via.contains(&source)
    {
        via.insert(0, source);
        source = link.from;
    }
    (source, via)
}
