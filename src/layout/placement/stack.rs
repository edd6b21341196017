//! The zones of a network, side by side, laid out from one template (layout.md 3.2).
//!
//! ```text
//!  zone a          zone b            flow down: zones side by side, bands below each other;
//!  [ nat ]   ALB   [ nat ]           what spans all zones stands in the gutter between them,
//!  [ api ]         [ api ]           at the height of its band. Flow right: the same, turned.
//! ```
//!
//! All bands of a template share their columns, and all zones share the template: equal zones are equal to the pixel,
//! and tiers line up across them.

use super::cells::{Cell, Cells};
use super::layered::{Edge, Gaps, Item};
use super::overlays::{self, Insets as OverlayInsets};
use super::template::{Role, Template};
use super::{BESIDE_TITLE, Flow};
use crate::geometry::{Point, Rect, Size, point};
use crate::theme::metrics;
use crate::topology::BoxId;

/// A laid out row of zones, in coordinates of its own.
#[derive(Debug)]
pub struct Stack {
    /// The zones and the icons that span them.
    pub holds: Vec<BoxId>,
    /// The extents of all of them.
    pub size: Size,
    /// Where lines to the whole meet it: the gutter.
    pub axis: Point,
    places: Vec<(BoxId, Point)>,
}

/// Between two zones, px.
const ZONE_GAP: i32 = 40;
/// From a spanning icon, or from what hangs on it, to the zones beside it, px.
const LEAST_GUTTER: i32 = 8;
/// On each side of a spanning icon in its gutter, px (layout.md 3.2.5).
const GUTTER_DOWN: i32 = 36;
const GUTTER_RIGHT: i32 = 20;
/// Between two ranks, px, down and right.
const RANK_GAP_DOWN: i32 = 36;
const RANK_GAP_RIGHT: i32 = 48;
/// Between the frames of two bands, px.
const BAND_GAP: i32 = 32;
/// Between columns, px.
const COLUMN_GAP: i32 = 36;
/// The lane of a long line, px.
const LANE: i32 = 18;
/// Where several lines run from zone to zone, one leaves its icon so far from the axis, px.
const OUTER_PORT: i32 = 16;
/// What a label needs beyond its own extent along its line, px.
const LABEL_ROOM: i32 = 34;

impl Stack {
    /// Where one of the things that it holds stands in it.
    pub fn offset(&self, id: BoxId) -> Option<Point> {
        self.places.iter().find(|place| place.0 == id).map(|place| place.1)
    }

    /// Sets the places of what it holds, given its own.
    pub fn put(&self, cells: &mut Cells<'_>, at: Point) {
        for &(id, offset) in &self.places {
            cells.table[id.index()].at = at.offset(offset.x, offset.y);
        }
    }
}

/// Lays out the zones among `children`; `None` if there are none to lay out together.
pub fn arrange(cells: &mut Cells<'_>, children: &[BoxId], flow: Flow) -> Option<Stack> {
    let template = Template::new(cells.topology, cells.tree, children)?;
    let builder = Builder::new(cells, template, flow);
    let tracks = builder.tracks(cells);
    Some(builder.stamp(cells, &tracks))
}

/// The extents of one role across and along the flow, before and behind its alignment point.
#[derive(Debug, Clone, Copy, Default)]
struct Extents {
    across: (i32, i32),
    along: (i32, i32),
}

/// Everything that the template decides for all zones.
struct Tracks {
    /// By role: where its axis stands across the flow, from the zone's border.
    axes: Vec<i32>,
    /// By rank: the alignment line along the flow, from the zone's border.
    lines: Vec<i32>,
    /// By band: where its frames start and end along the flow.
    bands: Vec<(i32, i32)>,
    /// From a zone's border to its bands' frames across the flow.
    band_inset: (i32, i32),
    /// Extents of a zone across and along the flow.
    zone: (i32, i32),
}

struct Builder {
    template: Template,
    flow: Flow,
    extents: Vec<Extents>,
    overlays: OverlayInsets,
}

impl Builder {
    fn new(cells: &Cells<'_>, template: Template, flow: Flow) -> Self {
        let extents = template.roles.iter().map(|role| extents(cells, role, flow)).collect();
        let overlays = overlays::insets(cells, &template);
        Self { template, flow, extents, overlays }
    }

