//! What the registration button will do.

use askama::Template;

use super::product_name;
use crate::{Frame, Language, Page};

/// The page in the platform's frame before anything is done.
#[derive(Debug, Clone, Template)]
#[template(path = "registration/confirm.html")]
pub struct Confirm {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// What the platform is called: "Moodle".
    pub platform: String,
    /// True shows Moodle's own words and menus.
    pub is_moodle: bool,
    /// The platform's issuer.
    pub issuer: String,
    /// The product's version; empty shows none.
    pub version: String,
    /// Who invites.
    pub organisation: String,
    /// The endpoints on other origins; empty asks for no consent.
    pub foreign_endpoints: Vec<String>,
    /// True when the organisation has a registration of this platform already.
    pub known: bool,
    /// The button was pressed without the consent that is needed.
    pub consent_missing: bool,
    /// Where the button posts to.
    pub action: String,
    /// Goes back unchanged.
    pub openid_configuration: String,
    /// Goes back unchanged; `None` when the platform gave none.
    pub registration_token: Option<String>,
}

impl Page for Confirm {
    const NAME: &'static str = "registration/confirm";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::bare(language);
        let first = Self {
            platform: product_name(frame.t, "Moodle"),
            is_moodle: true,
            issuer: "https://moodle.college.edu.vn".to_owned(),
            version: "4.5.6 (Build: 20250811)".to_owned(),
            organisation: "Trường Cao đẳng Công nghệ Thủ Đức".to_owned(),
            foreign_endpoints: Vec::new(),
            known: false,
            consent_missing: false,
            action: "/lti/register/k2J3sample".to_owned(),
            openid_configuration: "https://moodle.college.edu.vn/mod/lti/openid-configuration.php".to_owned(),
            registration_token: Some("eyJ.sample.jwt".to_owned()),
            frame,
        };
        let foreign = Self {
            platform: product_name(first.frame.t, ""),
            is_moodle: false,
            version: String::new(),
            foreign_endpoints: vec![
                "https://login.college.edu.vn/oauth2/token".to_owned(),
                "https://login.college.edu.vn/oauth2/keys".to_owned(),
            ],
            known: true,
            consent_missing: true,
            ..first.clone()
        };
        vec![("first", first), ("foreign", foreign)]
    }
}
