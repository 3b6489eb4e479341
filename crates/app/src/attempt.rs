//! Attempts: beginning one, and what its pages show while it runs and
//! afterwards. Saving is in `attempt_entries`, ending in `attempt_end`.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use ::assessment::{
    Access, AttemptHeader, AttemptState, Certainty, Code as AttemptCode, Context, Entry, EntryKind, Item,
    ItemVersionId, Moves, Outcome, PlannedSlot, Progress, Published, Response, Rules, SlotId, StimulusId,
    Visible, attempt_clock, can_start, checked, latest_answers, plan, slot_logs,
};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    attempts::{self, Attempt},
    sessions,
};

use crate::{
    App, Code, Error, Result,
    activity::{self, Mark},
    attempt_end, attempt_history, attempt_log,
    attempt_plan::lay_out,
    attempt_review::{as_marked, review},
    attempt_time::{self, AFTER_THE_END, Timing},
    grade::Delivery,
    marking,
    password_tries::PasswordTries,
    published::PublishedCache,
    random, rules,
    session::{Role, Session, Visitor, resolve, resolve_for_change},
};

pub use crate::{
    attempt_break::{end_break, start_break},
    attempt_end::{end_due, submit},
    attempt_entries::{FormAnswer, FormEnd, FormSaved, RefusedAnswer, Saved, save_entries, save_form},
    attempt_history::{Step, What},
    attempt_plan::{AskedSection, Move, Sequence},
};

/// An attempt as its pages show it.
#[derive(Debug, Clone)]
pub struct View {
    /// Who asks.
    pub session: Session,
    /// Its id.
    pub id: String,
    /// 1, 2, 3, … of this student.
    pub number: i64,
    /// The published version that it pins.
    pub version_id: String,
    /// That version.
    pub published: Arc<Published>,
    /// Language tag in which it was begun; rules how numbers are read.
    pub language: String,
    /// Rules orders and the values of variables.
    pub seed: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ends at the latest; `None` when nothing ends it.
    pub due_at: Option<DateTime<Utc>>,
    /// All that are asked, in the order that this attempt shows.
    pub questions: Vec<Question>,
    /// Which of them the page shows: all, but in a sequence.
    pub shown: Range<usize>,
    /// The sections on the page.
    pub sections: Vec<AskedSection>,
    /// Where the attempt stands, when it is gone through one question after another.
    pub sequence: Option<Sequence>,
    /// When the last entry was saved.
    pub saved_at: Option<DateTime<Utc>>,
    /// What there is to say of its time.
    pub timing: Timing,
    /// Running or over.
    pub phase: Phase,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// One question of an attempt.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its place in the assessment.
    pub slot: SlotId,
    /// The item that is asked; `published` has it.
    pub item_version_id: ItemVersionId,
    /// What it is worth.
    pub points: f64,
    /// What it refers to, with those beside it.
    pub stimulus: Option<StimulusId>,
    /// Whether it takes an answer and counts among the questions.
    pub is_question: bool,
    /// The latest answer.
    pub response: Response,
    /// The same as it stands in the log; empty before the first.
    pub payload: String,
    /// Whether the student flagged it.
    pub flagged: bool,
    /// When its answer was saved.
    pub saved_at: Option<DateTime<Utc>>,
    /// How far its checks are; `None` where it is not checked.
    pub progress: Option<Progress>,
    /// How sure the student is, where that is asked; the outer `None` where not.
    pub certainty: Option<Option<Certainty>>,
    /// What was answered, said and checked, in order; empty while the attempt runs.
    pub history: Vec<Step>,
    /// Whether it may be answered now.
    pub access: Access,
    /// Whether it can be dropped.
    pub is_droppable: bool,
    /// Whether it is dropped: by the student, and once the attempt is over also by rule.
    pub is_dropped: bool,
}

impl View {
    /// Where and how a question of the attempt is answered.
    pub fn context<'a>(&'a self, slot: &'a SlotId) -> Context<'a> {
        Context {
            language: &self.language,
            seed: self.seed,
            slot,
        }
    }

    /// How many questions there are, without what is only read.
    pub fn question_count(&self) -> usize {
        self.questions
            .iter()
            .filter(|question| question.is_question && !question.is_dropped)
            .count()
    }

    /// How many questions have an answer.
    pub fn answered(&self) -> usize {
        let answered = |question: &&Question| question.response.is_answered() && !question.is_dropped;
        self.questions.iter().filter(answered).count()
    }
}

