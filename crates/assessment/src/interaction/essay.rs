//! Essay: a text that somebody marks.
//!
//! Payload: `{"text": "…"}`; blanks alone clear the answer. Form: a text area,
//! `answer/{slot}`. The word limits never keep an answer from being saved: what
//! is written is written, and the page and the marker see the count.

use serde::{Deserialize, Serialize};
use text::Text;

use super::{Context, Kind, typed};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::limits;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_unwritten};
use crate::word_count::count_words;

/// A longer text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Essay {
    /// The fewest words, if there is such a limit; see [`count_words`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fewest_words: Option<u32>,
    /// The most words, if there is such a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_words: Option<u32>,
    /// How many lines the field shows at first.
    #[serde(default = "lines")]
    pub lines: u8,
    /// What stands in the field at first, to be written on.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub template: Text,
    /// What markers read beside the answers; students never see it.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub notes_for_markers: Text,
}

fn lines() -> u8 {
    10
}

/// The most words that a limit can name.
const MOST_WORDS: u32 = 10_000;

/// How an essay keeps its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EssayLength {
    /// How many words it has.
    pub words: usize,
    /// How many are missing to the fewest.
    pub missing: usize,
    /// How many are over the most.
    pub over: usize,
}

impl Essay {
    /// How a text keeps the limits.
    pub fn length(&self, text: &str) -> EssayLength {
        let words = count_words(text);
        let fewest = self.fewest_words.unwrap_or(0) as usize;
        let most = self.most_words.map_or(usize::MAX, |most| most as usize);
        EssayLength {
            words,
            missing: fewest.saturating_sub(words),
            over: words.saturating_sub(most),
        }
    }
}

impl Kind for Essay {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        typed::read_text(payload, limits::PAYLOAD_BYTES)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        typed::text_payload_from_form(fields)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        ItemMark {
            needs_marker: matches!(response, Response::Text(_)),
            ..ItemMark::wrong()
        }
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        Response::Unanswered
    }

    fn chance(&self) -> Option<f64> {
        Some(0.0)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        let limits = [self.fewest_words, self.most_words];
        let in_range = limits
            .into_iter()
            .flatten()
            .all(|words| (1..=MOST_WORDS).contains(&words));
        let in_order = self
            .fewest_words
            .zip(self.most_words)
            .is_none_or(|(fewest, most)| fewest <= most);
        check.add_if(!in_range || !in_order, DraftProblemKind::WordLimits);
        check.texts([&self.template, &self.notes_for_markers]);
    }

    fn texts(&self) -> Vec<&Text> {
        vec![&self.template, &self.notes_for_markers]
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        vec![&mut self.template, &mut self.notes_for_markers]
    }
}

#[cfg(test)]
#[path = "essay_tests.rs"]
mod tests;
