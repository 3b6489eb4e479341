//! Regrades: an instructor corrects how a question is marked, sees who moves
//! before anything changes, and commits. A commit adds a marking policy; the
//! marks follow by a job ([`marking`]).
//!
//! A policy belongs to the assessment: its attempts in other courses move, too.
//! They are counted here, and named only to whoever teaches there.

mod correction;
mod dry_run;
mod marking;
mod proposal;
mod question;
mod trial;

use ::assessment::{Change, Correction, MarkingPolicy, OptionsKey, SlotId};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use storage::{
    Connection, assessments, contexts,
    people::Identity,
    registrations, regrade_trials,
    regrades::{self, Regrade},
};
use text::Text;

pub use dry_run::{DryRun, Elsewhere, Moved};
pub(crate) use marking::mark_due;
pub use proposal::Proposal;
pub use question::Question;
pub use trial::Trial;
pub(crate) use trial::look_due;

use crate::{
    App, Code, Error, Result,
    audit::note_by,
    grade, json, launch,
    published::PublishedCache,
    random,
    scene::{self, Scene},
    session::{Session, Visitor, resolve, resolve_for_change},
};
use correction::{checked, correction_of};
use question::Versions;

/// The most letters of a reason.
const LONGEST_REASON: usize = 500;

/// The questions of the session's activity, to choose one that is marked wrong.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Who asks.
    pub session: Session,
    /// The quiz's name.
    pub title: Text,
    /// Its questions in the author's order, those of older versions last.
    pub questions: Vec<Question>,
    /// What was corrected, the newest first.
    pub past: Vec<Past>,
    /// How many attempts were submitted, in all courses.
    pub submitted: i64,
    /// From how many of them, the latest ones, the questions' figures are made.
    pub counted: usize,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// A correction that is in force or was.
#[derive(Debug, Clone)]
pub struct Past {
    /// Its regrade, when it was committed in this course.
    pub id: Option<String>,
    /// The question's number; `None` when no version has it any more.
    pub question: Option<usize>,
    /// What was changed.
    pub change: Change,
    /// Whether no mark could fall.
    pub raise_only: bool,
    /// Why.
    pub reason: String,
    /// Who, when they belong to this course.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What an instructor wants to be marked otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// It counts for nothing.
    Drop,
    /// Everybody has all its points.
    FullMarks,
    /// Everybody who answered has all its points.
    FullMarksIfAnswered,
    /// Back to what its author wrote.
    AsAuthored,
    /// Other points, as typed and read; `None` when that is no number.
    Points(Option<f64>),
    /// The options of a choice question are right so, and give these shares.
    Options(OptionsKey),
    /// The fields of a question that is written in lines, by their keys.
    Typed(BTreeMap<String, String>),
}

/// What stands behind a regrade's address.
#[derive(Debug, Clone)]
pub enum View {
    /// It is proposed: who would move.
    DryRun(Box<DryRun>),
    /// It is proposed for many attempts: how far the dry run is.
    Trial(Box<Trial>),
    /// It is committed: how far the marks are.
    Progress(Box<Progress>),
}

/// A committed regrade.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Who asks.
    pub session: Session,
    /// The quiz's name.
    pub title: Text,
    /// What was corrected.
    pub past: Past,
    /// How many attempts have to be marked again.
    pub total: i64,
    /// How many of them are.
    pub marked: i64,
    /// How many marks rose.
    pub raised: i64,
    /// How many marks fell.
    pub lowered: i64,
    /// How many grades changed.
    pub queued: i64,
    /// Whether all are marked.
    pub is_finished: bool,
    /// Whether a later correction stands in its place.
    pub is_followed: bool,
    /// What people call the platform.
    pub platform: String,
    /// Whether it has a column for the grades.
    pub has_column: bool,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// The questions of the session's activity; `None` when it has none yet.
