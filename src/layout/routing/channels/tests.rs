#![allow(clippy::unwrap_used)]

use super::super::faults;
use super::super::sketch::Sketch;
use super::route;
use crate::geometry::{Rect, Size};
use crate::layout::measure::{Sizes, Title, TitleStyle};
use crate::layout::placement::Placement;
use crate::layout::placement::tree::Tree;
use crate::layout::routing::Routes;
use crate::topology::{BoxId, Topology};

fn draw(sketch: &Sketch) -> (Placement, Routes) {
    let title = |rect: &Rect| Title { text: None, style: TitleStyle::Flush, size: Size::new(rect.width, rect.height) };
    let count = sketch.topology.boxes.len();
    let sizes = Sizes {
        icons: vec![Size::default(); count],
        peeks: vec![0; count],
        notes: vec![None; count],
        captions: vec![None; count],
        titles: sketch.placement.titles.iter().map(|rect| rect.as_ref().map(title)).collect(),
        labels: vec![None; sketch.topology.statements.len()],
        slot: 64,
    };
    let tree = Tree::new(&sketch.topology);
    route(&sketch.topology, &sizes, &tree, &sketch.placement)
}

/// Links that run through containers in which neither end is at home.
fn passes(topology: &Topology, placement: &Placement, routes: &Routes) -> Vec<String> {
    let mut found = Vec::new();
    for (index, link) in topology.links.iter().enumerate() {
        let home = |id: BoxId| {
            [link.from, link.to].iter().any(|&end| end == id || topology.ancestors(end).any(|outer| outer == id))
        };
        for id in topology.ids().filter(|&id| topology.element(id).container().is_some() && !home(id)) {
            let inside = placement.frames[id.index()].inflate(-1, -1);
            if routes.links[index].windows(2).any(|pair| inside.is_crossed(pair[0], pair[1])) {
                found.push(format!("link {index} runs through container {}", id.0));
            }
        }
    }
    found
}

/// Boxes that overlap their neighbours or stand outside of their containers.
fn misplaced(topology: &Topology, placement: &Placement) -> Vec<String> {
    let mut found = Vec::new();
    let extent = |id: BoxId| placement.whole(id);
    let solid: Vec<BoxId> = topology
        .ids()
        .filter(|&id| topology.element(id).overlay().is_none() && placement.border_sides[id.index()].is_none())
        .collect();
    for (position, &one) in solid.iter().enumerate() {
        let parent = topology.element(one).parent;
        if parent.is_some_and(|parent| !placement.frames[parent.index()].contains(&extent(one))) {
            found.push(format!("box {} stands outside of its container", one.0));
        }
        for &other in &solid[position + 1..] {
            if topology.element(other).parent == parent && extent(one).overlaps(&extent(other)) {
                found.push(format!("boxes {} and {} overlap", one.0, other.0));
            }
        }
    }
    found
}

#[test]
fn random_pictures_have_no_faults() {
    faults::assert_none_in_random_pictures(400, 100, |sketch| {
        let (placement, routes) = draw(sketch);
        let mut faults = faults::find(&sketch.topology, &placement, &routes, true);
        faults.extend(passes(&sketch.topology, &placement, &routes));
        faults.extend(misplaced(&sketch.topology, &placement));
        (faults, routes.failed)
    });
}

#[test]
fn facing_boxes_get_a_straight_line() {
    let mut sketch = Sketch::new(400, 200);
    let from = sketch.leaf(None, (20, 20), 64);
    let to = sketch.leaf(None, (300, 20), 64);
    sketch.link(from, to);
    let (placement, routes) = draw(&sketch);
    assert_eq!(routes.links[0].len(), 2);
    assert_eq!(placement.frames, sketch.placement.frames, "what has room stays where it was");
}

#[test]
fn a_channel_grows_with_its_lines() {
    let mut sketch = Sketch::new(800, 240);
    let upper: Vec<BoxId> = (0..6).map(|column| sketch.leaf(None, (120 * column, 0), 64)).collect();
    let lower: Vec<BoxId> = (0..6).map(|column| sketch.leaf(None, (120 * column, 130), 64)).collect();
    for (position, &from) in upper.iter().enumerate() {
        sketch.link(from, lower[5 - position]);
    }
    let (placement, routes) = draw(&sketch);
    assert!(faults::find(&sketch.topology, &placement, &routes, true).is_empty());
    assert!(placement.size.height > sketch.placement.size.height);
}

#[test]
fn lines_leave_and_enter_through_the_borders_of_their_own_containers() {
    let mut sketch = Sketch::new(900, 300);
    let homes: Vec<BoxId> =
        (0..3).map(|place| sketch.container(None, Rect::new(300 * place, 0, 240, 200), 60)).collect();
    let leaves: Vec<BoxId> =
        (0..3).map(|place| sketch.leaf(Some(homes[place]), (300 * place as i32 + 88, 60), 64)).collect();
    sketch.link(leaves[0], leaves[2]);
    let (placement, routes) = draw(&sketch);
    assert!(routes.failed.is_empty());
    assert_eq!(passes(&sketch.topology, &placement, &routes), Vec::<String>::new());
}
