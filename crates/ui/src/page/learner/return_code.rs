//! The code with which a learner returns, shown this once.

use askama::Template;

use crate::{Frame, Language, Page};

/// Shows the code, and the way on.
#[derive(Debug, Clone, Template)]
#[template(path = "learner/return_code.html")]
pub struct ReturnCode {
    /// The surroundings; [`Frame::bare`]: the page is not shown again in another language.
    pub frame: Frame,
    /// `K7PM-3XQT-9HVR-CC44`.
    pub code: String,
    /// Where it is typed: the address of the sign-in page.
    pub address: String,
    /// Where the way goes on.
    pub next: String,
}

impl Page for ReturnCode {
    const NAME: &'static str = "learner/return_code";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::bare(language),
            code: "K7PM-3XQT-9HVR-CC44".to_owned(),
            address: "https://taynghe.college.edu.vn/sign-in".to_owned(),
            next: "/s/0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f/learning".to_owned(),
        };
        vec![("first", page)]
    }
}
