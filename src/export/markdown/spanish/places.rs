//! Places in Spanish: subnets, what stands in them, and how much there is of everything.

use crate::catalogue::GroupStyle;

use super::super::voice::{Clause, Extent, Presence};
use super::grammar::{counted, form, list, zones};

/// A subnet by its name, as one of several: "una subred pública", "una subred Datos".
pub(super) fn one_subnet(name: &str) -> String {
    match name.strip_prefix("Subred").or_else(|| name.strip_prefix("subred")) {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => format!("una subred{rest}"),
        _ => format!("una subred {name}"),
    }
}

/// What a clause says of its names, in one place or in several.
pub(super) fn clause(clause: &Clause, several: bool) -> String {
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
pub(super) fn parts(extent: &Extent, accounts: bool) -> String {
    let counts = [
        (if accounts { extent.accounts } else { 0 }, "cuenta", "cuentas"),
        (extent.networks, "VPC", "VPC"),
        (extent.zones, "zona de disponibilidad", "zonas de disponibilidad"),
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
        ([], false) => Some(format!("La arquitectura consta de {what}.")),
        ([only], true) => Some(format!("La arquitectura utiliza una región, {only}.")),
        ([only], false) => Some(format!("La arquitectura utiliza una región, {only}, con {what}.")),
        (several, _) => {
            let regions = format!("{}, {}", counted(several.len(), "región", "regiones"), list(several));
            let each = if extent.alike { parts(extent, false) } else { what };
            Some(match (each.is_empty(), extent.alike) {
                (true, _) => format!("La arquitectura se extiende por {regions}."),
                (false, true) => format!("La arquitectura se extiende por {regions}, cada una con {each}."),
                (false, false) => format!("La arquitectura se extiende por {regions}, con {each} en total."),
            })
        }
    }
}

/// The article and the noun of a group.
pub(super) fn noun(style: GroupStyle) -> (&'static str, &'static str) {
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
pub(super) fn subnet_name(name: &str, plural: bool) -> String {
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
