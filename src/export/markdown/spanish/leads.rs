//! How Spanish begins to speak of a service. Every sentence ends with its name, so that what follows is about it.

use super::super::duty::Duty;
use super::super::voice::Mention;
use super::grammar::list;

/// What a name begins with that takes an article, with it.
const NOUNS: [(&str, &str); 41] = [
    ("almacén", "el"),
    ("api", "la"),
    ("aplicación", "la"),
    ("balanceador", "el"),
    ("base", "la"),
    ("bucket", "el"),
    ("bus", "el"),
    ("caché", "la"),
    ("cluster", "el"),
    ("clúster", "el"),
    ("cola", "la"),
    ("colas", "las"),
    ("cortafuegos", "el"),
    ("cuenta", "la"),
    ("cuentas", "las"),
    ("datos", "los"),
    ("función", "la"),
    ("grupo", "el"),
    ("imágenes", "las"),
    ("instancia", "la"),
    ("instancias", "las"),
    ("microservicio", "el"),
    ("microservicios", "los"),
    ("nodo", "el"),
    ("nodos", "los"),
    ("panel", "el"),
    ("pasarela", "la"),
    ("portal", "el"),
    ("puerta", "la"),
    ("red", "la"),
    ("registro", "el"),
    ("repositorio", "el"),
    ("rol", "el"),
    ("servicio", "el"),
    ("servicios", "los"),
    ("servidor", "el"),
    ("servidores", "los"),
    ("sistema", "el"),
    ("sitio", "el"),
    ("tabla", "la"),
    ("web", "la"),
];

/// Verbs with which authors begin to say what something does; behind them a sentence goes on with "que".
const VERBS: [&str; 44] = [
    "almacena",
    "apunta",
    "atiende",
    "conecta",
    "contiene",
    "controla",
    "crea",
    "da",
    "decide",
    "dirige",
    "distribuye",
    "ejecuta",
    "entrega",
    "envía",
    "escala",
    "escribe",
    "evita",
    "filtra",
    "garantiza",
    "gestiona",
    "guarda",
    "llama",
    "lleva",
    "lee",
    "mantiene",
    "muestra",
    "ofrece",
    "permite",
    "procesa",
    "protege",
    "publica",
    "recibe",
    "reduce",
    "registra",
    "reparte",
    "replica",
    "resuelve",
    "responde",
    "separa",
    "sirve",
    "tiene",
    "une",
    "valida",
    "vigila",
];

/// A service by its name.
pub(super) fn mention(mention: &Mention) -> String {
    let intro = mention.intro.as_ref().map_or_else(String::new, |intro| format!(" ({intro})"));
    if let Some(plain) = &mention.plain {
        let each = if mention.each_zone { " en cada zona" } else { "" };
        return format!("un {plain}{intro}{each}");
    }
    format!("{}{intro}", with_article(&mention.name, &mention.shown, mention.named))
}

/// A name with its article where it begins with a noun that has one: "el **balanceador interno**".
pub(super) fn with_article(name: &str, shown: &str, named: bool) -> String {
    let first = name.split(' ').next().unwrap_or_default();
    let lower = first.to_lowercase();
    match NOUNS.iter().find(|(noun, _)| named && *noun == lower) {
        // An abbreviation keeps its capitals.
        Some((_, article)) if first.chars().skip(1).any(char::is_uppercase) => format!("{article} {shown}"),
        Some((_, article)) => format!("{article} {}", shown.replacen(first, &lower, 1)),
        None => shown.to_owned(),
    }
}