///
/// # Errors
/// `WEB-SESSION`; `WEB-FORBIDDEN` for all but instructors.
pub async fn choose(app: &App, visitor: Visitor) -> Result<Option<Choice>> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let Some(scene) = scene::find(c, session)? else {
                return Ok(None);
            };
            let assessment_id = &scene.placement.assessment_id;
            if assessments::latest_policy(c, assessment_id)?.is_none() {
                // It was never published.
                return Ok(None);
            }
            let versions = Versions::read(c, &cache, assessment_id)?;
            let (_, policy) = policy_in_force(c, assessment_id)?;
            let (questions, counted) = question::list(c, assessment_id, &versions, &policy)?;
            Ok(Some(Choice {
                questions,
                counted,
                past: past(c, &scene, &versions, 0)?,
                submitted: regrades::count_attempts(c, assessment_id, "submitted")?,
                title: scene.title,
                session: scene.session,
                now,
            }))
        })
        .await
}

/// Keeps a proposal, without touching any mark; answers its id.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`; `WEB-CORRECTION` when it does not fit the question.
pub async fn propose(app: &App, visitor: Visitor, slot: String, wish: Wish) -> Result<(Session, String)> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let scene = scene::demand(c, session)?;
            let assessment_id = &scene.placement.assessment_id;
            let versions = Versions::read(c, &cache, assessment_id)?;
            let (_, policy) = policy_in_force(c, assessment_id)?;
            let correction = correction_of(&versions, &policy, SlotId::from(slot), wish);
            checked(&scene.session, &versions, &correction, &policy, false)?;
            let row = Regrade {
                id: random::id(),
                assessment_id: assessment_id.clone(),
                context_id: scene.placement.context_id.clone(),
                base_number: i64::from(policy.number),
                correction: json::write(&correction)?,
                raise_only: false,
                reason: String::new(),
                state: regrades::DRAFT.to_owned(),
                created_by: Some(scene.session.person_id.clone()),
                created_at: now.naive_utc(),
                marking_policy_id: None,
                committed_at: None,
                total: 0,
                marked: 0,
                raised: 0,
                lowered: 0,
                queued: 0,
                finished_at: None,
            };
            regrades::insert(c, &row)?;
            trial::begin(c, &row, now)?;
            Ok((scene.session, row.id))
        })
        .await
}

/// Who would move, or how far the marks are. Of many who move, those of that
/// `page`, counted from 1.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn open(app: &App, visitor: Visitor, id: String, page: usize) -> Result<View> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let (scene, row) = demand_regrade(c, session, &id)?;
            let versions = Versions::read(c, &cache, &row.assessment_id)?;
            if row.state == regrades::COMMITTED {
                return Ok(View::Progress(Box::new(progress(c, scene, &versions, row, now)?)));
            }
            let Some(tried) = trial::found(c, &row, &versions)? else {
                let trial = trial::under_way(c, scene, &versions, row, now)?;
                return Ok(View::Trial(Box::new(trial)));
            };
            let dry_run = dry_run::of(c, scene, &versions, row, tried, page, now)?;
            Ok(View::DryRun(Box::new(dry_run)))
        })
        .await
}

/// Works the dry run out again, from the policy that is in force now.
///
/// # Errors
/// As [`propose`].
pub async fn look_again(
    app: &App,
    visitor: Visitor,
    id: String,
    raise_only: bool,
    reason: String,
) -> Result<Session> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let (scene, row) = demand_regrade(c, session, &id)?;
            let versions = Versions::read(c, &cache, &row.assessment_id)?;
            let (_, policy) = policy_in_force(c, &row.assessment_id)?;
            checked(
                &scene.session,
                &versions,
                &json::read(&row.correction)?,
                &policy,
                raise_only,
            )?;
            let (context, number) = (&row.context_id, i64::from(policy.number));
            if regrades::rebase(c, context, &row.id, number, raise_only, &shortened(&reason))? {
                trial::begin(c, &row, now)?;
            }
            Ok(scene.session)
        })
        .await
}

