//! How learners sign in: by an account elsewhere, or by a code.

use askama::Template;

use crate::page::administration::ProviderButton;
use crate::{Frame, Language, Page};

/// The sign-in page. The code's form posts to `/sign-in/code`.
#[derive(Debug, Clone, Template)]
#[template(path = "learner/sign_in.html")]
pub struct SignIn {
    /// The surroundings; [`Frame::open`].
    pub frame: Frame,
    /// The providers for learners; empty when there are none.
    pub providers: Vec<ProviderButton>,
    /// The code as it was typed.
    pub code: String,
    /// Why the code opened nothing.
    pub failure: Option<Failure>,
    /// What happened just before.
    pub told: Told,
}

/// Why a code opened nothing.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The stable code, such as `WEB-CODE-USED`.
    pub code: String,
    /// What happened.
    pub sentence: String,
    /// What to do.
    pub fix: String,
}

/// What happened just before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// The learner signed out.
    SignedOut,
    /// The learner deleted their account.
    Deleted,
}

impl Page for SignIn {
    const NAME: &'static str = "learner/sign_in";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let button = |id: &str, name: &str, organisation: &str| ProviderButton {
            href: format!("/sign-in/{id}/learner"),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
        };
        let plain = Self {
            frame: Frame::open(language, |other| format!("?language={}", other.tag())),
            providers: Vec::new(),
            code: String::new(),
            failure: None,
            told: Told::Nothing,
        };
        let t = plain.frame.t;
        let texts = crate::page::problem::texts_of(t, "WEB-CODE-USED");
        let failed = Self {
            code: "K7PM-3XQT".to_owned(),
            failure: Some(Failure {
                code: "WEB-CODE-USED".to_owned(),
                sentence: texts.sentence,
                fix: texts.fix,
            }),
            ..plain.clone()
        };
        let providers = Self {
            providers: vec![
                button("microsoft", "Microsoft 365", "Trường Cao đẳng Công nghệ Thủ Đức"),
                button("google", "Google", ""),
            ],
            ..plain.clone()
        };
        let out = Self {
            told: Told::SignedOut,
            ..providers.clone()
        };
        let deleted = Self {
            told: Told::Deleted,
            ..plain
        };
        vec![
            ("providers", providers),
            ("failed", failed),
            ("out", out),
            ("deleted", deleted),
        ]
    }
}
