//! Why a layout was chosen: what was considered, and what each part of its score came to.

use super::candidates::Candidate;
use super::placement::Choice;
use super::score::Score;

/// The placements that were more than estimated, best estimate first.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// What was considered.
    pub considered: Vec<Considered>,
    /// The position of the one that was drawn.
    pub winner: usize,
}

/// One placement and how it was judged; a lower score is better.
#[derive(Debug, Clone)]
pub struct Considered {
    /// What it does in its own way.
    pub choice: Choice,
    /// Its price before any line was routed, in thousandths of a point; not to be compared with scores.
    pub estimate: i64,
    /// Its score after lines were sketched, without titles and labels; large pictures have one candidate, which is drawn.
    pub sketch: Option<Score>,
    /// Its score as it would be drawn, if the sketch was among the best.
    pub finished: Option<Score>,
}

impl Explanation {
    /// What the search came to, not judged any further yet.
    pub(super) fn new(candidates: &[Candidate]) -> Self {
        let unjudged = |candidate: &Candidate| Considered {
            choice: candidate.choice.clone(),
            estimate: candidate.price,
            sketch: None,
            finished: None,
        };
        Self { considered: candidates.iter().map(unjudged).collect(), winner: 0 }
    }
}
