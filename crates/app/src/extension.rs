//! What an instructor does for running and abandoned attempts of an activity:
//! more time in one tap and its undoing, another attempt, and submitting for a
//! student. Each is an entry of the log or an override, and an audit record.

use ::assessment::{EntryKind, RuleOverride, TimeGrant, WriterId};
use chrono::{DateTime, Utc};
use serde_json::json;
use storage::{
    Connection,
    attempts::{self, Attempt},
    overrides,
    placements::Placement,
};

use crate::{
    App, Code, Result, activity, attempt_end,
    attempt_log::{self, OpenLog},
    attempt_time::{Cause, move_clocks},
    audit::note_by,
    json,
    overrides::{Whom, row_of},
    random,
    session::{Session, Visitor, instructor_for_change},
};

/// The longest time that is granted at once, in seconds.
pub const MOST_GRANTED_SECONDS: i64 = 4 * 60 * 60;

/// For whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Running {
    /// One attempt.
    Attempt(String),
    /// All that run at the session's activity.
    All,
}

/// What came of granting time.
#[derive(Debug, Clone)]
pub struct Granted {
    /// Who did it.
    pub session: Session,
    /// What takes it back.
    pub grant: String,
    /// How many attempts it moved.
    pub count: usize,
}

/// Gives running attempts that many seconds more, at once. Attempts that
/// nothing ends need none and are left alone.
///
/// # Errors
/// `WEB-FORM` for no time or too much; `WEB-FORBIDDEN` for all but instructors,
/// `WEB-NOT-FOUND` for an attempt elsewhere, `WEB-SESSION`, `WEB-CSRF`.
pub async fn grant(app: &App, visitor: Visitor, whom: Running, seconds: i64) -> Result<Granted> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let (session, placement) = instructor_of_activity(c, &visitor, now)?;
            if !(1..=MOST_GRANTED_SECONDS).contains(&seconds) {
                return Err(session.refused(Code::Form, "no such time can be granted"));
            }
            let grant = random::id();
            let cause = Cause::Granted {
                seconds,
                grant: &grant,
            };
            let running = match &whom {
                Running::Attempt(id) => vec![attempt_of(c, &session, id)?],
                Running::All => attempts::list_open(c, &placement.id)?,
            };
            let running: Vec<String> = running.into_iter().map(|attempt| attempt.id).collect();
            let count = move_clocks(c, &cache, &session, &running, cause, now)?;
            let subject = match &whom {
                Running::Attempt(id) => id,
                Running::All => &placement.id,
            };
            let detail = json!({"seconds": seconds, "attempts": count});
            note_by(c, &session, "attempt.grant_time", subject, &detail, now)?;
            Ok(Granted {
                session,
                grant,
                count,
            })
        })
        .await
}

/// Takes back what was granted in one tap, from the attempts that still run.
/// Taken back twice it is taken back once.
///
/// # Errors
/// As [`grant`].
pub async fn undo_grant(app: &App, visitor: Visitor, grant: String) -> Result<Session> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let (session, placement) = instructor_of_activity(c, &visitor, now)?;
            let mut count = 0;
            for attempt in attempts::list_open(c, &placement.id)? {
                let entries = attempt_log::read_log(c, &attempt.id)?;
                let grants = entries
                    .iter()
                    .filter(|entry| entry.kind == EntryKind::TimeGranted)
                    .filter_map(|entry| serde_json::from_str::<TimeGrant>(&entry.payload).ok());
                let grants: Vec<TimeGrant> = grants.collect();
                let is_undone = grants.iter().any(|one| one.undoes.as_deref() == Some(&grant));
                let given = grants.iter().find(|one| one.grant.as_deref() == Some(&grant));
                if let Some(given) = given.filter(|_| !is_undone) {
                    let cause = Cause::Undone {
                        seconds: given.seconds,
                        grant: &grant,
                    };
                    count += move_clocks(c, &cache, &session, &[attempt.id], cause, now)?;
                }
            }
            if count > 0 {
                let detail = json!({"attempts": count});
                note_by(c, &session, "attempt.undo_time", &placement.id, &detail, now)?;
            }
            Ok(session)
        })
        .await
}

/// Gives somebody of the course one attempt more at the session's activity. It
/// stands among the overrides and can be taken back there.
///
/// # Errors
/// As [`grant`].
pub async fn give_attempt(app: &App, visitor: Visitor, person_id: String) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let (session, placement) = instructor_of_activity(c, &visitor, now)?;
            crate::people_of_course::demand(c, &session, &person_id)?;
            let own = overrides::list(c, &placement.context_id, &placement.id)?;
            let own = own
                .into_iter()
                .find(|row| row.person_id.as_deref() == Some(person_id.as_str()));
            let mut change: RuleOverride = match &own {
                Some(row) => json::read(&row.content)?,
                None => RuleOverride::default(),
            };
            change.more_attempts = (change.more_attempts + 1).min(::assessment::limits::ATTEMPTS);
            let id = own.map_or_else(random::id, |row| row.id);
            let whom = Whom::Person(person_id);
            overrides::upsert(c, &row_of(id, &placement, &whom, &change, &session, now)?)?;
            let detail = json!({"more_attempts": change.more_attempts});
            note_by(c, &session, "override.attempts", &placement.id, &detail, now)?;
            Ok(session)
        })
        .await
}

/// Submits an abandoned attempt in its student's place: what was saved in time
/// counts, as if it had been submitted at the end of its time.
///
/// # Errors
/// `ATT-CLOSED` when it is not abandoned; as [`grant`].
pub async fn submit_for(app: &App, visitor: Visitor, attempt_id: String) -> Result<Session> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let (session, _) = instructor_of_activity(c, &visitor, now)?;
            let found = attempt_of(c, &session, &attempt_id)?;
            let attempt = attempts::reserve_for_server(c, &found.id)?
                .filter(|attempt| attempt.state == "abandoned")
                .ok_or_else(|| session.refused(Code::Attempt(::assessment::Code::Closed), ""))?;
            let published = cache.get(c, &attempt.assessment_version_id)?;
            let mut log = OpenLog::of(c, &attempt, published.clone(), WriterId::server(), 1)?;
            let payload = json!({"by": session.person_id}).to_string();
            log.append_by_server(EntryKind::SubmittedFor, None, &payload, now)?;
            log.write(c, None, now)?;
            let ended_at = attempt.due_at.map_or(now, |due_at| due_at.and_utc());
            attempt_end::settle(c, &attempt, &published, ended_at, "instructor", now)?;
            note_by(c, &session, "attempt.submit_for", &attempt.id, &json!({}), now)?;
            Ok(session)
        })
        .await
}

/// The instructor's session and its activity.
pub(crate) fn instructor_of_activity(
    connection: &mut Connection,
    visitor: &Visitor,
    now: DateTime<Utc>,
) -> Result<(Session, Placement)> {
    let session = instructor_for_change(connection, visitor, now)?;
    let placed = activity::placement_of(connection, &session)?;
    let (placement, _) =
        placed.ok_or_else(|| session.refused(Code::NotFound, "the session has no activity"))?;
    Ok((session, placement))
}

fn attempt_of(connection: &mut Connection, session: &Session, attempt_id: &str) -> Result<Attempt> {
    let found = attempts::find(connection, session.context()?, attempt_id)?;
    let (attempt, _, _) =
        found.ok_or_else(|| session.refused(Code::NotFound, "no such attempt in this course"))?;
    Ok(attempt)
}
