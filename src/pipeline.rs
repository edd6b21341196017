//! The one page that runs the stages: check, layout, picture, render.
//!
//! Arrives: the text of a document. Leaves: what is wrong with it, or the files that show it. Mistakes of the author
//! end at [`check`]; behind it only a picture too large for memory can fail.

use std::collections::BTreeSet;
use std::ops::Deref;

use crate::analysis::phrase::{Phrase, Speaker};
use crate::analysis::{self, Analysis, Answer, Finding, Judgement, Verdict};
use crate::diagnostics::{Diagnostic, Severity, suggest};
use crate::document::{self, Document, Loaded};
use crate::drawing::{self, Losses};
use crate::export::json::layout_json;
use crate::export::markdown::{self, BadTemplate, Detail, Picture, Template};
use crate::export::raster::{RasterError, png};
use crate::export::svg::{TextMode, svg};
use crate::export::{Format, view_file};
use crate::layout::explanation::Explanation;
use crate::layout::{self, Compromise, Layout, Subject};
use crate::scene::Scene;
use crate::source::{Loader, Source, Spanned, Unreadable};
use crate::topology::resolve::resolve;
use crate::topology::{BoxId, DefinitionId, Direction, Language, Requirement, ThemeName, Topology, View};
use rayon::prelude::*;
use std::borrow::Cow;

/// What a document came to.
#[derive(Debug)]
pub struct Checked {
    /// What it means; `None` if it has errors.
    pub topology: Option<Topology>,
    /// Everything to be said about it.
    pub diagnostics: Vec<Diagnostic>,
    /// What would be said, had its author not allowed it.
    pub allowed: Vec<Diagnostic>,
    /// Its files, into which the diagnostics point; the root is the first.
    pub sources: Vec<Source>,
    /// The ids of its boxes, each with its whole entry and with every step and link that names it, in the order of the files.
    pub boxes: Vec<Spanned<String>>,
}

impl From<Unreadable> for Checked {
    /// What bytes come to that are no text of a topology.
    fn from(unreadable: Unreadable) -> Self {
        let diagnostics = vec![Diagnostic::from(&unreadable)];
        Self { topology: None, diagnostics, allowed: Vec::new(), sources: vec![unreadable.source], boxes: Vec::new() }
    }
}

/// What to make of a topology.
#[derive(Debug, Clone)]
pub struct Request {
    /// The formats wanted.
    pub formats: Vec<Format>,
    /// Overrides the theme of the document.
    pub theme: Option<ThemeName>,
    /// Overrides the direction of the document.
    pub direction: Option<Direction>,
    /// Pixels of the PNG for each px of the picture.
    pub scale: f32,
    /// The file name by which the Markdown shows the picture of the whole; those of views are named after it.
    pub picture: String,
    /// The only view wanted; `None` wants the whole and all views.
    pub view: Option<String>,
    /// What the pictures show as lost.
    pub losses: Losses,
    /// What the Markdown is like.
    pub page: Page,
}

/// What the Markdown is like.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// How much it says.
    pub detail: Detail,
    /// The author's own template.
    pub template: Option<Template>,
}

/// Why a topology without errors can't be rendered.
#[derive(Debug)]
pub enum Unrendered {
    /// A picture is too large, or the PNG can't be made.
    Raster(RasterError),
    /// The author's own template has a mistake.
    Template(Box<BadTemplate>),
}

impl From<RasterError> for Unrendered {
    fn from(error: RasterError) -> Self {
        Self::Raster(error)
    }
}

/// The files of a document.
#[derive(Debug)]
pub struct Rendered {
    /// Pictures in the order of views and then of the formats wanted; the Markdown, which shows all of them, comes last.
    pub files: Vec<File>,
    /// Where the layouts had to cut a corner.
    pub warnings: Vec<Diagnostic>,
}

