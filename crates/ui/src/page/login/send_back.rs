//! The signed deep-linking response on its way back to the platform.

use askama::Template;

use crate::{Frame, Language, Page};

/// Posts `JWT` to the platform's return address: by the button, or by the
/// script at once. In a window that our own page in the platform's frame opened
/// (`in_window`), the script hands it to that page instead.
#[derive(Debug, Clone, Template)]
#[template(path = "login/send_back.html")]
pub struct SendBack {
    /// The surroundings.
    pub frame: Frame,
    /// The platform's return address; `web` allows it in `form-action`.
    pub return_url: String,
    /// The signed response (LTI Deep Linking 2.0, 4.3).
    pub jwt: String,
    /// Whether the picker ran in a window of its own.
    pub in_window: bool,
}

impl Page for SendBack {
    const NAME: &'static str = "login/send_back";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Self {
            frame: Frame::bare(language),
            return_url: "https://moodle.college.edu.vn/mod/lti/contentitem_return.php?course=2".to_owned(),
            jwt: "eyJ.sample.jwt".to_owned(),
            in_window: false,
        };
        let window = Self {
            in_window: true,
            ..frame.clone()
        };
        vec![("frame", frame), ("window", window)]
    }
}
