//! A topology cut down to what one picture shows.
//!
//! Arrives: the whole, and a [`View`] of it. Leaves: a topology as complete as any, so that layout and drawing know nothing
//! of views: boxes keep their order, links to the inside of a closed box end at its border and are merged, and steps
//! keep the numbers that they have in the whole.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{
    Arrow, BoxId, Content, DefinitionId, Element, Flow, FlowId, FlowStep, Heading, Hue, Language, Link, LinkId,
    Statement, StatementId, StepNumber, Topology, View,
};

impl Topology {
    /// What a view shows; the whole itself where nothing is left out.
    pub fn shown(&self, view: &View) -> Cow<'_, Self> {
        let is_whole = view.id.is_empty() && view.closed.is_empty();
        if is_whole { Cow::Borrowed(self) } else { Cow::Owned(Cut::new(self, view).finish()) }
    }
}

/// One link: what was said, and between what.
type Said = (StatementId, (BoxId, BoxId));

/// Where boxes go.
struct Cut<'t> {
    whole: &'t Topology,
    view: &'t View,
    /// For each box of the whole the one that stands for it: itself, or the closed container around it.
    stand_in: Vec<Option<BoxId>>,
    /// The new ids of boxes that stand for themselves.
    new_id: Vec<Option<BoxId>>,
}

impl<'t> Cut<'t> {
    fn new(whole: &'t Topology, view: &'t View) -> Self {
        let mut stand_in: Vec<Option<BoxId>> = vec![None; whole.boxes.len()];
        for &id in &view.shown {
            let outer = whole.element(id).parent.and_then(|outer| stand_in[outer.index()]);
            let hidden = outer.filter(|outer| view.closed.contains(outer) || Some(*outer) != whole.element(id).parent);
            stand_in[id.index()] = Some(hidden.unwrap_or(id));
        }
        // A group around nothing but what is hidden is hidden, too.
        for &id in view.shown.iter().filter(|&&id| whole.element(id).overlay().is_some()) {
            let visible = |leaf: &BoxId| stand_in[leaf.index()] == Some(*leaf);
            if !whole.overlay_leaves(id).iter().any(visible) {
                stand_in[id.index()] = None;
            }
        }
        let mut new_id = vec![None; whole.boxes.len()];
        let own = whole.ids().filter(|id| stand_in[id.index()] == Some(*id));
        for (index, id) in own.enumerate() {
            new_id[id.index()] = Some(BoxId::from(index));
        }
        Self { whole, view, stand_in, new_id }
    }

    /// The new id of a box that is shown and in no closed one.
    fn visible(&self, id: BoxId) -> Option<BoxId> {
        self.new_id[id.index()]
    }

    fn finish(self) -> Topology {
        let boxes: Vec<Element> =
            self.whole.ids().filter(|&id| self.visible(id).is_some()).map(|id| self.element(id)).collect();
        let mut definitions = self.whole.definitions.clone();
        for definition in &mut definitions {
            definition.copies = definition.copies.iter().filter_map(|&copy| self.visible(copy)).collect();
        }
        let Lines { mut statements, links, of } = self.lines();
        let flows = self.flows(&of, &mut statements);
        Topology {
            heading: self.heading(),
            definitions,
            boxes,
            statements,
            links,
            flows,
            views: Vec::new(),
            template: None,
            requirements: Vec::new(),
            custom_icons: self.whole.custom_icons.clone(),
        }
    }

    fn heading(&self) -> Heading {
        let Heading { title, summary, direction, .. } = self.whole.heading.clone();
        let is_whole = self.view.id.is_empty();
        Heading {
            title: if is_whole { title } else { Some(self.view.name()) },
            summary: summary.filter(|_| is_whole),
            direction: self.view.direction.unwrap_or(direction),
            ..self.whole.heading.clone()
        }
    }

    fn element(&self, id: BoxId) -> Element {
        let mut element = self.whole.element(id).clone();
        element.parent = element.parent.and_then(|outer| self.visible(outer));
        match &mut element.content {
            Content::Node(node) => {
                if let Some(note) = &mut node.note {
                    note.beside = note.beside.and_then(|host| self.visible(host));
                }
                let open = |spanned: &BoxId| !self.view.closed.contains(spanned);
                let spans = node.spans.iter().copied().filter(open).filter_map(|spanned| self.visible(spanned));
                node.spans = spans.collect();
                // It stands between the others, not in the one that is left.
                if node.spans.len() == 1 {
                    node.spans.clear();
                }
            }
            Content::Overlay(overlay) => {
                overlay.members = overlay.members.iter().filter_map(|&member| self.visible(member)).collect();
            }
            Content::Container(_) => {}
        }
        element
    }

