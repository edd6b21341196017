//! A picture as the judge sees it: read from the layout listing alone, so that whoever lays out does not judge itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::plane::{Area, Spot, cleaned};

/// A box: containers first, then leaves.
#[derive(Debug)]
pub struct Shape {
    pub id: String,
    pub kind: String,
    /// The position of the container that holds it.
    pub parent: Option<usize>,
    /// A leaf's icon, a container's border.
    pub frame: Area,
    /// A leaf's caption, a container's title.
    pub label: Option<Area>,
    /// What is written there.
    pub text: String,
    pub is_container: bool,
    /// Drawn over the nesting, around members.
    pub is_overlay: bool,
    /// Of an overlay: the positions of what it is drawn around.
    pub members: Vec<usize>,
    /// Sits on the border of its parent.
    pub on_border: bool,
}

/// A link as drawn.
#[derive(Debug)]
pub struct Line {
    pub from: usize,
    pub to: usize,
    /// Its ends and corners.
    pub points: Vec<Spot>,
    /// The points as they were listed.
    pub listed: Vec<Spot>,
    pub label: Option<Area>,
    pub net: String,
}

/// A picture.
#[derive(Debug)]
pub struct Drawing {
    pub shapes: Vec<Shape>,
    pub lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Listing {
    containers: Vec<ListedBox>,
    nodes: Vec<ListedBox>,
    edges: Vec<ListedEdge>,
}

#[derive(Deserialize)]
struct ListedBox {
    id: String,
    kind: String,
    parent: Option<String>,
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    label: Option<ListedLabel>,
    #[serde(default)]
    overlay: bool,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    border: bool,
}

#[derive(Deserialize)]
struct ListedEdge {
    from: String,
    to: String,
    points: Vec<(f64, f64)>,
    label: Option<ListedLabel>,
    net: String,
}

#[derive(Deserialize)]
struct ListedLabel {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    text: String,
}

const fn area(x: f64, y: f64, w: f64, h: f64) -> Area {
    Area { left: x, top: y, right: x + w, bottom: y + h }
}

impl Drawing {
    /// Reads what `diagram layout --format json` prints.
    pub fn read(json: &str) -> Self {
        let listing: Listing = serde_json::from_str(json).unwrap();
        let containers = listing.containers.len();
        let boxes: Vec<ListedBox> = listing.containers.into_iter().chain(listing.nodes).collect();
        let position: BTreeMap<String, usize> =
            boxes.iter().enumerate().map(|(index, listed)| (listed.id.clone(), index)).collect();
        let lines = listing.edges.into_iter().map(|edge| {
            let listed: Vec<Spot> = edge.points.into_iter().map(|(x, y)| Spot { x, y }).collect();
            Line {
                from: position[&edge.from],
                to: position[&edge.to],
                points: cleaned(&listed),
                listed,
                label: edge.label.map(|label| area(label.x, label.y, label.w, label.h)),
                net: edge.net,
            }
        });
        let lines = lines.collect();
        let shapes = boxes.into_iter().enumerate().map(|(index, listed)| Shape {
            id: listed.id,
            kind: listed.kind,
            parent: listed.parent.map(|parent| position[&parent]),
            frame: area(listed.x, listed.y, listed.w, listed.h),
            label: listed.label.as_ref().map(|label| area(label.x, label.y, label.w, label.h)),
            text: listed.label.map(|label| label.text).unwrap_or_default(),
            is_container: index < containers,
            is_overlay: listed.overlay,
            members: listed.members.iter().map(|member| position[member]).collect(),
            on_border: listed.border,
        });
        Self { shapes: shapes.collect(), lines }
    }

    /// The containers that hold a box, innermost first.
    pub fn ancestors(&self, shape: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.shapes[shape].parent, |&outer| self.shapes[outer].parent)
    }

    /// The positions of the leaves.
    pub fn leaves(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.shapes.len()).filter(|&shape| !self.shapes[shape].is_container)
    }

    /// The positions of the containers, overlays included.
    pub fn containers(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.shapes.len()).filter(|&shape| self.shapes[shape].is_container)
    }

    /// The positions of the containers that are no overlays.
    pub fn solid(&self) -> impl Iterator<Item = usize> + '_ {
        self.containers().filter(|&shape| !self.shapes[shape].is_overlay)
    }

    /// A leaf's icon with its caption; of a container its border.
    pub fn full(&self, shape: usize) -> Area {
        let shape = &self.shapes[shape];
        match shape.label {
            Some(label) if !shape.is_container => shape.frame.union(&label),
            _ => shape.frame,
        }
    }
}

/// Every pair of positions, the lower one first.
pub fn pairs(positions: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    positions.iter().enumerate().flat_map(|(index, &a)| positions[index + 1..].iter().map(move |&b| (a, b)))
}
