//! The files of one document: the root and what it includes, merged into one.
//!
//! What is included stands before the rest, as if its text stood in the place of `include`; each file is taken once, however
//! many others name it. Paths are relative to the file that names them and stay inside the directory of the root file.

use std::path::Path;

use super::{Document, parse};
use crate::diagnostics::{Diagnostic, suggest};
use crate::icons;
use crate::source::{Loader, MAX_SOURCE_BYTES, Source, SourceId, Span, Spanned, stays_inside};

/// The most files of one document: far more than anybody splits a picture into, and an end to chains that links in the
/// file system make endless.
pub const MOST_FILES: usize = 200;

/// A document with all files that it includes.
#[derive(Debug)]
pub struct Loaded {
    /// Everything that the files say.
    pub document: Document,
    /// The files, addressed by [`SourceId`]; the root is the first.
    pub sources: Vec<Source>,
    /// Every mistake of form.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a document and, through `loader`, the files that it includes.
pub fn load(root: &Source, loader: &dyn Loader) -> Loaded {
    let name = Path::new(root.name());
    let file = name.file_name().map_or_else(String::new, |file| file.to_string_lossy().into_owned());
    let mut files = Files {
        loader,
        directory: name.parent().unwrap_or(Path::new("")),
        sources: vec![root.clone()],
        bytes: root.text().len(),
        paths: vec![file.clone()],
        open: vec![Open { path: file, by: None }],
        lacking: false,
        diagnostics: Vec::new(),
    };
    let mut document = files.read(0, "");
    let Files { sources, mut diagnostics, lacking, .. } = files;
    document.incomplete |= lacking;
    if document.boxes.is_empty() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::error("nothing-to-draw", Span::default(), "nothing to draw: this file declares no box")
                .with_help("declare one, for example `[services.site]` and below it `kind = \"s3\"`"),
        );
    }
    Loaded { document, sources, diagnostics }
}

/// The files read so far.
struct Files<'l> {
    loader: &'l dyn Loader,
    /// Where the root stands, as it was typed.
    directory: &'l Path,
    sources: Vec<Source>,
    /// Their length together.
    bytes: usize,
    /// Their paths, relative to the directory of the root; also of those that could not be read.
    paths: Vec<String>,
    /// The file being read, and before it those that include it.
    open: Vec<Open>,
    /// Whether a file could not be read, in which ids may stand that seem to be missing.
    lacking: bool,
    diagnostics: Vec<Diagnostic>,
}

/// A file that is being read.
struct Open {
    path: String,
    /// Where another file includes it; `None` for the root.
    by: Option<Span>,
}

