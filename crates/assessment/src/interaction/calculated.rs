//! Calculated: a number that follows from variables, whose values differ from
//! attempt to attempt. Stem and feedback show the values in place of `{name}`.
//!
//! Payload and form are those of a numerical question (`numerical`).

use serde::{Deserialize, Serialize};
use text::Text;

use super::accepted::{self, NumberTarget, Places, Tolerance};
use super::numerical::{self, mark_of, typed_number};
use super::variable::{self, MOST_VARIABLES, MOST_VARIANTS, Values, Variable, VariableValues};
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::draft_problem::Place;
use crate::expression::{Expression, ExpressionError};
use crate::limits;
use crate::policy::round;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_unwritten};
use crate::unit::UnitRule;

/// A number that is worked out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calculated {
    /// In the order in which they are worked out.
    pub variables: Vec<Variable>,
    /// How many sets of values there are; each attempt sees one of them. All of
    /// them are tried before publishing.
    #[serde(default = "variants")]
    pub variants: u32,
    /// Tried in this order; the first that fits counts.
    pub answers: Vec<CalculatedAnswer>,
    /// What is asked of the unit, as for a numerical question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitRule>,
}

fn variants() -> u32 {
    100
}

/// A result that is accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalculatedAnswer {
    /// What it is, such as `1000*{vc}/(pi*{d})`.
    pub expression: String,
    /// How far from it an answer may be.
    #[serde(default)]
    pub tolerance: Tolerance,
    /// How it is rounded where it is shown; the rounded number is right as well.
    #[serde(default)]
    pub shown: ShownRounding,
    /// The share of the mark that it gives, from 0 to 1.
    #[serde(default = "accepted::whole")]
    pub weight: f64,
    /// Shown after marking to whoever gave this answer.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

/// How a result is rounded where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownRounding {
    /// To so many decimals, at most 9.
    Decimals(u8),
    /// To so many digits that count, 1 to 15.
    Digits(u8),
}

impl Default for ShownRounding {
    fn default() -> Self {
        Self::Decimals(2)
    }
}

impl ShownRounding {
    /// The value as it is shown.
    pub fn rounded(self, value: f64) -> f64 {
        match self {
            Self::Decimals(decimals) => round(value, decimals),
            Self::Digits(digits) => {
                let decimals = usize::from(digits.clamp(1, 15)) - 1;
                format!("{value:.decimals$e}").parse().unwrap_or(value)
            }
        }
    }

    fn is_well_formed(self) -> bool {
        match self {
            Self::Decimals(decimals) => decimals <= 9,
            Self::Digits(digits) => (1..=15).contains(&digits),
        }
    }
}

impl Calculated {
    /// Which set of values an attempt sees, from 1 on. Statistics are kept apart by it.
    pub fn variant(&self, context: &Context<'_>) -> u32 {
        variable::variant_of(context, self.variants)
    }

    /// The values in an attempt, by the variables' names. Of a question that was
    /// never published, and cannot be worked out, those before the mistake.
    pub fn values(&self, context: &Context<'_>) -> Values {
        self.values_of_variant(self.variant(context))
    }

    /// The values in a variant, for a preview before publishing.
    pub fn values_of_variant(&self, variant: u32) -> Values {
        variable::values_of(&self.variables, variant).unwrap_or_default()
    }

    /// The text with the values of an attempt in place of the variables.
    pub fn filled(&self, text: &Text, context: &Context<'_>) -> Text {
        variable::filled(text, &self.values(context), context.language)
    }

    /// What is wrong with an expression: that of a variable or an answer.
    pub fn expression_error(&self, place: Place) -> Option<ExpressionError> {
        let (source, before) = match place.list {
            "variables" => match &self.variables.get(place.index)?.values {
                VariableValues::Expression(source) => (source, place.index),
                _ => return None,
            },
            "answers" => (&self.answers.get(place.index)?.expression, self.variables.len()),
            _ => return None,
        };
        variable::check_expression(source, &self.variables, before, self.variants).err()
    }

