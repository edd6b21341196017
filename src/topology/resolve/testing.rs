//! What the tests of the passes share: from a text to short listings of what it resolves to.
#![allow(clippy::unwrap_used)]

use super::{Resolved, resolve};
use crate::diagnostics::{Diagnostic, Severity};
use crate::document;
use crate::source::{Loader, Source};
use crate::topology::{Arrow, Topology};

/// A directory with some SVG files in it.
struct Icons;

/// Every folder with its files, all of which are one square but the broken one.
const FOLDERS: [(&str, &[&str]); 4] = [
    ("icons", &["own.svg"]),
    ("icons/gcp", &[".DS_Store", "Cloud Run.svg", "cloud_run.svg", "blob.svg", "LICENSE"]),
    ("icons/k8s", &["broken.svg", "blob.svg", "pod.svg", "s3.svg"]),
    ("icons/text", &["README.md"]),
];

impl Loader for Icons {
    fn read(&self, relative_path: &str) -> Result<Vec<u8>, String> {
        let (folder, file) = relative_path.rsplit_once('/').unwrap_or_default();
        if !FOLDERS.iter().any(|(known, files)| *known == folder && files.contains(&file)) {
            return Err("no such file".to_owned());
        }
        let broken = file == "broken.svg";
        let square = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#123456" d="M0 0h8v8H0z"/></svg>"##;
        Ok(if broken { "hello" } else { square }.as_bytes().to_vec())
    }

    fn list(&self, relative_path: &str) -> Result<Vec<String>, String> {
        let found = FOLDERS.iter().find(|(known, _)| *known == relative_path);
        found
            .map(|(_, files)| files.iter().map(|&file| file.to_owned()).collect())
            .ok_or("no such directory".to_owned())
    }
}

/// Parses and resolves a text that has no mistakes of form.
pub(super) fn resolved(text: &str) -> Resolved {
    let (document, diagnostics) = document::parse(&Source::new("test.toml", text), 0);
    assert!(diagnostics.is_empty(), "mistakes of form: {diagnostics:#?}");
    resolve(&document, &Icons)
}

/// The topology of a text without mistakes; warnings are allowed.
pub(super) fn topology(text: &str) -> Topology {
    let resolved = resolved(text);
    resolved.topology.unwrap_or_else(|| panic!("mistakes: {:#?}", resolved.diagnostics))
}

/// Every box as "address < address of its parent", in order.
pub(super) fn tree(topology: &Topology) -> Vec<String> {
    let line = |element: &crate::topology::Element| match element.parent {
        Some(parent) => format!("{} < {}", element.address, topology.element(parent).address),
        None => element.address.clone(),
    };
    topology.boxes.iter().map(line).collect()
}

/// Every link as "address -> address", in order.
pub(super) fn links(topology: &Topology) -> Vec<String> {
    let line = |link: &crate::topology::Link| {
        let statement = &topology.statements[link.statement.index()];
        let arrow = match (statement.arrow, statement.asynchronous) {
            (Arrow::Forward, false) => "->",
            (Arrow::Forward, true) => "~>",
            (Arrow::Both, _) => "<->",
            (Arrow::None, _) => "--",
        };
        format!("{} {arrow} {}", topology.element(link.from).address, topology.element(link.to).address)
    };
    topology.links.iter().map(line).collect()
}

/// The boxes of an entry.
pub(super) fn copies<'t>(topology: &'t Topology, id: &str) -> Vec<&'t crate::topology::Element> {
    let definition = topology.definitions.iter().find(|definition| definition.id == id).unwrap();
    definition.copies.iter().map(|&copy| topology.element(copy)).collect()
}

/// The addresses of the boxes of an entry.
pub(super) fn addresses<'t>(topology: &'t Topology, id: &str) -> Vec<&'t str> {
    copies(topology, id).into_iter().map(|element| element.address.as_str()).collect()
}

/// The codes of all errors of a text.
pub(super) fn errors(text: &str) -> Vec<&'static str> {
    codes(resolved(text).diagnostics, Severity::Error)
}

/// The codes of all warnings of a text without errors.
pub(super) fn warnings(text: &str) -> Vec<&'static str> {
    let resolved = resolved(text);
    assert!(resolved.topology.is_some(), "mistakes: {:#?}", resolved.diagnostics);
    codes(resolved.diagnostics, Severity::Warning)
}

/// The help of the only mistake of a text.
pub(super) fn help(text: &str) -> String {
    let resolved = resolved(text);
    let [only] = resolved.diagnostics.as_slice() else { panic!("not one mistake: {:#?}", resolved.diagnostics) };
    only.help.clone().unwrap()
}

fn codes(diagnostics: Vec<Diagnostic>, severity: Severity) -> Vec<&'static str> {
    diagnostics.into_iter().filter(|finding| finding.severity == severity).map(|finding| finding.code).collect()
}