/// Whether an attempt runs, for the person who looks at it.
#[derive(Debug, Clone)]
pub enum Phase {
    /// The student may answer.
    Running {
        /// Seconds left by our clock; `None` without a limit.
        remaining_seconds: Option<i64>,
        /// What may be shown of questions that were checked.
        visible: Visible,
    },
    /// The student's clock stands.
    Break {
        /// Seconds left to answer, once it runs again.
        remaining_seconds: i64,
        /// When it runs again by itself.
        ends_at: DateTime<Utc>,
    },
    /// Nothing can be answered any more, but it can still be submitted.
    Late {
        /// Until when.
        submit_until: DateTime<Utc>,
    },
    /// It is only read.
    Review(Box<Review>),
}

/// What is shown of an attempt that is only read.
#[derive(Debug, Clone)]
pub struct Review {
    /// When it was submitted; `None` when an instructor looks at a running one.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Whether the server submitted it.
    pub at_deadline: bool,
    /// Whether it was not submitted in time and counts for nothing.
    pub is_abandoned: bool,
    /// Whether it reached the pass mark; `None` without one, and while the mark is hidden.
    pub passed: Option<bool>,
    /// What may be shown.
    pub visible: Visible,
    /// From when on more is shown; `None` when all is shown, or never will be.
    pub more_from: Option<DateTime<Utc>>,
    /// When something is hidden again that is shown now.
    pub less_from: Option<DateTime<Utc>>,
    /// The mark; `None` when it is hidden or there is none yet.
    pub outcome: Option<Outcome>,
    /// The same as it counts in the column.
    pub mark: Option<Mark>,
    /// Whose attempt it is, for an instructor; `None` for the student's own.
    pub student: Option<String>,
    /// Where the student's own grade is; `None` before there is one, and while marks are hidden.
    pub delivery: Option<Delivery>,
    /// All attempts of this student at this quiz, the first one first, for an instructor.
    pub attempts: Vec<Sibling>,
    /// What markers and regrades did, as far as the reader may see it.
    pub marking: marking::ReviewMarking,
}

/// One attempt among those of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sibling {
    /// Its id.
    pub id: String,
    /// 1, 2, 3, …
    pub number: i64,
    /// Whether it still runs.
    pub is_open: bool,
    /// Whether it is the one that gives the grade.
    pub counts: bool,
}

/// Begins an attempt at the session's activity in a page's language, or goes on
/// with the open one, and answers its id. Pressed twice it begins one. The
/// password is what was typed, empty where none was asked for.
///
/// # Errors
/// `ATT-NOT-A-LEARNER`, `ATT-NOT-OPEN-YET`, `ATT-CLOSED-DATE`, `ATT-WAIT`,
/// `ATT-NO-ATTEMPTS-LEFT`, `ATT-PASSWORD`, `WEB-TOO-MANY` after many wrong ones,
/// `WEB-NOT-FOUND`, `WEB-SESSION`, `WEB-CSRF`.
pub async fn start(app: &App, visitor: Visitor, language: String, password: String) -> Result<String> {
    let begin = || {
        let now = app.clock().now();
        let (cache, tries) = (app.published().clone(), app.password_tries().clone());
        let (visitor, language, password) = (visitor.clone(), language.clone(), password.clone());
        app.db()
            .write(move |c| start_in(c, &cache, &tries, &visitor, language, &password, now))
    };
    match begin().await {
        // Another process began the same one in this moment: now it is found.
        Err(Error::Storage(storage::Error::Conflict(_))) => begin().await,
        answer => answer,
    }
}

