//! What of a source its readers will not get: scripts and the like, and links that
//! lead nowhere. Pages leave it out in any case (`sanitise`); its author is told.

use std::borrow::Cow;

use crate::render::{Formulas, markdown_to_html};
use crate::source::{Format, Source};

/// Elements that do something, or bring in what does.
const ACTIVE_ELEMENTS: &[&str] = &[
    "applet", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input", "link", "meta",
    "object", "script", "select", "style", "svg", "template", "textarea",
];
/// Where links may lead.
const FOLLOWED: &[&str] = &["http:", "https:", "mailto:", "tel:"];
/// Addresses that run something.
const RUN: &[&str] = &["javascript:", "vbscript:", "data:"];

/// What of a source its readers will not get.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Whether there are scripts, forms, frames, drawings with code and the like.
    pub is_active: bool,
    /// Addresses of links that nobody could follow from a page of ours: relative ones,
    /// and ones that are no addresses of the web.
    pub links: Vec<String>,
}

/// Looks for what is left out of the source when it is shown. It reads tags, not a
/// document: what hides from it is left out all the same.
pub fn dropped(source: &Source) -> Dropped {
    let html = match source.format {
        Format::Markdown => Cow::Owned(markdown_to_html(source.capped(), Formulas::AsSource)),
        Format::Html => Cow::Borrowed(source.capped()),
    };
    let mut dropped = Dropped::default();
    for tag in html.split('<').skip(1) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            continue;
        }
        dropped.is_active |= ACTIVE_ELEMENTS.contains(&name.to_ascii_lowercase().as_str());
        let attributes = tag.get(name.len()..).unwrap_or_default();
        for (attribute, value) in attributes_of(attributes) {
            dropped.attribute(&attribute, value);
        }
    }
    dropped
}

impl Dropped {
    fn attribute(&mut self, name: &str, value: &str) {
        let address = value.trim().to_ascii_lowercase();
        let begins = |schemes: &[&str]| schemes.iter().any(|scheme| address.starts_with(scheme));
        self.is_active |= name == "srcdoc" || (name.starts_with("on") && name.len() > 2);
        match name {
            "href" if begins(RUN) => self.is_active = true,
            "href" if !begins(FOLLOWED) => self.links.push(value.trim().to_owned()),
            _ => {}
        }
    }
}

// Names in small letters and values as they are written, up to the tag's end.
fn attributes_of(tag: &str) -> impl Iterator<Item = (String, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'))?;
        let (name, behind) = rest.split_at_checked(end)?;
        if name.is_empty() {
            return None;
        }
        let (value, behind) = match behind.trim_start().strip_prefix('=') {
            Some(value) => value_of(value.trim_start()),
            None => ("", behind),
        };
        rest = behind;
        Some((name.to_ascii_lowercase(), value))
    })
}

fn value_of(written: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = written.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = written.find(|letter: char| letter.is_whitespace() || letter == '>');
    written
        .split_at_checked(end.unwrap_or(written.len()))
        .unwrap_or((written, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: Source, is_active: bool, links: &[&str]) {
        let found = dropped(&source);
        assert_eq!(
            (found.is_active, found.links),
            (is_active, links.iter().map(|link| (*link).to_owned()).collect()),
            "{source:?}"
        );
    }

    #[test]
    fn active_parts_are_found_in_both_formats() {
        for attack in [
            "<script>alert(1)</script>",
            "a <IMG src=x onError=alert(1)> b",
            "<svg><path/></svg>",
            "<a href=' JavaScript:alert(1)'>x</a>",
            "<iframe srcdoc='<b>'></iframe>",
            "<p\nonclick = \"x\">",
        ] {
            check(Source::markdown(attack), true, &[]);
            check(Source::html(attack), true, &[]);
        }
        check(Source::markdown("[x](javascript:alert%281%29)"), true, &[]);
    }

    #[test]
    fn words_about_scripts_are_none() {
        for words in [
            "`<script>`",
            "```\n<script>\n```",
            "a < b and script > c",
            "$x_{on} = 1$",
            "<b title='onclick'>x</b>",
        ] {
            check(Source::markdown(words), false, &[]);
        }
        check(
            Source::html("&lt;script&gt; <span style=\"color: red\">x</span>"),
            false,
            &[],
        );
    }

    #[test]
    fn links_that_lead_nowhere_are_found() {
        check(
            Source::markdown("[a](https://a.vn/x) <mailto:a@a.vn> [t](tel:114)"),
            false,
            &[],
        );
        check(
            Source::markdown("[a](lathe.md) ![p](media/x.png) [b](#top) [c](ftp://a.vn)"),
            false,
            &["lathe.md", "#top", "ftp://a.vn"],
        );
        check(Source::html("<a href=/x>x</a><a href>y</a>"), false, &["/x", ""]);
    }
}
