//! Labels and badges on lines.
