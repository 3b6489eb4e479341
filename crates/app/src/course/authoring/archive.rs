//! A course is put away and taken out again, and copied.
//!
//! Put away, it is in no catalogue, in no search, and no guest reads it. Activities that
//! use it, and learners who have begun it, go on.

use ::course::CourseContent;
use storage::{course_drafts, courses};

use super::{Created, find, insert};
use crate::{
    App, Result, audit, json,
    session::{Session, Visitor, instructor_for_change},
};

/// Puts a course away, or takes it out again.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn archive(app: &App, visitor: Visitor, key: String, away: bool) -> Result<Session> {
    let (now, asked) = (app.clock().now(), key.clone());
    let session = app
        .db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let row = find(c, &session, &asked)?;
            if row.archived_at.is_some() == away {
                return Ok(session);
            }
            let archived_at = away.then_some(now.naive_utc());
            courses::set_archived(c, &session.organisation_id, &row.id, archived_at)?;
            let deed = if away {
                "course.archive"
            } else {
                "course.unarchive"
            };
            let person = Some(session.person_id.as_str());
            audit::note(c, &session.organisation_id, person, deed, &row.id, now)?;
            Ok(session)
        })
        .await;
    app.courses().forget_open(&key);
    session
}

/// Copies a draft into a new course; `suffix` is put behind its title in each language. Files and quizzes are those of
/// the original.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn copy(app: &App, visitor: Visitor, key: String, suffix: String) -> Result<Created> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let original = find(c, &session, &key)?;
            let mut content: CourseContent = json::read(&original.draft)?;
            for version in content.title.versions.values_mut() {
                version.source.push_str(&suffix);
            }
            let row = insert(c, &session, &content, "course.copy", now)?;
            for (name, medium) in courses::list_files(c, &original.id)? {
                course_drafts::name_file(c, &row.id, &name, &medium.id)?;
            }
            Ok(Created {
                session,
                key: row.key,
            })
        })
        .await
}
