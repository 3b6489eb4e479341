//! What remains to be done at the platform.

use askama::Template;

use super::product_name;
use crate::{Frame, Language, Page};

/// The last page in the platform's frame. Its script tells the platform that
/// the frame may be closed when the administrator presses for it: the platform
/// then takes the frame away, and this list with it.
#[derive(Debug, Clone, Template)]
#[template(path = "registration/done.html")]
pub struct Done {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// What the platform is called: "Moodle".
    pub platform: String,
    /// True shows Moodle's own words and menus.
    pub is_moodle: bool,
    /// Our client id there.
    pub client_id: String,
    /// The platform's deployment id.
    pub deployment_id: String,
    /// True when an older registration was brought up to date.
    pub updated: bool,
    /// Whom the script tells that the frame may be closed.
    pub platform_origin: String,
}

impl Page for Done {
    const NAME: &'static str = "registration/done";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::bare(language);
        let moodle = Self {
            platform: product_name(frame.t, "moodle"),
            is_moodle: true,
            client_id: "rQhzYvO3kGmUeAy".to_owned(),
            deployment_id: "3".to_owned(),
            updated: false,
            platform_origin: "https://moodle.college.edu.vn".to_owned(),
            frame,
        };
        let updated = Self {
            updated: true,
            ..moodle.clone()
        };
        let other = Self {
            platform: product_name(moodle.frame.t, ""),
            is_moodle: false,
            ..moodle.clone()
        };
        vec![("moodle", moodle), ("updated", updated), ("other", other)]
    }
}
