use std::fs;
use std::path::Path;

use super::{Run, TINY};

/// Every command; the first is the program itself.
const COMMANDS: [&str; 12] =
    ["", "render", "check", "describe", "fmt", "init", "layout", "icons", "schema", "explain", "completions", "man"];

#[test]
fn every_command_explains_itself_with_examples() {
    for command in COMMANDS {
        let left = Run::new(&format!("{command} --help")).stderr("").check();
        let help = String::from_utf8(left.stdout).unwrap();
        assert!(help.contains("Examples:\n  diagram "), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
    Run::new("--version").stdout(concat!("diagram ", env!("CARGO_PKG_VERSION"), "\n")).stderr("").check();
}

#[test]
fn a_code_is_explained_with_two_documents() {
    let left = Run::new("explain unknown-kind").stderr("").check();
    let text = String::from_utf8(left.stdout).unwrap();
    assert!(text.starts_with("error[unknown-kind]\n\nThe catalogue has no such kind"), "{text}");
    assert!(text.contains("\nWrong:\n\n    [services.site]\n") && text.contains("\nRight:\n\n"), "{text}");
    let offer = "error: no message has the code `unknown-knd`: did you mean `unknown-kind`";
    Run::new("explain unknown-knd").status(2).stdout("").says(offer).check();
}

#[test]
fn all_codes_are_listed_in_a_line_each() {
    let left = Run::new("explain").stderr("").check();
    let text = String::from_utf8(left.stdout).unwrap();
    let listed: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    let codes: Vec<&str> = diagram::diagnostics::code::CODES.iter().map(|code| code.name).collect();
    assert_eq!(listed, codes);
}

#[test]
fn shells_complete_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let left = Run::new(&format!("completions {shell}")).stderr("").check();
        let script = String::from_utf8(left.stdout).unwrap();
        for word in COMMANDS.into_iter().chain(["direction"]) {
            assert!(script.contains(word), "{word} is missing for {shell}");
        }
    }
    Run::new("completions tcsh").status(2).says("bash").check();
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let left = Run::new("man").stderr("").check();
    let page = String::from_utf8(left.stdout).unwrap();
    assert!(page.contains(".TH diagram 1") && page.contains("diagram\\-render(1)"), "{page}");
    let left = Run::new("man -o man1").stdout("").check();
    for command in COMMANDS {
        let name = if command.is_empty() { "diagram".to_owned() } else { format!("diagram-{command}") };
        let page = String::from_utf8(left.read(&format!("man1/{name}.1"))).unwrap();
        assert!(page.contains(".SH EXAMPLES\n.nf\ndiagram "), "{page}");
    }
    assert_eq!(left.files().len(), COMMANDS.len());
}

#[test]
fn colours_and_links_go_where_they_are_wanted() {
    let shown = |variables: &[(&str, &str)]| {
        let mut run = Run::new("layout a.toml").file("a.toml", TINY.replace("s3", "s33")).status(1);
        run.variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        run.check().stderr
    };
    let (colour, link) = ("\u{1b}[", "\u{1b}]8;;file://");
    assert!(!shown(&[]).contains('\u{1b}'), "nobody sees colours in a pipe");
    for forced in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
        let text = shown(&[(forced, "1")]);
        assert!(text.contains(colour) && !text.contains(link), "{forced}: {text}");
        assert!(!shown(&[(forced, "1"), ("NO_COLOR", "1")]).contains('\u{1b}'), "NO_COLOR is stronger than {forced}");
    }
    let text = shown(&[("FORCE_HYPERLINK", "1")]);
    assert!(text.contains(link) && !text.contains(colour), "{text}");
}

#[test]
fn the_schema_is_printed() {
    let left = Run::new("schema").stderr("").check();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagram.schema.json");
    assert_eq!(String::from_utf8(left.stdout).unwrap(), fs::read_to_string(committed).unwrap());
}
