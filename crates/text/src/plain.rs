//! Sources to plain text: for page titles, CSV cells, search and comments that
//! go to a platform. Formulas stay as they were typed.

use crate::render::{Formulas, markdown_to_html};
use crate::sanitise::sanitise;
use crate::source::{Format, Source};

/// The words of a source without markup; white space, line ends included, is
/// one blank.
pub fn to_plain(source: &Source) -> String {
    let html = match source.format {
        Format::Markdown => markdown_to_html(source.capped(), Formulas::AsSource),
        Format::Html => source.capped().to_owned(),
    };
    let text = match sanitise(&html) {
        Some(html) => strip_tags(&html),
        None => source.capped().to_owned(),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Drops the tags of sanitised HTML. Inside a tag a quoted `>` is no end; the
/// sanitiser writes all attributes in double quotes.
fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut tag: Option<String> = None;
    let mut quoted = false;
    for letter in html.chars() {
        match &mut tag {
            None if letter == '<' => tag = Some(String::new()),
            None => text.push(letter),
            Some(_) if letter == '>' && !quoted => {
                if tag.take().is_some_and(|name| !is_inline(&name)) {
                    text.push(' ');
                }
            }
            Some(name) => {
                quoted ^= letter == '"';
                name.push(letter);
            }
        }
    }
    unescape(&text)
}

/// Whether the element runs on within a word.
fn is_inline(tag: &str) -> bool {
    let name = tag
        .trim_start_matches('/')
        .split([' ', '/'])
        .next()
        .unwrap_or_default();
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
    ];
    INLINE.contains(&name) || name.starts_with('m')
}

/// Undoes the escapes that the sanitiser writes.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
