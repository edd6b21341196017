//! The bundled family: Open Sans in two weights, under the SIL Open Font License (`assets/fonts/OFL.txt`).

use std::collections::BTreeSet;

use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, TableProvider};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};

use super::Weight;

/// Font units per em, of both faces (table `head`).
pub(super) const UNITS_PER_EM: i64 = 2048;

/// The name of the family, as `font-family` takes it.
pub fn family() -> &'static str {
    "Open Sans"
}

/// The number that `font-weight` takes.
pub const fn css_weight(weight: Weight) -> u16 {
    match weight {
        Weight::Regular => 400,
        Weight::Bold => 600,
    }
}

/// A whole face, as a TrueType file.
pub fn bytes(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => include_bytes!("../../assets/fonts/OpenSans-Regular.ttf"),
        Weight::Bold => include_bytes!("../../assets/fonts/OpenSans-SemiBold.ttf"),
    }
}

/// Whether the face has a glyph for `character`.
pub fn covers(weight: Weight, character: char) -> bool {
    let font = face(weight);
    font.cmap().is_ok_and(|cmap| cmap.map_codepoint(character).is_some_and(|glyph| glyph.to_u32() != 0))
}

/// A face cut down to the glyphs of `characters`, as a TrueType file that browsers take in an `@font-face` rule.
///
/// Characters that the face lacks are left out. Equal sets give equal bytes.
#[allow(clippy::missing_panics_doc)] // the bundled faces are known
pub fn subset(weight: Weight, characters: &BTreeSet<char>) -> Vec<u8> {
    let font = face(weight);
    let wanted: IntSet<u32> = characters.iter().map(|&character| u32::from(character)).collect();
    let dropped: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    let plan = Plan::new(
        &IntSet::empty(),
        &wanted,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &dropped,
        &IntSet::all(),
        &IntSet::empty(),
        &kept_names(),
        &IntSet::from([ENGLISH]),
    );
    subset_font(&font, &plan).expect("a bundled face can be subset to any characters")
}

/// The language id of American English in a `name` table on Windows.
const ENGLISH: u16 = 0x0409;

/// Copyright, family, style, licence: what the OFL asks a copy to keep, and what browsers look for.
fn kept_names() -> IntSet<NameId> {
    [0, 1, 2, 13, 14].into_iter().map(NameId::new).collect()
}

fn face(weight: Weight) -> FontRef<'static> {
    FontRef::new(bytes(weight)).expect("a bundled face is a font")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn characters(text: &str) -> BTreeSet<char> {
        text.chars().collect()
    }

    #[test]
    fn faces_speak_spanish_and_name_their_family() {
        for weight in [Weight::Regular, Weight::Bold] {
            for character in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»“”…–—·•→←↔€ç".chars() {
                assert!(covers(weight, character), "{character}");
            }
            let font = face(weight);
            assert_eq!(i64::from(font.head().unwrap().units_per_em()), UNITS_PER_EM);
            assert_eq!(font.os2().unwrap().us_weight_class(), css_weight(weight));
        }
    }

    #[test]
    fn a_subset_has_the_tables_of_a_web_font_and_only_its_characters() {
        let subset = subset(Weight::Bold, &characters("Región →\u{4e2d}"));
        let font = FontRef::new(&subset).unwrap();
        for tag in ["OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"] {
            assert!(font.table_data(Tag::new(tag.as_bytes().try_into().unwrap())).is_some(), "{tag}");
        }
        let cmap = font.cmap().unwrap();
        assert!(cmap.map_codepoint('ó').is_some());
        assert!(cmap.map_codepoint('x').is_none());
        assert!(cmap.map_codepoint('\u{4e2d}').is_none());
        assert!(subset.len() < 4000, "{}", subset.len());
    }

    #[test]
    fn a_subset_of_nothing_is_still_a_font() {
        assert!(FontRef::new(&subset(Weight::Regular, &BTreeSet::new())).is_ok());
    }
}
