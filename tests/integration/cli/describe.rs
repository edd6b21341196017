//! `diagram describe`, and templates of one's own.

use super::Run;

const DESIGN: &str =
    "[externals.users]\nkind = \"users\"\n[services.site]\nkind = \"s3\"\n[flows.visit]\nsteps = [\"users -> site\"]\n";

#[test]
fn a_page_can_be_printed() {
    let left = Run::new("describe a.toml").file("a.toml", DESIGN).check();
    let said = String::from_utf8(left.stdout).unwrap();
    assert!(said.starts_with("# Architecture\n\n![") && said.contains("kept as files in **Amazon S3**"), "{said}");
    let left = Run::new("describe a.toml --detail full").file("a.toml", DESIGN).check();
    let said = String::from_utf8(left.stdout).unwrap();
    assert!(said.contains("| Amazon S3 | Amazon S3 |"), "{said}");
    let left = Run::new("describe a.toml --format json").file("a.toml", DESIGN).check();
    let json: serde_json::Value = serde_json::from_slice(&left.stdout).unwrap();
    assert_eq!((&json["version"], &json["language"]), (&1.into(), &"en".into()));
}

#[test]
fn a_template_shapes_the_page() {
    let named = format!("[description]\ntemplate = \"docs/page.md\"\n{DESIGN}");
    let template = "{{ language }}: {% include 'part.md' %}";
    let run = |line: &str| {
        Run::new(line)
            .file("a.toml", &named)
            .file("docs/page.md", template)
            .file("docs/part.md", "{{ sections | length }}")
    };
    assert_eq!(run("describe a.toml").check().stdout, b"en: 1\n");
    assert_eq!(run("describe a.toml --template docs/page.md").check().stdout, b"en: 1\n");
    let left =
        Run::new("render a.toml --format svg,md").file("a.toml", &named).file("docs/page.md", "a\n{{ b }}").status(1);
    let left = left.check();
    assert!(left.stderr.contains("docs/page.md:2:4"), "{}", left.stderr);
    let left = Run::new("describe a.toml").file("a.toml", &named).status(1).check();
    assert!(left.stderr.contains("error[bad-template]") && left.stderr.contains("a.toml:2:12"), "{}", left.stderr);
    let outside = Run::new("describe docs/a.toml --template docs/page.md").file("docs/a.toml", DESIGN);
    let left = outside.file("docs/page.md", "{% include '../secret.md' %}").file("secret.md", "s").status(1).check();
    assert!(left.stderr.contains("outside the folder of the template"), "{}", left.stderr);
}