fn start_in(
    connection: &mut Connection,
    cache: &PublishedCache,
    tries: &PasswordTries,
    visitor: &Visitor,
    language: String,
    password: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let session = resolve_for_change(connection, visitor, now)?;
    demand_learner(&session)?;
    let (placement, _) = activity::placement_of(connection, &session)?.ok_or_else(|| no_quiz(&session))?;
    let (version_id, published) =
        activity::current(connection, cache, &placement)?.ok_or_else(|| no_quiz(&session))?;
    let in_force = rules::of_session(connection, &session, &placement, &published.content.rules)?;
    let mut previous = attempts::list(connection, &session.person_id, &placement.id)?;
    if let Some(open) = previous.iter_mut().find(|attempt| attempt.state == "open") {
        if !attempt_log::is_overdue(open, now) {
            extend(connection, &session, open)?;
            return Ok(open.id.clone());
        }
        attempt_end::end_in(connection, cache, &open.id, now)?;
        previous = attempts::list(connection, &session.person_id, &placement.id)?;
    }
    let former: Vec<_> = previous.iter().map(rules::former).collect();
    can_start(&in_force.rules, &former, now)
        .map_err(|refused| session.refused(Code::Attempt(refused.code), ""))?;
    if !password.is_empty() && !tries.may_try(&session.person_id) {
        return Err(session.refused(Code::TooMany, "too many wrong passwords"));
    }
    if !in_force.is_opened_by(password) {
        if !password.is_empty() {
            tries.failed(&session.person_id);
        }
        return Err(session.refused(Code::Attempt(AttemptCode::Password), ""));
    }
    let due_at = attempt_clock(&in_force, now, &[], now).due_at;
    let attempt = Attempt {
        id: random::id(),
        number: previous.last().map_or(0, |attempt| attempt.number) + 1,
        placement_id: placement.id,
        person_id: session.person_id.clone(),
        identity_id: session.identity_id.clone(),
        assessment_version_id: version_id,
        seed: random::seed(),
        language,
        state: AttemptState::Open.as_str().to_owned(),
        started_at: now.naive_utc(),
        due_at: due_at.map(|due_at| due_at.naive_utc()),
        submitted_at: None,
        ended_by: None,
        last_position: 0,
        submit_until: attempt_time::submit_until(&published, due_at).map(|until| until.naive_utc()),
        break_ends_at: None,
    };
    attempts::insert(connection, &attempt)?;
    extend(connection, &session, &attempt)?;
    Ok(attempt.id)
}

// An open attempt keeps its own session until it is over.
fn extend(connection: &mut Connection, session: &Session, attempt: &Attempt) -> Result<()> {
    if let Some(until) = attempt.submit_until {
        sessions::extend(connection, &session.id, until + AFTER_THE_END)?;
    }
    Ok(())
}

fn no_quiz(session: &Session) -> Error {
    session.refused(Code::NotFound, "no published quiz stands behind the activity")
}

/// An attempt's page: to be answered by its student while it runs, to be read
/// by the student afterwards and by the context's instructors at any time.
///
/// # Errors
/// `WEB-NOT-FOUND` for another's attempt, `WEB-FORBIDDEN`, `WEB-SESSION`.
pub async fn open(app: &App, visitor: Visitor, attempt_id: String) -> Result<View> {
    loop {
        let now = app.clock().now();
        let (cache, visitor, id) = (app.published().clone(), visitor.clone(), attempt_id.clone());
        let looked = app
            .db()
            .read(move |c| look(c, &cache, &visitor, &id, now))
            .await?;
        match looked {
            Some(view) => return Ok(view),
            // A page never shows an attempt as open whose time is over.
            None => attempt_end::end(app, attempt_id.clone()).await?,
        }
    }
}

