//! Text broken into balanced lines.
//!
//! The pieces that may stand at the beginning of a line are measured once each. Among all ways to set them in the fewest
//! lines that hold them, the one with the least sum of squared line widths wins, which is the most even one (the method of
//! Knuth and Plass, "Breaking Paragraphs into Lines", 1981, with evenness instead of stretch as the cost).

use unicode_width::UnicodeWidthChar;

use super::measure::{advance, pixels, units, visible};
use super::{TextBlock, TextStyle, Weight};

/// Breaks `text` into at most `max_lines` balanced lines of at most `max_width` px where words allow it.
///
/// A line end in `text` stays one, as long as there are lines for it. Else breaks stand between words; a word that is
/// wider than `max_width` is broken after its hyphens, dots, slashes and the like or before its inner capitals, or, where
/// it has none, anywhere. What does not fit into `max_lines` ends in an ellipsis. "Amazon" and "AWS" stay on the line of
/// the word after them. Text without a visible character has no lines.
pub fn wrap(text: &str, style: TextStyle, max_width: i32, max_lines: usize) -> TextBlock {
    let max_lines = max_lines.max(1);
    let setter = Setter { weight: style.weight, limit: units(max_width, style), space: advance(" ", style.weight) };
    let lines = setter.set(&clip(text, max_width, max_lines), max_lines);
    let widest = lines.iter().map(|line| pixels(advance(line, style.weight), style)).max().unwrap_or(0);
    let height = style.line_height() * lines.len() as i32;
    TextBlock { style, lines, width: (widest + 1) & !1, height }
}

const ELLIPSIS: &str = "…";

/// First words that mean nothing without the next.
const BOUND_TO_NEXT: [&str; 2] = ["Amazon", "AWS"];

/// The beginning of `text` that could fit at one px a character, so that a label of megabytes costs no more than another.
fn clip(text: &str, max_width: i32, max_lines: usize) -> String {
    let most = max_width.max(1) as usize * max_lines;
    let mut clipped: String = text.chars().take(most).collect();
    if clipped.len() < text.len() {
        clipped.push_str(ELLIPSIS);
    }
    clipped
}

/// What may begin a line.
struct Piece {
    text: String,
    /// Font units.
    advance: i64,
    /// A space divides it from the piece before, if both stand on one line.
    spaced: bool,
}

/// Sets text in one weight between two margins.
struct Setter {
    weight: Weight,
    /// The widest line, font units.
    limit: i64,
    /// A space, font units.
    space: i64,
}

