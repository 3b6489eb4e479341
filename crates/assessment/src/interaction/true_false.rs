//! True or false: a statement to agree with or not.
//!
//! Payload: `{"choice": ["true"]}` or `{"choice": ["false"]}`.
//! Form: two radio buttons without a name of their own (`answer/{slot}`).

use serde::{Deserialize, Serialize};
use text::Text;

use super::choice::{self, ChoiceOption};
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::OptionId;
use crate::response::{Response, ResponseProblem};
use crate::scoring::ItemMark;

/// Two options with the ids `true` and `false`, in that order, never shuffled.
/// Their texts may be empty; pages then show their own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueFalse {
    /// `true`, then `false`.
    pub options: Vec<ChoiceOption>,
}

impl TrueFalse {
    /// The two options without texts and feedback.
    pub fn new(statement_is_true: bool) -> Self {
        let option = |id: &str, correct| ChoiceOption {
            id: OptionId::from(id),
            text: Text::default(),
            correct,
            weight: None,
            feedback: Text::default(),
        };
        Self {
            options: vec![
                option("true", statement_is_true),
                option("false", !statement_is_true),
            ],
        }
    }
}

impl Kind for TrueFalse {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        choice::read_choice(&self.options, payload, 1)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        choice::choice_payload_from_form(fields)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        choice::score_single(&self.options, response)
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        choice::right_options(&self.options)
    }

    fn chance(&self) -> Option<f64> {
        choice::mean_share(&self.options)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        let ids = self.options.iter().map(|option| option.id.as_str());
        check.add_if(!ids.eq(["true", "false"]), DraftProblemKind::TrueFalseOptions);
        choice::check_single_right(&self.options, check);
        choice::check_options(&self.options, false, check);
    }

    fn texts(&self) -> Vec<&Text> {
        choice::option_texts(&self.options)
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        choice::option_texts_mut(&mut self.options)
    }
}
