use super::*;
use crate::testing::{Log, context, item, matching, multiple, single};
use crate::*;

/// "abcx": the choice of each stem in turn; "-" leaves one out.
fn pairs(choices: &str) -> String {
    let stems = ["a", "b", "c", "d"];
    let filled = stems
        .iter()
        .zip(choices.chars())
        .filter(|(_, choice)| *choice != '-');
    let pairs: Vec<String> = filled
        .map(|(stem, choice)| format!("\"{stem}\":\"{choice}\""))
        .collect();
    format!("{{\"pairs\":{{{}}}}}", pairs.join(","))
}

fn choice(options: &str) -> String {
    let options: Vec<String> = options.chars().map(String::from).collect();
    Response::choice_payload(options.iter().map(String::as_str))
}

fn with_hints(item: Item, hints: usize) -> Item {
    Item {
        hints: vec![Hint::default(); hints],
        ..item
    }
}

fn rules(behaviour: Behaviour) -> Rules {
    Rules {
        behaviour,
        ..Rules::default()
    }
}

#[track_caller]
fn check(item: &Item, behaviour: Behaviour, answers: &[String], expected: (f64, bool)) -> Progress {
    let at = DateTime::UNIX_EPOCH;
    let log = SlotLog {
        answer: answers.last().map_or("", String::as_str),
        checked: answers
            .iter()
            .map(|answer| Checked {
                answer,
                certainty: None,
                at,
            })
            .collect(),
        certainty: None,
    };
    let progress = checked(item, &rules(behaviour), &log, &context());
    let (fraction, finished) = expected;
    assert!(
        (progress.fraction - fraction).abs() < 1e-9 && progress.finished == finished,
        "{answers:?}: {progress:?}"
    );
    progress
}

#[test]
fn immediate_questions_have_one_try() {
    let progress = check(
        &single(),
        Behaviour::Immediate,
        &[choice("b"), choice("a")],
        (0.0, true),
    );
    assert_eq!((progress.tries.len(), progress.tries_left), (1, Some(0)));
    check(&single(), Behaviour::Immediate, &[choice("a")], (1.0, true));
    let fresh = check(&single(), Behaviour::Immediate, &[String::new()], (0.0, false));
    assert_eq!(fresh.tries_left, Some(1));
}

#[test]
fn interactive_tries_cost_the_penalty() {
    let item = with_hints(single(), 2);
    let wrong = check(&item, Behaviour::Interactive, &[choice("b")], (0.0, false));
    assert_eq!((wrong.hint, wrong.tries_left), (Some(0), Some(2)));
    let again = check(
        &item,
        Behaviour::Interactive,
        &[choice("b"), choice("c")],
        (0.0, false),
    );
    assert_eq!((again.hint, again.tries_left), (Some(1), Some(1)));
    let tries = [choice("b"), choice("a")];
    check(&item, Behaviour::Interactive, &tries, (2.0 / 3.0, true));
    let tries = [choice("b"), choice("c"), choice("a")];
    let last = check(&item, Behaviour::Interactive, &tries, (1.0 / 3.0, true));
    assert_eq!((last.hint, last.tries_left), (None, Some(0)));
    let none_left = [choice("b"), choice("c"), choice("d"), choice("a")];
    let over = check(&item, Behaviour::Interactive, &none_left, (0.0, true));
    assert_eq!(over.tries.len(), 3);
    let right_first = [choice("a"), choice("b")];
    check(&item, Behaviour::Interactive, &right_first, (1.0, true));
}

#[test]
fn the_same_answer_twice_is_one_try() {
    let item = with_hints(single(), 2);
    let same = [choice("b"), choice("b"), String::new(), choice("b")];
    let progress = check(&item, Behaviour::Interactive, &same, (0.0, false));
    assert_eq!(progress.tries.len(), 1);
    let log = SlotLog {
        answer: same[0].as_str(),
        ..SlotLog::default()
    };
    let handed = handed_in(&item, &rules(Behaviour::Adaptive), &log, &context());
    assert_eq!(handed.tries.len(), 1);
    let partly = with_hints(multiple(MultipleChoiceScoring::Partial), 2);
    let answers = [choice("ab")];
    let checked = Checked {
        answer: &answers[0],
        certainty: None,
        at: DateTime::UNIX_EPOCH,
    };
    let log = SlotLog {
        answer: &answers[0],
        checked: vec![checked],
        certainty: None,
    };
    let handed = handed_in(&partly, &rules(Behaviour::Interactive), &log, &context());
    assert!((handed.fraction - 2.0 / 3.0).abs() < 1e-9, "{handed:?}");
}

