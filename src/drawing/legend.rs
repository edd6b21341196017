//! What signs, colours and dashes mean: the steps of numbered flows, labels that found no room, and samples of lines.

use super::{Block, badge, link};
use crate::geometry::{Rect, Size, point};
use crate::layout::{Layout, Marker};
use crate::scene::{Dash, Group, Primitive};
use crate::text::{self, TextBlock, TextStyle};
use crate::theme::{Theme, metrics};
use crate::topology::{Arrow, DefinitionId, Flow, FlowStep, Hue, Language, StatementId, Topology};

/// From a disc to the text beside it, px.
const DISC_GAP: i32 = 8;
/// Most lines of one text in an entry; past them it ends in an ellipsis.
const ENTRY_LINES: usize = 6;
/// Most lines of the words beside a sample.
const SAMPLE_LINES: usize = 2;
/// Between the parts of a legend, px.
const FLOW_GAP: i32 = 16;
/// A picture that is this much higher than wide (in tenths) has its legend at the right.
const PORTRAIT: i32 = 11;

/// One entry, drawn with its top left corner at the origin.
struct Entry {
    /// Its extents, px.
    size: Size,
    /// In paint order.
    primitives: Vec<Primitive>,
}

/// The columns in which steps are listed.
#[derive(Clone, Copy)]
struct Columns {
    /// How many fit.
    count: usize,
    /// The width of each, px.
    width: i32,
}

/// Whether the legend of a picture of that size stands at its right.
pub const fn stands_beside(picture: Size) -> bool {
    picture.height * 10 > picture.width * PORTRAIT
}

/// Draws the legend that the picture needs; an empty block when nothing needs explaining.
pub fn draw(topology: &Topology, layout: &Layout, theme: &Theme) -> Block {
    let numbered: Vec<Vec<(u32, &FlowStep)>> = topology.flows.iter().map(steps).collect();
    let most = numbered.iter().map(Vec::len).max().unwrap_or_default();
    let markers = markers(layout);
    let columns = columns(layout.size, most.max(markers.len()));
    let mut block = Block::default();
    for (flow, steps) in topology.flows.iter().zip(&numbered).filter(|(_, steps)| !steps.is_empty()) {
        append(&mut block, FLOW_GAP, name(topology, flow, columns, theme).into());
        let look = (theme, flow.color);
        let entries = steps.iter().map(|&numbered| step(topology, numbered, columns.width, look)).collect();
        append(&mut block, metrics::LEGEND_ENTRY_GAP, stack(entries, columns));
    }
    if !markers.is_empty() {
        let entries = markers.into_iter().map(|marker| marked(topology, marker, columns.width, theme)).collect();
        append(&mut block, FLOW_GAP, stack(entries, columns));
    }
    let mut gap = FLOW_GAP;
    for (flow, _) in topology.flows.iter().zip(&numbered).filter(|(_, steps)| steps.is_empty()) {
        if let Some((hue, dash)) = sample_of(topology, flow) {
            append(&mut block, gap, sample(&flow.name, metrics::LEGEND_TEXT, (theme, Some(hue), dash)).into());
            gap = metrics::LEGEND_ENTRY_GAP;
        }
    }
    if (0..topology.links.len()).any(|link| topology.statement(link.into()).asynchronous) {
        append(&mut block, gap, dashes(topology.heading.language, theme).into());
    }
    block
}

/// As many columns as fit under a picture (one beside it), and no more than fill them evenly.
fn columns(picture: Size, steps: usize) -> Columns {
    if stands_beside(picture) {
        return Columns { count: 1, width: metrics::LEGEND_COLUMN_MIN };
    }
    let gap = metrics::LEGEND_COLUMN_GAP;
    let room = picture.width - 2 * metrics::MARGIN;
    let fitting = ((room + gap) / (metrics::LEGEND_COLUMN_MIN + gap)).max(1) as usize;
    // Eight steps where seven fit side by side read better as two rows of four.
    let count = steps.max(1).div_ceil(steps.max(1).div_ceil(fitting));
    let width = (room - gap * (count as i32 - 1)) / count as i32;
    Columns { count, width: width.clamp(metrics::LEGEND_COLUMN_MIN, metrics::LEGEND_COLUMN_MAX) }
}

/// Puts a part under what is there already.
fn append(block: &mut Block, gap: i32, part: Block) {
    let top = if block.size.height > 0 { block.size.height + gap } else { 0 };
    block.size = Size::new(block.size.width.max(part.size.width), top + part.size.height);
    block.groups.extend(part.groups.into_iter().map(|group| group.offset(0, top)));
}

impl From<Entry> for Block {
    fn from(entry: Entry) -> Self {
        Self { size: entry.size, groups: vec![Group::furniture(entry.primitives)] }
    }
}

/// The numbered steps of a flow.
fn steps(flow: &Flow) -> Vec<(u32, &FlowStep)> {
    flow.steps.iter().filter(|_| flow.numbered).filter_map(|step| Some((step.number?, step))).collect()
}

