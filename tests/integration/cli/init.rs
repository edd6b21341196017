use std::fs;

use super::{Run, TINY};

const TEMPLATES: [&str; 4] = ["web", "serverless", "multi-region", "hub"];

#[test]
fn a_file_to_begin_with_is_written() {
    let left = Run::new("init").stdout("").stderr("wrote arch.toml; draw it with `diagram render arch.toml`\n").check();
    assert_eq!(left.files(), ["arch.toml"]);
    let text = String::from_utf8(left.read("arch.toml")).unwrap();
    assert!(text.starts_with("# ") && text.contains("diagram render arch.toml"), "{text}");
    let left = Run::new("init new/orders.toml --template serverless").check();
    assert_eq!(left.files(), ["new/orders.toml"]);
}

#[test]
fn every_template_is_drawn_without_a_word() {
    for template in TEMPLATES {
        let left = Run::new(&format!("init - --template {template}")).stderr("").check();
        let left = Run::new("render - --format svg").stdin(&left.stdout).stderr("").check();
        assert!(left.stdout.starts_with(b"<svg "), "{template}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let left = Run::new("init")
        .file("arch.toml", TINY)
        .status(2)
        .stderr("error: `arch.toml` is there already: name another file, or print with `diagram init -`\n")
        .check();
    assert_eq!(left.read("arch.toml"), TINY.as_bytes());
    let run = Run::new("init docs");
    fs::create_dir(run.path("docs")).unwrap();
    run.status(2).says("`docs` is a directory: name a file in it, such as `docs").check();
    Run::new("init --template monolith").status(2).says("multi-region").check();
}
