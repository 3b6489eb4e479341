//! Variables of calculated questions: what values they can have, the values of
//! one variant, and the places in texts where they are shown.
//!
//! FROZEN: how a variant follows from seed and slot, and its values from its
//! number; a change here would change running and reviewed attempts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use text::{Source, Text};

use super::Context;
use crate::expression::{Expression, ExpressionError, ExpressionProblem, is_variable_name};
use crate::number::format_number;
use crate::order::drawn;

/// A variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// As expressions and texts name it: `{d}`.
    pub name: String,
    /// What values it can have.
    pub values: VariableValues,
}

/// The values of a variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VariableValues {
    /// From `minimum` to `maximum`, both included where the step meets them.
    Range {
        /// The smallest.
        minimum: f64,
        /// The largest.
        maximum: f64,
        /// Decimals of each value, at most 9.
        #[serde(default)]
        decimals: u8,
        /// From one to the next; one in the last decimal when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<f64>,
    },
    /// One for each variant, from the start again when there are more variants.
    /// Lists of several variables belong together.
    List(Vec<f64>),
    /// Worked out from the variables before it.
    Expression(String),
}

/// The most variables of a question.
pub(crate) const MOST_VARIABLES: usize = 20;
/// The most variants of a question.
pub(crate) const MOST_VARIANTS: u32 = 500;
const MOST_VALUES: f64 = 1e9;
/// How many combinations of values are tried before publishing, besides every variant.
const SAMPLES: u64 = 500;

/// The values of the variables in one variant.
pub(crate) type Values = BTreeMap<String, f64>;

/// The variant that an attempt sees, from 1 to `variants`.
pub(crate) fn variant_of(context: &Context<'_>, variants: u32) -> u32 {
    let purpose = format!("variant:{}", context.slot);
    1 + drawn(context.seed, &purpose, u64::from(variants.max(1))) as u32
}

/// The values in a variant, counted from 1.
pub(crate) fn values_of(variables: &[Variable], variant: u32) -> Result<Values, (usize, ExpressionError)> {
    in_variant(&ready(variables), variant)
}

/// Variables with their expressions read.
type Ready<'a> = Vec<(&'a Variable, Option<Result<Expression, ExpressionError>>)>;

fn ready(variables: &[Variable]) -> Ready<'_> {
    let with_expression = |variable: &Variable| match &variable.values {
        VariableValues::Expression(source) => Some(Expression::parse(source)),
        _ => None,
    };
    variables
        .iter()
        .map(|variable| (variable, with_expression(variable)))
        .collect()
}

fn in_variant(variables: &Ready<'_>, variant: u32) -> Result<Values, (usize, ExpressionError)> {
    values_by(variables, |variable| {
        let purpose = format!("variable:{}", variable.name);
        let grid = variable.values.grid();
        let ranged = grid.map(|grid| grid.value(drawn(i64::from(variant), &purpose, grid.count)));
        ranged.or_else(|| variable.values.listed(variant))
    })
}

fn values_by(
    variables: &Ready<'_>,
    pick: impl Fn(&Variable) -> Option<f64>,
) -> Result<Values, (usize, ExpressionError)> {
    let mut values = Values::new();
    for (index, (variable, expression)) in variables.iter().enumerate() {
        let value = match expression {
            Some(Ok(expression)) => expression
                .evaluate(|name| values.get(name).copied())
                .map_err(|error| (index, error))?,
            Some(Err(error)) => return Err((index, error.clone())),
            None => pick(variable).unwrap_or_default(),
        };
        values.insert(variable.name.clone(), value);
    }
    Ok(values)
}

/// The values of a range, by number.
#[derive(Clone, Copy)]
struct Grid {
    minimum: f64,
    step: f64,
    decimals: u8,
    count: u64,
}

impl Grid {
    fn value(self, number: u64) -> f64 {
        crate::policy::round(self.minimum + self.step * number as f64, self.decimals)
    }

    /// The ends, the middle, and what lies at zero: where functions break.
    fn corners(self) -> Vec<u64> {
        let zero = (-self.minimum / self.step).round();
        let zero = (zero >= 0.0)
            .then_some(zero as u64)
            .filter(|zero| *zero < self.count);
        let mut corners = vec![0, self.count - 1, self.count / 2];
        corners.extend(zero);
        corners.sort_unstable();
        corners.dedup();
        corners
    }
}

impl VariableValues {
    fn grid(&self) -> Option<Grid> {
        let Self::Range {
            minimum,
            maximum,
            decimals,
            step,
        } = self
        else {
            return None;
        };
        let step = step.unwrap_or_else(|| 10_f64.powi(-i32::from(*decimals)));
        // a hair, so that 0.1 from 0 to 1 has eleven values
        let steps = ((maximum - minimum) / step + 1e-9).floor();
        let fits = (0.0..MOST_VALUES).contains(&steps) && step > 0.0 && minimum.is_finite();
        fits.then(|| Grid {
            minimum: *minimum,
            step,
            decimals: *decimals,
            count: steps as u64 + 1,
        })
    }

