//! `diagram explain`

use std::fmt::Write;

use anyhow::{Result, bail};
use diagram::diagnostics::code::{self, CODES, Code};
use diagram::diagnostics::suggest::did_you_mean;

use super::args::ExplainArguments;
use super::{Outcome, output};

/// Columns of the explanations; they are read in terminals of any width.
const WIDTH: usize = 80;

/// Prints what a code means, or a line for each of them.
pub fn run(arguments: &ExplainArguments) -> Result<Outcome> {
    let text = match &arguments.code {
        Some(typed) => explanation(find(typed)?),
        None => listing(),
    };
    output::to_stdout(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The code that was typed, alone or with what stands around it in a message: `error[unknown-kind]`.
fn find(typed: &str) -> Result<&'static Code> {
    let name = typed.rsplit('[').next().unwrap_or_default().trim_end_matches([']', ':']);
    if let Some(code) = code::find(name) {
        return Ok(code);
    }
    match did_you_mean(name, CODES.iter().map(|code| code.name)) {
        Some(offer) => bail!("no message has the code `{name}`: {offer}"),
        None => bail!("no message has the code `{name}`: `diagram explain` lists all"),
    }
}

/// The meaning, and the two documents where there are any.
fn explanation(code: &Code) -> String {
    let mut text = format!("{}[{}]\n\n{}", code.severity, code.name, wrapped(code.meaning));
    for (title, document) in code.examples() {
        let _ = write!(text, "\n{title}:\n\n");
        for line in document.lines() {
            let _ = writeln!(text, "{}", if line.is_empty() { String::new() } else { format!("    {line}") });
        }
    }
    text
}

/// A line for each code.
fn listing() -> String {
    let column = CODES.iter().map(|code| code.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for code in CODES {
        let _ = writeln!(text, "{:column$}  {:7}  {}", code.name, code.severity, first_clause(code.meaning));
    }
    text
}

/// The beginning of a meaning that can stand alone.
fn first_clause(meaning: &str) -> &str {
    let end =
        [". ", ": ", "; ", ", so that ", ", such as ", ", because "].iter().filter_map(|stop| meaning.find(stop)).min();
    meaning[..end.unwrap_or(meaning.len())].trim_end_matches('.')
}

/// The text in lines of at most [`WIDTH`] characters.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            lines.push('\n');
            column = 0;
        } else if column > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_code_is_found_as_it_stands_in_a_message() {
        for typed in ["unknown-kind", "[unknown-kind]", "error[unknown-kind]:"] {
            assert_eq!(find(typed).map(|code| code.name).ok(), Some("unknown-kind"), "{typed}");
        }
        let near = find("unknwon-kind").map(|code| code.name).unwrap_err().to_string();
        assert!(near.contains("did you mean `unknown-kind`?"), "{near}");
        let far = find("xyzzy").map(|code| code.name).unwrap_err().to_string();
        assert!(far.contains("`diagram explain` lists all"), "{far}");
    }

    #[test]
    fn every_line_fits() {
        for code in CODES {
            assert!(explanation(code).lines().all(|line| line.chars().count() <= WIDTH), "{}", code.name);
            assert!(!first_clause(code.meaning).is_empty(), "{}", code.name);
        }
        assert!(listing().lines().all(|line| line.chars().count() <= 120), "{}", listing());
    }
}
