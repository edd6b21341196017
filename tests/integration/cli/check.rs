use serde_json::Value;

use super::{Left, Run, TINY};

/// A document with an error in line 6 and a warning in line 1.
const DOUBTFUL: &str = "[regions.us-est-1]\n\n[services.site]\nkind = \"s3\"\nin = \"us-est-1\"\nnmae = \"Site\"\n";

/// The same without the error.
const WARNED: &str = "[regions.us-est-1]\n\n[services.site]\nkind = \"s3\"\nin = \"us-est-1\"\n";

fn json(left: &Left) -> Value {
    serde_json::from_slice(&left.stdout).unwrap()
}

#[test]
fn findings_are_printed_with_their_lines() {
    let left = Run::new("check a.toml").file("a.toml", DOUBTFUL).status(1).stderr("").check();
    let text = String::from_utf8(left.stdout).unwrap();
    assert!(text.contains("a.toml:6:1") && text.contains("unknown-region"), "{text}");
    assert!(text.ends_with("1 error, 1 warning in a.toml\n"), "{text}");
    Run::new("check a.toml").file("a.toml", TINY).stdout("nothing found in a.toml\n").stderr("").check();
}

#[test]
fn nothing_is_written() {
    let left = Run::new("check a.toml").file("a.toml", TINY).check();
    assert_eq!(left.files(), ["a.toml"]);
}

#[test]
fn the_level_denied_decides_the_exit_code() {
    for (arguments, status) in [("", 0), ("--deny error", 0), ("--deny warning", 1)] {
        Run::new(&format!("check a.toml {arguments}")).file("a.toml", WARNED).status(status).check();
    }
    Run::new("check a.toml --deny warning").file("a.toml", TINY).check();
}

#[test]
fn what_cannot_be_read_is_worse_than_what_is_wrong() {
    let left = Run::new("check none.toml a.toml")
        .file("a.toml", DOUBTFUL)
        .status(2)
        .stderr("error: cannot read `none.toml`: no such file or directory\n")
        .check();
    assert!(String::from_utf8(left.stdout).unwrap().contains("a.toml:6:1"), "the other is checked");
}

