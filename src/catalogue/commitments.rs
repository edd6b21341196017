//! What AWS commits itself to: monthly uptime by its published service level agreements. The table is made from
//! `assets/icons/commitments.toml` when the program is built.

/// A published commitment: a threshold below which AWS gives credits for a month, no promise.
#[derive(Debug, PartialEq)]
pub struct Commitment {
    /// The catalogue's kinds that it covers.
    pub kinds: &'static [&'static str],
    /// Monthly uptime in percent where it stands in two zones or more, or in none (a regional or global service).
    pub percent: f64,
    /// In percent, where it stands in one zone only; `None` where no such figure is known.
    pub one_zone: Option<f64>,
    /// What it covers and what must hold for it.
    pub conditions: &'static str,
    /// When the agreement was last updated, as far as known: year and month.
    pub date: &'static str,
    /// Where it is published.
    pub source: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/commitments.rs"));

/// The commitment that covers a kind.
pub fn commitment(kind: &str) -> Option<&'static Commitment> {
    COMMITMENTS.iter().find(|commitment| commitment.kinds.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_that_are_published() {
        let rds = commitment("rds").expect("it has one");
        assert_eq!((rds.percent, rds.one_zone), (99.95, Some(99.5)));
        assert!(commitment("internet-gateway").is_none());
        for commitment in &COMMITMENTS {
            assert!(commitment.percent > 90.0 && commitment.percent <= 100.0, "{:?}", commitment.kinds);
            assert!(commitment.one_zone.is_none_or(|one| one <= commitment.percent), "{:?}", commitment.kinds);
        }
    }
}
