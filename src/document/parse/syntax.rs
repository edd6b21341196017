//! TOML itself: the tree of values, and what is wrong with the text as TOML.

use toml::de::DeTable;

use crate::diagnostics::Diagnostic;
use crate::source::{SourceId, Span};

/// What could be read of a text.
pub(super) struct Read<'i> {
    /// The tree.
    pub root: DeTable<'i>,
    /// What is wrong with the text as TOML.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether some of the text is missing in the tree.
    pub incomplete: bool,
}

/// Reads a text as TOML, with as much as possible of one that is broken.
pub(super) fn read(text: &str, source: SourceId) -> Read<'_> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let diagnostics = errors
        .iter()
        .map(|error| {
            let range = error.span().unwrap_or(0..0);
            let span = Span { source, start: range.start as u32, end: range.end as u32 };
            Diagnostic::error("syntax", span, error.message())
        })
        .collect::<Vec<_>>();
    Read { root: root.into_inner(), incomplete: !diagnostics.is_empty(), diagnostics }
}
