//! Reading what is said about whole files and pictures: `include`, `[defaults]`, `[icons]`, `[views.ID]`, `[[requirements]]`.

use toml::de::{DeTable, DeValue};

use super::fields::{Entry, Named, Reader, Value, type_name};
use super::schema;
use crate::document::{BoxEntry, DefaultsEntry, Document, RequirementEntry, ViewEntry};
use crate::source::Spanned;

/// The key of `[icons]` that names folders instead of one icon.
const PACK: &str = "pack";

/// `views`
const VIEWS: Named = Named {
    table: "views",
    noun: "view",
    id: "data",
    keys: schema::VIEW.keys,
    sample: r#"only = ["api", "db"]"#,
    short: r#"only = ["api"]"#,
};

impl Reader<'_> {
    /// Reads `include`: a path or a list of paths.
    pub(super) fn includes(&mut self, value: &Value<'_>, includes: &mut Vec<Spanned<String>>) {
        let help = "write for example `include = [\"network.toml\"]`, above all tables";
        let paths = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            DeValue::String(_) => vec![value],
            other => {
                let message = format!("`include` takes a list of paths, not {}", type_name(other));
                self.error("wrong-type", value.span(), message, help);
                return;
            }
        };
        for item in paths {
            match item.get_ref() {
                DeValue::String(path) if path.trim().is_empty() => {
                    self.error("empty-value", item.span(), "`include` names no file", help);
                }
                DeValue::String(path) => includes.push(Spanned::new(path.to_string(), self.span(item.span()))),
                other => {
                    let message = format!("`include` holds {}, where a path belongs", type_name(other));
                    self.error("wrong-type", item.span(), message, help);
                }
            }
        }
    }

    /// Reads `defaults`: for each table of boxes, a table for each kind.
    pub(super) fn defaults(&mut self, table: &DeTable<'_>, defaults: &mut Vec<DefaultsEntry>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let Some((written, kind, noun)) =
                schema::BOX_TABLES.iter().find(|(written, ..)| *written == name && schema::DEFAULTS.contains(written))
            else {
                let known = crate::diagnostics::suggest::all_of(schema::DEFAULTS);
                let help = crate::diagnostics::suggest::did_you_mean(name, schema::DEFAULTS.iter().copied())
                    .unwrap_or_else(|| format!("defaults are for kinds of {known}: `[defaults.services.ec2]`"));
                self.error("unknown-table", key.span(), format!("unknown table `{name}` in `defaults`"), help);
                continue;
            };
            let mut entries: Vec<BoxEntry> = Vec::new();
            self.boxes(*kind, &format!("defaults.{written}"), noun, value, &mut entries);
            for values in entries {
                self.refuse_in_defaults(&values);
                defaults.push(DefaultsEntry { values });
            }
        }
    }

    /// Reports keys that make no sense for all boxes of a kind.
    fn refuse_in_defaults(&mut self, values: &BoxEntry) {
        for (key, written) in [("kind", &values.kind), ("like", &values.like), ("name", &values.name)] {
            if let Some(word) = written {
                let message = format!("`{key}` can't be a default");
                let help = match key {
                    "name" => "take it out: each box has a name of its own".to_owned(),
                    _ => format!("take it out: `[defaults.….{}]` says of which kind it speaks", values.id.value),
                };
                self.error("unknown-key", word.span.start as usize..word.span.end as usize, message, help);
            }
        }
    }

    /// Reads `[icons]`: a path for each own kind, and folders of icons under `pack`.
    pub(super) fn icons(&mut self, table: &DeTable<'_>, document: &mut Document) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Array(items) if matches!(name, "packs" | "folder" | "folders") => {
                    let help = format!("did you mean `{PACK}`? for example `{PACK} = [\"icons/gcp\"]`");
                    self.error("unknown-key", key.span(), format!("unknown key `{name}` in `icons`"), help);
                    for item in items {
                        document.packs.extend(self.pack(item));
                    }
                }
                DeValue::Array(items) if name == PACK => {
                    for item in items {
                        document.packs.extend(self.pack(item));
                    }
                }
                DeValue::String(_) if name == PACK => document.packs.extend(self.pack(value)),
                DeValue::String(path) if !name.trim().is_empty() && !path.trim().is_empty() => document.icons.push((
                    Spanned::new(name.to_owned(), self.span(key.span())),
                    Spanned::new(path.clone().into_owned(), self.span(value.span())),
                )),
                DeValue::String(_) => self.error(
                    "empty-value",
                    key.span().start..value.span().end,
                    "an icon needs a kind and a path",
                    "write for example `kafka-ui = \"icons/kafka-ui.svg\"`",
                ),
                other => {
                    self.error(
                        "wrong-type",
                        value.span(),
                        format!("the icon of `{name}` is a path, not {}", type_name(other)),
                        format!("write for example `{name} = \"icons/{name}.svg\"`"),
                    );
                    // The kind is declared all the same; without a path it has no icon.
                    document.icons.push((
                        Spanned::new(name.to_owned(), self.span(key.span())),
                        Spanned::new(String::new(), self.span(value.span())),
                    ));
                }
            }
        }
    }

    fn pack(&mut self, value: &Value<'_>) -> Option<Spanned<String>> {
        let help = "write for example `pack = [\"icons/gcp\"]`";
        match value.get_ref() {
            DeValue::String(path) if !path.trim().is_empty() => {
                Some(Spanned::new(path.to_string(), self.span(value.span())))
            }
            DeValue::String(_) => {
                self.error("empty-value", value.span(), "`pack` names no folder", help);
                None
            }
            other => {
                let message = format!("`pack` is a list of folders, not {}", type_name(other));
                self.error("wrong-type", value.span(), message, help);
                None
            }
        }
    }

    /// Reads `views`: one table for each.
    pub(super) fn views(&mut self, value: &Value<'_>, views: &mut Vec<ViewEntry>) {
        for (id, _, table) in self.named(value, &VIEWS) {
            views.push(self.view(id, table));
        }
    }

    fn view(&mut self, id: Spanned<String>, table: &DeTable<'_>) -> ViewEntry {
        let entry = self.open(table, &schema::VIEW, &format!("views.{}", id.value), "views");
        let present = |name: &str| entry.get(name).is_some();
        ViewEntry {
            title: self.text(&entry, "title"),
            only: present("only").then(|| self.texts(&entry, "only", false)),
            without: self.texts(&entry, "without", false),
            flows: present("flows").then(|| self.texts(&entry, "flows", false)),
            collapse: self.collapsed(&entry),
            direction: self.word(&entry, "direction"),
            id,
        }
    }

    /// `collapse` of a view: ids of containers.
    fn collapsed(&mut self, entry: &Entry) -> Vec<Spanned<String>> {
        let Some(value) = entry.get("collapse") else { return Vec::new() };
        if matches!(value.get_ref(), DeValue::Array(_)) {
            return self.addresses(entry, "collapse", false);
        }
        self.wrong_type_of(&schema::VIEW_COLLAPSE, value);
        match value.get_ref() {
            DeValue::String(_) => self.addresses(entry, "collapse", true),
            _ => Vec::new(),
        }
    }

    /// Reads `[[requirements]]`.
    pub(super) fn requirements(&mut self, value: &Value<'_>, requirements: &mut Vec<RequirementEntry>) {
        let help = "write `[[requirements]]`, and below it `text = \"Survives the loss of a zone\"`";
        let DeValue::Array(items) = value.get_ref() else {
            let message = "`requirements` is a list: each requirement has its own header";
            self.error("wrong-type", value.span(), message, help);
            return;
        };
        for item in items {
            let DeValue::Table(table) = item.get_ref() else {
                let message = format!("a requirement is a table, not {}", type_name(item.get_ref()));
                self.error("wrong-type", item.span(), message, help);
                continue;
            };
            let entry = self.open(table, &schema::REQUIREMENT, "requirements", "requirements");
            if entry.get("text").is_none() {
                let message = "a requirement needs `text`: what must hold, in words";
                self.error("missing-key", item.span(), message, help);
            }
            let (text, check) = (self.text(&entry, "text"), self.text(&entry, "check"));
            let span = self.span(item.span().start..item.span().end.max(entry.end()));
            requirements.extend(text.map(|text| RequirementEntry { span, text, check }));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::document::{Document, parse};
    use crate::source::Source;

    fn read(text: &str) -> (Document, Vec<(&'static str, String)>) {
        let (document, diagnostics) = parse(&Source::new("x.toml", text), 0);
        (document, diagnostics.into_iter().map(|found| (found.code, found.help.unwrap_or_default())).collect())
    }

    fn codes(text: &str) -> Vec<&'static str> {
        read(text).1.into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn reads_views() {
        let (document, found) = read(
            "[views.data]\ntitle='T'\nonly=['api','kind:s3','tag:pci']\nwithout=['x']\nflows=['f']\ncollapse=['v']\n\
             direction='down'\n[views.empty]\nonly=[]\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let view = &document.views[0];
        assert_eq!((view.id.value.as_str(), view.only.as_ref().unwrap().len()), ("data", 3));
        assert_eq!((view.collapse[0].value.as_str(), view.without.len()), ("v", 1));
        assert!(document.views[1].only.as_ref().is_some_and(Vec::is_empty) && document.views[1].flows.is_none());
    }

    #[test]
    fn views_in_other_forms_are_led_back() {
        assert_eq!(codes("views=['a']"), ["wrong-type"]);
        assert_eq!(codes("[views]\nonly=['a']"), ["wrong-type"]);
        let (document, found) = read("[views.v]\ncollapse='main'");
        assert_eq!(found[0], ("wrong-type", "write `collapse = [\"main\"]`".to_owned()));
        assert_eq!(document.views[0].collapse[0].value, "main");
    }

    #[test]
    fn reads_requirements() {
        let (document, found) = read("[[requirements]]\ntext='T'\ncheck='scales-out'\n[[requirements]]\ntext='U'\n");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(document.requirements[0].check.as_ref().unwrap().value, "scales-out");
        assert!(document.requirements[1].check.is_none());
        assert_eq!(codes("[requirements]\ntext='T'"), ["wrong-type"]);
        assert_eq!(codes("[[requirements]]\ncheck='scales-out'"), ["missing-key"]);
    }

    #[test]
    fn reads_defaults_for_kinds() {
        let (document, found) = read("[defaults.services.ec2]\nscaling={min=2}\n[defaults.groups.cluster]\nwhy='W'");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(document.defaults.len(), 2);
        assert_eq!(document.defaults[0].values.id.value, "ec2");
        assert_eq!(codes("[defaults.service.ec2]\nwhy='W'"), ["unknown-table"]);
        assert_eq!(codes("[defaults.services.ec2]\nkind='s3'"), ["unknown-key"]);
        assert_eq!(codes("[defaults.services]\nwhy='W'"), ["wrong-type"]);
    }

    #[test]
    fn reads_includes_and_packs() {
        let (document, found) = read("include=['a.toml','b/c.toml']\n[icons]\npack=['icons/gcp']\nown='own.svg'");
        assert!(found.is_empty(), "{found:?}");
        assert_eq!((document.includes.len(), document.packs.len(), document.icons.len()), (2, 1, 1));
        assert_eq!(codes("include=3"), ["wrong-type"]);
        assert_eq!(codes("include=[3, '']"), ["wrong-type", "empty-value"]);
        assert_eq!(codes("[icons]\npack=[1]"), ["wrong-type"]);
    }
}
