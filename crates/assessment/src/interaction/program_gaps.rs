//! Program gaps: a machine's program with gaps, compared word by word as the
//! machine reads it: `G1 X25,5 Z-40.` for `G01 X25.5 Z-40`.
//!
//! The program names its gaps as `[[gap]]`, see [`markers`](super::marker::markers),
//! and is shown as written, each letter as wide as the others.
//! Payload: `{"fields": {"1": "G1 X25,5", …}}`. Form: `answer/{slot}/{gap}`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::{Context, Kind, accepted, marker, typed};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::FieldId;
use crate::limits;
use crate::program_word::{ProgramRule, ProgramWord, blocks, share_of_words};
use crate::response::{Response, ResponseProblem};
use crate::scoring::{FeedbackPlace, ItemMark, PartMark, is_unwritten};

/// A program with gaps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramGaps {
    /// Has each gap once in each language; only its comments need another one.
    pub program: Text,
    /// In the author's order.
    pub gaps: Vec<ProgramGap>,
    /// Whether the words of a gap may stand in any order within their block.
    #[serde(default)]
    pub any_order: bool,
    /// Whether block numbers (`N10`) may be there or not.
    #[serde(default)]
    pub without_block_numbers: bool,
    /// Whether each right word of a gap has its share of the gap's mark, less
    /// those that do not belong there; else only a wholly right gap has it.
    #[serde(default)]
    pub share_per_word: bool,
}

/// A gap of a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramGap {
    /// As the program names it.
    pub id: FieldId,
    /// What is right there; the first is shown as the right answer.
    pub accepted: Vec<String>,
    /// How much it weighs among the gaps, over 0.
    #[serde(default = "accepted::whole")]
    pub weight: f64,
    /// Shown after marking to whoever did not get it right.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

impl ProgramGaps {
    fn blocks(&self, source: &str) -> Vec<Vec<ProgramWord>> {
        let rule = ProgramRule {
            any_order: self.any_order,
            without_block_numbers: self.without_block_numbers,
        };
        blocks(source, rule)
    }

    fn fraction(&self, gap: &ProgramGap, typed: &str) -> f64 {
        let written = self.blocks(typed);
        let shares = gap.accepted.iter().map(|accepted| {
            let expected = self.blocks(accepted);
            let share = share_of_words(&expected, &written);
            match self.share_per_word {
                _ if expected == written => 1.0,
                // all words, but in another order than the author wants
                true if share >= 1.0 => 0.5,
                true => share,
                false => 0.0,
            }
        });
        shares.fold(0.0, f64::max)
    }
}

impl Kind for ProgramGaps {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let known: Vec<FieldId> = self.gaps.iter().map(|gap| gap.id.clone()).collect();
        typed::read_fields(payload, &known, limits::ANSWER_LETTERS).map(typed::response_of)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        let is_gap = |name: &str| self.gaps.iter().any(|gap| gap.id.as_str() == name);
        let named = fields.iter().copied();
        let named: Vec<(&str, &str)> = named.filter(|(name, _)| is_gap(name)).collect();
        typed::fields_payload(&named)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        let Response::Fields(fields) = response else {
            return ItemMark::wrong();
        };
        let part = |gap: &ProgramGap| PartMark {
            part: gap.id.clone(),
            fraction: fields.get(&gap.id).map_or(0.0, |typed| self.fraction(gap, typed)),
            weight: gap.weight,
        };
        let parts: Vec<PartMark> = self.gaps.iter().map(part).collect();
        let with_feedback = self.gaps.iter().zip(&parts);
        let with_feedback =
            with_feedback.filter(|(gap, part)| part.fraction < 1.0 && !gap.feedback.is_empty());
        ItemMark {
            feedback: with_feedback
                .map(|(gap, _)| FeedbackPlace::Field(gap.id.clone()))
                .collect(),
            ..ItemMark::of_parts(parts)
        }
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        let right = self
            .gaps
            .iter()
            .filter_map(|gap| Some((gap.id.clone(), gap.accepted.first()?.clone())));
        typed::response_of(right.collect())
    }

    fn chance(&self) -> Option<f64> {
        Some(0.0)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        let ids: Vec<&str> = self.gaps.iter().map(|gap| gap.id.as_str()).collect();
        check.add_if(self.program.is_too_long(), DraftProblemKind::TextTooLong);
        marker::check_markers(&self.program, marker::Marks::Gaps, "gaps", &ids, check);
        check.add_if(self.gaps.is_empty(), DraftProblemKind::TooFewPlaces);
        check.add_if(self.gaps.len() > limits::FIELDS, DraftProblemKind::TooManyPlaces);
        let mut seen = BTreeSet::new();
        for (index, gap) in self.gaps.iter().enumerate() {
            let mut at = check.at("gaps", index);
            at.id(&gap.id, seen.insert(&gap.id));
            at.texts([&gap.feedback]);
            at.add_if(gap.accepted.is_empty(), DraftProblemKind::NoAcceptedAnswer);
            at.add_if(
                gap.accepted.len() > limits::OPTIONS,
                DraftProblemKind::TooManyOptions,
            );
            let silent = gap
                .accepted
                .iter()
                .any(|accepted| self.blocks(accepted).is_empty());
            at.add_if(silent, DraftProblemKind::EmptyAnswer);
            let long = gap
                .accepted
                .iter()
                .any(|accepted| accepted.chars().count() > limits::ANSWER_LETTERS);
            at.add_if(long, DraftProblemKind::TextTooLong);
            let weight_fits = gap.weight > 0.0 && gap.weight.is_finite();
            at.add_if(!weight_fits, DraftProblemKind::WeightOutOfRange);
        }
    }

    fn texts(&self) -> Vec<&Text> {
        let feedback = self.gaps.iter().map(|gap| &gap.feedback);
        std::iter::once(&self.program).chain(feedback).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let feedback = self.gaps.iter_mut().map(|gap| &mut gap.feedback);
        std::iter::once(&mut self.program).chain(feedback).collect()
    }

    fn has_own_text(&self) -> bool {
        !self.program.is_empty()
    }
}

#[cfg(test)]
#[path = "program_gaps_tests.rs"]
mod tests;
