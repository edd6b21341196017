//! One container: its children in layers, its zones as one unit, its border nodes on its border.
//!
//! Before: everything inside the children is arranged. After: the children's cells have their places in the
//! container's cell, and that has its size.

use std::collections::{BTreeMap, BTreeSet};

use super::borders::{self, BorderRow};
use super::cells::{Cells, Insets};
use super::label_room::label_room;
use super::layered::{self, Edge, Gaps, Item};
use super::pairs::{self, Pair};
use super::stack::{self, Stack};
use super::tree::Lifted;
use super::{Flow, Lean, borders::GAP};
use crate::geometry::{Axis, Point, Rect, Side, Size, point};
use crate::layout::measure::TitleStyle;
use crate::layout::separation::{self, Variable};
use crate::theme::metrics;
use crate::topology::{BoxId, StatementId};

/// What layering moves as a whole.
enum Unit {
    /// One child.
    Child(BoxId),
    /// A box with one beside it that is linked with nothing else.
    Pair(Pair),
    /// The zones of a network with the icons that span them.
    Stack(Stack),
}

/// Gaps between items, px (layout.md 3.4a: 36-40 across; 44 down or 60 right along the flow).
const ACROSS: i32 = 36;
const ACROSS_CONTAINERS: i32 = 40;
const ALONG_DOWN: i32 = 44;
const ALONG_RIGHT: i32 = 60;
/// The width of the lane that a long line takes between items, px.
const LANE: i32 = 14;

/// Arranges the children of a container, or of the top.
pub fn arrange(cells: &mut Cells<'_>, container: Option<BoxId>) {
    let flow = cells.flow(container);
    let mut nodes = Vec::new();
    let mut others = Vec::new();
    for &id in cells.tree.children(container) {
        let on_border = container.is_some() && cells.topology.element(id).node().is_some_and(|node| node.border);
        if on_border { nodes.push(id) } else { others.push(id) }
    }
    if cells.choice.lean == Lean::Firm {
        sort_by_pull(cells, container, &mut others);
    }
    let units = units(cells, container, &others);
    let content = place_units(cells, container, &units, flow);
    let rows = borders::rows(cells, &nodes, flow);
    enclose(cells, container, content, &rows);
}

/// Declares children in the order in which their partners outside stand, so that parts that no link joins follow it too.
fn sort_by_pull(cells: &Cells<'_>, container: Option<BoxId>, children: &mut [BoxId]) {
    let Some(middle) = container.and_then(|id| cells.middles[id.index()]) else { return };
    let flow = cells.flow(container);
    children.sort_by_key(|id| flow.across_of(cells.pulls[id.index()].unwrap_or(middle)));
}

/// Makes a stack of the zones among `children`, if there are any, pairs as they were chosen, and a unit of each other child.
fn units(cells: &mut Cells<'_>, container: Option<BoxId>, children: &[BoxId]) -> Vec<Unit> {
    let mut stack = stack::arrange(cells, children, cells.flow(container));
    let taken = stack.as_ref().map(|stack| stack.holds.clone()).unwrap_or_default();
    let single: Vec<BoxId> = children.iter().copied().filter(|id| !taken.contains(id)).collect();
    let pairs = pairs::chosen(cells, container, &single);
    let mut units: Vec<Unit> = Vec::new();
    for &id in children {
        if taken.contains(&id) {
            // The stack stands where its first zone was declared.
            units.extend(stack.take().map(Unit::Stack));
        } else if let Some(pair) = pairs.iter().find(|pair| pair.holds(id)) {
            units.extend((pair.host == id).then(|| Unit::Pair(pair.clone())));
        } else {
            units.push(Unit::Child(id));
        }
    }
    units
}

