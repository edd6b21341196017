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

/// The name of the file that shows a view, after that of the whole: `arch.svg` and `data` give `arch.data.svg`. The view
/// without an id is the whole.
pub fn view_file(whole: &str, view: &str) -> String {
    if view.is_empty() {
        return whole.to_owned();
    }
    match whole.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{view}.{extension}"),
        None => format!("{whole}.{view}"),
    }
}

#[cfg(test)]
mod tests {
    use super::view_file;

    #[test]
    fn views_are_named_after_the_whole() {
        assert_eq!(view_file("arch.svg", ""), "arch.svg");
        assert_eq!(view_file("arch.v2.svg", "data"), "arch.v2.data.svg");
        assert_eq!(view_file("arch", "data"), "arch.data");
    }
}
