//! What to type instead of a word that is no kind.
//!
//! People bring the words of other tools: resource types of CloudFormation, classes of mingrammer/diagrams, titles, names of
//! icons. What must be meant is written out; what may be meant is offered.

use crate::catalogue::{self, GroupStyle, Service};
use crate::diagnostics::suggest;
use crate::document::Table;
use crate::icons::{self, CustomIcons};

/// Said where nothing is near.
pub(super) const NOTHING_NEAR: &str =
    "search the kinds with `diagram icons WORDS`, or draw a plain box: `kind = \"generic\"`";

/// The help for `word`, which is no kind of what stands in `table`; `id` is the box, `own` are the kinds of the document.
pub(super) fn help<'n>(word: &str, id: &str, table: Table, own: impl Iterator<Item = &'n str>) -> String {
    let own: Vec<&str> = own.collect();
    let readings = readings(word);
    if table == Table::Groups
        && let Some(group) = readings.iter().find_map(|reading| catalogue::group(reading))
    {
        return certain(word, group.kind);
    }
    if let Some(service) = readings.iter().find_map(|reading| catalogue::service(reading)).or_else(|| by_icon(word)) {
        return certain(word, service.kind);
    }
    if let Some(kind) = suggest::certain(word, own.iter().copied()) {
        return certain(word, kind);
    }
    if table != Table::Groups
        && let Some(group) = readings.iter().find_map(|reading| catalogue::group(reading))
    {
        return match table_of(group.style) {
            Some(table) => format!("it holds other boxes, and has a table of its own: write `[{table}.{id}]`"),
            None => format!("it holds other boxes: write `[groups.{id}]`, and below it `kind = \"{}\"`", group.kind),
        };
    }
    let near = nearest(readings.first().map_or(word, String::as_str), table, &own);
    match near.as_slice() {
        [] => NOTHING_NEAR.to_owned(),
        [only] => format!("did you mean `kind = \"{only}\"`?"),
        several => format!("did you mean {}?", suggest::one_of(several)),
    }
}

/// The table of the containers that are drawn in that style, if they have one of their own.
const fn table_of(style: GroupStyle) -> Option<&'static str> {
    match style {
        GroupStyle::Cloud => Some("clouds"),
        GroupStyle::Account => Some("accounts"),
        GroupStyle::Region => Some("regions"),
        GroupStyle::Vpc => Some("vpcs"),
        GroupStyle::Zone => Some("azs"),
        GroupStyle::PublicSubnet | GroupStyle::PrivateSubnet => Some("subnets"),
        _ => None,
    }
}

fn certain(word: &str, kind: &str) -> String {
    if word.to_lowercase() == kind {
        format!("kinds are written in lower case: `kind = \"{kind}\"`")
    } else {
        format!("write `kind = \"{kind}\"`")
    }
}

/// What a word may be in the spelling of kinds, likeliest first: all of it, without its maker, its last part, its part for the
/// service (`AWS::RDS::DBInstance`, `aws.compute.EC2`).
fn readings(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split(['.', ':', '/', '@']).filter(|part| !part.trim().is_empty()).collect();
    let spellings = [hyphenate as fn(&str) -> String, plain];
    let mut readings = Vec::new();
    for spell in spellings {
        let whole = parts.iter().map(|part| spell(part)).collect::<Vec<_>>().join("-");
        let bare = whole.strip_prefix("aws-").or_else(|| whole.strip_prefix("amazon-")).map(str::to_owned);
        readings.extend([Some(whole), bare].into_iter().flatten());
    }
    for part in [parts.last(), parts.get(1)].into_iter().flatten() {
        readings.extend(spellings.map(|spell| spell(part)));
    }
    readings
}

/// Lower case, with hyphens between words: "Amazon DynamoDB" is `amazon-dynamodb`.
fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '_'], "-")
}

/// Lower case, with hyphens between words and where capitals begin a word: `LoadBalancer` is `load-balancer`, `DBInstance`
/// is `db-instance`.
fn hyphenate(word: &str) -> String {
    let letters: Vec<char> = word.trim().chars().collect();
    let mut text = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        let after_small = index > 0 && (letters[index - 1].is_lowercase() || letters[index - 1].is_ascii_digit());
        let before_small = index > 0
            && letters[index - 1].is_uppercase()
            && letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_small || before_small) {
            text.push('-');
        }
        text.push(letter);
    }
    plain(&text)
}

/// The service that has the icon of that name.
fn by_icon(word: &str) -> Option<&'static Service> {
    let found = icons::find(word)?;
    let name = icons::name(found, &CustomIcons::default()).to_owned();
    catalogue::services().iter().find(|service| service.icon == Some(name.as_str()))
}

/// The kinds that are spelt like a word, each once.
fn nearest<'n>(word: &str, table: Table, own: &[&'n str]) -> Vec<&'n str> {
    let groups = catalogue::groups().iter().filter(|_| table == Table::Groups);
    let groups = groups.flat_map(|group| std::iter::once(group.kind).chain(group.aliases.iter().copied()));
    let services = catalogue::services().iter();
    let services = services.flat_map(|service| std::iter::once(service.kind).chain(service.aliases.iter().copied()));
    let mut kinds: Vec<&str> = Vec::new();
    for name in suggest::closest(word, own.iter().copied().chain(groups).chain(services)) {
        let group = catalogue::group(name).filter(|_| table == Table::Groups).map(|group| group.kind);
        let kind = group.or_else(|| catalogue::service(name).map(|service| service.kind)).unwrap_or(name);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(word: &str) -> String {
        help(word, "x", Table::Services, std::iter::once("kafka-ui"))
    }

    #[test]
    fn other_tools_words_are_understood() {
        for (word, kind) in [
            ("AWS::Lambda::Function", "lambda"),
            ("AWS::RDS::DBInstance", "rds-instance"),
            ("AWS::DynamoDB::Table", "dynamodb-table"),
            ("aws.compute.EC2", "ec2"),
            ("Amazon DynamoDB", "dynamodb"),
            ("AmazonSimpleStorageService", "s3"),
            ("Kafka_UI", "kafka-ui"),
        ] {
            let help = service(word);
            assert!(help.contains(&format!("`kind = \"{kind}\"`")), "{word}: {help}");
        }
    }

    #[test]
    fn what_is_only_near_is_a_question() {
        assert_eq!(service("lamda"), "did you mean `kind = \"lambda\"`?");
        assert_eq!(service("qwzx"), NOTHING_NEAR);
        assert!(service("security-group").contains("[groups.x]"));
    }

    #[test]
    fn capitals_begin_words() {
        assert_eq!(hyphenate("DBInstance"), "db-instance");
        assert_eq!(hyphenate("EC2"), "ec2");
        assert_eq!(hyphenate("LoadBalancer V2"), "load-balancer-v2");
    }
}
