//! Lines as they are written, with remarks beside them lined up.

use super::remarks::Remark;

/// The blanks of one level of indentation.
const INDENT: usize = 2;

/// A text in the making.
#[derive(Default)]
pub(super) struct Page {
    lines: Vec<Line>,
}

/// One line; without code and remark it is blank.
#[derive(Default)]
struct Line {
    indent: usize,
    /// May hold line ends inside strings.
    code: String,
    /// The comment behind the code, or alone.
    remark: String,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.code.is_empty() && self.remark.is_empty()
    }

    /// Columns of the code.
    fn width(&self) -> usize {
        match self.code.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.indent + self.code.chars().count(),
        }
    }

    /// Whether a remark stands beside code.
    fn has_both(&self) -> bool {
        !self.code.is_empty() && !self.remark.is_empty()
    }
}

impl Page {
    /// A blank line, unless there is one or nothing stands above it.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_blank()) {
            self.lines.push(Line::default());
        }
    }

    /// Begins a line with code.
    pub fn line(&mut self, depth: usize, code: &str) {
        self.lines.push(Line { indent: depth * INDENT, code: code.to_owned(), remark: String::new() });
    }

    /// Writes on in the last line.
    pub fn push(&mut self, code: &str) {
        match self.lines.last_mut() {
            Some(line) => line.code.push_str(code),
            None => self.line(0, code),
        }
    }

    /// How far the last line has come, in columns.
    pub fn column(&self) -> usize {
        self.lines.last().map_or(0, Line::width)
    }

    /// Puts a comment behind the last line, or below it if there is one already.
    pub fn beside(&mut self, comment: &str) {
        let comment = comment.trim();
        if comment.is_empty() {
            return;
        }
        match self.lines.last_mut() {
            Some(line) if line.remark.is_empty() => comment.clone_into(&mut line.remark),
            last => {
                let indent = last.map_or(0, |line| line.indent);
                self.lines.push(Line { indent, code: String::new(), remark: comment.to_owned() });
            }
        }
    }

    /// Comments on lines of their own, and gaps.
    pub fn remarks(&mut self, remarks: &[Remark], depth: usize) {
        for remark in remarks {
            match remark {
                Remark::Blank => self.gap(),
                Remark::Comment(comment) => {
                    let indent = depth * INDENT;
                    self.lines.push(Line { indent, code: String::new(), remark: comment.clone() });
                }
            }
        }
    }

    /// Takes back blank lines at the end.
    pub fn trim(&mut self) {
        while self.lines.last().is_some_and(Line::is_blank) {
            self.lines.pop();
        }
    }

    /// The text, with this at the end of each line. Remarks beside neighbouring lines stand in one column.
    pub fn finish(mut self, line_end: &str) -> String {
        self.trim();
        let mut text = String::new();
        for run in self.lines.chunk_by(|one, next| one.has_both() && next.has_both() && one.indent == next.indent) {
            let column = run.iter().map(Line::width).max().unwrap_or_default() + 1;
            for line in run {
                if !line.is_blank() {
                    text.extend(std::iter::repeat_n(' ', line.indent));
                }
                text.push_str(line.code.trim_end());
                if line.has_both() {
                    text.extend(std::iter::repeat_n(' ', column - line.width()));
                }
                text.push_str(&line.remark);
                text.push_str(line_end);
            }
        }
        text
    }
}
