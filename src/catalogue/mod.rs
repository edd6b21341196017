//! What is known about services, groups and regions: static tables. That of the services is made from
//! `assets/icons/catalogue.toml` when the program is built.

mod commitments;
mod groups;
mod regions;

pub use commitments::{Commitment, commitment};

/// How far one instance of a service reaches by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Not bound to a region (Route 53, `CloudFront`).
    Global,
    /// One per region, over several zones by itself (S3, `DynamoDB`, SQS).
    Regional,
    /// Lives in one zone (EC2, NAT gateway, an RDS instance).
    Zonal,
    /// Outside the cloud (people, third-party APIs).
    External,
}

/// How a service in a subnet tier is placed unless its author says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placement {
    /// One copy in each zone.
    PerZone,
    /// One icon for all zones.
    Spanning,
    /// On the border of the container that it is in (internet gateway on its VPC).
    Border,
}

/// The part that a service plays in an architecture, for the description and the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// People and client devices.
    Client,
    /// Third-party systems, other clouds, on-premises.
    External,
    /// Name resolution.
    Dns,
    /// Content delivery.
    Cdn,
    /// Web application firewalls, network firewalls, protection against floods.
    Firewall,
    /// Internet, VPN, transit and customer gateways, private links: ways in and out of a network.
    Gateway,
    /// NAT gateways.
    Nat,
    /// Load balancers.
    LoadBalancer,
    /// API front doors.
    Api,
    /// Instances, containers and functions that run the author's code.
    Compute,
    /// Relational stores.
    RelationalStore,
    /// Key-value, document, graph and other non-relational stores.
    NonRelationalStore,
    /// Caches.
    Cache,
    /// Objects, files, blocks, backups.
    Storage,
    /// Queues, topics, streams, buses, workflows.
    Messaging,
    /// Analytics and machine learning.
    Analytics,
    /// Identity, keys, secrets, certificates.
    Security,
    /// Logs, metrics, traces, audit.
    Observability,
    /// Build, delivery, registries.
    Delivery,
    /// Everything else.
    Other,
}

/// One kind of service: an entry of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// The name that `kind` takes.
    pub kind: &'static str,
    /// Other names that `kind` takes: short names, full names, Terraform resource types.
    pub aliases: &'static [&'static str],
    /// The display name ("AWS Lambda").
    pub title: &'static str,
    /// The AWS category ("Databases"), or "General".
    pub category: &'static str,
    /// The name of its icon in the bundled set; `None` is a plain box (`kind = "generic"`).
    pub icon: Option<&'static str>,
    /// How far it reaches by itself.
    pub scope: Scope,
    /// How it is placed in a subnet tier.
    pub placement: Placement,
    /// Natural tier along the flow (layout.md 3.1): 0 people, 10 DNS, 15 CDN, 20 border gateways, 30 load
    /// balancers, 40 applications, 50 caches and queues, 60 data, 70 regional services, 80 external APIs, 95 observability.
    pub tier: u8,
    /// The part that it plays.
    pub function: Function,
    /// Whether it runs without instances that its author sizes (Lambda, Fargate, S3, `DynamoDB`).
    pub serverless: bool,
}

/// How a group is drawn: the official ones, and a plain one for everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum GroupStyle {
    Cloud,
    Account,
    Region,
    Zone,
    Vpc,
    PublicSubnet,
    PrivateSubnet,
    SecurityGroup,
    AutoScalingGroup,
    InstanceContents,
    SpotFleet,
    StepFunctions,
    CorporateDataCenter,
    ServerContents,
    IotGreengrass,
    /// ECS, EKS, Aurora and other clusters: a plain solid group.
    Cluster,
    Generic,
}

impl GroupStyle {
    /// Whether it is a subnet.
    pub const fn is_subnet(self) -> bool {
        matches!(self, Self::PublicSubnet | Self::PrivateSubnet)
    }

    /// Whether it is one of those over which the copies of a service are spread: a zone or a subnet.
    pub const fn is_zonal(self) -> bool {
        matches!(self, Self::Zone) || self.is_subnet()
    }
}

/// One kind of group: what `kind` takes in a `groups` entry.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// The name that `kind` takes.
    pub kind: &'static str,
    /// Other names that `kind` takes.
    pub aliases: &'static [&'static str],
    /// The display name ("Auto Scaling group").
    pub title: &'static str,
    /// How it is drawn.
    pub style: GroupStyle,
    /// A corner icon of the bundled set, for kinds whose style has none of its own.
    pub icon: Option<&'static str>,
}

/// One AWS region.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    /// Its code ("us-east-1").
    pub code: &'static str,
    /// Its display name in English ("US East (N. Virginia)").
    pub name: &'static str,
    /// Its display name in Spanish ("EE. UU. Este (Norte de Virginia)").
    pub name_es: &'static str,
    /// The letters of its availability zones.
    pub zones: &'static [char],
}

// `SERVICES`, sorted by kind, and `NAMES`: every name that leads to one, with hyphens for underscores, sorted.
include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// All kinds of services, sorted by `kind`.
pub fn services() -> &'static [Service] {
    &SERVICES
}

/// All kinds of groups, in the order in which they are listed.
pub fn groups() -> &'static [Group] {
    &groups::GROUPS
}

/// All regions, sorted by code.
pub fn regions() -> &'static [Region] {
    &regions::REGIONS
}

/// Every name that leads to a service, kinds and aliases, with hyphens for underscores, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

/// The service of that kind or alias. Underscores count as hyphens; capitals do not match.
pub fn service(name: &str) -> Option<&'static Service> {
    let wanted = || name.bytes().map(|byte| if byte == b'_' { b'-' } else { byte });
    let place = NAMES.binary_search_by(|(candidate, _)| candidate.bytes().cmp(wanted())).ok()?;
    Some(&SERVICES[usize::from(NAMES[place].1)])
}

/// The kind of group of that name or alias. Underscores count as hyphens; capitals do not match.
pub fn group(name: &str) -> Option<&'static Group> {
    let name = name.replace('_', "-");
    groups().iter().find(|group| group.kind == name || group.aliases.contains(&name.as_str()))
}

/// The region of that code.
pub fn region(code: &str) -> Option<&'static Region> {
    let place = regions().binary_search_by(|region| region.code.cmp(code)).ok()?;
    Some(&regions()[place])
}

#[cfg(test)]
mod tests;
