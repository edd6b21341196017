//! The icons that a document brings along: `[icons]`, its packs, and `icon = "path"`.
//!
//! Paths are relative to the document and stay inside its directory: a document from a stranger must not be able to
//! draw other files of the machine into a picture. Of a pack only the files are read that are used.

use std::collections::BTreeMap;

use super::packs::Packs;
use crate::diagnostics::{Diagnostic, suggest};
use crate::document::Document;
use crate::icons::{self, CustomIcon, CustomIcons, IconId};
use crate::source::{Loader, Spanned, stays_inside};

/// The most icons of one document.
const MOST_ICONS: usize = 1_000;

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
            let icon = own.find(path, findings);
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

    /// The own kinds, those of the packs last.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.by_kind.keys().map(String::as_str).chain(self.packs.names())
    }

    /// The icon that `icon = "…"` means: a path, a name of the bundled set, an own kind or a name of a pack.
    pub(super) fn find(&mut self, icon: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Option<IconId> {
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
        let how = "`diagram icons` lists all names; a file is written with its ending, `icons/name.svg`";
        let bundled: Vec<&str> = icons::all().map(icons::bundled_name).collect();
        let help = suggest::did_you_mean(&icon.value, self.kinds().chain(bundled))
            .map_or_else(|| how.to_owned(), |hint| format!("{hint} ({how})"));
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
                findings.push(Diagnostic::error("bad-icon", path.span, message).with_help(
                    "an icon is an SVG or PNG file, named relative to this document and inside its directory",
                ));
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

    fn read(&self, path: &str) -> Result<CustomIcon, String> {
        if self.icons.len() >= MOST_ICONS {
            return Err(format!("a document may bring {MOST_ICONS} icons along"));
        }
        if !stays_inside(path) {
            return Err("its path leaves the directory of the document".to_owned());
        }
        let bytes = self.loader.read(path)?;
        CustomIcon::from_bytes(path, &bytes, bytes.starts_with(PNG_SIGNATURE))
    }
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
