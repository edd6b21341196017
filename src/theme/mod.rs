//! How things look: distances and type sizes (`metrics`), colours (`palette`), the themes that ship (`builtin`).

pub mod builtin;
pub mod metrics;
pub mod palette;

pub use palette::Theme;
