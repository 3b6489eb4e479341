//! Between the rows of an attempt and what `assessment` decides on, and the log
//! of one attempt in the transaction that writes to it.

use std::{borrow::Cow, sync::Arc};

use ::assessment::{
    Appended, AttemptHeader, AttemptId, AttemptState, Code as AttemptCode, Decision, Entry, EntryHash,
    EntryKind, Incoming, Lease, LogState, Moves, PartPoints, Published, SlotId, Standing, WriterId,
    WriterState, append, append_by_marker, append_by_server, append_part_points, entry_from_form, is_due,
    slot_logs, standing,
};
use chrono::{DateTime, TimeDelta, Utc};
use storage::{
    Connection,
    attempts::{self, Attempt, Writer},
};

use crate::{Error, Result, media};

/// How long after the due time an entry is still taken, and the server waits
/// before it submits by itself: an answer given in the last second on a phone
/// is on its way for a while. Nobody is shown this time.
pub(crate) const GRACE: TimeDelta = TimeDelta::seconds(5);

/// The state of an attempt; an unknown one takes no answers.
pub(crate) fn state_of(attempt: &Attempt) -> AttemptState {
    AttemptState::from_name(&attempt.state).unwrap_or(AttemptState::Submitted)
}

/// What was fixed when an attempt began.
pub(crate) fn header_of(attempt: &Attempt) -> AttemptHeader {
    AttemptHeader {
        id: AttemptId::from(attempt.id.as_str()),
        seed: attempt.seed,
        language: attempt.language.clone(),
        started_at: attempt.started_at.and_utc(),
        due_at: attempt.due_at.map(|due_at| due_at.and_utc()),
        state: state_of(attempt),
    }
}

/// Whether the server must end it.
pub(crate) fn is_overdue(attempt: &Attempt, now: DateTime<Utc>) -> bool {
    let header = AttemptHeader {
        due_at: attempt.submit_until.map(|until| until.and_utc()),
        ..header_of(attempt)
    };
    is_due(&header, GRACE, now)
}

/// Seconds until the due time, never below 0; `None` without one.
pub(crate) fn remaining_seconds(attempt: &Attempt, now: DateTime<Utc>) -> Option<i64> {
    let due_at = attempt.due_at?.and_utc();
    Some(due_at.signed_duration_since(now).num_seconds().max(0))
}

/// A whole log as `assessment` reads it, by position.
pub(crate) fn read_log(connection: &mut Connection, attempt_id: &str) -> Result<Vec<Entry>> {
    let rows = attempts::list_entries(connection, attempt_id)?;
    rows.into_iter().map(entry_of).collect()
}

/// The number of the last entry of a writer that was saved; 0 before the first.
pub(crate) fn last_number(connection: &mut Connection, attempt_id: &str, writer: &WriterId) -> Result<i64> {
    let rows = attempts::find_writers(connection, attempt_id, writer.as_str())?;
    let own = rows.iter().find(|row| row.writer == writer.as_str());
    Ok(own.map_or(0, |row| row.last_number))
}

/// One writer's entries on their way into a locked attempt's log.
pub(crate) struct OpenLog {
    header: AttemptHeader,
    published: Arc<Published>,
    writer: WriterId,
    state: LogState,
    holder_before: Option<WriterId>,
    /// The server ended it at the deadline: nothing of a page is taken any more.
    ended: bool,
    /// Until when nothing is answered, because the student has a break.
    break_ends_at: Option<DateTime<Utc>>,
    reserved_until: i64,
    accepted: Vec<Entry>,
    /// Where questions are checked: by which keys, and all entries.
    watched: Option<(Arc<Published>, Vec<Entry>)>,
}

impl OpenLog {
    /// Reads what the decisions need. `attempt` is the row that
    /// [`attempts::reserve`] answered for `reserved` positions.
    pub(crate) fn of(
        connection: &mut Connection,
        attempt: &Attempt,
        published: Arc<Published>,
        writer: WriterId,
        reserved: i64,
    ) -> Result<Self> {
        let rows = attempts::find_writers(connection, &attempt.id, writer.as_str())?;
        let lease = lease_of(&rows);
        let own = rows.iter().find(|row| row.writer == writer.as_str());
        let mut header = header_of(attempt);
        let ended = header.state != AttemptState::Open && attempt.ended_by.as_deref() == Some("deadline");
        if ended && !writer.is_server() && writer.as_marker().is_none() {
            // Late entries are then refused for the time, which explains more than "submitted".
            header.state = AttemptState::Open;
        }
        let content = &published.content;
        let watched = match content.rules.behaviour.checks() || content.follows_moves() {
            true => Some((
                crate::attempt_review::as_marked(connection, attempt, Arc::clone(&published))?,
                read_log(connection, &attempt.id)?,
            )),
            false => None,
        };
        let moves = watched
            .as_ref()
            .map(|(published, entries)| Moves::of(published, &header, entries));
        Ok(Self {
            header,
            published,
            watched,
            writer,
            ended,
            break_ends_at: attempt.break_ends_at.map(|at| at.and_utc()),
            holder_before: lease.as_ref().map(|lease| lease.writer.clone()),
            state: LogState {
                last_position: attempt.last_position - reserved,
                writer: own.map(writer_state).transpose()?.unwrap_or_default(),
                lease,
                saved: None,
                standing: Standing::default(),
                moves: moves.unwrap_or_default(),
            },
            reserved_until: attempt.last_position,
            accepted: Vec::new(),
        })
    }

