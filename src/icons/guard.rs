//! What an icon may cost: nobody's drawing needs more, and a file made to exhaust a machine does.
//!
//! A file is judged twice: before usvg reads it by how deep it goes, since reading and drawing recurse over what is
//! nested and over what refers to each other; and after that by the work that drawing it would be.

use std::collections::BTreeMap;

use usvg::filter::Kind;
use usvg::roxmltree::{Document, Node};
use usvg::tiny_skia_path::PathSegment;

/// The deepest that elements may stand in each other, by nesting and by reference (`use`, clips, masks, patterns).
const DEEPEST: usize = 96;
/// The most references out of style sheets, which are not followed but taken to be in a row.
const MOST_STYLED_REFERENCES: usize = 48;
/// The largest side of a picture inside an icon, px: a small file may hold a picture of gigabytes.
pub const LARGEST_SIDE: u32 = 4096;
/// The most elements of all markers together, and the most bytes of a file that has any: the one is drawn at every corner
/// of the other.
const MOST_IN_MARKERS: usize = 32;
const LARGEST_WITH_MARKERS: usize = 64 << 10;
/// The most dashes of all lines together: more are not seen at the size of an icon.
const MOST_DASHES: f32 = 50_000.0;
/// The most steps of all filters together.
const MOST_FILTER_STEPS: usize = 64;
/// How many times as long as the icon's longer side the tile of a pattern or the region of a filter may be.
const LARGEST_REGION: f32 = 8.0;

/// Whether a document goes no deeper than an icon may.
///
/// # Errors
/// Says what is wrong with the file, in words that may follow its name and a colon.
pub fn check_depth(document: &Document) -> Result<(), String> {
    let in_style = |node: &Node| node.parent().is_some_and(|parent| parent.tag_name().name() == "style");
    let sheets = document.descendants().filter(|node| node.is_text() && in_style(node));
    let styled: usize = sheets.filter_map(|text| text.text()).map(|text| text.matches("url(").count()).sum();
    if styled > MOST_STYLED_REFERENCES || depth(document) > DEEPEST {
        return Err(format!("its elements are nested deeper than {DEEPEST} levels"));
    }
    Ok(())
}

/// Whether the markers of a document (heads of lines) may be drawn at every corner of its paths, as usvg does at once.
///
/// # Errors
/// Says what is wrong with the file, in words that may follow its name and a colon.
pub fn check_markers(document: &Document) -> Result<(), String> {
    let markers = document.descendants().filter(|node| node.tag_name().name() == "marker");
    let inside: Vec<Node> = markers.flat_map(|marker| marker.descendants()).filter(Node::is_element).collect();
    let plain = inside.len() <= MOST_IN_MARKERS && !inside.iter().any(|node| node.tag_name().name() == "use");
    if inside.is_empty() || plain && document.input_text().len() <= LARGEST_WITH_MARKERS {
        Ok(())
    } else {
        Err("its markers would be drawn too often".to_owned())
    }
}

/// The longest way from the root, down into elements and along references; one that leads back is cut.
fn depth(document: &Document) -> usize {
    let ids: BTreeMap<&str, Node> =
        document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut known: Vec<Option<usize>> = vec![None; document.descendants().count()];
    let place = |node: &Node| node.id().get_usize();
    let mut open = vec![document.root_element()];
    while let Some(&node) = open.last() {
        let targets: Vec<Node> = node.children().filter(Node::is_element).chain(references(&node, &ids)).collect();
        let fresh: Vec<Node> = targets.iter().copied().filter(|target| known[place(target)].is_none()).collect();
        // Zero marks what is being looked at, so that a circle ends.
        if known[place(&node)].replace(0).is_none() && !fresh.is_empty() {
            open.extend(fresh);
            continue;
        }
        open.pop();
        let below = targets.iter().filter_map(|target| known[place(target)]).max().unwrap_or_default();
        known[place(&node)] = Some(below + 1);
    }
    known[place(&document.root_element())].unwrap_or_default()
}

/// The elements that the attributes of an element refer to.
fn references<'a, 'i>(node: &Node<'a, 'i>, ids: &BTreeMap<&str, Node<'a, 'i>>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for attribute in node.attributes() {
        let value = attribute.value();
        if attribute.name() == "href" {
            found.extend(value.trim().strip_prefix('#').and_then(|id| ids.get(id)));
        }
        for part in value.split("url(").skip(1) {
            let id = part.split(')').next().unwrap_or_default().trim().trim_matches(['"', '\'']).trim();
            found.extend(id.strip_prefix('#').and_then(|id| ids.get(id)));
        }
    }
    found
}

