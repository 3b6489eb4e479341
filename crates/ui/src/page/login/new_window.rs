//! Inside a frame without our cookies: the same login initiation goes on in a
//! new window, where cookies are first-party, or here, when the browser lets it.

use askama::Template;

use crate::{Frame, Language, Page};

/// Sends the initiation again, by a plain form into a window of its own. The
/// page stays in the platform's frame; when the window was a picker of content,
/// its script takes the signed answer from the window (own origin, message
/// `{type: "taynghe.deep-linking", return_url, jwt}`) and posts it from here,
/// since Moodle accepts it only inside its frame.
///
/// With script it can go on in the frame as well: after a tap that gives the
/// frame its cookies (Storage Access), or by itself, when the platform stores
/// for us or cookies are known to get lost only later.
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
    /// The way on in the frame.
    pub here: Here,
}

/// What the script needs to go on in the frame.
#[derive(Debug, Clone)]
pub struct Here {
    /// "/lti/login/here": takes the same fields, answers `{address, key, secret, returning}`.
    pub action: String,
    /// Goes on without being asked.
    pub at_once: bool,
    /// The window's button stays the first.
    pub window_first: bool,
    /// The platform's page that stores for us.
    pub storage: StorageFrame,
}

/// The platform's page that stores for us (platform storage 0.1); both empty when there is none.
#[derive(Debug, Clone, Default)]
pub struct StorageFrame {
    /// `_parent`, or the name of a frame beside ours.
    pub target: String,
    /// The only origin that is written to and believed.
    pub origin: String,
}

/// One field that is only carried on.
#[derive(Debug, Clone)]
pub struct HiddenField {
    /// Its name.
    pub name: String,
    /// Its value, unchanged.
    pub value: String,
}

impl HiddenField {
    /// One of that name and value.
    pub fn new(name: &str, value: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: value.to_owned(),
        }
    }
}

impl Page for NewWindow {
    const NAME: &'static str = "login/new_window";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let fields = [
            ("iss", "https://moodle.college.edu.vn"),
            ("login_hint", "4"),
            ("lti_message_hint", r#"{"cmid":5,"launchid":"ltilaunch_1"}"#),
            ("taynghe_way", "new-window"),
        ];
        let page = Self {
            frame: Frame::bare(language),
            action: "/lti/login".to_owned(),
            window: "taynghe-0192f0c4".to_owned(),
            fields: fields.map(|(name, value)| HiddenField::new(name, value)).to_vec(),
            here: Here {
                action: "/lti/login/here".to_owned(),
                at_once: false,
                window_first: true,
                storage: StorageFrame::default(),
            },
        };
        vec![("first", page)]
    }
}
