//! Grades on their way to the platform: what a column should show for a person,
//! where that grade is, and sending it again.

mod check;
mod deliver;
mod desired;
pub(crate) mod module;
mod progress;
mod result;
mod schedule;

use ::assessment::{AssessmentContent, GradeFrom, Rules};
use chrono::{DateTime, Utc};
use storage::{
    Connection, Timestamp, assessments, attempts, columns, contexts, course_placements,
    grades::{self, Desired, GradeDelivery, state},
    people,
    placements::{self, GradeColumn, Placement},
    registration_joins,
};

pub(crate) use check::{check_due, check_now};
pub use deliver::deliver_due;
pub(crate) use desired::{Contribution, desired, provisional, waiting};
pub use progress::{Delivery, Progress};
pub(crate) use progress::{delivery_of, find, is_emptied, platform_label};
pub(crate) use result::is_ours;

use crate::{
    App, Error, Result, activity,
    course::{placed, record},
    random,
    session::{Role, Session, Visitor, instructor_for_change, resolve_for_change},
};

/// Why a grade did not arrive. The names are stable: they are stored, and pages have a text for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// No answer, or none that makes sense.
    Unreachable,
    /// The platform asked for a pause.
    Throttled,
    /// The platform holds a newer score and does not let ours in.
    Conflict,
    /// The platform does not take our tokens.
    Token,
    /// Something between us and the platform has to be set up first.
    Setup,
    /// The person is not enrolled as a student there.
    NotEnrolled,
    /// The grade or its column is locked.
    Locked,
    /// We may not write to this column.
    Forbidden,
    /// The column is gone.
    ColumnGone,
    /// The platform does not take this value.
    Value,
    /// The platform did not grant the grade service to us.
    Scope,
    /// The column lies at an address that our tokens may not go to.
    Origin,
    /// What stands in the column cannot be read, and it might be a teacher's.
    Results,
    /// The platform keeps the teacher's grade though ours was sent in its place.
    Overridden,
    /// Refused without a reason.
    Other,
}

impl Problem {
    /// All of them.
    pub const ALL: [Problem; 15] = [
        Problem::Unreachable,
        Problem::Throttled,
        Problem::Conflict,
        Problem::Token,
        Problem::Setup,
        Problem::NotEnrolled,
        Problem::Locked,
        Problem::Forbidden,
        Problem::ColumnGone,
        Problem::Value,
        Problem::Scope,
        Problem::Origin,
        Problem::Results,
        Problem::Overridden,
        Problem::Other,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Throttled => "throttled",
            Self::Conflict => "conflict",
            Self::Token => "token",
            Self::Setup => "setup",
            Self::NotEnrolled => "not-enrolled",
            Self::Locked => "locked",
            Self::Forbidden => "forbidden",
            Self::ColumnGone => "column-gone",
            Self::Value => "value",
            Self::Scope => "scope",
            Self::Origin => "origin",
            Self::Results => "results",
            Self::Overridden => "overridden",
            Self::Other => "other",
        }
    }

    fn of(stored: Option<&str>) -> Self {
        let named = Self::ALL
            .into_iter()
            .find(|problem| Some(problem.as_str()) == stored);
        named.unwrap_or(Self::Other)
    }
}

/// Whose grades an instructor sends again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// The visitor's own.
    Own,
    /// This person's.
    Person(String),
    /// Everybody's that were refused or given up.
    Failed,
    /// Everybody's that had arrived and are not there any more.
    Emptied,
}

/// Which column of the session's context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one of the session's activity.
    Activity,
    /// The weighted one of the module.
    Module,
}

/// Sends grades again: a student's own one, or what an instructor names. A
/// teacher's value that was seen stays, unless it is no longer there. A pause
/// that the platform asked for is kept; a second press within a minute changes nothing.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when there is no such grade.
pub async fn send_again(app: &App, visitor: Visitor, which: Which, whose: Whose) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let column = column_of(c, &session, which)?;
            let now = now.naive_utc();
            match whose {
                // Whoever took it away decides whether it comes back.
                Whose::Own if person_is_emptied(c, &column, &session.person_id)? => {}
                Whose::Own => resend(c, &column, &session.person_id, false, now)?,
                Whose::Person(person_id) => {
                    session.require(Role::Instructor)?;
                    resend(c, &column, &person_id, false, now)?;
                }
                Whose::Failed => {
                    session.require(Role::Instructor)?;
                    for row in grades::list(c, &column.id)? {
                        if row.state == state::REFUSED || row.state == state::PARKED {
                            resend(c, &column, &row.person_id, false, now)?;
                        }
                    }
                }
                Whose::Emptied => {
                    session.require(Role::Instructor)?;
                    for row in grades::list(c, &column.id)? {
                        if is_emptied(&row) {
                            resend(c, &column, &row.person_id, false, now)?;
                        }
                    }
                }
            }
            Ok(session)
        })
        .await
}

