//! `diagram check`

use std::fmt::Write;

use anyhow::{Context, Result, anyhow};
use diagram::analysis::{Analysis, Answer, Failure, Verdict};
use diagram::diagnostics::{Severity, suggest};
use diagram::pipeline::{self, Checked};
use diagram::topology::Topology;

use super::args::{CheckArguments, FindingsFormat, LevelArgument};
use super::input::Input;
use super::listing::Listing;
use super::{Outcome, abilities, failure, output, sarif, say, terminal};

/// An input with everything that can be known of it without drawing it.
pub struct Examined {
    /// What it means, and what is wrong with it, in the order of the text; requirements that are not met come last.
    pub checked: Checked,
    /// How many of the diagnostics are findings and not requirements.
    pub findings: usize,
    /// How its design was judged; `None` if it has errors.
    pub analysis: Option<Analysis>,
    /// What is taken away, as indexes of the removals; empty for everything.
    pub without: Vec<usize>,
}

/// Prints what is wrong with every input.
pub fn run(arguments: &CheckArguments) -> Result<Outcome> {
    let mut worst = Outcome::Fine;
    let mut all = Vec::new();
    for path in &arguments.inputs {
        let input = Input::new(path);
        match examine(&input, &arguments.what_if) {
            Ok(examined) => all.push(examined),
            Err(error) => {
                say(&failure(&error));
                worst = Outcome::Failed;
            }
        }
    }
    let text = match arguments.format {
        FindingsFormat::Human if arguments.what_if.is_empty() => all.iter().map(for_people).collect(),
        FindingsFormat::Human => all.iter().map(what_if).collect(),
        FindingsFormat::Json => serde_json::to_string_pretty(&Listing::of(&all))? + "\n",
        FindingsFormat::Sarif => {
            let all: Vec<&Checked> = all.iter().map(|examined| &examined.checked).collect();
            format!("{:#}\n", sarif::log(&all))
        }
    };
    output::to_stdout(text.as_bytes())?;
    let denied = Severity::from(arguments.deny);
    let mut found = all.iter().flat_map(|examined| &examined.checked.diagnostics);
    // The worst severity is the first.
    Ok(if found.any(|diagnostic| diagnostic.severity <= denied) { worst.max(Outcome::Faulty) } else { worst })
}

impl From<LevelArgument> for Severity {
    fn from(level: LevelArgument) -> Self {
        match level {
            LevelArgument::Error => Self::Error,
            LevelArgument::Warning => Self::Warning,
        }
    }
}

/// Finds everything that can be known of an input without drawing it, or only what becomes of it without something.
fn examine(input: &Input, what_if: &[String]) -> Result<Examined> {
    let mut checked = input.check()?;
    let analysis = pipeline::analyse(&checked);
    let mut without = Vec::new();
    let mut unmet = Vec::new();
    if let (Some(topology), Some(analysis)) = (&checked.topology, &analysis) {
        let removal = |written: &String| removal(topology, analysis, written);
        without =
            what_if.iter().map(removal).collect::<Result<_>>().with_context(|| format!("cannot check `{input}`"))?;
        checked.diagnostics.extend(pipeline::findings(topology, analysis));
        unmet = pipeline::unmet(topology, analysis);
    }
    checked.diagnostics.sort_by_key(|diagnostic| (diagnostic.place(), diagnostic.severity));
    let findings = checked.diagnostics.len();
    checked.diagnostics.extend(unmet);
    Ok(Examined { checked, findings, analysis, without })
}

/// The removal that is written so, as an index.
pub fn removal(topology: &Topology, analysis: &Analysis, written: &str) -> Result<usize> {
    let all: Vec<String> = analysis.removals.iter().map(|removed| removed.written(topology)).collect();
    all.iter().position(|name| name == written).ok_or_else(|| {
        let hint = suggest::did_you_mean(written, all.iter().map(String::as_str)).unwrap_or_else(|| {
            "write `az:` with a zone, `region:` with a region, or `box:` with an id or a copy (`box:api@us-east-1a`)".to_owned()
        });
        anyhow!("it has no `{written}` to take away: {hint}")
    })
}

fn for_people(examined: &Examined) -> String {
    let Checked { sources, diagnostics, allowed, topology, .. } = &examined.checked;
    let mut text = if diagnostics.is_empty() {
        sources
            .first()
            .map_or_else(String::new, |source| format!("nothing found in {}\n", terminal::visible(source.name())))
    } else {
        terminal::render(sources, diagnostics, abilities::of_stdout())
    };
    let (Some(topology), Some(analysis)) = (topology, &examined.analysis) else { return text };
    let of_document = allowed.iter().map(|doubt| (doubt.code, doubt.message.clone(), None));
    let of_design = analysis.allowed.iter().map(|allowed| {
        let reason = topology.definitions[allowed.by.index()].allow_reason.as_deref();
        (allowed.finding.code, pipeline::in_the_shell(topology, &allowed.finding.message), reason)
    });
    for (code, message, reason) in of_document.chain(of_design) {
        let reason = reason.map_or_else(String::new, |reason| format!(" ({reason})"));
        let _ = writeln!(text, "allowed[{code}]: {}", terminal::visible(&format!("{message}{reason}")));
    }
    for (requirement, judgement) in topology.requirements.iter().zip(&analysis.requirements) {
        let answer = match judgement.answer {
            Answer::Met => "met",
            Answer::NotMet => "not met",
            Answer::Unknown => "unknown",
        };
        let evidence: Vec<String> =
            judgement.evidence.iter().map(|phrase| pipeline::in_the_shell(topology, phrase)).collect();
        let line = format!("{answer}: {}: {}", requirement.text, evidence.join("; "));
        let _ = writeln!(text, "{}", terminal::visible(&line));
    }
    text
}

/// What becomes of the flows without something, in a few lines each.
fn what_if(examined: &Examined) -> String {
    let (Some(topology), Some(analysis)) = (&examined.checked.topology, &examined.analysis) else {
        return for_people(examined);
    };
    let mut text = String::new();
    for &index in &examined.without {
        let _ = writeln!(text, "without {}", analysis.removals[index].written(topology));
        for flow in &analysis.flows {
            let name = flow.flow.map_or("all links", |flow| topology.flows[flow.index()].id.as_str());
            let failure = &flow.failures[index];
            let _ = writeln!(text, "  {name}: {}{}", failure.verdict.name(), consequence(topology, failure));
        }
        if analysis.flows.is_empty() {
            text.push_str("  nothing is linked, so that nothing breaks\n");
        }
    }
    text
}

/// What is lost and what takes over, as the rest of a line.
fn consequence(topology: &Topology, failure: &Failure) -> String {
    let address = |id: &diagram::topology::BoxId| topology.element(*id).address.as_str();
    let lost: Vec<&str> = failure.because.iter().map(address).collect();
    let mut text = match failure.verdict {
        Verdict::Survives => return String::new(),
        Verdict::Degraded => format!(": {} lost", suggest::all_of(&lost)),
        Verdict::Down => match failure.broken {
            Some((from, to)) => {
                let id = |entry: diagram::topology::DefinitionId| &topology.definitions[entry.index()].id;
                format!(": `{} -> {}` has no way left, {} lost", id(from), id(to), suggest::all_of(&lost))
            }
            None => format!(": {} lost", suggest::all_of(&lost)),
        },
    };
    for (gone, by) in &failure.relieved {
        let _ = write!(text, "; `{}` takes over from `{}`", address(by), address(gone));
    }
    if let Some(region) = failure.moves_to {
        let _ = write!(text, "; `{}` takes over", address(&region));
    }
    text
}
