//! Parts that are not linked with each other: each is placed by itself, then they are set side by side; items
//! without any link stand on a shelf behind or beside them.

use super::satellites::{self, Satellite};
use super::shelf::{self, Cell, Packed};
use super::{Edge, Gaps, Item, Options, Placed};

/// The items, taken apart.
pub(super) struct Divided {
    /// Those that hang together, by first item.
    pub(super) linked: Vec<Part>,
    /// Those without links.
    pub(super) loose: Vec<usize>,
}

/// Items that hang together.
pub(super) struct Part {
    /// The items, in the order of declaration.
    pub(super) members: Vec<usize>,
    /// Their edges, with ends numbered within `members`.
    pub(super) edges: Vec<Edge>,
}

/// Takes the items apart. Where tiers differ, everything that has a tier hangs together.
pub(super) fn divide(items: &[Item], edges: &[Edge]) -> Divided {
    let mut parents: Vec<usize> = (0..items.len()).collect();
    let mut tiered = items.iter().enumerate().filter_map(|(index, item)| Some((index, item.tier?)));
    if let Some((first, tier)) = tiered.next() {
        let others: Vec<(usize, u8)> = tiered.collect();
        if others.iter().any(|&(_, other)| other != tier) {
            for &(other, _) in &others {
                unite(&mut parents, first, other);
            }
        }
    }
    for edge in edges {
        unite(&mut parents, edge.from, edge.to);
    }
    let roots: Vec<usize> = (0..items.len()).map(|item| root(&mut parents, item)).collect();
    let mut sizes = vec![0_usize; items.len()];
    for &root in &roots {
        sizes[root] += 1;
    }
    let mut divided = Divided { linked: Vec::new(), loose: Vec::new() };
    let mut part_of = vec![usize::MAX; items.len()];
    let mut local = vec![0; items.len()];
    for (item, &root) in roots.iter().enumerate() {
        if sizes[root] == 1 {
            divided.loose.push(item);
            continue;
        }
        if part_of[root] == usize::MAX {
            part_of[root] = divided.linked.len();
            divided.linked.push(Part { members: Vec::new(), edges: Vec::new() });
        }
        let members = &mut divided.linked[part_of[root]].members;
        local[item] = members.len();
        members.push(item);
    }
    for edge in edges {
        let part = &mut divided.linked[part_of[roots[edge.from]]];
        part.edges.push(Edge { from: local[edge.from], to: local[edge.to], ..*edge });
    }
    divided
}

/// The representative of an item's set; halves the paths on its way.
fn root(parents: &mut [usize], mut item: usize) -> usize {
    while parents[item] != item {
        parents[item] = parents[parents[item]];
        item = parents[item];
    }
    item
}

/// Joins two sets; the earlier representative stays.
fn unite(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b)] = a.min(b);
}

