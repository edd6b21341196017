//! Labels and badges on lines.
//!
//! Arrives: the lines of all links and the measured labels. Leaves: [`Labels`]. A label is written once for all lines
//! of one statement that share a trunk, and once for the copies of a statement in the zones of one network. Badges are
//! placed first, as they have fewer places; then labels, those with the fewest places first (layout.md 3.9).

mod candidates;
mod field;
mod lines;
mod selection;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::placement::{self, Placement};
use super::routing::{NetId, Routes};
use super::{Align, Badge, LinkLabel, Marker, PlacedText};
use crate::text::TextBlock;
use crate::topology::{BoxId, FlowId, LinkId, StatementId, Topology};
use field::{Field, badge_area};

/// All that is written on lines.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// Texts.
    pub labels: Vec<LinkLabel>,
    /// Numbers of steps.
    pub badges: Vec<Badge>,
    /// What stands for texts that found no room.
    pub markers: Vec<Marker>,
    /// Links whose badge or marker stands over something else, as there was no room.
    pub crowded: Vec<LinkId>,
}

/// Finds a place for every label and badge; `texts` are the measured labels by `StatementId`.
pub fn place(topology: &Topology, placement: &Placement, routes: &Routes, texts: &[Option<TextBlock>]) -> Labels {
    let mut result = Labels::default();
    if texts.iter().all(Option::is_none) && topology.statements.iter().all(|statement| statement.numbers.is_empty()) {
        return result;
    }
    let mut field = Field::new(topology, placement, routes);
    let subjects = subjects(topology, routes);
    let steps = steps(topology);
    for subject in &subjects {
        for number in &topology.statements[subject.statement.index()].numbers {
            let statements = steps.get(&(number.flow, number.number)).map_or(&[][..], Vec::as_slice);
            let step = step(topology, routes, subject, statements);
            let Some(spot) = candidates::badge_spot(&field, routes, &step) else { continue };
            field.add_badge(spot.center);
            result.badges.push(Badge { link: spot.link, number: number.number, center: spot.center });
            if !spot.free {
                result.crowded.push(spot.link);
            }
        }
    }
    let text_of = |subject: &Subject| texts.get(subject.statement.index()).and_then(Option::as_ref);
    let written: Vec<(Subject, &TextBlock)> = written_once(topology, subjects)
        .into_iter()
        .filter_map(|subject| text_of(&subject).map(|text| (subject, text)))
        .collect();
    let wanted = written.iter().map(|(subject, text)| candidates::label_options(routes, subject, text)).collect();
    let more = |index: usize| {
        let (subject, text) = &written[index];
        let words = topology.statements[subject.statement.index()].label.as_deref().unwrap_or_default();
        candidates::more_spots(routes, subject, (text, words))
    };
    let selected = selection::select(&mut field, wanted, more);
    let mut homeless = Vec::new();
    for ((subject, _), (option, free)) in written.iter().zip(selected) {
        if !free || field.is_crossed(option.link, option.area) {
            field.remove_label(option.area);
            homeless.push((subject, option));
            continue;
        }
        let text = PlacedText { frame: option.area, text: Rc::unwrap_or_clone(option.text), align: Align::Middle };
        result.labels.push(LinkLabel { link: option.link, text, leader: option.leader });
    }
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (subject, option) in homeless {
        let words = topology.statements[subject.statement.index()].label.as_deref().unwrap_or_default();
        let spot = candidates::badge_spot(&field, routes, subject);
        let is_clear =
            |spot: &candidates::BadgeSpot| spot.free && !field.is_crossed(spot.link, badge_area(spot.center));
        if let Some(spot) = spot.filter(is_clear) {
            let next = known.len();
            let sign = *known.entry(words).or_insert(next);
            field.add_badge(spot.center);
            result.markers.push(Marker { link: spot.link, sign: sign as u32, center: spot.center });
        } else {
            field.add_label(option.area);
            result.crowded.push(option.link);
            let text = PlacedText { frame: option.area, text: Rc::unwrap_or_clone(option.text), align: Align::Middle };
            result.labels.push(LinkLabel { link: option.link, text, leader: option.leader });
        }
    }
    result.crowded.sort_unstable();
    result.crowded.dedup();
    result
}

/// The links of a statement that are labelled together: those of one net.
#[derive(Debug)]
struct Subject {
    statement: StatementId,
    net: NetId,
    links: Vec<LinkId>,
}

fn subjects(topology: &Topology, routes: &Routes) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for (index, statement) in topology.statements.iter().enumerate() {
        let mut nets: BTreeMap<NetId, Vec<LinkId>> = BTreeMap::new();
        for &link in statement.links.iter().filter(|link| routes.links[link.index()].len() > 1) {
            nets.entry(routes.net_of[link.index()]).or_default().push(link);
        }
        let mut places: BTreeSet<Option<BoxId>> = BTreeSet::new();
        for (net, links) in nets {
            if places.insert(network(topology, &links)) {
                subjects.push(Subject { statement: StatementId::from(index), net, links });
            }
        }
    }
    subjects
}

