//! What each stage costs, on the examples and on generated documents.

#![allow(clippy::unwrap_used)]

mod generator;

use std::fs;
use std::path::Path;

use diagram::analysis;
use diagram::drawing::Losses;
use diagram::export::raster::{self, RasterError};
use diagram::export::svg::{TextMode, svg};
use diagram::layout::{Layout, Options};
use diagram::pipeline::{self, Page};
use diagram::source::{Loader, Source};
use diagram::topology::Topology;
use divan::Bencher;

/// The examples, and generated documents of so many services.
const CASES: [&str; 7] = ["web-app", "ci-cd", "two-regions", "serverless", "hub-and-spoke", "100", "1000"];
/// The same with ten times as many: time must grow at most fourteen times (layout.md 3.11).
const SCALES: [&str; 9] =
    ["web-app", "ci-cd", "two-regions", "serverless", "hub-and-spoke", "100", "1000", "3000", "10000"];

fn main() {
    divan::main();
}

/// The documents measured here name no files.
struct NoFiles;

impl Loader for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("files are not measured".to_owned())
    }
}

/// The text of a case.
fn text(case: &str) -> String {
    let generated = case.parse().map(generator::document);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(case).join("arch.toml");
    generated.unwrap_or_else(|_| fs::read_to_string(example).unwrap())
}

/// The meaning of a case.
fn topology(case: &str) -> Topology {
    let checked = pipeline::check(&Source::new(case, text(case)), &NoFiles);
    checked.topology.unwrap_or_else(|| panic!("{case}: {:?}", checked.diagnostics))
}

/// The geometry of a case.
fn layout(topology: &Topology) -> Layout {
    pipeline::layout(topology, Options::default())
}

#[divan::bench(args = CASES)]
fn parse(bencher: Bencher<'_, '_>, case: &str) {
    let source = Source::new(case, text(case));
    bencher.bench(|| diagram::document::parse(&source, 0));
}

#[divan::bench(args = CASES)]
fn resolve(bencher: Bencher<'_, '_>, case: &str) {
    let source = Source::new(case, text(case));
    let (document, _) = diagram::document::parse(&source, 0);
    bencher.bench(|| diagram::topology::resolve::resolve(&document, &NoFiles));
}

#[divan::bench(args = CASES)]
fn analyse(bencher: Bencher<'_, '_>, case: &str) {
    let topology = topology(case);
    bencher.bench(|| diagram::analysis::analyse(&topology, &[]));
}

#[divan::bench(args = SCALES, max_time = 5)]
fn place_and_route(bencher: Bencher<'_, '_>, case: &str) {
    let topology = topology(case);
    bencher.bench(|| layout(&topology));
}

#[divan::bench(args = CASES, max_time = 5)]
fn draw_svg(bencher: Bencher<'_, '_>, case: &str) {
    let topology = topology(case);
    let layout = layout(&topology);
    bencher.bench(|| svg(&pipeline::picture(&topology, &layout, None, &Losses::default()), TextMode::Embedded));
}

#[divan::bench(args = CASES, max_time = 5)]
fn draw_png(bencher: Bencher<'_, '_>, case: &str) {
    let topology = topology(case);
    let picture = svg(&pipeline::picture(&topology, &layout(&topology), None, &Losses::default()), TextMode::Embedded);
    // The largest pictures do not fit into memory at the scale that is usual.
    let scale = match raster::png(&picture, 2.0) {
        Err(RasterError::TooLarge { fitting, .. }) => fitting,
        _ => 2.0,
    };
    bencher.bench(|| raster::png(&picture, scale).unwrap());
}

#[divan::bench(args = CASES)]
fn describe(bencher: Bencher<'_, '_>, case: &str) {
    let topology = topology(case);
    let views: Vec<_> = topology.views.iter().collect();
    let analysis = analysis::analyse(&topology, &[]);
    bencher.bench(|| pipeline::describe(&topology, &analysis, (&views, "arch.svg"), &Page::default()).unwrap());
}