    fn tracks(&self, cells: &Cells<'_>) -> Tracks {
        let zone = self.template.zones[0];
        let zone_insets = cells.insets(Some(zone));
        let mut band_inset = (0, 0);
        let mut least_across = 0;
        for &frame in self.template.bands.iter().flat_map(|band| band.frames.iter().flatten()) {
            let across = cells.insets(Some(frame)).across(self.flow);
            band_inset = (band_inset.0.max(across.0), band_inset.1.max(across.1));
            least_across = least_across.max(self.flow.across(cells.least_size(frame)));
        }
        let zone_across = zone_insets.across(self.flow);
        let (columns, width) = self.columns(cells);
        let pads = zone_across.0 + band_inset.0 + band_inset.1 + zone_across.1;
        let least_zone =
            self.template.zones.iter().map(|&zone| self.flow.across(cells.least_size(zone))).max().unwrap_or(0);
        let roomy = (width + pads).max(least_across + zone_across.0 + zone_across.1).max(least_zone);
        let before = zone_across.0 + band_inset.0;
        let centered = before + (roomy - width - pads) / 2;
        let (left, right) = self.room_for_titles(cells, &columns, (centered, roomy));
        let start = centered + left;
        let across = even(right + roomy.max(start + width + pads - before));
        let (lines, bands, along) = self.lines(cells);
        Tracks {
            axes: columns.iter().map(|axis| axis + start).collect(),
            lines,
            bands,
            band_inset: zone_across,
            zone: (across, along),
        }
    }

    /// How much room must be added to the left and to the right of the columns so that every title has its place
    /// beside the lines through its strip, on either side of them.
    ///
    /// `columns` are axes from the left of the leftmost; they start at `start` in zones `extent` px wide.
    fn room_for_titles(&self, cells: &Cells<'_>, columns: &[i32], (start, extent): (i32, i32)) -> (i32, i32) {
        if self.flow == Flow::Right {
            return (0, 0);
        }
        let inset = cells.insets(Some(self.template.zones[0])).across(self.flow);
        let mut short: Vec<(i32, i32)> = Vec::new();
        let mut clear = |frames: &[BoxId], roles: &[usize], (left, right): (i32, i32)| {
            let widths = frames.iter().filter_map(|id| cells.sizes.titles[id.index()].as_ref());
            let need = widths.map(|title| title.size.width).max().unwrap_or(0) + BESIDE_TITLE;
            let axes = || roles.iter().map(|&role| columns[role] + start);
            let (Some(first), Some(last)) = (axes().min(), axes().max()) else { return };
            short.push(((need - (first - left)).max(0), (need - (right - last)).max(0)));
        };
        for (index, band) in self.template.bands.iter().enumerate() {
            let frames: Vec<BoxId> = band.frames.iter().flatten().copied().collect();
            clear(&frames, &self.through(index), (inset.0, extent - inset.1));
        }
        clear(&self.template.zones, &self.template.leaving, (0, extent));
        // Titles that room on the left does not serve need it on the right.
        let right = |left: i32| short.iter().filter(|room| room.0 > left).map(|room| room.1).max().unwrap_or(0);
        let lefts = std::iter::once(0).chain(short.iter().map(|room| room.0));
        lefts.map(|left| (left, right(left))).min_by_key(|&(left, right)| (left + right, left)).unwrap_or_default()
    }

    /// The roles at whose axis a line may run through the upper border of a band.
    fn through(&self, band: usize) -> Vec<usize> {
        let place = |role: usize| &self.template.roles[role];
        let mut roles: Vec<usize> =
            self.template.leaving.iter().copied().filter(|&role| place(role).band >= band).collect();
        for &(from, to, _) in &self.template.edges {
            let (upper, lower) = (place(from).band.min(place(to).band), place(from).band.max(place(to).band));
            if !place(from).spanning && !place(to).spanning && upper < band && band <= lower {
                roles.extend([from, to]);
            }
        }
        roles
    }

