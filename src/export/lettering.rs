//! Text in an SVG: as text with its glyphs embedded, as plain text, or as outlines.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use usvg::tiny_skia_path::{PathSegment, Point};
use usvg::{Group, Node, Tree};

use super::svg::TextMode;
use super::{fonts, xml};
use crate::scene::{Primitive, Scene};
use crate::text::{self, Weight, font};

/// The type size that text inherits from the root, px.
pub const ROOT_SIZE: i32 = 12;
/// Width of a halo, px; half of it is hidden by the letters.
const HALO: &str = "3";
/// Steps of an outline for each px: a fiftieth is below what any screen shows, and writes in two decimals.
const OUTLINE_STEPS: f32 = 50.0;

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
            let mut pen = Pen { out: outline, at: (0, 0), start: (0, 0) };
            pen.draw_group(text.flattened());
        }
    }
    outlines
}

/// Writes an outline in relative steps, which are short numbers; positions in [`OUTLINE_STEPS`].
struct Pen<'a> {
    out: &'a mut String,
    at: (i32, i32),
    start: (i32, i32),
}

impl Pen<'_> {
    /// Appends the outlines of all letters in a group.
    fn draw_group(&mut self, group: &Group) {
        for node in group.children() {
            match node {
                Node::Group(inner) => self.draw_group(inner),
                Node::Path(path) => {
                    let letters = path.data().clone().transform(path.abs_transform());
                    letters.iter().flat_map(|letters| letters.segments()).for_each(|segment| self.draw(segment));
                }
                Node::Image(_) | Node::Text(_) => {}
            }
        }
    }

    fn draw(&mut self, segment: PathSegment) {
        match segment {
            PathSegment::MoveTo(to) => {
                self.points('m', &[to]);
                self.start = self.at;
            }
            PathSegment::LineTo(to) => self.points('l', &[to]),
            PathSegment::QuadTo(one, to) => self.points('q', &[one, to]),
            PathSegment::CubicTo(one, two, to) => self.points('c', &[one, two, to]),
            PathSegment::Close => {
                self.out.push('z');
                self.at = self.start;
            }
        }
    }

    /// Appends a command and its points, all relative to where the pen is, and moves the pen to the last.
    fn points(&mut self, command: char, points: &[Point]) {
        self.out.push(if self.out.is_empty() { command.to_ascii_uppercase() } else { command });
        let from = self.at;
        for (index, point) in points.iter().enumerate() {
            self.at = ((point.x * OUTLINE_STEPS).round() as i32, (point.y * OUTLINE_STEPS).round() as i32);
            self.number(self.at.0 - from.0, index == 0);
            self.number(self.at.1 - from.1, false);
        }
    }

    /// Appends a distance in its shortest form, set off from the number before it.
    fn number(&mut self, steps: i32, first: bool) {
        if steps < 0 {
            self.out.push('-');
        } else if !first {
            self.out.push(' ');
        }
        let hundredths = steps.unsigned_abs() * 2;
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let digits = match (whole, rest) {
            (whole, 0) => whole.to_string(),
            (0, rest) => format!(".{rest:02}"),
            (whole, rest) => format!("{whole}.{rest:02}"),
        };
        self.out.push_str(if rest > 0 { digits.trim_end_matches('0') } else { &digits });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::drawing::{Losses, draw, fixture::Fixture};
    use crate::export::raster;
    use crate::export::svg::{TextMode, svg};
    use crate::theme::builtin;

    fn written(mode: TextMode) -> String {
        let fixture = Fixture::two_services();
        svg(&draw(&fixture.topology, &fixture.layout, &builtin::LIGHT, &Losses::default()), mode)
    }

    #[test]
    fn text_can_be_selected_and_brings_its_glyphs() {
        let out = written(TextMode::Embedded);
        assert!(out.contains(">store</text>"));
        assert_eq!(out.matches("@font-face").count(), 2);
        assert!(out.contains("src:url(data:font/ttf;base64,"));
    }

    #[test]
    fn plain_text_brings_no_font() {
        let out = written(TextMode::Plain);
        assert!(out.contains(">store</text>") && !out.contains("@font-face"));
    }

    #[test]
    fn outlines_need_no_font_and_look_like_the_text() {
        let out = written(TextMode::Paths);
        assert!(!out.contains("<text") && !out.contains("@font-face"));
        let ink = |svg: &str| -> i64 {
            let file = raster::png(svg, 1.0).unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            pixels.iter().map(|&value| 255 - i64::from(value)).sum()
        };
        let (text, paths) = (ink(&written(TextMode::Plain)), ink(&out));
        assert!((text - paths).abs() * 500 < text, "{text} and {paths}");
    }
}
