//! What stands behind an activity of the platform: the quiz's front page for a
//! student, the gradebook for an instructor, or nothing yet.
//!
//! The rules on this page are those of the version that is published now, as
//! they are in force for the student; a running attempt keeps the ones of its
//! own version.

use std::sync::Arc;

use ::assessment::{
    AttemptScore, AttemptState, Code as AttemptCode, GradeFrom, InForce, Published, Rules, can_start, moment,
    scaled, visible,
};
use chrono::{DateTime, Utc};
use storage::{
    Connection, assessments,
    attempts::{self, Marked},
    placements::{self, GradeColumn, Placement},
};

use crate::{
    App, Result, attempt_end, attempt_log,
    course::study,
    course_copy,
    grade::{self, Delivery},
    published::PublishedCache,
    rules,
    session::{Role, Session, Visitor, resolve},
};

/// Who finds what behind an activity.
#[derive(Debug, Clone)]
pub enum Front {
    /// A student: the quiz's front page.
    Student(Box<Start>),
    /// Somebody who neither learns nor teaches here: that there is a quiz, and its title.
    Guest {
        /// Who asks.
        session: Session,
        /// The quiz.
        published: Arc<Published>,
        /// Its version's id.
        version_id: String,
    },
    /// An instructor: the gradebook.
    Instructor(Session),
    /// An instructor who has to be asked first what is to become of a copied activity or course.
    Copied(Session),
    /// The course of that key, whole or a part of it.
    Course(Session, String),
    /// An administrator's session has no activity.
    Administrator(Session),
    /// A learner who came from no platform: to their courses.
    Account(Session),
    /// No quiz was chosen yet, or it is not published; an instructor may choose one.
    NoActivity(Session),
}

/// A quiz before, between and after a student's attempts.
#[derive(Debug, Clone)]
pub struct Start {
    /// Who asks.
    pub session: Session,
    /// The quiz as a new attempt would get it.
    pub published: Arc<Published>,
    /// The rules in force for the student.
    pub in_force: InForce,
    /// Its version's id.
    pub version_id: String,
    /// How many attempts were begun.
    pub begun: usize,
    /// Attempts that are over, the first one first.
    pub attempts: Vec<PastAttempt>,
    /// What can be done now.
    pub next: Next,
    /// Where the grade is; `None` before there is one, and while marks are hidden.
    pub delivery: Option<Delivery>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// An attempt in the list that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct PastAttempt {
    /// Its id.
    pub id: String,
    /// 1, 2, 3, …
    pub number: i64,
    /// When it was submitted, or its time was over.
    pub submitted_at: DateTime<Utc>,
    /// Its mark; `None` when the review rules hide marks.
    pub mark: Option<Mark>,
    /// Whether it is the one that gives the grade.
    pub counts: bool,
    /// Whether it reached the pass mark; `None` without one, and while its mark is hidden.
    pub passed: Option<bool>,
    /// Whether it was not submitted in time and counts for nothing.
    pub is_abandoned: bool,
    /// How many of its answers wait for a marker: until then its mark is provisional.
    pub waiting: usize,
}

/// What an attempt reached: as it counts in the column, and in points of its questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// On the column's scale.
    pub grade: f64,
    /// That scale.
    pub maximum: f64,
    /// The points that gave it.
    pub points: AttemptScore,
}

impl Mark {
    /// The mark for these points in a column of this scale.
    pub(crate) fn of(points: AttemptScore, column: &GradeColumn) -> Self {
        Self {
            grade: scaled(points.score, points.maximum, column.score_maximum),
            maximum: column.score_maximum,
            points,
        }
    }
}

/// What a student can do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Begin an attempt.
    Start,
    /// Go on with the open one.
    Continue {
        /// Seconds left by our clock; `None` without a limit.
        remaining_seconds: Option<i64>,
    },
    /// Nothing, for this reason, until then if waiting helps.
    Refused(AttemptCode, Option<DateTime<Utc>>),
}

/// What stands behind the session's activity.
///
/// # Errors
/// `WEB-SESSION`.
pub async fn open(app: &App, visitor: Visitor) -> Result<Front> {
    loop {
        let now = app.clock().now();
        let (cache, visitor) = (app.published().clone(), visitor.clone());
        let looked = app.db().read(move |c| look(c, &cache, &visitor, now)).await?;
        match looked {
            Looked::Front(front) => return Ok(*front),
            // A page never shows an attempt as open whose time is over.
            Looked::Overdue(attempt_id) => attempt_end::end(app, attempt_id).await?,
        };
    }
}

