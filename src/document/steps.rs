//! The grammar of links: "a -> b, c ~> d : text".
//!
//! ```text
//! step    = station (arrow station)+ [":" text]
//! station = address ("," address)*
//! arrow   = "->" | "<->" | "--" | "~>" | "<~>" | "~~"
//! ```
//!
//! Blanks may be left out around everything but `--` (`a--b` is an id) and one side of the colon. A slip whose
//! meaning is clear (`=>` for `->`) is reported and read on, so that the ids of the step are checked too.

use std::ops::Range;

use super::{Arrow, Step, StepArrow, ids};
use crate::diagnostics::Diagnostic;
use crate::document::step_advice as advice;
use crate::source::{Span, Spanned};

/// The most links that one step may stand for: two fans of more than thirty are not a sentence any more, and two of
/// thousands would exhaust the memory.
const MOST_LINKS: usize = 1000;

/// The grammar as a regular expression that every dialect reads alike, and short enough to be read in a message: what
/// is wrong within an address passes.
pub(crate) fn pattern() -> String {
    let address = r"[^\s!-,/:-?\[-\^`{-~]+";
    let station = format!(r"{address}(\s*,\s*{address})*");
    format!(r"^\s*{station}((\s*(<?[-~]>|~~)\s*|\s+--\s+){station})+\s*(\s:.*|:(\s.*)?)?$")
}

/// The code of everything that this grammar refuses.
const CODE: &str = "bad-step";

/// Where a step stands, and what is around it.
pub(super) struct Place<'a> {
    /// The whole string.
    pub whole: Span,
    /// The span of a byte range of its text.
    pub part: &'a dyn Fn(Range<usize>) -> Span,
    /// The id of the box that some words mean.
    pub meant: &'a dyn Fn(&str) -> Option<String>,
}

/// Reads one step, which stands in `place`. Mistakes go to `diagnostics`; `None` if nothing can be made of it.
pub(super) fn parse(text: &str, place: &Place, diagnostics: &mut Vec<Diagnostic>) -> Option<Step> {
    let colon = label_colon(text);
    let links = &text[..colon.unwrap_or(text.len())];
    let (stations, end) = (vec![Vec::new()], links.len());
    let mut parser = Parser { text, end, place, diagnostics, stations, arrows: Vec::new(), sound: true };
    let tokens = joined(tokens(links), links);
    if tokens.is_empty() {
        parser.error(0..text.len(), "this step is empty", "write for example `users -> api : HTTPS`");
        return None;
    }
    parser.run(&tokens);
    let label = colon.and_then(|at| parser.label(at));
    if !parser.sound {
        return None;
    }
    Some(Step { span: place.whole, stations: parser.stations, arrows: parser.arrows, label })
}

/// The colon before the text: the first with a blank (or the end) on either side. Ids hold no colons.
fn label_colon(text: &str) -> Option<usize> {
    text.match_indices(':').map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        before.is_none_or(char::is_whitespace) || after.is_none_or(char::is_whitespace)
    })
}

/// A piece of a step, as a byte range of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// An id, or what stands where one belongs.
    Word(Range<usize>),
    /// `,`
    Comma(Range<usize>),
    /// A run of the signs that arrows are made of.
    Arrow(Range<usize>),
}

impl Token {
    fn range(&self) -> Range<usize> {
        let (Self::Word(range) | Self::Comma(range) | Self::Arrow(range)) = self;
        range.clone()
    }
}

/// Whether arrows alone are made of this sign, in our grammar or in somebody else's.
fn arrow_sign(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '~' | '–' | '—' | '\u{2190}'..='\u{21ff}' | '\u{2794}'..='\u{27be}' | '\u{27f0}'..='\u{27ff}' | '\u{2900}'..='\u{297f}')
}