/// The statements of all steps with a number, by flow and number.
fn steps(topology: &Topology) -> BTreeMap<(FlowId, u32), Vec<StatementId>> {
    let mut steps: BTreeMap<(FlowId, u32), Vec<StatementId>> = BTreeMap::new();
    for (flow, step) in
        topology.flows.iter().enumerate().flat_map(|(flow, one)| one.steps.iter().map(move |step| (flow, step)))
    {
        if let Some(number) = step.number {
            steps.entry((FlowId::from(flow), number)).or_default().extend(&step.statements);
        }
    }
    steps
}

/// The lines of a whole step that share a net: its number stands on what they have in common.
fn step(topology: &Topology, routes: &Routes, first: &Subject, statements: &[StatementId]) -> Subject {
    let links = statements.iter().flat_map(|id| &topology.statements[id.index()].links).copied();
    let mut links: Vec<LinkId> = links
        .filter(|link| routes.net_of[link.index()] == first.net && routes.links[link.index()].len() > 1)
        .chain(first.links.iter().copied())
        .collect();
    links.sort_unstable();
    links.dedup();
    Subject { links, ..*first }
}

/// Subjects whose lines share a trunk and say the same are one: their label stands on the trunk.
fn written_once(topology: &Topology, subjects: Vec<Subject>) -> Vec<Subject> {
    let mut known: BTreeMap<(NetId, Option<&str>), usize> = BTreeMap::new();
    let mut result: Vec<Subject> = Vec::new();
    for subject in subjects {
        let words = topology.statements[subject.statement.index()].label.as_deref();
        if let Some(&index) = known.get(&(subject.net, words)) {
            result[index].links.extend(subject.links);
        } else {
            known.insert((subject.net, words), result.len());
            result.push(subject);
        }
    }
    result
}

/// The innermost container around all ends, above zones and subnets: copies within it need one label.
fn network(topology: &Topology, links: &[LinkId]) -> Option<BoxId> {
    let first = &topology.links[links[0].index()];
    let holds = |outer: BoxId| {
        links.iter().all(|link| {
            let link = &topology.links[link.index()];
            [link.from, link.to].iter().all(|&end| topology.ancestors(end).any(|holder| holder == outer))
        })
    };
    let copied = |id: BoxId| placement::style(topology, id).is_zonal();
    topology.ancestors(first.from).find(|&outer| holds(outer) && !copied(outer))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::geometry::Rect;
    use crate::layout::routing::sketch::Sketch;
    use crate::layout::routing::{Settings, route};
    use crate::text;
    use crate::theme::metrics;

    fn labelled(sketch: &Sketch) -> Labels {
        let routes = route(&sketch.topology, &sketch.placement, Settings { titles: true, rounds: 2 });
        let wrap = |words: &String| {
            text::wrap(words, metrics::LINK_LABEL, metrics::LINK_LABEL_WIDTH, metrics::LINK_LABEL_LINES)
        };
        let texts: Vec<Option<TextBlock>> =
            sketch.topology.statements.iter().map(|statement| statement.label.as_ref().map(wrap)).collect();
        place(&sketch.topology, &sketch.placement, &routes, &texts)
    }

    #[test]
    fn what_all_branches_say_is_written_once() {
        let mut sketch = Sketch::new(600, 500);
        let from = sketch.leaf(None, (260, 20), 50);
        for x in [100, 420] {
            let to = sketch.leaf(None, (x, 340), 50);
            sketch.links(&[(from, to)], Some("HTTP"));
        }
        let labels = labelled(&sketch);
        assert_eq!(labels.labels.len(), 1);
        assert!(labels.labels[0].leader.is_none() && labels.crowded.is_empty());
    }

    #[test]
    fn a_label_without_room_stands_off_its_line_and_is_led_to_it() {
        let mut sketch = Sketch::new(400, 300);
        let from = sketch.leaf(None, (40, 100), 130);
        let to = sketch.leaf(None, (130, 100), 130);
        sketch.placement.captions[from.index()] = Some(Rect::new(20, 90, 88, 100));
        sketch.placement.captions[to.index()] = Some(Rect::new(126, 90, 88, 100));
        sketch.links(&[(from, to)], Some("a long explanation"));
        let labels = labelled(&sketch);
        assert!(labels.crowded.is_empty(), "{labels:?}");
        let (start, end) = labels.labels[0].leader.unwrap();
        assert!(start.manhattan(end) <= 60);
        let written = labels.labels[0].text.frame;
        let solid = sketch.placement.frames.iter().chain(sketch.placement.captions.iter().flatten());
        assert!(solid.copied().all(|rect| !rect.overlaps(&written)));
    }
}
