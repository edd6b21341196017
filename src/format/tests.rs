#![allow(clippy::unwrap_used)]

use super::*;

/// The canonical form, which is that of itself.
#[track_caller]
fn formatted(text: &str) -> String {
    let once = format(&Source::new("x.toml", text)).unwrap();
    assert_eq!(format(&Source::new("x.toml", once.clone())).unwrap(), once, "twice is once");
    once
}

#[test]
fn spacing_quotes_and_order_of_keys() {
    let text =
        "[ services . api ]\n  name='API'   \nin   =\"app\"\n\"kind\"= \"ecs\"\n\n\n\n[services.'a.b']\nkind=\"s3\"\n";
    let expected = "[services.api]\nkind = \"ecs\"\nname = \"API\"\nin = \"app\"\n\n[services.'a.b']\nkind = \"s3\"\n";
    assert_eq!(formatted(text), expected.replace("'a.b'", "\"a.b\""));
}

#[test]
fn texts_keep_what_they_say() {
    for value in [r#""a \" b""#, r"'a \ b'", r#"'a "b"'"#, "\"\"\"\na\n  b\"\"\"", "'''a\nb'''", "\"ñ → 日本\""] {
        let text = format!("[services.a]\nname = {value}\n");
        assert_eq!(formatted(&text), text);
    }
}

#[test]
fn remarks_stay_with_what_they_are_about() {
    let text = "\
#:schema x.json
# About the file.

# About the whole.
[diagram] # beside
# above
title = \"T\"
# count = 3

# ---- boxes ----

# About a.
[services.a]
# in
in = [\"x\"] # there
# kind
kind = \"s3\" # here
# [services.b]
# kind = \"s3\"

# The end.
";
    let expected = "\
#:schema x.json
# About the file.

# About the whole.
[diagram] # beside
# above
title = \"T\"
# count = 3

# ---- boxes ----

# About a.
[services.a]
# kind
kind = \"s3\" # here
# in
in = [\"x\"] # there
# [services.b]
# kind = \"s3\"

# The end.
";
    assert_eq!(formatted(text), expected);
}

#[test]
fn remarks_beside_neighbours_line_up() {
    let text = "[diagram]\ntitle = \"T\" # one\nlang = \"en\"   # two\ntheme = \"light\"\ncloud = false # three\n";
    let expected = "[diagram]\ntitle = \"T\"\ntheme = \"light\"\nlang = \"en\"   # two\ncloud = false # three\n";
    assert_eq!(formatted(text), expected.replace("\"T\"", "\"T\" # one"));
}

#[test]
fn long_lists_get_a_line_for_each_element() {
    let text = "[flows.f]\nsteps=[\"a->b\",'b -> c' , ]\n";
    assert_eq!(formatted(text), "[flows.f]\nsteps = [\"a->b\", \"b -> c\"]\n");
    let text = "[flows.f]\nsteps = [\n\"a\",\n\n    \"b\"]\n";
    assert_eq!(formatted(text), "[flows.f]\nsteps = [\n  \"a\",\n\n  \"b\",\n]\n");
    let long = "x".repeat(60);
    let text = format!("[flows.f]\nsteps = [\"{long}\", \"{long}\"]\n");
    assert_eq!(formatted(&text), format!("[flows.f]\nsteps = [\n  \"{long}\",\n  \"{long}\",\n]\n"));
}

#[test]
fn lists_in_long_tables_get_lines_too() {
    let (name, step) = ("n".repeat(50), "s".repeat(40));
    let text = format!("[flows]\nf = {{steps=[\"{step}\",\"{step}\"], name = \"{name}\"}}\n");
    let expected = format!("[flows]\nf = {{ name = \"{name}\", steps = [\n  \"{step}\",\n  \"{step}\",\n] }}\n");
    assert_eq!(formatted(&text), expected);
    // Without a list there is nothing to break at.
    let text = format!("[services]\na = {{ kind = \"s3\", name = \"{name}\", why = \"{name}\" }}\n");
    assert_eq!(formatted(&text), text);
}

#[test]
fn remarks_in_lists_stay_in_their_place() {
    let text = "[flows.f]\nsteps = [ # first\n\n# one\n \"a\" # beside a\n, # and again\n# two\n\"b\", # beside b\n# last\n\n]\n";
    let expected = "\
[flows.f]
steps = [ # first
  # one
  \"a\", # beside a
  # and again
  # two
  \"b\", # beside b
  # last
]
";
    assert_eq!(formatted(text), expected);
    assert_eq!(formatted("[groups.a]\nmembers = [ # none\n]\n"), "[groups.a]\nmembers = [ # none\n]\n");
}

#[test]
fn tables_in_a_line_stay_there() {
    let text = "[services]\nb={name=\"B\",kind=\"s3\"}\na={kind=\"ecs\",scaling={max=2,min=1},in=[\n\"x\"]}\n";
    let expected = "[services]\nb = { kind = \"s3\", name = \"B\" }\n\
                    a = { kind = \"ecs\", in = [\"x\"], scaling = { min = 1, max = 2 } }\n";
    assert_eq!(formatted(text), expected);
    let text = "[services]\na = { # why\n  kind = \"s3\", # S3\n  # in\n  in = \"x\" # x\n  # end\n}\n";
    let expected = "[services]\na = { # why\n  kind = \"s3\", # S3\n  # in\n  in = \"x\", # x\n  # end\n}\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn entries_keep_their_order_and_settings_come_first() {
    let text = "[services.b]\n[flows.z]\n[externals.a]\n[[links]]\n[services.a]\n[flows.y]\n[icons]\n[diagram]\n";
    let order = "[diagram] [icons] [services.b] [externals.a] [services.a] [flows.z] [flows.y] [[links]]";
    assert_eq!(formatted(text), order.replace(' ', "\n\n") + "\n");
    let text = "# About b.\n[services.b]\n# below b\n\n# About the diagram.\n[diagram]\n";
    let expected = "# About the diagram.\n[diagram]\n\n# About b.\n[services.b]\n# below b\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn dotted_keys_stay_dotted() {
    let text = "services.b.kind = \"s3\"\n# c\nservices.a.kind=\"s3\" # d\nservices.a.name = 'A'\n[services.c]\nscaling.max=2\nkind=\"ecs\"\n";
    let expected = "services.b.kind = \"s3\"\n# c\nservices.a.kind = \"s3\" # d\nservices.a.name = \"A\"\n\n\
                    [services.c]\nkind = \"ecs\"\nscaling.max = 2\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn line_ends_are_those_of_the_file() {
    assert_eq!(formatted("[a.b]\r\nx=1\r\n\r\n\r\n# c\r\n"), "[a.b]\r\nx = 1\r\n\r\n# c\r\n");
    assert_eq!(formatted("[a.b]\nx=1"), "[a.b]\nx = 1\n");
}

#[test]
fn files_without_tables() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\n \n"), "");
    assert_eq!(formatted("\n# only\n\n\n# words"), "# only\n\n# words\n");
}

#[test]
fn what_is_no_toml_is_refused_with_its_place() {
    for text in ["[services.a]\nkind = s3\n", "[services.a]\n[services.a]\n", "x = [1,\n", "[a b]\n"] {
        let diagnostics = format(&Source::new("x.toml", text)).unwrap_err();
        assert!(!diagnostics.is_empty() && !diagnostics[0].labels.is_empty(), "{text}");
    }
    // What it means is not asked for.
    assert!(format(&Source::new("x.toml", "[service.a]\nknd = 3\n")).is_ok());
}
