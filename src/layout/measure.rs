//! Sizes of everything that is drawn as a whole: icons, captions, titles, labels of links.
//!
//! Arrives: a topology. Leaves: [`Sizes`], by id, px. All widths and heights are even, so that centres are whole.

use crate::geometry::Size;
use crate::icons::{self, IconShape};
use crate::text::{self, TextBlock};
use crate::theme::metrics;
use crate::topology::{Content, Element, GroupStyle, Topology};

/// The sizes that placement and labels start from.
#[derive(Debug, Clone)]
pub struct Sizes {
    /// By `BoxId`: the side of a leaf's icon, 0 for containers.
    pub icons: Vec<i32>,
    /// By `BoxId`: a leaf's caption.
    pub captions: Vec<Option<TextBlock>>,
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
    Sizes {
        icons: topology.boxes.iter().map(|element| icon_side(element, slot)).collect(),
        captions: topology.boxes.iter().map(caption).collect(),
        titles: topology.boxes.iter().map(title).collect(),
        labels: topology.statements.iter().map(|statement| statement.label.as_deref().and_then(label)).collect(),
        slot,
    }
}

fn icon_side(element: &Element, slot: i32) -> i32 {
    match element.node() {
        None => 0,
        Some(node) => match node.icon.map(icons::shape) {
            Some(IconShape::Tile) => slot,
            _ => metrics::LINE_ICON,
        },
    }
}

fn caption(element: &Element) -> Option<TextBlock> {
    element.node()?;
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
