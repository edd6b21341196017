//! The command line: what was typed (`args`), what it means (`plan`), one file per command, and how it ends.
//!
//! Standard output carries only what was asked for; everything said about it goes to standard error.

mod abilities;
mod args;
mod check;
mod considered;
mod describe;
mod explain;
mod fmt;
mod icons;
mod init;
mod input;
mod layout;
mod listing;
mod manual;
mod output;
mod plan;
mod progress;
mod render;
mod sarif;
mod terminal;
mod uri;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use diagram::diagnostics::{Diagnostic, suggest};
use diagram::source::Source;
use diagram::topology::{Topology, View};

use args::{Arguments, Command};

/// How a run ended, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Everything was done.
    Fine,
    /// A document has errors.
    Faulty,
    /// Something could not be read, written or understood.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Faulty => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Runs the command that was typed; the exit code is 0 for fine, 1 for a document with errors, 2 for everything else.
pub fn run() -> ExitCode {
    abilities::settle();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version arrive here too, and a closed pipe is no reason to complain about them.
            let _ = error.print();
            return ExitCode::from(error.exit_code() as u8);
        }
    };
    match dispatch(&arguments.command) {
        Ok(outcome) => outcome.into(),
        Err(error) if output::is_broken_pipe(&error) => Outcome::Fine.into(),
        Err(error) => {
            say(&failure(&error));
            Outcome::Failed.into()
        }
    }
}

/// Runs one command.
fn dispatch(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Render(arguments) => render::run(arguments),
        Command::Layout(arguments) => layout::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Describe(arguments) => describe::run(arguments),
        Command::Fmt(arguments) => fmt::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Icons(arguments) => icons::run(arguments),
        Command::Schema(_) => {
            let schema = serde_json::to_string_pretty(&diagram::schema::schema())?;
            output::to_stdout((schema + "\n").as_bytes())?;
            Ok(Outcome::Fine)
        }
        Command::Explain(arguments) => explain::run(arguments),
        Command::Completions(arguments) => manual::completions(arguments),
        Command::Man(arguments) => manual::pages(arguments),
    }
}

/// The message of an error that is not about a place in a document: what could not be done, then why.
fn failure(error: &anyhow::Error) -> String {
    format!("error: {error:#}\n")
}

/// What is to be said about a document of these files, with colours and links where somebody sees them.
fn show(sources: &[Source], diagnostics: &[Diagnostic]) -> String {
    terminal::render(sources, diagnostics, abilities::of_stderr())
}

/// The view of that id; the empty one is the whole.
fn view_of<'t>(topology: &'t Topology, id: &str) -> anyhow::Result<&'t View> {
    topology.view(id).ok_or_else(|| {
        let ids: Vec<&str> = topology.views.iter().map(|view| view.id.as_str()).filter(|id| !id.is_empty()).collect();
        let hint = match suggest::did_you_mean(id, ids.iter().copied()) {
            Some(hint) => hint,
            None if ids.is_empty() => "it has none".to_owned(),
            None => format!("its views are {}", suggest::all_of(&ids)),
        };
        anyhow::anyhow!("it has no view `{id}`: {hint}")
    })
}

/// Writes to standard error. That nobody listens there is no error.
fn say(message: &str) {
    let _ = io::stderr().write_all(message.as_bytes());
}
