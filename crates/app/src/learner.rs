//! What a learner who came from no platform has here: the courses that they began, their account, all that is kept about
//! them as a file, and the end of it.
//!
//! Left out on purpose: how they sign in (`sign_in`, `learner_code`), the lessons themselves (`course`).

mod device;
mod export;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use storage::{Connection, course_progress, courses, organisations, people, sessions};

use crate::{
    App, Code, Result,
    course::{CourseCache, OpenCourse, desk::Desk, record},
    random,
    session::{self, Session, Visitor},
};

pub use device::{Taken, take_over};
pub use export::export;

/// How long a session lasts of whoever asks for it on a device of their own.
const STAY: Duration = Duration::days(30);
/// The most courses that the page offers besides those begun.
const MOST_OFFERED: i64 = 100;

/// A learner's courses.
#[derive(Debug, Clone)]
pub struct Home {
    /// The session.
    pub session: Session,
    /// Those begun, the last one first.
    pub begun: Vec<Begun>,
    /// Open courses that were not begun.
    pub others: Vec<Arc<OpenCourse>>,
}

/// A course that a learner began.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The version that they read.
    pub course: Arc<OpenCourse>,
    /// How much of it is done, 0 to 1.
    pub share: f64,
    /// Whether all of it is.
    pub is_complete: bool,
    /// The key of the step at which they go on; `None` when nothing can be opened.
    pub next: Option<::course::Key>,
    /// When they were there last.
    pub seen_at: DateTime<Utc>,
}

/// A learner's account.
#[derive(Debug, Clone)]
pub struct Account {
    /// The session.
    pub session: Session,
    /// Whether they came by a code, and so have one to return with.
    pub has_code: bool,
    /// Whether the same person has rights or marks that deleting would take along.
    pub is_bound: bool,
    /// Whether the session lasts long already.
    pub stays: bool,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// The learner's session that is valid in the browser of that cookie, by its id.
///
/// # Errors
/// When the database fails.
pub async fn live_session(app: &App, browser_secret: Option<String>) -> Result<Option<String>> {
    let Some(secret) = browser_secret else {
        return Ok(None);
    };
    let now = app.clock().now().naive_utc();
    app.db()
        .read(move |c| Ok(sessions::find_live_learner(c, &random::hash(&secret), now)?))
        .await
}

/// The learner's courses.
///
/// # Errors
/// `WEB-SESSION`; `WEB-FORBIDDEN` for a session from a platform.
pub async fn home(app: &App, visitor: Visitor) -> Result<Home> {
    let now = app.clock().now();
    let cache = app.courses().clone();
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let begun = begun(c, &cache, &session)?;
            let mut others = Vec::new();
            for (key, version_id) in courses::search_open(c, "", MOST_OFFERED)? {
                if begun.iter().all(|begun| begun.course.key != key) {
                    others.push(cache.get(c, &version_id, &key)?);
                }
            }
            Ok(Home {
                session,
                begun,
                others,
            })
        })
        .await
}

/// The learner's account.
///
/// # Errors
/// As [`home`].
pub async fn account(app: &App, visitor: Visitor) -> Result<Account> {
    let now = app.clock().now();
    let usual = app.session_lifetime();
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let identity = people::get(c, &session.identity_id)?;
            Ok(Account {
                has_code: identity.is_some_and(|identity| identity.kind == people::INVITATION),
                is_bound: is_bound(c, &session.person_id)?,
                stays: session.expires_at > now + usual.max(Duration::hours(12)),
                session,
                now,
            })
        })
        .await
}

/// Lets the session last for 30 days from now: for a device that nobody else uses.
///
/// # Errors
/// As [`home`], and `WEB-CSRF`.
pub async fn stay(app: &App, visitor: Visitor) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            sessions::extend(c, &session.id, (now + STAY).naive_utc())?;
            Ok(session)
        })
        .await
}

/// That the form is a learner's own; nothing else is asked.
///
/// # Errors
/// As [`home`], and `WEB-CSRF`.
pub async fn demand(app: &App, visitor: Visitor) -> Result<Session> {
    let now = app.clock().now();
    app.db().read(move |c| resolve_for_change(c, &visitor, now)).await
}

/// Deletes the learner with all that is kept about them; nothing of it comes back.
///
/// # Errors
/// As [`home`], `WEB-CSRF`; `WEB-CONFLICT` for somebody who has rights in an organisation, or marks of a platform.
pub async fn delete(app: &App, visitor: Visitor) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            if is_bound(c, &session.person_id)? {
                return Err(session.refused(Code::Conflict, "the person is more than a learner"));
            }
            Ok(people::delete_person(c, &session.person_id)?)
        })
        .await
}

/// The session of a learner who came from no platform.
fn resolve(connection: &mut Connection, visitor: &Visitor, now: DateTime<Utc>) -> Result<Session> {
    demand_account(session::resolve(connection, visitor, now)?)
}

fn resolve_for_change(connection: &mut Connection, visitor: &Visitor, now: DateTime<Utc>) -> Result<Session> {
    demand_account(session::resolve_for_change(connection, visitor, now)?)
}

fn demand_account(session: Session) -> Result<Session> {
    if session.is_account() {
        return Ok(session);
    }
    Err(session.refused(Code::Forbidden, "not the session of a learner's account"))
}

/// Whether more than a learner's account hangs on the person: rights, or what a platform told and got.
fn is_bound(connection: &mut Connection, person_id: &str) -> Result<bool> {
    let identities = people::list_identities(connection, person_id)?;
    let is_more = identities
        .iter()
        .any(|(identity, _)| identity.registration_id.is_some());
    Ok(is_more || organisations::holds_any_role(connection, person_id)?)
}

fn begun(connection: &mut Connection, cache: &CourseCache, session: &Session) -> Result<Vec<Begun>> {
    let mut found = Vec::new();
    for (reader, key) in course_progress::list_begun(connection, &session.person_id)? {
        let desk = match Desk::find(connection, cache, session.clone(), &key) {
            Ok(desk) => desk,
            // Another organisation's, or closed since: here it does not open.
            Err(error) if error.code() == Code::NotFound => continue,
            Err(error) => return Err(error),
        };
        let dones = record::dones(connection, &session.person_id, &desk.course_id)?;
        let progress = ::course::progress(&desk.course.content, &dones);
        let last = ::course::Key::new(reader.last_step);
        let is_under_way = progress.steps.get(&last) == Some(&::course::StepState::Open);
        found.push(Begun {
            share: progress.share,
            is_complete: progress.is_complete,
            next: if is_under_way { Some(last) } else { progress.next },
            seen_at: reader.seen_at.and_utc(),
            course: desk.course,
        });
    }
    Ok(found)
}
