//! The page in Spanish.

mod grammar;

use crate::catalogue::{Function, GroupStyle};
use crate::topology::Role;

use super::voice::{
    Access, Among, Clause, Extent, Headings, Network, Presence, Scaled, Subject, Tier, Unit, Voice, capitalised,
};
use grammar::Gender::{Feminine, Masculine};
use grammar::{clauses, counted, form, list, number, zones};

/// Spanish.
pub struct Spanish;

/// A subnet by its name, as one of several: "una subred pública", "una subred Datos".
fn one_subnet(name: &str) -> String {
    match name.strip_prefix("Subred").or_else(|| name.strip_prefix("subred")) {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => format!("una subred{rest}"),
        _ => format!("una subred {name}"),
    }
}

/// What a clause says of its names, in one place or in several.
fn clause(clause: &Clause, several: bool) -> String {
    let names = list(&clause.names);
    let text = match &clause.presence {
        Presence::EachZone => format!("{names} en cada zona"),
        Presence::Spanning => format!("{names} para todas las zonas"),
        Presence::Zones(letters) => format!("{names} en {}", zones(letters)),
        Presence::Plain => names,
        Presence::Border => format!("{names} en {}", form(several, "su borde", "sus bordes")),
    };
    if clause.only.is_empty() { text } else { format!("{text} (solo en {})", list(&clause.only)) }
}

/// "dos cuentas, una VPC y dos zonas de disponibilidad", without what there is none of.
fn parts(extent: &Extent, accounts: bool) -> String {
    let counts = [
        (if accounts { extent.accounts } else { 0 }, "cuenta", "cuentas"),
        (extent.networks, "VPC", "VPC"),
        (extent.zones, "zona de disponibilidad", "zonas de disponibilidad"),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|&&(count, ..)| count > 0)
        .map(|&(count, one, many)| counted(count, Feminine, one, many))
        .collect();
    list(&parts)
}

/// Where it runs, and in how much of it.
fn whereabouts(extent: &Extent) -> Option<String> {
    let what = parts(extent, true);
    match (extent.regions.as_slice(), what.is_empty()) {
        ([], true) => None,
        ([], false) => Some(format!("Consta de {what}.")),
        ([only], true) => Some(format!("Funciona en una región, {only}.")),
        ([only], false) => Some(format!("Funciona en una región, {only}, con {what}.")),
        (several, _) => {
            let regions = format!("{}, {}", counted(several.len(), Feminine, "región", "regiones"), list(several));
            let each = if extent.alike { parts(extent, false) } else { what };
            Some(match (each.is_empty(), extent.alike) {
                (true, _) => format!("Se extiende por {regions}."),
                (false, true) => format!("Se extiende por {regions}, cada una con {each}."),
                (false, false) => format!("Se extiende por {regions}, con {each} en total."),
            })
        }
    }
}

/// What copies are called.
fn unit(unit: Unit, plural: bool) -> &'static str {
    match unit {
        Unit::Instances => form(plural, "instancia", "instancias"),
        Unit::Tasks => form(plural, "tarea", "tareas"),
        Unit::Copies => form(plural, "copia", "copias"),
    }
}

/// The article and the noun of a group.
fn noun(style: GroupStyle) -> (&'static str, &'static str) {
    match style {
        GroupStyle::Cloud => ("la", "nube"),
        GroupStyle::Account => ("la", "cuenta"),
        GroupStyle::Region => ("la", "región"),
        GroupStyle::Zone => ("la", "zona de disponibilidad"),
        GroupStyle::Vpc => ("la", "VPC"),
        GroupStyle::PublicSubnet => ("la", "subred pública"),
        GroupStyle::PrivateSubnet => ("la", "subred privada"),
        GroupStyle::SecurityGroup => ("el", "grupo de seguridad"),
        GroupStyle::AutoScalingGroup => ("el", "grupo de Auto Scaling"),
        GroupStyle::SpotFleet => ("la", "flota de spot"),
        GroupStyle::StepFunctions => ("el", "flujo de Step Functions"),
        GroupStyle::CorporateDataCenter => ("el", "centro de datos"),
        GroupStyle::ServerContents => ("el", "servidor"),
        GroupStyle::InstanceContents => ("la", "instancia"),
        GroupStyle::IotGreengrass => ("el", "núcleo de Greengrass"),
        GroupStyle::Cluster => ("el", "clúster"),
        GroupStyle::Generic => ("el", "grupo"),
    }
}

