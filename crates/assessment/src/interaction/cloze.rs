//! Cloze: a text with gaps of several kinds: a choice, a word or a number. Each
//! gap is a part with a weight of its own.
//!
//! The text names its gaps as `[[gap]]`, see [`markers`](super::marker::markers).
//! Payload: `{"fields": {"1": "thép", "2": "a", "3": "12,5 mm", "3:meant": "decimal"}}`:
//! what was typed, the chosen option's id, a number with `{gap}:unit` and
//! `{gap}:meant` as in `numerical`. Form: `answer/{slot}/{gap}`, likewise.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use text::Text;

use super::accepted::{self, AcceptedNumber, AcceptedText, NumberTarget, Places, TypedNumber};
use super::choice::{self, ChoiceOption};
use super::numerical::{meant_of, target};
use super::{Context, Kind, marker, payload, typed};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::{FieldId, OptionId};
use crate::limits;
use crate::order::shuffled;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{FeedbackPlace, ItemMark, PartMark, is_unwritten};
use crate::text_pattern::TextRule;
use crate::unit::UnitRule;

/// A text with gaps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cloze {
    /// Has each gap once in each language.
    pub text: Text,
    /// In the author's order.
    pub gaps: Vec<Gap>,
}

/// A gap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// As the text names it.
    pub id: FieldId,
    /// How much it weighs among the gaps, over 0.
    #[serde(default = "accepted::whole")]
    pub weight: f64,
    /// Shown after marking to whoever did not get it right.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
    /// How it is answered.
    #[serde(flatten)]
    pub kind: GapKind,
}

/// How a gap is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GapKind {
    /// One of several options, as in single choice.
    Choice {
        /// In the author's order.
        options: Vec<ChoiceOption>,
        /// Whether each attempt sees an order of its own.
        #[serde(default)]
        shuffle_options: bool,
    },
    /// A word or a few, as in short text.
    Text {
        /// Tried in this order.
        answers: Vec<AcceptedText>,
        /// What counts as the same.
        #[serde(flatten)]
        rule: TextRule,
    },
    /// A number, as in numerical.
    Number {
        /// Tried in this order.
        answers: Vec<AcceptedNumber>,
        /// What is asked of the unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitRule>,
    },
}

type Fields = BTreeMap<FieldId, String>;

impl Gap {
    /// The options of a choice in the order of this attempt; none of another kind.
    pub fn shown_options(&self, context: &Context<'_>) -> Vec<&ChoiceOption> {
        match &self.kind {
            GapKind::Choice {
                options,
                shuffle_options: true,
            } => shuffled(context, &format!("options:{}", self.id), options),
            GapKind::Choice { options, .. } => options.iter().collect(),
            _ => Vec::new(),
        }
    }

    fn field(&self, part: &str) -> FieldId {
        FieldId::from(format!("{}:{part}", self.id))
    }

    fn fields(&self) -> Vec<FieldId> {
        match self.kind {
            GapKind::Number { .. } => vec![self.id.clone(), self.field("unit"), self.field("meant")],
            _ => vec![self.id.clone()],
        }
    }

