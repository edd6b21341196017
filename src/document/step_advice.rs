//! What to write instead of a word of a step that can't be an id: habits of Mermaid, D2 and prose.

/// The help for `word`, which stands in the step `whole` where an id belongs; `meant` gives the id that words mean.
pub(super) fn of_address(whole: &str, word: &str, meant: &dyn Fn(&str) -> Option<String>) -> String {
    if word.contains(';') {
        let steps = whole.split(';').map(str::trim).filter(|step| !step.is_empty());
        let steps: Vec<String> = steps.map(|step| format!("\"{step}\"")).collect();
        return format!("write one string for each step: `steps = [{}]`", steps.join(", "));
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

/// Whether a word numbers a step: "1.", "2)".
pub(super) fn is_numbering(word: &str) -> bool {
    let digits = word.trim_end_matches(['.', ')', ':']);
    !digits.is_empty() && digits.len() < word.len() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
