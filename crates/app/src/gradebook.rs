//! The instructor's view of one activity: who has not started, what the others
//! reached, where their grades are, and what the platform shows instead.
//!
//! The platform's results are read when the page opens. When it does not answer
//! in time the page opens without them and says so.

mod class_list;
mod column;
pub(crate) mod names;
mod timing;

use std::{collections::HashMap, time::Duration};

use ::assessment::Rules;
use chrono::{DateTime, TimeDelta, Utc};
use lti::ags::{LineItemResult, SCOPE_LINE_ITEM};
use outbound::{CallError, results};
use storage::{
    Connection, Timestamp, assessments,
    attempts::{self, Marked},
    contexts::{self, Context, Enrolment},
    grades::{self, GradeDelivery},
    people::Identity,
    placements::{self, GradeColumn, Placement},
    registrations::{self, Registration},
};
use text::Text;

pub use crate::roster::{Refreshed, refresh_now};
pub use class_list::{Asked, Roster};
pub use column::make_column;
pub(crate) use column::{Place, claim, ensure};
pub use timing::Running;

use self::timing::Timed;
use crate::{
    App, Error, Result, activity, course_copy,
    grade::{self, Contribution, Delivery, Problem, desired},
    launch, module_score, placement, service,
    session::{Role, Session, Visitor, resolve},
};

/// How long a page waits for the platform.
pub(crate) const PATIENCE: Duration = Duration::from_secs(8);

/// How long a page says that the platform's scale was changed.
const CHANGE_SHOWN: TimeDelta = TimeDelta::days(14);

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
    /// What there is to say of the person whom the platform's gradebook asked for.
    pub asked: Option<Asked>,
    /// Their id, when they belong to the course.
    pub asked_person_id: Option<String>,
    /// Whether the platform's own grades could be read.
    pub live: Live,
    /// The share from which on it is passed, in percent.
    pub pass_percent: Option<u32>,
    /// Everybody who learns here, in the reader's order of names.
    pub students: Vec<Student>,
    /// Whether the activity was taken over from the course before, and that can still be undone.
    pub can_undo_copy: bool,
    /// The module's score of each person who has one; `None` when the course has no such column.
    pub module: Option<HashMap<String, f64>>,
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
    /// What became of the one that there was.
    pub finding: Option<Finding>,
}

/// What was found out about a column at its platform.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Finding {
    /// The activity's own one is gone: saving the activity's settings makes it anew.
    MissingLink,
    /// The one that we made is gone.
    MissingTool,
    /// The scale was changed there, and we follow it; from, to.
    Followed(f64, f64),
    /// The scale was changed there, and ours is another; ours, theirs.
    Differs(f64, f64),
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
    /// The attempt that runs.
    pub running: Option<Running>,
    /// Number and id of each abandoned attempt.
    pub abandoned: Vec<(i64, String)>,
    /// Whether the grade reaches the pass mark; `None` without one or the other.
    pub passed: Option<bool>,
    /// When the last one was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The grade that the column should show, on its scale.
    pub grade: Option<f64>,
    /// How many answers of submitted attempts wait for a marker.
    pub waiting: usize,
    /// What the submitted attempts are worth so far, where that is not the grade because something waits.
    pub provisional: Option<f64>,
    /// Where that grade is.
    pub delivery: Option<Delivery>,
    /// What the platform shows.
    pub shown: Shown,
    /// Whether the platform's list no longer names them.
    pub has_left: bool,
    /// Whether the platform does not take their grade because they have left: it
    /// is sent when they come back.
    pub is_kept_here: bool,
}

/// How far somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// No attempt.
    NotStarted,
    /// An open attempt, and none submitted.
    Open,
    /// Attempts, all of them abandoned.
    Abandoned,
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
    let ((), live) = tokio::join!(class_list::refresh(app, &seen), read_results(app, &seen));
    let seen = match live {
        // The page does not wait for the daily check to say so.
        Err(Unread::Gone) => look_again(app, seen).await?,
        _ => seen,
    };
    app.db().read(move |c| gather(c, seen, live, now)).await.map(Some)
}

