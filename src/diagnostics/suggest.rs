//! "Did you mean": the names nearest to a word that is none.

use std::cmp::Reverse;

use super::Diagnostic;
use crate::source::Loader;

/// How many names are offered at most: more is a list, not a hint.
const MOST_CANDIDATES: usize = 3;

/// How alike (Jaro-Winkler, 0 to 1) two words must be when they differ in more letters than a slip of the finger.
const ALIKE: f64 = 0.88;

/// The shortest word that is looked for inside longer names; two letters are in everything.
const SHORTEST_PART: usize = 3;

/// The score of a word that is one slip away from a name, and of one with as many slips as are allowed.
const ONE_SLIP: u32 = 890;
const MOST_SLIPS: u32 = ONE_SLIP - 120;

/// How much less likely than the best a name may be that is offered beside it.
const MARGIN: u32 = 150;

/// So many mistakes get names that are near: to compare each of thousands with thousands takes minutes, and nobody reads
/// beyond the first.
const MOST_SEARCHED: usize = 50;

/// Whether a search for near names is worth its time beside what has been found already.
pub const fn is_worth_it(findings: &[Diagnostic]) -> bool {
    findings.len() < MOST_SEARCHED
}

/// The names nearest to `word`, best first, at most three; empty when none is near.
///
/// Near means: equal but for case and separators, a slip or two of the finger (Damerau-Levenshtein), a beginning or
/// a part of the name, or alike by Jaro-Winkler.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = fold(word);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Reverse<u32>, usize, &str)> = Vec::new();
    for (position, candidate) in candidates.into_iter().enumerate() {
        let Some(score) = score(&wanted, &fold(candidate)) else { continue };
        if found.iter().all(|&(_, _, other)| other != candidate) {
            found.push((Reverse(score), position, candidate));
        }
    }
    found.sort_by_key(|&(score, position, _)| (score, position));
    let Some(&(Reverse(best), ..)) = found.first() else { return Vec::new() };
    // A near-certain name is offered alone, and of slips only the fewest: others beside them would only raise doubt.
    found.retain(|&(Reverse(score), ..)| score == best || (score < MOST_SLIPS && score + MARGIN > best));
    found.into_iter().take(MOST_CANDIDATES).map(|(_, _, name)| name).collect()
}

/// The one name that `word` must mean: equal but for case and separators, or one slip of the finger away.
pub fn certain<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    match closest(word, candidates).as_slice() {
        [only] => score(&fold(word), &fold(only)).filter(|&score| score >= ONE_SLIP).map(|_| *only),
        _ => None,
    }
}

/// The name of the file (or folder) that a path which leads to none must mean: the nearest of its kind in its folder.
pub fn neighbour(path: &str, loader: &dyn Loader) -> Option<String> {
    let (folder, file) = path.trim_end_matches('/').rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let names = loader.list(folder).ok()?;
    let mut stems: Vec<&str> = Vec::new();
    for name in names.iter().filter(|name| name.as_str() != file) {
        let (other, its) = name.rsplit_once('.').unwrap_or((name, ""));
        if its.eq_ignore_ascii_case(ending) {
            stems.push(other);
        }
    }
    let near = *closest(stem, stems).first()?;
    let ending = if ending.is_empty() { String::new() } else { format!(".{ending}") };
    names.iter().find(|name| name.eq_ignore_ascii_case(&format!("{near}{ending}"))).cloned()
}

/// "did you mean `a`, `b` or `c`?" for the names nearest to `word`; `None` when none is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names = closest(word, candidates);
    (!names.is_empty()).then(|| format!("did you mean {}?", one_of(&names)))
}

/// The names in backticks, joined as "`a`, `b` or `c`".
pub fn one_of(names: &[&str]) -> String {
    join(names, "or")
}

/// The names in backticks, joined as "`a`, `b` and `c`".
pub fn all_of(names: &[&str]) -> String {
    join(names, "and")
}