    fn listed(&self, variant: u32) -> Option<f64> {
        let Self::List(values) = self else { return None };
        let index = (variant.max(1) as usize - 1).checked_rem(values.len())?;
        values.get(index).copied()
    }

    /// Whether a range or list has values that can be drawn.
    pub(crate) fn are_well_formed(&self) -> bool {
        match self {
            Self::Range { decimals, .. } => *decimals <= 9 && self.grid().is_some(),
            Self::List(values) => {
                (1..=MOST_VARIANTS as usize).contains(&values.len())
                    && values.iter().all(|value| value.is_finite())
            }
            Self::Expression(_) => true,
        }
    }
}

/// Checks an expression over the variables before `before`: its names, then its
/// value at the corners of all ranges, at samples within them and in every variant.
pub(crate) fn check_expression(
    source: &str,
    variables: &[Variable],
    before: usize,
    variants: u32,
) -> Result<(), ExpressionError> {
    let expression = Expression::parse(source)?;
    expression.check_variables(
        |name| match variables.iter().position(|variable| variable.name == name) {
            None => Some(ExpressionProblem::UnknownVariable),
            Some(position) if position >= before => Some(ExpressionProblem::Loop),
            Some(_) => None,
        },
    )?;
    let known = ready(variables.get(..before).unwrap_or_default());
    let check = |values: Result<Values, _>| match values {
        Ok(values) => expression.evaluate(|name| values.get(name).copied()).map(|_| ()),
        // a variable's own problem is said at the variable
        Err(_) => Ok(()),
    };
    for number in 0..SAMPLES {
        check(values_by(&known, |variable| sample(variable, number)))?;
    }
    (1..=variants.min(MOST_VARIANTS)).try_for_each(|variant| check(in_variant(&known, variant)))
}

/// The first samples are all corners met by chance of their number, the others
/// lie anywhere.
fn sample(variable: &Variable, number: u64) -> Option<f64> {
    let purpose = format!("sample:{}", variable.name);
    let Some(grid) = variable.values.grid() else {
        let VariableValues::List(values) = &variable.values else {
            return None;
        };
        let index = drawn(number.cast_signed(), &purpose, values.len().max(1) as u64);
        return values.get(index as usize).copied();
    };
    let corners = grid.corners();
    let place = match number {
        // everything at its least, at its most, in its middle, and at zero
        0 => Some(0),
        1 => Some(grid.count - 1),
        2 => Some(grid.count / 2),
        3 => corners
            .iter()
            .copied()
            .min_by(|left, right| grid.value(*left).abs().total_cmp(&grid.value(*right).abs())),
        4..300 => corners
            .get(drawn(number.cast_signed(), &purpose, corners.len() as u64) as usize)
            .copied(),
        _ => None,
    };
    Some(grid.value(place.unwrap_or_else(|| drawn(number.cast_signed(), &purpose, grid.count))))
}

/// Whether the names can be names and differ.
pub(crate) fn is_new_name(variables: &[Variable], index: usize) -> bool {
    let Some(name) = variables.get(index).map(|variable| &variable.name) else {
        return false;
    };
    let before = variables.get(..index).unwrap_or_default();
    is_variable_name(name) && before.iter().all(|other| other.name != *name)
}

/// The text with the values in place of `{name}`, as the language of the attempt
/// writes them. Within a formula (`$…$`) a value stands for `{{name}}`, since
/// there single braces have a meaning of their own.
pub(crate) fn filled(text: &Text, values: &Values, language: &str) -> Text {
    let versions = text.versions.iter().map(|(version, source)| {
        let filled = Source {
            format: source.format,
            source: filled_source(&source.source, values, language),
        };
        (version.clone(), filled)
    });
    Text {
        default_language: text.default_language.clone(),
        versions: versions.collect(),
    }
}

fn filled_source(source: &str, values: &Values, language: &str) -> String {
    let mut written = String::with_capacity(source.len());
    let mut rest = source;
    let mut in_formula = false;
    while let Some(letter) = rest.chars().next() {
        let shown = |name: &str| values.get(name).map(|value| format_number(*value, language));
        let double = between(rest, "{{", "}}").and_then(|(name, after)| Some((shown(name)?, after)));
        let single = || between(rest, "{", "}").and_then(|(name, after)| Some((shown(name)?, after)));
        if let Some((value, after)) = double {
            // braces of its own keep the formula's spacing right behind a decimal comma
            written.push_str(&if in_formula {
                format!("{{{}}}", value.replace(',', "{,}"))
            } else {
                value
            });
            rest = after;
        } else if let Some((value, after)) = single().filter(|_| !in_formula) {
            written.push_str(&value);
            rest = after;
        } else {
            let escaped = written.ends_with('\\');
            in_formula ^= letter == '$' && !escaped && !rest.starts_with("$$");
            written.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
    written
}

fn between<'a>(source: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let (name, after) = source.strip_prefix(open)?.split_once(close)?;
    Some((name.trim(), after))
}

#[cfg(test)]
#[path = "variable_tests.rs"]
mod tests;
