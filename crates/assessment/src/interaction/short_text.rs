//! Short text: a word or a few, compared with the answers that the author accepts.
//!
//! Payload: `{"text": "thước cặp"}`; blanks alone clear the answer.
//! Form: a text field, `answer/{slot}`.

use serde::{Deserialize, Serialize};
use text::Text;

use super::accepted::{self, AcceptedText, Places};
use super::numerical::mark_of;
use super::{Context, Kind, typed};
use crate::draft_check::ItemCheck;
use crate::limits;
use crate::response::{Response, ResponseProblem};
use crate::scoring::ItemMark;
use crate::text_pattern::TextRule;

/// A text that is typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShortText {
    /// Tried in this order; the first that fits counts.
    pub answers: Vec<AcceptedText>,
    /// What counts as the same.
    #[serde(flatten)]
    pub rule: TextRule,
}

impl Kind for ShortText {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        typed::read_text(payload, limits::ANSWER_LETTERS)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        typed::text_payload_from_form(fields)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        let Response::Text(typed) = response else {
            return ItemMark::wrong();
        };
        let hit = accepted::best_text(&self.answers, self.rule, typed);
        mark_of(hit, |index| {
            self.answers.get(index).map(|answer| &answer.feedback)
        })
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        accepted::right_text(&self.answers, self.rule).map_or(Response::Unanswered, Response::Text)
    }

    fn chance(&self) -> Option<f64> {
        Some(accepted::chance_of_texts(&self.answers, self.rule))
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        accepted::check_texts(&self.answers, self.rule, Places::List("answers"), check);
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

#[cfg(test)]
#[path = "short_text_tests.rs"]
mod tests;
