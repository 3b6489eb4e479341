//! The ways of answering, one file below `interaction/` for each: its model, how
//! its response payload is read and marked, what a plain form sends, and what
//! keeps a draft of it from being published. This file holds the enum and the
//! one place where types are told apart ([`Interaction::kind`]).
//!
//! A new type: a file with its model and its `impl Kind`, a variant, and a line
//! in each match below; the compiler asks for the rest.
//!
//! Left out on purpose: points and policy (`outcome`), pages (`ui`).

mod choice;
mod information;
mod multiple_choice;
pub(crate) mod payload;
mod true_false;

use serde::{Deserialize, Serialize};
use text::Text;

use crate::draft_check::ItemCheck;
use crate::id::SlotId;
use crate::response::{Response, ResponseProblem};
use crate::scoring::ItemMark;

pub(crate) use choice::written_options;
pub use choice::{Choice, ChoiceOption};
pub use information::Information;
pub use multiple_choice::{MultipleChoice, MultipleChoiceScoring};
pub use true_false::TrueFalse;

/// The ways of answering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Interaction {
    /// Exactly one option is right and at most one is chosen.
    SingleChoice(Choice),
    /// Any number of options is right.
    MultipleChoice(MultipleChoice),
    /// A statement: two options with the ids `true` and `false`.
    TrueFalse(TrueFalse),
    /// Something to read, without an answer.
    Information(Information),
}

impl Interaction {
    /// The type's name in JSON, such as `single_choice`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::SingleChoice(_) => "single_choice",
            Self::MultipleChoice(_) => "multiple_choice",
            Self::TrueFalse(_) => "true_false",
            Self::Information(_) => "information",
        }
    }

    /// What this type does.
    pub(crate) fn kind(&self) -> &dyn Kind {
        match self {
            Self::SingleChoice(kind) => kind,
            Self::MultipleChoice(kind) => kind,
            Self::TrueFalse(kind) => kind,
            Self::Information(kind) => kind,
        }
    }

    pub(crate) fn kind_mut(&mut self) -> &mut dyn Kind {
        match self {
            Self::SingleChoice(kind) => kind,
            Self::MultipleChoice(kind) => kind,
            Self::TrueFalse(kind) => kind,
            Self::Information(kind) => kind,
        }
    }
}

/// Where and how a question is answered: what its reading and marking may
/// depend on besides the question itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The attempt's language (BCP 47); rules how numbers are read.
    pub language: &'a str,
    /// The attempt's seed; rules orders and the values of variables.
    pub seed: i64,
    /// The place of the question in its assessment.
    pub slot: &'a SlotId,
}

/// What each type of question can do. A type's own file documents its payload
/// and the form fields that lead to it.
pub(crate) trait Kind {
    /// Reads a payload that is not empty and within its limit.
    fn read(&self, payload: &str, context: &Context<'_>) -> Result<Response, ResponseProblem>;

    /// The payload that a plain form's fields say, as they say it: judging is
    /// [`Kind::read`]'s. Names are what stands behind `answer/{slot}/`, and
    /// empty for `answer/{slot}` itself; others are passed over.
    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String;

    /// Marks a response that is not [`Response::Unanswered`]. One of another
    /// type's shape is worth 0.
    fn score(&self, response: &Response, context: &Context<'_>) -> ItemMark;

    /// A response worth 1; [`Response::Unanswered`] where none can be named.
    fn right_response(&self, context: &Context<'_>) -> Response;

    /// The expected fraction of a blind guess, from 0 to 1; `None` where it is
    /// not defined.
    fn chance(&self) -> Option<f64>;

    /// Finds what keeps the question from being published, besides its stem
    /// and points.
    fn check(&self, check: &mut ItemCheck<'_>);

    /// Every text of the type's own, written or not.
    fn texts(&self) -> Vec<&Text>;

    /// Every text of the type's own, to be changed.
    fn texts_mut(&mut self) -> Vec<&mut Text>;

    /// Whether it has an answer at all and counts among the questions.
    fn is_question(&self) -> bool {
        true
    }

    /// Whether an answer can be right or wrong; if not, it is worth nothing.
    fn is_marked(&self) -> bool {
        self.is_question()
    }

    /// Whether it says what is asked even without a stem.
    fn has_own_text(&self) -> bool {
        false
    }
}
