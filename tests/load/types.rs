//! Marking one answer of each type of question, and replaying logs of all types:
//! the functions alone, on one thread. Questions and right answers are those of
//! the sample quiz that shows all types.

use std::{
    collections::BTreeMap,
    hint::black_box,
    time::{Duration, Instant},
};

use assessment::{
    Context, Draft, DraftSlot, Item, ItemVersionId, Published, Response, SlotId, draft_from_json,
    payload_from_form, publish, score_item,
};

/// Answers marked in one go, each in an attempt of its own.
const ANSWERS: u32 = 20_000;
const CALLS: usize = 5;
/// What the goal speaks of: 5,000 attempts of 40 questions.
const GOAL: f64 = 200_000.0;

/// Prints a line for each type: the fastest call, which no other work interrupted.
pub fn measure() {
    let quiz = quiz();
    for slot in marked(&quiz) {
        let payload = payload(slot);
        let mut times: Vec<Duration> = (0..CALLS).map(|_| one_call(slot, &payload)).collect();
        times.sort_unstable();
        let one = times[0].as_secs_f64() / f64::from(ANSWERS);
        println!(
            "{}: {:.0} marks per second, {GOAL} in {:.2} s",
            slot.item.interaction.type_name(),
            1.0 / one,
            one * GOAL
        );
    }
}

/// One right answer to each marked question, as a quiz of `questions` questions that takes the types in turn.
pub fn all_types(questions: usize) -> (Published, BTreeMap<SlotId, String>) {
    let quiz = quiz();
    let kinds: Vec<&DraftSlot> = marked(&quiz).collect();
    let mut answers = BTreeMap::new();
    let slot = |(number, slot): (usize, &&DraftSlot)| {
        let id = SlotId::new(format!("s{number}"));
        answers.insert(id.clone(), payload(slot));
        DraftSlot {
            id,
            ..(**slot).clone()
        }
    };
    let slots = kinds
        .iter()
        .cycle()
        .take(questions)
        .enumerate()
        .map(slot)
        .collect();
    let draft = Draft {
        slots,
        ..quiz.clone()
    };
    let published = publish(&draft, |slot| ItemVersionId::new(format!("{}-v1", slot.id)));
    (published, answers)
}

fn one_call(slot: &DraftSlot, payload: &str) -> Duration {
    let began = Instant::now();
    for seed in 0..ANSWERS {
        let context = Context {
            language: "vi",
            seed: i64::from(seed),
            slot: &slot.id,
        };
        black_box(mark(&slot.item, payload, &context));
    }
    began.elapsed()
}

fn mark(item: &Item, payload: &str, context: &Context<'_>) -> f64 {
    let response = Response::parse(item, payload, context).expect("it reads");
    score_item(item, &response, context).fraction
}

fn quiz() -> Draft {
    let file = starter_content::ASSESSMENTS
        .iter()
        .find(|file| file.name == "question-types");
    draft_from_json(file.expect("the sample of all types").json).expect("a draft")
}

fn marked(quiz: &Draft) -> impl Iterator<Item = &DraftSlot> {
    quiz.slots.iter().filter(|slot| slot.item.is_marked())
}

/// What a form with the right answers says of a question.
fn payload(slot: &DraftSlot) -> String {
    let rights: Vec<(String, String)> =
        serde_json::from_str(include_str!("../data/question_types_right.json")).expect("pairs");
    let fields: Vec<(&str, &str)> = rights
        .iter()
        .filter_map(|(field, value)| {
            let (name, field) = field.split_once('/').unwrap_or((field, ""));
            (name == slot.id.as_str()).then_some((field, value.as_str()))
        })
        .collect();
    payload_from_form(&slot.item, &fields)
}
