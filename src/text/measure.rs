//! The width of text, by shaping it with the bundled face.

use std::borrow::Cow;
use std::sync::OnceLock;

use harfrust::{Direction, FontRef, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer, script};
use unicode_width::UnicodeWidthChar;

use super::{TextStyle, Weight, font};

/// The width of one line of `text`, px, rounded up.
///
/// Characters that the face lacks count as what other fonts draw on the average: they come from the viewer's fonts.
pub fn width(text: &str, style: TextStyle) -> i32 {
    pixels(advance(&visible(text), style.weight), style)
}

/// `text` as it is drawn: each control character by its picture (U+2400 and on), for neither XML nor a reader takes it.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        Cow::Owned(text.chars().map(picture).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The sum of the advances of `text`, font units.
pub(super) fn advance(text: &str, weight: Weight) -> i64 {
    let face = Face::of(weight);
    let shaper = face.data.shaper(&face.font).build();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    let mut options = ShapeOptions::new();
    if text.chars().all(|character| character <= LAST_LATIN) {
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        options = options.plan(Some(&face.latin));
    } else {
        buffer.guess_segment_properties();
    }
    let shaped = shaper.shape(buffer, options);
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
    glyphs
        .map(|(glyph, position)| match glyph.glyph_id {
            MISSING => text[glyph.cluster as usize..].chars().next().map_or(0, estimate),
            _ => i64::from(position.x_advance),
        })
        .sum()
}

/// An advance in px, rounded up.
pub(super) fn pixels(advance: i64, style: TextStyle) -> i32 {
    let pixels = (advance.max(0) * i64::from(style.size) + font::UNITS_PER_EM - 1) / font::UNITS_PER_EM;
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// The advance that fits into `width` px, font units.
pub(super) fn units(width: i32, style: TextStyle) -> i64 {
    i64::from(width.max(0)) * font::UNITS_PER_EM / i64::from(style.size.max(1))
}

/// The glyph that stands for characters that a face lacks.
const MISSING: u32 = 0;

/// The end of the block "Latin Extended-B": text up to here is set from left to right in Latin script.
const LAST_LATIN: char = '\u{24f}';

/// A face with what shaping needs of it, read once.
struct Face {
    font: FontRef<'static>,
    data: ShaperData,
    /// The plan for most labels: making one takes longer than to shape a word by it.
    latin: ShapePlan,
}

impl Face {
    fn of(weight: Weight) -> &'static Self {
        static REGULAR: OnceLock<Face> = OnceLock::new();
        static BOLD: OnceLock<Face> = OnceLock::new();
        let cell = match weight {
            Weight::Regular => &REGULAR,
            Weight::Bold => &BOLD,
        };
        cell.get_or_init(|| {
            let font = FontRef::new(font::bytes(weight)).expect("a bundled face is a font");
            let data = ShaperData::new(&font);
            let shaper = data.shaper(&font).build();
            let latin = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), None, &[]);
            Self { font, data, latin }
        })
    }
}

/// What other fonts give a character on the average, font units: emoji are wider than the em (Noto Color Emoji 1.27),
/// Chinese, Japanese and Korean fill it, letters take two thirds.
fn estimate(character: char) -> i64 {
    let thousandths = match (character, character.width().unwrap_or(1)) {
        (_, 0) => 0,
        ('\u{1f000}'.., 2) => 1275,
        (_, 2) | ('\u{2400}'..='\u{243f}', _) => 1000,
        _ => 660,
    };
    font::UNITS_PER_EM * thousandths / 1000
}

/// The picture of a control character; other characters as they are.
fn picture(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).expect("the block holds all 32"),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTION: TextStyle = TextStyle::regular(12);

    #[test]
    fn widths_are_those_of_the_face() {
        // Advances of Open Sans: A 1295, W 1891, S 1123; units of 1/2048 em.
        assert_eq!(advance("AWS", Weight::Regular), 1295 + 1891 + 1123);
        assert_eq!(width("AWS", CAPTION), 26);
        assert_eq!(width("", CAPTION), 0);
    }

    #[test]
    fn more_text_size_and_weight_is_wider() {
        let text = "Application Load Balancer (público)";
        let mut last = 0;
        for (index, _) in text.char_indices() {
            let now = width(&text[..index], CAPTION);
            assert!(now >= last, "{}", &text[..index]);
            last = now;
        }
        assert!(width(text, TextStyle::regular(13)) > width(text, CAPTION));
        assert!(width(text, TextStyle::bold(12)) > width(text, CAPTION));
    }

    #[test]
    fn a_letter_is_as_wide_as_its_decomposed_form() {
        assert_eq!(width("Región", CAPTION), width("Regio\u{301}n", CAPTION));
    }

    #[test]
    fn characters_that_the_face_lacks_are_estimated() {
        assert_eq!(width("中", TextStyle::regular(10)), 10);
        assert_eq!(width("😀", TextStyle::regular(10)), 13);
        assert_eq!(width("❤\u{fe0f}", TextStyle::regular(10)), width("❤", TextStyle::regular(10)));
        assert!(width("مرحبا", TextStyle::regular(10)) > 20);
    }

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(visible("a\u{1b}[0m\u{7f}\u{85}"), "a␛[0m␡\u{fffd}");
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
        assert_eq!(width("\u{1b}", TextStyle::regular(10)), 10);
    }
}
