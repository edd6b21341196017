//! An SVG as pixels, through resvg.

use std::fmt;

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::Tree;

use super::fonts;

/// Most pixels along a side: what viewers and image libraries still open.
const MAX_SIDE: f32 = 16_384.0;
/// Most pixels in all: 400 MB while it is drawn.
const MAX_PIXELS: f32 = 100_000_000.0;

/// Why there is no PNG.
#[derive(Debug, Clone, PartialEq)]
pub enum RasterError {
    /// The text is not an SVG that can be drawn.
    Svg(String),
    /// The scale is not a positive number.
    Scale(f32),
    /// The picture would be larger than anybody can open.
    TooLarge {
        /// Width at the wished scale, px.
        width: u64,
        /// Height at the wished scale, px.
        height: u64,
        /// The largest scale that fits, rounded down to hundredths.
        fitting: f32,
    },
    /// The pixels could not be written.
    Encode(String),
}

impl fmt::Display for RasterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Svg(reason) => write!(f, "the picture cannot be drawn: {reason}"),
            Self::Scale(scale) => write!(f, "a scale of {scale} makes no picture: it must be a number above 0"),
            Self::TooLarge { width, height, fitting } => write!(
                f,
                "a PNG of {width} × {height} pixels is too large (at most {MAX_SIDE} on a side and {} million in all): {}",
                MAX_PIXELS / 1e6,
                remedy(*fitting)
            ),
            Self::Encode(reason) => write!(f, "the PNG cannot be written: {reason}"),
        }
    }
}

/// What to type for a PNG that fits; `fitting` is the largest scale, 0 where none is large enough to show anything.
pub fn remedy(fitting: f32) -> String {
    if fitting > 0.0 { format!("`--scale {fitting}` fits") } else { "leave it out with `--format svg,md`".to_owned() }
}

impl std::error::Error for RasterError {}

/// Draws an SVG document at `scale` pixels for each of its px and returns a PNG file.
///
/// # Errors
///
/// When the text is not SVG, the scale is not a positive number, or the picture would be too large.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, RasterError> {
    if !scale.is_finite() || scale <= 0.0 {
        return Err(RasterError::Scale(scale));
    }
    let tree = Tree::from_str(svg, &fonts::options()).map_err(|error| RasterError::Svg(error.to_string()))?;
    let (width, height) = extents(&tree, scale)?;
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| RasterError::Svg("it has no area".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    encode(pixmap).map_err(|error| RasterError::Encode(error.to_string()))
}

/// The pixels that a tree takes up.
fn extents(tree: &Tree, scale: f32) -> Result<(u32, u32), RasterError> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let (wide, high) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    if wide > MAX_SIDE || high > MAX_SIDE || wide * high > MAX_PIXELS {
        let fitting = (MAX_SIDE / width.max(height)).min((MAX_PIXELS / (width * height)).sqrt());
        let fitting = (fitting * 100.0).floor() / 100.0;
        return Err(RasterError::TooLarge { width: wide as u64, height: high as u64, fitting });
    }
    Ok((wide as u32, high as u32))
}

/// Writes pixels as a PNG file; an opaque picture goes without its alpha channel.
fn encode(pixmap: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixmap.width(), pixmap.height());
    encoder.set_depth(png::BitDepth::Eight);
    // Rows of a diagram mostly repeat the row above. Trying every filter on every row, as the encoder would by itself,
    // costs more and gives no smaller files; weaker compression saves a tenth of a second and doubles the size.
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::Up);
    let opaque = pixmap.pixels().iter().all(|pixel| pixel.alpha() == u8::MAX);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    let bytes = if opaque {
        pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    } else {
        pixmap.take_demultiplied()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bytes)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::drawing::{Losses, draw, fixture::Fixture};
    use crate::export::svg::{TextMode, svg};
    use crate::theme::{Theme, builtin};

    fn picture(theme: &Theme) -> (String, i32, i32) {
        let fixture = Fixture::two_services();
        let scene = draw(&fixture.topology, &fixture.layout, theme, &Losses::default());
        (svg(&scene, TextMode::Plain), scene.size.width, scene.size.height)
    }

    fn decode(file: &[u8]) -> (png::Info<'static>, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        (reader.info().clone(), pixels)
    }

    #[test]
    fn the_size_is_that_of_the_picture_times_the_scale() {
        let (svg, width, height) = picture(&builtin::LIGHT);
        for scale in [1.0, 2.0, 0.5] {
            let (info, _) = decode(&png(&svg, scale).unwrap());
            assert_eq!(info.width, (width as f32 * scale).round() as u32);
            assert_eq!(info.height, (height as f32 * scale).round() as u32);
        }
    }

    #[test]
    fn the_background_is_the_theme_s() {
        for theme in [&builtin::LIGHT, &builtin::DARK] {
            let (info, pixels) = decode(&png(&picture(theme).0, 1.0).unwrap());
            assert_eq!(info.color_type, png::ColorType::Rgb);
            assert_eq!(pixels[..3], [theme.paper.0, theme.paper.1, theme.paper.2]);
        }
        let (info, pixels) = decode(&png(&picture(&builtin::LIGHT.transparent()).0, 1.0).unwrap());
        assert_eq!(info.color_type, png::ColorType::Rgba);
        assert_eq!(pixels[..4], [0, 0, 0, 0]);
    }

    #[test]
    fn what_is_too_large_is_refused_with_a_scale_that_fits() {
        let (svg, width, _) = picture(&builtin::LIGHT);
        let Err(RasterError::TooLarge { fitting, .. }) = png(&svg, 100.0) else { panic!("100 is too much") };
        assert!(fitting > 1.0 && fitting * width as f32 <= MAX_SIDE);
        assert!(png(&svg, 100.0).unwrap_err().to_string().contains(&format!("`--scale {fitting}` fits")));
    }

    #[test]
    fn scales_that_mean_nothing_are_refused() {
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(matches!(png("<svg/>", scale), Err(RasterError::Scale(_))));
        }
        assert!(matches!(png("no svg", 1.0), Err(RasterError::Svg(_))));
    }
}
