//! A user's own icon, made safe.
//!
//! An SVG is read through usvg and written back from what usvg understood: shapes, colours, embedded pictures. So
//! scripts, event handlers, style sheets, references to the outside and everything unknown do not get into the output.

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use usvg::roxmltree::{Document, ParsingOptions};

use super::CustomIcon;
use super::guard::{self, LARGEST_SIDE};
use crate::text::{Weight, font};

/// The largest icon file, bytes.
pub const LARGEST_FILE: usize = 1 << 20;
/// The most elements, texts and comments of a document, entities written out.
const MOST_NODES: u32 = 200_000;
/// The largest document that may come out: references inside an SVG multiply what is in it.
const LARGEST_DOCUMENT: usize = 4 << 20;

impl CustomIcon {
    /// Makes an icon of a PNG or SVG file.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the file, in words that may follow its name and a colon.
    pub fn from_bytes(name: &str, bytes: &[u8], is_png: bool) -> Result<Self, String> {
        if bytes.len() > LARGEST_FILE {
            return Err(format!("{} bytes are more than an icon may have ({LARGEST_FILE})", bytes.len()));
        }
        let svg = if is_png { wrap_png(bytes)? } else { clean_svg(bytes)? };
        Ok(Self { name: name.to_owned(), svg })
    }
}

/// An SVG document of its own that shows what `bytes` shows.
fn clean_svg(bytes: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not an SVG document: it is not UTF-8 text".to_owned())?;
    let options_of_xml = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text, options_of_xml).map_err(|error| format!("not an SVG document: {error}"))?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(format!("not an SVG document: it begins with `<{}>`", document.root_element().tag_name().name()));
    }
    guard::check_depth(&document)?;
    guard::check_markers(&document)?;
    let tree =
        usvg::Tree::from_xmltree(&document, &options()).map_err(|error| format!("not an SVG document: {error}"))?;
    guard::check_work(&tree)?;
    if !tree.root().has_children() {
        return Err("this SVG document shows nothing".to_owned());
    }
    let written = tree.to_string(&usvg::WriteOptions { indent: usvg::Indent::None, ..usvg::WriteOptions::default() });
    if written.len() > LARGEST_DOCUMENT {
        return Err(format!("this SVG document grows to {} bytes when it is read", written.len()));
    }
    let body = written.strip_prefix("<svg ").expect("usvg writes the root first");
    let size = tree.size();
    Ok(format!("<svg viewBox=\"0 0 {} {}\" {body}", size.width(), size.height()))
}

/// Reads nothing from the disk; text is set in the bundled family and turned into outlines.
fn options() -> usvg::Options<'static> {
    let mut fonts = usvg::fontdb::Database::new();
    for weight in [Weight::Regular, Weight::Bold] {
        fonts.load_font_data(font::bytes(weight).to_vec());
    }
    // usvg falls back to the serif family for names that it does not find.
    fonts.set_serif_family(font::family());
    fonts.set_sans_serif_family(font::family());
    fonts.set_monospace_family(font::family());
    usvg::Options {
        font_family: font::family().to_owned(),
        fontdb: Arc::new(fonts),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|kind, bytes, _| pixels(kind, bytes)),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}

/// A picture of pixels inside an SVG; drawings inside a drawing are left out, as no guard has read them.
fn pixels(kind: &str, bytes: Arc<Vec<u8>>) -> Option<usvg::ImageKind> {
    match kind {
        "image/png" => Some(usvg::ImageKind::PNG(bytes)),
        "image/jpeg" | "image/jpg" => Some(usvg::ImageKind::JPEG(bytes)),
        "image/gif" => Some(usvg::ImageKind::GIF(bytes)),
        "image/webp" => Some(usvg::ImageKind::WEBP(bytes)),
        _ => None,
    }
}