// `None` when the attempt has to be ended first.
fn look(
    connection: &mut Connection,
    cache: &PublishedCache,
    visitor: &Visitor,
    attempt_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<View>> {
    let session = resolve(connection, visitor, now)?;
    let teaches = match session.role {
        Role::Learner => false,
        Role::Instructor => true,
        Role::Other | Role::Administrator => {
            return Err(session.refused(Code::Forbidden, "only students and instructors see attempts"));
        }
    };
    let found = attempts::find(connection, session.context()?, attempt_id)?;
    let (attempt, placement, column) = found
        .filter(|(attempt, _, _)| teaches || attempt.person_id == session.person_id)
        .ok_or_else(|| session.refused(Code::NotFound, "no such attempt for this person"))?;
    if attempt_log::is_overdue(&attempt, now) {
        return Ok(None);
    }
    let published = cache.get(connection, &attempt.assessment_version_id)?;
    let entries = attempt_log::read_log(connection, attempt_id)?;
    let mut timing = Timing {
        when_over: published.content.rules.when_time_is_over,
        break_seconds_left: 0,
    };
    let phase = if attempt.state == "open" && !teaches {
        let organisation_id = &session.organisation_id;
        let in_force = attempt_time::in_force_of(connection, &attempt, &published, organisation_id)?;
        let clock = attempt_clock(&in_force, attempt.started_at.and_utc(), &entries, now);
        timing.break_seconds_left = clock.due_at.map_or(0, |_| clock.break_seconds_left);
        attempt_time::phase(&attempt, &published.content.rules, now)
    } else {
        let rules = match activity::current(connection, cache, &placement)? {
            Some((_, current)) => current.content.rules.clone(),
            None => published.content.rules.clone(),
        };
        let (organisation_id, person_id) = (&session.organisation_id, &attempt.person_id);
        let in_force = rules::in_force(connection, organisation_id, person_id, &placement.id, &rules)?;
        let rules = rules::for_review(connection, &placement, &in_force.rules, &rules, now)?;
        let review = review(connection, &session, &attempt, &column, &rules, &entries, now)?;
        Phase::Review(Box::new(review))
    };
    let published = match &phase {
        Phase::Break { .. } | Phase::Late { .. } => published,
        Phase::Running { .. } if !published.content.rules.behaviour.checks() => published,
        // The right answers are those that the marks go by.
        _ => as_marked(connection, &attempt, published)?,
    };
    let header = attempt_log::header_of(&attempt);
    let moves = Moves::of(&published, &header, &entries);
    let plan = plan(&published.content, header.seed, &moves);
    let is_running = matches!(phase, Phase::Running { .. });
    let layout = lay_out(&plan, published.content.rules.navigation, is_running);
    Ok(Some(View {
        questions: questions(&published, &header, &entries, &phase, &layout.slots),
        shown: layout.shown,
        sections: layout.sections,
        sequence: layout.sequence,
        saved_at: entries.last().map(|entry| entry.received_at),
        number: attempt.number,
        started_at: attempt.started_at.and_utc(),
        due_at: attempt.due_at.map(|due_at| due_at.and_utc()),
        id: attempt.id,
        version_id: attempt.assessment_version_id,
        language: attempt.language,
        seed: attempt.seed,
        session,
        published,
        timing,
        phase,
        now,
    }))
}

fn questions(
    published: &Published,
    header: &AttemptHeader,
    entries: &[Entry],
    phase: &Phase,
    asked: &[&PlannedSlot<'_>],
) -> Vec<Question> {
    let is_running = matches!(phase, Phase::Running { .. });
    let shows_history = matches!(phase, Phase::Review(review) if review.visible.history);
    let mut steps = match shows_history {
        true => attempt_history::by_slot(published, header, entries),
        false => BTreeMap::new(),
    };
    let logs = slot_logs(entries);
    let rules = &published.content.rules;
    let answers = latest_answers(entries);
    let flags = flags(entries);
    let question = |planned: &&PlannedSlot<'_>| {
        let slot = planned.slot;
        let item = published.items.get(&slot.item_version_id)?;
        let answer = answers.get(&slot.id);
        let context = header.context(&slot.id);
        let payload = answer.map(|entry| entry.payload.clone()).unwrap_or_default();
        Some(Question {
            slot: slot.id.clone(),
            item_version_id: slot.item_version_id.clone(),
            points: slot.points,
            stimulus: slot.stimulus.clone(),
            is_question: item.is_question(),
            response: Response::parse(item, &payload, &context).unwrap_or_default(),
            payload,
            flagged: flags.contains(&slot.id),
            saved_at: answer.map(|entry| entry.received_at),
            progress: (rules.behaviour.checks() && item.is_checkable()).then(|| {
                let log = logs.get(&slot.id).cloned().unwrap_or_default();
                checked(item, rules, &log, &context)
            }),
            certainty: asks_certainty(rules, item).then(|| logs.get(&slot.id).and_then(|log| log.certainty)),
            history: steps.remove(&slot.id).unwrap_or_default(),
            access: planned.access.clone(),
            is_droppable: planned.is_droppable,
            is_dropped: planned.discarded || !is_running && !planned.counts,
        })
    };
    asked.iter().filter_map(question).collect()
}

fn asks_certainty(rules: &Rules, item: &Item) -> bool {
    rules.certainty && rules.behaviour.takes_certainty() && item.is_checkable()
}

/// The slots that a log leaves flagged.
pub(crate) fn flags(entries: &[Entry]) -> BTreeSet<SlotId> {
    let mut flags = BTreeSet::new();
    for entry in entries {
        match (entry.kind, &entry.slot) {
            (EntryKind::Flag, Some(slot)) => {
                flags.insert(slot.clone());
            }
            (EntryKind::Unflag, Some(slot)) => {
                flags.remove(slot);
            }
            _ => {}
        }
    }
    flags
}

/// The session's own attempt, for its student only.
pub(crate) fn own(connection: &mut Connection, session: &Session, attempt_id: &str) -> Result<Attempt> {
    demand_learner(session)?;
    attempts::find(connection, session.context()?, attempt_id)?
        .map(|(attempt, _, _)| attempt)
        .filter(|attempt| attempt.person_id == session.person_id)
        .ok_or_else(|| session.refused(Code::NotFound, "no such attempt of this person"))
}

fn demand_learner(session: &Session) -> Result<()> {
    match session.role {
        Role::Learner => Ok(()),
        _ => Err(session.refused(Code::Attempt(AttemptCode::NotALearner), "")),
    }
}
