//! The JSON Schema says what the parser says.

use std::fs;
use std::path::Path;

use diagram::diagnostics::code::CODES;
use diagram::diagnostics::{Diagnostic, Severity};
use diagram::document;
use diagram::source::Source;
use jsonschema::Validator;
use serde_json::Value;

use crate::pictures::{documents, topologies};

/// Where the schema is committed, for those who do not have the program at hand.
const COMMITTED: &str = "docs/diagram.schema.json";

/// Set to rewrite it instead of comparing.
const ACCEPT: &str = "DIAGRAM_ACCEPT";

fn schema() -> Value {
    diagram::schema::schema().to_value()
}

fn validator() -> Validator {
    jsonschema::draft7::new(&schema()).unwrap()
}

/// A document as validators see it; `None` if it is no TOML.
fn value(text: &str) -> Option<Value> {
    toml::from_str(text).ok()
}

/// What is wrong with a document according to the schema.
fn faults(validator: &Validator, text: &str) -> Vec<String> {
    let value = value(text).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error:.200}", error.instance_path())).collect()
}

/// The errors of form that the parser finds.
fn errors(text: &str) -> Vec<Diagnostic> {
    let (_, mut diagnostics) = document::parse(&Source::new("x.toml", text), 0);
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
    diagnostics
}

#[test]
fn the_committed_schema_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(COMMITTED);
    let fresh = serde_json::to_string_pretty(&diagram::schema::schema()).unwrap() + "\n";
    if std::env::var_os(ACCEPT).is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == fresh, "{COMMITTED} is not what `diagram schema` prints: run `just accept`");
}

