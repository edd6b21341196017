//! The tests of the house as a whole, in one binary.

#![allow(clippy::unwrap_used)]

/// Who may depend on whom, and what a file may look like.
mod architecture;
/// The command line from outside: what it prints, writes and returns.
mod cli;
/// The README, the reference and the examples: they run clean and are fresh.
mod documents;
/// The topologies and the mistakes under tests/corpus.
mod corpus;
/// What `diagram fmt` may do to a document.
mod format;
/// One document that uses every construct.
mod everything;
/// One mistake each, as people make them, and what is said of it.
mod mistakes;
/// Small designs with what an architect says of them.
mod designs;
/// The page of all codes, and the list that it is made from.
mod codes;
/// What is too large, too deep or too long.
mod limits;
/// Documents damaged at random.
mod mutations;
/// Old pictures beside new ones, on one page.
mod gallery;
/// Icons and words that are made to do harm.
mod hostile;
/// Documents laid out, to be judged.
mod pages;
/// Documents laid out, to be judged.
mod pictures;
/// Random topologies, and what must hold for their pictures.
mod properties;
/// What every committed picture looks like, in figures.
mod scorecard;
/// The JSON Schema, against the parser.
mod schema;
/// Views of every document.
mod views;
