//! The picker of courses: which ones there are, and what of one an activity can open.

use std::sync::Arc;

use storage::courses;
use text::Text;

use super::{Purpose, purpose};
use crate::{
    App, Code, Result,
    course::OpenCourse,
    json,
    session::{Session, Visitor, instructor},
};

/// The most courses that are listed at once.
const MOST_LISTED: i64 = 50;

/// The courses that an activity can open.
#[derive(Debug, Clone)]
pub struct CoursePicker {
    /// Who picks.
    pub session: Session,
    /// For what.
    pub purpose: Purpose,
    /// What was found.
    pub entries: Vec<CourseEntry>,
}

/// A course in the list.
#[derive(Debug, Clone)]
pub struct CourseEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// Whether the reader's organisation made it.
    pub is_own: bool,
}

/// A course of which something is picked.
#[derive(Debug, Clone)]
pub struct CourseChoice {
    /// Who picks.
    pub session: Session,
    /// For what.
    pub purpose: Purpose,
    /// Its id.
    pub id: String,
    /// What it holds.
    pub course: Arc<OpenCourse>,
}

/// Lists published courses: the organisation's, and those that everybody may read.
///
/// # Errors
/// As [`super::open`].
pub async fn open_courses(app: &App, visitor: Visitor, search: &str) -> Result<CoursePicker> {
    let (now, words) = (app.clock().now(), ::course::search_words(search).join(" "));
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let purpose = purpose(c, &session)?;
            let found = courses::search_placeable(c, &session.organisation_id, &words, MOST_LISTED)?;
            let entries = found.into_iter().map(|course| {
                Ok(CourseEntry {
                    title: json::read(&course.title)?,
                    is_own: course.organisation_id == session.organisation_id,
                    id: course.id,
                })
            });
            Ok(CoursePicker {
                entries: entries.collect::<Result<_>>()?,
                purpose,
                session,
            })
        })
        .await
}

/// Opens one of them.
///
/// # Errors
/// As [`super::open`]; `WEB-NOT-FOUND` for a course that the organisation may not place.
pub async fn open_course(app: &App, visitor: Visitor, id: String) -> Result<CourseChoice> {
    let (now, cache) = (app.clock().now(), app.courses().clone());
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let purpose = purpose(c, &session)?;
            let missing = || session.refused(Code::NotFound, "no such course to place");
            let course = courses::find_placeable(c, &session.organisation_id, &id)?.ok_or_else(missing)?;
            let version_id = course.published_version_id.as_deref().ok_or_else(missing)?;
            Ok(CourseChoice {
                course: cache.get(c, version_id, &course.key)?,
                purpose,
                id,
                session,
            })
        })
        .await
}
