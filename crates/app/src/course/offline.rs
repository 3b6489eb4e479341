//! The files of an open course, for a reader who takes the course along.
//!
//! Left out on purpose: what a package looks like and which files have room in it (`web`).

use ::assessment::FileKind;
use storage::courses;

use super::OpenCourse;
use crate::{
    App, Error, Result,
    media::{self, StoredFile},
};

/// The files that the version shows, by hash.
///
/// # Errors
/// When the database fails.
pub async fn files(app: &App, course: &OpenCourse) -> Result<Vec<StoredFile>> {
    let version_id = course.version_id.clone();
    app.db()
        .read(move |c| {
            let files = courses::list_version_files(c, &version_id)?;
            files.into_iter().map(StoredFile::of).collect()
        })
        .await
}

/// The whole content of a file that [`files`] named.
///
/// # Errors
/// When the database fails, or a piece is missing.
pub async fn whole_file(app: &App, file: &StoredFile) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    while (content.len() as u64) < file.bytes {
        let number = content.len() as u64 / file.piece_bytes;
        let piece = media::piece(app, file.id.clone(), number).await?;
        if piece.is_empty() {
            return Err(Error::Internal("a piece of a file is missing".to_owned()));
        }
        content.extend(piece);
    }
    Ok(content)
}

/// A picture that [`files`] named, its longest side at most `longest` pixels: its content and the ending of its name.
///
/// # Errors
/// When the database fails; `WEB-FILE-…` for what is no picture.
pub async fn smaller_picture(app: &App, file: &StoredFile, longest: u32) -> Result<(Vec<u8>, &'static str)> {
    debug_assert_eq!(file.kind, FileKind::Picture);
    media::smaller(whole_file(app, file).await?, longest).await
}
