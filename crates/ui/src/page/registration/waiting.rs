//! An invitation that was opened in a browser instead of pasted into Moodle.

use askama::Template;

use crate::page::sample_time;
use crate::{Frame, Language, Page};

/// Says where the address belongs.
#[derive(Debug, Clone, Template)]
#[template(path = "registration/waiting.html")]
pub struct Waiting {
    /// The surroundings; [`Frame::bare`].
    pub frame: Frame,
    /// The invitation's own address.
    pub address: String,
    /// Who invites.
    pub organisation: String,
    /// The host that it is bound to; empty for none.
    pub host: String,
    /// Until when it is good, formatted.
    pub expires_at: String,
}

impl Page for Waiting {
    const NAME: &'static str = "registration/waiting";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::bare(language);
        let page = Self {
            address: "https://taynghe.college.edu.vn/lti/register/Zq0sampleZq0sampleZq0sampleZq0sampleZq0"
                .to_owned(),
            organisation: "Trường Cao đẳng Công nghệ Thủ Đức".to_owned(),
            host: "moodle.college.edu.vn".to_owned(),
            expires_at: sample_time(frame.t, "2026-11-29T03:00:00Z"),
            frame,
        };
        vec![("bound", page)]
    }
}
