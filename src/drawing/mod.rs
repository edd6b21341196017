//! Topology, layout and theme to a scene.
