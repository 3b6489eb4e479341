//! What the tests of the typed types share. Questions are written in JSON, as
//! they are stored.

use text::Text;

use crate::testing::context_in;
use crate::*;

/// A question of this JSON, without its stem.
#[track_caller]
pub(super) fn of(json: &str) -> Interaction {
    let interaction: Interaction = serde_json::from_str(json).unwrap();
    let again = serde_json::to_value(&interaction).unwrap();
    assert_eq!(again["type"], interaction.type_name());
    assert_eq!(serde_json::from_value::<Interaction>(again).unwrap(), interaction);
    interaction
}

pub(super) fn item_of(interaction: &Interaction) -> Item {
    Item::new(Text::markdown("vi", "Hỏi"), interaction.clone())
}

#[track_caller]
pub(super) fn mark_in(language: &'static str, interaction: &Interaction, payload: &str) -> ItemMark {
    let context = context_in(language, 42);
    let item = item_of(interaction);
    let response = Response::parse(&item, payload, &context).unwrap();
    score_item(&item, &response, &context)
}

/// The fraction that a payload is worth in a language.
#[track_caller]
pub(super) fn check_in(language: &'static str, interaction: &Interaction, payload: &str, expected: f64) {
    let mark = mark_in(language, interaction, payload);
    assert!(
        (mark.fraction - expected).abs() < 1e-9,
        "{language} {payload}: {mark:?}"
    );
}

#[track_caller]
pub(super) fn check_refused(interaction: &Interaction, payload: &str, expected: ResponseProblem) {
    let context = context_in("vi", 42);
    let response = Response::parse(&item_of(interaction), payload, &context);
    assert_eq!(response, Err(expected), "{payload}");
}

#[track_caller]
pub(super) fn check_form(interaction: &Interaction, fields: &[(&str, &str)], expected: &str) {
    let payload = payload_from_form(&item_of(interaction), fields);
    let json = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(json(&payload), json(expected));
}

/// The right response is worth everything, in each language and for some seeds.
#[track_caller]
pub(super) fn check_right(interaction: &Interaction) {
    let item = item_of(interaction);
    for language in ["vi", "de", "en"] {
        for seed in -50..50 {
            let context = context_in(language, seed);
            let right = item.right_response(&context);
            assert!(right.is_answered(), "{right:?}");
            let mark = score_item(&item, &right, &context);
            assert_eq!(mark.fraction, 1.0, "{language} {seed} {right:?}");
        }
    }
}

/// What keeps the question from being published: key and place.
pub(super) fn problems(interaction: &Interaction) -> Vec<(&'static str, Option<(&'static str, usize)>)> {
    let mut draft = crate::testing::draft();
    draft.slots.truncate(1);
    draft.slots[0].item = item_of(interaction);
    let found = check_draft(&draft);
    let place = |problem: &DraftProblem| problem.place.map(|place| (place.list, place.index));
    found
        .iter()
        .map(|problem| (problem.key(), place(problem)))
        .collect()
}

#[track_caller]
pub(super) fn check_problems(json: &str, expected: &[(&'static str, Option<(&'static str, usize)>)]) {
    assert_eq!(problems(&of(json)), expected, "{json}");
}
