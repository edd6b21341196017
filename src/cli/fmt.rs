//! `diagram fmt`

use std::fmt::Write;

use anyhow::Result;
use diagram::diagnostics::Diagnostic;
use diagram::format::format;

use super::args::FmtArguments;
use super::input::Input;
use super::output::{self, Staged};
use super::{Outcome, failure, say, show};

/// Writes every input in its canonical form, or with `--check` says which are not. A file that is no TOML stays as it is.
pub fn run(arguments: &FmtArguments) -> Result<Outcome> {
    let mut worst = Outcome::Fine;
    for path in &arguments.inputs {
        let input = Input::new(path);
        let mut messages = String::new();
        let outcome = one(&input, arguments.check, &mut messages).or_else(|error| {
            if output::is_broken_pipe(&error) {
                return Err(error);
            }
            messages += &failure(&error);
            Ok(Outcome::Failed)
        })?;
        say(&messages);
        worst = worst.max(outcome);
    }
    Ok(worst)
}

fn one(input: &Input, check: bool, messages: &mut String) -> Result<Outcome> {
    let source = match input.read()? {
        Ok(source) => source,
        Err(unreadable) => {
            let diagnostic = Diagnostic::from(&*unreadable);
            messages.push_str(&show(&[unreadable.source], &[diagnostic]));
            return Ok(Outcome::Faulty);
        }
    };
    let text = match format(&source) {
        Ok(text) => text,
        Err(diagnostics) => {
            messages.push_str(&show(&[source], &diagnostics));
            return Ok(Outcome::Faulty);
        }
    };
    match (input, text == source.text()) {
        (_, true) if check => {}
        (_, false) if check => {
            let _ = writeln!(messages, "would format {input}");
            return Ok(Outcome::Faulty);
        }
        (Input::Stdin, _) => output::to_stdout(text.as_bytes())?,
        (Input::File(_), true) => {}
        (Input::File(path), false) => {
            let mut staged = Staged::default();
            staged.add(path, text.as_bytes())?;
            staged.commit()?;
            let _ = writeln!(messages, "formatted {input}");
        }
    }
    Ok(Outcome::Fine)
}
