//! The layout as JSON, for other programs: the contract of the format reference, "Geometry for other programs".

use serde::Serialize;

use crate::drawing::link_ids;
use crate::geometry::Rect;
use crate::layout::{Layout, PlacedBox, PlacedText};
use crate::topology::{BoxId, LinkId, Topology};

/// A container or an overlay.
#[derive(Serialize)]
struct Container<'a> {
    id: &'a str,
    kind: &'a str,
    parent: Option<&'a str>,
    #[serde(flatten)]
    frame: Frame,
    label: Option<Label>,
    overlay: bool,
    members: Vec<&'a str>,
}

/// A leaf; its frame is its icon.
#[derive(Serialize)]
struct Node<'a> {
    id: &'a str,
    kind: &'a str,
    parent: Option<&'a str>,
    #[serde(flatten)]
    frame: Frame,
    label: Option<Label>,
    border: bool,
}

/// A link.
#[derive(Serialize)]
struct Edge<'a> {
    id: &'a str,
    from: String,
    to: String,
    points: Vec<[i32; 2]>,
    label: Option<Label>,
    style: &'static str,
    net: String,
}

/// A text and the box that it fills.
#[derive(Serialize)]
struct Label {
    #[serde(flatten)]
    frame: Frame,
    text: String,
}

/// A rectangle, px.
#[derive(Serialize)]
struct Frame {
    x: i32,
    y: i32,
    w: i32,
    h: i32,
}

/// Lists what would be drawn where, in px of the picture without its title and legend, one box or link on each line.
pub fn layout_json(topology: &Topology, layout: &Layout) -> String {
    let (nodes, containers): (Vec<BoxId>, Vec<BoxId>) =
        topology.ids().partition(|&id| topology.element(id).node().is_some());
    let ids = link_ids(topology);
    let list = |name: &str, lines: Vec<String>| {
        let body = if lines.is_empty() { String::new() } else { format!("\n  {}\n ", lines.join(",\n  ")) };
        format!(" \"{name}\": [{body}]")
    };
    format!(
        "{{\n \"width\": {},\n \"height\": {},\n{},\n{},\n{}\n}}\n",
        layout.size.width,
        layout.size.height,
        list("containers", containers.iter().flat_map(|&id| borders(topology, layout, id)).collect()),
        list("nodes", nodes.iter().map(|&id| node(topology, layout, id)).collect()),
        list("edges", (0..topology.links.len()).map(|link| edge(topology, layout, link.into(), &ids)).collect()),
    )
}

/// The lines of a container or an overlay: one for each of its borders.
fn borders(topology: &Topology, layout: &Layout, id: BoxId) -> Vec<String> {
    let element = topology.element(id);
    let is_overlay = element.overlay().is_some();
    let further: Vec<_> = layout.pieces_of(id).collect();
    let row = |id: &str, placed: &PlacedBox, members: &[BoxId]| {
        let parent = if further.is_empty() { element.parent } else { topology.around(members) };
        line(&Container {
            id,
            kind: &element.kind,
            parent: parent.map(|parent| address(topology, parent)),
            frame: frame(&placed.frame),
            label: placed.label.as_ref().map(label),
            overlay: is_overlay,
            members: members.iter().map(|&member| address(topology, member)).collect(),
        })
    };
    let members = if is_overlay { layout.members(topology, id) } else { Vec::new() };
    let first = row(&element.address, &layout.boxes[id.index()], &members);
    let pieces = further.iter().map(|(placed, piece)| row(&piece.address(topology), placed, &piece.members));
    std::iter::once(first).chain(pieces).collect()
}

/// The line of a leaf.
fn node(topology: &Topology, layout: &Layout, id: BoxId) -> String {
    let element = topology.element(id);
    let placed = &layout.boxes[id.index()];
    line(&Node {
        id: &element.address,
        kind: &element.kind,
        parent: element.parent.map(|parent| address(topology, parent)),
        frame: frame(&placed.frame),
        label: placed.label.as_ref().map(label),
        border: element.node().is_some_and(|node| node.border),
    })
}

