//! The question before a draft is deleted that no student has ever got.

use askama::Template;

use crate::{Frame, Language, Page, Role};

/// Asks once more. The form posts to `{path}/archive`.
#[derive(Debug, Clone, Template)]
#[template(path = "quiz/remove.html")]
pub struct Remove {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/quizzes/…", without a slash at the end.
    pub path: String,
    /// Its title as plain text; empty for one without.
    pub name: String,
    /// How many questions go with it.
    pub questions: usize,
}

impl Page for Remove {
    const NAME: &'static str = "quiz/remove";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let named = Self {
            path: format!("{}/quizzes/3", frame.prefix()),
            name: "An toàn điện khi sửa chữa máy công cụ".to_owned(),
            questions: 4,
            frame,
        };
        let untitled = Self {
            name: String::new(),
            ..named.clone()
        };
        vec![("named", named), ("untitled", untitled)]
    }
}
