//! What an attempt's page says of a question that can be checked: what the last
//! check found, the hint that is due, and the button for the next one.

use askama::Template;

use super::reviewed::{ReviewedBody, ReviewedInline, ReviewedPart, Verdict, remarks};
use super::upload::FileLook;
use crate::{Html, Texts};

/// The checks of one question, below its fields or, when it is finished, instead
/// of them. The button is `then`, "check/{slot}".
#[derive(Debug, Clone, Template)]
#[template(path = "component/check.html")]
pub struct Check {
    /// The texts of the page.
    pub t: Texts,
    /// The question's number.
    pub number: usize,
    /// The slot's id.
    pub slot: String,
    /// Where its button sends the form, if elsewhere than the form says; empty for there.
    pub action: String,
    /// Whether it takes no more answers.
    pub finished: bool,
    /// How many tries are left and what the next one costs; empty when neither matters.
    pub rule: String,
    /// Whether the student asked without an answer.
    pub blank: bool,
    /// What the last check found; `None` before the first.
    pub found: Option<Found>,
    /// Whether it is tried for oneself: then the right answer can be asked for (`then`, "answer/{slot}"), and the form
    /// brings back what was judged (`checked`) and shown (`revealed`).
    pub is_exercise: bool,
    /// Whether the right answer of an exercise is not to be had.
    pub keeps_answer_back: bool,
}

/// What a check found, as far as the rules show it.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How good the answer was; `None` when marks are hidden.
    pub verdict: Option<Verdict>,
    /// "0,67/1", what the question is worth so far; empty when marks are hidden.
    pub mark: String,
    /// "2/4 phần đúng"; empty when the hint does not say it.
    pub parts_right: String,
    /// The answer that was checked; `None` where its parts say nothing more.
    pub body: Option<ReviewedBody>,
    /// Feedback of the question and of what was answered.
    pub feedback: Vec<Html>,
    /// The hint that is due; empty for none.
    pub hint: Html,
    /// Whether the right answer was asked for and is shown.
    pub is_revealed: bool,
}

impl Check {
    /// Whether the right answer may be asked for: after a try that was not right.
    fn can_reveal(&self) -> bool {
        let unsolved = |found: &Found| !found.is_revealed && found.verdict != Some(Verdict::Right);
        self.is_exercise && !self.keeps_answer_back && self.found.as_ref().is_some_and(unsolved)
    }

    fn remarks(&self) -> Vec<ReviewedPart> {
        let body = self.found.as_ref().and_then(|found| found.body.as_ref());
        body.map(remarks).unwrap_or_default()
    }
}

/// How sure a student is of an answer: field `certainty/{slot}`, "1", "2" or "3",
/// and `was-certainty/{slot}`, what the page showed when it was made.
#[derive(Debug, Clone, Template)]
#[template(path = "component/certainty.html")]
pub struct CertaintyField {
    /// The texts of the page.
    pub t: Texts,
    /// The question's number.
    pub number: usize,
    /// The slot's id.
    pub slot: String,
    /// The chosen level; empty before.
    pub chosen: String,
    /// The lowest one first.
    pub levels: Vec<CertaintyLevel>,
    /// Whether it can be changed no more.
    pub finished: bool,
}

/// One level of certainty.
#[derive(Debug, Clone)]
pub struct CertaintyLevel {
    /// "1", "2" or "3".
    pub value: &'static str,
    /// What a right answer brings, in points: "0,67".
    pub right: String,
    /// What a wrong one costs, in points: "−0,67".
    pub wrong: String,
}

impl CertaintyField {
    fn words(&self, level: &CertaintyLevel) -> String {
        let key = match level.value {
            "3" => "behaviour-certainty-high",
            "2" => "behaviour-certainty-medium",
            _ => "behaviour-certainty-low",
        };
        self.t.get(key).into_owned()
    }

    fn counts(&self, level: &CertaintyLevel) -> String {
        self.t
            .with("behaviour-certainty-counts", "right", level.right.as_str())
            .and("wrong", level.wrong.as_str())
            .to_string()
    }
}
