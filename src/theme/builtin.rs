//! The two themes that ship.

use super::Theme;
use crate::scene::Color;

/// Black on white.
pub static LIGHT: Theme = Theme {
    paper: Color(0xFF, 0xFF, 0xFF),
    opaque: true,
    text: Color(0x00, 0x00, 0x00),
    muted: Color(0x54, 0x5B, 0x64),
    line: Color(0x00, 0x00, 0x00),
    badge: Color(0x24, 0x2F, 0x3E),
    badge_text: Color(0xFF, 0xFF, 0xFF),
    plain_box: Color(0x5A, 0x6B, 0x7B),
    rule: Color(0xD5, 0xDB, 0xDB),
    cloud: Color(0x24, 0x2F, 0x3E),
    cloud_icon: "AWSCloudlogo",
    plate: Color(0xFF, 0xFF, 0xFF),
};

/// White on the dark blue of AWS's own pages.
pub static DARK: Theme = Theme {
    paper: Color(0x0F, 0x1B, 0x2A),
    opaque: true,
    text: Color(0xFF, 0xFF, 0xFF),
    muted: Color(0xB6, 0xBE, 0xC9),
    line: Color(0x9B, 0xA7, 0xB6),
    badge: Color(0xFF, 0xFF, 0xFF),
    badge_text: Color(0x0F, 0x1B, 0x2A),
    plain_box: Color(0x9B, 0xA7, 0xB6),
    rule: Color(0x35, 0x41, 0x50),
    cloud: Color(0xFF, 0xFF, 0xFF),
    cloud_icon: "AWSCloudlogoDark",
    plate: Color(0xFF, 0xFF, 0xFF),
};

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, success criterion 1.4.3: text of ordinary size.
    const TEXT_CONTRAST: f64 = 4.5;
    /// WCAG 2.2, success criterion 1.4.11: lines that carry meaning.
    const LINE_CONTRAST: f64 = 3.0;

    #[test]
    fn text_stands_out_from_what_is_behind_it() {
        for theme in [&LIGHT, &DARK] {
            for (front, behind) in
                [(theme.text, theme.paper), (theme.muted, theme.paper), (theme.badge_text, theme.badge)]
            {
                let contrast = front.contrast(behind);
                assert!(contrast >= TEXT_CONTRAST, "{front:?} on {behind:?} has {contrast:.2}");
            }
        }
    }

    #[test]
    fn lines_stand_out_from_the_paper() {
        for theme in [&LIGHT, &DARK] {
            for line in [theme.line, theme.plain_box, theme.cloud, theme.badge] {
                let contrast = line.contrast(theme.paper);
                assert!(contrast >= LINE_CONTRAST, "{line:?} has {contrast:.2}");
            }
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((Color(0xFF, 0xFF, 0xFF).contrast(Color(0, 0, 0)) - 21.0).abs() < 1e-9);
        assert!((Color(0x77, 0x77, 0x77).contrast(Color(0xFF, 0xFF, 0xFF)) - 4.48).abs() < 0.01);
    }
}
