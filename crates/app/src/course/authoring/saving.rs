//! A draft is saved. What somebody else saved meanwhile is never written over: their
//! parts stay, and where both changed the same one, nothing is saved and the author
//! chooses.

use std::collections::BTreeMap;

use ::course::{Choice, Conflict, CourseContent, DraftPart, merge_drafts};
use chrono::{DateTime, Utc};
use storage::{
    Connection, course_drafts,
    courses::{self, Course, DraftChange},
};

use super::{AtWork, at_work, find, history::keep_draft};
use crate::{
    App, Code, Error, Result, json,
    session::{Session, Visitor, instructor_for_change},
};

/// The most bytes of a draft as JSON.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// How often another save may come between reading and writing.
const TRIES: usize = 3;

/// What an author wants to save.
#[derive(Debug, Clone)]
pub struct Change {
    /// The draft from which these changes began; `None` where it is not kept any more.
    pub base: Option<CourseContent>,
    /// The whole draft, as that one with the author's changes.
    pub content: CourseContent,
    /// What to keep of parts that both changed, by their paths.
    pub choices: BTreeMap<String, Choice>,
    /// The revision that the author saw beside the own one when choosing.
    pub seen_revision: Option<i64>,
    /// Whether a script saves while the author types.
    pub is_autosave: bool,
}

/// What became of a save.
#[derive(Debug, Clone)]
pub enum Saving {
    /// It is saved, with what somebody else changed meanwhile.
    Saved(Vec<DraftPart>),
    /// Both changed these parts; nothing was saved (`WEB-CONFLICT`).
    Conflict(Vec<Conflict>),
}

/// An answered save.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Who saved.
    pub session: Session,
    /// The course as it stands now.
    pub course: AtWork,
    /// What became of it.
    pub saving: Saving,
}

/// Saves a draft.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`, `WEB-TOO-LARGE`.
pub async fn save(app: &App, visitor: Visitor, key: String, change: Change) -> Result<Answer> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            for _ in 0..TRIES {
                let row = find(c, &session, &key)?;
                let Some(saving) = try_save(c, &session, &row, &change, now)? else {
                    continue;
                };
                let row = find(c, &session, &key)?;
                return Ok(Answer {
                    course: at_work(c, &row)?,
                    session,
                    saving,
                });
            }
            Err(Error::Internal("too many saves at once".to_owned()))
        })
        .await
}

// `None` when somebody else saved in this moment.
fn try_save(
    connection: &mut Connection,
    session: &Session,
    row: &Course,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<Option<Saving>> {
    let mine = change.content.clone().tidied();
    let base = change.base.clone().map(CourseContent::tidied);
    let theirs = json::read::<CourseContent>(&row.draft)?.tidied();
    let (content, from_theirs) = if base.as_ref() == Some(&theirs) {
        (mine, Vec::new())
    } else {
        // what was saved after the author looked is nothing that was chosen about
        let nothing = BTreeMap::new();
        let choices = match change.seen_revision {
            Some(seen) if seen == row.draft_revision => &change.choices,
            _ => &nothing,
        };
        let merged = merge_drafts(base.as_ref(), &mine, &theirs, choices)
            .map_err(|error| Error::Internal(error.to_string()))?;
        if !merged.conflicts.is_empty() {
            return Ok(Some(Saving::Conflict(merged.conflicts)));
        }
        (merged.content.tidied(), merged.from_theirs)
    };
    let how = match change.is_autosave {
        true => course_drafts::AUTOSAVE,
        false => course_drafts::SAVE,
    };
    let saved = write(connection, session, row, &content, how, now)?;
    Ok(saved.then_some(Saving::Saved(from_theirs)))
}

/// Writes a draft over the row's; false when somebody else saved in this moment. One that says the same is not written.
pub(super) fn write(
    connection: &mut Connection,
    session: &Session,
    row: &Course,
    content: &CourseContent,
    how: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let draft = json::write(content)?;
    if draft.len() > MOST_BYTES {
        return Err(session.refused(Code::TooLarge, "the draft is too large"));
    }
    if draft == row.draft {
        return Ok(true);
    }
    let change = DraftChange {
        from_revision: row.draft_revision,
        title: &json::write(&content.title)?,
        search_text: &::course::search_text(content),
        draft: &draft,
    };
    if !courses::save_draft(
        connection,
        &session.organisation_id,
        &row.id,
        &change,
        now.naive_utc(),
    )? {
        return Ok(false);
    }
    // courses that are older than the history have no draft in it
    let began = row.updated_at.and_utc();
    keep_draft(connection, row, course_drafts::IMPORT, None, began)?;
    let saved = Course {
        draft,
        draft_revision: row.draft_revision + 1,
        ..row.clone()
    };
    keep_draft(connection, &saved, how, Some(&session.person_id), now)?;
    Ok(true)
}