/// Sets the placed parts and the loose items side by side.
pub(super) fn assemble(items: &[Item], divided: &Divided, pieces: &[Placed], gaps: Gaps, options: Options) -> Placed {
    let turn = |pair: (i32, i32)| options.in_picture(pair);
    let aspect = options.aspect.max(1);
    let cells: Vec<Cell> = pieces
        .iter()
        .map(|piece| {
            let (width, height) = turn(piece.size);
            Cell { width, height, anchor: (0, 0) }
        })
        .collect();
    let linked = shelf::pack(&cells, gaps.along, |packed| packed.page(packed.size, aspect));
    let cell = |index: usize| {
        let item = &items[index];
        let (width, height) = turn((item.extent, item.depth));
        let anchor = if item.container { (0, 0) } else { turn((item.axis, item.lead)) };
        Cell { width, height, anchor }
    };
    // Without a block to stand around there are no sides to it.
    let pulled = |item: &usize| !linked.corners.is_empty() && items[*item].pull.is_some();
    let (drawn, loose): (Vec<usize>, Vec<usize>) = divided.loose.iter().partition(|item| pulled(item));
    let cells: Vec<Cell> = loose.iter().map(|&item| cell(item)).collect();
    let pulls: Vec<Pull> = loose.iter().map(|&item| items[item].pull.map(turn)).collect();
    let (shelf, mut corner) = if linked.corners.is_empty() && pulls.iter().any(Option::is_some) {
        (facing(&cells, &pulls, gaps.across, aspect), (0, 0))
    } else {
        beside(&linked, &cells, gaps, aspect)
    };
    let mut block = (0, 0);
    if options.loose_first {
        // The two change places.
        if corner.0 > 0 {
            block.0 = shelf.size.0 + gaps.along;
        }
        if corner.1 > 0 {
            block.1 = shelf.size.1 + gaps.along;
        }
        corner = (0, 0);
    }
    let mut placed = Placed { across: vec![0; items.len()], along: vec![0; items.len()], ..Placed::default() };
    placed.ranks = vec![0; items.len()];
    for ((part, piece), &corner) in divided.linked.iter().zip(pieces).zip(&linked.corners) {
        let (across, along) = turn((corner.0 + block.0, corner.1 + block.1));
        for (local, &item) in part.members.iter().enumerate() {
            placed.across[item] = across + piece.across[local];
            placed.along[item] = along + piece.along[local];
            placed.ranks[item] = piece.ranks[local];
        }
        placed.crossings += piece.crossings;
    }
    let behind = pieces.iter().map(|piece| piece.order.len()).max().unwrap_or(0);
    let mut lines: Vec<i32> = Vec::new();
    for (&item, &(x, y)) in loose.iter().zip(&shelf.corners) {
        let (across, along) = turn((corner.0 + x, corner.1 + y));
        placed.across[item] = across;
        placed.along[item] = along;
        lines.push(along + if items[item].container { 0 } else { items[item].lead });
    }
    let end = turn((corner.0 + shelf.size.0, corner.1 + shelf.size.1));
    let linked = turn((block.0 + linked.size.0, block.1 + linked.size.1));
    placed.size = (linked.0.max(end.0), linked.1.max(end.1));
    let satellites: Vec<Satellite> = drawn
        .iter()
        .map(|&item| Satellite { cell: cell(item), pull: turn(items[item].pull.unwrap_or_default()) })
        .collect();
    set_around(&mut placed, items, (&drawn, &satellites), gaps, options);
    lines.extend(drawn.iter().map(|&item| line_of(&placed, items, item)));
    let loose = loose.iter().chain(&drawn);
    let mut distinct = lines.clone();
    distinct.sort_unstable();
    distinct.dedup();
    for (&item, line) in loose.zip(&lines) {
        placed.ranks[item] = behind + distinct.partition_point(|other| other < line);
    }
    placed.order = vec![Vec::new(); placed.ranks.iter().max().map_or(0, |last| last + 1)];
    (0..items.len()).for_each(|item| placed.order[placed.ranks[item]].push(item));
    placed.order.iter_mut().for_each(|rank| rank.sort_by_key(|&item| (placed.across[item], item)));
    placed
}

/// The line along the flow by which a loose item is ranked.
fn line_of(placed: &Placed, items: &[Item], item: usize) -> i32 {
    placed.along[item] + if items[item].container { 0 } else { items[item].lead }
}

/// Sets satellites around everything that is placed.
fn set_around(
    placed: &mut Placed,
    items: &[Item],
    (drawn, satellites): (&[usize], &[Satellite]),
    gaps: Gaps,
    options: Options,
) {
    let turn = |pair: (i32, i32)| options.in_picture(pair);
    let areas: Vec<satellites::Area> = (0..items.len())
        .filter(|item| !drawn.contains(item))
        .map(|item| {
            let (x, y) = turn((placed.across[item], placed.along[item]));
            let (width, height) = turn((items[item].extent, items[item].depth));
            (x, y, width, height)
        })
        .collect();
    let corners = satellites::around(turn(placed.size), &areas, satellites, gaps.along);
    for (&item, corner) in drawn.iter().zip(corners) {
        (placed.across[item], placed.along[item]) = turn(corner);
    }
    let size = placed.size;
    placed.settle(|vertex| items[vertex].extent, |item| items[item].depth);
    placed.size = (placed.size.0.max(size.0), placed.size.1.max(size.1));
}

