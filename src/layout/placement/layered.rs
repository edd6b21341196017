//! Layered placement of the items of one container (layout.md 3.4a).
