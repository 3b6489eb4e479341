//! Single choice: one of several options.
//!
//! Payload: `{"choice": ["b"]}`, at most one id; an empty list clears the answer.
//! Form: radio buttons without a name of their own (`answer/{slot}`), the value
//! an option's id. A checkbox per option (`answer/{slot}/{option}`, `on`) says
//! the same; this is what multiple choice uses.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::payload;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::OptionId;
use crate::limits;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{FeedbackPlace, ItemMark};

/// Options of which one is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// In the author's order.
    pub options: Vec<ChoiceOption>,
    /// Whether each attempt sees an order of its own.
    #[serde(default)]
    pub shuffle_options: bool,
}

/// One option of a choice item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// Unique in its item; this is what a response names.
    pub id: OptionId,
    /// What the student reads.
    #[serde(default)]
    pub text: Text,
    /// Whether it is right.
    #[serde(default)]
    pub correct: bool,
    /// The share of the mark that choosing it gives, from -1 to 1, where that is
    /// not what `correct` says: a nearly right option, or one that costs marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Shown after marking to whoever chose it.
    #[serde(default)]
    pub feedback: Text,
}

impl Kind for Choice {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        read_choice(&self.options, payload, 1)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        choice_payload_from_form(fields)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        score_single(&self.options, response)
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        right_options(&self.options)
    }

    fn chance(&self) -> Option<f64> {
        mean_share(&self.options)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        check_count(&self.options, check);
        check_single_right(&self.options, check);
        check_options(&self.options, true, check);
    }

    fn texts(&self) -> Vec<&Text> {
        option_texts(&self.options)
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        option_texts_mut(&mut self.options)
    }
}

/// Reads `{"choice": ["option id", …]}` with at most `most` options.
pub(super) fn read_choice(
    options: &[ChoiceOption],
    payload: &str,
    most: usize,
) -> Result<Response, ResponseProblem> {
    let named = payload::read_choice(payload)?;
    payload::chosen(named, options.iter().map(|option| &option.id), most)
}

/// The options that a form's radio buttons or checkboxes name.
pub(super) fn choice_payload_from_form(fields: &[(&str, &str)]) -> String {
    let chosen = fields.iter().filter_map(|(name, value)| match *name {
        "" => (!value.is_empty()).then_some(*value),
        option => (*value == "on").then_some(option),
    });
    Response::choice_payload(chosen)
}

/// Marks the one chosen option.
pub(super) fn score_single(options: &[ChoiceOption], response: &Response) -> ItemMark {
    let Response::Choice(chosen) = response else {
        return ItemMark::wrong();
    };
    let fraction = options
        .iter()
        .filter(|option| chosen.contains(&option.id))
        .map(share)
        .sum();
    ItemMark {
        feedback: chosen_feedback(options, chosen),
        ..ItemMark::of(fraction)
    }
}

/// The places of feedback of the chosen options that have some.
pub(super) fn chosen_feedback(options: &[ChoiceOption], chosen: &BTreeSet<OptionId>) -> Vec<FeedbackPlace> {
    options
        .iter()
        .filter(|option| chosen.contains(&option.id) && !option.feedback.is_empty())
        .map(|option| FeedbackPlace::Option(option.id.clone()))
        .collect()
}

/// All options that are right.
pub(super) fn right_options(options: &[ChoiceOption]) -> Response {
    let right = options.iter().filter(|option| option.correct);
    let right: BTreeSet<OptionId> = right.map(|option| option.id.clone()).collect();
    match right.is_empty() {
        true => Response::Unanswered,
        false => Response::Choice(right),
    }
}

/// What a blind pick of one option is worth on average.
pub(super) fn mean_share(options: &[ChoiceOption]) -> Option<f64> {
    let sum: f64 = options.iter().map(|option| share(option).clamp(0.0, 1.0)).sum();
    (!options.is_empty()).then(|| sum / options.len() as f64)
}

/// What choosing the option is worth, from -1 to 1.
pub(super) fn share(option: &ChoiceOption) -> f64 {
    option
        .weight
        .unwrap_or_else(|| f64::from(u8::from(option.correct)))
}

pub(super) fn check_count(options: &[ChoiceOption], check: &mut ItemCheck<'_>) {
    check.add_if(
        written_options(options).len() < 2,
        DraftProblemKind::TooFewOptions,
    );
    check.add_if(options.len() > limits::OPTIONS, DraftProblemKind::TooManyOptions);
}

pub(super) fn check_single_right(options: &[ChoiceOption], check: &mut ItemCheck<'_>) {
    let right = options.iter().filter(|option| option.correct).count();
    check.add_if(right == 0, DraftProblemKind::NoRightOption);
    check.add_if(right > 1, DraftProblemKind::SeveralRightOptions);
}

/// Checks each option; `need_text` where one must say something.
pub(super) fn check_options(options: &[ChoiceOption], need_text: bool, check: &mut ItemCheck<'_>) {
    let mut ids = BTreeSet::new();
    let written = written_options(options).len();
    for (index, option) in options.iter().enumerate() {
        let mut at = check.at("options", index);
        let silent = need_text && index < written && option.text.is_empty();
        at.add_if(silent, DraftProblemKind::OptionWithoutText);
        at.texts([&option.text, &option.feedback]);
        at.id(&option.id, ids.insert(&option.id));
        let weight_fits = option.weight.is_none_or(|weight| (-1.0..=1.0).contains(&weight));
        at.add_if(!weight_fits, DraftProblemKind::WeightOutOfRange);
        let right_is_whole = !option.correct || option.weight.is_none_or(|weight| weight > 0.0);
        at.add_if(!right_is_whole, DraftProblemKind::WeightOutOfRange);
    }
}

/// The options up to the last one that says something or is marked as right:
/// those behind it are fields that the author left empty.
pub(crate) fn written_options(options: &[ChoiceOption]) -> &[ChoiceOption] {
    let is_written =
        |option: &ChoiceOption| option.correct || !option.text.is_empty() || !option.feedback.is_empty();
    let written = options.iter().rposition(is_written).map_or(0, |last| last + 1);
    options.get(..written).unwrap_or_default()
}

pub(super) fn option_texts(options: &[ChoiceOption]) -> Vec<&Text> {
    let texts = options.iter().flat_map(|option| [&option.text, &option.feedback]);
    texts.collect()
}

pub(super) fn option_texts_mut(options: &mut [ChoiceOption]) -> Vec<&mut Text> {
    let texts = options
        .iter_mut()
        .flat_map(|option| [&mut option.text, &mut option.feedback]);
    texts.collect()
}
