//! A draft may come from elsewhere, and name files that only that place has: before
//! it is published they are looked for among the organisation's own.

use ::assessment::{Draft, DraftProblem, DraftProblemKind, NamedMedia, named_media};
use storage::{Connection, media};

use crate::{Result, session::Session};

/// The files that a draft names and its organisation does not have, or has in another
/// size than the question counts in.
pub(super) fn problems(
    connection: &mut Connection,
    session: &Session,
    draft: &Draft,
) -> Result<Vec<DraftProblem>> {
    let named = named_media(draft);
    let hashes: Vec<String> = named.iter().map(|named| named.hash.clone()).collect();
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let known = media::list_authored(connection, &session.organisation_id, &hashes)?;
    let is_missing = |named: &NamedMedia| {
        let medium = known.iter().find(|medium| medium.hash == named.hash);
        let fits = |medium: &media::Medium| {
            let size = medium.width.zip(medium.height);
            let wanted = named
                .size
                .map(|(width, height)| (i64::from(width), i64::from(height)));
            wanted.is_none() || wanted == size
        };
        !medium.is_some_and(fits)
    };
    let problem = |named: NamedMedia| DraftProblem {
        kind: DraftProblemKind::MediaMissing,
        slot: named.slot,
        place: None,
    };
    Ok(named.into_iter().filter(is_missing).map(problem).collect())
}
