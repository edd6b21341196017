//! A scene as one self-contained SVG: no scripts, no references to other files, each icon once.
//!
//! Looks are written as presentation attributes, not as classes, so that two pictures in one page cannot style each
//! other. Equal scenes give equal bytes.

use super::lettering::{self, Lettering};
use super::{path, symbol, xml};
use crate::geometry::Rect;
use crate::icons::{self, IconId};
use crate::scene::{Color, Dash, Group, Primitive, Scene, Stroke, leads_to_a_page};
use crate::text::font;

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TextMode {
    /// As text, with the glyphs that it needs embedded: every viewer shows the same letters.
    #[default]
    Embedded,
    /// As outlines, for viewers that block fonts: the letters stay, but nobody can select or search them.
    Paths,
    /// As text in the fonts that the viewer has.
    Plain,
}

/// What viewers try after the bundled family: close in shape, and at hand on every system.
const FALLBACKS: &str = "Helvetica Neue, Arial, sans-serif";

/// How much is left of what is drawn faintly: enough to recognise it, too little to take it for something that works.
const FADED: &str = "0.25";

/// Writes a scene as an SVG document.
pub fn svg(scene: &Scene, mode: TextMode) -> String {
    let mut writer = Writer { out: String::new(), scene, lettering: Lettering::new(scene, mode) };
    writer.open(mode);
    writer.symbols();
    if let Some(background) = scene.background {
        let all = Rect::new(0, 0, scene.size.width, scene.size.height);
        writer.rectangle(&all, 0, Some(background), None);
    }
    for group in &scene.groups {
        writer.group(group);
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

/// The document so far.
struct Writer<'a> {
    out: String,
    scene: &'a Scene,
    lettering: Lettering,
}

impl Writer<'_> {
    /// The root element, the words for those who do not see the picture, and the font.
    fn open(&mut self, mode: TextMode) {
        let (width, height) = (self.scene.size.width, self.scene.size.height);
        let out = &mut self.out;
        out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        xml::attribute(out, "width", &width.to_string());
        xml::attribute(out, "height", &height.to_string());
        xml::attribute(out, "viewBox", &format!("0 0 {width} {height}"));
        xml::attribute(out, "role", "img");
        xml::attribute(out, "aria-labelledby", "diagram.title diagram.description");
        xml::attribute(out, "lang", self.scene.language);
        xml::attribute(out, "font-family", &format!("{}, {FALLBACKS}", font::family()));
        xml::attribute(out, "font-size", &lettering::ROOT_SIZE.to_string());
        out.push_str(">\n<title id=\"diagram.title\">");
        xml::text(out, &self.scene.title);
        out.push_str("</title>\n<desc id=\"diagram.description\">");
        xml::text(out, &self.scene.description);
        out.push_str("</desc>\n");
        if mode == TextMode::Embedded {
            self.out.push_str(&lettering::faces(self.scene));
        }
    }

    /// Every icon of the scene, once, in the order of its first use.
    fn symbols(&mut self) {
        let mut used: Vec<IconId> = Vec::new();
        for primitive in self.scene.groups.iter().flat_map(|group| &group.primitives) {
            if let Primitive::Icon { icon, .. } = primitive
                && !used.contains(icon)
            {
                used.push(*icon);
            }
        }
        if used.is_empty() {
            return;
        }
        self.out.push_str("<defs>\n");
        for icon in used {
            let symbol = symbol::symbol(&self.symbol_id(icon), &icons::svg(icon, &self.scene.custom_icons));
            self.out.push_str(&symbol);
            self.out.push('\n');
        }
        self.out.push_str("</defs>\n");
    }

    /// The id of an icon's symbol. Boxes cannot have it: their ids hold no dots.
    fn symbol_id(&self, icon: IconId) -> String {
        match icon {
            IconId::Bundled(_) => format!("icon.{}", id(icons::name(icon, &self.scene.custom_icons))),
            IconId::Custom(index) => format!("icon.own.{index}"),
        }
    }

    /// One group: a link where it leads somewhere, bare primitives where nothing is said of it.
    fn group(&mut self, group: &Group) {
        let target = group.link.as_deref().filter(|link| leads_to_a_page(link));
        let tag = match (target, &group.id, &group.title) {
            (Some(_), _, _) => "a",
            (None, None, None) if !group.faded => "",
            (None, _, _) => "g",
        };
        if !tag.is_empty() {
            self.out.push('<');
            self.out.push_str(tag);
            if let Some(name) = &group.id {
                xml::attribute(&mut self.out, "id", &id(name));
            }
            if group.faded {
                xml::attribute(&mut self.out, "opacity", FADED);
            }
            if let Some(target) = target {
                xml::attribute(&mut self.out, "href", target);
                xml::attribute(&mut self.out, "target", "_blank");
                xml::attribute(&mut self.out, "rel", "noopener");
                // A page that the picture stands in may underline its links; captions stay as they are.
                xml::attribute(&mut self.out, "style", "text-decoration:none");
            }
            self.out.push('>');
            if let Some(title) = &group.title {
                self.out.push_str("<title>");
                xml::text(&mut self.out, title);
                self.out.push_str("</title>");
            }
            self.out.push('\n');
        }
        for primitive in &group.primitives {
            self.primitive(primitive);
        }
        if !tag.is_empty() {
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push_str(">\n");
        }
    }

    fn primitive(&mut self, primitive: &Primitive) {
        match primitive {
            Primitive::Rectangle { frame, radius, fill, stroke } => self.rectangle(frame, *radius, *fill, *stroke),
            Primitive::Disc { center, radius, fill } => {
                self.out.push_str("<circle");
                xml::length(&mut self.out, "cx", center.x * 10 + path::HALF);
                xml::length(&mut self.out, "cy", center.y * 10 + path::HALF);
                xml::length(&mut self.out, "r", radius * 10);
                self.fill(Some(*fill));
                self.out.push_str("/>\n");
            }
            Primitive::Line { points, radius, stroke } => {
                self.out.push_str("<path");
                xml::attribute(&mut self.out, "d", &path::data(points, *radius));
                self.fill(None);
                self.stroke(*stroke);
                self.out.push_str("/>\n");
            }
            Primitive::Polygon { points, fill } => {
                self.out.push_str("<path");
                xml::attribute(&mut self.out, "d", &path::polygon(points));
                self.fill(Some(*fill));
                self.out.push_str("/>\n");
            }
            Primitive::Text { .. } => self.lettering.write(&mut self.out, primitive),
            Primitive::Icon { frame, icon } => {
                let target = format!("#{}", self.symbol_id(*icon));
                self.out.push_str("<use");
                xml::attribute(&mut self.out, "href", &target);
                self.frame(frame, 0);
                self.out.push_str("/>\n");
            }
        }
    }

    fn rectangle(&mut self, frame: &Rect, radius: i32, fill: Option<Color>, stroke: Option<Stroke>) {
        self.out.push_str("<rect");
        self.frame(frame, if stroke.is_some() { path::HALF } else { 0 });
        if radius > 0 {
            xml::length(&mut self.out, "rx", radius * 10);
        }
        self.fill(fill);
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        self.out.push_str("/>\n");
    }

    /// Position and extents; `shift` moves the position, tenths of a px.
    fn frame(&mut self, frame: &Rect, shift: i32) {
        xml::length(&mut self.out, "x", frame.x * 10 + shift);
        xml::length(&mut self.out, "y", frame.y * 10 + shift);
        xml::length(&mut self.out, "width", frame.width * 10);
        xml::length(&mut self.out, "height", frame.height * 10);
    }

    fn fill(&mut self, fill: Option<Color>) {
        match fill {
            None => xml::attribute(&mut self.out, "fill", "none"),
            Some(color) => xml::fill(&mut self.out, color),
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        xml::attribute(&mut self.out, "stroke", &xml::color(stroke.color));
        if stroke.width != 10 {
            xml::length(&mut self.out, "stroke-width", stroke.width);
        }
        match stroke.dash {
            Dash::Solid => {}
            Dash::Dashed => xml::attribute(&mut self.out, "stroke-dasharray", "6 4"),
            Dash::Dotted => xml::attribute(&mut self.out, "stroke-dasharray", "2 3"),
        }
    }
}

/// A name as an id: ids hold no white space.
fn id(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::drawing::{Losses, draw, fixture::Fixture};
    use crate::theme::builtin;
    use usvg::roxmltree::Document;

    const NAMESPACE: &str = "http://www.w3.org/2000/svg";
    const HOSTILE: &str = "<script>alert('1')</script> & \"]]>\u{0}\u{b}\u{fffe}";

    fn written(fixture: &Fixture, mode: TextMode) -> String {
        svg(&draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &Losses::default()), mode)
    }

    #[test]
    fn it_says_what_it_shows() {
        let out = written(&Fixture::two_services(), TextMode::Plain);
        let document = Document::parse(&out).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert_eq!(root.attribute("lang"), Some("en"));
        let named = root.attribute("aria-labelledby").unwrap().split(' ');
        let texts: Vec<_> = named
            .map(|id| root.descendants().find(|node| node.attribute("id") == Some(id)).unwrap().text().unwrap())
            .collect();
        assert_eq!(texts[0], "Orders");
        assert!(texts[1].contains("api and store"));
    }

    #[test]
    fn each_icon_stands_once() {
        let mut fixture = Fixture::two_services();
        let frame = Rect::new(160, 200, 64, 64);
        fixture.node("second", None, frame, Some("api"));
        let out = written(&fixture, TextMode::Plain);
        let document = Document::parse(&out).unwrap();
        let count = |name: &str| document.descendants().filter(|node| node.tag_name().name() == name).count();
        let symbols: Vec<_> = document
            .descendants()
            .filter(|node| node.tag_name().name() == "symbol")
            .filter_map(|node| node.attribute("id"))
            .collect();
        assert!(symbols.contains(&"icon.own.0") && symbols.contains(&"icon.own.1"));
        assert_eq!(count("use"), symbols.len() + 1);
    }

    #[test]
    fn ids_are_unique() {
        let out = written(&Fixture::two_services(), TextMode::Plain);
        let document = Document::parse(&out).unwrap();
        let mut ids: Vec<_> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert!(ids.contains(&"api->store"));
    }

    #[test]
    fn it_refers_to_nothing_outside() {
        let mut fixture = Fixture::two_services();
        fixture.topology.definitions[2].link = Some("https://example.com/wiki?a=1&b=2".to_owned());
        fixture.topology.definitions[3].link = Some("javascript:alert(1)".to_owned());
        for mode in [TextMode::Plain, TextMode::Embedded] {
            let out = written(&fixture, mode);
            let document = Document::parse(&out).unwrap();
            let mut links = Vec::new();
            for node in document.descendants() {
                assert!(!["script", "foreignObject"].contains(&node.tag_name().name()));
                for attribute in node.attributes() {
                    assert!(!attribute.name().starts_with("on"));
                    match (node.tag_name().name(), attribute.name()) {
                        ("a", "href") => links.push(attribute.value()),
                        (_, "href") => assert!(attribute.value().starts_with('#')),
                        _ => assert!(!attribute.value().contains("http")),
                    }
                }
            }
            assert_eq!(links, ["https://example.com/wiki?a=1&b=2"]);
            assert_eq!(out.matches("http").count(), 2, "the namespace and the link");
            assert!(document.descendants().all(|node| node.tag_name().namespace().is_none_or(|uri| uri == NAMESPACE)));
        }
    }

    #[test]
    fn hostile_words_stay_words() {
        let mut fixture = Fixture::two_services();
        fixture.topology.heading.title = Some(HOSTILE.to_owned());
        fixture.topology.boxes[2].caption = HOSTILE.to_owned();
        fixture.topology.boxes[2].address = HOSTILE.to_owned();
        if let Some(label) = &mut fixture.layout.boxes[2].label {
            label.text.lines = vec![HOSTILE.to_owned()];
        }
        let out = written(&fixture, TextMode::Embedded);
        assert!(!out.contains("<script"));
        let document = Document::parse(&out).unwrap();
        // Titles go without what XML cannot hold; what is drawn shows it.
        for shown in ["<script>alert('1')</script> & \"]]>", "<script>alert('1')</script> & \"]]>\u{2400}\u{240b}"] {
            assert!(document.descendants().any(|node| node.text() == Some(shown)), "{shown}");
        }
    }

    #[test]
    fn equal_scenes_give_equal_bytes() {
        let fixture = Fixture::two_services();
        assert_eq!(written(&fixture, TextMode::Embedded), written(&fixture, TextMode::Embedded));
    }
}
