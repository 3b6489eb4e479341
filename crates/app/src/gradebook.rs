//! The instructor's view of one activity: who has not started, what the others
//! reached, where their grades are, and what the platform shows instead.
//!
//! The platform's results are read when the page opens. When it does not answer
//! in time the page opens without them and says so.

mod column;
mod names;

use std::{collections::HashMap, time::Duration};

use ::assessment::GradeFrom;
use chrono::{DateTime, Utc};
use lti::ags::{LineItemResult, SCOPE_LINE_ITEM};
use outbound::results;
use storage::{
    Connection, assessments,
    attempts::{self, Marked},
    contexts::{self, Context, Enrolment},
    grades::{self, GradeDelivery},
    people::Identity,
    placements::{GradeColumn, Placement},
    registrations::{self, Registration},
};
use text::Text;

pub use column::make_column;

use crate::{
    App, Error, Result, activity,
    grade::{self, Contribution, Delivery, Problem, desired},
    launch, roster, service,
    session::{Role, Session, Visitor, resolve},
};

/// How long a page waits for the platform.
const PATIENCE: Duration = Duration::from_secs(8);

/// One activity's gradebook.
#[derive(Debug, Clone)]
pub struct Gradebook {
    /// Who asks.
    pub session: Session,
    /// What the activity opens.
    pub assessment_id: String,
    /// Its name.
    pub title: Text,
    /// What people call the platform.
    pub platform: String,
    /// The column in the platform's gradebook.
    pub column: Column,
    /// The member list.
    pub roster: Roster,
    /// Whether the platform's own grades could be read.
    pub live: Live,
    /// Everybody who learns here, in the reader's order of names.
    pub students: Vec<Student>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// The column that the grades go to.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Whether there is one.
    pub exists: bool,
    /// Whether we could make one.
    pub can_be_made: bool,
    /// The scale of the grades.
    pub maximum: f64,
}

/// The member list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Whether the platform shares it.
    pub is_shared: bool,
    /// When it was read last.
    pub read_at: Option<DateTime<Utc>>,
    /// Whether reading it failed just now.
    pub has_failed: bool,
}

/// The platform's own grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// Read.
    Read,
    /// The platform did not answer, or not with grades.
    Failed,
    /// There is no column.
    NoColumn,
}

/// A student in the list.
#[derive(Debug, Clone)]
pub struct Student {
    /// Whom the buttons name.
    pub person_id: String,
    /// The name in the reader's order; empty when the platform shares none.
    pub name: Option<String>,
    /// How far they are.
    pub progress: Progress,
    /// Number and id of each submitted attempt, the first one first.
    pub attempts: Vec<(i64, String)>,
    /// When the last one was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The grade that the column should show, on its scale.
    pub grade: Option<f64>,
    /// Where that grade is.
    pub delivery: Option<Delivery>,
    /// What the platform shows.
    pub shown: Shown,
    /// Whether the platform's list no longer names them.
    pub has_left: bool,
}

/// How far somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// No attempt.
    NotStarted,
    /// An open attempt, and none submitted.
    Open,
    /// At least one was submitted.
    Submitted,
}

/// What the platform shows of somebody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    /// Ours, nothing where nothing is due, or we do not know.
    AsExpected,
    /// A value that we never sent, with its scale: a teacher's.
    Teachers {
        /// The mark.
        score: f64,
        /// Its scale.
        maximum: f64,
        /// Whether the platform kept it though ours was sent in its place: it
        /// has to be taken back in the platform's gradebook first.
        stays: bool,
    },
    /// Nothing, though ours arrived: a teacher emptied it.
    Nothing,
}

/// The gradebook of the session's activity; `None` when there is no activity yet.
///
/// # Errors
/// `WEB-SESSION`; `WEB-FORBIDDEN` for all but instructors.
pub async fn open(app: &App, visitor: Visitor) -> Result<Option<Gradebook>> {
    let now = app.clock().now();
    let Some(seen) = app.db().read(move |c| see(c, &visitor, now)).await? else {
        return Ok(None);
    };
    let (roster_failed, live) = tokio::join!(refresh_roster(app, &seen), read_results(app, &seen));
    app.db()
        .read(move |c| gather(c, seen, roster_failed, live, now))
        .await
        .map(Some)
}

/// What a look at the session tells.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) session: Session,
    pub(crate) placement: Placement,
    pub(crate) column: GradeColumn,
    pub(crate) context: Context,
    pub(crate) registration: Registration,
}

fn see(connection: &mut Connection, visitor: &Visitor, now: DateTime<Utc>) -> Result<Option<Seen>> {
    let session = resolve(connection, visitor, now)?;
    seen_of(connection, session)
}

