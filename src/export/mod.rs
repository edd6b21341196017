//! Scenes and tables to bytes.
//!
//! [`svg`] writes a scene; [`raster`] turns that very SVG into pixels, so that both show the same picture; [`json`]
//! lists the geometry for other programs; [`markdown`] describes a topology in sentences.

mod format;
pub mod json;
pub mod markdown;
mod path;
pub mod raster;
pub mod svg;
mod symbol;
mod xml;

pub use format::Format;
