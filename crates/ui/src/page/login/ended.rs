//! After "not me": nobody is signed in here any more.

use askama::Template;

use crate::{Frame, Language, Page};

/// Says that the session has ended and how to go on.
#[derive(Debug, Clone, Template)]
#[template(path = "login/ended.html")]
pub struct Ended {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
}

impl Page for Ended {
    const NAME: &'static str = "login/ended";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        vec![(
            "usual",
            Self {
                frame: Frame::bare(language),
            },
        )]
    }
}
