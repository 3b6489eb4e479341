//! Hottext: passages of a text are chosen, such as the wrong lines of a program
//! or the mistakes in a safety instruction.
//!
//! The text marks its passages as `[[passage:words]]`, see
//! [`markers`](super::marker::markers).
//! Payload: `{"choice": ["p1", "p3"]}`; an empty list clears the answer.
//! Form: a checkbox per passage, `answer/{slot}/{passage}` with the value `on`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::choice;
use super::marker::{self, Marks};
use super::payload;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::OptionId;
use crate::limits;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{FeedbackPlace, ItemMark, is_unwritten};

/// A text with passages to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hottext {
    /// Has each passage once in each language.
    pub text: Text,
    /// In the author's order.
    pub passages: Vec<Passage>,
    /// The share of the mark, from 0 to 1, that each wrong passage costs; `None`:
    /// as much as a right one gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalty: Option<f64>,
    /// The most passages that can be chosen; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choose_at_most: Option<usize>,
}

/// Words of the text that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// As the text names it.
    pub id: OptionId,
    /// Whether it is to be chosen.
    #[serde(default)]
    pub correct: bool,
    /// Shown after marking to whoever chose it.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

impl Hottext {
    fn right_count(&self) -> usize {
        self.passages.iter().filter(|passage| passage.correct).count()
    }

    fn most(&self) -> usize {
        self.choose_at_most.unwrap_or(self.passages.len())
    }
}

impl Kind for Hottext {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let named = payload::read_choice(payload)?;
        payload::chosen(
            named,
            self.passages.iter().map(|passage| &passage.id),
            self.most(),
        )
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        choice::choice_payload_from_form(fields)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        let Response::Choice(chosen) = response else {
            return ItemMark::wrong();
        };
        let right = self.right_count();
        if right == 0 {
            return ItemMark::wrong();
        }
        let share = 1.0 / right as f64;
        let mut fraction = 0.0;
        let mut feedback = Vec::new();
        for passage in self
            .passages
            .iter()
            .filter(|passage| chosen.contains(&passage.id))
        {
            fraction += match passage.correct {
                true => share,
                false => -self.penalty.unwrap_or(share),
            };
            if !passage.feedback.is_empty() {
                feedback.push(FeedbackPlace::Option(passage.id.clone()));
            }
        }
        ItemMark {
            feedback,
            ..ItemMark::of(fraction)
        }
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        let right = self.passages.iter().filter(|passage| passage.correct);
        let right: BTreeSet<OptionId> = right.map(|passage| passage.id.clone()).collect();
        match right.is_empty() {
            true => Response::Unanswered,
            false => Response::Choice(right),
        }
    }

    /// How many passages somebody guesses is anybody's guess.
    fn chance(&self) -> Option<f64> {
        None
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        check.texts([&self.text]);
        let ids: Vec<&str> = self.passages.iter().map(|passage| passage.id.as_str()).collect();
        marker::check_markers(&self.text, Marks::Words, "passages", &ids, check);
        let mut seen = BTreeSet::new();
        for (index, passage) in self.passages.iter().enumerate() {
            let mut at = check.at("passages", index);
            at.id(&passage.id, seen.insert(&passage.id));
            at.texts([&passage.feedback]);
        }
        check.add_if(self.passages.len() < 2, DraftProblemKind::TooFewOptions);
        let too_many = self.passages.len() > limits::PIECES;
        check.add_if(too_many, DraftProblemKind::TooManyPieces);
        check.add_if(self.right_count() == 0, DraftProblemKind::NoRightOption);
        let penalty_fits = self.penalty.is_none_or(|penalty| (0.0..=1.0).contains(&penalty));
        check.add_if(!penalty_fits, DraftProblemKind::PenaltyOutOfRange);
        check.add_if(self.most() < self.right_count(), DraftProblemKind::LimitTooLow);
    }

    fn texts(&self) -> Vec<&Text> {
        let of_passages = self.passages.iter().map(|passage| &passage.feedback);
        std::iter::once(&self.text).chain(of_passages).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let of_passages = self.passages.iter_mut().map(|passage| &mut passage.feedback);
        std::iter::once(&mut self.text).chain(of_passages).collect()
    }

    fn has_own_text(&self) -> bool {
        !self.text.is_empty()
    }
}
