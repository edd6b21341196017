//! Words of the user, made safe for a page: `CommonMark` with GitHub's extensions, and nothing that a reader cannot see.

use std::fmt::Write;

/// `raw` as plain text of a Markdown page, on one line.
///
/// Whatever `CommonMark` or GitHub would read as markup is escaped; line breaks and runs of spaces become one
/// space; control characters and the marks that reorder text (the "Trojan Source" ones) are left out.
pub fn text(raw: &str) -> String {
    let clean = one_line(raw);
    let mut out = String::with_capacity(clean.len() + 8);
    let mut before = None;
    let mut rest = clean.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' if after.is_some_and(|next| next.is_alphanumeric() || next == '#') => out.push_str("&amp;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            '_' if !(is_word(before) && is_word(after)) => out.extend(['\\', c]),
            // What opens a heading, or closes one.
            '#' if !is_word(before) && !is_word(after) => out.extend(['\\', c]),
            _ => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// An escaped line that does not begin as a list, a heading or a rule does.
pub fn line(escaped: &str) -> String {
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match escaped.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        Some(b'-' | b'+' | b'=') if digits == 0 => format!("\\{escaped}"),
        _ => escaped.to_owned(),
    }
}

/// `raw` as the target of a link, or nothing if following it could do more than open a page.
///
/// Absolute targets need a scheme of a short list; everything else counts as a path, in which a colon may only
/// stand behind the first slash.
pub fn target(raw: &str) -> Option<String> {
    const SCHEMES: [&str; 3] = ["https", "http", "mailto"];
    let clean = one_line(raw);
    if let Some((scheme, _)) = clean.split_once(':')
        && !scheme.contains(['/', '?', '#'])
        && !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme))
    {
        return None;
    }
    (!clean.is_empty()).then(|| percent_encoded(&clean))
}

/// `name`, of a file beside the page, as the target of a link.
pub fn file(name: &str) -> String {
    // In front of a colon a name would read as a scheme.
    percent_encoded(name).replace(':', "%3A")
}

/// `raw` on one line, without anything invisible.
pub fn one_line(raw: &str) -> String {
    let visible: String = raw
        .chars()
        .filter(|&c| !is_reordering(c))
        .map(|c| if c.is_control() || is_line_end(c) { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `raw` with everything percent-encoded that would end a link's target or is not allowed in it.
fn percent_encoded(raw: &str) -> String {
    const KEPT: &str = "-._~:/?#@!$&'*+,;=%";
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        if c.is_alphanumeric() || KEPT.contains(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                write!(out, "%{byte:02X}").expect("a string takes everything");
            }
        }
    }
    out
}

/// Whether `c` is inside a word, where an underscore marks nothing up.
fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Whether `c` changes the order in which the text around it is shown, or is invisible.
fn is_reordering(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The line ends of Unicode that are not control characters.
fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_loses_its_meaning() {
        assert_eq!(
            text("a*b* `c` [d](e) ~~f~~ $g$ | \\"),
            "a\\*b\\* \\`c\\` \\[d\\](e) \\~\\~f\\~\\~ \\$g\\$ \\| \\\\"
        );
        assert_eq!(text("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(text("R & D, AT&T, &copy; &#60;"), "R & D, AT&amp;T, &amp;copy; &amp;#60;");
    }

    #[test]
    fn underscores_inside_words_stay() {
        assert_eq!(text("us_east_1 and _this_"), "us_east_1 and \\_this\\_");
    }

    #[test]
    fn nothing_starts_a_block() {
        let line = |raw| line(&text(raw));
        assert_eq!(line("# title"), "\\# title");
        assert_eq!(line("Terminal #1 is #"), "Terminal #1 is \\#");
        assert_eq!(line("- item"), "\\- item");
        assert_eq!(line("12. item"), "12\\. item");
        assert_eq!(line("1) item"), "1\\) item");
        assert_eq!(line("---"), "\\---");
        assert_eq!(line("> quote"), "&gt; quote");
        assert_eq!(line("C# and F-16 cost 1.5"), "C# and F-16 cost 1.5");
        assert_eq!(text("a\n\n# b\r\n\u{2028}- c"), "a \\# b - c");
    }

    #[test]
    fn marks_that_reorder_text_are_left_out() {
        assert_eq!(text("user\u{202E}gpj.exe\u{2066}\u{0007}\u{200F}"), "usergpj.exe");
        assert_eq!(text("קצה"), "קצה");
    }

    #[test]
    fn only_harmless_targets_are_links() {
        assert_eq!(target("https://example.com/a(b) c").as_deref(), Some("https://example.com/a%28b%29%20c"));
        assert_eq!(target("docs/api.md#x:y").as_deref(), Some("docs/api.md#x:y"));
        assert_eq!(target("MAILTO:ops@example.com").as_deref(), Some("MAILTO:ops@example.com"));
        for bad in
            ["javascript:alert(1)", "JavaScript:alert(1)", "\u{1}java\nscript:x", "data:text/html,x", "vbscript:x", ""]
        {
            assert_eq!(target(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_file_name_is_one_target() {
        assert_eq!(file("my arch (1).svg"), "my%20arch%20%281%29.svg");
        assert_eq!(file("a:b.svg"), "a%3Ab.svg");
    }
}
