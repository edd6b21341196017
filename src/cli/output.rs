//! Whole files or none: everything is written beside its target first, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use tempfile::NamedTempFile;

/// Files that are complete but do not carry their names yet. Dropped, they disappear.
#[derive(Default)]
pub struct Staged {
    files: Vec<(NamedTempFile, PathBuf)>,
}

impl Staged {
    /// Writes `bytes` to a temporary file in the directory of `target`, which is created if it is missing.
    pub fn add(&mut self, target: &Path, bytes: &[u8]) -> Result<()> {
        self.try_add(target, bytes).map_err(|error| cannot_write(target, &error))
    }

    fn try_add(&mut self, target: &Path, bytes: &[u8]) -> io::Result<()> {
        // What a link leads to is replaced, not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        match fs::metadata(&target) {
            Ok(old) if old.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory")),
            // A pipe or a device cannot be replaced, only written to.
            Ok(old) if !old.is_file() => return fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes),
            Ok(old) if old.permissions().readonly() => {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
            }
            _ => {}
        }
        let directory = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(directory)?;
        let mut file = temporary(directory, &target)?;
        file.write_all(bytes)?;
        file.flush()?;
        self.files.push((file, target));
        Ok(())
    }

    /// Gives every file its name.
    pub fn commit(self) -> Result<()> {
        for (file, target) in self.files {
            file.persist(&target).map_err(|error| cannot_write(&target, &error.error))?;
        }
        Ok(())
    }
}

/// An empty file in `directory` with the rights that a new file, or the one that it replaces, has.
fn temporary(directory: &Path, target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".diagram-");
    // The library's own default keeps temporary files to their owner; the umask has its say here as always.
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666))
    };
    let file = builder.tempfile_in(directory)?;
    if let Ok(old) = fs::metadata(target) {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok(file)
}

/// Writes to standard output.
pub fn to_stdout(bytes: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()?;
    Ok(())
}

/// Whether an error only says that nobody reads standard output any more.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn cannot_write(target: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!("cannot write `{}`: {}", target.display(), reason(error))
}

/// What an I/O error says, without the number that the system gives it.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// The names of the files in a directory, sorted.
    fn names(directory: &Path) -> Vec<String> {
        let entries = directory.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_changes_before_the_commit() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.svg");
        fs::write(&target, "old").unwrap();
        let mut staged = Staged::default();
        staged.add(&target, b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "old");
        drop(staged);
        assert_eq!(names(directory.path()), ["a.svg"]);
        assert_eq!(fs::read_to_string(&target).unwrap(), "old");
    }

    #[test]
    fn the_commit_replaces_and_creates() {
        let directory = tempfile::tempdir().unwrap();
        let (old, new) = (directory.path().join("a.svg"), directory.path().join("deep/er/b.svg"));
        fs::write(&old, "old").unwrap();
        let mut staged = Staged::default();
        staged.add(&old, b"one").unwrap();
        staged.add(&new, b"two").unwrap();
        staged.commit().unwrap();
        assert_eq!(fs::read_to_string(&old).unwrap(), "one");
        assert_eq!(fs::read_to_string(&new).unwrap(), "two");
        assert_eq!(names(directory.path()), ["a.svg", "deep"]);
    }

    #[cfg(unix)]
    #[test]
    fn rights_and_links_of_the_old_file_stay() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let (real, link) = (directory.path().join("real.svg"), directory.path().join("link.svg"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let mut staged = Staged::default();
        staged.add(&link, b"new").unwrap();
        staged.commit().unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_read_only_file_and_a_directory_are_not_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let (locked, folder) = (directory.path().join("a.svg"), directory.path().join("b.svg"));
        fs::write(&locked, "old").unwrap();
        let mut rights = fs::metadata(&locked).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(&locked, rights).unwrap();
        fs::create_dir(&folder).unwrap();
        let error = Staged::default().add(&locked, b"new").unwrap_err().to_string();
        assert!(error.ends_with("a.svg`: it is read-only"), "{error}");
        let error = Staged::default().add(&folder, b"new").unwrap_err().to_string();
        assert!(error.ends_with("b.svg`: it is a directory"), "{error}");
    }
}
