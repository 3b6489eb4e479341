//! The clock of an attempt, from rules and log.

use chrono::{DateTime, Utc};

use crate::{
    Accommodation, AttemptId, Entry, EntryHash, EntryKind, GrantCause, InForce, PersonalRules, Rules,
    TimeGrant, WriterId, attempt_clock, rules_in_force,
};

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn hour(break_seconds: u32) -> InForce {
    let rules = Rules {
        time_limit_seconds: Some(3_600),
        ..Rules::default()
    };
    let personal = PersonalRules {
        accommodation: Accommodation {
            break_seconds,
            ..Accommodation::default()
        },
        ..PersonalRules::default()
    };
    rules_in_force(&rules, &personal)
}

fn log(lines: &[(EntryKind, i64, &str)]) -> Vec<Entry> {
    let line = |(position, (kind, at, payload)): (i64, &(EntryKind, i64, &str))| Entry {
        attempt: AttemptId::from("a1"),
        position,
        writer: WriterId::server(),
        number: position,
        kind: *kind,
        slot: None,
        payload: (*payload).to_owned(),
        device_at: None,
        elapsed_ms: None,
        previous_hash: None,
        hash: EntryHash::from_hex(&"0".repeat(64)).unwrap(),
        received_at: time(*at),
    };
    (1..).zip(lines).map(line).collect()
}

// due time, end of the running break, seconds of breaks left
#[track_caller]
fn check(breaks: u32, lines: &[(EntryKind, i64, &str)], now: i64, expected: (i64, Option<i64>, i64)) {
    let clock = attempt_clock(&hour(breaks), time(0), &log(lines), time(now));
    let found = (
        clock.due_at.unwrap().timestamp(),
        clock.break_ends_at.map(|at| at.timestamp()),
        clock.break_seconds_left,
    );
    assert_eq!(found, expected, "{lines:?} at {now}");
    let mut reversed = log(lines);
    reversed.reverse();
    assert_eq!(attempt_clock(&hour(breaks), time(0), &reversed, time(now)), clock);
}