/// Places the units in layers, from the origin; returns the extents of all of them.
fn place_units(cells: &mut Cells<'_>, container: Option<BoxId>, units: &[Unit], flow: Flow) -> Size {
    if units.is_empty() {
        return Size::default();
    }
    let mut places: BTreeMap<BoxId, usize> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        match unit {
            Unit::Child(id) => places.extend([(*id, index)]),
            Unit::Pair(pair) => places.extend([(pair.host, index), (pair.tucked, index)]),
            Unit::Stack(stack) => places.extend(stack.holds.iter().map(|&id| (id, index))),
        }
    }
    let unit_of = |child: BoxId| places.get(&child).copied();
    let mut items: Vec<Item> = units.iter().map(|unit| item(cells, unit, flow)).collect();
    lean(cells, container, units, &mut items);
    let edges = edges(cells, container, units, &unit_of, flow);
    let any_container = items.iter().any(|item| item.container);
    let gaps = Gaps {
        across: cells.room(container) + if any_container { ACROSS_CONTAINERS } else { ACROSS },
        along: cells.room(container) + if flow == Flow::Down { ALONG_DOWN } else { ALONG_RIGHT },
        lane: LANE,
    };
    let loose_first = cells.choice.loose_first.contains(&container);
    let options = layered::Options { flow, loose_first, ..layered::Options::default() };
    let placed = cells.memo.place(items, edges, gaps, options);
    for (index, unit) in units.iter().enumerate() {
        let at = flow.point(placed.across[index], placed.along[index]);
        match unit {
            Unit::Child(id) => cells.table[id.index()].at = at,
            Unit::Pair(pair) => pair.put(cells, at),
            Unit::Stack(stack) => stack.put(cells, at),
        }
    }
    flow.size(placed.size.0, placed.size.1)
}

fn item(cells: &Cells<'_>, unit: &Unit, flow: Flow) -> Item {
    let (size, axis, container) = match unit {
        Unit::Child(id) => {
            let cell = cells.cell(*id);
            (cell.size, cell.axis, cells.topology.element(*id).node().is_none())
        }
        Unit::Pair(pair) => (pair.size, pair.axis, false),
        Unit::Stack(stack) => (stack.size, stack.axis, true),
    };
    Item {
        extent: flow.across(size),
        depth: flow.along(size),
        axis: flow.across_of(axis),
        lead: if container { 0 } else { flow.along_of(axis) },
        container,
        tier: None,
        bias: None,
        pull: None,
    }
}

/// Lets units lean toward their partners outside; those without any want to stay in the middle.
fn lean(cells: &Cells<'_>, container: Option<BoxId>, units: &[Unit], items: &mut [Item]) {
    let Some(middle) = container.and_then(|id| cells.middles[id.index()]) else { return };
    let flow = cells.flow(container);
    let pulls: Vec<Option<Point>> = units
        .iter()
        .map(|unit| match unit {
            Unit::Child(id) | Unit::Pair(Pair { host: id, .. }) => cells.pulls[id.index()],
            Unit::Stack(_) => None,
        })
        .collect();
    if pulls.iter().any(Option::is_some) {
        for (item, pull) in items.iter_mut().zip(pulls) {
            let toward = if cells.choice.lean == Lean::Firm { pull.or(Some(middle)) } else { pull };
            item.bias = toward.map(|pull| i64::from(flow.across_of(pull)));
            item.pull =
                pull.map(|at| (flow.across_of(at) - flow.across_of(middle), flow.along_of(at) - flow.along_of(middle)));
        }
    }
}

/// The links between units, those alike in their ends merged.
fn edges(
    cells: &Cells<'_>,
    container: Option<BoxId>,
    units: &[Unit],
    unit_of: &dyn Fn(BoxId) -> Option<usize>,
    flow: Flow,
) -> Vec<Edge> {
    let port = |child: BoxId, end: BoxId, unit: usize| {
        let inside = flow.across_of(cells.axis_in(end, child));
        match &units[unit] {
            Unit::Child(_) if end == child && cells.topology.element(end).node().is_none() => layered::ANYWHERE,
            Unit::Child(_) => inside,
            Unit::Pair(pair) => inside + flow.across_of(pair.offset(child)),
            Unit::Stack(stack) => inside + stack.offset(child).map_or(0, |at| flow.across_of(at)),
        }
    };
    let mut lines: Vec<(StatementId, Edge)> = Vec::new();
    for lifted in cells.tree.lifted(container) {
        let (Some(from), Some(to)) = (unit_of(lifted.from), unit_of(lifted.to)) else { continue };
        let weight = weight(cells, lifted);
        if from == to || weight == 0 {
            continue;
        }
        let (along, across) = label_room(cells, lifted, flow);
        let mut edge = Edge {
            from,
            to,
            weight,
            from_port: port(lifted.from, lifted.source, from),
            to_port: port(lifted.to, lifted.target, to),
            label_along: along,
            label_across: across,
        };
        if runs_outward(cells, lifted) {
            std::mem::swap(&mut edge.from, &mut edge.to);
            std::mem::swap(&mut edge.from_port, &mut edge.to_port);
        }
        lines.push((cells.topology.links[lifted.link.index()].statement, edge));
    }
    let mut edges = Vec::new();
    for edge in from_the_middle(&lines) {
        merge(&mut edges, edge);
    }
    edges
}

