//! What is written beside each box, in the language of the document.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::entries::{Entry, Nature};
use super::kinds::{self, Access};
use crate::catalogue::{Function, GroupStyle};
use crate::document::Table;
use crate::topology::{BoxId, Content, Definition, Language, Role, Scaling, Standing};

/// Engines of stores as their makers write them.
const ENGINES: [(&str, &str); 17] = [
    ("aurora-mysql", "MySQL"),
    ("aurora-postgresql", "PostgreSQL"),
    ("db2", "Db2"),
    ("kafka", "Kafka"),
    ("mariadb", "MariaDB"),
    ("memcached", "Memcached"),
    ("mongodb", "MongoDB"),
    ("mysql", "MySQL"),
    ("opensearch", "OpenSearch"),
    ("oracle", "Oracle"),
    ("postgres", "PostgreSQL"),
    ("postgresql", "PostgreSQL"),
    ("rabbitmq", "RabbitMQ"),
    ("redis", "Redis"),
    ("sql-server", "SQL Server"),
    ("sqlserver", "SQL Server"),
    ("valkey", "Valkey"),
];

/// Spanish names of what has no brand, by kind.
const SPANISH: [(&str, &str); 14] = [
    ("auto-scaling-group", "Grupo de Auto Scaling"),
    ("client", "Cliente"),
    ("cluster", "Clúster"),
    ("corporate-datacenter", "Centro de datos corporativo"),
    ("customer-gateway", "Gateway de cliente"),
    ("email", "Correo electrónico"),
    ("internet-gateway", "Gateway de Internet"),
    ("mobile", "Cliente móvil"),
    ("nat-gateway", "Gateway NAT"),
    ("on-prem", "Centro de datos propio"),
    ("security-group", "Grupo de seguridad"),
    ("user", "Usuario"),
    ("users", "Usuarios"),
    ("vpn-gateway", "Gateway VPN"),
];

/// The title of the implied cloud.
pub(super) fn cloud(language: Language) -> String {
    pick(language, "AWS Cloud", "Nube de AWS").to_owned()
}

/// The title of a zone of that letter.
pub(super) fn zone(letter: &str, language: Language) -> String {
    format!("{} {letter}", pick(language, "Availability Zone", "Zona de disponibilidad"))
}

/// The definition of an entry, without copies.
pub(super) fn define(entry: &Entry, language: Language) -> Definition {
    let written = entry.written;
    let text = |value: &Option<crate::source::Spanned<String>>| value.as_ref().map(|value| value.value.clone());
    let count =
        |value: &Option<crate::source::Spanned<i64>>| value.as_ref().and_then(|value| u32::try_from(value.value).ok());
    Definition {
        id: entry.id().to_owned(),
        table: entry.table(),
        name: text(&written.name).unwrap_or_else(|| name(entry, language)),
        named: written.name.is_some(),
        span: Some(written.id.span),
        description: text(&written.description),
        why: text(&written.why),
        link: text(&written.link),
        tags: written.tags.iter().map(|tag| tag.value.clone()).collect(),
        service: entry.service.filter(|_| entry.nature == Nature::Leaf),
        engine: text(&written.engine),
        multi_az: written.multi_az.as_ref().is_some_and(|flag| flag.value),
        scaling: written.scaling.as_ref().map(|scaling| Scaling { min: count(&scaling.min), max: count(&scaling.max) }),
        count: written.count.as_ref().and_then(|count| u32::try_from(count.value).ok()).unwrap_or(1),
        sla: written.sla.as_ref().map(|sla| sla.value),
        allow: written.allow.clone(),
        allow_reason: text(&written.allow_reason),
        copies: Vec::new(),
    }
}

