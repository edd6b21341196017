//! A picture with something taken away: what is gone in grey, what breaks in red.

use std::collections::BTreeSet;

use crate::layout::Layout;
use crate::scene::{Group, Primitive};
use crate::theme::{Theme, metrics};
use crate::topology::{BoxId, Hue, LinkId, Topology};

use super::badge;

/// What is lost, by addresses and ids, so that it holds for every view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses {
    /// What is said above the picture in the place of the summary; empty says nothing.
    pub caption: String,
    /// The addresses of the boxes that are gone, containers among them.
    pub gone: BTreeSet<String>,
    /// The addresses of the boxes that break a flow.
    pub breakers: BTreeSet<String>,
    /// The ends of the steps that have no way left, by ids.
    pub broken: BTreeSet<(String, String)>,
}

impl Losses {
    /// Whether a box is gone.
    pub(super) fn takes(&self, topology: &Topology, id: BoxId) -> bool {
        self.gone.contains(&topology.element(id).address)
    }

    /// Whether a link is a copy of a step that has no way left.
    pub(super) fn breaks(&self, topology: &Topology, link: LinkId) -> bool {
        if self.broken.is_empty() {
            return false;
        }
        let ends = &topology.links[link.index()];
        let id = |end| topology.definition(end).id.clone();
        self.broken.contains(&(id(ends.from), id(ends.to))) && self.is_cut(topology, link)
    }

    /// Whether a link goes with one of its ends, unless that breaks something.
    pub(super) fn fades(&self, topology: &Topology, link: LinkId) -> bool {
        self.is_cut(topology, link) && !self.breaks(topology, link)
    }

    fn is_cut(&self, topology: &Topology, link: LinkId) -> bool {
        let ends = &topology.links[link.index()];
        self.takes(topology, ends.from) || self.takes(topology, ends.to)
    }

    /// The colour of a link that breaks.
    pub(super) fn color(&self, topology: &Topology, link: LinkId) -> Option<Hue> {
        if self.breaks(topology, link) { Some(Hue::Red) } else { topology.statement(link).color }
    }

    /// A sign at the corner of each box that breaks something.
    pub(super) fn marks(&self, topology: &Topology, layout: &Layout, theme: &Theme) -> Group {
        let breakers = topology.ids().filter(|&id| self.breakers.contains(&topology.element(id).address));
        let marks = breakers.flat_map(|id| {
            let frame = layout.boxes[id.index()].frame;
            let center = crate::geometry::point(frame.right(), frame.top());
            let rim = Primitive::Disc { center, radius: metrics::BADGE_RADIUS + badge::RIM, fill: theme.paper };
            let disc = Primitive::Disc { center, radius: metrics::BADGE_RADIUS, fill: theme.hue(Hue::Red) };
            let sign = badge::inscribed("×".to_owned(), metrics::BADGE, center, theme.badge_text);
            [rim, disc, sign]
        });
        Group::furniture(marks.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;
    use crate::theme::builtin;

    #[test]
    fn what_is_gone_fades_and_what_breaks_is_marked() {
        let fixture = Fixture::two_services();
        let set = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<BTreeSet<_>>();
        let losses = Losses {
            caption: "Without the store".to_owned(),
            gone: set(&["store"]),
            breakers: set(&["store"]),
            broken: BTreeSet::from([("api".to_owned(), "store".to_owned())]),
        };
        let scene = super::super::draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &losses);
        let faded =
            |id: &str| scene.groups.iter().find(|group| group.id.as_deref() == Some(id)).map(|group| group.faded);
        assert_eq!((faded("store"), faded("api")), (Some(true), Some(false)));
        assert_eq!(faded("api->store"), Some(false), "it is drawn in red");
        let primitives = || scene.groups.iter().flat_map(|group| &group.primitives);
        let red = builtin::LIGHT.hue(Hue::Red);
        assert!(
            primitives().any(|primitive| matches!(primitive, Primitive::Line { stroke, .. } if stroke.color == red))
        );
        let says = |words: &str| {
            primitives().any(|primitive| matches!(primitive, Primitive::Text { text, .. } if text.lines == [words]))
        };
        assert!(says("×") && says("Without the store"));
    }
}
