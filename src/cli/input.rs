//! Reading documents, and the files that they name, without surprises.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use diagram::export::markdown::Template;
use diagram::pipeline::{self, Checked};
use diagram::source::{Loader, MAX_SOURCE_BYTES, Source, Unreadable, stays_inside};

use super::output::reason;

/// The most entries of a folder that a document may name (a pack of icons): the largest packs have some 2,000.
const MOST_ENTRIES: usize = 20_000;

/// The largest file that a document may name (an icon).
const LARGEST_FILE: u64 = 4 << 20;

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl fmt::Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => formatter.write_str("<stdin>"),
            Self::File(path) => path.display().fmt(formatter),
        }
    }
}

impl Input {
    /// What a path on the command line means.
    pub fn new(path: &Path) -> Self {
        if path == Path::new("-") { Self::Stdin } else { Self::File(path.to_owned()) }
    }

    /// The directory in which a document stands.
    pub fn directory(&self) -> &Path {
        match self {
            Self::Stdin => Path::new(""),
            Self::File(path) => path.parent().unwrap_or(Path::new("")),
        }
    }

    /// Reads a document. Bytes that are no text of a topology are a mistake *in* it, so it comes back with its place.
    pub fn read(&self) -> Result<Result<Source, Box<Unreadable>>> {
        // One byte more than a source may have shows that there is more, and the rest need not be read.
        let limit = MAX_SOURCE_BYTES as u64 + 1;
        let bytes = match self {
            Self::Stdin => read_at_most(io::stdin().lock(), limit),
            Self::File(path) => {
                if path.is_dir() {
                    bail!("cannot read `{self}`: it is a directory{}", documents_in(path));
                }
                File::open(path).and_then(|file| read_at_most(file, limit))
            }
        };
        let bytes = bytes.map_err(|error| anyhow!("cannot read `{self}`: {}", reason(&error)))?;
        Ok(Source::from_bytes(self.to_string(), bytes))
    }

    /// Reads the template that a document names, which stands in its directory or below.
    pub fn template(&self, named: &str) -> Result<Template, String> {
        let directory = Directory::of(self);
        if !stays_inside(named) {
            return Err("it lies outside the directory of the document".to_owned());
        }
        directory.inside(named)?;
        template(&directory.root.join(named), named)
    }

    /// Reads a document and finds out what it means, with the files in its directory that it names.
    pub fn check(&self) -> Result<Checked> {
        Ok(match self.read()? {
            Ok(source) => pipeline::check(&source, &Directory::of(self)),
            Err(unreadable) => Checked::from(*unreadable),
        })
    }
}

/// Reads a template with the files that it includes.
pub fn template(path: &Path, shown: &str) -> Result<Template, String> {
    let say = |error: io::Error| reason(&error);
    let bytes = File::open(path).and_then(|file| read_at_most(file, LARGEST_FILE + 1)).map_err(say)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(format!("it is larger than {} MiB", LARGEST_FILE >> 20));
    }
    let source = Source::from_bytes(shown, bytes).map_err(|_| "it is no text in UTF-8".to_owned())?;
    Ok(Template::load(source, &Directory::of(&Input::File(path.to_owned()))))
}

/// Reads everything, but no more than `limit` bytes.
fn read_at_most(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What to type instead of a directory that holds documents.
fn documents_in(directory: &Path) -> String {
    let entries = directory.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let first = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).min();
    first.map_or_else(String::new, |path| format!("; did you mean `{}`?", path.display()))
}

/// The files that a document may name: those in its own directory and below, wherever links lead.
struct Directory {
    root: PathBuf,
}

impl Directory {
    /// The directory of a document; that of standard input is the current one.
    fn of(input: &Input) -> Self {
        let directory = input.directory();
        Self { root: if directory.as_os_str().is_empty() { PathBuf::from(".") } else { directory.to_owned() } }
    }
}

impl Directory {
    /// Where a path leads, links followed, if that is in the directory.
    fn inside(&self, relative_path: &str) -> Result<PathBuf, String> {
        let say = |error: io::Error| reason(&error);
        let root = self.root.canonicalize().map_err(say)?;
        let path = root.join(relative_path).canonicalize().map_err(say)?;
        if path.starts_with(&root) { Ok(path) } else { Err("it lies outside the directory of the document".to_owned()) }
    }
}