    /// The axis of each role across the flow, from the left of the leftmost, and the extent of all.
    fn columns(&self, cells: &Cells<'_>) -> (Vec<i32>, i32) {
        let mut own: Vec<usize> =
            (0..self.template.roles.len()).filter(|&role| !self.template.roles[role].spanning).collect();
        // Members of overlays and what spanning icons talk to stand on the inner side, where the gutter is.
        let inner = self.inner();
        own.sort_by_key(|&role| (inner[role], role));
        let items: Vec<Item> = own.iter().map(|&role| self.item(role)).collect();
        let ranks: Vec<usize> = own.iter().map(|&role| self.template.rank_of(role)).collect();
        let mut places = vec![None; self.template.roles.len()];
        for (place, &role) in own.iter().enumerate() {
            places[role] = Some(place);
        }
        let edges: Vec<Edge> = self
            .template
            .edges
            .iter()
            .filter_map(|edge| Some((places[edge.0]?, places[edge.1]?)))
            .map(|(from, to)| Edge {
                from,
                to,
                weight: 4,
                from_port: items[from].axis,
                to_port: items[to].axis,
                label_along: 0,
                label_across: 0,
            })
            .collect();
        let gaps = Gaps { across: COLUMN_GAP + cells.room(Some(self.template.zones[0])), along: 0, lane: LANE };
        let starts = cells.memo.align(items.clone(), ranks, edges, gaps);
        let first = starts.iter().copied().min().unwrap_or(0);
        let width = starts.iter().zip(&items).map(|(start, item)| start + item.extent - first).max().unwrap_or(0);
        let mut axes = vec![0; self.template.roles.len()];
        for ((&role, item), start) in own.iter().zip(&items).zip(starts.iter()) {
            axes[role] = start - first + item.axis;
        }
        (axes, width)
    }

    /// By role: whether it is a member of an overlay, or linked with a spanning icon.
    fn inner(&self) -> Vec<bool> {
        let mut inner: Vec<bool> = self.overlays.sides.iter().map(|&sides| sides != (0, 0)).collect();
        for &(from, to, _) in &self.template.edges {
            inner[from] |= self.template.roles[to].spanning;
            inner[to] |= self.template.roles[from].spanning;
        }
        inner
    }

    fn item(&self, role: usize) -> Item {
        let extents = &self.extents[role];
        let inset = self.overlays.across(role, self.flow);
        let axis = extents.across.0 + inset.0;
        Item {
            extent: axis + extents.across.1 + inset.1,
            depth: extents.along.0 + extents.along.1,
            axis,
            lead: extents.along.0,
            container: false,
            tier: None,
            bias: None,
            pull: None,
        }
    }

    /// The alignment line of each rank, the stretch of each band, and the extent of a zone, along the flow.
    fn lines(&self, cells: &Cells<'_>) -> (Vec<i32>, Vec<(i32, i32)>, i32) {
        let zone_along = cells.insets(Some(self.template.zones[0])).along(self.flow);
        let widened = cells.room(Some(self.template.zones[0]));
        let gap = widened + if self.flow == Flow::Down { RANK_GAP_DOWN } else { RANK_GAP_RIGHT };
        let mut cursor = zone_along.0;
        let mut lines = Vec::new();
        let mut bands = Vec::new();
        for (index, band) in self.template.bands.iter().enumerate() {
            let frame = band.frames.iter().flatten().next().copied();
            let (before, behind) = frame.map_or((0, 0), |frame| cells.insets(Some(frame)).along(self.flow));
            if index > 0 {
                cursor += (BAND_GAP + widened).max(self.label_room(cells, lines.len()));
            }
            let start = cursor;
            cursor += before;
            for rank in 0..band.ranks {
                if rank > 0 {
                    cursor += gap.max(self.label_room(cells, lines.len()));
                }
                let (ascent, descent) = self.rank_extents(lines.len());
                let (over, under) = self.overlays.along(lines.len(), self.flow);
                lines.push(cursor + over + ascent);
                cursor += over + ascent + descent + under;
            }
            cursor += behind;
            cursor = cursor.max(self.end_for_title(cells, index, start, &lines, cursor));
            let least = frame.map_or(0, |frame| self.flow.along(cells.least_size(frame)));
            cursor = cursor.max(start + least);
            bands.push((start, cursor));
        }
        let least = self.flow.along(cells.least_size(self.template.zones[0]));
        (lines, bands, even((cursor + zone_along.1).max(least)))
    }

