//! Entries: the lines of an attempt's log. An entry is never changed or
//! removed; what it means for the mark is `outcome`'s, whether it is taken
//! `append`'s.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::entry_hash::EntryHash;
use crate::id::{AttemptId, SlotId, WriterId};

/// One line of an attempt's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The attempt that it belongs to.
    pub attempt: AttemptId,
    /// Its place in the attempt's log, from 1, given by the server on commit.
    pub position: i64,
    /// Who wrote it.
    pub writer: WriterId,
    /// Its place among this writer's entries, from 1 without gaps. Unique with
    /// attempt and writer.
    pub number: i64,
    /// What it says.
    pub kind: EntryKind,
    /// The question that it is about; `None` when it is about the attempt.
    pub slot: Option<SlotId>,
    /// As typed or sent, never normalised. Empty where the kind has none.
    pub payload: String,
    /// When the device wrote it by its own clock, in whole milliseconds; `None`
    /// when the server did.
    pub device_at: Option<DateTime<Utc>>,
    /// Milliseconds since the page was opened, by a clock that cannot be set;
    /// `None` when the server wrote it.
    pub elapsed_ms: Option<i64>,
    /// The hash of the same writer's previous entry; `None` for its first.
    pub previous_hash: Option<EntryHash>,
    /// Its own hash, see [`entry_hash`](crate::entry_hash).
    pub hash: EntryHash,
    /// When the server took it.
    pub received_at: DateTime<Utc>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident => $text:literal,)*) => {
        /// What an entry says. The names are stored and hashed and never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum EntryKind {
            $($(#[$doc])* $name,)*
        }

        impl EntryKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

kinds! {
    /// The student's answer to a slot, or its clearing.
    Answer => "answer",
    /// The student asks to have one answer checked.
    Check => "check",
    /// The student says how sure an answer is: payload `1`, `2` or `3`.
    Certainty => "certainty",
    /// The student marks a slot to come back to.
    Flag => "flag",
    /// The student takes that mark away.
    Unflag => "unflag",
    /// The student chose one of several sections: payload is its id.
    Choose => "choose",
    /// The student drops a question that need not be answered.
    Discard => "discard",
    /// The student takes a dropped question back.
    Restore => "restore",
    /// The student goes on from a question and those beside it, never to come back.
    Advance => "advance",
    /// The student submits the attempt.
    Submit => "submit",
    /// The server submits the attempt at its deadline.
    DeadlineSubmit => "deadline_submit",
    /// The server ends the attempt at its deadline, and it does not count.
    Abandon => "abandon",
    /// An instructor submits an abandoned attempt for its student: payload `{"by": person}`.
    SubmittedFor => "submitted_for",
    /// The due time moved: payload [`TimeGrant`](crate::TimeGrant).
    TimeGranted => "time_granted",
    /// The student stops the clock.
    BreakStart => "break_start",
    /// The student goes on.
    BreakEnd => "break_end",
    /// Somebody opened a submitted attempt again.
    Reopen => "reopen",
    /// A marker decided on a slot's mark: payload `{"fraction": 0 to 1}`, and what
    /// else [`Decision`](crate::Decision) has.
    MarkerDecision => "marker_decision",
    /// A marker entered what a part of the examination is worth; see
    /// [`PartPoints`](crate::PartPoints).
    PartPoints => "part_points",
}

impl EntryKind {
    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// Whether a student's page may write it.
    pub fn is_students(self) -> bool {
        matches!(
            self,
            Self::Answer
                | Self::Check
                | Self::Certainty
                | Self::Flag
                | Self::Unflag
                | Self::Choose
                | Self::Discard
                | Self::Restore
                | Self::Advance
                | Self::Submit
        )
    }

    /// Whether it is about one slot.
    pub fn has_slot(self) -> bool {
        matches!(
            self,
            Self::Answer
                | Self::Check
                | Self::Certainty
                | Self::Flag
                | Self::Unflag
                | Self::Discard
                | Self::Restore
                | Self::Advance
                | Self::MarkerDecision
        )
    }

    /// Whether it submits the attempt.
    pub fn submits(self) -> bool {
        matches!(self, Self::Submit | Self::DeadlineSubmit | Self::SubmittedFor)
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The latest answer entry of each slot, in whatever order `entries` are: what a
/// page shows as saved. Cleared answers are in it, with their payload.
pub fn latest_answers<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<&'a SlotId, &'a Entry> {
    let mut latest: BTreeMap<&SlotId, &Entry> = BTreeMap::new();
    for entry in entries {
        let Some(slot) = entry.slot.as_ref().filter(|_| entry.kind == EntryKind::Answer) else {
            continue;
        };
        let kept = latest.entry(slot).or_insert(entry);
        if kept.position < entry.position {
            *kept = entry;
        }
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_stored_by_the_name_that_json_has() {
        for kind in EntryKind::ALL {
            assert_eq!(EntryKind::from_name(kind.as_str()), Some(*kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!(EntryKind::from_name("delete"), None);
    }
}
