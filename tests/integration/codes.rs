//! docs/codes.md, the page of all codes, is written from src/diagnostics/code.rs; and the list there is what the source says.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use diagram::diagnostics::Severity;
use diagram::diagnostics::code::CODES;

/// Set to write the page anew instead of comparing.
const ACCEPT: &str = "DIAGRAM_ACCEPT";

/// Where the page is.
const PAGE: &str = "docs/codes.md";

const HEAD: &str = "\
# Codes of messages

Every message carries a code that stays the same over versions: `error[unknown-kind]`. An error is what cannot be drawn as
written; no file is touched then. A warning is what can be drawn but is probably not meant; the picture is drawn.
`diagram explain CODE` prints what stands here.

<!-- Written by `DIAGRAM_ACCEPT=1 cargo test --test integration -- codes` from src/diagnostics/code.rs. -->

| code | severity |
| --- | --- |
";

/// The page as it should be.
fn page() -> String {
    let mut page = HEAD.to_owned();
    for code in CODES {
        let _ = writeln!(page, "| [`{0}`](#{0}) | {1} |", code.name, code.severity);
    }
    for code in CODES {
        let _ = write!(page, "\n## {}\n\n*{}*. {}\n", code.name, code.severity, code.meaning);
        if !code.wrong.is_empty() {
            // The second word keeps it out of the blocks that have to be right.
            let _ = write!(page, "\n```toml wrong\n{}```\n\nRight:\n\n```toml\n{}```\n", code.wrong, code.right);
        }
    }
    page
}

#[test]
fn the_page_of_codes_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = page();
    if std::env::var_os(ACCEPT).is_some() {
        fs::write(&path, page).unwrap();
    } else {
        let stale = fs::read_to_string(&path).unwrap_or_default() != page;
        assert!(!stale, "{PAGE} is not what src/diagnostics/code.rs says: write it anew with `just accept`");
    }
}

/// Every source file below a folder, but for the list itself and what tests hold.
fn sources(folder: &Path, texts: &mut Vec<String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            sources(&path, texts);
        } else if !path.ends_with("diagnostics/code.rs") && !path.ends_with("code/design.rs") {
            let text = fs::read_to_string(&path).unwrap();
            texts.push(text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned());
        }
    }
}

#[test]
fn the_list_of_codes_is_what_the_source_says() {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    let mut said = BTreeSet::new();
    for text in &texts {
        for (call, severity) in [("Diagnostic::error(", Severity::Error), ("Diagnostic::warning(", Severity::Warning)] {
            for (at, _) in text.match_indices(call) {
                let Some(literal) = text[at + call.len()..].trim_start().strip_prefix('"') else { continue };
                let name = literal.split('"').next().unwrap().to_owned();
                said.insert((name, severity));
            }
        }
    }
    assert!(said.len() > 20, "the calls are found");
    for (name, severity) in &said {
        let known = CODES.iter().any(|code| code.name == *name && code.severity == *severity);
        assert!(
            known,
            "`{name}` is given as {severity:?}, and stands otherwise or not at all in src/diagnostics/code.rs"
        );
    }
    for code in CODES {
        let literal = format!("\"{}\"", code.name);
        assert!(texts.iter().any(|text| text.contains(&literal)), "nothing gives `{}`", code.name);
    }
}
