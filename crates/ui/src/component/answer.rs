//! The right answer to a question on a page that judges nothing: folded until the
//! reader has thought of one.

use askama::Template;

use super::reviewed::{ReviewedBody, ReviewedInline, ReviewedPart, Verdict, remarks};
use super::upload::FileLook;
use crate::{Html, Texts};

/// A right answer, and what is said about it.
#[derive(Debug, Clone, Template)]
#[template(path = "component/answer.html")]
pub struct Answer {
    /// The texts of the page.
    pub t: Texts,
    /// The question's number.
    pub number: usize,
    /// The answer; [`ReviewedBody::Information`] where none can be named.
    pub body: ReviewedBody,
    /// Feedback of the question.
    pub feedback: Vec<Html>,
}

impl Answer {
    fn remarks(&self) -> Vec<ReviewedPart> {
        remarks(&self.body)
    }
}
