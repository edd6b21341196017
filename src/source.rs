//! Source text with its lines, and the spans that point into it.

use std::ops::Range;

/// What some editors put before the text of a file; it is no part of it.
const BYTE_ORDER_MARK: char = '\u{feff}';

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

    /// The names of the files in the folder at `relative_path`, sorted, or why they cannot be listed; a loader without folders
    /// has none.
    ///
    /// # Errors
    /// When there is no such folder or it cannot be read.
    fn list(&self, relative_path: &str) -> Result<Vec<String>, String> {
        let _ = relative_path;
        Err("no such directory".to_owned())
    }
}

/// Whether a path that a document names is relative and never steps up, on any system: a document from a stranger must not be
/// able to reach other files of the machine.
pub fn stays_inside(path: &str) -> bool {
    !path.starts_with('/') && !path.contains(['\\', ':', '\0']) && path.split('/').all(|part| part != "..")
}

/// The largest file that is read as a topology, in bytes. The largest real one seen has 12 kB, a generated one of a
/// thousand services 150 kB: what is larger is some other file, or an attempt to exhaust the memory.
pub const MAX_SOURCE_BYTES: usize = 4 * 1024 * 1024;

/// Why bytes are no source text.
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// The file as far as it can be shown: with U+FFFD for what is no text; empty if it is too large.
    pub source: Source,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with bytes that are no source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// More than [`MAX_SOURCE_BYTES`].
    TooLarge,
    /// A byte that is not UTF-8.
    NotUtf8 {
        /// Where U+FFFD stands for it.
        span: Span,
        /// The byte.
        byte: u8,
        /// Whether the file begins as UTF-16 does.
        utf16: bool,
    },
}

/// The text of one file and the offsets of its lines.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes the name to show in messages (a path as the user typed it) and the text; drops a byte order mark.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        Self { name: name.into(), text, line_starts }
    }

    /// Takes the bytes of a file.
    ///
    /// # Errors
    ///
    /// If there are more than [`MAX_SOURCE_BYTES`], or if they are not UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Box<Unreadable>> {
        if bytes.len() > MAX_SOURCE_BYTES {
            return Err(Box::new(Unreadable { source: Self::new(name, ""), problem: Problem::TooLarge }));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let start = error.utf8_error().valid_up_to() as u32;
                let bytes = error.as_bytes();
                let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
                let byte = bytes[start as usize];
                let text = String::from_utf8_lossy(bytes);
                // A byte order mark before it is dropped from the text, and so from the offset.
                let start =
                    start - if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() as u32 } else { 0 };
                let end = start + char::REPLACEMENT_CHARACTER.len_utf8() as u32;
                let span = Span { source: 0, start, end };
                Err(Box::new(Unreadable {
                    source: Self::new(name, text),
                    problem: Problem::NotUtf8 { span, byte, utf16 },
                }))
            }
        }
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

    /// The bytes of a line, counted from 1, without its end; empty behind the last line.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let at = |line: usize| self.line_starts.get(line).map_or(self.text.len(), |&start| start as usize);
        let (start, end) = (at(line.saturating_sub(1)), at(line));
        start..start + self.text[start..end].trim_end_matches(['\r', '\n']).len()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let source = Source::new("a.toml", "añb\r\nc\n");
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(3), (1, 3));
        assert_eq!(source.position(6), (2, 1));
        assert_eq!(source.position(8), (3, 1));
        assert_eq!(source.position(999), (3, 1));
        assert_eq!([1, 2, 3, 4].map(|line| &source.text()[source.line_range(line)]), ["añb", "c", "", ""]);
    }

    #[test]
    fn paths_stay_inside() {
        for good in ["a.svg", "icons/a.svg", "./icons/..a.svg"] {
            assert!(stays_inside(good), "{good}");
        }
        for bad in ["/etc/x.svg", "../x.svg", "a/../../x.svg", "C:/x.svg", "..\\x.svg", "\\\\host\\x.svg"] {
            assert!(!stays_inside(bad), "{bad}");
        }
    }

    #[test]
    fn drops_a_byte_order_mark() {
        assert_eq!(Source::from_bytes("a", b"\xef\xbb\xbfx = 1".to_vec()).unwrap().text(), "x = 1");
    }

    #[test]
    fn points_at_the_first_byte_that_is_not_utf8() {
        let unreadable = Source::from_bytes("a", b"x = 1\nname = \"Espa\xf1a\"\n".to_vec()).unwrap_err();
        let Problem::NotUtf8 { span, byte, utf16 } = unreadable.problem else { panic!("it is not UTF-8") };
        assert_eq!((byte, utf16), (0xf1, false));
        assert_eq!(unreadable.source.position(span.start), (2, 13));
        assert_eq!(&unreadable.source.text()[span.start as usize..span.end as usize], "\u{fffd}");
    }

    #[test]
    fn recognizes_utf16() {
        let unreadable = Source::from_bytes("a", b"\xff\xfex\0".to_vec()).unwrap_err();
        assert!(matches!(unreadable.problem, Problem::NotUtf8 { utf16: true, .. }));
    }

    #[test]
    fn refuses_more_than_the_limit() {
        assert!(Source::from_bytes("a", vec![b' '; MAX_SOURCE_BYTES]).is_ok());
        let unreadable = Source::from_bytes("a", vec![b' '; MAX_SOURCE_BYTES + 1]).unwrap_err();
        assert_eq!(unreadable.problem, Problem::TooLarge);
    }
}