/// An SVG document that holds a PNG, at one unit a pixel.
fn wrap_png(bytes: &[u8]) -> Result<String, String> {
    let (width, height) = png_size(bytes).ok_or("not a PNG file")?;
    if width == 0 || height == 0 || width > LARGEST_SIDE || height > LARGEST_SIDE {
        return Err(format!("{width} by {height} pixels are not between 1 and {LARGEST_SIDE} on each side"));
    }
    let mut svg = format!("<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
    svg.push_str("xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">");
    write!(
        svg,
        "<image width=\"{width}\" height=\"{height}\" xlink:href=\"data:image/png;base64,{}\"/></svg>",
        STANDARD.encode(bytes)
    )
    .expect("a String takes everything");
    Ok(svg)
}

/// Width and height of a PNG, from the header that the format puts first (PNG specification, 5.2 and 11.2.2).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let number = |at: usize| header.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    Some((number(0)?, number(4)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn svg(source: &str) -> Result<String, String> {
        CustomIcon::from_bytes("own", source.as_bytes(), false).map(|icon| icon.svg)
    }

    /// The smallest PNG: one pixel.
    fn png() -> Vec<u8> {
        STANDARD
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
            .unwrap()
    }

    #[test]
    fn an_svg_keeps_its_shapes_and_gets_a_view_box() {
        let clean = svg("<svg xmlns='http://www.w3.org/2000/svg' viewBox='10 10 40 20'><rect x='10' y='10' width='40' height='20' fill='#f00'/></svg>").unwrap();
        assert!(clean.starts_with("<svg viewBox=\"0 0 40 20\" "), "{clean}");
        assert!(clean.contains("#ff0000"), "{clean}");
        assert!(usvg::Tree::from_str(&clean, &usvg::Options::default()).unwrap().root().has_children());
    }

    #[test]
    fn what_could_act_or_reach_out_is_gone() {
        let clean = svg("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9' onload='alert(1)'>
            <script>alert(2)</script><style>@import url(http://evil.example/x.css);</style>
            <a href='javascript:alert(3)'><rect width='9' height='9' onclick='alert(4)' fill='blue'/></a>
            <image href='http://evil.example/x.png' width='9' height='9'/><image href='/etc/hostname' width='9' height='9'/>
            <foreignObject width='9' height='9'><body xmlns='http://www.w3.org/1999/xhtml'>x</body></foreignObject>
            <use xlink:href='http://evil.example/x.svg#a'/></svg>")
        .unwrap();
        for bad in ["script", "alert", "evil", "hostname", "foreignObject", "import", "href", "onload"] {
            assert!(!clean.contains(bad), "{bad}: {clean}");
        }
        assert!(clean.contains("#0000ff"));
    }

    #[test]
    fn bombs_are_refused_or_harmless() {
        let entities = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'><!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&g;</text></svg>";
        assert!(svg(entities).is_err());
        let mut uses = String::from(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><defs><rect id='u0' width='9' height='9'/>",
        );
        for level in 1..=9 {
            let one = format!("<use xlink:href='#u{}'/>", level - 1);
            write!(uses, "<g id='u{level}'>{}</g>", one.repeat(10)).unwrap();
        }
        uses.push_str("</defs><use xlink:href='#u9'/></svg>");
        assert!(svg(&uses).is_err());
        assert!(CustomIcon::from_bytes("big", &vec![b' '; LARGEST_FILE + 1], false).is_err());
    }

    #[test]
    fn text_is_set_in_the_bundled_family() {
        let clean = svg("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 20'><text y='15' font-family='Arial'>Hi</text></svg>").unwrap();
        assert!(clean.contains("<path"), "{clean}");
        assert!(!clean.contains("<text"), "{clean}");
    }

    #[test]
    fn a_png_is_wrapped() {
        let icon = CustomIcon::from_bytes("dot", &png(), true).unwrap();
        assert!(icon.svg.starts_with("<svg viewBox=\"0 0 1 1\""), "{}", icon.svg);
        assert!(icon.svg.contains("data:image/png;base64,iVBORw0KGgo"));
        assert_eq!(icon.name, "dot");
    }

    #[test]
    fn what_is_no_icon_is_refused_in_words() {
        assert_eq!(CustomIcon::from_bytes("x", b"GIF89a", true).unwrap_err(), "not a PNG file");
        assert!(svg("hello").unwrap_err().starts_with("not an SVG document"));
        assert!(svg("<svg xmlns='http://www.w3.org/2000/svg'/>").is_err());
        assert!(CustomIcon::from_bytes("x", &[0xff, 0xfe], false).is_err());
        let mut huge = png();
        huge[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
        assert!(CustomIcon::from_bytes("x", &huge, true).unwrap_err().contains("100000 by 1"));
    }
}
