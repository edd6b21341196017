//! Compiles what lies under `assets/icons` into the binary: the official icons, and the catalogue of services and the commitments of AWS.
//!
//! A mistake in the catalogue fails the build with the entry and the reason, so that none reaches a user.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/commitments.rs"]
mod commitments;
#[path = "build/icons.rs"]
mod icons;

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=assets/icons");
    if let Err(mistake) = generate() {
        println!("cargo::error={mistake}");
    }
}

/// Writes the three generated files into the directory that cargo names.
fn generate() -> Result<(), String> {
    let output = PathBuf::from(std::env::var("OUT_DIR").map_err(|_| "cargo sets OUT_DIR".to_owned())?);
    let icons = icons::read("assets/icons/aws")?;
    let (table, blob) = icons::generate(&icons)?;
    write(&output.join("icons.rs"), table.as_bytes())?;
    write(&output.join("icons.bin"), &blob)?;
    let source = std::fs::read_to_string("assets/icons/catalogue.toml").map_err(|error| error.to_string())?;
    let names: Vec<&str> = icons.iter().map(|icon| icon.name.as_str()).collect();
    write(&output.join("catalogue.rs"), catalogue::generate(&source, &names)?.as_bytes())?;
    let commitments = std::fs::read_to_string("assets/icons/commitments.toml").map_err(|error| error.to_string())?;
    write(&output.join("commitments.rs"), commitments::generate(&commitments, &catalogue::kinds(&source)?)?.as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
