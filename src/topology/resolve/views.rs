//! Views: which boxes and links each picture of the model shows, and which containers it draws closed.
//!
//! Before: the words of `[views.ID]`. After: one [`View`] for the whole picture and one for each entry.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::links::Wiring;
use super::{checks, kinds, references};
use crate::catalogue;
use crate::diagnostics::{Diagnostic, suggest};
use crate::document::ViewEntry;
use crate::source::Spanned;
use crate::topology::{BoxId, Content, Direction, Flow, FlowId, LinkId, View};

/// Resolves the pictures of a document: the whole first, then its views.
pub(super) fn resolve(
    wiring: &Wiring,
    flows: &[Flow],
    entries: &[ViewEntry],
    findings: &mut Vec<Diagnostic>,
) -> Vec<View> {
    let chooser = Chooser { wiring, draft: wiring.draft, flows };
    let whole = chooser.whole(findings);
    let mut views = Vec::with_capacity(entries.len() + 1);
    for entry in entries {
        views.push(chooser.view(entry, &whole.closed, findings));
    }
    views.insert(0, whole);
    views
}

/// What views choose from.
struct Chooser<'w, 'a, 'd> {
    wiring: &'w Wiring<'a, 'd>,
    draft: &'w Draft<'a>,
    flows: &'w [Flow],
}

