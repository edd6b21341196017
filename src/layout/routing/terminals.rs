//! Where links begin and end: a box, and the way in which lines attach to it.

use std::collections::BTreeMap;

use super::nesting::Nesting;
use crate::geometry::{Point, Rect, Side};
use crate::layout::placement::Placement;
use crate::topology::{BoxId, Topology};

/// A terminal, by its position in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TerminalId(pub(super) u32);

impl TerminalId {
    /// The position in the table.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// How far a link from a box to itself reaches out, px (layout.md 3.12).
const LOOP: i32 = 22;

/// How lines attach to a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Attach {
    /// To any side of an icon.
    Leaf,
    /// To a border node, from outside its parent.
    Outer,
    /// To a border node, from inside its parent.
    Inner,
    /// To the border of a container, from outside.
    Outside,
    /// To the border of a container, from inside.
    Inside,
    /// Where a link from a box to itself leaves.
    LoopOut,
    /// Where a link from a box to itself comes back.
    LoopIn,
}

/// A place where a line may end, and the way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Port {
    /// The end of the line.
    pub(super) at: Point,
    /// The direction in which the line leaves the box.
    pub(super) side: Side,
    /// What it costs against the best port, px of line.
    pub(super) cost: u32,
}

/// One end of links.
#[derive(Debug, Clone)]
pub(super) struct Terminal {
    /// The box.
    pub(super) owner: BoxId,
    /// How lines attach.
    pub(super) attach: Attach,
    /// The middle of the icon or of the frame.
    pub(super) center: Point,
    /// Containers and overlays in which a line that ends here is at home.
    pub(super) homes: Vec<BoxId>,
    /// Where lines may end.
    pub(super) ports: Vec<Port>,
}

/// The terminals, and those of each link.
#[derive(Debug)]
pub(super) struct Terminals {
    /// All of them; ports are still missing.
    pub(super) table: Vec<Terminal>,
    /// By `LinkId`: source and target.
    pub(super) ends: Vec<(TerminalId, TerminalId)>,
}

/// Finds the terminals of all links.
pub(super) fn find(topology: &Topology, placement: &Placement, nesting: &Nesting) -> Terminals {
    let mut known: BTreeMap<(BoxId, Attach), TerminalId> = BTreeMap::new();
    let mut table = Vec::new();
    let mut intern = |owner: BoxId, attach: Attach| {
        *known.entry((owner, attach)).or_insert_with(|| {
            table.push(Terminal {
                owner,
                attach,
                center: placement.frames[owner.index()].center(),
                homes: homes(topology, nesting, owner, attach),
                ports: Vec::new(),
            });
            TerminalId(table.len() as u32 - 1)
        })
    };
    let mut ends = Vec::with_capacity(topology.links.len());
    for link in &topology.links {
        let (out, back) = if link.from == link.to {
            (Attach::LoopOut, Attach::LoopIn)
        } else {
            let attach = |this, other| attach(topology, placement, nesting, this, other);
            (attach(link.from, link.to), attach(link.to, link.from))
        };
        ends.push((intern(link.from, out), intern(link.to, back)));
    }
    Terminals { table, ends }
}

fn attach(topology: &Topology, placement: &Placement, nesting: &Nesting, this: BoxId, other: BoxId) -> Attach {
    let frame = |id: BoxId| -> Rect { placement.frames[id.index()] };
    if topology.element(this).node().is_none() {
        let inside = nesting.holds(this, other) || frame(this).contains(&frame(other));
        return if inside { Attach::Inside } else { Attach::Outside };
    }
    let parent = topology.element(this).parent;
    match (placement.border_sides[this.index()], parent) {
        (Some(_), Some(parent)) => {
            let outer_node =
                placement.border_sides[other.index()].is_some() && topology.element(other).parent == Some(parent);
            let inside = !outer_node && (parent == other || nesting.holds(parent, other));
            if inside { Attach::Inner } else { Attach::Outer }
        }
        _ => Attach::Leaf,
    }
}

fn homes(topology: &Topology, nesting: &Nesting, owner: BoxId, attach: Attach) -> Vec<BoxId> {
    let mut homes = nesting.homes(owner).to_vec();
    let on_border = |id: &BoxId| topology.element(owner).parent == Some(*id);
    match attach {
        Attach::Inside => homes.insert(0, owner),
        Attach::Outer => homes.retain(|id| !on_border(id)),
        _ => {}
    }
    homes
}

impl Terminal {
    /// Where a link from a box to itself turns after leaving it, or before coming back.
    pub(super) fn corner_of_loop(&self) -> Option<Point> {
        let port = self.ports.first().filter(|_| matches!(self.attach, Attach::LoopOut | Attach::LoopIn))?;
        let out = port.side.unit();
        Some(port.at.offset(LOOP * out.x, LOOP * out.y))
    }

    /// The mean direction towards `others`, as a vector in which the side of a port can be judged.
    pub(super) fn direction(&self, others: &[Point]) -> (i64, i64) {
        let count = others.len().max(1) as i64;
        let x = others.iter().map(|at| i64::from(at.x)).sum::<i64>() / count - i64::from(self.center.x);
        let y = others.iter().map(|at| i64::from(at.y)).sum::<i64>() / count - i64::from(self.center.y);
        // A line that attaches from inside leaves its border towards the middle.
        if self.attach == Attach::Inside { (-x, -y) } else { (x, y) }
    }
}

/// What leaving through `side` costs when the others lie in `direction`: 0 facing, 20 sideways, 40 away.
pub(super) fn turning_away(side: Side, direction: (i64, i64)) -> u32 {
    let length = (direction.0 * direction.0 + direction.1 * direction.1).isqrt().max(1);
    let unit = side.unit();
    let along = direction.0 * i64::from(unit.x) + direction.1 * i64::from(unit.y);
    (20 - 20 * along / length).clamp(0, 40) as u32
}
