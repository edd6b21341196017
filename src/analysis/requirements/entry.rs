//! Whether what comes from outside comes encrypted, as far as the words at the first steps say.

use super::super::Study;
use super::super::phrase::{Part, Words};
use super::answers::judgement;
use super::{Answer, Judgement};
use crate::catalogue::Function;
use crate::topology::{DefinitionId, StatementId};

/// Protocols that encrypt, and words for it.
const ENCRYPTED: [&str; 28] = [
    "https",
    "tls",
    "mtls",
    "ssl",
    "wss",
    "ssh",
    "sftp",
    "ftps",
    "quic",
    "http3",
    "ipsec",
    "vpn",
    "wireguard",
    "grpcs",
    "amqps",
    "mqtts",
    "smtps",
    "imaps",
    "ldaps",
    "dtls",
    "443",
    "tunnel",
    "túnel",
    "encrypted",
    "cifrado",
    "cifrada",
    "doh",
    "dot",
];

/// Protocols that do not.
const PLAIN: [&str; 12] =
    ["http", "ftp", "telnet", "ws", "mqtt", "amqp", "smtp", "80", "8080", "tcp", "udp", "unencrypted"];

/// What the words at a step say.
#[derive(PartialEq, Eq)]
enum Speech {
    Encrypted,
    Plain,
    Silent,
}

/// Answers `encrypted-entry`.
pub(super) fn encrypted(study: &Study) -> Judgement {
    const NONE: Words = Words { english: "no flow comes in from outside", spanish: "ningún flujo entra desde fuera" };
    const PLAINLY: Words = Words {
        english: "“{0}” brings requests to {1} unencrypted",
        spanish: "«{0}» lleva peticiones a {1} sin cifrar",
    };
    const SILENT: Words = Words {
        english: "nothing says whether what comes to {0} is encrypted",
        spanish: "nada indica si lo que llega a {0} va cifrado",
    };
    const ENTERS: Words = Words { english: "“{0}” leads to {1}", spanish: "«{0}» lleva a {1}" };
    let entries = entries(study);
    if entries.is_empty() {
        return judgement(Answer::Unknown, vec![NONE.with(Vec::new())]);
    }
    let mut plain = Vec::new();
    let mut silent: Vec<DefinitionId> = Vec::new();
    let mut encrypted: Vec<(String, Vec<DefinitionId>)> = Vec::new();
    for (text, target) in entries {
        let parts = vec![Part::Text(text.clone()), Part::entry(target)];
        match speech(&text) {
            Speech::Plain => plain.push(PLAINLY.with(parts)),
            Speech::Encrypted => match encrypted.iter_mut().find(|(known, _)| *known == text) {
                Some((_, targets)) => targets.push(target),
                None => encrypted.push((text, vec![target])),
            },
            Speech::Silent => silent.push(target),
        }
    }
    if !plain.is_empty() {
        judgement(Answer::NotMet, plain)
    } else if !silent.is_empty() {
        judgement(Answer::Unknown, vec![SILENT.with(vec![Part::Entries(silent)])])
    } else {
        let enters = |(text, targets)| ENTERS.with(vec![Part::Text(text), Part::Entries(targets)]);
        judgement(Answer::Met, encrypted.into_iter().map(enters).collect())
    }
}

/// What comes into AWS from outside: the words at the step, and where it arrives. Asking a name service is no request, and
/// what that answers leads on for the one who asked.
fn entries(study: &Study) -> Vec<(String, DefinitionId)> {
    let sites = &study.sites;
    let topology = study.topology;
    let is_dns = |entry: DefinitionId| sites.function(entry) == Function::Dns;
    let enters = |id: &StatementId| {
        let statement = &topology.statements[id.index()];
        let inside = !sites.is_external(statement.to) && !is_dns(statement.to);
        inside && (sites.is_external(statement.from) || is_dns(statement.from))
    };
    let mut entries: Vec<(String, DefinitionId)> = Vec::new();
    let mut add = |text: Option<&String>, to: DefinitionId| {
        let entry = (text.cloned().unwrap_or_default(), to);
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    };
    if topology.flows.is_empty() {
        for id in study.requests.iter().flat_map(|request| &request.statements).filter(|id| enters(id)) {
            let statement = &topology.statements[id.index()];
            add(statement.label.as_ref(), statement.to);
        }
        return entries;
    }
    let starts_outside = |steps: &[crate::topology::FlowStep]| {
        let first = steps.first().and_then(|step| step.statements.first());
        first.is_some_and(|id| sites.is_external(topology.statements[id.index()].from))
    };
    for step in topology.flows.iter().filter(|flow| starts_outside(&flow.steps)).flat_map(|flow| &flow.steps) {
        if let Some(id) = step.statements.iter().find(|id| enters(id)) {
            let statement = &topology.statements[id.index()];
            add(step.text.as_ref().or(statement.label.as_ref()), statement.to);
        }
    }
    entries
}

fn speech(text: &str) -> Speech {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let redirects = words.iter().any(|word| word.starts_with("redir"));
    match (has(&ENCRYPTED), has(&PLAIN) && !redirects) {
        // "TLS over TCP" is encrypted, "HTTP or HTTPS" is not always.
        (true, true) if words.iter().any(|word| matches!(*word, "http" | "80" | "8080" | "ws" | "ftp")) => {
            Speech::Plain
        }
        (true, _) => Speech::Encrypted,
        (false, true) => Speech::Plain,
        (false, false) => Speech::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_whether_it_is_encrypted() {
        for text in
            ["HTTPS", "TLS 1.3 over TCP", "REST (https)", "Site-to-Site VPN", "HTTP redirects to HTTPS", "SSH tunnel"]
        {
            assert!(speech(text) == Speech::Encrypted, "{text}");
        }
        for text in ["HTTP", "plain http/1.1", "HTTP or HTTPS", "TCP 80", "ftp"] {
            assert!(speech(text) == Speech::Plain, "{text}");
        }
        for text in ["", "orders", "requests", "asks for a page"] {
            assert!(speech(text) == Speech::Silent, "{text}");
        }
    }
}