async fn look_again(app: &App, seen: Seen) -> Result<Seen> {
    grade::check_now(app, &seen.column.id).await?;
    let id = seen.column.id.clone();
    let column = app
        .db()
        .read(move |c| Ok::<_, Error>(placements::get_column(c, &id)?))
        .await?;
    Ok(Seen {
        column: column.unwrap_or(seen.column),
        ..seen
    })
}

/// Why the platform's grades could not be read.
enum Unread {
    /// The column is gone.
    Gone,
    /// It did not answer, or not with grades.
    Failed,
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

async fn read_results(app: &App, seen: &Seen) -> std::result::Result<Option<Vec<LineItemResult>>, Unread> {
    let Some(url) = &seen.column.line_item_url else {
        return Ok(None);
    };
    let target = service::target(&seen.registration);
    let caller = service::caller_now(app, &target)
        .await
        .map_err(|_no_key| Unread::Failed)?;
    match tokio::time::timeout(PATIENCE, results::read(app.outbound(), &caller, url, None)).await {
        Ok(Ok(results)) => Ok(Some(results)),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the results of a column could not be read");
            Err(match error {
                CallError::Status {
                    status: 404 | 410, ..
                } => Unread::Gone,
                _ => Unread::Failed,
            })
        }
        Err(_elapsed) => Err(Unread::Failed),
    }
}

fn gather(
    connection: &mut Connection,
    seen: Seen,
    live: std::result::Result<Option<Vec<LineItemResult>>, Unread>,
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
        Err(Unread::Gone) if seen.column.line_item_url.is_none() => (Live::NoColumn, None),
        Err(Unread::Gone | Unread::Failed) => (Live::Failed, None),
    };
    let sources = Sources {
        rules: grade::rules(connection, &seen.placement)?,
        now,
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
    let mut enrolled = contexts::list_enrolments(connection, &context.id)?;
    let person = class_list::asked_person(&seen.session, &enrolled);
    let link_id = seen.placement.resource_link_id.as_deref();
    let (attempts, locale) = (&sources.attempts, &sources.locale);
    let roster = class_list::read(connection, &context, link_id, &mut enrolled, attempts, locale)?;
    let students = students(&sources, enrolled);
    Ok(Gradebook {
        title: serde_json::from_str(&assessment.title).map_err(|error| Error::Internal(error.to_string()))?,
        assessment_id: assessment.id,
        platform,
        column: column_state(&context, Some(&seen.column), now),
        can_undo_copy: course_copy::can_be_undone(connection, &seen.session, &seen.placement.id)?,
        module: module_score::grades_of(connection, &context.id)?,
        roster,
        asked: class_list::asked(&seen.session, person.as_ref(), &students),
        asked_person_id: person.map(|person| person.id),
        live: state,
        pass_percent: sources.rules.pass_percent,
        students,
        session: seen.session,
        now,
    })
}

/// What there is to say about a column, or the lack of one.
pub(crate) fn column_state(context: &Context, column: Option<&GradeColumn>, now: DateTime<Utc>) -> Column {
    Column {
        exists: column.is_some_and(|column| column.line_item_url.is_some()),
        can_be_made: may_make_columns(context),
        maximum: column.map_or(placement::USUAL_MAXIMUM, |column| column.score_maximum),
        finding: column.and_then(|column| finding(column, now)),
    }
}

fn finding(column: &GradeColumn, now: DateTime<Utc>) -> Option<Finding> {
    match column.missing.as_deref() {
        Some(placement::MISSING_TOOL) => return Some(Finding::MissingTool),
        Some(_) => return Some(Finding::MissingLink),
        None => {}
    }
    let differs = column
        .platform_maximum
        .map(|theirs| Finding::Differs(column.score_maximum, theirs));
    let is_new = column
        .maximum_changed_at
        .is_some_and(|at| now.naive_utc() - at < CHANGE_SHOWN);
    let followed = column.former_maximum.filter(|_| is_new);
    let followed = followed.map(|former| Finding::Followed(former, column.score_maximum));
    differs.or(followed)
}

fn may_make_columns(context: &Context) -> bool {
    context.line_items_url.is_some()
        && context
            .ags_scopes
            .split(' ')
            .any(|scope| scope == SCOPE_LINE_ITEM)
}

