//! Axis-parallel stretches, kept so that "what runs through this box?" is answered without looking at all of them.

use super::strands::Strand;
use crate::geometry::{Axis, Point, Rect};
use crate::layout::Layout;
use crate::topology::{BoxId, Topology};

/// A stretch of a line, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// Its coordinate across its axis.
    pub at: i32,
    /// Its lower end along its axis.
    pub low: i32,
    /// Its upper end along its axis.
    pub high: i32,
    /// The caller's number for what it belongs to.
    pub owner: usize,
}

/// Stretches of both axes, each sorted across its axis.
#[derive(Debug, Clone, Default)]
pub struct Segments {
    horizontal: Vec<Segment>,
    vertical: Vec<Segment>,
}

impl Segments {
    /// The border lines of all containers and overlays and of pieces of these, owned by the index of their box.
    pub fn of_borders(topology: &Topology, layout: &Layout) -> Self {
        let mut all = Self::default();
        let containers = topology.ids().filter(|&id| topology.element(id).node().is_none()).map(BoxId::index);
        for owner in containers.chain(topology.boxes.len()..layout.boxes.len()) {
            let frame = layout.boxes[owner].frame;
            let corners = [
                Point { x: frame.left(), y: frame.top() },
                Point { x: frame.right(), y: frame.top() },
                Point { x: frame.right(), y: frame.bottom() },
                Point { x: frame.left(), y: frame.bottom() },
            ];
            for (index, &corner) in corners.iter().enumerate() {
                all.add(corner, corners[(index + 1) % corners.len()], owner);
            }
        }
        all.sorted()
    }

    /// The stretches of all strands, owned by the index of their strand.
    pub fn of_strands(strands: &[Strand]) -> Self {
        let mut all = Self::default();
        for (owner, strand) in strands.iter().enumerate() {
            for pair in strand.points.windows(2) {
                all.add(pair[0], pair[1], owner);
            }
        }
        all.sorted()
    }

    fn add(&mut self, one: Point, two: Point, owner: usize) {
        let axis = if one.y == two.y { Axis::Horizontal } else { Axis::Vertical };
        let (from, to) = (one.along(axis), two.along(axis));
        let segment = Segment { at: one.along(axis.other()), low: from.min(to), high: from.max(to), owner };
        match axis {
            Axis::Horizontal => self.horizontal.push(segment),
            Axis::Vertical => self.vertical.push(segment),
        }
    }

    fn sorted(mut self) -> Self {
        self.horizontal.sort_unstable();
        self.vertical.sort_unstable();
        self
    }

    /// All stretches along `axis`.
    pub fn along(&self, axis: Axis) -> &[Segment] {
        match axis {
            Axis::Horizontal => &self.horizontal,
            Axis::Vertical => &self.vertical,
        }
    }

    /// The stretches along `axis` that enter the open range `across` of coordinates and the open range `along`.
    pub fn within(
        &self,
        axis: Axis,
        across: (i32, i32),
        along: (i32, i32),
    ) -> impl Iterator<Item = &Segment> + use<'_> {
        let all = self.along(axis);
        let first = all.partition_point(|segment| segment.at <= across.0);
        all[first..]
            .iter()
            .take_while(move |segment| segment.at < across.1)
            .filter(move |segment| segment.low < along.1 && segment.high > along.0)
    }

    /// Whether any stretch runs through the interior of `frame`, those of `except` left out.
    pub fn meet(&self, frame: &Rect, except: Option<usize>) -> bool {
        [Axis::Horizontal, Axis::Vertical].into_iter().any(|axis| {
            self.within(axis, frame.range(axis.other()), frame.range(axis)).any(|segment| Some(segment.owner) != except)
        })
    }
}
