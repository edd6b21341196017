//! `diagram layout`

use std::fmt::Write;

use anyhow::{Context, Result};
use diagram::geometry::{Point, Rect};
use diagram::layout::{Layout, Options, PlacedBox};
use diagram::pipeline;
use diagram::topology::{Arrow, BoxId, LinkId, Topology};

use super::args::{LayoutArguments, ListingFormat};
use super::input::Input;
use super::{Outcome, considered, output, say, show, view_of};

/// Prints the geometry of one document.
pub fn run(arguments: &LayoutArguments) -> Result<Outcome> {
    let input = Input::new(&arguments.input);
    let mut checked = input.check()?;
    let Some(topology) = checked.topology else {
        say(&show(&checked.sources, &checked.diagnostics));
        return Ok(Outcome::Faulty);
    };
    let view = arguments.view.as_deref().unwrap_or_default();
    let view = view_of(&topology, view).with_context(|| format!("cannot lay out `{input}`"))?;
    let options = Options { direction: arguments.direction.map(Into::into) };
    let (whole, explanation) = pipeline::explain(&topology, options);
    let (shown, layout) = pipeline::follow(&topology, &whole, view, options);
    checked.diagnostics.extend(pipeline::warnings(&shown, &layout));
    say(&show(&checked.sources, &checked.diagnostics));
    let listing = match (arguments.explain, arguments.format) {
        (true, ListingFormat::Json) => considered::json(&topology, &explanation),
        (true, ListingFormat::Text) => considered::table(&topology, &explanation),
        (false, ListingFormat::Json) => pipeline::geometry(&shown, &layout),
        (false, ListingFormat::Text) => listing(&shown, &layout),
    };
    output::to_stdout(listing.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The geometry for people: boxes indented as they are nested, then lines with their corners.
fn listing(topology: &Topology, layout: &Layout) -> String {
    let mut inside = vec![Vec::new(); topology.boxes.len()];
    let mut tops = Vec::new();
    for id in topology.ids() {
        match topology.element(id).parent {
            Some(outer) => inside[outer.index()].push(id),
            None => tops.push(id),
        }
    }
    let mut text = format!("picture {} x {}\n\n", layout.size.width, layout.size.height);
    // Depth first, outermost first: what is listed last is taken next.
    let mut waiting: Vec<(BoxId, usize)> = tops.into_iter().rev().map(|id| (id, 0)).collect();
    while let Some((id, depth)) = waiting.pop() {
        for line in box_lines(topology, layout, id) {
            let _ = writeln!(text, "{}{line}", "  ".repeat(depth));
        }
        waiting.extend(inside[id.index()].iter().rev().map(|&child| (child, depth + 1)));
    }
    if !layout.links.is_empty() {
        text.push('\n');
    }
    for (index, link) in layout.links.iter().enumerate() {
        let _ = writeln!(text, "{}", link_line(topology, LinkId::from(index), &link.points));
    }
    text
}

/// What a box is and where it stands; of a group in pieces, every one.
fn box_lines(topology: &Topology, layout: &Layout, id: BoxId) -> Vec<String> {
    let element = topology.element(id);
    let address = |&member: &BoxId| topology.element(member).address.as_str();
    let line = |name: &str, placed: &PlacedBox, around: &[BoxId]| {
        let Rect { x, y, width, height } = placed.frame;
        let around = match element.overlay() {
            Some(_) => format!(" around {}", around.iter().map(address).collect::<Vec<_>>().join(", ")),
            None => String::new(),
        };
        format!("{name} [{}] at {x},{y} size {width} x {height}{around}", element.kind)
    };
    let pieces: Vec<_> = layout.pieces_of(id).collect();
    let around = match element.overlay() {
        Some(_) if !pieces.is_empty() => layout.members(topology, id),
        Some(overlay) => overlay.members.clone(),
        None => Vec::new(),
    };
    let first = line(&element.address, &layout.boxes[id.index()], &around);
    let further = pieces.into_iter().map(|(placed, piece)| line(&piece.address(topology), placed, &piece.members));
    std::iter::once(first).chain(further).collect()
}

/// The ends of a line and its corners.
fn link_line(topology: &Topology, id: LinkId, points: &[Point]) -> String {
    let link = &topology.links[id.index()];
    let arrow = match (topology.statement(id).arrow, topology.statement(id).asynchronous) {
        (Arrow::Forward, false) => "->",
        (Arrow::Forward, true) => "~>",
        (Arrow::Both, _) => "<->",
        (Arrow::None, _) => "--",
    };
    let (from, to) = (&topology.element(link.from).address, &topology.element(link.to).address);
    let corners: Vec<String> = points.iter().map(|&Point { x, y }| format!("{x},{y}")).collect();
    format!("{from} {arrow} {to}: {}", corners.join(" "))
}
