//! A request that waits for nobody: who asks gets the answer before the work is done.

use super::super::phrase::{Part, Words};
use super::super::{Analysis, Study};
use super::{Found, Rule};

pub(super) const RULE: Rule = Rule {
    code: "asynchronous-on-request-path",
    message: Words {
        english: "a request goes asynchronously from {0} to {1}: its answer does not wait for what happens there",
        spanish: "una petición pasa de forma asíncrona de {0} a {1}: la respuesta no espera a lo que ocurra allí",
    },
    help: Words {
        english: "let the part behind {1} be a flow of its own, or allow it at {0} with the reason",
        spanish: "describir la parte que sigue a {1} como un flujo propio, o aceptarlo en {0} con el motivo",
    },
    find,
};

fn find(study: &Study, _: &Analysis) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for request in &study.requests {
        for statement in request.statements.iter().map(|id| &study.topology.statements[id.index()]) {
            let boxes = vec![statement.from, statement.to];
            if statement.asynchronous && found.iter().all(|other| other.boxes != boxes) {
                let parts = boxes.iter().map(|&entry| Part::entry(entry)).collect();
                found.push(Found { boxes, parts, words: None });
            }
        }
    }
    found
}
