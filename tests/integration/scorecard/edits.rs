//! The small changes that people make to a document: every one of these kinds, once at every place.

use diagram::document::{Arrow, BoxEntry, Document, LinkEntry, Step, Table};
use diagram::source::{Span, Spanned};

/// The id of a box that is added.
const NEW: &str = "new-box";
/// What is written on a link that had no label.
const LABEL: &str = "HTTPS";

/// A changed document.
pub struct Edit {
    /// What was changed, in words.
    pub what: String,
    pub document: Document,
}

/// Every change of one box or one label.
pub fn edits(document: &Document) -> Vec<Edit> {
    let mut edits = Vec::new();
    for index in (0..document.boxes.len()).filter(|&index| holds_boxes(&document.boxes[index])) {
        add(document, Some(index), &mut edits);
    }
    add(document, None, &mut edits);
    for entry in document.boxes.iter().filter(|entry| is_leaf(entry)) {
        let id = &entry.id.value;
        edits.push(Edit { what: format!("without {id}"), document: without(document, id) });
        let mut renamed = document.clone();
        for entry in renamed.boxes.iter_mut().filter(|entry| entry.id.value == *id) {
            let name = entry.name.as_ref().map_or(id.as_str(), |name| &name.value);
            entry.name = Some(new(&format!("{name} 2")));
        }
        edits.push(Edit { what: format!("{id} renamed"), document: renamed });
    }
    for flow in 0..document.flows.len() {
        for step in (0..document.flows[flow].steps.len()).filter(|&s| document.flows[flow].steps[s].label.is_none()) {
            let mut labelled = document.clone();
            labelled.flows[flow].steps[step].label = Some(new(LABEL));
            edits.push(Edit {
                what: format!("label on step {} of {}", step + 1, document.flows[flow].id.value),
                document: labelled,
            });
        }
    }
    for link in (0..document.links.len()).filter(|&link| document.links[link].label.is_none()) {
        let mut labelled = document.clone();
        labelled.links[link].label = Some(new(LABEL));
        edits.push(Edit { what: format!("label on link {}", link + 1), document: labelled });
    }
    edits
}

/// Words that stand nowhere in the file.
fn new(text: &str) -> Spanned<String> {
    Spanned::new(text.to_owned(), Span::default())
}

const fn is_leaf(entry: &BoxEntry) -> bool {
    matches!(entry.table, Table::Services | Table::Externals)
}

const fn holds_boxes(entry: &BoxEntry) -> bool {
    !is_leaf(entry) && entry.members.is_none()
}

/// A further box in a container, once alone and once linked with the first box there.
fn add(document: &Document, container: Option<usize>, edits: &mut Vec<Edit>) {
    let home = container.map(|index| document.boxes[index].id.value.clone());
    let is_beside =
        |entry: &&BoxEntry| is_leaf(entry) && entry.within.first().map(|within| &within.value) == home.as_ref();
    let beside = document.boxes.iter().find(is_beside);
    let Some(pattern) = document.boxes.iter().find(|entry| entry.table == Table::Services) else { return };
    let in_subnet = container.is_some_and(|index| document.boxes[index].table == Table::Subnets);
    let mut changed = document.clone();
    changed.boxes.push(BoxEntry {
        id: new(NEW),
        name: None,
        within: home.iter().map(|home| new(home)).collect(),
        kind: Some(new(if in_subnet { "ec2" } else { "sqs" })),
        azs: None,
        placement: None,
        multi_az: None,
        scaling: None,
        engine: None,
        icon: None,
        ..pattern.clone()
    });
    let place = home.as_deref().unwrap_or("nothing");
    edits.push(Edit { what: format!("a box in {place}"), document: changed.clone() });
    if let Some(beside) = beside {
        let from = new(&beside.id.value);
        changed.links.push(LinkEntry {
            span: Span::default(),
            from,
            to: new(NEW),
            label: None,
            style: None,
            arrow: None,
            color: None,
        });
        edits.push(Edit { what: format!("a box in {place} behind {}", beside.id.value), document: changed });
    }
}

/// The document without a box, and without what was said of it.
fn without(document: &Document, id: &str) -> Document {
    let names = |word: &Spanned<String>| word.value.split('@').next() == Some(id);
    let mut rest = document.clone();
    rest.boxes.retain(|entry| entry.id.value != id);
    for entry in &mut rest.boxes {
        if let Some(members) = &mut entry.members {
            members.retain(|member| !names(member));
        }
    }
    rest.boxes.retain(|entry| entry.members.as_ref().is_none_or(|members| !members.is_empty()));
    rest.links.retain(|link| !names(&link.from) && !names(&link.to));
    for flow in &mut rest.flows {
        flow.steps = flow.steps.iter().flat_map(|step| pieces(step, names)).collect();
    }
    rest.flows.retain(|flow| !flow.steps.is_empty());
    rest
}

/// What is left of a step: a chain breaks where all boxes of a station are gone.
fn pieces(step: &Step, gone: impl Fn(&Spanned<String>) -> bool) -> Vec<Step> {
    let mut pieces = Vec::new();
    let mut piece = Step { stations: Vec::new(), arrows: Vec::new(), label: None, ..step.clone() };
    for (index, station) in step.stations.iter().enumerate() {
        let left: Vec<Spanned<String>> = station.iter().filter(|word| !gone(word)).cloned().collect();
        if left.is_empty() {
            pieces
                .push(std::mem::replace(&mut piece, Step { stations: Vec::new(), arrows: Vec::new(), ..step.clone() }));
            continue;
        }
        if !piece.stations.is_empty() {
            piece.arrows.push(step.arrows[index - 1]);
        }
        piece.stations.push(left);
    }
    piece.label.clone_from(&step.label);
    pieces.push(piece);
    pieces.retain(|piece| piece.stations.len() > 1);
    pieces
}

#[test]
fn a_chain_breaks_where_a_box_was() {
    let arrow = diagram::document::StepArrow { arrow: Arrow::Forward, asynchronous: false };
    let stations = ["a", "b", "c", "d"].map(|id| vec![new(id)]).to_vec();
    let step = Step { span: Span::default(), stations, arrows: vec![arrow; 3], label: Some(new("words")) };
    let left = pieces(&step, |word| word.value == "b");
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].stations.len(), left[0].arrows.len()), (2, 1));
    assert_eq!(left[0].label.as_ref().map(|label| label.value.as_str()), Some("words"));
}
