//! `diagram icons`

use std::fmt::Write;

use anyhow::Result;
use diagram::catalogue::{self, Group, Service};
use diagram::diagnostics::suggest;
use diagram::icons::{self, CustomIcons};
use serde::Serialize;

use super::args::{IconsArguments, ListingFormat};
use super::{Outcome, output};

/// Lists the kinds of services and groups and the icons in which every word is found.
pub fn run(arguments: &IconsArguments) -> Result<Outcome> {
    let listing = Listing::of(&Words::new(&arguments.words));
    let text = match arguments.format {
        ListingFormat::Json => serde_json::to_string_pretty(&listing)? + "\n",
        ListingFormat::Text if listing.is_empty() => nothing_found(&arguments.words),
        ListingFormat::Text => listing.text(),
    };
    output::to_stdout(text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The widest kind that still has its title in line with the others, columns.
const KIND_COLUMN: usize = 32;
/// The same for titles and their category.
const TITLE_COLUMN: usize = 40;

/// What was found.
#[derive(Serialize)]
struct Listing {
    services: Vec<ServiceEntry>,
    groups: Vec<GroupEntry>,
    icons: Vec<&'static str>,
}

/// A service as programs read it.
#[derive(Serialize)]
struct ServiceEntry {
    kind: &'static str,
    aliases: &'static [&'static str],
    title: &'static str,
    category: &'static str,
    icon: Option<&'static str>,
}

/// A kind of group as programs read it.
#[derive(Serialize)]
struct GroupEntry {
    kind: &'static str,
    title: &'static str,
}

impl Listing {
    fn of(words: &Words) -> Self {
        let mut services: Vec<&Service> =
            catalogue::services().iter().filter(|service| words.are_in(&service_fields(service))).collect();
        // Whoever types a name looks for that one first.
        services.sort_by_key(|service| !words.name(service.aliases.iter().copied().chain([service.kind])));
        let groups = catalogue::groups().iter().filter(|group| words.are_in(&group_fields(group)));
        let names = icons::all().map(icon_name).filter(|name| words.are_in(&[*name]));
        Self {
            services: services.into_iter().map(ServiceEntry::from).collect(),
            groups: groups.map(|group| GroupEntry { kind: group.kind, title: group.title }).collect(),
            icons: names.collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.services.is_empty() && self.groups.is_empty() && self.icons.is_empty()
    }

    /// The listing for people: under each service the other names that `kind` takes.
    fn text(&self) -> String {
        let mut sections = Vec::new();
        if !self.services.is_empty() {
            let mut text = String::from("Services: kind = \"…\" under [services.ID] or [externals.ID]\n");
            for ServiceEntry { kind, aliases, title, category, .. } in &self.services {
                let _ = writeln!(text, "  {kind:KIND_COLUMN$} {title:TITLE_COLUMN$} {category}");
                if !aliases.is_empty() {
                    let _ = writeln!(text, "    also {}", aliases.join(", "));
                }
            }
            sections.push(text);
        }
        if !self.groups.is_empty() {
            let mut text = String::from("Groups: kind = \"…\" under [groups.ID]\n");
            for GroupEntry { kind, title } in &self.groups {
                let _ = writeln!(text, "  {kind:KIND_COLUMN$} {title}");
            }
            sections.push(text);
        }
        if !self.icons.is_empty() {
            let mut text = String::from("Icons: icon = \"…\" under any of them\n");
            for name in &self.icons {
                let _ = writeln!(text, "  {name}");
            }
            sections.push(text);
        }
        sections.join("\n")
    }
}

impl From<&'static Service> for ServiceEntry {
    fn from(service: &'static Service) -> Self {
        let Service { kind, aliases, title, category, icon, .. } = service;
        Self { kind, aliases, title, category, icon: *icon }
    }
}

/// Everything of a service in which a word may be found.
fn service_fields(service: &Service) -> Vec<&'static str> {
    let names = [service.kind, service.title, service.category];
    names.into_iter().chain(service.icon).chain(service.aliases.iter().copied()).collect()
}

/// Everything of a kind of group in which a word may be found.
fn group_fields(group: &Group) -> Vec<&'static str> {
    [group.kind, group.title].into_iter().chain(group.aliases.iter().copied()).collect()
}

fn icon_name(id: icons::IconId) -> &'static str {
    static NONE: CustomIcons = CustomIcons(Vec::new());
    icons::name(id, &NONE)
}

/// What to say when nothing was found: the names that the words may have meant.
fn nothing_found(words: &[String]) -> String {
    let asked = words.join(" ");
    let names = catalogue::services().iter().flat_map(|service| service.aliases.iter().copied().chain([service.kind]));
    let hint = match suggest::did_you_mean(&words.join("-").to_lowercase(), names) {
        Some(question) => format!("{question}\n"),
        None => "`diagram icons` without words lists everything; `kind = \"generic\"` is a plain box\n".to_owned(),
    };
    format!("nothing found for `{asked}`\n{hint}")
}

/// The words of a search, as [`squeeze`] leaves them.
struct Words(Vec<String>);

impl Words {
    fn new(words: &[String]) -> Self {
        Self(words.iter().flat_map(|word| word.split_whitespace()).map(squeeze).collect())
    }

    /// Whether every word is in one of `fields`.
    fn are_in(&self, fields: &[&str]) -> bool {
        let fields: Vec<String> = fields.iter().map(|field| squeeze(field)).collect();
        self.0.iter().all(|word| fields.iter().any(|field| field.contains(word)))
    }

    /// Whether the words together are one of `names`.
    fn name<'a>(&self, mut names: impl Iterator<Item = &'a str>) -> bool {
        let whole = self.0.concat();
        names.any(|name| squeeze(name) == whole)
    }
}

/// Text without what people write differently: capitals, spaces, hyphens, underscores.
fn squeeze(text: &str) -> String {
    text.chars().filter(|character| !" -_".contains(*character)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(words: &[&str]) -> Listing {
        Listing::of(&Words::new(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>()))
    }

    fn kinds(words: &[&str]) -> Vec<&'static str> {
        listing(words).services.iter().map(|service| service.kind).collect()
    }

    #[test]
    fn without_words_everything_is_listed() {
        let all = listing(&[]);
        assert_eq!(all.services.len(), catalogue::services().len());
        assert_eq!(all.groups.len(), catalogue::groups().len());
        assert_eq!(all.icons.len(), icons::all().count());
    }

    #[test]
    fn all_words_must_be_found_wherever_they_stand() {
        let found = kinds(&["load", "Balancer"]);
        for kind in ["alb", "nlb", "gwlb", "clb", "elb"] {
            assert!(found.contains(&kind), "{kind}");
        }
        assert!(!found.contains(&"s3"));
        assert_eq!(kinds(&["load balancer"]), found);
        assert!(kinds(&["aws_sfn_state_machine"]).contains(&"step-functions"));
        assert!(listing(&["nat-gateway"]).icons.contains(&"AmazonVPCNATGateway"));
    }

    #[test]
    fn the_service_of_that_very_name_comes_first() {
        assert_eq!(kinds(&["ecs"])[0], "ecs");
        assert_eq!(kinds(&["queue"])[0], "sqs");
    }

    #[test]
    fn what_is_not_there_is_met_with_a_suggestion() {
        assert!(listing(&["dynamodbb"]).is_empty());
        assert!(nothing_found(&["dynamodbb".to_owned()]).contains("dynamodb"));
        assert!(nothing_found(&["zzzzzzzz".to_owned()]).contains("generic"));
    }
}
