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

    /// Plain words, their markup escaped.
    pub fn words(words: &str) -> Self {
        Self(escaped(words))
    }

    /// A picture in a line.
    pub fn picture(path: &str, alternative: &str, width: u32, height: u32) -> Self {
        let (path, alternative) = (escaped(path), escaped(alternative));
        Self(format!(
            r#"<img src="{path}" alt="{alternative}" width="{width}" height="{height}" loading="lazy">"#
        ))
    }

    /// The same with the files that authors named by hash (`media:`) where they are served.
    #[must_use]
    pub fn with_media_at(&self, place: &str) -> Self {
        Self(self.0.replace(r#" src="media:"#, &format!(r#" src="{place}/"#)))
    }

    /// Whether it shows or plays files that authors named by hash.
    pub fn has_media(&self) -> bool {
        self.0.contains(r#" src="media:"#)
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

fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}
