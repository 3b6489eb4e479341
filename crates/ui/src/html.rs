//! HTML that is already safe. Where it comes from is the caller's word: only
//! what the `text` crate has cleaned, or what a template wrote.

use std::fmt;

/// Safe HTML, printed by templates as it is. Everything else is escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Takes HTML that somebody has made safe already (the `text` crate).
    pub fn trusted(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// True when there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}
