//! The icons that a document brings along: `[icons]`, its packs, and `icon = "path"`.
//!
//! Paths are relative to the document and stay inside its directory: a document from a stranger must not be able to
//! draw other files of the machine into a picture. Of a pack only the files are read that are used.

use std::collections::BTreeMap;

use super::packs::Packs;
use crate::catalogue;
use crate::diagnostics::{Diagnostic, suggest};
use crate::document::Document;
use crate::icons::{self, CustomIcon, CustomIcons, IconId};
use crate::source::{Loader, Spanned, stays_inside};

/// The most icons of one document.
const MOST_ICONS: usize = 1_000;

/// Said where no name is near.
const NOTHING_NEAR: &str =
    "search the names with `diagram icons WORDS`; a file is written with its ending, `icons/name.svg`";

/// What names of icons begin with and people leave out.
const MAKERS: [&str; 2] = ["Amazon", "AWS"];

/// Endings of pictures that are no icons.
const OTHER_PICTURES: [&str; 12] =
    ["jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "pdf", "eps", "tif", "tiff", "drawio"];

/// How every PNG file begins.
const PNG_SIGNATURE: &[u8] = b"\x89PNG";

/// The icons read so far; each file is read once.
pub(super) struct OwnIcons<'l> {
    loader: &'l dyn Loader,
    icons: Vec<CustomIcon>,
    by_path: BTreeMap<String, Option<IconId>>,
    by_kind: BTreeMap<String, Option<IconId>>,
    packs: Packs,
}

impl<'l> OwnIcons<'l> {
    /// Reads the icons of the own kinds, and the names of the files in the packs.
    pub(super) fn load(document: &Document, loader: &'l dyn Loader, findings: &mut Vec<Diagnostic>) -> Self {
        let packs = Packs::list(&document.packs, loader, findings);
        let mut own = Self { loader, icons: Vec::new(), by_path: BTreeMap::new(), by_kind: BTreeMap::new(), packs };
        for (kind, path) in &document.icons {
            // An empty path stands for one that could not be read, which is reported.
            let icon = if path.value.is_empty() { None } else { own.find(path, findings) };
            own.by_kind.insert(kind.value.clone(), icon);
        }
        own
    }

    /// The icon of an own kind; `None` when the document has no such kind.
    ///
    /// A kind whose file could not be read is known all the same (its error is reported once) and has a plain icon.
    pub(super) fn of_kind(&self, kind: &str) -> Option<IconId> {
        self.by_kind.get(kind).map(|icon| icon.unwrap_or(IconId::Custom(0)))
    }

    /// The icon that a pack gives a kind, and how the kind is written; `None` when no pack has it.
    pub(super) fn of_pack(
        &mut self,
        kind: &Spanned<String>,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<(IconId, String)> {
        let (path, name) = self.packs.find(&kind.value)?;
        let icon = self.file(&Spanned::new(path, kind.span), findings);
        Some((icon.unwrap_or(IconId::Custom(0)), name))
    }

    /// Whether a kind that seems to be missing may be in a pack that could not be read, which is reported.
    pub(super) fn may_be_lost(&self) -> bool {
        self.packs.lost
    }

    /// The own kinds, those of the packs last.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.by_kind.keys().map(String::as_str).chain(self.packs.names())
    }