    pub(super) fn typed_number<'a>(&self, fields: &'a Fields) -> TypedNumber<'a> {
        let field = |id: &FieldId| fields.get(id).map(String::as_str).unwrap_or_default();
        TypedNumber {
            number: field(&self.id),
            unit: field(&self.field("unit")),
            meant: meant_of(field(&self.field("meant"))),
        }
    }

    /// The index of what was given and what it is worth.
    fn hit(&self, fields: &Fields, context: &Context<'_>) -> Option<(usize, f64)> {
        let answer = fields.get(&self.id)?;
        match &self.kind {
            GapKind::Choice { options, .. } => {
                let index = options.iter().position(|option| option.id.as_str() == answer)?;
                options
                    .get(index)
                    .map(|option| (index, choice::share(option).max(0.0)))
            }
            GapKind::Text { answers, rule } => accepted::best_text(answers, *rule, answer),
            GapKind::Number { answers, unit } => {
                let targets: Vec<NumberTarget> = answers.iter().map(target).collect();
                accepted::best_number(
                    &targets,
                    unit.as_ref(),
                    self.typed_number(fields),
                    context.language,
                )
            }
        }
    }

    fn has_answer_feedback(&self, index: usize) -> bool {
        let feedback = match &self.kind {
            GapKind::Choice { options, .. } => options.get(index).map(|option| &option.feedback),
            GapKind::Text { answers, .. } => answers.get(index).map(|answer| &answer.feedback),
            GapKind::Number { answers, .. } => answers.get(index).map(|answer| &answer.feedback),
        };
        feedback.is_some_and(|feedback| !feedback.is_empty())
    }

    fn right(&self, context: &Context<'_>) -> Option<String> {
        match &self.kind {
            GapKind::Choice { options, .. } => {
                let right = options.iter().find(|option| option.correct)?;
                Some(right.id.to_string())
            }
            GapKind::Text { answers, rule } => accepted::right_text(answers, *rule),
            GapKind::Number { answers, unit } => {
                let right = answers.iter().find(|answer| answer.weight >= 1.0)?;
                Some(accepted::right_number(
                    right.value,
                    unit.as_ref(),
                    context.language,
                ))
            }
        }
    }

    fn chance(&self) -> f64 {
        match &self.kind {
            GapKind::Choice { options, .. } => choice::mean_share(options).unwrap_or_default(),
            GapKind::Text { answers, rule } => accepted::chance_of_texts(answers, *rule),
            GapKind::Number { .. } => 0.0,
        }
    }

    fn check_kind(&self, index: usize, check: &mut ItemCheck<'_>) {
        let place = Places::Part("gaps", index);
        match &self.kind {
            GapKind::Choice { options, .. } => check_gap_options(options, index, check),
            GapKind::Text { answers, rule } => accepted::check_texts(answers, *rule, place, check),
            GapKind::Number { answers, unit } => {
                accepted::check_numbers(answers, place, check);
                accepted::check_unit(unit.as_ref(), place, check);
            }
        }
    }
}

fn check_gap_options(options: &[ChoiceOption], gap: usize, check: &mut ItemCheck<'_>) {
    let mut at = check.at("gaps", gap);
    let right = options.iter().filter(|option| option.correct).count();
    at.add_if(options.len() < 2, DraftProblemKind::TooFewOptions);
    at.add_if(options.len() > limits::OPTIONS, DraftProblemKind::TooManyOptions);
    at.add_if(right == 0, DraftProblemKind::NoRightOption);
    at.add_if(right > 1, DraftProblemKind::SeveralRightOptions);
    let mut ids: BTreeSet<&OptionId> = BTreeSet::new();
    for option in options {
        at.add_if(option.text.is_empty(), DraftProblemKind::OptionWithoutText);
        at.texts([&option.text, &option.feedback]);
        at.id(&option.id, ids.insert(&option.id));
        let weight_fits = option.weight.is_none_or(|weight| (-1.0..=1.0).contains(&weight));
        at.add_if(!weight_fits, DraftProblemKind::WeightOutOfRange);
    }
}

