//! Source text with its lines, and the spans that point into it.

/// Which of the sources of a run a span points into: 0 is the root file, the others are included ones.
pub type SourceId = u16;

/// A range of bytes in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The source that it points into.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A value and where the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Reads the files that a document refers to; the library itself reads none.
pub trait Loader {
    /// The bytes of the file at `relative_path`, which is relative to the document's directory, uses `/`, and never leaves
    /// that directory; or why it cannot be read, in a few words.
    ///
    /// # Errors
    /// When there is no such file or it cannot be read.
    fn read(&self, relative_path: &str) -> Result<Vec<u8>, String>;
}

/// The text of one file and the offsets of its lines.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes the name to show in messages (a path as the user typed it) and the text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        Self { name: name.into(), text, line_starts }
    }

    /// The name to show in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column (in characters) of a byte offset, both counted from 1.
    pub fn position(&self, offset: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|&start| start <= offset) - 1;
        let start = self.line_starts[line] as usize;
        let end = (offset as usize).min(self.text.len());
        (line + 1, self.text.get(start..end).map_or(0, |before| before.chars().count()) + 1)
    }
}
