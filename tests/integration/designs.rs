//! Small designs with the verdicts, findings and answers that an architect gives: `tests/designs`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use diagram::analysis::{Analysis, Verdict};
use diagram::pipeline;
use diagram::source::{Loader, Source};
use diagram::topology::Topology;

struct NoFiles;

impl Loader for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are none".to_owned())
    }
}

/// One design: its title, its document, and what is expected of it.
struct Case {
    title: String,
    text: String,
    /// What is taken away, the verdict, and the flows.
    verdicts: Vec<(String, String, Vec<String>)>,
    /// All findings: code, and boxes.
    findings: Vec<String>,
    /// Rules and answers.
    answers: Vec<(String, String)>,
}

fn cases(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/designs").join(file);
    let all = fs::read_to_string(path).unwrap();
    let case = |text: &str| {
        let mut lines = text.lines();
        let title = lines.next().unwrap().trim().to_owned();
        let marked =
            |mark: &str| text.lines().filter_map(|line| line.strip_prefix(mark)).map(str::trim).collect::<Vec<_>>();
        let verdict = |line: &&str| {
            let (loss, rest) = line.split_once(" = ").unwrap();
            let (verdict, flows) = rest.split_once(" of").unwrap();
            (loss.to_owned(), verdict.to_owned(), flows.split(',').map(|flow| flow.trim().to_owned()).collect())
        };
        let answer = |line: &&str| {
            let (check, answer) = line.split_once(" = ").unwrap();
            (check.to_owned(), answer.to_owned())
        };
        Case {
            title,
            text: lines.collect::<Vec<_>>().join("\n"),
            verdicts: marked("#?").iter().map(verdict).collect(),
            findings: marked("#!").iter().map(|&line| line.to_owned()).collect(),
            answers: marked("#&").iter().map(answer).collect(),
        }
    };
    all.split("\n#= ").skip(1).map(case).collect()
}

fn analysed(text: &str) -> (Topology, Analysis) {
    let checked = pipeline::check(&Source::new("x.toml", text), &NoFiles);
    assert_eq!(checked.diagnostics, [], "{text}");
    let analysis = pipeline::analyse(&checked).unwrap();
    (checked.topology.unwrap(), analysis)
}

fn name(verdict: Verdict) -> &'static str {
    verdict.name()
}

#[test]
fn designs_bear_what_an_architect_says() {
    let mut faults = Vec::new();
    for case in ["failures.toml", "findings.toml"].into_iter().flat_map(cases) {
        let mut text = case.text.clone();
        for (check, _) in &case.answers {
            let _ = write!(text, "\n[[requirements]]\ntext='T'\ncheck='{check}'");
        }
        let (topology, analysis) = analysed(&text);
        for (loss, expected, flows) in &case.verdicts {
            let at = analysis.removals.iter().position(|removed| removed.written(&topology) == *loss);
            let at = at.unwrap_or_else(|| panic!("{}: there is no {loss}", case.title));
            for id in flows {
                let flow = analysis.flows.iter().find(|flow| flow.id(&topology) == id).unwrap();
                let verdict = name(flow.failures[at].verdict);
                if verdict != expected {
                    faults.push(format!("{}: without {loss} `{id}` is {verdict}, not {expected}", case.title));
                }
            }
        }
        let id = |entry: &diagram::topology::DefinitionId| topology.definitions[entry.index()].id.as_str();
        let mut found: Vec<String> = analysis
            .findings
            .iter()
            .map(|finding| {
                format!("{} at {}", finding.code, finding.boxes.iter().map(id).collect::<Vec<_>>().join(", "))
            })
            .collect();
        found.sort();
        let mut expected = case.findings.clone();
        expected.sort();
        if found != expected {
            faults.push(format!("{}: found {found:#?}, not {expected:#?}", case.title));
        }
        for ((check, expected), judgement) in case.answers.iter().zip(&analysis.requirements) {
            let answer = judgement.answer.name();
            if answer != expected {
                faults.push(format!("{}: {check} is {answer}, not {expected}: {:?}", case.title, judgement.evidence));
            }
            assert!(!judgement.evidence.is_empty(), "{}: {check} has no evidence", case.title);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