impl Files<'_> {
    /// Reads a source, whose paths are relative to `directory`, with everything that it includes.
    fn read(&mut self, id: SourceId, directory: &str) -> Document {
        let (mut own, diagnostics) = parse(&self.sources[usize::from(id)], id);
        self.diagnostics.extend(diagnostics);
        rebase(&mut own, directory);
        let mut whole = Document::default();
        for path in std::mem::take(&mut own.includes) {
            if let Some(included) = self.include(&path, directory) {
                self.merge(&mut whole, included);
            }
        }
        whole.settings = std::mem::take(&mut own.settings);
        whole.template = own.template.take();
        self.merge(&mut whole, own);
        whole
    }

    /// Reads what an `include` names; `None` if it is there already, or can't be read, which is reported.
    fn include(&mut self, written: &Spanned<String>, directory: &str) -> Option<Document> {
        if written.value.contains("://") {
            self.refuse(written, "it stands in the web, and nothing is fetched from there");
            return None;
        }
        if !stays_inside(&written.value) {
            self.refuse(written, "its path leaves the directory of the document");
            return None;
        }
        let path = join(directory, &written.value);
        if let Some(index) = self.open.iter().position(|open| open.path == path) {
            let mut error = Diagnostic::error("include-cycle", written.span, format!("`{path}` includes itself"))
                .with_help(format!("take `{}` out of this `include`", written.value));
            if let Some(by) = self.open.get(index + 1).and_then(|open| open.by) {
                error.message = format!("`{path}` includes itself, through `{}`", self.open[index + 1].path);
                error = error
                    .with_label(by, "the way here begins with this one")
                    .with_help("take one of the two `include` out: what both need belongs into a third file");
            }
            self.diagnostics.push(error);
            return None;
        }
        if self.paths.contains(&path) {
            return None;
        }
        self.paths.push(path.clone());
        if self.paths.len() > MOST_FILES {
            self.refuse(written, &format!("a document has at most {MOST_FILES} files"));
            if let Some(refused) = self.diagnostics.last_mut() {
                refused.help =
                    Some("join files that belong together, or draw them as documents of their own".to_owned());
            }
            return None;
        }
        let id = self.open_file(&path, written)?;
        self.open.push(Open { path: path.clone(), by: Some(written.span) });
        let document = self.read(id, path.rsplit_once('/').map_or("", |(folder, _)| folder));
        self.open.pop();
        Some(document)
    }

    /// Reads a file into a source.
    fn open_file(&mut self, path: &str, written: &Spanned<String>) -> Option<SourceId> {
        let bytes = match self.loader.read(path) {
            Ok(bytes) => bytes,
            Err(reason) => {
                self.refuse(written, &reason);
                let near = suggest::neighbour(path, self.loader);
                if let (Some(near), Some(refused)) = (near, self.diagnostics.last_mut()) {
                    let folder =
                        written.value.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                    refused.help = Some(format!("did you mean `{folder}{near}`?"));
                }
                return None;
            }
        };
        self.bytes += bytes.len();
        if self.bytes > MAX_SOURCE_BYTES {
            self.refuse(written, &format!("with it, the document is larger than {} MiB", MAX_SOURCE_BYTES >> 20));
            return None;
        }
        let id = self.sources.len() as SourceId;
        let name = self.directory.join(path).display().to_string();
        match Source::from_bytes(name, bytes) {
            Ok(source) => self.sources.push(source),
            Err(unreadable) => {
                let mut diagnostic = Diagnostic::from(&*unreadable);
                for label in &mut diagnostic.labels {
                    label.span.source = id;
                }
                self.diagnostics.push(diagnostic);
                self.sources.push(unreadable.source);
                self.lacking = true;
                return None;
            }
        }
        Some(id)
    }

    fn refuse(&mut self, written: &Spanned<String>, reason: &str) {
        self.lacking = true;
        let message = format!("cannot include `{}`: {reason}", written.value);
        self.diagnostics.push(
            Diagnostic::error("bad-include", written.span, message)
                .with_help("name a TOML file relative to this one, inside the directory of the root file"),
        );
    }

    /// Adds what a file says to what was read before it. Settings are those of the root alone: an included file has its
    /// own when it is drawn by itself.
    fn merge(&mut self, whole: &mut Document, mut part: Document) {
        whole.boxes.append(&mut part.boxes);
        whole.links.append(&mut part.links);
        whole.requirements.append(&mut part.requirements);
        whole.defaults.append(&mut part.defaults);
        whole.packs.append(&mut part.packs);
        whole.incomplete |= part.incomplete;
        // TOML sees to it that these are unique in one file; boxes are compared when their ids are resolved.
        self.append(&mut whole.flows, part.flows, |flow| &flow.id, "flow");
        self.append(&mut whole.views, part.views, |view| &view.id, "view");
        self.append(&mut whole.icons, part.icons, |icon| &icon.0, "icon");
    }

    fn append<T>(&mut self, whole: &mut Vec<T>, part: Vec<T>, id: fn(&T) -> &Spanned<String>, noun: &str) {
        for item in part {
            let new = id(&item);
            if let Some(old) = whole.iter().map(id).find(|old| old.value == new.value) {
                let message = format!("the {noun} `{}` is already there", new.value);
                self.diagnostics.push(
                    Diagnostic::error("duplicate-id", new.span, message)
                        .with_label(old.span, "first declared here")
                        .with_help("rename one of the two, or take it out"),
                );
            } else {
                whole.push(item);
            }
        }
    }
}

/// Makes the paths that a file in `directory` names relative to the directory of the root.
fn rebase(document: &mut Document, directory: &str) {
    if directory.is_empty() {
        return;
    }
    let defaults = document.defaults.iter_mut().map(|defaults| &mut defaults.values);
    let icons = document.boxes.iter_mut().chain(defaults).filter_map(|entry| entry.icon.as_mut());
    let files = icons.filter(|icon| icons::is_path(&icon.value));
    let own = document.icons.iter_mut().map(|(_, path)| path);
    for path in files.chain(own).chain(&mut document.packs) {
        // One that leads outside is reported as it is written, when it is read.
        if stays_inside(&path.value) {
            path.value = join(directory, &path.value);
        }
    }
}

