//! The boxes of a file by what people call them instead of by their ids.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::schema;

/// The boxes of a file before it is read: what people call them instead of by their ids.
#[derive(Default)]
pub(super) struct Known {
    by_word: BTreeMap<String, String>,
}

impl Known {
    /// Gathers the ids and the names of the boxes in the tables of a file.
    pub fn gather(root: &DeTable<'_>) -> Self {
        let mut by_word = BTreeMap::new();
        let tables = schema::BOX_TABLES.iter().filter_map(|(table, ..)| root.get(*table)?.get_ref().as_table());
        for (id, entry) in tables.flatten() {
            let id = id.get_ref().to_string();
            let name = entry.get_ref().as_table().and_then(|entry| entry.get("name")?.get_ref().as_str());
            by_word.entry(fold(&id)).or_insert_with(|| id.clone());
            if let Some(name) = name {
                by_word.entry(fold(name)).or_insert(id);
            }
        }
        Self { by_word }
    }

    /// The id of the box that some words mean: its id with blanks, or its name.
    pub fn meant(&self, words: &str) -> Option<&str> {
        self.by_word.get(&fold(words)).map(String::as_str)
    }
}

/// Lower case, letters and digits only.
fn fold(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