    /// Where a band must end at the least so that its title has room beside the lines that run from zone to zone, and
    /// beside the border of a group over several zones.
    fn end_for_title(&self, cells: &Cells<'_>, band: usize, start: i32, lines: &[i32], end: i32) -> i32 {
        if self.flow == Flow::Down {
            return end;
        }
        let titles = self.template.bands[band].frames.iter().flatten();
        let widths = titles.filter_map(|id| cells.sizes.titles[id.index()].as_ref()).map(|title| title.size.width);
        let Some(width) = widths.max() else { return end };
        let own = |role: &&usize| {
            let role = &self.template.roles[**role];
            role.band == band && !role.spanning
        };
        let ranks = self.template.between.iter().filter(own).map(|&role| self.template.rank_of(role));
        let (Some(first), Some(last)) = (ranks.clone().min(), ranks.max()) else { return end };
        let behind = match self.overlays.along(last, self.flow).1 {
            0 => BESIDE_TITLE + OUTER_PORT,
            inset => (BESIDE_TITLE + OUTER_PORT).max(self.rank_extents(last).1 + inset + metrics::TITLE_LEAD),
        };
        let fits_before = lines[first] - start >= width + BESIDE_TITLE + OUTER_PORT;
        if fits_before { end } else { end.max(lines[last] + behind + width) }
    }

    fn rank_extents(&self, rank: usize) -> (i32, i32) {
        let mut room = (0, 0);
        for (role, extents) in self.extents.iter().enumerate() {
            if self.template.rank_of(role) == rank {
                room = (room.0.max(extents.along.0), room.1.max(extents.along.1));
            }
        }
        room
    }

    /// The room along the flow that labels of lines into rank `rank` from the one before need.
    fn label_room(&self, cells: &Cells<'_>, rank: usize) -> i32 {
        let mut room = 0;
        for &(from, to, link) in &self.template.edges {
            let (a, b) = (self.template.rank_of(from), self.template.rank_of(to));
            if a.max(b) != rank || a.min(b) + 1 != rank {
                continue;
            }
            let statement = cells.topology.links[link.index()].statement;
            if !cells.topology.statements[statement.index()].numbers.is_empty() {
                room = room.max(2 * metrics::BADGE_RADIUS + LABEL_ROOM);
            }
            if let Some(label) = &cells.sizes.labels[statement.index()] {
                let extent = if self.flow == Flow::Down { label.height } else { label.width };
                room = room.max(extent + LABEL_ROOM);
            }
        }
        room
    }

    /// Sets the cells of everything inside the zones, and places zones and spanning icons.
    fn stamp(&self, cells: &mut Cells<'_>, tracks: &Tracks) -> Stack {
        let count = self.template.zones.len();
        let gutter = self.gutter(cells);
        let middle = count.div_ceil(2);
        let mirrored = cells.choice.mirrored && self.flow == Flow::Down && !self.holds_containers(cells);
        let mut places = Vec::new();
        let mut cursor = 0;
        let mut axis = 0;
        for (index, &zone) in self.template.zones.iter().enumerate() {
            if index > 0 {
                let least = ZONE_GAP + cells.room(Some(self.template.zones[0]));
                let gap = if index == middle { gutter.max(least) } else { least };
                if index == middle {
                    axis = cursor + gap / 2;
                }
                cursor += gap;
            }
            self.stamp_zone(cells, tracks, index, mirrored && index >= middle);
            places.push((zone, self.flow.point(cursor, 0)));
            cursor += tracks.zone.0;
        }
        if count == 1 {
            axis = cursor / 2;
        }
        places.extend(self.spanning(cells, tracks, axis));
        let size = self.flow.size(cursor, tracks.zone.1);
        let axis = self.flow.point(axis, tracks.zone.1 / 2);
        Stack { holds: places.iter().map(|place| place.0).collect(), size, axis, places }
    }

    fn holds_containers(&self, cells: &Cells<'_>) -> bool {
        let is_container = |id: &BoxId| cells.topology.element(*id).node().is_none();
        self.template.roles.iter().any(|role| role.members.iter().flatten().any(is_container))
    }

    fn stamp_zone(&self, cells: &mut Cells<'_>, tracks: &Tracks, index: usize, mirror: bool) {
        let flip = |start: i32, extent: i32| if mirror { tracks.zone.0 - start - extent } else { start };
        let zone = self.template.zones[index];
        set_box(cells, zone, point(0, 0), self.flow.size(tracks.zone.0, tracks.zone.1));
        for (band, &(start, end)) in self.template.bands.iter().zip(&tracks.bands) {
            if let Some(frame) = band.frames.get(index).copied().flatten() {
                let extent = tracks.zone.0 - tracks.band_inset.0 - tracks.band_inset.1;
                let at = self.flow.point(tracks.band_inset.0, start);
                set_box(cells, frame, at, self.flow.size(extent, end - start));
            }
        }
        for (number, role) in self.template.roles.iter().enumerate() {
            let Some(id) = role.members.get(index).copied().flatten().filter(|_| !role.spanning) else { continue };
            let cell = *cells.cell(id);
            let start = tracks.axes[number] - self.flow.across_of(cell.axis);
            let start = flip(start, self.flow.across(cell.size));
            let line = tracks.lines[self.template.rank_of(number)] - lead(cells, id, self.flow);
            let frame = self.template.bands[role.band].frames.get(index).copied().flatten();
            let origin = frame.map_or(point(0, 0), |frame| cells.cell(frame).at);
            cells.table[id.index()].at = self.flow.point(start, line).offset(-origin.x, -origin.y);
        }
    }

