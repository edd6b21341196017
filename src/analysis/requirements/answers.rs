//! The rules that a requirement can name.

use std::collections::BTreeSet;

use super::super::phrase::{Part, Phrase, Words};
use super::super::removal::Removal;
use super::super::{Analysis, Study, Verdict, findings};
use super::{Answer, Judgement};
use crate::catalogue::Function;
use crate::document::Table;
use crate::topology::DefinitionId;
use crate::topology::resolve::requirements::{EXTERNALS, NO_FINDING};

/// Answers one requirement.
pub(super) fn judge(study: &Study, analysis: &Analysis, check: Option<&str>) -> Judgement {
    match check {
        None => judgement(Answer::Unknown, vec![NO_RULE.with(Vec::new())]),
        Some("survives-az-loss") => survives(study, analysis, Extent::Zone),
        Some("survives-region-loss") => survives(study, analysis, Extent::Region),
        Some("scales-out") => scales_out(study),
        Some("has-relational-store") => has_store(study, Function::RelationalStore),
        Some("has-non-relational-store") => has_store(study, Function::NonRelationalStore),
        Some("static-frontend") => static_frontend(study),
        Some("no-public-database") => no_public_database(analysis),
        Some("encrypted-entry") => super::entry::encrypted(study),
        Some(check) => match (check.strip_prefix(EXTERNALS), check.strip_prefix(NO_FINDING)) {
            (Some(least), _) => external_services(study, least.trim().parse().unwrap_or(usize::MAX)),
            (_, Some(code)) => no_finding(study, analysis, code),
            // `resolve` lets no other name through.
            _ => judgement(Answer::Unknown, vec![NO_RULE.with(Vec::new())]),
        },
    }
}

pub(super) fn judgement(answer: Answer, evidence: Vec<Phrase>) -> Judgement {
    Judgement { answer, evidence }
}

const NO_RULE: Words =
    Words { english: "no rule of this program finds it out", spanish: "ninguna regla de este programa lo comprueba" };

/// What is lost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Zone,
    Region,
}

const DOWN: Words = Words { english: "without {0}, {1} stops at {2}", spanish: "sin {0}, {1} se detiene en {2}" };
const BORNE: Words =
    Words { english: "no flow stops when {0} fails", spanish: "ningún flujo se interrumpe si falla {0}" };
const ANY_BORNE: Words = Words {
    english: "no flow stops when one of {0} fails",
    spanish: "ningún flujo se interrumpe si falla una de {0}",
};
const ANY_ZONE: Words =
    Words { english: "no flow stops when a zone fails", spanish: "ningún flujo se interrumpe si falla una zona" };
const ANY_REGION: Words =
    Words { english: "no flow stops when a region fails", spanish: "ningún flujo se interrumpe si falla una región" };
const NOWHERE: Words = Words {
    english: "the model does not say which zones have {0}",
    spanish: "el modelo no indica qué zonas tienen {0}",
};
const NO_ZONES: Words = Words {
    english: "nothing on the flows lives in a single zone",
    spanish: "nada de lo que recorren los flujos vive en una sola zona",
};
const NO_FLOWS: Words =
    Words { english: "the model has no links to follow", spanish: "el modelo no tiene enlaces que seguir" };
const NO_REGIONS: Words = Words { english: "the model has no regions", spanish: "el modelo no tiene regiones" };
const ONLY_REGION: Words = Words {
    english: "every flow goes on without {0}, which no flow needs",
    spanish: "todos los flujos continúan sin {0}, que ninguno necesita",
};

