//! The limits of docs/reference.md: what is at one is taken, what is beyond gets a clear error, and nothing falls over.

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use diagram::diagnostics::report::{MOST_SHOWN, report};
use diagram::pipeline;
use diagram::source::{Loader, MAX_SOURCE_BYTES, Source};

/// A directory in which every file is the same icon.
struct Icons(Vec<u8>);

impl Loader for Icons {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone())
    }
}

/// The codes of what is wrong with a document, each once, whose icons are all `icon`.
fn codes_with(text: &str, icon: &[u8]) -> Vec<&'static str> {
    let checked = pipeline::check(&Source::new("arch.toml", text), &Icons(icon.to_vec()));
    let mut codes: Vec<&str> = checked.diagnostics.iter().map(|found| found.code).collect();
    codes.dedup();
    assert_eq!(checked.topology.is_none(), !codes.is_empty(), "{codes:?}");
    codes
}

fn codes(text: &str) -> Vec<&'static str> {
    codes_with(text, b"")
}

/// A text with `line` for each number below `count`, which stands in for `#`.
fn repeated(count: usize, line: &str) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        text += &line.replace('#', &number.to_string());
        text
    })
}

#[test]
fn bytes_of_a_file() {
    assert!(Source::from_bytes("arch.toml", vec![b'\n'; MAX_SOURCE_BYTES]).is_ok());
    assert!(Source::from_bytes("arch.toml", vec![b'\n'; MAX_SOURCE_BYTES + 1]).is_err());
}

#[test]
fn boxes_of_a_picture() {
    // The implied cloud is a box, too.
    let services = |count| repeated(count, "[services.s#]\nkind='s3'\n");
    assert_eq!(codes(&services(19_999)), [""; 0]);
    assert_eq!(codes(&services(20_000)), ["too-many-boxes"]);
}

#[test]
fn links_of_a_picture() {
    let boxes = repeated(25, "[services.a#]\nkind='s3'\n[services.b#]\nkind='s3'\n");
    let fan = |letter| (0..25).map(|number| format!("{letter}{number}")).collect::<Vec<_>>().join(",");
    let steps = |count| {
        let step = format!("'{} -> {} : #',\n", fan('a'), fan('b'));
        format!("{boxes}[flows.f]\nsteps=[\n{}]\n", repeated(count, &step))
    };
    assert_eq!(codes(&steps(64)), [""; 0]);
    assert_eq!(codes(&steps(65)), ["too-many-links"]);
}

#[test]
fn links_of_a_step() {
    let step = |ends: usize| {
        let ids: Vec<String> = (0..ends).map(|number| format!("s{number}")).collect();
        let boxes = repeated(ends, "[services.s#]\nkind='s3'\n");
        format!("{boxes}[flows.f]\nsteps=['s0 -> {}']\n", ids.join(", "))
    };
    assert_eq!(codes(&step(1_000)), [""; 0]);
    assert_eq!(codes(&step(1_001)), ["bad-step"]);
}

#[test]
fn levels_of_boxes() {
    let nested = |levels: usize| {
        let mut text = "[diagram]\ncloud=false\n[groups.g0]\n".to_owned();
        for level in 1..levels {
            let _ = write!(text, "[groups.g{level}]\nin='g{}'\n", level - 1);
        }
        text
    };
    assert_eq!(codes(&nested(65)), [""; 0]);
    assert_eq!(codes(&nested(66)), ["too-deep"]);
    assert_eq!(codes(&nested(10_000)), ["too-deep"]);
}

#[test]
fn levels_of_toml() {
    let deep = 10_000;
    let texts = [
        format!("[services.a]\nkind='s3'\ntags={}{}\n", "[".repeat(deep), "]".repeat(deep)),
        format!("[services.a]\nkind='s3'\nscaling={}1{}\n", "{min=".repeat(deep), "}".repeat(deep)),
        format!("[services.a]\nkind='s3'\nscaling{}=1\n", ".min".repeat(deep)),
        format!("[services.a{}]\nkind='s3'\n", ".a".repeat(deep)),
        format!("[services.a]\nkind='s3'\ntags={}\n", "[{a=".repeat(deep)),
        format!("[[links{}]]\nfrom='a'\n", ".a".repeat(deep)),
        format!("include={}{}\n[services.a]\nkind='s3'\n", "[".repeat(deep), "]".repeat(deep)),
    ];
    let lists = |levels: usize| format!("[services.a]\nkind='s3'\ntags={}{}\n", "[".repeat(levels), "]".repeat(levels));
    assert_eq!((codes(&lists(70)), codes(&lists(90))), (vec!["wrong-type"], vec!["syntax"]));
    for text in texts {
        let start: String = text.chars().take(50).collect();
        assert!(!codes(&text).is_empty(), "{start}");
    }
}

