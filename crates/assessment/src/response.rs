//! Responses: what was answered, read from the payload of an answer entry. The
//! payload stays in the log as it was sent; this is only its reading. Which
//! shape a type takes, and its JSON, stands in its file below `interaction/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{FieldId, OptionId};
use crate::interaction::{Context, UploadedFile, payload};
use crate::item::Item;
use crate::limits;

/// What was answered to one item. Each shape is shared by several types.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Response {
    /// Nothing, or an answer that was cleared.
    #[default]
    Unanswered,
    /// The chosen options, at least one.
    Choice(BTreeSet<OptionId>),
    /// Which option stands at the first place, the second, …; at least one is
    /// placed and the last one is.
    Order(Vec<Option<OptionId>>),
    /// What was put at each place: one option each, at least one place.
    Pairs(BTreeMap<FieldId, OptionId>),
    /// Options joined two by two, the smaller id first; at least one pair.
    Links(BTreeSet<(OptionId, OptionId)>),
    /// The options chosen at each place, at least one each, at least one place.
    Cells(BTreeMap<FieldId, BTreeSet<OptionId>>),
    /// Spots in a picture, in its own pixels, at least one.
    Points(Vec<Point>),
    /// A number that was set rather than typed.
    Value(f64),
    /// A text as typed, not empty.
    Text(String),
    /// What was typed or chosen in each field, as typed; none is empty.
    Fields(BTreeMap<FieldId, String>),
    /// Files that were uploaded, at least one.
    Files(Vec<UploadedFile>),
}

/// A spot in a picture, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// To the right.
    pub x: u32,
    /// Down.
    pub y: u32,
}

/// Why a payload is no response to its item.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ResponseProblem {
    /// Over [`limits::PAYLOAD_BYTES`].
    #[error("the payload has {0} bytes, more than {max}", max = limits::PAYLOAD_BYTES)]
    TooLarge(usize),
    /// Not JSON of the shape that this item wants.
    #[error("the payload is not of the form that the item wants, such as {{\"choice\": [\"option id\"]}}")]
    Malformed,
    /// Names an option that the item does not have.
    #[error("the item has no option {0:?}")]
    UnknownOption(String),
    /// Names an option twice.
    #[error("option {0:?} is named twice")]
    RepeatedOption(String),
    /// Names several options where one can be chosen.
    #[error("{0} options are chosen where fewer can be")]
    TooManyChosen(usize),
    /// Names a place that the item does not have.
    #[error("the item has no place {0:?}")]
    UnknownField(String),
    /// Names a place twice.
    #[error("place {0:?} is named twice")]
    RepeatedField(String),
    /// Puts an option where it cannot go.
    #[error("option {0:?} does not belong there")]
    OptionElsewhere(String),
    /// A number, spot or place outside what the item allows.
    #[error("{0} is outside what the item allows")]
    OutOfRange(f64),
    /// The item has no answer.
    #[error("the item takes no answer")]
    NotAnswerable,
}

impl Response {
    /// Reads the payload of an answer to `item`. An empty payload clears the
    /// answer; so do those that name nothing. Each type has its own shape, and
    /// every type takes `{"form": [["field", "value"], …]}`, which is what
    /// [`payload_from_form`] makes of these fields.
    pub fn parse(item: &Item, payload: &str, context: &Context<'_>) -> Result<Self, ResponseProblem> {
        if payload.len() > limits::PAYLOAD_BYTES {
            return Err(ResponseProblem::TooLarge(payload.len()));
        }
        if payload.is_empty() {
            return Ok(Self::Unanswered);
        }
        match form_fields(payload) {
            Some(fields) => {
                let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                let payload = payload_from_form(item, &fields.collect::<Vec<_>>());
                match payload.as_str() {
                    "" if item.is_question() => Ok(Self::Unanswered),
                    payload => item.interaction.kind().read(payload, context),
                }
            }
            None => item.interaction.kind().read(payload, context),
        }
    }

    /// The payload that reads as a choice of these options, for a plain form:
    /// pages that number their own entries write the same.
    pub fn choice_payload<'a>(options: impl IntoIterator<Item = &'a str>) -> String {
        payload::write_choice(options)
    }

    /// Whether there is an answer.
    pub fn is_answered(&self) -> bool {
        *self != Self::Unanswered
    }

    /// Whether this option was chosen.
    pub fn chose(&self, option: &OptionId) -> bool {
        matches!(self, Self::Choice(chosen) if chosen.contains(option))
    }
}

/// The fields in `{"form": [["field", "value"], …]}`, which pages' scripts send
/// of every type: what a plain form would have sent, as it was typed.
fn form_fields(payload: &str) -> Option<Vec<(String, String)>> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct FormPayload {
        form: Vec<(String, String)>,
    }
    if !payload.starts_with("{\"form\"") {
        return None;
    }
    let form: FormPayload = serde_json::from_str(payload).ok()?;
    Some(form.form)
}

/// The payload that a plain form's fields say about `item`, as they say it:
/// judging is [`Response::parse`]'s. A field's name is what stands behind
/// `answer/{slot}/`, and empty for `answer/{slot}` itself; each type's file says
/// which ones it reads, and passes over the others.
pub fn payload_from_form(item: &Item, fields: &[(&str, &str)]) -> String {
    item.interaction.kind().payload_from_form(fields)
}