impl Loader for Directory {
    fn read(&self, relative_path: &str) -> Result<Vec<u8>, String> {
        let say = |error: io::Error| reason(&error);
        let path = self.inside(relative_path)?;
        if !path.is_file() {
            return Err("it is not a file".to_owned());
        }
        let bytes = File::open(&path).and_then(|file| read_at_most(file, LARGEST_FILE + 1)).map_err(say)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(format!("it is larger than {} MiB", LARGEST_FILE >> 20));
        }
        Ok(bytes)
    }

    fn list(&self, relative_path: &str) -> Result<Vec<String>, String> {
        let path = self.inside(relative_path)?;
        if !path.is_dir() {
            return Err("it is not a directory".to_owned());
        }
        let mut names = Vec::new();
        for entry in path.read_dir().map_err(|error| reason(&error))? {
            if names.len() == MOST_ENTRIES {
                return Err(format!("it has more than {MOST_ENTRIES} entries"));
            }
            // A name that is no text can't be written in a document either.
            names.extend(entry.map_err(|error| reason(&error))?.file_name().into_string().ok());
        }
        names.sort();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_document_reads_files_beside_and_below_it_only() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("docs");
        std::fs::create_dir_all(inner.join("icons")).unwrap();
        std::fs::write(inner.join("icons/own.svg"), "<svg/>").unwrap();
        std::fs::write(outer.path().join("secret"), "s").unwrap();
        let loader = Directory::of(&Input::File(inner.join("arch.toml")));
        assert_eq!(loader.read("icons/own.svg").unwrap(), b"<svg/>");
        assert_eq!(loader.read("icons/../icons/own.svg").unwrap(), b"<svg/>");
        assert_eq!(loader.read("icons").unwrap_err(), "it is not a file");
        assert_eq!(loader.read("none.svg").unwrap_err(), "no such file or directory");
        let outside = "it lies outside the directory of the document";
        assert_eq!(loader.read("../secret").unwrap_err(), outside);
        assert_eq!(loader.read(outer.path().join("secret").to_str().unwrap()).unwrap_err(), outside);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../../secret", inner.join("icons/link.svg")).unwrap();
            assert_eq!(loader.read("icons/link.svg").unwrap_err(), outside);
        }
    }

    #[test]
    fn a_document_lists_folders_beside_and_below_it_only() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("docs");
        std::fs::create_dir_all(inner.join("icons")).unwrap();
        for name in ["b.svg", "a.png", "Cloud Run.svg"] {
            std::fs::write(inner.join("icons").join(name), "<svg/>").unwrap();
        }
        let loader = Directory::of(&Input::File(inner.join("arch.toml")));
        assert_eq!(loader.list("icons").unwrap(), ["Cloud Run.svg", "a.png", "b.svg"]);
        assert_eq!(loader.list("icons/b.svg").unwrap_err(), "it is not a directory");
        assert_eq!(loader.list("none").unwrap_err(), "no such file or directory");
        assert_eq!(loader.list("..").unwrap_err(), "it lies outside the directory of the document");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outer.path(), inner.join("link")).unwrap();
            assert_eq!(loader.list("link").unwrap_err(), "it lies outside the directory of the document");
        }
    }

    #[test]
    fn a_misspelt_file_gets_its_neighbour() {
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
        std::fs::create_dir(directory.path().join("icons")).unwrap();
        write("network.toml", "");
        write("icons/kafka.svg", "<svg/>");
        let helps = |text: &str| -> Vec<Option<String>> {
            write("arch.toml", text);
            let checked = Input::File(directory.path().join("arch.toml")).check().unwrap();
            checked.diagnostics.into_iter().map(|found| found.help).collect()
        };
        let help = |text: &str| Some(format!("did you mean `{text}`?"));
        assert_eq!(helps("include = ['netwrok.toml']"), [help("network.toml")]);
        assert_eq!(helps("[services.a]\nkind='s3'\nicon='icons/kafak.svg'"), [help("icons/kafka.svg")]);
        // What the pack may hold is not missed as well.
        assert_eq!(helps("[icons]\npack=['icnos']\n[services.a]\nkind='kafka-x'"), [help("icons")]);
    }

    #[test]
    fn no_more_is_read_than_can_be_used() {
        assert_eq!(read_at_most(io::repeat(b' '), 9).unwrap().len(), 9);
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("large.svg"), vec![b' '; LARGEST_FILE as usize + 1]).unwrap();
        let loader = Directory::of(&Input::File(directory.path().join("arch.toml")));
        assert_eq!(loader.read("large.svg").unwrap_err(), "it is larger than 4 MiB");
    }
}