/// Whether drawing an icon is no more work than it may be.
///
/// # Errors
/// Says what is wrong with the file, in words that may follow its name and a colon.
pub fn check_work(tree: &usvg::Tree) -> Result<(), String> {
    let steps = || tree.filters().iter().flat_map(|filter| filter.primitives());
    if steps().count() > MOST_FILTER_STEPS {
        return Err(format!("its filters have more than {MOST_FILTER_STEPS} steps"));
    }
    if let Some(name) = steps().find_map(|step| costly(step.kind())) {
        return Err(format!("it uses the filter effect `{name}`, which takes too long to draw"));
    }
    let side = LARGEST_REGION * tree.size().width().max(tree.size().height());
    for pattern in tree.patterns() {
        if !fits(pattern.rect(), pattern.transform(), side) {
            return Err("a pattern in it is much larger than itself".to_owned());
        }
    }
    let dashes = check_group(tree.root(), side)?;
    // Not a number is too many.
    if dashes <= MOST_DASHES { Ok(()) } else { Err(format!("its lines have more than {MOST_DASHES} dashes")) }
}

/// How many dashes the line of a path has, at most.
fn dashes(path: &usvg::Path) -> f32 {
    let Some(pattern) = path.stroke().and_then(usvg::Stroke::dasharray) else { return 0.0 };
    let mut at = (0.0_f32, 0.0_f32);
    let mut length = 0.0;
    // A curve is no longer than the way over its control points.
    let mut go = |x: f32, y: f32| {
        length += (x - at.0).abs() + (y - at.1).abs();
        at = (x, y);
    };
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(to) | PathSegment::LineTo(to) => go(to.x, to.y),
            PathSegment::QuadTo(one, to) => {
                go(one.x, one.y);
                go(to.x, to.y);
            }
            PathSegment::CubicTo(one, two, to) => {
                go(one.x, one.y);
                go(two.x, two.y);
                go(to.x, to.y);
            }
            PathSegment::Close => {}
        }
    }
    // What closes the path is no longer than the rest.
    2.0 * length * pattern.len() as f32 / pattern.iter().sum::<f32>()
}

/// Whether a region is no longer than `side` where it is drawn; not a number is too long.
fn fits(region: usvg::NonZeroRect, transform: usvg::Transform, side: f32) -> bool {
    let (across, down) = transform.get_scale();
    region.width() * across <= side && region.height() * down <= side
}

/// The name of an effect whose work grows with more than the size of the picture.
const fn costly(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::ConvolveMatrix(_) => Some("feConvolveMatrix"),
        Kind::Image(_) => Some("feImage"),
        Kind::Morphology(_) => Some("feMorphology"),
        Kind::Turbulence(_) => Some("feTurbulence"),
        _ => None,
    }
}

/// Checks filters and pictures of a group and of what it refers to, and counts dashes; [`check_depth`] bounds how deep
/// that goes.
fn check_group(group: &usvg::Group, side: f32) -> Result<f32, String> {
    if !group.filters().iter().all(|filter| fits(filter.rect(), group.abs_transform(), side)) {
        return Err("a filter in it covers much more than itself".to_owned());
    }
    let mut sum: Result<f32, String> = Ok(0.0);
    let add = |sum: &mut Result<f32, String>, inner: &usvg::Group| {
        if let Ok(before) = *sum {
            *sum = check_group(inner, side).map(|more| before + more);
        }
    };
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => add(&mut sum, inner),
            usvg::Node::Path(path) => sum = sum.map(|before| before + dashes(path)),
            usvg::Node::Image(image) => {
                let (width, height) = (image.size().width(), image.size().height());
                if width > LARGEST_SIDE as f32 || height > LARGEST_SIDE as f32 {
                    return Err(format!(
                        "a picture of {width} by {height} pixels is in it, {LARGEST_SIDE} are the most"
                    ));
                }
            }
            usvg::Node::Text(text) => add(&mut sum, text.flattened()),
        }
        node.subroots(|inner| add(&mut sum, inner));
    }
    sum
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn depth_of(svg: &str) -> usize {
        depth(&Document::parse(svg).unwrap())
    }

    #[test]
    fn nesting_and_references_count_alike() {
        assert_eq!(depth_of("<svg><g><g/></g><g/></svg>"), 3);
        assert_eq!(depth_of("<svg><g id='a'><g/></g><use href='#a'/></svg>"), 4);
        assert_eq!(depth_of("<svg><g fill='url( \"#a\" )'/><g id='a' style='mask:url(#b)'/><g id='b'/></svg>"), 4);
    }

    #[test]
    fn circles_end() {
        assert!(depth_of("<svg><g id='a'><use href='#a'/></g><use href='#none'/></svg>") < 6);
        assert!(depth_of("<svg><g id='a' mask='url(#b)'/><g id='b' mask='url(#a)'/></svg>") < 6);
    }

    #[test]
    fn ten_thousand_levels_are_counted_without_recursion() {
        let nested = format!("<svg>{}{}</svg>", "<g>".repeat(10_000), "</g>".repeat(10_000));
        assert_eq!(depth_of(&nested), 10_001);
    }
}
