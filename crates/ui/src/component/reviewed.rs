//! One question as it is shown after submitting.

use askama::Template;

use crate::{Html, Texts};

/// A question on the review page. What the rules hide is left empty by `web`.
#[derive(Debug, Clone, Template)]
#[template(path = "component/reviewed.html")]
pub struct Reviewed {
    /// The texts of the page.
    pub t: Texts,
    /// Counted from 1 in the order shown.
    pub number: usize,
    /// What was asked.
    pub stem: Html,
    /// "1/1"; empty when marks are hidden.
    pub mark: String,
    /// How good the answer was; `None` when marks are hidden.
    pub verdict: Option<Verdict>,
    /// Whether anything was answered.
    pub answered: bool,
    /// Whether several options could be chosen.
    pub several: bool,
    /// In the order shown.
    pub options: Vec<ReviewedOption>,
    /// The question's own feedback; empty shows none.
    pub feedback: Html,
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

impl Reviewed {
    /// Filled for samples, in three states by number.
    pub(crate) fn sample(t: Texts, number: usize) -> Self {
        let question = super::Question::sample(t, number);
        let (verdict, chosen) = match number % 3 {
            1 => (Verdict::Right, Some(0)),
            2 => (Verdict::Wrong, Some(1)),
            _ => (Verdict::Wrong, None),
        };
        let options = question.options.into_iter().enumerate().map(|(index, option)| ReviewedOption {
            text: option.text,
            chosen: chosen == Some(index),
            right: Some(index == 0),
            feedback: if chosen == Some(index) {
                Html::trusted("<p>Xem lại quy trình khóa nguồn ở bài 2: máy phải dừng hẳn trước khi chạm vào dao.</p>")
            } else {
                Html::default()
            },
        });
        Self {
            t,
            number,
            stem: question.stem,
            mark: if verdict == Verdict::Right { "1/1" } else { "0/1" }.to_owned(),
            verdict: Some(verdict),
            answered: chosen.is_some(),
            several: false,
            options: options.collect(),
            feedback: Html::default(),
        }
    }
}
