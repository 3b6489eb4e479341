//! Moodle's two walkthroughs 00, marked by us: what was typed and chosen in its steps gives its marks, all 245 of them.
//! The questions are those of EXPECTED.md's table C, written as ours.

use std::collections::BTreeMap;

use assessment::{Context, Interaction, Item, Response, SlotId, score_item};
use serde_json::{Value, json};

use super::moodle::{Row, SLOTS, rows};

/// The walkthroughs have seven decimals where a third stands.
const TOLERANCE: f64 = 1e-6;
/// The sums of the calculated question, by variant.
const SUMS: [f64; 10] = [9.9, 8.5, 3.3, 19.4, 14.2, 9.4, 9.1, 5.7, 7.1, 6.8];

#[test]
fn the_walkthrough_of_the_statistics() {
    check("moodle-4.5.6/mod/quiz/report/statistics/tests/fixtures", 25);
}

#[test]
fn the_walkthrough_of_the_quiz() {
    check("moodle-4.5.6/mod/quiz/tests/fixtures", 10);
}

fn check(folder: &str, attempts: usize) {
    let Some(folder) = tests::fixtures(folder) else {
        return;
    };
    let (steps, results) = (rows(&folder, "steps00.csv"), rows(&folder, "results00.csv"));
    assert_eq!((steps.len(), results.len()), (attempts, attempts));
    for (step, result) in steps.iter().zip(&results) {
        assert_eq!(step["quizattempt"], result["quizattempt"]);
        for slot in 1..=SLOTS {
            let (item, payload) = asked(slot, step);
            let slot_id = SlotId::from(format!("s{slot}").as_str());
            let context = Context {
                language: "en",
                seed: seed(&item, step, &slot_id),
                slot: &slot_id,
            };
            let response = Response::parse(&item, &payload.to_string(), &context).unwrap();
            let mark = score_item(&item, &response, &context).fraction;
            let expected: f64 = result[&format!("slots.{slot}.mark")].parse().unwrap();
            assert!(
                (mark - expected).abs() <= TOLERANCE,
                "slot {slot} of {step:?}: {mark} instead of {expected}"
            );
        }
    }
}

/// A seed with which the attempt sees the variant that the step names.
fn seed(item: &Item, step: &Row, slot: &SlotId) -> i64 {
    let Interaction::Calculated(calculated) = &item.interaction else {
        return 0;
    };
    let variant: u32 = step["variants.2"].parse().unwrap();
    let sees = |seed: &i64| {
        let context = Context {
            language: "en",
            seed: *seed,
            slot,
        };
        calculated.variant(&context) == variant
    };
    (0..10_000).find(sees).unwrap()
}

/// What a slot asks in that attempt, and the payload of what was answered.
#[expect(clippy::approx_constant, reason = "the answer of the outside material")]
fn asked(slot: usize, step: &Row) -> (Item, Value) {
    let answered = |part: &str| step[&format!("responses.{slot}.{part}")].as_str();
    let (question, payload) = match (slot, step["randqs.1"].as_str()) {
        (1, "shortanswer") => (
            json!({"type": "short_text", "answers": [{"text": "frog"}, {"text": "toad", "weight": 0.8}]}),
            json!({"text": answered("answer")}),
        ),
        (1, _) => (
            json!({"type": "numerical", "answers": [{"value": 3.14}]}),
            json!({"fields": {"number": answered("answer")}}),
        ),
        (2, _) => (
            json!({
                "type": "calculated", "variants": 10,
                "variables": [{"name": "a", "values": {"list": SUMS}}, {"name": "b", "values": {"list": [0.0]}}],
                "answers": [{"expression": "{a} + {b}", "tolerance": {"relative": 0.01}}]}),
            json!({"fields": {"number": answered("answer")}}),
        ),
        (3, _) => (
            animals(),
            json!({"pairs": pairs(&["cat", "frog", "newt"], answered)}),
        ),
        (4, _) => (
            json!({"type": "true_false", "options": [{"id": "true", "correct": true}, {"id": "false"}]}),
            json!({"choice": [if answered("answer") == "1" { "true" } else { "false" }]}),
        ),
        (5, _) => (
            options(&[("One", 0.5), ("Two", 0.0), ("Three", 0.5), ("Four", 0.0)], true),
            {
                let all = ["One", "Two", "Three", "Four"];
                let chosen: Vec<&str> = all.into_iter().filter(|one| answered(one) == "1").collect();
                json!({"choice": chosen})
            },
        ),
        (6, _) => (
            options(
                &[("One", 1.0), ("Two", 0.0), ("Three", 0.0), ("Four", 0.0)],
                false,
            ),
            json!({"choice": [answered("answer")]}),
        ),
        _ => (
            json!({
                "type": "cloze", "text": words("The [[1]] and the [[2]]"),
                "gaps": [gap("1", "Owl"), gap("2", "Pussy-cat")]}),
            json!({"fields": {"1": answered("1.answer"), "2": answered("2.answer")}}),
        ),
    };
    let mut question = question;
    question["stem"] = words("?");
    (serde_json::from_value(question).unwrap(), payload)
}

fn words(text: &str) -> Value {
    json!({"default_language": "en", "versions": {"en": text}})
}

fn animals() -> Value {
    let stem = |id: &str, right: &str| json!({"id": id, "text": words(id), "right": right});
    let choice = |id: &str| json!({"id": id, "text": words(id)});
    json!({
        "type": "matching",
        "stems": [stem("cat", "mammal"), stem("frog", "amphibian"), stem("newt", "amphibian")],
        "choices": [choice("mammal"), choice("amphibian"), choice("insect")]})
}

fn pairs<'a>(stems: &[&'a str], answered: impl Fn(&str) -> &'a str) -> BTreeMap<String, String> {
    stems
        .iter()
        .map(|stem| ((*stem).to_owned(), answered(stem).to_owned()))
        .collect()
}

fn options(weights: &[(&str, f64)], several: bool) -> Value {
    let option = |(id, weight): &(&str, f64)| match several {
        true => json!({"id": id, "text": words(id), "correct": *weight > 0.0, "weight": weight}),
        false => json!({"id": id, "text": words(id), "correct": *weight > 0.0}),
    };
    let options: Vec<Value> = weights.iter().map(option).collect();
    match several {
        true => json!({"type": "multiple_choice", "scoring": "weighted", "options": options}),
        false => json!({"type": "single_choice", "options": options}),
    }
}

fn gap(id: &str, right: &str) -> Value {
    json!({"id": id, "kind": "text", "answers": [{"text": right}]})
}
