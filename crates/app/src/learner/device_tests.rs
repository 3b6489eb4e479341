//! What of a device's claims is believed, and that no words are lost.

use ::course::{Lesson, Step, Unit};

use super::*;

fn content() -> CourseContent {
    let lesson = |key: &str| {
        Step::Lesson(Lesson {
            key: Key::new(key),
            ..Lesson::default()
        })
    };
    let quiz = ::course::AssessmentStep {
        key: Key::new("test"),
        ..Default::default()
    };
    CourseContent {
        units: vec![Unit {
            key: Key::new("unit"),
            steps: vec![lesson("one"), lesson("two"), Step::Assessment(quiz)],
            ..Unit::default()
        }],
        ..CourseContent::default()
    }
}

#[test]
fn only_read_and_watched_lessons_of_the_course_up_to_now() {
    let now: DateTime<Utc> = "2026-11-24T10:00:00Z".parse().unwrap();
    #[track_caller]
    fn check(now: DateTime<Utc>, claim: &str, expected: &[(&str, What, &str)]) {
        let report = read(&format!("{{\"steps\": {{{claim}}}}}")).unwrap();
        let believed = claimed(&content(), &report, now);
        let believed: Vec<_> = believed
            .iter()
            .map(|done| (done.step.as_str(), done.what, done.at))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(step, what, at)| (*step, *what, at.parse::<DateTime<Utc>>().unwrap()))
            .collect();
        assert_eq!(believed, expected, "{claim}");
    }
    let (then, at_once) = ("2026-11-20T08:30:00Z", "2026-11-24T10:00:00Z");
    check(
        now,
        &format!(r#""one": {{"what": "read", "at": "{then}"}}"#),
        &[("one", What::Read, then)],
    );
    check(
        now,
        r#""one": {"what": "watched"}"#,
        &[("one", What::Watched, at_once)],
    );
    check(
        now,
        r#""one": {"what": "read", "at": "2031-01-01T00:00:00Z"}"#,
        &[("one", What::Read, at_once)],
    );
    check(
        now,
        r#""one": {"what": "read", "at": "yesterday"}"#,
        &[("one", What::Read, at_once)],
    );
    check(now, r#""one": {"what": {"kind": "passed", "percent": 100}}"#, &[]);
    check(now, r#""one": {"what": "passed", "percent": 100}"#, &[]);
    check(now, r#""test": {"what": "read"}"#, &[]);
    check(now, r#""unit": {"what": "read"}"#, &[]);
    check(now, r#""three": {"what": "read"}, "two": 7, "one": null"#, &[]);
}

#[test]
fn reports_that_are_none() {
    let check = |report: &str, is_read: bool| assert_eq!(read(report).is_ok(), is_read, "{report:.60}");
    check("{}", true);
    check(r#"{"steps": {}, "last": "one", "notes": {}, "more": 1}"#, true);
    check("", false);
    check("[]", false);
    check(r#"{"steps": 7}"#, false);
    check(&format!("{{\"last\": \"{}\"}}", "a".repeat(LONGEST)), false);
    let many: Vec<String> = (0..=MOST_ENTRIES)
        .map(|number| format!("\"k{number}\": 1"))
        .collect();
    check(&format!("{{\"steps\": {{{}}}}}", many.join(",")), false);
    check(&"[".repeat(50_000), false);
}

#[test]
fn no_words_are_lost() {
    let check = |of_account: &str, of_device: &str, expected: Option<&str>| {
        assert_eq!(
            both(of_account, of_device).as_deref(),
            expected,
            "{of_account:?} {of_device:?}"
        );
    };
    check("", "mới", Some("mới"));
    check("cũ", "mới", Some("cũ\n\nmới"));
    check("cũ và mới", "mới", None);
    check("cũ", "", None);
    check("", " \n", None);
    check("", "a\u{0}b", Some("ab"));
}
