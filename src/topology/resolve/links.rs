//! Links: what the author says of two boxes, and one link for each pair of copies that belong together.
//!
//! Every `[[links]]` entry is drawn; a link that flows say again is drawn once.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::names::Names;
use super::references::{self, Endpoint};
use super::{MAX_LINKS, checks, pairs};
use crate::diagnostics::Diagnostic;
use crate::document::{Arrow, LinkEntry};
use crate::source::Span;
use crate::topology::{BoxId, DefinitionId, Link, LinkId, Statement, StatementId, StepNumber};

/// Statements and links so far.
pub(super) struct Wiring<'a, 'd> {
    /// The boxes.
    pub draft: &'d Draft<'a>,
    /// What they are called.
    pub names: &'d Names<'a>,
    /// What has been said.
    pub statements: Vec<Statement>,
    /// What is drawn of it.
    pub links: Vec<Link>,
    said: BTreeMap<(DefinitionId, DefinitionId), Vec<StatementId>>,
    full: bool,
}

/// What is to be said of two boxes.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    /// Where it is written.
    pub span: Span,
    /// What is written on it.
    pub label: Option<String>,
    /// Whether it is drawn dashed.
    pub asynchronous: bool,
    /// Which ends have heads.
    pub arrow: Arrow,
    /// Whether `multi-az` says it, not the author.
    pub implied: bool,
}

impl<'a, 'd> Wiring<'a, 'd> {
    /// Nothing said yet.
    pub(super) fn new(draft: &'d Draft<'a>, names: &'d Names<'a>) -> Self {
        Self { draft, names, statements: Vec::new(), links: Vec::new(), said: BTreeMap::new(), full: false }
    }

    /// Adds a statement with its links; `None` (with one error for all) when there are too many.
    pub(super) fn say(
        &mut self,
        from: DefinitionId,
        to: DefinitionId,
        pairs: Vec<(BoxId, BoxId)>,
        wording: Wording,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<StatementId> {
        if self.full {
            return None;
        }
        if self.links.len() + pairs.len() > MAX_LINKS {
            self.full = true;
            let message = format!("from here on the picture has more than {MAX_LINKS} links");
            findings.push(
                Diagnostic::error("too-many-links", wording.span, message)
                    .with_help("link the groups around the boxes, or name places with `id@place`"),
            );
            return None;
        }
        let id = StatementId::from(self.statements.len());
        let first = self.links.len();
        self.links.extend(pairs.into_iter().map(|(from, to)| Link { statement: id, from, to }));
        self.statements.push(Statement {
            span: wording.span,
            from,
            to,
            label: wording.label,
            asynchronous: wording.asynchronous,
            arrow: wording.arrow,
            implied: wording.implied,
            numbers: Vec::new(),
            links: (first..self.links.len()).map(LinkId::from).collect(),
        });
        self.said.entry((from, to)).or_default().push(id);
        Some(id)
    }

    /// The pairs of copies that a link between two ends joins.
    pub(super) fn pairs(&self, from: &Endpoint, to: &Endpoint) -> Vec<(BoxId, BoxId)> {
        let mut pairs = pairs::belonging(self.draft, &from.copies, &to.copies, MAX_LINKS);
        // `api@a -> api` means the other copies; only `api -> api` means each copy itself.
        if from.definition == to.definition && from.copies != to.copies && pairs.iter().any(|(from, to)| from != to) {
            pairs.retain(|(from, to)| from != to);
        }
        pairs
    }

    /// A statement of a flow or a link that says the same, whichever way round an arrow without direction is written.
    pub(super) fn said_before(
        &self,
        from: DefinitionId,
        to: DefinitionId,
        pairs: &[(BoxId, BoxId)],
        wording: &Wording,
    ) -> Option<StatementId> {
        let same = |id: &StatementId, turned: bool| {
            let statement = &self.statements[id.index()];
            let texts_agree = match (&statement.label, &wording.label) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            };
            texts_agree
                && statement.asynchronous == wording.asynchronous
                && statement.arrow == wording.arrow
                && self.covers(statement, pairs, turned)
        };
        let said = |ends| self.said.get(&ends).into_iter().flatten();
        let as_written = || said((from, to)).find(|id| same(id, false)).copied();
        let exactly =
            said((from, to)).find(|id| self.statements[id.index()].label == wording.label && same(id, false)).copied();
        let turned = || said((to, from)).find(|id| wording.arrow != Arrow::Forward && same(id, true)).copied();
        exactly.or_else(as_written).or_else(turned)
    }

    /// Whether a statement has all of these links.
    fn covers(&self, statement: &Statement, pairs: &[(BoxId, BoxId)], turned: bool) -> bool {
        let ends = |link: &LinkId| {
            let link = &self.links[link.index()];
            if turned { (link.to, link.from) } else { (link.from, link.to) }
        };
        if statement.links.len() < pairs.len() {
            return false;
        }
        let there: BTreeSet<(BoxId, BoxId)> = statement.links.iter().map(ends).collect();
        pairs.iter().all(|pair| there.contains(pair))
    }

    /// The links said so far between copies of two definitions.
    pub(super) fn said_of(&self, from: DefinitionId, to: DefinitionId) -> impl Iterator<Item = &Link> {
        let said = self.said.get(&(from, to)).into_iter().flatten();
        said.flat_map(|id| &self.statements[id.index()].links).map(|id| &self.links[id.index()])
    }

    /// Gives a statement a number of a flow.
    pub(super) fn number(&mut self, id: StatementId, number: StepNumber) {
        self.statements[id.index()].numbers.push(number);
    }

    /// Gives up what has been said.
    pub(super) fn finish(self) -> (Vec<Statement>, Vec<Link>) {
        (self.statements, self.links)
    }
}

/// Says every `[[links]]` entry.
pub(super) fn connect(wiring: &mut Wiring, entries: &[LinkEntry], findings: &mut Vec<Diagnostic>) {
    for entry in entries {
        if let Some(label) = &entry.label {
            checks::length(label, "label", findings);
        }
        let from = references::find(wiring.draft, wiring.names, &entry.from, findings);
        let to = references::find(wiring.draft, wiring.names, &entry.to, findings);
        let (Some(from), Some(to)) = (from, to) else { continue };
        let word = |word: &Option<crate::source::Spanned<String>>| word.as_ref().map(|word| word.value.clone());
        let wording = Wording {
            span: entry.span,
            label: word(&entry.label).filter(|label| !label.trim().is_empty()),
            asynchronous: word(&entry.style).as_deref() == Some("async"),
            arrow: match word(&entry.arrow).as_deref() {
                Some("both") => Arrow::Both,
                Some("none") => Arrow::None,
                _ => Arrow::Forward,
            },
            implied: false,
        };
        let pairs = wiring.pairs(&from, &to);
        wiring.say(from.definition, to.definition, pairs, wording, findings);
    }
}
