use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use diagram::pipeline;
use diagram::source::{Loader, Source};
use resvg::tiny_skia::Pixmap;
use tempfile::TempDir;

/// Set to rewrite the committed pictures instead of comparing with them.
const ACCEPT: &str = "DIAGRAM_ACCEPT";

/// How far a channel of a pixel may be off: processors differ in the last bits of a blend, and nobody sees them.
const CHANNEL_TOLERANCE: u8 = 8;

/// What `render` writes for a document.
const OUTPUTS: [&str; 3] = ["arch.svg", "arch.png", "arch.md"];

/// The one of them that is compared by its looks.
const PICTURE_OF_PIXELS: &str = "arch.png";

/// Documents inside documents name no files but the icons of Kubernetes, of which the README shows how to bring them.
struct NoFiles;

impl Loader for NoFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if path.starts_with("icons/k8s/") {
            return Ok(
                b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><path d='M0 0h8v8H0z'/></svg>".to_vec()
            );
        }
        Err(format!("there is no `{path}` here"))
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        if path != "icons/k8s" {
            return Err(format!("there is no `{path}` here"));
        }
        Ok(["deploy.svg", "ing.svg", "pod.svg"].map(str::to_owned).to_vec())
    }
}

/// The directory of the project.
fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages for people: those in the project's directory and in `docs`.
fn pages() -> Vec<(PathBuf, String)> {
    let mut paths: Vec<PathBuf> = [project().to_owned(), project().join("docs")]
        .iter()
        .filter_map(|directory| directory.read_dir().ok())
        .flat_map(|entries| entries.map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The blocks fenced as `language`, each with the number of its first line.
fn blocks(page: &str, language: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in page.lines().enumerate() {
        match &mut open {
            None if line == format!("```{language}") => open = Some((index + 2, String::new())),
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some((_, text)) => text.extend([line, "\n"]),
            None => {}
        }
    }
    blocks
}

/// The page without what stands between fences.
fn without_blocks(page: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for line in page.lines() {
        let fence = line.starts_with("```");
        inside ^= fence;
        if !inside && !fence {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

/// The names of the examples, sorted.
fn examples() -> Vec<String> {
    let entries = project().join("examples").read_dir().unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().join("arch.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// All examples rendered in a directory of their own, by so many threads.
fn render_examples(threads: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_diagram"));
    command.arg("render").current_dir(&directory).env("RAYON_NUM_THREADS", threads);
    for name in examples() {
        copy(&project().join("examples").join(&name), &directory.path().join(&name));
        command.arg(Path::new(&name).join("arch.toml"));
    }
    command.assert().success();
    directory
}

/// Copies a directory and what is below, but no outputs.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().map(|entry| entry.unwrap()) {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else if !OUTPUTS.iter().any(|output| entry.file_name() == *output) {
            fs::copy(source, target).unwrap();
        }
    }
}

/// Whether two PNGs look alike.
fn look_alike(one: &[u8], other: &[u8]) -> bool {
    let (Ok(one), Ok(other)) = (Pixmap::decode_png(one), Pixmap::decode_png(other)) else { return false };
    let near = |(one, other): (&u8, &u8)| one.abs_diff(*other) <= CHANNEL_TOLERANCE;
    (one.width(), one.height()) == (other.width(), other.height()) && one.data().iter().zip(other.data()).all(near)
}

#[test]
fn every_toml_block_of_the_pages_is_a_document_without_faults() {
    let mut count = 0;
    for (path, page) in pages() {
        for (line, text) in blocks(&page, "toml") {
            let checked = pipeline::check(&Source::new("block", text), &NoFiles);
            let faults: Vec<&str> = checked.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
            assert!(checked.topology.is_some() && faults.is_empty(), "{}:{line}: {faults:?}", path.display());
            count += 1;
        }
    }
    assert!(count > 0, "the README shows what a document looks like");
}

#[test]
fn every_path_that_a_page_leads_to_exists() {
    let mut broken = Vec::new();
    for (path, page) in pages() {
        let page = without_blocks(&page);
        let inline = page.match_indices("](").map(|(at, found)| &page[at + found.len()..]).map(|rest| (rest, ')'));
        let attributes = ["src=\"", "href=\"", "srcset=\""];
        let quoted = attributes.iter().flat_map(|start| page.match_indices(start));
        let quoted = quoted.map(|(at, found)| &page[at + found.len()..]).map(|rest| (rest, '"'));
        for (rest, end) in inline.chain(quoted) {
            let target = rest.split([end, '#']).next().unwrap();
            let outside = target.is_empty() || target.contains("://");
            if !outside && !path.parent().unwrap().join(target).exists() {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "these lead nowhere:\n  {}", broken.join("\n  "));
}

#[test]
fn the_commands_of_the_readme_are_those_of_ci() {
    let commands: String = blocks(include_str!("../../README.md"), "sh").into_iter().map(|(_, text)| text).collect();
    assert!(commands.lines().any(|line| line == "cargo test"), "the README says how to run the tests");
    let ci = include_str!("../../.ci/run");
    assert!(ci.lines().any(|line| line == "cargo test"), ".ci/run runs the command of the README");
}

#[test]
fn the_committed_pictures_of_the_examples_are_fresh() {
    let fresh = render_examples("2");
    let mut stale = Vec::new();
    for name in examples() {
        for output in OUTPUTS {
            let committed = project().join("examples").join(&name).join(output);
            let new = fs::read(fresh.path().join(&name).join(output)).unwrap();
            let old = fs::read(&committed).unwrap_or_default();
            let same = if output == PICTURE_OF_PIXELS { look_alike(&old, &new) } else { old == new };
            if !same && std::env::var_os(ACCEPT).is_some() {
                fs::write(&committed, new).unwrap();
            } else if !same {
                stale.push(format!("examples/{name}/{output}"));
            }
        }
    }
    assert!(
        stale.is_empty(),
        "\nThese would be drawn differently now:\n\n  {}\n\nIf that is an improvement, accept it with `just accept`, look at \
         `git diff`, and say so in CHANGELOG.md under \"Drawings that change\".\n",
        stale.join("\n  ")
    );
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let (one, eight) = (render_examples("1"), render_examples("8"));
    for name in examples() {
        for output in OUTPUTS {
            let read = |directory: &TempDir| fs::read(directory.path().join(&name).join(output)).unwrap();
            assert!(read(&one) == read(&eight), "examples/{name}/{output} differs");
        }
    }
}
