//! The daily look at each column that is used: what stands there now, compared
//! with what we sent. It changes nothing at the platform: a teacher's value is
//! kept, a value that vanished is shown, a scale that was changed is followed
//! where the column is the activity's own.
//!
//! A check is a job of its column, at an hour of the day of its own. It takes
//! part in its registration's share and keeps its pause.

use std::collections::HashMap;

use chrono::{NaiveTime, TimeDelta};
use lti::ags::LineItemResult;
use outbound::{CallError, line_items, results};
use storage::{
    Connection, Timestamp, columns,
    contexts::{self, Context},
    grades::{self, GradeDelivery, Observed, state},
    jobs::{self, Job},
    people,
    placements::{self, GradeColumn},
    registrations::{self, Registration},
};

use super::{deliver::SHARE, module, result::Seen, schedule::LONGEST_WAIT};
use crate::{
    App, Error, Result,
    placement::{MISSING_LINK, MISSING_TOOL},
    random, service,
};

/// How many checks are taken in hand at once, of all registrations together.
const TOGETHER: usize = 4;
/// How many of one registration.
const OF_REGISTRATION: i64 = 1;
/// How many due ones are looked through for registrations that have room.
const LOOKED_THROUGH: i64 = 64;
/// How long a lease holds: longer than a list of many pages takes.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How many grades are compared in one transaction.
const BATCH: usize = 100;
/// How long a column is looked at after somebody last opened the course.
const USED: TimeDelta = TimeDelta::days(60);
/// Time between two checks, before the column's own hour is looked for.
const APART: TimeDelta = TimeDelta::hours(12);
/// How long after a failure it is tried again, and how often on one day.
const AGAIN: TimeDelta = TimeDelta::minutes(15);
const TRIES: i64 = 4;
/// Scales that differ by less are the same.
const SAME_SCALE: f64 = 1e-6;

/// Has a column looked at within the next day and a half, unless it is planned already.
pub(super) fn schedule(connection: &mut Connection, column_id: &str, now: Timestamp) -> Result<()> {
    let due_at = next_check(column_id, now);
    jobs::enqueue(connection, column_id, jobs::COLUMN_CHECK, &random::id(), due_at)?;
    Ok(())
}

/// Has a column looked at soon.
pub(super) fn hasten(connection: &mut Connection, column_id: &str, now: Timestamp) -> Result<()> {
    jobs::enqueue_at(connection, column_id, jobs::COLUMN_CHECK, &random::id(), now, now)?;
    Ok(())
}

// Each column has a time of the day of its own, so that a college's columns do not all come at once.
fn next_check(column_id: &str, now: Timestamp) -> Timestamp {
    let hash = column_id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let second = TimeDelta::seconds(i64::try_from(hash % 86_400).unwrap_or_default());
    let earliest = now + APART;
    let that_day = earliest.date().and_time(NaiveTime::MIN) + second;
    if that_day > earliest {
        that_day
    } else {
        that_day + TimeDelta::days(1)
    }
}

/// Does the checks that are due; answers how many were taken in hand.
///
/// # Errors
/// When the database fails. What a platform does is no error.
pub(crate) async fn check_due(app: &App) -> Result<usize> {
    let now = app.clock().now().naive_utc();
    let list = move |c: &mut Connection| columns::list_due_checks(c, now, LOOKED_THROUGH);
    let due = app.db().read(list).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let lease = random::id();
    let claimed = {
        let lease = lease.clone();
        app.db().write(move |c| claim(c, due, &lease, now)).await?
    };
    let taken = claimed.len();
    let mut under_way = tokio::task::JoinSet::new();
    for job in claimed {
        let (app, lease) = (app.clone(), lease.clone());
        under_way.spawn(async move { check_and_settle(&app, job, &lease).await });
    }
    while let Some(done) = under_way.join_next().await {
        match done {
            Ok(result) => result?,
            Err(error) => tracing::error!(%error, "a column's check broke off"),
        }
    }
    Ok(taken)
}

fn claim(
    connection: &mut Connection,
    due: Vec<(Job, String)>,
    lease: &str,
    now: Timestamp,
) -> Result<Vec<Job>> {
    let mut claimed = Vec::new();
    for (job, registration_id) in due {
        if claimed.len() == TOGETHER {
            break;
        }
        if grades::has_room(connection, &registration_id, SHARE, now)?
            && columns::count_leased_checks(connection, &registration_id, now)? < OF_REGISTRATION
        {
            claimed.extend(jobs::claim_one(connection, &job.id, lease, now, now + LEASE)?);
        }
    }
    Ok(claimed)
}