/// Puts our grade in the place of a teacher's, once.
///
/// # Errors
/// As [`send_again`]; instructors only.
pub async fn overwrite(app: &App, visitor: Visitor, which: Which, person_id: String) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let column = column_of(c, &session, which)?;
            resend(c, &column, &person_id, true, now.naive_utc())?;
            Ok(session)
        })
        .await
}

fn column_of(connection: &mut Connection, session: &Session, which: Which) -> Result<GradeColumn> {
    let found = match (which, session.context_id.as_deref()) {
        (Which::Activity, _) => match activity::placement_of(connection, session)? {
            Some((_, column)) => Some(column),
            None => placed::column_of(connection, session)?,
        },
        (Which::Module, Some(context_id)) => columns::find_module(connection, context_id)?,
        (Which::Module, None) => None,
    };
    found.ok_or_else(|| Error::not_found("the session has no such column"))
}

fn person_is_emptied(connection: &mut Connection, column: &GradeColumn, person_id: &str) -> Result<bool> {
    let row = grades::find(connection, &column.id, person_id)?;
    Ok(row.is_some_and(|row| is_emptied(&row)))
}

fn resend(
    connection: &mut Connection,
    column: &GradeColumn,
    person_id: &str,
    overwrite: bool,
    now: Timestamp,
) -> Result<()> {
    grades::lock_person(connection, person_id)?;
    let Some(row) = grades::find(connection, &column.id, person_id)? else {
        return Err(Error::not_found("there is no such grade"));
    };
    if let Some(due_at) = schedule::resend_at(&row, overwrite, now) {
        grades::send_again(connection, &column.id, person_id, overwrite, due_at, now)?;
    }
    Ok(())
}

/// Owes what an attempt at a placement changes: in its own column, and in the module's that it contributes to.
///
/// # Errors
/// As [`owe`].
pub(crate) fn owe_all(
    connection: &mut Connection,
    placement_id: &str,
    own: &GradeColumn,
    person_id: &str,
    identity_id: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    owe(connection, own, person_id, identity_id, now)?;
    for column in columns::list_modules_of(connection, placement_id)? {
        owe(connection, &column, person_id, identity_id, now)?;
    }
    record::follow_attempts(connection, placement_id, person_id, identity_id, now)
}

/// What somebody reached at a placement, in percent; `None` while nothing was submitted. What waits for a marker is
/// worth what it has so far.
pub(crate) fn percent_at(
    connection: &mut Connection,
    placement: &Placement,
    person_id: &str,
) -> Result<Option<f64>> {
    let contribution = contribution(connection, placement, person_id)?;
    Ok(provisional(&[contribution], 100.0))
}

/// Whether something that somebody submitted at a placement waits for a marker.
pub(crate) fn waits_at(connection: &mut Connection, placement: &Placement, person_id: &str) -> Result<bool> {
    let marked = attempts::list_marked(connection, person_id, &placement.id)?;
    let mut submitted = marked
        .iter()
        .filter(|marked| marked.attempt.submitted_at.is_some());
    Ok(submitted.any(|marked| waiting(marked) > 0))
}

/// Works out what the column should show for the person from all attempts that
/// count, and queues it when it differs from what is on its way. To be called
/// in the transaction that changed an outcome. Somebody whom the column's
/// platform does not know is never graded there, nor is its test user.
pub(crate) fn owe(
    connection: &mut Connection,
    column: &GradeColumn,
    person_id: &str,
    identity_id: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(registration_id) = platform_of(connection, column, identity_id)? else {
        return Ok(());
    };
    grades::lock_person(connection, person_id)?;
    let Some(wanted) = wanted(connection, column, person_id, now)? else {
        return Ok(());
    };
    let now = now.naive_utc();
    let goes_on = match &column.line_item_url {
        Some(_) => state::WAITING,
        None => state::NO_COLUMN,
    };
    match grades::find(connection, &column.id, person_id)? {
        None => {
            let row = new_row(
                column,
                person_id,
                identity_id,
                &registration_id,
                wanted,
                goes_on,
                now,
            );
            grades::insert(connection, &row)?;
        }
        Some(row) if same(&row, &wanted) => {}
        Some(row) => {
            // The teacher's value stays until somebody says otherwise.
            let goes_on = if row.state == state::KEPT {
                state::KEPT
            } else {
                goes_on
            };
            let due_at = schedule::changed_at(&row, now);
            grades::change(connection, &column.id, person_id, &wanted, goes_on, due_at, now)?;
        }
    }
    Ok(())
}

