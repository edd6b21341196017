//! A topology read for prose: what its parts are called, and in which region and zone they are.

use crate::catalogue::{Function, Scope, Service};
use crate::document::Table;
use crate::topology::{BoxId, Content, Definition, DefinitionId, GroupStyle, Role, Topology};

use super::escape;
use super::voice::{Mention, Voice};

/// A topology and the language to read it in.
#[derive(Clone, Copy)]
pub struct Reading<'t> {
    /// What is read.
    pub topology: &'t Topology,
    /// The language.
    pub voice: &'static dyn Voice,
}

impl Reading<'_> {
    /// Every entry, in order.
    pub fn definitions(&self) -> impl Iterator<Item = DefinitionId> + use<> {
        (0..self.topology.definitions.len()).map(DefinitionId::from)
    }

    /// An entry.
    pub fn definition(&self, id: DefinitionId) -> &Definition {
        &self.topology.definitions[id.index()]
    }

    /// The services that are drawn, in order.
    pub fn services(&self) -> Vec<DefinitionId> {
        self.definitions().filter(|&id| self.is_drawn(id, Table::Services)).collect()
    }

    /// The externals that are drawn, in order.
    pub fn externals(&self) -> Vec<DefinitionId> {
        self.definitions().filter(|&id| self.is_drawn(id, Table::Externals)).collect()
    }

    fn is_drawn(&self, id: DefinitionId, table: Table) -> bool {
        let definition = self.definition(id);
        definition.table == table && !definition.copies.is_empty()
    }

    /// What an entry is called, escaped: a region that nobody named by its code, which is what one says.
    pub fn name(&self, id: DefinitionId) -> String {
        let definition = self.definition(id);
        let container = definition.copies.first().and_then(|&first| self.topology.element(first).container());
        match container.and_then(|container| container.region) {
            Some(region) if !definition.named => escape::text(region.code),
            _ => escape::text(&definition.name),
        }
    }

    /// A region with its display name and its role.
    pub fn region_in_full(&self, id: DefinitionId) -> String {
        let name = escape::text(&self.definition(id).name);
        self.role(id).map_or_else(|| name.clone(), |role| self.voice.role(&name, role))
    }

    /// The role of a region.
    pub fn role(&self, id: DefinitionId) -> Option<Role> {
        let first = *self.definition(id).copies.first()?;
        self.topology.element(first).container()?.role
    }

    /// What entries are called; a name that several share stands once, with how many there are.
    pub fn names(&self, ids: &[DefinitionId]) -> Vec<String> {
        merged(ids.iter().map(|&id| self.name(id)))
    }

    /// Services spoken of for the first time; what several of them are stands once, behind the last.
    pub fn mentions(&self, ids: &[DefinitionId]) -> Vec<String> {
        let mut mentions: Vec<Mention> = ids.iter().map(|&id| self.mentioned(id)).collect();
        let same = mentions.windows(2).all(|pair| pair[0].intro == pair[1].intro);
        let intro = mentions.first().and_then(|mention| mention.intro.clone()).filter(|_| same);
        if intro.is_some() {
            for mention in &mut mentions {
                mention.intro = None;
            }
        }
        let mut names = merged(mentions.iter().map(|mention| self.voice.mention(mention)));
        if let (Some(intro), Some(last)) = (intro, names.last_mut()) {
            *last = format!("{last} ({intro})");
        }
        names
    }

    /// A service spoken of for the first time.
    pub fn mention(&self, id: DefinitionId) -> String {
        self.voice.mention(&self.mentioned(id))
    }

    /// Entries that were spoken of before.
    pub fn said(&self, ids: &[DefinitionId]) -> Vec<String> {
        merged(ids.iter().map(|&id| self.voice.known(&self.mentioned(id))))
    }

    /// One of several services of this kind or name, without anything about it.
    pub fn one(&self, id: DefinitionId) -> String {
        let mention = self.mentioned(id);
        let shown = mention.name.clone();
        self.voice.mention(&Mention { shown, intro: None, each_zone: false, ..mention })
    }

    fn mentioned(&self, id: DefinitionId) -> Mention {
        let definition = self.definition(id);
        let name = self.name(id);
        let linked = match definition.link.as_deref().and_then(escape::target) {
            Some(target) => format!("[{name}]({target})"),
            None => name.clone(),
        };
        let plain = definition.service.filter(|service| is_common(service, definition)).map(|_| common(&name));
        let zones = self.zones_of(&definition.copies).len();
        let spans = definition.copies.iter().any(|&copy| {
            let node = self.topology.element(copy).node();
            node.is_some_and(|node| !node.spans.is_empty())
        });
        Mention {
            shown: format!("**{linked}**"),
            named: definition.named,
            intro: Self::intro(definition).filter(|_| plain.is_none()),
            each_zone: zones > 1 && !spans,
            plain,
            name,
        }
    }

    /// What an entry is, where its name does not say so, and of a stack how many there are: `Amazon EC2, ×3`.
    fn intro(definition: &Definition) -> Option<String> {
        let mut what = Vec::new();
        if let Some(service) = definition.service.filter(|service| is_brand(service))
            && !says(&definition.name, service.title)
        {
            what.push(escape::text(service.title));
        }
        if let Some(engine) = definition.engine.as_deref().map(engine_name)
            && !says(&definition.name, &engine)
        {
            what.push(escape::text(&engine));
        }
        if definition.count > 1 {
            what.push(format!("×{}", definition.count));
        }
        (!what.is_empty()).then(|| what.join(", "))
    }

    /// What part an entry plays; `Other` for what the catalogue does not know.
    pub fn function(&self, id: DefinitionId) -> Function {
        self.definition(id).service.map_or(Function::Other, |service| service.function)
    }

    /// The style of a container or of a group drawn over the nesting.
    pub fn style(&self, id: DefinitionId) -> Option<GroupStyle> {
        let first = *self.definition(id).copies.first()?;
        self.box_style(first)
    }

    /// The style of one box, if it is a container or a group.
    pub fn box_style(&self, id: BoxId) -> Option<GroupStyle> {
        match &self.topology.element(id).content {
            Content::Node(_) => None,
            Content::Container(container) => Some(container.style),
            Content::Overlay(overlay) => Some(overlay.style),
        }
    }

    /// The region that a box is in, or is.
    pub fn region(&self, id: BoxId) -> Option<DefinitionId> {
        self.around(id, GroupStyle::Region).map(|region| self.topology.element(region).definition)
    }

    /// The zone that a box is in, or is: by its letter, else by its name. What spans zones is in none.
    pub fn zone(&self, id: BoxId) -> Option<String> {
        let zone = self.around(id, GroupStyle::Zone)?;
        let written = self.topology.element(zone).container().and_then(|container| container.zone.as_deref());
        let definition = self.topology.definition(zone);
        let name = written.filter(|_| !definition.named).unwrap_or(&definition.name);
        let region = self.around(id, GroupStyle::Region);
        let code = region.and_then(|region| {
            let known = self.topology.element(region).container()?.region;
            Some(known.map_or(self.topology.definition(region).id.as_str(), |known| known.code))
        });
        let letter = code.and_then(|code| name.strip_prefix(code)).map(|rest| rest.trim_start_matches('-'));
        Some(escape::text(letter.filter(|letter| !letter.is_empty()).unwrap_or(name)))
    }

    /// The innermost box of that style that is or holds `id`.
    fn around(&self, id: BoxId, style: GroupStyle) -> Option<BoxId> {
        // A group drawn over the nesting is where its members are.
        let start = match self.topology.element(id).overlay() {
            Some(overlay) => *overlay.members.first()?,
            None => id,
        };
        std::iter::once(start).chain(self.topology.ancestors(start)).find(|&outer| self.box_style(outer) == Some(style))
    }

    /// The regions that the copies of an entry are in, in order, each once.
    pub fn regions_of(&self, id: DefinitionId) -> Vec<DefinitionId> {
        unique(self.definition(id).copies.iter().filter_map(|&copy| self.region(copy)))
    }

    /// The zones that `boxes` are in, in order, each once.
    pub fn zones_of(&self, boxes: &[BoxId]) -> Vec<String> {
        unique(boxes.iter().filter_map(|&copy| self.zone(copy)))
    }

    /// The regions of the picture, in order.
    pub fn regions(&self) -> Vec<DefinitionId> {
        let in_style = |id: &DefinitionId| self.style(*id) == Some(GroupStyle::Region);
        self.definitions().filter(in_style).collect()
    }
}