/// Cuts the part of a step before its text into words, commas and arrows.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut length = c.len_utf8();
        if c == ',' {
            tokens.push(Token::Comma(at..at + length));
        } else if arrow_sign(c) {
            length = rest.find(|c| !arrow_sign(c) && !matches!(c, '-' | '.')).unwrap_or(rest.len());
            tokens.push(Token::Arrow(at..at + length));
        } else if !c.is_whitespace() {
            length = rest.find(|c: char| c.is_whitespace() || c == ',' || arrow_sign(c)).unwrap_or(rest.len());
            let word = &rest[..length];
            let bare = word.trim_end_matches(['-', '.']);
            if bare.is_empty() || rest[length..].starts_with(arrow_sign) {
                // `a->b`: the hyphen belongs to the arrow.
                if !bare.is_empty() {
                    tokens.push(Token::Word(at..at + bare.len()));
                }
                let arrow = &rest[bare.len()..];
                let end = arrow.find(|c| !arrow_sign(c) && !matches!(c, '-' | '.')).unwrap_or(arrow.len());
                length = bare.len() + end;
                tokens.push(Token::Arrow(at + bare.len()..at + length));
            } else {
                tokens.push(Token::Word(at..at + length));
            }
        }
        at += length;
    }
    tokens
}

/// The tokens with arrows that a blank parts (`- >`) in one piece.
fn joined(tokens: Vec<Token>, text: &str) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::new();
    for token in tokens {
        match (joined.last_mut(), &token) {
            (Some(Token::Arrow(shaft)), Token::Arrow(head))
                if &text[head.clone()] == ">" && !text[shaft.clone()].contains('>') =>
            {
                shaft.end = head.end;
            }
            _ => joined.push(token),
        }
    }
    joined
}

/// Reads an arrow: its meaning, and whether it is written as it should be. `None` for one that points backwards.
fn read_arrow(run: &str) -> Option<(StepArrow, bool)> {
    let left = run.contains(['<', '←', '↔', '⇐', '⇔', '⟵', '⟷']);
    let right = run.contains(['>', '→', '↔', '⇒', '⇔', '⟶', '⟷', '➔', '➜', '➝', '➞', '⇢']);
    let asynchronous = run.contains(['~', '.', '⇢']);
    let arrow = match (left, right) {
        (true, true) => Arrow::Both,
        (false, true) => Arrow::Forward,
        (false, false) => Arrow::None,
        (true, false) => return None,
    };
    let arrow = StepArrow { arrow, asynchronous };
    Some((arrow, run == written(arrow)))
}

/// How an arrow is written.
const fn written(arrow: StepArrow) -> &'static str {
    match (arrow.arrow, arrow.asynchronous) {
        (Arrow::Forward, false) => "->",
        (Arrow::Both, false) => "<->",
        (Arrow::None, false) => "--",
        (Arrow::Forward, true) => "~>",
        (Arrow::Both, true) => "<~>",
        (Arrow::None, true) => "~~",
    }
}

/// The chain as read so far.
struct Parser<'a> {
    text: &'a str,
    /// Where the part before the text ends.
    end: usize,
    place: &'a Place<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
    stations: Vec<Vec<Spanned<String>>>,
    arrows: Vec<StepArrow>,
    /// Whether something was wrong that leaves the meaning open.
    sound: bool,
}

