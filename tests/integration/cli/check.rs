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
