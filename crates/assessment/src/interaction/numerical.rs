//! Numerical: a number, read by the attempt's language, with or without a unit.
//!
//! Payload: `{"fields": {"number": "12,5 mm"}}`. `unit` is the unit where it has
//! a field of its own, `meant` (`decimal` or `grouped`) what somebody said when
//! the page asked how `1.234` is meant. All are kept as typed.
//! Form: `answer/{slot}`, `answer/{slot}/unit`, `answer/{slot}/meant`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use text::Text;

use super::accepted::{self, AcceptedNumber, NumberTarget, Places, TypedNumber};
use super::{Context, Kind, typed};
use crate::draft_check::ItemCheck;
use crate::id::FieldId;
use crate::number::{LONGEST_NUMBER, Meant};
use crate::response::{Response, ResponseProblem};
use crate::scoring::{FeedbackPlace, ItemMark};
use crate::unit::UnitRule;

/// A number that is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numerical {
    /// Tried in this order; the first that fits counts.
    pub answers: Vec<AcceptedNumber>,
    /// What is asked of the unit; `None`: the number has none, and one that is
    /// typed is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitRule>,
}

impl Kind for Numerical {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        read_number_fields(payload)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        number_payload_from_form(fields)
    }

    fn score(&self, response: &Response, context: &Context<'_>) -> ItemMark {
        let targets: Vec<NumberTarget> = self.answers.iter().map(target).collect();
        let hit = accepted::best_number(
            &targets,
            self.unit.as_ref(),
            typed_number(response),
            context.language,
        );
        mark_of(hit, |index| {
            self.answers.get(index).map(|answer| &answer.feedback)
        })
    }

    fn right_response(&self, context: &Context<'_>) -> Response {
        let right = self.answers.iter().find(|answer| answer.weight >= 1.0);
        right.map_or(Response::Unanswered, |answer| {
            let typed = accepted::right_number(answer.value, self.unit.as_ref(), context.language);
            number_response(typed)
        })
    }

    fn chance(&self) -> Option<f64> {
        Some(0.0)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        accepted::check_numbers(&self.answers, Places::List("answers"), check);
        accepted::check_unit(self.unit.as_ref(), Places::List("unit"), check);
    }

    fn texts(&self) -> Vec<&Text> {
        self.answers.iter().map(|answer| &answer.feedback).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        self.answers
            .iter_mut()
            .map(|answer| &mut answer.feedback)
            .collect()
    }
}

pub(super) fn target(answer: &AcceptedNumber) -> NumberTarget {
    NumberTarget {
        values: vec![answer.value],
        tolerance: answer.tolerance,
        weight: answer.weight,
    }
}

const NUMBER: &str = "number";
const UNIT: &str = "unit";
const MEANT: &str = "meant";

/// Reads the fields of one number; a unit alone is no answer.
pub(super) fn read_number_fields(payload: &str) -> Result<Response, ResponseProblem> {
    let fields = [NUMBER, UNIT, MEANT].map(FieldId::from);
    let typed = typed::read_fields(payload, &fields, LONGEST_NUMBER)?;
    if let Some(meant) = typed.get(&FieldId::from(MEANT)) {
        meant_of(meant).ok_or(ResponseProblem::Malformed)?;
    }
    Ok(match typed.contains_key(&FieldId::from(NUMBER)) {
        true => Response::Fields(typed),
        false => Response::Unanswered,
    })
}

pub(super) fn number_payload_from_form(fields: &[(&str, &str)]) -> String {
    let known = |name: &str| match name {
        "" => Some(NUMBER),
        UNIT => Some(UNIT),
        MEANT => Some(MEANT),
        _ => None,
    };
    let named = fields
        .iter()
        .filter_map(|(name, value)| Some((known(name)?, *value)));
    let named: Vec<(&str, &str)> = named.collect();
    typed::fields_payload(&named)
}

/// What a response says in the fields of one number.
pub(super) fn typed_number(response: &Response) -> TypedNumber<'_> {
    let Response::Fields(fields) = response else {
        return TypedNumber::default();
    };
    let field = |name: &str| {
        fields
            .get(&FieldId::from(name))
            .map(String::as_str)
            .unwrap_or_default()
    };
    TypedNumber {
        number: field(NUMBER),
        unit: field(UNIT),
        meant: meant_of(field(MEANT)),
    }
}

/// The response that types this number.
pub(super) fn number_response(typed: String) -> Response {
    Response::Fields(BTreeMap::from([(FieldId::from(NUMBER), typed)]))
}

pub(super) fn meant_of(word: &str) -> Option<Meant> {
    match word.trim() {
        "decimal" => Some(Meant::Decimal),
        "grouped" => Some(Meant::Grouped),
        _ => None,
    }
}

/// The mark of an accepted answer, with the place of its feedback.
pub(super) fn mark_of<'a>(
    hit: Option<(usize, f64)>,
    feedback: impl Fn(usize) -> Option<&'a Text>,
) -> ItemMark {
    let Some((index, fraction)) = hit else {
        return ItemMark::wrong();
    };
    let has_feedback = feedback(index).is_some_and(|feedback| !feedback.is_empty());
    let place = has_feedback.then_some(FeedbackPlace::Answer(None, index));
    ItemMark {
        feedback: place.into_iter().collect(),
        ..ItemMark::of(fraction)
    }
}

#[cfg(test)]
#[path = "numerical_tests.rs"]
mod tests;
