//! Attempts, the lines of their logs, who writes to those logs, and what the
//! attempts are worth.
//!
//! Every transaction that writes to a log first locks its attempt's row with
//! [`reserve`] or [`reserve_if_open`], so that two processes never give the
//! same position. What is taken into a log is `assessment`'s decision.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    placements::{GradeColumn, Placement},
    schema::{
        attempt_entries, attempt_writers, attempts, contexts, deployments, grade_columns, marking_policies,
        outcomes, placements, registrations,
    },
};

/// One attempt of one person at one placement.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = attempts)]
pub struct Attempt {
    /// UUIDv7.
    pub id: String,
    /// The activity.
    pub placement_id: String,
    /// Whose attempt it is.
    pub person_id: String,
    /// As whom it was begun: the platform's grade goes to this identity.
    pub identity_id: String,
    /// 1, 2, 3, … of this person at this placement.
    pub number: i64,
    /// The published version that it pins.
    pub assessment_version_id: String,
    /// Decides the order of questions and options.
    pub seed: i64,
    /// Language tag in which it was begun.
    pub language: String,
    /// `open`, `submitted` or `abandoned`.
    pub state: String,
    /// When it began.
    pub started_at: Timestamp,
    /// The last moment at which an answer counts; empty when nothing ends it.
    pub due_at: Option<Timestamp>,
    /// When it was submitted; the due time when the server did.
    pub submitted_at: Option<Timestamp>,
    /// `student`, `deadline` or `instructor`.
    pub ended_by: Option<String>,
    /// The highest position given in its log; 0 for an empty one.
    pub last_position: i64,
    /// Until when it may be submitted: the due time and the grace of its rules.
    pub submit_until: Option<Timestamp>,
    /// Until when its clock stands at the latest; empty while it runs.
    pub break_ends_at: Option<Timestamp>,
}

/// One line of a log; rows never change.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attempt_entries)]
pub struct Entry {
    /// The attempt.
    pub attempt_id: String,
    /// 1, 2, 3, … in this log.
    pub position: i64,
    /// The tab, device or plain form; `server` for the server's own.
    pub writer: String,
    /// 1, 2, 3, … of this writer.
    pub number: i64,
    /// What it says, by the name that `assessment` gives it.
    pub kind: String,
    /// The question; empty when it is about the attempt.
    pub slot: Option<String>,
    /// As typed.
    pub payload: String,
    /// The device's clock.
    pub device_at: Option<Timestamp>,
    /// Milliseconds since the page was opened.
    pub elapsed_ms: Option<i64>,
    /// Hash of the writer's previous entry, hexadecimal; "" for its first.
    pub previous_hash: String,
    /// Its own hash, hexadecimal.
    pub hash: String,
    /// When it was taken.
    pub received_at: Timestamp,
}

/// The end of one writer's chain, and its lease.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attempt_writers)]
pub struct Writer {
    /// The attempt.
    pub attempt_id: String,
    /// The tab, device or plain form.
    pub writer: String,
    /// The session that it last wrote in.
    pub session_id: Option<String>,
    /// The number of its last entry.
    pub last_number: i64,
    /// The hash of that entry, hexadecimal.
    pub last_hash: String,
    /// Until when it alone may write; the latest one of an attempt is the lease.
    pub leased_until: Timestamp,
}

/// What an attempt is worth under one marking policy.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = outcomes)]
pub struct Outcome {
    /// The attempt.
    pub attempt_id: String,
    /// The policy.
    pub marking_policy_id: String,
    /// From 0 to `maximum`.
    pub score: f64,
    /// What could be reached.
    pub maximum: f64,
    /// JSON of the whole outcome, per question.
    pub content: String,
    /// When it was worked out.
    pub created_at: Timestamp,
}

/// An attempt with what it is worth under its newest policy; `None` while it runs.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The attempt.
    pub attempt: Attempt,
    /// Its newest outcome.
    pub outcome: Option<Outcome>,
}

/// What was answered to one question, once.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Answer {
    /// The attempt.
    pub attempt_id: String,
    /// The question.
    pub slot: String,
    /// As typed.
    pub payload: String,
    /// Whether it asks to have the answer before it checked, and is none itself.
    pub is_check: bool,
}

/// An attempt that must end: until when it could be submitted, then its id. The loop goes through them in this order.
pub type Due = (Timestamp, String);

/// The context's attempt of that id, with where it stands and where its mark goes.
pub fn find(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
) -> Result<Option<(Attempt, Placement, GradeColumn)>> {
    db!(connection, c => Ok(attempts::table
        .inner_join(placements::table.inner_join(grade_columns::table))
        .filter(attempts::id.eq(id).and(placements::context_id.eq(context_id)))
        .select((Attempt::as_select(), Placement::as_select(), GradeColumn::as_select()))
        .first(c)
        .optional()?))
}

