//! Documents laid out for the tests that judge pictures.

use std::fs;
use std::path::{Path, PathBuf};

use diagram::layout::{Layout, Options, Subject};
use diagram::pipeline;
use diagram::source::{Loader, Source};
use diagram::topology::{Topology, View};

use crate::scorecard::drawing::Drawing;
use crate::scorecard::plane::TOUCH;

/// Reads the files that a document names, beside it.
pub struct Beside(pub PathBuf);

impl Loader for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(self.0.join(path)).map_err(|error| error.to_string())
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        let entries = fs::read_dir(self.0.join(path)).map_err(|error| error.to_string())?;
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        Ok(names)
    }
}

/// A document and the picture of it.
pub struct Picture {
    pub topology: Topology,
    pub layout: Layout,
    pub drawing: Drawing,
}

impl Picture {
    /// Lays out a document; `Err` holds its mistakes.
    pub fn of(text: &str, directory: &Path) -> Result<Self, String> {
        let checked = pipeline::check(&Source::new("document", text.to_owned()), &Beside(directory.to_owned()));
        let mistakes: Vec<&str> = checked.diagnostics.iter().map(|mistake| mistake.message.as_str()).collect();
        let topology = checked.topology.ok_or_else(|| mistakes.join("\n"))?;
        let layout = pipeline::layout(&topology, Options::default());
        let drawing = Drawing::read(&pipeline::geometry(&topology, &layout));
        Ok(Self { topology, layout, drawing })
    }

    /// The picture of a view.
    pub fn of_view(&self, view: &View) -> Self {
        let (topology, layout) = pipeline::follow(&self.topology, &self.layout, view, Options::default());
        let drawing = Drawing::read(&pipeline::geometry(&topology, &layout));
        Self { topology: topology.into_owned(), layout, drawing }
    }

    /// The picture without the lines of which the program itself says that they had to cut a corner, and with the
    /// strangers wholly inside groups of which it says so taken for members.
    pub fn without_compromises(&self) -> Drawing {
        let mut drawing = Drawing::read(&pipeline::geometry(&self.topology, &self.layout));
        let subjects: Vec<Subject> = self.layout.compromises.iter().map(|compromise| compromise.subject).collect();
        let mut link = 0..self.topology.links.len();
        drawing.lines.retain(|_| !subjects.contains(&Subject::Link(link.next().unwrap().into())));
        for id in self.topology.ids().filter(|id| subjects.contains(&Subject::Box(*id))) {
            let address = &self.topology.element(id).address;
            let overlay = drawing.shapes.iter().position(|shape| shape.id == *address).unwrap();
            let border = drawing.shapes[overlay].frame;
            let inside: Vec<usize> =
                drawing.leaves().filter(|&leaf| drawing.full(leaf).lies_in(&border, TOUCH)).collect();
            drawing.shapes[overlay].members.extend(inside);
        }
        drawing
    }
}

/// Every document with a picture that is committed, the examples first: name, path.
pub fn documents() -> Vec<(String, PathBuf)> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut examples: Vec<PathBuf> = entries(&project.join("examples")).map(|path| path.join("arch.toml")).collect();
    examples.retain(|path| path.exists());
    examples.sort();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let examples = examples.into_iter().map(|path| (name(path.parent().unwrap()), path));
    let topologies = topologies("topologies");
    examples.chain(topologies).collect()
}

/// The documents of a folder of the corpus, sorted: name, path.
pub fn topologies(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<PathBuf> =
        entries(&folder).filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path)).collect()
}

fn entries(directory: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path())
}