/// Puts a proposal in force: a marking policy, an audit record, the first
/// marks, and a job for the rest. One that is in force already stays as it is,
/// and so does one of which nobody can have seen yet who moves.
///
/// # Errors
/// As [`propose`]; `WEB-REGRADE` when the quiz was corrected otherwise since the dry run.
pub async fn commit(
    app: &App,
    visitor: Visitor,
    id: String,
    raise_only: bool,
    reason: String,
) -> Result<Session> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    let who = visitor.clone();
    let committed = app
        .db()
        .write(move |c| commit_in(c, &cache, &visitor, &id, raise_only, &shortened(&reason), now))
        .await;
    match committed {
        // Two at once gave their policies the same number.
        Err(Error::Storage(storage::Error::Conflict(_))) => {
            let session = app.db().read(move |c| resolve(c, &who, now)).await?;
            Err(changed(&session))
        }
        other => other,
    }
}

fn commit_in(
    connection: &mut Connection,
    cache: &PublishedCache,
    visitor: &Visitor,
    id: &str,
    raise_only: bool,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Session> {
    let session = resolve_for_change(connection, visitor, now)?;
    let (scene, row) = demand_regrade(connection, session, id)?;
    let trial = regrade_trials::get(connection, &row.id)?;
    let is_looking = trial.is_some_and(|trial| trial.finished_at.is_none());
    if row.state == regrades::COMMITTED || is_looking {
        return Ok(scene.session);
    }
    let (_, policy) = policy_in_force(connection, &row.assessment_id)?;
    if i64::from(policy.number) != row.base_number {
        return Err(changed(&scene.session));
    }
    let versions = Versions::read(connection, cache, &row.assessment_id)?;
    let correction: Correction = json::read(&row.correction)?;
    let next = checked(&scene.session, &versions, &correction, &policy, raise_only)?;
    let stored = assessments::MarkingPolicy {
        id: random::id(),
        assessment_id: row.assessment_id.clone(),
        number: i64::from(next.number),
        content: json::write(&next)?,
        created_at: now.naive_utc(),
    };
    assessments::insert_policy(connection, &stored)?;
    let commit = regrades::Commit {
        policy_id: &stored.id,
        raise_only,
        reason,
        person_id: &scene.session.person_id,
        total: regrades::count_attempts(connection, &row.assessment_id, "submitted")?,
        at: now.naive_utc(),
    };
    if !regrades::commit(connection, &row.context_id, &row.id, &commit)? {
        return Err(changed(&scene.session));
    }
    note(
        connection,
        &scene.session,
        &row,
        &correction,
        &stored,
        &commit,
        now,
    )?;
    regrade_trials::delete(connection, &row.id)?;
    marking::begin(connection, cache, &row.assessment_id, now)?;
    Ok(scene.session)
}

fn note(
    connection: &mut Connection,
    session: &Session,
    row: &Regrade,
    correction: &Correction,
    policy: &assessments::MarkingPolicy,
    commit: &regrades::Commit<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let detail = serde_json::json!({
        "policy": policy.number,
        "slot": correction.slot,
        "change": change_name(&correction.change),
        "raise_only": commit.raise_only,
        "reason": commit.reason,
        "attempts": commit.total,
    });
    let action = "assessment.regrade";
    note_by(connection, session, action, &row.assessment_id, &detail, now)
}

/// The stable name of a change.
fn change_name(change: &Change) -> &'static str {
    match change {
        Change::Drop => "drop",
        Change::FullMarks => "full-marks",
        Change::FullMarksIfAnswered => "full-marks-if-answered",
        Change::Points(_) => "points",
        Change::Key(_) => "key",
        Change::AsAuthored => "as-authored",
    }
}

fn changed(session: &Session) -> Error {
    session.refused(
        Code::Regrade,
        "the marking policy is not the one that the dry run started from",
    )
}

