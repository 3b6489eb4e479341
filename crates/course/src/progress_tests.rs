use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::progress::{Done, ScoreRule, StepState, What, gained, merge, progress, score};
use crate::content::{AssessmentCompletion, CourseContent, LessonCompletion, Order, Step, UnitCompletion};
use crate::key::Key;
use crate::testing::{assessment_step, course, lesson, unit};

const READ: What = What::Read;

fn submitted(percent: f64) -> What {
    What::Submitted { percent }
}

fn passed(percent: f64) -> What {
    What::Passed { percent }
}

fn done(step: &str, what: What, minute: i64) -> Done {
    Done {
        step: Key::from(step),
        what,
        at: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(minute),
    }
}

fn dones(all: &[(&str, What)]) -> Vec<Done> {
    let numbered = all.iter().zip(0..);
    numbered
        .map(|((step, what), minute)| done(step, *what, minute))
        .collect()
}

/// Units one (a, b) and two (c, final); final wants 60 %.
fn content() -> CourseContent {
    let mut content = course(vec![
        unit("one", vec![lesson("a"), lesson("b")]),
        unit("two", vec![lesson("c"), assessment_step("final")]),
    ]);
    let Step::Assessment(step) = &mut content.units[1].steps[1] else {
        panic!("an assessment");
    };
    step.completion = AssessmentCompletion::Passed { percent: 60 };
    content
}

fn with_order(order: Order) -> CourseContent {
    CourseContent { order, ..content() }
}

fn complete_by(content: &mut CourseContent, unit: usize, step: usize, completion: LessonCompletion) {
    let Step::Lesson(lesson) = &mut content.units[unit].steps[step] else {
        panic!("a lesson");
    };
    lesson.completion = completion;
}

/// One letter or word per step: `+` done, `o` open, else what locks it.
fn states(content: &CourseContent, all: &[(&str, What)]) -> String {
    let progress = progress(content, &dones(all));
    let states = content.steps().map(|step| match &progress.steps[step.key()] {
        StepState::Done => "+".to_owned(),
        StepState::Open => "o".to_owned(),
        StepState::Locked { by } => by.iter().map(Key::as_str).collect::<Vec<_>>().join("&"),
    });
    states.collect::<Vec<_>>().join(" ")
}

#[test]
fn steps_open_in_their_order() {
    #[track_caller]
    fn check(order: Order, all: &[(&str, What)], expected: &str) {
        assert_eq!(states(&with_order(order), all), expected, "{order:?} {all:?}");
    }
    check(Order::Free, &[], "o o o o");
    check(Order::Free, &[("c", READ), ("gone", READ)], "o o + o");
    check(Order::InSequence, &[], "o a a a");
    check(Order::InSequence, &[("a", READ)], "+ o b b");
    check(Order::InSequence, &[("c", READ)], "o a + a");
    check(Order::AfterPassing, &[("a", READ), ("b", READ)], "+ + o c");

    let tried = &[("a", submitted(30.0))];
    for (order, expected) in [(Order::InSequence, "o o b b"), (Order::AfterPassing, "o a a a")] {
        let mut content = with_order(order);
        complete_by(&mut content, 0, 0, LessonCompletion::Passed { percent: 50 });
        assert_eq!(states(&content, tried), expected, "{order:?}");
    }
}

#[test]
fn what_is_required_comes_first() {
    let mut content = content();
    content.units[1].requires = vec![Key::from("one"), Key::from("gone")];
    let Step::Assessment(step) = &mut content.units[1].steps[1] else {
        panic!("an assessment");
    };
    step.requires = vec![Key::from("c"), Key::from("one")];
    let check = |all: &[(&str, What)], expected: &str| assert_eq!(states(&content, all), expected, "{all:?}");
    check(&[], "o o one one&c");
    check(&[("a", READ)], "+ o one one&c");
    check(&[("a", READ), ("b", READ)], "+ + o c");
    check(&[("a", READ), ("b", READ), ("c", READ)], "+ + + o");
    // what was done stays done, whatever a later version requires
    check(&[("final", passed(60.0))], "o o one +");

    let none = progress(&content, &[]);
    assert!(none.can_open(&Key::from("a")) && !none.can_open(&Key::from("c")));
    assert!(!none.can_open(&Key::from("gone")));
}

