//! What to type at both sides when dynamic registration does not work.

use askama::Template;

use crate::{Frame, Language, Page};

/// The addresses and the command for a registration by hand.
#[derive(Debug, Clone, Template)]
#[template(path = "registration/by_hand.html")]
pub struct ByHand {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// What lacks, as the specification calls it.
    pub missing: String,
    /// What the platform has to know of us.
    pub own: OwnAddresses,
    /// The command for our side, one argument a line, with `…` for what is not known.
    pub command: String,
    /// The stable code.
    pub code: String,
    /// The request's trace id.
    pub trace_id: String,
}

/// Our addresses.
#[derive(Debug, Clone)]
pub struct OwnAddresses {
    /// Tool URL, and content selection URL.
    pub target_link_uri: String,
    /// Initiate login URL.
    pub initiate_login_uri: String,
    /// Redirection URI.
    pub redirect_uri: String,
    /// Public keyset.
    pub jwks_uri: String,
}

impl Page for ByHand {
    const NAME: &'static str = "registration/by_hand";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let at = |path: &str| format!("https://taynghe.college.edu.vn/{path}");
        let command = [
            "taynghe platform add",
            "--issuer https://lms.college.edu.vn",
            "--client-id rQhzYvO3kGmUeAy",
            "--auth-login-url https://lms.college.edu.vn/lti/auth",
            "--token-url https://lms.college.edu.vn/lti/token",
            "--jwks-url https://lms.college.edu.vn/lti/jwks",
            "--deployment-id …",
        ];
        let page = Self {
            frame: Frame::bare(language),
            missing: "deployment_id".to_owned(),
            own: OwnAddresses {
                target_link_uri: at(""),
                initiate_login_uri: at("lti/login"),
                redirect_uri: at("lti/launch"),
                jwks_uri: at("lti/jwks"),
            },
            command: command.join(" \\\n  "),
            code: "LTI-REG-INCOMPLETE".to_owned(),
            trace_id: "7f3a9c1e5b2d4a60".to_owned(),
        };
        vec![("deployment", page)]
    }
}
