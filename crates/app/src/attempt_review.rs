//! What is shown of an attempt that is only read: mark, grade, what markers
//! said, and from when on more is shown. Its questions are `attempt`'s.

use std::sync::Arc;

use ::assessment::{
    AttemptScore, AttemptState, Entry, MarkingPolicy, Outcome, Published, Rules, Visible, less_from, moment,
    more_from, visible,
};
use chrono::{DateTime, Utc};
use storage::{
    Connection, assessments,
    attempts::{self, Attempt},
    people,
    placements::GradeColumn,
};

use crate::{
    Result,
    activity::{self, Mark},
    attempt::{Review, Sibling},
    attempt_log, attempt_time,
    grade::{self, Delivery},
    json, launch, marking, regrade,
    session::{Role, Session},
    submission_review,
};

/// A version with the keys that its marks go by.
pub(crate) fn as_marked(
    connection: &mut Connection,
    attempt: &Attempt,
    published: Arc<Published>,
) -> Result<Arc<Published>> {
    let policy = policy_of(connection, attempt)?;
    let keyed = policy.and_then(|policy| policy.keyed(&published));
    Ok(keyed.map_or(published, Arc::new))
}

/// The policy in force for what the attempt pins.
fn policy_of(connection: &mut Connection, attempt: &Attempt) -> Result<Option<MarkingPolicy>> {
    let Some(version) = assessments::get_version(connection, &attempt.assessment_version_id)? else {
        return Ok(None);
    };
    let (_, policy) = regrade::policy_in_force(connection, &version.assessment_id)?;
    Ok(Some(policy))
}

/// What is shown of an attempt that is only read. It follows the rules in force now: a closing time that an
/// instructor moved later hides the right answers again.
pub(crate) fn review(
    connection: &mut Connection,
    session: &Session,
    attempt: &Attempt,
    column: &GradeColumn,
    rules: &Rules,
    entries: &[Entry],
    now: DateTime<Utc>,
) -> Result<Review> {
    let teaches = session.role == Role::Instructor;
    let submitted_at = attempt.submitted_at.map(|at| at.and_utc());
    let is_abandoned = attempt_log::state_of(attempt) == AttemptState::Abandoned;
    let ended_at = match is_abandoned {
        true => attempt.due_at.map(|due_at| due_at.and_utc()),
        false => submitted_at,
    };
    let at = moment(rules, ended_at, now);
    let visible = if teaches { Visible::ALL } else { visible(rules, at) };
    let outcome: Option<Outcome> = match attempts::find_outcome(connection, &attempt.id)? {
        Some(row) => Some(json::read(&row.content)?),
        None => None,
    };
    let marking = match policy_of(connection, attempt)? {
        Some(policy) => {
            marking::of_attempt(connection, session, visible, outcome.as_ref(), &policy, entries)?
        }
        None => marking::ReviewMarking::default(),
    };
    let outcome = outcome.filter(|_| visible.marks);
    let student = if teaches {
        let identity = people::get(connection, &attempt.identity_id)?;
        identity.and_then(|identity| launch::display_name(&identity, &session.locale))
    } else {
        None
    };
    let delivery = match visible.marks && !teaches {
        true => shown_grade(connection, session, attempt, column, rules, now)?,
        false => None,
    };
    let attempts = match teaches {
        true => siblings(connection, attempt, rules)?,
        false => Vec::new(),
    };
    Ok(Review {
        attempts,
        submitted_at,
        at_deadline: attempt.ended_by.as_deref() == Some("deadline"),
        more_from: if teaches { None } else { more_from(rules, at, now) },
        less_from: if teaches {
            None
        } else {
            less_from(rules, submitted_at, now)
        },
        is_abandoned,
        passed: attempt_time::passed(rules, outcome.as_ref()),
        mark: outcome.as_ref().map(|outcome| mark_of(outcome, column)),
        delivery,
        visible,
        outcome,
        student,
        marking,
    })
}

// The grade may come from other attempts, whose marks may be hidden.
fn shown_grade(
    connection: &mut Connection,
    session: &Session,
    attempt: &Attempt,
    column: &GradeColumn,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Option<Delivery>> {
    let all = attempts::list_marked(connection, &session.person_id, &attempt.placement_id)?;
    match activity::grade_is_shown(rules, &all, now) {
        true => grade::find(connection, column, &session.person_id),
        false => Ok(None),
    }
}

fn siblings(connection: &mut Connection, attempt: &Attempt, rules: &Rules) -> Result<Vec<Sibling>> {
    let found = attempts::list_marked(connection, &attempt.person_id, &attempt.placement_id)?;
    let counting = submission_review::counting(&found, rules.grade_from);
    let sibling = |(place, marked): (usize, attempts::Marked)| Sibling {
        number: marked.attempt.number,
        is_open: attempt_log::state_of(&marked.attempt) == AttemptState::Open,
        counts: counting == Some(place),
        id: marked.attempt.id,
    };
    Ok(found.into_iter().enumerate().map(sibling).collect())
}

fn mark_of(outcome: &Outcome, column: &GradeColumn) -> Mark {
    let points = AttemptScore {
        score: outcome.score,
        maximum: outcome.maximum,
    };
    Mark::of(points, column)
}
