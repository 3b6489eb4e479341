//! Saving: entries that a page's script numbered, and plain forms, whose
//! entries the server numbers. Acknowledged is only what is committed.

use std::sync::Arc;

use ::assessment::{
    Certainty, Code as AttemptCode, Context, EntryKind, Incoming, Item, Published, Response, ResponseProblem,
    SlotId, WriterId, latest_answers, payload_from_form, slot_logs, standing,
};
use chrono::{DateTime, Duration, Utc};
use storage::{
    Connection,
    attempts::{self, Attempt},
    sessions,
};

use crate::{
    App, Code, Error, Result,
    attempt::own,
    attempt_end,
    attempt_log::{self, OpenLog},
    attempt_plan::Move,
    attempt_review::as_marked,
    media,
    published::PublishedCache,
    session::{Session, Visitor, resolve_for_change},
};

/// How long before its end the session of an attempt without limit is extended:
/// not with each answer, which would be one write more.
const EXTEND_BEFORE: Duration = Duration::hours(1);

/// What a script is told of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The number of the writer's last saved entry; 0 before the first.
    pub acknowledged: i64,
    /// Our clock.
    pub server_time: DateTime<Utc>,
    /// Seconds left by our clock; `None` without a limit.
    pub remaining_seconds: Option<i64>,
}

/// One question of a plain form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormAnswer {
    /// The question.
    pub slot: SlotId,
    /// Its fields as they came, by the names that `assessment` knows.
    pub fields: Vec<(String, String)>,
    /// The payload of the answer that the page showed when it was made.
    pub was: String,
    /// Whether it is flagged.
    pub flagged: bool,
    /// Whether it was flagged when the page was made.
    pub was_flagged: bool,
    /// How sure the student is: the payload; empty where it is not asked.
    pub certainty: String,
    /// The same when the page was made.
    pub was_certainty: String,
}

/// What a plain form asks for besides saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormEnd {
    /// Nothing.
    Save,
    /// To check the answer of a question.
    Check(SlotId),
    /// To choose, drop, take back or go on.
    Move(Move),
    /// To submit the attempt.
    Submit,
}

/// What became of a plain form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormSaved {
    /// Whether there was nothing to check where the form asked for it.
    pub had_nothing_to_check: bool,
    /// What could not be taken; the rest was saved, and nothing else was done.
    pub refused: Vec<RefusedAnswer>,
}

/// An answer of a plain form that its question does not take (`ATT-RESPONSE-INVALID`).
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedAnswer {
    /// The question.
    pub slot: SlotId,
    /// Its fields as they came.
    pub fields: Vec<(String, String)>,
    /// Why.
    pub problem: ResponseProblem,
}

/// Saves a writer's next entries in one transaction and answers what is saved.
/// When one after the first is refused, those before it are saved; sent again,
/// the refused one is the first and its refusal is told. Without entries it
/// only tells the time.
///
/// # Errors
/// The first entry's `ATT-…` code, `WEB-SESSION`, `WEB-CSRF`, `WEB-NOT-FOUND`.
pub async fn save_entries(
    app: &App,
    visitor: Visitor,
    attempt_id: String,
    writer: WriterId,
    entries: Vec<Incoming>,
) -> Result<Saved> {
    let now = app.clock().now();
    let lifetime = app.session_lifetime();
    if entries.is_empty() {
        return app
            .db()
            .read(move |c| {
                let session = resolve_for_change(c, &visitor, now)?;
                let attempt = own(c, &session, &attempt_id)?;
                let acknowledged = attempt_log::last_number(c, &attempt.id, &writer)?;
                Ok(saved(&attempt, acknowledged, now))
            })
            .await;
    }
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let (attempt, mut log) = lock(c, &cache, &session, &attempt_id, writer, entries.len())?;
            for (index, incoming) in entries.iter().enumerate() {
                match log.append(c, incoming, now) {
                    Err(Error::Refused(_)) if index > 0 => break,
                    taken => taken?,
                }
            }
            write(c, &session, &attempt, &log, now)?;
            keep_session(c, &session, &attempt, lifetime, now)?;
            Ok(saved(&attempt, log.last_number(), now))
        })
        .await
}

