//! The one page that runs the stages: check, layout, picture, render.
//!
//! Arrives: the text of a document. Leaves: what is wrong with it, or the files that show it. Mistakes of the author
//! end at [`check`]; behind it only a picture too large for memory can fail.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Severity};
use crate::document::{self, Document, Loaded};
use crate::drawing;
use crate::export::json::layout_json;
use crate::export::markdown::{self, Picture};
use crate::export::raster::{RasterError, png};
use crate::export::svg::{TextMode, svg};
use crate::export::{Format, view_file};
use crate::layout::explanation::Explanation;
use crate::layout::{self, Compromise, Layout, Subject};
use crate::scene::Scene;
use crate::source::{Loader, Source, Spanned, Unreadable};
use crate::topology::resolve::resolve;
use crate::topology::{Direction, ThemeName, Topology, View};
use rayon::prelude::*;
use std::borrow::Cow;

/// What a document came to.
#[derive(Debug)]
pub struct Checked {
    /// What it means; `None` if it has errors.
    pub topology: Option<Topology>,
    /// Everything to be said about it.
    pub diagnostics: Vec<Diagnostic>,
    /// Its files, into which the diagnostics point; the root is the first.
    pub sources: Vec<Source>,
    /// The ids of its boxes, each with its whole entry and with every step and link that names it, in the order of the files.
    pub boxes: Vec<Spanned<String>>,
}

impl From<Unreadable> for Checked {
    /// What bytes come to that are no text of a topology.
    fn from(unreadable: Unreadable) -> Self {
        let diagnostics = vec![Diagnostic::from(&unreadable)];
        Self { topology: None, diagnostics, sources: vec![unreadable.source], boxes: Vec::new() }
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
    let mut boxes = mentions(&document);
    boxes.sort_by_key(|entry| entry.span);
    Checked { topology: resolved.topology.filter(|_| !failed), diagnostics, sources, boxes }
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

/// Draws a layout; without `theme`, in that of the document.
pub fn picture(topology: &Topology, layout: &Layout, theme: Option<ThemeName>) -> Scene {
    drawing::draw(topology, layout, drawing::theme(theme.unwrap_or(topology.heading.theme)))
}

/// Describes a topology in Markdown that shows `views` of it in files named after `picture`.
pub fn describe(topology: &Topology, views: &[&View], picture: &str) -> String {
    let pictures: Vec<Picture> = views
        .iter()
        .map(|view| Picture {
            title: (!view.id.is_empty()).then(|| view.name()),
            file: view_file(picture, &view.id),
            alt: drawing::alt_text(&topology.shown(view)),
        })
        .collect();
    markdown::markdown(topology, &markdown::Options { pictures: &pictures })
}

/// Makes the files of `request`; a view that it wants and the topology lacks gives none.
///
/// # Errors
/// If a PNG would be too large.
pub fn render(topology: &Topology, request: &Request) -> Result<Rendered, RasterError> {
    let wanted = |view: &&View| request.view.as_ref().is_none_or(|only| *only == view.id);
    let views: Vec<&View> = topology.views.iter().filter(wanted).collect();
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
    if request.formats.contains(&Format::Markdown) {
        let bytes = describe(topology, &views, &request.picture).into_bytes();
        rendered.files.push(File { view: String::new(), format: Format::Markdown, bytes });
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
    let svg = svg(&picture(shown, layout, request.theme), TextMode::Embedded);
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
