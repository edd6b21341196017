//! What every table and key means, in a sentence: editors show it where one types.

/// What a table at the top of the file means.
pub(crate) const TABLES: &[(&str, &str)] = &[
    ("accounts", "AWS accounts."),
    ("azs", "Availability zones that need an entry of their own; usually `azs` of a region says it all."),
    ("clouds", "Clouds. Without one, everything of AWS is drawn in one box \"AWS Cloud\"."),
    ("defaults", "What boxes of a kind say unless they say otherwise: `[defaults.services.ec2]`."),
    ("description", "How the Markdown is made."),
    ("diagram", "The whole: its title, its language, how it is drawn."),
    ("externals", "What is outside the cloud: people, clients, APIs of others. The key is the id."),
    ("flows", "What happens, step by step. The key is the id of the flow."),
    ("groups", "Any other container, nested as you like; with `members` drawn around boxes that live elsewhere."),
    ("icons", "Own kinds: each key is a kind, each value the path of its SVG or PNG. `pack` names folders of icons."),
    ("include", "Other files that belong to this document, relative to this one and below its directory."),
    ("links", "Single links, one entry each."),
    ("notes", "Short texts on the picture."),
    ("regions", "Regions. The key is a region's code, or an id of your own."),
    ("requirements", "What the design must satisfy."),
    ("services", "What has an icon: compute, databases, queues, gateways. The key is the id."),
    ("subnets", "Subnets, or tiers of one subnet per availability zone. The key is the id."),
    ("views", "More pictures of the same model. The key is the id of the view and part of the file's name."),
    ("vpcs", "Virtual private clouds. The key is the id."),
];

