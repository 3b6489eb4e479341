//! When a score is stamped and when a failed one is sent again. Pure.

use chrono::{DurationRound, TimeDelta};
use storage::{Timestamp, grades::GradeDelivery};

use super::Problem;

/// How far a stamp may lie ahead of our clock: a later one would make the
/// platform refuse every honest score until then.
const AHEAD: TimeDelta = TimeDelta::seconds(5);
/// How long a delivery is tried.
const LONGEST: TimeDelta = TimeDelta::days(30);
/// How long a delivery waits at most for what another clock says.
pub(super) const LONGEST_WAIT: TimeDelta = TimeDelta::days(1);
/// How long a second press on "send again" changes nothing.
const PRESS_PAUSE: TimeDelta = TimeDelta::minutes(1);
/// Seconds until the next try; the last one goes on.
const DELAYS: [i64; 9] = [5, 15, 60, 300, 900, 3_600, 3_600, 10_800, 21_600];

/// The time stamp of the next score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// This one.
    Use(Timestamp),
    /// None before then.
    Wait(Timestamp),
}

/// The later of now and the last stamp plus a second, in whole seconds: that is
/// what platforms compare.
pub(super) fn next_stamp(now: Timestamp, last: Option<Timestamp>) -> Stamp {
    let after_last = last.map(|last| whole_second(last) + TimeDelta::seconds(1));
    let stamp = after_last.map_or(whole_second(now), |after| after.max(whole_second(now)));
    if stamp > now + AHEAD {
        Stamp::Wait(stamp - AHEAD)
    } else {
        Stamp::Use(stamp)
    }
}

/// When to try again after so many failures: growing, and spread by a fifth
/// each way (`random` decides). A time that the platform asked for wins, a
/// little later for each, so that not all come back in one second.
pub(super) fn retry_at(now: Timestamp, tries: i64, asked: Option<Timestamp>, random: u32) -> Timestamp {
    let share = f64::from(random) / f64::from(u32::MAX);
    if let Some(asked) = asked.filter(|asked| *asked > now) {
        return asked.min(now + LONGEST_WAIT) + milliseconds(3_000.0 * share);
    }
    let index = usize::try_from(tries.max(0)).unwrap_or(usize::MAX);
    let seconds = DELAYS.get(index).or(DELAYS.last()).copied().unwrap_or(60);
    now + milliseconds(seconds as f64 * 1_000.0 * (0.8 + 0.4 * share))
}

/// When a row is due that changed: at once, but not before the platform wants to
/// hear of it again. (A pause of the whole registration stands with that.)
pub(super) fn changed_at(row: &GradeDelivery, now: Timestamp) -> Timestamp {
    let throttled = row.problem_code.as_deref() == Some(Problem::Throttled.as_str());
    if throttled { row.due_at.max(now) } else { now }
}

/// When a row is due that somebody sends again by hand. `None` within a minute of
/// the last press; to put ours in a teacher's place is another wish and does not wait.
pub(super) fn resend_at(row: &GradeDelivery, overwrite: bool, now: Timestamp) -> Option<Timestamp> {
    let pressed_lately = row.pressed_at.is_some_and(|at| now - at < PRESS_PAUSE);
    if pressed_lately && overwrite == row.overwrite {
        return None;
    }
    Some(changed_at(row, now))
}

/// Whether a delivery was tried for long enough.
pub(super) fn gives_up(first_due_at: Timestamp, now: Timestamp) -> bool {
    now - first_due_at >= LONGEST
}

fn whole_second(time: Timestamp) -> Timestamp {
    time.duration_trunc(TimeDelta::seconds(1)).unwrap_or(time)
}

fn milliseconds(value: f64) -> TimeDelta {
    TimeDelta::milliseconds(value as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-22T{text}").parse().unwrap()
    }

    #[test]
    fn stamps_rise_by_whole_seconds_and_stay_near_the_clock() {
        #[track_caller]
        fn check(now: &str, last: Option<&str>, expected: Stamp) {
            assert_eq!(next_stamp(at(now), last.map(at)), expected, "{now} {last:?}");
        }
        check("10:42:07.900", None, Stamp::Use(at("10:42:07")));
        check("10:42:07.900", Some("10:42:01"), Stamp::Use(at("10:42:07")));
        check("10:42:07.900", Some("10:42:07"), Stamp::Use(at("10:42:08")));
        check("10:42:07.900", Some("10:42:07.999"), Stamp::Use(at("10:42:08")));
        check("10:42:07", Some("10:42:11"), Stamp::Use(at("10:42:12")));
        check("10:42:07", Some("10:42:12"), Stamp::Wait(at("10:42:08")));
        check("10:42:07", Some("11:00:00"), Stamp::Wait(at("10:59:56")));
    }

    #[test]
    fn waiting_for_a_stamp_is_long_enough() {
        let Stamp::Wait(until) = next_stamp(at("10:42:07"), Some(at("11:00:00"))) else {
            panic!("this stamp lies too far ahead");
        };
        assert_eq!(
            next_stamp(until, Some(at("11:00:00"))),
            Stamp::Use(at("11:00:01"))
        );
    }

    #[test]
    fn delays_grow_within_bounds() {
        #[track_caller]
        fn check(tries: i64, earliest: f64, latest: f64) {
            let now = at("10:00:00");
            let seconds = |random| (retry_at(now, tries, None, random) - now).as_seconds_f64();
            assert_eq!((seconds(0), seconds(u32::MAX)), (earliest, latest), "{tries}");
        }
        check(0, 4.0, 6.0);
        check(1, 12.0, 18.0);
        check(4, 720.0, 1_080.0);
        check(8, 17_280.0, 25_920.0);
        check(5_000, 17_280.0, 25_920.0);
    }

    #[test]
    fn what_the_platform_asks_for_wins() {
        let now = at("10:00:00");
        let asked = |text| retry_at(now, 7, Some(at(text)), 0);
        assert_eq!(asked("10:02:00"), at("10:02:00"));
        assert_eq!(retry_at(now, 0, Some(at("10:02:00")), u32::MAX), at("10:02:03"));
        let years = now + TimeDelta::days(2_000);
        assert_eq!(retry_at(now, 0, Some(years), 0), now + LONGEST_WAIT);
        assert!(asked("10:00:00") > now, "a pause of nothing is no pause");
    }

    #[test]
    fn thirty_days() {
        let now = at("10:00:00");
        assert!(!gives_up(now, now + TimeDelta::days(30) - TimeDelta::seconds(1)));
        assert!(gives_up(now, now + TimeDelta::days(30)));
    }
}
