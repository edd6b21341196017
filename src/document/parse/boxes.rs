//! Reading boxes: `[services.api]` and its like.

use toml::de::{DeTable, DeValue};

use super::advice;
use super::fields::{Entry, Reader, Value, type_name};
use super::schema;
use crate::document::{BoxEntry, Scaling, Table, Zones, ids};
use crate::source::Spanned;

impl Reader<'_> {
    /// Reads every entry of one table of boxes; `noun` is what one is called ("a service").
    pub(super) fn boxes(&mut self, table: Table, name: &str, noun: &str, value: &Value<'_>, boxes: &mut Vec<BoxEntry>) {
        let DeValue::Table(entries) = value.get_ref() else {
            // The entries of a list tell their ids as other formats do.
            let first = value.get_ref().as_array().and_then(|items| items.first()?.get_ref().as_table());
            let text = |key: &str| first.and_then(|entry| entry.get(key)?.get_ref().as_str());
            let id = text("id").or_else(|| text("name")).map_or_else(|| "my-id".to_owned(), ids::repair);
            self.error(
                "wrong-type",
                value.span(),
                format!("`{name}` holds one table for each box, not {}", type_name(value.get_ref())),
                format!("write `[{name}.{id}]`, and the keys of {noun} below"),
            );
            self.lacking = true;
            return;
        };
        let mut lacks_id = false;
        for (key, value) in entries {
            let id = key.get_ref().as_ref();
            let written = name.rsplit('.').next().unwrap_or(name);
            let is_key = matches!(id, "scaling" | "cidrs")
                && schema::shape_of(written).is_some_and(|shape| shape.keys.contains(&id));
            let stray = is_key || schema::shape_of(written).is_some_and(|shape| shape.keys.contains(&id));
            if stray && (is_key || !value.get_ref().is_table()) && std::mem::replace(&mut lacks_id, true) {
                // The keys of one box without an id are one mistake.
                continue;
            }
            let DeValue::Table(fields) = value.get_ref() else {
                self.not_an_entry(name, noun, id, key.span(), value);
                continue;
            };
            if is_key {
                self.not_an_entry(name, noun, id, key.span(), value);
                continue;
            }
            self.check_id(id, key.span(), name);
            let id = Spanned::new(id.to_owned(), self.span(key.span()));
            let start = value.span().start.min(key.span().start);
            boxes.push(self.entry(table, name, id, start..value.span().end, fields));
        }
    }

    /// Reports something else where the table of one box belongs.
    fn not_an_entry(&mut self, name: &str, noun: &str, id: &str, key: std::ops::Range<usize>, value: &Value<'_>) {
        self.lacking = true;
        let found = type_name(value.get_ref());
        let kind = value.get_ref().as_str().filter(|_| matches!(name, "services" | "externals" | "groups"));
        let list = value.get_ref().as_array().is_some_and(|items| items.iter().any(|item| item.get_ref().is_table()));
        let (message, help) = if list {
            (
                format!("`{name}.{id}` is declared as a list"),
                format!("write `[{name}.{id}]`, with one pair of brackets"),
            )
        } else if schema::shape_of(name.rsplit('.').next().unwrap_or(name))
            .is_some_and(|shape| shape.keys.contains(&id))
        {
            (
                format!("`{id}` stands directly in `{name}`: {noun} needs an id"),
                format!("write `[{name}.my-id]` above it"),
            )
        } else {
            let below =
                kind.map_or_else(|| "its keys below".to_owned(), |kind| format!("below it `kind = \"{kind}\"`"));
            (format!("`{name}.{id}` is {found}, not {noun}"), format!("write `[{name}.{id}]`, and {below}"))
        };
        self.error("wrong-type", key, message, help);
    }

    pub(super) fn entry(
        &mut self,
        table: Table,
        name: &str,
        id: Spanned<String>,
        header: std::ops::Range<usize>,
        fields: &DeTable<'_>,
    ) -> BoxEntry {
        let entry = self.open(fields, &schema::shape(table), &format!("{name}.{}", id.value), name);
        if table == Table::Notes && entry.get("text").is_none() {
            let message = format!("the note `{}` needs `text`: what it says", id.value);
            let help = format!("add `{}`", schema::describe("text").example);
            self.error("missing-key", id.span.start as usize..id.span.end as usize, message, help);
        }
        let span = self.span(header.start..header.end.max(entry.end()));
        BoxEntry {
            table,
            id,
            span,
            name: self.text(&entry, "name"),
            within: self.addresses(&entry, "in", true),
            description: self.text(&entry, "description"),
            why: self.text(&entry, "why"),
            link: self.text(&entry, "link"),
            icon: self.text(&entry, "icon"),
            tags: self.texts(&entry, "tags", false),
            allow: self.texts(&entry, "allow", false),
            allow_reason: self.text(&entry, "allow-reason"),
            kind: self.kind(&entry),
            azs: self.zones(&entry),
            role: self.word(&entry, "role"),
            cidr: self.text(&entry, "cidr"),
            cidrs: self.cidrs(&entry),
            access: self.word(&entry, "access"),
            members: entry.get("members").is_some().then(|| self.addresses(&entry, "members", false)),
            placement: self.word(&entry, "placement"),
            multi_az: self.flag(&entry, "multi-az"),
            scaling: self.scaling(&entry),
            engine: self.text(&entry, "engine"),
            sla: self.percent(&entry, "sla"),
            count: self.number(&entry, "count"),
            collapse: self.flag(&entry, "collapse"),
            like: self.address(&entry, "like"),
            text: self.text(&entry, "text"),
            at: self.address(&entry, "at"),
        }
    }

    /// `kind`; one that is unusable has been reported, and stands for a plain box, which needs no second message.
    fn kind(&mut self, entry: &Entry) -> Option<Spanned<String>> {
        // So does one that is to come from a box that is not named as it should be.
        let nameless = || entry.get("like").filter(|like| !like.get_ref().is_str());
        let value = entry.get("kind").or_else(nameless)?;
        let plain = Spanned::new(schema::PLAIN_KIND.to_owned(), self.span(value.span()));
        Some(self.text(entry, "kind").unwrap_or(plain))
    }

    fn zones(&mut self, entry: &Entry) -> Option<Zones> {
        let value = entry.get("azs")?;
        match value.get_ref() {
            DeValue::Integer(_) => self.number(entry, "azs").map(Zones::Count),
            DeValue::Array(items) if items.is_empty() => {
                self.error(
                    "empty-value",
                    value.span(),
                    "`azs` names no zone",
                    format!("write for example `{}`", schema::describe("azs").example),
                );
                None
            }
            DeValue::Array(_) => {
                let zones = self.texts(entry, "azs", false);
                Some(Zones::Named(zones.into_iter().filter(|zone| self.zone(zone)).collect()))
            }
            DeValue::String(zone) => {
                self.error(
                    "wrong-type",
                    value.span(),
                    "`azs` takes a number or a list of zones, not a text",
                    format!("write `{}`", advice::zones(zone)),
                );
                // What it must mean is read on where that is a number or one zone; anything else would only be complained
                // about again.
                let span = self.span(value.span());
                if let Ok(count) = zone.trim().parse() {
                    return Some(Zones::Count(Spanned::new(count, span)));
                }
                let one = Spanned::new(zone.clone().into_owned(), span);
                let is_zone = ids::fault(zone).is_none() && !zone.starts_with(|c: char| c.is_ascii_digit());
                is_zone.then(|| Zones::Named(vec![one]))
            }
            _ => {
                self.wrong_type("azs", value);
                None
            }
        }
    }

    /// Whether a zone's name can stand behind the `@` of an address; reports one that can't.
    fn zone(&mut self, zone: &Spanned<String>) -> bool {
        let Some(fault) = ids::fault(&zone.value) else { return true };
        self.error(
            "bad-id",
            zone.span.start as usize..zone.span.end as usize,
            format!("`{}` can't be a zone: {fault}", zone.value),
            "write letters or names of zones: `azs = [\"a\", \"us-east-1b\"]`",
        );
        false
    }

    fn cidrs(&mut self, entry: &Entry) -> Vec<(Spanned<String>, Spanned<String>)> {
        let Some(value) = entry.get("cidrs") else { return Vec::new() };
        let DeValue::Table(zones) = value.get_ref() else {
            self.wrong_type("cidrs", value);
            return Vec::new();
        };
        let mut cidrs = Vec::new();
        for (key, value) in zones {
            let zone = Spanned::new(key.get_ref().clone().into_owned(), self.span(key.span()));
            match value.get_ref() {
                DeValue::String(cidr) if self.zone(&zone) => {
                    cidrs.push((zone, Spanned::new(cidr.clone().into_owned(), self.span(value.span()))));
                }
                DeValue::String(_) => {}
                _ => self.wrong_type("cidrs", value),
            }
        }
        cidrs
    }

    fn scaling(&mut self, entry: &Entry) -> Option<Scaling> {
        let value = entry.get("scaling")?;
        let DeValue::Table(fields) = value.get_ref() else {
            self.wrong_type("scaling", value);
            return None;
        };
        let limits = self.open(fields, &schema::SCALING, "scaling", "scaling");
        let min = self.number(&limits, "min");
        let max = self.number(&limits, "max");
        if fields.is_empty() {
            self.error(
                "empty-value",
                value.span(),
                "`scaling` is empty",
                "write for example `scaling = { min = 2, max = 10 }`",
            );
        }
        Some(Scaling { min, max, span: self.span(value.span()) })
    }
}
