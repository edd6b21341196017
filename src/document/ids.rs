//! What an id may be: everything that the grammar of links can tell from its own signs.

/// The sign between an id and the place of one copy.
const PLACE: char = '@';

/// Whether a character may stand in an id: letters and digits of any script, `-`, `_` and `.`.
pub(super) fn id_char(c: char) -> bool {
    // Combining marks: an accent may be written as a character of its own.
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\u{300}'..='\u{36f}')
}

/// The same as a regular expression that every dialect reads alike; letters are told from other signs in ASCII only.
pub(crate) const PATTERN: &str = r"^[^\x00-/:-@\[-\^`{-\x7f][^\x00-,/:-@\[-\^`{-\x7f]*$";

/// An id with places as a regular expression.
pub(crate) fn address_pattern() -> String {
    let id = PATTERN.trim_matches(['^', '$']);
    format!("^{id}(?:{PLACE}{id})*$")
}

/// Why `id` can't be an id; `None` when it can.
pub(super) fn fault(id: &str) -> Option<String> {
    let Some(first) = id.chars().next() else { return Some("it is empty".to_owned()) };
    if let Some(bad) = id.chars().find(|&c| !id_char(c)) {
        return Some(match bad {
            ' ' => "it holds a space".to_owned(),
            PLACE => "`@` stands between an id and a place (`api@us-east-1a`)".to_owned(),
            c if c.is_control() || c.is_whitespace() => format!("it holds the character U+{:04X}", u32::from(c)),
            c => format!("it holds `{c}`"),
        });
    }
    (!(first.is_alphanumeric() || first == '_')).then(|| format!("it begins with `{first}`"))
}

/// Why `address` is neither an id nor an id with places; `None` when it is.
pub(super) fn address_fault(address: &str) -> Option<String> {
    let Some((id, places)) = address.split_once(PLACE) else { return fault(address) };
    if id.is_empty() {
        return Some(format!("no id stands before `{PLACE}`"));
    }
    // A zone of one of several networks takes two: `api@us-east-1a@main`.
    if places.split(PLACE).any(str::is_empty) {
        return Some(format!("no place stands after `{PLACE}`"));
    }
    fault(id).or_else(|| places.split(PLACE).find_map(fault))
}

/// The nearest text that can be an id.
pub(super) fn repair(id: &str) -> String {
    let mut repaired = String::new();
    for c in id.trim().chars() {
        if id_char(c) {
            repaired.push(c);
        } else if !repaired.ends_with('-') {
            repaired.push('-');
        }
    }
    let repaired = repaired.trim_matches(['-', '.']);
    if repaired.is_empty() { "my-id".to_owned() } else { repaired.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_letters_digits_and_three_signs() {
        for id in ["api", "us-east-1", "_x", "v1.2", "datos_año", "データ", "3"] {
            assert_eq!(fault(id), None, "{id}");
        }
    }

    #[test]
    fn refuses_what_would_break_a_step() {
        for id in ["", "my api", "a@b", "a:b", "a,b", "a>b", "-", "--", "-x", "a\u{1b}b", "a~b"] {
            assert!(fault(id).is_some(), "{id:?}");
        }
    }

    #[test]
    fn an_address_may_have_places() {
        assert_eq!(address_fault("api@us-east-1a"), None);
        assert_eq!(address_fault("api@us-east-1a@main"), None);
        for address in ["@a", "api@", "api@a@", "api@@a", "api@a b"] {
            assert!(address_fault(address).is_some(), "{address}");
        }
    }

    #[test]
    fn proposes_an_id_that_is_one() {
        assert_eq!(repair("my  service (old)"), "my-service-old");
        assert_eq!(repair("@"), "my-id");
        assert_eq!(fault(&repair("-- a:b >")), None);
    }
}
