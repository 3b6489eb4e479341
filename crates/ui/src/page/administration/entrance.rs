//! How administrators sign in: by the college's own account, or by a one-time link.

use askama::Template;

use crate::{Frame, Language, Page};

/// The entrance of the administration.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/entrance.html")]
pub struct Entrance {
    /// The surroundings; [`Frame::open`].
    pub frame: Frame,
    /// The providers of the settings; empty when there are none.
    pub providers: Vec<ProviderButton>,
    /// True right after signing out.
    pub signed_out: bool,
}

/// One provider.
#[derive(Debug, Clone)]
pub struct ProviderButton {
    /// Where signing in begins.
    pub href: String,
    /// What the provider is called.
    pub name: String,
    /// Whose administration it opens; empty when there is only one to name.
    pub organisation: String,
}

impl Page for Entrance {
    const NAME: &'static str = "administration/entrance";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let button = |id: &str, name: &str, organisation: &str| ProviderButton {
            href: format!("/sign-in/{id}"),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
        };
        let link_only = Self {
            frame: Frame::open(language, |other| format!("?language={}", other.tag())),
            providers: Vec::new(),
            signed_out: false,
        };
        let providers = vec![
            button("thu-duc", "Microsoft 365", "Trường Cao đẳng Công nghệ Thủ Đức"),
            button("ly-tu-trong", "Google Workspace", "Trường Cao đẳng Lý Tự Trọng"),
        ];
        let full = Self {
            providers,
            signed_out: true,
            ..link_only.clone()
        };
        vec![("link", link_only), ("providers", full)]
    }
}