/// The name of a flow above its steps.
fn name(topology: &Topology, flow: &Flow, columns: Columns, theme: &Theme) -> Entry {
    if let Some((hue, dash)) = sample_of(topology, flow) {
        return sample(&flow.name, metrics::LEGEND_NAME, (theme, Some(hue), dash));
    }
    let text = text::wrap(&flow.name, metrics::LEGEND_NAME, columns.total(columns.count), 2);
    Entry { size: Size::new(text.width, text.height), primitives: vec![write(0, 0, text, theme.text)] }
}

/// How the lines look that a flow gave its colour to; `None` if it gave it to none.
fn sample_of(topology: &Topology, flow: &Flow) -> Option<(Hue, Dash)> {
    let color = flow.color?;
    let statements = flow.steps.iter().flat_map(|step| &step.statements).map(|id| &topology.statements[id.index()]);
    let mut colored = statements.filter(|statement| statement.color == Some(color)).peekable();
    colored.peek()?;
    Some((color, if colored.all(|statement| statement.asynchronous) { Dash::Dashed } else { Dash::Solid }))
}

/// The markers of the picture, each sign once.
fn markers(layout: &Layout) -> Vec<&Marker> {
    let mut markers: Vec<&Marker> = layout.markers.iter().collect();
    markers.sort_by_key(|marker| (marker.sign, marker.link));
    markers.dedup_by_key(|marker| marker.sign);
    markers
}

/// One numbered step: its disc, what it says, and between which boxes.
fn step(topology: &Topology, (number, step): (u32, &FlowStep), width: i32, look: (&Theme, Option<Hue>)) -> Entry {
    let radius = metrics::BADGE_RADIUS;
    let disc = Vec::from(badge::disc(number, point(radius, radius), look));
    entry(disc, (&ends(topology, &step.statements), step.text.as_deref()), width, look.0)
}

/// What a marker stands for: its ring, the label, and between which boxes.
fn marked(topology: &Topology, marker: &Marker, width: i32, theme: &Theme) -> Entry {
    let radius = metrics::BADGE_RADIUS;
    let ring = Vec::from(badge::ring(marker, point(radius, radius), theme));
    let link = &topology.links[marker.link.index()];
    let words = topology.statements[link.statement.index()].label.as_deref();
    entry(ring, (&ends(topology, &[link.statement]), words), width, theme)
}

/// A disc or a ring with what it is on, and what it says.
fn entry(sign: Vec<Primitive>, (ends, words): (&str, Option<&str>), width: i32, theme: &Theme) -> Entry {
    let radius = metrics::BADGE_RADIUS;
    let left = 2 * radius + DISC_GAP;
    let style = metrics::LEGEND_TEXT;
    let strong = TextStyle::bold(style.size);
    let ends = text::wrap(ends, strong, width - left, ENTRY_LINES);
    let words = words.filter(|words| !words.trim().is_empty());
    let words = words.map(|words| text::wrap(words, style, width - left, ENTRY_LINES));
    let height = ends.height + words.as_ref().map_or(0, |words| words.height);
    // One line of text stands level with its disc; two and more start at its top.
    let top = (2 * radius - height).max(0) / 2;
    let below = top + ends.height;
    let mut primitives = sign;
    primitives.push(write(left, top, ends, theme.text));
    primitives.extend(words.map(|words| write(left, below, words, theme.muted)));
    Entry { size: Size::new(width, height.max(2 * radius)), primitives }
}

/// The boxes of a step: `a → b`, a chain `a → b → c`, or a fan `a → b, c`.
fn ends(topology: &Topology, statements: &[StatementId]) -> String {
    let name = |id: DefinitionId| topology.definitions[id.index()].name.as_str();
    let mut words = String::new();
    let mut previous: Option<(DefinitionId, DefinitionId)> = None;
    for statement in statements {
        let statement = &topology.statements[statement.index()];
        let arrow = match statement.arrow {
            Arrow::Forward => "→",
            Arrow::Both => "↔",
            Arrow::None => "–",
        };
        let (from, to) = (name(statement.from), name(statement.to));
        let more = match previous {
            Some((_, before)) if before == statement.from => format!(" {arrow} {to}"),
            Some((before, _)) if before == statement.from => format!(", {to}"),
            Some(_) => format!("; {from} {arrow} {to}"),
            None => format!("{from} {arrow} {to}"),
        };
        words.push_str(&more);
        previous = Some((statement.from, statement.to));
    }
    words
}

/// A dashed line and what it means.
fn dashes(language: Language, theme: &Theme) -> Entry {
    let word = match language {
        Language::English => "asynchronous",
        Language::Spanish => "asíncrono",
    };
    sample(word, metrics::LEGEND_TEXT, (theme, None, Dash::Dashed))
}