/// The worked example of Moodle's count-back behaviour: four parts, three tries.
#[test]
fn parts_count_from_the_try_since_which_they_are_right() {
    let item = with_hints(matching(), 2);
    let check = |answers: &[&str], expected| {
        let answers: Vec<String> = answers.iter().map(|answer| pairs(answer)).collect();
        check(&item, Behaviour::Interactive, &answers, expected)
    };
    check(
        &["abaa", "acca", "abca"],
        ((1.0 + 1.0 / 3.0 + 2.0 / 3.0) / 4.0, true),
    );
    check(&["abcd"], (1.0, true));
    check(&["abcc", "abcd"], ((3.0 + 2.0 / 3.0) / 4.0, true));
    check(&["bbbb", "bbba", "bbbc"], (0.25, true));
    check(&["ab--"], (0.5, false));
    check(&["ab--", "abcc"], ((2.0 + 2.0 / 3.0) / 4.0, false));
}

#[test]
fn adaptive_takes_the_best_less_earlier_tries() {
    let item = multiple(MultipleChoiceScoring::Partial);
    let answers = [choice("ab"), choice("abd"), choice("abc")];
    let progress = check(&item, Behaviour::Adaptive, &answers[..1], (2.0 / 3.0, false));
    assert_eq!((progress.tries_left, progress.hint), (None, None));
    check(&item, Behaviour::Adaptive, &answers[..2], (2.0 / 3.0, false));
    check(&item, Behaviour::Adaptive, &answers, (2.0 / 3.0, false));
    check(&item, Behaviour::AdaptiveNoPenalty, &answers, (1.0, false));
    let cheap = Item {
        try_penalty: Some(0.1),
        ..item
    };
    check(&cheap, Behaviour::Adaptive, &answers, (0.8, false));
}

#[test]
fn what_takes_off_besides_parts_stays_off() {
    let all_or_nothing = |fraction: f64, parts: [f64; 2]| Try {
        response: Response::Value(fraction),
        mark: ItemMark {
            parts: parts
                .iter()
                .zip(["x", "y"])
                .map(|(fraction, part)| PartMark {
                    part: FieldId::from(part),
                    fraction: *fraction,
                    weight: 1.0,
                })
                .collect(),
            ..ItemMark::of(fraction)
        },
        certainty: Certainty::Low,
        at: None,
    };
    let tries = [all_or_nothing(0.0, [1.0, 0.0]), all_or_nothing(0.0, [1.0, 0.5])];
    assert_eq!(counted_back(&tries, 0.25), 0.0);
    let tries = [all_or_nothing(0.0, [1.0, 0.0]), all_or_nothing(1.0, [1.0, 1.0])];
    assert_eq!(counted_back(&tries, 0.5), 0.75);
}

