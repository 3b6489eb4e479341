//! Whether an entry is taken: the one decision between an answer's arrival and
//! its commit. Pure; the caller reads the state in the same transaction in
//! which it writes what is accepted.
//!
//! Order of the checks: limits; already saved (also after the end, so that a
//! page whose acknowledgement was lost learns that all is well); the attempt
//! open and in time; the lease; the writer's number and chain; the content.
//!
//! The lease: at most one writer writes at a time, so that two tabs do not
//! silently undo each other. Each accepted entry holds the lease for
//! [`Lease::HOLDS_SECONDS`] more. While it is held, another writer is refused
//! with `ATT-WRITER` unless its student asks to take over. Once it has lapsed, a
//! *new* writer gets it without asking; a writer that was overtaken must ask,
//! because its tab shows answers that may be older than the saved ones. A plain
//! form always asks: somebody pressed its button. Whatever was accepted stays,
//! and of each slot the last accepted answer, by position, counts.

use chrono::{DateTime, Datelike, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::attempt::{AttemptHeader, AttemptState, is_over};
use crate::certainty::Certainty;
use crate::code::Code;
use crate::content::Published;
use crate::decision::Decision;
use crate::entry::{Entry, EntryKind};
use crate::entry_hash::{Covered, EntryHash};
use crate::id::{AttemptId, SlotId, WriterId};
use crate::limits;
use crate::moves::Moves;
use crate::plan::plan;
use crate::response::{Response, ResponseProblem};
use crate::scheme::{PartPoints, PartSource};

/// An entry as a page sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// The tab or device.
    pub writer: WriterId,
    /// The writer's own number, from 1.
    pub number: i64,
    /// What it says.
    pub kind: EntryKind,
    /// The question that it is about.
    #[serde(default)]
    pub slot: Option<SlotId>,
    /// As typed.
    #[serde(default)]
    pub payload: String,
    /// When the device wrote it, by its own clock.
    #[serde(default)]
    pub device_at: Option<DateTime<Utc>>,
    /// Milliseconds since the page was opened.
    #[serde(default)]
    pub elapsed_ms: Option<i64>,
    /// The hash of this writer's previous entry.
    #[serde(default)]
    pub previous_hash: Option<EntryHash>,
    /// The hash that the page computed; `None` when it could not.
    #[serde(default)]
    pub hash: Option<EntryHash>,
    /// Whether the student asked to go on here although another tab or device
    /// wrote last.
    #[serde(default)]
    pub take_over: bool,
}

/// The right to write, held by one writer for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Who holds it.
    pub writer: WriterId,
    /// Until when, unless it is renewed by another entry.
    pub expires_at: DateTime<Utc>,
}

impl Lease {
    /// How long an accepted entry holds the lease.
    pub const HOLDS_SECONDS: i64 = 45;
}

/// The end of one writer's chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriterState {
    /// The number of its last accepted entry; 0 before the first.
    pub last_number: i64,
    /// The hash of that entry.
    pub last_hash: Option<EntryHash>,
}

/// What the decision needs to know of the log, as it stands in the transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogState {
    /// The highest position given so far; 0 for an empty log.
    pub last_position: i64,
    /// The end of the incoming entry's writer's chain.
    pub writer: WriterState,
    /// Who holds the right to write.
    pub lease: Option<Lease>,
    /// The entry that this writer saved under the incoming number, if any.
    pub saved: Option<Entry>,
    /// What the candidate did so far that rules what is asked.
    pub moves: Moves,
    /// How far the incoming entry's question is; matters where questions are checked.
    pub standing: Standing,
}

/// How far a question is, for what may still be written about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether it has an answer that can be checked.
    pub answered: bool,
    /// Whether it takes no more answers; see [`Progress`](crate::Progress).
    pub finished: bool,
}

/// What becomes of an entry that is not refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appended {
    /// To be committed, with the lease and state that follow from it.
    Accept {
        /// The line for the log.
        entry: Box<Entry>,
        /// Who holds the right to write from now on.
        lease: Option<Lease>,
        /// The attempt's state from now on.
        state: AttemptState,
    },
    /// It is in the log already; nothing is to be written.
    AlreadySaved {
        /// The entry in the log.
        entry: Box<Entry>,
    },
}