/// One file.
#[derive(Debug)]
pub struct File {
    /// The view that it shows; empty for the whole and what tells of it.
    pub view: String,
    /// What it is.
    pub format: Format,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Warnings that depend on boxes and zones elsewhere in the document.
const OF_THE_WHOLE: [&str; 2] = ["empty-view", "too-few-zones"];

/// Parses and resolves a document; `loader` reads the files that it names.
pub fn check(source: &Source, loader: &dyn Loader) -> Checked {
    let Loaded { document, sources, mut diagnostics } = document::load(source, loader);
    let resolved = resolve(&document, loader);
    // What a broken line seems to say was never meant, and what seems to be missing may stand in it.
    let line = |found: &Diagnostic| {
        let span = found.place()?;
        Some((span.source, sources.get(usize::from(span.source))?.position(span.start).0))
    };
    let broken: BTreeSet<_> = diagnostics.iter().filter(|found| found.code == "syntax").filter_map(line).collect();
    let errors = || diagnostics.iter().chain(&resolved.diagnostics).filter(|found| found.severity == Severity::Error);
    // Doubts about the whole are only worth a word once its boxes are right.
    let early = errors().next().is_some();
    let noise = |found: &Diagnostic| {
        document.incomplete && found.code == "unknown-id"
            || early && OF_THE_WHOLE.contains(&found.code)
            || line(found).is_some_and(|line| broken.contains(&line))
    };
    let told: Vec<Diagnostic> = resolved.diagnostics.iter().filter(|found| !noise(found)).cloned().collect();
    diagnostics.extend(told);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let allows = |found: &Diagnostic| {
        found.severity == Severity::Warning
            && document
                .boxes
                .iter()
                .any(|entry| found.concerns(entry.span) && entry.allow.iter().any(|code| code.value == found.code))
    };
    let (allowed, diagnostics) = diagnostics.into_iter().partition(allows);
    let mut boxes = mentions(&document);
    boxes.sort_by_key(|entry| entry.span);
    Checked { topology: resolved.topology.filter(|_| !failed), diagnostics, allowed, sources, boxes }
}

/// Looks at the design of a document; one with errors has none.
pub fn analyse(checked: &Checked) -> Option<Analysis> {
    checked.topology.as_ref().map(|topology| analysis::analyse(topology, &checked.diagnostics))
}

/// What is doubtful about a design, as warnings at the boxes concerned.
pub fn findings(topology: &Topology, analysis: &Analysis) -> Vec<Diagnostic> {
    let warn = |finding: &Finding| {
        let spans = finding.boxes.iter().map(|&id| topology.definitions[id.index()].span.unwrap_or_default());
        let mut spans = spans.collect::<Vec<_>>().into_iter();
        let first = spans.next().unwrap_or_default();
        let warning = Diagnostic::warning(finding.code, first, in_the_shell(topology, &finding.message))
            .with_help(in_the_shell(topology, &finding.help));
        spans.fold(warning, |warning, span| warning.with_label(span, ""))
    };
    analysis.findings.iter().map(warn).collect()
}

/// The requirements that a design does not meet, as errors.
pub fn unmet(topology: &Topology, analysis: &Analysis) -> Vec<Diagnostic> {
    let pairs = topology.requirements.iter().zip(&analysis.requirements);
    let missed = pairs.filter(|(_, judgement)| judgement.answer == Answer::NotMet);
    let error = |(requirement, judgement): (&Requirement, &Judgement)| {
        let error = Diagnostic::error("unmet-requirement", requirement.span, format!("not met: {}", requirement.text));
        let evidence = judgement.evidence.iter().map(|phrase| in_the_shell(topology, phrase)).collect::<Vec<_>>();
        error.with_help(evidence.join("; "))
    };
    missed.map(error).collect()
}

/// A sentence of the analysis as messages say it: in English, boxes by their ids.
pub fn in_the_shell(topology: &Topology, phrase: &Phrase) -> String {
    let list = |ids: &[String]| suggest::all_of(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    phrase.said(&Speaker {
        language: Language::English,
        name: &|id| topology.definitions[id.index()].id.clone(),
        list: &list,
        text: &str::to_owned,
    })
}

/// Where boxes are spoken of: their entries, and the steps and links that name them.
fn mentions(document: &Document) -> Vec<Spanned<String>> {
    let known: BTreeSet<&str> = document.boxes.iter().map(|entry| entry.id.value.as_str()).collect();
    let base = |address: &str| address.split('@').next().unwrap_or_default().trim().to_owned();
    let steps = document.flows.iter().flat_map(|flow| &flow.steps);
    let in_steps = steps.flat_map(|step| {
        step.stations.iter().flatten().map(move |address| Spanned::new(base(&address.value), step.span))
    });
    let in_links = document
        .links
        .iter()
        .flat_map(|link| [&link.from, &link.to].map(|address| Spanned::new(base(&address.value), link.span)));
    let entries = document.boxes.iter().map(|entry| Spanned::new(entry.id.value.clone(), entry.span));
    entries.chain(in_steps.chain(in_links).filter(|found| known.contains(found.value.as_str()))).collect()
}

/// Places everything.
pub fn layout(topology: &Topology, options: layout::Options) -> Layout {
    layout::layout(topology, options)
}

/// What a view of a topology shows, and where, after the layout of the whole.
pub fn follow<'t>(
    topology: &'t Topology,
    whole: &Layout,
    view: &View,
    options: layout::Options,
) -> (Cow<'t, Topology>, Layout) {
    match topology.shown(view) {
        Cow::Borrowed(all) => (Cow::Borrowed(all), whole.clone()),
        Cow::Owned(part) => {
            let layout = layout::follow((topology, whole), &part, options);
            (Cow::Owned(part), layout)
        }
    }
}

/// Places everything, and says what else was considered.
pub fn explain(topology: &Topology, options: layout::Options) -> (Layout, Explanation) {
    layout::explain(topology, options)
}

/// The geometry of a layout as JSON.
pub fn geometry(topology: &Topology, layout: &Layout) -> String {
    layout_json(topology, layout)
}

/// Where a layout had to cut a corner, as warnings that point at the links concerned.
pub fn warnings(topology: &Topology, layout: &Layout) -> Vec<Diagnostic> {
    let warn = |compromise: &Compromise| {
        let span = match compromise.subject {
            Subject::Link(link) => Some(topology.statement(link).span),
            Subject::Box(id) => topology.definition(id).span,
        };
        Diagnostic::warning("layout-compromise", span.unwrap_or_default(), &compromise.message)
    };
    layout.compromises.iter().map(warn).collect()
}

/// Draws a layout, with what is lost shown as lost; without `theme`, in that of the document.
pub fn picture(topology: &Topology, layout: &Layout, theme: Option<ThemeName>, losses: &Losses) -> Scene {
    drawing::draw(topology, layout, drawing::theme(theme.unwrap_or(topology.heading.theme)), losses)
}

/// What a picture shows of a loss: one of the removals of the analysis, by its index.
pub fn losses(topology: &Topology, analysis: &Analysis, removal: usize) -> Losses {
    let removed = &analysis.removals[removal];
    let down = analysis.flows.iter().map(|flow| &flow.failures[removal]).filter(|found| found.verdict == Verdict::Down);
    let address = |id: BoxId| topology.element(id).address.clone();
    let id = |entry: DefinitionId| topology.definitions[entry.index()].id.clone();
    Losses {
        caption: caption(topology, analysis, removal),
        gone: analysis::gone(topology, removed).into_iter().map(address).collect(),
        breakers: down.clone().flat_map(|found| found.because.iter().copied()).map(address).collect(),
        broken: down.filter_map(|found| found.broken).map(|(from, to)| (id(from), id(to))).collect(),
    }
}

/// What is lost and what becomes of each flow, in a line.
fn caption(topology: &Topology, analysis: &Analysis, removal: usize) -> String {
    let english = topology.heading.language == Language::English;
    let word = |verdict| match (verdict, english) {
        (Verdict::Survives, true) => "goes on",
        (Verdict::Degraded, true) => "goes on, degraded",
        (Verdict::Down, true) => "stops",
        (Verdict::Survives, false) => "continúa",
        (Verdict::Degraded, false) => "continúa, degradado",
        (Verdict::Down, false) => "se detiene",
    };
    let said = analysis.flows.iter().map(|flow| {
        let verdict = word(flow.failures[removal].verdict);
        let quoted = |name: &str| if english { format!("“{name}”") } else { format!("«{name}»") };
        flow.flow.map_or_else(
            || verdict.to_owned(),
            |flow| format!("{} {verdict}", quoted(&topology.flows[flow.index()].name)),
        )
    });
    let removed = analysis.removals[removal].written(topology);
    let name = removed.split_once(':').map_or(removed.as_str(), |(_, name)| name);
    let without = if english { "Without" } else { "Sin" };
    format!("{without} {name}: {}.", said.collect::<Vec<_>>().join("; "))
}

/// Describes a topology in Markdown that shows `views` of it in files named after `picture`.
///
/// # Errors
/// If the author's own template has a mistake.
pub fn describe(
    topology: &Topology,
    analysis: &Analysis,
    (views, picture): (&[&View], &str),
    page: &Page,
) -> Result<String, Box<BadTemplate>> {
    let pictures = pictures(topology, views, picture);
    let options = markdown::Options { pictures: &pictures, detail: page.detail, template: page.template.as_ref() };
    markdown::markdown(topology, analysis, &options)
}

/// What templates are filled with, as JSON.
pub fn description(
    topology: &Topology,
    analysis: &Analysis,
    (views, picture): (&[&View], &str),
    detail: Detail,
) -> String {
    let pictures = pictures(topology, views, picture);
    markdown::json(topology, analysis, &markdown::Options { pictures: &pictures, detail, template: None })
}

/// The pictures that a page shows.
fn pictures(topology: &Topology, views: &[&View], picture: &str) -> Vec<Picture> {
    let shown = views.iter().map(|view| Picture {
        title: (!view.id.is_empty()).then(|| view.name()),
        file: view_file(picture, &view.id),
        alt: drawing::alt_text(&topology.shown(view)),
    });
    shown.collect()
}

/// Makes the files of `request`; a view that it wants and the topology lacks gives none. Only the Markdown asks for the analysis,
/// which may be made then: that of thousands of services takes longer than their picture.
///
/// # Errors
/// If a PNG would be too large, or the author's own template has a mistake.
pub fn render(
    topology: &Topology,
    analysis: &impl Deref<Target = Analysis>,
    request: &Request,
) -> Result<Rendered, Unrendered> {
    let wanted = |view: &&View| request.view.as_ref().is_none_or(|only| *only == view.id);
    let views: Vec<&View> = topology.views.iter().filter(wanted).collect();
    let markdown = request.formats.contains(&Format::Markdown);
    let page = markdown.then(|| describe(topology, analysis, (&views, &request.picture), &request.page));
    // A mistake in the template is told before anything is drawn.
    let page = page.transpose().map_err(Unrendered::Template)?;
    let pictures = layouts(topology, &views, request);
    let drawn = pictures.par_iter().map(|picture| draw(picture, request)).collect::<Result<Vec<_>, _>>()?;
    let mut rendered = Rendered { files: Vec::new(), warnings: Vec::new() };
    for (files, warnings) in drawn {
        rendered.files.extend(files);
        for warning in warnings {
            // What stands in the way of one picture may stand in the way of others, and is said once.
            if !rendered.warnings.contains(&warning) {
                rendered.warnings.push(warning);
            }
        }
    }
    if let Some(page) = page {
        rendered.files.push(File { view: String::new(), format: Format::Markdown, bytes: page.into_bytes() });
    }
    Ok(rendered)
}

/// A view with its layout.
struct LaidOut<'t> {
    view: &'t View,
    shown: Cow<'t, Topology>,
    layout: Layout,
}

