//! Select missing words: a text with gaps, each filled from the choices of its
//! group.
//!
//! The text names its gaps as `[[gap]]`, see [`markers`](super::marker::markers).
//! Payload: `{"pairs": {"gap": "choice", …}}`; a gap left out is empty.
//! Form: a select box per gap, `answer/{slot}/{gap}`, the value a choice's id.

use serde::{Deserialize, Serialize};
use text::Text;

use super::marker::{self, Marks};
use super::piece::{self, Piece};
use super::placing::{self, Target};
use super::{Context, Kind};
use crate::draft_check::ItemCheck;
use crate::id::{FieldId, OptionId};
use crate::order::shuffled;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_unwritten};

/// A text with gaps and the choices for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelectMissingWords {
    /// Has each gap once in each language.
    pub text: Text,
    /// In the author's order.
    pub gaps: Vec<WordGap>,
    /// For all gaps; a gap takes those of its right choice's group.
    pub choices: Vec<Piece>,
    /// Whether each attempt sees the choices in an order of its own.
    #[serde(default)]
    pub shuffle_choices: bool,
}

/// A gap that a choice fills.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordGap {
    /// As the text names it.
    pub id: FieldId,
    /// The choice that belongs there.
    pub right: OptionId,
    /// How much it weighs among the gaps.
    #[serde(default = "placing::whole")]
    pub weight: f64,
    /// Shown after marking to whoever got it wrong.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

impl SelectMissingWords {
    /// The choices of a gap in the order of this attempt.
    pub fn shown_choices(&self, gap: &WordGap, context: &Context<'_>) -> Vec<&Piece> {
        let right = self.choices.iter().find(|choice| choice.id == gap.right);
        let group = right.map(|right| right.group.as_str()).unwrap_or_default();
        let offered = self.choices.iter().filter(|choice| choice.group == group);
        match self.shuffle_choices {
            true => shuffled(context, &format!("choices:{group}"), offered),
            false => offered.collect(),
        }
    }

    fn targets(&self) -> impl Iterator<Item = Target<'_>> + Clone {
        self.gaps.iter().map(|gap| Target {
            id: &gap.id,
            right: &gap.right,
            weight: gap.weight,
            feedback: &gap.feedback,
        })
    }
}

impl Kind for SelectMissingWords {
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
        check.texts([&self.text]);
        let ids: Vec<&str> = self.gaps.iter().map(|gap| gap.id.as_str()).collect();
        marker::check_markers(&self.text, Marks::Gaps, "gaps", &ids, check);
        placing::check(self.targets(), "gaps", &self.choices, check);
        piece::check_pieces(&self.choices, "choices", check);
    }

    fn texts(&self) -> Vec<&Text> {
        let of_gaps = self.gaps.iter().map(|gap| &gap.feedback);
        let own = std::iter::once(&self.text).chain(of_gaps);
        own.chain(piece::texts(&self.choices)).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let of_gaps = self.gaps.iter_mut().map(|gap| &mut gap.feedback);
        let own = std::iter::once(&mut self.text).chain(of_gaps);
        own.chain(piece::texts_mut(&mut self.choices)).collect()
    }

    fn has_own_text(&self) -> bool {
        !self.text.is_empty()
    }
}
