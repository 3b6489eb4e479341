//! Corrected keys of questions that are written in lines: their author's fields
//! (`authoring`) with what is right put right. What students saw may not change,
//! nor any id, so that all answers still read.

use std::collections::BTreeMap;

use serde_json::Value;
use text::Text;

use crate::authoring::{Typed, authored, authoring_fields};
use crate::content::Rules;
use crate::draft::{Draft, DraftSlot};
use crate::draft_check::check_draft;
use crate::id::SlotId;
use crate::interaction::{Interaction, Piece};
use crate::item::Item;
use crate::section::Placing;

/// Members that say what is right and how it counts, in any type.
const KEY_MEMBERS: [&str; 12] = [
    "answers",
    "accepted",
    "right",
    "correct",
    "weight",
    "tolerance",
    "feedback",
    "penalty",
    "case_sensitive",
    "without_marks",
    "german_digraphs",
    "any_order",
];

/// The interaction of an item with what these fields say is right; `None` when
/// they cannot be read, change what students saw, or leave nothing right.
pub fn with_typed_key(item: &Item, fields: &BTreeMap<String, String>, how: Typed<'_>) -> Option<Interaction> {
    let own = &item.interaction;
    authoring_fields(own, how.language)?;
    let (mut key, problems) = authored(own, fields, how);
    keep_order(&mut key, own);
    (problems.is_empty() && fits(&key, item)).then_some(key)
}

// Lines name the choices in the order of their places; students see them in the item's own.
fn keep_order(key: &mut Interaction, own: &Interaction) {
    let (choices, own) = match (key, own) {
        (Interaction::Matching(key), Interaction::Matching(own)) => (&mut key.choices, &own.choices),
        (Interaction::SelectMissingWords(key), Interaction::SelectMissingWords(own)) => {
            (&mut key.choices, &own.choices)
        }
        (Interaction::DragOntoImage(key), Interaction::DragOntoImage(own)) => (&mut key.labels, &own.labels),
        _ => return,
    };
    let place = |piece: &Piece| own.iter().position(|other| other.id == piece.id);
    choices.sort_by_key(|piece| place(piece).unwrap_or(usize::MAX));
}

/// Whether a key asks the same as the item and can be published.
pub(super) fn fits(key: &Interaction, item: &Item) -> bool {
    let same = question_of(key) == question_of(&item.interaction);
    same && authoring_fields(key, "").is_some() && is_sound(key, item)
}

// What is left without the key: what students saw. Pieces that are to be put in
// order stand in the right one, which nobody saw.
fn question_of(interaction: &Interaction) -> Option<Value> {
    let mut question = serde_json::to_value(interaction).ok()?;
    if let Interaction::Ordering(_) = interaction {
        let pieces = question.get_mut("pieces").and_then(Value::as_array_mut)?;
        pieces.sort_by_key(|piece| piece.get("id").map(Value::to_string));
    }
    without_key(&mut question);
    Some(question)
}

fn without_key(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !KEY_MEMBERS.contains(&name.as_str()));
            members.values_mut().for_each(without_key);
        }
        Value::Array(list) => list.iter_mut().for_each(without_key),
        _ => {}
    }
}

// Nothing is wrong with it that was not wrong with the question itself.
fn is_sound(key: &Interaction, item: &Item) -> bool {
    let problems = |interaction: &Interaction| {
        let slot = DraftSlot {
            id: SlotId::from("q"),
            item: Item {
                interaction: interaction.clone(),
                ..item.clone()
            },
            points: 1.0,
            stimulus: None,
            placing: Placing::default(),
        };
        let draft = Draft {
            title: Text::markdown(&item.stem.default_language, "–"),
            introduction: Text::default(),
            slots: vec![slot],
            stimuli: Vec::new(),
            sections: Vec::new(),
            scheme: None,
            rules: Rules::default(),
        };
        check_draft(&draft).len()
    };
    problems(key) <= problems(&item.interaction)
}

#[cfg(test)]
#[path = "typed_key_tests.rs"]
mod tests;
