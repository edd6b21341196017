//! From a place inside a TOML string's value back to the bytes of the file that it was written with.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// Where each character of a string's value stands in the file.
pub(super) struct StringMap {
    /// The whole string in the file, quotes included.
    whole: Range<usize>,
    /// For each character of the value: its first byte in the value, and its bytes in the file. `None` if the string
    /// could not be followed.
    pieces: Option<Vec<(usize, Range<usize>)>>,
}

impl StringMap {
    /// Maps the value of the string that `whole` (a byte range of `file`) holds.
    pub fn new(file: &str, whole: Range<usize>, value: &str) -> Self {
        let pieces = file.get(whole.clone()).and_then(|raw| follow(raw, whole.start, value));
        Self { whole, pieces }
    }

    /// The byte range in the file of a byte range of the value; the whole string where that is unknown.
    pub fn range(&self, within: Range<usize>) -> Range<usize> {
        let Some(pieces) = &self.pieces else { return self.whole.clone() };
        let at = |byte: usize| {
            pieces.partition_point(|(start, _)| *start <= byte).checked_sub(1).map(|piece| &pieces[piece].1)
        };
        match (at(within.start), at(within.end.saturating_sub(1))) {
            (Some(first), Some(last)) if within.start < within.end => first.start..last.end,
            // An empty range: the gap before the character, or the closing quote.
            (Some(first), _) if pieces.last().is_some_and(|(start, _)| within.start <= *start) => {
                first.start..first.start
            }
            _ => pieces.last().map_or_else(|| self.whole.clone(), |(_, last)| last.end..last.end),
        }
    }
}

/// Reads a TOML string as it is written and notes where each character of its value comes from; `None` if that
/// does not give `value`. `start` is the string's first byte in the file.
fn follow(raw: &str, start: usize, value: &str) -> Option<Vec<(usize, Range<usize>)>> {
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let triple = [quote; 3].iter().collect::<String>();
    let multiline = raw.len() >= 6 && raw.starts_with(&triple);
    let width = if multiline { 3 } else { 1 };
    let mut inner = raw.get(width..raw.len().checked_sub(width)?)?;
    let mut base = start + width;
    if multiline {
        // The line end right after the opening quotes does not belong to the value.
        let trimmed = inner.strip_prefix("\r\n").or_else(|| inner.strip_prefix('\n')).unwrap_or(inner);
        base += inner.len() - trimmed.len();
        inner = trimmed;
    }
    let mut pieces = Vec::new();
    let mut decoded = String::new();
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let c = if c == '\\' && quote == '"' {
            match unescape(&mut chars)? {
                Escape::Char(c) => c,
                Escape::Nothing => continue,
            }
        } else {
            c
        };
        let end = chars.peek().map_or(inner.len(), |(next, _)| *next);
        pieces.push((decoded.len(), base + at..base + end));
        decoded.push(c);
    }
    (decoded == value).then_some(pieces)
}

/// What an escape stands for.
enum Escape {
    /// A character.
    Char(char),
    /// A line end that is swallowed with the blanks around it.
    Nothing,
}

/// Reads one escape after its backslash; `None` for what is none of TOML 1.1.
fn unescape(chars: &mut Peekable<CharIndices>) -> Option<Escape> {
    let (_, c) = chars.next()?;
    let c = match c {
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        '"' | '\\' => c,
        'x' => return code_point(chars, 2).map(Escape::Char),
        'u' => return code_point(chars, 4).map(Escape::Char),
        'U' => return code_point(chars, 8).map(Escape::Char),
        ' ' | '\t' | '\r' | '\n' => {
            while chars.next_if(|(_, c)| matches!(c, ' ' | '\t' | '\r' | '\n')).is_some() {}
            return Some(Escape::Nothing);
        }
        _ => return None,
    };
    Some(Escape::Char(c))
}

fn code_point(chars: &mut Peekable<CharIndices>, digits: usize) -> Option<char> {
    let mut code = 0;
    for _ in 0..digits {
        code = code * 16 + chars.next()?.1.to_digit(16)?;
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// What the file holds at the place where the value holds `wanted`.
    fn found(raw: &str, wanted: &str) -> String {
        let file = format!("x = {raw}\n");
        let tree = toml::de::DeTable::parse(&file).unwrap();
        let value = &tree.get_ref()["x"];
        let text = value.get_ref().as_str().unwrap();
        let at = text.find(wanted).unwrap();
        file[StringMap::new(&file, value.span(), text).range(at..at + wanted.len())].to_owned()
    }

    #[test]
    fn follows_every_way_to_write_a_string() {
        assert_eq!(found(r#""a -> db""#, "db"), "db");
        assert_eq!(found(r"'a -> db'", "db"), "db");
        assert_eq!(found("\"\"\"\na -> db\"\"\"", "db"), "db");
        assert_eq!(found("'''\r\na -> db'''", "db"), "db");
        assert_eq!(found("\"\"\"a -> \\\n   db\"\"\"", "db"), "db");
        assert_eq!(found("\"\"\"a ->\r\n db\"\"\"", "db"), "db");
    }

    #[test]
    fn follows_escapes() {
        assert_eq!(found(r#""\"a\" \u00e1 -> db""#, "db"), "db");
        assert_eq!(found(r#""a\x2db -> c""#, "a-b"), r"a\x2db");
        assert_eq!(found(r#""ñandú -> \U0001F600""#, "😀"), r"\U0001F600");
    }

    #[test]
    fn falls_back_to_the_whole_string() {
        let file = r#"x = "abc""#;
        assert_eq!(StringMap::new(file, 4..9, "other").range(0..1), 4..9);
    }

    #[test]
    fn places_an_empty_range() {
        let file = r#"x = "abc""#;
        assert_eq!(StringMap::new(file, 4..9, "abc").range(1..1), 6..6);
        assert_eq!(StringMap::new(file, 4..9, "abc").range(3..3), 8..8);
    }
}