/// Decides on an entry that a page sent. `grace` is how long after the due time
/// an entry is still taken; for a submission the grace of the rules comes on top.
pub fn append(
    header: &AttemptHeader,
    published: &Published,
    log: &LogState,
    incoming: &Incoming,
    grace: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Appended, Code> {
    check_limits(incoming)?;
    if let Some(saved) = &log.saved {
        return already_saved(saved, incoming);
    }
    let grace = match incoming.kind.submits() {
        true => grace + published.content.rules.when_time_is_over.grace(),
        false => grace,
    };
    check_time(header, incoming, grace, now)?;
    check_lease(log, incoming, now)?;
    check_number(log, incoming)?;
    let entry = new_entry(&header.id, log, incoming, now);
    if incoming.hash.is_some_and(|hash| hash != entry.hash) {
        return Err(Code::Chain);
    }
    plan(&published.content, header.seed, &log.moves).admits(
        incoming.kind,
        incoming.slot.as_ref(),
        &incoming.payload,
    )?;
    check_content(header, published, log.standing, incoming)?;
    let expires_at = now + TimeDelta::seconds(Lease::HOLDS_SECONDS);
    Ok(Appended::Accept {
        lease: Some(Lease {
            writer: incoming.writer.clone(),
            expires_at,
        }),
        state: state_after(header.state, incoming.kind),
        entry: Box::new(entry),
    })
}

/// The next entry of a plain form, whose number and chain the server gives; for
/// [`append`]. `writer` is the form's, one per session, and `log` its state.
pub fn entry_from_form(
    log: &LogState,
    writer: &WriterId,
    kind: EntryKind,
    slot: Option<&SlotId>,
    payload: &str,
) -> Incoming {
    Incoming {
        take_over: true,
        ..next_of(writer, log, kind, slot, payload)
    }
}

/// Makes an entry of the server's own: the submission at the deadline, granted
/// time, a reopening, a marker's decision. `log.writer` is the state of
/// [`WriterId::server`]. Neither time nor lease hold it up; what is over stays
/// over: a submitted attempt is not submitted again (`ATT-CLOSED`).
pub fn append_by_server(
    header: &AttemptHeader,
    log: &LogState,
    kind: EntryKind,
    slot: Option<&SlotId>,
    payload: &str,
    now: DateTime<Utc>,
) -> Result<Appended, Code> {
    if kind.is_students() {
        return Err(Code::EntryKind);
    }
    let ends = kind.submits() || kind == EntryKind::Abandon;
    let is_over = match header.state {
        AttemptState::Open => false,
        AttemptState::Submitted => true,
        AttemptState::Abandoned => kind != EntryKind::SubmittedFor,
    };
    if ends && is_over {
        return Err(Code::Closed);
    }
    let incoming = next_of(&WriterId::server(), log, kind, slot, payload);
    Ok(Appended::Accept {
        entry: Box::new(new_entry(&header.id, log, &incoming, now)),
        lease: log.lease.clone(),
        state: state_after(header.state, kind),
    })
}

/// Makes the entry of a marker's decision on one answer of a submitted attempt.
/// `log.writer` is the state of that marker's [`WriterId::marker`]. What other
/// markers decided does not hold it up: how it stands to them is in the decision.
///
/// # Errors
/// `ATT-ENTRY-KIND` while the attempt runs; `ATT-SLOT-UNKNOWN` for what is not
/// marked; `ATT-RESPONSE-INVALID` for a fraction out of range; `ATT-TOO-LARGE`.
pub fn append_by_marker(
    header: &AttemptHeader,
    published: &Published,
    log: &LogState,
    writer: &WriterId,
    slot: &SlotId,
    decision: &Decision,
    now: DateTime<Utc>,
) -> Result<Appended, Code> {
    if header.state != AttemptState::Submitted {
        return Err(Code::EntryKind);
    }
    let item = published
        .content
        .slot(slot)
        .and_then(|slot| published.items.get(&slot.item_version_id))
        .filter(|item| item.is_marked());
    item.ok_or(Code::SlotUnknown)?;
    if !(0.0..=1.0).contains(&decision.fraction) {
        return Err(Code::ResponseInvalid);
    }
    let payload = decision.payload();
    if payload.len() > limits::PAYLOAD_BYTES || log.last_position >= limits::ENTRIES {
        return Err(Code::TooLarge);
    }
    let incoming = next_of(writer, log, EntryKind::MarkerDecision, Some(slot), &payload);
    Ok(Appended::Accept {
        entry: Box::new(new_entry(&header.id, log, &incoming, now)),
        lease: log.lease.clone(),
        state: header.state,
    })
}

/// Makes the entry of what a marker enters for a part of an examination, or for
/// its oral supplement, once the attempt is submitted. `log.writer` is the state
/// of that marker's [`WriterId::marker`].
///
/// # Errors
/// `ATT-ENTRY-KIND` while the attempt runs; `ATT-PART-UNKNOWN` for a part that
/// nobody enters; `ATT-RESPONSE-INVALID` for points out of range; `ATT-TOO-LARGE`.
pub fn append_part_points(
    header: &AttemptHeader,
    published: &Published,
    log: &LogState,
    writer: &WriterId,
    entered: &PartPoints,
    now: DateTime<Utc>,
) -> Result<Appended, Code> {
    if header.state != AttemptState::Submitted {
        return Err(Code::EntryKind);
    }
    let scheme = published.content.scheme.as_ref().ok_or(Code::PartUnknown)?;
    let by_hand = scheme
        .part(&entered.part)
        .is_some_and(|part| part.source == PartSource::Marker);
    let orally = scheme
        .supplement
        .as_ref()
        .is_some_and(|oral| oral.parts.contains(&entered.part));
    if !(if entered.supplement { orally } else { by_hand }) {
        return Err(Code::PartUnknown);
    }
    let payload = entered.payload();
    if PartPoints::read(&payload).is_none() {
        return Err(Code::ResponseInvalid);
    }
    if log.last_position >= limits::ENTRIES {
        return Err(Code::TooLarge);
    }
    let incoming = next_of(writer, log, EntryKind::PartPoints, None, &payload);
    Ok(Appended::Accept {
        entry: Box::new(new_entry(&header.id, log, &incoming, now)),
        lease: log.lease.clone(),
        state: header.state,
    })
}

fn next_of(
    writer: &WriterId,
    log: &LogState,
    kind: EntryKind,
    slot: Option<&SlotId>,
    payload: &str,
) -> Incoming {
    Incoming {
        writer: writer.clone(),
        number: log.writer.last_number + 1,
        kind,
        slot: slot.cloned(),
        payload: payload.to_owned(),
        device_at: None,
        elapsed_ms: None,
        previous_hash: log.writer.last_hash,
        hash: None,
        take_over: false,
    }
}

fn check_limits(incoming: &Incoming) -> Result<(), Code> {
    let slot_fits = incoming
        .slot
        .as_ref()
        .is_none_or(|slot| slot.as_str().len() <= limits::ID_BYTES);
    // Databases have an end of time, each its own.
    let time_fits = incoming
        .device_at
        .is_none_or(|time| (1970..=9999).contains(&time.year()));
    let fits = slot_fits && time_fits && incoming.payload.len() <= limits::PAYLOAD_BYTES;
    if !fits {
        return Err(Code::TooLarge);
    }
    let is_ours = incoming.writer.is_server() || incoming.writer.as_marker().is_some();
    if is_ours || !incoming.writer.is_well_formed() {
        return Err(Code::Writer);
    }
    if !incoming.kind.is_students() {
        return Err(Code::EntryKind);
    }
    Ok(())
}

/// Times may differ: a page that lost its storage may send the same answer again.
fn already_saved(saved: &Entry, incoming: &Incoming) -> Result<Appended, Code> {
    let same =
        saved.kind == incoming.kind && saved.slot == incoming.slot && saved.payload == incoming.payload;
    if !same {
        return Err(Code::EntryConflict);
    }
    Ok(Appended::AlreadySaved {
        entry: Box::new(saved.clone()),
    })
}

fn check_time(
    header: &AttemptHeader,
    incoming: &Incoming,
    grace: TimeDelta,
    now: DateTime<Utc>,
) -> Result<(), Code> {
    match header.state {
        AttemptState::Open => {}
        AttemptState::Submitted => return Err(Code::Closed),
        AttemptState::Abandoned => return Err(Code::TimeOver),
    }
    let Some(due_at) = header.due_at.filter(|due_at| is_over(*due_at, grace, now)) else {
        return Ok(());
    };
    // the device's clock can be set, so it explains the refusal but never lifts it
    let written_in_time = incoming.device_at.is_some_and(|device_at| device_at <= due_at);
    Err(if written_in_time {
        Code::ArrivedLate
    } else {
        Code::TimeOver
    })
}

fn check_lease(log: &LogState, incoming: &Incoming, now: DateTime<Utc>) -> Result<(), Code> {
    let Some(lease) = log.lease.as_ref().filter(|lease| lease.writer != incoming.writer) else {
        return Ok(());
    };
    let is_new = log.writer.last_number == 0;
    let lapsed = lease.expires_at <= now;
    if incoming.take_over || (is_new && lapsed) {
        return Ok(());
    }
    Err(Code::Writer)
}

fn check_number(log: &LogState, incoming: &Incoming) -> Result<(), Code> {
    if incoming.number != log.writer.last_number + 1 {
        return Err(Code::EntryGap);
    }
    if incoming.previous_hash != log.writer.last_hash {
        return Err(Code::Chain);
    }
    // a full log can still be submitted
    if log.last_position >= limits::ENTRIES && !incoming.kind.submits() {
        return Err(Code::TooLarge);
    }
    Ok(())
}

fn check_content(
    header: &AttemptHeader,
    published: &Published,
    standing: Standing,
    incoming: &Incoming,
) -> Result<(), Code> {
    let Some(slot) = &incoming.slot else {
        let payload_fits = incoming.payload.is_empty() || incoming.kind == EntryKind::Choose;
        let complete = !incoming.kind.has_slot() && payload_fits;
        return complete.then_some(()).ok_or(Code::ResponseInvalid);
    };
    if !incoming.kind.has_slot() {
        return Err(Code::ResponseInvalid);
    }
    let item = published
        .content
        .slot(slot)
        .and_then(|slot| published.items.get(&slot.item_version_id))
        .ok_or(Code::SlotUnknown)?;
    let rules = &published.content.rules;
    let judges = matches!(
        incoming.kind,
        EntryKind::Answer | EntryKind::Check | EntryKind::Certainty
    );
    if judges && standing.finished {
        return Err(Code::QuestionFinished);
    }
    match incoming.kind {
        EntryKind::Answer => {}
        EntryKind::Certainty => {
            let is_asked = rules.certainty && rules.behaviour.takes_certainty();
            let level = Certainty::from_payload(&incoming.payload).filter(|_| is_asked);
            return level.map(|_| ()).ok_or(Code::ResponseInvalid);
        }
        EntryKind::Check if !incoming.payload.is_empty() => return Err(Code::ResponseInvalid),
        EntryKind::Check => {
            let can = rules.behaviour.checks() && item.is_checkable() && standing.answered;
            return can.then_some(()).ok_or(Code::NotCheckable);
        }
        _ => {
            let complete = incoming.payload.is_empty();
            return complete.then_some(()).ok_or(Code::ResponseInvalid);
        }
    }
    match Response::parse(item, &incoming.payload, &header.context(slot)) {
        Ok(_) => Ok(()),
        Err(ResponseProblem::TooLarge(_)) => Err(Code::TooLarge),
        Err(_) => Err(Code::ResponseInvalid),
    }
}

/// The entry as it will stand in the log. The device time is cut to the
/// milliseconds that the hash covers, so that it survives any database.
fn new_entry(attempt: &AttemptId, log: &LogState, incoming: &Incoming, now: DateTime<Utc>) -> Entry {
    let device_at = incoming.device_at.map(|time| time.trunc_subsecs(3));
    let hash = Covered {
        attempt,
        writer: &incoming.writer,
        number: incoming.number,
        kind: incoming.kind,
        slot: incoming.slot.as_ref(),
        payload: &incoming.payload,
        device_at,
        elapsed_ms: incoming.elapsed_ms,
        previous_hash: incoming.previous_hash,
    }
    .hash();
    Entry {
        attempt: attempt.clone(),
        position: log.last_position + 1,
        writer: incoming.writer.clone(),
        number: incoming.number,
        kind: incoming.kind,
        slot: incoming.slot.clone(),
        payload: incoming.payload.clone(),
        device_at,
        elapsed_ms: incoming.elapsed_ms,
        previous_hash: incoming.previous_hash,
        hash,
        received_at: now,
    }
}

fn state_after(state: AttemptState, kind: EntryKind) -> AttemptState {
    match kind {
        EntryKind::Reopen => AttemptState::Open,
        EntryKind::Abandon => AttemptState::Abandoned,
        kind if kind.submits() => AttemptState::Submitted,
        _ => state,
    }
}
