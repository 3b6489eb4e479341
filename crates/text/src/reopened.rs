//! What HTML would cost the parser in reopened elements. A formatting element
//! (`<b>`) that is still open when its paragraph ends is opened again in each
//! later paragraph (HTML Standard, "reconstruct the active formatting
//! elements"), so that a few kilobytes of left-open tags become gigabytes.
//!
//! The count is never too low: an end tag is believed only where the parser
//! must believe it as well. Left out on purpose: parsing. `sanitise` does that.

use std::collections::HashMap;

/// Honest texts stay below a tenth of it.
const MAX_REOPENED: usize = 50_000;

/// Elements that the parser opens again.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements inside which the end tag of a formatting element around them surely ends it.
const PHRASING: &[&str] = &[
    "abbr", "bdi", "bdo", "br", "cite", "del", "dfn", "img", "ins", "kbd", "mark", "q", "samp", "span",
    "sub", "sup", "time", "var", "wbr",
];

/// Elements whose content the parser may read as text.
const RAW_TEXT: &[&str] = &[
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
];

/// Whether the parser reopens few enough elements.
pub(crate) fn is_affordable(html: &str) -> bool {
    match tags(html) {
        // Where a tag ends, or what is one, is a matter of opinion: end tags may be hidden in attributes or text.
        None => reopened(&all_start_tags(html)) <= MAX_REOPENED,
        Some(tags) => reopened(&tags) <= MAX_REOPENED,
    }
}

enum Tag {
    Start(String),
    End(String),
}

fn reopened(tags: &[Tag]) -> usize {
    let mut closable: HashMap<&str, usize> = HashMap::new();
    let (mut open, mut reopened) = (0_usize, 0_usize);
    for tag in tags {
        match tag {
            Tag::Start(name) if FORMATTING.contains(&name.as_str()) => {
                *closable.entry(name).or_default() += 1;
                open += 1;
            }
            Tag::Start(name) if PHRASING.contains(&name.as_str()) => {}
            // From here on an end tag may end what lies inside this element only.
            Tag::Start(_) => closable.clear(),
            Tag::End(name) => {
                if let Some(count) = closable.get_mut(name.as_str()).filter(|count| **count > 0) {
                    *count -= 1;
                    open -= 1;
                }
            }
        }
        reopened += open;
    }
    reopened
}

/// The tags of HTML that every parser reads alike; `None` for all other.
fn tags(html: &str) -> Option<Vec<Tag>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = match after.as_bytes() {
            [b'!', b'-', b'-', ..] => after_comment(after.get(3..)?)?,
            [b'!' | b'?', ..] => return None,
            [b'/', first, ..] if first.is_ascii_alphabetic() => {
                let (name, after) = name_of(after.get(1..)?);
                tags.push(Tag::End(name));
                after.trim_start_matches(is_space).strip_prefix('>')?
            }
            [b'/', ..] => return None,
            [first, ..] if first.is_ascii_alphabetic() => {
                let (name, after) = name_of(after);
                if RAW_TEXT.contains(&name.as_str()) {
                    return None;
                }
                tags.push(Tag::Start(name));
                after_attributes(after)?
            }
            _ => after,
        };
    }
    Some(tags)
}

fn all_start_tags(html: &str) -> Vec<Tag> {
    let tags = html.split('<').skip(1);
    tags.filter(|tag| tag.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/'))
        .map(|tag| match tag.strip_prefix('/') {
            // It costs like any other tag, and ends nothing.
            Some(_) => Tag::Start(String::new()),
            None => Tag::Start(name_of(tag).0),
        })
        .collect()
}

fn name_of(tag: &str) -> (String, &str) {
    let end = tag
        .find(|letter| is_space(letter) || matches!(letter, '/' | '>'))
        .unwrap_or(tag.len());
    let (name, after) = tag.split_at(end);
    (name.to_ascii_lowercase(), after)
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn after_comment(comment: &str) -> Option<&str> {
    if comment.starts_with('>') || comment.starts_with("->") || comment.contains("--!>") {
        return None;
    }
    comment.split_once("-->").map(|(_, after)| after)
}

/// What follows a start tag whose attributes leave no doubt where they end.
fn after_attributes(tag: &str) -> Option<&str> {
    let mut rest = tag;
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        if let Some(after) = trimmed.strip_prefix("/>").or_else(|| trimmed.strip_prefix('>')) {
            return Some(after);
        }
        // Attributes stand apart from each other.
        if trimmed.len() == rest.len() {
            return None;
        }
        let unclear = |letter: char| is_space(letter) || matches!(letter, '/' | '>' | '=' | '<' | '"' | '\'');
        let end = trimmed.find(unclear).filter(|end| *end > 0)?;
        rest = trimmed.get(end..)?;
        if let Some(value) = rest.trim_start_matches(is_space).strip_prefix('=') {
            rest = after_value(value.trim_start_matches(is_space))?;
        }
    }
}

fn after_value(value: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).map(|(_, after)| after);
        }
    }
    let unclear = |letter: char| is_space(letter) || matches!(letter, '>' | '=' | '<' | '"' | '\'' | '`');
    let end = value.find(unclear).filter(|end| *end > 0)?;
    value
        .get(end..)
        .filter(|after| after.starts_with(|letter| is_space(letter) || letter == '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_open_elements_are_counted_wherever_their_end_tags_hide() {
        #[track_caller]
        fn check(opening: impl Fn(usize) -> String, expected: bool) {
            let mut html = String::from("<p>");
            (0..400).for_each(|number| html += &opening(number));
            html += &"<p>x".repeat(4_000);
            assert_eq!(is_affordable(&html), expected, "{}", opening(1));
        }
        check(|number| format!("<b a{number}>"), false);
        check(|number| format!("<B a{number}>"), false);
        check(|number| format!("<b a{number}='</b>'>"), false);
        check(|number| format!("<b a{number}=x' b=' ></b>'>"), false);
        check(|number| format!("<b a{number} ==\" b='></b>'>"), false);
        check(|number| format!("<b a{number}><!-- </b> -->"), false);
        check(|number| format!("<b a{number}><!--></b>-->"), false);
        check(|number| format!("<b a{number}><textarea></b></textarea>"), false);
        check(|number| format!("<b a{number}><object></b></object>"), false);
        check(|number| format!("<b a{number}><table><td></b></table>"), false);
        check(|number| format!("<b a{number}><math><mi></b></mi></math>"), false);
        check(|number| format!("<b a{number}>{}</b>", "<div>".repeat(9)), false);
        check(|number| format!("<b a{number}></b:x>"), false);
        check(|number| format!("<b a{number}>chữ</b>"), true);
        check(
            |number| format!("<a href=\"https://a.vn/{number}?b=1&amp;c='x'\"><img src=x alt='a > b'></a>"),
            true,
        );
        check(
            |number| format!("<b><i a{number}>chữ</i></b ><br/><!-- chú thích -->"),
            true,
        );
        check(|number| format!("{number} < 5 <p><code>a</code></p>"), true);
    }
}
