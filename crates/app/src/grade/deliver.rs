//! The delivery loop: leases due grades, sends each, settles it. No transaction
//! is open while a platform is called.
//!
//! Each registration has a share of its own, so that a college whose platform
//! hangs keeps nobody else waiting. A crash at any point costs a lease: the
//! grade is sent once more then, and what stands at the platform is the same.

use std::time::Duration;

use chrono::TimeDelta;
use lti::{
    ags::{ActivityProgress, GradingProgress, Score},
    score_response::{PermanentReason, ScoreVerdict},
};
use outbound::{CallError, Cause, ServiceTarget, results, scores};
use storage::{
    Connection, Timestamp,
    grades::{self, GradeDelivery, Settlement, state},
    people, placements, registrations,
};
use tokio::{task::JoinSet, time::Instant};

use super::{
    Problem, check,
    result::{Seen, arrived, remembered},
    schedule::{LONGEST_WAIT, Stamp, gives_up, next_stamp, retry_at},
};
use crate::{App, Result, random, service};

/// How many deliveries of one registration are under way at once.
pub(super) const SHARE: i64 = 4;
/// How long a lease holds; longer than [`BUDGET`].
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// How long one delivery may take, all its calls together.
const BUDGET: Duration = Duration::from_secs(90);
/// How often others are looked for while some platform takes its time.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// How long a round goes on at most; what is under way then is finished beside the next one.
const ROUND: Duration = Duration::from_secs(10);

/// Sends the grades that are due and those that become due meanwhile; answers how many were taken in hand.
///
/// # Errors
/// When the database fails. What a platform does is no error.
pub async fn deliver_due(app: &App) -> Result<usize> {
    let began = Instant::now();
    let mut under_way = JoinSet::new();
    let mut taken = 0;
    loop {
        let works = match claim(app).await {
            Ok(works) => works,
            Err(error) => {
                under_way.detach_all();
                return Err(error);
            }
        };
        taken += works.len();
        for work in works {
            under_way.spawn(deliver(app.clone(), work));
        }
        match tokio::time::timeout(LOOK_AGAIN, under_way.join_next()).await {
            Ok(None) => return Ok(taken),
            Ok(Some(Err(error))) => tracing::error!(%error, "a delivery broke off"),
            Ok(Some(Ok(()))) | Err(_) => {}
        }
        if began.elapsed() > ROUND {
            under_way.detach_all();
            return Ok(taken);
        }
    }
}

/// A leased row with all that sending it needs.
struct Work {
    row: GradeDelivery,
    lease: String,
    target: ServiceTarget,
    line_item_url: String,
    user_id: String,
    stamp: Timestamp,
    reads_first: bool,
}

async fn claim(app: &App) -> Result<Vec<Work>> {
    let now = app.clock().now().naive_utc();
    // Most rounds find nothing: they never wait for the writer.
    let due = app.db().read(move |c| grades::due_registrations(c, now)).await?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    app.db()
        .write(move |c| {
            let mut works = Vec::new();
            for registration_id in due {
                let lease = random::id();
                for row in grades::claim(c, &registration_id, SHARE, &lease, now, now + LEASE)? {
                    works.extend(prepare(c, row, &lease, now)?);
                }
            }
            Ok(works)
        })
        .await
}

// `None` when it cannot be sent now: the row is settled then.
fn prepare(
    connection: &mut Connection,
    row: GradeDelivery,
    lease: &str,
    now: Timestamp,
) -> Result<Option<Work>> {
    let column = placements::get_column(connection, &row.grade_column_id)?;
    let identity = people::get(connection, &row.identity_id)?;
    let registration = registrations::get(connection, &row.registration_id)?;
    let (Some(column), Some(identity), Some(registration)) = (column, identity, registration) else {
        return Ok(None);
    };
    // A later launch may tell it, after the grade was owed.
    if identity.kind == people::TEST_USER {
        grades::withdraw(connection, &row.id, lease)?;
        return Ok(None);
    }
    let Some(line_item_url) = column.line_item_url else {
        let waits = Settlement {
            state: state::NO_COLUMN.to_owned(),
            ..unchanged(&row)
        };
        grades::settle(connection, &row.id, lease, row.revision, &waits)?;
        return Ok(None);
    };
    let stamp = match next_stamp(now, row.stamp) {
        Stamp::Use(stamp) => stamp,
        Stamp::Wait(until) => {
            let waits = Settlement {
                state: given_up_or_waiting(&row, now).to_owned(),
                due_at: until.min(now + LONGEST_WAIT),
                ..unchanged(&row)
            };
            grades::settle(connection, &row.id, lease, row.revision, &waits)?;
            return Ok(None);
        }
    };
    let row = GradeDelivery {
        sent_fractions: remembered(&row),
        ..row
    };
    grades::begin(connection, &row.id, lease, stamp, &row.sent_fractions)?;
    let conflicted = row.problem_code.as_deref() == Some(Problem::Conflict.as_str());
    Ok(Some(Work {
        reads_first: !row.overwrite
            && (column.origin == "tool" || row.platform_score.is_some() || conflicted),
        target: service::target(&registration),
        user_id: identity.subject,
        lease: lease.to_owned(),
        line_item_url,
        stamp,
        row,
    }))
}