enum Looked {
    Front(Box<Front>),
    Overdue(String),
}

fn look(
    connection: &mut Connection,
    cache: &PublishedCache,
    visitor: &Visitor,
    now: DateTime<Utc>,
) -> Result<Looked> {
    let session = resolve(connection, visitor, now)?;
    let front = |front| Ok(Looked::Front(Box::new(front)));
    if session.role == Role::Administrator {
        return front(Front::Administrator(session));
    }
    if session.is_account() {
        return front(Front::Account(session));
    }
    if course_copy::asks(connection, &session)? {
        return front(Front::Copied(session));
    }
    if let Some(key) = study::course_of(connection, &session)? {
        return front(Front::Course(session, key));
    }
    let Some((placement, column)) = placement_of(connection, &session)? else {
        return front(Front::NoActivity(session));
    };
    if session.role == Role::Instructor {
        return front(Front::Instructor(session));
    }
    let Some((version_id, published)) = current(connection, cache, &placement)? else {
        return front(Front::NoActivity(session));
    };
    if session.role == Role::Other {
        return front(Front::Guest {
            session,
            published,
            version_id,
        });
    }
    let found = attempts::list_marked(connection, &session.person_id, &placement.id)?;
    if let Some(overdue) = found
        .iter()
        .find(|marked| attempt_log::is_overdue(&marked.attempt, now))
    {
        return Ok(Looked::Overdue(overdue.attempt.id.clone()));
    }
    let in_force = rules::of_session(connection, &session, &placement, &published.content.rules)?;
    let of_all = &published.content.rules;
    let for_review = rules::for_review(connection, &placement, &in_force.rules, of_all, now)?;
    let delivery = match grade_is_shown(&for_review, &found, now) {
        true => grade::find(connection, &column, &session.person_id)?,
        false => None,
    };
    front(Front::Student(Box::new(start_of(
        session,
        (version_id, published),
        (in_force, &for_review),
        delivery,
        &column,
        &found,
        now,
    ))))
}

/// The placement behind the session's activity.
pub(crate) fn placement_of(
    connection: &mut Connection,
    session: &Session,
) -> Result<Option<(Placement, GradeColumn)>> {
    match (&session.context_id, &session.resource_link_id) {
        (Some(context_id), Some(link_id)) => Ok(placements::find_by_link(connection, context_id, link_id)?),
        _ => Ok(None),
    }
}

/// The version that a new attempt at a placement gets; `None` before the first publishing.
pub(crate) fn current(
    connection: &mut Connection,
    cache: &PublishedCache,
    placement: &Placement,
) -> Result<Option<(String, Arc<Published>)>> {
    let Some(version_id) = assessments::published_version_id(connection, &placement.assessment_id)? else {
        return Ok(None);
    };
    let published = cache.get(connection, &version_id)?;
    Ok(Some((version_id, published)))
}

fn start_of(
    session: Session,
    (version_id, published): (String, Arc<Published>),
    (in_force, for_review): (InForce, &Rules),
    delivery: Option<Delivery>,
    column: &GradeColumn,
    found: &[Marked],
    now: DateTime<Utc>,
) -> Start {
    let former: Vec<_> = found
        .iter()
        .map(|marked| rules::former(&marked.attempt))
        .collect();
    let open = found
        .iter()
        .find(|marked| attempt_log::state_of(&marked.attempt) == AttemptState::Open);
    let next = match open {
        Some(open) => Next::Continue {
            remaining_seconds: attempt_log::remaining_seconds(&open.attempt, now),
        },
        None => match can_start(&in_force.rules, &former, now) {
            Ok(()) => Next::Start,
            Err(refused) => Next::Refused(refused.code, refused.possible_from),
        },
    };
    Start {
        begun: found.len(),
        attempts: past_attempts(for_review, column, found, now),
        in_force,
        delivery,
        session,
        published,
        version_id,
        next,
        now,
    }
}