#[test]
fn json_is_a_contract() {
    let left = Run::new("check a.toml --format json").file("a.toml", DOUBTFUL).status(1).check();
    let json = json(&left);
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2);
    assert_eq!(
        findings[1],
        serde_json::json!({
            "code": "unknown-key",
            "severity": "error",
            "boxes": ["site"],
            "message": "unknown key `nmae` in `services.site`",
            "help": "did you mean `name`?",
            "file": "a.toml",
            "line": 6,
            "column": 1,
        })
    );
    assert_eq!(
        (&findings[0]["severity"], &findings[0]["boxes"]),
        (&"warning".into(), &serde_json::json!(["us-est-1"]))
    );
    assert_eq!((&json["flows"], &json["requirements"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
}

/// A design with a finding, one that is allowed, a flow, and two requirements of which one is met.
const DESIGN: &str = r#"[externals]
users = { kind = "users" }

[regions.us-east-1]
azs = 2

[vpcs.main]
in = "us-east-1"

[subnets]
app = { in = "main", access = "public" }

[services]
alb = { kind = "alb", in = "app" }
web = { kind = "ec2", in = "app", allow = ["fixed-capacity"], allow-reason = "It is small." }
db = { kind = "aurora", in = "app", multi-az = true }

[flows.request]
steps = ["users -> alb -> web -> db"]

[[requirements]]
text = "It survives a zone"
check = "survives-az-loss"

[[requirements]]
text = "It survives a region"
check = "survives-region-loss"
"#;

#[test]
fn programs_read_what_the_design_bears() {
    let left = Run::new("check a.toml --format json").file("a.toml", DESIGN).status(1).check();
    let json = json(&left);
    let codes: Vec<&str> =
        json["findings"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["database-in-public-subnet"], "a requirement that is not met is no finding");
    assert_eq!(
        json["allowed"][0],
        serde_json::json!({
            "code": "fixed-capacity",
            "boxes": ["web"],
            "message": "requests reach `web`, and nothing adds copies of it under load",
            "reason": "It is small.",
        })
    );
    let flow = &json["flows"][0];
    assert_eq!(flow["id"], "request");
    let failures = flow["failures"].as_array().unwrap();
    let without = |loss: &str| failures.iter().find(|failure| failure["remove"] == loss).unwrap();
    let zone = without("az:us-east-1a");
    assert_eq!(zone["verdict"], "degraded");
    assert_eq!(zone["because"], serde_json::json!(["web@us-east-1a", "db@us-east-1a"]));
    assert_eq!(without("region:us-east-1")["verdict"], "down");
    assert_eq!(without("box:web@us-east-1b")["verdict"], "degraded");
    // 0.9999 each for the balancer, the instances in two zones and the cluster.
    let bound = flow["availability"]["bound"].as_f64().unwrap();
    assert!((bound - 0.9999_f64.powi(3)).abs() < 1e-9, "{bound}");
    assert_eq!(flow["availability"]["unknown"], serde_json::json!([]));
    // A gateway in each of two zones: 99.9 % each, by itself.
    let gateways = "[externals]\nmail = { kind = \"email\", sla = 99.5 }\n[regions.us-east-1]\nazs = 2\n[vpcs.main]\nin = \"us-east-1\"\n\
                    [subnets]\npublic = { in = \"main\", access = \"public\" }\n[services]\nnat = { kind = \"nat-gateway\", in = \"public\" }\n\
                    [flows.mail]\nsteps = [\"nat -> mail\"]\n";
    let left = Run::new("check a.toml --format json").file("a.toml", gateways).check();
    let bound = self::json(&left)["flows"][0]["availability"]["bound"].as_f64().unwrap();
    assert!((bound - 0.995 * (1.0 - 0.001_f64.powi(2))).abs() < 1e-9, "{bound}");
    let answers: Vec<&Value> =
        json["requirements"].as_array().unwrap().iter().map(|requirement| &requirement["answer"]).collect();
    assert_eq!(answers, ["met", "not-met"]);
    assert_eq!(json["requirements"][1]["evidence"][0], "without us-east-1, “request” stops at `alb`");
}

#[test]
fn a_requirement_that_is_not_met_fails() {
    let left = Run::new("check a.toml").file("a.toml", DESIGN).status(1).check();
    let text = String::from_utf8(left.stdout).unwrap();
    assert!(text.contains("error[unmet-requirement]: not met: It survives a region"), "{text}");
    assert!(text.contains("a.toml:25:1"), "{text}");
    assert!(text.contains("\nallowed[fixed-capacity]: ") && text.contains("(It is small.)"), "{text}");
    assert!(text.contains("\nmet: It survives a zone: "), "{text}");
    let met = DESIGN.split("[[requirements]]\ntext = \"It survives a region\"").next().unwrap();
    Run::new("check a.toml").file("a.toml", met).status(0).check();
    Run::new("check a.toml --deny warning").file("a.toml", met).status(1).check();
}

#[test]
fn a_loss_can_be_asked_for() {
    let left =
        Run::new("check a.toml --what-if az:us-east-1a --what-if box:alb").file("a.toml", DESIGN).status(1).check();
    assert_eq!(
        String::from_utf8(left.stdout).unwrap(),
        "without az:us-east-1a\n  request: degraded: `web@us-east-1a` and `db@us-east-1a` lost; `db@us-east-1b` takes over from \
         `db@us-east-1a`\nwithout box:alb\n  request: down: `users -> alb` has no way left, `alb` lost\n"
    );
    let left = Run::new("check a.toml --what-if az:us-east-1").file("a.toml", DESIGN).status(2).check();
    let said = left.stderr;
    assert!(said.contains("did you mean `az:us-east-1a`"), "{said}");
}

#[test]
fn a_picture_shows_what_is_lost() {
    let left = Run::new("render a.toml --highlight-failures az:us-east-1a -o lost.svg").file("a.toml", DESIGN).check();
    let svg = String::from_utf8(left.read("lost.svg")).unwrap();
    assert!(svg.contains("id=\"web_us-east-1a\" opacity=") || svg.contains("opacity=\"0.25\""), "{svg}");
    assert!(svg.contains("Without us-east-1a: “request” goes on,"), "{svg}");
    let left = Run::new("render a.toml --highlight-failures az:eu-west-1a -o lost.svg")
        .file("a.toml", DESIGN)
        .status(2)
        .check();
    assert!(!left.files().contains(&"lost.svg".to_owned()));
}

#[test]
fn findings_in_steps_and_links_name_their_boxes() {
    let text = "[services.a]\nkind='s3'\n[services.b]\nkind='s3'\n[[links]]\nfrom='b'\nto='c'\n\
        [flows.f]\nsteps=['a@x -> b', 'a -> c : x']\n";
    let left = Run::new("check a.toml --format json").file("a.toml", text).status(1).check();
    let json = json(&left);
    let boxes: Vec<&Value> = json["findings"].as_array().unwrap().iter().map(|found| &found["boxes"]).collect();
    assert_eq!(boxes, [&serde_json::json!(["b"]), &serde_json::json!(["a", "b"]), &serde_json::json!(["a"])]);
}

#[test]
fn nothing_is_folded_or_left_out_for_programs() {
    let text = format!("{TINY}\n[flows.f]\nsteps = [{}]\n", "\"site -> nowhere\",\n".repeat(80));
    let left = Run::new("check - --format json").stdin(text).status(1).check();
    assert_eq!(json(&left)["findings"].as_array().unwrap().len(), 80);
}

#[test]
fn what_is_no_text_is_a_finding_too() {
    let left = Run::new("check a.toml big.toml --format json")
        .file("a.toml", b"[services.site]\nkind = \"\xe9\"\n")
        .file("big.toml", vec![b'#'; 5 << 20])
        .status(1)
        .check();
    let json = json(&left);
    assert_eq!((&json["findings"][0]["code"], &json["findings"][0]["line"]), (&"invalid-utf-8".into(), &2.into()));
    assert_eq!((&json["findings"][1]["file"], &json["findings"][1]["line"]), (&"big.toml".into(), &Value::Null));
}

#[test]
fn sarif_has_what_code_scanning_reads() {
    let twice = "[services.web]\nkind = \"s3\"\n\n[services.web]\nkind = \"ec2\"\n";
    let left = Run::new("check docs/a.toml b.toml --format sarif")
        .file("docs/a.toml", DOUBTFUL)
        .file("b.toml", twice)
        .status(1)
        .check();
    let json = json(&left);
    assert_eq!(json["version"], "2.1.0");
    let run = &json["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["fullDescription"]["text"].as_str().unwrap().ends_with('.'));
    }
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/a.toml");
    assert_eq!((&place["region"]["startLine"], &place["region"]["endColumn"]), (&6.into(), &5.into()));
    assert_eq!(results[2]["relatedLocations"][0]["message"]["text"], "first used here");
}
