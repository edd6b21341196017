//! English numbers, lists and agreement, for nouns of our own.

/// "one" to "twelve", then digits.
pub(super) fn number(count: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}

/// "one zone", "two zones".
pub(super) fn counted(count: usize, singular: &str, plural: &str) -> String {
    format!("{} {}", number(count), if count == 1 { singular } else { plural })
}

/// The form of a verb for so many subjects.
pub(super) fn verb(plural: bool, one: &'static str, many: &'static str) -> &'static str {
    if plural { many } else { one }
}

/// "a, b and c".
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

/// A list whose items may be lists themselves.
pub(super) fn clauses(items: &[String]) -> String {
    if items.len() > 1 && items.iter().any(|item| item.contains(" and ")) {
        let (last, firsts) = items.split_last().expect("checked to have items");
        return format!("{}, and {last}", firsts.join(", "));
    }
    list(items)
}

/// "zone a", "zones a and b".
pub(super) fn zones(letters: &[String]) -> String {
    if letters.iter().any(|letter| is_named(letter)) {
        return list(letters);
    }
    format!("{} {}", verb(letters.len() > 1, "zone", "zones"), list(letters))
}

/// "zone a", or the name that its author gave it.
pub(super) fn zone(letter: &str) -> String {
    if is_named(letter) { letter.to_owned() } else { format!("zone {letter}") }
}

/// Whether what a zone is called says that it is one.
fn is_named(letter: &str) -> bool {
    letter.to_lowercase().contains("zone")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(items: &[&str]) -> Vec<String> {
        items.iter().map(|&item| item.to_owned()).collect()
    }

    #[test]
    fn lists_have_one_and() {
        assert_eq!(list(&strings(&["a"])), "a");
        assert_eq!(list(&strings(&["a", "b"])), "a and b");
        assert_eq!(list(&strings(&["a", "b", "c"])), "a, b and c");
        assert_eq!(clauses(&strings(&["a and b in each zone", "c"])), "a and b in each zone, and c");
    }
}
