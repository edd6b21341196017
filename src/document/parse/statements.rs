//! The lines of a TOML text that is broken: where each header and each key with its value begins and ends.
//!
//! The TOML parser reads on after a mistake, but swallows what follows an open bracket. This cuts the text at what
//! must be a new line, so that each mistake stays in its own statement.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// A header, or a key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// From its first byte to its last, line end excluded.
    pub range: Range<usize>,
    /// Whether it is a header; `[[x]]` counts as one too.
    pub header: bool,
    /// The table that it stands in and its own name: `["services", "api", "kind"]`. A list of tables has a number
    /// behind its name, so that two `[[links]]` are two.
    pub path: Vec<String>,
    /// The last part of its own name.
    pub name: Range<usize>,
}

/// A bracket or a quote that is never closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// The bracket or the quotes.
    pub opener: Range<usize>,
    /// The statement around it, up to what can't belong to it.
    pub statement: Range<usize>,
}

/// Cuts a text into statements, and tells which of them are open at their end.
pub(super) fn scan(text: &str) -> (Vec<Statement>, Vec<Unclosed>) {
    let tokens = Source::new(text).lex().into_vec();
    let mut scanner = Scanner { text, tokens, at: 0, table: Vec::new(), statements: Vec::new(), unclosed: Vec::new() };
    while scanner.skip_blank() {
        scanner.statement();
    }
    (scanner.statements, scanner.unclosed)
}

struct Scanner<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    /// The path of the last header.
    table: Vec<String>,
    statements: Vec<Statement>,
    unclosed: Vec<Unclosed>,
}

fn bytes(token: Token) -> Range<usize> {
    token.span().start()..token.span().end()
}

