//! An answer names files by hash, kind and size: only those that were uploaded for
//! this question of this attempt, or anybody could claim a file that he knows of.

use ::assessment::{Code as AttemptCode, Context, Interaction, Item, Response, UploadedFile};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    media::{self, Medium},
};

use crate::{Error, Result};

/// Sees to it that a payload names only files that were uploaded for the question,
/// and notes that they are an answer: they stay as long as the attempt.
///
/// # Errors
/// `ATT-RESPONSE-INVALID`.
pub(crate) fn claim(
    connection: &mut Connection,
    attempt_id: &str,
    item: &Item,
    payload: &str,
    context: &Context<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    if !matches!(item.interaction, Interaction::Upload(_)) {
        return Ok(());
    }
    let Ok(Response::Files(files)) = Response::parse(item, payload, context) else {
        return Ok(());
    };
    let slot = context.slot.as_str();
    let uploads = media::list_uploads(connection, attempt_id, slot)?;
    let named: Option<Vec<String>> = files
        .iter()
        .map(|file| {
            let found = uploads.iter().find(|(_, medium)| is_of(medium, file));
            found.map(|(_, medium)| medium.id.clone())
        })
        .collect();
    let named = named.ok_or_else(|| Error::from(AttemptCode::ResponseInvalid))?;
    media::mark_named(connection, attempt_id, slot, &named, now.naive_utc())?;
    Ok(())
}

fn is_of(medium: &Medium, file: &UploadedFile) -> bool {
    let bytes = u64::try_from(medium.bytes).unwrap_or(0);
    (medium.hash.as_str(), medium.kind.as_str(), bytes) == (&file.hash, file.kind.as_str(), file.bytes)
}
