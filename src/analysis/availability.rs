//! How available a flow can be at best: what AWS commits itself to, multiplied along the flow.
//!
//! Parts that a flow needs all of stand in series: their shares of time multiply. Regions that stand in for each other stand in
//! parallel, and so do copies of which each has a figure of its own: the flow is down while all of them are (M. L. Shooman, "Reliability of Computer Systems and Networks", 2002,
//! sections B2 and B3). Other copies in several zones are not counted again: the commitments for several zones do.
//! It is a bound, since what connects the parts, the author's own code and what has no figure only lower it.

use std::collections::BTreeSet;

use super::course::Course;
use super::removal::Removal;
use super::{Failure, Study, Verdict};
use crate::catalogue::{self, Commitment, Function, Placement};
use crate::topology::{BoxId, DefinitionId};

/// The most that can be expected of a flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Availability {
    /// The share of time, from 0 to 1; `None` if no part of the flow has a figure.
    pub bound: Option<f64>,
    /// What it is made of, in the order of the topology.
    pub assumptions: Vec<Assumption>,
    /// What has no figure and is left out.
    pub unknown: Vec<DefinitionId>,
}

/// One figure that goes into a bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// Of what.
    pub entry: DefinitionId,
    /// In percent.
    pub percent: f64,
    /// Where AWS publishes it; `None` for what the author says (`sla`).
    pub source: Option<&'static Commitment>,
}

/// What is known of one part.
enum Figure {
    Known(f64, Option<&'static Commitment>),
    Unknown,
    /// People are no part of the system.
    NotOne,
}

/// The bound of a flow; `failures` are what becomes of it without each of `removals`.
pub(super) fn of(study: &Study, course: &Course, removals: &[Removal], failures: &[Failure]) -> Availability {
    let sites = &study.sites;
    let mut availability = Availability { bound: None, assumptions: Vec::new(), unknown: Vec::new() };
    let bears = |region: usize| {
        let gone = |removed: &Removal| matches!(removed, Removal::Region(name) if *name == sites.regions[region].name);
        removals.iter().position(gone).is_some_and(|index| failures[index].verdict != Verdict::Down)
    };
    let used: BTreeSet<usize> =
        course.boxes.iter().filter(|id| !sites.waits(**id)).filter_map(|&id| sites.region(id)).collect();
    let mut regions: Vec<usize> = used.into_iter().collect();
    // Where a passive region takes over, it is as good as the active one.
    if let [active] = regions.as_slice()
        && let Some(passive) = study.failover.takes_over(*active, &course.entries)
    {
        regions.push(passive);
    }
    let parallel = regions.len() > 1 && regions.iter().all(|&region| bears(region));
    let mut series = 1.0;
    let mut by_region = vec![1.0; regions.len()];
    for &entry in &course.entries {
        let copies: Vec<BoxId> = sites.copies(entry).collect();
        let mut least: Option<(f64, Option<&'static Commitment>)> = None;
        let mut take = |boxes: &[BoxId], product: &mut f64| match figure(study, entry, boxes) {
            Figure::Known(percent, source) => {
                *product *= percent / 100.0;
                if least.is_none_or(|(known, _)| percent < known) {
                    least = Some((percent, source));
                }
            }
            Figure::Unknown if !availability.unknown.contains(&entry) => availability.unknown.push(entry),
            Figure::Unknown | Figure::NotOne => {}
        };
        let outside: Vec<BoxId> = copies.iter().copied().filter(|&id| sites.region(id).is_none()).collect();
        if !outside.is_empty() {
            take(&outside, &mut series);
        }
        for (index, &region) in regions.iter().enumerate() {
            let here: Vec<BoxId> = copies.iter().copied().filter(|&id| sites.region(id) == Some(region)).collect();
            if !here.is_empty() {
                take(&here, &mut by_region[index]);
            }
        }
        if let Some((percent, source)) = least {
            availability.assumptions.push(Assumption { entry, percent, source });
        }
    }
    let regional = if parallel {
        1.0 - by_region.iter().map(|share| 1.0 - share).product::<f64>()
    } else {
        by_region.iter().product()
    };
    // What copies of another name do in the passive region is taken to be as good as what they stand in for.
    availability.bound = (!availability.assumptions.is_empty()).then_some(series * regional);
    availability
}

/// What is known of the copies of an entry in one region, or outside of regions.
fn figure(study: &Study, entry: DefinitionId, boxes: &[BoxId]) -> Figure {
    let sites = &study.sites;
    let definition = sites.definition(entry);
    if let Some(percent) = definition.sla {
        return Figure::Known(percent, None);
    }
    let Some(service) = definition.service else { return Figure::Unknown };
    if service.function == Function::Client {
        return Figure::NotOne;
    }
    let Some(commitment) = catalogue::commitment(service.kind) else { return Figure::Unknown };
    let family = sites.family(entry).iter().flat_map(|&other| sites.copies(other));
    let twins = family.filter(|&twin| sites.region(twin) == sites.region(boxes[0]));
    let zones: BTreeSet<usize> = twins.flat_map(|twin| sites.zones(twin)).copied().collect();
    let spread = match zones.len() {
        0 => service.placement != Placement::PerZone || definition.multi_az,
        zones => zones > 1,
    };
    let percent = match (spread, commitment.one_zone) {
        // Each copy has the figure by itself (a NAT gateway), and the others go on without it.
        (true, Some(each))
            if service.placement == Placement::PerZone && each.to_bits() == commitment.percent.to_bits() =>
        {
            Some(100.0 * (1.0 - (1.0 - each / 100.0).powi(zones.len().max(1) as i32)))
        }
        (true, _) => Some(commitment.percent),
        (false, one_zone) => one_zone,
    };
    percent.map_or(Figure::Unknown, |percent| Figure::Known(percent, Some(commitment)))
}
