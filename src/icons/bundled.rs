//! The official set, compiled into the binary: each document compressed by itself, so that one costs one.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::IconShape;

/// One icon of the set: its name, and where its document lies in [`DOCUMENTS`].
pub(super) struct Bundled {
    pub name: &'static str,
    pub shape: IconShape,
    start: usize,
    end: usize,
}

/// The compressed documents one after another.
static DOCUMENTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/icons.bin"));

// `ICONS`, sorted by name, and `KEYS`, sorted: what names lead to which, as `key` writes them.
include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// All icons, sorted by name.
pub(super) fn all() -> &'static [Bundled] {
    &ICONS
}

/// The place of the icon of that name.
pub(super) fn find(name: &str) -> Option<u16> {
    let key = key(name);
    KEYS.binary_search_by(|(candidate, _)| (*candidate).cmp(&key)).ok().map(|place| KEYS[place].1)
}

/// The SVG document of an icon.
pub(super) fn svg(place: u16) -> String {
    let icon = &ICONS[usize::from(place)];
    let mut document = String::new();
    DeflateDecoder::new(&DOCUMENTS[icon.start..icon.end])
        .read_to_string(&mut document)
        .expect("the build compressed UTF-8 documents");
    document
}

/// What of a name counts. The build makes [`KEYS`] the same way.
fn key(name: &str) -> String {
    name.chars().filter(|character| !" -_".contains(*character)).flat_map(char::to_lowercase).collect()
}
