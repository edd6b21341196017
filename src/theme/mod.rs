//! How things look: distances and type sizes (`metrics`), colours (`palette`).

pub mod metrics;
