//! The preview: the saved draft as a student sees it, with the key folded away
//! below each question, and with what of it one student gets. Nothing is sent or
//! marked.

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
    /// The points that a student can reach: "30", or "28–30" where it depends on a choice.
    pub points: String,
    /// The name of the examination scheme; empty where points are simply added.
    pub scheme: String,
    /// Whether each student gets the questions before all sections in another order.
    pub is_shuffled: bool,
    /// Whether a student gets only some of what is shown.
    pub is_pool: bool,
    /// The questions before all sections, where there are any; then all sections.
    pub sections: Vec<PreviewSection>,
    /// Back to the editor.
    pub edit_path: String,
}

/// A section with its whole pool.
#[derive(Debug, Clone, Default)]
pub struct PreviewSection {
    /// Its heading; empty for the questions before all sections.
    pub title: String,
    /// Shown above its questions; empty shows none.
    pub introduction: Html,
    /// Which sections can be chosen instead, as a sentence; empty where there is no choice.
    pub choice: String,
    /// What is drawn, dropped and counted, a sentence each.
    pub notes: Vec<String>,
    /// In the author's order.
    pub questions: Vec<PreviewQuestion>,
}

/// A question with its key.
#[derive(Debug, Clone)]
pub struct PreviewQuestion {
    /// As a student sees it, with the number that it has in the editor.
    pub question: component::Question,
    /// When it opens, and what it is drawn by.
    pub notes: Vec<String>,
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

impl Preview {
    fn is_empty(&self) -> bool {
        self.sections.iter().all(|section| section.questions.is_empty())
    }
}

impl Page for Preview {
    const NAME: &'static str = "quiz/preview";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        sample::previews(language)
    }
}
