//! Leaves: icon, caption, the rest of their stack, and what hides a border line that runs behind them.

use super::segments::Segments;
use super::{description, label, note, stack};
use crate::icons::{self, IconId};
use crate::layout::{Layout, PlacedBox};
use crate::scene::{Color, Dash, Group, Primitive, Stroke};
use crate::theme::{Theme, metrics};
use crate::topology::{BoxId, Topology};

/// Corner radius of a box without an icon, px.
const PLAIN_RADIUS: i32 = 6;
/// Corner radius of the plate behind an icon, px.
const PLATE_RADIUS: i32 = 4;
/// Contrast below which a drawing counts as lost on the paper; half of what WCAG asks of graphics, as every official
/// category colour is above it in both themes and every ink that is made for the other theme below.
const LOST_CONTRAST: f64 = 1.5;

/// Draws every leaf.
pub fn draw(topology: &Topology, layout: &Layout, theme: &Theme) -> Vec<Group> {
    let mut plates = Plates { theme, known: Vec::new() };
    let mut groups = Vec::new();
    for id in topology.ids() {
        let Some(node) = topology.element(id).node() else { continue };
        let placed = &layout.boxes[id.index()];
        let mut group = group(topology, id);
        if node.note.is_some() {
            group.primitives = note::draw(placed, theme);
            groups.push(group);
            continue;
        }
        if topology.definition(id).count > 1 {
            group.primitives.extend(stack::draw(placed.frame, stack::tile(node.icon, topology), theme));
        }
        match node.icon {
            Some(icon) => {
                if plates.needed(icon, topology) {
                    group.primitives.push(plate(placed, theme));
                }
                group.primitives.push(Primitive::Icon { frame: placed.frame, icon });
            }
            None => group.primitives.push(plain(placed, theme)),
        }
        group.primitives.extend(placed.label.iter().map(|caption| label::text(caption, theme.text, None)));
        groups.push(group);
    }
    groups
}

/// The empty group of a box: its id, title and link.
pub fn group(topology: &Topology, id: BoxId) -> Group {
    Group {
        id: Some(topology.element(id).address.clone()),
        title: Some(description::title(topology, id)),
        link: topology.definition(id).link.clone(),
        faded: false,
        primitives: Vec::new(),
    }
}

/// Patches of paper where a border line would run behind an icon or a caption.
pub fn backings(topology: &Topology, layout: &Layout, borders: &Segments, theme: &Theme) -> Group {
    let mut patches = Vec::new();
    for id in topology.ids() {
        let placed = &layout.boxes[id.index()];
        if topology.element(id).node().is_none() {
            continue;
        }
        if borders.meet(&placed.frame, None) {
            patches.push(label::patch(placed.frame, theme.paper));
        }
        if let Some(caption) = placed.label.as_ref().filter(|caption| borders.meet(&caption.frame, None)) {
            patches.extend(label::line_patches(caption, theme.paper));
        }
    }
    Group::furniture(patches)
}

/// A box without an icon.
fn plain(placed: &PlacedBox, theme: &Theme) -> Primitive {
    let stroke = Stroke { color: theme.plain_box, width: metrics::LINK_WIDTH, dash: Dash::Solid };
    Primitive::Rectangle { frame: placed.frame, radius: PLAIN_RADIUS, fill: Some(theme.paper), stroke: Some(stroke) }
}

/// What stands behind an icon that the paper would swallow.
const fn plate(placed: &PlacedBox, theme: &Theme) -> Primitive {
    Primitive::Rectangle { frame: placed.frame, radius: PLATE_RADIUS, fill: Some(theme.plate), stroke: None }
}

/// Which icons need a plate, each looked into once.
struct Plates<'a> {
    theme: &'a Theme,
    known: Vec<(IconId, bool)>,
}

impl Plates<'_> {
    /// Whether every ink of an icon is lost on the paper (the official drawings of people, firewalls and the like are
    /// near black, and the set has no light ones).
    fn needed(&mut self, icon: IconId, topology: &Topology) -> bool {
        if self.theme.paper == self.theme.plate {
            return false;
        }
        if let Some(&(_, needed)) = self.known.iter().find(|(known, _)| *known == icon) {
            return needed;
        }
        let svg = icons::svg(icon, &topology.custom_icons);
        let needed = !svg.contains("<image") && inks(&svg).all(|ink| ink.contrast(self.theme.paper) < LOST_CONTRAST);
        self.known.push((icon, needed));
        needed
    }
}

/// The colours that an SVG document names as `#rgb` or `#rrggbb`.
pub fn inks(svg: &str) -> impl Iterator<Item = Color> + '_ {
    svg.split("\"#").skip(1).filter_map(|rest| {
        let digits = rest.split('"').next()?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            6 => Some(Color::hex(value)),
            3 => {
                let wide = |shift: u32| ((value >> shift & 0xF) * 0x11) as u8;
                Some(Color(wide(8), wide(4), wide(0)))
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_are_read_in_both_spellings() {
        let svg = r##"<svg><path fill="#242f3e"/><g stroke="#fff" clip-path="url(#a)"/></svg>"##;
        assert_eq!(inks(svg).collect::<Vec<_>>(), [Color(0x24, 0x2F, 0x3E), Color(0xFF, 0xFF, 0xFF)]);
    }
}
