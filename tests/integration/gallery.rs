//! A page with every committed picture, as an older revision drew it beside how it is drawn now. `just gallery` makes it.

use std::cmp::Ordering;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;

use crate::pictures::documents;
use crate::scorecard::drawing::Drawing;
use crate::scorecard::metrics::Metrics;

/// Names the older program, and what to call it.
const OLD: &str = "GALLERY_OLD";
const OLD_NAME: &str = "GALLERY_OLD_NAME";

/// A figure: its name, its value, whether less is better.
type Figure = (&'static str, fn(&Metrics) -> f64, bool);

/// The figures shown above each pair.
const FIGURES: [Figure; 7] = [
    ("crossings", |metrics| metrics.crossings_drawn as f64, true),
    ("corners", |metrics| metrics.corners as f64, true),
    ("detour", |metrics| metrics.detour_mean.unwrap_or(1.0), true),
    ("density", |metrics| metrics.density.unwrap_or(0.0), false),
    ("aspect", |metrics| metrics.aspect_ratio.unwrap_or(1.0).ln().abs(), true),
    ("length", |metrics| metrics.total_edge_length, true),
    ("faults", |metrics| metrics.faults().iter().map(|fault| fault.1 as f64).sum(), true),
];

/// One picture of one program.
struct Side {
    /// Its file, beside the page.
    file: String,
    svg: Vec<u8>,
    metrics: Option<Metrics>,
    /// What the program said.
    said: String,
}

const STYLE: &str = "body{font:14px sans-serif;margin:1em 2em;background:#f4f4f4}section{margin:2em 0;padding:1em;background:#fff}\
    h2{font-size:16px;margin:0 0 .5em}.pair{display:flex;gap:1em}.pair>div{flex:1;min-width:0}img{max-width:100%;\
    border:1px solid #ddd}table{border-collapse:collapse;margin:.5em 0}td,th{padding:2px 10px;text-align:right;font-weight:400}\
    .same h2:after{content:\" \u{b7} unchanged\";color:#888}.new h2:after{content:\" \u{b7} changed\";color:#c50}\
    .better{color:#080}.worse{color:#c00}pre{white-space:pre-wrap;color:#850}nav a{margin-right:1em}nav .same{color:#888}";

/// What a program makes of a document; nothing where it fails.
fn draw(program: &Path, document: &Path, directory: &Path, file: String) -> Side {
    let target = directory.join(&file);
    let rendered = Command::new(program).args(["render", "--format", "svg", "-o"]).arg(&target).arg(document).output();
    let listing = Command::new(program).args(["layout", "--format", "json"]).arg(document).output().unwrap();
    let metrics =
        listing.status.success().then(|| Metrics::of(&Drawing::read(&String::from_utf8(listing.stdout).unwrap())));
    let said = String::from_utf8(rendered.unwrap().stderr).unwrap();
    let said = said.lines().filter(|line| !line.starts_with("wrote ")).collect::<Vec<_>>().join("\n");
    Side { svg: fs::read(&target).unwrap_or_default(), file, metrics, said }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The section of one document.
fn section(name: &str, old_name: &str, sides: &[Side; 2]) -> String {
    let class = if sides[0].svg == sides[1].svg { "same" } else { "new" };
    let mut text = format!("<section id=\"{name}\" class=\"{class}\"><h2>{name}</h2>\n");
    if let [Some(old), Some(new)] = [&sides[0].metrics, &sides[1].metrics] {
        text.push_str("<table><tr><th>");
        for (name, ..) in FIGURES {
            let _ = write!(text, "<th>{name}");
        }
        let _ = write!(text, "\n<tr><td>{}", escaped(old_name));
        for (_, value, _) in FIGURES {
            let _ = write!(text, "<td>{}", figure(value(old)));
        }
        text.push_str("\n<tr><td>now");
        for (_, value, less) in FIGURES {
            let (before, after) = (value(old), value(new));
            let class = match after.total_cmp(&before) {
                Ordering::Equal => "",
                Ordering::Less if less => "better",
                Ordering::Greater if !less => "better",
                _ => "worse",
            };
            let _ = write!(text, "<td class=\"{class}\">{}", figure(after));
        }
        text.push_str("</table>\n");
    }
    text.push_str("<div class=pair>");
    for side in sides {
        let said = escaped(&side.said);
        let _ =
            writeln!(text, "<div><a href=\"{0}\"><img loading=lazy src=\"{0}\"></a><pre>{said}</pre></div>", side.file);
    }
    text + "</div></section>\n"
}

/// A figure with as many decimals as it needs.
fn figure(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

#[test]
#[ignore = "makes a page to look at: just gallery"]
fn gallery() {
    let old = PathBuf::from(std::env::var_os(OLD).expect("GALLERY_OLD names the older program"));
    let old_name = std::env::var(OLD_NAME).unwrap_or_else(|_| "old".to_owned());
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    fs::create_dir_all(&directory).unwrap();
    let programs = [("old", old.as_path()), ("new", Path::new(env!("CARGO_BIN_EXE_diagram")))];
    let all: Vec<(String, [Side; 2])> = documents()
        .into_par_iter()
        .map(|(name, path)| {
            let sides = programs.map(|(side, program)| draw(program, &path, &directory, format!("{name}.{side}.svg")));
            (name, sides)
        })
        .collect();
    let is_same = |sides: &[Side; 2]| sides[0].svg == sides[1].svg;
    let changed = all.iter().filter(|(_, sides)| !is_same(sides)).count();
    let mut page = format!("<!doctype html><meta charset=utf-8><title>Gallery</title><style>{STYLE}</style>\n");
    let _ =
        writeln!(page, "<h1>{} and now: {changed} of {} pictures differ</h1>\n<nav>", escaped(&old_name), all.len());
    for (name, sides) in &all {
        let class = if is_same(sides) { "same" } else { "new" };
        let _ = writeln!(page, "<a class={class} href=\"#{name}\">{name}</a>");
    }
    page.push_str("</nav>\n");
    for (name, sides) in &all {
        page += &section(name, &old_name, sides);
    }
    fs::write(directory.join("index.html"), page).unwrap();
}