#[test]
fn a_step_is_done_by_its_rule() {
    #[track_caller]
    fn check(completion: LessonCompletion, what: What, expected: bool) {
        let mut content = content();
        complete_by(&mut content, 0, 0, completion);
        let state = &progress(&content, &[done("a", what, 0)]).steps[&Key::from("a")];
        assert_eq!(*state == StepState::Done, expected, "{completion:?} {what:?}");
    }
    let half = LessonCompletion::Passed { percent: 50 };
    check(LessonCompletion::Read, READ, true);
    check(LessonCompletion::Read, submitted(0.0), true);
    check(LessonCompletion::Watched, READ, false);
    check(LessonCompletion::Watched, What::Watched, true);
    check(half, What::Watched, false);
    check(half, submitted(49.9), false);
    check(half, submitted(50.0), true);
    check(half, passed(40.0), true);
    check(half, submitted(f64::NAN), false);

    #[track_caller]
    fn check_assessment(completion: AssessmentCompletion, what: What, expected: bool) {
        let mut content = content();
        let Step::Assessment(step) = &mut content.units[1].steps[1] else {
            panic!("an assessment");
        };
        step.completion = completion;
        let state = &progress(&content, &[done("final", what, 0)]).steps[&Key::from("final")];
        assert_eq!(*state == StepState::Done, expected, "{completion:?} {what:?}");
    }
    check_assessment(AssessmentCompletion::Submitted, READ, false);
    check_assessment(AssessmentCompletion::Submitted, submitted(0.0), true);
    check_assessment(
        AssessmentCompletion::Passed { percent: 60 },
        submitted(59.0),
        false,
    );
    check_assessment(
        AssessmentCompletion::Passed { percent: 60 },
        submitted(60.0),
        true,
    );
}

#[test]
fn a_course_is_complete_with_its_units() {
    #[track_caller]
    fn check(completion: UnitCompletion, all: &[(&str, What)], share: f64, is_complete: bool) {
        let mut content = content();
        content.units[1].completion = completion;
        let progress = progress(&content, &dones(all));
        assert_eq!(
            (progress.share, progress.is_complete),
            (share, is_complete),
            "{all:?}"
        );
    }
    use UnitCompletion::{All, Share};
    let all_read = [("a", READ), ("b", READ), ("c", READ)];
    check(All, &[], 0.0, false);
    check(All, &[("gone", READ)], 0.0, false);
    check(All, &all_read, 0.75, false);
    check(
        All,
        &[("a", READ), ("b", READ), ("c", READ), ("final", submitted(70.0))],
        1.0,
        true,
    );
    check(Share { percent: 50 }, &all_read, 1.0, true);
    check(Share { percent: 51 }, &all_read, 0.75, false);
    check(
        Share { percent: 0 },
        &[("a", READ), ("b", READ)],
        2.0 / 3.0,
        false,
    );
    check(Share { percent: 900 }, &all_read, 0.75, false);
    let empty = progress(&course(vec![unit("u", vec![])]), &[]);
    assert_eq!((empty.share, empty.is_complete, empty.next), (0.0, false, None));
}

#[test]
fn one_goes_on_behind_what_was_done_last() {
    #[track_caller]
    fn check(order: Order, all: &[(&str, What)], expected: Option<&str>) {
        let next = progress(&with_order(order), &dones(all)).next;
        assert_eq!(next, expected.map(Key::from), "{order:?} {all:?}");
    }
    check(Order::Free, &[], Some("a"));
    check(Order::Free, &[("b", READ)], Some("c"));
    check(Order::Free, &[("c", READ), ("a", READ)], Some("b"));
    check(Order::Free, &[("final", passed(90.0))], Some("a"));
    check(Order::Free, &[("final", submitted(9.0))], Some("a"));
    check(Order::AfterPassing, &[("c", READ)], Some("a"));
    let all = [("a", READ), ("b", READ), ("c", READ), ("final", passed(60.0))];
    check(Order::Free, &all, None);
}

#[test]
fn scores_never_clear_a_grade() {
    #[track_caller]
    fn check(rule: ScoreRule, all: &[(&str, What)], expected: Option<f64>) {
        assert_eq!(score(&content(), &dones(all), rule), expected, "{rule:?} {all:?}");
    }
    let both = |completed, marks| ScoreRule::Weighted { completed, marks };
    let half_read = [("a", READ), ("b", READ)];
    let marked = [("a", READ), ("final", submitted(40.0))];
    check(ScoreRule::Completed, &[], None);
    check(ScoreRule::Completed, &[("gone", READ)], None);
    check(ScoreRule::Completed, &[("final", submitted(40.0))], None);
    check(ScoreRule::Completed, &half_read, Some(0.5));
    check(ScoreRule::BestMark, &half_read, None);
    check(ScoreRule::BestMark, &[("final", submitted(0.0))], Some(0.0));
    check(
        ScoreRule::BestMark,
        &[("final", submitted(40.0)), ("final", submitted(30.0))],
        Some(0.4),
    );
    check(both(1, 1), &[], None);
    check(both(1, 1), &half_read, Some(0.25));
    check(both(1, 3), &marked, Some((0.25 + 3.0 * 0.4) / 4.0));
    check(both(0, 0), &marked, None);

    let mut two_marks = content();
    complete_by(&mut two_marks, 0, 0, LessonCompletion::Passed { percent: 50 });
    let all = dones(&[("a", passed(80.0))]);
    assert_eq!(score(&two_marks, &all, ScoreRule::BestMark), Some(0.4));
    let unmarked = content().narrowed(&Key::from("one")).unwrap();
    let all = dones(&half_read);
    assert_eq!(score(&unmarked, &all, both(1, 3)), Some(1.0));
    assert_eq!(score(&unmarked, &all, ScoreRule::BestMark), None);
}