/// A person's attempts at a placement, the first one first.
pub fn list(connection: &mut Connection, person_id: &str, placement_id: &str) -> Result<Vec<Attempt>> {
    db!(connection, c => Ok(attempts::table
        .filter(attempts::person_id.eq(person_id).and(attempts::placement_id.eq(placement_id)))
        .order(attempts::number)
        .select(Attempt::as_select())
        .load(c)?))
}

/// A person's attempts at a placement with their marks, the first one first.
pub fn list_marked(connection: &mut Connection, person_id: &str, placement_id: &str) -> Result<Vec<Marked>> {
    let found = list(connection, person_id, placement_id)?;
    let rows = db!(connection, c => outcomes::table
        .inner_join(marking_policies::table)
        .inner_join(attempts::table)
        .filter(attempts::person_id.eq(person_id).and(attempts::placement_id.eq(placement_id)))
        .order(marking_policies::number)
        .select(Outcome::as_select())
        .load(c)?);
    Ok(marked(found, rows))
}

/// Everybody's attempts at a placement with their marks, by person and number.
pub fn list_marked_of_all(
    connection: &mut Connection,
    context_id: &str,
    placement_id: &str,
) -> Result<Vec<Marked>> {
    let (found, rows) = db!(connection, c => {
        let found = attempts::table
            .inner_join(placements::table)
            .filter(attempts::placement_id.eq(placement_id).and(placements::context_id.eq(context_id)))
            .order((attempts::person_id, attempts::number))
            .select(Attempt::as_select())
            .load(c)?;
        let rows = outcomes::table
            .inner_join(marking_policies::table)
            .inner_join(attempts::table.inner_join(placements::table))
            .filter(attempts::placement_id.eq(placement_id).and(placements::context_id.eq(context_id)))
            .order(marking_policies::number)
            .select(Outcome::as_select())
            .load(c)?;
        (found, rows)
    });
    Ok(marked(found, rows))
}

/// Every answer of everybody's submitted attempts at a placement, by attempt and position: a later one replaces the
/// one before.
pub fn list_answers(
    connection: &mut Connection,
    context_id: &str,
    placement_id: &str,
) -> Result<Vec<Answer>> {
    db!(connection, c => Ok(attempt_entries::table
        .inner_join(attempts::table.inner_join(placements::table))
        .filter(attempts::placement_id.eq(placement_id).and(placements::context_id.eq(context_id)))
        .filter(attempts::submitted_at.is_not_null().and(attempt_entries::kind.eq_any(["answer", "check"])))
        .filter(attempt_entries::slot.is_not_null())
        .order((attempt_entries::attempt_id, attempt_entries::position))
        .select((
            attempt_entries::attempt_id,
            attempt_entries::slot.assume_not_null(),
            attempt_entries::payload,
            attempt_entries::kind.eq("check"),
        ))
        .load(c)?))
}

/// Who decided on the mark of which answer: attempt, question, writer; of everybody's attempts at a placement.
pub fn list_decisions(
    connection: &mut Connection,
    context_id: &str,
    placement_id: &str,
) -> Result<Vec<(String, String, String)>> {
    db!(connection, c => Ok(attempt_entries::table
        .inner_join(attempts::table.inner_join(placements::table))
        .filter(attempts::placement_id.eq(placement_id).and(placements::context_id.eq(context_id)))
        .filter(attempt_entries::kind.eq("marker_decision").and(attempt_entries::slot.is_not_null()))
        .select((
            attempt_entries::attempt_id,
            attempt_entries::slot.assume_not_null(),
            attempt_entries::writer,
        ))
        .load(c)?))
}

// `rows` come by rising policy number, so that the newest one stays.
fn marked(found: Vec<Attempt>, rows: Vec<Outcome>) -> Vec<Marked> {
    let mut newest: HashMap<String, Outcome> = rows
        .into_iter()
        .map(|outcome| (outcome.attempt_id.clone(), outcome))
        .collect();
    let with_outcome = |attempt: Attempt| Marked {
        outcome: newest.remove(&attempt.id),
        attempt,
    };
    found.into_iter().map(with_outcome).collect()
}

/// Adds one. `Conflict` when the person has one of that number there.
pub fn insert(connection: &mut Connection, attempt: &Attempt) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(attempts::table).values(attempt).execute(c)?;
        Ok(())
    })
}

