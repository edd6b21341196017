//! How English begins to speak of a service. Every sentence ends with its name, so that what follows is about it.

use super::super::duty::Duty;
use super::super::voice::Mention;
use super::grammar::list;

/// What a name ends in that takes an article: "the Orders API".
const NOUNS: [&str; 35] = [
    "api",
    "application",
    "balancer",
    "bucket",
    "bus",
    "cache",
    "cluster",
    "database",
    "distribution",
    "firewall",
    "function",
    "gateway",
    "instance",
    "instances",
    "layer",
    "network",
    "pipeline",
    "proxy",
    "queue",
    "registry",
    "repository",
    "role",
    "server",
    "servers",
    "service",
    "services",
    "site",
    "store",
    "stream",
    "system",
    "table",
    "tier",
    "topic",
    "warehouse",
    "website",
];

/// A service by its name.
pub(super) fn mention(mention: &Mention) -> String {
    let intro = mention.intro.as_ref().map_or_else(String::new, |intro| format!(" ({intro})"));
    let Some(plain) = &mention.plain else {
        return format!("{}{intro}", with_article(mention, &mention.shown));
    };
    let vowel = plain.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let each = if mention.each_zone { " in each zone" } else { "" };
    format!("{} {plain}{intro}{each}", if vowel { "an" } else { "a" })
}

/// A name with its article where it ends in a noun that has one: "the Orders API".
pub(super) fn with_article(mention: &Mention, shown: &str) -> String {
    let last = mention.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let article = if mention.named && NOUNS.contains(&last.as_str()) { "the " } else { "" };
    format!("{article}{shown}")
}

/// What services do, up to their names; `also` if others were said to do the same.
pub(super) fn lead(duty: Duty, names: &str, targets: &[String], also: bool) -> String {
    let also = if also { "also " } else { "" };
    let (what, how) = match duty {
        Duty::Names => ("Names are", "resolved by"),
        Duty::Content => ("Content is", "delivered through"),
        Duty::StaticFiles => ("The frontend is", "kept as files in"),
        Duty::Balancer if targets.is_empty() => ("Requests are", "distributed by"),
        Duty::Balancer => {
            return format!("Requests are {also}spread over the copies of {} by {names}", list(targets));
        }
        Duty::Calls => ("Calls", "come in through"),
        Duty::Code => ("The application", "runs on"),
        Duty::Functions => ("Code", "runs as functions:"),
        Duty::Queue => ("Work", "waits in"),
        Duty::Notifications => ("Notifications", "go out through"),
        Duty::Events => ("Events", "pass through"),
        Duty::Stream => ("Data", "streams through"),
        Duty::Workflow => ("The steps of the work are", "coordinated by"),
        Duty::Messages => ("Messages", "pass through"),
        Duty::Relational => ("Relational data is", "kept in"),
        Duty::NonRelational => ("Non-relational data is", "kept in"),
        Duty::Cache => ("Data that is read often is", "cached in"),
        Duty::Files => ("Files and objects are", "kept in"),
        Duty::Analytics => ("Data is", "analysed with"),
        Duty::Internet => ("The network is", "connected to the internet by"),
        Duty::Egress => ("Calls from inside to the internet", "leave through"),
        Duty::Filter => ("Traffic is", "filtered by"),
        Duty::Hub => ("Networks are", "joined by"),
        Duty::PrivateLine => ("Private connections from outside", "arrive at"),
        Duty::PrivateAccess => ("AWS services are", "reached privately through"),
        Duty::Passage => ("Traffic", "passes through"),
        Duty::Identity => ("Identities are", "kept in"),
        Duty::Permissions => ("Permissions", "come from"),
        Duty::Security => ("Security is", "supported by"),
        Duty::Observation => ("The system is", "watched with"),
        Duty::Images => ("Container images are", "kept in"),
        Duty::Delivery => ("Changes are", "delivered with"),
        Duty::Else => ("The architecture", "includes"),
    };
    format!("{what} {also}{how} {names}")
}

/// A sentence that ends with a name, and what its author says of it, in one: ", which …".
pub(super) fn joined(lead: &str, text: &str) -> Option<String> {
    let rest = text.strip_prefix("It ")?;
    (follows_a_name(rest) && !is_plural(lead)).then(|| format!("{lead}, which {rest}"))
}

/// What an author says of a service, with its name for the subject.
pub(super) fn in_place_of_it(name: &str, text: &str) -> Option<String> {
    let rest = text.strip_prefix("It ")?;
    (follows_a_name(rest) && !is_plural(name)).then(|| super::capitalised(&format!("{name} {rest}")))
}

/// Whether the name at the end of a text looks like several things, of which no "which keeps" can follow.
fn is_plural(text: &str) -> bool {
    let end = text.rfind(" (").filter(|_| text.ends_with(')')).unwrap_or(text.len());
    let name = text[..end].trim_end_matches('*');
    name.ends_with('s') && !["ss", "us", "is"].iter().any(|end| name.ends_with(end))
}

/// Whether what stands behind "It" is a verb that can stand behind a name; "It is important that …" speaks of nothing.
fn follows_a_name(rest: &str) -> bool {
    let mut words = rest.split(' ');
    let (verb, next) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let plain = verb.chars().all(|c| c.is_ascii_lowercase());
    match verb {
        "is" => ["a", "an", "the", "our", "one"].contains(&next),
        "was" | "takes" | "seems" | "follows" => false,
        "can" | "must" | "may" | "will" => true,
        _ => plain && verb.len() > 2 && verb.ends_with('s'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_join_a_sentence_where_they_speak_of_its_last_name() {
        let lead = "Calls come in through X";
        assert_eq!(joined(lead, "It checks tokens.").as_deref(), Some("Calls come in through X, which checks tokens."));
        assert_eq!(joined(lead, "It is important that calls are checked."), None);
        assert_eq!(joined(lead, "Old callers need it."), None);
        assert_eq!(joined("Images are kept in **Old images** (Amazon ECR)", "It keeps them."), None);
        assert_eq!(in_place_of_it("the **Site**", "It is a copy.").as_deref(), Some("The **Site** is a copy."));
    }

    #[test]
    fn the_second_of_its_kind_is_another() {
        assert_eq!(lead(Duty::Queue, "X", &[], false), "Work waits in X");
        assert_eq!(lead(Duty::Queue, "X", &[], true), "Work also waits in X");
        assert_eq!(lead(Duty::Files, "X", &[], true), "Files and objects are also kept in X");
    }
}
