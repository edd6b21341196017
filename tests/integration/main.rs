//! The tests of the house as a whole, in one binary.

#![allow(clippy::unwrap_used)]

/// The topologies and the mistakes under tests/corpus.
mod corpus;
