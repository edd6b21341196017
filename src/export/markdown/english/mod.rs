//! The page in English.

mod grammar;

use crate::catalogue::{Function, GroupStyle};
use crate::topology::Role;

use super::voice::{
    Access, Among, Clause, Extent, Headings, Network, Presence, Scaled, Subject, Tier, Unit, Voice, capitalised,
};
use grammar::{clauses, counted, list, number, verb, zones};

/// English.
pub struct English;

/// A subnet by its name, as one of several: "a public subnet", "an Application subnet", "a subnet x".
fn one_subnet(name: &str) -> String {
    if !name.to_lowercase().contains("subnet") {
        return format!("a subnet {name}");
    }
    let name = ["Public", "Private", "Isolated", "Subnet"].iter().fold(name.to_owned(), |name, word| {
        name.strip_prefix(word).map_or(name.clone(), |rest| format!("{}{rest}", word.to_lowercase()))
    });
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']);
    format!("{} {name}", verb(vowel, "a", "an"))
}

/// What a clause says of its names, in one place or in several.
fn clause(clause: &Clause, several: bool) -> String {
    let names = list(&clause.names);
    let text = match &clause.presence {
        Presence::EachZone => format!("{names} in each zone"),
        Presence::Spanning => format!("{names} across the zones"),
        Presence::Zones(letters) => format!("{names} in {}", zones(letters)),
        Presence::Plain => names,
        Presence::Border => format!("{names} on {}", verb(several, "its border", "their borders")),
    };
    if clause.only.is_empty() { text } else { format!("{text} (only in {})", list(&clause.only)) }
}

/// "two accounts, one VPC and two Availability Zones", without what there is none of.
fn parts(extent: &Extent, accounts: bool) -> String {
    let counts = [
        (if accounts { extent.accounts } else { 0 }, "account", "accounts"),
        (extent.networks, "VPC", "VPCs"),
        (extent.zones, "Availability Zone", "Availability Zones"),
    ];
    let parts: Vec<String> =
        counts.iter().filter(|&&(count, ..)| count > 0).map(|&(count, one, many)| counted(count, one, many)).collect();
    list(&parts)
}

