//! `diagram layout --explain`: what was considered, and how it scored.

use std::fmt::Write;

use diagram::layout::explanation::{Considered, Explanation};
use diagram::layout::placement::{Choice, Flow};
use diagram::layout::score::Score;
use diagram::topology::{BoxId, Topology};
use serde_json::{Value, json};

/// A part of a score: its name, its value.
type Part = (&'static str, fn(&Score) -> i64);

/// The parts of a score, the sum first.
const PARTS: [Part; 8] = [
    ("total", |score| score.total()),
    ("crossings", |score| score.crossings),
    ("corners", |score| score.corners),
    ("passes", |score| score.passes),
    ("aspect", |score| score.aspect),
    ("emptiness", |score| score.emptiness),
    ("detour", |score| score.detour),
    ("faults", |score| score.faults),
];

/// The explanation for people, in points; the stages of one candidate stand under each other.
pub fn table(topology: &Topology, explanation: &Explanation) -> String {
    let mut text = String::from("what was considered, best estimate first; points, fewer are better\n");
    let _ = write!(text, "\n{:10}", "");
    for (name, _) in PARTS {
        let _ = write!(text, "{name:>11}");
    }
    text.push('\n');
    for (index, considered) in explanation.considered.iter().enumerate() {
        let drawn = if index == explanation.winner { "   <- drawn" } else { "" };
        let _ = writeln!(text, "\n{}. {}{drawn}", index + 1, words(topology, &considered.choice));
        let _ = writeln!(text, "  {:8}{}", "estimate", points(considered.estimate));
        for (stage, score) in stages(considered) {
            let _ = write!(text, "  {stage:8}");
            for (_, part) in PARTS {
                text.push_str(&points(part(&score)));
            }
            text.push('\n');
        }
    }
    text
}

/// The explanation for programs, in thousandths of a point.
pub fn json(topology: &Topology, explanation: &Explanation) -> String {
    let address = |id: &BoxId| topology.element(*id).address.as_str();
    let parts = |score: Score| -> Value {
        let parts = PARTS.iter().map(|(name, part)| ((*name).to_owned(), part(&score).into()));
        Value::Object(parts.collect())
    };
    let considered = explanation.considered.iter().map(|considered| {
        let Choice { root, turned, loose_first, tucked, mirrored, widened, beside_title, .. } = &considered.choice;
        json!({
            "direction": direction(*root),
            "turned": turned.iter().map(address).collect::<Vec<_>>(),
            "loose_first": loose_first.iter().map(|id| id.as_ref().map(address)).collect::<Vec<_>>(),
            "tucked": tucked.keys().map(address).collect::<Vec<_>>(),
            "mirrored": mirrored,
            "widened": widened.iter().map(|(id, by)| json!({ "in": id.as_ref().map(address), "by": by })).collect::<Vec<_>>(),
            "beside_title": beside_title.iter().map(address).collect::<Vec<_>>(),
            "estimate": considered.estimate,
            "sketch": considered.sketch.map(parts),
            "finished": considered.finished.map(parts),
        })
    });
    let all = json!({ "considered": considered.collect::<Vec<_>>(), "winner": explanation.winner });
    format!("{all:#}\n")
}

/// How far a candidate was judged.
fn stages(considered: &Considered) -> impl Iterator<Item = (&'static str, Score)> {
    let stages = [("sketch", considered.sketch), ("finished", considered.finished)];
    stages.into_iter().filter_map(|(name, score)| Some((name, score?)))
}

/// What a candidate does in its own way.
fn words(topology: &Topology, choice: &Choice) -> String {
    let address = |id: &BoxId| topology.element(*id).address.as_str();
    let mut words = vec![direction(choice.root).to_owned()];
    let place = |place: &Option<BoxId>| place.as_ref().map_or("the picture", address);
    let listed = |what: &str, places: Vec<&str>| (!places.is_empty()).then(|| format!("{what}: {}", places.join(", ")));
    words.extend(listed("turned", choice.turned.iter().map(address).collect()));
    words.extend(listed("unlinked boxes first in", choice.loose_first.iter().map(place).collect()));
    words.extend(listed("beside their only partner", choice.tucked.keys().map(address).collect()));
    if !choice.mirrored {
        words.push("zones not mirrored".to_owned());
    }
    for (holder, by) in &choice.widened {
        words.push(format!("gaps widened by {by} px in {}", place(holder)));
    }
    words.extend(listed("lines beside the title in", choice.beside_title.iter().map(address).collect()));
    words.join("; ")
}

const fn direction(flow: Flow) -> &'static str {
    match flow {
        Flow::Down => "down",
        Flow::Right => "right",
    }
}

/// A number of thousandths in points, in a column.
fn points(thousandths: i64) -> String {
    format!("{:>11.3}", thousandths as f64 / 1000.0)
}
