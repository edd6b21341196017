//! References of links, flows and members: `api`, `api@us-east-1a`, `us-east-1a@main`.

use super::draft::Draft;
use super::names::{self, Names};
use crate::diagnostics::Diagnostic;
use crate::source::Spanned;
use crate::topology::{BoxId, DefinitionId};

/// What a reference means: copies of one definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoint {
    /// Of which entry.
    pub definition: DefinitionId,
    /// Those copies that the places pick; all of them without places. Never empty.
    pub copies: Vec<BoxId>,
}

/// Finds what a reference means; `None` when it means nothing, which is reported unless an error before explains it.
pub(super) fn find(
    draft: &Draft,
    names: &Names,
    reference: &Spanned<String>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Endpoint> {
    let parts = names::split(&reference.value);
    let copies = match names.entry(parts.base) {
        Some(index) => draft.definitions[index].copies.clone(),
        None if names.is_zone(parts.base) => draft.zones_called(parts.base),
        None => {
            names.report_unknown(parts.base, reference.span, findings);
            return None;
        }
    };
    let picked = draft.within(&copies, &parts.places);
    if let Some(&first) = picked.first() {
        return Some(Endpoint { definition: draft.boxes[first.index()].definition, copies: picked });
    }
    if !copies.is_empty() {
        findings.push(draft.unknown_place(parts.base, &parts.places, &copies, reference.span));
    } else if names.entry(parts.base).is_none() {
        let message = format!("no VPC has the zone `{}`", parts.base);
        findings.push(
            Diagnostic::error("unknown-place", reference.span, message)
                .with_help("put a VPC into its region: zones are drawn in VPCs"),
        );
    }
    None
}
