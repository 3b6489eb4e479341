//! Dry runs over more attempts than one request can replay: a job that looks at
//! one piece after the other. A piece is replayed while nothing is locked; one
//! short transaction then adds what it found behind the last attempt that was
//! looked at. So a killed server goes on where it was, and two processes never
//! count an attempt twice.
//!
//! A dry run belongs to the policy that its proposal starts from. When another
//! one is in force meanwhile it ends unfinished; its page says why.

use ::assessment::{Correction, MarkingPolicy};
use chrono::{DateTime, TimeDelta, Utc};
use storage::{
    Connection,
    jobs::{self, Job},
    regrade_trials::{self, Move, Trial as Row},
    regrades::{self, Regrade},
};

use super::{
    dry_run::{self, AT_ONCE, Found, Tally},
    policy_in_force,
    proposal::{self, Proposal},
    question::Versions,
};
use crate::{App, Error, Result, json, published::PublishedCache, random, scene::Scene};

/// How many attempts are replayed in one piece.
const BATCH: i64 = 250;
/// How many dry runs are worked at once.
const TOGETHER: i64 = 1;
/// How long a lease holds; it is renewed with each piece.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How long after a failure it is tried again.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// A dry run that is under way.
#[derive(Debug, Clone)]
pub struct Trial {
    /// What is tried.
    pub proposal: Proposal,
    /// How many attempts it has looked at.
    pub looked: i64,
    /// How many there are.
    pub total: i64,
    /// Whether it has to be begun: there were few attempts when the correction was proposed.
    pub is_missing: bool,
}

/// Has a proposal's dry run worked out by a job, anew if there was one; of few
/// attempts there is none, since its page works it out.
pub(super) fn begin(connection: &mut Connection, row: &Regrade, now: DateTime<Utc>) -> Result<()> {
    let total = regrades::count_attempts(connection, &row.assessment_id, "submitted")?;
    if total <= AT_ONCE {
        regrade_trials::delete(connection, &row.id)?;
        return Ok(());
    }
    let trial = Row {
        regrade_id: row.id.clone(),
        run: random::id(),
        after_attempt: String::new(),
        total,
        looked: 0,
        content: json::write(&Tally::default())?,
        finished_at: None,
    };
    regrade_trials::begin(connection, &trial)?;
    let (kind, now) = (jobs::REGRADE_TRIAL, now.naive_utc());
    jobs::enqueue_at(connection, &row.id, kind, &random::id(), now, now)?;
    Ok(())
}

/// What a proposal's dry run found; `None` while a job works at it or has to begin.
pub(super) fn found(
    connection: &mut Connection,
    row: &Regrade,
    versions: &Versions,
) -> Result<Option<Found>> {
    if let Some(trial) = regrade_trials::get(connection, &row.id)? {
        if trial.finished_at.is_none() {
            return Ok(None);
        }
        return Ok(Some(Found {
            tally: json::read(&trial.content)?,
            moves: regrade_trials::list_moved(connection, &row.id)?,
        }));
    }
    let rows = regrades::list_submitted(connection, &row.assessment_id, "", AT_ONCE + 1)?;
    if rows.len() as i64 > AT_ONCE {
        return Ok(None);
    }
    let (_, old) = policy_in_force(connection, &row.assessment_id)?;
    let new = corrected(&old, row, versions)?;
    let mut found = Found::default();
    let read = dry_run::read(connection, rows, versions)?;
    dry_run::look(&read, &row.context_id, (&old, &new), &mut found)?;
    Ok(Some(found))
}

/// The page of a dry run that has found nothing yet.
pub(super) fn under_way(
    connection: &mut Connection,
    scene: Scene,
    versions: &Versions,
    row: Regrade,
    now: DateTime<Utc>,
) -> Result<Trial> {
    let (_, policy) = policy_in_force(connection, &row.assessment_id)?;
    let trial = regrade_trials::get(connection, &row.id)?;
    let total = match &trial {
        Some(trial) => trial.total,
        None => regrades::count_attempts(connection, &row.assessment_id, "submitted")?,
    };
    Ok(Trial {
        looked: trial.as_ref().map_or(0, |trial| trial.looked),
        total,
        is_missing: trial.is_none(),
        proposal: proposal::of(connection, scene, versions, row, &policy, now)?,
    })
}

fn corrected(old: &MarkingPolicy, row: &Regrade, versions: &Versions) -> Result<MarkingPolicy> {
    let correction: Correction = json::read(&row.correction)?;
    Ok(old.corrected(&correction, &versions.asked(), row.raise_only))
}

