//! The two themes that ship.
//!
//! The shades of flows were searched for: within the hue that each name promises and with the contrasts that the tests hold,
//! those seven whose nearest two lie furthest apart (CIE 1976 colour difference), for ordinary eyes and for eyes
//! without one kind of cones as simulated by Machado, Oliveira and Fernandes (2009, "A Physiologically-based Model for
//! Simulation of Color Vision Deficiency", severity 1). The palette of Okabe and Ito does the same for areas; as thin lines
//! on white its light colours are lost.

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
    note: Color(0xFB, 0xF6, 0xE3),
    note_edge: Color(0xA8, 0x97, 0x5C),
    hues: [
        Color(0x36, 0x6A, 0xF1),
        Color(0x21, 0x85, 0x53),
        Color(0xBA, 0x5A, 0x02),
        Color(0xB3, 0x4F, 0x9F),
        Color(0x64, 0x01, 0xFF),
        Color(0x94, 0x04, 0x15),
        Color(0x1E, 0x4F, 0x4E),
    ],
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
    note: Color(0x2E, 0x2E, 0x26),
    note_edge: Color(0x8C, 0x80, 0x55),
    hues: [
        Color(0x09, 0x8A, 0xF4),
        Color(0x6B, 0xC4, 0x64),
        Color(0xF9, 0xB0, 0x1E),
        Color(0xFA, 0x2D, 0x82),
        Color(0xA6, 0x6E, 0xBB),
        Color(0xFC, 0x33, 0x2A),
        Color(0x28, 0xDA, 0xFD),
    ],
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
            for (front, behind) in [
                (theme.text, theme.paper),
                (theme.muted, theme.paper),
                (theme.badge_text, theme.badge),
                (theme.text, theme.note),
            ] {
                let contrast = front.contrast(behind);
                assert!(contrast >= TEXT_CONTRAST, "{front:?} on {behind:?} has {contrast:.2}");
            }
        }
    }

    #[test]
    fn numbers_stand_out_from_discs_of_every_colour() {
        for theme in [&LIGHT, &DARK] {
            for shade in theme.hues {
                assert!(shade.contrast(theme.badge_text) >= TEXT_CONTRAST, "{shade:?}");
                assert!(shade.contrast(theme.paper) >= LINE_CONTRAST, "{shade:?}");
            }
        }
    }

    /// What an eye makes of linear red, green and blue: an ordinary one, and those without the cones for long, middle and
    /// short waves (Machado, Oliveira and Fernandes 2009, table 1).
    const EYES: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];
    /// Colour differences above this are told apart at a glance; 2.3 is just noticeable side by side.
    const APART: f64 = 18.0;

    /// A colour as an eye sees it, in CIE L*a*b* under D65.
    fn seen(Color(red, green, blue): Color, eye: &[[f64; 3]; 3]) -> [f64; 3] {
        let linear = [red, green, blue].map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        let [r, g, b] =
            eye.map(|row| row.iter().zip(linear).map(|(weight, value)| weight * value).sum::<f64>().clamp(0.0, 1.0));
        let cube = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let x = cube((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.950_47);
        let y = cube(0.2126 * r + 0.7152 * g + 0.0722 * b);
        let z = cube((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.088_83);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn colours_of_flows_are_told_apart_by_all_eyes() {
        for theme in [&LIGHT, &DARK] {
            let mut shades = theme.hues.to_vec();
            shades.push(theme.line);
            for (index, &one) in shades.iter().enumerate() {
                for &other in &shades[..index] {
                    for eye in &EYES {
                        let pairs = seen(one, eye).into_iter().zip(seen(other, eye));
                        let difference = pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
                        assert!(difference >= APART, "{one:?} and {other:?}: {difference:.1}");
                    }
                }
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