fn progress(
    connection: &mut Connection,
    scene: Scene,
    versions: &Versions,
    row: Regrade,
    now: DateTime<Utc>,
) -> Result<Progress> {
    let (policy_row, _) = policy_in_force(connection, &row.assessment_id)?;
    let registration_id = scene.session.registration_id.as_deref().unwrap_or_default();
    let registration = registrations::get(connection, registration_id)?;
    let reader = Reader::of(connection, &scene)?;
    Ok(Progress {
        title: scene.title,
        total: row.total,
        marked: row.marked,
        raised: row.raised,
        lowered: row.lowered,
        queued: row.queued,
        is_finished: row.finished_at.is_some(),
        is_followed: row.marking_policy_id.as_ref() != Some(&policy_row.id),
        platform: registration
            .map(|registration| grade::platform_label(&registration))
            .unwrap_or_default(),
        has_column: scene.column.line_item_url.is_some(),
        past: past_of(row, versions, &reader)?,
        session: scene.session,
        now,
    })
}

/// What was committed since that policy, the newest first.
fn past(connection: &mut Connection, scene: &Scene, versions: &Versions, number: i64) -> Result<Vec<Past>> {
    let reader = Reader::of(connection, scene)?;
    regrades::list_since(connection, &scene.placement.assessment_id, number)?
        .into_iter()
        .map(|(row, _)| past_of(row, versions, &reader))
        .collect()
}

/// What the reader may know, and in which language.
struct Reader {
    context_id: String,
    locale: String,
    names: BTreeMap<String, Identity>,
}

impl Reader {
    fn of(connection: &mut Connection, scene: &Scene) -> Result<Self> {
        Ok(Self {
            context_id: scene.placement.context_id.clone(),
            locale: scene.session.locale.clone(),
            names: names(connection, scene)?,
        })
    }
}

fn past_of(row: Regrade, versions: &Versions, reader: &Reader) -> Result<Past> {
    let correction: Correction = json::read(&row.correction)?;
    let person = row.created_by.as_ref().and_then(|id| reader.names.get(id));
    Ok(Past {
        question: versions.number(&correction.slot),
        change: correction.change,
        raise_only: row.raise_only,
        reason: row.reason,
        by: person.and_then(|identity| launch::display_name(identity, &reader.locale)),
        at: row.committed_at.unwrap_or(row.created_at).and_utc(),
        id: (row.context_id == reader.context_id).then_some(row.id),
    })
}

/// The people of the session's course by their number.
fn names(connection: &mut Connection, scene: &Scene) -> Result<BTreeMap<String, Identity>> {
    let enrolled = contexts::list_enrolments(connection, &scene.placement.context_id)?;
    let named = |(_, identity): (_, Identity)| (identity.person_id.clone(), identity);
    Ok(enrolled.into_iter().map(named).collect())
}

/// The regrade of that id, of the quiz behind the session's activity.
fn demand_regrade(connection: &mut Connection, session: Session, id: &str) -> Result<(Scene, Regrade)> {
    let scene = scene::demand(connection, session)?;
    let row = regrades::find(connection, &scene.placement.context_id, id)?
        .filter(|row| row.assessment_id == scene.placement.assessment_id)
        .ok_or_else(|| scene.session.refused(Code::NotFound, "no such regrade"))?;
    Ok((scene, row))
}

/// The marking policy in force, as stored and as read.
pub(crate) fn policy_in_force(
    connection: &mut Connection,
    assessment_id: &str,
) -> Result<(assessments::MarkingPolicy, MarkingPolicy)> {
    let row = assessments::latest_policy(connection, assessment_id)?
        .ok_or_else(|| Error::Internal("a published assessment has no marking policy".to_owned()))?;
    let policy = json::read(&row.content)?;
    Ok((row, policy))
}

fn shortened(reason: &str) -> String {
    reason.trim().chars().take(LONGEST_REASON).collect()
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}
