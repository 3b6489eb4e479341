//! A good invitation asks for a name; nothing is spent before it is given.

use askama::Template;

use crate::{Frame, Language, Page};

/// Asks a new learner for their name. The form posts to `/sign-in/code`.
#[derive(Debug, Clone, Template)]
#[template(path = "learner/name.html")]
pub struct Name {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// The invitation's code, which goes on with the form.
    pub code: String,
    /// Who invites.
    pub organisation: String,
    /// The name as it was typed.
    pub name: String,
    /// True when it is none, or too long.
    pub is_wrong: bool,
}

impl Page for Name {
    const NAME: &'static str = "learner/name";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let first = Self {
            frame: Frame::bare(language),
            code: "K7PM-3XQT".to_owned(),
            organisation: "Trường Cao đẳng Công nghệ Thủ Đức".to_owned(),
            name: String::new(),
            is_wrong: false,
        };
        let wrong = Self {
            name: "--".to_owned(),
            is_wrong: true,
            ..first.clone()
        };
        vec![("first", first), ("wrong", wrong)]
    }
}
