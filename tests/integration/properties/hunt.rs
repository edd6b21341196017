//! Runs many random cases and counts what fails.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rayon::prelude::*;

use super::invariants::Fault;

/// What a run of random cases found.
#[derive(Debug, Default)]
pub struct Found {
    /// Cases that could be judged.
    pub judged: usize,
    /// By kind of fault: in how many cases, and the first one.
    pub faults: BTreeMap<&'static str, (usize, u64)>,
}

/// The faults of a document; `None` for one that means nothing.
pub type Judge = fn(&str) -> Option<Vec<Fault>>;

/// The case of a number: the same on every machine.
pub fn case<S: Strategy>(strategy: &S, number: u64) -> S::Value {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    strategy.new_tree(&mut TestRunner::new_with_rng(Config::default(), rng)).unwrap().current()
}

/// The faults of a document; to panic is one.
pub fn judge_safely(judge: Judge, text: &str) -> Option<Vec<Fault>> {
    catch_unwind(|| judge(text)).unwrap_or_else(|_| Some(vec![("panic", String::new())]))
}

/// Judges the cases of these numbers; `text` makes a document of one.
pub fn hunt(text: &(impl Fn(u64) -> String + Sync), numbers: std::ops::Range<u64>, judge: Judge) -> Found {
    let judged: Vec<(u64, Option<Vec<Fault>>)> =
        numbers.into_par_iter().map(|number| (number, judge_safely(judge, &text(number)))).collect();
    let mut found = Found::default();
    for (number, faults) in judged {
        let Some(mut faults) = faults else { continue };
        found.judged += 1;
        faults.sort();
        faults.dedup_by_key(|fault| fault.0);
        for (what, _) in faults {
            found.faults.entry(what).or_insert((0, number)).0 += 1;
        }
    }
    found
}