/// A path in a directory, without what says nothing.
fn join(directory: &str, path: &str) -> String {
    let parts = directory.split('/').chain(path.split('/')).filter(|part| !part.is_empty() && *part != ".");
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Files by path.
    struct Folder(&'static [(&'static str, &'static str)]);

    impl Loader for Folder {
        fn read(&self, path: &str) -> Result<Vec<u8>, String> {
            let file = self.0.iter().find(|(name, _)| *name == path);
            file.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "no such file".to_owned())
        }
    }

    fn loaded(files: &'static [(&'static str, &'static str)]) -> Loaded {
        load(&Source::new(format!("docs/{}", files[0].0), files[0].1), &Folder(files))
    }

    fn ids(loaded: &Loaded) -> Vec<&str> {
        loaded.document.boxes.iter().map(|entry| entry.id.value.as_str()).collect()
    }

    /// Code, message and the file and line of each label.
    fn faults(loaded: &Loaded) -> Vec<(&'static str, String, Vec<String>)> {
        let place = |span: Span| {
            let source = &loaded.sources[usize::from(span.source)];
            format!("{}:{}", source.name(), source.position(span.start).0)
        };
        let places = |found: &Diagnostic| found.labels.iter().map(|label| place(label.span)).collect();
        loaded.diagnostics.iter().map(|found| (found.code, found.message.clone(), places(found))).collect()
    }

    #[test]
    fn included_files_come_first_and_once() {
        let loaded = loaded(&[
            ("arch.toml", "include=['net/a.toml','b.toml']\n[diagram]\ntitle='T'\n[services.own]\nkind='s3'"),
            ("net/a.toml", "include=['../x','c.toml']\n[diagram]\ntitle='A'\n[services.a]\nkind='s3'\nicon='i/x.svg'"),
            ("net/c.toml", "[services.c]\nkind='s3'"),
            ("b.toml", "include=['./net//c.toml']\n[services.b]\nkind='s3'\nicon='AmazonEC2'"),
        ]);
        assert_eq!(ids(&loaded), ["c", "a", "b", "own"]);
        assert_eq!(loaded.document.settings.title.as_ref().unwrap().value, "T");
        let icon = |index: usize| loaded.document.boxes[index].icon.as_ref().unwrap().value.as_str();
        assert_eq!((icon(1), icon(2)), ("net/i/x.svg", "AmazonEC2"));
        let [(code, message, places)] = &faults(&loaded)[..] else { panic!("one mistake") };
        assert_eq!((*code, places.as_slice()), ("bad-include", &["docs/net/a.toml:1".to_owned()][..]));
        assert_eq!(message, "cannot include `../x`: its path leaves the directory of the document");
    }

    #[test]
    fn mistakes_point_into_the_file_that_has_them() {
        let loaded = loaded(&[
            ("arch.toml", "include=['a.toml','gone.toml']\n[services.own]\nkind='s3'"),
            ("a.toml", "[services.a]\nkind='s3'\nknd='x'"),
        ]);
        let places: Vec<_> = faults(&loaded).into_iter().map(|(code, _, places)| (code, places.concat())).collect();
        assert_eq!(
            places,
            [("unknown-key", "docs/a.toml:3".to_owned()), ("bad-include", "docs/arch.toml:1".to_owned())]
        );
    }

    #[test]
    fn a_cycle_names_both_places() {
        let two = loaded(&[
            ("arch.toml", "\ninclude=['a.toml']\n[services.own]\nkind='s3'"),
            ("a.toml", "include=['arch.toml']"),
        ]);
        let found = faults(&two);
        assert_eq!(found[0].0, "include-cycle");
        assert_eq!(found[0].1, "`arch.toml` includes itself, through `a.toml`");
        assert_eq!(found[0].2, ["docs/a.toml:1", "docs/arch.toml:2"]);
        let one = loaded(&[("arch.toml", "include=['./arch.toml']\n[services.own]\nkind='s3'")]);
        assert_eq!(faults(&one)[0].2, ["docs/arch.toml:1"]);
    }

    #[test]
    fn second_flows_and_views_name_both_places() {
        let loaded = loaded(&[
            (
                "arch.toml",
                "include=['a.toml']\n[services.own]\nkind='s3'\n[flows.f]\nsteps=['own -> own']\n[views.v]\nonly=['own']",
            ),
            ("a.toml", "[flows.f]\nsteps=['own -> own']\n[views.v]\nonly=['own']"),
        ]);
        let found = faults(&loaded);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].0, found[0].2.join(" ")), ("duplicate-id", "docs/arch.toml:4 docs/a.toml:1".to_owned()));
        assert_eq!(found[1].2, ["docs/arch.toml:6", "docs/a.toml:3"]);
    }

    #[test]
    fn a_root_may_only_include_and_a_part_may_be_empty() {
        let ok = loaded(&[("arch.toml", "include='a.toml'"), ("a.toml", "[services.a]\nkind='s3'")]);
        assert!(ok.diagnostics.is_empty());
        for text in ["", "\n", "# nothing\n", "[diagram]\ntitle = \"x\"\n", "[services]\n"] {
            let nothing = load(&Source::new("x.toml", text), &Folder(&[]));
            assert_eq!(faults(&nothing)[0].0, "nothing-to-draw", "{text:?}");
        }
        // Whoever misspelt the table declared a box.
        let misspelt = load(&Source::new("x.toml", "[service.a]\nkind='s3'"), &Folder(&[]));
        assert_eq!(faults(&misspelt)[0].0, "unknown-table");
        let nothing = loaded(&[("arch.toml", "include=['a.toml']"), ("a.toml", "# nothing")]);
        assert_eq!(faults(&nothing)[0].0, "nothing-to-draw");
    }
}
