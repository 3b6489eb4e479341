//! Lines of places in a text, counted from 1.

/// The line of the byte at `offset`.
pub(super) fn line_at(text: &str, offset: usize) -> usize {
    line_of_byte(text.as_bytes(), offset)
}

/// The same for bytes that may be no text.
pub(super) fn line_of_byte(bytes: &[u8], offset: usize) -> usize {
    let before = bytes.get(..offset).unwrap_or(bytes);
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}
