//! After "Not me": the session is over, nobody's name is shown.

use askama::Template;

use crate::{Frame, Language, Page};

/// Says that the session is over and how the next person goes on.
#[derive(Debug, Clone, Template)]
#[template(path = "login/ended.html")]
pub struct Ended {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
}

impl Page for Ended {
    const NAME: &'static str = "login/ended";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::bare(language);
        vec![("ended", Self { frame })]
    }
}
