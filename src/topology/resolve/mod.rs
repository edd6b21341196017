//! Document to topology.
//!
//! Arrives: a [`Document`], well formed. Leaves: a [`Topology`], or every mistake of meaning in it: unknown kinds, ids and
//! places, ids used twice, boxes that hold themselves. Each pass is a file; they run in this order:
//!
//! ```text
//! inheritance → entries (kinds, icons) → names → containment (order, cloud) → replicas (zones, leaves)
//!       → overlays → notes → addresses, captions → links → flows → stores → views → cidrs
//! ```

mod addresses;
pub(crate) mod allowances;
mod captions;
pub(crate) mod checks;
mod cidrs;
mod cloud;
mod containment;
mod draft;
mod entries;
#[cfg(test)]
mod example;
mod flows;
mod heading;
mod inheritance;
mod kind_hints;
mod kinds;
mod leaves;
mod links;
mod names;
mod networks;
mod notes;
mod overlays;
mod own_icons;
mod packs;
mod pairs;
mod references;
mod replicas;
pub(crate) mod requirements;
mod stores;
#[cfg(test)]
mod testing;
mod views;
pub(crate) mod zones;

pub(super) use captions::from_id;

use crate::diagnostics::{Diagnostic, Severity};
use crate::document::Document;
use crate::source::Loader;
use crate::topology::Topology;

/// The most boxes of one picture, replicas included: far beyond what can be read, and a bound on what a short text that
/// multiplies itself can cost.
const MAX_BOXES: usize = 20_000;

/// The most links of one picture, replicas included.
const MAX_LINKS: usize = 40_000;

/// The deepest nesting: stages behind may recurse over containers.
const MAX_DEPTH: u32 = 64;

/// What resolving gives.
#[derive(Debug)]
pub struct Resolved {
    /// The meaning; `None` when there is an error among the diagnostics.
    pub topology: Option<Topology>,
    /// Mistakes and doubts, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds out what a document means; `loader` reads the icon files that it names.
pub fn resolve(document: &Document, loader: &dyn Loader) -> Resolved {
    let mut findings = Vec::new();
    let heading = heading::read(&document.settings, &mut findings);
    let boxes = inheritance::apply(document, &mut findings);
    let (entries, custom_icons) = entries::interpret(document, &boxes, loader, &mut findings);
    let zones = zones::of_regions(&entries, &mut findings);
    let names = names::collect(document, &entries, &zones, &mut findings);
    let containment = containment::resolve(&entries, &names, document.settings.cloud.as_ref(), &mut findings);
    let mut draft = replicas::place(&entries, &zones, &containment, &document.settings, &mut findings);
    overlays::draw(&mut draft, &names, &containment, &mut findings);
    notes::attach(&mut draft, &names, &mut findings);
    addresses::assign(&mut draft);
    captions::write(&mut draft, heading.language);

    let mut wiring = links::Wiring::new(&draft, &names);
    links::connect(&mut wiring, &document.links, &mut findings);
    let flows = flows::number(&mut wiring, &document.flows, &mut findings);
    stores::replicate(&mut wiring, &mut findings);
    let views = views::resolve(&wiring, &flows, &document.views, &mut findings);
    let requirements = requirements::read(&document.requirements, &mut findings);
    let of_aws = document.settings.cloud.as_ref().is_none_or(|cloud| cloud.value);
    cidrs::check(&wiring, of_aws, &mut findings);
    let (statements, links) = wiring.finish();

    findings.sort_by_key(Diagnostic::place);
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    let (definitions, boxes) = draft.finish();
    let topology = (!failed).then_some(Topology {
        heading,
        definitions,
        boxes,
        statements,
        links,
        flows,
        views,
        template: document.template.clone(),
        requirements,
        custom_icons,
    });
    Resolved { topology, diagnostics: findings }
}