/// What it costs if another item stands between an item and its partners, and if all stand as far from theirs as the
/// arrangement is long and wide, in percent of the page.
const HIDDEN: i64 = 12;
const APART: i64 = 40;

/// The way from the middle of the container to the partners of an item outside, in the picture's directions, px.
type Pull = Option<(i32, i32)>;

/// Items without links, in the order and arrangement that takes little page and faces their partners outside.
fn facing(cells: &[Cell], pulls: &[Pull], gap: i32, aspect: i32) -> Packed {
    let declared: Vec<usize> = (0..cells.len()).collect();
    let sorted = |axis: fn((i32, i32)) -> i32| {
        let mut order = declared.clone();
        order.sort_by_key(|&item| (pulls[item].map_or(0, axis), item));
        order
    };
    let arranged = [declared.clone(), sorted(|pull| pull.0), sorted(|pull| pull.1)].map(|order| {
        let own: Vec<Cell> = order.iter().map(|&item| cells[item]).collect();
        let price = |packed: &Packed| {
            let page = packed.page(packed.size, aspect);
            page + page * strain(packed, &order, cells, pulls) / 100
        };
        let packed = shelf::pack(&own, gap, price);
        let mut corners = vec![(0, 0); cells.len()];
        for (&item, &corner) in order.iter().zip(&packed.corners) {
            corners[item] = corner;
        }
        (price(&packed), Packed { corners, ..packed })
    });
    let best = arranged.into_iter().min_by_key(|(price, _)| *price);
    best.expect("there are three arrangements").1
}

/// How badly an arrangement suits the partners of its items, in percent of its page.
fn strain(packed: &Packed, order: &[usize], cells: &[Cell], pulls: &[Pull]) -> i64 {
    let area = |place: usize| {
        let ((x, y), cell) = (packed.corners[place], cells[order[place]]);
        (x, y, cell.width, cell.height)
    };
    let (mut hidden, mut apart) = (0, 0);
    for place in 0..order.len() {
        let Some(pull) = pulls[order[place]] else { continue };
        let own = area(place);
        hidden += i64::from((0..order.len()).any(|other| other != place && satellites::hides(area(other), own, pull)));
        let toward = (packed.size.0 / 2 + pull.0, packed.size.1 / 2 + pull.1);
        // Beyond the arrangement's edge all places are equally far.
        let distance = |at: i32, extent: i32, to: i32, all: i32| i64::from((at + extent / 2 - to.clamp(0, all)).abs());
        apart += distance(own.0, own.2, toward.0, packed.size.0) + distance(own.1, own.3, toward.1, packed.size.1);
    }
    let reach = i64::from(packed.size.0 + packed.size.1).max(1) * order.len().max(1) as i64;
    HIDDEN * hidden + APART * apart / reach
}

/// The loose items as they stand best below or to the right of the linked ones, and the corner at which they begin.
fn beside(linked: &Packed, loose: &[Cell], gaps: Gaps, aspect: i32) -> (Packed, (i32, i32)) {
    let (width, height) = linked.size;
    if linked.corners.is_empty() || loose.is_empty() {
        return (shelf::pack(loose, gaps.across, |packed| packed.page(packed.size, aspect)), (0, 0));
    }
    let below = |packed: &Packed| (width.max(packed.size.0), height + gaps.along + packed.size.1);
    let right = |packed: &Packed| (width + gaps.along + packed.size.0, height.max(packed.size.1));
    let under = shelf::pack(loose, gaps.across, |packed| packed.page(below(packed), aspect));
    let side = shelf::pack(loose, gaps.across, |packed| packed.page(right(packed), aspect));
    if under.page(below(&under), aspect) <= side.page(right(&side), aspect) {
        (under, (0, height + gaps.along))
    } else {
        (side, (width + gaps.along, 0))
    }
}