/// Works at the dry runs that are due; answers at how many.
///
/// # Errors
/// When the database fails.
pub(crate) async fn look_due(app: &App) -> Result<usize> {
    let now = app.clock().now().naive_utc();
    let kind = jobs::REGRADE_TRIAL;
    if !app.db().read(move |c| jobs::is_due(c, kind, now)).await? {
        return Ok(0);
    }
    let lease = random::id();
    let claimed = {
        let lease = lease.clone();
        app.db()
            .write(move |c| jobs::claim(c, kind, TOGETHER, &lease, now, now + LEASE))
            .await?
    };
    let taken = claimed.len();
    for job in claimed {
        let subject = job.subject_id.clone();
        if let Err(error) = look(app, job, &lease).await {
            tracing::error!(%error, regrade = subject, "a dry run broke off");
            let (lease, soon) = (lease.clone(), app.clock().now().naive_utc() + PAUSE);
            app.db()
                .write(move |c| jobs::retry(c, &subject, kind, &lease, soon, "failed"))
                .await?;
        }
    }
    Ok(taken)
}

async fn look(app: &App, job: Job, lease: &str) -> Result<()> {
    loop {
        let (cache, id) = (app.published().clone(), job.subject_id.clone());
        let Some(piece) = app.db().read(move |c| piece(c, &cache, &id)).await? else {
            break;
        };
        let now = app.clock().now();
        let (id, lease) = (job.id.clone(), lease.to_owned());
        let goes_on = app.db().write(move |c| keep(c, &id, &lease, piece, now)).await?;
        if !goes_on {
            break;
        }
    }
    let lease = lease.to_owned();
    app.db().write(move |c| jobs::done(c, &job, &lease, None)).await?;
    Ok(())
}

/// What a piece adds to a dry run.
struct Piece {
    before: Row,
    after: Row,
    moves: Vec<Move>,
    is_last: bool,
}

/// Replays the next attempts; `None` when nothing is left to look at.
fn piece(connection: &mut Connection, cache: &PublishedCache, regrade_id: &str) -> Result<Option<Piece>> {
    let Some(before) = regrade_trials::get(connection, regrade_id)?.filter(|row| row.finished_at.is_none())
    else {
        return Ok(None);
    };
    let row = regrades::get(connection, regrade_id)?
        .ok_or_else(|| Error::Internal("a dry run has no proposal".to_owned()))?;
    let (_, old) = policy_in_force(connection, &row.assessment_id)?;
    if i64::from(old.number) != row.base_number {
        return Ok(None);
    }
    let versions = Versions::read(connection, cache, &row.assessment_id)?;
    let new = corrected(&old, &row, &versions)?;
    let rows = regrades::list_submitted(connection, &row.assessment_id, &before.after_attempt, BATCH)?;
    let is_last = (rows.len() as i64) < BATCH;
    let read = dry_run::read(connection, rows, &versions)?;
    let mut found = Found {
        tally: json::read(&before.content)?,
        moves: Vec::new(),
    };
    dry_run::look(&read, &row.context_id, (&old, &new), &mut found)?;
    let after = Row {
        after_attempt: read
            .last()
            .map_or_else(|| before.after_attempt.clone(), |one| one.attempt.id.clone()),
        looked: before.looked + read.len() as i64,
        content: json::write(&found.tally)?,
        ..before.clone()
    };
    let of_regrade = |moved: regrade_trials::Moved| Move {
        regrade_id: regrade_id.to_owned(),
        attempt_id: moved.attempt_id,
        score_before: moved.before,
        score_after: moved.after,
    };
    Ok(Some(Piece {
        moves: found.moves.into_iter().map(of_regrade).collect(),
        before,
        after,
        is_last,
    }))
}

/// Keeps a piece; false when there is no next one to look at, or somebody else goes on.
fn keep(
    connection: &mut Connection,
    job_id: &str,
    lease: &str,
    mut piece: Piece,
    now: DateTime<Utc>,
) -> Result<bool> {
    if !jobs::renew(connection, job_id, lease, (now + LEASE).naive_utc())? {
        return Ok(false);
    }
    if piece.is_last {
        piece.after.finished_at = Some(now.naive_utc());
    }
    // When it began anew meanwhile, this piece is worth nothing and the next one is the first.
    let is_kept = regrade_trials::advance(connection, &piece.before, &piece.after, &piece.moves)?;
    Ok(!(is_kept && piece.is_last))
}