    fn result(&self, answer: &CalculatedAnswer, values: &Values) -> Option<f64> {
        let expression = Expression::parse(&answer.expression).ok()?;
        expression.evaluate(|name| values.get(name).copied()).ok()
    }

    fn target(&self, answer: &CalculatedAnswer, values: &Values) -> NumberTarget {
        let value = self.result(answer, values);
        NumberTarget {
            values: value
                .into_iter()
                .flat_map(|value| [value, answer.shown.rounded(value)])
                .collect(),
            tolerance: answer.tolerance,
            weight: answer.weight,
        }
    }

    fn check_variables(&self, check: &mut ItemCheck<'_>) {
        let too_many = self.variables.len() > MOST_VARIABLES || !(1..=MOST_VARIANTS).contains(&self.variants);
        check.add_if(too_many, DraftProblemKind::VariablesOutOfRange);
        for (index, variable) in self.variables.iter().enumerate() {
            let wrong = self.problem_at("variables", index);
            let mut at = check.at("variables", index);
            at.add_if(
                !variable::is_new_name(&self.variables, index),
                DraftProblemKind::BadVariableName,
            );
            at.add_if(
                !variable.values.are_well_formed(),
                DraftProblemKind::VariablesOutOfRange,
            );
            at.add_if(wrong, DraftProblemKind::BadExpression);
        }
    }

    fn problem_at(&self, list: &'static str, index: usize) -> bool {
        self.expression_error(Place { list, index }).is_some()
    }
}

impl Kind for Calculated {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        numerical::read_number_fields(payload)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        numerical::number_payload_from_form(fields)
    }

    fn score(&self, response: &Response, context: &Context<'_>) -> ItemMark {
        let values = self.values(context);
        let targets: Vec<NumberTarget> = self
            .answers
            .iter()
            .map(|answer| self.target(answer, &values))
            .collect();
        let typed = typed_number(response);
        let hit = accepted::best_number(&targets, self.unit.as_ref(), typed, context.language);
        mark_of(hit, |index| {
            self.answers.get(index).map(|answer| &answer.feedback)
        })
    }

    fn right_response(&self, context: &Context<'_>) -> Response {
        let right = self.answers.iter().find(|answer| answer.weight >= 1.0);
        let value = right.and_then(|answer| {
            let value = self.result(answer, &self.values(context))?;
            Some(answer.shown.rounded(value))
        });
        value.map_or(Response::Unanswered, |value| {
            let typed = accepted::right_number(value, self.unit.as_ref(), context.language);
            numerical::number_response(typed)
        })
    }

    fn chance(&self) -> Option<f64> {
        Some(0.0)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        self.check_variables(check);
        let answers = Places::List("answers");
        answers.whole(check, self.answers.is_empty(), DraftProblemKind::NoAcceptedAnswer);
        answers.whole(
            check,
            self.answers.len() > limits::OPTIONS,
            DraftProblemKind::TooManyOptions,
        );
        for (index, answer) in self.answers.iter().enumerate() {
            let wrong = self.problem_at("answers", index);
            let mut at = check.at("answers", index);
            at.add_if(wrong, DraftProblemKind::BadExpression);
            let tolerance_fits = accepted::is_tolerance(answer.tolerance);
            at.add_if(!tolerance_fits, DraftProblemKind::ToleranceBelowZero);
            at.add_if(
                !answer.shown.is_well_formed(),
                DraftProblemKind::RoundingOutOfRange,
            );
            at.add_if(
                !accepted::is_share(answer.weight),
                DraftProblemKind::WeightOutOfRange,
            );
            at.texts([&answer.feedback]);
        }
        accepted::check_full_mark(self.answers.iter().map(|answer| answer.weight), answers, check);
        accepted::check_unit(self.unit.as_ref(), Places::List("unit"), check);
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
#[path = "calculated_tests.rs"]
mod tests;
