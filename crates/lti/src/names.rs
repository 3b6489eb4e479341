//! Names of people: cleaned of what could break a page, and put in the order
//! that the reader expects.

/// Longest name that is kept, in characters.
pub const MAX_NAME_CHARACTERS: usize = 255;

/// Strips control characters, bidirectional marks, overrides and isolates and
/// invisible tags; runs of spaces become one; at most [`MAX_NAME_CHARACTERS`].
/// `None` when nothing visible is left.
pub fn clean_name(name: &str) -> Option<String> {
    let mut clean = String::new();
    let mut length = 0;
    let mut gap = false;
    for c in name.chars() {
        if c.is_whitespace() {
            gap = length > 0;
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        let needed = 1 + usize::from(gap);
        if length + needed > MAX_NAME_CHARACTERS {
            break;
        }
        if gap {
            clean.push(' ');
            gap = false;
        }
        clean.push(c);
        length += needed;
    }
    (!clean.is_empty()).then_some(clean)
}

/// The name to show to a reader of this locale (BCP 47): family name first for
/// a Vietnamese one, since Moodle's `name` follows its own language pack and
/// NRPS always puts the given name first; for others the platform's own `name`,
/// else given and family name. `None` when nothing is known.
pub fn display_name(
    given: Option<&str>,
    family: Option<&str>,
    name: Option<&str>,
    locale: &str,
) -> Option<String> {
    let given = given.and_then(clean_name);
    let family = family.and_then(clean_name);
    let name = name.and_then(clean_name);
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("vi")
        && let (Some(given), Some(family)) = (&given, &family)
    {
        return Some(format!("{family} {given}"));
    }
    name.or_else(|| match (given, family) {
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
        (one, other) => one.or(other),
    })
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(clean_name(name).as_deref(), expected, "{name:?}");
        };
        check("Nguyễn Thị Ánh", Some("Nguyễn Thị Ánh"));
        check("  Lê \t\n  An ", Some("Lê An"));
        check("a\u{0}b\u{202E}c\u{2066}d\u{2069}\u{200F}", Some("abcd"));
        check("<b>An</b>", Some("<b>An</b>"));
        check("\u{202E} \u{0}", None);
        check("", None);
        let long = "Đ".repeat(10_000);
        assert_eq!(clean_name(&long).unwrap().chars().count(), 255);
        let words = "ab ".repeat(10_000);
        assert!(clean_name(&words).unwrap().chars().count() <= 255);
    }

    #[test]
    fn order_of_names() {
        let check = |given, family, name, locale: &str, expected: Option<&str>| {
            assert_eq!(
                display_name(given, family, name, locale).as_deref(),
                expected,
                "{given:?} {family:?} {name:?} {locale}"
            );
        };
        let (given, family) = (Some("Thị Ánh"), Some("Nguyễn"));
        let name = Some("Thị Ánh Nguyễn");
        check(given, family, name, "vi", Some("Nguyễn Thị Ánh"));
        check(given, family, name, "vi-VN", Some("Nguyễn Thị Ánh"));
        check(given, family, name, "en", Some("Thị Ánh Nguyễn"));
        check(given, family, None, "de", Some("Thị Ánh Nguyễn"));
        check(given, None, name, "vi", Some("Thị Ánh Nguyễn"));
        check(given, None, None, "vi", Some("Thị Ánh"));
        check(None, family, None, "en", Some("Nguyễn"));
        check(None, None, Some(" \u{202E}"), "vi", None);
        check(None, None, None, "vi", None);
    }
}
