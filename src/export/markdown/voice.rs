//! What a language must be able to say. Arguments are names, already escaped, and numbers; what comes out is whole
//! sentences. No sentence agrees with a user's name, whose gender and number nobody knows: our own nouns are the
//! subjects, names stand in lists.

use serde::Serialize;

use crate::analysis::{Answer, Verdict};
use crate::catalogue::GroupStyle;
use crate::topology::{Language, Role};

use super::duty::Duty;
use super::english::English;
use super::spanish::Spanish;

/// Headings of the page's sections.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub struct Headings {
    pub frontend: &'static str,
    /// Of an application behind a frontend, and of one that has none.
    #[serde(skip)]
    pub application: (&'static str, &'static str),
    pub data: &'static str,
    pub network: &'static str,
    pub operation: &'static str,
    pub outside: &'static str,
    pub flows: &'static str,
    pub connections: &'static str,
    pub resilience: &'static str,
    pub requirements: &'static str,
    pub findings: &'static str,
    pub views: &'static str,
    pub inventory: &'static str,
    pub failures: &'static str,
    pub availability: &'static str,
}

/// A noun phrase of ours as the subject of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// With its article, in lower case where the language has it so.
    pub text: String,
    /// Whether verbs take their plural.
    pub plural: bool,
}

/// A service as sentences name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its name, escaped.
    pub name: String,
    /// The same as it is shown: in bold.
    pub shown: String,
    /// Whether its author gave the name.
    pub named: bool,
    /// The name as a common noun, if it is one: "internet gateway".
    pub plain: Option<String>,
    /// What it is, where the name does not say so.
    pub intro: Option<String>,
    /// Whether every zone of its place has one.
    pub each_zone: bool,
}

/// Something that may fail, as sentences name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// Zones by their letters, with their region where there are several; any of them.
    Zones(Vec<String>, Option<String>),
    /// A region.
    Region(String),
}

/// How much there is of everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extent {
    /// Display names.
    pub regions: Vec<String>,
    /// Accounts in all.
    pub accounts: usize,
    /// VPCs: in each region if these are alike, else in all.
    pub networks: usize,
    /// Availability Zones: in each region if these are alike, else in all.
    pub zones: usize,
    /// Whether all regions have the same numbers of VPCs and zones.
    pub alike: bool,
}

/// Which of the regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Among {
    /// There are no others.
    Only,
    /// Each of several.
    All,
    /// These.
    Some(Vec<String>),
}

/// The subnets of one tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Its name.
    pub name: String,
    /// What access it has, where that alone tells it from the other tiers of its network.
    pub access: Option<Access>,
    /// Whether it has a subnet in more than one zone.
    pub plural: bool,
}

/// Who reaches a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The internet.
    Public,
    /// Not the internet.
    Private,
}

/// Some of what a place holds, all of it there in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The names.
    pub names: Vec<String>,
    /// How they are there.
    pub presence: Presence,
    /// Display names of the regions that have them, if the place is in more.
    pub only: Vec<String>,
}

/// How something is in a place that may be in several zones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// A copy in every zone of the place.
    EachZone,
    /// One for all zones.
    Spanning,
    /// Copies in these zones only.
    Zones(Vec<String>),
    /// On its border.
    Border,
    /// Simply there; last, where no other clause can be read as its own.
    Plain,
}

/// A VPC and its zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// The VPC, as a subject.
    pub subject: Subject,
    /// Its zones.
    pub zones: Vec<String>,
    /// The names of its subnet tiers, each of which has a subnet in every zone.
    pub tiers: Vec<String>,
}

/// How far something scales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// Its name.
    pub name: String,
    /// What its copies are called.
    pub unit: Unit,
    /// The fewest.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}

/// What copies of a service are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Unit {
    Instances,
    Tasks,
    Copies,
}

/// The words of the tables.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Labels {
    pub regions: &'static str,
    pub networks: &'static str,
    pub subnets: &'static str,
    pub services: &'static str,
    pub outside: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    pub zones: &'static str,
    pub place: &'static str,
    pub cidr: &'static str,
    pub access: &'static str,
    pub kind: &'static str,
    pub scaling: &'static str,
    pub purpose: &'static str,
    pub public: &'static str,
    pub private: &'static str,
    pub active: &'static str,
    pub passive: &'static str,
    pub loss: &'static str,
    pub everything: &'static str,
    pub flow: &'static str,
    pub bound: &'static str,
    pub unknown: &'static str,
    pub figure: &'static str,
    pub conditions: &'static str,
    pub source: &'static str,
    pub stated: &'static str,
    pub failures: &'static str,
    pub assumptions: &'static str,
    pub availability: &'static str,
}

