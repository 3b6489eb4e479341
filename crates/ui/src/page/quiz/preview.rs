//! The preview: the saved draft as a student sees it, with the key folded away
//! below each question. Nothing is sent or marked.

use askama::Template;
use assessment::GradeFrom;

use super::sample;
use crate::page::attempt;
use crate::{Frame, Html, Language, Page, component};

/// A draft as students would see it.
#[derive(Debug, Clone, Template)]
#[template(path = "quiz/preview.html")]
pub struct Preview {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title; empty for one without.
    pub title: String,
    /// The author's introduction; empty shows none.
    pub introduction: Html,
    /// What holds for this quiz.
    pub rules: attempt::Rules,
    /// Whether students would see the questions in this order.
    pub is_shuffled: bool,
    /// In the author's order.
    pub questions: Vec<PreviewQuestion>,
    /// Back to the editor.
    pub edit_path: String,
}

/// A question with its key.
#[derive(Debug, Clone)]
pub struct PreviewQuestion {
    /// As a student sees it.
    pub question: component::Question,
    /// Each option, in order.
    pub answers: Vec<Answer>,
    /// Shown after marking, whatever was answered; empty shows none.
    pub feedback: Html,
}

/// An option in the key.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the student reads.
    pub text: Html,
    /// Whether it is right.
    pub right: bool,
    /// Shown to whoever chose it; empty shows none.
    pub feedback: Html,
}

impl Page for Preview {
    const NAME: &'static str = "quiz/preview";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        sample::previews(language)
    }
}