/// Where it runs, and in how much of it.
fn whereabouts(extent: &Extent) -> Option<String> {
    let what = parts(extent, true);
    match (extent.regions.as_slice(), what.is_empty()) {
        ([], true) => None,
        ([], false) => Some(format!("It is made of {what}.")),
        ([only], true) => Some(format!("It runs in one region, {only}.")),
        ([only], false) => Some(format!("It runs in one region, {only}, with {what}.")),
        (several, _) => {
            let regions = format!("{}, {}", counted(several.len(), "region", "regions"), list(several));
            let each = if extent.alike { parts(extent, false) } else { what };
            Some(match (each.is_empty(), extent.alike) {
                (true, _) => format!("It runs in {regions}."),
                (false, true) => format!("It runs in {regions}, each with {each}."),
                (false, false) => format!("It runs in {regions}, with {each} in all."),
            })
        }
    }
}

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
            places: "What stands where",
            stores: "Data",
            outside: "Outside AWS",
            flows: "How it works, step by step",
            connections: "Connections",
            resilience: "Scaling and availability",
            choices: "Parts and reasons",
            requirements: "Requirements",
            views: "Views",
        }
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
        format!("zone {letter}")
    }

    fn asynchronous(&self) -> &'static str {
        "asynchronous"
    }

    fn asynchronous_stem(&self) -> &'static str {
        "async"
    }

    fn overview(&self, extent: &Extent) -> String {
        let mut has = Vec::new();
        if extent.services > 0 {
            let mut services = counted(extent.services, "service", "services");
            if extent.serverless && extent.services > 1 {
                services = format!("{services}, all of them serverless,");
            }
            has.push(services);
        }
        if extent.externals > 0 {
            has.push(counted(extent.externals, "party outside AWS", "parties outside AWS"));
        }
        let mut sentences = Vec::new();
        if !has.is_empty() {
            sentences.push(format!("The architecture has {}.", list(&has).trim_end_matches(',')));
        }
        sentences.extend(whereabouts(extent));
        sentences.join(" ")
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

    fn surrounds(&self, group: &Subject, members: &[String]) -> String {
        format!("{} contains {}.", capitalised(&group.text), list(members))
    }

    fn global(&self, names: &[String]) -> String {
        match names {
            [only] => format!("One service belongs to no region: {only}."),
            _ => {
                format!("{} belong to no region: {}.", capitalised(&counted(names.len(), "", "services")), list(names))
            }
        }
    }

    fn loose(&self, names: &[String]) -> String {
        format!("In no group: {}.", list(names))
    }

    fn regional(&self, names: &[String], regions: &Among, vpcs: usize) -> String {
        let whose = match regions {
            Among::Only => String::new(),
            Among::All => "in each region, ".to_owned(),
            Among::Some(regions) => format!("in {}, ", list(regions)),
        };
        let count = counted(names.len(), "service", "services");
        let several = names.len() > 1;
        let place = match vpcs {
            0 => format!("{} in no VPC", verb(several, "runs", "run")),
            1 => format!("{} outside the VPC", verb(several, "stands", "stand")),
            _ => format!("{} outside the VPCs", verb(several, "stands", "stand")),
        };
        capitalised(&format!("{whose}{count} {place}: {}.", list(names)))
    }

    fn network(&self, network: &Network) -> String {
        let count = counted(network.zones.len(), "Availability Zone", "Availability Zones");
        let each = verb(network.zones.len() > 1, "with", "each with");
        let tiers: Vec<String> = network.tiers.iter().map(|name| one_subnet(name)).collect();
        let tiers = if tiers.is_empty() { String::new() } else { format!(", {each} {}", list(&tiers)) };
        let verb = verb(network.subject.plural, "has", "have");
        capitalised(&format!("{} {verb} {count}, {}{tiers}.", network.subject.text, list(&network.zones)))
    }

    fn stores(&self, function: Function, stores: &[(String, Vec<String>)]) -> String {
        let what = match function {
            Function::RelationalStore => "Relational data is kept in",
            Function::NonRelationalStore => "Non-relational data is kept in",
            Function::Cache => "Cached data is kept in",
            _ => "Files and objects are kept in",
        };
        let said: Vec<String> = stores
            .iter()
            .map(
                |(name, users)| {
                    if users.is_empty() { name.clone() } else { format!("{name}, used by {}", list(users)) }
                },
            )
            .collect();
        format!("{what} {}.", said.join("; and in "))
    }

    fn traffic_from(&self, sources: &[String], targets: &[String]) -> String {
        format!("Traffic from {} goes to {}.", list(sources), list(targets))
    }

    fn traffic_to(&self, targets: &[String], sources: &[String], via: &[String]) -> String {
        let way = if via.is_empty() { String::new() } else { format!(" by way of {}", list(via)) };
        format!("Traffic to {} comes from {}{way}.", list(targets), list(sources))
    }

    fn traffic_between(&self, names: &[String], others: &[String]) -> String {
        format!("There is a connection between {} and {}.", list(names), list(others))
    }

    fn unlinked(&self, names: &[String]) -> String {
        format!("The picture also shows {}, which no link touches.", list(names))
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
        format!("As the load changes, there are {}.", said.join("; "))
    }

    fn scaling_groups(&self, names: &[String]) -> String {
        format!("Auto Scaling adjusts the number of copies of {} to the load.", list(names))
    }

    fn managed(&self, names: &[String], all: bool) -> String {
        match names {
            _ if all && names.len() > 1 => {
                "AWS itself scales all of these services, and runs them in several zones.".to_owned()
            }
            [only] => format!("AWS itself scales {only}, and runs it in several zones."),
            _ => format!("AWS itself scales {}, and runs them in several zones.", list(names)),
        }
    }

    fn unsized_services(&self, names: &[String]) -> String {
        format!("There are no instances to size for {}.", list(names))
    }

    fn regional_by_itself(&self, names: &[String]) -> String {
        format!("No single zone carries {}.", list(names))
    }

    fn balances(&self, pairs: &[(Vec<String>, Vec<String>)], zones: usize) -> String {
        let place = match zones {
            0 | 1 => "Requests".to_owned(),
            2 => "In both zones, requests".to_owned(),
            _ => format!("In all {} zones, requests", number(zones)),
        };
        let said: Vec<String> = pairs
            .iter()
            .enumerate()
            .map(|(index, (balancers, targets))| {
                let copies = if index == 0 { "the copies" } else { "those" };
                format!("over {copies} of {} by {}", list(targets), list(balancers))
            })
            .collect();
        format!("{place} are spread {}.", clauses(&said))
    }

    fn survives(&self, names: &[String], zones: usize) -> String {
        match zones {
            2 => format!("If one zone fails, the other still has its copies of {}.", list(names)),
            _ => format!("If one zone fails, the others still have their copies of {}.", list(names)),
        }
    }

    fn standby(&self, name: &str, primary: &str, standby: &[String], each_region: bool) -> String {
        let place = if each_region { "In each region, zone" } else { "Zone" };
        let primary = format!("{place} {primary} has the primary of {name}");
        match standby {
            [] => format!("{primary}."),
            [only] => format!("{primary} and zone {only} its standby, which takes over when the primary fails."),
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
            "Only zone {zone}{region} has {}, so the loss of that zone takes {} away.",
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
}

#[cfg(test)]
mod tests {
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
    fn the_overview_counts() {
        let extent = Extent {
            services: 9,
            externals: 1,
            regions: strings(&["Ireland"]),
            networks: 1,
            zones: 2,
            alike: true,
            ..Extent::default()
        };
        assert_eq!(
            English.overview(&extent),
            "The architecture has nine services and one party outside AWS. It runs in one region, Ireland, with one VPC and two Availability Zones."
        );
        let two = Extent { regions: strings(&["A", "B"]), ..extent };
        assert!(
            English
                .overview(&two)
                .ends_with("It runs in two regions, A and B, each with one VPC and two Availability Zones.")
        );
        assert_eq!(English.overview(&Extent { services: 1, ..Extent::default() }), "The architecture has one service.");
        assert_eq!(English.overview(&Extent::default()), "");
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
        assert_eq!(scaled(Some(2), Some(10)), "As the load changes, there are between 2 and 10 tasks of API.");
        assert_eq!(scaled(Some(1), None), "As the load changes, there are at least 1 task of API.");
    }
}
