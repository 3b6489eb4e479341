//! Safe HTML, cut into tags and words. It reads only what the sanitiser of `text`
//! writes: attributes in double quotes, no comments, elements that are closed.

/// A tag or the words between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words, with their escapes.
    Words(&'a str),
    /// A tag that opens an element, as it is written.
    Open(&'a str),
    /// A tag that closes an element, as it is written.
    Close(&'a str),
    /// A tag of an element that has no content, as it is written.
    Single(&'a str),
}

/// Elements without content that the sanitiser lets stay.
const SINGLE: &[&str] = &["br", "col", "hr", "img", "wbr"];

/// The tags and words of the HTML, in order.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let length = match rest.starts_with('<') {
            true => tag_length(rest),
            false => rest.find('<').unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at_checked(length)?;
        rest = behind;
        (!token.is_empty()).then(|| kind_of(token))
    })
}

/// The name of an element, of one of its tags.
pub(super) fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|letter: char| !letter.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// The words as HTML that says just this, in an attribute too.
pub(super) fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn kind_of(token: &str) -> Token<'_> {
    if !token.starts_with('<') {
        Token::Words(token)
    } else if token.starts_with("</") {
        Token::Close(token)
    } else if SINGLE.contains(&name(token)) {
        Token::Single(token)
    } else {
        Token::Open(token)
    }
}

// Within quotes a `>` is no end.
fn tag_length(html: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}
