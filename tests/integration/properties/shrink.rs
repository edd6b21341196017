//! Makes a document small that shows a fault: leaves out whatever may be left out.

/// Leaves out entries, lines and parts of lines as long as `still` holds for what is left, the last ones first, since
/// later entries name earlier ones.
pub fn shrink(text: &str, still: impl Fn(&str) -> bool) -> String {
    let mut best = text.to_owned();
    loop {
        let before = best.len();
        for pieces in [entries, lines, parts] {
            let mut index = pieces(&best).len();
            while let Some(next) = index.checked_sub(1) {
                index = next;
                let Some(piece) = pieces(&best).into_iter().nth(index) else { continue };
                let shorter = format!("{}{}", &best[..piece.start], &best[piece.end..]);
                if still(&shorter) {
                    best = shorter;
                }
            }
        }
        if best.len() == before {
            return best;
        }
    }
}

type Piece = std::ops::Range<usize>;

/// The pieces of a text that end behind `end`.
fn split(text: &str, end: &str) -> Vec<Piece> {
    let mut start = 0;
    let pieces = text.split_inclusive(end).map(|piece| {
        start += piece.len();
        start - piece.len()..start
    });
    pieces.collect()
}

/// Entries: blank lines stand between them.
fn entries(text: &str) -> Vec<Piece> {
    split(text, "\n\n")
}

/// Lines below the head of an entry.
fn lines(text: &str) -> Vec<Piece> {
    let is_head = |piece: &Piece| text[piece.clone()].starts_with('[') || text[piece.clone()].trim().is_empty();
    split(text, "\n").into_iter().filter(|piece| !is_head(piece)).collect()
}

/// Members of lists, further targets, and what is written on links.
fn parts(text: &str) -> Vec<Piece> {
    let mut parts = Vec::new();
    for line in split(text, "\n") {
        let words = &text[line.clone()];
        for (at, _) in words.match_indices(", ") {
            let word = &words[at + 2..];
            // A member of a list stands between quotation marks; the last target of a step stands before one.
            let end = match word.strip_prefix('"') {
                Some(member) => member.find('"').map(|end| end + 2),
                None => word.find(['"', ' ', ',']),
            };
            parts.push(line.start + at..line.start + at + 2 + end.unwrap_or(0));
        }
        if let (Some(open), true) = (words.find('['), words.contains(", ") && !words.starts_with('[')) {
            let first = words[open..].find(", ").map_or(open + 1, |comma| open + comma + 2);
            parts.push(line.start + open + 1..line.start + first);
        }
        if let (Some(colon), Some(end)) = (words.find(" : "), words.rfind("\",")) {
            parts.push(line.start + colon..line.start + end);
        }
    }
    parts
}

#[test]
fn what_is_not_needed_is_left_out() {
    let text = "[a]\n\n[b]\nin = [\"x\", \"y\"]\nname = \"B\"\n\n[flow]\nsteps = [\n  \"p -> q, r : words\",\n  \"q -> p\",\n]\n";
    let still = |text: &str| text.contains("[b]") && text.contains("\"y\"]") && text.contains("p -> q");
    assert_eq!(shrink(text, still), "[b]\nin = [\"y\"]\n\n[flow]\n  \"p -> q\",\n");
}