    /// The number of the writer's last entry.
    pub(crate) fn last_number(&self) -> i64 {
        self.state.writer.last_number
    }

    /// The version that the attempt pins.
    pub(crate) fn published(&self) -> &Published {
        &self.published
    }

    /// Whether an entry of this transaction submitted the attempt.
    pub(crate) fn submits(&self) -> bool {
        self.accepted.iter().any(|entry| entry.kind.submits())
    }

    /// Takes an entry of a page, or refuses it.
    pub(crate) fn append(
        &mut self,
        connection: &mut Connection,
        incoming: &Incoming,
        now: DateTime<Utc>,
    ) -> Result<()> {
        // Numbers have no gaps, so only a known one can be saved already.
        self.state.saved = if incoming.number <= self.state.writer.last_number {
            let (attempt, writer) = (self.header.id.as_str(), incoming.writer.as_str());
            let saved = attempts::find_entry(connection, attempt, writer, incoming.number)?;
            saved.map(entry_of).transpose()?
        } else {
            None
        };
        self.state.standing = self.standing(incoming.slot.as_ref());
        let stands = self.break_ends_at.is_some_and(|until| now < until);
        if stands && self.state.saved.is_none() {
            return Err(AttemptCode::OnBreak.into());
        }
        let incoming = self.chained(incoming);
        let decided = append(&self.header, &self.published, &self.state, &incoming, GRACE, now)?;
        if self.ended && matches!(decided, Appended::Accept { .. }) {
            return Err(AttemptCode::Closed.into());
        }
        if matches!(decided, Appended::Accept { .. }) {
            self.claim_files(connection, &incoming, now)?;
        }
        self.follow(decided);
        Ok(())
    }

    fn standing(&self, slot: Option<&SlotId>) -> Standing {
        let (Some((published, entries)), Some(slot)) = (&self.watched, slot) else {
            return Standing::default();
        };
        let log = slot_logs(entries).remove(slot).unwrap_or_default();
        standing(published, &self.header, slot, &log)
    }

    fn claim_files(
        &self,
        connection: &mut Connection,
        incoming: &Incoming,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let Some(slot) = &incoming.slot else {
            return Ok(());
        };
        let version = self
            .published
            .content
            .slot(slot)
            .map(|slot| &slot.item_version_id);
        let Some(item) = version.and_then(|id| self.published.items.get(id)) else {
            return Ok(());
        };
        let (attempt, context) = (self.header.id.as_str(), self.header.context(slot));
        media::claim(connection, attempt, item, &incoming.payload, &context, now)
    }

