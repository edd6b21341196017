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

/// From one tile of a stack to the next, to the right and up.
pub const STACK_STEP: i32 = 4;
/// How far a stack sticks out behind its front icon, to the right and up: two more tiles, whatever its number.
pub const STACK_PEEK: i32 = 2 * STACK_STEP;

/// Type of a note.
pub const NOTE: TextStyle = TextStyle::regular(11);
/// Widest line of a note; with its padding a sheet is 180 px wide.
pub const NOTE_TEXT_WIDTH: i32 = 160;
/// Most lines of a note: the longest text that may stand on a picture takes about 20.
pub const NOTE_LINES: usize = 30;
/// From the edge of a sheet to its text.
pub const NOTE_PADDING: i32 = 10;
/// The folded corner of a sheet.
pub const NOTE_FOLD: i32 = 9;
/// From a sheet to what it stands beside.
pub const NOTE_GAP: i32 = 10;

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

/// Type of the picture's title.
pub const HEADING: TextStyle = TextStyle::bold(20);
/// Type of the summary under it.
pub const SUMMARY: TextStyle = TextStyle::regular(13);
/// Widest line of title and summary: some 120 characters, past which the eye loses the next line.
pub const SUMMARY_WIDTH: i32 = 840;
/// Most lines of the title.
pub const HEADING_LINES: usize = 3;
/// Most lines of the summary.
pub const SUMMARY_LINES: usize = 8;
/// From the title to the summary.
pub const SUMMARY_GAP: i32 = 4;

/// Type of a flow's name in the legend.
pub const LEGEND_NAME: TextStyle = TextStyle::bold(13);
/// Type of a step in the legend.
pub const LEGEND_TEXT: TextStyle = TextStyle::regular(12);
/// Narrowest column of the legend.
pub const LEGEND_COLUMN_MIN: i32 = 240;
/// Widest column of the legend.
pub const LEGEND_COLUMN_MAX: i32 = 340;
/// Between two columns of the legend.
pub const LEGEND_COLUMN_GAP: i32 = 28;
/// Between two entries of the legend.
pub const LEGEND_ENTRY_GAP: i32 = 8;
/// Length of the line that the legend shows as a sample.
pub const LEGEND_SAMPLE: i32 = 48;

/// Corner radius of a link.
pub const LINK_RADIUS: i32 = 6;
/// Width of a link, tenths of a px.
pub const LINK_WIDTH: i32 = 15;
/// Width of a link that has a colour, tenths of a px: a thin line of colour is taken for a black one.
pub const COLORED_LINK_WIDTH: i32 = 20;
/// Width of a group's border, tenths of a px.
pub const BORDER_WIDTH: i32 = 13;
/// Length of an arrow head.
pub const HEAD_LENGTH: i32 = 9;
/// Half the width of an arrow head.
pub const HEAD_HALF: i32 = 4;
/// Radius of the dot where lines of one net meet.
pub const JUNCTION_RADIUS: i32 = 3;
/// From an upper line to where the line that it crosses is seen again.
pub const CROSSING_GAP: i32 = 3;
