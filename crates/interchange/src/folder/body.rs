//! A lesson's file: front matter between two `+++` lines, an empty line, the body and a
//! line end. Nothing behind the front matter means that the body is not in this
//! language; an empty body has its empty line.

/// The line before and behind the front matter.
const FENCE: &str = "+++";
/// What programs on Windows put before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A lesson's file, cut into its parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// The front matter, without its `+++` lines. It begins on line 2.
    pub front_matter: &'a str,
    /// The body, if there is one.
    pub body: Option<&'a str>,
    /// The line on which the body begins.
    pub body_line: usize,
}

/// Cuts a file; `None` where the front matter does not begin on the first line or
/// does not end.
pub(super) fn cut(file: &str) -> Option<Parts<'_>> {
    let rest = file.strip_prefix(FENCE)?;
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == FENCE {
            let front_matter = rest.get(..length)?;
            let behind = rest.get(length + line.len()..)?;
            return Some(with_body(front_matter, behind));
        }
        length += line.len();
    }
    None
}

/// Puts a file together; the inverse of [`cut`].
pub(super) fn join(front_matter: &str, body: Option<&str>) -> String {
    let body = body.map(|body| format!("\n{body}\n")).unwrap_or_default();
    format!("{FENCE}\n{front_matter}{FENCE}\n{body}")
}

/// The text of a file that was written on Windows, as it is written elsewhere: without
/// its mark, and with plain line ends where all of them are Windows'. A text that has
/// both kinds means them.
pub(super) fn plain(text: &str) -> String {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let ends = text.matches('\n').count();
    match ends > 0 && text.matches("\r\n").count() == ends {
        true => text.replace("\r\n", "\n"),
        false => text.to_owned(),
    }
}

fn with_body<'a>(front_matter: &'a str, behind: &'a str) -> Parts<'a> {
    let front_lines = front_matter.matches('\n').count();
    let (body, gap) = match behind.strip_prefix('\n') {
        Some(body) => (body, 1),
        None => (behind, 0),
    };
    let body = body.strip_suffix('\n').or((!body.is_empty()).then_some(body));
    Parts {
        front_matter,
        body,
        body_line: front_lines + 3 + gap,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn files_are_cut_behind_their_front_matter() {
        #[track_caller]
        fn check(file: &str, expected: Option<(&str, Option<&str>, usize)>) {
            let found = cut(file).map(|parts| (parts.front_matter, parts.body, parts.body_line));
            assert_eq!(found, expected, "{file:?}");
        }
        check("+++\na = 1\n+++\n\nWords\n", Some(("a = 1\n", Some("Words"), 5)));
        check("+++\na = 1\n+++\nWords", Some(("a = 1\n", Some("Words"), 4)));
        check("+++ \n+++ \n\n\n", Some(("", Some(""), 4)));
        check("+++\n+++\n\n", Some(("", None, 4)));
        check("+++\n+++", Some(("", None, 3)));
        check("+++\na = 1\n", None);
        check("Words\n+++\n+++\n", None);
        check("", None);
        check("++++\n+++\n", None);
    }

    #[test]
    fn windows_line_ends_become_plain_ones() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(plain(text), expected, "{text:?}");
        }
        check("\u{feff}a\r\nb\r\n", "a\nb\n");
        check("a\r\nb\n", "a\r\nb\n");
        check("a\rb", "a\rb");
        check("a", "a");
    }

    proptest! {
        #[test]
        fn what_is_joined_is_cut_the_same(body in proptest::option::of("[a+\r\n ]{0,12}")) {
            let file = join("a = 1\n", body.as_deref());
            let parts = cut(&file).unwrap();
            prop_assert_eq!(parts.front_matter, "a = 1\n");
            prop_assert_eq!(parts.body, body.as_deref());
            prop_assert_eq!(plain(&file), file);
        }
    }
}
