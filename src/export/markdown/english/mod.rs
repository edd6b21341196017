//! The page in English.

mod grammar;
mod leads;
mod places;
mod tables;

use crate::analysis::{Answer, Verdict};
use crate::catalogue::GroupStyle;
use crate::topology::Role;

use super::duty::Duty;
use super::voice::{
    Access, Among, Clause, Extent, Headings, Labels, Loss, Mention, Network, Scaled, Subject, Tier, Unit, Voice,
    capitalised,
};
use grammar::{clauses, list, verb, zone, zones};
use places::{clause, one_subnet, whereabouts};

/// English.
pub struct English;

/// What copies are called.
fn unit(unit: Unit, plural: bool) -> &'static str {
    match unit {
        Unit::Instances => verb(plural, "instance", "instances"),
        Unit::Tasks => verb(plural, "task", "tasks"),
        Unit::Copies => verb(plural, "copy", "copies"),
    }
}

impl Voice for English {
    fn headings(&self) -> Headings {
        Headings {
            frontend: "Frontend",
            application: ("Backend", "Application"),
            data: "Data",
            network: "Network",
            operation: "Security and operation",
            outside: "External services",
            flows: "How it works, step by step",
            connections: "Connections",
            resilience: "High availability and load",
            requirements: "Requirements",
            findings: "Open points",
            views: "Views",
            inventory: "Inventory",
            failures: "What a failure does",
            availability: "Availability",
        }
    }

