//! The parts put together, and what had to be left uneasy.
//!
//! Arrives: a placement, lines and labels. Leaves: the [`Layout`], from the origin on, with its compromises.

use super::labels::Labels;
use super::measure::{Sizes, TitleStyle};
use super::placement::Placement;
use super::placement::pieces::Parted;
use super::routing::Routes;
use super::titles;
use super::{Align, Compromise, DrawnNet, Layout, Marker, Piece, PlacedBox, PlacedText, RoutedLink, Subject};
use crate::geometry::{Rect, Size};
use crate::theme::metrics;
use crate::topology::{BoxId, LinkId, Topology};

/// Puts the parts together, with a margin around everything that is drawn.
pub(super) fn compose(parted: &Parted<'_>, placement: &Placement, routes: Routes, labels: Labels) -> Layout {
    let (topology, sizes) = (parted.topology.as_ref(), parted.sizes.as_ref());
    let boxes: Vec<PlacedBox> = topology.ids().map(|id| placed_box(sizes, placement, id)).collect();
    let failed = routes.failed.iter().map(|&link| Compromise {
        subject: Subject::Link(link),
        message: "no clear way was found for this line".to_owned(),
    });
    let crowded = labels.crowded.iter().map(|&link| Compromise {
        subject: Subject::Link(link),
        message: "no clear place was found for what is written on this line".to_owned(),
    });
    let passing = passes(topology, placement, &routes);
    let intruders = intruders(topology, placement)
        .map(|(overlay, message)| Compromise { subject: Subject::Box(parted.owner(overlay)), message });
    let compromises = failed.chain(crowded).chain(passing).chain(intruders).collect();
    let routed = routes.links.into_iter().zip(&routes.net_of).zip(&topology.links);
    let links = routed
        .map(|((points, &net), link)| RoutedLink {
            points,
            net,
            pieces: [link.from, link.to].map(|end| parted.piece(end)),
        })
        .collect();
    let nets = routes.nets.into_iter().map(|net| DrawnNet { links: net.links, junctions: net.junctions }).collect();
    let mut layout = Layout {
        size: Size::default(),
        boxes,
        pieces: pieces_of(parted),
        links,
        nets,
        labels: labels.labels,
        markers: labels.markers,
        badges: labels.badges,
        compromises,
        placement: placement.clone(),
    };
    layout.frame();
    layout
}

/// The further borders of groups in pieces.
fn pieces_of(parted: &Parted<'_>) -> Vec<Piece> {
    let first = parted.topology.boxes.len() - parted.owners.len();
    let piece = |(index, &group): (usize, &BoxId)| Piece {
        group,
        number: 2 + parted.owners[..index].iter().filter(|&&other| other == group).count(),
        members: parted.topology.overlay_leaves(BoxId::from(first + index)),
    };
    parted.owners.iter().enumerate().map(piece).collect()
}

/// Links that run through a container which holds neither of their ends, one compromise per link.
fn passes(topology: &Topology, placement: &Placement, routes: &Routes) -> Vec<Compromise> {
    let containers: Vec<(BoxId, Rect)> = topology
        .ids()
        .filter(|&id| topology.element(id).container().is_some())
        .map(|id| (id, placement.frames[id.index()].inflate(-1, -1)))
        .collect();
    let mut found = Vec::new();
    for (index, line) in routes.links.iter().enumerate() {
        let id = LinkId::from(index);
        let link = &topology.links[index];
        let segments = || line.windows(2).map(|pair| Rect::of_line(pair[0], pair[1]));
        let Some(extent) = segments().reduce(|all, one| all.union(&one)) else { continue };
        let is_home = |outer: BoxId| {
            let ends = [link.from, link.to];
            ends.contains(&outer) || ends.iter().any(|&end| topology.ancestors(end).any(|holder| holder == outer))
        };
        let crossed = |(container, area): &&(BoxId, Rect)| {
            area.overlaps(&extent) && segments().any(|segment| segment.overlaps(area)) && !is_home(*container)
        };
        if let Some((container, _)) = containers.iter().find(crossed) {
            let address = &topology.element(*container).address;
            let message = format!("the line runs through `{address}`, which holds neither of its ends");
            found.push(Compromise { subject: Subject::Link(id), message });
        }
    }
    found
}