/// Saves what a plain form changed, and checks a question, moves or submits when
/// `end` says so. What a form did not change is left as another tab or device saved it,
/// and so is a question that is finished by now. An answer that its question does not
/// take costs no other: it is told, the rest is saved, and `end` waits until it is mended.
///
/// # Errors
/// `ATT-…` when nothing can be saved, `WEB-SESSION`, `WEB-CSRF`, `WEB-NOT-FOUND`.
pub async fn save_form(
    app: &App,
    visitor: Visitor,
    attempt_id: String,
    answers: Vec<FormAnswer>,
    end: FormEnd,
) -> Result<FormSaved> {
    let submit = end == FormEnd::Submit;
    let now = app.clock().now();
    let lifetime = app.session_lifetime();
    let cache = app.published().clone();
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let attempt = own(c, &session, &attempt_id)?;
            let ended = attempt.ended_by.as_deref() == Some("deadline");
            if submit && (ended || attempt_log::is_overdue(&attempt, now)) {
                // The clock of a page ran out, and its form was slow to arrive.
                attempt_end::end_in(c, &cache, &attempt.id, now)?;
                return Ok(FormSaved::default());
            }
            let published = cache.get(c, &attempt.assessment_version_id)?;
            let Changes {
                entries: mut changes,
                refused,
            } = changes(c, &attempt, &published, &answers)?;
            let mut saved = FormSaved {
                refused,
                ..FormSaved::default()
            };
            let goes_on = saved.refused.is_empty();
            let ends = submit && goes_on && attempt.state == "open";
            if let FormEnd::Check(slot) = &end
                && goes_on
            {
                let check = check_of(c, &attempt, &published, &changes, slot)?;
                saved.had_nothing_to_check = check.is_none();
                changes.extend(check);
            }
            let moved = match &end {
                FormEnd::Move(moved) if goes_on => Some(moved),
                _ => None,
            };
            if changes.is_empty() && !ends && moved.is_none() {
                return Ok(saved);
            }
            let writer = form_writer(&session);
            let (attempt, mut log) = lock(
                c,
                &cache,
                &session,
                &attempt_id,
                writer,
                changes.len() + usize::from(ends || moved.is_some()),
            )?;
            for (kind, slot, payload) in &changes {
                log.append_from_form(c, *kind, Some(slot), payload, now)?;
            }
            if let Some(moved) = moved {
                make(c, &mut log, moved, now)?;
            }
            if ends {
                log.append_from_form(c, EntryKind::Submit, None, "", now)?;
            }
            write(c, &session, &attempt, &log, now)?;
            keep_session(c, &session, &attempt, lifetime, now)?;
            Ok(saved)
        })
        .await
}

// Pressed twice, a button to go on does not lead two questions further.
fn make(connection: &mut Connection, log: &mut OpenLog, moved: &Move, now: DateTime<Utc>) -> Result<()> {
    let made = log.append_from_form(connection, moved.kind, moved.slot.as_ref(), &moved.payload, now);
    match made {
        Err(error)
            if moved.kind == EntryKind::Advance
                && error.code() == Code::Attempt(AttemptCode::QuestionPassed) =>
        {
            Ok(())
        }
        made => made,
    }
}

// The entry that checks a question; `None` when it has no answer or is finished.
fn check_of(
    connection: &mut Connection,
    attempt: &Attempt,
    published: &Arc<Published>,
    changes: &[(EntryKind, SlotId, String)],
    slot: &SlotId,
) -> Result<Option<(EntryKind, SlotId, String)>> {
    let item = item_of(published, slot)?;
    let entries = attempt_log::read_log(connection, &attempt.id)?;
    let mut log = slot_logs(&entries).remove(slot).unwrap_or_default();
    let is_new = |change: &&(EntryKind, SlotId, String)| change.0 == EntryKind::Answer && change.1 == *slot;
    if let Some((_, _, payload)) = changes.iter().rfind(is_new) {
        log.answer = payload;
    }
    let header = attempt_log::header_of(attempt);
    let finished = match judged(connection, attempt, published)? {
        Some(judged) => standing(&judged, &header, slot, &log).finished,
        None => false,
    };
    let response = Response::parse(item, log.answer, &header.context(slot));
    let answered = response.is_ok_and(|response| response.is_answered());
    Ok((answered && !finished).then(|| (EntryKind::Check, slot.clone(), String::new())))
}

// Where questions are checked: by the keys that the marks go by.
fn judged(
    connection: &mut Connection,
    attempt: &Attempt,
    published: &Arc<Published>,
) -> Result<Option<Arc<Published>>> {
    match published.content.rules.behaviour.checks() {
        true => as_marked(connection, attempt, Arc::clone(published)).map(Some),
        false => Ok(None),
    }
}

fn item_of<'a>(published: &'a Published, slot: &SlotId) -> Result<&'a Item> {
    let found = published.content.slot(slot);
    let item = found.and_then(|slot| published.items.get(&slot.item_version_id));
    item.ok_or_else(|| Error::from(AttemptCode::SlotUnknown))
}

/// The writer of a session's plain forms.
pub(crate) fn form_writer(session: &Session) -> WriterId {
    WriterId::new(format!("form-{}", session.id))
}