struct Sources {
    rules: Rules,
    now: DateTime<Utc>,
    attempts: HashMap<String, Vec<Marked>>,
    deliveries: HashMap<String, GradeDelivery>,
    results: Option<HashMap<String, LineItemResult>>,
    weight: f64,
    maximum: f64,
    locale: String,
    roster_read_at: Option<Timestamp>,
    platform: String,
}

pub(crate) fn by_person(marked: Vec<Marked>) -> HashMap<String, Vec<Marked>> {
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

// A launch knows better than the list until that one changes its mind: Moodle's
// list calls non-editing teachers learners, and always did.
pub(crate) fn role_of(enrolment: &Enrolment) -> Option<&str> {
    let listed = enrolment.roster_role.as_deref();
    let is_newer = |changed_at| {
        enrolment
            .launched_at
            .is_none_or(|launched_at| launched_at < changed_at)
    };
    if enrolment.in_roster && enrolment.roster_role_at.is_some_and(is_newer) {
        return listed;
    }
    enrolment.launch_role.as_deref().or(listed)
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
    let Timed {
        running,
        abandoned,
        passed,
    } = timing::timed(&attempts, &sources.rules, sources.now);
    let progress = match (attempts.len(), submitted.len()) {
        (0, _) => Progress::NotStarted,
        (_, 0) if running.is_none() => Progress::Abandoned,
        (_, 0) => Progress::Open,
        _ => Progress::Submitted,
    };
    let row = sources.deliveries.get(&identity.person_id);
    let contribution = Contribution {
        weight: sources.weight,
        grade_from: sources.rules.grade_from,
        attempts,
    };
    let contributions = [contribution];
    let own = desired(&contributions, sources.maximum).map(|desired| desired.score);
    let waiting = contributions
        .iter()
        .flat_map(|one| &one.attempts)
        .map(grade::waiting)
        .sum();
    let provisional = grade::provisional(&contributions, sources.maximum).filter(|_| waiting > 0);
    let has_left = has_left(enrolment, sources.roster_read_at);
    let delivery = row.map(|row| grade::delivery_of(row, &sources.platform));
    let refused = Some(grade::Progress::Refused(Problem::NotEnrolled));
    let is_kept_here = has_left && delivery.as_ref().map(|delivery| delivery.progress) == refused;
    Student {
        person_id: identity.person_id.clone(),
        name: launch::display_name(identity, &sources.locale),
        progress,
        running,
        abandoned,
        passed,
        attempts: named,
        submitted_at: submitted_at.map(|at| at.and_utc()),
        grade: row.map(|row| row.score).or(own),
        waiting,
        provisional,
        delivery: delivery.filter(|_| !is_kept_here),
        is_kept_here,
        shown: shown(sources, row, &identity.subject),
        has_left,
    }
}

/// Whether the platform's list no longer names somebody, who has not come back since.
pub(crate) fn has_left(enrolment: &Enrolment, roster_read_at: Option<Timestamp>) -> bool {
    let launched_since = |read_at| enrolment.launched_at.is_some_and(|at| at > read_at);
    roster_read_at.is_some_and(|read_at| !enrolment.in_roster && !launched_since(read_at))
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
        if row.is_some_and(grade::is_emptied) {
            return Shown::Nothing;
        }
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
        (None, Some(row)) if row.state == grades::state::DELIVERED || grade::is_emptied(row) => {
            Shown::Nothing
        }
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

    /// How many answers wait for a marker.
    pub fn waiting(&self) -> usize {
        self.students.iter().map(|student| student.waiting).sum()
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

    /// How many grades had arrived and are not there any more.
    pub fn emptied(&self) -> usize {
        let emptied = |student: &&Student| student.shown == Shown::Nothing;
        self.students.iter().filter(emptied).count()
    }

    /// How many grades were refused because they, or the whole column, are locked.
    pub fn locked(&self) -> usize {
        let locked = |student: &&Student| {
            let delivery = student.delivery.as_ref();
            delivery.is_some_and(|one| one.progress == grade::Progress::Refused(Problem::Locked))
        };
        self.students.iter().filter(locked).count()
    }
}