impl Scanner<'_> {
    fn kind(&self, at: usize) -> TokenKind {
        self.tokens.get(at).map_or(TokenKind::Eof, Token::kind)
    }

    /// Goes to the next statement; whether there is one.
    fn skip_blank(&mut self) -> bool {
        self.at = self.next_word();
        self.kind(self.at) != TokenKind::Eof
    }

    fn statement(&mut self) {
        let first = self.at;
        let header = self.kind(first) == TokenKind::LeftSquareBracket;
        let list = header && self.kind(first + 1) == TokenKind::LeftSquareBracket;
        let (names, name) = self.names();
        let mut end = if header { self.end_of_line() } else { self.value(first) };
        while end > first && matches!(self.kind(end - 1), TokenKind::Whitespace | TokenKind::Comment) {
            end -= 1;
        }
        let start = self.tokens[first].span().start();
        let end = self.tokens[end.max(first + 1) - 1].span().end();
        let mut path = if header { Vec::new() } else { self.table.clone() };
        path.extend(names);
        if list {
            path.push(format!("#{}", self.statements.len()));
        }
        if header {
            self.table.clone_from(&path);
        }
        self.statements.push(Statement { range: start..end, header, path, name });
    }

    /// Reads the dotted name at the start of a statement: its parts, and the place of the last.
    fn names(&mut self) -> (Vec<String>, Range<usize>) {
        let mut names = Vec::new();
        let start = self.tokens[self.at].span().start();
        let mut last = start..start;
        while matches!(self.kind(self.at), TokenKind::LeftSquareBracket) {
            self.at += 1;
        }
        loop {
            match self.kind(self.at) {
                TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString => {
                    last = bytes(self.tokens[self.at]);
                    names.push(self.text[last.clone()].trim_matches(['"', '\'']).to_owned());
                }
                TokenKind::Dot | TokenKind::Whitespace => {}
                _ => return (names, last),
            }
            self.at += 1;
        }
    }

    /// Goes behind the last token of this line.
    fn end_of_line(&mut self) -> usize {
        while !matches!(self.kind(self.at), TokenKind::Newline | TokenKind::Eof) {
            self.at += 1;
        }
        self.at
    }

    /// Goes behind the value of the statement that begins at token `first`, and notes what is open there.
    fn value(&mut self, first: usize) -> usize {
        let mut open: Vec<usize> = Vec::new();
        loop {
            match self.kind(self.at) {
                TokenKind::Eof => break,
                TokenKind::Newline => {
                    let next = self.next_word();
                    if open.last().is_none_or(|&opener| self.begins_anew(next, opener)) {
                        break;
                    }
                    // Empty lines are walked over once, however many there are.
                    self.at = next;
                    continue;
                }
                TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => open.push(self.at),
                closer @ (TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket) => {
                    let list = closer == TokenKind::RightSquareBracket;
                    let fits = |at: usize| (self.kind(at) == TokenKind::LeftSquareBracket) == list;
                    if let Some(opener) = open.pop().filter(|&opener| !fits(opener)) {
                        // A bracket of the other kind closes nothing, and what follows is none of it.
                        open = vec![opener];
                        self.at += 1;
                        break;
                    }
                }
                TokenKind::MlBasicString | TokenKind::MlLiteralString if self.runs_out(self.at) => {
                    open = vec![self.at];
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        if let Some(&opener) = open.first() {
            let start = self.tokens[first].span().start();
            let opener = bytes(self.tokens[opener]);
            let mut end = self.tokens.get(self.at).map_or(self.text.len(), |token| token.span().start());
            if opener.len() > 1 {
                // An open text swallows everything: give back what begins with the next header.
                end = self.text[opener.clone()].find("\n[").map_or(end, |at| opener.start + at);
            }
            let opener = opener.start..opener.end.min(opener.start + if opener.len() > 1 { 3 } else { 1 });
            self.unclosed.push(Unclosed { opener, statement: start..end });
        }
        self.at
    }

    /// Whether a text in three quotes lacks the closing ones.
    fn runs_out(&self, at: usize) -> bool {
        let text = &self.text[bytes(self.tokens[at])];
        text.len() < 6 || !text.ends_with(&text[..3])
    }

    /// The next token that is no blank, line end or comment.
    fn next_word(&self) -> usize {
        let mut at = self.at;
        while matches!(self.kind(at), TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment) {
            at += 1;
        }
        at
    }

    /// Whether what begins a line with token `at` can't go on the list or table that `opener` begins.
    fn begins_anew(&self, at: usize, opener: usize) -> bool {
        if self.kind(at) == TokenKind::LeftSquareBracket {
            return self.is_header(at);
        }
        // `key =` can't stand in a list.
        let key = matches!(self.kind(at), TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString);
        self.kind(opener) == TokenKind::LeftSquareBracket && key && {
            let mut at = at + 1;
            while matches!(self.kind(at), TokenKind::Whitespace | TokenKind::Dot | TokenKind::Atom) {
                at += 1;
            }
            self.kind(at) == TokenKind::Equals
        }
    }

    /// Whether a header begins at token `at`: brackets around a bare name, alone on their line.
    fn is_header(&self, at: usize) -> bool {
        let mut at = at + 1;
        if self.kind(at) == TokenKind::LeftSquareBracket {
            at += 1;
        }
        let is_value = |text: &str| matches!(text, "true" | "false" | "inf" | "nan");
        let name = self.tokens.get(at).map_or("", |token| &self.text[bytes(*token)]);
        let named = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && !is_value(name);
        if self.kind(at) != TokenKind::Atom || !named {
            return false;
        }
        while !matches!(self.kind(at), TokenKind::RightSquareBracket | TokenKind::Newline | TokenKind::Eof) {
            if matches!(self.kind(at), TokenKind::Comma | TokenKind::Equals) {
                return false;
            }
            at += 1;
        }
        while matches!(self.kind(at), TokenKind::RightSquareBracket | TokenKind::Whitespace | TokenKind::Comment) {
            at += 1;
        }
        matches!(self.kind(at), TokenKind::Newline | TokenKind::Eof)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The statements, as text.
    fn cut(text: &str) -> Vec<&str> {
        scan(text).0.into_iter().map(|statement| &text[statement.range]).collect()
    }

    /// What is open, as text: the statements around it.
    fn open(text: &str) -> Vec<&str> {
        scan(text).1.into_iter().map(|unclosed| text[unclosed.statement].trim_end()).collect()
    }

    #[test]
    fn cuts_headers_and_values_of_several_lines() {
        let text = "# c\n[a.b] # c\nx = [ # c\n  \"1\",\n] # c\ny.z = { a = 1 }\n\n[[c]]\n";
        assert_eq!(cut(text), ["[a.b]", "x = [ # c\n  \"1\",\n]", "y.z = { a = 1 }", "[[c]]"]);
        assert_eq!(open(text), [""; 0]);
    }

    #[test]
    fn names_what_each_statement_defines() {
        let (statements, _) = scan("[a.\"b\"]\nc.d = 1\n[[e]]\nf = 1\n[[e]]\n");
        let paths: Vec<String> = statements.iter().map(|statement| statement.path.join(".")).collect();
        assert_eq!(paths, ["a.b", "a.b.c.d", "e.#2", "e.#2.f", "e.#4"]);
    }

    #[test]
    fn ends_an_open_list_where_something_new_begins() {
        assert_eq!(open("in = [\"a\",\nname = \"x\"\n"), ["in = [\"a\","]);
        assert_eq!(open("in = [\"a\"\n\n[services.x]\ny = 1\n"), ["in = [\"a\""]);
        assert_eq!(open("s = { min = 1\n[[links]]\n"), ["s = { min = 1"]);
        assert_eq!(open("in = [\"a\""), ["in = [\"a\""]);
    }

    #[test]
    fn takes_lists_of_lists_as_they_are() {
        assert_eq!(open("a = [\n  [1, 2],\n  [\"x\"],\n  [true]\n]\n"), [""; 0]);
    }

    #[test]
    fn ends_an_open_text_at_the_next_header() {
        assert_eq!(open("a = \"\"\"x\ny\n[b]\nc = 1\n"), ["a = \"\"\"x\ny"]);
        assert_eq!(open("a = \"\"\"x\"\"\"\n"), [""; 0]);
    }
}