fn survives(study: &Study, analysis: &Analysis, extent: Extent) -> Judgement {
    if analysis.flows.is_empty() {
        return judgement(Answer::Unknown, vec![NO_FLOWS.with(Vec::new())]);
    }
    let mut evidence = Vec::new();
    let mut borne: Vec<String> = Vec::new();
    let mut untouched: Vec<String> = Vec::new();
    for (index, removed) in analysis.removals.iter().enumerate() {
        let ((Removal::Zone(name), Extent::Zone) | (Removal::Region(name), Extent::Region)) = (removed, extent) else {
            continue;
        };
        let down = analysis.flows.iter().filter(|flow| flow.failures[index].verdict == Verdict::Down);
        for flow in down {
            let because = flow.failures[index].because.iter().map(|&id| study.sites.entry(id)).collect();
            let flow = flow
                .flow
                .map_or_else(|| "—".to_owned(), |flow| format!("“{}”", study.topology.flows[flow.index()].name));
            evidence.push(DOWN.with(vec![Part::Text(name.clone()), Part::Text(flow), Part::Entries(because)]));
        }
        match analysis.worst(index) {
            Verdict::Down => {}
            Verdict::Degraded => borne.push(name.clone()),
            Verdict::Survives => untouched.push(name.clone()),
        }
    }
    if !evidence.is_empty() {
        return judgement(Answer::NotMet, evidence);
    }
    if !borne.is_empty() {
        let words = match extent {
            _ if borne.len() == 1 => BORNE,
            _ if !untouched.is_empty() => ANY_BORNE,
            Extent::Zone => ANY_ZONE,
            Extent::Region => ANY_REGION,
        };
        evidence.push(words.with(vec![Part::Texts(borne.clone())]));
    }
    if extent == Extent::Region {
        if borne.is_empty() && untouched.is_empty() {
            return judgement(Answer::Unknown, vec![NO_REGIONS.with(Vec::new())]);
        }
        evidence.extend((!untouched.is_empty()).then(|| ONLY_REGION.with(vec![Part::Texts(untouched.clone())])));
        return judgement(Answer::Met, evidence);
    }
    let unplaced = unplaced(study);
    if !unplaced.is_empty() {
        return judgement(Answer::Unknown, vec![NOWHERE.with(vec![Part::Entries(unplaced)])]);
    }
    if borne.is_empty() {
        evidence.push(NO_ZONES.with(Vec::new()));
    }
    judgement(Answer::Met, evidence)
}

/// What lives in a zone of which nobody said which it is.
fn unplaced(study: &Study) -> Vec<DefinitionId> {
    let sites = &study.sites;
    let used: BTreeSet<DefinitionId> = study.courses.iter().flat_map(|course| course.entries.iter().copied()).collect();
    let nowhere = |entry: &DefinitionId| {
        let nowhere = |id| sites.zones(id).is_empty() && sites.is_zonal(id);
        !sites.is_external(*entry) && !sites.definition(*entry).multi_az && sites.copies(*entry).any(nowhere)
    };
    used.into_iter().filter(nowhere).collect()
}

fn scales_out(study: &Study) -> Judgement {
    const NONE: Words = Words { english: "no flow starts outside", spanish: "ningún flujo empieza fuera" };
    const FIXED: Words = Words { english: "nothing adds copies of {0}", spanish: "nada añade copias de {0}" };
    const SCALE: Words = Words {
        english: "the number of copies of {0} follows the load",
        spanish: "el número de copias de {0} sigue a la carga",
    };
    const SERVERLESS: Words = Words {
        english: "no request needs an instance that somebody sizes",
        spanish: "ninguna petición depende de instancias que haya que dimensionar",
    };
    if study.requests.is_empty() {
        return judgement(Answer::Unknown, vec![NONE.with(Vec::new())]);
    }
    let asked: BTreeSet<DefinitionId> = study.requests.iter().flat_map(|request| &request.entries).copied().collect();
    let sized: Vec<DefinitionId> = asked.into_iter().filter(|&entry| findings::is_sized(study, entry)).collect();
    let (fixed, free): (Vec<DefinitionId>, Vec<DefinitionId>) =
        sized.into_iter().partition(|&entry| findings::is_fixed(study, entry));
    if !fixed.is_empty() {
        return judgement(Answer::NotMet, vec![FIXED.with(vec![Part::Entries(fixed)])]);
    }
    let evidence = if free.is_empty() { SERVERLESS.with(Vec::new()) } else { SCALE.with(vec![Part::Entries(free)]) };
    judgement(Answer::Met, vec![evidence])
}

fn has_store(study: &Study, function: Function) -> Judgement {
    const THERE: Words = Words { english: "there is {0}", spanish: "cuenta con {0}" };
    const NONE: Words = Words { english: "there is none", spanish: "no hay ninguno" };
    let is_one = |entry: &DefinitionId| {
        study.sites.function(*entry) == function && study.sites.definition(*entry).table == Table::Services
    };
    let stores: Vec<DefinitionId> = study.sites.entries().filter(is_one).collect();
    if stores.is_empty() {
        return judgement(Answer::NotMet, vec![NONE.with(Vec::new())]);
    }
    judgement(Answer::Met, vec![THERE.with(vec![Part::Entries(stores)])])
}

