//! Layered placement.
