//! The fonts that resvg sets text in.
//!
//! The bundled faces are known under the family that the SVG names (resvg does not read embedded fonts). The fonts of
//! the system are looked through only when a text has a character that the bundled faces lack.

use std::sync::{Arc, Mutex, PoisonError};

use usvg::fontdb::{Database, Source};
use usvg::{FontResolver, Options};

use crate::text::{Weight, font};

/// Options of parsing with the bundled faces.
pub fn options() -> Options<'static> {
    let mut fonts = Database::new();
    for weight in [Weight::Regular, Weight::Bold] {
        fonts.load_font_source(Source::Binary(Arc::new(font::bytes(weight))));
    }
    // What a text falls back to when it names no family that is known (a user's own icon may).
    fonts.set_serif_family(font::family());
    fonts.set_sans_serif_family(font::family());
    Options {
        font_family: font::family().to_owned(),
        font_resolver: resolver(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    }
}

/// The usual choice of fonts; the first character that no face has brings in the fonts of the system.
fn resolver() -> FontResolver<'static> {
    let among_known = FontResolver::default_fallback_selector();
    let loaded = Mutex::new(false);
    FontResolver {
        select_font: FontResolver::default_font_selector(),
        select_fallback: Box::new(move |character, tried, fonts| {
            if let Some(found) = among_known(character, tried, fonts) {
                return Some(found);
            }
            let mut loaded = loaded.lock().unwrap_or_else(PoisonError::into_inner);
            if *loaded {
                return None;
            }
            *loaded = true;
            Arc::make_mut(fonts).load_system_fonts();
            among_known(character, tried, fonts)
        }),
    }
}