/// Lines of one statement between several copies and one box outside leave from the middle of the copies, where their
/// trunk will run: the gutter between zones.
fn from_the_middle(lines: &[(StatementId, Edge)]) -> Vec<Edge> {
    let mut sources: BTreeMap<(StatementId, usize, usize, i32), BTreeSet<i32>> = BTreeMap::new();
    let mut targets = sources.clone();
    for (statement, edge) in lines {
        sources.entry((*statement, edge.from, edge.to, edge.to_port)).or_default().insert(edge.from_port);
        targets.entry((*statement, edge.from, edge.to, edge.from_port)).or_default().insert(edge.to_port);
    }
    let middle = |ports: &BTreeSet<i32>| match (ports.first(), ports.last()) {
        (Some(&first), Some(&last)) if first != layered::ANYWHERE => i32::midpoint(first, last),
        _ => layered::ANYWHERE,
    };
    let joined = lines.iter().map(|(statement, edge)| Edge {
        from_port: middle(&sources[&(*statement, edge.from, edge.to, edge.to_port)]),
        to_port: middle(&targets[&(*statement, edge.from, edge.to, edge.from_port)]),
        ..*edge
    });
    joined.collect()
}

fn merge(edges: &mut Vec<Edge>, edge: Edge) {
    let alike = |other: &&mut Edge| {
        (other.from, other.to, other.from_port, other.to_port) == (edge.from, edge.to, edge.from_port, edge.to_port)
    };
    match edges.iter_mut().find(alike) {
        Some(other) => {
            other.weight += edge.weight;
            other.label_along = other.label_along.max(edge.label_along);
            other.label_across = other.label_across.max(edge.label_across);
        }
        None => edges.push(edge),
    }
}

/// How strongly a link pulls its ends into line: a request more than a message, replication not at all.
fn weight(cells: &Cells<'_>, lifted: &Lifted) -> i32 {
    let statement = cells.topology.statement(lifted.link);
    if statement.from == statement.to || statement.implied {
        0
    } else if statement.asynchronous {
        1
    } else {
        4
    }
}

/// Whether a link leaves its container through a node on the entry border: its target then stands before the
/// container, not behind it (layout.md 3.1).
fn runs_outward(cells: &Cells<'_>, lifted: &Lifted) -> bool {
    let node = cells.topology.element(lifted.source).node();
    lifted.from != lifted.source && node.is_some_and(|node| node.border) && !borders::sits_at_end(cells, lifted.source)
}

/// Draws the border of a container around content of that size and sets the border nodes on it.
fn enclose(cells: &mut Cells<'_>, container: Option<BoxId>, content: Size, rows: &[BorderRow; 2]) {
    let Some(id) = container else {
        cells.size = content;
        return;
    };
    let flow = cells.flow(container);
    let insets = cells.insets(container);
    let [front, back] = [rows[0].depth(cells), rows[1].depth(cells)];
    let (along_before, along_behind) = insets.along(flow);
    let (across_before, across_behind) = insets.across(flow);
    let inner = flow.point(across_before, along_before.max(front.1));
    let extent = flow.across(content) + across_before + across_behind;
    let depth = flow.along_of(inner) + flow.along(content) + along_behind.max(back.1);
    let least = cells.least_size(id);
    let mut frame = flow.size(extent.max(flow.across(least)), depth.max(flow.along(least)));
    // A container that its title widens holds its content in the middle.
    let slack = flow.across(frame) - extent;
    let inner = if flow == Flow::Down { inner.offset((slack / 2) & !1, 0) } else { inner };
    shift_children(cells, container, inner);
    for row in rows {
        let needed = seat(cells, id, row, frame, insets);
        frame = Size::new(frame.width.max(needed.width), frame.height.max(needed.height));
    }
    finish(cells, id, Size::new((frame.width + 1) & !1, (frame.height + 1) & !1), rows);
}

fn shift_children(cells: &mut Cells<'_>, container: Option<BoxId>, by: Point) {
    let tree = cells.tree;
    for &child in tree.children(container) {
        let cell = &mut cells.table[child.index()];
        cell.at = cell.at.offset(by.x, by.y);
    }
}