async fn check_and_settle(app: &App, job: Job, lease: &str) -> Result<()> {
    let checked = check(app, &job.subject_id).await;
    let now = app.clock().now().naive_utc();
    let (registration_id, again) = match checked {
        Ok(Checked::Unused) => (None, None),
        Ok(Checked::Used) => (None, Some(next_check(&job.subject_id, now))),
        Err(Failed::App(error)) => return Err(error),
        Err(Failed::Call(registration_id, error)) => {
            tracing::warn!(column = job.subject_id, %error, "a column could not be looked at");
            (
                Some((registration_id, error)),
                Some(next_check(&job.subject_id, now)),
            )
        }
    };
    let lease = lease.to_owned();
    app.db()
        .write(move |c| {
            let Some((registration_id, error)) = registration_id else {
                jobs::done(c, &job, &lease, again)?;
                return Ok(());
            };
            let asked = error.retry_at().map(|at| at.naive_utc().min(now + LONGEST_WAIT));
            if let Some(until) = asked {
                grades::pause(c, &registration_id, until)?;
            }
            if error.retryable() && job.tries + 1 < TRIES {
                let at = asked.unwrap_or(now).max(now + AGAIN);
                jobs::retry(c, &job.subject_id, jobs::COLUMN_CHECK, &lease, at, "unreachable")?;
            } else {
                jobs::done(c, &job, &lease, again)?;
            }
            Ok(())
        })
        .await
}

/// Looks at one column now, beside its daily check. What a platform does is no error.
///
/// # Errors
/// When the database fails.
pub(crate) async fn check_now(app: &App, column_id: &str) -> Result<()> {
    match check(app, column_id).await {
        Ok(_) => Ok(()),
        Err(Failed::App(error)) => Err(error),
        Err(Failed::Call(_, error)) => {
            tracing::warn!(column = column_id, %error, "a column could not be looked at");
            Ok(())
        }
    }
}

enum Checked {
    /// It has no address, or nobody opens the course any more.
    Unused,
    Used,
}

enum Failed {
    App(Error),
    /// The registration, and what its platform said.
    Call(String, CallError),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::App(error)
    }
}

/// A column with all that looking at it needs.
struct Looked {
    column: GradeColumn,
    context: Context,
    registration: Registration,
    line_item_url: String,
}

async fn check(app: &App, column_id: &str) -> std::result::Result<Checked, Failed> {
    let id = column_id.to_owned();
    let Some(looked) = app.db().read(move |c| look(c, &id)).await? else {
        return Ok(Checked::Unused);
    };
    let now = app.clock().now().naive_utc();
    let call = |error| Failed::Call(looked.registration.id.clone(), error);
    let target = service::target(&looked.registration);
    let caller = service::caller_now(app, &target).await?;
    let item = match line_items::read(app.outbound(), &caller, &looked.line_item_url).await {
        Ok(item) => Some(item),
        Err(error) if is_gone(&error) => return lose(app, looked, now).await,
        Err(error) if error.retryable() => return Err(call(error)),
        // Not everybody lets us read columns: the results tell most of it.
        Err(_) => None,
    };
    let found = match results::read(app.outbound(), &caller, &looked.line_item_url, None).await {
        Ok(found) => found,
        Err(error) if is_gone(&error) && item.is_none() => return lose(app, looked, now).await,
        Err(error) => return Err(call(error)),
    };
    let context_seen_at = looked.context.seen_at;
    let platform_maximum = item.map(|item| item.score_maximum);
    keep(app, looked, platform_maximum, found, now).await?;
    Ok(if now - context_seen_at < USED {
        Checked::Used
    } else {
        Checked::Unused
    })
}

fn is_gone(error: &CallError) -> bool {
    matches!(
        error,
        CallError::Status {
            status: 404 | 410,
            ..
        }
    )
}

fn look(connection: &mut Connection, column_id: &str) -> Result<Option<Looked>> {
    let Some(column) = placements::get_column(connection, column_id)? else {
        return Ok(None);
    };
    let context = contexts::get(connection, &column.context_id)?;
    let registration_id = contexts::registration_id(connection, &column.context_id)?.unwrap_or_default();
    let registration = registrations::get(connection, &registration_id)?;
    let (Some(context), Some(registration), Some(line_item_url)) =
        (context, registration, column.line_item_url.clone())
    else {
        return Ok(None);
    };
    Ok(Some(Looked {
        column,
        context,
        registration,
        line_item_url,
    }))
}

async fn lose(app: &App, looked: Looked, now: Timestamp) -> std::result::Result<Checked, Failed> {
    app.db()
        .write(move |c| {
            let column = &looked.column;
            let missing = if column.origin == "tool" {
                MISSING_TOOL
            } else {
                MISSING_LINK
            };
            if columns::lose(c, &column.id, &looked.line_item_url, missing, now)? {
                super::follow_column(c, &column.id, None, now)?;
                module::recompute_beside(c, &column.id, now)?;
            }
            Ok::<_, Error>(Checked::Unused)
        })
        .await
        .map_err(Failed::from)
}

