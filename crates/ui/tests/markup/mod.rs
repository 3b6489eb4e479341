//! A small reader of our own HTML: start tags with attributes and ancestors.
//! Fails on tags that are not closed in order.

const VOID: [&str; 6] = ["meta", "link", "input", "img", "br", "hr"];

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) ancestors: Vec<String>,
    /// What stands between it and the next tag, without white space around.
    pub(crate) text: String,
}

pub(crate) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attributes
        .iter()
        .find(|(actual, _)| actual == name)
        .map(|(_, value)| value.as_str())
}

pub(crate) fn parse(page: &str, html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html
        .trim_start()
        .strip_prefix("<!doctype html>")
        .unwrap_or_else(|| panic!("{page}: no doctype"));
    while let Some(start) = rest.find('<') {
        let (inside, after) = split_tag(&rest[start + 1..]);
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{page}: closed out of order");
        } else {
            let mut tag = read(inside);
            tag.ancestors.clone_from(&open);
            tag.text = after.split('<').next().unwrap_or_default().trim().to_owned();
            if !VOID.contains(&tag.name.as_str()) && !inside.ends_with('/') {
                open.push(tag.name.clone());
            }
            tags.push(tag);
        }
        rest = after;
    }
    assert!(open.is_empty(), "{page}: not closed: {open:?}");
    tags
}

/// Up to the ">" that is not inside a quoted value.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (index, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '>' if !quoted => return (&text[..index], &text[index + 1..]),
            _ => {}
        }
    }
    panic!("a tag without end: {text:.60}");
}

fn read(inside: &str) -> Tag {
    let inside = inside.trim_end_matches('/');
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    rest = rest.trim_start();
    while !rest.is_empty() {
        let end = rest
            .find(|character: char| character == '=' || character.is_whitespace())
            .unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let mut value = "";
        rest = after;
        if let Some(quoted) = after.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').unwrap();
        }
        attributes.push((attribute.to_owned(), value.to_owned()));
        rest = rest.trim_start();
    }
    Tag {
        name: name.to_owned(),
        attributes,
        ancestors: Vec::new(),
        text: String::new(),
    }
}