impl Setter {
    fn set(&self, text: &str, max_lines: usize) -> Vec<String> {
        let mut paragraphs: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if paragraphs.len() > max_lines {
            let rest = paragraphs.split_off(max_lines - 1).join(" ");
            paragraphs.push(rest);
        }
        let mut lines = Vec::new();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let kept_free = paragraphs.len() - index - 1;
            let room = max_lines - lines.len() - kept_free;
            lines.extend(self.set_paragraph(paragraph, room));
        }
        lines
    }

    fn set_paragraph(&self, text: &str, max_lines: usize) -> Vec<String> {
        let pieces = self.pieces(text);
        let starts = self.fill(&pieces);
        if starts.len() <= max_lines {
            return lines_between(&pieces, &self.balance(&pieces, starts.len()));
        }
        let mut lines = lines_between(&pieces[..starts[max_lines - 1]], &starts[..max_lines - 1]);
        lines.push(self.shorten(&join(&pieces[starts[max_lines - 1]..])));
        lines
    }

    /// Everything between two places where a line may end.
    fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut words = text.split(is_breaking_space).filter(|word| !word.is_empty()).map(visible).peekable();
        let mut pieces = Vec::new();
        while let Some(word) = words.next() {
            if BOUND_TO_NEXT.contains(&&*word)
                && let Some(next) = words.peek()
            {
                let both = self.piece(format!("{word} {next}"), true);
                if both.advance <= self.limit {
                    words.next();
                    pieces.push(both);
                    continue;
                }
            }
            self.break_word(&word, &mut pieces);
        }
        pieces
    }

    fn piece(&self, text: String, spaced: bool) -> Piece {
        Piece { advance: advance(&text, self.weight), text, spaced }
    }

    /// Adds a word to `pieces`: whole if it fits on a line, else in the parts that its writing suggests, else in any.
    fn break_word(&self, word: &str, pieces: &mut Vec<Piece>) {
        let whole = self.piece(word.to_owned(), true);
        if whole.advance <= self.limit {
            pieces.push(whole);
            return;
        }
        let mut spaced = true;
        for part in parts(word) {
            let mut rest = part;
            while !rest.is_empty() {
                let (head, tail) = rest.split_at(self.longest_prefix(rest, self.limit));
                pieces.push(self.piece(head.to_owned(), spaced));
                (rest, spaced) = (tail, false);
            }
        }
    }

    /// The length of the longest beginning of `text` within `limit`, in bytes, at least one character.
    fn longest_prefix(&self, text: &str, limit: i64) -> usize {
        let ends: Vec<usize> = character_ends(text).collect();
        let fitting = ends.partition_point(|&end| advance(&text[..end], self.weight) <= limit);
        ends.get(fitting.saturating_sub(1)).copied().unwrap_or(text.len())
    }

    /// The first piece of each line if every line takes as many as fit, which needs the fewest lines.
    fn fill(&self, pieces: &[Piece]) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut line = 0;
        for (index, piece) in pieces.iter().enumerate() {
            let longer = line + self.gap(piece) + piece.advance;
            if starts.is_empty() || longer > self.limit {
                starts.push(index);
                line = piece.advance;
            } else {
                line = longer;
            }
        }
        starts
    }

    fn gap(&self, piece: &Piece) -> i64 {
        if piece.spaced { self.space } else { 0 }
    }

    /// The first piece of each of `count` lines with the least sum of squared widths; of equal ones the one whose first
    /// lines are longer. A break inside a word costs a quarter of a full line.
    fn balance(&self, pieces: &[Piece], count: usize) -> Vec<usize> {
        const NEVER: i64 = i64::MAX / 4;
        if count <= 1 {
            return (0..count).collect();
        }
        // costs[lines][first]: the least cost of setting pieces[first..] in so many lines; ends: where its first line ends.
        let mut costs = vec![vec![NEVER; pieces.len() + 1]; count + 1];
        let mut ends = vec![vec![pieces.len(); pieces.len() + 1]; count + 1];
        costs[0][pieces.len()] = 0;
        for lines in 1..=count {
            for first in 0..pieces.len() {
                let mut width = 0;
                for end in first + 1..=pieces.len() {
                    let last = &pieces[end - 1];
                    width += last.advance + if end - 1 == first { 0 } else { self.gap(last) };
                    if width > self.limit && end > first + 1 {
                        break;
                    }
                    let inside_word = pieces.get(end).is_some_and(|next| !next.spaced);
                    let penalty = if inside_word { self.limit * self.limit / 4 } else { 0 };
                    let cost = costs[lines - 1][end].saturating_add(width * width + penalty).min(NEVER);
                    if cost < NEVER && cost <= costs[lines][first] {
                        (costs[lines][first], ends[lines][first]) = (cost, end);
                    }
                }
            }
        }
        let mut starts = vec![0];
        for lines in (2..=count).rev() {
            starts.push(ends[lines][starts[starts.len() - 1]]);
        }
        starts
    }

    /// `text` cut where an ellipsis fits behind it.
    fn shorten(&self, text: &str) -> String {
        let room = self.limit - advance(ELLIPSIS, self.weight);
        let end = self.longest_prefix(text, room);
        let kept = if advance(&text[..end], self.weight) <= room { &text[..end] } else { "" };
        let kept = kept.trim_end_matches(|character: char| character.is_whitespace() || ",;:-(…".contains(character));
        format!("{kept}{ELLIPSIS}")
    }
}

/// A space that a line may end at: not the non-breaking ones.
fn is_breaking_space(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// A sign after which a long word is broken first.
fn is_separator(character: char) -> bool {
    "-–—./\\_:;,@=&?+|~)]}".contains(character)
}

/// The parts of a word at its separators, inner capitals and wide (Chinese, Japanese, Korean) characters.
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut previous = None;
    for (index, character) in word.char_indices() {
        let breaks = previous.is_some_and(|previous: char| {
            (is_separator(previous) && !is_separator(character))
                || (previous.is_lowercase() && character.is_uppercase())
                || (previous.width() == Some(2) && character.width() != Some(0))
        });
        if breaks {
            parts.push(&word[start..index]);
            start = index;
        }
        previous = Some(character);
    }
    parts.push(&word[start..]);
    parts
}

/// The ends of the characters of `text` in bytes, marks and joined characters counted to the one before them.
fn character_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    const JOINER: char = '\u{200d}';
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (index, character) = characters.next()?;
            let joined = characters.peek().is_some_and(|&(_, next)| character == JOINER || next.width() == Some(0));
            if !joined {
                return Some(index + character.len_utf8());
            }
        }
    })
}

fn join(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if piece.spaced && index > 0 {
            line.push(' ');
        }
        line.push_str(&piece.text);
    }
    line
}

