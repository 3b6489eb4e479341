//! Standing accommodations: what a person needs in every quiz of the
//! organisation, set by an instructor of a course that the person learns in. It
//! tells of health, so only instructors see it, and never a reason is kept.

use ::assessment::Accommodation;
use chrono::{DateTime, Utc};
use serde_json::json;
use storage::{Connection, attempts, overrides};

use crate::{
    App, Code, Result,
    attempt_time::{Cause, move_clocks},
    audit::note_by,
    json,
    people_of_course::{self, Learner},
    rules,
    session::{Session, Visitor, instructor, instructor_for_change},
};

/// The learners of a course with what they need.
#[derive(Debug, Clone)]
pub struct Accommodations {
    /// Who asks.
    pub session: Session,
    /// In the reader's order of names.
    pub learners: Vec<(Learner, Accommodation)>,
}

/// One learner's.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Who asks.
    pub session: Session,
    /// Whose it is.
    pub learner: Learner,
    /// What they need.
    pub accommodation: Accommodation,
    /// When it was changed last; `None` when there is none.
    pub changed_at: Option<DateTime<Utc>>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// What the learners of the session's course need.
///
/// # Errors
/// `WEB-FORBIDDEN` for all but instructors, `WEB-SESSION`.
pub async fn list(app: &App, visitor: Visitor) -> Result<Accommodations> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let learners = people_of_course::learners(c, &session)?;
            let ids: Vec<String> = learners.iter().map(|learner| learner.person_id.clone()).collect();
            let found = overrides::list_accommodations(c, &session.organisation_id, &ids)?;
            let mut with = Vec::new();
            for learner in learners {
                let own = found.iter().find(|row| row.person_id == learner.person_id);
                let own = own.map_or_else(|| Ok(Accommodation::default()), |row| json::read(&row.content))?;
                with.push((learner, own));
            }
            Ok(Accommodations {
                session,
                learners: with,
            })
        })
        .await
}

/// What one learner of the course needs.
///
/// # Errors
/// `WEB-NOT-FOUND` for somebody of another course; as [`list`].
pub async fn open(app: &App, visitor: Visitor, enrolment_id: String) -> Result<Profile> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let learner = find(c, &session, &enrolment_id)?;
            let row = overrides::find_accommodation(c, &session.organisation_id, &learner.person_id)?;
            Ok(Profile {
                accommodation: rules::accommodation_of(c, &session.organisation_id, &learner.person_id)?,
                changed_at: row.map(|row| row.changed_at.and_utc()),
                session,
                learner,
                now,
            })
        })
        .await
}

/// Sets what a learner of the course needs, in every quiz of the organisation
/// and in attempts that run; the usual takes it away.
///
/// # Errors
/// `WEB-FORM` when a value is out of its range; as [`open`], and `WEB-CSRF`.
pub async fn save(
    app: &App,
    visitor: Visitor,
    enrolment_id: String,
    accommodation: Accommodation,
) -> Result<Session> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let learner = find(c, &session, &enrolment_id)?;
            if !accommodation.is_valid() {
                return Err(session.refused(Code::Form, "a value is out of its range"));
            }
            let organisation_id = session.organisation_id.as_str();
            if accommodation == Accommodation::default() {
                overrides::delete_accommodation(c, organisation_id, &learner.person_id)?;
            } else {
                let row = overrides::Accommodation {
                    organisation_id: organisation_id.to_owned(),
                    person_id: learner.person_id.clone(),
                    content: json::write(&accommodation)?,
                    changed_by: Some(session.person_id.clone()),
                    changed_at: now.naive_utc(),
                };
                overrides::upsert_accommodation(c, &row)?;
            }
            let running = attempts::list_open_of_person(c, organisation_id, &learner.person_id)?;
            let running: Vec<String> = running.into_iter().map(|attempt| attempt.id).collect();
            move_clocks(c, &cache, &session, &running, Cause::Rules, now)?;
            // Whose it is stands there, what it is does not: the trail is read by administrators.
            note_by(c, &session, "accommodation.save", &enrolment_id, &json!({}), now)?;
            Ok(session)
        })
        .await
}

fn find(connection: &mut Connection, session: &Session, enrolment_id: &str) -> Result<Learner> {
    people_of_course::learners(connection, session)?
        .into_iter()
        .find(|learner| learner.enrolment_id == enrolment_id)
        .ok_or_else(|| session.refused(Code::NotFound, "nobody of this course"))
}