/// One language's sentences.
pub trait Voice {
    /// Headings of the sections.
    fn headings(&self) -> Headings;
    /// The code of the language.
    fn code(&self) -> &'static str;
    /// A text in which words that merge are merged: "de el" is "del".
    fn contracted(&self, text: &str) -> String {
        text.to_owned()
    }
    /// A sentence in which names that stand behind a noun of ours have lost their article.
    fn after_nouns(&self, text: &str) -> String;
    /// The title of a page without one.
    fn untitled(&self) -> &'static str;
    /// A region's name with its role.
    fn role(&self, name: &str, role: Role) -> String;
    /// "a, b and c".
    fn list(&self, items: &[String]) -> String;
    /// "x in Canada (Central)".
    fn located(&self, name: &str, places: &[String]) -> String;
    /// A zone by its letter.
    fn zone(&self, letter: &str) -> String;
    /// Marks a step that does not wait for an answer.
    fn asynchronous(&self) -> &'static str;
    /// What a text has in it that already says so.
    fn asynchronous_stem(&self) -> &'static str;
    /// How large it all is.
    fn overview(&self, extent: &Extent) -> String;

    /// A subject with the regions in which it is.
    fn there(&self, regions: &Among, subject: &Subject) -> Subject;
    /// What was just spoken of, as a subject.
    fn the_same(&self, plural: bool) -> Subject;
    /// A container with its kind: "the VPC Main".
    fn container(&self, style: GroupStyle, name: &str) -> Subject;
    /// "the public subnets".
    fn tier(&self, tier: &Tier) -> Subject;
    /// Several places that hold the same: "US East and Canada each".
    fn several(&self, places: &[Subject]) -> Subject;
    /// What a place holds.
    fn holds(&self, place: &Subject, clauses: &[Clause]) -> String;
    /// What subnets hold, all in one sentence.
    fn tiers(&self, tiers: &[(Subject, Vec<String>)]) -> String;
    /// What a group that is drawn over the nesting goes around.
    fn surrounds(&self, group: &Subject, members: &[String]) -> String;
    /// A VPC with zones.
    fn network(&self, network: &Network) -> String;

    /// A service by its name.
    fn mention(&self, mention: &Mention) -> String;
    /// The same where it was spoken of before: "the internet gateway", "Backend".
    fn known(&self, mention: &Mention) -> String;
    /// What services do, up to their names; `also` if others were said to do the same.
    fn lead(&self, duty: Duty, names: &str, targets: &[String], also: bool) -> String;
    /// Which balancers spread requests over which services.
    fn balances(&self, pairs: &[(String, Vec<String>)]) -> String;
    /// A sentence that ends with a name, and what its author says of it, in one.
    fn joined(&self, lead: &str, text: &str) -> Option<String>;
    /// What an author says of a service, with its name for the subject.
    fn in_place_of_it(&self, name: &str, text: &str) -> Option<String>;
    /// Services outside, from where they are called, and by what way.
    fn called(&self, names: &[String], sources: &[String], via: &[String]) -> String;
    /// Systems outside that nobody inside calls, up to their names.
    fn relies(&self, names: &[String]) -> String;

