//! Files that come with the program, for the quizzes that name them: kept as they
//! are, so that their hash stays the one that the quizzes know.
//!
//! Left out on purpose: whether a quiz names them.

use super::{Checked, as_it_is, content, keep, refused};
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
        .map(|(name, content)| of_program(name, content))
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

fn of_program(name: String, content: Vec<u8>) -> Result<Checked> {
    let format = content::recognise(&content, &name, "");
    let kept = format.and_then(|format| as_it_is(name, content, format));
    kept.map_err(|code| refused(code, "a file of the program"))
}
