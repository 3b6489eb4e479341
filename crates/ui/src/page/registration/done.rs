//! What remains to be done at the platform.

use askama::Template;

use super::product_name;
use crate::page::administration::{DifferenceRow, field_label};
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
    /// The platform's deployment id; empty when it gives one later.
    pub deployment_id: String,
    /// True when there was a registration before, which goes on.
    pub updated: bool,
    /// What of it was brought up to date.
    pub applied: Vec<DifferenceRow>,
    /// What waits for the administrator of Taynghe.
    pub waiting: Vec<DifferenceRow>,
    /// What the platform stored otherwise than we asked.
    pub stored_otherwise: Vec<DifferenceRow>,
    /// Whom the script tells that the frame may be closed.
    pub platform_origin: String,
}

impl Page for Done {
    const NAME: &'static str = "registration/done";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::bare(language);
        let moodle = Self {
            platform: product_name(frame.t, "Moodle"),
            is_moodle: true,
            client_id: "rQhzYvO3kGmUeAy".to_owned(),
            deployment_id: "3".to_owned(),
            updated: false,
            applied: Vec::new(),
            waiting: Vec::new(),
            stored_otherwise: Vec::new(),
            platform_origin: "https://moodle.college.edu.vn".to_owned(),
            frame,
        };
        let row = |field: &str, held: &str, said: &str, moves: bool| DifferenceRow {
            label: field_label(moodle.frame.t, field),
            held: vec![held.to_owned()],
            said: vec![said.to_owned()],
            moves,
        };
        let updated = Self {
            updated: true,
            applied: vec![row("version", "4.5.5", "4.5.6", false)],
            ..moodle.clone()
        };
        let waiting = Self {
            updated: true,
            waiting: vec![row(
                "jwks-url",
                "https://moodle.college.edu.vn/mod/lti/certs.php",
                "https://hoc.college.edu.vn/mod/lti/certs.php",
                true,
            )],
            stored_otherwise: vec![row("granted-scopes", "score lineitem", "score", false)],
            ..moodle.clone()
        };
        let other = Self {
            platform: product_name(moodle.frame.t, ""),
            is_moodle: false,
            deployment_id: String::new(),
            ..moodle.clone()
        };
        vec![
            ("moodle", moodle),
            ("updated", updated),
            ("waiting", waiting),
            ("other", other),
        ]
    }
}
