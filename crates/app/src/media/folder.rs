//! Files that come with a course's folder and go out with it. A small PNG that holds nothing but pixels
//! stays as it is, so that a folder that went out comes in as the same bytes; any other is written anew.

use assessment::FileKind;
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    media::{self, Medium},
};

use super::{
    Checked, FileCode, LARGEST_FILE, LONGEST_AUTHORED, as_it_is, at_work, bare, content, hash_of, keep, name,
    pixels_alone, refused,
};
use crate::Result;

/// A picture with more bytes than this is written anew.
const SMALL_PICTURE: usize = 400 * 1024;

/// A file of a folder that may be kept.
pub(crate) struct FolderFile {
    /// SHA-256 of what came.
    pub(crate) former_hash: String,
    checked: Checked,
}

impl FolderFile {
    /// SHA-256 of what is kept.
    pub(crate) fn hash(&self) -> &str {
        &self.checked.hash
    }

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
    at_work(move || taken(&file_name, bytes)).await
}

fn taken(file_name: &str, bytes: Vec<u8>) -> Result<FolderFile> {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(refused(FileCode::TooLarge, file_name));
    }
    let name = name::cleaned(file_name);
    let former_hash = hash_of(&bytes);
    let checked = content::recognise(&bytes, &name, "").and_then(|format| {
        if format.kind != FileKind::Picture {
            return as_it_is(name.clone(), bytes, format);
        }
        // also of one that stays: it shows that every pixel can be read
        let anew = pixels_alone(&name, &bytes, format, LONGEST_AUTHORED)?;
        let is_small = bytes.len() <= SMALL_PICTURE && bare::is_bare_png(&bytes);
        let same = as_it_is(name.clone(), bytes, format)?;
        let stays = is_small && same.width.max(same.height) <= LONGEST_AUTHORED;
        Ok(if stays { same } else { anew })
    });
    Ok(FolderFile {
        checked: checked.map_err(|code| refused(code, &name))?,
        former_hash,
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
