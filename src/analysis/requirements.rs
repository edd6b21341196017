//! Whether the design is what was asked for, with the evidence.

mod answers;
mod entry;

use super::phrase::Phrase;
use super::{Analysis, Study};

/// The answer to one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether it is met.
    pub answer: Answer,
    /// Why, a sentence each.
    pub evidence: Vec<Phrase>,
}

/// Whether a requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// The model does not say.
    Unknown,
}

impl Answer {
    /// Its name in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Unknown => "unknown",
        }
    }
}

/// Answers every requirement of the topology, in order.
pub(super) fn answer(study: &Study, analysis: &Analysis) -> Vec<Judgement> {
    let judge = |check: &Option<String>| answers::judge(study, analysis, check.as_deref());
    study.topology.requirements.iter().map(|requirement| judge(&requirement.check)).collect()
}
