//! Places in English: subnets, what stands in them, and how much there is of everything.

use super::super::voice::{Clause, Extent, Presence};
use super::grammar::{counted, list, verb, zones};

/// A subnet by its name, as one of several: "a public subnet", "an Application subnet", "a subnet x".
pub(super) fn one_subnet(name: &str) -> String {
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
pub(super) fn clause(clause: &Clause, several: bool) -> String {
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
pub(super) fn parts(extent: &Extent, accounts: bool) -> String {
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
pub(super) fn whereabouts(extent: &Extent) -> Option<String> {
    // Of a single network more is said where it is spoken of.
    let single = !extent.regions.is_empty() && extent.alike && extent.networks == 1;
    let extent = &if single { Extent { networks: 0, zones: 0, ..extent.clone() } } else { extent.clone() };
    let what = parts(extent, true);
    match (extent.regions.as_slice(), what.is_empty()) {
        ([], true) => None,
        ([], false) => Some(format!("The architecture is made of {what}.")),
        ([only], true) => Some(format!("The architecture uses one region, {only}.")),
        ([only], false) => Some(format!("The architecture uses one region, {only}, with {what}.")),
        (several, _) => {
            let regions = format!("{}, {}", counted(several.len(), "region", "regions"), list(several));
            let each = if extent.alike { parts(extent, false) } else { what };
            Some(match (each.is_empty(), extent.alike) {
                (true, _) => format!("The architecture uses {regions}."),
                (false, true) => format!("The architecture uses {regions}, each with {each}."),
                (false, false) => format!("The architecture uses {regions}, with {each} in all."),
            })
        }
    }
}
