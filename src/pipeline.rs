//! The one page that runs the stages.
