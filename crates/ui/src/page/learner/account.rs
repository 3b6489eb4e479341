//! A learner's account: stay signed in, the code to return with, all data as a file, and the end of it.

use askama::Template;

use super::sample_frame;
use crate::{Frame, Language, Page};

/// The learner's account.
#[derive(Debug, Clone, Template)]
#[template(path = "learner/account.html")]
pub struct Account {
    /// The surroundings of the session.
    pub frame: Frame,
    /// Whether they have a code to return with.
    pub has_code: bool,
    /// Whether deleting would take more along than a learner's account.
    pub is_bound: bool,
    /// Until when the session lasts.
    pub until: String,
    /// Whether that is long already.
    pub stays: bool,
    /// True when deleting was asked for without the tick.
    pub is_unsure: bool,
}

impl Account {
    fn base(&self) -> String {
        format!("{}/learning", self.frame.prefix())
    }
}

impl Page for Account {
    const NAME: &'static str = "learner/account";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = sample_frame(language);
        let by_code = Self {
            has_code: true,
            is_bound: false,
            until: crate::page::sample_time(frame.t, "2026-11-24T08:10:00Z"),
            stays: false,
            is_unsure: true,
            frame,
        };
        let bound = Self {
            has_code: false,
            is_bound: true,
            stays: true,
            is_unsure: false,
            ..by_code.clone()
        };
        vec![("code", by_code), ("bound", bound)]
    }
}
