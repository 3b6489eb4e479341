//! How attempts end: submitted by the student, or submitted or abandoned by the
//! server once the time is over. Entry, outcome and the grade that is owed are one transaction.

use std::sync::Arc;

use ::assessment::{Entry, EntryKind, MarkingPolicy, Published, WhenTimeIsOver, WriterId, replay};
use chrono::{DateTime, Utc};
use storage::{
    Connection, assessments,
    attempts::{self, Attempt, Due},
    placements,
};

use crate::{
    App, Error, Result,
    attempt::own,
    attempt_entries::{form_writer, lock, write},
    attempt_log::{self, GRACE, OpenLog},
    grade, json,
    published::PublishedCache,
    regrade,
    session::{Visitor, resolve_for_change},
};

/// How many attempts end in one transaction.
const BATCH: i64 = 25;

/// Submits the session's own attempt; when its time is over, as the deadline
/// does. Submitting twice is fine.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-NOT-FOUND`, `ATT-NOT-A-LEARNER`.
pub async fn submit(app: &App, visitor: Visitor, attempt_id: String) -> Result<()> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let found = own(c, &session, &attempt_id)?;
            if attempt_log::is_overdue(&found, now) {
                end_in(c, &cache, &attempt_id, now)?;
                return Ok(());
            }
            let (attempt, mut log) = lock(c, &cache, &session, &attempt_id, form_writer(&session), 1)?;
            if attempt.state == "open" {
                log.append_from_form(c, EntryKind::Submit, None, "", now)?;
            }
            write(c, &session, &attempt, &log, now)
        })
        .await
}

/// Ends every attempt whose due time and grace are over, and answers how
/// many this call ended. Safe in two processes: an attempt's row is locked while
/// it is open, and who comes second finds it submitted.
///
/// # Errors
/// When the database fails. An attempt that cannot be ended is logged and left
/// for the next call; the others are ended.
pub async fn end_due(app: &App) -> Result<usize> {
    let mut ended = 0;
    let mut after: Option<Due> = None;
    loop {
        let before = (app.clock().now() - GRACE).naive_utc();
        let from = after.clone();
        let due = app
            .db()
            .read(move |c| Ok::<_, Error>(attempts::list_due(c, before, from.as_ref(), BATCH)?))
            .await?;
        let Some(last) = due.last().cloned() else {
            return Ok(ended);
        };
        ended += end_batch(app, due.into_iter().map(|(_, id)| id).collect()).await?;
        after = Some(last);
    }
}

// One that fails must not hold up the others.
async fn end_batch(app: &App, ids: Vec<String>) -> Result<usize> {
    match end_all(app, ids.clone()).await {
        Ok(ended) => return Ok(ended),
        Err(error) => tracing::warn!(%error, "attempts could not be ended together"),
    }
    let mut ended = 0;
    for id in ids {
        match end_all(app, vec![id.clone()]).await {
            Ok(more) => ended += more,
            Err(error) => tracing::error!(%error, attempt = id, "an attempt could not be ended"),
        }
    }
    Ok(ended)
}

/// Ends one attempt if its time is over.
pub(crate) async fn end(app: &App, id: String) -> Result<()> {
    end_all(app, vec![id]).await?;
    Ok(())
}

async fn end_all(app: &App, ids: Vec<String>) -> Result<usize> {
    let now = app.clock().now();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let mut ended = 0;
            for id in &ids {
                ended += usize::from(end_in(c, &cache, id, now)?);
            }
            Ok(ended)
        })
        .await
}

/// Ends an attempt whose time is over, within the caller's transaction; false
/// when somebody else did, or it got more time.
pub(crate) fn end_in(
    connection: &mut Connection,
    cache: &PublishedCache,
    id: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let Some(attempt) = attempts::reserve_if_open(connection, id)? else {
        return Ok(false);
    };
    let due_at = attempt.due_at.filter(|_| attempt_log::is_overdue(&attempt, now));
    let Some(due_at) = due_at else {
        attempts::set_last_position(connection, id, attempt.last_position - 1)?;
        return Ok(false);
    };
    let published = cache.get(connection, &attempt.assessment_version_id)?;
    let mut log = OpenLog::of(
        connection,
        &attempt,
        Arc::clone(&published),
        WriterId::server(),
        1,
    )?;
    // Where the rules demand that the student submits, the server only ends it.
    let counts = published.content.rules.when_time_is_over == WhenTimeIsOver::Submit;
    let kind = match counts {
        true => EntryKind::DeadlineSubmit,
        false => EntryKind::Abandon,
    };
    log.append_by_server(kind, None, "", now)?;
    log.write(connection, None, now)?;
    if !counts {
        attempts::abandon(connection, id)?;
        if let Some((_, column)) = placements::get(connection, &attempt.placement_id)? {
            grade::module::recompute_beside(connection, &column.id, now.naive_utc())?;
        }
        return Ok(true);
    }
    settle(
        connection,
        &attempt,
        &published,
        due_at.and_utc(),
        "deadline",
        now,
    )?;
    Ok(true)
}

/// What follows from a written submission: the outcome by replaying the log,
/// the closed attempt, the grade that is owed to the platform.
pub(crate) fn settle(
    connection: &mut Connection,
    attempt: &Attempt,
    published: &Published,
    submitted_at: DateTime<Utc>,
    ended_by: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let entries = attempt_log::read_log(connection, &attempt.id)?;
    let version = assessments::get_version(connection, &attempt.assessment_version_id)?
        .ok_or_else(|| Error::Internal("an attempt's version is gone".to_owned()))?;
    // of the assessment that the attempt pins: its placement may open another one by now
    let (policy_row, policy) = regrade::policy_in_force(connection, &version.assessment_id)?;
    mark(
        connection,
        attempt,
        published,
        &entries,
        (&policy_row.id, &policy),
        now,
    )?;
    attempts::close(connection, &attempt.id, submitted_at.naive_utc(), ended_by)?;
    let (_, column) = placements::get(connection, &attempt.placement_id)?
        .ok_or_else(|| Error::Internal("an attempt's placement is gone".to_owned()))?;
    grade::owe_all(
        connection,
        &attempt.placement_id,
        &column,
        &attempt.person_id,
        &attempt.identity_id,
        now,
    )
}

/// Replays a log under a policy and keeps what the attempt is worth by it.
pub(crate) fn mark(
    connection: &mut Connection,
    attempt: &Attempt,
    published: &Published,
    entries: &[Entry],
    (policy_id, policy): (&str, &MarkingPolicy),
    now: DateTime<Utc>,
) -> Result<attempts::Outcome> {
    let header = attempt_log::header_of(attempt);
    let outcome =
        replay(published, &header, entries, policy).map_err(|error| Error::Internal(error.to_string()))?;
    let row = attempts::Outcome {
        attempt_id: attempt.id.clone(),
        marking_policy_id: policy_id.to_owned(),
        score: outcome.score,
        maximum: outcome.maximum,
        content: json::write(&outcome)?,
        created_at: now.naive_utc(),
    };
    attempts::upsert_outcome(connection, &row)?;
    Ok(row)
}
