//! Reading `[[links]]` and `[flows.ID]`.

use toml::de::{DeTable, DeValue};

use super::advice;
use super::fields::{Entry, Named, Reader, Value, type_name};
use super::schema;
use crate::document::strings::StringMap;
use crate::document::{FlowEntry, LinkEntry, Step, ids, steps};
use crate::source::Spanned;

/// `flows`
const FLOWS: Named = Named {
    table: "flows",
    noun: "flow",
    id: "main",
    keys: schema::FLOW.keys,
    sample: r#"steps = ["a -> b"]"#,
    short: r#"steps = ["a -> b"]"#,
};

impl Reader<'_> {
    /// Reads `links`: a list of tables.
    pub(super) fn links(&mut self, value: &Value<'_>, links: &mut Vec<LinkEntry>) {
        match value.get_ref() {
            DeValue::Array(items) => {
                for item in items {
                    match item.get_ref() {
                        DeValue::Table(table) => links.extend(self.one_link(item, table)),
                        other => self.error(
                            "wrong-type",
                            item.span(),
                            format!("a link is a table, not {}", type_name(other)),
                            "put steps into a flow: `[flows.main]` and below it `steps = [\"a -> b\"]`",
                        ),
                    }
                }
            }
            DeValue::Table(table) => self.single_link(value, table, links),
            other => self.error(
                "wrong-type",
                value.span(),
                format!("`links` is a list of tables, not {}", type_name(other)),
                "write `[[links]]`, and below it `from` and `to`",
            ),
        }
    }

    /// `[links]` or `[links.ID]`, where `[[links]]` belongs: reported, and read as what it must mean.
    fn single_link(&mut self, value: &Value<'_>, table: &DeTable<'_>, links: &mut Vec<LinkEntry>) {
        self.error(
            "wrong-type",
            value.span(),
            "`links` is a list: each link has its own header",
            "write `[[links]]`, with two pairs of brackets",
        );
        let inner: Vec<_> = table.values().filter_map(|item| Some((item, item.get_ref().as_table()?))).collect();
        if inner.is_empty() && table.keys().any(|key| matches!(key.get_ref().as_ref(), "from" | "to")) {
            links.extend(self.one_link(value, table));
        }
        for (item, table) in inner {
            links.extend(self.one_link(item, table));
        }
    }

    fn one_link(&mut self, value: &Value<'_>, table: &DeTable<'_>) -> Option<LinkEntry> {
        let entry = self.open(table, &schema::LINK, "links", "links");
        let header = value.span();
        for (key, other) in [("from", "to"), ("to", "from")] {
            if entry.get(key).is_none() {
                let example = schema::describe(key).example;
                let lacks = if entry.get(other).is_some() {
                    format!("this link has no `{key}`")
                } else {
                    format!("a link needs `{key}`")
                };
                self.error("missing-key", header.clone(), lacks, format!("write for example `{example}`"));
            }
        }
        let span = self.span(header.start..header.end.max(entry.end()));
        if self.fan(&entry) {
            return None;
        }
        let from = self.address(&entry, "from");
        let to = self.address(&entry, "to");
        let label = self.text(&entry, "label");
        let style = self.word(&entry, "style");
        let arrow = self.word(&entry, "arrow");
        let color = self.word(&entry, "color");
        Some(LinkEntry { span, from: from?, to: to?, label, style, arrow, color })
    }

    /// Reports ends that name several boxes, which one link does not have; whether there are any.
    fn fan(&mut self, entry: &Entry) -> bool {
        let ends = |name: &str| -> Option<Vec<&str>> {
            let texts = advice::texts(entry.get(name)?)?;
            Some(texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|id| !id.is_empty()).collect())
        };
        let (Some(from), Some(to)) = (ends("from"), ends("to")) else { return false };
        let all_ids = from.iter().chain(&to).all(|id| ids::address_fault(id).is_none());
        let mut found = false;
        for (name, ids) in [("from", &from), ("to", &to)] {
            let Some(value) = entry.get(name).filter(|_| ids.len() > 1 && all_ids) else { continue };
            let (code, message) = if value.get_ref().is_array() {
                ("wrong-type", format!("`{name}` takes an id, not a list"))
            } else {
                ("bad-id", format!("`{name}` names several boxes, but a link has one at each end"))
            };
            let help = format!("say it in a flow: `steps = [\"{} -> {}\"]`", from.join(", "), to.join(", "));
            self.error(code, value.span(), message, help);
            found = true;
        }
        found
    }

    /// Reads `flows`: one table for each.
    pub(super) fn flows(&mut self, value: &Value<'_>, flows: &mut Vec<FlowEntry>) {
        for (id, value, table) in self.named(value, &FLOWS) {
            let flow = self.flow(id, value, table);
            // Why it has no steps has been said; a flow without any would only be complained about again.
            flows.extend(Some(flow).filter(|flow| !flow.steps.is_empty()));
        }
    }

    fn flow(&mut self, id: Spanned<String>, value: &Value<'_>, table: &DeTable<'_>) -> FlowEntry {
        let entry = self.open(table, &schema::FLOW, &format!("flows.{}", id.value), "flows");
        let steps = match entry.get("steps").map(|steps| (steps, steps.get_ref())) {
            Some((_, DeValue::Array(items))) if !items.is_empty() => {
                items.iter().filter_map(|item| self.step(item)).collect()
            }
            Some((steps, DeValue::Array(_))) => {
                self.error(
                    "empty-value",
                    steps.span(),
                    "this flow has no steps",
                    "write for example `steps = [\"users -> api : HTTPS\"]`",
                );
                Vec::new()
            }
            Some((steps, DeValue::String(text))) => {
                self.wrong_type("steps", steps);
                // One line can be read as the step that it must be.
                if text.trim().contains('\n') { Vec::new() } else { self.step(steps).into_iter().collect() }
            }
            Some((steps, _)) => {
                self.wrong_type("steps", steps);
                Vec::new()
            }
            None => {
                self.error(
                    "missing-key",
                    value.span(),
                    format!("flow `{}` has no `steps`", id.value),
                    "write for example `steps = [\"users -> api : HTTPS\"]`",
                );
                Vec::new()
            }
        };
        FlowEntry {
            id,
            name: self.text(&entry, "name"),
            description: self.text(&entry, "description"),
            numbered: self.flag(&entry, "numbered"),
            color: self.word(&entry, "color"),
            steps,
        }
    }

    fn step(&mut self, item: &Value<'_>) -> Option<Step> {
        let DeValue::String(text) = item.get_ref() else {
            let written = item.get_ref().as_table().and_then(advice::step);
            let help = written.map_or_else(
                || "write for example `\"users -> api : HTTPS\"`".to_owned(),
                |step| format!("write `{step}`"),
            );
            self.error("wrong-type", item.span(), format!("a step is a text, not {}", type_name(item.get_ref())), help);
            return None;
        };
        let source = self.source;
        let map = StringMap::new(self.text, item.span(), text);
        let place = |range: std::ops::Range<usize>| {
            let range = map.range(range);
            crate::source::Span { source, start: range.start as u32, end: range.end as u32 }
        };
        let known = &self.known;
        let meant = |words: &str| known.meant(words).map(str::to_owned);
        let place = steps::Place { whole: self.span(item.span()), part: &place, meant: &meant };
        let mut step = steps::parse(text, &place, &mut self.diagnostics)?;
        step.label = step.label.map(|label| self.drawable("text", label));
        Some(step)
    }
}