#[test]
fn the_schema_is_one() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn every_document_that_is_drawn_is_valid() {
    let validator = validator();
    let paths = documents().into_iter().chain(topologies("regressions")).map(|(_, path)| path);
    let templates = ["web", "serverless", "multi-region", "hub"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/templates");
    for path in paths.chain(templates.map(|name| folder.join(format!("{name}.toml")))) {
        let faults = faults(&validator, &fs::read_to_string(&path).unwrap());
        assert_eq!(faults, [""; 0], "{}", path.display());
    }
    for code in CODES.iter().filter(|code| code.right.contains("= ")) {
        assert_eq!(faults(&validator, code.right), [""; 0], "{}", code.name);
    }
}

/// A document of every construct, each of which the lines below break.
const WHOLE: &str = r#"
include = ["other.toml"]

[diagram]
title = "T"
direction = "down"
theme = "dark"
lang = "es"
cloud = false

[icons]
own = "icons/own.svg"
pack = ["icons/gcp"]

[defaults.services.ec2]
scaling = { min = 2 }

[regions.us-east-1]
azs = ["a", "c"]
role = "active"

[vpcs.main]
in = "us-east-1"
cidr = "10.0.0.0/16"

[subnets.app]
in = ["main"]
access = "private"
cidrs = { a = "10.0.0.0/24" }

[groups.asg]
kind = "auto-scaling-group"
members = ["api@us-east-1a"]

[services.api]
kind = "aws_ecs_service"
in = "app"
count = 3
scaling = { min = 1, max = 2 }
multi-az = true
link = "docs/runbook.md"
tags = ["pci"]

[services.twin]
like = "api"

[externals."año"]
kind = "own"

[notes.n]
text = "N"
at = "api"

[flows.f]
numbered = true
color = "blue"
steps = ["año -> api, twin : HTTPS", "api~>twin"]

[[links]]
from = "api"
to = "twin@a@main"
style = "async"
arrow = "both"

[views.v]
only = ["kind:rds", "tag:pci"]
collapse = ["main"]

[[requirements]]
text = "R"
check = "survives-az-loss"
"#;

/// What stands in [`WHOLE`], and what breaks it.
const BREAKS: [(&str, &str); 35] = [
    ("text = \"N\"\n", ""),
    ("count = 3", "count = 0"),
    ("survives-az-loss", "survives-anything"),
    ("include = [\"other.toml\"]", "include = 3"),
    ("include = [\"other.toml\"]", "includes = [\"other.toml\"]"),
    ("[diagram]", "[diagrams]"),
    ("title = \"T\"", "title = 3"),
    ("title = \"T\"", "titel = \"T\""),
    ("\"down\"", "\"up\""),
    ("\"dark\"", "\"neon\""),
    ("cloud = false", "cloud = \"no\""),
    ("[defaults.services.ec2]", "[defaults.service.ec2]"),
    ("own = \"icons/own.svg\"", "own = 3"),
    ("azs = [\"a\", \"c\"]", "azs = \"a\""),
    ("azs = [\"a\", \"c\"]", "azs = 0"),
    ("role = \"active\"", "role = \"primary\""),
    ("cidr = \"10.0.0.0/16\"", "cidr = \"10.0.0.0\""),
    ("access = \"private\"", "access = \"closed\""),
    ("cidrs = { a = \"10.0.0.0/24\" }", "cidrs = \"10.0.0.0/24\""),
    ("members = [\"api@us-east-1a\"]", "members = \"api\""),
    ("\"api@us-east-1a\"", "\"api@\""),
    ("kind = \"aws_ecs_service\"", "kind = [\"ecs\"]"),
    ("kind = \"aws_ecs_service\"\n", ""),
    ("in = \"app\"", "in = \"the app\""),
    ("min = 1, max = 2", "min = 1, most = 2"),
    ("min = 1, max = 2", ""),
    ("multi-az = true", "multi_az = true"),
    ("docs/runbook.md", "javascript:alert(1)"),
    ("tags = [\"pci\"]", "tags = \"pci\""),
    ("\"año\"]", "\"el año\"]"),
    ("año -> api", "año => api"),
    ("api~>twin", "api twin"),
    ("from = \"api\"\n", ""),
    ("arrow = \"both\"", "arrow = \"<->\""),
    ("text = \"R\"\n", ""),
];

#[test]
fn what_the_parser_refuses_is_invalid() {
    let validator = validator();
    assert_eq!(faults(&validator, WHOLE), [""; 0]);
    assert_eq!(errors(WHOLE), []);
    for (right, wrong) in BREAKS {
        assert!(WHOLE.contains(right), "{right}");
        let text = WHOLE.replacen(right, wrong, 1);
        assert!(!faults(&validator, &text).is_empty(), "{wrong} passes");
    }
    let unknown = "[services.a]\nkind = \"lamda\"\n";
    assert!(!faults(&validator, unknown).is_empty(), "without `[icons]` nobody can have declared this kind");
    let own = format!("{unknown}[icons]\nlamda = \"l.svg\"\n");
    assert_eq!(faults(&validator, &own), [""; 0]);
}

#[test]
fn most_mistakes_of_form_are_invalid() {
    let validator = validator();
    for code in CODES.iter().filter(|code| !errors(code.wrong).is_empty() && value(code.wrong).is_some()) {
        // That a file holds something is no matter of form to a schema.
        let beyond = ["nothing-to-draw", "control-character", "duplicate-id"].contains(&code.name);
        assert_eq!(faults(&validator, code.wrong).is_empty(), beyond, "{}", code.name);
    }
}

#[test]
fn steps_are_judged_alike() {
    let validator = validator();
    let steps = [
        "a -> b",
        "a->b",
        "a<->b",
        "a -- b",
        "a--b",
        "a -> b--c",
        "a ~> b",
        "a <~> b",
        "a ~~ b",
        "a -> b, c -> d : text",
        "a@x -> b@y@z:text",
        "a -> b: text",
        "a -> b :text",
        "a -> b : a -> c : d",
        " a  ->  b ",
        "a",
        "a ->",
        "-> b",
        "",
        "a => b",
        "a > b",
        "a b",
        "a -> b c",
        "a, -> b",
        "a -> -> b",
        "a → b",
        "a.b -> c_d",
        "a <- b",
        "ñ -> 日本",
        "a ->b",
        "a- -> b",
        "a -> :b",
        "a:b -> c",
        "a -> 'b'",
    ];
    for step in steps {
        let text = format!("[flows.f]\nsteps = [\"{step}\"]\n[services.s]\nkind = \"s3\"\n");
        assert_eq!(faults(&validator, &text).is_empty(), errors(&text).is_empty(), "{step:?}: {:?}", errors(&text));
    }
}

#[test]
fn ids_are_judged_alike() {
    let validator = validator();
    for id in [
        "a",
        "us-east-1",
        "_x",
        "v1.2",
        "datos_año",
        "データ",
        "3",
        "",
        "my api",
        "a@b",
        "a:b",
        "a,b",
        "-",
        "-x",
        "a~b",
        ".a",
        "a/b",
    ] {
        let text = format!("[services.\"{id}\"]\nkind = \"s3\"\n");
        assert_eq!(faults(&validator, &text).is_empty(), errors(&text).is_empty(), "{id:?}");
    }
}

#[test]
fn kinds_have_their_titles_and_every_name_is_taken() {
    let schema = schema();
    let kinds = &schema["definitions"]["service-kind"];
    let (names, titles) = (kinds["enum"].as_array().unwrap(), kinds["enumDescriptions"].as_array().unwrap());
    assert_eq!(names.len(), titles.len());
    let lambda = names.iter().position(|name| name == "lambda").unwrap();
    assert_eq!(titles[lambda], "AWS Lambda");
    let validator = validator();
    for name in ["aws_lambda_function", "aws-lambda-function", "api_gateway", "generic"] {
        assert_eq!(faults(&validator, &format!("[services.a]\nkind = \"{name}\"\n")), [""; 0]);
        assert_eq!(faults(&validator, &format!("[groups.a]\nkind = \"{name}\"\n")), [""; 0]);
    }
}

#[test]
fn every_key_has_a_description() {
    let schema = schema();
    let mut waiting = vec![(String::new(), &schema["properties"])];
    let mut count = 0;
    while let Some((path, properties)) = waiting.pop() {
        for (name, property) in properties.as_object().unwrap() {
            let path = format!("{path}/{name}");
            assert!(property["description"].as_str().is_some_and(|text| text.ends_with('.')), "{path}");
            count += 1;
            for inner in [property, &property["additionalProperties"], &property["items"]] {
                if inner["properties"].is_object() {
                    waiting.push((path.clone(), &inner["properties"]));
                }
            }
        }
    }
    assert!(count > 100, "{count}");
}