pub(crate) fn seen_of(connection: &mut Connection, session: Session) -> Result<Option<Seen>> {
    session.require(Role::Instructor)?;
    let Some((placement, column)) = activity::placement_of(connection, &session)? else {
        return Ok(None);
    };
    let context = contexts::get(connection, &placement.context_id)?;
    let registration_id = session.registration_id.as_deref().unwrap_or_default();
    let registration = registrations::get(connection, registration_id)?;
    let (Some(context), Some(registration)) = (context, registration) else {
        return Err(Error::not_found("the context is gone"));
    };
    Ok(Some(Seen {
        session,
        placement,
        column,
        context,
        registration,
    }))
}

// True when it failed. The first time the page waits for it; later on the loop
// reads it and the page shows the one that there is.
async fn refresh_roster(app: &App, seen: &Seen) -> bool {
    let now = app.clock().now().naive_utc();
    if !roster::is_old(&seen.context, now) {
        return false;
    }
    if seen.context.roster_read_at.is_none() {
        let read = tokio::time::timeout(PATIENCE, roster::refresh(app, &seen.context.id)).await;
        match read {
            Ok(Ok(())) => return false,
            Ok(Err(error)) => tracing::warn!(%error, "the member list could not be read"),
            Err(_elapsed) => tracing::warn!("the member list took too long"),
        }
    }
    let context = seen.context.clone();
    let wanted = app.db().write(move |c| roster::want(c, &context, now)).await;
    if let Err(error) = wanted {
        tracing::error!(%error, "the member list could not be asked for");
    }
    seen.context.roster_read_at.is_none()
}

async fn read_results(app: &App, seen: &Seen) -> std::result::Result<Option<Vec<LineItemResult>>, ()> {
    let Some(url) = &seen.column.line_item_url else {
        return Ok(None);
    };
    let target = service::target(&seen.registration);
    let caller = service::caller_now(app, &target).await.map_err(|_no_key| ())?;
    match tokio::time::timeout(PATIENCE, results::read(app.outbound(), &caller, url, None)).await {
        Ok(Ok(results)) => Ok(Some(results)),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the results of a column could not be read");
            Err(())
        }
        Err(_elapsed) => Err(()),
    }
}

fn gather(
    connection: &mut Connection,
    seen: Seen,
    roster_failed: bool,
    live: std::result::Result<Option<Vec<LineItemResult>>, ()>,
    now: DateTime<Utc>,
) -> Result<Gradebook> {
    // Read again: the member list may just have come.
    let context = contexts::get(connection, &seen.context.id)?.unwrap_or(seen.context);
    let assessment = assessments::get(connection, &seen.placement.assessment_id)?
        .ok_or_else(|| Error::not_found("the assessment is gone"))?;
    let platform = grade::platform_label(&seen.registration);
    let (state, results) = match live {
        Ok(Some(results)) => (Live::Read, Some(results)),
        Ok(None) => (Live::NoColumn, None),
        Err(()) => (Live::Failed, None),
    };
    let sources = Sources {
        grade_from: grade::grade_from(connection, &seen.placement)?,
        attempts: by_person(attempts::list_marked_of_all(
            connection,
            &context.id,
            &seen.placement.id,
        )?),
        deliveries: grades::list(connection, &seen.column.id)?
            .into_iter()
            .map(|row| (row.person_id.clone(), row))
            .collect(),
        results: results.map(|results| {
            results
                .into_iter()
                .map(|result| (result.user_id.clone(), result))
                .collect()
        }),
        weight: seen.placement.weight,
        maximum: seen.column.score_maximum,
        locale: seen.session.locale.clone(),
        roster_read_at: context.roster_read_at,
        platform: platform.clone(),
    };
    let enrolled = contexts::list_enrolments(connection, &context.id)?;
    Ok(Gradebook {
        title: serde_json::from_str(&assessment.title).map_err(|error| Error::Internal(error.to_string()))?,
        assessment_id: assessment.id,
        platform,
        column: Column {
            exists: seen.column.line_item_url.is_some(),
            can_be_made: may_make_columns(&context),
            maximum: seen.column.score_maximum,
        },
        roster: Roster {
            is_shared: context.memberships_url.is_some(),
            read_at: context.roster_read_at.map(|at| at.and_utc()),
            has_failed: roster_failed,
        },
        live: state,
        students: students(&sources, enrolled),
        session: seen.session,
        now,
    })
}

fn may_make_columns(context: &Context) -> bool {
    context.line_items_url.is_some()
        && context
            .ags_scopes
            .split(' ')
            .any(|scope| scope == SCOPE_LINE_ITEM)
}

struct Sources {
    grade_from: GradeFrom,
    attempts: HashMap<String, Vec<Marked>>,
    deliveries: HashMap<String, GradeDelivery>,
    results: Option<HashMap<String, LineItemResult>>,
    weight: f64,
    maximum: f64,
    locale: String,
    roster_read_at: Option<storage::Timestamp>,
    platform: String,
}