/// How a delivery ended.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    Delivered,
    Kept {
        score: f64,
        maximum: Option<f64>,
        problem: Option<Problem>,
    },
    Retry {
        problem: Problem,
        detail: String,
        at: Option<Timestamp>,
    },
    Refused {
        problem: Problem,
        detail: String,
    },
}

impl Outcome {
    /// For the metrics.
    fn name(&self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Kept { .. } => "kept",
            Self::Retry { .. } => "retry",
            Self::Refused { .. } => "refused",
        }
    }
}

/// One step of a delivery; what ends it early stands on the other side.
type Step<T> = std::result::Result<T, Outcome>;

/// How it ended, and the last stamp that the platform may know.
struct Ended {
    outcome: Outcome,
    stamp: Timestamp,
}

async fn deliver(app: App, work: Work) {
    let ended = tokio::time::timeout(BUDGET, send(&app, &work)).await;
    let ended = ended.unwrap_or_else(|_elapsed| Ended {
        outcome: Outcome::Retry {
            problem: Problem::Unreachable,
            detail: "the delivery took too long".to_owned(),
            at: None,
        },
        stamp: work.stamp,
    });
    let outcome = ended.outcome.name();
    metrics::counter!("taynghe_grade_deliveries_total", "outcome" => outcome).increment(1);
    tracing::info!(
        delivery = work.row.id,
        registration = work.row.registration_id,
        tries = work.row.tries,
        outcome,
        "a grade was sent"
    );
    // The lease ends by itself: it is sent once more then.
    if let Err(error) = settle(&app, &work, ended).await {
        tracing::error!(%error, delivery = work.row.id, "a delivery could not be settled");
    }
}

async fn send(app: &App, work: &Work) -> Ended {
    let (outcome, stamp) = match send_or_stop(app, work).await {
        Ok(ended) => ended,
        Err(outcome) => (outcome, work.stamp),
    };
    Ended { outcome, stamp }
}

async fn send_or_stop(app: &App, work: &Work) -> Step<(Outcome, Timestamp)> {
    if work.reads_first
        && let Some(teachers) = teachers(&read(app, work).await?, work)
    {
        return Ok((teachers, work.stamp));
    }
    let (outcome, stamp) = match post(app, work, work.stamp).await? {
        true => (Outcome::Delivered, work.stamp),
        false => after_conflict(app, work).await?,
    };
    // A platform may take the score and show the teacher's all the same.
    if work.row.overwrite
        && outcome == Outcome::Delivered
        && let Ok(seen) = read(app, work).await
        && let Some(score) = seen.other(&work.row)
    {
        let problem = Some(Problem::Overridden);
        let maximum = seen.maximum;
        return Ok((
            Outcome::Kept {
                score,
                maximum,
                problem,
            },
            stamp,
        ));
    }
    Ok((outcome, stamp))
}

// The platform has a score that is not older: a teacher's, our own one after a
// crash, or one whose clock runs ahead.
async fn after_conflict(app: &App, work: &Work) -> Step<(Outcome, Timestamp)> {
    let seen = match read(app, work).await {
        Ok(seen) => seen,
        Err(_) if work.row.overwrite => Seen::default(),
        // A pause that was asked for stays one.
        Err(Outcome::Retry { problem, detail, at }) if problem != Problem::Throttled => {
            return Err(Outcome::Retry {
                problem: Problem::Conflict,
                detail,
                at,
            });
        }
        Err(outcome) => return Err(outcome),
    };
    if seen.is_desired(&work.row) {
        return Ok((Outcome::Delivered, work.stamp));
    }
    if !work.row.overwrite
        && let Some(teachers) = teachers(&seen, work)
    {
        return Ok((teachers, work.stamp));
    }
    let known = seen.at.map_or(work.stamp, |at| at.max(work.stamp));
    match next_stamp(app.clock().now().naive_utc(), Some(known)) {
        Stamp::Use(stamp) if post(app, work, stamp).await? => Ok((Outcome::Delivered, stamp)),
        Stamp::Use(stamp) => Ok((conflict(None), stamp)),
        // Its time, not ours: it may be mended before then.
        Stamp::Wait(until) => Ok((conflict(Some(until)), work.stamp)),
    }
}

