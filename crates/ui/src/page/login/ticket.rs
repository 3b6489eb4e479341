//! A launch that is proven opens in a window of our own, where cookies are first-party.

use askama::Template;

use crate::{Frame, Language, Page};

/// Posts the one-use ticket into a window of its own; its script renews the
/// ticket while the reader takes their time. Stays in the frame and takes a
/// picker's answer as [`super::NewWindow`] does.
#[derive(Debug, Clone, Template)]
#[template(path = "login/ticket.html")]
pub struct Ticket {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// "/lti/launch/open".
    pub action: String,
    /// "/lti/launch/ticket": takes the ticket, answers `{ticket}`.
    pub renewal: String,
    /// The new window's name.
    pub window: String,
    /// The ticket.
    pub ticket: String,
}

impl Page for Ticket {
    const NAME: &'static str = "login/ticket";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::bare(language),
            action: "/lti/launch/open".to_owned(),
            renewal: "/lti/launch/ticket".to_owned(),
            window: "taynghe-0192f0c4".to_owned(),
            ticket: "sample".to_owned(),
        };
        vec![("first", page)]
    }
}
