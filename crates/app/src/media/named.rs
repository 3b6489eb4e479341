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
    let Ok(response) = Response::parse(item, payload, context) else {
        return Ok(());
    };
    let named = uploaded(connection, attempt_id, &response, context)?;
    let named = named.ok_or_else(|| Error::from(AttemptCode::ResponseInvalid))?;
    if !named.is_empty() {
        media::mark_named(
            connection,
            attempt_id,
            context.slot.as_str(),
            &named,
            now.naive_utc(),
        )?;
    }
    Ok(())
}

/// Whether a response names only files that were uploaded for the question.
pub(crate) fn names_only_own(
    connection: &mut Connection,
    attempt_id: &str,
    item: &Item,
    response: &Response,
    context: &Context<'_>,
) -> Result<bool> {
    if !matches!(item.interaction, Interaction::Upload(_)) {
        return Ok(true);
    }
    Ok(uploaded(connection, attempt_id, response, context)?.is_some())
}

// The files that a response names; `None` when one was not uploaded for the question.
fn uploaded(
    connection: &mut Connection,
    attempt_id: &str,
    response: &Response,
    context: &Context<'_>,
) -> Result<Option<Vec<String>>> {
    let Response::Files(files) = response else {
        return Ok(Some(Vec::new()));
    };
    let uploads = media::list_uploads(connection, attempt_id, context.slot.as_str())?;
    let found = files.iter().map(|file| {
        let found = uploads.iter().find(|(_, medium)| is_of(medium, file));
        found.map(|(_, medium)| medium.id.clone())
    });
    Ok(found.collect())
}

fn is_of(medium: &Medium, file: &UploadedFile) -> bool {
    let bytes = u64::try_from(medium.bytes).unwrap_or(0);
    (medium.hash.as_str(), medium.kind.as_str(), bytes) == (&file.hash, file.kind.as_str(), file.bytes)
}