fn join(names: &[&str], conjunction: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} {conjunction} {last}", init.join(", ")),
    }
}

/// Lower case, with every separator a hyphen.
fn fold(word: &str) -> String {
    word.trim()
        .chars()
        .map(|c| if matches!(c, '_' | ' ' | '.') { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// How near `name` is to `word` (both folded), from 0 to 1000; `None` when it is not.
fn score(word: &str, name: &str) -> Option<u32> {
    if name.is_empty() {
        return None;
    }
    if word == name || word.replace('-', "") == name.replace('-', "") {
        return Some(1000);
    }
    let (letters, others) = (word.chars().count(), name.chars().count());
    let length = letters.max(others);
    // One slip in three or four letters, two from six on, three from ten on.
    let allowed = match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    // Each letter more or less is a slip: most names need not be compared letter by letter.
    if letters.abs_diff(others) <= allowed {
        let slips = strsim::damerau_levenshtein(word, name);
        if slips <= allowed {
            return Some(ONE_SLIP + 60 - 60 * slips as u32);
        }
    }
    let long_enough = letters >= SHORTEST_PART;
    if long_enough && (name.starts_with(word) || (others >= SHORTEST_PART && word.starts_with(name))) {
        return Some(700);
    }
    if long_enough && name.split('-').any(|part| part == word) {
        return Some(680);
    }
    // Words of which one has less than two fifths of the other's letters are never so alike.
    if letters.min(others) * 5 < letters.max(others) * 2 {
        return None;
    }
    let alike = strsim::jaro_winkler(word, name);
    (long_enough && alike >= ALIKE).then_some((alike * 700.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [&str; 7] = ["api-gateway", "rds", "s3", "sqs", "sns", "dynamodb", "internet-gateway"];

    #[test]
    fn finds_a_slip_of_the_finger() {
        assert_eq!(closest("dynamdb", KINDS), ["dynamodb"]);
        assert_eq!(closest("dyanmodb", KINDS), ["dynamodb"]);
    }

    #[test]
    fn sees_through_case_and_separators() {
        assert_eq!(closest("API_Gateway", KINDS), ["api-gateway"]);
        assert_eq!(closest("apigateway", KINDS), ["api-gateway"]);
    }

    #[test]
    fn offers_names_that_hold_the_word() {
        assert_eq!(closest("gateway", KINDS), ["api-gateway", "internet-gateway"]);
        assert_eq!(closest("dynamo", KINDS), ["dynamodb"]);
    }

    #[test]
    fn keeps_silent_when_nothing_is_near() {
        assert!(closest("kafka", KINDS).is_empty());
        assert!(closest("x", KINDS).is_empty());
        assert!(closest("", KINDS).is_empty());
        assert_eq!(did_you_mean("zzz", KINDS), None);
    }

    #[test]
    fn what_is_one_slip_away_is_offered_alone() {
        let codes = ["unknown-kind", "unknown-icon", "unknown-id", "unknown-tag"];
        assert_eq!(closest("unknwon-kind", codes), ["unknown-kind"]);
        assert_eq!(closest("us-esat-1", ["us-east-2", "us-east-1", "us-west-1"]), ["us-east-1"]);
        assert_eq!(closest("security-grp", ["security-hub", "security-group"]), ["security-group"]);
        assert_eq!(closest("aip", ["app", "api"]), ["app", "api"]);
    }

    #[test]
    fn is_certain_only_of_one_slip() {
        assert_eq!(certain("knd", ["kind", "in"]), Some("kind"));
        assert_eq!(certain("colour", ["cloud", "title"]), None);
        assert_eq!(certain("sxs", ["sqs", "sns"]), None);
    }

    #[test]
    fn words_the_offer() {
        assert_eq!(did_you_mean("sq", ["sqs", "sns"]).as_deref(), Some("did you mean `sqs`?"));
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