    /// The icon that `icon = "…"` means: a path, a name of the bundled set, an own kind or a name of a pack.
    pub(super) fn find(&mut self, icon: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Option<IconId> {
        if let Some((message, help)) = unusable(&icon.value) {
            findings.push(Diagnostic::error("bad-icon", icon.span, message).with_help(help));
            return None;
        }
        if icons::is_path(&icon.value) {
            return self.file(icon, findings);
        }
        if let Some(found) = self.of_kind(&icon.value).or_else(|| icons::find(&icon.value)) {
            return Some(found);
        }
        if let Some((found, _)) = self.of_pack(icon, findings) {
            return Some(found);
        }
        let message = format!("no icon is called `{}`", icon.value);
        let help = if suggest::is_worth_it(findings) { self.nearest(&icon.value) } else { NOTHING_NEAR.to_owned() };
        findings.push(Diagnostic::error("unknown-icon", icon.span, message).with_help(help));
        None
    }

    /// The icon in a file.
    fn file(&mut self, path: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Option<IconId> {
        if let Some(&known) = self.by_path.get(&path.value) {
            return known;
        }
        let id = match self.read(&path.value) {
            Ok(read) => {
                self.icons.push(read);
                Some(IconId::Custom(self.icons.len() as u16 - 1))
            }
            Err(reason) => {
                let message = format!("cannot use the icon `{}`: {reason}", path.value);
                let near = if stays_inside(&path.value) { suggest::neighbour(&path.value, self.loader) } else { None };
                let folder = path.value.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                let help = near.map_or_else(
                    || {
                        "an icon is an SVG or PNG file, named relative to this document and inside its directory"
                            .to_owned()
                    },
                    |near| format!("did you mean `{folder}{near}`?"),
                );
                findings.push(Diagnostic::error("bad-icon", path.span, message).with_help(help));
                None
            }
        };
        self.by_path.insert(path.value.clone(), id);
        id
    }

    /// All icons read, in the order of their ids.
    pub(super) fn finish(self) -> CustomIcons {
        CustomIcons(self.icons)
    }

    /// What to write instead of `word`, which is no icon's name.
    fn nearest(&self, word: &str) -> String {
        if let Some(icon) = catalogue::service(&word.trim().to_lowercase().replace(' ', "-")).and_then(|kind| kind.icon)
        {
            return format!("the icon of that kind is called `{icon}`");
        }
        let names: Vec<&'static str> = icons::all().map(icons::bundled_name).collect();
        let bare = |name: &&'static str| -> &'static str {
            MAKERS.iter().find_map(|maker| name.strip_prefix(maker)).unwrap_or(name)
        };
        let found = suggest::closest(word, names.iter().flat_map(|name| [*name, bare(name)]));
        let full = |part: &&'static str| names.iter().copied().find(|name| name == part || bare(name) == *part);
        let mut near: Vec<&str> = suggest::closest(word, self.kinds());
        near.extend(found.iter().filter_map(full));
        near.dedup();
        if near.is_empty() { NOTHING_NEAR.to_owned() } else { format!("did you mean {}?", suggest::one_of(&near)) }
    }

    fn read(&self, path: &str) -> Result<CustomIcon, String> {
        if self.icons.len() >= MOST_ICONS {
            return Err(format!("a document may bring {MOST_ICONS} icons along"));
        }
        if !stays_inside(path) {
            return Err("its path leaves the directory of the document".to_owned());
        }
        let bytes = self.loader.read(path)?;
        if path.to_lowercase().ends_with(".png") && !bytes.starts_with(PNG_SIGNATURE) {
            return Err("its content is no PNG".to_owned());
        }
        CustomIcon::from_bytes(path, &bytes, bytes.starts_with(PNG_SIGNATURE))
    }
}

/// Why a word can't be an icon at all, and what can: pictures from the web, and formats that are not drawn.
fn unusable(icon: &str) -> Option<(String, String)> {
    let file = icon.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.split(['.', '?', '#']).next().filter(|stem| !stem.is_empty()).unwrap_or("name");
    if icon.contains("://") || icon.starts_with("//") {
        let help = format!("save it beside this document, and write its path: `icons/{stem}.svg`");
        return Some((format!("`{icon}` stands in the web, and nothing is fetched from there"), help));
    }
    let (_, ending) = file.rsplit_once('.')?;
    OTHER_PICTURES.iter().any(|other| ending.eq_ignore_ascii_case(other)).then(|| {
        let help = format!("an icon is an SVG or PNG file: convert it, and write `icons/{stem}.png`");
        (format!("`{icon}` can't be drawn: it is a {} file", ending.to_uppercase()), help)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{copies, errors, topology};
    use super::*;

    #[test]
    fn own_kinds_have_own_icons() {
        let topology = topology(
            "[icons]\nkafka-ui='icons/own.svg'\n[services.a]\nkind='kafka-ui'\n[services.b]\nkind='s3'\nicon='icons/own.svg'\n\
             [groups.g]\nkind='kafka-ui'",
        );
        let a = copies(&topology, "a")[0];
        assert_eq!((a.kind.as_str(), a.caption.as_str()), ("kafka-ui", "A"));
        assert_eq!(a.node().unwrap().icon, Some(IconId::Custom(0)));
        assert_eq!(copies(&topology, "b")[0].node().unwrap().icon, Some(IconId::Custom(0)));
        assert_eq!(copies(&topology, "g")[0].container().unwrap().icon, Some(IconId::Custom(0)));
        assert_eq!(topology.custom_icons.0.len(), 1);
    }

    #[test]
    fn files_that_are_no_icons_are_reported() {
        for path in ["icons/none.svg", "../own.svg", "/own.png"] {
            assert_eq!(errors(&format!("[groups.g]\nicon='{path}'")), ["bad-icon"], "{path}");
        }
        assert_eq!(errors("[groups.g]\nicon='Amazon Nothing'"), ["unknown-icon"]);
        // The file is reported once, its kind is known all the same.
        assert_eq!(errors("[icons]\nown='gone.svg'\n[services.a]\nkind='own'\n[services.b]\nkind='own'"), ["bad-icon"]);
    }
}