/// The items in order, each once.
pub fn unique<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out = Vec::new();
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    out
}

/// Names in order; one that occurs several times stands once, with its count.
fn merged(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.into_iter().map(|(name, count)| if count == 1 { name } else { format!("{name} (×{count})") }).collect()
}

/// Whether a reader wants to know which product something is: "Internet gateway" tells nobody anything.
fn is_brand(service: &Service) -> bool {
    let branded = ["Amazon ", "AWS "].iter().any(|maker| service.title.starts_with(maker));
    service.scope != Scope::External && (branded || service.function == Function::LoadBalancer)
}

/// Whether the name of a service is a common noun, of which one says "the": gateways and balancers that nobody named.
fn is_common(service: &Service, definition: &Definition) -> bool {
    let common = matches!(service.function, Function::Gateway | Function::Nat | Function::LoadBalancer);
    let unnamed = !definition.named || definition.name.eq_ignore_ascii_case(service.title);
    common && unnamed && !["Amazon ", "AWS "].iter().any(|maker| service.title.starts_with(maker))
}

/// A common noun inside a sentence: "internet gateway", "NAT gateway", "Application Load Balancer".
fn common(title: &str) -> String {
    let (first, rest) = title.split_at(title.chars().next().map_or(0, char::len_utf8));
    let is_lower = !title.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase));
    if is_lower && rest.starts_with(char::is_lowercase) {
        format!("{}{rest}", first.to_lowercase())
    } else {
        title.to_owned()
    }
}

