use std::fs;

use super::{Run, TINY};

/// [`TINY`], written carelessly.
const CARELESS: &str = "[services.site] # here\nkind   = 's3'\n\n\n";

/// The same in its canonical form.
const CAREFUL: &str = "[services.site] # here\nkind = \"s3\"\n";

#[test]
fn files_are_rewritten_where_that_changes_something() {
    let left = Run::new("fmt a.toml b.toml")
        .file("a.toml", CARELESS)
        .file("b.toml", TINY)
        .stdout("")
        .stderr("formatted a.toml\n")
        .check();
    assert_eq!(left.read("a.toml"), CAREFUL.as_bytes());
    assert_eq!(left.read("b.toml"), TINY.as_bytes());
    assert_eq!(left.files(), ["a.toml", "b.toml"]);
}

#[test]
fn check_only_says_what_would_change() {
    let left = Run::new("fmt --check a.toml b.toml")
        .file("a.toml", CARELESS)
        .file("b.toml", TINY)
        .status(1)
        .stdout("")
        .stderr("would format a.toml\n")
        .check();
    assert_eq!(left.read("a.toml"), CARELESS.as_bytes());
    Run::new("fmt --check b.toml").file("b.toml", TINY).stderr("").check();
}

#[test]
fn standard_input_goes_to_standard_output() {
    Run::new("fmt -").stdin(CARELESS).stdout(CAREFUL).stderr("").check();
    Run::new("fmt -").stdin(TINY).stdout(TINY).stderr("").check();
    Run::new("fmt --check -").stdin(CARELESS).status(1).stdout("").stderr("would format <stdin>\n").check();
}

#[test]
fn what_is_no_toml_stays_as_it_is() {
    let broken = "[services.site]\nkind = s3\n";
    let left = Run::new("fmt a.toml b.toml none.toml")
        .file("a.toml", broken)
        .file("b.toml", CARELESS)
        .status(2)
        .says("a.toml:2:8")
        .says("`s3` needs quotes")
        .says("formatted b.toml")
        .says("cannot read `none.toml`")
        .check();
    assert_eq!(left.read("a.toml"), broken.as_bytes());
    Run::new("fmt -").stdin(broken).status(1).stdout("").says("<stdin>:2:8").check();
    Run::new("fmt a.toml").file("a.toml", b"\xff\xfe").status(1).says("not UTF-8").check();
}

#[test]
fn mistakes_of_meaning_are_none_of_its_business() {
    Run::new("fmt -").stdin("[services.a]\nknd=\"s33\"\n").stdout("[services.a]\nknd = \"s33\"\n").stderr("").check();
}

#[test]
fn a_file_that_cannot_be_written_is_left_alone() {
    let run = Run::new("fmt a.toml").file("a.toml", CARELESS);
    let path = run.path("a.toml");
    let mut rights = fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).unwrap();
    let left = run.status(2).stderr("error: cannot write `a.toml`: it is read-only\n").check();
    assert_eq!(left.read("a.toml"), CARELESS.as_bytes());
}