    // A page that cannot hash (no secure context) leaves the chain to us.
    fn chained<'a>(&self, incoming: &'a Incoming) -> Cow<'a, Incoming> {
        if incoming.hash.is_some() || incoming.previous_hash.is_some() {
            return Cow::Borrowed(incoming);
        }
        Cow::Owned(Incoming {
            previous_hash: self.state.writer.last_hash,
            ..incoming.clone()
        })
    }

    /// Takes the next entry of a plain form.
    pub(crate) fn append_from_form(
        &mut self,
        connection: &mut Connection,
        kind: EntryKind,
        slot: Option<&SlotId>,
        payload: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let incoming = entry_from_form(&self.state, &self.writer, kind, slot, payload);
        self.append(connection, &incoming, now)
    }

    /// Takes an entry of the server itself.
    pub(crate) fn append_by_server(
        &mut self,
        kind: EntryKind,
        slot: Option<&SlotId>,
        payload: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let decided = append_by_server(&self.header, &self.state, kind, slot, payload, now)?;
        self.follow(decided);
        Ok(())
    }

    /// Takes what a marker enters for a part of an examination.
    pub(crate) fn append_part_points(&mut self, entered: &PartPoints, now: DateTime<Utc>) -> Result<()> {
        let (header, published, state) = (&self.header, &self.published, &self.state);
        let decided = append_part_points(header, published, state, &self.writer, entered, now)?;
        self.follow(decided);
        Ok(())
    }

    /// Takes a marker's decision; the log's writer is that marker.
    pub(crate) fn append_decision(
        &mut self,
        slot: &SlotId,
        decision: &Decision,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut header = self.header.clone();
        if self.ended {
            header.state = AttemptState::Submitted;
        }
        let (published, state) = (&self.published, &self.state);
        let decided = append_by_marker(&header, published, state, &self.writer, slot, decision, now)?;
        self.follow(decided);
        Ok(())
    }

    fn follow(&mut self, decided: Appended) {
        let Appended::Accept { entry, lease, state } = decided else {
            return;
        };
        self.header.state = state;
        self.state.last_position = entry.position;
        self.state.writer = WriterState {
            last_number: entry.number,
            last_hash: Some(entry.hash),
        };
        self.state.lease = lease;
        if let Some((published, entries)) = &mut self.watched {
            entries.push((*entry).clone());
            self.state.moves = Moves::of(published, &self.header, entries);
        }
        self.accepted.push(*entry);
    }

    /// What was taken.
    pub(crate) fn accepted(&self) -> &[Entry] {
        &self.accepted
    }

    /// Writes what was taken; afterwards only the commit is missing.
    pub(crate) fn write(
        &self,
        connection: &mut Connection,
        session_id: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let attempt = self.header.id.as_str();
        if self.state.last_position != self.reserved_until {
            attempts::set_last_position(connection, attempt, self.state.last_position)?;
        }
        if self.accepted.is_empty() {
            return Ok(());
        }
        let rows: Vec<attempts::Entry> = self.accepted.iter().map(row_of).collect();
        attempts::insert_entries(connection, &rows)?;
        let held = self
            .state
            .lease
            .as_ref()
            .filter(|lease| lease.writer == self.writer);
        if held.is_some()
            && self
                .holder_before
                .as_ref()
                .is_some_and(|before| *before != self.writer)
        {
            attempts::end_other_leases(connection, attempt, self.writer.as_str(), now.naive_utc())?;
        }
        let writer = Writer {
            attempt_id: attempt.to_owned(),
            writer: self.writer.to_string(),
            session_id: session_id.map(str::to_owned),
            last_number: self.state.writer.last_number,
            last_hash: hex(self.state.writer.last_hash),
            leased_until: held
                .map_or(DateTime::UNIX_EPOCH, |lease| lease.expires_at)
                .naive_utc(),
        };
        Ok(attempts::upsert_writer(connection, &writer)?)
    }
}

fn lease_of(rows: &[Writer]) -> Option<Lease> {
    // The server and markers write without a lease.
    let leased = rows.iter().filter(|row| {
        let writer = WriterId::from(row.writer.as_str());
        !writer.is_server() && writer.as_marker().is_none()
    });
    leased.max_by_key(|row| row.leased_until).map(|row| Lease {
        writer: WriterId::from(row.writer.as_str()),
        expires_at: row.leased_until.and_utc(),
    })
}

fn writer_state(row: &Writer) -> Result<WriterState> {
    Ok(WriterState {
        last_number: row.last_number,
        last_hash: read_hash(&row.last_hash)?,
    })
}

/// A line of a log as `assessment` reads it.
pub(crate) fn entry_of(row: attempts::Entry) -> Result<Entry> {
    let unreadable = |what: &str| {
        Error::Internal(format!(
            "entry {} of {} has no {what}",
            row.position, row.attempt_id
        ))
    };
    Ok(Entry {
        kind: EntryKind::from_name(&row.kind).ok_or_else(|| unreadable("known kind"))?,
        previous_hash: read_hash(&row.previous_hash)?,
        hash: read_hash(&row.hash)?.ok_or_else(|| unreadable("hash"))?,
        attempt: AttemptId::from(row.attempt_id),
        position: row.position,
        writer: WriterId::from(row.writer),
        number: row.number,
        slot: row.slot.map(SlotId::from),
        payload: row.payload,
        device_at: row.device_at.map(|at| at.and_utc()),
        elapsed_ms: row.elapsed_ms,
        received_at: row.received_at.and_utc(),
    })
}

fn row_of(entry: &Entry) -> attempts::Entry {
    attempts::Entry {
        attempt_id: entry.attempt.to_string(),
        position: entry.position,
        writer: entry.writer.to_string(),
        number: entry.number,
        kind: entry.kind.as_str().to_owned(),
        slot: entry.slot.as_ref().map(ToString::to_string),
        payload: entry.payload.clone(),
        device_at: entry.device_at.map(|at| at.naive_utc()),
        elapsed_ms: entry.elapsed_ms,
        previous_hash: hex(entry.previous_hash),
        hash: entry.hash.to_string(),
        received_at: entry.received_at.naive_utc(),
    }
}

fn hex(hash: Option<EntryHash>) -> String {
    hash.map(|hash| hash.to_string()).unwrap_or_default()
}

// "" stands for no hash; anything else unreadable is our own mistake.
fn read_hash(stored: &str) -> Result<Option<EntryHash>> {
    if stored.is_empty() {
        return Ok(None);
    }
    EntryHash::from_hex(stored)
        .map(Some)
        .ok_or_else(|| Error::Internal("a stored hash cannot be read".to_owned()))
}