    /// Between how many and how many copies run.
    fn scales(&self, scaled: &[Scaled]) -> String;
    /// Services in Auto Scaling groups that give no numbers.
    fn scaling_groups(&self, names: &[String]) -> String;
    /// Services that are neither sized nor placed in zones by their owner; `all` if these are all services that there are.
    fn managed(&self, names: &[String], all: bool) -> String;
    /// Services without instances to size which do live in zones.
    fn unsized_services(&self, names: &[String]) -> String;
    /// Services that AWS runs over several zones.
    fn regional_by_itself(&self, names: &[String]) -> String;
    /// What goes on when one of `zones` zones fails; `all` if no flow stops.
    fn survives(&self, names: &[String], zones: usize, all: bool) -> String;
    /// No flow stops when a zone fails, and nothing more is to be said of it.
    fn no_flow_stops(&self) -> String;
    /// The flows that stop when something fails, and what they stop at; without names it is everything.
    fn stops(&self, loss: &Loss, flows: &[String], at: &[String]) -> String;
    /// A store with a standby. Zones are letters; `each_region` if there are such pairs in several regions.
    fn standby(&self, name: &str, primary: &str, standby: &[String], each_region: bool) -> String;
    /// What runs in one zone only: names by zone.
    fn single(&self, names: &[String], zone: &str, regions: &[String]) -> String;
    /// Zonal services that the model places in no zone.
    fn unplaced(&self, names: &[String]) -> String;
    /// All depends on one region.
    fn one_region(&self, region: &str) -> String;
    /// A passive region takes over from an active one; the services lead requests there.
    fn takes_over(&self, active: &str, passive: &str, by: &[String]) -> String;
    /// What it means to lose the region that waits.
    fn reserve_lost(&self, passive: &str) -> String;
    /// Regions that serve side by side, of which one fails.
    fn side_by_side(&self, regions: &[String]) -> String;
    /// What waits in the passive regions: everything that the active ones have, or these.
    fn waiting(&self, passive: &[String], everything: bool, names: &[String]) -> String;
    /// What is copied from one region to another.
    fn replicated(&self, names: &[String], from: &str, to: &str, asynchronous: bool) -> String;

    /// A flow's name in quotation marks.
    fn quoted(&self, name: &str) -> String;
    /// Whether a requirement is met, in a word or two.
    fn answer(&self, answer: Answer) -> &'static str;
    /// What can be done about a finding.
    fn remedy(&self, help: &str) -> String;
    /// Why a finding is accepted.
    fn accepted(&self, reason: Option<&str>) -> String;
    /// The words of tables.
    fn tables(&self) -> &'static Labels;
    /// A verdict in a cell.
    fn verdict(&self, verdict: Verdict) -> &'static str;
    /// A share of time from 0 to 1, as a bound.
    fn at_most(&self, share: f64) -> String;
    /// A figure in percent.
    fn percent(&self, percent: f64) -> String;
    /// How far something scales, in a cell.
    fn range(&self, min: Option<u32>, max: Option<u32>) -> String;
}

/// The voice of a language.
pub fn of(language: Language) -> &'static dyn Voice {
    match language {
        Language::English => &English,
        Language::Spanish => &Spanish,
    }
}

/// What an author wrote, as a sentence: a capital where the first word is an ordinary one, and a full stop. Not escaped.
pub fn sentence(raw: &str) -> String {
    let text = ended(raw);
    let first = text.split(' ').next().unwrap_or_default();
    // "iPhone" and "k8s" are names; "¿cómo" is a word.
    let ordinary = first.chars().skip(1).all(|c| !c.is_uppercase() && !c.is_ascii_digit());
    if ordinary { capitalised(&text) } else { text }
}

/// What an author wrote, on one line and with a full stop where it lacks one. Not escaped.
pub fn ended(raw: &str) -> String {
    let mut text = super::escape::one_line(raw);
    let last = text.trim_end_matches(['"', '\'', ')', '»', '”', '’']).chars().last();
    if last.is_some_and(|c| !".!?…:".contains(c)) {
        text.push('.');
    }
    text
}

/// `text` with a capital as its first letter.
pub fn capitalised(text: &str) -> String {
    let start = text.find(char::is_alphanumeric).unwrap_or(0);
    let (head, tail) = text.split_at(start);
    let mut rest = tail.chars();
    rest.next().map_or_else(|| text.to_owned(), |first| format!("{head}{}{}", first.to_uppercase(), rest.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authors_words_become_sentences() {
        assert_eq!(sentence("keeps\n  the API portable"), "Keeps the API portable.");
        assert_eq!(sentence("Really?"), "Really?");
        assert_eq!(sentence("It says \"stop.\""), "It says \"stop.\"");
        assert_eq!(sentence("fast (mostly)"), "Fast (mostly).");
        assert_eq!(sentence("eBPF watches it"), "eBPF watches it.");
        assert_eq!(sentence("k8s runs it"), "k8s runs it.");
        assert_eq!(sentence("¿por qué no?"), "¿Por qué no?");
        assert_eq!(sentence("  "), "");
    }
}
