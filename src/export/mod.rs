//! Scenes and tables to bytes.
//!
//! [`svg`] writes a scene; [`raster`] turns that very SVG into pixels, so that both show the same picture; [`json`]
//! lists the geometry for other programs; [`markdown`] describes a topology in sentences.

mod fonts;
mod format;
pub mod json;
mod lettering;
pub mod markdown;
mod path;
pub mod raster;
pub mod svg;
mod symbol;
mod xml;

pub use format::{Format, view_file};
