//! What was saved: each draft with who and when, what differs, and the way back. Saves
//! that a script made one soon after the other do not all stay for ever; as long as a
//! session lasts all do, since an open editor may have begun from any of them.

use ::course::{CourseContent, Difference, differences};
use chrono::{DateTime, TimeDelta, Utc};
use storage::{
    Connection,
    course_drafts::{self, AUTOSAVE, CourseDraft, DraftLine, RESTORED},
    courses::Course,
};

use super::{AtWork, at_work, find, named, names, saving};
use crate::{
    App, Code, Error, Result,
    audit::{self, Who},
    json,
    session::{Session, Visitor, instructor, instructor_for_change},
};

/// As long as a session, with some hours to spare.
const ALL_STAY: TimeDelta = TimeDelta::hours(14);
/// However fast somebody types: of more drafts than these the older ones are thinned out before.
const MOST_THAT_STAY: usize = 400;
/// Of saves by a script that are not further apart than this, the last one stays.
const TOGETHER: TimeDelta = TimeDelta::minutes(10);

/// The saved drafts of a course.
#[derive(Debug, Clone)]
pub struct History {
    /// Who asked.
    pub session: Session,
    /// The course.
    pub course: AtWork,
    /// The newest first.
    pub drafts: Vec<DraftEntry>,
}

/// A saved draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEntry {
    /// Its revision.
    pub revision: i64,
    /// Who saved it; the command line is the service.
    pub who: Who,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether a script saved it while its author typed.
    pub is_autosave: bool,
    /// Whether its author went back to an older one.
    pub is_restored: bool,
}

/// A saved draft beside the one before it.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Who asked.
    pub session: Session,
    /// The course.
    pub course: AtWork,
    /// The draft.
    pub draft: DraftEntry,
    /// What it says.
    pub content: CourseContent,
    /// What the one before it said.
    pub former: CourseContent,
    /// What differs from the one before it that is kept; from nothing for the first one.
    pub differences: Vec<Difference>,
}

/// The saved drafts of a course.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn history(app: &App, visitor: Visitor, key: String) -> Result<History> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let row = find(c, &session, &key)?;
            let lines = course_drafts::list(c, &row.id)?;
            let names = names(c, &session, lines.iter().filter_map(|line| line.saved_by.clone()))?;
            let entry = |line: DraftLine| entry(&line, named(&names, line.saved_by.as_ref()));
            Ok(History {
                drafts: lines.into_iter().map(entry).collect(),
                course: at_work(c, &row)?,
                session,
            })
        })
        .await
}

fn entry(line: &DraftLine, who: Who) -> DraftEntry {
    DraftEntry {
        revision: line.revision,
        who,
        at: line.saved_at.and_utc(),
        is_autosave: line.how == AUTOSAVE,
        is_restored: line.how == RESTORED,
    }
}

/// A saved draft with what differs from the one before it.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn compare(app: &App, visitor: Visitor, key: String, revision: i64) -> Result<Compared> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let row = find(c, &session, &key)?;
            let draft = kept(c, &session, &row, revision)?;
            let lines = course_drafts::list(c, &row.id)?;
            let before = lines.iter().find(|line| line.revision < revision);
            let former: CourseContent = match before {
                Some(line) => json::read(&kept(c, &session, &row, line.revision)?.content)?,
                None => CourseContent::default(),
            };
            let content: CourseContent = json::read(&draft.content)?;
            let names = names(c, &session, draft.saved_by.iter().cloned())?;
            let line = DraftLine {
                revision,
                how: draft.how,
                saved_by: draft.saved_by,
                saved_at: draft.saved_at,
            };
            Ok(Compared {
                differences: differences(&former, &content)
                    .map_err(|error| Error::Internal(error.to_string()))?,
                draft: entry(&line, named(&names, line.saved_by.as_ref())),
                course: at_work(c, &row)?,
                content,
                former,
                session,
            })
        })
        .await
}

