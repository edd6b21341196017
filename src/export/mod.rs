//! Scenes and tables to bytes.
//!
//! [`svg`] writes a scene; [`raster`] turns that very SVG into pixels, so that both show the same picture; [`json`]
//! lists the geometry for other programs.

pub mod json;
pub mod markdown;
mod path;
pub mod raster;
pub mod svg;
mod symbol;
mod xml;
