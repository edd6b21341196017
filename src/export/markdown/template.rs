//! The shape of a page: Tera files, ours in the binary or an author's own.
//!
//! An author's template may include and extend others of its folder and ours (`diagram/page.md`); nothing else can be read, and
//! there is nothing in Tera that opens files by itself.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera};

use crate::diagnostics::Diagnostic;
use crate::source::{Loader, Source, SourceId, Span, stays_inside};

/// Our own files, by the names under which templates include and extend them.
const OURS: [(&str, &str); 9] = [
    ("diagram/page.md", include_str!("templates/page.md")),
    ("diagram/flows.md", include_str!("templates/flows.md")),
    ("diagram/requirements.md", include_str!("templates/requirements.md")),
    ("diagram/findings.md", include_str!("templates/findings.md")),
    ("diagram/views.md", include_str!("templates/views.md")),
    ("diagram/inventory.md", include_str!("templates/inventory.md")),
    ("diagram/failures.md", include_str!("templates/failures.md")),
    ("diagram/availability.md", include_str!("templates/availability.md")),
    ("diagram/sections.md", include_str!("templates/sections.md")),
];

/// The name of the page itself.
const PAGE: &str = OURS[0].0;

/// What stands before the names of our own files.
const OUR_FOLDER: &str = "diagram/";

/// The most files that a template may be made of.
const MOST_FILES: usize = 64;

/// The largest page that a template may write, in bytes.
const LARGEST_PAGE: usize = 16 << 20;

/// An author's own template with everything that it includes.
#[derive(Debug, Clone)]
pub struct Template {
    /// By the names that the engine knows them by; the first is the page itself.
    files: Vec<(String, Source)>,
    /// What it names and could not be read, and why.
    missing: Vec<(String, String)>,
}

/// What is wrong with a template.
#[derive(Debug, Clone)]
pub struct BadTemplate {
    /// The file.
    pub source: Source,
    /// Where in it, in bytes.
    pub range: Range<usize>,
    /// What, in the words of the engine.
    pub message: String,
}

impl Template {
    /// Takes a template and reads what it includes or extends; `folder` reads the files of the folder that it stands in.
    pub fn load(page: Source, folder: &dyn Loader) -> Self {
        let (prefix, name) = page.name().rsplit_once('/').map_or(("", page.name()), |(folder, name)| (folder, name));
        let (prefix, name) = (prefix.to_owned(), name.to_owned());
        let mut template = Self { files: vec![(name, page)], missing: Vec::new() };
        let mut next = 0;
        while let Some((_, source)) = template.files.get(next) {
            next += 1;
            for (name, _) in mentions(source.text()) {
                let known = |(known, _): &(String, Source)| *known == name;
                if name.starts_with(OUR_FOLDER)
                    || template.files.iter().any(known)
                    || template.missing.iter().any(|(missing, _)| *missing == name)
                {
                    continue;
                }
                let shown = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
                match read(&name, shown, folder, template.files.len()) {
                    Ok(source) => template.files.push((name, source)),
                    Err(reason) => template.missing.push((name, reason)),
                }
                if template.files.len() > MOST_FILES {
                    break;
                }
            }
        }
        template
    }