/// A column's address changed: what waits for one is sent, to the new one.
pub(crate) fn follow_column(
    connection: &mut Connection,
    column_id: &str,
    line_item_url: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    match line_item_url {
        Some(_) => grades::column_moved(connection, column_id, now)?,
        None => grades::column_lost(connection, column_id)?,
    };
    Ok(())
}

/// Which attempt gives the grade at a placement, by the version published now.
pub(crate) fn grade_from(connection: &mut Connection, placement: &Placement) -> Result<GradeFrom> {
    Ok(rules(connection, placement)?.grade_from)
}

/// The rules at a placement, by the version published now.
pub(crate) fn rules(connection: &mut Connection, placement: &Placement) -> Result<Rules> {
    let Some(version_id) = assessments::published_version_id(connection, &placement.assessment_id)? else {
        return Ok(Rules::default());
    };
    let Some(version) = assessments::get_version(connection, &version_id)? else {
        return Ok(Rules::default());
    };
    let content: AssessmentContent =
        serde_json::from_str(&version.content).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(content.rules)
}

/// What the column should show for the person; `None` while nothing was submitted.
fn wanted(
    connection: &mut Connection,
    column: &GradeColumn,
    person_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<Desired>> {
    if column.kind == placements::MODULE {
        return module::wanted(connection, column, person_id, now);
    }
    if column.kind == course_placements::COURSE {
        return record::wanted(connection, column, person_id);
    }
    let contributions = contributions(connection, column, person_id)?;
    Ok(desired(&contributions, column.score_maximum))
}

fn contributions(
    connection: &mut Connection,
    column: &GradeColumn,
    person_id: &str,
) -> Result<Vec<Contribution>> {
    let mut contributions = Vec::new();
    for placement in placements::list_by_column(connection, &column.id)? {
        contributions.push(contribution(connection, &placement, person_id)?);
    }
    Ok(contributions)
}

fn contribution(connection: &mut Connection, placement: &Placement, person_id: &str) -> Result<Contribution> {
    Ok(Contribution {
        weight: placement.weight,
        grade_from: grade_from(connection, placement)?,
        attempts: attempts::list_marked(connection, person_id, &placement.id)?,
    })
}

// The registration of the column's platform, when the identity is a real one of its own.
fn platform_of(
    connection: &mut Connection,
    column: &GradeColumn,
    identity_id: &str,
) -> Result<Option<String>> {
    let identity =
        people::get(connection, identity_id)?.filter(|identity| identity.kind != people::TEST_USER);
    let of_identity = identity.and_then(|identity| identity.registration_id);
    let of_column = contexts::registration_id(connection, &column.context_id)?;
    let (Some(of_identity), Some(of_column)) = (of_identity, of_column) else {
        return Ok(None);
    };
    // An attempt may have begun before its Moodle moved.
    let is_its_own = of_identity == of_column
        || registration_joins::joined(connection, &of_column)?
            .iter()
            .any(|(_, other)| *other == of_identity);
    Ok(is_its_own.then_some(of_column))
}

fn same(row: &GradeDelivery, wanted: &Desired) -> bool {
    row.score == wanted.score
        && row.maximum == wanted.maximum
        && row.comment == wanted.comment
        && row.started_at == wanted.started_at
        && row.submitted_at == wanted.submitted_at
}

fn new_row(
    column: &GradeColumn,
    person_id: &str,
    identity_id: &str,
    registration_id: &str,
    wanted: Desired,
    state: &str,
    now: Timestamp,
) -> GradeDelivery {
    GradeDelivery {
        id: random::id(),
        grade_column_id: column.id.clone(),
        person_id: person_id.to_owned(),
        identity_id: identity_id.to_owned(),
        registration_id: registration_id.to_owned(),
        score: wanted.score,
        maximum: wanted.maximum,
        comment: wanted.comment,
        started_at: wanted.started_at,
        submitted_at: wanted.submitted_at,
        revision: 1,
        state: state.to_owned(),
        due_at: now,
        first_due_at: now,
        tries: 0,
        lease: None,
        leased_until: None,
        stamp: None,
        sent_fractions: "[]".to_owned(),
        sent_revision: None,
        delivered_at: None,
        problem_code: None,
        problem_detail: None,
        platform_score: None,
        platform_maximum: None,
        overwrite: false,
        pressed_at: None,
        created_at: now,
        emptied_at: None,
    }
}