impl Parser<'_> {
    fn report(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let span = (self.place.part)(range);
        self.diagnostics.push(Diagnostic::error(CODE, span, message).with_help(help));
    }

    fn error(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.report(range, message, help);
        self.sound = false;
    }

    /// Reads the tokens of the part before the text.
    fn run(&mut self, tokens: &[Token]) {
        let mut tokens = tokens;
        if let [Token::Word(first), rest @ ..] = tokens
            && matches!(rest, [Token::Word(_), ..])
            && advice::is_numbering(&self.text[first.clone()])
        {
            let number = &self.text[first.clone()];
            let message = format!("`{number}` numbers this step, which is done by the program");
            let help = format!("take `{number}` out, and write `numbered = true` below the header of the flow");
            self.report(first.clone(), message, help);
            tokens = rest;
        }
        let mut previous: Option<&Token> = None;
        let mut rest = tokens.iter();
        while let Some(token) = rest.next() {
            match token {
                Token::Word(range) if matches!(previous, Some(Token::Word(_))) => {
                    self.side_by_side(range.clone(), tokens);
                    // The words up to the next sign belong to the same slip.
                    while rest.as_slice().first().is_some_and(|next| matches!(next, Token::Word(_))) {
                        rest.next();
                    }
                }
                Token::Word(range) => self.address(range.clone()),
                Token::Comma(range) | Token::Arrow(range) => {
                    if !matches!(previous, Some(Token::Word(_))) {
                        self.missing_id(previous, Some(token));
                    }
                    if matches!(token, Token::Arrow(_)) {
                        self.arrow(range.clone());
                        self.stations.push(Vec::new());
                    }
                }
            }
            previous = Some(token);
        }
        if let Some(last) = previous.filter(|token| !matches!(token, Token::Word(_))) {
            self.missing_id(Some(last), None);
        }
        if self.arrows.is_empty() && self.sound {
            self.no_arrow(tokens);
        }
        let links: usize = self.stations.windows(2).map(|pair| pair[0].len().saturating_mul(pair[1].len())).sum();
        if links > MOST_LINKS {
            self.error(
                0..self.end,
                format!("this step stands for {links} links, more than {MOST_LINKS}"),
                "link a group instead of each of its members",
            );
        }
    }

    fn address(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let Some(fault) = ids::address_fault(text) else {
            let address = Spanned::new(text.to_owned(), (self.place.part)(range));
            self.stations.last_mut().expect("there is a station from the start").push(address);
            return;
        };
        let help = advice::of_address(self.text, text, self.place.meant);
        let message = format!("`{text}` can't be an id: {fault}");
        self.error(range, message, help);
    }

    fn arrow(&mut self, range: Range<usize>) {
        let run = &self.text[range.clone()];
        let Some((arrow, well_written)) = read_arrow(run) else {
            let forward = if run.contains('~') { "~>" } else { "->" };
            let message = format!("`{run}` points backwards");
            let ends: Vec<&str> = self.text[..self.end].split(run).map(str::trim).collect();
            let plain = ends.iter().all(|end| ids::address_fault(end).is_none());
            let around: Vec<&str> = if plain { ends.into_iter().rev().collect() } else { vec!["b", "a"] };
            let help = format!("turn the step around: `{}`", around.join(&format!(" {forward} ")));
            self.error(range, message, help);
            self.arrows.push(StepArrow { arrow: Arrow::Forward, asynchronous: false });
            return;
        };
        if !well_written {
            let message = format!("unknown arrow `{run}`");
            let help = match written(arrow) {
                // A lone dash is mostly an arrow that lost its head.
                "--" => "write `->`, or `--` for a line without a direction".to_owned(),
                arrow => format!("write `{arrow}`"),
            };
            self.report(range, message, help);
        }
        self.arrows.push(arrow);
    }

    /// Reports a comma or an arrow that lacks an id on one side.
    fn missing_id(&mut self, before: Option<&Token>, after: Option<&Token>) {
        let quote = |token: &Token| format!("`{}`", &self.text[token.range()]);
        let (range, message) = match (before, after) {
            (None, Some(after)) => (after.range(), format!("no id stands before {}", quote(after))),
            (Some(before), None) => (before.range(), format!("no id stands after {}", quote(before))),
            (Some(before), Some(after)) => {
                let range = before.range().start..after.range().end;
                (range, format!("no id stands between {} and {}", quote(before), quote(after)))
            }
            (None, None) => return,
        };
        self.error(range, message, "put an id on both sides: `a -> b, c`");
    }

    /// Reports two words with nothing between them.
    fn side_by_side(&mut self, range: Range<usize>, tokens: &[Token]) {
        let end = self.end;
        let at_end =
            tokens.iter().filter(|token| token.range().start >= range.start).all(|t| matches!(t, Token::Word(_)));
        let word = &self.text[range.clone()];
        let before = tokens.iter().rfind(|token| token.range().end <= range.start).map_or(0..0, Token::range);
        if !self.sound {
            // `b; c`: the sign that was reported is what stands between them.
            return;
        }
        let message = format!("`{word}` follows an id with nothing between them");
        let rest = self.text[range.start..end].trim_end();
        let first = &self.text[before.clone()];
        let words = tokens.iter().skip_while(|token| token.range().start < before.start);
        let last = words
            .take_while(|token| matches!(token, Token::Word(_)))
            .last()
            .map_or(range.end, |token| token.range().end);
        let help = if let Some(id) = (self.place.meant)(&self.text[before.start..last]) {
            format!("boxes go by their ids: write `{id}`")
        } else if matches!(word, "&" | "+" | "and") {
            let next = self.text[range.end..last].trim();
            format!("join ids with a comma: `{first}, {next}`")
        } else if self.text.trim().contains('\n') {
            advice::one_each(self.text.trim(), '\n')
        } else if let Some(step) = advice::without_arrow(self.text[..end].trim()) {
            format!("put an arrow between two ids: `{step}`")
        } else if at_end && !self.arrows.is_empty() && end == self.text.len() {
            let text = rest.trim_matches(['[', ']', '(', ')', '"', '\'', ';', '|', ' ']);
            format!("put a comma between two ids (they hold no spaces), and a colon before a text: ` : {text}`")
        } else {
            "put a comma or an arrow between two ids: `a -> b, c`".to_owned()
        };
        self.error(range, message, help);
    }

    /// Reports a step without an arrow.
    fn no_arrow(&mut self, tokens: &[Token]) {
        let end = self.end;
        let text_has_arrow = self.text[end..].contains("->") || self.text[end..].contains("~>");
        let dashed = tokens.iter().find_map(|token| {
            let word = &self.text[token.range()];
            word.split_once("--").filter(|(a, b)| !a.is_empty() && !b.is_empty())
        });
        let help = if text_has_arrow {
            let (text, links) = (self.text[..end].trim(), self.text[end..].trim_matches([':', ' ']));
            format!("the text stands at the end: `{links} : {text}`")
        } else if let Some((a, b)) = dashed {
            format!("put blanks around `--`: `{a} -- {b}`")
        } else {
            "write for example `users -> api : HTTPS`".to_owned()
        };
        self.error(0..self.text[..end].trim_end().len(), "this step has no arrow", help);
    }

    /// The text after the colon at `at`.
    fn label(&mut self, at: usize) -> Option<Spanned<String>> {
        let after = &self.text[at + 1..];
        let trimmed = after.trim();
        if trimmed.is_empty() {
            self.report(at..at + 1, "no text stands after the colon", "write a text, or take the colon out");
            return None;
        }
        let start = at + 1 + (after.len() - after.trim_start().len());
        let linked = self.sound && !self.arrows.is_empty();
        if let Some((range, arrow)) = advice::arrow_in_text(trimmed, self.place.meant).filter(|_| linked) {
            let span = (self.place.part)(start + range.start..start + range.end);
            let message = format!("the `{arrow}` behind the colon is part of the text, and links nothing");
            let rest = trimmed[range.start..].trim();
            let help = format!(
                "end the step with its text: `{} {rest} : {}`",
                self.text[..at].trim(),
                trimmed[..range.start].trim()
            );
            self.diagnostics.push(Diagnostic::warning("no-effect", span, message).with_help(help));
        }
        Some(Spanned::new(trimmed.to_owned(), (self.place.part)(start..start + trimmed.len())))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(text: &str) -> (Option<Step>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let place = |range: Range<usize>| Span { source: 0, start: range.start as u32, end: range.end as u32 };
        let meant = |words: &str| matches!(words, "my db" | "my-db").then(|| "my-db".to_owned());
        let whole = place(0..text.len());
        let step = parse(text, &Place { whole, part: &place, meant: &meant }, &mut diagnostics);
        (step, diagnostics)
    }

    /// The step as written, with one blank around everything.
    fn shape(text: &str) -> String {
        let (step, diagnostics) = read(text);
        assert_eq!(diagnostics, [], "{text}");
        let step = step.unwrap();
        let mut shape = String::new();
        for (index, station) in step.stations.iter().enumerate() {
            if index > 0 {
                shape.extend([" ", written(step.arrows[index - 1]), " "]);
            }
            shape += &station.iter().map(|id| id.value.as_str()).collect::<Vec<_>>().join(", ");
        }
        step.label.map_or(shape.clone(), |label| format!("{shape} : {}", label.value))
    }

    /// The message and the help of the only mistake of a step, and what it points at.
    fn fault(text: &str) -> (String, String, String) {
        let (_, mut diagnostics) = read(text);
        assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
        let diagnostic = diagnostics.remove(0);
        let span = diagnostic.labels[0].span;
        (diagnostic.message, diagnostic.help.unwrap(), text[span.start as usize..span.end as usize].to_owned())
    }

    #[test]
    fn reads_every_arrow() {
        for arrow in ["->", "<->", "--", "~>", "<~>", "~~"] {
            assert_eq!(shape(&format!("a {arrow} b")), format!("a {arrow} b"));
        }
    }

    #[test]
    fn reads_chains_fans_and_texts() {
        assert_eq!(shape("users -> igw -> alb : HTTPS"), "users -> igw -> alb : HTTPS");
        assert_eq!(shape("a,b  ->c , d~>e"), "a, b -> c, d ~> e");
        assert_eq!(
            shape("api@us-east-1a -> db-1.x : reads: all -> of it"),
            "api@us-east-1a -> db-1.x : reads: all -> of it"
        );
        assert_eq!(shape("a -> b: text"), "a -> b : text");
        assert_eq!(shape("a -> b :text"), "a -> b : text");
        assert_eq!(shape("año<->データ"), "año <-> データ");
    }

    #[test]
    fn hyphens_belong_to_ids_and_dashes_need_blanks() {
        assert_eq!(shape("api-gw->data-lake"), "api-gw -> data-lake");
        assert_eq!(shape("a--b -> c"), "a--b -> c");
        assert_eq!(fault("a--b").1, "put blanks around `--`: `a -- b`");
    }

    #[test]
    fn points_at_each_id_and_at_the_text() {
        let text = "users -> api, web : go";
        let (step, _) = read(text);
        let step = step.unwrap();
        let cut = |span: Span| &text[span.start as usize..span.end as usize];
        assert_eq!(cut(step.stations[1][1].span), "web");
        assert_eq!(cut(step.label.unwrap().span), "go");
    }

    #[test]
    fn names_the_right_arrow_and_reads_on() {
        let near = [
            ("=>", "->"),
            ("==>", "->"),
            ("-->", "->"),
            ("->>", "->"),
            ("→", "->"),
            (">", "->"),
            ("⇒", "->"),
            ("<=>", "<->"),
            ("<-->", "<->"),
            ("↔", "<->"),
            ("-", "--"),
            ("---", "--"),
            ("—", "--"),
            ("–", "--"),
            ("-.->", "~>"),
            ("~~>", "~>"),
            ("..>", "~>"),
            ("~", "~~"),
            ("->->", "->"),
            ("- >", "->"),
        ];
        for (wrong, right) in near {
            let text = format!("a {wrong} b");
            let help = match right {
                "--" => "write `->`, or `--` for a line without a direction".to_owned(),
                right => format!("write `{right}`"),
            };
            assert_eq!(fault(&text), (format!("unknown arrow `{wrong}`"), help, wrong.to_owned()));
            assert!(read(&text).0.is_some(), "{text}");
        }
        assert_eq!(fault("a-->b").2, "-->");
    }

    #[test]
    fn refuses_arrows_that_point_backwards() {
        assert_eq!(fault("a <- b").1, "turn the step around: `b -> a`");
        assert_eq!(fault("api <~ web, app : x").1, "turn the step around: `b ~> a`");
        assert_eq!(fault("api <- alb : HTTPS").1, "turn the step around: `alb -> api`");
        assert!(read("a <- b <- c").1[0].help.as_deref().unwrap().ends_with("`c -> b -> a`"));
        assert_eq!(fault("a <~ b").1, "turn the step around: `b ~> a`");
    }

    #[test]
    fn reports_missing_ids() {
        assert_eq!(fault("-> b").0, "no id stands before `->`");
        assert_eq!(fault("a ->").0, "no id stands after `->`");
        assert_eq!(fault("a -> : text").0, "no id stands after `->`");
        assert_eq!(fault("a -> , b").0, "no id stands between `->` and `,`");
        assert_eq!(fault("a -> b,").0, "no id stands after `,`");
        assert_eq!(fault("a -> -> b").0, "no id stands between `->` and `->`");
        assert_eq!(fault("a").0, "this step has no arrow");
        assert_eq!(fault("  ").0, "this step is empty");
        assert_eq!(fault("").0, "this step is empty");
    }

    #[test]
    fn explains_the_habits_of_other_tools() {
        assert_eq!(
            fault("a -> b resolve the name").1,
            "put a comma between two ids (they hold no spaces), and a colon before a text: ` : resolve the name`"
        );
        assert_eq!(
            fault("a -> b [resolve it]").1,
            "put a comma between two ids (they hold no spaces), and a colon before a text: ` : resolve it`"
        );
        assert_eq!(
            fault("a -> b ; SQL").1,
            "put a comma between two ids (they hold no spaces), and a colon before a text: ` : SQL`"
        );
        assert_eq!(fault("a b").1, "put an arrow between two ids: `a -> b`");
        assert_eq!(fault("a to b : x").1, "put an arrow between two ids: `a -> b`");
        assert_eq!(fault("a calls b").1, "put an arrow between two ids: `a -> b : calls`");
        assert_eq!(fault("text : a -> b").1, "the text stands at the end: `a -> b : text`");
        assert_eq!(fault("a -> b:c").1, "put blanks around the colon: `b : c`");
        assert_eq!(fault("a -> b; c -> d").1, r#"write one string for each step: `steps = ["a -> b", "c -> d"]`"#);
        assert_eq!(fault("a ->|reads| b").1, "a text goes to the end, behind a colon: `a -> b : reads`");
        assert_eq!(fault("a -> my db").1, "boxes go by their ids: write `my-db`");
        assert_eq!(fault("a -> b and c").1, "join ids with a comma: `b, c`");
        assert_eq!(fault("1. a -> b").1, "take `1.` out, and write `numbered = true` below the header of the flow");
        assert_eq!(fault("a -> \"b\"").1, "ids stand without quotes: `a -> b`");
        assert_eq!(fault("a -> b :").0, "no text stands after the colon");
    }

    #[test]
    fn doubts_an_arrow_in_the_text_that_leads_to_a_box() {
        let (message, help, place) = fault("a -> b : HTTPS -> my-db");
        assert_eq!(message, "the `->` behind the colon is part of the text, and links nothing");
        assert_eq!((help.as_str(), place.as_str()), ("end the step with its text: `a -> b -> my-db : HTTPS`", "->"));
        assert_eq!(read("a -> b : HTTP -> HTTPS").1, []);
    }

    #[test]
    fn reports_a_bad_id_and_an_arrow_in_one_go() {
        let (step, diagnostics) = read("a => b@ -> c");
        assert!(step.is_none());
        assert_eq!(diagnostics.len(), 2);
    }

    #[test]
    fn limits_what_one_step_stands_for() {
        let fan = vec!["a"; 40].join(",");
        assert!(fault(&format!("{fan} -> {fan}")).0.starts_with("this step stands for 1600 links"));
    }
}