/// What a key means; the first entry for a table counts, `*` is for all others.
const KEYS: &[(&str, &str, &str)] = &[
    ("subnets", "access", "Who reaches it: `public` (a route to the internet), `private` or `isolated`."),
    ("*", "allow", "Findings of `diagram check` that are accepted here, by their codes; `allow-reason` says why."),
    ("*", "allow-reason", "Why the findings of `allow` are accepted; it goes into the Markdown."),
    ("links", "arrow", "Which ends have heads: `forward` (the default), `both` or `none`."),
    ("notes", "at", "The box beside which the note stands."),
    ("regions", "azs", "Its availability zones: so many, or which (`[\"a\", \"c\"]`)."),
    ("*", "azs", "In which of the availability zones it stands: `[\"a\"]`, or the first so many."),
    ("requirements", "check", "The rule that finds out whether it is met: `survives-az-loss`, `no:single-az-tier`."),
    ("*", "cidr", "Its address block: `10.0.0.0/16`."),
    ("subnets", "cidrs", "The address block of each copy, by zone: `{ a = \"10.0.0.0/24\", b = \"10.0.1.0/24\" }`."),
    ("diagram", "cloud", "`false` draws no implied box \"AWS Cloud\"."),
    ("views", "collapse", "Containers that are drawn closed; links lead to their border."),
    ("*", "collapse", "Draws it closed: what is inside is not shown, and links lead to its border."),
    ("*", "color", "Sets it apart by a colour of the theme; the legend explains it."),
    ("*", "count", "How many there are of it: drawn as a stack."),
    ("flows", "description", "What the flow does; it goes into the Markdown."),
    ("*", "description", "What it is; a sentence of the Markdown."),
    ("*", "direction", "The way in which the picture reads: `auto` (the default), `down` or `right`."),
    ("*", "engine", "The engine of a database or cache; it goes into the name."),
    ("views", "flows", "Which flows are drawn: their ids."),
    ("links", "from", "Where it starts: an id, with a place if one copy is meant (`api@us-east-1a`)."),
    ("*", "icon", "Another icon: the name of a bundled one (`diagram icons`), or the path of an SVG or PNG."),
    ("*", "in", "The container in which it stands, or several, each with a copy."),
    ("groups", "kind", "What the group is: `security-group`, `auto-scaling-group`, `cluster`, `corporate-datacenter`."),
    (
        "*",
        "kind",
        "What it is: a service by its short name, its full name or its Terraform type (`diagram icons` lists all).",
    ),
    ("*", "label", "The text at the line."),
    ("*", "lang", "The language of what the program writes: `en` or `es`."),
    ("*", "like", "Another box: what this one does not say is taken from that."),
    ("*", "link", "An `https:`, `http:` or `mailto:` address, or a relative path, that the box leads to."),
    ("scaling", "max", "The most copies."),
    ("groups", "members", "The boxes around which the group is drawn, wherever they live."),
    ("scaling", "min", "The fewest copies."),
    (
        "*",
        "multi-az",
        "Gives a database a standby in the next zone, a cache a replica, and the replication between them.",
    ),
    ("*", "name", "What readers see in place of the id."),
    ("flows", "numbered", "Numbers the steps, on the picture and in the Markdown."),
    ("views", "only", "What is drawn: ids, kinds (`kind:s3`) and tags (`tag:pci`)."),
    ("*", "placement", "How it stands in subnets of several zones: `per-az` (a copy in each) or `span` (one for all)."),
    ("regions", "role", "Whether it serves (`active`) or waits (`passive`)."),
    ("*", "scaling", "How many copies there may be: `{ min = 2, max = 10 }`."),
    ("*", "sla", "The share of time in percent that its maker commits to: `99.9`."),
    (
        "flows",
        "steps",
        "One step each: `\"users -> alb -> api : HTTPS\"`, `\"api ~> queue\"` (asynchronous), `\"a -> b, c\"`.",
    ),
    ("links", "style", "`solid` (the default), or `async`: drawn dashed."),
    ("*", "summary", "One or two sentences about the whole; the Markdown begins with them."),
    ("*", "tags", "Words by which views pick boxes: `tag:pci`."),
    ("description", "template", "A Tera template of your own for the Markdown, relative to this file."),
    ("requirements", "text", "What must hold, in words."),
    ("notes", "text", "What the note says."),
    ("*", "theme", "The colours: `light` (the default) or `dark`."),
    ("*", "title", "The title above the picture."),
    ("links", "to", "Where it ends: an id, with a place if one copy is meant."),
    ("*", "why", "The reason for the choice; a sentence of the Markdown."),
    ("views", "without", "What is left out: ids, kinds (`kind:nat-gateway`) and tags (`tag:ops`)."),
];

/// What a table at the top of the file means.
pub(crate) fn table(name: &str) -> &'static str {
    TABLES.iter().find(|(table, _)| *table == name).map(|(_, meaning)| *meaning).expect("every table is explained")
}

/// What a key means in the entries of a table.
pub(crate) fn key(table: &str, name: &str) -> &'static str {
    let of = |wanted: &str| KEYS.iter().find(|(table, key, _)| *key == name && *table == wanted);
    of(table).or_else(|| of("*")).map(|(.., meaning)| *meaning).expect("every key is explained")
}

#[cfg(test)]
mod tests {
    use super::super::schema;
    use super::*;

    #[test]
    fn every_table_and_key_has_a_sentence() {
        let tables = schema::BOX_TABLES.iter().map(|(name, ..)| *name).chain(schema::OTHER_TABLES.iter().copied());
        for name in tables {
            assert!(table(name).ends_with('.'), "{name}");
        }
        let boxes = schema::BOX_TABLES.iter().map(|(name, table, _)| (*name, schema::shape(*table)));
        let others = [
            ("diagram", schema::SETTINGS),
            ("links", schema::LINK),
            ("flows", schema::FLOW),
            ("views", schema::VIEW),
            ("requirements", schema::REQUIREMENT),
            ("scaling", schema::SCALING),
        ];
        for (name, shape) in boxes.chain(others) {
            for known in shape.keys {
                assert!(!key(name, known).is_empty(), "{known} of {name}");
            }
        }
    }
}
