//! Information block: something to read between questions, the stem. It has no
//! answer and no marks and is not counted as a question.
//!
//! Payload: none but the empty one. Form: no field.

use serde::{Deserialize, Serialize};
use text::Text;

use super::{Context, Kind};
use crate::draft_check::ItemCheck;
use crate::response::{Response, ResponseProblem};
use crate::scoring::ItemMark;

/// Nothing besides the stem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Information {}

impl Kind for Information {
    fn read(&self, _payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        Err(ResponseProblem::NotAnswerable)
    }

    fn payload_from_form(&self, _fields: &[(&str, &str)]) -> String {
        String::new()
    }

    fn score(&self, _response: &Response, _context: &Context<'_>) -> ItemMark {
        ItemMark::default()
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        Response::Unanswered
    }

    fn chance(&self) -> Option<f64> {
        None
    }

    fn check(&self, _check: &mut ItemCheck<'_>) {}

    fn texts(&self) -> Vec<&Text> {
        Vec::new()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        Vec::new()
    }

    fn is_question(&self) -> bool {
        false
    }
}