/// Locks the person's attempt until the transaction ends and reserves the next
/// `positions` of its log: the answer's `last_position` is the last of them.
pub fn reserve(
    connection: &mut Connection,
    person_id: &str,
    id: &str,
    positions: i64,
) -> Result<Option<Attempt>> {
    db!(connection, c => Ok(diesel::update(attempts::table.find(id))
        .filter(attempts::person_id.eq(person_id))
        .set(attempts::last_position.eq(attempts::last_position + positions))
        .returning(Attempt::as_select())
        .get_result(c)
        .optional()?))
}

/// As [`reserve`], one position for the server itself; `None` when the attempt
/// is not open any more, so that of two processes one ends it.
pub fn reserve_if_open(connection: &mut Connection, id: &str) -> Result<Option<Attempt>> {
    db!(connection, c => Ok(diesel::update(attempts::table.find(id))
        .filter(attempts::state.eq("open"))
        .set(attempts::last_position.eq(attempts::last_position + 1))
        .returning(Attempt::as_select())
        .get_result(c)
        .optional()?))
}

/// Locks an attempt of whatever state for one entry of the server, as [`reserve`].
pub fn reserve_for_server(connection: &mut Connection, id: &str) -> Result<Option<Attempt>> {
    db!(connection, c => Ok(diesel::update(attempts::table.find(id))
        .set(attempts::last_position.eq(attempts::last_position + 1))
        .returning(Attempt::as_select())
        .get_result(c)
        .optional()?))
}

