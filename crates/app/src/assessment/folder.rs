//! Quizzes that come with a course's folder and go out with it, without an
//! instructor: the operator's command is their author.

use ::assessment::{Draft, check_draft};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    assessments::{self, DraftChange},
};

use super::{FIRST_WRITTEN, insert, publishing, search_text};
use crate::{Code, Error, Result, json};

/// Keeps a quiz of a course: as the next draft of `known`, or as a new one. Published with the course, when that is.
///
/// # Errors
/// `WEB-DRAFT` when it is to be published and cannot be.
pub(crate) fn take_in(
    connection: &mut Connection,
    organisation_id: &str,
    known: Option<&str>,
    draft: &Draft,
    is_published: bool,
    now: DateTime<Utc>,
) -> Result<String> {
    let known = match known {
        Some(id) => assessments::find(connection, organisation_id, id)?,
        None => None,
    };
    let id = match known {
        None => insert(connection, organisation_id, None, draft, FIRST_WRITTEN, now)?,
        Some(row) => {
            let written = json::write(draft)?;
            if row.draft != written {
                let change = DraftChange {
                    from_revision: row.draft_revision,
                    title: &json::write(&draft.title)?,
                    search_text: &search_text(draft),
                    draft: &written,
                };
                assessments::save_draft(connection, organisation_id, &row.id, &change, now.naive_utc())?;
            }
            row.id
        }
    };
    if is_published {
        if let Some(problem) = check_draft(draft).first() {
            return Err(Error::refused(Code::Draft, problem.key()));
        }
        publishing::publish(connection, organisation_id, &id, draft, None, now)?;
    }
    Ok(id)
}

/// A quiz as it is being written.
///
/// # Errors
/// `WEB-NOT-FOUND`.
pub(crate) fn take_out(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<Draft> {
    let row = assessments::find(connection, organisation_id, id)?;
    let row = row.ok_or_else(|| Error::not_found("the course's quiz is gone"))?;
    json::read(&row.draft)
}
