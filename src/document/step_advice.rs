//! What to write instead of a word of a step that can't be an id: habits of Mermaid, D2 and prose.

use std::ops::Range;

use super::ids;

/// The arrows that lead somewhere.
const ARROWS: [&str; 4] = ["<->", "->", "<~>", "~>"];

/// The help for `word`, which stands in the step `whole` where an id belongs; `meant` gives the id that words mean.
pub(super) fn of_address(whole: &str, word: &str, meant: &dyn Fn(&str) -> Option<String>) -> String {
    if word.contains(';') {
        return one_each(whole, ';');
    }
    if word.contains(['&', '+']) {
        let ids: Vec<&str> = word.split(['&', '+']).map(str::trim).filter(|id| !id.is_empty()).collect();
        return match ids.as_slice() {
            [] | [_] => "join ids with a comma: `a -> b, c`".to_owned(),
            several => format!("join ids with a comma: `{}`", several.join(", ")),
        };
    }
    if word.contains('|') {
        return match whole.split('|').collect::<Vec<_>>().as_slice() {
            [before, text, after] => {
                // The arrows of Mermaid are told apart from ours in a message of their own, when they are all that is left.
                let links = format!("{} {}", before.trim(), after.trim());
                let links = links.replace("-.->", "~>").replace("-->", "->").replace("==>", "->");
                format!("a text goes to the end, behind a colon: `{} : {}`", links.trim(), text.trim())
            }
            _ => "a text goes to the end, behind a colon: `a -> b : text`".to_owned(),
        };
    }
    if let Some((id, text)) = word.split_once(':') {
        return format!(
            "put blanks around the colon: `{} : {}`",
            if id.is_empty() { "b" } else { id },
            text.trim_start_matches(':')
        );
    }
    if let Some(id) = word.strip_suffix('@').or_else(|| word.strip_prefix('@')).filter(|id| !id.is_empty()) {
        return format!("a place stands behind `@`, such as a zone: write `{id}@us-east-1a`, or `{id}` for all copies");
    }
    if word.contains(['"', '\'', '`']) {
        return format!("ids stand without quotes: `{}`", whole.replace(['"', '\'', '`'], "").trim());
    }
    let bare = word.trim_matches(['"', '\'', '`', '(', ')', '[', ']', '{', '}']);
    if let Some(id) = meant(bare).or_else(|| meant(bare.rsplit('/').next().unwrap_or(bare))) {
        return format!("write the id alone: `{id}`");
    }
    if word.contains(['(', '[', '{', '/']) {
        return "write only the id, and put the words to show into the `name` of the box".to_owned();
    }
    "write ids, with a place for one copy: `a -> b@us-east-1a`".to_owned()
}

/// The help for a string that holds several steps.
pub(super) fn one_each(whole: &str, separator: char) -> String {
    let steps = whole.split(separator).map(str::trim).filter(|step| !step.is_empty());
    let steps: Vec<String> = steps.map(|step| format!("\"{step}\"")).collect();
    format!("write one string for each step: `steps = [{}]`", steps.join(", "))
}

/// A step that lacks its arrow: "a b", "a to b", "a calls b"; `None` if `words` are anything else.
pub(super) fn without_arrow(words: &str) -> Option<String> {
    let is_id = |word: &str| ids::address_fault(word).is_none();
    match words.split_whitespace().collect::<Vec<_>>().as_slice() {
        [from, to] | [from, "to" | "into" | "then", to] if is_id(from) && is_id(to) => Some(format!("{from} -> {to}")),
        [from, verb, to] if is_id(from) && is_id(verb) && is_id(to) => Some(format!("{from} -> {to} : {verb}")),
        _ => None,
    }
}

/// The first arrow in the text of a step behind which the id of a box stands, so that a link must have been meant.
pub(super) fn arrow_in_text<'t>(
    text: &'t str,
    meant: &dyn Fn(&str) -> Option<String>,
) -> Option<(Range<usize>, &'t str)> {
    let mut found =
        ARROWS.iter().flat_map(|arrow| text.match_indices(arrow)).map(|(at, arrow)| (at..at + arrow.len(), arrow));
    found.find(|(range, _)| {
        let next = text[range.end..].split([':', ',', '<', '>', '~', ' ']).find(|word| !word.is_empty());
        next.map(|word| word.trim_end_matches('-')).is_some_and(|word| meant(word).as_deref() == Some(word))
    })
}

/// Whether a word numbers a step: "1.", "2)".
pub(super) fn is_numbering(word: &str) -> bool {
    let digits = word.trim_end_matches(['.', ')', ':']);
    !digits.is_empty() && digits.len() < word.len() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
