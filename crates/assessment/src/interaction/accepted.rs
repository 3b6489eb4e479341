//! Accepted answers, texts and numbers: what the types share in which something
//! is typed. Answers are tried in the author's order; the first that fits counts.

use serde::{Deserialize, Serialize};
use text::Text;

use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::limits;
use crate::number::{Meant, format_number, read_quantity};
use crate::scoring::is_unwritten;
use crate::text_pattern::{TextPattern, TextRule};
use crate::unit::{InUnit, UnitRule, in_unit};

/// A text that is accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AcceptedText {
    /// With `*` for anything and `\*` for a star.
    pub text: String,
    /// The share of the mark that it gives, from 0 to 1; 0 for a wrong answer
    /// that has feedback of its own.
    #[serde(default = "whole")]
    pub weight: f64,
    /// Shown after marking to whoever gave this answer.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

/// A number that is accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AcceptedNumber {
    /// In the unit of the question.
    pub value: f64,
    /// How far from it an answer may be.
    #[serde(default)]
    pub tolerance: Tolerance,
    /// The share of the mark that it gives, from 0 to 1.
    #[serde(default = "whole")]
    pub weight: f64,
    /// Shown after marking to whoever gave this answer.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

/// How far an answer x may be from the accepted value a.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tolerance {
    /// |x − a| ≤ t, in the unit of the question.
    Nominal(f64),
    /// |x − a| ≤ |a| · t
    Relative(f64),
    /// a / (1 + t) ≤ x ≤ a · (1 + t); the other way round for an a below 0.
    Geometric(f64),
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::Nominal(0.0)
    }
}

pub(super) fn whole() -> f64 {
    1.0
}

impl Tolerance {
    /// Whether `answer` is near enough to `accepted`.
    pub fn fits(self, accepted: f64, answer: f64) -> bool {
        let (low, high) = match self {
            Self::Nominal(t) => (accepted - t, accepted + t),
            Self::Relative(t) => (accepted - accepted.abs() * t, accepted + accepted.abs() * t),
            Self::Geometric(t) => {
                let (near, far) = (accepted / (1.0 + t), accepted * (1.0 + t));
                (near.min(far), near.max(far))
            }
        };
        // 12.4 lies on the edge of 12.5 ± 0.1, though not in binary
        let hair = accepted.abs().max(answer.abs()) * 1e-12;
        low - hair <= answer && answer <= high + hair
    }

    fn size(self) -> f64 {
        match self {
            Self::Nominal(t) | Self::Relative(t) | Self::Geometric(t) => t,
        }
    }
}

/// The accepted answer that fits and what it is worth: the first one that is
/// what was typed, else the first that only lacks its marks.
pub(super) fn best_text(answers: &[AcceptedText], rule: TextRule, typed: &str) -> Option<(usize, f64)> {
    let mut nearly = None;
    for (index, answer) in answers.iter().enumerate() {
        let share = TextPattern::new(&answer.text, rule).share(typed);
        if share >= 1.0 {
            return Some((index, answer.weight));
        }
        if share > 0.0 && nearly.is_none() {
            nearly = Some((index, answer.weight * share));
        }
    }
    nearly
}

/// An answer that is right, such as somebody would type it.
pub(super) fn right_text(answers: &[AcceptedText], rule: TextRule) -> Option<String> {
    let right = answers.iter().find(|answer| answer.weight >= 1.0)?;
    let plain = |star: &str| {
        let mut typed = String::new();
        let mut letters = right.text.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '*' => typed.push_str(star),
                '\\' => typed.push(letters.next().unwrap_or('\\')),
                other => typed.push(other),
            }
        }
        typed
    };
    let pattern = TextPattern::new(&right.text, rule);
    ["", "…"]
        .map(plain)
        .into_iter()
        .find(|typed| !typed.trim().is_empty() && pattern.share(typed) >= 1.0)
}

/// What a blind answer is worth: as much as the one that takes anything.
pub(super) fn chance_of_texts(answers: &[AcceptedText], rule: TextRule) -> f64 {
    let anything = |answer: &&AcceptedText| TextPattern::new(&answer.text, rule).fits_anything();
    answers
        .iter()
        .find(anything)
        .map_or(0.0, |answer| answer.weight.clamp(0.0, 1.0))
}

/// What was typed in a field for a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TypedNumber<'a> {
    /// The number, with or without its unit.
    pub(super) number: &'a str,
    /// The unit, where it has a field of its own.
    pub(super) unit: &'a str,
    /// Which of two readings was meant, once the page asked.
    pub(super) meant: Option<Meant>,
}

/// A number to compare with, its tolerance and what it is worth.
pub(super) struct NumberTarget {
    /// All of them fit: the exact value, and the one that pages show.
    pub(super) values: Vec<f64>,
    pub(super) tolerance: Tolerance,
    pub(super) weight: f64,
}

