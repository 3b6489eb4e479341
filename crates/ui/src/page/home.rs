//! The front page: what this is, for whoever opens our address by itself.

use askama::Template;

use crate::{Frame, Language, Page};

/// The front page.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html")]
pub struct Home {
    /// The surroundings; [`Frame::open`].
    pub frame: Frame,
}

impl Page for Home {
    const NAME: &'static str = "home";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::open(language, |other| format!("?language={}", other.tag()));
        let frame = frame.offering_sign_in();
        vec![("first", Self { frame })]
    }
}