/// Moves a locked attempt's clock: when it is due, until when it may be submitted, and its break.
pub fn set_clock(
    connection: &mut Connection,
    id: &str,
    due_at: Option<Timestamp>,
    submit_until: Option<Timestamp>,
    break_ends_at: Option<Timestamp>,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(attempts::table.find(id))
            .set((
                attempts::due_at.eq(due_at),
                attempts::submit_until.eq(submit_until),
                attempts::break_ends_at.eq(break_ends_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Ends a locked attempt that was not submitted in time.
pub fn abandon(connection: &mut Connection, id: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(attempts::table.find(id))
            .set((attempts::state.eq("abandoned"), attempts::ended_by.eq("deadline")))
            .execute(c)?;
        Ok(())
    })
}

/// The open attempts at an activity, the oldest first.
pub fn list_open(connection: &mut Connection, placement_id: &str) -> Result<Vec<Attempt>> {
    db!(connection, c => Ok(attempts::table
        .filter(attempts::placement_id.eq(placement_id).and(attempts::state.eq("open")))
        .order(attempts::id)
        .select(Attempt::as_select())
        .load(c)?))
}

/// The open attempts in a course, the oldest first.
pub fn list_open_of_context(connection: &mut Connection, context_id: &str) -> Result<Vec<Attempt>> {
    db!(connection, c => Ok(attempts::table
        .inner_join(placements::table)
        .filter(placements::context_id.eq(context_id).and(attempts::state.eq("open")))
        .order(attempts::id)
        .select(Attempt::as_select())
        .load(c)?))
}

/// A person's open attempts in an organisation, with its id, the oldest first.
pub fn list_open_of_person(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
) -> Result<Vec<Attempt>> {
    db!(connection, c => Ok(attempts::table
        .inner_join(placements::table.inner_join(
            contexts::table.inner_join(deployments::table.inner_join(registrations::table)),
        ))
        .filter(registrations::organisation_id.eq(organisation_id))
        .filter(attempts::person_id.eq(person_id).and(attempts::state.eq("open")))
        .order(attempts::id)
        .select(Attempt::as_select())
        .load(c)?))
}

/// Gives back positions that were reserved and are not used.
pub fn set_last_position(connection: &mut Connection, id: &str, last_position: i64) -> Result<()> {
    db!(connection, c => {
        diesel::update(attempts::table.find(id))
            .set(attempts::last_position.eq(last_position))
            .execute(c)?;
        Ok(())
    })
}

/// Submits a locked attempt; `ended_by` is `student`, `deadline` or `instructor`.
pub fn close(connection: &mut Connection, id: &str, submitted_at: Timestamp, ended_by: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(attempts::table.find(id))
            .set((
                attempts::state.eq("submitted"),
                attempts::submitted_at.eq(submitted_at),
                attempts::ended_by.eq(ended_by),
                attempts::break_ends_at.eq(None::<Timestamp>),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Open attempts whose time to submit ended before `before`, those after `after`
/// only; at most `limit`.
pub fn list_due(
    connection: &mut Connection,
    before: Timestamp,
    after: Option<&Due>,
    limit: i64,
) -> Result<Vec<Due>> {
    db!(connection, c => {
        let mut query = attempts::table
            .filter(attempts::state.eq("open").and(attempts::submit_until.lt(before)))
            .order((attempts::submit_until, attempts::id))
            .limit(limit)
            .select((attempts::submit_until.assume_not_null(), attempts::id))
            .into_boxed();
        if let Some((until, id)) = after {
            let later = attempts::submit_until.assume_not_null().gt(until);
            let next = attempts::submit_until.assume_not_null().eq(until).and(attempts::id.gt(id));
            query = query.filter(later.or(next));
        }
        Ok(query.load(c)?)
    })
}

/// An attempt's whole log by position.
pub fn list_entries(connection: &mut Connection, attempt_id: &str) -> Result<Vec<Entry>> {
    db!(connection, c => Ok(attempt_entries::table
        .filter(attempt_entries::attempt_id.eq(attempt_id))
        .order(attempt_entries::position)
        .select(Entry::as_select())
        .load(c)?))
}

/// What a writer saved under a number.
pub fn find_entry(
    connection: &mut Connection,
    attempt_id: &str,
    writer: &str,
    number: i64,
) -> Result<Option<Entry>> {
    db!(connection, c => Ok(attempt_entries::table
        .filter(
            attempt_entries::attempt_id.eq(attempt_id)
                .and(attempt_entries::writer.eq(writer))
                .and(attempt_entries::number.eq(number)),
        )
        .select(Entry::as_select())
        .first(c)
        .optional()?))
}

/// Adds lines to a locked attempt's log.
pub fn insert_entries(connection: &mut Connection, entries: &[Entry]) -> Result<()> {
    db!(connection, c => {
        for entry in entries {
            diesel::insert_into(attempt_entries::table).values(entry).execute(c)?;
        }
        Ok(())
    })
}

/// That writer of an attempt and the one that holds the lease, as far as there are any.
pub fn find_writers(connection: &mut Connection, attempt_id: &str, writer: &str) -> Result<Vec<Writer>> {
    let holders = diesel::alias!(attempt_writers as holders);
    db!(connection, c => {
        let latest = holders
            .filter(holders.field(attempt_writers::attempt_id).eq(attempt_id))
            .select(diesel::dsl::max(holders.field(attempt_writers::leased_until)))
            .single_value();
        Ok(attempt_writers::table
            .filter(attempt_writers::attempt_id.eq(attempt_id))
            .filter(
                attempt_writers::writer.eq(writer)
                    .or(attempt_writers::leased_until.nullable().eq(latest)),
            )
            .select(Writer::as_select())
            .load(c)?)
    })
}

/// Keeps where a writer's chain ends.
pub fn upsert_writer(connection: &mut Connection, writer: &Writer) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(attempt_writers::table)
            .values(writer)
            .on_conflict((attempt_writers::attempt_id, attempt_writers::writer))
            .do_update()
            .set((
                attempt_writers::session_id.eq(&writer.session_id),
                attempt_writers::last_number.eq(writer.last_number),
                attempt_writers::last_hash.eq(&writer.last_hash),
                attempt_writers::leased_until.eq(writer.leased_until),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Ends the leases of all writers but one. A lease given by a process whose
/// clock is ahead would otherwise outlive its being taken over.
pub fn end_other_leases(
    connection: &mut Connection,
    attempt_id: &str,
    writer: &str,
    now: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(attempt_writers::table)
            .filter(
                attempt_writers::attempt_id.eq(attempt_id)
                    .and(attempt_writers::writer.ne(writer))
                    .and(attempt_writers::leased_until.gt(now)),
            )
            .set(attempt_writers::leased_until.eq(now))
            .execute(c)?;
        Ok(())
    })
}

/// Keeps what an attempt is worth under a policy.
pub fn upsert_outcome(connection: &mut Connection, outcome: &Outcome) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(outcomes::table)
            .values(outcome)
            .on_conflict((outcomes::attempt_id, outcomes::marking_policy_id))
            .do_update()
            .set((
                outcomes::score.eq(outcome.score),
                outcomes::maximum.eq(outcome.maximum),
                outcomes::content.eq(&outcome.content),
                outcomes::created_at.eq(outcome.created_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// What an attempt is worth under its newest policy.
pub fn find_outcome(connection: &mut Connection, attempt_id: &str) -> Result<Option<Outcome>> {
    db!(connection, c => Ok(outcomes::table
        .inner_join(marking_policies::table)
        .filter(outcomes::attempt_id.eq(attempt_id))
        .order(marking_policies::number.desc())
        .select(Outcome::as_select())
        .first(c)
        .optional()?))
}

#[cfg(test)]
mod tests;
