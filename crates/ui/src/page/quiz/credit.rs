//! What a question's options are worth, and what is said by how right an answer was.

use super::field::Wording;

/// What is said after marking, by how right the answer was: fields
/// `q{n}_right_feedback`, `q{n}_partly_feedback`, `q{n}_wrong_feedback`.
#[derive(Debug, Clone, Default)]
pub struct ResultWordings {
    /// To a fully right answer.
    pub right: Wording,
    /// To one that is partly right.
    pub partly: Wording,
    /// To one that is worth nothing.
    pub wrong: Wording,
}

impl ResultWordings {
    pub(crate) fn is_written(&self) -> bool {
        let words = [&self.right, &self.partly, &self.wrong];
        words.into_iter().any(|words| !words.value.is_empty())
    }

    /// Field, label and words of each.
    pub(crate) fn fields(&self) -> [(&'static str, &'static str, &Wording); 3] {
        [
            ("right_feedback", "quiz-feedback-right", &self.right),
            ("partly_feedback", "quiz-feedback-partly", &self.partly),
            ("wrong_feedback", "quiz-feedback-wrong", &self.wrong),
        ]
    }
}