#[test]
fn granted_time_adds_up_and_is_taken_back() {
    let grant = |seconds, cause| {
        serde_json::to_string(&TimeGrant {
            seconds,
            cause,
            due_at: None,
            by: None,
            grant: None,
            undoes: None,
        })
        .unwrap()
    };
    let (more, back) = (grant(900, GrantCause::Granted), grant(-900, GrantCause::Granted));
    let rules = grant(500, GrantCause::Rules);
    check(0, &[], 10, (3_600, None, 0));
    check(0, &[(EntryKind::TimeGranted, 10, &more)], 10, (4_500, None, 0));
    check(
        0,
        &[(EntryKind::TimeGranted, 10, more.as_str()); 2],
        10,
        (5_400, None, 0),
    );
    let undone = [
        (EntryKind::TimeGranted, 10, more.as_str()),
        (EntryKind::TimeGranted, 20, &back),
    ];
    check(0, &undone, 30, (3_600, None, 0));
    // what the rules gave stands in the rules already
    check(0, &[(EntryKind::TimeGranted, 10, &rules)], 10, (3_600, None, 0));
    check(
        0,
        &[(EntryKind::TimeGranted, 10, r#"{"seconds":60}"#)],
        10,
        (3_660, None, 0),
    );
    check(0, &[(EntryKind::TimeGranted, 10, "?")], 10, (3_600, None, 0));
}

#[test]
fn a_break_stops_the_clock_as_long_as_it_may() {
    use EntryKind::{BreakEnd, BreakStart, Submit};
    check(600, &[], 10, (3_600, None, 600));
    check(600, &[(BreakStart, 100, "")], 100, (4_200, Some(700), 600));
    check(600, &[(BreakStart, 100, "")], 400, (4_200, Some(700), 300));
    // nobody came back: it ended itself
    check(600, &[(BreakStart, 100, "")], 700, (4_200, None, 0));
    check(
        600,
        &[(BreakStart, 100, ""), (BreakEnd, 2_000, "")],
        2_000,
        (4_200, None, 0),
    );
    check(
        600,
        &[(BreakStart, 100, ""), (BreakEnd, 160, "")],
        200,
        (3_660, None, 540),
    );
    let twice = [(BreakStart, 100, ""), (BreakEnd, 160, ""), (BreakStart, 200, "")];
    check(600, &twice, 230, (4_200, Some(740), 510));
    check(
        600,
        &[(BreakStart, 100, ""), (Submit, 160, "")],
        300,
        (3_660, None, 540),
    );
    // the allowance was taken away meanwhile
    check(
        0,
        &[(BreakStart, 100, ""), (BreakEnd, 160, "")],
        300,
        (3_600, None, 0),
    );
}

#[test]
fn without_an_end_there_is_none() {
    let rules = InForce::of_all(&Rules::default());
    let more = log(&[(EntryKind::TimeGranted, 10, r#"{"seconds":60}"#)]);
    assert_eq!(attempt_clock(&rules, time(0), &more, time(20)).due_at, None);
}

#[test]
fn old_rules_read_as_before() {
    let old = r#"{"attempts_allowed":2,"time_limit_seconds":600,"opens_at":null,"closes_at":null,
        "grade_from":"last","shuffle_questions":true}"#;
    let rules: Rules = serde_json::from_str(old).unwrap();
    let expected = Rules {
        attempts_allowed: Some(2),
        time_limit_seconds: Some(600),
        grade_from: crate::GradeFrom::Last,
        shuffle_questions: true,
        ..Rules::default()
    };
    assert_eq!(rules, expected);
    assert_eq!(rules.when_time_is_over, crate::WhenTimeIsOver::Submit);
}

#[test]
fn a_pass_mark_is_reached_exactly() {
    #[track_caller]
    fn check(score: f64, maximum: f64, percent: u32, expected: bool) {
        let score = crate::AttemptScore { score, maximum };
        assert_eq!(score.passes(percent), expected, "{score:?} {percent}");
    }
    check(5.0, 10.0, 50, true);
    check(4.99, 10.0, 50, false);
    check(0.1 + 0.2, 0.6, 50, true);
    check(2.0, 3.0, 66, true);
    check(2.0, 3.0, 67, false);
    check(10.0, 10.0, 100, true);
    check(0.0, 0.0, 1, false);
}

#[test]
fn submitting_and_answering_end_at_their_own_second() {
    use crate::testing::Log;
    use crate::{Code, Incoming, WhenTimeIsOver};

    #[track_caller]
    fn check(when: WhenTimeIsOver, kind: EntryKind, now: i64, expected: Result<(), Code>) {
        let mut log = Log::new();
        log.published.content.rules.when_time_is_over = when;
        let slot = (kind == EntryKind::Answer).then(|| "q1".into());
        let incoming = Incoming {
            writer: WriterId::from("tab"),
            number: 1,
            kind,
            payload: if slot.is_some() { r#"{"choice":["a"]}"# } else { "" }.to_owned(),
            slot,
            device_at: None,
            elapsed_ms: None,
            previous_hash: None,
            hash: None,
            take_over: false,
        };
        assert_eq!(
            log.send(&incoming, now).map(|_| ()),
            expected,
            "{when:?} {kind:?} {now}"
        );
    }
    use EntryKind::{Answer, Submit};
    let grace = WhenTimeIsOver::Grace { seconds: 60 };
    for when in [WhenTimeIsOver::Submit, WhenTimeIsOver::Abandon, grace] {
        check(when, Answer, 600, Ok(()));
        check(when, Answer, 601, Err(Code::TimeOver));
        check(when, Submit, 600, Ok(()));
    }
    check(WhenTimeIsOver::Submit, Submit, 601, Err(Code::TimeOver));
    check(WhenTimeIsOver::Abandon, Submit, 601, Err(Code::TimeOver));
    check(grace, Submit, 660, Ok(()));
    check(grace, Submit, 661, Err(Code::TimeOver));
}