    fn code(&self) -> &'static str {
        "en"
    }

    fn after_nouns(&self, text: &str) -> String {
        const NOUNS: [&str; 5] = ["database", "load balancer", "object store", "external service", "external services"];
        NOUNS.iter().fold(text.to_owned(), |text, noun| text.replace(&format!("{noun} the "), &format!("{noun} ")))
    }

    fn untitled(&self) -> &'static str {
        "Architecture"
    }

    fn role(&self, name: &str, role: Role) -> String {
        let role = match role {
            Role::Active => "active",
            Role::Passive => "passive",
        };
        format!("{name} ({role})")
    }

    fn list(&self, items: &[String]) -> String {
        list(items)
    }

    fn located(&self, name: &str, places: &[String]) -> String {
        format!("{name} in {}", list(places))
    }

    fn zone(&self, letter: &str) -> String {
        zone(letter)
    }

    fn asynchronous(&self) -> &'static str {
        "asynchronous"
    }

    fn asynchronous_stem(&self) -> &'static str {
        "async"
    }

    fn overview(&self, extent: &Extent) -> String {
        whereabouts(extent).unwrap_or_default()
    }

    fn there(&self, regions: &Among, subject: &Subject) -> Subject {
        let text = match regions {
            Among::Only => subject.text.clone(),
            Among::All => format!("in each region, {}", subject.text),
            Among::Some(regions) => format!("in {}, {}", list(regions), subject.text),
        };
        Subject { text, plural: subject.plural }
    }

    fn the_same(&self, plural: bool) -> Subject {
        Subject { text: verb(plural, "it", "they").to_owned(), plural }
    }

    fn container(&self, style: GroupStyle, name: &str) -> Subject {
        let kind = match style {
            GroupStyle::Cloud => "cloud",
            GroupStyle::Account => "account",
            GroupStyle::Region => "region",
            GroupStyle::Zone => "Availability Zone",
            GroupStyle::Vpc => "VPC",
            GroupStyle::PublicSubnet => "public subnet",
            GroupStyle::PrivateSubnet => "private subnet",
            GroupStyle::SecurityGroup => "security group",
            GroupStyle::AutoScalingGroup => "Auto Scaling group",
            GroupStyle::SpotFleet => "Spot Fleet",
            GroupStyle::StepFunctions => "Step Functions workflow",
            GroupStyle::CorporateDataCenter => "data center",
            GroupStyle::ServerContents => "server",
            GroupStyle::InstanceContents => "instance",
            GroupStyle::IotGreengrass => "Greengrass core",
            GroupStyle::Cluster => "cluster",
            GroupStyle::Generic => "group",
        };
        let says_itself = name.to_lowercase().contains(&kind.to_lowercase());
        let text = if says_itself { format!("the {name}") } else { format!("the {kind} {name}") };
        Subject { text, plural: false }
    }

    fn tier(&self, tier: &Tier) -> Subject {
        let noun = verb(tier.plural, "subnet", "subnets");
        let text = match tier.access {
            Some(Access::Public) => format!("the public {noun}"),
            Some(Access::Private) => format!("the private {noun}"),
            None => {
                let lower = tier.name.to_lowercase();
                let cut = [" subnets", " subnet"].iter().find(|&&end| lower.ends_with(end)).map_or(0, |end| end.len());
                let name = tier.name.get(..tier.name.len() - cut).unwrap_or(&tier.name);
                let plain = ["Public", "Private", "Isolated"].contains(&name);
                format!("the {} {noun}", if plain { name.to_lowercase() } else { name.to_owned() })
            }
        };
        Subject { text, plural: tier.plural }
    }

    fn several(&self, places: &[Subject]) -> Subject {
        let texts: Vec<String> = places.iter().map(|place| place.text.clone()).collect();
        Subject { text: format!("{} each", list(&texts)), plural: true }
    }

    fn holds(&self, place: &Subject, held: &[Clause]) -> String {
        let said: Vec<String> = held.iter().map(|part| clause(part, place.plural)).collect();
        format!("{} {} {}.", capitalised(&place.text), verb(place.plural, "holds", "hold"), clauses(&said))
    }

    fn tiers(&self, tiers: &[(Subject, Vec<String>)]) -> String {
        let said: Vec<String> = tiers
            .iter()
            .enumerate()
            .map(|(index, (subject, names))| {
                let verb = if index == 0 { verb(subject.plural, " holds", " hold") } else { "" };
                format!("{}{verb} {}", subject.text, list(names))
            })
            .collect();
        capitalised(&format!("{}.", clauses(&said)))
    }

    fn surrounds(&self, group: &Subject, members: &[String]) -> String {
        format!("{} contains {}.", capitalised(&group.text), list(members))
    }

    fn network(&self, network: &Network) -> String {
        let tiers: Vec<String> = network.tiers.iter().map(|name| one_subnet(name)).collect();
        let plural = network.subject.plural;
        let (place, each) = match network.zones.as_slice() {
            [only] => (
                format!(
                    "{} in {}",
                    verb(plural, "lies", "lie"),
                    zone(only).replacen("zone", "the Availability Zone", 1)
                ),
                "with",
            ),
            several => (
                format!(
                    "{} {}",
                    verb(plural, "spans", "span"),
                    zones(several).replacen("zones", "the Availability Zones", 1)
                ),
                "each with",
            ),
        };
        let tiers = if tiers.is_empty() { String::new() } else { format!(", {each} {}", list(&tiers)) };
        capitalised(&format!("{} {place}{tiers}.", network.subject.text))
    }

    fn mention(&self, mention: &Mention) -> String {
        leads::mention(mention)
    }

    fn known(&self, mention: &Mention) -> String {
        match &mention.plain {
            Some(plain) => format!("the {plain}"),
            None => leads::with_article(mention, &mention.name),
        }
    }

    fn lead(&self, duty: Duty, names: &str, targets: &[String], also: bool) -> String {
        leads::lead(duty, names, targets, also)
    }

    fn balances(&self, pairs: &[(String, Vec<String>)]) -> String {
        let said = pairs.iter().enumerate().map(|(index, (names, targets))| {
            let copies = if index == 0 { "the copies" } else { "those" };
            format!("over {copies} of {} by {names}", list(targets))
        });
        format!("Requests are spread {}.", said.collect::<Vec<_>>().join(", and "))
    }

    fn joined(&self, lead: &str, text: &str) -> Option<String> {
        leads::joined(lead, text)
    }

    fn in_place_of_it(&self, name: &str, text: &str) -> Option<String> {
        leads::in_place_of_it(name, text)
    }

    fn called(&self, names: &[String], sources: &[String], via: &[String]) -> String {
        let what = verb(names.len() > 1, "The external service", "The external services");
        let way = if via.is_empty() { String::new() } else { format!(", by way of {}", list(via)) };
        format!("{what} {} {} called from {}{way}.", list(names), verb(names.len() > 1, "is", "are"), list(sources))
    }

    fn relies(&self, names: &[String]) -> String {
        format!("Outside AWS, the architecture relies on {}", list(names))
    }

    fn scales(&self, scaled: &[Scaled]) -> String {
        let said: Vec<String> = scaled
            .iter()
            .filter_map(|Scaled { name, unit: kind, min, max }| {
                Some(match (min, max) {
                    (Some(min), Some(max)) if min == max => {
                        format!("exactly {min} {} of {name}", unit(*kind, *min != 1))
                    }
                    (Some(min), Some(max)) => format!("between {min} and {max} {} of {name}", unit(*kind, true)),
                    (Some(min), None) => format!("at least {min} {} of {name}", unit(*kind, *min != 1)),
                    (None, Some(max)) => format!("at most {max} {} of {name}", unit(*kind, *max != 1)),
                    (None, None) => return None,
                })
            })
            .collect();
        let one = scaled.first().is_some_and(|Scaled { min, max, .. }| match (min, max) {
            (Some(min), Some(max)) => min == max && *min == 1,
            (Some(only), None) | (None, Some(only)) => *only == 1,
            (None, None) => false,
        });
        format!("Depending on the load, there {} {}.", verb(one, "are", "is"), said.join("; "))
    }

    fn scaling_groups(&self, names: &[String]) -> String {
        format!("Auto Scaling adjusts the number of copies of {} to the load.", list(names))
    }

    fn managed(&self, names: &[String], all: bool) -> String {
        match names {
            _ if all && names.len() > 1 => {
                "AWS itself scales all of these services, and none of them depends on a single zone.".to_owned()
            }
            [only] => format!("AWS itself scales {only}, independently of any single zone."),
            _ => format!("AWS itself scales {}; none of them depends on a single zone.", list(names)),
        }
    }

    fn unsized_services(&self, names: &[String]) -> String {
        format!("There are no instances to size for {}.", list(names))
    }

    fn regional_by_itself(&self, names: &[String]) -> String {
        format!("No single zone carries {}.", list(names))
    }

    fn survives(&self, names: &[String], zones: usize, all: bool) -> String {
        let lead = if all { "No flow stops when a zone fails" } else { "When a zone fails" };
        let link = if all { ":" } else { "," };
        match zones {
            2 => format!("{lead}{link} the other still has its copies of {}.", list(names)),
            _ => format!("{lead}{link} the others still have their copies of {}.", list(names)),
        }
    }

    fn no_flow_stops(&self) -> String {
        "No flow stops when a zone fails.".to_owned()
    }

    fn stops(&self, loss: &Loss, flows: &[String], at: &[String]) -> String {
        let loss = match loss {
            Loss::Zones(letters, region) => {
                let region = region.as_ref().map_or_else(String::new, |region| format!(" of {region}"));
                let letters: Vec<String> = letters.iter().map(|letter| zone(letter)).collect();
                format!("{}{region}", letters.join(" or "))
            }
            Loss::Region(name) => name.clone(),
        };
        match flows {
            [] => format!("If {loss} fails, nothing gets past {}.", list(at)),
            [only] => format!("If {loss} fails, the flow {only} stops, because it depends on {}.", list(at)),
            _ => format!("If {loss} fails, the flows {} stop, because they depend on {}.", list(flows), list(at)),
        }
    }

    fn standby(&self, name: &str, primary: &str, standby: &[String], each_region: bool) -> String {
        let place = if each_region { "in each region, " } else { "" };
        let primary = capitalised(&format!("{place}{} has the primary of {name}", zone(primary)));
        match standby {
            [] => format!("{primary}."),
            [only] => format!("{primary} and {} its standby, which takes over when the primary fails.", zone(only)),
            several => {
                format!(
                    "{primary} and {} its standbys, one of which takes over when the primary fails.",
                    zones(several)
                )
            }
        }
    }

    fn single(&self, names: &[String], zone: &str, regions: &[String]) -> String {
        let region = if regions.is_empty() { String::new() } else { format!(" of {}", list(regions)) };
        format!(
            "Only {}{region} has {}, so the loss of that zone takes {} away.",
            self.zone(zone),
            list(names),
            verb(names.len() > 1, "it", "them")
        )
    }

    fn unplaced(&self, names: &[String]) -> String {
        format!("The model does not say in which zones to find {}.", list(names))
    }

    fn one_region(&self, region: &str) -> String {
        format!("Nothing here stands in for {region} if the whole region fails.")
    }

    fn takes_over(&self, active: &str, passive: &str, by: &[String]) -> String {
        let how = if by.is_empty() { String::new() } else { format!(", and requests are sent there by {}", list(by)) };
        format!("If {active} fails, {passive} takes over{how}.")
    }

    fn side_by_side(&self, regions: &[String]) -> String {
        format!("The regions {} serve side by side: every flow goes on when one of them fails.", list(regions))
    }

    fn waiting(&self, passive: &[String], everything: bool, names: &[String]) -> String {
        if everything {
            format!("A copy of everything in the active region waits in {}.", list(passive))
        } else {
            format!("Copies of {} wait in {}.", list(names), list(passive))
        }
    }

    fn replicated(&self, names: &[String], from: &str, to: &str, asynchronous: bool) -> String {
        if asynchronous {
            format!(
                "The data of {} is copied from {from} to {to} asynchronously, so the latest writes can be missing there after a failover.",
                list(names)
            )
        } else {
            format!("The data of {} is copied from {from} to {to}.", list(names))
        }
    }

    fn quoted(&self, name: &str) -> String {
        format!("“{name}”")
    }

    fn answer(&self, answer: Answer) -> &'static str {
        match answer {
            Answer::Met => "Met",
            Answer::NotMet => "Not met",
            Answer::Unknown => "Unknown",
        }
    }

    fn remedy(&self, help: &str) -> String {
        format!("Remedy: {help}.")
    }

    fn accepted(&self, reason: Option<&str>) -> String {
        reason.map_or_else(|| "This is accepted.".to_owned(), |reason| format!("This is accepted. {reason}"))
    }

    fn tables(&self) -> &'static Labels {
        &tables::LABELS
    }

    fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Survives => "survives",
            Verdict::Degraded => "degraded",
            Verdict::Down => "**down**",
        }
    }

    fn at_most(&self, share: f64) -> String {
        // Rounded down: a bound must not promise more than it is.
        let digits = if share < 0.9999 { 2 } else { 4 };
        let scale = 10_f64.powi(digits);
        let percent = (share * 100.0 * scale).floor() / scale;
        format!("at most {}", decimal(&format!("{percent:.*}", digits as usize)))
    }

    fn percent(&self, percent: f64) -> String {
        decimal(&percent.to_string())
    }

    fn range(&self, min: Option<u32>, max: Option<u32>) -> String {
        match (min, max) {
            (Some(min), Some(max)) if min == max => min.to_string(),
            (Some(min), Some(max)) => format!("{min}–{max}"),
            (Some(min), None) => format!("≥ {min}"),
            (None, Some(max)) => format!("≤ {max}"),
            (None, None) => String::new(),
        }
    }
}

