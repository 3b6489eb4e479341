//! Responses: what was answered, read from the payload of an answer entry. The
//! payload stays in the log as it was sent; this is only its reading.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::OptionId;
use crate::item::Item;
use crate::limits;

/// What was answered to one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Response {
    /// Nothing, or an answer that was cleared.
    #[default]
    Unanswered,
    /// The chosen options, at least one.
    Choice(BTreeSet<OptionId>),
}

/// Why a payload is no response to its item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResponseProblem {
    /// Over [`limits::PAYLOAD_BYTES`].
    #[error("the payload has {0} bytes, more than {max}", max = limits::PAYLOAD_BYTES)]
    TooLarge(usize),
    /// Not JSON of the shape that this item wants.
    #[error("the payload is not of the form {{\"choice\": [\"option id\"]}}")]
    Malformed,
    /// Names an option that the item does not have.
    #[error("the item has no option {0:?}")]
    UnknownOption(String),
    /// Names an option twice.
    #[error("option {0:?} is named twice")]
    RepeatedOption(String),
    /// Names several options where one can be chosen.
    #[error("{0} options are chosen where one can be")]
    TooManyChosen(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoicePayload {
    choice: Vec<String>,
}

impl Response {
    /// Reads the payload of an answer to `item`: `{"choice": ["option id", …]}`.
    /// An empty list, or an empty payload, clears the answer.
    pub fn parse(item: &Item, payload: &str) -> Result<Self, ResponseProblem> {
        if payload.len() > limits::PAYLOAD_BYTES {
            return Err(ResponseProblem::TooLarge(payload.len()));
        }
        if payload.is_empty() {
            return Ok(Self::Unanswered);
        }
        let payload: ChoicePayload = serde_json::from_str(payload).map_err(|_| ResponseProblem::Malformed)?;
        chosen(item, payload.choice)
    }

    /// The payload that reads as a choice of these options, for a plain form:
    /// pages that number their own entries write the same.
    pub fn choice_payload<'a>(options: impl IntoIterator<Item = &'a str>) -> String {
        let choice = options.into_iter().map(str::to_owned).collect();
        serde_json::to_string(&ChoicePayload { choice }).unwrap_or_default()
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

fn chosen(item: &Item, options: Vec<String>) -> Result<Response, ResponseProblem> {
    if options.len() > 1 && !item.allows_several() {
        return Err(ResponseProblem::TooManyChosen(options.len()));
    }
    let mut chosen = BTreeSet::new();
    for option in options {
        let id = OptionId::from(option.as_str());
        if item.option(&id).is_none() {
            return Err(ResponseProblem::UnknownOption(option));
        }
        if !chosen.insert(id) {
            return Err(ResponseProblem::RepeatedOption(option));
        }
    }
    if chosen.is_empty() {
        return Ok(Response::Unanswered);
    }
    Ok(Response::Choice(chosen))
}
