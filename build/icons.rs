//! The official icons: one table of names, and one file of documents, each compressed by itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The folders of the set, and how their icons are drawn. Of two icons of one name the one in the earlier folder bears it,
/// and the other is called `folder/name`.
const FOLDERS: [(&str, &str); 4] =
    [("architecture-service", "Tile"), ("architecture-group", "Group"), ("category", "Tile"), ("resource", "Line")];

/// One icon of the set.
pub struct Icon {
    /// The name by which it is addressed.
    pub name: String,
    folder: &'static str,
    stem: String,
    shape: &'static str,
    svg: Vec<u8>,
}

/// Reads the set: all icons, sorted by name.
pub fn read(root: &str) -> Result<Vec<Icon>, String> {
    let mut icons: BTreeMap<String, Icon> = BTreeMap::new();
    for (folder, shape) in FOLDERS {
        let mut paths = files(&Path::new(root).join(folder))?;
        paths.sort();
        for path in paths {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or("icon names are UTF-8")?.to_owned();
            let svg = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let taken = icons.contains_key(&key(&stem));
            let name = if taken { format!("{folder}/{stem}") } else { stem.clone() };
            if icons.insert(key(&name), Icon { name, folder, stem, shape, svg }).is_some() {
                return Err(format!("{}: a second icon of that name in {folder}", path.display()));
            }
        }
    }
    Ok(icons.into_values().collect())
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(|error| error.to_string()));
    let paths: Vec<_> = paths.collect::<Result<_, _>>()?;
    Ok(paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "svg")).collect())
}

/// What of a name counts when an icon is looked up. `icons::bundled` reads names the same way.
fn key(name: &str) -> String {
    name.chars().filter(|character| !" -_".contains(*character)).flat_map(char::to_lowercase).collect()
}

/// The table of icons as Rust, and the compressed documents one after another.
pub fn generate(icons: &[Icon]) -> Result<(String, Vec<u8>), String> {
    let mut blob = Vec::new();
    let mut table = format!("#[allow(clippy::unreadable_literal)]\nstatic ICONS: [Bundled; {}] = [\n", icons.len());
    let mut keys = BTreeMap::new();
    for (index, icon) in icons.iter().enumerate() {
        let start = blob.len();
        let mut encoder = DeflateEncoder::new(&mut blob, Compression::best());
        encoder.write_all(&icon.svg).and_then(|()| encoder.finish()).map_err(|error| error.to_string())?;
        let Icon { name, shape, .. } = icon;
        let end = blob.len();
        writeln!(table, "    Bundled {{ name: {name:?}, shape: IconShape::{shape}, start: {start}, end: {end} }},")
            .map_err(|error| error.to_string())?;
        keys.insert(key(&icon.name), index);
        keys.insert(key(&format!("{}/{}", icon.folder, icon.stem)), index);
    }
    write!(table, "];\nstatic KEYS: [(&str, u16); {}] = [\n", keys.len()).map_err(|error| error.to_string())?;
    for (key, index) in keys {
        writeln!(table, "    ({key:?}, {index}),").map_err(|error| error.to_string())?;
    }
    table.push_str("];\n");
    Ok((table, blob))
}