/// A figure in percent.
fn decimal(figure: &str) -> String {
    format!("{figure} %")
}

#[cfg(test)]
mod tests {
    use super::super::voice::Presence;
    use super::*;

    fn strings(items: &[&str]) -> Vec<String> {
        items.iter().map(|&item| item.to_owned()).collect()
    }

    #[test]
    fn subnets_are_called_by_access_or_name() {
        let tier = |name: &str, access, plural| English.tier(&Tier { name: name.to_owned(), access, plural }).text;
        assert_eq!(tier("Public subnet", Some(Access::Public), true), "the public subnets");
        assert_eq!(tier("Data subnet", None, true), "the Data subnets");
        assert_eq!(tier("Private subnet", None, false), "the private subnet");
        assert_eq!(tier("Tier 1", None, true), "the Tier 1 subnets");
    }

    #[test]
    fn kinds_are_not_said_twice() {
        assert_eq!(English.container(GroupStyle::Vpc, "Main VPC").text, "the Main VPC");
        assert_eq!(English.container(GroupStyle::Vpc, "Main").text, "the VPC Main");
        assert_eq!(English.container(GroupStyle::Account, "Network account").text, "the Network account");
    }

    #[test]
    fn places_hold_what_is_there() {
        let place = English.tier(&Tier { name: String::new(), access: Some(Access::Public), plural: true });
        let held = [
            Clause { names: strings(&["NAT gateway"]), presence: Presence::EachZone, only: Vec::new() },
            Clause { names: strings(&["Load Balancer"]), presence: Presence::Spanning, only: Vec::new() },
        ];
        assert_eq!(
            English.holds(&place, &held),
            "The public subnets hold NAT gateway in each zone and Load Balancer across the zones."
        );
    }

    #[test]
    fn scaling_has_its_limits() {
        let scaled = |min, max| English.scales(&[Scaled { name: "API".to_owned(), unit: Unit::Tasks, min, max }]);
        assert_eq!(scaled(Some(2), Some(10)), "Depending on the load, there are between 2 and 10 tasks of API.");
        assert_eq!(scaled(Some(1), None), "Depending on the load, there is at least 1 task of API.");
    }

    #[test]
    fn one_and_many_agree() {
        let flows =
            |names: &[&str]| English.stops(&Loss::Zones(strings(&["a", "b"]), None), &strings(names), &strings(&["X"]));
        assert_eq!(flows(&["“P”"]), "If zone a or zone b fails, the flow “P” stops, because it depends on X.");
        assert_eq!(
            flows(&["“P”", "“Q”"]),
            "If zone a or zone b fails, the flows “P” and “Q” stop, because they depend on X."
        );
        assert_eq!(flows(&[]), "If zone a or zone b fails, nothing gets past X.");
        let called = |names: &[&str]| English.called(&strings(names), &strings(&["Z"]), &[]);
        assert_eq!(called(&["X"]), "The external service X is called from Z.");
        assert_eq!(called(&["X", "Y"]), "The external services X and Y are called from Z.");
    }
}
