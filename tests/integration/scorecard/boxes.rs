//! Boxes against boxes.

use super::drawing::{Drawing, pairs};
use super::plane::TOUCH;

/// Pairs of leaves, captions included, that overlap.
pub fn node_overlaps(drawing: &Drawing) -> usize {
    let leaves: Vec<usize> = drawing.leaves().collect();
    pairs(&leaves).filter(|&(a, b)| drawing.full(a).overlaps(&drawing.full(b), TOUCH)).count()
}

/// Everything by which nesting is not drawn as it is.
pub fn container_violations(drawing: &Drawing) -> usize {
    children_outside(drawing)
        + siblings_overlapping(drawing)
        + strangers(drawing)
        + off_border(drawing)
        + wrong_members(drawing)
}

/// Boxes that stick out of their parent.
fn children_outside(drawing: &Drawing) -> usize {
    let sticks_out = |&index: &usize| {
        let shape = &drawing.shapes[index];
        let free = shape.on_border || shape.is_overlay;
        shape.parent.is_some_and(|parent| !free && !drawing.full(index).lies_in(&drawing.shapes[parent].frame, TOUCH))
    };
    (0..drawing.shapes.len()).filter(sticks_out).count()
}

/// Pairs of containers with one parent that overlap.
fn siblings_overlapping(drawing: &Drawing) -> usize {
    let solid: Vec<usize> = drawing.solid().collect();
    let overlap = |&(a, b): &(usize, usize)| {
        let (a, b) = (&drawing.shapes[a], &drawing.shapes[b]);
        a.parent == b.parent && a.frame.overlaps(&b.frame, TOUCH)
    };
    pairs(&solid).filter(overlap).count()
}

/// Leaves in or over the border of a container that does not hold them, each once per outermost such container.
fn strangers(drawing: &Drawing) -> usize {
    let mut count = 0;
    for container in drawing.solid() {
        let (outer, frame) = (drawing.shapes[container].parent, drawing.shapes[container].frame);
        for leaf in drawing.leaves() {
            let parent = drawing.shapes[leaf].parent;
            let inside = |parent: usize| parent == container || drawing.shapes[parent].parent == Some(container);
            let at_home = drawing.shapes[leaf].on_border && parent.is_some_and(inside);
            let shares = |holder: usize| drawing.ancestors(leaf).any(|ancestor| ancestor == holder);
            let stranger = !shares(container) && outer.is_none_or(shares);
            count += usize::from(!at_home && stranger && drawing.full(leaf).overlaps(&frame, TOUCH));
        }
    }
    count
}

/// Leaves that belong on the border of their parent and whose centre is not on it.
fn off_border(drawing: &Drawing) -> usize {
    drawing.leaves().filter(|&leaf| drawing.shapes[leaf].on_border && !is_on_border(drawing, leaf)).count()
}

fn is_on_border(drawing: &Drawing, leaf: usize) -> bool {
    let Some(parent) = drawing.shapes[leaf].parent else { return false };
    let (own, outer) = (drawing.shapes[leaf].frame, drawing.shapes[parent].frame);
    let (x, y) = (f64::midpoint(own.left, own.right), f64::midpoint(own.top, own.bottom));
    let near = |at: f64, edges: [f64; 2]| edges.iter().any(|edge| (at - edge).abs() <= 1.0);
    let within = |at: f64, low: f64, high: f64| (low - 1.0..=high + 1.0).contains(&at);
    near(x, [outer.left, outer.right]) && within(y, outer.top, outer.bottom)
        || near(y, [outer.top, outer.bottom]) && within(x, outer.left, outer.right)
}

/// Members that are not inside their overlay, and leaves inside that are no members.
fn wrong_members(drawing: &Drawing) -> usize {
    let mut count = 0;
    for overlay in drawing.containers().filter(|&shape| drawing.shapes[shape].is_overlay) {
        let (frame, members) = (drawing.shapes[overlay].frame, &drawing.shapes[overlay].members);
        for shape in 0..drawing.shapes.len() {
            let full = drawing.full(shape);
            let wrong = if members.contains(&shape) {
                !full.lies_in(&frame, TOUCH)
            } else {
                !drawing.shapes[shape].is_container
                    && full.overlaps(&frame, TOUCH)
                    && !drawing.ancestors(shape).any(|outer| members.contains(&outer))
            };
            count += usize::from(wrong);
        }
    }
    count
}

/// The smallest distance between two boxes with the same parent, px; `None` where no two have one.
pub fn smallest_gap(drawing: &Drawing) -> Option<f64> {
    let all: Vec<usize> = (0..drawing.shapes.len()).collect();
    let siblings = pairs(&all).filter(|&(a, b)| drawing.shapes[a].parent == drawing.shapes[b].parent);
    siblings.map(|(a, b)| drawing.full(a).gap(&drawing.full(b))).min_by(f64::total_cmp)
}