fn lines_between(pieces: &[Piece], starts: &[usize]) -> Vec<String> {
    let ends = starts.iter().skip(1).copied().chain([pieces.len()]);
    starts.iter().zip(ends).map(|(&start, end)| join(&pieces[start..end])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::width;
    use super::*;

    const CAPTION: TextStyle = TextStyle::regular(12);

    fn lines(text: &str, max_width: i32, max_lines: usize) -> Vec<String> {
        wrap(text, CAPTION, max_width, max_lines).lines
    }

    #[test]
    fn short_text_is_one_line_as_wide_as_its_text() {
        let block = wrap("AWS Lambda", CAPTION, 108, 3);
        assert_eq!(block.lines, ["AWS Lambda"]);
        assert_eq!(block.width, (width("AWS Lambda", CAPTION) + 1) / 2 * 2);
        assert_eq!(block.height, CAPTION.line_height());
    }

    #[test]
    fn lines_are_balanced() {
        assert_eq!(lines("Application Load Balancer", 130, 3), ["Application", "Load Balancer"]);
        assert_eq!(lines("one two three four five six", 108, 3), ["one two three", "four five six"]);
    }

    #[test]
    fn amazon_and_aws_stay_with_the_next_word() {
        assert_eq!(lines("Store in Amazon DynamoDB", 120, 3), ["Store in", "Amazon DynamoDB"]);
        assert_eq!(lines("Cached by Amazon ElastiCache", 60, 4), ["Cached by", "Amazon", "Elasti", "Cache"]);
    }

    #[test]
    fn long_words_break_where_their_writing_allows_it() {
        assert_eq!(lines("my-very-long-service-name", 100, 3), ["my-very-long-", "service-name"]);
        assert_eq!(lines("orders_created_dead_letter", 110, 3), ["orders_created_", "dead_letter"]);
        assert_eq!(lines("CustomerOrderProcessor", 90, 3), ["CustomerOrder", "Processor"]);
        assert_eq!(lines("aaaaaaaaaaaaaaaaaaaa", 70, 3).concat(), "aaaaaaaaaaaaaaaaaaaa");
        assert_eq!(lines("数据处理平台数据处理平台", 80, 3), ["数据处理平台", "数据处理平台"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let text = "A long explanation of what this service does for the whole company";
        let block = wrap(text, CAPTION, 100, 2);
        assert_eq!(block.lines.len(), 2);
        assert!(block.lines[1].ends_with('…') && !block.lines[1].ends_with(" …"), "{block:?}");
        assert!(block.width <= 100);
        assert_eq!(lines("abc", 1, 1), ["…"]);
        assert_eq!(lines(&"x".repeat(10_000_000), 100, 2).len(), 2);
    }

    #[test]
    fn line_ends_of_the_author_stay() {
        assert_eq!(lines("API\nv2", 108, 3), ["API", "v2"]);
        assert_eq!(lines("a\nb\nc\nd", 108, 2), ["a", "b c d"]);
    }

    #[test]
    fn blank_text_has_no_lines() {
        let block = wrap(" \n\t", CAPTION, 108, 3);
        assert_eq!((block.lines.len(), block.width, block.height), (0, 0, 0));
    }

    #[test]
    fn non_breaking_spaces_hold() {
        assert_eq!(lines("costs 10\u{a0}EUR", 60, 3), ["costs", "10\u{a0}EUR"]);
    }

    proptest! {
        #[test]
        fn every_block_keeps_to_its_bounds(text in "\\PC{0,80}", max_width in 20..300_i32, max_lines in 1..5_usize) {
            let block = wrap(&text, CAPTION, max_width, max_lines);
            prop_assert!(block.lines.len() <= max_lines);
            prop_assert!(block.lines.iter().all(|line| !line.is_empty()));
            prop_assert_eq!(block.width % 2, 0);
            prop_assert_eq!(block.height, CAPTION.line_height() * block.lines.len() as i32);
        }

        #[test]
        fn words_come_out_in_order_and_within_the_width(text in "[a-zA-Z]{1,9}( [a-zA-Z./-]{1,30}){0,9}", max_width in 40..300_i32) {
            let block = wrap(&text, CAPTION, max_width, 1000);
            prop_assert!(block.width <= max_width + 1);
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&block.lines.concat()), squeezed(&text));
        }

        #[test]
        fn a_wider_column_never_needs_more_lines(text in "[a-z]{1,9}( [a-z]{1,9}){0,12}", max_width in 80..200_i32) {
            let narrow = wrap(&text, CAPTION, max_width, 1000).lines.len();
            let wide = wrap(&text, CAPTION, max_width + 20, 1000).lines.len();
            prop_assert!(wide <= narrow);
        }
    }
}
