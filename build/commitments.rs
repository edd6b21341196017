//! The commitments of AWS: read from TOML, checked against the catalogue, written as a Rust table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;

/// One commitment of `commitments.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Commitment {
    kinds: Vec<String>,
    percent: f64,
    one_zone: Option<f64>,
    conditions: String,
    date: String,
    source: String,
}

/// The commitments as Rust: `COMMITMENTS`, in the order of their keys; `kinds` are those of the catalogue.
pub fn generate(source: &str, kinds: &BTreeSet<String>) -> Result<String, String> {
    let commitments: BTreeMap<String, Commitment> =
        toml::from_str(source).map_err(|error| format!("commitments.toml: {error}"))?;
    let mut covered = BTreeSet::new();
    for (key, commitment) in &commitments {
        for kind in &commitment.kinds {
            if !kinds.contains(kind) {
                return Err(format!("commitments.toml: `{key}`: the catalogue has no kind `{kind}`"));
            }
            if !covered.insert(kind) {
                return Err(format!("commitments.toml: `{key}`: another commitment covers `{kind}`"));
            }
        }
        if !commitment.source.starts_with("https://aws.amazon.com/") {
            return Err(format!("commitments.toml: `{key}`: the source is no page of AWS"));
        }
    }
    let mut table = format!("static COMMITMENTS: [Commitment; {}] = [\n", commitments.len());
    for Commitment { kinds, percent, one_zone, conditions, date, source } in commitments.values() {
        let _ = writeln!(
            table,
            "Commitment {{ kinds: &{kinds:?}, percent: {percent:?}, one_zone: {one_zone:?}, conditions: {conditions:?}, \
             date: {date:?}, source: {source:?} }},"
        );
    }
    table.push_str("];\n");
    Ok(table)
}
