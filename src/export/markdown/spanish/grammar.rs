//! Spanish numbers, lists and agreement, for nouns of our own.

/// "una", "dos" … "doce", then digits, for feminine nouns: all that we count are.
pub(super) fn number(count: usize) -> String {
    const WORDS: [&str; 13] =
        ["cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"];
    WORDS.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}

/// "una zona", "dos zonas".
pub(super) fn counted(count: usize, singular: &str, plural: &str) -> String {
    format!("{} {}", number(count), if count == 1 { singular } else { plural })
}

/// The form of a word for so many.
pub(super) fn form(plural: bool, one: &'static str, many: &'static str) -> &'static str {
    if plural { many } else { one }
}

/// The conjunction before `next`: "e" before the sound i, else "y".
pub(super) fn and(next: &str) -> &'static str {
    let plain: Vec<char> =
        next.chars().skip_while(|c| !c.is_alphanumeric()).take_while(|c| c.is_alphanumeric()).collect();
    let lower: Vec<char> = plain.iter().flat_map(|c| c.to_lowercase()).collect();
    let sound = if lower.first() == Some(&'h') { &lower[1..] } else { &lower[..] };
    // Letters that are read out one by one (IAM) start with the sound; a diphthong (hielo, ion) does not.
    let spelt = plain.len() > 1 && plain.iter().all(|c| c.is_uppercase()) && plain[0] == 'I';
    let diphthong = matches!(sound.get(1), Some('a' | 'e' | 'o' | 'u' | 'á' | 'é' | 'ó' | 'ú'));
    let is_i = matches!(sound.first(), Some('i' | 'í')) && (!diphthong || sound[0] == 'í');
    if spelt || is_i { "e" } else { "y" }
}

/// "a, b y c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [firsts @ .., last] => format!("{} {} {last}", firsts.join(", "), and(last)),
    }
}

/// A list whose items may be lists themselves.
pub(super) fn clauses(items: &[String]) -> String {
    match items {
        [firsts @ .., last]
            if !firsts.is_empty() && items.iter().any(|item| item.contains(" y ") || item.contains(" e ")) =>
        {
            format!("{}, {} {last}", firsts.join(", "), and(last))
        }
        _ => list(items),
    }
}

/// "la zona a", "las zonas a y b".
pub(super) fn zones(letters: &[String]) -> String {
    format!("{} {}", form(letters.len() > 1, "la zona", "las zonas"), list(letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(items: &[&str]) -> Vec<String> {
        items.iter().map(|&item| item.to_owned()).collect()
    }

    #[test]
    fn y_becomes_e_before_its_own_sound() {
        for word in ["Internet", "IAM", "hijos", "Índices", "iPhone", "**Imágenes**"] {
            assert_eq!(and(word), "e", "{word}");
        }
        for word in ["Lambda", "hielo", "iones", "Yate", "", "1", "EC2"] {
            assert_eq!(and(word), "y", "{word}");
        }
        assert_eq!(list(&strings(&["a", "b", "Internet"])), "a, b e Internet");
    }

    #[test]
    fn numbers_agree_with_our_nouns() {
        assert_eq!(counted(1, "zona", "zonas"), "una zona");
        assert_eq!(counted(21, "zona", "zonas"), "21 zonas");
    }
}
