//! What a theme decides: colours, and which of two drawings of one logo stands out from the background.

use crate::catalogue::GroupStyle;
use crate::scene::Color;

/// A colour that sets a flow or a link apart, by its name; each theme has its own shade of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hue {
    /// `blue`
    Blue,
    /// `green`
    Green,
    /// `orange`
    Orange,
    /// `pink`
    Pink,
    /// `purple`
    Purple,
    /// `red`
    Red,
    /// `teal`
    Teal,
}

impl Hue {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 7] = [
        ("blue", Self::Blue),
        ("green", Self::Green),
        ("orange", Self::Orange),
        ("pink", Self::Pink),
        ("purple", Self::Purple),
        ("red", Self::Red),
        ("teal", Self::Teal),
    ];

    /// The colour of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, hue)| hue)
    }
}

/// The colours of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What the picture is drawn to stand on: backings of text and gaps in crossed lines have this colour.
    pub paper: Color,
    /// Whether the paper itself is painted; otherwise the background is transparent.
    pub opaque: bool,
    /// Titles, captions and labels.
    pub text: Color,
    /// Text of lower rank: the summary, the ends of a step in the legend.
    pub muted: Color,
    /// Links, their heads and their junctions.
    pub line: Color,
    /// The disc of a numbered badge.
    pub badge: Color,
    /// The number in it.
    pub badge_text: Color,
    /// The frame of a box without an icon.
    pub plain_box: Color,
    /// Hairlines that set parts of the page apart.
    pub rule: Color,
    /// The border of the AWS Cloud; the one group whose colour differs between themes.
    pub cloud: Color,
    /// The bundled icon in the corner of the AWS Cloud.
    pub cloud_icon: &'static str,
    /// What stands behind an icon that the paper would swallow (official icons are never recoloured).
    pub plate: Color,
    /// The sheet of a note.
    pub note: Color,
    /// The border and the fold of that sheet.
    pub note_edge: Color,
    /// The shades of the colours of flows, in the order of [`Hue::ALL`].
    pub hues: [Color; 7],
}

impl Theme {
    /// The border colour of a group (AWS Architecture Icons, release of 30 January 2026).
    pub const fn border(&self, style: GroupStyle) -> Color {
        match style {
            GroupStyle::Cloud => self.cloud,
            GroupStyle::Account | GroupStyle::StepFunctions => Color(0xE7, 0x15, 0x7B),
            GroupStyle::Region | GroupStyle::Zone | GroupStyle::PrivateSubnet => Color(0x00, 0xA4, 0xA6),
            GroupStyle::Vpc => Color(0x8C, 0x4F, 0xFF),
            GroupStyle::PublicSubnet | GroupStyle::IotGreengrass => Color(0x7A, 0xA1, 0x16),
            GroupStyle::SecurityGroup => Color(0xDD, 0x34, 0x4C),
            GroupStyle::AutoScalingGroup | GroupStyle::InstanceContents | GroupStyle::SpotFleet => {
                Color(0xED, 0x71, 0x00)
            }
            GroupStyle::CorporateDataCenter
            | GroupStyle::ServerContents
            | GroupStyle::Cluster
            | GroupStyle::Generic => Color(0x7D, 0x89, 0x98),
        }
    }

    /// The shade of a colour of flows.
    pub const fn hue(&self, hue: Hue) -> Color {
        self.hues[hue as usize]
    }

    /// The same theme without a painted background.
    #[must_use]
    pub fn transparent(&self) -> Self {
        Self { opaque: false, ..self.clone() }
    }
}
