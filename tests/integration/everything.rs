//! One document that uses every construct of the format at once: each of them is seen in what is made of it.

use std::fs;
use std::path::{Path, PathBuf};

use diagram::drawing::Losses;
use diagram::export::Format;
use diagram::layout::Options;
use diagram::pipeline::{self, Checked, Page, Rendered, Request};
use diagram::source::Source;
use diagram::topology::Topology;
use usvg::roxmltree::{Document, Node};

use crate::pictures::Beside;
use crate::scorecard::drawing::Drawing;

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/everything")
}

fn checked() -> Checked {
    let text = fs::read_to_string(directory().join("arch.toml")).unwrap();
    pipeline::check(&Source::new("arch.toml", text), &Beside(directory()))
}

fn topology() -> Topology {
    let checked = checked();
    checked.topology.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

fn rendered(format: Format) -> Rendered {
    let picture = "arch.svg".to_owned();
    let request = Request {
        formats: vec![format],
        theme: None,
        direction: None,
        scale: 1.0,
        picture,
        view: None,
        losses: Losses::default(),
        page: Page::default(),
    };
    let checked = checked();
    pipeline::render(checked.topology.as_ref().unwrap(), &&pipeline::analyse(&checked).unwrap(), &request).unwrap()
}

/// The picture of a view; the whole is called "".
fn svg(view: &str) -> String {
    let files = rendered(Format::Svg).files;
    let file = files.into_iter().find(|file| file.view == view).unwrap();
    String::from_utf8(file.bytes).unwrap()
}

fn with_id<'a, 'i>(document: &'a Document<'i>, id: &str) -> Node<'a, 'i> {
    let found = document.descendants().find(|node| node.attribute("id") == Some(id));
    found.unwrap_or_else(|| panic!("`{id}` is drawn"))
}

/// All words under a node, as they are read.
fn words(node: Node) -> String {
    let texts: Vec<&str> =
        node.descendants().filter(usvg::roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_box_and_link_is_drawn() {
    let svg = svg("");
    let document = Document::parse(&svg).unwrap();
    for id in [
        "aws",
        "prod",
        "us-east-1",
        "eu-west-1",
        "main",
        "us-east-1a@main",
        "spare",
        "own",
        "hand",
        "public@us-east-1a",
        "app@us-east-1b",
        "data@us-east-1a",
        "dc",
        "rack",
        "legacy",
        "cluster",
        "asg",
        "guard",
        "users",
        "partner",
        "dns",
        "igw",
        "alb",
        "nat@us-east-1a",
        "web@us-east-1a",
        "web@us-east-1b",
        "worker",
        "postgres@us-east-1a",
        "postgres@us-east-1b",
        "copy",
        "jobs",
        "board",
        "pod",
        "settings",
        "plain",
        "drawn",
        "next-year",
        "where",
        "draft",
        "cluster->drawn",
        "plain->plain",
        "board->jobs",
        "postgres@us-east-1a->copy",
    ] {
        with_id(&document, id);
    }
    assert!(!svg.contains("hidden-a"), "what a closed container holds is not drawn");
}

#[test]
fn every_key_of_a_box_is_seen() {
    let svg = svg("");
    let document = Document::parse(&svg).unwrap();
    let said = |id: &str, what: &str| {
        let words = words(with_id(&document, id)).replace('\u{a0}', " ");
        assert!(words.contains(what), "{id}: {words}");
    };
    said("web@us-east-1a", "Web servers × 3");
    said("users", "× 4");
    said("postgres@us-east-1a", "PostgreSQL (primary)");
    said("us-east-1", "(active)");
    said("main", "10.0.0.0/16");
    said("public@us-east-1b", "10.0.1.0/24");
    said("alb", "Takes every request.");
    said("next-year", "Moves to the cluster next year, one server at a time.");
    let uses = |id: &str| with_id(&document, id).descendants().filter(|node| node.has_tag_name("use")).count();
    assert_eq!([uses("plain"), uses("board"), uses("pod"), uses("settings"), uses("drawn")], [0, 1, 1, 1, 1]);
    let stacked = with_id(&document, "web@us-east-1a").children().filter(|node| node.has_tag_name("rect")).count();
    assert!(stacked >= 2, "a stack has tiles behind its icon");
    assert_eq!(with_id(&document, "web@us-east-1a").attribute("href"), Some("https://example.com/runbook"));
    assert!(svg.contains("href=\"https://example.com/spare\""), "the title of a container leads somewhere");
    assert_eq!(svg.matches("<symbol id=\"icon.own.").count(), 3, "each own icon stands once");
}

#[test]
fn flows_are_numbered_coloured_and_explained() {
    let svg = svg("");
    let document = Document::parse(&svg).unwrap();
    let all = words(document.root_element());
    for text in [
        "A user's request",
        "Jobs in the background",
        "resolve the name",
        "asynchronous",
        "replication",
        "backups",
        "itself",
    ] {
        assert!(all.contains(text), "{text}");
    }
    // Blue lines, heads and discs; the green link; dashed and plain orange.
    let inked = |color: &str| svg.matches(&format!("=\"{color}\"")).count();
    let theme = diagram::drawing::theme(diagram::topology::ThemeName::Light);
    for hue in [diagram::topology::Hue::Blue, diagram::topology::Hue::Orange, diagram::topology::Hue::Green] {
        let diagram::scene::Color(red, green, blue) = theme.hue(hue);
        assert!(inked(&format!("#{red:02x}{green:02x}{blue:02x}")) >= 2, "{hue:?}");
    }
}

#[test]
fn views_and_words_are_there() {
    let data = svg("data");
    let document = Document::parse(&data).unwrap();
    with_id(&document, "postgres@us-east-1a");
    // A note stays with its box, and what the view does not name is not there.
    with_id(&document, "next-year");
    assert!(!data.contains("id=\"jobs\"") && data.contains("Where data lives"));
    let outline = svg("outline");
    assert!(outline.contains("id=\"main\"") && !outline.contains("id=\"alb\""), "a closed VPC");
    let page = rendered(Format::Markdown).files.remove(0);
    let page = String::from_utf8(page.bytes).unwrap();
    for text in
        ["Survives the loss of one availability zone", "It ends TLS.", "×3", "arch.data.svg", "arch.outline.svg"]
    {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Draft of March"), "notes are no components");
}

#[test]
fn nothing_touches_what_it_should_not() {
    let topology = topology();
    for view in &topology.views {
        let shown = topology.shown(view);
        let layout = pipeline::layout(&shown, Options::default());
        let drawing = Drawing::read(&pipeline::geometry(&shown, &layout));
        let leaves: Vec<usize> = drawing.leaves().collect();
        for (position, &one) in leaves.iter().enumerate() {
            for &other in &leaves[..position] {
                let overlap = drawing.full(one).overlaps(&drawing.full(other), 1.0);
                assert!(!overlap, "{} and {}", drawing.shapes[one].id, drawing.shapes[other].id);
            }
        }
    }
}
