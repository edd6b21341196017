//! What comes before what.

use toml_edit::{Key, Value};

use crate::document::schema;

/// The place of a table of that name in the file. Boxes stand where their author put them: their order over all tables
/// is that of the picture.
pub(super) fn rank(table: &str) -> usize {
    match table {
        "diagram" => 1,
        "icons" => 2,
        "defaults" => 3,
        "flows" => 5,
        "links" => 6,
        "views" => 7,
        "requirements" => 8,
        _ => 4,
    }
}

/// The values of the table at `path`, with the keys of the format in its own order; keys of the author's, such as ids,
/// stay in theirs.
pub(super) fn sorted<'t>(path: &[&str], mut values: Vec<(Vec<&'t Key>, &'t Value)>) -> Vec<(Vec<&'t Key>, &'t Value)> {
    if let Some(shape) = schema::shape_at(path) {
        let place = |key: &str| shape.keys.iter().position(|known| *known == key).unwrap_or(usize::MAX);
        values.sort_by_key(|(keys, _)| keys.first().map(|key| place(key.get())));
    }
    values
}