    /// The room across the flow that the spanning icons of the fullest rank need between two zones.
    fn gutter(&self, cells: &Cells<'_>) -> i32 {
        let side = if self.flow == Flow::Down { GUTTER_DOWN } else { GUTTER_RIGHT };
        let mut widest = 0;
        for rank in 0..self.template.bands.iter().map(|band| band.ranks).sum() {
            let extents: Vec<i32> =
                self.spanning_at(rank).map(|(_, id)| self.flow.across(cells.cell(id).size)).collect();
            let is_host = |id: BoxId| !cells.tree.children(Some(id)).is_empty();
            for (_, id) in self.spanning_at(rank).filter(|&(_, id)| extents.len() == 1 || is_host(id)) {
                // A single icon stands on the axis of the gutter, whatever caption or note hangs on one side of it.
                let cell = cells.cell(id);
                let axis = self.flow.across_of(cell.axis);
                let longer = axis.max(self.flow.across(cell.size) - axis);
                widest = widest.max(2 * (longer + LEAST_GUTTER));
            }
            if !extents.is_empty() {
                widest = widest.max(extents.iter().sum::<i32>() + side * (extents.len() as i32 + 1));
            }
        }
        even(widest)
    }

    fn spanning_at(&self, rank: usize) -> impl Iterator<Item = (usize, BoxId)> + '_ {
        self.template.roles.iter().enumerate().filter_map(move |(number, role)| {
            let id = role.members.first().copied().flatten()?;
            (role.spanning && self.template.rank_of(number) == rank).then_some((number, id))
        })
    }

    fn spanning(&self, cells: &Cells<'_>, tracks: &Tracks, axis: i32) -> Vec<(BoxId, Point)> {
        let mut places = Vec::new();
        for (rank, line) in tracks.lines.iter().enumerate() {
            let icons: Vec<(usize, BoxId)> = self.spanning_at(rank).collect();
            let gap = if self.flow == Flow::Down { GUTTER_DOWN } else { GUTTER_RIGHT };
            let total: i32 = icons.iter().map(|&(_, id)| self.flow.across(cells.cell(id).size)).sum::<i32>()
                + gap * (icons.len() as i32 - 1);
            let mut cursor = axis - total / 2;
            for (_, id) in icons {
                let cell = cells.cell(id);
                // A single one has its icon, not its caption, on the axis of the gutter.
                let start =
                    if total == self.flow.across(cell.size) { axis - self.flow.across_of(cell.axis) } else { cursor };
                places.push((id, self.flow.point(start, line - self.flow.along_of(cell.axis))));
                cursor += self.flow.across(cell.size) + gap;
            }
        }
        places
    }
}

/// The next even number, so that centres are whole.
const fn even(extent: i32) -> i32 {
    (extent + 1) & !1
}

fn set_box(cells: &mut Cells<'_>, id: BoxId, at: Point, size: Size) {
    let frame = Rect::new(0, 0, size.width, size.height);
    cells.table[id.index()] = Cell { size, frame, axis: frame.center(), at, border: None };
}

/// From the start of a box to its alignment line along the flow: leaves align by their icons, containers by their entry.
fn lead(cells: &Cells<'_>, id: BoxId, flow: Flow) -> i32 {
    if cells.topology.element(id).node().is_some() { flow.along_of(cells.cell(id).axis) } else { 0 }
}

fn extents(cells: &Cells<'_>, role: &Role, flow: Flow) -> Extents {
    let mut extents = Extents::default();
    for &id in role.members.iter().flatten() {
        let cell = cells.cell(id);
        let axis = flow.across_of(cell.axis);
        let lead = lead(cells, id, flow);
        extents.across.0 = extents.across.0.max(axis);
        extents.across.1 = extents.across.1.max(flow.across(cell.size) - axis);
        extents.along.0 = extents.along.0.max(lead);
        extents.along.1 = extents.along.1.max(flow.along(cell.size) - lead);
    }
    extents
}
