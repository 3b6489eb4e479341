//! The hash chain of an attempt's log: canonical bytes, SHA-256 over them, and
//! the check of a whole log. Each writer has a chain of its own, so that two
//! devices can write without knowing each other.
//!
//! FROZEN: version 1 of the canonical form never changes; another form is
//! another version tag. A page computes the same with WebCrypto; test vectors
//! are in tests/data/entry-hashes.json.
//!
//! The form is UTF-8 text: the line `taynghe-entry-1`, then one line per field,
//! in this order: attempt, writer, number, kind, slot, payload, device time,
//! elapsed milliseconds, previous hash. A line is the number of bytes of the
//! value in decimal, a colon, the value and a line feed; for an absent value it
//! is a single hyphen and a line feed. Numbers are decimal, the device time is
//! milliseconds since 1970 UTC, hashes are lower-case hexadecimal.
//!
//! ```text
//! taynghe-entry-1
//! 2:a1
//! 4:tab1
//! 1:1
//! 6:answer
//! 2:q1
//! 16:{"choice":["b"]}
//! 13:1795341600123
//! 4:5120
//! -
//! ```
//!
//! Position and time of receipt are not covered: the writer must know the hash
//! before the server gives them, and computes the next one while offline.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::entry::{Entry, EntryKind};
use crate::id::{AttemptId, SlotId, WriterId};

/// A SHA-256 hash; in JSON, and as text, 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EntryHash([u8; 32]);

impl EntryHash {
    /// Reads 64 lower-case hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let digits = hex.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let &[high, low] = pair else { return None };
            *byte = digit(high)? * 16 + digit(low)?;
        }
        Some(Self(bytes))
    }
}

fn digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for EntryHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for EntryHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl From<EntryHash> for String {
    fn from(hash: EntryHash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for EntryHash {
    type Error = &'static str;

    fn try_from(hex: String) -> Result<Self, Self::Error> {
        Self::from_hex(&hex).ok_or("a hash is 64 lower-case hexadecimal digits")
    }
}

/// What the hash covers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Covered<'a> {
    pub(crate) attempt: &'a AttemptId,
    pub(crate) writer: &'a WriterId,
    pub(crate) number: i64,
    pub(crate) kind: EntryKind,
    pub(crate) slot: Option<&'a SlotId>,
    pub(crate) payload: &'a str,
    pub(crate) device_at: Option<DateTime<Utc>>,
    pub(crate) elapsed_ms: Option<i64>,
    pub(crate) previous_hash: Option<EntryHash>,
}

impl<'a> From<&'a Entry> for Covered<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            attempt: &entry.attempt,
            writer: &entry.writer,
            number: entry.number,
            kind: entry.kind,
            slot: entry.slot.as_ref(),
            payload: &entry.payload,
            device_at: entry.device_at,
            elapsed_ms: entry.elapsed_ms,
            previous_hash: entry.previous_hash,
        }
    }
}

impl Covered<'_> {
    pub(crate) fn canonical_form(&self) -> String {
        let mut form = String::with_capacity(256 + self.payload.len());
        form.push_str("taynghe-entry-1\n");
        push(&mut form, Some(self.attempt.as_str()));
        push(&mut form, Some(self.writer.as_str()));
        push(&mut form, Some(&self.number.to_string()));
        push(&mut form, Some(self.kind.as_str()));
        push(&mut form, self.slot.map(SlotId::as_str));
        push(&mut form, Some(self.payload));
        let device_at = self.device_at.map(|time| time.timestamp_millis().to_string());
        push(&mut form, device_at.as_deref());
        push(
            &mut form,
            self.elapsed_ms.map(|elapsed| elapsed.to_string()).as_deref(),
        );
        push(
            &mut form,
            self.previous_hash.map(|hash| hash.to_string()).as_deref(),
        );
        form
    }

    pub(crate) fn hash(&self) -> EntryHash {
        EntryHash(Sha256::digest(self.canonical_form().as_bytes()).into())
    }
}

fn push(form: &mut String, value: Option<&str>) {
    let written = match value {
        Some(value) => writeln!(form, "{}:{value}", value.len()),
        None => writeln!(form, "-"),
    };
    debug_assert!(written.is_ok(), "writing to a String cannot fail");
}

/// The bytes over which an entry's hash is taken; see the head of this file.
pub fn canonical_form(entry: &Entry) -> String {
    Covered::from(entry).canonical_form()
}

/// The hash that an entry must have. Its `hash`, `position` and `received_at`
/// do not matter.
pub fn entry_hash(entry: &Entry) -> EntryHash {
    Covered::from(entry).hash()
}

/// Where and why a log does not hold together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenChain {
    /// The entry was changed after it was hashed.
    #[error("entry {number} of writer {writer} does not have its own hash")]
    Hash {
        /// Whose chain.
        writer: WriterId,
        /// Which entry.
        number: i64,
    },
    /// The entry does not follow the one before it.
    #[error("entry {number} of writer {writer} does not follow its predecessor")]
    Link {
        /// Whose chain.
        writer: WriterId,
        /// Which entry.
        number: i64,
    },
    /// Two entries claim one position, or one is not over 0.
    #[error("position {0} is taken twice or impossible")]
    Position(i64),
}

/// Checks a whole log, in whatever order it is given: each entry has its own
/// hash, each writer's entries are numbered 1, 2, 3 … and chained, and positions
/// are distinct and rise with each writer's numbers. Entries cut off at the end
/// of a chain cannot be noticed from the log alone.
pub fn verify_chain(entries: &[Entry]) -> Result<(), BrokenChain> {
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    ordered.sort_by_key(|entry| entry.position);
    let mut ends: BTreeMap<&WriterId, (i64, EntryHash)> = BTreeMap::new();
    let mut last_position = 0;
    for entry in ordered {
        if entry.position <= last_position {
            return Err(BrokenChain::Position(entry.position));
        }
        last_position = entry.position;
        let (writer, number) = (entry.writer.clone(), entry.number);
        if entry_hash(entry) != entry.hash {
            return Err(BrokenChain::Hash { writer, number });
        }
        let end = ends.get(&entry.writer).copied();
        let follows = end.map_or(1, |(last, _)| last + 1) == number;
        if !follows || end.map(|(_, hash)| hash) != entry.previous_hash {
            return Err(BrokenChain::Link { writer, number });
        }
        ends.insert(&entry.writer, (number, entry.hash));
    }
    Ok(())
}
