//! Whether a picture holds nothing but pixels: no place, time, make or words beside
//! them, and nothing behind its end. Only such a picture may stay byte for byte as
//! somebody made it; of all others [`super::picture`] keeps the pixels alone.

/// Chunks of a PNG that say how pixels look (PNG, third edition, sections 11.2 and 11.3).
const PNG_CHUNKS: [&[u8; 4]; 10] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD",
];
const PNG_SIGNATURE: usize = 8;
/// Of a chunk: its length, its name and its checksum.
const PNG_CHUNK_FRAME: usize = 12;

/// Whether the bytes are a PNG without anything beside its pixels. Of other formats none is known to be.
pub(super) fn is_bare_png(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return false;
    }
    let mut rest = bytes.get(PNG_SIGNATURE..).unwrap_or_default();
    while let Some((head, _)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, name @ ..] = *head;
        if !PNG_CHUNKS.contains(&&name) {
            return false;
        }
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let Some(behind) = rest.get(length.saturating_add(PNG_CHUNK_FRAME)..) else {
            return false;
        };
        if &name == b"IEND" {
            return behind.is_empty();
        }
        rest = behind;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(chunks: &[(&[u8; 4], &[u8])], behind: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, content) in chunks {
            bytes.extend((content.len() as u32).to_be_bytes());
            bytes.extend(*name);
            bytes.extend(*content);
            bytes.extend([0; 4]);
        }
        bytes.extend(behind);
        bytes
    }

    #[test]
    fn only_pixels_are_bare() {
        #[track_caller]
        fn check(bytes: &[u8], expected: bool) {
            assert_eq!(is_bare_png(bytes), expected, "{bytes:?}");
        }
        check(
            &png(&[(b"IHDR", b"x"), (b"IDAT", b"pixels"), (b"IEND", b"")], b""),
            true,
        );
        check(
            &png(&[(b"IHDR", b"x"), (b"tEXt", b"by N."), (b"IEND", b"")], b""),
            false,
        );
        check(
            &png(&[(b"IHDR", b"x"), (b"eXIf", b"10,7 N"), (b"IEND", b"")], b""),
            false,
        );
        check(&png(&[(b"IHDR", b"x"), (b"IEND", b"")], b"more"), false);
        check(&png(&[(b"IHDR", b"x")], b""), false);
        check(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT", false);
        check(b"\xff\xd8\xff\xe0", false);
        check(b"", false);
    }
}
