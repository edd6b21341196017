//! Sizes of everything that is written or drawn as a whole.
