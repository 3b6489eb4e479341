//! What an author typed into one field, and what is wrong with it.

use assessment::ExpressionError;

use crate::Texts;

/// A text of the quiz in the language that is being edited.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// As typed.
    pub value: String,
    /// Tags of the other languages that it has: "de, en"; empty for none.
    pub also: String,
    /// What it says in the quiz's first language, while another one is edited; plain text.
    pub reference: String,
    /// Whether it is HTML and not Markdown, as imported questions are.
    pub is_html: bool,
}

impl Wording {
    /// A text that is only in the edited language.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            ..Self::default()
        }
    }

    /// Whether something is said below its label.
    pub(super) fn is_noted(&self) -> bool {
        self.is_html || !self.also.is_empty() || !self.reference.is_empty()
    }
}

/// Something that keeps a quiz from being saved or published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The id of the field, or of what stands around it.
    pub field: String,
    /// The question that it concerns, counted from 1.
    pub question: Option<usize>,
    /// What is wrong, as a sentence.
    pub text: String,
}

impl FieldProblem {
    /// The problem of this key (those of `assessment::DraftProblem`, and
    /// "not-a-number", "not-a-time"), in words.
    pub fn new(t: Texts, key: &str, question: Option<usize>, field: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            question,
            text: problem_text(t, key),
        }
    }

    /// A problem of an expression, in words, with the letter at which it is.
    pub fn of_expression(
        t: Texts,
        error: &ExpressionError,
        question: Option<usize>,
        field: impl Into<String>,
    ) -> Self {
        let what = t.get(&format!("authoring-expression-{}", error.problem.key()));
        let at = match error.line {
            1 => t.with("authoring-at", "column", error.column),
            line => t
                .with("authoring-at-line", "line", line)
                .and("column", error.column),
        };
        Self {
            field: field.into(),
            question,
            text: format!("{what} {at}"),
        }
    }

    /// The same problem, in a line of its field, counted from 1.
    #[must_use]
    pub fn on_line(self, t: Texts, line: usize) -> Self {
        let text = t.with("authoring-line", "line", line).and("problem", self.text);
        Self {
            text: text.to_string(),
            ..self
        }
    }
}

/// The sentence for a problem's key.
pub fn problem_text(t: Texts, key: &str) -> String {
    t.get(&format!("quiz-problem-{key}")).into_owned()
}

/// What stands behind the title of a copy.
pub fn copy_suffix(t: Texts) -> String {
    format!(" ({})", t.get("quiz-copy-word"))
}
