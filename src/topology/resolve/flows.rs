//! Flows: chains and fans taken apart into statements, and the numbers of their steps.
//!
//! Numbers run on over all numbered flows, one for each string of `steps`; the first link of its chain carries it.

use super::links::{self, Wiring, Wording};
use super::references::{self, Endpoint};
use super::{checks, pairs};
use crate::diagnostics::Diagnostic;
use crate::document::{FlowEntry, Step};
use crate::topology::{Flow, FlowId, FlowStep, Hue, StatementId, StepNumber};

/// Resolves every flow.
pub(super) fn number(wiring: &mut Wiring, entries: &[FlowEntry], findings: &mut Vec<Diagnostic>) -> Vec<Flow> {
    let mut last = 0;
    let mut flows = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        if let Some(name) = &entry.name {
            checks::length(name, "name", findings);
        }
        if entry.steps.is_empty() {
            let message = format!("the flow `{}` has no steps", entry.id.value);
            findings.push(Diagnostic::warning("no-effect", entry.id.span, message).with_help("steps = [\"a -> b\"]"));
        }
        let numbered = entry.numbered.as_ref().is_some_and(|flag| flag.value);
        let color = links::color(entry.color.as_ref());
        let mut steps = Vec::with_capacity(entry.steps.len());
        for step in &entry.steps {
            let statements = say(wiring, step, color, findings);
            let Some(&first) = statements.first() else { continue };
            let number = numbered.then(|| {
                last += 1;
                last
            });
            if let Some(number) = number {
                wiring.number(first, StepNumber { flow: FlowId::from(index), number });
            }
            steps.push(FlowStep { statements, text: text(step), number });
        }
        flows.push(Flow {
            id: entry.id.value.clone(),
            name: entry.name.as_ref().map_or_else(|| entry.id.value.clone(), |name| name.value.clone()),
            description: entry.description.as_ref().map(|text| text.value.clone()),
            numbered,
            color,
            steps,
        });
    }
    flows
}

/// Says one chain: every box of a station with every box of the next.
fn say(wiring: &mut Wiring, step: &Step, color: Option<Hue>, findings: &mut Vec<Diagnostic>) -> Vec<StatementId> {
    if let Some(label) = &step.label {
        checks::length(label, "label", findings);
    }
    let stations: Vec<Vec<Endpoint>> = step
        .stations
        .iter()
        .map(|fan| fan.iter().filter_map(|id| references::find(wiring.draft, wiring.names, id, findings)).collect())
        .collect();
    let mut statements = Vec::new();
    for (index, (pair, arrow)) in stations.windows(2).zip(&step.arrows).enumerate() {
        let is_last = index + 1 == step.arrows.len();
        let wording = Wording {
            span: step.span,
            label: text(step).filter(|_| is_last),
            asynchronous: arrow.asynchronous,
            arrow: arrow.arrow,
            color,
            implied: false,
        };
        for from in &pair[0] {
            for to in &pair[1] {
                statements.extend(say_one(wiring, from, to, &wording, findings));
            }
        }
    }
    statements
}

fn say_one(
    wiring: &mut Wiring,
    from: &Endpoint,
    to: &Endpoint,
    wording: &Wording,
    findings: &mut Vec<Diagnostic>,
) -> Option<StatementId> {
    if wiring.full {
        return None;
    }
    let pairs = pairs::belonging(wiring.draft, from, to);
    if let Some(before) = wiring.said_before(from.definition, to.definition, &pairs, wording) {
        let statement = &mut wiring.statements[before.index()];
        if statement.label.is_none() {
            statement.label.clone_from(&wording.label);
        }
        // The first that names a colour gives it: a `[[links]]` entry, then the flows in order.
        statement.color = statement.color.or(wording.color);
        return Some(before);
    }
    wiring.say(from.definition, to.definition, pairs, wording.clone(), findings)
}

fn text(step: &Step) -> Option<String> {
    step.label.as_ref().map(|label| label.value.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{links, topology};

    const BOXES: &str = "[diagram]\ncloud=false\n[groups.a]\n[groups.b]\n[groups.c]\n[groups.d]\n";

    fn numbers(text: &str) -> Vec<(Option<String>, Vec<u32>)> {
        let topology = topology(&format!("{BOXES}{text}"));
        let statement = |statement: &crate::topology::Statement| {
            (statement.label.clone(), statement.numbers.iter().map(|number| number.number).collect())
        };
        topology.statements.iter().map(statement).collect()
    }

    #[test]
    fn chains_and_fans_expand_from_left_to_right() {
        let topology = topology(&format!("{BOXES}[flows.f]\nsteps=['a -> b, c ~> d : x']"));
        assert_eq!(links(&topology), ["a -> b", "a -> c", "b ~> d", "c ~> d"]);
        let labels: Vec<_> = topology.statements.iter().map(|statement| statement.label.as_deref()).collect();
        assert_eq!(labels, [None, None, Some("x"), Some("x")]);
        assert_eq!(topology.flows[0].steps[0].statements.len(), 4);
    }

    #[test]
    fn numbers_run_on_over_flows_one_for_each_string() {
        let text = "[flows.f]\nnumbered=true\nsteps=['a -> b -> c', 'c -> d']\n[flows.g]\nsteps=['d -> a']\n\
                    [flows.h]\nnumbered=true\nsteps=['b -> d']";
        let numbers: Vec<_> = numbers(text).into_iter().map(|(_, numbers)| numbers).collect();
        assert_eq!(numbers, [vec![1], vec![], vec![2], vec![], vec![3]]);
    }

    #[test]
    fn what_two_flows_say_is_drawn_once() {
        let text = "[flows.f]\nnumbered=true\nsteps=['a -> b']\n[flows.g]\nnumbered=true\nsteps=['a -> b : x', 'a -- c']\n\
                    [flows.h]\nsteps=['c -- a', 'a -> b', 'b -> a', 'a ~> b']";
        assert_eq!(
            numbers(text),
            [(Some("x".to_owned()), vec![1, 2]), (None, vec![3]), (None, vec![]), (None, vec![])]
        );
    }

    #[test]
    fn different_texts_are_different_links() {
        let text = "[flows.f]\nsteps=['a -> b : one', 'a -> b : two', 'a -> b : two']";
        assert_eq!(numbers(text).len(), 2);
    }

    #[test]
    fn a_step_may_say_what_a_link_says() {
        let text =
            "[[links]]\nfrom='a'\nto='b'\n[[links]]\nfrom='a'\nto='b'\n[flows.f]\nnumbered=true\nsteps=['a -> b']";
        assert_eq!(numbers(text), [(None, vec![1]), (None, vec![])]);
    }
}
