//! Attempts: when one may begin and when it must end. What happens in between
//! is the log's (`append`, `outcome`).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::content::Rules;
use crate::id::{AttemptId, SlotId};
use crate::interaction::Context;

/// What is fixed when an attempt begins, and whether it still runs. The versions
/// that it pins are the published content that goes along with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptHeader {
    /// The attempt.
    pub id: AttemptId,
    /// Decides the order of questions and options; drawn once by the caller.
    pub seed: i64,
    /// The language in which it was begun (BCP 47).
    pub language: String,
    /// By the server's clock.
    pub started_at: DateTime<Utc>,
    /// The last moment at which an answer counts; `None` when nothing ends it.
    /// [`due_at`] at first, later when more time is granted.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether it still takes answers.
    pub state: AttemptState,
}

impl AttemptHeader {
    /// How the question in `slot` is answered in this attempt.
    pub fn context<'a>(&'a self, slot: &'a SlotId) -> Context<'a> {
        Context {
            language: &self.language,
            seed: self.seed,
            slot,
        }
    }
}

/// Whether an attempt takes answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// Begun and not submitted.
    #[default]
    Open,
    /// Submitted, by the student or at the deadline.
    Submitted,
}

impl AttemptState {
    /// The stable name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Submitted]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// Whether somebody with these previous attempts may begin another one at `now`.
/// The opening moment is in, the closing moment is out.
pub fn can_start(rules: &Rules, previous: &[AttemptState], now: DateTime<Utc>) -> Result<(), Code> {
    if previous.contains(&AttemptState::Open) {
        return Err(Code::AlreadyOpen);
    }
    if rules.opens_at.is_some_and(|opens_at| now < opens_at) {
        return Err(Code::NotOpenYet);
    }
    if rules.closes_at.is_some_and(|closes_at| now >= closes_at) {
        return Err(Code::ClosedDate);
    }
    let begun = u32::try_from(previous.len()).unwrap_or(u32::MAX);
    if rules.attempts_allowed.is_some_and(|allowed| begun >= allowed) {
        return Err(Code::NoAttemptsLeft);
    }
    Ok(())
}

/// When an attempt begun at `started_at` must end: at its time limit or at the
/// closing time, whichever comes first.
pub fn due_at(rules: &Rules, started_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let limit = rules
        .time_limit_seconds
        .and_then(|seconds| started_at.checked_add_signed(TimeDelta::seconds(i64::from(seconds))));
    [limit, rules.closes_at].into_iter().flatten().min()
}

/// Whether the server must submit this attempt at `now`, because its time and
/// the grace after it are over.
pub fn is_due(header: &AttemptHeader, grace: TimeDelta, now: DateTime<Utc>) -> bool {
    header.state == AttemptState::Open && header.due_at.is_some_and(|due_at| is_over(due_at, grace, now))
}

/// Whether `now` is past the last moment at which an entry counts.
pub(crate) fn is_over(due_at: DateTime<Utc>, grace: TimeDelta, now: DateTime<Utc>) -> bool {
    now.signed_duration_since(due_at) > grace
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn rules() -> Rules {
        Rules {
            attempts_allowed: Some(2),
            opens_at: Some(time(100)),
            closes_at: Some(time(200)),
            ..Rules::default()
        }
    }

    fn check_start(previous: &[AttemptState], now: i64, expected: Result<(), Code>) {
        assert_eq!(
            can_start(&rules(), previous, time(now)),
            expected,
            "{previous:?} at {now}"
        );
    }

    #[test]
    fn starting_follows_dates_and_attempts() {
        let submitted = AttemptState::Submitted;
        check_start(&[], 99, Err(Code::NotOpenYet));
        check_start(&[], 100, Ok(()));
        check_start(&[submitted], 199, Ok(()));
        check_start(&[], 200, Err(Code::ClosedDate));
        check_start(&[submitted, submitted], 150, Err(Code::NoAttemptsLeft));
        check_start(&[submitted, AttemptState::Open], 150, Err(Code::AlreadyOpen));
        assert_eq!(can_start(&Rules::default(), &[submitted; 500], time(0)), Ok(()));
    }

    fn check_due(limit: Option<u32>, closes_at: Option<i64>, expected: Option<i64>) {
        let rules = Rules {
            time_limit_seconds: limit,
            closes_at: closes_at.map(time),
            ..Rules::default()
        };
        assert_eq!(
            due_at(&rules, time(1_000)),
            expected.map(time),
            "{limit:?} {closes_at:?}"
        );
    }

    #[test]
    fn the_earlier_end_counts() {
        check_due(None, None, None);
        check_due(Some(60), None, Some(1_060));
        check_due(None, Some(1_030), Some(1_030));
        check_due(Some(60), Some(1_030), Some(1_030));
        check_due(Some(60), Some(5_000), Some(1_060));
    }

    #[test]
    fn only_an_open_attempt_becomes_due() {
        let mut header = AttemptHeader {
            id: AttemptId::from("a"),
            seed: 1,
            language: "vi".to_owned(),
            started_at: time(0),
            due_at: Some(time(60)),
            state: AttemptState::Open,
        };
        let grace = TimeDelta::seconds(5);
        assert!(!is_due(&header, grace, time(65)));
        assert!(is_due(&header, grace, time(66)));
        header.state = AttemptState::Submitted;
        assert!(!is_due(&header, grace, time(66)));
        header.state = AttemptState::Open;
        header.due_at = None;
        assert!(!is_due(&header, grace, time(66)));
    }

    #[test]
    fn states_are_stored_by_name() {
        for state in [AttemptState::Open, AttemptState::Submitted] {
            assert_eq!(AttemptState::from_name(state.as_str()), Some(state));
        }
        assert_eq!(AttemptState::from_name("lost"), None);
    }
}
