use super::*;
use crate::testing::time;

#[track_caller]
fn check_json(json: &str, expected: Shown, written: &str) {
    let shown: Shown = serde_json::from_str(json).unwrap();
    assert_eq!(shown, expected, "{json}");
    assert_eq!(serde_json::to_string(&shown).unwrap(), written);
}

#[test]
fn moments_are_a_word_or_a_list() {
    check_json("\"always\"", Shown::ALWAYS, "\"always\"");
    check_json("\"after_close\"", Shown::AFTER_CLOSE, "\"after_close\"");
    check_json("\"never\"", Shown::NEVER, "\"never\"");
    check_json("[]", Shown::NEVER, "\"never\"");
    let both = Shown::at([Moment::RightAfter, Moment::During]);
    check_json(r#"["right_after","during"]"#, both, r#"["during","right_after"]"#);
    for wrong in ["\"sometimes\"", "[\"tomorrow\"]", "true"] {
        assert!(serde_json::from_str::<Shown>(wrong).is_err(), "{wrong}");
    }
}

/// As they were published before moments came.
#[test]
fn published_reviews_are_read_for_ever() {
    let json = r#"{"marks": "always", "right_answers": "after_close", "feedback": "never"}"#;
    let review: Review = serde_json::from_str(json).unwrap();
    let expected = Review {
        right_answers: Shown::AFTER_CLOSE,
        feedback: Shown::NEVER,
        ..Review::default()
    };
    assert_eq!(review, expected);
    let written: serde_json::Value = serde_json::to_value(review).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(json).unwrap());
}

#[track_caller]
fn check_moment(closes_at: Option<i64>, submitted_at: Option<i64>, now: i64, expected: Moment) {
    let rules = Rules {
        closes_at: closes_at.map(time),
        ..Rules::default()
    };
    let found = moment(&rules, submitted_at.map(time), time(now));
    assert_eq!(found, expected, "{closes_at:?} {submitted_at:?} {now}");
}

#[test]
fn a_moment_follows_from_submission_and_close() {
    check_moment(None, None, 5, Moment::During);
    check_moment(Some(10), None, 11, Moment::During);
    check_moment(None, Some(0), 0, Moment::RightAfter);
    check_moment(None, Some(0), 119, Moment::RightAfter);
    check_moment(None, Some(0), 120, Moment::WhileOpen);
    check_moment(Some(500), Some(0), 499, Moment::WhileOpen);
    check_moment(Some(500), Some(0), 500, Moment::AfterClose);
    check_moment(Some(60), Some(30), 60, Moment::AfterClose);
}

#[test]
fn each_thing_has_its_own_moments() {
    let rules = Rules {
        closes_at: Some(time(1_000)),
        review: Review {
            marks: Shown::at([Moment::RightAfter]),
            right_answers: Shown::AFTER_CLOSE,
            feedback: Shown::ALWAYS,
            history: Shown::NEVER,
        },
        ..Rules::default()
    };
    #[track_caller]
    fn check(rules: &Rules, moment: Moment, expected: [bool; 4]) {
        let seen = visible(rules, moment);
        assert_eq!(
            [seen.marks, seen.right_answers, seen.feedback, seen.history],
            expected,
            "{moment:?}"
        );
    }
    check(&rules, Moment::During, [false, false, true, false]);
    check(&rules, Moment::RightAfter, [true, false, true, false]);
    check(&rules, Moment::WhileOpen, [false, false, true, false]);
    check(&rules, Moment::AfterClose, [false, true, true, false]);
    assert_eq!(more_from(&rules, Moment::WhileOpen, time(500)), Some(time(1_000)));
    assert_eq!(more_from(&rules, Moment::AfterClose, time(1_000)), None);
    assert_eq!(less_from(&rules, Some(time(0)), time(60)), Some(time(120)));
    assert_eq!(less_from(&rules, Some(time(0)), time(120)), None);
    assert_eq!(less_from(&Rules::default(), Some(time(0)), time(60)), None);
}

#[test]
fn only_what_nobody_sees_before_waits_for_the_close() {
    assert!(Shown::AFTER_CLOSE.waits_for_close());
    assert!(Shown::at([Moment::During, Moment::AfterClose]).waits_for_close());
    for shown in [Shown::ALWAYS, Shown::NEVER, Shown::AFTER_SUBMIT] {
        assert!(!shown.waits_for_close());
    }
}

#[test]
fn after_close_is_after_everybodys() {
    #[track_caller]
    fn check(
        own: Option<i64>,
        of_all: Option<i64>,
        others: &[Changed<i64>],
        running: Option<i64>,
        expected: Option<i64>,
    ) {
        let closing = |at: Option<i64>| Rules {
            closes_at: at.map(time),
            ..Rules::default()
        };
        let others: Vec<RuleOverride> = others
            .iter()
            .map(|closes_at| RuleOverride {
                closes_at: match closes_at {
                    Changed::To(at) => Changed::To(time(*at)),
                    Changed::Lifted => Changed::Lifted,
                    Changed::Kept => Changed::Kept,
                },
                ..RuleOverride::default()
            })
            .collect();
        let rules = rules_for_review(&closing(own), &closing(of_all), &others, running.map(time));
        assert_eq!(rules.closes_at, expected.map(time));
    }
    check(Some(5), Some(5), &[], None, Some(5));
    check(Some(5), Some(5), &[Changed::To(9), Changed::To(3)], None, Some(9));
    check(Some(5), Some(5), &[Changed::Kept], Some(7), Some(7));
    // Whoever closed earlier waits for the class.
    check(Some(3), Some(5), &[Changed::To(3)], None, Some(5));
    // Nobody waits for somebody who never closes.
    check(Some(5), Some(5), &[Changed::Lifted], None, Some(5));
    check(Some(5), None, &[Changed::To(5)], None, Some(5));
    check(None, Some(5), &[Changed::Lifted], None, None);
}
