//! Scenes and tables to bytes.

pub mod markdown;
