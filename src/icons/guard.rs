//! What an icon may cost: nobody's drawing needs more, and a file made to exhaust a machine does.
//!
//! A file is judged twice: before usvg reads it by how deep it goes, since reading and drawing recurse over what is
//! nested and over what refers to each other; and after that by the work that drawing it would be.

use std::collections::BTreeMap;

use usvg::filter::Kind;
use usvg::roxmltree::{Document, Node};

/// The deepest that elements may stand in each other, by nesting and by reference (`use`, clips, masks, patterns).
const DEEPEST: usize = 96;
/// The most references out of style sheets, which are not followed but taken to be in a row.
const MOST_STYLED_REFERENCES: usize = 48;
/// The largest side of a picture inside an icon, px: a small file may hold a picture of gigabytes.
pub const LARGEST_SIDE: u32 = 4096;
/// The most steps of all filters together.
const MOST_FILTER_STEPS: usize = 64;
/// How many times as long as the icon's longer side the tile of a pattern may be.
const LARGEST_PATTERN: f32 = 8.0;

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
    let side = LARGEST_PATTERN * tree.size().width().max(tree.size().height());
    for pattern in tree.patterns() {
        let (across, down) = pattern.transform().get_scale();
        let rect = pattern.rect();
        if !(rect.width() * across <= side && rect.height() * down <= side) {
            return Err("a pattern in it is much larger than itself".to_owned());
        }
    }
    check_pictures(tree.root())
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

/// The pictures in a group and in what it refers to; [`check_depth`] bounds how deep that goes.
fn check_pictures(group: &usvg::Group) -> Result<(), String> {
    let mut result = Ok(());
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => result = result.and_then(|()| check_pictures(inner)),
            usvg::Node::Image(image) => {
                let (width, height) = (image.size().width(), image.size().height());
                if width > LARGEST_SIDE as f32 || height > LARGEST_SIDE as f32 {
                    return Err(format!("a picture of {width} by {height} pixels is in it, {LARGEST_SIDE} are the most"));
                }
            }
            usvg::Node::Path(_) | usvg::Node::Text(_) => {}
        }
        node.subroots(|inner| {
            if result.is_ok() {
                result = check_pictures(inner);
            }
        });
    }
    result
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
