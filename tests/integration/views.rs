//! Views of every committed document: as good as any picture, and in the order of the whole.

use std::fmt::Write;
use std::fs;

use diagram::document;
use diagram::document::Table;
use diagram::source::Source;

use crate::pictures::{Picture, documents};
use crate::scorecard::drawing::Drawing;
use crate::scorecard::metrics::Metrics;

/// Views that leave out much, leave out little, and close a box.
fn views(text: &str) -> String {
    let (document, _) = document::parse(&Source::new("x.toml", text), 0);
    let leaf = |table| matches!(table, Table::Services | Table::Externals);
    let leaves: Vec<&str> =
        document.boxes.iter().filter(|entry| leaf(entry.table)).map(|entry| entry.id.value.as_str()).collect();
    let list = |every: usize, first: usize| {
        leaves.iter().skip(first).step_by(every).map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ")
    };
    let mut views = String::new();
    for (every, first) in [(2, 0), (3, 1)] {
        let _ = writeln!(views, "\n[views.test-only-{every}]\nonly = [{}]", list(every, first));
        let _ = writeln!(views, "\n[views.test-without-{every}]\nwithout = [{}]", list(every, first));
    }
    let held: Vec<&str> = document.boxes.iter().flat_map(|entry| &entry.within).map(|id| id.value.as_str()).collect();
    let closable = |entry: &&document::BoxEntry| {
        !leaf(entry.table) && entry.table != Table::Clouds && held.contains(&entry.id.value.as_str())
    };
    if let Some(container) = document.boxes.iter().filter(closable).nth(1) {
        let _ = writeln!(views, "\n[views.test-closed]\ncollapse = [\"{}\"]", container.id.value);
    }
    views
}

/// Pairs of boxes that changed sides: what was wholly before something on one axis now is wholly behind it.
fn turned_round(whole: &Drawing, view: &Drawing) -> Vec<String> {
    let mut found = Vec::new();
    let pairs: Vec<(usize, usize)> = view
        .leaves()
        .filter_map(|shape| Some((shape, whole.leaves().find(|&was| whole.shapes[was].id == view.shapes[shape].id)?)))
        .collect();
    for (a, was_a) in &pairs {
        for (b, was_b) in &pairs {
            let (now, before) = (
                (&view.shapes[*a].frame, &view.shapes[*b].frame),
                (&whole.shapes[*was_a].frame, &whole.shapes[*was_b].frame),
            );
            let wrong = (before.0.right <= before.1.left && now.1.right <= now.0.left)
                || (before.0.bottom <= before.1.top && now.1.bottom <= now.0.top);
            if wrong {
                found.push(format!("{} and {}", view.shapes[*a].id, view.shapes[*b].id));
            }
        }
    }
    found
}

#[test]
fn views_are_right_and_keep_the_order_of_the_whole() {
    let mut wrong = String::new();
    for (name, path) in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let text = format!("{text}{}", views(&text));
        let whole = Picture::of(&text, path.parent().unwrap()).unwrap();
        for view in whole.topology.views.iter().filter(|view| !view.id.is_empty()) {
            let picture = whole.of_view(view);
            let faults = Metrics::of(&picture.without_compromises()).faults();
            for (what, count) in faults.into_iter().filter(|(_, count)| *count > 0) {
                let _ = writeln!(wrong, "{name}, {}: {what} {count} times", view.id);
            }
            if view.direction.is_none() {
                for pair in turned_round(&whole.drawing, &picture.drawing) {
                    let _ = writeln!(wrong, "{name}, {}: {pair} changed sides", view.id);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
