//! The files that a picture becomes.

/// A file that `render` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The picture as vectors.
    Svg,
    /// The picture as pixels.
    Png,
    /// The description.
    Markdown,
}

impl Format {
    /// All, in the order in which they are written.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Markdown];

    /// The ending of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Markdown => "md",
        }
    }

    /// The format whose files end in `extension`, which is in small letters.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }
}
