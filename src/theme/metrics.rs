//! Every distance and type size of the picture, px. Layout reads only this page of the theme.

use crate::text::TextStyle;

/// Captions under icons (picture.md: 12 pt).
pub const CAPTION: TextStyle = TextStyle::regular(12);
/// Titles of containers.
pub const TITLE: TextStyle = TextStyle::regular(12);
/// Labels on lines.
pub const LINK_LABEL: TextStyle = TextStyle::regular(11);
/// Numbers in badges.
pub const BADGE: TextStyle = TextStyle::bold(13);
/// Radius of a badge.
pub const BADGE_RADIUS: i32 = 12;

/// A service's tile. The official set draws services at 80 and group icons at 40; both are drawn at 0.8 here.
pub const TILE_ICON: i32 = 64;
/// A resource's line drawing, centred in the slot of a tile.
pub const LINE_ICON: i32 = 48;
/// The corner icon of a group.
pub const GROUP_ICON: i32 = 32;
/// The icon of an auto scaling group, centred on its top border.
pub const BORDER_ICON: i32 = 32;

/// Widest caption line.
pub const CAPTION_WIDTH: i32 = 108;
/// From an icon to its caption.
pub const CAPTION_GAP: i32 = 4;
/// Most lines of a caption.
pub const CAPTION_LINES: usize = 3;
/// Widest line of a link's label.
pub const LINK_LABEL_WIDTH: i32 = 110;
/// Most lines of a link's label.
pub const LINK_LABEL_LINES: usize = 3;
/// Between a line's end and the box that it points at lies nothing: the head's tip touches the port, and the port
/// stands this far off the icon.
pub const PORT_GAP: i32 = 2;
/// Empty margin around the whole picture.
pub const MARGIN: i32 = 20;
/// Above and below a text title inside its border.
pub const TITLE_LEAD: i32 = 6;
