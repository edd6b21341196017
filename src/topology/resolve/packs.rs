//! Packs: folders of icons, each file of which gives a kind its name.
//!
//! `pack = ["icons/gcp"]` with `icons/gcp/Cloud Run.svg` gives the kind `cloud-run`, which is also called `gcp/cloud-run`. What
//! the document maps by itself and what the catalogue knows comes first; of two packs the earlier one.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, suggest};
use crate::icons;
use crate::source::{Loader, Spanned, stays_inside};

/// The packs of a document.
pub(super) struct Packs {
    /// By name, with its folder's (`gcp/cloud-run`) and without: the path of the file.
    files: BTreeMap<String, String>,
    /// Whether a folder could not be listed, in which a kind may be that seems to be missing.
    pub lost: bool,
}

impl Packs {
    /// Lists the files of the folders; reports folders that cannot be listed or hold no icon.
    pub(super) fn list(folders: &[Spanned<String>], loader: &dyn Loader, findings: &mut Vec<Diagnostic>) -> Self {
        let (mut files, mut lost) = (BTreeMap::new(), false);
        for written in folders {
            let folder = written.value.trim_end_matches('/');
            let listed = if stays_inside(folder) {
                loader.list(folder)
            } else {
                Err("its path leaves the directory of the document".to_owned())
            };
            let names = listed.unwrap_or_else(|reason| {
                let message = format!("cannot use the icons in `{folder}`: {reason}");
                let near = if stays_inside(folder) { suggest::neighbour(folder, loader) } else { None };
                let outer = folder.rsplit_once('/').map_or(String::new(), |(outer, _)| format!("{outer}/"));
                let help = near.map_or_else(
                    || "a pack is a folder of SVG and PNG files, named relative to this document and inside its directory".to_owned(),
                    |near| format!("did you mean `{outer}{near}`?"),
                );
                findings.push(Diagnostic::error("bad-icon", written.span, message).with_help(help));
                lost = true;
                Vec::new()
            });
            // Names that begin with a dot are what systems leave in folders.
            let icons = names.iter().filter(|name| icons::is_path(name) && !name.starts_with('.'));
            let mut empty = !names.is_empty();
            for file in icons {
                empty = false;
                let (stem, _) = file.rsplit_once('.').unwrap_or((file, ""));
                let (pack, kind) = (fold(folder.rsplit('/').next().unwrap_or(folder)), fold(stem));
                for name in [format!("{pack}/{kind}"), kind] {
                    files.entry(name).or_insert_with(|| format!("{folder}/{file}"));
                }
            }
            if empty {
                let message = format!("`{folder}` holds no SVG or PNG file");
                findings.push(
                    Diagnostic::warning("no-effect", written.span, message)
                        .with_help("name the folder in which the files lie: folders inside it are not looked into"),
                );
            }
        }
        Self { files, lost }
    }

    /// The path of the file that a word means, and the word as it is written here.
    pub(super) fn find(&self, word: &str) -> Option<(String, String)> {
        let name = word.split('/').map(fold).collect::<Vec<_>>().join("/");
        self.files.get(&name).map(|path| (path.clone(), name))
    }

    /// Every name that means a file, those without a folder first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let of = |long: bool| self.files.keys().map(String::as_str).filter(move |name| name.contains('/') == long);
        of(false).chain(of(true))
    }
}

/// A name as kinds are written: lower case, with one hyphen for every run of blanks, underscores and hyphens.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.split([' ', '_', '-']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::testing::{copies, errors, help, topology, warnings};
    use super::fold;
    use crate::icons::IconId;

    const PACKS: &str = "[icons]\npack=['icons/gcp','icons/k8s']\nown='icons/own.svg'\n";

    fn icon_of(text: &str) -> (String, String) {
        let topology = topology(&format!("{PACKS}{text}"));
        let a = copies(&topology, "a")[0];
        let icon = a.node().map_or_else(|| a.container().unwrap().icon, |node| node.icon).unwrap();
        assert_eq!(
            topology.custom_icons.0.len(),
            usize::from(matches!(icon, IconId::Custom(_))) + 1,
            "only what is used"
        );
        (a.kind.clone(), crate::icons::name(icon, &topology.custom_icons).to_owned())
    }

    #[test]
    fn names_are_folded() {
        for name in ["Cloud Run", "cloud_run", "CLOUD--RUN", " cloud-run "] {
            assert_eq!(fold(name), "cloud-run", "{name}");
        }
    }

    #[test]
    fn files_of_packs_are_kinds_and_icons() {
        let run = "icons/gcp/Cloud Run.svg";
        for (written, kind, file) in [
            ("[services.a]\nkind='cloud-run'", "cloud-run", run),
            ("[services.a]\nkind='gcp/cloud-run'", "gcp/cloud-run", run),
            ("[externals.a]\nkind='pod'", "pod", "icons/k8s/pod.svg"),
            ("[groups.a]\nkind='pod'", "pod", "icons/k8s/pod.svg"),
            ("[services.a]\nkind='generic'\nicon='cloud-run'", "generic", run),
            ("[groups.a]\nicon='k8s/pod'", "generic", "icons/k8s/pod.svg"),
            // Both packs have one: the earlier counts, and the other goes by its folder.
            ("[services.a]\nkind='blob'", "blob", "icons/gcp/blob.svg"),
            ("[services.a]\nkind='k8s/blob'", "k8s/blob", "icons/k8s/blob.svg"),
            // The catalogue knows this one.
            ("[services.a]\nkind='k8s/s3'", "k8s/s3", "icons/k8s/s3.svg"),
        ] {
            assert_eq!(icon_of(written), (kind.to_owned(), file.to_owned()), "{written}");
        }
        let topology = topology(&format!("{PACKS}[services.a]\nkind='s3'"));
        assert!(matches!(copies(&topology, "a")[0].node().unwrap().icon, Some(IconId::Bundled(_))));
    }

    #[test]
    fn misspelt_names_of_packs_get_the_nearest() {
        assert!(help(&format!("{PACKS}[services.a]\nkind='cloud-rum'")).contains("`kind = \"cloud-run\"`"));
        assert!(
            help(&format!("{PACKS}[services.a]\nkind='s3'\nicon='clod-run'")).starts_with("did you mean `cloud-run`")
        );
    }

    #[test]
    fn folders_that_are_none_are_reported() {
        for folder in ["icons/none", "../x", "/etc"] {
            assert_eq!(errors(&format!("[icons]\npack='{folder}'\n[groups.g]")), ["bad-icon"], "{folder}");
        }
        assert_eq!(warnings("[icons]\npack='icons/text'\n[groups.g]"), ["no-effect"]);
        assert_eq!(errors("[icons]\npack='icons/k8s'\n[services.a]\nkind='broken'"), ["bad-icon"]);
    }
}