/// The name of an entry to which its author gave none.
fn name(entry: &Entry, language: Language) -> String {
    let spanish = || SPANISH.iter().find(|(kind, _)| *kind == entry.kind).map(|(_, name)| (*name).to_owned());
    let translated = || if language == Language::Spanish { spanish() } else { None };
    let title = |title: &str| translated().unwrap_or_else(|| title.to_owned());
    match entry.table() {
        Table::Services | Table::Externals => entry
            .service
            .map_or_else(|| from_id(entry.id()), |service| with_engine(entry, &title(service.title), language)),
        Table::Groups => match (entry.group, entry.service) {
            (Some(group), _) if group.style != GroupStyle::Generic => title(group.title),
            (_, Some(service)) => service.title.to_owned(),
            _ => from_id(entry.id()),
        },
        Table::Clouds => cloud(language),
        Table::Accounts => format!("{} {}", pick(language, "Account", "Cuenta"), entry.id()),
        Table::Regions => entry.region.map_or_else(
            || if kinds::looks_like_a_region(entry.id()) { entry.id().to_owned() } else { from_id(entry.id()) },
            |region| format!("{} {}", pick(language, region.name, region.name_es), region.code),
        ),
        Table::Vpcs => "VPC".to_owned(),
        Table::Azs => zone(entry.id(), language),
        Table::Notes => entry.written.text.as_ref().map_or_else(String::new, |text| text.value.clone()),
        Table::Subnets => subnet(kinds::access(entry.written), language).to_owned(),
    }
}

fn subnet(access: Access, language: Language) -> &'static str {
    match access {
        Access::Public => pick(language, "Public subnet", "Subred pública"),
        Access::Private => pick(language, "Private subnet", "Subred privada"),
        Access::Isolated => pick(language, "Isolated subnet", "Subred aislada"),
        Access::Unsaid => pick(language, "Subnet", "Subred"),
    }
}

/// A title with the engine after it, as AWS writes it: RDS is *for* an engine, the others just have one.
fn with_engine(entry: &Entry, title: &str, language: Language) -> String {
    let Some(engine) = &entry.written.engine else { return title.to_owned() };
    let lower = engine.value.to_lowercase();
    let known = ENGINES.iter().find(|(name, _)| *name == lower).map(|(_, name)| *name);
    let engine = known.unwrap_or(&engine.value);
    if title.to_lowercase().contains(&engine.to_lowercase()) {
        title.to_owned()
    } else if title.ends_with("RDS") {
        format!("{title} {} {engine}", pick(language, "for", "para"))
    } else {
        format!("{title} {engine}")
    }
}

/// "order-service" as "Order service".
pub(in crate::topology) fn from_id(id: &str) -> String {
    let mut letters = id.chars().map(|c| if matches!(c, '-' | '_') { ' ' } else { c });
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Writes the caption of every box.
pub(super) fn write(draft: &mut Draft, language: Language) {
    for (index, shared) in shared_names(draft).into_iter().enumerate() {
        if shared {
            let definition = &mut draft.definitions[index];
            definition.name = format!("{} {}", definition.name, definition.id);
        }
    }
    for index in 0..draft.boxes.len() {
        let id = BoxId::from(index);
        let caption = draft.definition(id).name.clone();
        draft.boxes[index].caption = complete(draft, id, caption, language);
    }
}

/// By definition: whether its made-up name says no more than that of another one, so that it needs its id as well.
fn shared_names(draft: &Draft) -> Vec<bool> {
    let mut keys: Vec<Option<(&str, Vec<&str>)>> = Vec::with_capacity(draft.entries.len());
    for (entry, definition) in draft.entries.iter().zip(&draft.definitions) {
        let tells =
            matches!(entry.table(), Table::Clouds | Table::Accounts | Table::Regions | Table::Azs | Table::Notes);
        // Subnets of different networks or zones are told apart by where they stand.
        let within = if entry.table() == Table::Subnets { entry.written.within.as_slice() } else { &[] };
        let within = within.iter().map(|parent| parent.value.as_str()).collect();
        keys.push((!definition.named && !tells).then_some((definition.name.as_str(), within)));
    }
    let mut counts = BTreeMap::new();
    for key in keys.iter().flatten() {
        *counts.entry(key).or_insert(0) += 1;
    }
    keys.iter().map(|key| key.as_ref().is_some_and(|key| counts[key] > 1)).collect()
}

/// The caption with what tells this copy or this container apart: address block, role, standing.
fn complete(draft: &Draft, id: BoxId, caption: String, language: Language) -> String {
    match &draft.boxes[id.index()].content {
        Content::Container(container) => {
            let role = container.role.map(|role| match role {
                Role::Active => pick(language, "active", "activa"),
                Role::Passive => pick(language, "passive", "pasiva"),
            });
            match (&container.cidr, role) {
                (Some(cidr), _) => format!("{caption} {cidr}"),
                (None, Some(role)) => format!("{caption} ({role})"),
                (None, None) => caption,
            }
        }
        Content::Node(node) => {
            let caption = match standing(draft, id, node.standing, language) {
                Some(standing) => format!("{caption} ({standing})"),
                None => caption,
            };
            match draft.definition(id).count {
                0 | 1 => caption,
                count => format!("{caption} ×\u{a0}{count}"),
            }
        }
        Content::Overlay(_) => caption,
    }
}

fn standing(draft: &Draft, id: BoxId, standing: Standing, language: Language) -> Option<&'static str> {
    let service = draft.definition(id).service;
    let shares_reads = service.is_some_and(|service| matches!(service.kind, "aurora" | "neptune" | "documentdb"));
    let cache = service.is_some_and(|service| service.function == Function::Cache);
    let replica = pick(language, "replica", "réplica");
    match standing {
        Standing::Equal => None,
        // What waits in a passive region copies the store of the active one: nothing writes to it.
        _ if waits(draft, id) => Some(replica),
        Standing::Primary if shares_reads => Some(pick(language, "writer", "escritura")),
        Standing::Standby if shares_reads => Some(pick(language, "reader", "lectura")),
        Standing::Primary => Some(pick(language, "primary", "principal")),
        Standing::Standby if cache => Some(replica),
        Standing::Standby => Some(pick(language, "standby", "en espera")),
    }
}

