//! The ways of answering, one file below `interaction/` for each: its model, how
//! its response payload is read and marked, what a plain form sends, and what
//! keeps a draft of it from being published. This file holds the enum and the
//! one place where types are told apart ([`Interaction::kind`]).
//!
//! A new type: a file with its model and its `impl Kind`, a variant, and a line
//! in each match below; the compiler asks for the rest.
//!
//! Left out on purpose: points and policy (`outcome`), pages (`ui`).

mod accepted;
mod associate;
mod calculated;
mod choice;
mod cloze;
mod drag_onto_image;
mod essay;
mod graphic_order;
mod hottext;
mod information;
mod likert;
mod mark_spot;
mod marker;
mod matching;
mod matrix;
mod multiple_choice;
mod numerical;
mod ordering;
pub(crate) mod payload;
mod picture;
mod piece;
mod placing;
mod program_gaps;
mod readings;
mod select_missing_words;
mod short_text;
mod slider;
mod true_false;
mod typed;
#[cfg(test)]
mod typed_testing;
mod upload;
mod variable;

use serde::{Deserialize, Serialize};
use text::Text;

use crate::draft_check::ItemCheck;
use crate::id::SlotId;
use crate::response::{Response, ResponseProblem};
use crate::scoring::ItemMark;

pub use accepted::{AcceptedNumber, AcceptedText, Tolerance};
pub use associate::{Associate, RightLink};
pub use calculated::{Calculated, CalculatedAnswer, ShownRounding};
pub(crate) use choice::written_options;
pub use choice::{Choice, ChoiceOption};
pub use cloze::{Cloze, Gap, GapKind};
pub use drag_onto_image::{DragOntoImage, Zone};
pub use essay::{Essay, EssayLength};
pub use graphic_order::{GraphicOrder, Spot};
pub use hottext::{Hottext, Passage};
pub use information::Information;
pub use likert::{Likert, Statement};
pub use mark_spot::{MarkSpot, SpotRegion};
pub use marker::{Marker, markers};
pub use matching::{Matching, Stem};
pub use matrix::{Matrix, MatrixRow, RowScoring};
pub use multiple_choice::{MultipleChoice, MultipleChoiceScoring};
pub use numerical::Numerical;
pub use ordering::{Ordering, OrderingScoring};
pub use picture::{ImageRef, Region};
pub use piece::Piece;
pub use program_gaps::{ProgramGap, ProgramGaps};
pub use readings::{number_readings, shown_text};
pub use select_missing_words::{SelectMissingWords, WordGap};
pub use short_text::ShortText;
pub use slider::Slider;
pub use true_false::TrueFalse;
pub use upload::{FileKind, Upload, UploadedFile};
pub use variable::{Variable, VariableValues};

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
    /// Each stem gets the choice that belongs to it.
    Matching(Matching),
    /// Pieces are joined two by two.
    Associate(Associate),
    /// Pieces are put in order.
    Ordering(Ordering),
    /// Gaps in a text are filled from choices.
    SelectMissingWords(SelectMissingWords),
    /// Passages of a text are chosen.
    Hottext(Hottext),
    /// Zones of a picture get the labels that belong there.
    DragOntoImage(DragOntoImage),
    /// Spots in a picture are marked.
    MarkSpot(MarkSpot),
    /// Spots of a picture are put in order.
    GraphicOrder(GraphicOrder),
    /// A value is set between two ends.
    Slider(Slider),
    /// In each row of a table one column is chosen, or several.
    Matrix(Matrix),
    /// Statements are rated; nothing is right and nothing is marked.
    Likert(Likert),
    /// A word or a few are typed.
    ShortText(ShortText),
    /// A number is typed.
    Numerical(Numerical),
    /// A number is worked out from values that differ from attempt to attempt.
    Calculated(Calculated),
    /// Gaps in a text are chosen or typed.
    Cloze(Cloze),
    /// Gaps in a machine's program are typed.
    ProgramGaps(ProgramGaps),
    /// A longer text, which somebody marks.
    Essay(Essay),
    /// Files or photos, which somebody marks.
    Upload(Upload),
    /// Something to read, without an answer.
    Information(Information),
}

// What every type does in the same way.
macro_rules! of_every_type {
    ($interaction:expr, $kind:ident => $done:expr) => {
        match $interaction {
            Interaction::SingleChoice($kind) => $done,
            Interaction::MultipleChoice($kind) => $done,
            Interaction::TrueFalse($kind) => $done,
            Interaction::Matching($kind) => $done,
            Interaction::Associate($kind) => $done,
            Interaction::Ordering($kind) => $done,
            Interaction::SelectMissingWords($kind) => $done,
            Interaction::Hottext($kind) => $done,
            Interaction::DragOntoImage($kind) => $done,
            Interaction::MarkSpot($kind) => $done,
            Interaction::GraphicOrder($kind) => $done,
            Interaction::Slider($kind) => $done,
            Interaction::Matrix($kind) => $done,
            Interaction::Likert($kind) => $done,
            Interaction::ShortText($kind) => $done,
            Interaction::Numerical($kind) => $done,
            Interaction::Calculated($kind) => $done,
            Interaction::Cloze($kind) => $done,
            Interaction::ProgramGaps($kind) => $done,
            Interaction::Essay($kind) => $done,
            Interaction::Upload($kind) => $done,
            Interaction::Information($kind) => $done,
        }
    };
}

impl Interaction {
    /// The type's name in JSON, such as `single_choice`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::SingleChoice(_) => "single_choice",
            Self::MultipleChoice(_) => "multiple_choice",
            Self::TrueFalse(_) => "true_false",
            Self::Matching(_) => "matching",
            Self::Associate(_) => "associate",
            Self::Ordering(_) => "ordering",
            Self::SelectMissingWords(_) => "select_missing_words",
            Self::Hottext(_) => "hottext",
            Self::DragOntoImage(_) => "drag_onto_image",
            Self::MarkSpot(_) => "mark_spot",
            Self::GraphicOrder(_) => "graphic_order",
            Self::Slider(_) => "slider",
            Self::Matrix(_) => "matrix",
            Self::Likert(_) => "likert",
            Self::ShortText(_) => "short_text",
            Self::Numerical(_) => "numerical",
            Self::Calculated(_) => "calculated",
            Self::Cloze(_) => "cloze",
            Self::ProgramGaps(_) => "program_gaps",
            Self::Essay(_) => "essay",
            Self::Upload(_) => "upload",
            Self::Information(_) => "information",
        }
    }

    /// Whether an answer can be right or wrong. Otherwise it is worth nothing.
    pub fn is_marked(&self) -> bool {
        self.kind().is_marked()
    }

    /// Whether somebody has to mark its answers.
    pub fn needs_marker(&self) -> bool {
        matches!(self, Self::Essay(_) | Self::Upload(_))
    }

    /// Whether it says what is asked even without a stem.
    pub fn has_own_text(&self) -> bool {
        self.kind().has_own_text()
    }

    /// What this type does.
    pub(crate) fn kind(&self) -> &dyn Kind {
        of_every_type!(self, kind => kind)
    }

    pub(crate) fn kind_mut(&mut self) -> &mut dyn Kind {
        of_every_type!(self, kind => kind)
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
