#![allow(clippy::unwrap_used)]

use super::sketch::{self, Sketch};
use super::{Routes, Settings, faults, route};
use crate::geometry::{Rect, Side};
use crate::topology::BoxId;

fn draw(sketch: &Sketch) -> Routes {
    route(&sketch.topology, &sketch.placement, Settings { titles: true, rounds: 2 })
}

fn assert_sound(sketch: &Sketch, routes: &Routes) {
    let faults = faults::find(&sketch.topology, &sketch.placement, routes, true);
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(routes.failed.is_empty(), "failed {:?}", routes.failed);
}

#[test]
fn random_pictures_have_no_faults() {
    const CASES: u64 = 300;
    let (mut links, mut failed, mut bad) = (0, 0, Vec::new());
    for seed in 0..CASES {
        let sketch = sketch::random(seed);
        let routes = draw(&sketch);
        links += sketch.topology.links.len();
        failed += routes.failed.len();
        let faults = faults::find(&sketch.topology, &sketch.placement, &routes, true);
        if !faults.is_empty() {
            bad.push((seed, faults));
        }
    }
    assert!(bad.is_empty(), "{} of {CASES} pictures, first: {:#?}", bad.len(), &bad[..bad.len().min(4)]);
    assert!(failed * 200 <= links, "{failed} of {links} links found no way");
}

#[test]
fn facing_boxes_get_a_straight_line() {
    let mut sketch = Sketch::new(400, 200);
    let from = sketch.leaf(None, (20, 20), 64);
    let to = sketch.leaf(None, (300, 20), 64);
    sketch.link(from, to);
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    assert_eq!(routes.links[0].len(), 2);
}

#[test]
fn a_fan_to_copies_is_one_symmetric_comb() {
    let mut sketch = Sketch::new(600, 400);
    let from = sketch.leaf(None, (268, 20), 64);
    let targets: Vec<BoxId> = [68, 268, 468].iter().map(|&x| sketch.leaf(None, (x, 240), 64)).collect();
    let pairs: Vec<(BoxId, BoxId)> = targets.iter().map(|&to| (from, to)).collect();
    sketch.links(&pairs, None);
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    assert_eq!(routes.nets.len(), 1);
    assert_eq!(routes.nets[0].junctions.len(), 1, "{routes:?}");
    assert_eq!(routes.links[0].len(), 4);
    assert_eq!(routes.links[1].len(), 2);
}

#[test]
fn a_loop_stands_at_the_corner() {
    let mut sketch = Sketch::new(300, 300);
    let id = sketch.leaf(None, (100, 100), 64);
    sketch.link(id, id);
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    assert!(routes.extent.unwrap().right() <= 200 && routes.extent.unwrap().top() >= 60, "{:?}", routes.links);
}

#[test]
fn sixty_links_find_their_way_into_one_box() {
    let mut sketch = Sketch::new(1400, 900);
    let hub = sketch.leaf(None, (660, 400), 64);
    for index in 0..60 {
        let (column, row) = (index % 12, index / 12);
        let y = [20, 160, 560, 700, 840][row as usize];
        let id = sketch.leaf(None, (20 + 114 * column, y), 64);
        sketch.links(&[(id, hub)], Some("words"));
    }
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
}

#[test]
fn a_container_is_linked_with_its_own_content_from_inside() {
    let mut sketch = Sketch::new(500, 400);
    let outer = sketch.container(None, Rect::new(20, 20, 400, 300), 60);
    let inner = sketch.leaf(Some(outer), (180, 140), 64);
    sketch.link(outer, inner);
    sketch.link(inner, outer);
    let gateway = sketch.border_node(outer, Side::North, 220);
    sketch.link(gateway, outer);
    sketch.link(gateway, inner);
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
}

#[test]
fn nothing_linked_draws_nothing() {
    let mut sketch = Sketch::new(200, 200);
    sketch.leaf(None, (20, 20), 64);
    let routes = draw(&sketch);
    assert!(routes.links.is_empty() && routes.nets.is_empty() && routes.extent.is_none());
}