/// Boxes that stand inside the border of an overlay without being members: one message per overlay.
fn intruders<'a>(topology: &'a Topology, placement: &'a Placement) -> impl Iterator<Item = (BoxId, String)> + 'a {
    topology.ids().filter(|&id| topology.element(id).overlay().is_some()).filter_map(|overlay| {
        let members = topology.overlay_leaves(overlay);
        let border = placement.frames[overlay.index()];
        let inside = |id: &BoxId| {
            topology.element(*id).node().is_some()
                && placement.frames[id.index()].overlaps(&border)
                && !topology.is_within(*id, &members)
        };
        let stranger = topology.ids().find(inside)?;
        let (group, stranger) = (&topology.element(overlay).address, &topology.element(stranger).address);
        let message = format!("the border of `{group}` also runs around `{stranger}`, which is no member of it");
        Some((overlay, message))
    })
}

fn placed_box(sizes: &Sizes, placement: &Placement, id: BoxId) -> PlacedBox {
    let frame = placement.frames[id.index()];
    if let Some(text) = &sizes.notes[id.index()] {
        let padding = metrics::NOTE_PADDING;
        let at = Rect::new(frame.x + padding, frame.y + padding, text.width, text.height);
        let label = PlacedText { frame: at, text: text.clone(), align: Align::Start };
        return PlacedBox { frame, label: Some(label), icon: None };
    }
    if let (Some(text), Some(at)) = (&sizes.captions[id.index()], placement.captions[id.index()]) {
        let label = PlacedText { frame: at, text: text.clone(), align: Align::Middle };
        return PlacedBox { frame, label: Some(label), icon: None };
    }
    let (Some(title), Some(at)) = (&sizes.titles[id.index()], placement.titles[id.index()]) else {
        return PlacedBox { frame, label: None, icon: None };
    };
    let align = match title.style {
        TitleStyle::Corner | TitleStyle::Flush => Align::Start,
        TitleStyle::Centered | TitleStyle::OnBorder => Align::Middle,
    };
    let label =
        titles::text_of(title, &at).zip(title.text.clone()).map(|(frame, text)| PlacedText { frame, text, align });
    PlacedBox { frame, label, icon: titles::icon_of(title, &at) }
}

impl Layout {
    /// Moves everything so that the picture starts at the origin, with its margin, and sets its size.
    fn frame(&mut self) {
        let Some(all) = self.extent() else {
            self.size = Size::new(2 * metrics::MARGIN, 2 * metrics::MARGIN);
            return;
        };
        let (dx, dy) = (metrics::MARGIN - all.x, metrics::MARGIN - all.y);
        self.size = Size::new(all.width + 2 * metrics::MARGIN, all.height + 2 * metrics::MARGIN);
        for placed in &mut self.boxes {
            placed.frame = placed.frame.offset(dx, dy);
            placed.icon = placed.icon.map(|icon| icon.offset(dx, dy));
            if let Some(label) = &mut placed.label {
                label.frame = label.frame.offset(dx, dy);
            }
        }
        for at in self.links.iter_mut().flat_map(|link| &mut link.points) {
            *at = at.offset(dx, dy);
        }
        for at in self.nets.iter_mut().flat_map(|net| &mut net.junctions) {
            *at = at.offset(dx, dy);
        }
        for label in &mut self.labels {
            label.text.frame = label.text.frame.offset(dx, dy);
            label.leader = label.leader.map(|(from, to)| (from.offset(dx, dy), to.offset(dx, dy)));
        }
        for center in self.badges.iter_mut().map(|badge| &mut badge.center) {
            *center = center.offset(dx, dy);
        }
        for center in self.markers.iter_mut().map(|marker| &mut marker.center) {
            *center = center.offset(dx, dy);
        }
    }

    /// The smallest rectangle around everything that is drawn.
    fn extent(&self) -> Option<Rect> {
        let boxes = self.boxes.iter().flat_map(|placed| {
            let label = placed.label.as_ref().map(|label| label.frame);
            [Some(placed.frame), label, placed.icon].into_iter().flatten()
        });
        let points = self.links.iter().flat_map(|link| &link.points).map(|at| Rect::new(at.x, at.y, 0, 0));
        let labels = self.labels.iter().map(|label| label.text.frame);
        let radius = metrics::BADGE_RADIUS;
        let badges = self
            .badges
            .iter()
            .map(|badge| Rect::new(badge.center.x - radius, badge.center.y - radius, 2 * radius, 2 * radius));
        let markers = self.markers.iter().map(Marker::area);
        boxes.chain(points).chain(labels).chain(badges).chain(markers).reduce(|sum, rect| sum.union(&rect))
    }
}