#[test]
fn merging_keeps_the_better_of_both() {
    #[track_caller]
    fn check(device: Done, account: Done, expected: Done, gains: bool) {
        let (device, account) = ([device], [account]);
        assert_eq!(merge(&device, &account), [expected]);
        assert_eq!(gained(&device, &account).len(), usize::from(gains));
    }
    check(
        done("a", READ, 1),
        done("a", What::Watched, 2),
        done("a", What::Watched, 2),
        false,
    );
    check(
        done("a", submitted(40.0), 2),
        done("a", READ, 1),
        done("a", submitted(40.0), 2),
        true,
    );
    check(
        done("a", submitted(40.0), 2),
        done("a", submitted(50.0), 3),
        done("a", submitted(50.0), 3),
        false,
    );
    check(
        done("a", submitted(90.0), 2),
        done("a", passed(50.0), 3),
        done("a", passed(90.0), 3),
        true,
    );
    check(done("a", READ, 1), done("a", READ, 2), done("a", READ, 1), false);
    check(
        done("a", submitted(50.0), 1),
        done("a", submitted(50.0), 0),
        done("a", submitted(50.0), 0),
        false,
    );
    let device = [done("b", READ, 1), done("a", READ, 1)];
    assert_eq!(merge(&device, &[]), [done("a", READ, 1), done("b", READ, 1)]);
    assert_eq!(
        gained(&device, &[done("c", READ, 1)]),
        [Key::from("a"), Key::from("b")]
    );
}

/// As devices and the database keep them.
#[test]
fn records_are_stored_by_stable_names() {
    let json = r#"{"step":"a","what":{"kind":"passed","percent":62.5},"at":"1970-01-01T00:02:00Z"}"#;
    let record = done("a", passed(62.5), 2);
    assert_eq!(serde_json::to_string(&record).unwrap(), json);
    assert_eq!(serde_json::from_str::<Done>(json).unwrap(), record);
    assert_eq!(serde_json::to_string(&READ).unwrap(), r#"{"kind":"read"}"#);
}

fn any_done() -> impl Strategy<Value = Done> {
    let what = prop_oneof![
        Just(READ),
        Just(What::Watched),
        (0..=100_u8).prop_map(|percent| submitted(percent.into())),
        (0..=100_u8).prop_map(|percent| passed(percent.into())),
    ];
    let step = prop::sample::select(vec!["a", "b", "c", "final", "gone"]);
    (step, what, 0..50_i64).prop_map(|(step, what, minute)| done(step, what, minute))
}

proptest! {
    #[test]
    fn more_done_is_never_less(
        device in prop::collection::vec(any_done(), 0..8),
        account in prop::collection::vec(any_done(), 0..8),
        order in prop::sample::select(vec![Order::Free, Order::InSequence, Order::AfterPassing]),
    ) {
        let content = with_order(order);
        let merged = merge(&device, &account);
        prop_assert_eq!(&merge(&account, &device), &merged);
        prop_assert_eq!(&merge(&merged, &device), &merged);
        prop_assert!(gained(&device, &merged).is_empty());
        let (before, after) = (progress(&content, &account), progress(&content, &merged));
        prop_assert!(before.share <= after.share);
        prop_assert_eq!(after.is_complete, after.share == 1.0);
        for rule in [ScoreRule::Completed, ScoreRule::BestMark, ScoreRule::Weighted { completed: 2, marks: 3 }] {
            let (before, after) = (score(&content, &account, rule), score(&content, &merged, rule));
            prop_assert!(before <= after, "{:?} {:?} {:?}", rule, before, after);
            prop_assert!(after.is_none_or(|score| (0.0..=1.0).contains(&score)));
        }
        // somebody can always go on until all is done
        prop_assert_eq!(after.next.is_none(), after.steps.values().all(|state| *state == StepState::Done));
    }
}