/// Whether a name already says a title: whole, without its maker, or the other way round.
fn says(name: &str, title: &str) -> bool {
    let name = name.to_lowercase();
    let title = title.to_lowercase();
    let short = title.strip_prefix("amazon ").or_else(|| title.strip_prefix("aws ")).unwrap_or(&title);
    let words = |text: &str| format!(" {} ", text.replace(['-', '_', '/'], " "));
    words(&name).contains(&words(short)) || words(&title).contains(&words(&name))
}

/// An engine as its makers write it.
pub fn engine_name(engine: &str) -> String {
    const KNOWN: [(&str, &str); 14] = [
        ("postgres", "PostgreSQL"),
        ("postgresql", "PostgreSQL"),
        ("aurora-postgresql", "PostgreSQL"),
        ("mysql", "MySQL"),
        ("aurora-mysql", "MySQL"),
        ("mariadb", "MariaDB"),
        ("oracle", "Oracle"),
        ("sqlserver", "SQL Server"),
        ("db2", "Db2"),
        ("redis", "Redis"),
        ("valkey", "Valkey"),
        ("memcached", "Memcached"),
        ("opensearch", "OpenSearch"),
        ("elasticsearch", "Elasticsearch"),
    ];
    let lower = engine.to_lowercase();
    KNOWN.iter().find(|(key, _)| *key == lower).map_or_else(|| engine.to_owned(), |&(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_not_said_twice() {
        assert!(says("PostgreSQL", "PostgreSQL"));
        assert!(says("Orders DynamoDB", "Amazon DynamoDB"));
        assert!(says("Load Balancer", "Application Load Balancer"));
        assert!(!says("Orders", "Amazon DynamoDB"));
        assert!(!says("Rds-like", "Amazon S3"));
    }

    #[test]
    fn equal_names_are_counted() {
        let names = ["a", "b", "a"].map(str::to_owned);
        assert_eq!(merged(names.into_iter()), ["a (×2)", "b"]);
    }
}
