//! What to type instead: for keys, tables and values as people bring them from other tools or from memory.
//!
//! Every help is made of what was written, so that it can be typed as it stands.

use toml::de::{DeTable, DeValue};

use super::fields::Value;
use super::schema::{self, Key, Shape, Takes};
use crate::catalogue;

/// What other tools call `in`.
const PARENTS: &[&str] = &[
    "account",
    "accountid",
    "availabilityzone",
    "az",
    "belongsto",
    "cluster",
    "container",
    "group",
    "inside",
    "location",
    "network",
    "parent",
    "partof",
    "region",
    "subnet",
    "subnetid",
    "subnetids",
    "subnets",
    "vpc",
    "vpcid",
    "within",
    "zone",
];

/// What other tools have in a container, where here each box says what it is in.
const CHILDREN: &[&str] = &[
    "boxes",
    "children",
    "contains",
    "content",
    "contents",
    "elements",
    "has",
    "holds",
    "items",
    "members",
    "nodes",
    "resources",
    "services",
    "subnets",
    "vpcs",
];

/// What other tools have in a box, where here links stand in flows: to another box, and from one.
const TARGETS: &[&str] = &[
    "calls",
    "connectedto",
    "connections",
    "connects",
    "connectsto",
    "dependson",
    "destination",
    "edges",
    "flowsto",
    "links",
    "next",
    "target",
    "targets",
    "to",
    "uses",
];
const ORIGINS: &[&str] = &["calledby", "from", "source", "usedby"];

/// What says where or how something is drawn.
const LOOKS: &[&str] = &[
    "align",
    "background",
    "border",
    "bottom",
    "col",
    "color",
    "colour",
    "column",
    "columns",
    "coordinates",
    "fill",
    "font",
    "fontsize",
    "grid",
    "h",
    "height",
    "layer",
    "layout",
    "left",
    "opacity",
    "order",
    "pos",
    "position",
    "rank",
    "right",
    "row",
    "rows",
    "shape",
    "size",
    "stroke",
    "style",
    "top",
    "w",
    "width",
    "x",
    "y",
    "z",
];

/// What other tools call the least and the most copies.
const LEAST: &[&str] = &["min", "mincapacity", "minimum", "mininstances", "minreplicas", "minsize", "mintasks"];
const MOST: &[&str] = &["max", "maxcapacity", "maximum", "maxinstances", "maxreplicas", "maxsize", "maxtasks"];
/// And a fixed number of them.
const COUNTS: &[&str] =
    &["copies", "desired", "desiredcapacity", "desiredcount", "instances", "number", "quantity", "replicas"];

/// What is meant by a key that its table does not take.
pub(super) struct Advice {
    /// The key that its value can be read as.
    pub guess: Option<&'static str>,
    /// What to type.
    pub help: String,
}

/// Advice that stands alone.
#[expect(clippy::unnecessary_wraps, reason = "what asks for advice expects that there may be none")]
fn say(help: String) -> Option<Advice> {
    Some(Advice { guess: None, help })
}

/// Where a key belongs that stands in a table, but is one of the whole file; keys below a header belong to it.
pub(super) fn of_the_file(folded: &str, value: &Value<'_>) -> Option<String> {
    let texts = texts(value)?;
    let a_file = texts.iter().any(|text| text.contains(".toml"));
    if schema::INCLUDES.contains(&folded) || folded == "include" {
        return a_file.then(|| format!("move it above all headers: `include = [{}]`", listed(&texts)));
    }
    let steps = texts.iter().all(|text| text.contains("->") || text.contains("~>") || text.contains(" -- "));
    (folded == "links" && steps && !texts.is_empty())
        .then(|| format!("links stand in flows: `steps = [{}]` below `[flows.main]`", listed(&texts)))
}