#[test]
fn characters_of_a_text() {
    let (fits, long) = ("n".repeat(500), "n".repeat(501));
    for document in [
        "[services.a]\nkind='s3'\nname='#'\n",
        "[services.a]\nkind='rds'\nengine='#'\n",
        "[services.#]\nkind='s3'\n",
        "[diagram]\ntitle='#'\n[services.a]\nkind='s3'\n",
        "[services.a]\nkind='s3'\n[[links]]\nfrom='a'\nto='a'\nlabel='#'\n",
        "[services.a]\nkind='s3'\n[flows.f]\nname='#'\nsteps=['a -> a']\n",
        "[services.a]\nkind='s3'\n[flows.f]\nsteps=['a -> a : #']\n",
        "[services.a]\nkind='s3'\n[views.v]\ntitle='#'\nonly=['a']\n",
        "[services.a]\nkind='s3'\n[notes.n]\ntext='#'\n",
    ] {
        assert_eq!(codes(&document.replace('#', &fits)), [""; 0], "{document}");
        assert_eq!(codes(&document.replace('#', &long)), ["too-long"], "{document}");
    }
    // What stands in the Markdown alone may be as long as it has to.
    assert_eq!(codes(&format!("[services.a]\nkind='s3'\nwhy='{}'\n", long.repeat(100))), [""; 0]);
}

#[test]
fn zones_of_a_region() {
    assert_eq!(codes("[regions.here]\nazs=26\n"), [""; 0]);
    assert_eq!(codes("[regions.here]\nazs=27\n"), ["bad-zones"]);
    assert_eq!(codes(&format!("[regions.here]\nazs=[{}]\n", repeated(27, "'z#',"))), ["bad-zones"]);
}

#[test]
fn boxes_of_a_stack() {
    assert_eq!(codes("[services.a]\nkind='s3'\ncount=999\n"), [""; 0]);
    assert_eq!(codes("[services.a]\nkind='s3'\ncount=1000\n"), ["bad-count"]);
}

#[test]
fn own_icons() {
    let svg = |bytes: usize| {
        let begin = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/>";
        format!("{begin}{}</svg>", " ".repeat(bytes - begin.len() - "</svg>".len())).into_bytes()
    };
    let icons = |count| format!("[icons]\n{}[services.a]\nkind='k0'\n", repeated(count, "k#='#.svg'\n"));
    assert_eq!(codes_with(&icons(1_000), &svg(1_000)), [""; 0]);
    assert_eq!(codes_with(&icons(1_001), &svg(1_000)), ["bad-icon"]);
    assert_eq!(codes_with(&icons(1), &svg(1 << 20)), [""; 0]);
    assert_eq!(codes_with(&icons(1), &svg((1 << 20) + 1)), ["bad-icon"]);
    let png = |side: u32| {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, side, 1);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&vec![0; side as usize]).unwrap();
        file
    };
    assert_eq!(codes_with(&icons(1), &png(4_096)), [""; 0]);
    assert_eq!(codes_with(&icons(1), &png(4_097)), ["bad-icon"]);
}

#[test]
fn pixels_of_a_png() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("arch.toml"), repeated(150, "[services.s#]\nkind='s3'\n")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diagram"));
        command
            .args(["render", "arch.toml", "-o", "arch.png"])
            .args(arguments)
            .current_dir(&directory)
            .output()
            .unwrap()
    };
    let refused = run(&["--scale", "16"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("error[picture-too-large]") && !directory.path().join("arch.png").exists(), "{said}");
    let scale = said.split("`--scale ").nth(1).and_then(|rest| rest.split('`').next()).unwrap();
    assert_eq!(run(&["--scale", scale]).status.code(), Some(0), "{scale}");
}

#[test]
fn thousands_of_mistakes_take_no_time() {
    let start = Instant::now();
    for line in [
        "[services.s#]\nkind='misspelt#'\n",
        "[services.s#]\nkind='s3'\nin='nowhere#'\n",
        "[services.s#]\nkind='s3'\nicon='AmazonNothing#'\n",
        "[services.s#]\nlike='nothing#'\n",
        "[services.s#]\nknd='s3'\n",
        "[vpcs.v#]\ncidr='10.0.0.0/16'\n",
        "[services.s#]\nkind = s3\n",
    ] {
        let checked = pipeline::check(&Source::new("arch.toml", repeated(5_000, line)), &Icons(Vec::new()));
        let shown = report(&checked.diagnostics);
        assert!(
            shown.items.len() <= MOST_SHOWN && shown.errors + shown.warnings == checked.diagnostics.len(),
            "{line}"
        );
    }
    let longest = Duration::from_secs(if cfg!(debug_assertions) { 120 } else { 10 });
    assert!(start.elapsed() < longest, "{:?}", start.elapsed());
}
