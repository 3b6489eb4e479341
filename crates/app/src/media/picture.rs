//! Pictures: how many pixels their header tells, before anything is decoded; then
//! decoded, turned upright, shrunk and written anew. What cameras put beside the
//! pixels (place, time, make, a second picture) is gone afterwards, and so is
//! whatever hid behind the picture's end. Of an animation the first picture stays.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

use super::{
    code::FileCode,
    content::{self, Format},
};

/// The most pixels that are decoded: a phone's largest photos have fewer.
pub(super) const MOST_PIXELS: u64 = 50_000_000;
/// The longest side that is decoded.
const LONGEST_DECODED: u32 = 16_000;
/// The most bytes of decoded pixels: three a pixel for a photo, up to eight for a drawing.
const MOST_MEMORY: u64 = 210 * 1024 * 1024;
/// A drawing without transparency that takes more than this is kept as a photo.
const LARGE_DRAWING: usize = 1024 * 1024;
const QUALITY: u8 = 85;

/// A picture as it is kept.
pub(super) struct Picture {
    pub(super) format: Format,
    pub(super) content: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The picture written anew, its longest side at most `longest`.
///
/// # Errors
/// [`FileCode::Pixels`], [`FileCode::Damaged`].
pub(super) fn cleaned(bytes: &[u8], format: Format, longest: u32) -> Result<Picture, FileCode> {
    let format = image_format(format);
    let picture = decoded(bytes, format)?;
    let picture = match picture.width().max(picture.height()) > longest {
        true => picture.resize(longest, longest, FilterType::Triangle),
        false => picture,
    };
    let is_photo = matches!(format, ImageFormat::Jpeg | ImageFormat::WebP) && !picture.color().has_alpha();
    let (format, content) = match is_photo {
        true => (content::JPEG, as_photo(&picture)?),
        false => as_drawing(&picture)?,
    };
    Ok(Picture {
        format,
        content,
        width: picture.width(),
        height: picture.height(),
    })
}

/// Width and height in pixels, by its header alone.
///
/// # Errors
/// [`FileCode::Damaged`].
pub(super) fn size(bytes: &[u8], format: Format) -> Result<(u32, u32), FileCode> {
    let reader = ImageReader::with_format(Cursor::new(bytes), image_format(format));
    reader.into_dimensions().map_err(|_error| FileCode::Damaged)
}

fn image_format(format: Format) -> ImageFormat {
    match format.media_type {
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        "image/webp" => ImageFormat::WebP,
        _ => ImageFormat::Gif,
    }
}

fn decoded(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, FileCode> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.no_limits();
    let mut decoder = reader.into_decoder().map_err(|_error| FileCode::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(FileCode::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    let is_large = width.max(height) > LONGEST_DECODED || decoder.total_bytes() > MOST_MEMORY;
    if pixels > MOST_PIXELS || is_large {
        return Err(FileCode::Pixels);
    }
    decoder.set_limits(limits).map_err(|_error| FileCode::Pixels)?;
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_error| FileCode::Damaged)?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

fn as_photo(picture: &DynamicImage) -> Result<Vec<u8>, FileCode> {
    let mut content = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut content, QUALITY);
    let written = picture.to_rgb8().write_with_encoder(encoder);
    written.map(|()| content).map_err(|_error| FileCode::Damaged)
}

fn as_drawing(picture: &DynamicImage) -> Result<(Format, Vec<u8>), FileCode> {
    let has_alpha = picture.color().has_alpha();
    let eight_bit = match has_alpha {
        true => DynamicImage::from(picture.to_rgba8()),
        false => DynamicImage::from(picture.to_rgb8()),
    };
    let mut content = Vec::new();
    let written = eight_bit.write_to(&mut Cursor::new(&mut content), ImageFormat::Png);
    written.map_err(|_error| FileCode::Damaged)?;
    match content.len() > LARGE_DRAWING && !has_alpha {
        true => Ok((content::JPEG, as_photo(picture)?)),
        false => Ok((content::PNG, content)),
    }
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
