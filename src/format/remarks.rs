//! Comments and blank lines, out of what the TOML library keeps around keys and values.

/// A line without code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remark {
    /// A comment, with its `#`.
    Comment(String),
    /// One or more blank lines.
    Blank,
}

/// What stands between two pieces of code.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// Behind the first piece, on its line.
    pub beside: Option<String>,
    /// On lines of their own above the second piece.
    pub above: Vec<Remark>,
}

impl Remarks {
    /// Reads what begins at the start of a line.
    pub fn on_lines(text: &str) -> Self {
        let mut above = Vec::new();
        let mut lines = text.split('\n').map(str::trim).peekable();
        while let Some(line) = lines.next() {
            // What follows the last line end is the indentation of the code.
            let last = lines.peek().is_none();
            if !line.is_empty() {
                above.push(Remark::Comment(line.to_owned()));
            } else if !last && above.last() != Some(&Remark::Blank) {
                above.push(Remark::Blank);
            }
        }
        Self { beside: None, above }
    }

    /// Reads what begins behind a piece of code.
    pub fn behind_code(text: &str) -> Self {
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        let line = line.trim();
        let beside = (!line.is_empty()).then(|| line.to_owned());
        Self { beside, ..Self::on_lines(rest) }
    }

    /// Whether there is a comment among them.
    pub fn has_comment(&self) -> bool {
        self.beside.is_some() || self.above.iter().any(|remark| *remark != Remark::Blank)
    }
}