fn teachers(seen: &Seen, work: &Work) -> Option<Outcome> {
    Some(Outcome::Kept {
        score: seen.teachers(&work.row)?,
        maximum: seen.maximum,
        problem: None,
    })
}

fn conflict(at: Option<Timestamp>) -> Outcome {
    Outcome::Retry {
        problem: Problem::Conflict,
        detail: "409".to_owned(),
        at,
    }
}

// True when it is stored, false for a conflict.
async fn post(app: &App, work: &Work, stamp: Timestamp) -> Step<bool> {
    let row = &work.row;
    let score = Score {
        user_id: work.user_id.clone(),
        score_given: row.score,
        score_maximum: row.maximum,
        comment: row.comment.clone(),
        timestamp: stamp.and_utc(),
        // Anything else would empty a grade that stands (moodle.md 0.2).
        activity_progress: ActivityProgress::Completed,
        grading_progress: GradingProgress::FullyGraded,
        started_at: row.started_at.map(|at| at.and_utc()),
        submitted_at: row.submitted_at.map(|at| at.and_utc()),
    };
    let caller = service::caller_now(app, &work.target)
        .await
        .map_err(|error| setup(error.to_string()))?;
    let answer = scores::post(app.outbound(), &caller, &work.line_item_url, &score)
        .await
        .map_err(|error| of_call(&error, Problem::Other))?;
    let at = answer.retry_at.map(|at| at.naive_utc());
    match answer.verdict {
        ScoreVerdict::Delivered => Ok(true),
        ScoreVerdict::Conflict => Ok(false),
        ScoreVerdict::Unauthorized => Err(Outcome::Retry {
            problem: Problem::Token,
            detail: answer.status.to_string(),
            at,
        }),
        ScoreVerdict::Throttled => Err(Outcome::Retry {
            problem: Problem::Throttled,
            detail: answer.status.to_string(),
            at,
        }),
        ScoreVerdict::Transient { detail } => Err(Outcome::Retry {
            problem: unreachable_or_paused(at.is_some()),
            detail,
            at,
        }),
        ScoreVerdict::Permanent { reason, detail } => Err(Outcome::Refused {
            problem: of_reason(reason),
            detail,
        }),
    }
}

fn of_reason(reason: PermanentReason) -> Problem {
    match reason {
        PermanentReason::NotGradable => Problem::NotEnrolled,
        PermanentReason::Locked => Problem::Locked,
        PermanentReason::Forbidden => Problem::Forbidden,
        PermanentReason::NoSuchColumn => Problem::ColumnGone,
        PermanentReason::BadRequest => Problem::Other,
    }
}

// What nobody's waiting would mend is refused; what an administrator may set
// right at any time is tried again.
fn of_call(error: &CallError, refused: Problem) -> Outcome {
    let detail = error.to_string();
    if error.retryable() {
        let at = error.retry_at().map(|at| at.naive_utc());
        let throttled = matches!(error, CallError::Status { status: 429, .. });
        let problem = unreachable_or_paused(throttled || at.is_some());
        return Outcome::Retry { problem, detail, at };
    }
    let problem = match (error, error.code()) {
        (
            CallError::Status {
                status: 404 | 410, ..
            },
            _,
        ) => Problem::ColumnGone,
        (CallError::Status { status: 401, .. }, _) => {
            return Outcome::Retry {
                problem: Problem::Token,
                detail,
                at: None,
            };
        }
        (CallError::Status { .. }, _) => refused,
        (
            CallError::Unreachable {
                cause: Cause::AddressFilter | Cause::NoAuthorities,
                ..
            },
            _,
        ) => {
            return setup(detail);
        }
        (_, lti::Code::SvcScope) => Problem::Scope,
        (_, lti::Code::SvcOrigin) => Problem::Origin,
        (_, lti::Code::AgsValue) => Problem::Value,
        _ => return setup(detail),
    };
    Outcome::Refused { problem, detail }
}

fn unreachable_or_paused(asked_for_a_pause: bool) -> Problem {
    if asked_for_a_pause {
        Problem::Throttled
    } else {
        Problem::Unreachable
    }
}

