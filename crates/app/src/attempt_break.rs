//! Breaks: a student whose accommodation allows it stops the clock of an attempt
//! and starts it again. Both are lines of the log; the clock follows from them.

use ::assessment::{Code as AttemptCode, EntryKind, WriterId, attempt_clock};
use chrono::{DateTime, Utc};
use storage::{Connection, attempts};

use crate::{
    App, Code, Result,
    attempt::own,
    attempt_log::{self, OpenLog},
    attempt_time,
    published::PublishedCache,
    session::{Visitor, resolve_for_change},
};

/// Stops the clock of the session's own attempt.
///
/// # Errors
/// `ATT-NO-BREAK` when none is left or nothing ends the attempt, `ATT-ON-BREAK`,
/// `ATT-CLOSED`, `ATT-TIME-OVER`, `WEB-SESSION`, `WEB-CSRF`, `WEB-NOT-FOUND`.
pub async fn start_break(app: &App, visitor: Visitor, attempt_id: String) -> Result<()> {
    write(app, visitor, attempt_id, EntryKind::BreakStart).await
}

/// Lets it run again. Pressed twice it does so once.
///
/// # Errors
/// As [`start_break`], but for the breaks.
pub async fn end_break(app: &App, visitor: Visitor, attempt_id: String) -> Result<()> {
    write(app, visitor, attempt_id, EntryKind::BreakEnd).await
}

async fn write(app: &App, visitor: Visitor, attempt_id: String, kind: EntryKind) -> Result<()> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| write_in(c, &cache, &visitor, &attempt_id, kind, now))
        .await
}

fn write_in(
    connection: &mut Connection,
    cache: &PublishedCache,
    visitor: &Visitor,
    attempt_id: &str,
    kind: EntryKind,
    now: DateTime<Utc>,
) -> Result<()> {
    let session = resolve_for_change(connection, visitor, now)?;
    let refused = |code| Err(session.refused(Code::Attempt(code), ""));
    own(connection, &session, attempt_id)?;
    let Some(attempt) = attempts::reserve_if_open(connection, attempt_id)? else {
        return refused(AttemptCode::Closed);
    };
    if attempt.due_at.is_some_and(|due_at| due_at.and_utc() < now) {
        return refused(AttemptCode::TimeOver);
    }
    let published = cache.get(connection, &attempt.assessment_version_id)?;
    let in_force = attempt_time::in_force_of(connection, &attempt, &published, &session.organisation_id)?;
    let mut entries = attempt_log::read_log(connection, attempt_id)?;
    let before = attempt_clock(&in_force, attempt.started_at.and_utc(), &entries, now);
    match (kind, before.break_ends_at) {
        (EntryKind::BreakStart, Some(_)) => return refused(AttemptCode::OnBreak),
        (EntryKind::BreakStart, None) if before.break_seconds_left == 0 || attempt.due_at.is_none() => {
            return refused(AttemptCode::NoBreak);
        }
        (EntryKind::BreakEnd, None) => {
            attempts::set_last_position(connection, attempt_id, attempt.last_position - 1)?;
            return Ok(());
        }
        _ => {}
    }
    let mut log = OpenLog::of(connection, &attempt, published.clone(), WriterId::server(), 1)?;
    log.append_by_server(kind, None, "", now)?;
    log.write(connection, None, now)?;
    entries.extend(log.accepted().iter().cloned());
    let clock = attempt_clock(&in_force, attempt.started_at.and_utc(), &entries, now);
    attempt_time::set(connection, &attempt, &published, clock, now)
}
