//! The class list on the instructor's page: its age, what is peculiar about it,
//! and whom the platform's gradebook asked for.

use crate::Texts;
use crate::page::sample_time;

/// What there is to say of the class list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassList {
    /// How old it is.
    pub state: RosterState,
    /// What the button just did.
    pub done: Option<RosterDone>,
    /// How many students may not open the quiz.
    pub cannot_open: usize,
    /// Who teaches by their launches though the list calls them students, with commas between.
    pub teachers: String,
    /// Whom the platform's gradebook asked for.
    pub asked: Option<Asked>,
}

/// How old the class list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterState {
    /// Read then.
    Read(String),
    /// Read then, and in vain since.
    Stale {
        /// When it was read.
        read: String,
        /// When it was asked for last.
        tried: String,
        /// Part of `roster-problem-…`.
        problem: String,
    },
    /// Could not be read yet, for this reason: part of `roster-problem-…`.
    Failed(String),
    /// The platform does not share it.
    NotShared,
}

/// What the button "read again" did; a failure is a [`RosterState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RosterDone {
    /// The list was read.
    Read,
    /// It was read a moment ago.
    JustNow,
    /// It goes on by itself.
    UnderWay,
}

/// The person whom the platform's gradebook asked for, when there is no attempt to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Has not begun; the name may be empty.
    NotStarted(String),
    /// Nobody here is known by that id.
    Unknown,
}

impl ClassList {
    /// Whether the list can be read again.
    pub fn can_refresh(&self) -> bool {
        self.state != RosterState::NotShared
    }

    /// A list with that age, for samples.
    pub(super) fn sample(state: RosterState) -> Self {
        Self {
            state,
            done: None,
            cannot_open: 0,
            teachers: String::new(),
            asked: None,
        }
    }
}

impl RosterState {
    /// Read twenty minutes before the other samples' time.
    pub(super) fn sample_read(t: Texts) -> Self {
        Self::Read(sample_time(t, "2026-11-22T03:40:00Z"))
    }

    /// Not read since then.
    pub(super) fn sample_stale(t: Texts) -> Self {
        Self::Stale {
            read: sample_time(t, "2026-11-20T03:40:00Z"),
            tried: sample_time(t, "2026-11-22T03:40:00Z"),
            problem: "scope".to_owned(),
        }
    }
}