/// Locks the session's own attempt for that many entries of a writer.
pub(crate) fn lock(
    connection: &mut Connection,
    cache: &PublishedCache,
    session: &Session,
    attempt_id: &str,
    writer: WriterId,
    entries: usize,
) -> Result<(Attempt, OpenLog)> {
    let found = own(connection, session, attempt_id)?;
    let published = cache.get(connection, &found.assessment_version_id)?;
    let reserved = i64::try_from(entries).unwrap_or(i64::MAX);
    let attempt = attempts::reserve(connection, &session.person_id, attempt_id, reserved)?
        .ok_or_else(|| Error::not_found("the attempt"))?;
    let log = OpenLog::of(connection, &attempt, published, writer, reserved)?;
    Ok((attempt, log))
}

/// Writes a log, and ends the attempt when an entry submits it.
pub(crate) fn write(
    connection: &mut Connection,
    session: &Session,
    attempt: &Attempt,
    log: &OpenLog,
    now: DateTime<Utc>,
) -> Result<()> {
    log.write(connection, Some(&session.id), now)?;
    if log.submits() {
        attempt_end::settle(connection, attempt, log.published(), now, "student", now)?;
    }
    Ok(())
}

/// What a form changes: entries, and answers that cannot become one.
#[derive(Default)]
struct Changes {
    entries: Vec<(EntryKind, SlotId, String)>,
    refused: Vec<RefusedAnswer>,
}

// A form's changes that are not saved yet, in the form's order.
fn changes(
    connection: &mut Connection,
    attempt: &Attempt,
    published: &Arc<Published>,
    answers: &[FormAnswer],
) -> Result<Changes> {
    let mut changes = Changes::default();
    if answers.is_empty() {
        return Ok(changes);
    }
    let entries = attempt_log::read_log(connection, &attempt.id)?;
    let saved = latest_answers(&entries);
    let flags = crate::attempt::flags(&entries);
    let header = attempt_log::header_of(attempt);
    let mut logs = slot_logs(&entries);
    let judged = judged(connection, attempt, published)?;
    for answer in answers {
        let log = logs.remove(&answer.slot).unwrap_or_default();
        let finished = judged
            .as_ref()
            .is_some_and(|judged| standing(judged, &header, &answer.slot, &log).finished);
        let item = item_of(published, &answer.slot)?;
        let fields = answer
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let payload = payload_from_form(item, &fields.collect::<Vec<_>>());
        let before = saved
            .get(&answer.slot)
            .map(|entry| entry.payload.as_str())
            .unwrap_or_default();
        let context = header.context(&answer.slot);
        if item.is_question()
            && !finished
            && !says_the_same(item, &answer.was, &payload, &context)
            && !says_the_same(item, before, &payload, &context)
        {
            match refusal(connection, attempt, item, &payload, &context)? {
                Some(problem) => changes.refused.push(RefusedAnswer {
                    slot: answer.slot.clone(),
                    fields: answer.fields.clone(),
                    problem,
                }),
                None => changes
                    .entries
                    .push((EntryKind::Answer, answer.slot.clone(), payload)),
            }
        }
        let certainty = log.certainty.map(Certainty::payload).unwrap_or_default();
        if answer.certainty != answer.was_certainty && answer.certainty != certainty && !finished {
            let payload = answer.certainty.clone();
            changes
                .entries
                .push((EntryKind::Certainty, answer.slot.clone(), payload));
        }
        if answer.flagged != answer.was_flagged && answer.flagged != flags.contains(&answer.slot) {
            let kind = if answer.flagged {
                EntryKind::Flag
            } else {
                EntryKind::Unflag
            };
            changes.entries.push((kind, answer.slot.clone(), String::new()));
        }
    }
    Ok(changes)
}

// Why a question does not take an answer, by its shape or by the files that it names.
fn refusal(
    connection: &mut Connection,
    attempt: &Attempt,
    item: &Item,
    payload: &str,
    context: &Context<'_>,
) -> Result<Option<ResponseProblem>> {
    Ok(match Response::parse(item, payload, context) {
        Err(problem) => Some(problem),
        Ok(response) => match media::names_only_own(connection, &attempt.id, item, &response, context)? {
            true => None,
            false => Some(ResponseProblem::UnknownOption("file".to_owned())),
        },
    })
}

fn says_the_same(item: &Item, before: &str, payload: &str, context: &Context<'_>) -> bool {
    let read = |payload| Response::parse(item, payload, context).ok();
    let before = read(before);
    before.is_some() && before == read(payload)
}

fn saved(attempt: &Attempt, acknowledged: i64, now: DateTime<Utc>) -> Saved {
    Saved {
        acknowledged,
        server_time: now,
        remaining_seconds: attempt_log::remaining_seconds(attempt, now),
    }
}

// An attempt with a limit got its session's end when it was opened.
fn keep_session(
    connection: &mut Connection,
    session: &Session,
    attempt: &Attempt,
    lifetime: Duration,
    now: DateTime<Utc>,
) -> Result<()> {
    let until = now + lifetime;
    if attempt.due_at.is_none() && session.expires_at < until - EXTEND_BEFORE.min(lifetime / 2) {
        sessions::extend(connection, &session.id, until.naive_utc())?;
    }
    Ok(())
}
