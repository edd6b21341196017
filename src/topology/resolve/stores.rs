//! The replication link from the primary of a Multi-AZ store to its standby, which its author implied.

use super::links::{Wiring, Wording};
use crate::diagnostics::Diagnostic;
use crate::document::Arrow;
use crate::topology::{BoxId, DefinitionId, Standing};

/// Says the link of every pair, unless the author linked the two already.
pub(super) fn replicate(wiring: &mut Wiring, findings: &mut Vec<Diagnostic>) {
    let draft = wiring.draft;
    let standing = |id: BoxId| draft.boxes[id.index()].node().map(|node| node.standing);
    for (index, definition) in draft.definitions.iter().enumerate() {
        let pairs = definition.copies.windows(2).map(|pair| (pair[0], pair[1])).filter(|&(primary, standby)| {
            standing(primary) == Some(Standing::Primary) && standing(standby) == Some(Standing::Standby)
        });
        let pairs: Vec<(BoxId, BoxId)> = pairs.filter(|&pair| !is_linked(wiring, pair)).collect();
        let (false, Some(span)) = (pairs.is_empty(), definition.span) else { continue };
        // Multi-AZ copies synchronously: the line is solid. Captions say what the two are, so it needs no text.
        let wording =
            Wording { span, label: None, asynchronous: false, arrow: Arrow::Forward, color: None, implied: true };
        let id = DefinitionId::from(index);
        wiring.say(id, id, pairs, wording, findings);
    }
}

fn is_linked(wiring: &Wiring, (one, other): (BoxId, BoxId)) -> bool {
    let definition = wiring.draft.boxes[one.index()].definition;
    wiring
        .said_of(definition, definition)
        .any(|link| (link.from, link.to) == (one, other) || (link.from, link.to) == (other, one))
}
