//! What a student sees of a link without an activity: one plain sentence.

use askama::Template;

use crate::{Frame, Language, Page, Role};

/// The link has no activity yet; a launch of it answers 200 with this page.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/absent.html")]
pub struct Absent {
    /// The surroundings.
    pub frame: Frame,
}

impl Page for Absent {
    const NAME: &'static str = "attempt/absent";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        vec![(
            "student",
            Self {
                frame: Frame::sample(language, Role::Learner),
            },
        )]
    }
}
