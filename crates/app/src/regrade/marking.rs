//! Marking an assessment's attempts again by its newest policy: in pieces, each
//! of one transaction. What a piece has marked is its progress: outcomes under
//! that policy. So a killed server goes on where it was, and two processes
//! never mark an attempt twice.
//!
//! An attempt that ends meanwhile is marked by the newest policy anyhow
//! (`attempt_end::settle`). One whose end and the commit overlap may miss both:
//! so the work is looked through once more a minute later.

use ::assessment::{AttemptScore, Direction, Movement};
use chrono::{DateTime, TimeDelta, Utc};
use storage::{
    Connection,
    attempts::{self, Attempt},
    grades,
    jobs::{self, Job},
    placements,
    regrades::{self, Progress},
};

use super::{dry_run, policy_in_force};
use crate::{App, Error, Result, attempt_end, grade, published::PublishedCache, random};

/// How many attempts are marked in one transaction.
const BATCH: i64 = 50;
/// How many assessments are marked at once.
const TOGETHER: i64 = 1;
/// How long a lease holds; it is renewed with each piece.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How long after the end the work is looked through once more.
const ONCE_MORE: TimeDelta = TimeDelta::minutes(1);
/// How long after a failure it is tried again.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Marks the first piece in the transaction of the commit, so that a class
/// finds its marks at once, and has the rest done by a job.
pub(super) fn begin(
    connection: &mut Connection,
    cache: &PublishedCache,
    assessment_id: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let piece = mark_piece(connection, cache, assessment_id, "", now)?;
    let due_at = match piece.next {
        Some(_) => now,
        None => now + ONCE_MORE,
    };
    let (due_at, now) = (due_at.naive_utc(), now.naive_utc());
    jobs::enqueue_at(
        connection,
        assessment_id,
        jobs::REGRADE,
        &random::id(),
        due_at,
        now,
    )?;
    Ok(())
}

/// Marks what is due; answers how many assessments were worked at.
///
/// # Errors
/// When the database fails.
pub(crate) async fn mark_due(app: &App) -> Result<usize> {
    let now = app.clock().now().naive_utc();
    if !app
        .db()
        .read(move |c| jobs::is_due(c, jobs::REGRADE, now))
        .await?
    {
        return Ok(0);
    }
    let lease = random::id();
    let claimed = {
        let lease = lease.clone();
        app.db()
            .write(move |c| jobs::claim(c, jobs::REGRADE, TOGETHER, &lease, now, now + LEASE))
            .await?
    };
    let taken = claimed.len();
    for job in claimed {
        let subject = job.subject_id.clone();
        if let Err(error) = mark(app, job, &lease).await {
            tracing::error!(%error, assessment = subject, "attempts could not be marked again");
            let (lease, soon) = (lease.clone(), app.clock().now().naive_utc() + PAUSE);
            app.db()
                .write(move |c| jobs::retry(c, &subject, jobs::REGRADE, &lease, soon, "failed"))
                .await?;
        }
    }
    Ok(taken)
}

async fn mark(app: &App, job: Job, lease: &str) -> Result<()> {
    let mut after = String::new();
    let mut was_new = false;
    loop {
        let piece = mark_next(app, &job, lease, after).await?;
        was_new |= piece.has_finished;
        match piece.next {
            Some(next) => after = next,
            None => break,
        }
    }
    let again = was_new.then(|| (app.clock().now() + ONCE_MORE).naive_utc());
    let lease = lease.to_owned();
    app.db()
        .write(move |c| jobs::done(c, &job, &lease, again))
        .await?;
    Ok(())
}

async fn mark_next(app: &App, job: &Job, lease: &str, after: String) -> Result<Piece> {
    let (cache, now) = (app.published().clone(), app.clock().now());
    let (id, subject, lease) = (job.id.clone(), job.subject_id.clone(), lease.to_owned());
    app.db()
        .write(move |c| {
            let until = (now + LEASE).naive_utc();
            if !jobs::renew(c, &id, &lease, until)? {
                // Somebody else goes on.
                return Ok(Piece::default());
            }
            mark_piece(c, &cache, &subject, &after, now)
        })
        .await
}

#[derive(Default)]
struct Piece {
    /// After which attempt the next piece begins; `None` when this was the last one.
    next: Option<String>,
    /// Whether it was this piece that finished the regrade.
    has_finished: bool,
}

fn mark_piece(
    connection: &mut Connection,
    cache: &PublishedCache,
    assessment_id: &str,
    after: &str,
    now: DateTime<Utc>,
) -> Result<Piece> {
    let (policy_row, policy) = policy_in_force(connection, assessment_id)?;
    let Some(regrade) = regrades::lock_by_policy(connection, &policy_row.id)? else {
        return Ok(Piece::default());
    };
    let rows = regrades::list_unmarked(connection, assessment_id, &policy_row.id, after, BATCH)?;
    let ids: Vec<String> = rows.iter().map(|attempt| attempt.id.clone()).collect();
    let mut logs = dry_run::logs(connection, &ids)?;
    let mut progress = Progress::default();
    for attempt in &rows {
        let published = cache.get(connection, &attempt.assessment_version_id)?;
        let entries = logs.remove(&attempt.id).unwrap_or_default();
        let former = attempts::find_outcome(connection, &attempt.id)?;
        let by = (policy_row.id.as_str(), &policy);
        let row = attempt_end::mark(connection, attempt, &published, &entries, by, now)?;
        progress.marked += 1;
        match former.map(|former| direction(attempt, &former, &row)) {
            Some(Direction::Up) => progress.raised += 1,
            Some(Direction::Down) => progress.lowered += 1,
            // The points may have changed without the share: the grade's comment tells them.
            Some(Direction::Same) | None => {}
        }
    }
    // After all marks of the piece: a person's grade may come from several attempts.
    for attempt in &rows {
        progress.queued += owe(connection, attempt, now)?;
    }
    regrades::count(connection, &regrade.id, progress)?;
    let next = ids.last().filter(|_| ids.len() as i64 == BATCH).cloned();
    let has_finished = next.is_none() && regrades::finish(connection, &regrade.id, now.naive_utc())?;
    Ok(Piece { next, has_finished })
}

fn direction(attempt: &Attempt, before: &attempts::Outcome, after: &attempts::Outcome) -> Direction {
    let score = |outcome: &attempts::Outcome| AttemptScore {
        score: outcome.score,
        maximum: outcome.maximum,
    };
    let movement = Movement {
        attempt: attempt.id.as_str().into(),
        before: score(before),
        after: score(after),
    };
    movement.direction()
}

/// Owes what the new mark changes; answers how many grades of the activity's own column it changed.
fn owe(connection: &mut Connection, attempt: &Attempt, now: DateTime<Utc>) -> Result<i64> {
    let (_, column) = placements::get(connection, &attempt.placement_id)?
        .ok_or_else(|| Error::Internal("an attempt's placement is gone".to_owned()))?;
    let standing = |connection: &mut Connection| -> Result<Option<(f64, f64)>> {
        let row = grades::find(connection, &column.id, &attempt.person_id)?;
        Ok(row.map(|row| (row.score, row.maximum)))
    };
    let before = standing(connection)?;
    grade::owe_all(
        connection,
        &attempt.placement_id,
        &column,
        &attempt.person_id,
        &attempt.identity_id,
        now,
    )?;
    Ok(i64::from(before != standing(connection)?))
}
