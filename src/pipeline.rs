//! The one page that runs the stages: check, layout, picture, render.
//!
//! Arrives: the text of a document. Leaves: what is wrong with it, or the files that show it. Mistakes of the author
//! end at [`check`]; behind it only a picture too large for memory can fail.

use crate::diagnostics::{Diagnostic, Severity};
use crate::document::{self, Loaded};
use crate::drawing;
use crate::export::json::layout_json;
use crate::export::raster::{RasterError, png};
use crate::export::svg::{TextMode, svg};
use crate::export::{Format, markdown};
use crate::layout::explanation::Explanation;
use crate::layout::{self, Compromise, Layout, Subject};
use crate::scene::Scene;
use crate::source::{Loader, Source};
use crate::topology::resolve::resolve;
use crate::topology::{Direction, ThemeName, Topology};

/// What a document came to.
#[derive(Debug)]
pub struct Checked {
    /// What it means; `None` if it has errors.
    pub topology: Option<Topology>,
    /// Everything to be said about it.
    pub diagnostics: Vec<Diagnostic>,
    /// Its files, into which the diagnostics point; the root is the first.
    pub sources: Vec<Source>,
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
    /// The file name by which the Markdown shows the picture.
    pub picture: String,
}

/// The files of one picture.
#[derive(Debug)]
pub struct Rendered {
    /// Their bytes, in the order of the formats wanted.
    pub files: Vec<Vec<u8>>,
    /// Where the layout had to cut a corner.
    pub warnings: Vec<Diagnostic>,
}

/// Parses and resolves a document; `loader` reads the files that it names.
pub fn check(source: &Source, loader: &dyn Loader) -> Checked {
    let Loaded { document, sources, mut diagnostics } = document::load(source, loader);
    let resolved = resolve(&document, loader);
    let noise = |diagnostic: &Diagnostic| document.incomplete && diagnostic.code == "unknown-id";
    diagnostics.extend(resolved.diagnostics.into_iter().filter(|diagnostic| !noise(diagnostic)));
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Checked { topology: resolved.topology.filter(|_| !failed), diagnostics, sources }
}

/// Places everything.
pub fn layout(topology: &Topology, options: layout::Options) -> Layout {
    layout::layout(topology, options)
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

/// Describes a topology in Markdown that shows the file `picture`.
pub fn describe(topology: &Topology, picture: &str) -> String {
    let alt = drawing::alt_text(topology);
    markdown::markdown(topology, &markdown::Options { picture: Some(picture), alt: Some(&alt) })
}

/// Makes the files of `request`.
///
/// # Errors
/// If the PNG would be too large.
pub fn render(topology: &Topology, request: &Request) -> Result<Rendered, RasterError> {
    let describe = || describe(topology, &request.picture).into_bytes();
    if request.formats.iter().all(|format| *format == Format::Markdown) {
        let files = request.formats.iter().map(|_| describe()).collect();
        return Ok(Rendered { files, warnings: Vec::new() });
    }
    let layout = layout(topology, layout::Options { direction: request.direction });
    let svg = svg(&picture(topology, &layout, request.theme), TextMode::Embedded);
    let make = |format: &Format| match format {
        Format::Svg => Ok(svg.clone().into_bytes()),
        Format::Png => png(&svg, request.scale),
        Format::Markdown => Ok(describe()),
    };
    let files = request.formats.iter().map(make).collect::<Result<_, _>>()?;
    Ok(Rendered { files, warnings: warnings(topology, &layout) })
}
