//! XML as text: escaping and numbers.

use std::fmt::Write as _;

use crate::scene::Color;

/// Appends character data. Characters that XML 1.0 does not allow are left out.
pub fn text(out: &mut String, value: &str) {
    for character in value.chars().filter(|&character| allowed(character)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Only `]]>` needs it, but a lone `>` is not worth the look back.
            '>' => out.push_str("&gt;"),
            // A reader would turn a bare carriage return into a line feed.
            '\r' => out.push_str("&#13;"),
            _ => out.push(character),
        }
    }
}

/// Appends ` name="value"`.
pub fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for character in value.chars().filter(|&character| allowed(character)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Appends ` name="value"` for a length in tenths of a px.
pub fn length(out: &mut String, name: &str, tenths: i32) {
    let _ = write!(out, " {name}=\"");
    number(out, tenths);
    out.push('"');
}

/// Appends a number given in tenths, in its shortest form (`12`, `.5`, `-3.5`).
pub fn number(out: &mut String, tenths: i32) {
    if tenths < 0 {
        out.push('-');
    }
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if whole > 0 || rest == 0 {
        let _ = write!(out, "{whole}");
    }
    if rest > 0 {
        let _ = write!(out, ".{rest}");
    }
}

/// Appends the colour of an inside; black is what a viewer assumes.
pub fn fill(out: &mut String, value: Color) {
    if value != Color(0, 0, 0) {
        attribute(out, "fill", &color(value));
    }
}

/// A colour in its shortest spelling.
pub fn color(Color(red, green, blue): Color) -> String {
    let short = |channel: u8| channel >> 4 == channel & 0xF;
    if short(red) && short(green) && short(blue) {
        format!("#{:x}{:x}{:x}", red & 0xF, green & 0xF, blue & 0xF)
    } else {
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Whether XML 1.0 allows a character (section 2.2, production `Char`).
const fn allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut String)) -> String {
        let mut out = String::new();
        write(&mut out);
        out
    }

    #[test]
    fn markup_in_text_stays_text() {
        assert_eq!(written(|out| text(out, "<b>&]]>\"")), "&lt;b&gt;&amp;]]&gt;\"");
    }

    #[test]
    fn an_attribute_cannot_be_left() {
        assert_eq!(written(|out| attribute(out, "id", "\" onload=\"x")), " id=\"&quot; onload=&quot;x\"");
        assert_eq!(written(|out| attribute(out, "id", "a\nb")), " id=\"a&#10;b\"");
    }

    #[test]
    fn characters_that_xml_forbids_are_left_out() {
        assert_eq!(written(|out| text(out, "a\u{0}\u{8}\u{1b}\u{fffe}b")), "ab");
    }

    #[test]
    fn numbers_are_short() {
        for (tenths, expected) in [(0, "0"), (5, ".5"), (-5, "-.5"), (120, "12"), (-1235, "-123.5")] {
            assert_eq!(written(|out| number(out, tenths)), expected);
        }
    }

    #[test]
    fn colours_are_short() {
        assert_eq!(color(Color(255, 255, 255)), "#fff");
        assert_eq!(color(Color(36, 47, 62)), "#242f3e");
    }
}
