use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn plain(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb([200, 40, 40])).into()
}

// A JPEG that a camera turned, with its place beside the pixels.
fn from_camera() -> Vec<u8> {
    let jpeg = encoded(&plain(40, 20), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 10.7769 106.7009");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

// The head of a PNG says its size long before a single pixel comes.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&plain(1, 1), ImageFormat::Png);
    bytes.splice(16..20, width.to_be_bytes());
    bytes.splice(20..24, height.to_be_bytes());
    let crc = crc32(&bytes[12..29]).to_be_bytes();
    bytes.splice(29..33, crc);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (0..8).fold(crc, |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)));
    !bytes.iter().fold(!0, |crc, byte| step(crc ^ u32::from(*byte)))
}

#[track_caller]
fn check(bytes: &[u8], format: Format, expected: Result<(&str, u32, u32), FileCode>) {
    let cleaned = cleaned(bytes, format, 100);
    let found = cleaned.map(|picture| {
        let again = image::load_from_memory(&picture.content).unwrap();
        assert_eq!((again.width(), again.height()), (picture.width, picture.height));
        (picture.format.media_type, picture.width, picture.height)
    });
    assert_eq!(found, expected);
}

#[test]
fn pictures_are_shrunk_and_written_anew() {
    let jpeg = encoded(&plain(400, 100), ImageFormat::Jpeg);
    check(&jpeg, content::JPEG, Ok(("image/jpeg", 100, 25)));
    let png = encoded(&plain(30, 20), ImageFormat::Png);
    check(&png, content::PNG, Ok(("image/png", 30, 20)));
    let webp = encoded(&plain(30, 20), ImageFormat::WebP);
    check(&webp, content::WEBP, Ok(("image/jpeg", 30, 20)));
    let clear = DynamicImage::from(RgbaImage::from_pixel(30, 20, Rgba([0, 0, 0, 10])));
    check(
        &encoded(&clear, ImageFormat::WebP),
        content::WEBP,
        Ok(("image/png", 30, 20)),
    );
    check(
        &encoded(&clear, ImageFormat::Gif),
        content::GIF,
        Ok(("image/png", 30, 20)),
    );
}

#[test]
fn what_a_camera_adds_is_gone_and_the_picture_stands_upright() {
    let photo = from_camera();
    let cleaned = cleaned(&photo, content::JPEG, 100).ok().unwrap();
    assert_eq!((cleaned.width, cleaned.height), (20, 40));
    let has = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
    assert!(has(&photo, b"106.7009") && !has(&cleaned.content, b"106.7009"));
    assert!(!has(&cleaned.content, b"Exif"));
}

#[test]
fn what_hides_behind_a_picture_is_gone() {
    let jpeg = [
        encoded(&plain(30, 20), ImageFormat::Jpeg),
        b"<script>alert(1)</script>".to_vec(),
    ]
    .concat();
    let cleaned = cleaned(&jpeg, content::JPEG, 100).ok().unwrap();
    assert!(!String::from_utf8_lossy(&cleaned.content).contains("<script"));
}

#[test]
fn too_many_pixels_are_refused_by_the_header() {
    check(&png_header(20_000, 20_000), content::PNG, Err(FileCode::Pixels));
    check(&png_header(u32::MAX >> 1, 1), content::PNG, Err(FileCode::Pixels));
    check(&png_header(16_001, 10), content::PNG, Err(FileCode::Pixels));
    // few enough pixels, and none of them there
    check(&png_header(5_000, 5_000), content::PNG, Err(FileCode::Damaged));
    let jpeg = encoded(&plain(300, 200), ImageFormat::Jpeg);
    check(&jpeg[..30], content::JPEG, Err(FileCode::Damaged));
    check(b"GIF89a", content::GIF, Err(FileCode::Damaged));
}
