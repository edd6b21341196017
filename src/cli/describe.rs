//! `diagram describe`

use std::path::Path;

use anyhow::{Result, anyhow};
use diagram::diagnostics::Diagnostic;
use diagram::export::markdown::Detail;
use diagram::pipeline::{self, Checked, Page};
use diagram::topology::{Topology, View};

use super::args::{DescribeArguments, DescriptionFormat, DetailArgument, PageArguments};
use super::input::{self, Input};
use super::output::{self, Staged};
use super::{Outcome, plan, say, show};

/// Prints the page of one document, or what templates are filled with.
pub fn run(arguments: &DescribeArguments) -> Result<Outcome> {
    let input = Input::new(&arguments.input);
    let mut checked = input.check()?;
    let analysis = pipeline::analyse(&checked);
    let text = match checked.topology.take().zip(analysis) {
        Some((topology, analysis)) => {
            let views: Vec<&View> = topology.views.iter().collect();
            let shown = (views.as_slice(), &*format!("{}.svg", plan::stem(&input)?));
            match arguments.format {
                DescriptionFormat::Json => {
                    Some(pipeline::description(&topology, &analysis, shown, detail(&arguments.page)))
                }
                DescriptionFormat::Md => match page(&arguments.page, &input, &topology, &mut checked)? {
                    Some(page) => pipeline::describe(&topology, &analysis, shown, &page)
                        .map_err(|bad| checked.diagnostics.push(bad.diagnostic(&mut checked.sources)))
                        .ok(),
                    None => None,
                },
            }
        }
        None => None,
    };
    say(&show(&checked.sources, &checked.diagnostics));
    let Some(text) = text else { return Ok(Outcome::Faulty) };
    match arguments.output.as_deref().filter(|path| *path != Path::new("-")) {
        None => output::to_stdout(text.as_bytes())?,
        Some(path) => {
            let mut staged = Staged::default();
            staged.add(path, text.as_bytes())?;
            staged.commit()?;
            say(&format!("wrote {}\n", path.display()));
        }
    }
    Ok(Outcome::Fine)
}

/// What the Markdown of an input is like; `None` if the document names a template that can't be read, which is a mistake in it.
pub fn page(
    arguments: &PageArguments,
    input: &Input,
    topology: &Topology,
    checked: &mut Checked,
) -> Result<Option<Page>> {
    let template = match (&arguments.template, &topology.template) {
        (Some(path), _) => {
            let shown = path.display().to_string();
            let template = input::template(path, &shown);
            Some(template.map_err(|reason| anyhow!("cannot read the template `{shown}`: {reason}"))?)
        }
        (None, Some(named)) => match input.template(&named.value) {
            Ok(template) => Some(template),
            Err(reason) => {
                let message = format!("cannot read the template `{}`: {reason}", named.value);
                checked.diagnostics.push(Diagnostic::error("bad-template", named.span, message));
                return Ok(None);
            }
        },
        (None, None) => None,
    };
    Ok(Some(Page { detail: detail(arguments), template }))
}

fn detail(arguments: &PageArguments) -> Detail {
    match arguments.detail {
        None | Some(DetailArgument::Short) => Detail::Short,
        Some(DetailArgument::Full) => Detail::Full,
    }
}
