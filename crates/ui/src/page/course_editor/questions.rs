//! What an author takes from the organisation's quizzes: a question for a lesson, or a
//! whole quiz as a step.

use askama::Template;

use super::field::EditorHead;
use crate::{Frame, Html, Language, Page, Role};

/// Questions to take one of. The search is a GET with `q`; a button posts `assessment` and `slot` to `{path}`.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/questions.html")]
pub struct QuestionsPage {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// "…/lessons/{step}/questions".
    pub path: String,
    /// The lesson's editor.
    pub lesson_path: String,
    /// The lesson's title as plain text.
    pub lesson: String,
    /// What was searched for.
    pub search: String,
    /// The quizzes in which questions were found.
    pub quizzes: Vec<FoundQuestions>,
    /// Whether there are more.
    pub more: bool,
}

/// A quiz with its questions.
pub type FoundQuestions = (String, Vec<FoundQuestion>);

/// A question that can be taken.
#[derive(Debug, Clone)]
pub struct FoundQuestion {
    /// The quiz.
    pub assessment: String,
    /// Where it stands in it.
    pub slot: String,
    /// What it asks.
    pub stem: Html,
    /// Its type in words.
    pub kind: String,
}

/// Quizzes to take one of. As [`QuestionsPage`]; a button posts `assessment` and `unit`.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/quizzes.html")]
pub struct QuizzesPage {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// "…/{course}/quizzes".
    pub path: String,
    /// The unit that it comes into.
    pub unit: String,
    /// That unit's title as plain text.
    pub unit_title: String,
    /// What was searched for.
    pub search: String,
    /// In the order shown.
    pub quizzes: Vec<FoundQuiz>,
}

/// A quiz that can be taken.
#[derive(Debug, Clone)]
pub struct FoundQuiz {
    /// Its id.
    pub id: String,
    /// Its title as plain text.
    pub title: String,
    /// How many questions it asks: "8".
    pub questions: String,
    /// How many these are at most.
    pub most_questions: usize,
}

impl Page for QuestionsPage {
    const NAME: &'static str = "course_editor/questions";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let head = EditorHead::sample(&frame, "");
        let question = |slot: &str, stem: &str| FoundQuestion {
            assessment: "1".to_owned(),
            slot: slot.to_owned(),
            stem: Html::words(stem),
            kind: frame.t.get("quiz-kind-true-false").into_owned(),
        };
        let found = Self {
            path: format!("{}/lessons/mo-may/questions", head.path),
            lesson_path: format!("{}/lessons/mo-may", head.path),
            lesson: "Trước khi mở máy".to_owned(),
            search: "kinh".to_owned(),
            quizzes: vec![(
                "An toàn lao động trong xưởng cơ khí".to_owned(),
                vec![
                    question("s1", "Khi tiện phải đeo kính bảo hộ."),
                    question("s2", "Có thể đeo găng tay khi khoan."),
                ],
            )],
            more: true,
            head,
            frame,
        };
        let nothing = Self {
            quizzes: Vec::new(),
            more: false,
            ..found.clone()
        };
        vec![("found", found), ("nothing", nothing)]
    }
}

impl Page for QuizzesPage {
    const NAME: &'static str = "course_editor/quizzes";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let head = EditorHead::sample(&frame, "");
        let found = Self {
            path: format!("{}/quizzes", head.path),
            unit: "may".to_owned(),
            unit_title: "Bên máy".to_owned(),
            search: String::new(),
            quizzes: vec![FoundQuiz {
                id: "1".to_owned(),
                title: "An toàn lao động trong xưởng cơ khí".to_owned(),
                questions: "20".to_owned(),
                most_questions: 20,
            }],
            head,
            frame,
        };
        let nothing = Self {
            quizzes: Vec::new(),
            ..found.clone()
        };
        vec![("found", found), ("nothing", nothing)]
    }
}
