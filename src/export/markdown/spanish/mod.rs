//! The page in Spanish.

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
use grammar::{clauses, form, list, zone, zones};
use places::{clause, noun, one_subnet, subnet_name, whereabouts};

/// Spanish.
pub struct Spanish;

/// What copies are called.
fn unit(unit: Unit, plural: bool) -> &'static str {
    match unit {
        Unit::Instances => form(plural, "instancia", "instancias"),
        Unit::Tasks => form(plural, "tarea", "tareas"),
        Unit::Copies => form(plural, "copia", "copias"),
    }
}

impl Voice for Spanish {
    fn headings(&self) -> Headings {
        Headings {
            frontend: "Frontend",
            application: ("Backend", "Aplicación"),
            data: "Datos",
            network: "Red",
            operation: "Seguridad y operación",
            outside: "Servicios externos",
            flows: "Cómo funciona, paso a paso",
            connections: "Conexiones",
            resilience: "Alta disponibilidad y carga",
            requirements: "Requisitos",
            findings: "Puntos abiertos",
            views: "Vistas",
            inventory: "Inventario",
            failures: "Qué hace cada fallo",
            availability: "Disponibilidad",
        }
    }

    fn code(&self) -> &'static str {
        "es"
    }

    fn contracted(&self, text: &str) -> String {
        text.replace(" de el ", " del ").replace(" a el ", " al ")
    }

    fn after_nouns(&self, text: &str) -> String {
        const NOUNS: [&str; 5] =
            ["base de datos", "balanceador", "almacén de objetos", "servicio externo", "servicios externos"];
        let articles = ["el", "la", "los", "las"];
        let pairs = NOUNS.iter().flat_map(|noun| articles.iter().map(move |article| (noun, article)));
        pairs.fold(text.to_owned(), |text, (noun, article)| {
            text.replace(&format!("{noun} {article} "), &format!("{noun} "))
        })
    }

    fn untitled(&self) -> &'static str {
        "Arquitectura"
    }

    fn role(&self, name: &str, role: Role) -> String {
        let role = match role {
            Role::Active => "activa",
            Role::Passive => "pasiva",
        };
        format!("{name} ({role})")
    }

    fn list(&self, items: &[String]) -> String {
        list(items)
    }

    fn located(&self, name: &str, places: &[String]) -> String {
        format!("{name} en {}", list(places))
    }

    fn zone(&self, letter: &str) -> String {
        zone(letter)
    }

    fn asynchronous(&self) -> &'static str {
        "asíncrono"
    }

    fn asynchronous_stem(&self) -> &'static str {
        "asíncron"
    }

    fn overview(&self, extent: &Extent) -> String {
        whereabouts(extent).unwrap_or_default()
    }

    fn there(&self, regions: &Among, subject: &Subject) -> Subject {
        let text = match regions {
            Among::Only => subject.text.clone(),
            Among::All => format!("en cada región, {}", subject.text),
            Among::Some(regions) => format!("en {}, {}", list(regions), subject.text),
        };
        Subject { text, plural: subject.plural }
    }

    fn the_same(&self, plural: bool) -> Subject {
        // Spanish leaves it out.
        Subject { text: String::new(), plural }
    }

    fn container(&self, style: GroupStyle, name: &str) -> Subject {
        let (article, noun) = noun(style);
        // A name that has its own noun needs only the article: "la Cuenta de red" is "la cuenta de red".
        let (lower, noun_lower) = (name.to_lowercase(), noun.to_lowercase());
        let says_itself =
            lower.split(' ').any(|word| word == noun_lower) || lower.starts_with(&format!("{noun_lower} "));
        let text = match lower.starts_with(&noun_lower) {
            true if says_itself => {
                let rest: String = name.chars().skip(noun.chars().count()).collect();
                format!("{article} {noun}{rest}")
            }
            false if says_itself => format!("{article} {name}"),
            _ => format!("{article} {noun} {name}"),
        };
        Subject { text, plural: false }
    }

    fn tier(&self, tier: &Tier) -> Subject {
        let noun = form(tier.plural, "la subred", "las subredes");
        let text = match tier.access {
            Some(Access::Public) => format!("{noun} {}", form(tier.plural, "pública", "públicas")),
            Some(Access::Private) => format!("{noun} {}", form(tier.plural, "privada", "privadas")),
            None => format!("{noun} {}", subnet_name(&tier.name, tier.plural)),
        };
        Subject { text, plural: tier.plural }
    }

    fn several(&self, places: &[Subject]) -> Subject {
        let texts: Vec<String> = places.iter().map(|place| place.text.clone()).collect();
        Subject { text: list(&texts), plural: true }
    }

    fn holds(&self, place: &Subject, held: &[Clause]) -> String {
        let said: Vec<String> = held.iter().map(|part| clause(part, place.plural)).collect();
        let verb = form(place.plural, "contiene", "contienen");
        capitalised(format!("{} {verb} {}.", place.text, clauses(&said)).trim_start())
    }

    fn tiers(&self, tiers: &[(Subject, Vec<String>)]) -> String {
        let said: Vec<String> = tiers
            .iter()
            .enumerate()
            .map(|(index, (subject, names))| match index {
                0 => format!("{} {} {}", subject.text, form(subject.plural, "contiene", "contienen"), list(names)),
                _ => format!("{}, {}", subject.text, list(names)),
            })
            .collect();
        capitalised(&format!("{}.", said.join("; ")))
    }

    fn surrounds(&self, group: &Subject, members: &[String]) -> String {
        format!("{} agrupa {}.", capitalised(&group.text), list(members))
    }

    fn network(&self, network: &Network) -> String {
        let tiers: Vec<String> = network.tiers.iter().map(|name| one_subnet(name)).collect();
        let plural = network.subject.plural;
        let (place, each) = match network.zones.as_slice() {
            [only] => (
                format!(
                    "{} en {}",
                    form(plural, "está", "están"),
                    zone(only).replacen("zona", "zona de disponibilidad", 1)
                ),
                "con",
            ),
            several => (
                format!(
                    "{} {}",
                    form(plural, "abarca", "abarcan"),
                    zones(several).replacen("zonas", "zonas de disponibilidad", 1)
                ),
                "cada una con",
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
            Some(plain) => format!("el {plain}"),
            None => leads::with_article(&mention.name, &mention.name, mention.named),
        }
    }

    fn lead(&self, duty: Duty, names: &str, targets: &[String], also: bool) -> String {
        leads::lead(duty, names, targets, also)
    }

    fn balances(&self, pairs: &[(String, Vec<String>)]) -> String {
        let said = pairs.iter().enumerate().map(|(index, (names, targets))| {
            let copies = if index == 0 { "las copias" } else { "las" };
            format!("entre {copies} de {} mediante {names}", list(targets))
        });
        format!("Las peticiones se reparten {}.", said.collect::<Vec<_>>().join(", y "))
    }

    fn joined(&self, lead: &str, text: &str) -> Option<String> {
        leads::joined(lead, text)
    }

    fn in_place_of_it(&self, name: &str, text: &str) -> Option<String> {
        leads::in_place_of_it(name, text)
    }

    fn called(&self, names: &[String], sources: &[String], via: &[String]) -> String {
        let what = form(names.len() > 1, "al servicio externo", "a los servicios externos");
        let way = if via.is_empty() { String::new() } else { format!(" y pasan por {}", list(via)) };
        format!("Las llamadas {what} {} parten de {}{way}.", list(names), list(sources))
    }

    fn relies(&self, names: &[String]) -> String {
        format!("Fuera de AWS, la arquitectura se apoya en {}", list(names))
    }

    fn scales(&self, scaled: &[Scaled]) -> String {
        let said: Vec<String> = scaled
            .iter()
            .filter_map(|Scaled { name, unit: kind, min, max }| {
                Some(match (min, max) {
                    (Some(min), Some(max)) if min == max => {
                        format!("exactamente {min} {} de {name}", unit(*kind, *min != 1))
                    }
                    (Some(min), Some(max)) => format!("entre {min} y {max} {} de {name}", unit(*kind, true)),
                    (Some(min), None) => format!("al menos {min} {} de {name}", unit(*kind, *min != 1)),
                    (None, Some(max)) => format!("como máximo {max} {} de {name}", unit(*kind, *max != 1)),
                    (None, None) => return None,
                })
            })
            .collect();
        format!("Según la carga, hay {}.", said.join("; "))
    }

    fn scaling_groups(&self, names: &[String]) -> String {
        format!("Auto Scaling ajusta a la carga el número de copias de {}.", list(names))
    }

    fn managed(&self, names: &[String], all: bool) -> String {
        let depend = form(names.len() > 1, "dependa", "dependan");
        let what = if all && names.len() > 1 { "todos estos servicios".to_owned() } else { list(names) };
        format!("AWS se encarga de escalar {what}, sin que {depend} de una sola zona.")
    }

    fn unsized_services(&self, names: &[String]) -> String {
        format!("No hay instancias que dimensionar en {}.", list(names))
    }

    fn regional_by_itself(&self, names: &[String]) -> String {
        format!("No {} de una sola zona {}.", form(names.len() > 1, "depende", "dependen"), list(names))
    }

    fn survives(&self, names: &[String], zones: usize, all: bool) -> String {
        let lead = if all { "Ningún flujo se interrumpe si falla una zona:" } else { "Si falla una zona," };
        match zones {
            2 => format!("{lead} la otra conserva sus copias de {}.", list(names)),
            _ => format!("{lead} las demás conservan sus copias de {}.", list(names)),
        }
    }

    fn no_flow_stops(&self) -> String {
        "Ningún flujo se interrumpe si falla una zona.".to_owned()
    }

    fn stops(&self, loss: &Loss, flows: &[String], at: &[String]) -> String {
        let loss = match loss {
            Loss::Zones(letters, region) => {
                let region = region.as_ref().map_or_else(String::new, |region| format!(" de {region}"));
                let letters: Vec<String> = letters.iter().map(|letter| zone(letter)).collect();
                format!("{}{region}", letters.join(" o "))
            }
            Loss::Region(name) => name.clone(),
        };
        match flows {
            [] => format!("Si falla {loss}, nada pasa de {}.", list(at)),
            [only] => format!("Si falla {loss}, se interrumpe el flujo {only}, que depende de {}.", list(at)),
            _ => format!("Si falla {loss}, se interrumpen los flujos {}, que dependen de {}.", list(flows), list(at)),
        }
    }

    fn standby(&self, name: &str, primary: &str, standby: &[String], each_region: bool) -> String {
        let place = if each_region { "en cada región, " } else { "" };
        let primary = capitalised(&format!("{place}{} tiene la copia principal de {name}", zone(primary)));
        match standby {
            [] => format!("{primary}."),
            [only] => format!("{primary} y {} la de reserva, que la releva si falla.", zone(only)),
            several => format!("{primary} y {} las de reserva, una de las cuales la releva si falla.", zones(several)),
        }
    }

    fn single(&self, names: &[String], zone: &str, regions: &[String]) -> String {
        let region = if regions.is_empty() { String::new() } else { format!(" de {}", list(regions)) };
        format!(
            "Solo {}{region} tiene {}, de modo que {} si esa zona falla.",
            self.zone(zone),
            list(names),
            form(names.len() > 1, "deja de estar disponible", "dejan de estar disponibles")
        )
    }

    fn unplaced(&self, names: &[String]) -> String {
        format!("El modelo no indica en qué zonas se encuentra lo siguiente: {}.", list(names))
    }

    fn one_region(&self, region: &str) -> String {
        format!("Nada sustituye a {region} si falla la región entera.")
    }

    fn takes_over(&self, active: &str, passive: &str, by: &[String]) -> String {
        let how = if by.is_empty() {
            String::new()
        } else {
            format!(" y las peticiones se dirigen allí mediante {}", list(by))
        };
        format!("Si falla {active}, {passive} toma el relevo{how}.")
    }

    fn side_by_side(&self, regions: &[String]) -> String {
        format!("Las regiones {} atienden a la vez: si falla una, ningún flujo se interrumpe.", list(regions))
    }

    fn waiting(&self, passive: &[String], everything: bool, names: &[String]) -> String {
        if everything {
            format!("En {} espera una copia de todo lo que hay en la región activa.", list(passive))
        } else {
            format!("En {} esperan copias de {}.", list(passive), list(names))
        }
    }

    fn replicated(&self, names: &[String], from: &str, to: &str, asynchronous: bool) -> String {
        let how = if asynchronous {
            " de forma asíncrona, así que tras una conmutación pueden faltar las últimas escrituras"
        } else {
            ""
        };
        format!("Los datos de {} se copian de {from} a {to}{how}.", list(names))
    }

    fn quoted(&self, name: &str) -> String {
        format!("«{name}»")
    }

    fn answer(&self, answer: Answer) -> &'static str {
        match answer {
            Answer::Met => "Sí",
            Answer::NotMet => "No",
            Answer::Unknown => "Sin respuesta",
        }
    }

    fn remedy(&self, help: &str) -> String {
        format!("Remedio: {help}.")
    }

    fn accepted(&self, reason: Option<&str>) -> String {
        reason.map_or_else(|| "Se acepta así.".to_owned(), |reason| format!("Se acepta así. {reason}"))
    }

    fn tables(&self) -> &'static Labels {
        &tables::LABELS
    }

    fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Survives => "continúa",
            Verdict::Degraded => "degradado",
            Verdict::Down => "**caído**",
        }
    }

    fn at_most(&self, share: f64) -> String {
        // Rounded down: a bound must not promise more than it is.
        let digits = if share < 0.9999 { 2 } else { 4 };
        let scale = 10_f64.powi(digits);
        let percent = (share * 100.0 * scale).floor() / scale;
        format!("como máximo {}", decimal(&format!("{percent:.*}", digits as usize)))
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
    format!("{} %", figure.replace('.', ","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(items: &[&str]) -> Vec<String> {
        items.iter().map(|&item| item.to_owned()).collect()
    }

    #[test]
    fn subnets_agree() {
        let tier = |name: &str, access, plural| Spanish.tier(&Tier { name: name.to_owned(), access, plural }).text;
        assert_eq!(tier("Subred pública", Some(Access::Public), true), "las subredes públicas");
        assert_eq!(tier("Subred privada", None, true), "las subredes privadas");
        assert_eq!(tier("Subred de datos", None, true), "las subredes de datos");
        assert_eq!(tier("Subred de datos", None, false), "la subred de datos");
        assert_eq!(tier("Datos", None, true), "las subredes Datos");
    }

    #[test]
    fn containers_have_their_article() {
        let container = |style, name: &str| Spanish.container(style, name).text;
        assert_eq!(container(GroupStyle::Account, "Cuenta de red"), "la cuenta de red");
        assert_eq!(container(GroupStyle::Vpc, "VPC principal"), "la VPC principal");
        assert_eq!(container(GroupStyle::Vpc, "Shop VPC"), "la Shop VPC");
        assert_eq!(container(GroupStyle::SecurityGroup, "Aplicación"), "el grupo de seguridad Aplicación");
        assert_eq!(container(GroupStyle::Generic, "Grupos"), "el grupo Grupos");
    }

    #[test]
    fn one_and_many_agree() {
        let flows =
            |names: &[&str]| Spanish.stops(&Loss::Zones(strings(&["a"]), None), &strings(names), &strings(&["X"]));
        assert_eq!(flows(&["«P»"]), "Si falla la zona a, se interrumpe el flujo «P», que depende de X.");
        assert_eq!(
            flows(&["«P»", "«Q»"]),
            "Si falla la zona a, se interrumpen los flujos «P» y «Q», que dependen de X."
        );
        let called = |names: &[&str]| Spanish.called(&strings(names), &strings(&["Z"]), &[]);
        assert_eq!(called(&["X"]), "Las llamadas al servicio externo X parten de Z.");
        assert_eq!(
            called(&["X", "Y"]),
            "Las llamadas a los servicios externos X e Y parten de Z.".replace("X e Y", "X y Y")
        );
        assert_eq!(Spanish.contracted("copias de el NAT gateway"), "copias del NAT gateway");
    }
}
