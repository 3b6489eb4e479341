//! Payloads of what is typed: one text, or one in each field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::payload::{self, Members};
use crate::id::FieldId;
use crate::response::{Response, ResponseProblem};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TextPayload {
    text: String,
}

/// Reads `{"text": "…"}` with at most `most` letters; blanks alone clear the answer.
pub(super) fn read_text(payload: &str, most: usize) -> Result<Response, ResponseProblem> {
    let TextPayload { text } = payload::read_json(payload)?;
    check_length(&text, most)?;
    Ok(match text.trim().is_empty() {
        true => Response::Unanswered,
        false => Response::Text(text),
    })
}

/// `{"text": "…"}` from the field without a name of its own.
pub(super) fn text_payload_from_form(fields: &[(&str, &str)]) -> String {
    let typed = fields.iter().rev().find(|(name, _)| name.is_empty());
    let text = typed.map(|(_, value)| (*value).to_owned()).unwrap_or_default();
    payload::write_json(&TextPayload { text })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldsPayload {
    fields: Members<String>,
}

/// Reads `{"fields": {"id": "…"}}` of these fields, each with at most `most`
/// letters. A field with blanks alone says nothing.
pub(super) fn read_fields(
    payload: &str,
    fields: &[FieldId],
    most: usize,
) -> Result<BTreeMap<FieldId, String>, ResponseProblem> {
    let FieldsPayload { fields: members } = payload::read_json(payload)?;
    let mut typed = members.by_field(fields.iter())?;
    for text in typed.values() {
        check_length(text, most)?;
    }
    typed.retain(|_, text| !text.trim().is_empty());
    Ok(typed)
}

/// The response that these fields are.
pub(super) fn response_of(fields: BTreeMap<FieldId, String>) -> Response {
    match fields.is_empty() {
        true => Response::Unanswered,
        false => Response::Fields(fields),
    }
}

/// `{"fields": {…}}` from a form's fields as they came.
pub(super) fn fields_payload(fields: &[(&str, &str)]) -> String {
    #[derive(Serialize)]
    struct Written<'a> {
        #[serde(serialize_with = "in_order")]
        fields: &'a [(&'a str, &'a str)],
    }
    payload::write_json(&Written { fields })
}

fn in_order<S: serde::Serializer>(fields: &&[(&str, &str)], serializer: S) -> Result<S::Ok, S::Error> {
    payload::as_members(fields, serializer)
}

fn check_length(text: &str, most: usize) -> Result<(), ResponseProblem> {
    let letters = text.chars().count();
    match letters > most {
        true => Err(ResponseProblem::OutOfRange(letters as f64)),
        false => Ok(()),
    }
}
