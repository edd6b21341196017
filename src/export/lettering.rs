//! Text in an SVG: as text with its glyphs embedded, as plain text, or as outlines.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use usvg::tiny_skia_path::PathSegment;
use usvg::{Group, Node, Tree};

use super::svg::TextMode;
use super::{fonts, xml};
use crate::scene::{Primitive, Scene};
use crate::text::{self, Weight, font};

/// The type size that text inherits from the root, px.
pub const ROOT_SIZE: i32 = 12;
/// Width of a halo, px; half of it is hidden by the letters.
const HALO: &str = "3";
/// Decimals of an outline, as a factor: a hundredth of a px is below what any screen shows.
const OUTLINE_STEPS: f32 = 100.0;

/// Writes the text of a scene, primitive by primitive in paint order.
pub struct Lettering {
    /// The outlines of the lines still to come; `None` when text is written as text.
    outlines: Option<std::vec::IntoIter<String>>,
}

impl Lettering {
    /// Prepares the text of a scene.
    pub fn new(scene: &Scene, mode: TextMode) -> Self {
        Self { outlines: (mode == TextMode::Paths).then(|| outlines(scene).into_iter()) }
    }

    /// Appends one text primitive: an element for each line, so that no viewer breaks lines anew.
    pub fn write(&mut self, out: &mut String, primitive: &Primitive) {
        let Primitive::Text { text, color, halo, .. } = primitive else { return };
        for (row, line) in text.lines.iter().enumerate() {
            let outline = self.outlines.as_mut().map(|outlines| outlines.next().unwrap_or_default());
            match &outline {
                Some(data) => {
                    out.push_str("<path");
                    xml::attribute(out, "d", data);
                }
                None => open_line(out, primitive, row),
            }
            xml::fill(out, *color);
            if let Some(halo) = halo {
                xml::attribute(out, "stroke", &xml::color(*halo));
                xml::attribute(out, "stroke-width", HALO);
                xml::attribute(out, "stroke-linejoin", "round");
                xml::attribute(out, "paint-order", "stroke");
            }
            if outline.is_some() {
                out.push_str("/>\n");
            } else {
                out.push('>');
                xml::text(out, &text::visible(line));
                out.push_str("</text>\n");
            }
        }
    }
}

/// Appends the opening of a line's `<text>`, up to its place and type.
fn open_line(out: &mut String, primitive: &Primitive, row: usize) {
    let Primitive::Text { frame, text, centered, .. } = primitive else { return };
    let style = text.style;
    let baseline = frame.y + row as i32 * style.line_height() + style.baseline();
    out.push_str("<text");
    xml::length(out, "x", if *centered { frame.x * 10 + frame.width * 5 } else { frame.x * 10 });
    xml::length(out, "y", baseline * 10);
    if style.size != ROOT_SIZE {
        xml::attribute(out, "font-size", &style.size.to_string());
    }
    if style.weight == Weight::Bold {
        xml::attribute(out, "font-weight", &font::css_weight(style.weight).to_string());
    }
    if *centered {
        xml::attribute(out, "text-anchor", "middle");
    }
}

/// The glyphs that a scene's text needs, as a `<style>` with a face for each weight in use; empty without text.
pub fn faces(scene: &Scene) -> String {
    let mut rules = String::new();
    for weight in [Weight::Regular, Weight::Bold] {
        let characters: BTreeSet<char> = texts(scene)
            .filter_map(|primitive| match primitive {
                Primitive::Text { text, .. } if text.style.weight == weight => Some(&text.lines),
                _ => None,
            })
            .flatten()
            .flat_map(|line| text::visible(line).chars().collect::<Vec<_>>())
            .collect();
        if characters.is_empty() {
            continue;
        }
        let (family, number) = (font::family(), font::css_weight(weight).to_string());
        let data = STANDARD.encode(font::subset(weight, &characters));
        let face = ["@font-face{font-family:\"", family, "\";font-weight:", &number];
        rules.extend(face.into_iter().chain([";src:url(data:font/ttf;base64,", &data, ")}\n"]));
    }
    if rules.is_empty() { rules } else { format!("<style>\n{rules}</style>\n") }
}

/// The text primitives of a scene in paint order.
fn texts(scene: &Scene) -> impl Iterator<Item = &Primitive> {
    let primitives = scene.groups.iter().flat_map(|group| &group.primitives);
    primitives.filter(|primitive| matches!(primitive, Primitive::Text { .. }))
}

/// The outlines of every line of a scene in paint order, as path data, shaped and drawn as in the PNG.
fn outlines(scene: &Scene) -> Vec<String> {
    let (width, height) = (scene.size.width, scene.size.height);
    let mut page = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"");
    xml::attribute(&mut page, "font-family", font::family());
    xml::attribute(&mut page, "font-size", &ROOT_SIZE.to_string());
    page.push('>');
    let mut count = 0;
    for primitive in texts(scene) {
        let Primitive::Text { text, .. } = primitive else { continue };
        for (row, line) in text.lines.iter().enumerate() {
            open_line(&mut page, primitive, row);
            xml::attribute(&mut page, "id", &count.to_string());
            page.push('>');
            xml::text(&mut page, &text::visible(line));
            page.push_str("</text>");
            count += 1;
        }
    }
    page.push_str("</svg>");
    let tree = Tree::from_str(&page, &fonts::options()).expect("a page of text is an SVG document");
    let mut outlines = vec![String::new(); count];
    for node in tree.root().children() {
        let Node::Text(text) = node else { continue };
        // A line of blanks alone is not in the tree, so the lines are told by their ids.
        if let Some(outline) = text.id().parse::<usize>().ok().and_then(|index| outlines.get_mut(index)) {
            outline_of(text.flattened(), outline);
        }
    }
    outlines
}

/// Appends the outlines of all letters in a group.
fn outline_of(group: &Group, out: &mut String) {
    for node in group.children() {
        match node {
            Node::Group(inner) => outline_of(inner, out),
            Node::Path(path) => {
                let Some(path_data) = path.data().clone().transform(path.abs_transform()) else { continue };
                for segment in path_data.segments() {
                    write_segment(out, segment);
                }
            }
            Node::Image(_) | Node::Text(_) => {}
        }
    }
}

/// Appends one segment of an outline.
fn write_segment(out: &mut String, segment: PathSegment) {
    let (letter, points) = match segment {
        PathSegment::MoveTo(to) => ('M', vec![to]),
        PathSegment::LineTo(to) => ('L', vec![to]),
        PathSegment::QuadTo(one, to) => ('Q', vec![one, to]),
        PathSegment::CubicTo(one, two, to) => ('C', vec![one, two, to]),
        PathSegment::Close => ('Z', Vec::new()),
    };
    out.push(letter);
    for (index, value) in points.iter().flat_map(|point| [point.x, point.y]).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(&((value * OUTLINE_STEPS).round() / OUTLINE_STEPS).to_string());
    }
}
