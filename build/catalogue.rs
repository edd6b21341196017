//! The catalogue of services: read from TOML, checked, written as a Rust table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;

/// One category of `catalogue.toml`: its title, what its services are unless they say otherwise, and the services.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Category {
    title: String,
    scope: String,
    placement: String,
    tier: u8,
    function: String,
    services: BTreeMap<String, Entry>,
}

/// One service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    title: String,
    #[serde(default)]
    icon: String,
    /// Why several entries show this icon.
    shared: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    scope: Option<String>,
    placement: Option<String>,
    tier: Option<u8>,
    function: Option<String>,
    #[serde(default)]
    serverless: bool,
}

const SCOPES: [&str; 4] = ["global", "regional", "zonal", "external"];
const PLACEMENTS: [&str; 3] = ["per-zone", "spanning", "border"];
const TIERS: [u8; 11] = [0, 10, 15, 20, 30, 40, 50, 60, 70, 80, 95];
const FUNCTIONS: [&str; 20] = [
    "client",
    "external",
    "dns",
    "cdn",
    "firewall",
    "gateway",
    "nat",
    "load-balancer",
    "api",
    "compute",
    "relational-store",
    "non-relational-store",
    "cache",
    "storage",
    "messaging",
    "analytics",
    "security",
    "observability",
    "delivery",
    "other",
];

/// The kinds of the catalogue.
pub fn kinds(source: &str) -> Result<BTreeSet<String>, String> {
    let categories: BTreeMap<String, Category> =
        toml::from_str(source).map_err(|error| format!("catalogue.toml: {error}"))?;
    Ok(categories.into_values().flat_map(|category| category.services.into_keys()).collect())
}

/// The catalogue as Rust: `SERVICES`, sorted by kind, and `NAMES`, every name that leads to one.
pub fn generate(source: &str, icons: &[&str]) -> Result<String, String> {
    let categories: BTreeMap<String, Category> =
        toml::from_str(source).map_err(|error| format!("catalogue.toml: {error}"))?;
    let mut services: BTreeMap<&str, (&Category, &Entry)> = BTreeMap::new();
    for category in categories.values() {
        for (kind, entry) in &category.services {
            if services.insert(kind, (category, entry)).is_some() {
                return Err(format!("catalogue.toml: `{kind}` is there twice"));
            }
        }
    }
    check_icons(&services, icons)?;
    let names = names(&services)?;
    let mut table = format!("static SERVICES: [Service; {}] = [\n", services.len());
    for (kind, (category, entry)) in &services {
        let service = service(kind, category, entry, &names[*kind])
            .map_err(|mistake| format!("catalogue.toml: `{kind}`: {mistake}"))?;
        table.push_str(&service);
    }
    table.push_str("];\n");
    table.push_str(&index(&services, &names)?);
    Ok(table)
}

/// Every icon must exist; an icon that several entries show needs a reason in each but one.
fn check_icons(services: &BTreeMap<&str, (&Category, &Entry)>, icons: &[&str]) -> Result<(), String> {
    let known: BTreeSet<&str> = icons.iter().copied().collect();
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for (kind, (_, entry)) in services {
        let icon = entry.icon.as_str();
        if icon.is_empty() && entry.shared.is_some() {
            continue;
        }
        if !known.contains(icon) {
            return Err(format!("catalogue.toml: `{kind}`: there is no icon `{icon}`"));
        }
        if entry.shared.is_none()
            && let Some(other) = owners.insert(icon, kind)
        {
            return Err(format!("catalogue.toml: `{other}` and `{kind}` show `{icon}`; one must say why in `shared`"));
        }
    }
    Ok(())
}

/// The names of each kind besides itself: those of its entry, then those made of its title where nobody has taken them.
fn names(services: &BTreeMap<&str, (&Category, &Entry)>) -> Result<BTreeMap<String, Vec<String>>, String> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for (kind, (_, entry)) in services {
        for name in [*kind].into_iter().chain(entry.aliases.iter().map(String::as_str)) {
            if name.is_empty() || !name.bytes().all(|byte| b"abcdefghijklmnopqrstuvwxyz0123456789-_".contains(&byte)) {
                return Err(format!("catalogue.toml: `{kind}`: `{name}` is no name: a-z, 0-9, `-` and `_` only"));
            }
            if let Some(other) = owners.insert(name.replace('_', "-"), kind) {
                return Err(format!("catalogue.toml: both `{other}` and `{kind}` are called `{name}`"));
            }
        }
    }
    let mut names = BTreeMap::new();
    for (kind, (_, entry)) in services {
        let mut own = entry.aliases.clone();
        for derived in names_of_title(&entry.title) {
            if !owners.contains_key(&derived) {
                owners.insert(derived.clone(), kind);
                own.push(derived);
            }
        }
        names.insert((*kind).to_owned(), own);
    }
    Ok(names)
}

/// "AWS Step Functions" is also `aws-step-functions` and `step-functions`.
fn names_of_title(title: &str) -> Vec<String> {
    let slug: Vec<String> = title
        .to_lowercase()
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let whole = slug.join("-");
    let short = ["amazon-", "aws-"].iter().find_map(|maker| whole.strip_prefix(maker)).map(str::to_owned);
    [whole].into_iter().chain(short).collect()
}

/// One `Service` as Rust.
fn service(kind: &str, category: &Category, entry: &Entry, aliases: &[String]) -> Result<String, String> {
    let scope = variant(entry.scope.as_ref().unwrap_or(&category.scope), "scope", &SCOPES)?;
    let placement = variant(entry.placement.as_ref().unwrap_or(&category.placement), "placement", &PLACEMENTS)?;
    let function = variant(entry.function.as_ref().unwrap_or(&category.function), "function", &FUNCTIONS)?;
    let tier = entry.tier.unwrap_or(category.tier);
    if !TIERS.contains(&tier) {
        return Err(format!("tier {tier} is none of {TIERS:?}"));
    }
    let icon = if entry.icon.is_empty() { "None".to_owned() } else { format!("Some({:?})", entry.icon) };
    let Entry { title, serverless, .. } = entry;
    let category = &category.title;
    Ok(format!(
        "    Service {{ kind: {kind:?}, aliases: &{aliases:?}, title: {title:?}, category: {category:?}, icon: {icon}, \
         scope: Scope::{scope}, placement: Placement::{placement}, tier: {tier}, function: Function::{function}, \
         serverless: {serverless} }},\n"
    ))
}

/// The Rust name of a value: `per-zone` is `PerZone`.
fn variant(value: &str, key: &str, allowed: &[&str]) -> Result<String, String> {
    if !allowed.contains(&value) {
        return Err(format!("{key} `{value}` is none of {allowed:?}"));
    }
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    Ok(value.split('-').map(capital).collect())
}

/// All names, with hyphens for underscores, sorted, each with the place of its service.
fn index(
    services: &BTreeMap<&str, (&Category, &Entry)>,
    names: &BTreeMap<String, Vec<String>>,
) -> Result<String, String> {
    let mut all = BTreeMap::new();
    for (place, kind) in services.keys().enumerate() {
        for name in names[*kind].iter().map(String::as_str).chain([*kind]) {
            all.insert(name.replace('_', "-"), place);
        }
    }
    let mut table = format!("static NAMES: [(&str, u16); {}] = [\n", all.len());
    for (name, place) in all {
        writeln!(table, "    ({name:?}, {place}),").map_err(|error| error.to_string())?;
    }
    table.push_str("];\n");
    Ok(table)
}