/// What is meant by the key `name` of the table `path` ("services.api").
pub(super) fn key(name: &str, value: &Value<'_>, shape: &Shape, path: &str) -> Option<Advice> {
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let is = |words: &[&str]| words.contains(&folded.as_str());
    let takes = |wanted: &str| shape.keys.iter().copied().find(|key| *key == wanted);
    let is_box = takes("in").is_some();
    let id = path.rsplit('.').next().unwrap_or(path);
    if is_box && let DeValue::Table(table) = value.get_ref() {
        return nested(name, table, path).or_else(|| limits(shape, &folded));
    }
    if is_box && matches!(folded.as_str(), "id" | "key" | "slug") {
        return say(format!("the id stands in the header, `[{path}]`: take `{name}` out"));
    }
    if is_box && let Some(ids) = texts(value) {
        if is(PARENTS) && !(folded.ends_with("zone") || folded == "az") || is(PARENTS) && takes("azs").is_none() {
            return Some(Advice { guess: takes("in"), help: format!("write `in = {}`", list_or_one(&ids)) });
        }
        if matches!(folded.as_str(), "az" | "zone" | "availabilityzone") && takes("azs").is_some() {
            let guess = takes("azs").filter(|_| value.get_ref().is_array());
            return Some(Advice { guess, help: format!("did you mean `azs = [{}]`?", listed(&ids)) });
        }
        if is(CHILDREN) && schema::is_container(path) {
            let child = ids.first()?;
            return say(format!("it is said the other way round: below the header of `{child}` write `in = \"{id}\"`"));
        }
        let ends = ids.join(", ");
        if is(TARGETS) {
            return say(format!("links stand in flows: `steps = [\"{id} -> {ends}\"]` below `[flows.main]`"));
        }
        if is(ORIGINS) {
            return say(format!("links stand in flows: `steps = [\"{ends} -> {id}\"]` below `[flows.main]`"));
        }
    }
    of_service(&folded, name, value, &takes)
        .or_else(|| of_subnet(&folded, value, &takes))
        .or_else(|| of_link(&folded, &takes))
        .or_else(|| {
            if is(LOOKS) && !(folded == "colour" && takes("color").is_some()) {
                looks(name, &folded, path)
            } else {
                None
            }
        })
}

/// A box inside another one's table.
fn nested(name: &str, table: &DeTable<'_>, path: &str) -> Option<Advice> {
    let (outer, id) = path.rsplit_once('.')?;
    if !schema::is_container(path) {
        return None;
    }
    let kind = schema::box_table(name);
    let child = kind.and_then(|_| table.iter().find(|(_, value)| value.get_ref().is_table()));
    let header = match (kind, child) {
        (Some(kind), Some((child, _))) => format!("[{kind}.{}]", child.get_ref()),
        (Some(kind), None) => format!("[{kind}.my-id]"),
        (None, _) if matches!(name, "scaling" | "tags" | "cidrs") => return None,
        (None, _) => format!("[services.{name}]"),
    };
    say(format!(
        "boxes do not stand in the table of another one ({outer}): write `{header}`, and below it `in = \"{id}\"`"
    ))
}

/// A table of limits under the name that another tool has for `scaling`.
fn limits(shape: &Shape, folded: &str) -> Option<Advice> {
    let limits = matches!(folded, "autoscaling" | "capacity" | "replicas" | "scale") && shape.keys.contains(&"scaling");
    limits.then(|| Advice { guess: None, help: "write `scaling = { min = 2, max = 10 }`".to_owned() })
}

