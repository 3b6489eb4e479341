//! What authors write, and how it becomes safe to show: Markdown or HTML per
//! language to sanitised HTML with MathML, to plain text and to a folded form
//! for searching.
//!
//! Left out on purpose: the texts of the program itself (Fluent files in `ui`),
//! media files (`storage`) and anything that reads numbers or dates.

mod dropped;
mod fold;
mod media;
mod plain;
mod render;
mod reopened;
mod sanitise;
mod source;
mod vietnamese_order;

#[cfg(test)]
mod render_tests;

pub use dropped::{Dropped, dropped};
pub use fold::{fold, nfc};
pub use media::{SCHEME as MEDIA_SCHEME, has_undescribed_media, media_hashes};
pub use plain::to_plain;
pub use render::{has_hidden_picture, to_inline_html, to_safe_html};
pub use source::{Format, MAX_SOURCE_BYTES, Source, Text};
pub use vietnamese_order::vietnamese_key;
