//! The button that spends an administrator's link.

use askama::Template;

use crate::{Frame, Language, Page};

/// Looking at the link spends nothing; the button does.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/sign_in.html")]
pub struct SignIn {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// What is administered.
    pub organisation: String,
    /// Where the button posts to.
    pub action: String,
}

impl Page for SignIn {
    const NAME: &'static str = "administration/sign_in";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::bare(language),
            organisation: "Trường Cao đẳng Công nghệ Thủ Đức".to_owned(),
            action: "/administration/k2J3sample".to_owned(),
        };
        vec![("first", page)]
    }
}