/// Gives the nodes of a border row their places across the flow; returns the frame that they and the title need.
fn seat(cells: &mut Cells<'_>, id: BoxId, row: &BorderRow, frame: Size, insets: Insets) -> Size {
    if row.nodes.is_empty() {
        return frame;
    }
    let flow = if row.side.opposite().axis() == Axis::Vertical { Flow::Down } else { Flow::Right };
    let place = |child: BoxId, end: BoxId| {
        let cell = cells.cell(child);
        cell.border.is_none().then(|| flow.across_of(cell.at) + flow.across_of(cells.axis_in(end, child)))
    };
    let wishes = row.wishes(cells, cells.tree.lifted(Some(id)), &place);
    let (before, behind) = insets.across(flow);
    let middle = (flow.across(frame) + before - behind) / 2;
    let low = if flow == Flow::Right { before } else { GAP / 2 };
    let mut seats: Vec<(i32, BoxId)> =
        row.nodes.iter().zip(wishes).map(|(&node, wish)| (wish.unwrap_or(middle), node)).collect();
    seats.sort_unstable();
    let variables: Vec<Variable> = seats
        .iter()
        .map(|&(wish, node)| Variable { desired: wish - flow.across_of(cells.cell(node).axis), weight: 1 })
        .collect();
    let extents: Vec<i32> = seats.iter().map(|&(_, node)| flow.across(cells.cell(node).size)).collect();
    let distances: Vec<i32> = extents.iter().map(|extent| extent + GAP).collect();
    let mut positions = separation::pool(&variables, &distances);
    let short = positions.first().map_or(0, |&first| (low - first).max(0));
    for position in &mut positions {
        *position += short;
    }
    let mut end = flow.across(frame);
    for ((&(_, node), &start), &extent) in seats.iter().zip(&positions).zip(&extents) {
        let cell = &mut cells.table[node.index()];
        cell.border = Some(row.side);
        cell.at = flow.point(start, 0);
        end = end.max(start + extent + GAP / 2);
    }
    flow.size(title_room(cells, id, row, end), flow.along(frame))
}

/// The extent across the flow at which the title finds a free stretch of the top border.
fn title_room(cells: &Cells<'_>, id: BoxId, row: &BorderRow, end: i32) -> i32 {
    let Some(title) = cells.sizes.titles[id.index()].as_ref() else { return end };
    if row.side != Side::North || title.style == TitleStyle::OnBorder {
        return end;
    }
    let need = title.size.width + 2 * GAP;
    let mut free = 0;
    for &node in &row.nodes {
        let cell = cells.cell(node);
        if cell.at.x - free >= need {
            return end;
        }
        free = free.max(cell.at.x + cell.size.width);
    }
    end.max(free + need)
}

/// Sets frame and cell of a container, moving everything in it by what sticks out at its top and left.
fn finish(cells: &mut Cells<'_>, id: BoxId, frame: Size, rows: &[BorderRow; 2]) {
    let mut out = Insets::default();
    for row in rows.iter().filter(|row| !row.nodes.is_empty()) {
        let outer = row.depth(cells).0;
        match row.side {
            Side::North => out.top = outer,
            Side::East => out.right = outer,
            Side::South => out.bottom = outer,
            Side::West => out.left = outer,
        }
    }
    if cells.sizes.titles[id.index()].as_ref().is_some_and(|title| title.style == TitleStyle::OnBorder) {
        out.top = out.top.max(metrics::BORDER_ICON / 2 + 4);
    }
    shift_children(cells, Some(id), point(out.left, out.top));
    for row in rows {
        for &node in &row.nodes {
            let cell = &mut cells.table[node.index()];
            match row.side {
                Side::North => cell.at.y = out.top - cell.axis.y,
                Side::South => cell.at.y = out.top + frame.height - cell.axis.y,
                Side::West => cell.at.x = out.left - cell.axis.x,
                Side::East => cell.at.x = out.left + frame.width - cell.axis.x,
            }
        }
    }
    let size = Size::new(out.left + frame.width + out.right, out.top + frame.height + out.bottom);
    let border = Rect::new(out.left, out.top, frame.width, frame.height);
    let cell = &mut cells.table[id.index()];
    cell.size = size;
    cell.frame = border;
    cell.axis = border.center();
}
