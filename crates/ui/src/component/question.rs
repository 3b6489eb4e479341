//! One question to be answered: a fieldset around its stem and a body by type
//! ([`QuestionBody`]). What a question is by its content is `web`'s to say.

use askama::Template;

use super::check::{CertaintyField, Check};
use super::question_body::{InlinePart, QuestionBody};
use super::upload::FileLook;
use crate::{Html, Texts};

/// A question on the attempt page. Its form fields, where `/` cannot stand in
/// an id: `answer/{slot}` or `answer/{slot}/{field}`, as the body says, and
/// `flag/{slot}` ("on"); and what the page showed when it was made: `was/{slot}`
/// (the answer's payload) and `was-flag/{slot}` ("on" or ""). An entry is due
/// only where a field differs from its `was`: so a stale tab never undoes what
/// another one saved.
#[derive(Debug, Clone, Template)]
#[template(path = "component/question.html")]
pub struct Question {
    /// The texts of the page.
    pub t: Texts,
    /// Counted from 1 in the order shown; what is only read counts in a row of its own.
    pub number: usize,
    /// The slot's id.
    pub slot: String,
    /// What this question and those after it refer to, above the first of them.
    pub stimulus: Option<Stimulus>,
    /// What is asked.
    pub stem: Html,
    /// The points as words: "1 điểm"; empty shows none.
    pub points: String,
    /// How it is answered.
    pub body: QuestionBody,
    /// The payload of the answer that the page shows; empty without one.
    pub was: String,
    /// How sure the student is, where that is asked.
    pub certainty: Option<CertaintyField>,
    /// What its checks found, where it can be checked.
    pub check: Option<Check>,
    /// Whether it can be answered, or dropped.
    pub gate: Gate,
    /// Marked by the student to come back to.
    pub flagged: bool,
    /// Why what stands in the fields could not be saved, as a sentence; empty when it could.
    pub refused: String,
    /// When the answer was saved: "10:42"; empty before.
    pub saved_at: String,
    /// Whether it is tried for oneself: nothing of it is kept.
    pub is_exercise: bool,
}

/// Whether a question can be answered, or dropped. Its buttons' `then` is
/// "discard/{slot}" and "restore/{slot}".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Gate {
    /// It is to be answered.
    #[default]
    Open,
    /// It is to be answered or dropped.
    Droppable,
    /// It must be answered, where others may be dropped.
    Protected,
    /// It was dropped.
    Dropped,
    /// It opens when the question of this number is complete.
    Locked(usize),
}

/// Material that several questions refer to.
#[derive(Debug, Clone)]
pub struct Stimulus {
    /// Its heading; empty shows none.
    pub title: String,
    /// What is read or looked at.
    pub text: Html,
    /// The first question that refers to it.
    pub from: usize,
    /// The last one.
    pub to: usize,
}

impl Stimulus {
    /// "Dùng cho các câu 3–5".
    pub(crate) fn refers(&self, t: Texts) -> String {
        if self.from == self.to {
            return t.with("attempt-stimulus-one", "number", self.from).to_string();
        }
        t.with("attempt-stimulus-several", "from", self.from)
            .and("to", self.to)
            .to_string()
    }
}

impl Question {
    /// Whether there is an answer.
    pub fn is_answered(&self) -> bool {
        self.body.is_answered()
    }

    /// Whether it takes an answer and counts among the questions.
    pub fn is_question(&self) -> bool {
        !matches!(self.body, QuestionBody::Information)
    }

    /// Whether it stands on the page without its fields.
    pub fn is_shut(&self) -> bool {
        matches!(self.gate, Gate::Dropped | Gate::Locked(_))
    }

    /// Whether it takes no more answers.
    pub fn is_finished(&self) -> bool {
        self.check.as_ref().is_some_and(|check| check.finished)
    }

    fn stimulus_refers(&self) -> String {
        let stimulus = self.stimulus.as_ref();
        stimulus
            .map(|stimulus| stimulus.refers(self.t))
            .unwrap_or_default()
    }

    fn anchor(&self) -> String {
        let row = if self.is_question() { "q" } else { "i" };
        format!("{row}-{}", self.number)
    }

    /// The name of a field of the form.
    fn name(&self, field: &str) -> String {
        match field {
            "" => format!("answer/{}", self.slot),
            field => format!("answer/{}/{field}", self.slot),
        }
    }

    /// The id of a field, unique on the page.
    fn id(&self, field: &str) -> String {
        match field {
            "" => format!("q-{}-answer", self.number),
            field => format!("q-{}-{}", self.number, field.replace('/', "-")),
        }
    }

    /// The id of what a row is called.
    fn row_id(&self, row: &usize) -> String {
        format!("q-{}-row-{row}", self.number)
    }

    fn is_choice(&self) -> bool {
        matches!(self.body, QuestionBody::Options(_))
    }

    /// The payload behind `was/{slot}`; nothing can differ from a finished one.
    fn shown(&self) -> &str {
        if self.is_finished() { "" } else { &self.was }
    }
}

/// The words of an option of a true/false question whose author wrote none.
pub fn statement_option(t: Texts, is_true: bool) -> Html {
    let words = if is_true {
        t.get("quiz-true")
    } else {
        t.get("quiz-false")
    };
    Html::trusted(words)
}
