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
    /// See [`attempt_clock`](crate::attempt_clock).
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
    /// Submitted, by the student, at the deadline, or by an instructor.
    Submitted,
    /// Not submitted in time where the rules demand it: it is among the attempts
    /// used and gives no grade.
    Abandoned,
}

impl AttemptState {
    /// The stable name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::Abandoned => "abandoned",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Submitted, Self::Abandoned]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// What deciding on another attempt needs to know of a former one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormerAttempt {
    /// How it stands.
    pub state: AttemptState,
    /// When it was submitted, or its time was over; `None` while it runs.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Why an attempt cannot begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotStart {
    /// The reason.
    pub code: Code,
    /// From when on it is possible; `None` when waiting does not help.
    pub possible_from: Option<DateTime<Utc>>,
}

/// Whether somebody with these former attempts, the first one first, may begin
/// another one at `now`. The opening moment is in, the closing moment is out.
pub fn can_start(rules: &Rules, former: &[FormerAttempt], now: DateTime<Utc>) -> Result<(), CannotStart> {
    let refused = |code| {
        Err(CannotStart {
            code,
            possible_from: None,
        })
    };
    if former.iter().any(|attempt| attempt.state == AttemptState::Open) {
        return refused(Code::AlreadyOpen);
    }
    if let Some(opens_at) = rules.opens_at.filter(|opens_at| now < *opens_at) {
        return Err(CannotStart {
            code: Code::NotOpenYet,
            possible_from: Some(opens_at),
        });
    }
    if rules.closes_at.is_some_and(|closes_at| now >= closes_at) {
        return refused(Code::ClosedDate);
    }
    let begun = u32::try_from(former.len()).unwrap_or(u32::MAX);
    if rules.attempts_allowed.is_some_and(|allowed| begun >= allowed) {
        return refused(Code::NoAttemptsLeft);
    }
    match waits_until(rules, former).filter(|until| now < *until) {
        None => Ok(()),
        // The wait outlasts the quiz: there is no further attempt.
        Some(until) if rules.closes_at.is_some_and(|closes_at| closes_at <= until) => {
            refused(Code::NoAttemptsLeft)
        }
        Some(until) => Err(CannotStart {
            code: Code::Wait,
            possible_from: Some(until),
        }),
    }
}

fn waits_until(rules: &Rules, former: &[FormerAttempt]) -> Option<DateTime<Utc>> {
    let wait = match former.len() {
        0 => None,
        1 => rules.wait_after_first_seconds,
        _ => rules.wait_after_later_seconds,
    };
    let ended_at = former.last()?.ended_at?;
    ended_at.checked_add_signed(TimeDelta::seconds(i64::from(wait?)))
}

/// An attempt's time limit or the closing time, whichever comes first.
pub(crate) fn base_due_at(
    time_limit_seconds: Option<u32>,
    closes_at: Option<DateTime<Utc>>,
    started_at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let limit = time_limit_seconds
        .and_then(|seconds| started_at.checked_add_signed(TimeDelta::seconds(i64::from(seconds))));
    [limit, closes_at].into_iter().flatten().min()
}

/// Whether the server must end this attempt at `now`, because its time and
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

    fn former(states: &[AttemptState]) -> Vec<FormerAttempt> {
        let ended = |(state, end): (&AttemptState, i64)| FormerAttempt {
            state: *state,
            ended_at: (*state != AttemptState::Open).then(|| time(end)),
        };
        states.iter().zip((110..).step_by(10)).map(ended).collect()
    }

    #[track_caller]
    fn check_start(previous: &[AttemptState], now: i64, expected: Result<(), Code>) {
        let decided = can_start(&rules(), &former(previous), time(now));
        assert_eq!(
            decided.map_err(|refused| refused.code),
            expected,
            "{previous:?} at {now}"
        );
    }

    #[track_caller]
    fn check_wait(ended: usize, closes_at: Option<i64>, now: i64, expected: Result<(), (Code, Option<i64>)>) {
        let rules = Rules {
            closes_at: closes_at.map(time),
            wait_after_first_seconds: Some(60),
            wait_after_later_seconds: Some(600),
            ..Rules::default()
        };
        let former = former(&vec![AttemptState::Submitted; ended]);
        let decided = can_start(&rules, &former, time(now));
        let told = |refused: CannotStart| (refused.code, refused.possible_from.map(|at| at.timestamp()));
        assert_eq!(decided.map_err(told), expected, "{ended} at {now}");
    }

    #[test]
    fn the_wait_counts_from_the_end_of_the_attempt_before() {
        check_wait(0, None, 0, Ok(()));
        check_wait(1, None, 169, Err((Code::Wait, Some(170))));
        check_wait(1, None, 170, Ok(()));
        check_wait(2, None, 719, Err((Code::Wait, Some(720))));
        check_wait(3, None, 730, Ok(()));
        check_wait(1, Some(171), 169, Err((Code::Wait, Some(170))));
        check_wait(1, Some(170), 169, Err((Code::NoAttemptsLeft, None)));
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
        check_start(
            &[submitted, AttemptState::Abandoned],
            150,
            Err(Code::NoAttemptsLeft),
        );
        assert_eq!(
            can_start(&Rules::default(), &former(&[submitted; 500]), time(0)),
            Ok(())
        );
    }

    fn check_due(limit: Option<u32>, closes_at: Option<i64>, expected: Option<i64>) {
        assert_eq!(
            base_due_at(limit, closes_at.map(time), time(1_000)),
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
        for state in [
            AttemptState::Open,
            AttemptState::Submitted,
            AttemptState::Abandoned,
        ] {
            assert_eq!(AttemptState::from_name(state.as_str()), Some(state));
        }
        assert_eq!(AttemptState::from_name("lost"), None);
    }
}
