//! The clock of running attempts: set anew when the rules for their students
//! change, moved when somebody grants time, stopped for a break. Each move is a
//! line of the attempt's log.

use ::assessment::{
    AttemptClock, AttemptScore, EntryKind, GrantCause, InForce, Moment, Outcome, Published, Rules, TimeGrant,
    WhenTimeIsOver, WriterId, attempt_clock, visible,
};
use chrono::{DateTime, Duration, Utc};
use storage::{
    Connection,
    attempts::{self, Attempt},
    sessions,
};

use crate::{
    Result,
    attempt::Phase,
    attempt_log::{self, OpenLog},
    json,
    published::PublishedCache,
    rules,
    session::Session,
};

/// How much longer than its attempt a session lives: for reading the result.
pub(crate) const AFTER_THE_END: Duration = Duration::hours(1);

/// What there is to say of the time of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// What happens when it is over.
    pub when_over: WhenTimeIsOver,
    /// Seconds of breaks that its student has left; 0 where there is no clock to stop.
    pub break_seconds_left: i64,
}

/// What moves a clock, and who did it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cause<'a> {
    /// The rules for the student changed.
    Rules,
    /// Somebody grants, under an id that those granted together share.
    Granted { seconds: i64, grant: &'a str },
    /// Somebody takes a grant back.
    Undone { seconds: i64, grant: &'a str },
}

/// Sets the clocks of these attempts anew, by the session's person, and writes the
/// lines that explain it; answers how many of them moved.
pub(crate) fn move_clocks(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: &Session,
    attempt_ids: &[String],
    cause: Cause<'_>,
    now: DateTime<Utc>,
) -> Result<usize> {
    let mut moved = 0;
    for id in attempt_ids {
        moved += usize::from(move_clock(connection, cache, session, id, cause, now)?);
    }
    Ok(moved)
}

// False when the attempt runs no more, or nothing moves.
fn move_clock(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: &Session,
    attempt_id: &str,
    cause: Cause<'_>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let Some(attempt) = attempts::reserve_if_open(connection, attempt_id)? else {
        return Ok(false);
    };
    let published = cache.get(connection, &attempt.assessment_version_id)?;
    let entries = attempt_log::read_log(connection, attempt_id)?;
    let in_force = in_force_of(connection, &attempt, &published, &session.organisation_id)?;
    let clock = attempt_clock(&in_force, attempt.started_at.and_utc(), &entries, now);
    let (granted, grant, undoes) = match cause {
        Cause::Rules => (0, None, None),
        Cause::Granted { seconds, grant } => (seconds, Some(grant), None),
        Cause::Undone { seconds, grant } => (-seconds, None, Some(grant)),
    };
    let due_at = clock
        .due_at
        .and_then(|due_at| due_at.checked_add_signed(Duration::seconds(granted)));
    let before = attempt.due_at.map(|due_at| due_at.and_utc());
    let is_moved = due_at != before && (cause_is_rules(cause) || due_at.is_some());
    let same_break = clock.break_ends_at.map(|at| at.naive_utc()) == attempt.break_ends_at;
    if attempt_log::is_overdue(&attempt, now) || (!is_moved && same_break) {
        attempts::set_last_position(connection, attempt_id, attempt.last_position - 1)?;
        return Ok(false);
    }
    let said = TimeGrant {
        seconds: match cause {
            Cause::Rules => moved_by(before, due_at),
            Cause::Granted { .. } | Cause::Undone { .. } => granted,
        },
        cause: match cause {
            Cause::Rules => GrantCause::Rules,
            Cause::Granted { .. } | Cause::Undone { .. } => GrantCause::Granted,
        },
        due_at,
        by: Some(session.person_id.clone()),
        grant: grant.map(str::to_owned),
        undoes: undoes.map(str::to_owned),
    };
    let mut log = OpenLog::of(connection, &attempt, published.clone(), WriterId::server(), 1)?;
    log.append_by_server(EntryKind::TimeGranted, None, &json::write(&said)?, now)?;
    log.write(connection, None, now)?;
    set(
        connection,
        &attempt,
        &published,
        AttemptClock { due_at, ..clock },
        now,
    )?;
    Ok(true)
}

fn cause_is_rules(cause: Cause<'_>) -> bool {
    matches!(cause, Cause::Rules)
}

fn moved_by(before: Option<DateTime<Utc>>, after: Option<DateTime<Utc>>) -> i64 {
    let both = before.zip(after);
    both.map_or(0, |(before, after)| {
        after.signed_duration_since(before).num_seconds()
    })
}

/// Keeps a clock with its attempt, and lets the student's sessions live as long.
pub(crate) fn set(
    connection: &mut Connection,
    attempt: &Attempt,
    published: &Published,
    clock: AttemptClock,
    now: DateTime<Utc>,
) -> Result<()> {
    let due_at = clock.due_at.map(|at| at.naive_utc());
    let break_ends_at = clock.break_ends_at.map(|at| at.naive_utc());
    let submit_until = submit_until(published, clock.due_at).map(|at| at.naive_utc());
    attempts::set_clock(connection, &attempt.id, due_at, submit_until, break_ends_at)?;
    if let Some(until) = submit_until {
        sessions::extend_of_person(
            connection,
            &attempt.person_id,
            now.naive_utc(),
            until + AFTER_THE_END,
        )?;
    }
    Ok(())
}

/// Until when an attempt that is due then may be submitted.
pub(crate) fn submit_until(published: &Published, due_at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let grace = published.content.rules.when_time_is_over.grace();
    due_at.map(|due_at| due_at.checked_add_signed(grace).unwrap_or(due_at))
}

/// The rules in force for an attempt: those of the version that it pins.
pub(crate) fn in_force_of(
    connection: &mut Connection,
    attempt: &Attempt,
    published: &Published,
    organisation_id: &str,
) -> Result<InForce> {
    rules::in_force(
        connection,
        organisation_id,
        &attempt.person_id,
        &attempt.placement_id,
        &published.content.rules,
    )
}

/// How an open attempt stands for its student.
pub(crate) fn phase(attempt: &Attempt, rules: &Rules, now: DateTime<Utc>) -> Phase {
    let due_at = attempt.due_at.map(|due_at| due_at.and_utc());
    let breaks = attempt
        .break_ends_at
        .map(|at| at.and_utc())
        .filter(|until| now < *until);
    if let Some((due_at, until)) = due_at.zip(breaks) {
        let remaining_seconds = due_at.signed_duration_since(until).num_seconds().max(0);
        return Phase::Break {
            remaining_seconds,
            ends_at: until,
        };
    }
    let until = attempt.submit_until.map(|until| until.and_utc());
    match until.filter(|until| due_at.is_some_and(|due_at| due_at <= now && due_at < *until)) {
        Some(submit_until) => Phase::Late { submit_until },
        None => Phase::Running {
            remaining_seconds: attempt_log::remaining_seconds(attempt, now),
            visible: visible(rules, Moment::During),
        },
    }
}

/// Whether an outcome reaches the pass mark; `None` without one or the other.
pub(crate) fn passed(rules: &Rules, outcome: Option<&Outcome>) -> Option<bool> {
    let points = outcome.map(|outcome| AttemptScore {
        score: outcome.score,
        maximum: outcome.maximum,
    });
    Some(points?.passes(rules.pass_percent?))
}
