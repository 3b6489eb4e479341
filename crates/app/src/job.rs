//! The loop that does jobs: what takes longer than a request.

use chrono::TimeDelta;
use storage::jobs::{self, Job};

use crate::{App, Result, grade, random, regrade, roster};

/// How many jobs are done at once.
const TOGETHER: i64 = 4;
/// How long a lease holds: longer than a list of many pages takes.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How long after a failure a job is tried again.
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// How often a job is tried; an instructor's next visit asks for it anew.
const TRIES: i64 = 5;

/// Does the jobs that are due; answers how many.
///
/// # Errors
/// When the database fails. What a platform does is no error.
pub async fn do_due(app: &App) -> Result<usize> {
    let columns = grade::check_due(app).await? + grade::module::recompute_due(app).await?;
    let columns = columns + regrade::mark_due(app).await? + regrade::look_due(app).await?;
    Ok(columns + read_rosters(app).await?)
}

async fn read_rosters(app: &App) -> Result<usize> {
    let now = app.clock().now().naive_utc();
    if !app.db().read(move |c| jobs::is_due(c, jobs::ROSTER, now)).await? {
        return Ok(0);
    }
    let lease = random::id();
    let claimed = {
        let lease = lease.clone();
        app.db()
            .write(move |c| jobs::claim(c, jobs::ROSTER, TOGETHER, &lease, now, now + LEASE))
            .await?
    };
    let mut under_way = tokio::task::JoinSet::new();
    let taken = claimed.len();
    for job in claimed {
        let (app, lease) = (app.clone(), lease.clone());
        under_way.spawn(async move { read_roster(&app, job, lease).await });
    }
    while let Some(done) = under_way.join_next().await {
        match done {
            Ok(result) => result?,
            Err(error) => tracing::error!(%error, "a job broke off"),
        }
    }
    Ok(taken)
}

async fn read_roster(app: &App, job: Job, lease: String) -> Result<()> {
    let failed = roster::refresh(app, &job.subject_id, None).await.err();
    if let Some(error) = &failed {
        tracing::warn!(job = job.id, %error, "a member list could not be read");
    }
    let soon = app.clock().now().naive_utc() + PAUSE;
    app.db()
        .write(move |c| {
            match failed {
                Some(failed) if failed.is_passing() && job.tries + 1 < TRIES => {
                    let again = failed.retry_at().map_or(soon, |at| soon.max(at.naive_utc()));
                    let problem = failed.problem();
                    jobs::retry(c, &job.subject_id, jobs::ROSTER, &lease, again, problem)?
                }
                _ => jobs::finish(c, &job.subject_id, jobs::ROSTER, &lease)?,
            };
            Ok(())
        })
        .await
}

/// Asks for what has to be done once a day. Answers 0: there is never a reason to go round again at once.
///
/// # Errors
/// When the database fails.
pub async fn plan(app: &App) -> Result<usize> {
    let now = app.clock().now().naive_utc();
    app.db()
        .write(move |c| {
            roster::plan(c, now)?;
            Ok(0)
        })
        .await
}
