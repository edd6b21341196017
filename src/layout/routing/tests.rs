#![allow(clippy::unwrap_used)]

use super::sketch::Sketch;
use super::{Routes, Settings, faults, route};
use crate::geometry::{Point, Rect, Side};
use crate::topology::{Arrow, BoxId};

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
    faults::assert_none_in_random_pictures(300, 200, |sketch| {
        let routes = draw(sketch);
        (faults::find(&sketch.topology, &sketch.placement, &routes, true), routes.failed)
    });
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

/// A row of leaves, 120 px apart.
fn row(sketch: &mut Sketch, count: i32, y: i32) -> Vec<BoxId> {
    (0..count).map(|index| sketch.leaf(None, (40 + 120 * index, y), 50)).collect()
}

#[test]
fn copies_linked_with_the_same_boxes_share_one_trunk() {
    let mut sketch = Sketch::new(600, 500);
    let (above, below) = (row(&mut sketch, 3, 20), row(&mut sketch, 4, 340));
    for &from in &above {
        for &to in &below[..2] {
            sketch.link(from, to);
        }
    }
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    assert_eq!(routes.nets.len(), 1, "every source reaches every target");
    // One of them has a partner of its own: that line stays apart, the common ones do not.
    sketch.link(above[0], below[3]);
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    assert_eq!(routes.nets.iter().map(|net| net.links.len()).collect::<Vec<_>>(), [6, 1]);
}

#[test]
fn lines_that_say_different_things_or_have_heads_at_both_ends_stay_apart_unless_they_lead_to_likes() {
    for (labels, kinds, arrow, nets) in [
        (["a", "a", "a"], ["sqs", "s3", "ec2"], Arrow::Forward, 1),
        (["a", "b", "c"], ["sqs", "s3", "ec2"], Arrow::Forward, 3),
        (["a", "a", "a"], ["sqs", "s3", "ec2"], Arrow::None, 1),
        (["a", "a", "a"], ["sqs", "s3", "ec2"], Arrow::Both, 3),
        (["a", "a", "a"], ["ec2", "ec2", "ec2"], Arrow::Both, 1),
        (["a", "b", "c"], ["ec2", "ec2", "ec2"], Arrow::Both, 3),
    ] {
        let mut sketch = Sketch::new(600, 500);
        let from = sketch.leaf(None, (100, 20), 50);
        let below = row(&mut sketch, 3, 340);
        for ((&to, label), kind) in below.iter().zip(labels).zip(kinds) {
            kind.clone_into(&mut sketch.topology.boxes[to.index()].kind);
            let statement = sketch.links(&[(from, to)], Some(label));
            sketch.topology.statements[statement.index()].arrow = arrow;
        }
        let routes = draw(&sketch);
        assert_sound(&sketch, &routes);
        assert_eq!(routes.nets.len(), nets, "{labels:?} {kinds:?} {arrow:?}");
    }
}

#[test]
fn several_lines_stand_symmetrically_on_the_side_of_an_icon() {
    let mut sketch = Sketch::new(800, 400);
    let to = sketch.leaf(None, (368, 200), 50);
    let sources = [sketch.leaf(None, (40, 20), 50), sketch.leaf(None, (700, 20), 50)];
    for (index, from) in sources.into_iter().enumerate() {
        sketch.links(&[(from, to)], Some(["one", "other"][index]));
    }
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    let [one, other] = [0, 1].map(|link: usize| *routes.links[link].last().unwrap());
    let middle = Point { x: 400, y: 232 };
    assert!(one.x + other.x == 2 * middle.x || one.y == middle.y && other.y == middle.y, "{one:?} {other:?}");
}

#[test]
fn a_head_has_a_straight_line_behind_it() {
    // The target's lower side is just above the source: too near to turn into it.
    let mut sketch = Sketch::new(600, 300);
    let from = sketch.leaf(None, (40, 110), 0);
    let to = sketch.leaf(None, (300, 20), 50);
    sketch.link(from, to);
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    let line = &routes.links[0];
    assert!(line[line.len() - 2].manhattan(line[line.len() - 1]) >= 14, "{line:?}");
}

#[test]
fn halves_of_a_fan_in_mirror_each_other() {
    let mut sketch = Sketch::new(900, 600);
    let network = sketch.container(None, Rect::new(40, 80, 800, 480), 60);
    let gateway = sketch.border_node(network, Side::North, 440);
    for x in [168, 648] {
        let source = sketch.leaf(Some(network), (x, 340), 60);
        sketch.link(source, gateway);
    }
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    let image: Vec<Point> = routes.links[0].iter().map(|at| Point { x: 880 - at.x, y: at.y }).collect();
    assert_eq!(image, routes.links[1]);
}

#[test]
fn a_branch_does_not_run_through_the_container_of_its_sibling() {
    let mut sketch = Sketch::new(700, 700);
    let from = sketch.leaf(None, (20, 100), 60);
    let near = sketch.container(None, Rect::new(240, 40, 200, 200), 60);
    let far = sketch.container(None, Rect::new(240, 300, 200, 200), 60);
    let targets = [sketch.leaf(Some(near), (300, 100), 60), sketch.leaf(Some(far), (300, 360), 60)];
    sketch.links(&targets.map(|to| (from, to)), None);
    let routes = draw(&sketch);
    assert_sound(&sketch, &routes);
    let inside = sketch.placement.frames[near.index()].inflate(-1, -1);
    assert!(
        routes.links[1].windows(2).all(|pair| !super::Wire::extent(pair[0], pair[1]).inflate(1, 1).overlaps(&inside))
    );
}

#[test]
fn nothing_linked_draws_nothing() {
    let mut sketch = Sketch::new(200, 200);
    sketch.leaf(None, (20, 20), 64);
    let routes = draw(&sketch);
    assert!(routes.links.is_empty() && routes.nets.is_empty() && routes.extent.is_none());
}