/// Keys of services.
fn of_service(
    folded: &str,
    name: &str,
    value: &Value<'_>,
    takes: &dyn Fn(&str) -> Option<&'static str>,
) -> Option<Advice> {
    let number = match value.get_ref() {
        DeValue::Integer(digits) => Some(digits.as_str().to_owned()),
        _ => None,
    };
    let number = number.as_deref();
    if takes("scaling").is_some() && LEAST.contains(&folded) {
        return say(format!("write `scaling = {{ min = {}, max = … }}`", number.unwrap_or("2")));
    }
    if takes("scaling").is_some() && MOST.contains(&folded) {
        return say(format!("write `scaling = {{ min = …, max = {} }}`", number.unwrap_or("10")));
    }
    if takes("count").is_some() && COUNTS.contains(&folded) {
        return Some(Advice {
            guess: number.and(takes("count")),
            help: format!("write `count = {}`", number.unwrap_or("3")),
        });
    }
    if takes("multi-az").is_some()
        && matches!(folded, "ha" | "highlyavailable" | "highavailability" | "multizone" | "failover" | "standby")
    {
        return say("write `multi-az = true`".to_owned());
    }
    let engine = takes("engine").is_some() && matches!(folded, "database" | "dbengine" | "enginename" | "flavor");
    engine.then(|| Advice { guess: takes("engine"), help: format!("did you mean `engine`? `{name}` is none") })
}

/// Keys of subnets.
fn of_subnet(folded: &str, value: &Value<'_>, takes: &dyn Fn(&str) -> Option<&'static str>) -> Option<Advice> {
    takes("access")?;
    let on = match value.get_ref() {
        DeValue::Boolean(on) => *on,
        _ => true,
    };
    let word = match folded {
        "public" | "ispublic" | "mappubliciponlaunch" => ["private", "public"][usize::from(on)],
        "private" | "isprivate" => ["public", "private"][usize::from(on)],
        "isolated" | "internal" => "isolated",
        "type" | "kind" | "tier" => {
            let word = value.get_ref().as_str()?;
            schema::words("access").iter().copied().find(|known| word.eq_ignore_ascii_case(known))?
        }
        _ => return None,
    };
    say(format!("write `access = \"{word}\"`"))
}

/// Keys of links.
fn of_link(folded: &str, takes: &dyn Fn(&str) -> Option<&'static str>) -> Option<Advice> {
    takes("arrow")?;
    match folded {
        "async" | "asynchronous" | "dashed" | "dotted" => say("write `style = \"async\"`".to_owned()),
        "bidirectional" | "both" | "direction" | "twoway" => say("write `arrow = \"both\"`".to_owned()),
        "directed" | "undirected" => say("write `arrow = \"none\"`".to_owned()),
        "port" | "protocol" => say("write `label = \"HTTPS\"`".to_owned()),
        _ => None,
    }
}

fn looks(name: &str, folded: &str, path: &str) -> Option<Advice> {
    if path == "diagram" && matches!(folded, "background" | "color" | "colour" | "style") {
        return say("colours come from `theme`: write `theme = \"dark\"`, or take it out".to_owned());
    }
    say(format!("take `{name}` out: the picture is laid out and coloured by itself"))
}

/// What is meant by the table `name`, which the format does not have: a kind of service, with the id that stands in it.
pub(super) fn table(name: &str, value: &Value<'_>) -> Option<String> {
    let singular = name.strip_suffix("es").or_else(|| name.strip_suffix('s')).unwrap_or(name);
    let readings = [name, name.strip_suffix('s').unwrap_or(name), singular];
    let service = readings.iter().find_map(|reading| catalogue::service(&reading.to_lowercase()))?;
    let id = value.get_ref().as_table().and_then(|table| table.iter().find(|(_, value)| value.get_ref().is_table()));
    let id = id.map_or_else(|| "my-id".to_owned(), |(id, _)| id.get_ref().to_string());
    Some(format!("`{name}` is a kind: write `[services.{id}]`, and below it `kind = \"{}\"`", service.kind))
}