    /// What is wrong, in the words of the engine.
    fn complaint(&self, error: &tera::Error) -> BadTemplate {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => self.reported(report),
            ErrorKind::MissingParent { current, parent } => {
                let mut bad = self.at(current, format!("unknown template `{parent}`"));
                let named = mentions(bad.source.text()).into_iter().find(|(name, _)| name == parent);
                bad.range = named.map_or(0..0, |(_, range)| range);
                self.explain(bad)
            }
            ErrorKind::CircularExtend { tpl, .. } => self.at(tpl, "it extends itself".to_owned()),
            ErrorKind::CircularInclude { tpl, .. } => self.at(tpl, "it includes itself".to_owned()),
            ErrorKind::Io(io::ErrorKind::FileTooLarge) => {
                self.at(&self.files[0].0, format!("the page would be larger than {} MiB", LARGEST_PAGE >> 20))
            }
            _ => self.printed(&error.to_string()),
        }
    }

    fn reported(&self, report: &ReportError) -> BadTemplate {
        let mut bad = self.at(report.filename(), lowered(report.message()));
        let length = bad.source.text().len();
        let range = &report.span().range;
        bad.range = range.start.min(length)..range.end.min(length);
        self.explain(bad)
    }

    /// What the engine has only in print: `error: what` and, below, ` --> file:line:column`. Of several mistakes, the first.
    fn printed(&self, text: &str) -> BadTemplate {
        let (message, rest) = text.split_once("\n --> ").unwrap_or((text, ""));
        let message = message.trim_start_matches("error: ");
        let mut place = rest.lines().next().unwrap_or_default().rsplitn(3, ':');
        let (column, line, file) = (place.next(), place.next(), place.next());
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
        let mut bad = self.at(file.unwrap_or(&self.files[0].0), lowered(message));
        if let (Some(line), Some(column)) = (number(line), number(column)) {
            let whole = bad.source.line_range(line);
            let text = &bad.source.text()[whole.clone()];
            let start = whole.start + text.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
            let named = mentions(bad.source.text()).into_iter().find(|(_, range)| range.start == start);
            bad.range = named.map_or(start..start, |(_, range)| range);
        }
        self.explain(bad)
    }

    /// At the beginning of a file.
    fn at(&self, name: &str, message: String) -> BadTemplate {
        let own = self.files.iter().find(|(known, _)| known == name).map(|(_, source)| source.clone());
        let ours = || OURS.iter().find(|(known, _)| *known == name).map(|(name, text)| Source::new(*name, *text));
        let source = own.or_else(ours).unwrap_or_else(|| self.files[0].1.clone());
        BadTemplate { source, range: 0..0, message }
    }

    /// Adds why a file that it names is unknown.
    fn explain(&self, mut bad: BadTemplate) -> BadTemplate {
        let named = |(name, _): &&(String, String)| bad.message.contains(&format!("`{name}`"));
        if let Some((_, reason)) = self.missing.iter().find(named) {
            bad.message = format!("{}: {reason}", bad.message);
        }
        bad
    }
}

impl BadTemplate {
    /// As a mistake to show; its file joins those of the document.
    pub fn diagnostic(&self, sources: &mut Vec<Source>) -> Diagnostic {
        let span =
            Span { source: sources.len() as SourceId, start: self.range.start as u32, end: self.range.end as u32 };
        sources.push(self.source.clone());
        Diagnostic::error("bad-template", span, &self.message)
            .with_help("`diagram describe --format json` prints what a template can use")
    }
}

/// A message as ours are: in lower case, without a full stop.
fn lowered(message: &str) -> String {
    let mut message = message.trim_end_matches('.').to_owned();
    if let Some(first) = message.get(..1) {
        message.replace_range(..1, &first.to_lowercase());
    }
    message
}

/// Reads one more file of a template.
fn read(name: &str, shown: String, folder: &dyn Loader, files: usize) -> Result<Source, String> {
    if !stays_inside(name) {
        return Err("it lies outside the folder of the template".to_owned());
    }
    if files >= MOST_FILES {
        return Err(format!("the template has more than {MOST_FILES} files"));
    }
    let bytes = folder.read(name)?;
    Source::from_bytes(shown, bytes).map_err(|_| "it is no text in UTF-8".to_owned())
}

/// The files that a template names, each with the place of its name.
fn mentions(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("{%") {
        let rest = text[at + 2..].trim_start_matches('-').trim_start();
        let Some(rest) = ["include", "extends"].iter().find_map(|word| rest.strip_prefix(word)) else { continue };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| ['"', '\'', '`'].contains(c)) else { continue };
        if let Some(end) = rest[1..].find(quote) {
            let start = text.len() - rest.len();
            found.push((rest[1..=end].to_owned(), start..start + end + 2));
        }
    }
    found
}

/// Fills our own page, or an author's.
pub(super) fn fill(page: &impl Serialize, template: Option<&Template>) -> Result<String, Box<BadTemplate>> {
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<&str>::new());
    let own = template.map_or(&[][..], |template| &template.files);
    let files = OURS.iter().copied().chain(own.iter().map(|(name, source)| (name.as_str(), source.text())));
    let context = Context::from_serialize(page).expect("the page is a table of strings and numbers");
    let name = own.first().map_or(PAGE, |(name, _)| name);
    let mut written = Bounded(Vec::new());
    let outcome = tera.add_raw_templates(files).and_then(|()| tera.render_to(name, &context, &mut written));
    match (outcome, template) {
        (Ok(()), _) => {}
        (Err(error), Some(template)) => return Err(Box::new(template.complaint(&error))),
        (Err(error), None) => panic!("our own template is well formed and uses only what the page has: {error}"),
    }
    let text = String::from_utf8(written.0).expect("templates and context are text");
    Ok(format!("{}\n", text.trim()))
}

/// What is written, up to a limit.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_PAGE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