fn by_person(marked: Vec<Marked>) -> HashMap<String, Vec<Marked>> {
    let mut people: HashMap<String, Vec<Marked>> = HashMap::new();
    for one in marked {
        people.entry(one.attempt.person_id.clone()).or_default().push(one);
    }
    people
}

fn students(sources: &Sources, enrolled: Vec<(Enrolment, Identity)>) -> Vec<Student> {
    let mut students: Vec<(names::Key, Student)> = enrolled
        .into_iter()
        .filter(|(enrolment, _)| role_of(enrolment) == Some("learner"))
        .map(|(enrolment, identity)| {
            (
                names::key(&identity, &sources.locale),
                student(sources, &enrolment, &identity),
            )
        })
        // Who left without having begun concerns nobody here.
        .filter(|(_, student)| !student.has_left || student.progress != Progress::NotStarted)
        .collect();
    students.sort_by(|(one, _), (other, _)| one.cmp(other));
    students.into_iter().map(|(_, student)| student).collect()
}

// A launch knows better than the list: Moodle's list calls non-editing teachers learners.
fn role_of(enrolment: &Enrolment) -> Option<&str> {
    enrolment
        .launch_role
        .as_deref()
        .or(enrolment.roster_role.as_deref())
}

fn student(sources: &Sources, enrolment: &Enrolment, identity: &Identity) -> Student {
    let attempts = sources
        .attempts
        .get(&identity.person_id)
        .cloned()
        .unwrap_or_default();
    let submitted: Vec<_> = attempts
        .iter()
        .filter(|marked| marked.attempt.submitted_at.is_some())
        .collect();
    let submitted_at = submitted
        .iter()
        .filter_map(|marked| marked.attempt.submitted_at)
        .max();
    let named: Vec<_> = submitted
        .iter()
        .map(|marked| (marked.attempt.number, marked.attempt.id.clone()))
        .collect();
    let progress = match (attempts.len(), submitted.len()) {
        (0, _) => Progress::NotStarted,
        (_, 0) => Progress::Open,
        _ => Progress::Submitted,
    };
    let row = sources.deliveries.get(&identity.person_id);
    let contribution = Contribution {
        weight: sources.weight,
        grade_from: sources.grade_from,
        attempts,
    };
    let own = desired(&[contribution], sources.maximum).map(|desired| desired.score);
    let launched_since = |read_at| {
        enrolment
            .launched_at
            .is_some_and(|launched_at| launched_at > read_at)
    };
    Student {
        person_id: identity.person_id.clone(),
        name: launch::display_name(identity, &sources.locale),
        progress,
        attempts: named,
        submitted_at: submitted_at.map(|at| at.and_utc()),
        grade: row.map(|row| row.score).or(own),
        delivery: row.map(|row| grade::delivery_of(row, &sources.platform)),
        shown: shown(sources, row, &identity.subject),
        has_left: sources
            .roster_read_at
            .is_some_and(|read_at| !enrolment.in_roster && !launched_since(read_at)),
    }
}

fn shown(sources: &Sources, row: Option<&GradeDelivery>, subject: &str) -> Shown {
    let stays = row.is_some_and(|row| row.problem_code.as_deref() == Some(Problem::Overridden.as_str()));
    let teachers = |score: f64, maximum: Option<f64>| Shown::Teachers {
        score,
        maximum: maximum.unwrap_or(sources.maximum),
        stays,
    };
    let kept = row.filter(|row| row.state == grades::state::KEPT);
    let Some(results) = &sources.results else {
        let theirs = kept.and_then(|row| Some(teachers(row.platform_score?, row.platform_maximum)));
        return theirs.unwrap_or(Shown::AsExpected);
    };
    let result = results.get(subject);
    match (result.and_then(|result| result.result_score), row) {
        (Some(score), Some(row)) => {
            let maximum = result.and_then(|result| result.result_maximum);
            if grade::is_ours(row, score, maximum) {
                Shown::AsExpected
            } else {
                teachers(score, maximum)
            }
        }
        (Some(score), None) => teachers(score, result.and_then(|result| result.result_maximum)),
        (None, Some(row)) if row.state == grades::state::DELIVERED => Shown::Nothing,
        (None, _) => Shown::AsExpected,
    }
}

impl Gradebook {
    /// How many are at that point.
    pub fn count(&self, progress: Progress) -> usize {
        self.students
            .iter()
            .filter(|student| student.progress == progress)
            .count()
    }

    /// How many grades were refused or given up.
    pub fn failed(&self) -> usize {
        let failed = |student: &&Student| {
            student
                .delivery
                .as_ref()
                .is_some_and(|one| one.progress.has_failed())
        };
        self.students.iter().filter(failed).count()
    }
}