fn past_attempts(
    rules: &Rules,
    column: &GradeColumn,
    found: &[Marked],
    now: DateTime<Utc>,
) -> Vec<PastAttempt> {
    let all_shown = grade_is_shown(rules, found, now);
    let submitted: Vec<(&Marked, AttemptScore)> = found
        .iter()
        .filter_map(|marked| {
            let outcome = marked.outcome.as_ref()?;
            marked.attempt.submitted_at?;
            Some((
                marked,
                AttemptScore {
                    score: outcome.score,
                    maximum: outcome.maximum,
                },
            ))
        })
        .collect();
    let scores: Vec<AttemptScore> = submitted.iter().map(|(_, score)| *score).collect();
    // Which one counts tells something of the marks.
    let counting = if all_shown {
        counting(&scores, rules.grade_from)
    } else {
        None
    };
    let past = |(index, (marked, score)): (usize, &(&Marked, AttemptScore))| PastAttempt {
        id: marked.attempt.id.clone(),
        number: marked.attempt.number,
        submitted_at: marked
            .attempt
            .submitted_at
            .unwrap_or(marked.attempt.started_at)
            .and_utc(),
        mark: marks_are_shown(rules, marked, now).then(|| Mark::of(*score, column)),
        counts: counting == Some(index),
        passed: rules
            .pass_percent
            .filter(|_| marks_are_shown(rules, marked, now))
            .map(|percent| score.passes(percent)),
        is_abandoned: false,
        waiting: grade::waiting(marked),
    };
    let abandoned = found
        .iter()
        .filter(|marked| attempt_log::state_of(&marked.attempt) == AttemptState::Abandoned)
        .map(abandoned);
    let mut all: Vec<PastAttempt> = submitted.iter().enumerate().map(past).chain(abandoned).collect();
    all.sort_by_key(|past| past.number);
    all
}

fn abandoned(marked: &Marked) -> PastAttempt {
    let attempt = &marked.attempt;
    PastAttempt {
        id: attempt.id.clone(),
        number: attempt.number,
        submitted_at: attempt.due_at.unwrap_or(attempt.started_at).and_utc(),
        mark: None,
        counts: false,
        passed: None,
        is_abandoned: true,
        waiting: 0,
    }
}

// Whether its student sees the marks of a submitted attempt.
fn marks_are_shown(rules: &Rules, marked: &Marked, now: DateTime<Utc>) -> bool {
    let submitted_at = marked.attempt.submitted_at.map(|at| at.and_utc());
    submitted_at.is_some() && visible(rules, moment(rules, submitted_at, now)).marks
}

/// Whether a student sees the grade of an activity, which comes from all
/// submitted attempts: while the marks of one are hidden, it would tell them.
pub(crate) fn grade_is_shown(rules: &Rules, found: &[Marked], now: DateTime<Utc>) -> bool {
    let mut submitted = found
        .iter()
        .filter(|marked| marked.attempt.submitted_at.is_some());
    submitted.all(|marked| marks_are_shown(rules, marked, now))
}

/// Which of the submitted attempts gives the grade alone; `None` for an average
/// and where there is no choice.
pub(crate) fn counting(scores: &[AttemptScore], grade_from: GradeFrom) -> Option<usize> {
    let last = scores.len().checked_sub(1)?;
    if last == 0 {
        return None;
    }
    match grade_from {
        GradeFrom::First => Some(0),
        GradeFrom::Last => Some(last),
        GradeFrom::Average => None,
        GradeFrom::Highest => {
            let better = |best: usize, next: usize| match (scores.get(best), scores.get(next)) {
                (Some(a), Some(b)) if b.fraction() > a.fraction() => next,
                _ => best,
            };
            Some((1..=last).fold(0, better))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attempt_that_gives_the_grade_is_marked() {
        #[track_caller]
        fn check(scores: &[f64], grade_from: GradeFrom, expected: Option<usize>) {
            let scores: Vec<_> = scores
                .iter()
                .map(|score| AttemptScore {
                    score: *score,
                    maximum: 10.0,
                })
                .collect();
            assert_eq!(counting(&scores, grade_from), expected);
        }
        check(&[], GradeFrom::Highest, None);
        check(&[5.0], GradeFrom::Highest, None);
        check(&[5.0, 7.0, 7.0, 6.0], GradeFrom::Highest, Some(1));
        check(&[5.0, 7.0], GradeFrom::First, Some(0));
        check(&[5.0, 7.0, 1.0], GradeFrom::Last, Some(2));
        check(&[5.0, 7.0], GradeFrom::Average, None);
    }
}