async fn keep(
    app: &App,
    looked: Looked,
    platform_maximum: Option<f64>,
    found: Vec<LineItemResult>,
    now: Timestamp,
) -> Result<()> {
    let mut found: HashMap<String, LineItemResult> = found
        .into_iter()
        .map(|result| (result.user_id.clone(), result))
        .collect();
    let (column, context) = (looked.column, looked.context);
    let (rows, rescaled) = app
        .db()
        .write(move |c| {
            let rescaled = keep_maximum(c, &column, platform_maximum, now)?;
            let column = placements::get_column(c, &column.id)?.unwrap_or(column);
            let subjects = compared(c, &column, &context)?;
            Ok::<_, Error>((subjects, rescaled.then_some(column)))
        })
        .await?;
    let mut rows = rows.into_iter();
    loop {
        let batch: Vec<_> = rows
            .by_ref()
            .take(BATCH)
            .map(|compared| {
                let seen = found.remove(&compared.subject);
                (compared, seen)
            })
            .collect();
        if batch.is_empty() {
            return Ok(());
        }
        let rescaled = rescaled.clone();
        app.db()
            .write(move |c| keep_batch(c, batch, rescaled.as_ref(), now))
            .await?;
    }
}

// True when we follow another scale from now on.
fn keep_maximum(
    connection: &mut Connection,
    column: &GradeColumn,
    platform_maximum: Option<f64>,
    now: Timestamp,
) -> Result<bool> {
    let changed = platform_maximum
        .filter(|maximum| *maximum > 0.0 && (maximum - column.score_maximum).abs() > SAME_SCALE);
    let follows = match changed {
        // Only the platform's people have a say in an activity's own column.
        Some(maximum) if column.origin != "tool" => {
            columns::follow_maximum(connection, column, maximum, now)?
        }
        _ => false,
    };
    let left = changed.filter(|_| column.origin == "tool");
    columns::set_checked(connection, &column.id, left, now)?;
    Ok(follows)
}

/// A row with what finds its result.
struct Compared {
    row: GradeDelivery,
    subject: String,
    has_left: bool,
}

fn compared(connection: &mut Connection, column: &GradeColumn, context: &Context) -> Result<Vec<Compared>> {
    // The platform's list leaves out who left the course: that is no teacher's doing.
    let left: HashMap<String, bool> = contexts::list_enrolments(connection, &context.id)?
        .into_iter()
        .map(|(enrolment, identity)| {
            let launched_since = |read_at| enrolment.launched_at.is_some_and(|at| at > read_at);
            let has_left = context
                .roster_read_at
                .is_some_and(|read_at| !enrolment.in_roster && !launched_since(read_at));
            (identity.id, has_left)
        })
        .collect();
    let mut rows = Vec::new();
    for row in grades::list(connection, &column.id)? {
        if let Some(identity) = people::get(connection, &row.identity_id)? {
            rows.push(Compared {
                has_left: left.get(&identity.id).copied().unwrap_or_default(),
                subject: identity.subject,
                row,
            });
        }
    }
    Ok(rows)
}

fn keep_batch(
    connection: &mut Connection,
    batch: Vec<(Compared, Option<LineItemResult>)>,
    rescaled: Option<&GradeColumn>,
    now: Timestamp,
) -> Result<()> {
    for (compared, result) in batch {
        let seen = result.map_or_else(Seen::default, |result| Seen {
            score: result.result_score,
            maximum: result.result_maximum,
            at: None,
        });
        // Compared first: the row still knows the scale on which its grade was sent.
        if let Some(observed) = observed(&compared.row, &seen, compared.has_left, now) {
            grades::observe(connection, &compared.row, &observed, now)?;
        }
        if let Some(column) = rescaled {
            let wanted = super::wanted(connection, column, &compared.row.person_id, now.and_utc())?;
            if let Some(wanted) = wanted {
                grades::rescale(connection, &compared.row.id, &wanted)?;
            }
        }
    }
    Ok(())
}

// What to keep of a look at one grade; `None` when nothing is new.
fn observed(row: &GradeDelivery, seen: &Seen, has_left: bool, now: Timestamp) -> Option<Observed> {
    if row.state != state::DELIVERED && row.state != state::KEPT {
        return None;
    }
    let before = Observed {
        state: row.state.clone(),
        due_at: row.due_at,
        problem_code: row.problem_code.clone(),
        platform_score: row.platform_score,
        platform_maximum: row.platform_maximum,
        emptied_at: row.emptied_at,
    };
    let cleared = Observed {
        problem_code: None,
        platform_score: None,
        platform_maximum: None,
        emptied_at: None,
        ..before.clone()
    };
    let after = if let Some(score) = seen.teachers(row) {
        Observed {
            state: state::KEPT.to_owned(),
            problem_code: before.problem_code.clone().filter(|_| row.state == state::KEPT),
            platform_score: Some(score),
            platform_maximum: seen.maximum,
            ..cleared
        }
    } else if seen.score.is_none() {
        if has_left {
            return None;
        }
        Observed {
            emptied_at: row.emptied_at.or(Some(now)),
            ..cleared
        }
    } else if row.state == state::KEPT && !seen.is_desired(row) {
        // The teacher took theirs back, and an older one of ours shows: the newest may follow.
        Observed {
            state: state::WAITING.to_owned(),
            due_at: now,
            ..cleared
        }
    } else {
        Observed {
            state: state::DELIVERED.to_owned(),
            ..cleared
        }
    };
    (after != before).then_some(after)
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
