//! Files that come with the program, for the quizzes that name them: kept as they
//! are, so that their hash stays the one that the quizzes know.
//!
//! Left out on purpose: whether a quiz names them.

use super::{Checked, content, hash_of, keep, picture, refused};
use crate::{App, Result, organisation};
use storage::media;

/// Keeps files (name and content) as an author's, without an instructor; what the
/// organisation has already is left as it is. The organisation is made when it is new.
///
/// # Errors
/// `WEB-FILE-…` for one that is neither a picture nor sound.
pub async fn install_samples(
    app: &App,
    organisation: Option<String>,
    files: Vec<(String, Vec<u8>)>,
) -> Result<()> {
    let now = app.clock().now();
    let files: Vec<Checked> = files
        .into_iter()
        .map(|(name, content)| as_it_is(name, content))
        .collect::<Result<_>>()?;
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            for file in &files {
                let medium = keep(c, &organisation.id, file, now)?;
                media::mark_authored(c, &organisation.id, &medium.id, now.naive_utc())?;
            }
            Ok(())
        })
        .await
}

fn as_it_is(name: String, content: Vec<u8>) -> Result<Checked> {
    let format = content::recognise(&content, &name, "");
    let format = format.map_err(|code| refused(code, "a file of the program"))?;
    let (width, height) = match format.kind {
        assessment::FileKind::Picture => {
            picture::size(&content, format).map_err(|code| refused(code, "a picture of the program"))?
        }
        _ => (0, 0),
    };
    Ok(Checked {
        kind: format.kind,
        media_type: format.media_type,
        hash: hash_of(&content),
        name,
        content,
        width,
        height,
    })
}
