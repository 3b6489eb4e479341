//! What the gradebook says of a student about time: the attempt that runs,
//! those that were abandoned, and whether the grade reaches the pass mark.

use ::assessment::{AttemptScore, AttemptState, Rules, column_grade};
use chrono::{DateTime, Utc};
use storage::attempts::{Attempt, Marked};

use crate::attempt_log;

/// An attempt that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its id.
    pub id: String,
    /// When it ends; `None` when nothing ends it.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether its student has a break.
    pub is_on_break: bool,
}

pub(super) struct Timed {
    pub(super) running: Option<Running>,
    /// Number and id of each, the first one first.
    pub(super) abandoned: Vec<(i64, String)>,
    pub(super) passed: Option<bool>,
}

pub(super) fn timed(attempts: &[Marked], rules: &Rules, now: DateTime<Utc>) -> Timed {
    let in_state = |state| {
        let own = attempts
            .iter()
            .filter(move |marked| attempt_log::state_of(&marked.attempt) == state);
        own.map(|marked| &marked.attempt)
    };
    Timed {
        running: in_state(AttemptState::Open)
            .next()
            .map(|attempt| running(attempt, now)),
        abandoned: in_state(AttemptState::Abandoned)
            .map(|attempt| (attempt.number, attempt.id.clone()))
            .collect(),
        passed: passed(attempts, rules),
    }
}

fn running(attempt: &Attempt, now: DateTime<Utc>) -> Running {
    Running {
        id: attempt.id.clone(),
        due_at: attempt.due_at.map(|at| at.and_utc()),
        is_on_break: attempt.break_ends_at.is_some_and(|until| now.naive_utc() < until),
    }
}

fn passed(attempts: &[Marked], rules: &Rules) -> Option<bool> {
    let scores: Vec<AttemptScore> = attempts
        .iter()
        .filter(|marked| marked.attempt.submitted_at.is_some())
        .filter_map(|marked| marked.outcome.as_ref())
        .map(|outcome| AttemptScore {
            score: outcome.score,
            maximum: outcome.maximum,
        })
        .collect();
    let grade = column_grade(&scores, rules.grade_from)?;
    Some(grade.passes(rules.pass_percent?))
}
