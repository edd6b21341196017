//! The picture in words: what screen readers say, and the alt text of every page that shows it.

use crate::catalogue::Scope;
use crate::topology::{BoxId, Definition, GroupStyle, Language, Topology};

/// How many services the alt text names before it counts the rest.
const NAMED_SERVICES: usize = 8;

/// What the picture shows, in one or two sentences in the language of the topology.
pub fn alt_text(topology: &Topology) -> String {
    let language = topology.heading.language;
    let subject = match (&topology.heading.title, language) {
        (Some(title), Language::English) => format!("Architecture diagram “{}”", title.trim()),
        (Some(title), Language::Spanish) => format!("Diagrama de arquitectura «{}»", title.trim()),
        (None, language) => untitled(language).to_owned(),
    };
    let places = places(topology);
    let mut sentence = if places.is_empty() { subject } else { format!("{subject}: {}", list(&places, language)) };
    sentence.push('.');
    let mut services = services(topology);
    if services.is_empty() {
        return sentence;
    }
    if services.len() > NAMED_SERVICES + 1 {
        let rest = services.len() - NAMED_SERVICES;
        services.truncate(NAMED_SERVICES);
        services.push(match language {
            Language::English => format!("{rest} more"),
            Language::Spanish => format!("{rest} más"),
        });
    }
    let verb = match language {
        Language::English => "It shows",
        Language::Spanish => "Muestra",
    };
    format!("{sentence} {verb} {}.", list(&services, language))
}

/// What a picture without a title is called.
pub const fn untitled(language: Language) -> &'static str {
    match language {
        Language::English => "AWS architecture diagram",
        Language::Spanish => "Diagrama de arquitectura de AWS",
    }
}

/// The word between the two ends of a link.
pub const fn to(language: Language) -> &'static str {
    match language {
        Language::English => "to",
        Language::Spanish => "a",
    }
}

/// What a box is called: its caption, or its address where it has none.
pub fn name(topology: &Topology, id: BoxId) -> &str {
    let element = topology.element(id);
    if element.caption.trim().is_empty() { &element.address } else { &element.caption }
}

/// What is said of a box: its name, and its description or, where its name does not tell, what service it is.
pub fn title(topology: &Topology, id: BoxId) -> String {
    let name = name(topology, id);
    let definition = topology.definition(id);
    let service = definition.service.map(|service| service.title).filter(|title| *title != name);
    match definition.description.as_deref().or(service) {
        Some(more) => format!("{name}: {more}"),
        None => name.to_owned(),
    }
}

/// The regions, zones and networks, counted.
fn places(topology: &Topology) -> Vec<String> {
    let language = topology.heading.language;
    let count = |style| {
        let boxes = topology.boxes.iter().filter_map(|element| element.container());
        boxes.filter(|container| container.style == style).count()
    };
    let words: [(GroupStyle, [&str; 2], [&str; 2]); 4] = [
        (GroupStyle::Account, ["AWS account", "AWS accounts"], ["cuenta de AWS", "cuentas de AWS"]),
        (GroupStyle::Region, ["Region", "Regions"], ["región", "regiones"]),
        (
            GroupStyle::Zone,
            ["Availability Zone", "Availability Zones"],
            ["zona de disponibilidad", "zonas de disponibilidad"],
        ),
        (GroupStyle::Vpc, ["VPC", "VPCs"], ["VPC", "VPC"]),
    ];
    words
        .into_iter()
        .filter_map(|(style, english, spanish)| {
            let count = count(style);
            let [one, many] = if language == Language::English { english } else { spanish };
            match count {
                0 => None,
                1 => Some(format!("1 {one}")),
                _ => Some(format!("{count} {many}")),
            }
        })
        .collect()
}

/// The names of the leaves in the order of the flow (clients first, then entry, applications, data), each once.
fn services(topology: &Topology) -> Vec<String> {
    let tier = |definition: &Definition| definition.service.map_or(u8::MAX, |service| service.tier);
    let mut leaves: Vec<&Definition> = topology
        .definitions
        .iter()
        .filter(|definition| definition.copies.iter().any(|&copy| topology.is_component(copy)))
        .collect();
    leaves.sort_by_key(|definition| tier(definition));
    let mut names: Vec<String> = Vec::new();
    for definition in leaves {
        // What stands outside AWS, or has no kind to speak of, is known by its own name.
        let service = definition.service.filter(|service| service.icon.is_some() && service.scope != Scope::External);
        let name = service.map_or(definition.name.as_str(), |service| service.title);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// `a, b and c`.
fn list(items: &[String], language: Language) -> String {
    let and = match language {
        Language::English => "and",
        Language::Spanish => "y",
    };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn the_alt_text_counts_places_and_names_services() {
        let mut fixture = Fixture::two_services();
        assert_eq!(alt_text(&fixture.topology), "Architecture diagram “Orders”: 1 VPC. It shows api and store.");
        fixture.topology.heading.language = Language::Spanish;
        assert_eq!(alt_text(&fixture.topology), "Diagrama de arquitectura «Orders»: 1 VPC. Muestra api y store.");
    }

    #[test]
    fn an_empty_picture_has_an_alt_text_too() {
        assert_eq!(alt_text(&Fixture::new(10, 10).topology), "AWS architecture diagram.");
    }

    #[test]
    fn many_services_are_counted() {
        let mut fixture = Fixture::new(10, 10);
        for index in 0..12 {
            fixture.node(&format!("s{index}"), None, crate::geometry::Rect::default(), None);
        }
        assert!(alt_text(&fixture.topology).ends_with("s7 and 4 more."));
    }
}
