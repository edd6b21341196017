//! `diagram render`

use std::cell::LazyCell;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use diagram::analysis;
use diagram::diagnostics::Diagnostic;
use diagram::drawing::Losses;
use diagram::export::raster::{self, RasterError};
use diagram::export::{Format, view_file};
use diagram::pipeline::{self, File, Page, Request, Unrendered};
use diagram::source::Span;
use diagram::topology::{Direction, ThemeName};
use indicatif::ProgressBar;
use rayon::prelude::*;

use super::args::{DirectionArgument, PageArguments, RenderArguments, ThemeArgument};
use super::output::{self, Staged};
use super::plan::{self, Job, Plan, Target};
use super::{Outcome, describe, failure, progress, say, show, view_of};

/// How all pictures of a run look.
struct Look {
    theme: Option<ThemeName>,
    direction: Option<Direction>,
    scale: f32,
    /// The only view wanted.
    view: Option<String>,
    /// What the picture shows as lost.
    without: Option<String>,
    /// What the Markdown is like.
    page: PageArguments,
}

/// What one input came to.
struct Report {
    outcome: Outcome,
    /// What is said about it.
    messages: String,
    /// What standard output gets.
    stdout: Vec<u8>,
}

/// Draws every input; a mistake in one does not keep the others from being drawn.
pub fn run(arguments: &RenderArguments) -> Result<Outcome> {
    let plan = plan::plan(arguments)?;
    let look = Look {
        theme: arguments.theme.map(ThemeName::from),
        direction: arguments.direction.map(Direction::from),
        scale: arguments.scale,
        view: arguments.view.clone(),
        without: arguments.highlight_failures.clone(),
        page: arguments.page.clone(),
    };
    let reports = progress::watch(plan.jobs.len(), |bar| perform_all(&plan, &look, bar));
    let mut worst = Outcome::Fine;
    for report in reports {
        say(&report.messages);
        output::to_stdout(&report.stdout)?;
        worst = worst.max(report.outcome);
    }
    Ok(worst)
}

/// Performs the jobs in parallel; the reports come in the order of the jobs.
fn perform_all(plan: &Plan, look: &Look, bar: &ProgressBar) -> Vec<Report> {
    let counted = |job: &Job| {
        let report = perform(job, plan, look);
        bar.inc(1);
        report
    };
    match plan.jobs.as_slice() {
        // One picture is not worth starting a pool of threads for.
        [job] => vec![counted(job)],
        jobs => jobs.par_iter().map(counted).collect(),
    }
}

/// Draws one input; every failure becomes a message.
fn perform(job: &Job, plan: &Plan, look: &Look) -> Report {
    let mut messages = String::new();
    match draw(job, plan, look, &mut messages) {
        Ok(Some(stdout)) => Report { outcome: Outcome::Fine, messages, stdout },
        Ok(None) => Report { outcome: Outcome::Faulty, messages, stdout: Vec::new() },
        Err(error) => {
            messages += &failure(&error);
            Report { outcome: Outcome::Failed, messages, stdout: Vec::new() }
        }
    }
}

/// Draws one input into its files and returns what standard output gets, or `None` if the document has errors.
fn draw(job: &Job, plan: &Plan, look: &Look, messages: &mut String) -> Result<Option<Vec<u8>>> {
    let mut checked = job.input.check()?;
    let Some(topology) = checked.topology.take() else {
        messages.push_str(&show(&checked.sources, &checked.diagnostics));
        return Ok(None);
    };
    let doubts = checked.diagnostics.clone();
    let analysis = LazyCell::new(|| analysis::analyse(&topology, &doubts));
    let formats: Vec<Format> = job.outputs.iter().map(|output| output.format).collect();
    let page = if formats.contains(&Format::Markdown) {
        describe::page(&look.page, &job.input, &topology, &mut checked)?
    } else {
        Some(Page::default())
    };
    let Some(page) = page else {
        messages.push_str(&show(&checked.sources, &checked.diagnostics));
        return Ok(None);
    };
    let mut request = Request {
        formats,
        theme: look.theme,
        direction: look.direction,
        scale: look.scale,
        picture: job.picture.clone(),
        view: look.view.clone(),
        losses: Losses::default(),
        page,
    };
    if let Some(written) = &look.without {
        let removal = super::check::removal(&topology, &analysis, written);
        let removal = removal.with_context(|| format!("cannot draw `{}`", job.input))?;
        request.losses = pipeline::losses(&topology, &analysis, removal);
    }
    if let Some(view) = &look.view {
        view_of(&topology, view).with_context(|| format!("cannot draw `{}`", job.input))?;
    }
    let rendered = match pipeline::render(&topology, &analysis, &request) {
        Ok(rendered) => rendered,
        // The document is the reason, as with any other mistake in it.
        Err(Unrendered::Raster(RasterError::TooLarge { width, height, fitting })) => {
            let message = format!("a PNG of {width} × {height} pixels is too large");
            let error = Diagnostic::error("picture-too-large", Span::default(), message);
            checked.diagnostics.push(Diagnostic { labels: Vec::new(), ..error }.with_help(raster::remedy(fitting)));
            messages.push_str(&show(&checked.sources, &checked.diagnostics));
            return Ok(None);
        }
        Err(Unrendered::Template(bad)) => {
            checked.diagnostics.push(bad.diagnostic(&mut checked.sources));
            messages.push_str(&show(&checked.sources, &checked.diagnostics));
            return Ok(None);
        }
        Err(Unrendered::Raster(error)) => Err(error).with_context(|| format!("cannot draw `{}`", job.input))?,
    };
    checked.diagnostics.extend(rendered.warnings);
    messages.push_str(&show(&checked.sources, &checked.diagnostics));
    write(job, plan, rendered.files, messages).map(Some)
}

/// Writes the files of one input, all or none, and returns what standard output gets: the picture of the whole, if
/// it has views, too.
fn write(job: &Job, plan: &Plan, files: Vec<File>, messages: &mut String) -> Result<Vec<u8>> {
    let mut staged = Staged::default();
    let mut stdout = Vec::new();
    let mut written = Vec::new();
    for File { view, format, bytes } in files {
        let Some(output) = job.outputs.iter().find(|output| output.format == format) else { continue };
        match &output.target {
            Target::Stdout if view.is_empty() || job.only => stdout = bytes,
            Target::Stdout => {}
            Target::File(path) => {
                let path = if job.only { path.clone() } else { of_view(path, &view) };
                if let Some(other) = plan.owner(&path).filter(|_| !view.is_empty() && !job.only) {
                    bail!(
                        "the view `{view}` of `{}` and `{other}` would both be drawn into `{}`",
                        job.input,
                        path.display()
                    );
                }
                staged.add(&path, &bytes)?;
                written.push(path.display().to_string());
            }
        }
    }
    staged.commit()?;
    if !written.is_empty() {
        let _ = writeln!(messages, "wrote {}", written.join(", "));
    }
    Ok(stdout)
}

/// Where the picture of a view goes, after that of the whole.
fn of_view(whole: &Path, view: &str) -> PathBuf {
    let name = whole.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    whole.with_file_name(view_file(&name, view))
}

impl From<ThemeArgument> for ThemeName {
    fn from(theme: ThemeArgument) -> Self {
        match theme {
            ThemeArgument::Light => Self::Light,
            ThemeArgument::Dark => Self::Dark,
        }
    }
}

impl From<DirectionArgument> for Direction {
    fn from(direction: DirectionArgument) -> Self {
        match direction {
            DirectionArgument::Auto => Self::Auto,
            DirectionArgument::Down => Self::Down,
            DirectionArgument::Right => Self::Right,
        }
    }
}