/// The accepted number that fits and what it is worth, the unit included.
pub(super) fn best_number(
    targets: &[NumberTarget],
    rule: Option<&UnitRule>,
    typed: TypedNumber<'_>,
    language: &str,
) -> Option<(usize, f64)> {
    let quantity = read_quantity(typed.number, language);
    let value = quantity.number.settled(typed.meant)?.value;
    let unit = if quantity.unit.is_empty() {
        typed.unit
    } else {
        &quantity.unit
    };
    let hit = |value: f64| {
        let fits = |target: &NumberTarget| {
            target
                .values
                .iter()
                .any(|accepted| target.tolerance.fits(*accepted, value))
        };
        let index = targets.iter().position(fits)?;
        targets.get(index).map(|target| (index, target.weight))
    };
    let Some(rule) = rule else {
        return if unit.trim().is_empty() { hit(value) } else { None };
    };
    let with_penalty = |(index, weight): (usize, f64)| (index, weight * (1.0 - rule.penalty.clamp(0.0, 1.0)));
    match in_unit(rule, value, unit) {
        // the right number with a unit that makes it wrong: the unit is the mistake
        InUnit::Converted(converted) => hit(converted).or_else(|| hit(value).map(with_penalty)),
        InUnit::Missing(value) | InUnit::Wrong(value) => hit(value).map(with_penalty),
    }
}

/// A right number as it is typed in a language, with its unit where one has to be.
pub(super) fn right_number(value: f64, rule: Option<&UnitRule>, language: &str) -> String {
    let number = format_number(value, language);
    match rule {
        Some(rule) if rule.typed == crate::unit::UnitTyped::Required => format!("{number} {}", rule.unit),
        _ => number,
    }
}

/// Checks accepted texts; `list` is their name in JSON. `place` is said instead of
/// their own where they are a part of a part.
pub(super) fn check_texts(
    answers: &[AcceptedText],
    rule: TextRule,
    place: Places,
    check: &mut ItemCheck<'_>,
) {
    check_count(answers.len(), check, place);
    for (index, answer) in answers.iter().enumerate() {
        let (list, at) = place.of(index);
        let mut part = check.at(list, at);
        let silent = TextPattern::new(&answer.text, rule).is_empty();
        part.add_if(silent, DraftProblemKind::EmptyAnswer);
        let long = answer.text.chars().count() > limits::ANSWER_LETTERS;
        part.add_if(long, DraftProblemKind::TextTooLong);
        part.add_if(!is_share(answer.weight), DraftProblemKind::WeightOutOfRange);
        part.texts([&answer.feedback]);
    }
    check_full_mark(answers.iter().map(|answer| answer.weight), place, check);
    let marks_right = rule.without_marks.is_none_or(|share| share > 0.0 && share <= 1.0);
    place.whole(check, !marks_right, DraftProblemKind::WeightOutOfRange);
}

/// Checks accepted numbers.
pub(super) fn check_numbers(answers: &[AcceptedNumber], place: Places, check: &mut ItemCheck<'_>) {
    check_count(answers.len(), check, place);
    for (index, answer) in answers.iter().enumerate() {
        let (list, at) = place.of(index);
        let mut part = check.at(list, at);
        part.add_if(!answer.value.is_finite(), DraftProblemKind::EmptyAnswer);
        part.add_if(
            !is_tolerance(answer.tolerance),
            DraftProblemKind::ToleranceBelowZero,
        );
        part.add_if(!is_share(answer.weight), DraftProblemKind::WeightOutOfRange);
        part.texts([&answer.feedback]);
    }
    check_full_mark(answers.iter().map(|answer| answer.weight), place, check);
}

/// Checks what an author asks of units.
pub(super) fn check_unit(rule: Option<&UnitRule>, place: Places, check: &mut ItemCheck<'_>) {
    let Some(rule) = rule else { return };
    let own_right = |own: &crate::unit::OwnUnit| {
        !own.name.trim().is_empty() && own.factor.is_finite() && own.factor != 0.0
    };
    let wrong = rule.unit.trim().is_empty() || !rule.own.iter().all(own_right);
    place.whole(check, wrong, DraftProblemKind::BadUnit);
    place.whole(
        check,
        !is_share(rule.penalty),
        DraftProblemKind::PenaltyOutOfRange,
    );
}

/// Where the problems of accepted answers are said.
#[derive(Clone, Copy, Debug)]
pub(super) enum Places {
    /// At the answer, in this list of the item.
    List(&'static str),
    /// At the part that has the answers.
    Part(&'static str, usize),
}

impl Places {
    fn of(self, index: usize) -> (&'static str, usize) {
        match self {
            Self::List(list) => (list, index),
            Self::Part(list, part) => (list, part),
        }
    }

    /// A problem of all answers together.
    pub(super) fn whole(self, check: &mut ItemCheck<'_>, wrong: bool, kind: DraftProblemKind) {
        match self {
            Self::List(_) => check.add_if(wrong, kind),
            Self::Part(list, part) => check.at(list, part).add_if(wrong, kind),
        }
    }
}

fn check_count(count: usize, check: &mut ItemCheck<'_>, place: Places) {
    place.whole(check, count == 0, DraftProblemKind::NoAcceptedAnswer);
    place.whole(check, count > limits::OPTIONS, DraftProblemKind::TooManyOptions);
}

/// Some answer has to give the full mark.
pub(super) fn check_full_mark(weights: impl Iterator<Item = f64>, place: Places, check: &mut ItemCheck<'_>) {
    let best = weights.fold(None, |best: Option<f64>, weight| {
        Some(best.map_or(weight, |best| best.max(weight)))
    });
    place.whole(
        check,
        best.is_some_and(|best| best < 1.0),
        DraftProblemKind::WeightsBelowFullMark,
    );
}

pub(super) fn is_share(weight: f64) -> bool {
    (0.0..=1.0).contains(&weight)
}

pub(super) fn is_tolerance(tolerance: Tolerance) -> bool {
    tolerance.size().is_finite() && tolerance.size() >= 0.0
}
