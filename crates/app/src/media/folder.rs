//! Files that come with a course's folder and go out with it. A small PNG that holds nothing but pixels
//! stays as it is, so that a folder that went out comes in as the same bytes; any other is written anew.

use assessment::FileKind;
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    media::{self, Medium},
};

use super::{
    Checked, FileCode, LARGEST_FILE, LONGEST_AUTHORED, PICTURES_AT_ONCE, bare, content, hash_of, keep, name,
    picture, refused,
};
use crate::{Error, Result};

/// A picture with more bytes than this is written anew.
const SMALL_PICTURE: usize = 400 * 1024;

/// A file of a folder that may be kept.
pub(crate) struct FolderFile {
    /// SHA-256 of what is kept.
    pub(crate) hash: String,
    /// SHA-256 of what came.
    pub(crate) former_hash: String,
    checked: Checked,
}

impl FolderFile {
    pub(crate) fn keep(
        &self,
        connection: &mut Connection,
        organisation_id: &str,
        now: DateTime<Utc>,
    ) -> Result<Medium> {
        keep(connection, organisation_id, &self.checked, now)
    }
}

/// Judges a file of a folder.
///
/// # Errors
/// `WEB-FILE-…`.
pub(crate) async fn take_in(file_name: String, bytes: Vec<u8>) -> Result<FolderFile> {
    let permit = PICTURES_AT_ONCE.acquire().await;
    let taken = tokio::task::spawn_blocking(move || taken(&file_name, bytes)).await;
    drop(permit);
    taken.map_err(|error| Error::Internal(error.to_string()))?
}

fn taken(file_name: &str, bytes: Vec<u8>) -> Result<FolderFile> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(refused(FileCode::TooLarge, file_name));
    }
    let file_name = name::cleaned(file_name);
    let former_hash = hash_of(&bytes);
    let format = content::recognise(&bytes, &file_name, "").map_err(|code| refused(code, &file_name))?;
    let as_it_is = |bytes: Vec<u8>, (width, height)| Checked {
        kind: format.kind,
        media_type: format.media_type,
        hash: former_hash.clone(),
        name: file_name.clone(),
        content: bytes,
        width,
        height,
    };
    if format.kind != FileKind::Picture {
        let checked = as_it_is(bytes, (0, 0));
        return Ok(FolderFile {
            hash: former_hash,
            former_hash: checked.hash.clone(),
            checked,
        });
    }
    let (width, height) = picture::size(&bytes, format).map_err(|code| refused(code, &file_name))?;
    let cleaned =
        picture::cleaned(&bytes, format, LONGEST_AUTHORED).map_err(|code| refused(code, &file_name))?;
    let is_small = bytes.len() <= SMALL_PICTURE && width.max(height) <= LONGEST_AUTHORED;
    let checked = match is_small && bare::is_bare_png(&bytes) {
        true => as_it_is(bytes, (width, height)),
        false => Checked {
            kind: FileKind::Picture,
            media_type: cleaned.format.media_type,
            name: name::renamed(&file_name, cleaned.format),
            hash: hash_of(&cleaned.content),
            content: cleaned.content,
            width: cleaned.width,
            height: cleaned.height,
        },
    };
    Ok(FolderFile {
        hash: checked.hash.clone(),
        former_hash,
        checked,
    })
}

/// The whole content of a file.
pub(crate) fn read_all(connection: &mut Connection, medium: &Medium) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    for number in 0.. {
        match media::get_piece(connection, &medium.id, number)? {
            Some(piece) => content.extend(piece),
            None => break,
        }
    }
    Ok(content)
}
