//! One question as it is shown after submitting: what was answered and, as far
//! as the rules show it, what of it is right, the right answer and feedback.

use askama::Template;

use super::marking::{DecisionList, MarkForm};
use super::question::Stimulus;
use super::question_body::Picture;
use super::upload::{FileLook, UploadedFile};
use crate::{Html, Texts};

/// A question on the review page. What the rules hide is left empty by `web`.
#[derive(Debug, Clone, Template)]
#[template(path = "component/reviewed.html")]
pub struct Reviewed {
    /// The texts of the page.
    pub t: Texts,
    /// Counted from 1 in the order shown; what is only read counts in a row of its own.
    pub number: usize,
    /// What this question and those after it refer to, above the first of them.
    pub stimulus: Option<Stimulus>,
    /// What was asked.
    pub stem: Html,
    /// "1/1"; empty when marks are hidden.
    pub mark: String,
    /// How good the answer was; `None` when marks are hidden.
    pub verdict: Option<Verdict>,
    /// Whether anything was answered.
    pub answered: bool,
    /// Whether it was dropped and does not count.
    pub is_left_out: bool,
    /// The answer.
    pub body: ReviewedBody,
    /// Feedback of the question and of what was answered.
    pub feedback: Vec<Html>,
    /// How sure the student was, in words; empty where that is not asked.
    pub certainty: String,
    /// What was answered and checked, in order; empty when hidden.
    pub history: Vec<HistoryLine>,
    /// What markers and regrades did.
    pub marking: ReviewedMarking,
}

/// One step of the work at a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// "10:42".
    pub at: String,
    /// What was done, in words.
    pub what: String,
}

/// What markers and regrades did to the mark of a question.
#[derive(Debug, Clone, Default)]
pub struct ReviewedMarking {
    /// How a regrade marks it instead.
    pub how: Option<MarkedOtherwise>,
    /// What markers wrote to the student.
    pub comments: Vec<String>,
    /// Every decision so far, for an instructor.
    pub history: Option<DecisionList>,
    /// Where an instructor decides.
    pub form: Option<MarkForm>,
}

/// How a regrade marks a question instead of by its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkedOtherwise {
    /// It counts for nothing.
    Dropped,
    /// Everybody has all its points.
    FullMarks,
    /// Everybody who answered has all its points.
    FullMarksIfAnswered,
}

/// How good an answer was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Fully right.
    Right,
    /// In part.
    Partly,
    /// Not at all.
    Wrong,
    /// Somebody has to mark it first.
    Waiting,
}

/// An answer after submitting.
#[derive(Debug, Clone)]
pub enum ReviewedBody {
    /// Options to choose from.
    Options {
        /// Whether several could be chosen.
        several: bool,
        /// In the order shown.
        options: Vec<ReviewedOption>,
    },
    /// Answers one below the other, each with what it belongs to.
    Parts {
        /// What they refer to.
        picture: Option<Picture>,
        /// In the order shown.
        parts: Vec<ReviewedPart>,
    },
    /// A text with the answers in it.
    Inline(Vec<ReviewedInline>),
    /// A program in lines with the answers in it.
    Program(Vec<Vec<ReviewedInline>>),
    /// Files.
    Files(Vec<UploadedFile>),
    /// Nothing: the stem is only read.
    Information,
}

/// One option after submitting.
#[derive(Debug, Clone)]
pub struct ReviewedOption {
    /// What the student read.
    pub text: Html,
    /// Whether the student chose it.
    pub chosen: bool,
    /// Whether it is right; `None` when right answers are hidden.
    pub right: Option<bool>,
    /// Its feedback; empty shows none.
    pub feedback: Html,
}

/// The answer at one place.
#[derive(Debug, Clone, Default)]
pub struct ReviewedPart {
    /// What the place is called; empty where the question has only one.
    pub label: Html,
    /// What was answered; empty for nothing.
    pub given: Html,
    /// Whether the answer keeps its own line breaks.
    pub is_long: bool,
    /// What else is to be said of it: how a number was read, how many words.
    pub note: String,
    /// How good it is; `None` when marks are hidden or nothing is marked.
    pub verdict: Option<Verdict>,
    /// The right answer; empty when it is hidden, the same, or none can be named.
    pub right: Html,
    /// Its feedback; empty shows none.
    pub feedback: Html,
}

/// A piece of a text with answers in it.
#[derive(Debug, Clone)]
pub enum ReviewedInline {
    /// What is read.
    Text(Html),
    /// What was typed or chosen in a gap; its label, note and feedback are not shown there.
    Gap(ReviewedPart),
    /// Words that could be ticked.
    Passage(ReviewedOption),
}

impl Reviewed {
    /// Whether it counts among the questions.
    pub fn is_question(&self) -> bool {
        !matches!(self.body, ReviewedBody::Information)
    }

    /// The gaps of a text of which something is said below it.
    fn remarks(&self) -> Vec<ReviewedPart> {
        remarks(&self.body)
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
}

impl ReviewedPart {
    fn has_remark(&self) -> bool {
        !self.note.is_empty() || !self.feedback.is_empty()
    }
}

/// The gaps of a text of which something is said below it.
pub(super) fn remarks(body: &ReviewedBody) -> Vec<ReviewedPart> {
    let pieces: Vec<&ReviewedInline> = match body {
        ReviewedBody::Inline(pieces) => pieces.iter().collect(),
        ReviewedBody::Program(lines) => lines.iter().flatten().collect(),
        _ => Vec::new(),
    };
    let remark = |piece: &'_ ReviewedInline| match piece {
        ReviewedInline::Gap(part) if part.has_remark() => Some(part.clone()),
        _ => None,
    };
    pieces.into_iter().filter_map(remark).collect()
}