/// A line with the key `key` that says what `value`, which is of another type, must mean; `written` is its text.
pub(super) fn value(key: &Key, value: &Value<'_>, written: &str) -> Option<String> {
    let name = key.name;
    let one = matches!(key.takes, Takes::Text | Takes::Word | Takes::Id | Takes::IdOrIds);
    let list = matches!(key.takes, Takes::Ids | Takes::Texts | Takes::Selectors | Takes::Steps);
    match value.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_)
            if key.takes == Takes::Text =>
        {
            Some(format!("{name} = {}", quote(written)?))
        }
        DeValue::Integer(most) if name == "scaling" => {
            Some(format!("scaling = {{ min = 1, max = {} }}", most.as_str()))
        }
        DeValue::Integer(number) if key.takes == Takes::Flag => match number.as_str() {
            "0" => Some(format!("{name} = false")),
            "1" => Some(format!("{name} = true")),
            _ => None,
        },
        DeValue::String(text) if key.takes == Takes::Flag => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(format!("{name} = true")),
            "false" | "no" | "off" | "0" => Some(format!("{name} = false")),
            _ => None,
        },
        DeValue::String(text) if key.takes == Takes::Number => {
            text.trim().parse::<i64>().ok().map(|number| format!("{name} = {number}"))
        }
        DeValue::String(text) if name == "steps" => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Some(format!("steps = [{}]", quoted(lines)?))
        }
        DeValue::String(text) if list => Some(format!("{name} = [{}]", quoted(text.split(',').map(str::trim))?)),
        DeValue::Array(_) if one => match texts(value)?.as_slice() {
            [only] => Some(format!("{name} = {}", quote(only)?)),
            _ => None,
        },
        DeValue::Table(table) if one || list => {
            let inner: Vec<&str> = table.iter().filter_map(|(_, value)| value.get_ref().as_str()).collect();
            match inner.as_slice() {
                [] => None,
                [only] if one => Some(format!("{name} = {}", quote(only)?)),
                several if list => Some(format!("{name} = [{}]", quoted(several.iter().copied())?)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `azs` for a text, which it does not take: a number, or the zones that it names.
pub(super) fn zones(text: &str) -> String {
    if let Ok(count) = text.trim().parse::<u32>() {
        return format!("azs = {count}");
    }
    let zones = text.split([',', ' ']).map(str::trim).filter(|zone| !zone.is_empty());
    quoted(zones).map_or_else(|| schema::describe("azs").example.to_owned(), |zones| format!("azs = [{zones}]"))
}

/// A step that says what a table does: `from`, `to` and `label`.
pub(super) fn step(table: &DeTable<'_>) -> Option<String> {
    let text = |name: &str| table.get(name).and_then(|value| value.get_ref().as_str());
    let (from, to) = (text("from").or_else(|| text("source"))?, text("to").or_else(|| text("target"))?);
    let label = text("label").or_else(|| text("text")).or_else(|| text("name"));
    let step = label.map_or_else(|| format!("{from} -> {to}"), |label| format!("{from} -> {to} : {label}"));
    quote(&step)
}

/// The texts that a value holds: one, or a list of nothing else.
pub(super) fn texts<'v>(value: &'v Value<'_>) -> Option<Vec<&'v str>> {
    match value.get_ref() {
        DeValue::String(text) => Some(vec![text.as_ref()]),
        DeValue::Array(items) => items.iter().map(|item| item.get_ref().as_str()).collect(),
        _ => None,
    }
}

/// The value of a key that takes one text or a list.
pub(super) fn list_or_one(texts: &[&str]) -> String {
    match texts {
        [only] => format!("\"{only}\""),
        several => format!("[{}]", listed(several)),
    }
}

/// Texts in quotes, separated by commas.
pub(super) fn listed(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ")
}

fn quoted<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let all: Vec<String> = texts.map(quote).collect::<Option<_>>()?;
    (!all.is_empty()).then(|| all.join(", "))
}

/// A text in quotes, if it can stand there as it is.
fn quote(text: &str) -> Option<String> {
    let plain = !text.is_empty() && !text.contains(['"', '\\']) && !text.chars().any(char::is_control);
    plain.then(|| format!("\"{text}\""))
}
