//! A picture with fewer pixels, for readers who take it along.

use super::{at_work, content, pixels_alone, refused};
use crate::Result;

/// A kept picture with its longest side at most `longest`: its content and the ending of its name.
///
/// # Errors
/// `WEB-FILE-…` when it cannot be read as a picture.
pub(crate) async fn smaller(picture: Vec<u8>, longest: u32) -> Result<(Vec<u8>, &'static str)> {
    at_work(move || {
        let made = content::recognise(&picture, "", "").and_then(|format| {
            let made = pixels_alone("", &picture, format, longest)?;
            Ok((made.content, content::ending(made.media_type)))
        });
        made.map_err(|code| refused(code, "a kept picture"))
    })
    .await
}