impl Chooser<'_, '_, '_> {
    /// The picture of everything; containers with `collapse = true` are closed.
    fn whole(&self, findings: &mut Vec<Diagnostic>) -> View {
        let mut closed = Vec::new();
        for (entry, definition) in self.draft.entries.iter().zip(&self.draft.definitions) {
            let Some(flag) = entry.written.collapse.as_ref().filter(|flag| flag.value) else { continue };
            if definition.copies.iter().all(|&id| self.is_container(id)) {
                closed.extend(&definition.copies);
            } else {
                findings.push(not_closable(&Spanned::new(definition.id.clone(), flag.span)));
            }
        }
        closed.sort_unstable();
        View {
            id: String::new(),
            title: None,
            direction: None,
            shown: self.boxes().collect(),
            links: (0..self.wiring.links.len()).map(LinkId::from).collect(),
            flows: (0..self.flows.len()).map(FlowId::from).collect(),
            closed,
        }
    }

    fn view(&self, entry: &ViewEntry, closed: &[BoxId], findings: &mut Vec<Diagnostic>) -> View {
        if let Some(title) = &entry.title {
            checks::length(title, "title", findings);
        }
        let before = findings.len();
        let only = entry.only.as_ref().map(|words| self.select(words, findings));
        let without = self.select(&entry.without, findings);
        let flows = entry.flows.as_ref().map(|words| self.named_flows(words, findings));
        let mut to_close: BTreeSet<BoxId> = self.closable(&entry.collapse, findings);
        // What a view asks for by name is not hidden in a box that is closed elsewhere.
        let opened =
            |id: BoxId| only.iter().flatten().any(|&inner| self.draft.ancestors(inner).any(|outer| outer == id));
        to_close.extend(closed.iter().copied().filter(|&id| !opened(id)));

        let shown = self.shown(only.as_deref(), &without, flows.as_deref());
        let is_shown = |id: BoxId| shown.binary_search(&id).is_ok();
        // Words that mean nothing have been reported, and leave nothing to show.
        if shown.is_empty() && findings.len() == before {
            let message = format!("the view `{}` shows nothing", entry.id.value);
            findings.push(
                Diagnostic::warning("empty-view", entry.id.span, message)
                    .with_help("name boxes in `only` that `without` does not take away again"),
            );
        }
        let links = (0..self.wiring.links.len()).map(LinkId::from).filter(|&id| {
            let link = &self.wiring.links[id.index()];
            is_shown(link.from) && is_shown(link.to) && flows.as_ref().is_none_or(|flows| self.is_of(id, flows))
        });
        View {
            id: entry.id.value.clone(),
            title: entry.title.as_ref().map(|title| title.value.clone()),
            direction: entry.direction.as_ref().map(|word| match word.value.as_str() {
                "down" => Direction::Down,
                "right" => Direction::Right,
                _ => Direction::Auto,
            }),
            links: links.collect(),
            flows: flows.unwrap_or_else(|| (0..self.flows.len()).map(FlowId::from).collect()),
            closed: to_close.into_iter().filter(|&id| is_shown(id)).collect(),
            shown,
        }
    }

    fn boxes(&self) -> impl DoubleEndedIterator<Item = BoxId> + use<> {
        (0..self.draft.boxes.len()).map(BoxId::from)
    }

    fn is_container(&self, id: BoxId) -> bool {
        matches!(self.draft.boxes[id.index()].content, Content::Container(_))
    }

    /// The boxes that a list of ids, kinds and tags means.
    fn select(&self, words: &[Spanned<String>], findings: &mut Vec<Diagnostic>) -> Vec<BoxId> {
        let mut selected = BTreeSet::new();
        for word in words {
            match word.value.split_once(':').map(|(before, after)| (before.trim(), after.trim())) {
                Some(("kind", kind)) => selected.extend(self.of_kind(kind, word, findings)),
                Some(("tag", tag)) => selected.extend(self.tagged(tag, word, findings)),
                Some((other, rest)) => {
                    let message = format!("`{other}:` says nothing in a view");
                    let help = format!("write an id, `kind:{rest}` or `tag:{rest}`");
                    findings.push(Diagnostic::error("unknown-value", word.span, message).with_help(help));
                }
                None => selected.extend(self.named(word, findings)),
            }
        }
        selected.into_iter().collect()
    }

    /// The copies that an id means.
    fn named(&self, word: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Vec<BoxId> {
        references::find(self.draft, self.wiring.names, word, findings).map_or_else(Vec::new, |end| end.copies)
    }

    fn of_kind(&self, kind: &str, word: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Vec<BoxId> {
        let service = catalogue::service(kind).map(|service| service.kind);
        let group = catalogue::group(kind).map(|group| group.kind);
        let is_meant = |own: &str| own == kind || service == Some(own) || group == Some(own);
        let boxes: Vec<BoxId> = self.boxes().filter(|id| is_meant(&self.draft.boxes[id.index()].kind)).collect();
        if boxes.is_empty() {
            let known = service.is_some() || group.is_some() || kind == kinds::PLAIN;
            let used = self.draft.boxes.iter().map(|element| element.kind.as_str());
            findings.push(nothing("kind", kind, word, used, known));
        }
        boxes
    }

    fn tagged(&self, tag: &str, word: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Vec<BoxId> {
        let tagged = |id: &BoxId| self.draft.definition(*id).tags.iter().any(|other| other == tag);
        let boxes: Vec<BoxId> = self.boxes().filter(tagged).collect();
        if boxes.is_empty() {
            let used = self.draft.definitions.iter().flat_map(|definition| &definition.tags).map(String::as_str);
            findings.push(nothing("tag", tag, word, used, false));
        }
        boxes
    }

    fn named_flows(&self, words: &[Spanned<String>], findings: &mut Vec<Diagnostic>) -> Vec<FlowId> {
        let mut named = BTreeSet::new();
        for word in words {
            if let Some(index) = self.flows.iter().position(|flow| flow.id == word.value) {
                named.insert(FlowId::from(index));
                continue;
            }
            let ids = || self.flows.iter().map(|flow| flow.id.as_str());
            let help = suggest::did_you_mean(&word.value, ids()).unwrap_or_else(|| match ids().collect::<Vec<_>>() {
                ids if ids.is_empty() => "this file has no flows: take `flows` out".to_owned(),
                ids => format!("flows are {}", suggest::all_of(&ids)),
            });
            let message = format!("no flow is called `{}`", word.value);
            findings.push(Diagnostic::error("unknown-id", word.span, message).with_help(help));
        }
        named.into_iter().collect()
    }

    /// The containers that `collapse` names.
    fn closable(&self, words: &[Spanned<String>], findings: &mut Vec<Diagnostic>) -> BTreeSet<BoxId> {
        let mut closed = BTreeSet::new();
        for word in words {
            let copies = self.named(word, findings);
            if copies.iter().all(|&id| self.is_container(id)) {
                closed.extend(copies);
            } else {
                findings.push(not_closable(word));
            }
        }
        closed
    }

    /// Whether a link belongs to one of the flows, or is the replication of a store.
    fn is_of(&self, link: LinkId, flows: &[FlowId]) -> bool {
        let statement = self.wiring.links[link.index()].statement;
        let steps = || flows.iter().flat_map(|flow| &self.flows[flow.index()].steps);
        self.wiring.statements[statement.index()].implied || steps().any(|step| step.statements.contains(&statement))
    }

    /// The boxes that flows pass; a store with all that it replicates itself to.
    fn touched(&self, flows: &[FlowId]) -> BTreeSet<BoxId> {
        let steps = flows.iter().flat_map(|flow| &self.flows[flow.index()].steps);
        let said: BTreeSet<_> = steps.flat_map(|step| step.statements.iter().copied()).collect();
        let of_flows = self.wiring.links.iter().filter(|link| said.contains(&link.statement));
        let mut touched: BTreeSet<BoxId> = of_flows.flat_map(|link| [link.from, link.to]).collect();
        let implied = |link: &&crate::topology::Link| self.wiring.statements[link.statement.index()].implied;
        for link in self.wiring.links.iter().filter(implied) {
            if touched.contains(&link.from) || touched.contains(&link.to) {
                touched.extend([link.from, link.to]);
            }
        }
        touched
    }

    /// The boxes of a view, in order: what is chosen with all that it holds, less what is taken away, and the containers
    /// and groups around the rest.
    fn shown(&self, only: Option<&[BoxId]>, without: &[BoxId], flows: Option<&[FlowId]>) -> Vec<BoxId> {
        let mut chosen: BTreeSet<BoxId> = only.into_iter().flatten().copied().collect();
        chosen.extend(flows.map(|flows| self.touched(flows)).into_iter().flatten());
        let everything = only.is_none() && flows.is_none();
        let members = |id: &BoxId| match &self.draft.boxes[id.index()].content {
            Content::Overlay(overlay) => overlay.members.clone(),
            _ => Vec::new(),
        };
        let mut waiting: Vec<BoxId> = chosen.iter().copied().collect();
        while let Some(id) = waiting.pop() {
            waiting.extend(members(&id).into_iter().filter(|&member| chosen.insert(member)));
        }

        // Parents stand before their children, so one pass hands both down.
        let count = self.draft.boxes.len();
        let (mut full, mut gone) = (vec![false; count], vec![false; count]);
        let mut holds = vec![false; count];
        for id in self.boxes() {
            let parent = self.draft.boxes[id.index()].parent;
            let inherits = |table: &[bool]| parent.is_some_and(|outer| table[outer.index()]);
            full[id.index()] = everything || chosen.contains(&id) || inherits(&full);
            gone[id.index()] = without.contains(&id) || inherits(&gone);
            if let Some(outer) = parent {
                holds[outer.index()] = true;
            }
        }
        let mut shown = vec![false; count];
        for id in self.boxes().rev() {
            let at = id.index();
            shown[at] = !gone[at]
                && match &self.draft.boxes[at].content {
                    Content::Node(_) => full[at],
                    // One that what it held was taken from says nothing any more, unless its author names it.
                    Content::Container(_) => shown[at] || chosen.contains(&id) || (full[at] && !holds[at]),
                    Content::Overlay(_) => false,
                };
            if let Some(outer) = self.draft.boxes[at].parent.filter(|_| shown[at]) {
                shown[outer.index()] = true;
            }
        }
        for id in self.boxes() {
            let note = self.draft.boxes[id.index()].node().and_then(|node| node.note);
            if let Some(host) = note.and_then(|note| note.beside) {
                shown[id.index()] = !gone[id.index()] && (shown[host.index()] || chosen.contains(&id));
            }
        }
        let groups: Vec<BoxId> = self.boxes().filter(|&id| !gone[id.index()] && self.surrounds(id, &shown)).collect();
        for group in groups {
            shown[group.index()] = true;
        }
        self.boxes().filter(|id| shown[id.index()]).collect()
    }

    /// Whether a box is a group around something shown, directly or through other groups.
    fn surrounds(&self, id: BoxId, shown: &[bool]) -> bool {
        let mut waiting = vec![id];
        let mut seen = BTreeSet::from([id]);
        while let Some(group) = waiting.pop() {
            let Content::Overlay(overlay) = &self.draft.boxes[group.index()].content else { continue };
            if overlay.members.iter().any(|member| shown[member.index()]) {
                return true;
            }
            waiting.extend(overlay.members.iter().copied().filter(|&member| seen.insert(member)));
        }
        false
    }
}

/// A word of a view that means no box: a mistake, unless the kind exists.
fn nothing<'a>(
    what: &str,
    word: &str,
    written: &Spanned<String>,
    used: impl Iterator<Item = &'a str>,
    known: bool,
) -> Diagnostic {
    let message = format!("no box has the {what} `{word}`");
    let help = suggest::did_you_mean(word, used).unwrap_or_else(|| match what {
        "tag" => format!("take it out, or give boxes the tag: `tags = [\"{word}\"]`"),
        _ => "take it out".to_owned(),
    });
    if known {
        Diagnostic::warning("no-effect", written.span, message).with_help(help)
    } else {
        let code = if what == "kind" { "unknown-kind" } else { "unknown-tag" };
        Diagnostic::error(code, written.span, message).with_help(help)
    }
}

fn not_closable(word: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` can't be drawn closed: nothing stands inside it", word.value);
    Diagnostic::error("not-a-container", word.span, message)
        .with_help("`collapse` is for clouds, accounts, regions, VPCs, zones, subnets and groups that boxes are `in`")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{errors, help, links, topology, tree, warnings};
    use crate::topology::{Direction, Topology};

    const SHOP: &str = "[externals.users]\nkind='users'\n[regions.us-east-1]\nazs=2\n[vpcs.main]\nin='us-east-1'\n\
        [subnets.web]\nin='main'\n[subnets.data]\nin='main'\n[services.alb]\nkind='alb'\nin='web'\n\
        [services.api]\nkind='ecs'\nin='web'\ntags=['core']\n[services.db]\nkind='rds'\nmulti-az=true\nin='data'\n\
        [services.queue]\nkind='sqs'\nin='us-east-1'\ntags=['core']\n[groups.asg]\nkind='auto-scaling-group'\nmembers=['api']\n\
        [flows.read]\nnumbered=true\nsteps=['users -> alb -> api','api -> db : SQL']\n\
        [flows.write]\nnumbered=true\nsteps=['api ~> queue','api -> db : SQL']\n";

    /// What the view `v` of the shop shows.
    fn shown(view: &str) -> Topology {
        let whole = topology(&format!("{SHOP}[views.v]\n{view}"));
        whole.shown(whole.view("v").unwrap()).into_owned()
    }

    fn addresses(topology: &Topology) -> Vec<&str> {
        topology.boxes.iter().map(|element| element.address.as_str()).collect()
    }

    #[test]
    fn only_keeps_what_it_names_and_what_stands_around_it() {
        let view = shown("only=['api','kind:rds']");
        assert_eq!(
            addresses(&view),
            [
                "@cloud",
                "us-east-1",
                "main",
                "us-east-1a@main",
                "us-east-1b@main",
                "web@us-east-1a",
                "web@us-east-1b",
                "data@us-east-1a",
                "data@us-east-1b",
                "api@us-east-1a",
                "api@us-east-1b",
                "db@us-east-1a",
                "db@us-east-1b",
                "asg"
            ]
        );
        assert_eq!(
            links(&view),
            ["api@us-east-1a -> db@us-east-1a", "api@us-east-1b -> db@us-east-1a", "db@us-east-1a -> db@us-east-1b"]
        );
        let one = shown("only=['api@a']");
        assert!(addresses(&one).contains(&"api@us-east-1a") && !addresses(&one).contains(&"us-east-1b@main"));
        assert_eq!(one.boxes.last().unwrap().overlay().unwrap().members.len(), 1);
    }

    #[test]
    fn a_container_brings_what_it_holds_and_a_tag_what_carries_it() {
        assert!(addresses(&shown("only=['web']")).contains(&"api@us-east-1b"));
        let core = shown("only=['tag:core']");
        assert!(addresses(&core).contains(&"queue") && !addresses(&core).contains(&"alb"));
        let rest = shown("without=['tag:core','kind:rds']");
        assert!(!addresses(&rest).iter().any(|address| address.starts_with("data") || address.starts_with("asg")));
        assert_eq!(links(&rest), ["users -> alb"]);
    }

    #[test]
    fn flows_keep_their_boxes_links_and_numbers() {
        let view = shown("flows=['write']");
        assert_eq!(view.flows.len(), 1);
        assert_eq!(view.flows[0].steps.iter().map(|step| step.number).collect::<Vec<_>>(), [Some(3), Some(4)]);
        let numbers: Vec<Vec<u32>> = view
            .statements
            .iter()
            .map(|statement| statement.numbers.iter().map(|number| number.number).collect())
            .collect();
        assert_eq!(numbers, [vec![4], vec![3], vec![]]);
        assert!(!addresses(&view).contains(&"alb") && addresses(&view).contains(&"db@us-east-1b"));
    }

    #[test]
    fn a_closed_box_takes_the_links_of_what_it_hides() {
        let view = shown("collapse=['main']\ntitle='Outside'\ndirection='right'");
        assert_eq!(addresses(&view), ["@cloud", "users", "us-east-1", "main", "queue"]);
        assert_eq!(links(&view), ["users -> main", "main ~> queue"]);
        assert_eq!(view.heading.title.as_deref(), Some("Outside"));
        assert_eq!(view.heading.direction, Direction::Right);
        let tiers = shown("collapse=['web','data']");
        let label = |index: usize| tiers.statements[index].label.as_deref();
        assert_eq!(
            links(&tiers)[1..4],
            ["alb -> web@us-east-1a", "alb -> web@us-east-1b", "web@us-east-1a -> data@us-east-1a"]
        );
        assert_eq!((label(1), label(2)), (None, Some("SQL")));
    }

    #[test]
    fn merged_links_say_how_many_they_are() {
        let text = "[groups.g]\n[services.a]\nkind='ec2'\nin='g'\n[services.b]\nkind='ec2'\nin='g'\n[services.c]\nkind='s3'\n\
                    [flows.f]\nsteps=['a -> c : x','b -> c : x','b -> c : y','c -> a','a -> b']\n[views.v]\ncollapse=['g']";
        let whole = topology(text);
        let view = whole.shown(whole.view("v").unwrap()).into_owned();
        assert_eq!(links(&view), ["g -> c", "c -> g"]);
        assert_eq!(view.statements[0].label.as_deref(), Some("3 links"));
        let inside = topology(&text.replace("'a -> b'", "'a -> a','g -> g'"));
        let view = inside.shown(inside.view("v").unwrap()).into_owned();
        assert_eq!(links(&view), ["g -> c", "c -> g", "g -> g"], "a box in it and itself are both inside");
        let same = topology(&text.replace("'b -> c : y',", ""));
        let view = same.shown(same.view("v").unwrap()).into_owned();
        assert_eq!(view.statements[0].label.as_deref(), Some("x (2)"));
    }

    #[test]
    fn a_container_may_be_closed_everywhere_and_opened_by_name() {
        let text = "[groups.g]\ncollapse=true\n[services.a]\nkind='ec2'\nin='g'\n[services.c]\nkind='s3'\n\
                    [views.inside]\nonly=['a']\n[views.all]\nwithout=['c']";
        let whole = topology(text);
        let tree_of = |id: &str| tree(&whole.shown(whole.view(id).unwrap()));
        assert_eq!(tree_of(""), ["@cloud", "g < @cloud", "c < @cloud"]);
        assert_eq!(tree_of("inside"), ["@cloud", "g < @cloud", "a < g"]);
        assert_eq!(tree_of("all"), ["@cloud", "g < @cloud"]);
    }

    #[test]
    fn words_that_mean_nothing_are_led_back() {
        let view = |words: &str| format!("{SHOP}[views.v]\n{words}");
        assert_eq!(errors(&view("only=['apj']")), ["unknown-id"]);
        assert_eq!(help(&view("only=['kind:rsd']")), "did you mean `rds`?");
        assert_eq!(help(&view("only=['tag:cor']")), "did you mean `core`?");
        assert_eq!(help(&view("flows=['raed']")), "did you mean `read`?");
        assert_eq!(errors(&view("only=['type:rds']")), ["unknown-value"]);
        assert_eq!(errors(&view("collapse=['api']")), ["not-a-container"]);
        assert_eq!(warnings(&view("without=['kind:lambda']")), ["no-effect"]);
        assert_eq!(warnings(&view("only=['api']\nwithout=['api']")), ["empty-view"]);
    }
}