/// A line of that look, and what it means.
fn sample(words: &str, style: TextStyle, (theme, color, dash): (&Theme, Option<Hue>, Dash)) -> Entry {
    let text = text::wrap(words, style, metrics::LEGEND_COLUMN_MIN, SAMPLE_LINES);
    let (middle, end) = (style.line_height() / 2, metrics::LEGEND_SAMPLE);
    let size = Size::new(end + DISC_GAP + text.width, text.height);
    let stroke = link::stroke(theme, color, dash);
    let base = end - metrics::HEAD_LENGTH;
    let primitives = vec![
        Primitive::Line { points: vec![point(0, middle), point(base + 1, middle)], radius: 0, stroke },
        Primitive::Polygon {
            points: vec![
                point(end, middle),
                point(base, middle - metrics::HEAD_HALF),
                point(base, middle + metrics::HEAD_HALF),
            ],
            fill: stroke.color,
        },
        write(end + DISC_GAP, 0, text, theme.text),
    ];
    Entry { size, primitives }
}

/// Text with its top left corner at `x`, `y`.
fn write(x: i32, y: i32, text: TextBlock, color: crate::scene::Color) -> Primitive {
    let frame = Rect::new(x, y, text.width, text.height);
    Primitive::Text { frame, text, centered: false, color, halo: None }
}

impl Columns {
    /// The width of so many columns with the gaps between them, px.
    const fn total(self, used: usize) -> i32 {
        used as i32 * (self.width + metrics::LEGEND_COLUMN_GAP) - metrics::LEGEND_COLUMN_GAP
    }
}

/// Stacks entries into columns, as low as they can be; the order runs down each column.
fn stack(entries: Vec<Entry>, columns: Columns) -> Block {
    let total: i32 = entries.iter().map(|entry| entry.size.height + metrics::LEGEND_ENTRY_GAP).sum();
    let mut limit = total / columns.count as i32;
    let places = loop {
        let places = fill(&entries, limit);
        // One column of the whole height always fits, so this ends.
        if places.last().is_none_or(|&(column, _)| column < columns.count) {
            break places;
        }
        limit += metrics::LEGEND_ENTRY_GAP;
    };
    let height = places.iter().zip(&entries).map(|(&(_, top), entry)| top + entry.size.height).max();
    let used = places.last().map_or(1, |&(column, _)| column + 1);
    let groups = entries
        .into_iter()
        .zip(&places)
        .map(|(entry, &(column, top))| {
            Group::furniture(entry.primitives).offset(columns.total(column + 1) - columns.width, top)
        })
        .collect();
    Block { size: Size::new(columns.total(used), height.unwrap_or_default()), groups }
}

/// Column and top of each entry, when a column may be `limit` px high.
fn fill(entries: &[Entry], limit: i32) -> Vec<(usize, i32)> {
    let (mut column, mut top) = (0, 0);
    let mut places = Vec::with_capacity(entries.len());
    for entry in entries {
        if top > 0 && top + entry.size.height > limit {
            column += 1;
            top = 0;
        }
        places.push((column, top));
        top += entry.size.height + metrics::LEGEND_ENTRY_GAP;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;
    use crate::theme::builtin;

    fn entry(height: i32) -> Entry {
        Entry { size: Size::new(100, height), primitives: Vec::new() }
    }

    #[test]
    fn nothing_to_explain_takes_no_room() {
        let fixture = Fixture::new(300, 200);
        assert_eq!(draw(&fixture.topology, &fixture.layout, &builtin::LIGHT).size, Size::default());
    }

    #[test]
    fn columns_are_balanced() {
        let columns = Columns { count: 3, width: 100 };
        let block = stack((0..7).map(|_| entry(24)).collect(), columns);
        assert_eq!(
            block.size,
            Size::new(3 * 100 + 2 * metrics::LEGEND_COLUMN_GAP, 3 * 24 + 2 * metrics::LEGEND_ENTRY_GAP)
        );
    }

    #[test]
    fn one_tall_entry_does_not_push_others_out() {
        let columns = Columns { count: 2, width: 100 };
        let block = stack(vec![entry(200), entry(24), entry(24)], columns);
        assert_eq!(block.size.height, 200);
    }

    #[test]
    fn the_legend_of_a_portrait_stands_beside_it() {
        let mut fixture = Fixture::two_services();
        fixture.layout.size = Size::new(400, 900);
        let scene =
            super::super::draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &super::super::Losses::default());
        assert!(scene.size.width > 400 + metrics::LEGEND_COLUMN_MIN);
    }

    #[test]
    fn chains_and_fans_are_told_in_one_line() {
        let mut fixture = Fixture::two_services();
        let parts = [StatementId(0), StatementId(1)];
        assert_eq!(ends(&fixture.topology, &parts), "api → store → api");
        fixture.topology.statements[1].from = fixture.topology.statements[0].from;
        assert_eq!(ends(&fixture.topology, &parts), "api → store, api");
    }
}
