//! Texts of other tools, told by how they begin: one message instead of one for each line.

use std::ops::Range;

/// How texts of other formats begin, and what they are.
const BEGINNINGS: [(&str, &str); 25] = [
    ("{", "JSON"),
    ("---", "YAML"),
    ("Diagram:", "a file of awsdac"),
    ("AWSTemplateFormatVersion", "a template of CloudFormation"),
    ("graph ", "a diagram of Mermaid or Graphviz"),
    ("flowchart ", "a diagram of Mermaid"),
    ("sequenceDiagram", "a diagram of Mermaid"),
    ("architecture-beta", "a diagram of Mermaid"),
    ("C4Context", "a diagram of Mermaid"),
    ("```", "Markdown"),
    ("digraph", "a graph of Graphviz"),
    ("strict digraph", "a graph of Graphviz"),
    ("@startuml", "a diagram of PlantUML"),
    ("resource \"", "a file of Terraform"),
    ("provider \"", "a file of Terraform"),
    ("terraform {", "a file of Terraform"),
    ("module \"", "a file of Terraform"),
    ("variable \"", "a file of Terraform"),
    ("data \"", "a file of Terraform"),
    ("from diagrams", "a program in Python"),
    ("import ", "a program in Python"),
    ("with Diagram(", "a program in Python"),
    ("<?xml", "XML"),
    ("<svg", "XML"),
    ("<mxfile", "a drawing of draw.io"),
];

/// What a text that is no TOML is instead, and its first line; `None` if that can't be told.
pub(super) fn recognized(text: &str) -> Option<(&'static str, Range<usize>)> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').filter_map(|line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let bare = line.trim();
        (!bare.is_empty() && !bare.starts_with(['#', '%']) && !bare.starts_with("//")).then_some((start, line, bare))
    });
    let (start, _, first) = lines.next()?;
    let range = start..start + first.len();
    let begins = |begin: &str| first.starts_with(begin) && !first.contains(" = ");
    if let Some((_, format)) = BEGINNINGS.iter().find(|(begin, _)| begins(begin)) {
        return Some((format, range));
    }
    let rest: Vec<(usize, &str, &str)> = lines.collect();
    let all = || std::iter::once(first).chain(rest.iter().map(|(_, _, bare)| *bare));
    if all().any(|line| line.contains('=') || line.starts_with('[')) {
        return None;
    }
    let indented =
        rest.first().is_some_and(|(_, line, bare)| line.starts_with([' ', '\t', '-']) || bare.starts_with("- "));
    if first.ends_with(':') && indented {
        return Some(("YAML", range));
    }
    // Of D2: nothing but links and captions.
    let is_d2 =
        |line: &str| [" -> ", " <- ", " -- ", " <-> ", ": "].iter().any(|sign| line.contains(sign)) || line == "}";
    (all().all(is_d2) && all().any(|line| line.contains(" -> "))).then_some(("a diagram of D2", range))
}

#[cfg(test)]
mod tests {
    use super::recognized;

    fn format(text: &str) -> Option<&'static str> {
        recognized(text).map(|(format, _)| format)
    }

    #[test]
    fn other_tools_are_recognized() {
        assert_eq!(format("{\n  \"services\": []\n}"), Some("JSON"));
        assert_eq!(format("# c\nservices:\n  - kind: s3\n"), Some("YAML"));
        assert_eq!(format("graph TD\n  A-->B\n"), Some("a diagram of Mermaid or Graphviz"));
        assert_eq!(
            format("resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"),
            Some("a file of Terraform")
        );
        assert_eq!(format("users -> api: HTTPS\napi -> db\n"), Some("a diagram of D2"));
        assert_eq!(recognized("\n  ---\n").map(|(_, range)| range), Some(3..6));
    }

    #[test]
    fn broken_toml_is_not_another_format() {
        for text in [
            "[services.a\nkind = \"s3\"\n",
            "kind: ecs\n",
            "[services.a]\nkind: ecs\nname: A\n",
            "import = 1\n[a\n",
            "numbered\n",
            "",
        ] {
            assert_eq!(format(text), None, "{text}");
        }
    }
}
