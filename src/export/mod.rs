//! Scenes and tables to bytes.