#[test]
fn certainty_needs_an_answer_that_can_be_judged() {
    let sure = |item: &Item, answer: &str, certainty| {
        let log = SlotLog {
            answer,
            checked: Vec::new(),
            certainty,
        };
        let rules = Rules {
            certainty: true,
            ..Rules::default()
        };
        handed_in(item, &rules, &log, &context()).fraction
    };
    assert_eq!(sure(&single(), &choice("a"), Some(Certainty::High)), 1.0);
    assert_eq!(sure(&single(), &choice("b"), Some(Certainty::High)), -2.0);
    assert_eq!(sure(&single(), &choice("b"), None), 0.0);
    assert_eq!(sure(&single(), "", Some(Certainty::High)), 0.0);
    let essay = item(Interaction::Essay(serde_json::from_str("{}").unwrap()));
    assert_eq!(sure(&essay, r#"{"text":"Vì sao"}"#, Some(Certainty::High)), 0.0);
}

fn log_of(behaviour: Behaviour) -> Log {
    let mut log = Log::new();
    log.published.content.rules.behaviour = behaviour;
    log
}

#[test]
fn a_finished_question_takes_no_more_answers() {
    let mut log = log_of(Behaviour::Immediate);
    assert_eq!(log.check("q1"), Err(Code::NotCheckable));
    log.answer("tab", "q1", &choice("b"), 1).unwrap();
    log.check("q1").unwrap();
    assert_eq!(
        log.answer("tab", "q1", &choice("a"), 1),
        Err(Code::QuestionFinished)
    );
    assert_eq!(log.check("q1"), Err(Code::QuestionFinished));
    log.answer("tab", "q2", &choice("a"), 1).unwrap();
    assert_eq!(log.outcome().slots[0].fraction, 0.0);
    assert_eq!(log.outcome().slots[0].tries, 1);
}

#[test]
fn only_quizzes_that_check_take_checks() {
    let mut log = log_of(Behaviour::Deferred);
    log.answer("tab", "q1", &choice("a"), 1).unwrap();
    assert_eq!(log.check("q1"), Err(Code::NotCheckable));
    let sure = log.next("tab", EntryKind::Certainty, Some("q1"), "3");
    assert_eq!(log.send(&sure, 1), Err(Code::ResponseInvalid));
    log.published.content.rules.certainty = true;
    log.send(&sure, 1).unwrap();
    let unsure = log.next("tab", EntryKind::Certainty, Some("q1"), "9");
    assert_eq!(log.send(&unsure, 1), Err(Code::ResponseInvalid));
    assert_eq!(log.outcome().slots[0].fraction, 1.0);
}

#[test]
fn manual_quizzes_wait_for_a_marker() {
    let mut log = log_of(Behaviour::Manual);
    log.answer("tab", "q1", &choice("a"), 1).unwrap();
    let outcome = log.outcome();
    assert_eq!((outcome.score, outcome.slots[0].needs_marker), (0.0, true));
    assert!(!outcome.slots[1].needs_marker);
}

/// The key said b; a was right. What the student tried after that does not count.
#[test]
fn a_corrected_key_judges_all_tries_anew() {
    let mut log = log_of(Behaviour::Interactive);
    for item in log.published.items.values_mut() {
        item.hints = vec![Hint::default()];
    }
    log.answer("tab", "q1", &choice("b"), 1).unwrap();
    log.check("q1").unwrap();
    log.answer("tab", "q1", &choice("a"), 1).unwrap();
    log.check("q1").unwrap();
    assert!((log.outcome().slots[0].fraction - 2.0 / 3.0).abs() < 1e-9);
    let item = &log.published.items[&ItemVersionId::from("q1-v1")];
    let right: std::collections::BTreeSet<OptionId> = [OptionId::from("b")].into();
    let key = with_right_options(&item.interaction, &right).unwrap();
    let policy = MarkingPolicy {
        keys: [(ItemVersionId::from("q1-v1"), key)].into(),
        ..MarkingPolicy::default()
    };
    let outcome = replay(&log.published, &log.header, &log.entries, &policy).unwrap();
    assert_eq!((outcome.slots[0].fraction, outcome.slots[0].tries), (1.0, 1));
}

mod marks_stay_in_bounds {
    use proptest::prelude::*;

    use super::*;

    fn behaviour() -> impl Strategy<Value = Behaviour> {
        proptest::sample::select(Behaviour::ALL)
    }

    fn step() -> impl Strategy<Value = (EntryKind, String)> {
        let answer = "[a-e]{0,3}".prop_map(|ids| {
            let ids: std::collections::BTreeSet<char> = ids.chars().collect();
            (EntryKind::Answer, choice(&ids.into_iter().collect::<String>()))
        });
        let certainty = (1..=3_u8).prop_map(|level| (EntryKind::Certainty, level.to_string()));
        prop_oneof![3 => answer, 3 => Just((EntryKind::Check, String::new())), 1 => certainty]
    }

    proptest! {
        /// Whatever is taken: the mark lies in its bounds, and what `append` took as a
        /// check is a try of the replay.
        #[test]
        fn for_any_tries(
            behaviour in behaviour(),
            certainty: bool,
            penalty in proptest::option::of(0.0..=1.0),
            hints in 0_usize..3,
            steps in proptest::collection::vec(step(), 0..12),
        ) {
            let mut log = log_of(behaviour);
            log.published.content.rules.certainty = certainty && behaviour.takes_certainty();
            for item in log.published.items.values_mut() {
                item.hints = vec![Hint::default(); hints];
                item.try_penalty = penalty;
            }
            let mut live = 0.0;
            for (kind, payload) in steps {
                let incoming = log.next("tab", kind, Some("q2"), &payload);
                if log.send(&incoming, 1).is_ok() && kind == EntryKind::Check {
                    let slots = slot_logs(&log.entries);
                    let item = &log.published.items[&ItemVersionId::from("q2-v1")];
                    let slot = SlotId::from("q2");
                    let context = log.header.context(&slot);
                    live = checked(item, &log.published.content.rules, &slots[&slot], &context).fraction;
                }
            }
            let outcome = log.outcome();
            let slot = &outcome.slots[1];
            let lowest = if log.published.content.rules.certainty { -2.0 } else { 0.0 };
            prop_assert!((lowest..=1.0).contains(&slot.fraction), "{:?}", slot);
            prop_assert!((0.0..=outcome.maximum).contains(&outcome.score));
            if matches!(behaviour, Behaviour::Adaptive | Behaviour::AdaptiveNoPenalty) {
                prop_assert!(slot.fraction >= live - 1e-12, "{} after {}", slot.fraction, live);
            }
        }
    }
}