/// The line of a link; its label only on the link that carries it.
fn edge(topology: &Topology, layout: &Layout, id: LinkId, ids: &[String]) -> String {
    let link = &topology.links[id.index()];
    let routed = &layout.links[id.index()];
    let carried = layout.labels.iter().find(|label| label.link == id);
    let [from, to] = [(link.from, routed.pieces[0]), (link.to, routed.pieces[1])].map(|(end, piece)| match piece {
        Some(piece) => layout.pieces[piece].address(topology),
        None => address(topology, end).to_owned(),
    });
    line(&Edge {
        id: &ids[id.index()],
        from,
        to,
        points: routed.points.iter().map(|point| [point.x, point.y]).collect(),
        label: carried.map(|carried| label(&carried.text)).or_else(|| marked(topology, layout, id)),
        style: if topology.statement(id).asynchronous { "async" } else { "solid" },
        net: format!("n{}", routed.net.0),
    })
}

/// The label of a link that only the legend tells: the box of its marker.
fn marked(topology: &Topology, layout: &Layout, id: LinkId) -> Option<Label> {
    let marker = layout.markers.iter().find(|marker| marker.link == id)?;
    Some(Label { frame: frame(&marker.area()), text: topology.statement(id).label.clone().unwrap_or_default() })
}

/// A row of the listing.
fn line<T: Serialize>(row: &T) -> String {
    serde_json::to_string(row).expect("rows hold only strings, numbers and lists, which JSON can say")
}

fn address(topology: &Topology, id: BoxId) -> &str {
    &topology.element(id).address
}

fn label(placed: &PlacedText) -> Label {
    Label { frame: frame(&placed.frame), text: placed.text.lines.join(" ") }
}

const fn frame(rect: &Rect) -> Frame {
    Frame { x: rect.x, y: rect.y, w: rect.width, h: rect.height }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::drawing::fixture::Fixture;
    use serde_json::{Value, json};

    fn listing(fixture: &Fixture) -> Value {
        serde_json::from_str(&layout_json(&fixture.topology, &fixture.layout)).unwrap()
    }

    #[test]
    fn the_listing_keeps_its_contract() {
        let mut fixture = Fixture::two_services();
        let members = vec![BoxId(2), BoxId(3)];
        let style = crate::topology::GroupStyle::AutoScalingGroup;
        fixture.overlay("asg", style, members, Rect::new(50, 110, 300, 120));
        let listing = listing(&fixture);
        assert_eq!(listing["width"], 400);
        assert_eq!(listing["height"], 300);
        assert_eq!(
            listing["containers"][1],
            json!({"id": "vpc", "kind": "group", "parent": "cloud", "x": 40, "y": 80, "w": 320, "h": 180,
                "label": {"x": 78, "y": 88, "w": 80, "h": 15, "text": "vpc"}, "overlay": false, "members": []})
        );
        assert_eq!(listing["containers"][2]["overlay"], true);
        assert_eq!(listing["containers"][2]["members"], json!(["api", "store"]));
        assert_eq!(
            listing["nodes"][0],
            json!({"id": "api", "kind": "service", "parent": "vpc", "x": 60, "y": 120, "w": 64, "h": 64,
                "label": {"x": 60, "y": 188, "w": 64, "h": 15, "text": "api"}, "border": false})
        );
        assert_eq!(
            listing["edges"][0],
            json!({"id": "api->store", "from": "api", "to": "store", "points": [[126, 152], [258, 152]],
                "label": {"x": 180, "y": 145, "w": 24, "h": 14, "text": "SQL"}, "style": "solid", "net": "n0"})
        );
        assert_eq!(listing["edges"][1]["style"], "async");
        assert_eq!(listing["edges"][1]["label"], Value::Null);
    }

    #[test]
    fn an_empty_picture_is_valid() {
        let listing = listing(&Fixture::new(40, 40));
        assert_eq!(listing, json!({"width": 40, "height": 40, "containers": [], "nodes": [], "edges": []}));
    }
}
