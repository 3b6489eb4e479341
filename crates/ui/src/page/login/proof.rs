//! After a launch whose cookie was lost: the browser proves itself by what its
//! storage holds.

use askama::Template;

use super::StorageFrame;
use crate::{Frame, Language, Page};

/// Its script reads the secret that was stored at the login, from our own
/// storage or the platform's, and sends it on. It shows nobody's name: nobody
/// is known yet. Without script nothing can be proven, and the page says so.
#[derive(Debug, Clone, Template)]
#[template(path = "login/proof.html")]
pub struct Proof {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// "/lti/launch/proof".
    pub action: String,
    /// Which launch waits; proves nothing.
    pub parked: String,
    /// Under which key the storage has the secret.
    pub key: String,
    /// The platform's page that stores for us.
    pub storage: StorageFrame,
}

impl Page for Proof {
    const NAME: &'static str = "login/proof";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: Frame::bare(language),
            action: "/lti/launch/proof".to_owned(),
            parked: "0192f0c4-7d0e-7000-8000-000000000001".to_owned(),
            key: "taynghe-login-abc".to_owned(),
            storage: StorageFrame::default(),
        };
        vec![("first", page)]
    }
}