    /// The statements and links of the view, and for each statement of the whole those that it became.
    fn lines(&self) -> Lines {
        let mut lines = Lines { statements: Vec::new(), links: Vec::new(), of: BTreeMap::new() };
        let mut plain: BTreeMap<StatementId, StatementId> = BTreeMap::new();
        let mut merged: BTreeMap<Bundle, Vec<Said>> = BTreeMap::new();
        let mut order: Vec<Bundle> = Vec::new();
        let mut drawn: Vec<Said> = Vec::new();
        for &id in &self.view.links {
            let link = &self.whole.links[id.index()];
            let ends = (self.stand_in[link.from.index()], self.stand_in[link.to.index()]);
            let (Some(from), Some(to)) = ends else { continue };
            // What stays inside a closed box has nowhere to go, a link from a box in it to itself included.
            if from == to && (link.from, link.to) != (from, to) {
                continue;
            }
            if self.view.closed.contains(&from) || self.view.closed.contains(&to) {
                let bundle = self.bundle(link.statement, from, to);
                if !merged.contains_key(&bundle) {
                    order.push(bundle);
                }
                merged.entry(bundle).or_default().push((link.statement, (from, to)));
            } else {
                drawn.push((link.statement, (from, to)));
            }
        }
        for (statement, ends) in drawn {
            let new = *plain.entry(statement).or_insert_with(|| lines.say(self.whole, statement));
            lines.link(new, self.ends(ends));
        }
        for bundle in order {
            self.say_bundle(&merged[&bundle], bundle, &mut lines);
        }
        lines
    }

    fn bundle(&self, statement: StatementId, from: BoxId, to: BoxId) -> Bundle {
        let said = &self.whole.statements[statement.index()];
        let definition = |id: BoxId| self.whole.element(id).definition;
        let Statement { arrow, asynchronous, color, .. } = *said;
        Bundle { from: definition(from), to: definition(to), arrow, asynchronous, color }
    }

    /// Says once what several statements say of a closed box, and how many they are.
    fn say_bundle(&self, said: &[Said], bundle: Bundle, lines: &mut Lines) {
        let mut sources: Vec<StatementId> = said.iter().map(|(statement, _)| *statement).collect();
        sources.sort_unstable();
        sources.dedup();
        let new = lines.say(self.whole, sources[0]);
        for &source in &sources[1..] {
            lines.of.entry(source).or_default().push(new);
        }
        let statement = &mut lines.statements[new.index()];
        (statement.from, statement.to) = (bundle.from, bundle.to);
        if sources.len() > 1 {
            let labels = sources.iter().map(|source| self.whole.statements[source.index()].label.as_deref());
            statement.label = Some(merged_label(labels, sources.len(), self.whole.heading.language));
            statement.implied = false;
        }
        let mut pairs: Vec<(BoxId, BoxId)> = Vec::new();
        for &(_, ends) in said {
            if !pairs.contains(&ends) {
                pairs.push(ends);
                lines.link(new, self.ends(ends));
            }
        }
    }

    fn ends(&self, (from, to): (BoxId, BoxId)) -> (BoxId, BoxId) {
        let new = |id| self.visible(id).expect("what stands for a box is visible");
        (new(from), new(to))
    }

    /// The flows of the view as far as they are drawn; numbers go to what is left of each step.
    fn flows(&self, of: &BTreeMap<StatementId, Vec<StatementId>>, statements: &mut [Statement]) -> Vec<Flow> {
        let mut flows: Vec<Flow> = Vec::new();
        for &id in &self.view.flows {
            let whole = &self.whole.flows[id.index()];
            let mut steps: Vec<FlowStep> = Vec::new();
            for step in &whole.steps {
                let mut left: Vec<StatementId> = Vec::new();
                for statement in step.statements.iter().flat_map(|statement| of.get(statement).into_iter().flatten()) {
                    if !left.contains(statement) {
                        left.push(*statement);
                    }
                }
                let Some(first) = left.first() else { continue };
                if let Some(number) = step.number {
                    statements[first.index()].numbers.push(StepNumber { flow: FlowId::from(flows.len()), number });
                }
                steps.push(FlowStep { statements: left, ..step.clone() });
            }
            if !steps.is_empty() {
                flows.push(Flow { steps, ..whole.clone() });
            }
        }
        flows
    }
}

/// What is drawn as one line to or from a closed box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Bundle {
    from: DefinitionId,
    to: DefinitionId,
    arrow: Arrow,
    asynchronous: bool,
    color: Option<Hue>,
}

/// The statements and links of a view so far.
struct Lines {
    statements: Vec<Statement>,
    links: Vec<Link>,
    of: BTreeMap<StatementId, Vec<StatementId>>,
}

impl Lines {
    /// Says again what a statement of the whole says, without links and numbers.
    fn say(&mut self, whole: &Topology, statement: StatementId) -> StatementId {
        let id = StatementId::from(self.statements.len());
        let said = &whole.statements[statement.index()];
        self.statements.push(Statement { numbers: Vec::new(), links: Vec::new(), ..said.clone() });
        self.of.entry(statement).or_default().push(id);
        id
    }

    fn link(&mut self, statement: StatementId, (from, to): (BoxId, BoxId)) {
        self.statements[statement.index()].links.push(LinkId::from(self.links.len()));
        self.links.push(Link { statement, from, to });
    }
}

/// The label of a line that stands for several: what all of them say, if they agree, and how many they are.
fn merged_label<'a>(mut labels: impl Iterator<Item = Option<&'a str>>, count: usize, language: Language) -> String {
    let first = labels.next().flatten();
    match first.filter(|first| labels.all(|label| label == Some(first))) {
        Some(text) => format!("{text} ({count})"),
        None if language == Language::Spanish => format!("{count} enlaces"),
        None => format!("{count} links"),
    }
}
