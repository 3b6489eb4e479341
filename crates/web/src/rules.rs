//! The rules of a quiz as words, for the front page and the preview alike. Left out:
//! what depends on a student (attempts used, extra time, breaks), which the front
//! page adds.

use assessment::{Navigation, Published, Rules, WhenTimeIsOver};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ui::{
    Texts, format,
    page::attempt::{self, WhenOver},
};

/// These rules of the quiz: its own, or those in force for a student.
pub(crate) fn in_words(rules: &Rules, published: &Published, t: Texts, zone: Tz) -> attempt::Rules {
    let duration = |seconds: u32| format::duration(t, TimeDelta::seconds(i64::from(seconds)));
    let date = |at: Option<DateTime<Utc>>| at.map(|at| format::date_time(t, at, zone)).unwrap_or_default();
    let percent = |percent: u32| t.with("time-percent", "percent", percent).to_string();
    attempt::Rules {
        questions: format::count_range(t, published.question_range()),
        time_limit: rules.time_limit_seconds.map(duration).unwrap_or_default(),
        pass: rules.pass_percent.map(percent).unwrap_or_default(),
        when_over: match rules.when_time_is_over {
            WhenTimeIsOver::Submit => WhenOver::Submit,
            WhenTimeIsOver::Grace { seconds } => WhenOver::Grace(duration(seconds)),
            WhenTimeIsOver::Abandon => WhenOver::Abandon,
        },
        attempts: rules
            .attempts_allowed
            .map(|allowed| allowed.to_string())
            .unwrap_or_default(),
        opens_at: date(rules.opens_at),
        closes_at: date(rules.closes_at),
        grade_from: (rules.attempts_allowed != Some(1)).then_some(rules.grade_from),
        behaviour: rules.behaviour,
        is_sequence: rules.navigation == Navigation::Sequential,
        certainty: rules.certainty && rules.behaviour.takes_certainty(),
        ..attempt::Rules::default()
    }
}