/// "Subred de datos" as what stands behind "las subredes": "de datos".
fn subnet_name(name: &str, plural: bool) -> String {
    let rest = ["Subredes ", "subredes ", "Subred ", "subred "].iter().find_map(|start| name.strip_prefix(start));
    let rest = rest.unwrap_or(name);
    let (first, tail) = rest.split_once(' ').map_or((rest, ""), |(first, tail)| (first, tail));
    let agrees = ["pública", "privada", "aislada"].contains(&first);
    match (agrees && plural, tail.is_empty()) {
        (true, true) => format!("{first}s"),
        (true, false) => format!("{first}s {tail}"),
        (false, _) => rest.to_owned(),
    }
}

impl Voice for Spanish {
    fn headings(&self) -> Headings {
        Headings {
            places: "Dónde está cada cosa",
            stores: "Datos",
            outside: "Fuera de AWS",
            flows: "Cómo funciona, paso a paso",
            connections: "Conexiones",
            resilience: "Escalado y disponibilidad",
            choices: "Componentes y motivos",
            requirements: "Requisitos",
            views: "Vistas",
        }
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
        format!("la zona {letter}")
    }

    fn asynchronous(&self) -> &'static str {
        "asíncrono"
    }

    fn asynchronous_stem(&self) -> &'static str {
        "asíncron"
    }

    fn overview(&self, extent: &Extent) -> String {
        let mut has = Vec::new();
        if extent.services > 0 {
            let services = counted(extent.services, Masculine, "servicio", "servicios");
            let all = extent.serverless && extent.services > 1;
            has.push(if all { format!("{services}, todos sin servidor,") } else { services });
        }
        if extent.externals > 0 {
            has.push(counted(extent.externals, Masculine, "elemento externo a AWS", "elementos externos a AWS"));
        }
        let mut sentences = Vec::new();
        if !has.is_empty() {
            sentences.push(format!("La arquitectura reúne {}.", list(&has).trim_end_matches(',')));
        }
        sentences.extend(whereabouts(extent));
        sentences.join(" ")
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

    fn surrounds(&self, group: &Subject, members: &[String]) -> String {
        format!("{} agrupa {}.", capitalised(&group.text), list(members))
    }

    fn global(&self, names: &[String]) -> String {
        match names {
            [only] => format!("Un servicio no pertenece a ninguna región: {only}."),
            _ => format!(
                "{} no pertenecen a ninguna región: {}.",
                capitalised(&counted(names.len(), Masculine, "servicio", "servicios")),
                list(names)
            ),
        }
    }

    fn loose(&self, names: &[String]) -> String {
        format!("Fuera de todo grupo: {}.", list(names))
    }

    fn regional(&self, names: &[String], regions: &Among, vpcs: usize) -> String {
        let place = match regions {
            Among::Only => String::new(),
            Among::All => "en cada región ".to_owned(),
            Among::Some(regions) => format!("en {} ", list(regions)),
        };
        let count = counted(names.len(), Masculine, "servicio", "servicios");
        let verb = form(names.len() > 1, "funciona", "funcionan");
        let rest = match vpcs {
            0 => "sin VPC",
            1 => "fuera de la VPC",
            _ => "fuera de las VPC",
        };
        capitalised(&format!("{place}{verb} {rest} {count}: {}.", list(names)))
    }

    fn network(&self, network: &Network) -> String {
        let count = counted(network.zones.len(), Feminine, "zona de disponibilidad", "zonas de disponibilidad");
        let each = form(network.zones.len() > 1, "con", "cada una con");
        let tiers: Vec<String> = network.tiers.iter().map(|name| one_subnet(name)).collect();
        let tiers = if tiers.is_empty() { String::new() } else { format!(", {each} {}", list(&tiers)) };
        let verb = form(network.subject.plural, "tiene", "tienen");
        capitalised(&format!("{} {verb} {count}, {}{tiers}.", network.subject.text, list(&network.zones)))
    }

    fn stores(&self, function: Function, stores: &[(String, Vec<String>)]) -> String {
        let what = match function {
            Function::RelationalStore => "Los datos relacionales se guardan en",
            Function::NonRelationalStore => "Los datos no relacionales se guardan en",
            Function::Cache => "Los datos en caché se guardan en",
            _ => "Los archivos y objetos se guardan en",
        };
        let said: Vec<String> = stores
            .iter()
            .map(
                |(name, users)| {
                    if users.is_empty() { name.clone() } else { format!("{name}, con acceso desde {}", list(users)) }
                },
            )
            .collect();
        format!("{what} {}.", said.join("; y en "))
    }

    fn traffic_from(&self, sources: &[String], targets: &[String]) -> String {
        format!("El tráfico desde {} llega a {}.", list(sources), list(targets))
    }

    fn traffic_to(&self, targets: &[String], sources: &[String], via: &[String]) -> String {
        let way = if via.is_empty() { String::new() } else { format!(" y pasa por {}", list(via)) };
        format!("El tráfico hacia {} parte de {}{way}.", list(targets), list(sources))
    }

    fn traffic_between(&self, names: &[String], others: &[String]) -> String {
        format!("Hay una conexión que une {} con {}.", list(names), list(others))
    }

    fn unlinked(&self, names: &[String]) -> String {
        format!("La imagen muestra además, sin conexiones, lo siguiente: {}.", list(names))
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

    fn balances(&self, pairs: &[(Vec<String>, Vec<String>)], zones: usize) -> String {
        let place = match zones {
            0 | 1 => "Las peticiones".to_owned(),
            2 => "En ambas zonas, las peticiones".to_owned(),
            _ => format!("En las {} zonas, las peticiones", number(zones, Feminine)),
        };
        let said: Vec<String> = pairs
            .iter()
            .enumerate()
            .map(|(index, (balancers, targets))| {
                let copies = if index == 0 { "las copias" } else { "las" };
                format!("entre {copies} de {} mediante {}", list(targets), list(balancers))
            })
            .collect();
        format!("{place} se reparten {}.", clauses(&said))
    }

    fn survives(&self, names: &[String], zones: usize) -> String {
        match zones {
            2 => format!("Si falla una zona, la otra conserva sus copias de {}.", list(names)),
            _ => format!("Si falla una zona, las demás conservan sus copias de {}.", list(names)),
        }
    }

    fn standby(&self, name: &str, primary: &str, standby: &[String], each_region: bool) -> String {
        let place = if each_region { "En cada región, la zona" } else { "La zona" };
        let primary = format!("{place} {primary} tiene la copia principal de {name}");
        match standby {
            [] => format!("{primary}."),
            [only] => format!("{primary} y la zona {only} la de reserva, que la releva si falla."),
            several => format!("{primary} y {} las de reserva, una de las cuales la releva si falla.", zones(several)),
        }
    }

    fn single(&self, names: &[String], zone: &str, regions: &[String]) -> String {
        let region = if regions.is_empty() { String::new() } else { format!(" de {}", list(regions)) };
        format!(
            "Solo la zona {zone}{region} tiene {}, de modo que {} si esa zona falla.",
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
    fn the_overview_counts() {
        let extent = Extent {
            services: 12,
            externals: 1,
            regions: strings(&["Irlanda", "Israel"]),
            networks: 1,
            zones: 2,
            alike: true,
            ..Extent::default()
        };
        assert_eq!(
            Spanish.overview(&extent),
            "La arquitectura reúne doce servicios y un elemento externo a AWS. Se extiende por dos regiones, Irlanda e Israel, cada una con una VPC y dos zonas de disponibilidad."
        );
    }
}
