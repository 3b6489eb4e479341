//! Matching: each stem gets the choice that belongs to it. Choices that belong
//! to no stem are distractors; one may belong to several stems.
//!
//! Payload: `{"pairs": {"stem": "choice", …}}`; a stem left out has no answer.
//! Form: a select box per stem, `answer/{slot}/{stem}`, the value a choice's id.

use serde::{Deserialize, Serialize};
use text::Text;

use super::piece::{self, Piece};
use super::placing::{self, Target};
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::{FieldId, OptionId};
use crate::order::shuffled;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_unwritten};

/// Stems and the choices that belong to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matching {
    /// In the author's order.
    pub stems: Vec<Stem>,
    /// In the author's order, distractors included.
    pub choices: Vec<Piece>,
    /// Whether each attempt sees the stems in an order of its own.
    #[serde(default)]
    pub shuffle_stems: bool,
    /// Whether each attempt sees the choices in an order of its own.
    #[serde(default)]
    pub shuffle_choices: bool,
}

/// What a choice belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stem {
    /// Unique in its item.
    pub id: FieldId,
    /// What the student reads.
    pub text: Text,
    /// The choice that belongs to it.
    pub right: OptionId,
    /// How much it weighs among the stems.
    #[serde(default = "placing::whole")]
    pub weight: f64,
    /// Shown after marking to whoever got it wrong.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

impl Matching {
    /// The stems in the order of this attempt.
    pub fn shown_stems(&self, context: &Context<'_>) -> Vec<&Stem> {
        match self.shuffle_stems {
            true => shuffled(context, "stems", &self.stems),
            false => self.stems.iter().collect(),
        }
    }

    /// The choices in the order of this attempt.
    pub fn shown_choices(&self, context: &Context<'_>) -> Vec<&Piece> {
        match self.shuffle_choices {
            true => shuffled(context, "choices", &self.choices),
            false => self.choices.iter().collect(),
        }
    }

    fn targets(&self) -> impl Iterator<Item = Target<'_>> + Clone {
        self.stems.iter().map(|stem| Target {
            id: &stem.id,
            right: &stem.right,
            weight: stem.weight,
            feedback: &stem.feedback,
        })
    }
}

impl Kind for Matching {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        placing::read(payload, self.targets(), &self.choices)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        placing::payload_from_form(fields, &self.choices)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        placing::score(self.targets(), response)
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        placing::right_response(self.targets())
    }

    fn chance(&self) -> Option<f64> {
        placing::chance(self.targets(), &self.choices)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        for (index, stem) in self.stems.iter().enumerate() {
            let mut at = check.at("stems", index);
            at.add_if(stem.text.is_empty(), DraftProblemKind::PlaceWithoutText);
            at.texts([&stem.text]);
        }
        placing::check(self.targets(), "stems", &self.choices, check);
        piece::check_pieces(&self.choices, "choices", check);
        piece::check_distinct(&self.choices, "choices", check);
    }

    fn texts(&self) -> Vec<&Text> {
        let of_stems = self.stems.iter().flat_map(|stem| [&stem.text, &stem.feedback]);
        of_stems.chain(piece::texts(&self.choices)).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let stems = self.stems.iter_mut();
        let of_stems = stems.flat_map(|stem| [&mut stem.text, &mut stem.feedback]);
        of_stems.chain(piece::texts_mut(&mut self.choices)).collect()
    }
}
