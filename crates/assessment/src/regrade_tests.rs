//! Corrections and regrades: cases and properties.

use proptest::prelude::*;

use crate::testing::{Log, time};
use crate::*;

fn slot(id: &str) -> SlotId {
    SlotId::from(id)
}

fn right(ids: &[&str]) -> std::collections::BTreeSet<OptionId> {
    ids.iter().map(|id| OptionId::from(*id)).collect()
}

fn asked(published: &Published) -> Vec<Asked<'_>> {
    let slots = published.content.slots.iter();
    slots
        .map(|slot| Asked {
            slot,
            item: &published.items[&slot.item_version_id],
        })
        .collect()
}

/// q1 with these options right, as the correction of its only version.
fn key(published: &Published, ids: &[&str]) -> Change {
    let version = ItemVersionId::from("q1-v1");
    let key = with_right_options(&published.items[&version].interaction, &right(ids)).unwrap();
    Change::Key([(version, key)].into())
}

fn correction(id: &str, change: Change) -> Correction {
    Correction {
        slot: slot(id),
        change,
    }
}

/// q1 (1 point): b, wrong; q2 (3 points of 5 in all): two of three right; q3 unanswered.
fn log() -> Log {
    let mut log = Log::new();
    log.answer("tab-1", "q1", r#"{"choice":["b"]}"#, 10).unwrap();
    log.answer("tab-1", "q2", r#"{"choice":["a","b"]}"#, 11).unwrap();
    log
}

fn mark(log: &Log, policy: &MarkingPolicy) -> (f64, f64) {
    let outcome = replay(&log.published, &log.header, &log.entries, policy).unwrap();
    assert_eq!(outcome.policy_number, policy.number);
    (outcome.score, outcome.maximum)
}

#[track_caller]
fn check_mark(id: &str, change: Change, raise_only: bool, expected: (f64, f64)) {
    let log = log();
    let correction = correction(id, change);
    let asked = asked(&log.published);
    assert_eq!(correction.check(&asked), Ok(()));
    let policy = MarkingPolicy::default().corrected(&correction, &asked, raise_only);
    assert_eq!(policy.number, 2);
    assert_eq!(mark(&log, &policy), expected, "{correction:?}");
    // what is stored says the same
    let stored: MarkingPolicy = serde_json::from_str(&serde_json::to_string(&policy).unwrap()).unwrap();
    assert_eq!(stored, policy);
}

#[test]
fn each_correction_marks_as_it_says() {
    let published = log().published;
    assert_eq!(mark(&log(), &MarkingPolicy::default()), (2.0, 5.0));
    check_mark("q1", Change::Drop, false, (2.0, 4.0));
    check_mark("q1", Change::FullMarks, false, (3.0, 5.0));
    check_mark("q3", Change::FullMarks, false, (3.0, 5.0));
    check_mark("q1", Change::FullMarksIfAnswered, false, (3.0, 5.0));
    check_mark("q3", Change::FullMarksIfAnswered, false, (2.0, 5.0));
    check_mark("q1", key(&published, &["b"]), false, (3.0, 5.0));
    check_mark("q1", key(&published, &["a", "b"]), false, (3.0, 5.0));
    check_mark("q1", key(&published, &["c"]), false, (2.0, 5.0));
    check_mark("q1", Change::Points(6.0), false, (2.0, 10.0));
    check_mark("q1", Change::Points(6.0), true, (2.0, 5.0));
    check_mark("q1", Change::Drop, true, (2.0, 4.0));
    // dropping what was worth most would lower the mark: 2 of 5 stays
    check_mark("q2", Change::Drop, true, (2.0, 5.0));
    check_mark("q2", Change::Drop, false, (0.0, 2.0));
}

#[test]
fn corrections_of_one_question_follow_each_other() {
    let log = log();
    let asked = asked(&log.published);
    let changes = [
        (Change::FullMarks, (3.0, 5.0)),
        (key(&log.published, &["c"]), (2.0, 5.0)),
        (Change::Points(3.0), (2.0, 7.0)),
        (key(&log.published, &["b"]), (5.0, 7.0)),
        (Change::Drop, (2.0, 4.0)),
        (Change::Points(2.0), (4.0, 6.0)),
        (Change::AsAuthored, (2.0, 5.0)),
    ];
    let mut policy = MarkingPolicy::default();
    for (change, expected) in changes {
        policy = policy.corrected(&correction("q1", change.clone()), &asked, false);
        assert_eq!(mark(&log, &policy), expected, "{change:?}");
    }
    assert_eq!(policy.number, 8);
    assert_eq!(
        (policy.slots.len(), policy.points.len(), policy.keys.len()),
        (0, 0, 0)
    );
}

/// A protected correction stays protected, and the next one is what it says.
#[test]
fn a_floor_protects_its_own_correction_only() {
    let log = log();
    let asked = asked(&log.published);
    let first = MarkingPolicy::default().corrected(&correction("q2", Change::Drop), &asked, true);
    assert_eq!(mark(&log, &first), (2.0, 5.0));
    let second = first.corrected(&correction("q1", Change::FullMarks), &asked, false);
    assert_eq!(mark(&log, &second), (3.0, 5.0));
    let third = second.corrected(&correction("q1", Change::AsAuthored), &asked, false);
    assert_eq!(mark(&log, &third), (2.0, 5.0));
}

#[test]
fn what_does_not_fit_is_named() {
    #[track_caller]
    fn check(id: &str, change: Change, expected: CorrectionProblem) {
        let published = log().published;
        assert_eq!(correction(id, change).check(&asked(&published)), Err(expected));
    }
    let published = log().published;
    check("elsewhere", Change::Drop, CorrectionProblem::NoSuchQuestion);
    for points in [0.0, -1.0, f64::NAN, f64::INFINITY, limits::POINTS + 1.0] {
        check("q1", Change::Points(points), CorrectionProblem::Points);
    }
    check("q1", Change::Key([].into()), CorrectionProblem::Key);
    let version = ItemVersionId::from("q1-v1");
    let another = published.items[&ItemVersionId::from("q3-v1")].interaction.clone();
    check(
        "q1",
        Change::Key([(version.clone(), another)].into()),
        CorrectionProblem::Key,
    );
    let Change::Key(keys) = key(&published, &["b"]) else {
        unreachable!()
    };
    let elsewhere = (ItemVersionId::from("q2-v1"), keys[&version].clone());
    check("q1", Change::Key([elsewhere].into()), CorrectionProblem::Key);
    let own = &published.items[&version].interaction;
    assert_eq!(with_right_options(own, &right(&[])), None);
    assert_eq!(with_right_options(own, &right(&["a", "z"])), None);
    assert_eq!(with_right_options(own, &right(&["a"])).as_ref(), Some(own));
}

/// As they were stored before there were corrections.
#[test]
fn stored_policies_are_read_for_ever() {
    let old = r#"{"number":3,"decimals":2,"slots":{"q1":"drop","q2":"full_marks"}}"#;
    let policy: MarkingPolicy = serde_json::from_str(old).unwrap();
    assert_eq!(policy.slots[&slot("q1")], SlotOverride::Drop);
    assert_eq!(policy.slots[&slot("q2")], SlotOverride::FullMarks);
    assert_eq!(serde_json::to_string(&policy).unwrap(), old);
}

#[test]
fn what_is_left_when_a_question_is_dropped() {
    let log = log();
    let asked = asked(&log.published);
    let mut policy = MarkingPolicy::default();
    for id in ["q1", "q2"] {
        policy = policy.corrected(&correction(id, Change::Drop), &asked, false);
        assert!(policy.leaves_marks(&log.published.content));
    }
    policy = policy.corrected(&correction("q3", Change::Drop), &asked, false);
    assert!(!policy.leaves_marks(&log.published.content));
    assert_eq!(mark(&log, &policy), (0.0, 0.0));
}

#[test]
fn a_regrade_says_who_moves() {
    let better = log();
    let mut worse = Log::new();
    worse.answer("tab-1", "q1", r#"{"choice":["a"]}"#, 10).unwrap();
    let empty = Log::new();
    let logged = |log: &'static Log| Logged {
        published: &log.published,
        header: &log.header,
        entries: &log.entries,
    };
    let leak = |log: Log| &*Box::leak(Box::new(log));
    let attempts = [better, worse, empty].map(leak).map(logged);
    let old = MarkingPolicy::default();
    let published = attempts[0].published;
    let new = old.corrected(
        &correction("q1", key(published, &["b"])),
        &asked(published),
        false,
    );
    let found = regrade(attempts, &old, &new, Some(0.5)).unwrap();
    assert_eq!((found.up, found.down, found.same), (1, 1, 1));
    let directions: Vec<Direction> = found.moved.iter().map(Movement::direction).collect();
    assert_eq!(directions, [Direction::Up, Direction::Down]);
    assert_eq!(
        found.moved[0].after,
        AttemptScore {
            score: 3.0,
            maximum: 5.0
        }
    );
    // 2/5, 1/5 and 0 become 3/5, 0 and 0
    assert_eq!(found.before.0, [1, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    assert_eq!(found.after.0, [2, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
    assert_eq!((found.newly_passed, found.newly_failed), (1, 0));
}

/// Random logs: slot, chosen options, or a submission now and then.
fn logs() -> impl Strategy<Value = Log> {
    let step = (0_u8..3, prop::collection::vec(any::<bool>(), 5), 0_u8..20);
    prop::collection::vec(step, 0..20).prop_map(|steps| {
        let mut log = Log::new();
        for (now, (place, picks, kind)) in (0..).zip(steps) {
            if kind == 0 {
                let submit = log.next("tab-1", EntryKind::Submit, None, "");
                drop(log.send(&submit, now));
                continue;
            }
            let id = format!("q{}", place + 1);
            let options = log.published.items[&ItemVersionId::new(format!("{id}-v1"))]
                .options()
                .to_vec();
            let chosen = options.iter().zip(picks).filter(|(_, pick)| *pick);
            let payload = Response::choice_payload(chosen.map(|(option, _)| option.id.as_str()));
            drop(log.answer("tab-1", &id, &payload, now));
        }
        log
    })
}

fn corrections() -> impl Strategy<Value = Vec<(Correction, bool)>> {
    let published = Log::new().published;
    let keys: Vec<Change> = [&["b"][..], &["a", "c"], &["d"]]
        .map(|ids| key(&published, ids))
        .into();
    let change = prop_oneof![
        Just(Change::Drop),
        Just(Change::FullMarks),
        Just(Change::FullMarksIfAnswered),
        Just(Change::AsAuthored),
        (1_u8..100).prop_map(|tenths| Change::Points(f64::from(tenths) / 10.0)),
    ];
    let elsewhere = (1_u8..=3, change).prop_map(|(id, change)| correction(&format!("q{id}"), change));
    let of_key = prop::sample::select(keys).prop_map(|key| correction("q1", key));
    prop::collection::vec((prop_oneof![elsewhere, of_key], any::<bool>()), 0..6)
}

fn follow(corrections: &[(Correction, bool)], asked: &[Asked<'_>]) -> Vec<MarkingPolicy> {
    let mut policies = vec![MarkingPolicy::default()];
    for (correction, raise_only) in corrections {
        policies.push(policies[policies.len() - 1].corrected(correction, asked, *raise_only));
    }
    policies
}

proptest! {
    #[test]
    fn marks_stay_in_bounds_under_any_policy(log in logs(), corrections in corrections()) {
        for policy in follow(&corrections, &asked(&log.published)) {
            let outcome = replay(&log.published, &log.header, &log.entries, &policy).unwrap();
            prop_assert!((0.0..=outcome.maximum).contains(&outcome.score));
            for slot in &outcome.slots {
                prop_assert!((0.0..=1.0).contains(&slot.fraction));
                prop_assert!((0.0..=slot.maximum).contains(&slot.points));
            }
        }
    }

    #[test]
    fn an_unchanged_policy_moves_nobody(log in logs(), corrections in corrections()) {
        for policy in follow(&corrections, &asked(&log.published)) {
            let again = MarkingPolicy { number: policy.number + 1, ..policy.clone() };
            let logged = Logged { published: &log.published, header: &log.header, entries: &log.entries };
            let found = regrade([logged], &policy, &again, Some(0.5)).unwrap();
            prop_assert_eq!((found.up, found.down, found.same, found.moved.len()), (0, 0, 1, 0));
            prop_assert_eq!(found.before, found.after);
        }
    }

    #[test]
    fn raise_only_never_lowers(log in logs(), corrections in corrections()) {
        let policies = follow(&corrections, &asked(&log.published));
        for ((_, raise_only), pair) in corrections.iter().zip(policies.windows(2)) {
            let logged = Logged { published: &log.published, header: &log.header, entries: &log.entries };
            let moved = movement(logged, &pair[0], &pair[1]).unwrap();
            prop_assert!(!raise_only || moved.after.fraction() >= moved.before.fraction());
        }
    }

    /// Whether an attempt is marked when it is submitted, in the midst of its
    /// life or from what is stored: the same policy gives the same mark.
    #[test]
    fn replay_equals_live(log in logs(), corrections in corrections(), turn in 0_usize..20) {
        let policy = follow(&corrections, &asked(&log.published)).pop().unwrap();
        let live = replay(&log.published, &log.header, &log.entries, &policy).unwrap();
        let stored: MarkingPolicy = serde_json::from_str(&serde_json::to_string(&policy).unwrap()).unwrap();
        let mut entries = log.entries.clone();
        let length = entries.len();
        entries.rotate_left(if length == 0 { 0 } else { turn % length });
        let header = AttemptHeader { due_at: Some(time(1)), state: AttemptState::Submitted, ..log.header.clone() };
        prop_assert_eq!(replay(&log.published, &header, &entries, &stored).unwrap(), live);
    }

    /// Another key of a question moves nobody who left it out.
    #[test]
    fn another_key_moves_only_who_answered(log in logs(), raise_only in any::<bool>()) {
        let asked = asked(&log.published);
        let before = MarkingPolicy::default();
        let after = before.corrected(&correction("q1", key(&log.published, &["b"])), &asked, raise_only);
        let mut entries = log.entries.clone();
        entries.retain(|entry| entry.slot != Some(slot("q1")));
        let logged = Logged { published: &log.published, header: &log.header, entries: &entries };
        prop_assert_eq!(movement(logged, &before, &after).unwrap().direction(), Direction::Same);
    }
}
