//! Positions on a line under separation constraints.
