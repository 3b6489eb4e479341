//! What one look makes of one grade, and when the next look is.

use chrono::DateTime;

use super::*;
use crate::grade::result::tests::row;

fn now() -> Timestamp {
    DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::days(20_000)
}

#[test]
fn what_one_look_makes_of_a_grade() {
    // 8.5 of 10 is desired; 0.85 arrived, or 0.5 before it.
    #[track_caller]
    fn check(
        state: &str,
        sent: &str,
        (score, maximum): (Option<f64>, f64),
        expected: Option<(&str, Option<f64>, bool)>,
    ) {
        let row = GradeDelivery {
            state: state.to_owned(),
            platform_score: (state == state::KEPT).then_some(9.0),
            platform_maximum: (state == state::KEPT).then_some(10.0),
            ..row(8.5, sent)
        };
        let seen = Seen {
            score,
            maximum: Some(maximum),
            at: None,
        };
        let found = observed(&row, &seen, false, now());
        let found = found.map(|after| (after.state, after.platform_score, after.emptied_at.is_some()));
        let expected = expected.map(|(state, score, emptied)| (state.to_owned(), score, emptied));
        assert_eq!(found, expected, "{state} {sent} {score:?}/{maximum}");
    }
    check(state::DELIVERED, "[0.85]", (Some(8.5), 10.0), None);
    check(state::DELIVERED, "[0.85]", (Some(17.0), 20.0), None);
    check(
        state::DELIVERED,
        "[0.85]",
        (Some(9.0), 10.0),
        Some((state::KEPT, Some(9.0), false)),
    );
    check(
        state::DELIVERED,
        "[0.85]",
        (Some(0.0), 10.0),
        Some((state::KEPT, Some(0.0), false)),
    );
    check(
        state::DELIVERED,
        "[0.85]",
        (None, 10.0),
        Some((state::DELIVERED, None, true)),
    );
    check(state::KEPT, "[0.85]", (Some(9.0), 10.0), None);
    check(
        state::KEPT,
        "[0.85]",
        (Some(9.5), 10.0),
        Some((state::KEPT, Some(9.5), false)),
    );
    check(
        state::KEPT,
        "[0.85]",
        (Some(8.5), 10.0),
        Some((state::DELIVERED, None, false)),
    );
    check(
        state::KEPT,
        "[0.5]",
        (Some(5.0), 10.0),
        Some((state::WAITING, None, false)),
    );
    check(
        state::KEPT,
        "[0.5]",
        (None, 10.0),
        Some((state::KEPT, None, true)),
    );
    for untouched in [state::WAITING, state::REFUSED, state::PARKED, state::NO_COLUMN] {
        check(untouched, "[0.85]", (Some(9.0), 10.0), None);
        check(untouched, "[0.85]", (None, 10.0), None);
    }
}

#[test]
fn who_left_the_course_is_no_emptied_grade() {
    let row = GradeDelivery {
        state: state::DELIVERED.to_owned(),
        ..row(8.5, "[0.85]")
    };
    assert_eq!(observed(&row, &Seen::default(), true, now()), None);
    assert!(observed(&row, &Seen::default(), false, now()).is_some());
}

#[test]
fn checks_are_spread_over_the_day_and_stay_at_their_hour() {
    let mut hours = [0; 24];
    for number in 0..2_400 {
        let id = format!("0192f0c4-8a11-7d20-a1b5-{number:012x}");
        let first = next_check(&id, now());
        assert!(first > now() + APART && first <= now() + APART + TimeDelta::days(1));
        assert_eq!(
            next_check(&id, first + TimeDelta::minutes(3)),
            first + TimeDelta::days(1)
        );
        let hour = usize::try_from((first - now()).num_hours() % 24).unwrap();
        hours[hour] += 1;
    }
    assert!(hours.iter().all(|count| (50..200).contains(count)), "{hours:?}");
}