/// Lays out views; all but the whole follow the whole. None if no picture is wanted.
fn layouts<'t>(topology: &'t Topology, views: &[&'t View], request: &Request) -> Vec<LaidOut<'t>> {
    if request.formats.iter().all(|format| *format == Format::Markdown) {
        return Vec::new();
    }
    let options = layout::Options { direction: request.direction };
    let whole = layout(topology, options);
    let follow = |view: &&'t View| {
        let (shown, layout) = follow(topology, &whole, view, options);
        LaidOut { view, shown, layout }
    };
    views.par_iter().map(follow).collect()
}

/// The pictures of one view, and where its layout had to cut a corner.
fn draw(laid_out: &LaidOut, request: &Request) -> Result<(Vec<File>, Vec<Diagnostic>), RasterError> {
    let LaidOut { view, shown, layout } = laid_out;
    let svg = svg(&picture(shown, layout, request.theme, &request.losses), TextMode::Embedded);
    let make = |format: Format| {
        let bytes = match format {
            Format::Png => png(&svg, request.scale)?,
            Format::Svg | Format::Markdown => svg.clone().into_bytes(),
        };
        Ok(File { view: view.id.clone(), format, bytes })
    };
    let drawn = request.formats.iter().copied().filter(|format| *format != Format::Markdown);
    Ok((drawn.map(make).collect::<Result<_, _>>()?, warnings(shown, layout)))
}
