//! The `[diagram]` table.
//!
//! Before: words that the parser has checked. After: a [`Heading`] with every default in place.

use super::checks;
use crate::diagnostics::Diagnostic;
use crate::document::Settings;
use crate::topology::{Direction, Heading, Language, ThemeName};

/// Reads the settings; a word that the parser refused counts as left out.
pub(super) fn read(settings: &Settings, findings: &mut Vec<Diagnostic>) -> Heading {
    if let Some(title) = &settings.title {
        checks::length(title, "title", findings);
    }
    let word = |key: &Option<crate::source::Spanned<String>>| key.as_ref().map(|word| word.value.clone());
    Heading {
        title: word(&settings.title),
        summary: word(&settings.summary),
        direction: match word(&settings.direction).as_deref() {
            Some("down") => Direction::Down,
            Some("right") => Direction::Right,
            _ => Direction::Auto,
        },
        theme: match word(&settings.theme).as_deref() {
            Some("dark") => ThemeName::Dark,
            _ => ThemeName::Light,
        },
        language: language(settings),
    }
}

/// The language of generated text.
pub(super) fn language(settings: &Settings) -> Language {
    match settings.lang.as_ref().map(|word| word.value.as_str()) {
        Some("es") => Language::Spanish,
        _ => Language::English,
    }
}
