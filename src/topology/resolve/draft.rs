//! The boxes while they are being made, and questions about where they stand.

use std::collections::BTreeMap;

use super::entries::Entry;
use super::zones::Zone;
use super::{MAX_BOXES, MAX_DEPTH};
use crate::catalogue::GroupStyle;
use crate::diagnostics::Diagnostic;
use crate::source::Span;
use crate::topology::{BoxId, Content, Definition, DefinitionId, Element};

/// Boxes and definitions so far.
pub(super) struct Draft<'a> {
    /// The entries; a definition of the same index is theirs.
    pub entries: &'a [Entry<'a>],
    /// The entries' definitions, then the implied ones.
    pub definitions: Vec<Definition>,
    /// The boxes; a parent stands before its children. Addresses and captions come last.
    pub boxes: Vec<Element>,
    /// The zone boxes of each network that has them, in order.
    pub zones_of: BTreeMap<BoxId, Vec<BoxId>>,
    depths: Vec<u32>,
    zones: Vec<Option<Zone>>,
    by_zone: BTreeMap<String, Vec<BoxId>>,
    full: bool,
}

impl<'a> Draft<'a> {
    /// An empty draft.
    pub(super) fn new(entries: &'a [Entry<'a>], definitions: Vec<Definition>) -> Self {
        Self {
            entries,
            definitions,
            boxes: Vec::new(),
            zones_of: BTreeMap::new(),
            depths: Vec::new(),
            zones: Vec::new(),
            by_zone: BTreeMap::new(),
            full: false,
        }
    }

    /// Adds a copy of a definition; `None` (with one error for all) when there are too many or too deep ones.
    pub(super) fn add(
        &mut self,
        definition: DefinitionId,
        parent: Option<BoxId>,
        content: Content,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<BoxId> {
        let depth = parent.map_or(0, |parent| self.depths[parent.index()] + 1);
        if self.full {
            return None;
        }
        if self.boxes.len() >= MAX_BOXES || depth > MAX_DEPTH {
            self.full = true;
            findings.push(self.refusal(definition, depth));
            return None;
        }
        let id = BoxId::from(self.boxes.len());
        self.depths.push(depth);
        self.zones.push(None);
        let kind = self.entries.get(definition.index()).map(|entry| entry.kind.clone()).unwrap_or_default();
        self.boxes.push(Element { address: String::new(), definition, parent, kind, caption: String::new(), content });
        self.definitions[definition.index()].copies.push(id);
        Some(id)
    }

    fn refusal(&self, definition: DefinitionId, depth: u32) -> Diagnostic {
        let span = self.definitions[definition.index()].span.unwrap_or_default();
        if depth > MAX_DEPTH {
            too_deep(span)
        } else {
            Diagnostic::error(
                "too-many-boxes",
                span,
                format!("from here on the picture has more than {MAX_BOXES} boxes"),
            )
            .with_help("split the file, or take entries out of some of the lists in `in`")
        }
    }

    /// Says which zone a box is.
    pub(super) fn set_zone(&mut self, id: BoxId, zone: Zone) {
        if let Some(before) = &self.zones[id.index()]
            && let Some(called) = self.by_zone.get_mut(&before.name)
        {
            called.retain(|&other| other != id);
        }
        self.by_zone.entry(zone.name.clone()).or_default().push(id);
        self.zones[id.index()] = Some(zone);
    }

    /// Which zone a box is, if it is one.
    pub(super) fn zone(&self, id: BoxId) -> Option<&Zone> {
        self.zones[id.index()].as_ref()
    }

    /// The innermost zone that a box is or stands in.
    pub(super) fn zone_around(&self, id: BoxId) -> Option<BoxId> {
        self.chain(id).find(|&around| self.zones[around.index()].is_some())
    }

    /// The box itself and the containers that hold it, innermost first.
    pub(super) fn chain(&self, id: BoxId) -> impl Iterator<Item = BoxId> + '_ {
        std::iter::successors(Some(id), |&inner| self.boxes[inner.index()].parent)
    }

    /// The containers that hold a box, innermost first.
    pub(super) fn ancestors(&self, id: BoxId) -> impl Iterator<Item = BoxId> + '_ {
        self.chain(id).skip(1)
    }

    /// The style of a container or an overlay.
    pub(super) fn style(&self, id: BoxId) -> Option<GroupStyle> {
        match &self.boxes[id.index()].content {
            Content::Node(_) => None,
            Content::Container(container) => Some(container.style),
            Content::Overlay(overlay) => Some(overlay.style),
        }
    }

    /// The innermost container of that style around a box.
    pub(super) fn nearest(&self, id: BoxId, style: GroupStyle) -> Option<BoxId> {
        self.ancestors(id).find(|&around| self.style(around) == Some(style))
    }

    /// The innermost box that is or holds both; `None` when only the picture does.
    pub(super) fn common(&self, one: BoxId, other: BoxId) -> Option<BoxId> {
        let (mut one, mut other) = (one, other);
        while one != other {
            let (lower, upper) = (self.depths[one.index()], self.depths[other.index()]);
            if lower >= upper {
                one = self.boxes[one.index()].parent?;
            }
            if upper >= lower {
                other = self.boxes[other.index()].parent?;
            }
        }
        Some(one)
    }

    /// The innermost container that holds all of `ids`.
    pub(super) fn around(&self, ids: &[BoxId]) -> Option<BoxId> {
        let (&first, rest) = ids.split_first()?;
        let mut around = self.boxes[first.index()].parent?;
        for &id in rest {
            around = self.common(around, self.boxes[id.index()].parent?)?;
        }
        Some(around)
    }

    /// Whether a box stands in a place that goes by that word: the id of a container around it, the letter or the name of
    /// its zone, the code of its region. A spanning icon stands in all that it spans.
    pub(super) fn stands_in(&self, id: BoxId, word: &str) -> bool {
        let spans: &[BoxId] = self.boxes[id.index()].node().map_or(&[], |node| &node.spans);
        self.ancestors(id).any(|around| self.is_called(around, word))
            || spans.iter().any(|&spanned| self.chain(spanned).any(|around| self.is_called(around, word)))
    }

    fn is_called(&self, id: BoxId, word: &str) -> bool {
        let definition = self.boxes[id.index()].definition.index();
        let region = || self.entries.get(definition).and_then(|entry| entry.region);
        self.definitions[definition].id == word
            || self.zone(id).is_some_and(|zone| zone.is_called(word))
            || region().is_some_and(|region| region.code == word)
    }

    /// Those of `ids` that stand in all of `places`.
    pub(super) fn within(&self, ids: &[BoxId], places: &[&str]) -> Vec<BoxId> {
        ids.iter().copied().filter(|&id| places.iter().all(|place| self.stands_in(id, place))).collect()
    }

    /// Every zone box of that full name.
    pub(super) fn zones_called(&self, name: &str) -> Vec<BoxId> {
        self.by_zone.get(name).cloned().unwrap_or_default()
    }

    /// The places of `ids` as one would write them after `@`, each once.
    pub(super) fn places(&self, ids: &[BoxId]) -> Vec<String> {
        let mut places = Vec::new();
        for &id in ids {
            let place = self.place(id);
            // What is implied has an id that nobody can write.
            if let Some(place) = place
                && !place.starts_with('@')
                && !places.contains(&place)
            {
                places.push(place);
            }
        }
        places
    }

    /// The most telling place around a box: its zone, else its region, else its account, else what holds it.
    pub(super) fn place(&self, id: BoxId) -> Option<String> {
        let zone = self.ancestors(id).find_map(|around| self.zone(around)).map(|zone| zone.name.clone());
        zone.or_else(|| self.id_of_nearest(id, GroupStyle::Region))
            .or_else(|| self.id_of_nearest(id, GroupStyle::Account))
            .or_else(|| self.boxes[id.index()].parent.map(|parent| self.definition(parent).id.clone()))
    }

    /// The id of the innermost container of that style around a box.
    pub(super) fn id_of_nearest(&self, id: BoxId, style: GroupStyle) -> Option<String> {
        self.nearest(id, style).map(|around| self.definition(around).id.clone())
    }

    /// The definition of a box.
    pub(super) fn definition(&self, id: BoxId) -> &Definition {
        &self.definitions[self.boxes[id.index()].definition.index()]
    }

    /// The error for a place in which a thing has no copy; `ids` are its copies.
    pub(super) fn unknown_place(&self, what: &str, places: &[&str], ids: &[BoxId], span: Span) -> Diagnostic {
        let known = self.places(ids);
        let known: Vec<&str> = known.iter().map(String::as_str).take(8).collect();
        let help = match known.as_slice() {
            [] => format!("it has no places to choose from: write `{what}`"),
            known => format!("it is in {}", crate::diagnostics::suggest::all_of(known)),
        };
        Diagnostic::error("unknown-place", span, format!("`{what}` has no copy in `{}`", places.join("@")))
            .with_help(help)
    }

    /// Gives up the definitions and the boxes.
    pub(super) fn finish(self) -> (Vec<Definition>, Vec<Element>) {
        (self.definitions, self.boxes)
    }
}

/// Says that a box stands in too many others.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("this stands in more than {MAX_DEPTH} boxes, one inside the other");
    Diagnostic::error("too-deep", span, message).with_help("leave out levels that say nothing to a reader")
}