/// What services do, up to their names; `also` if others were said to do the same.
pub(super) fn lead(duty: Duty, names: &str, targets: &[String], also: bool) -> String {
    let also = if also { "también " } else { "" };
    let (what, how) = match duty {
        Duty::Names => ("La resolución de nombres corre", "a cargo de"),
        Duty::Content => ("El contenido se entrega", "a través de"),
        Duty::StaticFiles => ("Los archivos del frontend se guardan", "en"),
        Duty::Balancer if targets.is_empty() => ("Las peticiones se reparten", "mediante"),
        Duty::Balancer => {
            return format!("Las peticiones se reparten {also}entre las copias de {} mediante {names}", list(targets));
        }
        Duty::Calls => ("Las llamadas entran", "por"),
        Duty::Code => ("La aplicación se ejecuta", "en"),
        Duty::Functions => ("El código se ejecuta", "en forma de funciones:"),
        Duty::Queue => ("El trabajo espera", "en"),
        Duty::Notifications => ("Las notificaciones salen", "por"),
        Duty::Events => ("Los eventos pasan", "por"),
        Duty::Stream => ("Los datos fluyen", "por"),
        Duty::Workflow => ("Los pasos del trabajo se coordinan", "con"),
        Duty::Messages => ("Los mensajes pasan", "por"),
        Duty::Relational => ("Los datos relacionales se guardan", "en"),
        Duty::NonRelational => ("Los datos no relacionales se guardan", "en"),
        Duty::Cache => ("Los datos que más se leen se guardan", "en la caché"),
        Duty::Files => ("Los archivos y objetos se guardan", "en"),
        Duty::Analytics => ("Los datos se analizan", "con"),
        Duty::Internet => ("La conexión con Internet pasa", "por"),
        Duty::Egress => ("Las llamadas a Internet salen", "por"),
        Duty::Filter => ("El tráfico se filtra", "con"),
        Duty::Hub => ("Las redes se unen", "mediante"),
        Duty::PrivateLine => ("Las conexiones privadas desde fuera llegan", "a"),
        Duty::PrivateAccess => ("A los servicios de AWS se llega de forma privada", "por"),
        Duty::Passage => ("El tráfico pasa", "por"),
        Duty::Identity => ("Las identidades se guardan", "en"),
        Duty::Permissions => ("Los permisos provienen", "de"),
        Duty::Security => ("Para la seguridad se recurre", "a"),
        Duty::Observation => ("El sistema se vigila", "con"),
        Duty::Images => ("Las imágenes de contenedores se guardan", "en"),
        Duty::Delivery => ("Los cambios se entregan", "con"),
        Duty::Else => ("La arquitectura incluye", ""),
    };
    let how = if how.is_empty() { String::new() } else { format!("{how} ") };
    format!("{what} {also}{how}{names}")
}

/// A sentence that ends with a name, and what its author says of it, in one: ", que …".
pub(super) fn joined(lead: &str, text: &str) -> Option<String> {
    begins_with_a_verb(text).map(|text| format!("{lead}, que {text}"))
}

/// What an author says of a service, with its name for the subject.
pub(super) fn in_place_of_it(name: &str, text: &str) -> Option<String> {
    begins_with_a_verb(text).map(|text| super::capitalised(&format!("{name} {text}")))
}

/// The text in lower case, if it begins with a verb.
fn begins_with_a_verb(text: &str) -> Option<String> {
    let first = text.split(' ').next().unwrap_or_default();
    let lower = first.to_lowercase();
    VERBS.contains(&lower.as_str()).then(|| text.replacen(first, &lower, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_with_a_noun_have_their_article() {
        assert_eq!(with_article("Balanceador interno", "**Balanceador interno**", true), "el **balanceador interno**");
        assert_eq!(with_article("API de pedidos", "**API de pedidos**", true), "la **API de pedidos**");
        assert_eq!(with_article("Amazon SNS", "**Amazon SNS**", false), "**Amazon SNS**");
    }

    #[test]
    fn words_join_a_sentence_where_they_begin_with_a_verb() {
        let joined = |text| joined("Las notificaciones salen por X", text);
        assert_eq!(joined("Envía mensajes.").as_deref(), Some("Las notificaciones salen por X, que envía mensajes."));
        assert_eq!(joined("Los clientes los reciben."), None);
    }
}