fn static_frontend(study: &Study) -> Judgement {
    const SERVED: Words = Words {
        english: "the object store {0} is reached from {1}",
        spanish: "al almacén de objetos {0} se llega desde {1}",
    };
    const NONE: Words = Words {
        english: "neither people nor a CDN reach an object store",
        spanish: "ni los usuarios ni una CDN llegan a un almacén de objetos",
    };
    let sites = &study.sites;
    let statements = || study.topology.statements.iter().filter(|statement| !statement.implied);
    let function = |entry: DefinitionId| sites.function(entry);
    let begins = |entry: DefinitionId| matches!(function(entry), Function::Client | Function::Cdn);
    let leads = |entry: DefinitionId| {
        matches!(function(entry), Function::Cdn | Function::Dns | Function::Firewall | Function::External)
    };
    let mut reached: BTreeSet<DefinitionId> = sites.entries().filter(|&entry| begins(entry)).collect();
    // At most one round for each link in a row.
    loop {
        let next = statements().filter(|statement| reached.contains(&statement.from) && leads(statement.to));
        let next: Vec<DefinitionId> = next.map(|statement| statement.to).filter(|to| !reached.contains(to)).collect();
        if next.is_empty() {
            break;
        }
        reached.extend(next);
    }
    let is_store = |entry: DefinitionId| {
        let kind = sites.definition(entry).service.map_or("", |service| service.kind);
        kind == "s3" || kind.starts_with("s3-bucket")
    };
    let served = statements().find(|statement| reached.contains(&statement.from) && is_store(statement.to));
    match served {
        Some(served) => {
            let parts = vec![Part::entry(served.to), Part::entry(served.from)];
            judgement(Answer::Met, vec![SERVED.with(parts)])
        }
        None => judgement(Answer::NotMet, vec![NONE.with(Vec::new())]),
    }
}

fn no_public_database(analysis: &Analysis) -> Judgement {
    const SAFE: Words =
        Words { english: "none stands in a public subnet", spanish: "ninguna está en una subred pública" };
    let is_it = |finding: &&findings::Finding| finding.code == "database-in-public-subnet";
    // That somebody accepts it does not make it private.
    let all = analysis.findings.iter().chain(analysis.allowed.iter().map(|allowed| &allowed.finding));
    let exposed: Vec<Phrase> = all.filter(is_it).map(|finding| finding.message.clone()).collect();
    if exposed.is_empty() {
        return judgement(Answer::Met, vec![SAFE.with(Vec::new())]);
    }
    judgement(Answer::NotMet, exposed)
}

fn external_services(study: &Study, least: usize) -> Judgement {
    const ONE: Words = Words { english: "there is one: {1}", spanish: "hay uno: {1}" };
    const COUNT: Words = Words { english: "there are {0}: {1}", spanish: "hay {0}: {1}" };
    const NONE: Words = Words { english: "there is none", spanish: "no hay ninguno" };
    let sites = &study.sites;
    let counts = |entry: &DefinitionId| sites.is_external(*entry) && sites.function(*entry) != Function::Client;
    let found: Vec<DefinitionId> = sites.entries().filter(counts).collect();
    let answer = if found.len() >= least { Answer::Met } else { Answer::NotMet };
    let evidence = if found.is_empty() {
        NONE.with(Vec::new())
    } else {
        let words = if found.len() == 1 { ONE } else { COUNT };
        words.with(vec![Part::number(found.len()), Part::Entries(found)])
    };
    judgement(answer, vec![evidence])
}

fn no_finding(study: &Study, analysis: &Analysis, code: &str) -> Judgement {
    const NONE: Words = Words { english: "nothing of this kind was found", spanish: "no se ha encontrado nada así" };
    const ALLOWED: Words = Words { english: "it is allowed at {0}", spanish: "se acepta en {0}" };
    let said = study.doubts.iter().filter(|doubt| doubt.code == code);
    let said = said.map(|doubt| DOUBT.with(vec![Part::Text(doubt.message.clone())]));
    let found = analysis.findings.iter().filter(|finding| finding.code == code);
    let found: Vec<Phrase> = found.map(|finding| finding.message.clone()).chain(said).collect();
    if !found.is_empty() {
        return judgement(Answer::NotMet, found);
    }
    let allowed = analysis.allowed.iter().filter(|allowed| allowed.finding.code == code);
    let allowed: Vec<DefinitionId> = allowed.map(|allowed| allowed.by).collect();
    let evidence = if allowed.is_empty() { NONE.with(Vec::new()) } else { ALLOWED.with(vec![Part::Entries(allowed)]) };
    judgement(Answer::Met, vec![evidence])
}

/// What was already said of the document, in its own words.
const DOUBT: Words = Words { english: "{0}", spanish: "{0}" };
