//! How it works: the flows step by step, and the links that no flow has.

use crate::catalogue::Function;
use crate::topology::{Arrow, BoxId, DefinitionId, Flow, Statement, StatementId};

use super::escape;
use super::reading::{Reading, unique};
use super::voice::ended;

/// One step, as a line of the page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Step {
    /// Its number in the picture.
    pub number: Option<u32>,
    /// What happens.
    pub text: String,
}

/// One station of a chain: the ends that stand there, and the arrow that leads on.
struct Station {
    names: Vec<String>,
    ends: Vec<DefinitionId>,
    arrow: &'static str,
}

/// The steps of a flow.
pub fn steps(reading: &Reading, flow: &Flow) -> Vec<Step> {
    flow.steps
        .iter()
        .map(|step| Step { number: step.number, text: line(reading, &step.statements, step.text.as_deref()) })
        .collect()
}

/// The links that stand in no flow and that somebody wrote.
pub fn others(reading: &Reading) -> Vec<Step> {
    let topology = reading.topology;
    let in_flow =
        unique_statements(topology.flows.iter().flat_map(|flow| &flow.steps).flat_map(|step| &step.statements));
    let mut steps = Vec::new();
    for (index, statement) in topology.statements.iter().enumerate() {
        let id = StatementId::from(index);
        if !statement.implied && in_flow.binary_search(&id).is_err() {
            steps.push(Step { number: None, text: line(reading, &[id], statement.label.as_deref()) });
        }
    }
    steps
}

fn unique_statements<'a>(ids: impl Iterator<Item = &'a StatementId>) -> Vec<StatementId> {
    let mut ids: Vec<StatementId> = ids.copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// "Users → Load Balancer → API: HTTPS."
fn line(reading: &Reading, statements: &[StatementId], text: Option<&str>) -> String {
    let chains: Vec<String> = chains(reading, statements)
        .iter()
        .map(|stations| {
            let mut out = String::new();
            for (index, station) in stations.iter().enumerate() {
                if index > 0 {
                    out.push_str(stations[index - 1].arrow);
                }
                out.push_str(&reading.voice.list(&station.names));
            }
            out
        })
        .collect();
    let mut out = chains.join("; ");
    let waits_for_nobody = statements.iter().any(|&id| reading.topology.statements[id.index()].asynchronous);
    let says_so = text.is_some_and(|text| text.to_lowercase().contains(reading.voice.asynchronous_stem()));
    if waits_for_nobody && !says_so {
        out = format!("{out} ({})", reading.voice.asynchronous());
    }
    match text.map(ended).filter(|text| !text.is_empty()) {
        Some(text) => escape::line(&format!("{out}: {}", escape::text(&text))),
        None => escape::line(&format!("{out}.")),
    }
}

/// Statements joined into chains, as the author wrote them: what fans out or in stands at one station.
fn chains(reading: &Reading, statements: &[StatementId]) -> Vec<Vec<Station>> {
    let mut chains: Vec<Vec<Station>> = Vec::new();
    for &id in statements {
        let statement = &reading.topology.statements[id.index()];
        let arrow = match statement.arrow {
            Arrow::Forward => " → ",
            Arrow::Both => " ↔ ",
            Arrow::None => " — ",
        };
        let boxes = |end: fn(&crate::topology::Link) -> BoxId| -> Vec<BoxId> {
            statement.links.iter().map(|link| end(&reading.topology.links[link.index()])).collect()
        };
        let from = (statement.from, located(reading, statement.from, &boxes(|link| link.from)));
        let to = (statement.to, located(reading, statement.to, &boxes(|link| link.to)));
        match chains.last_mut() {
            Some(chain) if joins(chain, from.0, to.0) => extend(chain, from, to, arrow),
            _ => chains.push(vec![station(from, arrow), station(to, "")]),
        }
    }
    chains
}

fn station((end, name): (DefinitionId, String), arrow: &'static str) -> Station {
    Station { names: vec![name], ends: vec![end], arrow }
}

/// Whether a link goes on where a chain ends, or is one more of its last fan.
fn joins(chain: &[Station], from: DefinitionId, to: DefinitionId) -> bool {
    let [.., before, last] = chain else { return false };
    last.ends.contains(&from) || before.ends.contains(&from) || last.ends.contains(&to)
}

/// Adds a link to the end of a chain.
fn extend(chain: &mut Vec<Station>, from: (DefinitionId, String), to: (DefinitionId, String), arrow: &'static str) {
    let last = chain.len() - 1;
    let continues = chain[last].ends.contains(&from.0);
    let fan_is_open = chain[last - 1].ends.contains(&from.0) && !continues;
    if continues {
        chain[last].arrow = arrow;
        chain.push(station(to, ""));
        return;
    }
    if !fan_is_open {
        add(&mut chain[last - 1], from);
    }
    add(&mut chain[last], to);
}

fn add(station: &mut Station, (end, name): (DefinitionId, String)) {
    if !station.ends.contains(&end) {
        station.ends.push(end);
        station.names.push(name);
    }
}

/// A name, with its region or its zone where a link means only some of the copies.
fn located(reading: &Reading, entry: DefinitionId, boxes: &[BoxId]) -> String {
    let name = reading.name(entry);
    let all = &reading.definition(entry).copies;
    let regions = unique(boxes.iter().filter_map(|&id| reading.region(id)));
    if !regions.is_empty() && regions.len() < reading.regions_of(entry).len() {
        let names: Vec<String> = regions.iter().map(|&region| reading.name(region)).collect();
        return reading.voice.located(&name, &names);
    }
    // Which copy of a store takes the writes is said elsewhere.
    let has_standby = all.iter().any(|&id| {
        let node = reading.topology.element(id).node();
        node.is_some_and(|node| node.standing != crate::topology::Standing::Equal)
    });
    let zones = reading.zones_of(boxes);
    if !has_standby && !zones.is_empty() && zones.len() < reading.zones_of(all).len() {
        let zones: Vec<String> = zones.iter().map(|zone| reading.voice.zone(zone)).collect();
        return reading.voice.located(&name, &zones);
    }
    name
}

/// Where the traffic of a link comes from, if what it leaves only passes things on; and what it passes, in order.
pub fn origin(reading: &Reading, id: StatementId) -> (DefinitionId, Vec<DefinitionId>) {
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
