//! Sizes of everything that is drawn as a whole: icons, captions, titles, labels of links.
//!
//! Arrives: a topology. Leaves: [`Sizes`], by id, px. All widths and heights are even, so that centres are whole.

use crate::geometry::Size;
use crate::icons::{self, IconShape};
use crate::text::{self, TextBlock};
use crate::theme::metrics;
use crate::topology::{BoxId, Content, Element, GroupStyle, Topology};

/// The sizes that placement and labels start from.
#[derive(Debug, Clone)]
pub struct Sizes {
    /// By `BoxId`: a leaf's icon, or the sheet of a note; nothing for containers.
    pub icons: Vec<Size>,
    /// By `BoxId`: how far a stack sticks out behind its front icon, to the right and up.
    pub peeks: Vec<i32>,
    /// By `BoxId`: a leaf's caption; that of a note stands on its sheet.
    pub captions: Vec<Option<TextBlock>>,
    /// By `BoxId`: the text on a note's sheet.
    pub notes: Vec<Option<TextBlock>>,
    /// By `BoxId`: the title of a container or an overlay.
    pub titles: Vec<Option<Title>>,
    /// By `StatementId`: what is written on its lines.
    pub labels: Vec<Option<TextBlock>>,
    /// The side of the square in which every icon is centred.
    pub slot: i32,
}

/// A title with the icon beside it.
#[derive(Debug, Clone)]
pub struct Title {
    /// The text; `None` for an icon alone.
    pub text: Option<TextBlock>,
    /// Where icon and text stand.
    pub style: TitleStyle,
    /// Extents of icon and text together.
    pub size: Size,
}

/// How a group shows what it is (picture.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TitleStyle {
    /// A corner icon, the text right of it.
    Corner,
    /// Text alone, centred at the top.
    Centered,
    /// Text alone, flush left.
    Flush,
    /// An icon centred on the top border, the text under it.
    OnBorder,
}

/// More leaves than this and every icon is drawn at the size of a line icon (layout.md 3.4).
const MANY_LEAVES: usize = 80;
/// Titles wider than this are broken, px.
const TITLE_WIDTH: i32 = 220;
/// From the corner icon to the title.
const TITLE_GAP: i32 = 8;

/// Measures every box and label of `topology`.
pub fn measure(topology: &Topology) -> Sizes {
    let leaves = topology.leaf_count();
    let slot = if leaves > MANY_LEAVES { metrics::LINE_ICON } else { metrics::TILE_ICON };
    let notes: Vec<Option<TextBlock>> = topology.boxes.iter().map(note).collect();
    Sizes {
        icons: topology.boxes.iter().zip(&notes).map(|(element, note)| icon(element, note.as_ref(), slot)).collect(),
        peeks: topology.ids().map(|id| peek(topology, id)).collect(),
        notes,
        captions: topology.boxes.iter().map(caption).collect(),
        titles: topology.boxes.iter().map(title).collect(),
        labels: topology.statements.iter().map(|statement| statement.label.as_deref().and_then(label)).collect(),
        slot,
    }
}

fn icon(element: &Element, note: Option<&TextBlock>, slot: i32) -> Size {
    let even = |extent: i32| (extent + 2 * metrics::NOTE_PADDING + 1) & !1;
    // The fold takes nothing from the first line.
    let folded = |width: i32| even(width + metrics::NOTE_FOLD / 2);
    match (element.node(), note) {
        (None, _) => Size::default(),
        (_, Some(text)) => Size::new(folded(text.width), even(text.height)),
        (Some(node), None) => match node.icon.map(icons::shape) {
            Some(IconShape::Tile) => Size::new(slot, slot),
            _ => Size::new(metrics::LINE_ICON, metrics::LINE_ICON),
        },
    }
}

fn peek(topology: &Topology, id: BoxId) -> i32 {
    let stack = topology.is_component(id) && topology.definition(id).count > 1;
    if stack { metrics::STACK_PEEK } else { 0 }
}

fn note(element: &Element) -> Option<TextBlock> {
    element.node()?.note?;
    Some(text::wrap(element.caption.trim(), metrics::NOTE, metrics::NOTE_TEXT_WIDTH, metrics::NOTE_LINES))
}

fn caption(element: &Element) -> Option<TextBlock> {
    element.node().filter(|node| node.note.is_none())?;
    let text = element.caption.trim();
    (!text.is_empty()).then(|| text::wrap(text, metrics::CAPTION, metrics::CAPTION_WIDTH, metrics::CAPTION_LINES))
}

fn label(text: &str) -> Option<TextBlock> {
    let text = text.trim();
    (!text.is_empty())
        .then(|| text::wrap(text, metrics::LINK_LABEL, metrics::LINK_LABEL_WIDTH, metrics::LINK_LABEL_LINES))
}

fn title(element: &Element) -> Option<Title> {
    let (group, own_icon) = match &element.content {
        Content::Node(_) => return None,
        Content::Container(container) => (container.style, container.icon),
        Content::Overlay(overlay) => (overlay.style, overlay.icon),
    };
    let style = title_style(group, own_icon.is_some());
    let words = element.caption.trim();
    let text = (!words.is_empty()).then(|| text::wrap(words, metrics::TITLE, TITLE_WIDTH, 2));
    let (width, height) = text.as_ref().map_or((0, 0), |block| (block.width, block.height));
    let size = match style {
        TitleStyle::Corner => {
            let beside = if width > 0 { TITLE_GAP + width } else { 0 };
            Size::new(metrics::GROUP_ICON + beside, metrics::GROUP_ICON.max(height + 2))
        }
        TitleStyle::OnBorder => Size::new(width.max(metrics::BORDER_ICON), metrics::BORDER_ICON + 2 + height),
        TitleStyle::Centered | TitleStyle::Flush if width == 0 => return None,
        TitleStyle::Centered | TitleStyle::Flush => Size::new(width, height),
    };
    Some(Title { text, style, size: Size::new((size.width + 1) & !1, (size.height + 1) & !1) })
}

fn title_style(group: GroupStyle, own_icon: bool) -> TitleStyle {
    match group {
        _ if own_icon => TitleStyle::Corner,
        GroupStyle::AutoScalingGroup => TitleStyle::OnBorder,
        GroupStyle::Zone | GroupStyle::Generic | GroupStyle::SecurityGroup => TitleStyle::Centered,
        GroupStyle::Cluster | GroupStyle::StepFunctions => TitleStyle::Flush,
        _ => TitleStyle::Corner,
    }
}
