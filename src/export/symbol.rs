//! An icon's SVG as a `<symbol>`: its art as it is, its ids made unique, and nothing that runs or reaches outside.

use usvg::roxmltree::{Attribute, Document, Node};

use super::xml;

/// Elements that are left out: what runs, what styles the whole page, what is not SVG, and words that a browser
/// would show instead of the title of the box.
const DROPPED: [&str; 12] = [
    "script",
    "style",
    "foreignObject",
    "iframe",
    "audio",
    "video",
    "set",
    "animate",
    "animateMotion",
    "animateTransform",
    "title",
    "desc",
];
/// Attributes of the root that the symbol does not take over.
const ROOT_ONLY: [&str; 8] = ["width", "height", "viewBox", "version", "x", "y", "id", "class"];

/// The `<symbol>` with that id for an icon; without content if the icon is not an SVG document.
pub fn symbol(id: &str, svg: &str) -> String {
    let mut out = String::from("<symbol");
    xml::attribute(&mut out, "id", id);
    let Ok(document) = Document::parse(svg) else {
        out.push_str("/>");
        return out;
    };
    let root = document.root_element();
    xml::attribute(&mut out, "viewBox", &view_box(root));
    for attribute in root.attributes().filter(|attribute| !ROOT_ONLY.contains(&attribute.name())) {
        write_attribute(&mut out, attribute, id);
    }
    out.push('>');
    for child in root.children() {
        write_node(&mut out, child, id);
    }
    out.push_str("</symbol>");
    out
}

/// The view box of an icon: its own, or one made from its size.
fn view_box(root: Node) -> String {
    let size = |name| {
        let value = root.attribute(name).unwrap_or_default();
        value.strip_suffix("px").unwrap_or(value).trim().parse::<f32>().ok().filter(|size| *size > 0.0)
    };
    match (root.attribute("viewBox"), size("width"), size("height")) {
        (Some(own), _, _) => own.to_owned(),
        (None, Some(width), Some(height)) => format!("0 0 {width} {height}"),
        (None, _, _) => "0 0 64 64".to_owned(),
    }
}

/// Appends an element or a text of an icon.
fn write_node(out: &mut String, node: Node, prefix: &str) {
    if let Some(text) = node.text().filter(|text| node.is_text() && !text.trim().is_empty()) {
        xml::text(out, text);
    }
    let name = node.tag_name();
    let foreign = name.namespace().is_some_and(|namespace| namespace != "http://www.w3.org/2000/svg");
    if !node.is_element() || foreign || DROPPED.contains(&name.name()) {
        return;
    }
    out.push('<');
    out.push_str(name.name());
    for attribute in node.attributes() {
        write_attribute(out, attribute, prefix);
    }
    if node.has_children() {
        out.push('>');
        for child in node.children() {
            write_node(out, child, prefix);
        }
        out.push_str("</");
        out.push_str(name.name());
        out.push('>');
    } else {
        out.push_str("/>");
    }
}

/// Appends an attribute, its ids and its references to ids prefixed; event handlers and outside references go.
fn write_attribute(out: &mut String, attribute: Attribute, prefix: &str) {
    let (name, value) = (attribute.name(), attribute.value());
    if name.len() > 2 && name[..2].eq_ignore_ascii_case("on") {
        return;
    }
    match name {
        "id" => xml::attribute(out, "id", &format!("{prefix}.{value}")),
        "href" => match value.trim().strip_prefix('#') {
            Some(target) => xml::attribute(out, "href", &format!("#{prefix}.{target}")),
            None if value.trim_start().starts_with("data:image/") => xml::attribute(out, "href", value),
            None => {}
        },
        _ if value.contains("url(") => {
            if let Some(value) = local_references(value, prefix) {
                xml::attribute(out, name, &value);
            }
        }
        // Other vocabularies (editors' notes) mean nothing to a viewer.
        _ if attribute.namespace().is_none() => xml::attribute(out, name, value),
        _ => {}
    }
}

/// A value with every `url(#id)` prefixed; `None` if one of them leads outside.
fn local_references(value: &str, prefix: &str) -> Option<String> {
    let mut parts = value.split("url(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (target, rest) = part.split_once(')')?;
        let target = target.trim().trim_matches(['"', '\'']).strip_prefix('#')?;
        out.extend(["url(#", prefix, ".", target, ")", rest]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn art_stays_as_it_is() {
        let icon = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" fill="none"><title>Region_32</title><g fill-rule="evenodd"><path fill="#00a4a6" d="M0 0h40v40H0z"/></g></svg>"##;
        assert_eq!(
            symbol("icon.Region", icon),
            r##"<symbol id="icon.Region" viewBox="0 0 40 40" fill="none"><g fill-rule="evenodd"><path fill="#00a4a6" d="M0 0h40v40H0z"/></g></symbol>"##
        );
    }

    #[test]
    fn ids_of_two_icons_do_not_clash() {
        let icon = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 4 4"><defs><clipPath id="a"/></defs><g clip-path="url(#a)"><use xlink:href="#a"/></g></svg>"##;
        let out = symbol("icon.x", icon);
        assert!(out.contains(r#"<clipPath id="icon.x.a"/>"#), "{out}");
        assert!(out.contains(r#"clip-path="url(#icon.x.a)""#), "{out}");
        assert!(out.contains(r##"<use href="#icon.x.a"/>"##), "{out}");
    }

    #[test]
    fn nothing_runs_or_reaches_outside() {
        let icon = r#"<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20" onload="x()"><script>x()</script><image href="https://example.com/a.png"/><rect onclick="x()" fill="url(https://example.com/#b)" style="fill:url('#c')"/></svg>"#;
        assert_eq!(
            symbol("i", icon),
            r#"<symbol id="i" viewBox="0 0 10 20"><image/><rect style="fill:url(#i.c)"/></symbol>"#
        );
    }
}