impl Kind for Cloze {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let known: Vec<FieldId> = self.gaps.iter().flat_map(Gap::fields).collect();
        let mut fields = typed::read_fields(payload, &known, limits::ANSWER_LETTERS)?;
        for gap in &self.gaps {
            let Some(answer) = fields.get(&gap.id) else {
                // a unit without a number says nothing
                fields.remove(&gap.field("unit"));
                fields.remove(&gap.field("meant"));
                continue;
            };
            if let GapKind::Choice { options, .. } = &gap.kind {
                payload::known(options.iter().map(|option| &option.id), answer)?;
            }
        }
        Ok(typed::response_of(fields))
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        let known: BTreeSet<FieldId> = self.gaps.iter().flat_map(Gap::fields).collect();
        let named = fields.iter().copied();
        let named: Vec<(&str, &str)> = named
            .filter(|(name, _)| known.contains(&FieldId::from(*name)))
            .collect();
        typed::fields_payload(&named)
    }

    fn score(&self, response: &Response, context: &Context<'_>) -> ItemMark {
        let Response::Fields(fields) = response else {
            return ItemMark::wrong();
        };
        let mut parts = Vec::with_capacity(self.gaps.len());
        let mut feedback = Vec::new();
        for gap in &self.gaps {
            let hit = gap.hit(fields, context);
            let fraction = hit.map_or(0.0, |(_, fraction)| fraction);
            if let Some((index, _)) = hit.filter(|(index, _)| gap.has_answer_feedback(*index)) {
                feedback.push(FeedbackPlace::Answer(Some(gap.id.clone()), index));
            }
            if fraction < 1.0 && !gap.feedback.is_empty() {
                feedback.push(FeedbackPlace::Field(gap.id.clone()));
            }
            parts.push(PartMark {
                part: gap.id.clone(),
                fraction,
                weight: gap.weight,
            });
        }
        ItemMark {
            feedback,
            ..ItemMark::of_parts(parts)
        }
    }

    fn right_response(&self, context: &Context<'_>) -> Response {
        let right = self
            .gaps
            .iter()
            .filter_map(|gap| Some((gap.id.clone(), gap.right(context)?)));
        typed::response_of(right.collect())
    }

    fn chance(&self) -> Option<f64> {
        let weight: f64 = self.gaps.iter().map(|gap| gap.weight).sum();
        let expected: f64 = self.gaps.iter().map(|gap| gap.weight * gap.chance()).sum();
        (weight > 0.0).then(|| expected / weight)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        let ids: Vec<&str> = self.gaps.iter().map(|gap| gap.id.as_str()).collect();
        check.texts([&self.text]);
        marker::check_markers(&self.text, marker::Marks::Gaps, "gaps", &ids, check);
        check.add_if(self.gaps.is_empty(), DraftProblemKind::TooFewPlaces);
        check.add_if(self.gaps.len() > limits::FIELDS, DraftProblemKind::TooManyPlaces);
        let mut seen = BTreeSet::new();
        for (index, gap) in self.gaps.iter().enumerate() {
            let mut at = check.at("gaps", index);
            at.id(&gap.id, seen.insert(&gap.id));
            at.texts([&gap.feedback]);
            let weight_fits = gap.weight > 0.0 && gap.weight.is_finite();
            at.add_if(!weight_fits, DraftProblemKind::WeightOutOfRange);
            gap.check_kind(index, check);
        }
    }

    fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.text];
        for gap in &self.gaps {
            texts.push(&gap.feedback);
            match &gap.kind {
                GapKind::Choice { options, .. } => texts.extend(choice::option_texts(options)),
                GapKind::Text { answers, .. } => texts.extend(answers.iter().map(|answer| &answer.feedback)),
                GapKind::Number { answers, .. } => {
                    texts.extend(answers.iter().map(|answer| &answer.feedback))
                }
            }
        }
        texts
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let mut texts = vec![&mut self.text];
        for gap in &mut self.gaps {
            texts.push(&mut gap.feedback);
            match &mut gap.kind {
                GapKind::Choice { options, .. } => texts.extend(choice::option_texts_mut(options)),
                GapKind::Text { answers, .. } => {
                    texts.extend(answers.iter_mut().map(|answer| &mut answer.feedback));
                }
                GapKind::Number { answers, .. } => {
                    texts.extend(answers.iter_mut().map(|answer| &mut answer.feedback));
                }
            }
        }
        texts
    }

    fn has_own_text(&self) -> bool {
        !self.text.is_empty()
    }
}

#[cfg(test)]
#[path = "cloze_tests.rs"]
mod tests;
