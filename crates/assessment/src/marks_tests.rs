//! Responses, scoring, order, replay and grades: cases and properties.

use proptest::prelude::*;

use crate::testing::{Log, context, multiple, published, single, time};
use crate::*;

fn check_response(item: &Item, payload: &str, expected: Result<&[&str], ResponseProblem>) {
    let expected = expected.map(|ids| match ids {
        [] => Response::Unanswered,
        ids => Response::Choice(ids.iter().map(|id| OptionId::from(*id)).collect()),
    });
    assert_eq!(Response::parse(item, payload, &context()), expected, "{payload}");
}

#[test]
fn payloads_read_as_responses() {
    let (one, several) = (single(), multiple(MultipleChoiceScoring::AllOrNothing));
    check_response(&one, r#"{"choice":["a"]}"#, Ok(&["a"]));
    check_response(&one, r#"{"choice":[]}"#, Ok(&[]));
    check_response(&one, "", Ok(&[]));
    check_response(&several, r#" {"choice": ["c","a"]}"#, Ok(&["a", "c"]));
    check_response(
        &one,
        r#"{"choice":["a","b"]}"#,
        Err(ResponseProblem::TooManyChosen(2)),
    );
    check_response(
        &one,
        r#"{"choice":["z"]}"#,
        Err(ResponseProblem::UnknownOption("z".into())),
    );
    check_response(
        &several,
        r#"{"choice":["a","a"]}"#,
        Err(ResponseProblem::RepeatedOption("a".into())),
    );
    for malformed in [
        "{}",
        "[]",
        "null",
        r#"{"choice":"a"}"#,
        r#"{"choice":[1]}"#,
        r#"{"choice":["a"],"x":1}"#,
        "{",
    ] {
        check_response(&one, malformed, Err(ResponseProblem::Malformed));
    }
    let long = " ".repeat(limits::PAYLOAD_BYTES + 1);
    check_response(&one, &long, Err(ResponseProblem::TooLarge(long.len())));
    assert_eq!(
        Response::choice_payload(["a", "b\""]),
        r#"{"choice":["a","b\""]}"#
    );
}

fn check_score(scoring: MultipleChoiceScoring, chosen: &[&str], expected: f64) {
    let item = multiple(scoring);
    let response = Response::parse(
        &item,
        &Response::choice_payload(chosen.iter().copied()),
        &context(),
    )
    .unwrap();
    let mark = score_item(&item, &response, &context());
    assert!(
        (mark.fraction - expected).abs() < 1e-12,
        "{scoring:?} {chosen:?} {mark:?}"
    );
    assert_eq!(mark.answered, !chosen.is_empty());
}

#[test]
fn multiple_choice_is_marked_by_its_rule() {
    use MultipleChoiceScoring::{AllOrNothing, Partial};
    check_score(AllOrNothing, &["a", "b", "c"], 1.0);
    check_score(AllOrNothing, &["a", "b"], 0.0);
    check_score(AllOrNothing, &["a", "b", "c", "d"], 0.0);
    check_score(AllOrNothing, &[], 0.0);
    check_score(Partial, &["a", "b", "c"], 1.0);
    check_score(Partial, &["a", "b"], 2.0 / 3.0);
    check_score(Partial, &["a", "b", "d"], 1.0 / 3.0);
    check_score(Partial, &["a", "d", "e"], 0.0);
    check_score(Partial, &["a", "b", "c", "d", "e"], 1.0 / 3.0);
    check_score(Partial, &[], 0.0);
}

fn order_of(seed: i64, slot: &str) -> String {
    let item = single();
    let options = option_order(seed, &SlotId::from(slot), &item);
    options.iter().map(|option| option.id.as_str()).collect()
}

/// Computed by another program; they must never change.
#[test]
fn the_order_of_a_seed_is_frozen() {
    let cases = [
        (0, "haecgbdf", "acbd", "dabc"),
        (1, "cbhfdage", "bdac", "dcba"),
        (-1, "aechbdfg", "bdac", "cabd"),
        (42, "beahcfgd", "cabd", "bacd"),
        (i64::MAX, "fbaghced", "dabc", "badc"),
    ];
    let mut content = published().content;
    content.rules.shuffle_questions = true;
    content.slots = "abcdefgh"
        .chars()
        .map(|id| Slot {
            id: SlotId::new(id),
            item_version_id: ItemVersionId::from("v"),
            points: 1.0,
            stimulus: None,
            placing: Placing::default(),
        })
        .collect();
    for (seed, slots, first, second) in cases {
        let order: String = plan(&content, seed, &Moves::default())
            .counted()
            .map(|slot| slot.id.as_str())
            .collect();
        assert_eq!(
            (order.as_str(), order_of(seed, "q1").as_str()),
            (slots, first),
            "{seed}"
        );
        assert_eq!(order_of(seed, "q2"), second, "{seed}");
    }
    content.rules.shuffle_questions = false;
    let moves = Moves::default();
    let first = plan(&content, 1, &moves)
        .counted()
        .next()
        .map(|slot| slot.id.as_str());
    assert_eq!(first, Some("a"));
}

fn log_with_answers() -> Log {
    let mut log = Log::new();
    log.answer("tab-1", "q1", r#"{"choice":["b"]}"#, 10).unwrap();
    log.answer("tab-1", "q2", r#"{"choice":["a","b"]}"#, 11).unwrap();
    log.answer("tab-1", "q1", r#"{"choice":["a"]}"#, 12).unwrap();
    log
}

#[test]
fn the_last_answer_of_a_slot_counts() {
    let mut log = log_with_answers();
    let outcome = log.outcome();
    assert_eq!((outcome.score, outcome.maximum, outcome.answered), (3.0, 5.0, 2));
    assert!(!outcome.submitted && outcome.policy_number == 1);
    log.answer("tab-1", "q1", "", 13).unwrap();
    let outcome = log.outcome();
    assert_eq!((outcome.score, outcome.answered), (2.0, 1));
    let latest = latest_answers(&log.entries);
    assert_eq!(latest[&SlotId::from("q1")].number, 4);
}

fn by_server(log: &mut Log, kind: EntryKind, slot: Option<&str>, payload: &str) {
    let state = log.state(&WriterId::server(), 0);
    let slot = slot.map(SlotId::from);
    let appended = append_by_server(&log.header, &state, kind, slot.as_ref(), payload, time(50));
    log.keep(&appended.unwrap());
}

#[test]
fn answers_after_the_end_do_not_count_until_it_is_reopened() {
    let mut log = log_with_answers();
    by_server(&mut log, EntryKind::DeadlineSubmit, None, "");
    log.header.state = AttemptState::Open;
    log.answer("tab-1", "q3", r#"{"choice":["true"]}"#, 60).unwrap();
    assert_eq!(log.outcome().score, 3.0);
    assert!(log.outcome().submitted);
    by_server(&mut log, EntryKind::Reopen, None, "");
    log.answer("tab-1", "q3", r#"{"choice":["true"]}"#, 61).unwrap();
    assert_eq!(log.outcome().score, 4.0);
    assert!(!log.outcome().submitted);
}

#[test]
fn a_markers_decision_wins() {
    let mut log = log_with_answers();
    for (payload, expected) in [
        (r#"{"fraction":0.5}"#, 2.5),
        (r#"{"fraction":2}"#, 2.5),
        (r#"{"fraction":0}"#, 2.0),
    ] {
        by_server(&mut log, EntryKind::MarkerDecision, Some("q1"), payload);
        assert_eq!(log.outcome().score, expected, "{payload}");
    }
}

#[test]
fn a_policy_drops_and_gives() {
    let log = log_with_answers();
    let marked = |slot: &str, how| {
        let mut policy = MarkingPolicy {
            number: 2,
            ..MarkingPolicy::default()
        };
        policy.slots.insert(SlotId::from(slot), how);
        let outcome = replay(&log.published, &log.header, &log.entries, &policy).unwrap();
        (outcome.score, outcome.maximum)
    };
    assert_eq!(marked("q2", SlotOverride::Drop), (1.0, 2.0));
    assert_eq!(marked("q3", SlotOverride::FullMarks), (4.0, 5.0));
    assert_eq!(marked("elsewhere", SlotOverride::Drop), (3.0, 5.0));
}

#[test]
fn a_missing_item_is_named() {
    let mut log = log_with_answers();
    log.published.items.clear();
    let error = replay(
        &log.published,
        &log.header,
        &log.entries,
        &MarkingPolicy::default(),
    )
    .unwrap_err();
    assert!(error.to_string().contains("q1-v1"), "{error}");
}

fn check_scaled(score: f64, maximum: f64, line_item_maximum: f64, expected: f64) {
    let grade = scaled(score, maximum, line_item_maximum);
    assert!(
        (grade - expected).abs() < 1e-12,
        "{score}/{maximum} of {line_item_maximum}: {grade}"
    );
}

#[test]
fn grades_are_scaled_and_rounded() {
    check_scaled(8.5, 10.0, 10.0, 8.5);
    check_scaled(1.0, 3.0, 10.0, 3.33);
    check_scaled(2.0, 3.0, 10.0, 6.67);
    check_scaled(2.675, 10.0, 10.0, 2.68);
    check_scaled(1.005, 10.0, 10.0, 1.01);
    check_scaled(0.1 + 0.2, 0.3, 7.0, 7.0);
    check_scaled(3.0, 3.0, 100.0, 100.0);
    check_scaled(0.0, 5.0, 10.0, 0.0);
    check_scaled(0.0, 0.0, 10.0, 0.0);
    check_scaled(-1.0, 5.0, 10.0, 0.0);
}

fn check_grade(grade_from: GradeFrom, expected: f64) {
    let attempt = |score, maximum| AttemptScore { score, maximum };
    let attempts = [
        attempt(4.0, 10.0),
        attempt(9.0, 10.0),
        attempt(5.0, 5.0),
        attempt(3.0, 10.0),
    ];
    let grade = column_grade(&attempts, grade_from).unwrap();
    check_scaled(grade.score, grade.maximum, 10.0, expected);
    assert_eq!(column_grade(&[], grade_from), None);
}

#[test]
fn the_grade_follows_the_rule() {
    check_grade(GradeFrom::First, 4.0);
    check_grade(GradeFrom::Last, 3.0);
    check_grade(GradeFrom::Highest, 10.0);
    check_grade(GradeFrom::Average, 6.5);
}

/// Steps of random logs: slot, chosen options, or a submission now and then.
fn steps() -> impl Strategy<Value = Vec<(u8, Vec<bool>, u8)>> {
    prop::collection::vec(
        (0_u8..3, prop::collection::vec(any::<bool>(), 5), 0_u8..20),
        0..25,
    )
}

fn log_of(steps: &[(u8, Vec<bool>, u8)]) -> Log {
    let mut log = Log::new();
    for (index, (slot, picks, kind)) in steps.iter().enumerate() {
        let now = index as i64;
        if *kind == 0 {
            let submit = log.next("tab-1", EntryKind::Submit, None, "");
            let _ = log.send(&submit, now);
            continue;
        }
        let slot = format!("q{}", slot + 1);
        let version = ItemVersionId::new(format!("{slot}-v1"));
        let options = log.published.items[&version].options().to_vec();
        let chosen = options.iter().zip(picks).filter(|(_, pick)| **pick);
        let payload = Response::choice_payload(chosen.map(|(option, _)| option.id.as_str()));
        let _ = log.answer("tab-1", &slot, &payload, now);
    }
    log
}

proptest! {
    #[test]
    fn replay_is_bounded_and_blind_to_order_and_repetition(steps in steps(), turn in 0_usize..25) {
        let log = log_of(&steps);
        let outcome = log.outcome();
        prop_assert!((0.0..=outcome.maximum).contains(&outcome.score));
        for slot in &outcome.slots {
            prop_assert!((0.0..=1.0).contains(&slot.fraction));
        }
        let mut mixed = log.entries.clone();
        mixed.extend(log.entries.iter().rev().cloned());
        let length = mixed.len();
        mixed.rotate_left(if length == 0 { 0 } else { turn % length });
        let replayed = replay(&log.published, &log.header, &mixed, &MarkingPolicy::default()).unwrap();
        prop_assert_eq!(replayed, outcome);
    }

    #[test]
    fn the_chain_notices_every_change(steps in steps(), which in 0_usize..25, change in 0_u8..9) {
        let mut entries = log_of(&steps).entries;
        prop_assert_eq!(verify_chain(&entries), Ok(()));
        prop_assume!(!entries.is_empty());
        let which = which % entries.len();
        let last = which + 1 == entries.len();
        let entry = &mut entries[which];
        match change {
            0 => entry.payload.push(' '),
            1 => entry.slot = Some(SlotId::from("q9")),
            2 => entry.kind = EntryKind::Check,
            3 => entry.number += 1,
            4 => entry.device_at = Some(time(1)),
            5 => entry.elapsed_ms = Some(1),
            6 => entry.attempt = AttemptId::from("a2"),
            7 => entry.writer = WriterId::from("tab-9"),
            _ if last => entry.hash = EntryHash::from_hex(&"0".repeat(64)).unwrap(),
            _ => { entries.remove(which); }
        }
        prop_assert!(verify_chain(&entries).is_err());
    }

    #[test]
    fn a_scaled_grade_lies_on_the_scale(score in 0.0..200.0_f64, maximum in 0.1..200.0_f64, column in 1_u8..=100) {
        let column = f64::from(column);
        let grade = scaled(score, maximum, column);
        prop_assert!((0.0..=column).contains(&grade));
        prop_assert!(score < maximum || grade.to_bits() == column.to_bits());
    }

    #[test]
    fn every_seed_shows_every_option_once(seed in any::<i64>()) {
        let mut order: Vec<char> = order_of(seed, "q1").chars().collect();
        order.sort_unstable();
        prop_assert_eq!(order, vec!['a', 'b', 'c', 'd']);
    }
}

/// What tests/data/entry-hashes.json holds, computed by another program.
#[derive(serde::Deserialize)]
struct Vector {
    attempt: AttemptId,
    writer: WriterId,
    number: i64,
    kind: EntryKind,
    slot: Option<SlotId>,
    payload: String,
    device_at_ms: Option<i64>,
    elapsed_ms: Option<i64>,
    previous_hash: Option<EntryHash>,
    canonical: String,
    hash: EntryHash,
}

#[derive(serde::Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[test]
fn hashes_are_frozen() {
    let file: Vectors = serde_json::from_str(include_str!("../../../tests/data/entry-hashes.json")).unwrap();
    assert!(file.vectors.len() >= 6);
    for vector in file.vectors {
        let entry = Entry {
            attempt: vector.attempt,
            position: 7,
            writer: vector.writer,
            number: vector.number,
            kind: vector.kind,
            slot: vector.slot,
            payload: vector.payload,
            device_at: vector
                .device_at_ms
                .map(|ms| chrono::DateTime::from_timestamp_millis(ms).unwrap()),
            elapsed_ms: vector.elapsed_ms,
            previous_hash: vector.previous_hash,
            hash: vector.hash,
            received_at: time(0),
        };
        assert_eq!(canonical_form(&entry), vector.canonical);
        assert_eq!(entry_hash(&entry), vector.hash);
    }
}

#[test]
fn hashes_read_only_lower_case_hexadecimal() {
    assert!(EntryHash::from_hex(&"a0".repeat(32)).is_some());
    for wrong in ["", "a0", &"A0".repeat(32), &"g0".repeat(32), &"a0".repeat(33)] {
        assert_eq!(EntryHash::from_hex(wrong), None, "{wrong}");
    }
}
