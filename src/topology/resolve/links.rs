//! Links: what the author says of two boxes, and one link for each pair of copies that belong together.
//!
//! Every `[[links]]` entry is drawn; a link that flows say again is drawn once.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::names::Names;
use super::references;
use super::{MAX_LINKS, checks, pairs};
use crate::diagnostics::Diagnostic;
use crate::document::{Arrow, LinkEntry};
use crate::source::Span;
use crate::topology::{BoxId, DefinitionId, Hue, Link, LinkId, Statement, StatementId, StepNumber};

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
    /// Whether there are too many links already, which is reported.
    pub full: bool,
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
    /// The colour that sets it apart.
    pub color: Option<Hue>,
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
            color: wording.color,
            implied: wording.implied,
            numbers: Vec::new(),
            links: (first..self.links.len()).map(LinkId::from).collect(),
        });
        self.said.entry((from, to)).or_default().push(id);
        Some(id)
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
            color: color(entry.color.as_ref()),
            implied: false,
        };
        if wiring.full {
            continue;
        }
        let pairs = pairs::belonging(wiring.draft, &from, &to);
        wiring.say(from.definition, to.definition, pairs, wording, findings);
    }
}

/// The colour that an author named.
pub(super) fn color(word: Option<&crate::source::Spanned<String>>) -> Option<Hue> {
    word.and_then(|word| Hue::named(&word.value))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{errors, help, links, topology};

    const TWO_REGIONS: &str = "[regions.us-east-1]\nazs=2\n[regions.ca-central-1]\nazs=2\n\
        [vpcs.main]\nin=['us-east-1','ca-central-1']\n[subnets.app]\nin='main'\n[subnets.data]\nin='main'\n\
        [services.dns]\nkind='route53'\n[services.igw]\nkind='internet-gateway'\nin='main'\n\
        [services.lb]\nkind='alb'\nin='app'\n[services.api]\nkind='ec2'\nin='app'\n\
        [services.cache]\nkind='elasticache'\nin='data'\n[services.db]\nkind='aurora'\nin='data'\nmulti-az=true\n\
        [services.files]\nkind='s3'\nin=['us-east-1','ca-central-1']\n";

    fn drawn(steps: &str) -> Vec<String> {
        let mut links = links(&topology(&format!("{TWO_REGIONS}[flows.f]\nsteps=[{steps}]")));
        // The replication in each region comes last and is not the subject here.
        links.truncate(links.len() - 2);
        links
    }

    #[test]
    fn same_zone_with_same_zone() {
        let pair = |zone: &str| format!("api@{zone} -> cache@{zone}");
        assert_eq!(drawn("'api -> cache'"), ["us-east-1a", "us-east-1b", "ca-central-1a", "ca-central-1b"].map(pair));
    }

    #[test]
    fn a_spanning_box_with_every_copy_under_it() {
        assert_eq!(
            drawn("'lb@us-east-1 -> api'"),
            ["lb@us-east-1 -> api@us-east-1a", "lb@us-east-1 -> api@us-east-1b"]
        );
        assert_eq!(drawn("'lb -> api'").len(), 4);
    }

    #[test]
    fn a_place_at_one_end_picks_the_region_at_the_other() {
        assert_eq!(drawn("'lb -> api@us-east-1'"), drawn("'lb@us-east-1 -> api'"));
        assert_eq!(
            drawn("'api -> cache@us-east-1a'"),
            ["api@us-east-1a -> cache@us-east-1a", "api@us-east-1b -> cache@us-east-1a"]
        );
        assert_eq!(drawn("'api@us-east-1a -> cache@ca-central-1b'"), ["api@us-east-1a -> cache@ca-central-1b"]);
    }

    #[test]
    fn every_copy_with_the_primary() {
        assert_eq!(
            drawn("'api@us-east-1 -> db@us-east-1'"),
            ["api@us-east-1a -> db@us-east-1a", "api@us-east-1b -> db@us-east-1a"]
        );
        assert_eq!(drawn("'api -> db'").len(), 4);
    }

    #[test]
    fn a_global_box_with_every_region() {
        assert_eq!(drawn("'dns -> igw'"), ["dns -> igw@us-east-1", "dns -> igw@ca-central-1"]);
        assert_eq!(drawn("'igw -> lb'"), ["igw@us-east-1 -> lb@us-east-1", "igw@ca-central-1 -> lb@ca-central-1"]);
        assert_eq!(drawn("'api -> files'").len(), 4);
    }

    #[test]
    fn a_store_with_its_copy_in_another_region() {
        assert_eq!(drawn("'db@us-east-1 ~> db@ca-central-1'"), ["db@us-east-1a ~> db@ca-central-1a"]);
    }

    #[test]
    fn a_box_with_itself() {
        assert_eq!(drawn("'lb -> lb'"), ["lb@us-east-1 -> lb@us-east-1", "lb@ca-central-1 -> lb@ca-central-1"]);
        assert_eq!(drawn("'api@us-east-1a -> api@us-east-1'"), ["api@us-east-1a -> api@us-east-1b"]);
    }

    #[test]
    fn containers_are_ends_too() {
        assert_eq!(drawn("'dns -> main'"), ["dns -> main@us-east-1", "dns -> main@ca-central-1"]);
        assert_eq!(drawn("'lb -> main'"), ["lb@us-east-1 -> main@us-east-1", "lb@ca-central-1 -> main@ca-central-1"]);
        assert_eq!(drawn("'dns -> us-east-1a'"), ["dns -> us-east-1a@main"]);
        assert_eq!(
            drawn("'api@us-east-1 -> app'")[..2],
            ["api@us-east-1a -> app@us-east-1a", "api@us-east-1b -> app@us-east-1b"]
        );
    }

    #[test]
    fn entries_of_links_are_all_drawn() {
        let entry = "[[links]]\nfrom='dns'\nto='igw@us-east-1'\nlabel='A'\n";
        let text = format!("{TWO_REGIONS}{entry}{entry}{}", "[[links]]\nfrom='dns'\nto='dns'\nstyle='async'\n");
        assert_eq!(links(&topology(&text))[..3], ["dns -> igw@us-east-1", "dns -> igw@us-east-1", "dns ~> dns"]);
    }

    #[test]
    fn a_place_without_a_copy_names_those_that_there_are() {
        let text = format!("{TWO_REGIONS}[flows.f]\nsteps=['dns -> igw@eu-west-1']");
        assert_eq!(errors(&text), ["unknown-place"]);
        assert_eq!(help(&text), "it is in `us-east-1` and `ca-central-1`");
    }
}
