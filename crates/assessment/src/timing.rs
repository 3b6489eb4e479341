//! The clock of one attempt: what happens when its time is over, and when that
//! is, worked out anew from the rules in force for its student and its log.
//! Granted time and breaks are entries, so that the log explains the clock.
//!
//! Left out on purpose: taking late entries (`append`), and which rules are in
//! force (`in_force`).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::entry::{Entry, EntryKind};
use crate::in_force::InForce;

/// What becomes of an attempt that is not submitted when its time is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum WhenTimeIsOver {
    /// The server submits what is saved.
    #[default]
    Submit,
    /// Nothing can be answered any more, but the student may still submit for
    /// that long; not submitted by then, it never counts.
    Grace {
        /// How long.
        seconds: u32,
    },
    /// It never counts: the student has to submit in time.
    Abandon,
}

impl WhenTimeIsOver {
    /// How long after the due time the student may still submit.
    pub fn grace(self) -> TimeDelta {
        match self {
            Self::Grace { seconds } => TimeDelta::seconds(i64::from(seconds)),
            Self::Submit | Self::Abandon => TimeDelta::zero(),
        }
    }
}

/// What a `time_granted` entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeGrant {
    /// By how much the due time moved, in seconds; below 0 when it was taken
    /// back, 0 when there was no due time before or is none now.
    pub seconds: i64,
    /// Why.
    #[serde(default)]
    pub cause: GrantCause,
    /// The due time from then on; `None` when nothing ends the attempt.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
    /// The person who did it.
    #[serde(default)]
    pub by: Option<String>,
    /// What those share that were granted together; for taking it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<String>,
    /// The grant that this takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}

/// Why a due time moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantCause {
    /// Somebody gave this attempt time, or took it back: it adds to whatever the rules say.
    #[default]
    Granted,
    /// The rules for the student changed: an override or the accommodation.
    Rules,
}

/// When an attempt ends, and whether its clock stands still.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttemptClock {
    /// The last moment at which an answer counts. During a break it already
    /// holds all of the break that is left, so that nobody has to end it.
    pub due_at: Option<DateTime<Utc>>,
    /// Until when the clock stands at the latest; `None` while it runs.
    pub break_ends_at: Option<DateTime<Utc>>,
    /// Seconds of breaks that are left, those of a running break included.
    pub break_seconds_left: i64,
}

/// The clock of an attempt at `now`, by the rules in force and its log, in
/// whatever order the entries are given. Granted time and breaks come on top of
/// what the rules give, also past the closing time.
pub fn attempt_clock(
    rules: &InForce,
    started_at: DateTime<Utc>,
    entries: &[Entry],
    now: DateTime<Utc>,
) -> AttemptClock {
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    ordered.sort_by_key(|entry| entry.position);
    let mut breaks = Breaks::new(rules.accommodation.break_seconds);
    let mut granted = 0;
    for entry in ordered {
        match entry.kind {
            EntryKind::TimeGranted => granted += granted_seconds(&entry.payload),
            EntryKind::BreakStart => breaks.start(entry.received_at),
            kind if kind == EntryKind::BreakEnd || kind.submits() => breaks.end(entry.received_at),
            _ => {}
        }
    }
    let break_ends_at = breaks.running_until().filter(|until| *until > now);
    let added = granted.saturating_add(breaks.counted());
    let due_at = rules.due_at(started_at);
    AttemptClock {
        due_at: due_at.and_then(|due_at| due_at.checked_add_signed(TimeDelta::seconds(added))),
        break_ends_at,
        break_seconds_left: breaks.left(now),
    }
}

// Time by the rules stands in the rules; only what was given by hand adds up.
fn granted_seconds(payload: &str) -> i64 {
    let grant = serde_json::from_str::<TimeGrant>(payload).ok();
    grant
        .filter(|grant| grant.cause == GrantCause::Granted)
        .map_or(0, |grant| grant.seconds)
}

struct Breaks {
    allowed: i64,
    used: i64,
    since: Option<DateTime<Utc>>,
}

impl Breaks {
    fn new(allowed: u32) -> Self {
        Self {
            allowed: i64::from(allowed),
            used: 0,
            since: None,
        }
    }

    fn remaining(&self) -> i64 {
        (self.allowed - self.used).max(0)
    }

    fn start(&mut self, at: DateTime<Utc>) {
        self.end(at);
        self.since = Some(at);
    }

    // A break that was never ended ended itself when the allowance was used up.
    fn end(&mut self, at: DateTime<Utc>) {
        if let Some(since) = self.since.take() {
            self.used += at
                .signed_duration_since(since)
                .num_seconds()
                .clamp(0, self.remaining());
        }
    }

    fn running_until(&self) -> Option<DateTime<Utc>> {
        self.since?
            .checked_add_signed(TimeDelta::seconds(self.remaining()))
    }

    // All of a running break counts from its start on: its end gives back what was not needed.
    fn counted(&self) -> i64 {
        match self.since {
            Some(_) => self.used + self.remaining(),
            None => self.used,
        }
    }

    fn left(&self, now: DateTime<Utc>) -> i64 {
        let running = self
            .since
            .map_or(0, |since| now.signed_duration_since(since).num_seconds().max(0));
        (self.remaining() - running).max(0)
    }
}
