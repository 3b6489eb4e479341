//! Putting pieces at places: what matching, missing words and labels on a
//! picture share. Each place has one right piece and takes one.
//!
//! Payload: `{"pairs": {"place": "piece", …}}`; a place left out is empty.
//! Form: a select box per place, `answer/{slot}/{place}`, the value a piece's id,
//! empty for none.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use text::Text;

use super::payload::{self, Members};
use super::piece::Piece;
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::{FieldId, OptionId};
use crate::limits;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{FeedbackPlace, ItemMark, PartMark};

/// A place as this file sees it.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) id: &'a FieldId,
    pub(super) right: &'a OptionId,
    pub(super) weight: f64,
    pub(super) feedback: &'a Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairsPayload {
    pairs: Members<String>,
}

/// Reads pairs of the item's own places and pieces.
pub(super) fn read_pairs<'a>(
    payload: &str,
    fields: impl Iterator<Item = &'a FieldId> + Clone,
    options: impl Iterator<Item = &'a OptionId> + Clone,
) -> Result<BTreeMap<FieldId, OptionId>, ResponseProblem> {
    let typed = payload::read_json::<PairsPayload>(payload)?.pairs;
    let mut pairs = BTreeMap::new();
    for (field, option) in typed.by_field(fields)? {
        let option = payload::known(options.clone(), &option)?;
        pairs.insert(field, option.clone());
    }
    Ok(pairs)
}

/// The response that these pairs are.
pub(super) fn of_pairs(pairs: BTreeMap<FieldId, OptionId>) -> Response {
    match pairs.is_empty() {
        true => Response::Unanswered,
        false => Response::Pairs(pairs),
    }
}

/// Reads pairs that keep to the pieces' groups and to [`Piece::once`].
pub(super) fn read<'a>(
    payload: &str,
    targets: impl Iterator<Item = Target<'a>> + Clone,
    pieces: &'a [Piece],
) -> Result<Response, ResponseProblem> {
    let fields = targets.clone().map(|target| target.id);
    let pairs = read_pairs(payload, fields, pieces.iter().map(|piece| &piece.id))?;
    let mut used = BTreeSet::new();
    for target in targets {
        let Some(option) = pairs.get(target.id) else {
            continue;
        };
        let piece = find(pieces, option);
        if piece.map(|piece| &piece.group) != find(pieces, target.right).map(|right| &right.group) {
            return Err(ResponseProblem::OptionElsewhere(option.to_string()));
        }
        if piece.is_some_and(|piece| piece.once) && !used.insert(option) {
            return Err(ResponseProblem::RepeatedOption(option.to_string()));
        }
    }
    Ok(of_pairs(pairs))
}

/// The pairs that a form's select boxes or radio buttons name. A piece that can
/// be used once and is chosen again stands only at its first place.
pub(super) fn payload_from_form(fields: &[(&str, &str)], pieces: &[Piece]) -> String {
    #[derive(Serialize)]
    struct Written<'a> {
        #[serde(serialize_with = "payload::as_members")]
        pairs: Vec<(&'a str, &'a str)>,
    }
    let is_once = |value: &str| {
        pieces
            .iter()
            .any(|piece| piece.once && piece.id.as_str() == value)
    };
    let mut used = BTreeSet::new();
    let mut pairs = Vec::with_capacity(fields.len());
    for &(name, value) in fields {
        let is_filled = !name.is_empty() && !value.is_empty();
        if is_filled && (used.insert(value) || !is_once(value)) {
            pairs.push((name, value));
        }
    }
    payload::write_json(&Written { pairs })
}

/// Marks each place; the item is worth their weighted mean.
pub(super) fn score<'a>(targets: impl Iterator<Item = Target<'a>>, response: &Response) -> ItemMark {
    let Response::Pairs(pairs) = response else {
        return ItemMark::wrong();
    };
    let mut feedback = Vec::new();
    let mut parts = Vec::with_capacity(targets.size_hint().0);
    for target in targets {
        let is_right = pairs.get(target.id) == Some(target.right);
        if !is_right && !target.feedback.is_empty() {
            feedback.push(FeedbackPlace::Field(target.id.clone()));
        }
        parts.push(PartMark {
            part: target.id.clone(),
            fraction: f64::from(u8::from(is_right)),
            weight: target.weight,
        });
    }
    ItemMark {
        feedback,
        ..ItemMark::of_parts(parts)
    }
}

/// Each place with its right piece.
pub(super) fn right_response<'a>(targets: impl Iterator<Item = Target<'a>>) -> Response {
    of_pairs(
        targets
            .map(|target| (target.id.clone(), target.right.clone()))
            .collect(),
    )
}

/// One over the pieces of a place's group, as a weighted mean over the places.
pub(super) fn chance<'a>(targets: impl Iterator<Item = Target<'a>>, pieces: &[Piece]) -> Option<f64> {
    let (mut earned, mut weight) = (0.0, 0.0);
    for target in targets {
        let group = find(pieces, target.right).map(|right| &right.group)?;
        let offered = pieces.iter().filter(|piece| piece.group == *group).count();
        earned += target.weight / offered as f64;
        weight += target.weight;
    }
    (weight > 0.0).then(|| earned / weight)
}

/// Checks places that stand in the list with this name in JSON.
pub(super) fn check<'a>(
    targets: impl Iterator<Item = Target<'a>>,
    list: &'static str,
    pieces: &'a [Piece],
    check: &mut ItemCheck<'_>,
) {
    let mut ids = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut weight = 0.0;
    for (index, target) in targets.enumerate() {
        let mut at = check.at(list, index);
        at.id(target.id, ids.insert(target.id));
        at.texts([target.feedback]);
        at.add_if(!weighs(target.weight), DraftProblemKind::WeightOutOfRange);
        weight += target.weight;
        let right = find(pieces, target.right);
        at.add_if(right.is_none(), DraftProblemKind::RightChoiceMissing);
        let again = right.is_some_and(|right| right.once) && !used.insert(target.right);
        at.add_if(again, DraftProblemKind::ChoiceRightTwice);
    }
    check_places(ids.len(), weight, check);
}

/// Checks the number of places and the sum of their weights.
pub(super) fn check_places(places: usize, weight: f64, check: &mut ItemCheck<'_>) {
    check.add_if(places == 0, DraftProblemKind::TooFewPlaces);
    check.add_if(places > limits::FIELDS, DraftProblemKind::TooManyPlaces);
    check.add_if(places > 0 && weight == 0.0, DraftProblemKind::WeightOutOfRange);
}

/// Whether this can be a part's weight.
pub(super) fn weighs(weight: f64) -> bool {
    (0.0..=limits::POINTS).contains(&weight)
}

/// What a part weighs when its author says nothing.
pub(super) fn whole() -> f64 {
    1.0
}

fn find<'a>(pieces: &'a [Piece], id: &OptionId) -> Option<&'a Piece> {
    pieces.iter().find(|piece| piece.id == *id)
}
