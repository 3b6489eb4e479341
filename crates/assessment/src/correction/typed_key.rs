//! Corrected keys of questions that are written in lines: their author's fields
//! (`authoring`) with what is right put right. What students saw may not change,
//! nor any id, so that all answers still read.

use std::collections::BTreeMap;

use serde_json::Value;
use text::Text;

use crate::authoring::{AuthoringField, Control, Typed, authored, authoring_fields};
use crate::content::Rules;
use crate::draft::{Draft, DraftSlot};
use crate::draft_check::check_draft;
use crate::id::SlotId;
use crate::interaction::{Interaction, MarkSpot, Piece};
use crate::item::Item;
use crate::section::Placing;

/// Fields of what students saw that no key can change.
const SEEN_FIELDS: [&str; 8] = [
    "alternative",
    "distractors",
    "maximum",
    "minimum",
    "several_per_row",
    "shuffle",
    "step",
    "variants",
];

/// Members that say what is right and how it counts, in any type.
const KEY_MEMBERS: [&str; 17] = [
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
    "scoring",
    "row_scoring",
    "share_per_word",
    "without_block_numbers",
    "regions",
];

/// The fields in which an item's key is corrected: those of its author without
/// its picture. None for a question without a key of that kind: one that is
/// answered by options, one that is marked by hand, one that asks nothing.
pub fn key_fields(item: &Item, language: &str) -> Vec<AuthoringField> {
    if item.is_marked_by_hand() || !item.is_marked() {
        return Vec::new();
    }
    let fields = authoring_fields(&item.interaction, language).unwrap_or_default();
    fields.into_iter().filter(is_of_key).collect()
}

fn is_of_key(field: &AuthoringField) -> bool {
    field.control != Control::Picture && !SEEN_FIELDS.contains(&field.key)
}

/// The interaction of an item with what these fields say is right; `None` when
/// they cannot be read, change what students saw, or leave nothing right. What
/// [`key_fields`] leaves out stays as it is.
pub fn with_typed_key(item: &Item, fields: &BTreeMap<String, String>, how: Typed<'_>) -> Option<Interaction> {
    let own = &item.interaction;
    let saved = authoring_fields(own, how.language)?.into_iter();
    let mut all: BTreeMap<String, String> = saved
        .filter(|field| !is_of_key(field))
        .map(|field| (field.key.to_owned(), field.value))
        .collect();
    all.extend(fields.clone());
    let (mut key, problems) = authored(own, &all, how);
    keep_what_was_seen(&mut key, own);
    (problems.is_empty() && fits(&key, item)).then_some(key)
}

// Lines name the choices in the order of their places, and leave out those that belong nowhere any more; students see
// all in the item's own order. How many marks they could set was the number of regions, unless the author said otherwise.
fn keep_what_was_seen(key: &mut Interaction, own: &Interaction) {
    if let (Interaction::MarkSpot(key), Interaction::MarkSpot(own)) = (&mut *key, own)
        && key.regions.len() != own.regions.len()
    {
        key.marks_at_most = Some(most_marks(own));
    }
    let (choices, own) = match (key, own) {
        (Interaction::Matching(key), Interaction::Matching(own)) => (&mut key.choices, &own.choices),
        (Interaction::SelectMissingWords(key), Interaction::SelectMissingWords(own)) => {
            (&mut key.choices, &own.choices)
        }
        (Interaction::DragOntoImage(key), Interaction::DragOntoImage(own)) => (&mut key.labels, &own.labels),
        _ => return,
    };
    for piece in own {
        if choices.iter().all(|other| other.id != piece.id) {
            choices.push(piece.clone());
        }
    }
    let place = |piece: &Piece| own.iter().position(|other| other.id == piece.id);
    choices.sort_by_key(|piece| place(piece).unwrap_or(usize::MAX));
}

fn most_marks(kind: &MarkSpot) -> usize {
    kind.marks_at_most.unwrap_or(kind.regions.len())
}

/// Whether a key asks the same as the item and can be published.
pub(super) fn fits(key: &Interaction, item: &Item) -> bool {
    let same = question_of(key) == question_of(&item.interaction);
    same && authoring_fields(key, "").is_some() && is_sound(key, item)
}

// What is left without the key: what students saw. Pieces that are to be put in
// order stand in the right one, which nobody saw; neither did anybody see regions.
fn question_of(interaction: &Interaction) -> Option<Value> {
    let mut question = serde_json::to_value(interaction).ok()?;
    let in_order = match interaction {
        Interaction::Ordering(_) => Some("pieces"),
        Interaction::GraphicOrder(_) => Some("spots"),
        _ => None,
    };
    if let Some(name) = in_order {
        let pieces = question.get_mut(name).and_then(Value::as_array_mut)?;
        pieces.sort_by_key(|piece| piece.get("id").map(Value::to_string));
    }
    if let Interaction::MarkSpot(kind) = interaction {
        question
            .as_object_mut()?
            .insert("marks_at_most".to_owned(), most_marks(kind).into());
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
