//! `diagram completions` and `diagram man`: what clap knows of the commands, for shells and for `man`.

use anyhow::Result;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::args::{Arguments, CompletionsArguments, ManArguments};
use super::output::{self, Staged};
use super::{Outcome, say};

/// The section of the manual for commands.
const SECTION: &str = "1";

/// Prints a script that completes commands, options and their values.
pub fn completions(arguments: &CompletionsArguments) -> Result<Outcome> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    output::to_stdout(&script)?;
    Ok(Outcome::Fine)
}

/// Prints the main page, or writes a page for each command.
pub fn pages(arguments: &ManArguments) -> Result<Outcome> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let Some(directory) = &arguments.output else {
        output::to_stdout(&page(&command)?)?;
        return Ok(Outcome::Fine);
    };
    let mut staged = Staged::default();
    let mut written = Vec::new();
    for command in std::iter::once(&command).chain(command.get_subcommands()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = directory.join(format!("{name}.{SECTION}"));
        staged.add(&path, &page(command)?)?;
        written.push(path.display().to_string());
    }
    staged.commit()?;
    say(&format!("wrote {}\n", written.join(", ")));
    Ok(Outcome::Fine)
}

/// One page. The parts after the options are written here: clap's own would call them "extra" and fill their lines.
fn page(command: &Command) -> Result<Vec<u8>> {
    let man = Man::new(command.clone()).section(SECTION);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for part in after.split("\n\n") {
        let mut roff = Roff::new();
        if let Some(examples) = part.strip_prefix("Examples:\n") {
            roff.control("SH", ["EXAMPLES"]).control("nf", []);
            for line in examples.lines() {
                roff.text([roman(line.trim_start())]);
            }
            roff.control("fi", []);
        } else if let Some(codes) = part.strip_prefix("Exit codes: ") {
            roff.control("SH", ["EXIT STATUS"]).text([roman(codes.replace('\n', " "))]);
        } else {
            roff.control("PP", []).text([roman(part.replace('\n', " "))]);
        }
        roff.to_writer(&mut page)?;
    }
    Ok(page)
}
