//! Draws AWS architectures: a TOML file in; an SVG, a PNG and a Markdown page out.
//!
//! The modules stand in the order of the flow; each uses only those above it (nouns first, then the stages).
//! `tests/integration/architecture.rs` holds them to it.

pub mod geometry;
pub mod source;
pub mod diagnostics;
pub mod text;
pub mod catalogue;
pub mod icons;
pub mod scene;
pub mod theme;
pub mod document;
pub mod format;
pub mod topology;
pub mod schema;
pub mod analysis;
pub mod layout;
pub mod drawing;
pub mod export;
pub mod pipeline;
