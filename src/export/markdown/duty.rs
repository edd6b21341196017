//! What an entry does in the architecture, as finely as sentences tell it apart, and the section that speaks of it.

use crate::catalogue::Function;
use crate::topology::{Definition, DefinitionId};

use super::reading::Reading;

/// What an entry does; within a section in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// Resolves names.
    Names,
    /// Keeps the files that users fetch.
    StaticFiles,
    /// Delivers content from near the users.
    Content,
    /// Spreads requests over copies.
    Balancer,
    /// Takes calls in.
    Calls,
    /// Runs the author's code.
    Code,
    /// Runs it as functions.
    Functions,
    /// Holds work until somebody has time.
    Queue,
    /// Sends messages to people and systems.
    Notifications,
    /// Passes events on.
    Events,
    /// Carries data as it comes.
    Stream,
    /// Leads through the steps of a task.
    Workflow,
    /// Other ways to pass messages.
    Messages,
    /// Keeps relational data.
    Relational,
    /// Keeps other records.
    NonRelational,
    /// Keeps what is read often.
    Cache,
    /// Keeps files and objects.
    Files,
    /// Analyses.
    Analytics,
    /// Leads to the internet and back.
    Internet,
    /// Leads to the internet only.
    Egress,
    /// Lets through what may pass.
    Filter,
    /// Joins networks.
    Hub,
    /// Ends a private line from elsewhere.
    PrivateLine,
    /// Reaches services without the internet.
    PrivateAccess,
    /// Other ways in and out.
    Passage,
    /// Knows who users are.
    Identity,
    /// Says who may do what.
    Permissions,
    /// Protects otherwise.
    Security,
    /// Watches.
    Observation,
    /// Keeps images of containers.
    Images,
    /// Builds and delivers.
    Delivery,
    /// Everything else.
    Else,
}

/// A section of the page that speaks of services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Topic {
    Frontend,
    Application,
    Data,
    Network,
    Operation,
}

impl Topic {
    /// In the order of the page.
    pub const ALL: [Self; 5] = [Self::Frontend, Self::Application, Self::Data, Self::Network, Self::Operation];

    /// Its name in the context of templates.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Frontend => "frontend",
            Self::Application => "application",
            Self::Data => "data",
            Self::Network => "network",
            Self::Operation => "operation",
        }
    }
}

impl Duty {
    /// The section that speaks of it; names are resolved for a frontend where there is one.
    pub const fn topic(self, has_frontend: bool) -> Topic {
        match self {
            Self::Names if !has_frontend => Topic::Network,
            Self::Names | Self::Content | Self::StaticFiles => Topic::Frontend,
            Self::Balancer
            | Self::Calls
            | Self::Code
            | Self::Functions
            | Self::Queue
            | Self::Notifications
            | Self::Events
            | Self::Stream
            | Self::Workflow
            | Self::Messages => Topic::Application,
            Self::Relational | Self::NonRelational | Self::Cache | Self::Files | Self::Analytics => Topic::Data,
            Self::Internet
            | Self::Egress
            | Self::Filter
            | Self::Hub
            | Self::PrivateLine
            | Self::PrivateAccess
            | Self::Passage => Topic::Network,
            Self::Identity
            | Self::Permissions
            | Self::Security
            | Self::Observation
            | Self::Images
            | Self::Delivery
            | Self::Else => Topic::Operation,
        }
    }
}

/// What an entry does.
pub fn of(reading: &Reading, entry: DefinitionId) -> Duty {
    let definition = reading.definition(entry);
    let kind = definition.service.map_or("", |service| service.kind);
    match reading.function(entry) {
        Function::Dns => Duty::Names,
        Function::Cdn => Duty::Content,
        Function::Storage if is_fetched(reading, entry) => Duty::StaticFiles,
        Function::Storage => Duty::Files,
        Function::LoadBalancer => Duty::Balancer,
        Function::Api => Duty::Calls,
        Function::Compute if kind == "lambda" => Duty::Functions,
        Function::Compute => Duty::Code,
        Function::Messaging => messaging(kind),
        Function::RelationalStore => Duty::Relational,
        Function::NonRelationalStore => Duty::NonRelational,
        Function::Cache => Duty::Cache,
        Function::Analytics => Duty::Analytics,
        Function::Nat => Duty::Egress,
        Function::Firewall => Duty::Filter,
        Function::Gateway => gateway(kind),
        Function::Security if kind == "cognito" => Duty::Identity,
        Function::Security if kind.starts_with("iam") => Duty::Permissions,
        Function::Security => Duty::Security,
        Function::Observability => Duty::Observation,
        Function::Delivery if kind == "ecr" => Duty::Images,
        Function::Delivery => Duty::Delivery,
        Function::Client | Function::External | Function::Other => Duty::Else,
    }
}

fn messaging(kind: &str) -> Duty {
    match kind {
        "sqs" => Duty::Queue,
        "sns" | "ses" => Duty::Notifications,
        _ if kind.starts_with("eventbridge") => Duty::Events,
        _ if kind.starts_with("kinesis") || kind.starts_with("msk") => Duty::Stream,
        _ if kind.starts_with("step-functions") => Duty::Workflow,
        _ => Duty::Messages,
    }
}

fn gateway(kind: &str) -> Duty {
    match kind {
        "internet-gateway" => Duty::Internet,
        "transit-gateway" | "vpc-peering" | "cloud-wan" => Duty::Hub,
        "direct-connect" | "vpn-gateway" | "site-to-site-vpn" | "customer-gateway" | "client-vpn" => Duty::PrivateLine,
        "vpc-endpoint" | "privatelink" => Duty::PrivateAccess,
        _ => Duty::Passage,
    }
}

/// Whether people or a CDN fetch what a store keeps.
fn is_fetched(reading: &Reading, store: DefinitionId) -> bool {
    let fetches = |from| matches!(reading.function(from), Function::Client | Function::Cdn);
    reading.topology.statements.iter().any(|said| said.to == store && fetches(said.from))
}

/// What an author says of an entry, as sentences: what it is, then why it was chosen. Not escaped.
pub fn words(definition: &Definition) -> Vec<String> {
    let said = [definition.description.as_deref(), definition.why.as_deref()];
    said.into_iter().flatten().map(super::voice::sentence).filter(|text| !text.is_empty()).collect()
}