fn setup(detail: String) -> Outcome {
    Outcome::Retry {
        problem: Problem::Setup,
        detail,
        at: None,
    }
}

async fn read(app: &App, work: &Work) -> Step<Seen> {
    let caller = service::caller_now(app, &work.target)
        .await
        .map_err(|error| setup(error.to_string()))?;
    let found = results::read(app.outbound(), &caller, &work.line_item_url, Some(&work.user_id))
        .await
        .map_err(|error| match of_call(&error, Problem::Results) {
            Outcome::Refused {
                problem: Problem::Scope,
                detail,
            } => Outcome::Refused {
                problem: Problem::Results,
                detail,
            },
            outcome => outcome,
        })?;
    let own = found.into_iter().find(|result| result.user_id == work.user_id);
    Ok(own.map_or_else(Seen::default, |result| Seen {
        score: result.result_score,
        maximum: result.result_maximum,
        at: result.timestamp.map(|at| at.naive_utc()),
    }))
}

async fn settle(app: &App, work: &Work, ended: Ended) -> Result<()> {
    let now = app.clock().now().naive_utc();
    let random = u32::from_be_bytes(random::bytes::<4>());
    let settlement = settlement_of(&work.row, &ended, now, random);
    let (row, lease) = (work.row.clone(), work.lease.clone());
    app.db()
        .write(move |c| {
            if !grades::settle(c, &row.id, &lease, row.revision, &settlement)? {
                tracing::warn!(delivery = row.id, "the lease was over before the delivery was");
            }
            match ended.outcome {
                Outcome::Refused {
                    problem: Problem::ColumnGone,
                    ..
                } => check::hasten(c, &row.grade_column_id, now)?,
                _ => check::schedule(c, &row.grade_column_id, now)?,
            }
            match ended.outcome {
                Outcome::Delivered if row.tries > 0 => {
                    grades::hasten(c, &row.registration_id, Problem::Unreachable.as_str(), now)?;
                }
                Outcome::Retry {
                    problem: Problem::Throttled,
                    at: Some(at),
                    ..
                } => {
                    grades::pause(c, &row.registration_id, at.min(now + LONGEST_WAIT))?;
                }
                _ => {}
            }
            Ok(())
        })
        .await
}

fn settlement_of(row: &GradeDelivery, ended: &Ended, now: Timestamp, random: u32) -> Settlement {
    let before = Settlement {
        stamp: Some(ended.stamp),
        ..unchanged(row)
    };
    match &ended.outcome {
        Outcome::Delivered => Settlement {
            state: state::DELIVERED.to_owned(),
            tries: 0,
            sent_fractions: arrived(row),
            sent_revision: Some(row.revision),
            delivered_at: Some(now),
            problem_code: None,
            problem_detail: None,
            platform_score: None,
            platform_maximum: None,
            overwrite: false,
            ..before
        },
        Outcome::Kept {
            score,
            maximum,
            problem,
        } => Settlement {
            state: state::KEPT.to_owned(),
            problem_code: problem.map(|problem| problem.as_str().to_owned()),
            problem_detail: None,
            platform_score: Some(*score),
            platform_maximum: *maximum,
            overwrite: false,
            ..before
        },
        Outcome::Retry { problem, detail, at } => Settlement {
            state: given_up_or_waiting(row, now).to_owned(),
            due_at: retry_at(now, row.tries, *at, random),
            tries: row.tries + 1,
            problem_code: Some(problem.as_str().to_owned()),
            problem_detail: Some(detail.clone()),
            ..before
        },
        Outcome::Refused { problem, detail } => Settlement {
            state: state::REFUSED.to_owned(),
            problem_code: Some(problem.as_str().to_owned()),
            problem_detail: Some(detail.clone()),
            overwrite: false,
            ..before
        },
    }
}

fn given_up_or_waiting(row: &GradeDelivery, now: Timestamp) -> &'static str {
    if gives_up(row.first_due_at, now) {
        state::PARKED
    } else {
        state::WAITING
    }
}

fn unchanged(row: &GradeDelivery) -> Settlement {
    let row = row.clone();
    Settlement {
        state: row.state,
        due_at: row.due_at,
        tries: row.tries,
        stamp: row.stamp,
        sent_fractions: row.sent_fractions,
        sent_revision: row.sent_revision,
        delivered_at: row.delivered_at,
        problem_code: row.problem_code,
        problem_detail: row.problem_detail,
        platform_score: row.platform_score,
        platform_maximum: row.platform_maximum,
        overwrite: row.overwrite,
    }
}
