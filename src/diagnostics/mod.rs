//! What is wrong with a user's document, as data: nothing here prints.
//!
//! Wording: lower case, names in backticks, no full stop; `help` is something that one could type.

pub mod code;
pub mod report;
pub mod suggest;

use std::fmt;

use crate::source::{MAX_SOURCE_BYTES, Problem, Span, Unreadable};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be drawn as written.
    Error,
    /// It can be drawn, but is probably not meant.
    Warning,
}

impl Severity {
    /// Its name in messages and listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A piece of source that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What to say there; empty for a bare underline.
    pub text: String,
}

/// One mistake or one doubt about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable kebab-case code.
    pub code: &'static str,
    /// What is wrong, in the user's words.
    pub message: String,
    /// Where: the first label is the primary one. Empty only for a file that cannot be pointed into.
    pub labels: Vec<Label>,
    /// What to type instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`; `code` is one of [`code::CODES`].
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        debug_assert!(code::find(code).is_some(), "the code `{code}` is not explained in diagnostics/code.rs");
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            labels: vec![Label { span, text: String::new() }],
            help: None,
        }
    }

    /// A warning at `span`; `code` is one of [`code::CODES`].
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Where it is, first of all; `None` for a file that cannot be pointed into.
    pub fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// Whether it points into an entry.
    pub fn concerns(&self, entry: Span) -> bool {
        let mut spans = self.labels.iter().map(|label| label.span);
        spans.any(|span| span.source == entry.source && (entry.start..entry.end).contains(&span.start))
    }

    /// Adds what to type instead.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place, with what it is.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }
}

impl From<&Unreadable> for Diagnostic {
    fn from(unreadable: &Unreadable) -> Self {
        match unreadable.problem {
            Problem::TooLarge => {
                let limit = MAX_SOURCE_BYTES / (1024 * 1024);
                let message = format!("`{}` is larger than {limit} MiB", unreadable.source.name());
                let error = Self { labels: Vec::new(), ..Self::error("too-large", Span::default(), message) };
                error.with_help("give a topology file: one of a thousand services has about 150 kB")
            }
            Problem::NotUtf8 { span, byte, utf16 } => {
                let help =
                    if utf16 { "save the file as UTF-8: it looks like UTF-16" } else { "save the file as UTF-8" };
                Self::error("invalid-utf-8", span, format!("the byte 0x{byte:02X} is not UTF-8")).with_help(help)
            }
        }
    }
}