/// Makes an older draft the newest one. What was written since stays in the history.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`, `WEB-CONFLICT` when somebody saves in this moment.
pub async fn restore(app: &App, visitor: Visitor, key: String, revision: i64) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let row = find(c, &session, &key)?;
            let draft = kept(c, &session, &row, revision)?;
            let content: CourseContent = json::read(&draft.content)?;
            if !saving::write(c, &session, &row, &content, RESTORED, now)? {
                return Err(session.refused(Code::Conflict, "somebody else saved in this moment"));
            }
            let person = Some(session.person_id.as_str());
            audit::note(
                c,
                &session.organisation_id,
                person,
                "course.restore",
                &row.id,
                now,
            )?;
            Ok(session)
        })
        .await
}

fn kept(connection: &mut Connection, session: &Session, row: &Course, revision: i64) -> Result<CourseDraft> {
    course_drafts::find(connection, &row.id, revision)?
        .ok_or_else(|| session.refused(Code::NotFound, "no such draft is kept"))
}

/// Keeps the row's draft in the history and takes away what it is not kept for any more.
pub(in crate::course) fn keep_draft(
    connection: &mut Connection,
    row: &Course,
    how: &str,
    person_id: Option<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    let draft = CourseDraft {
        course_id: row.id.clone(),
        revision: row.draft_revision,
        content: row.draft.clone(),
        how: how.to_owned(),
        saved_by: person_id.map(str::to_owned),
        saved_at: at.naive_utc(),
    };
    course_drafts::insert(connection, &draft)?;
    if how == AUTOSAVE {
        let over = too_many(&course_drafts::list(connection, &row.id)?, at);
        if !over.is_empty() {
            course_drafts::delete(connection, &row.id, &over)?;
        }
    }
    Ok(())
}

// The lines stand with the newest first.
fn too_many(lines: &[DraftLine], now: DateTime<Utc>) -> Vec<i64> {
    let is_followed = |(line, next): &(&DraftLine, &DraftLine)| {
        [line, next].iter().all(|line| line.how == AUTOSAVE)
            && line.saved_by == next.saved_by
            && next.saved_at - line.saved_at <= TOGETHER
    };
    let is_old =
        |place: usize, line: &DraftLine| now - line.saved_at.and_utc() > ALL_STAY || place > MOST_THAT_STAY;
    let pairs = lines.iter().skip(1).zip(lines).enumerate();
    pairs
        .filter(|(place, pair)| is_followed(pair) && is_old(*place, pair.0))
        .map(|(_, (line, _))| line.revision)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Drafts from the newest to the oldest: minutes ago, how, by whom.
    #[track_caller]
    fn check(drafts: &[(i64, &str, &str)], expected: &[i64]) {
        let now = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(9);
        let line = |(place, (minutes, how, who)): (usize, &(i64, &str, &str))| DraftLine {
            revision: (drafts.len() - place) as i64,
            how: (*how).to_owned(),
            saved_by: Some((*who).to_owned()),
            saved_at: (now - TimeDelta::minutes(*minutes)).naive_utc(),
        };
        let lines: Vec<DraftLine> = drafts.iter().enumerate().map(line).collect();
        assert_eq!(too_many(&lines, now), expected);
    }

    #[test]
    fn of_a_run_of_autosaves_the_last_one_stays() {
        let day = 24 * 60;
        check(&[(1, AUTOSAVE, "a"), (2, AUTOSAVE, "a"), (3, AUTOSAVE, "a")], &[]);
        check(
            &[
                (day, AUTOSAVE, "a"),
                (day + 5, AUTOSAVE, "a"),
                (day + 9, AUTOSAVE, "a"),
            ],
            &[2, 1],
        );
        check(&[(day, AUTOSAVE, "b"), (day + 5, AUTOSAVE, "a")], &[]);
        check(&[(day, AUTOSAVE, "a"), (day + 11, AUTOSAVE, "a")], &[]);
        check(&[(day, AUTOSAVE, "a"), (day + 5, course_drafts::SAVE, "a")], &[]);
        check(&[(day, course_drafts::SAVE, "a"), (day + 5, AUTOSAVE, "a")], &[]);
    }

    #[test]
    fn a_flood_does_not_all_stay() {
        let flood = vec![(1, AUTOSAVE, "a"); MOST_THAT_STAY + 5];
        check(&flood, &[3, 2, 1]);
    }
}