/// Whether a copy stands in a passive region while others of its kind do not.
fn waits(draft: &Draft, id: BoxId) -> bool {
    let is_passive = |id: BoxId| {
        let region = draft.nearest(id, GroupStyle::Region);
        let region = region.and_then(|region| draft.boxes[region.index()].container());
        region.is_some_and(|region| region.role == Some(Role::Passive))
    };
    is_passive(id) && draft.definition(id).copies.iter().any(|&other| !is_passive(other))
}

fn pick<'t>(language: Language, english: &'t str, spanish: &'t str) -> &'t str {
    match language {
        Language::English => english,
        Language::Spanish => spanish,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::topology;

    fn captions(text: &str) -> Vec<String> {
        topology(text).boxes.into_iter().map(|element| element.caption).collect()
    }

    #[test]
    fn ids_tell_apart_what_has_no_name() {
        let text = "[diagram]\ncloud=false\n[vpcs.v]\n[subnets.app]\nin='v'\naccess='private'\n[subnets.data]\nin='v'\n\
                    access='private'\n[subnets.edge]\nin='v'\naccess='public'\n[services.one]\nkind='ec2'\n\
                    [services.two]\nkind='ec2'\n[services.three]\nkind='ec2'\nname='Third'";
        assert_eq!(
            captions(text),
            [
                "VPC",
                "Private subnet app",
                "Private subnet data",
                "Public subnet",
                "Amazon EC2 one",
                "Amazon EC2 two",
                "Third"
            ]
        );
    }

    #[test]
    fn a_stack_says_how_many_it_is() {
        let text = "[diagram]\ncloud=false\n[services.a]\nkind='ec2'\nname='Web'\ncount=3\n[services.b]\nkind='ec2'\n\
                    name='One'\ncount=1";
        assert_eq!(captions(text), ["Web ×\u{a0}3", "One"]);
    }

    #[test]
    fn nothing_writes_to_a_passive_region() {
        let text = "[regions.us-east-1]\nazs=2\nrole='active'\n[regions.ca-central-1]\nazs=2\nrole='passive'\n\
                    [vpcs.v]\nin=['us-east-1','ca-central-1']\n[subnets.s]\nin='v'\n\
                    [services.db]\nkind='aurora'\nname='DB'\nin='s'\nmulti-az=true";
        assert_eq!(captions(text)[13..], ["DB (writer)", "DB (reader)", "DB (replica)", "DB (replica)"]);
    }

    #[test]
    fn containers_are_named_after_what_they_are() {
        let text = "[diagram]\ncloud=false\n[accounts.prod]\n[regions.main]\nrole='passive'\n[groups.order-service]\n\
                    [groups.asg]\nkind='auto-scaling-group'\n[vpcs.v]\nname='Core'\ncidr='10.0.0.0/8'\n[subnets.public-a]\n";
        assert_eq!(
            captions(text),
            [
                "Account prod",
                "Main (passive)",
                "Order service",
                "Auto Scaling group",
                "Core 10.0.0.0/8",
                "Public subnet"
            ]
        );
        assert_eq!(
            captions("[diagram]\ncloud=false\nlang='es'\n[accounts.prod]\n[subnets.x]"),
            ["Cuenta prod", "Subred"]
        );
    }
}
