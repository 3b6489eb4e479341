//! Inside a frame without our cookies: the same login initiation goes on in a
//! new window, where cookies are first-party.

use askama::Template;

use crate::{Frame, Language, Page};

/// Sends the initiation again, by a plain form into a window of its own. The
/// page stays in the platform's frame; when the window was a picker of content,
/// its script takes the signed answer from the window (own origin, message
/// `{type: "taynghe.deep-linking", return_url, jwt}`) and posts it from here,
/// since Moodle accepts it only inside its frame.
#[derive(Debug, Clone, Template)]
#[template(path = "login/new_window.html")]
pub struct NewWindow {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// "/lti/login".
    pub action: String,
    /// The new window's name: a name keeps the way back to this frame, and one of its own never takes over a
    /// window in which somebody is at work.
    pub window: String,
    /// The fields of the initiation, byte for byte.
    pub fields: Vec<HiddenField>,
}

/// One field that is only carried on.
#[derive(Debug, Clone)]
pub struct HiddenField {
    /// Its name.
    pub name: String,
    /// Its value, unchanged.
    pub value: String,
}

impl Page for NewWindow {
    const NAME: &'static str = "login/new_window";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let field = |(name, value): (&str, &str)| HiddenField {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let fields = [
            ("iss", "https://moodle.college.edu.vn"),
            ("login_hint", "4"),
            ("lti_message_hint", r#"{"cmid":5,"launchid":"ltilaunch_1"}"#),
        ];
        let page = Self {
            frame: Frame::bare(language),
            action: "/lti/login".to_owned(),
            window: "taynghe-0192f0c4".to_owned(),
            fields: fields.map(field).to_vec(),
        };
        vec![("first", page)]
    }
}
