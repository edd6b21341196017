//! Document to topology.
