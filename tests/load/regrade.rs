//! Replaying many logs, and what a regrade of them shows before it is applied:
//! the functions alone, on one thread.

use std::{
    collections::{BTreeMap, BTreeSet},
    hint::black_box,
    time::{Duration, Instant},
};

use assessment::{
    AttemptHeader, AttemptId, AttemptState, Change, Correction, Draft, Entry, EntryHash, EntryKind,
    ItemVersionId, Logged, MarkingPolicy, OptionId, Published, Response, SlotId, WriterId, draft_from_json,
    publish, regrade, replay, with_right_options,
};
use chrono::DateTime;

use crate::types;

const ATTEMPTS: usize = 5_000;
const QUESTIONS: usize = 40;
const CALLS: usize = 9;

/// Prints the fastest call, which no other work interrupted, and the middle one.
pub fn measure() {
    let published = publish(&draft(), |slot| ItemVersionId::new(format!("{}-v1", slot.id)));
    let attempts: Vec<(AttemptHeader, Vec<Entry>)> = (0..ATTEMPTS).map(attempt).collect();
    let policy = MarkingPolicy::default();
    report("replay of", || {
        for (header, entries) in &attempts {
            black_box(replay(&published, header, entries, &policy)).expect("all items are there");
        }
    });
    let (mixed, answers) = types::all_types(QUESTIONS);
    let of_all_types: Vec<_> = attempts
        .iter()
        .map(|(header, _)| full(header, &answers))
        .collect();
    report("replay of all types,", || {
        for (header, entries) in &of_all_types {
            black_box(replay(&mixed, header, entries, &policy)).expect("all items are there");
        }
    });
    let next = corrected(&published, &policy);
    report("dry run (two replays each) of", || {
        let logged = attempts.iter().map(|(header, entries)| Logged {
            published: &published,
            header,
            entries,
        });
        black_box(regrade(logged, &policy, &next, None)).expect("all items are there");
    });
}

fn report(what: &str, work: impl Fn()) {
    let mut times: Vec<Duration> = (0..CALLS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "{what} {ATTEMPTS} × {QUESTIONS}: {:.0} ms (median {:.0} ms)",
        times[0].as_secs_f64() * 1000.0,
        times[CALLS / 2].as_secs_f64() * 1000.0
    );
}

/// Another option of the first question is right.
fn corrected(published: &Published, policy: &MarkingPolicy) -> MarkingPolicy {
    let slot = &published.content.slots[0];
    let right = BTreeSet::from([OptionId::from("b")]);
    let key = with_right_options(&published.items[&slot.item_version_id].interaction, &right);
    let correction = Correction {
        slot: slot.id.clone(),
        change: Change::Key([(slot.item_version_id.clone(), key.expect("a choice"))].into()),
    };
    policy.corrected(&correction, &[], false)
}

/// Forty questions, single and multiple choice in turn, with texts as long as real ones.
pub fn draft() -> Draft {
    let text = |words: &str| serde_json::json!({"default_language": "vi", "versions": {"vi": words}});
    let words = "Trước khi thay dao tiện, người thợ phải làm việc nào đầu tiên để bảo đảm an toàn?";
    let option = |id: &str| serde_json::json!({"id": id, "text": text(words), "correct": id == "a"});
    let slot = |number: usize| {
        let options = ["a", "b", "c", "d"].map(option);
        let kind = ["single_choice", "multiple_choice"][number % 2];
        serde_json::json!({"id": format!("s{number}"), "points": 1, "item": {
            "type": kind, "stem": text(words), "options": options}})
    };
    let slots: Vec<_> = (0..QUESTIONS).map(slot).collect();
    let draft = serde_json::json!({"title": text("Đề"), "slots": slots, "rules": {}});
    draft_from_json(&draft.to_string()).expect("a draft")
}

/// An answer to each question and the submission.
fn attempt(number: usize) -> (AttemptHeader, Vec<Entry>) {
    let header = AttemptHeader {
        id: AttemptId::new(format!("a{number}")),
        seed: number as i64,
        language: "vi".to_owned(),
        started_at: DateTime::UNIX_EPOCH,
        due_at: None,
        state: AttemptState::Submitted,
    };
    let answer = |question: usize| {
        let choice = ["a", "b", "c", "d"][(number * 7 + question * 13) % 5 % 4];
        let slot = SlotId::new(format!("s{question}"));
        (slot, Response::choice_payload([choice]))
    };
    let entries = log(&header, (0..QUESTIONS).map(answer));
    (header, entries)
}

/// The same attempt with these answers.
fn full(header: &AttemptHeader, answers: &BTreeMap<SlotId, String>) -> (AttemptHeader, Vec<Entry>) {
    let answers = answers
        .iter()
        .map(|(slot, payload)| (slot.clone(), payload.clone()));
    (header.clone(), log(header, answers))
}

fn log(header: &AttemptHeader, answers: impl Iterator<Item = (SlotId, String)>) -> Vec<Entry> {
    let entry = |(position, (kind, slot, payload)): (i64, (EntryKind, Option<SlotId>, String))| Entry {
        attempt: header.id.clone(),
        position,
        writer: WriterId::from("tab"),
        number: position,
        kind,
        slot,
        payload,
        device_at: None,
        elapsed_ms: None,
        previous_hash: None,
        hash: EntryHash::from_hex(&"0".repeat(64)).expect("a hash"),
        received_at: DateTime::UNIX_EPOCH,
    };
    let answers = answers.map(|(slot, payload)| (EntryKind::Answer, Some(slot), payload));
    let submission = (EntryKind::Submit, None, String::new());
    (1..).zip(answers.chain([submission])).map(entry).collect()
}
