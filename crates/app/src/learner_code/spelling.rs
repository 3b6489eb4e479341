//! How a learner's code is made of random bytes, written for people, and read from what they typed. Pure.

/// No vowels and no letters that Vietnamese keyboards join with others (Telex and VNI make Đ of DD and D9), no characters
/// that are taken for each other (0 and O, 1, I and L). A power of nothing: see [`spell`].
const LETTERS: &[u8; 25] = b"BCFGHJKMNPQRSTVXZ23456789";
const GROUP: usize = 4;

/// Characters of a code that works once: 37 bits, which the limits on failures and the expiry make enough.
pub(super) const ONE_TIME: usize = 8;
/// Characters of the code with which a learner returns: 74 bits, for it does not expire.
pub(super) const RETURN: usize = 16;

/// So many characters out of random bytes; `None` when they were too few. Bytes from 250 on are passed over, so that all
/// characters are equally likely.
pub(super) fn spell(bytes: impl IntoIterator<Item = u8>, characters: usize) -> Option<String> {
    let spelled: String = bytes
        .into_iter()
        .filter(|byte| *byte < 250)
        .filter_map(|byte| LETTERS.get(usize::from(byte) % LETTERS.len()))
        .map(|letter| char::from(*letter))
        .take(characters)
        .collect();
    (spelled.len() == characters).then_some(spelled)
}

/// The code as people read and type it: `K7PM-3XQT`.
pub(super) fn grouped(code: &str) -> String {
    let mut shown = String::new();
    for (place, letter) in code.chars().enumerate() {
        if place > 0 && place % GROUP == 0 {
            shown.push('-');
        }
        shown.push(letter);
    }
    shown
}

/// The code that somebody typed, however they separated it; `None` for what is none of ours.
pub(super) fn read(typed: &str) -> Option<String> {
    let is_separator = |c: &char| c.is_whitespace() || "-‐‑‒–—_.·".contains(*c);
    let code: String = typed
        .chars()
        .take(100)
        .filter(|c| !is_separator(c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let is_ours = code.bytes().all(|byte| LETTERS.contains(&byte));
    (is_ours && matches!(code.len(), ONE_TIME | RETURN)).then_some(code)
}

/// The name that somebody gave themselves, on one line; `None` for what is none, or too long.
pub(super) fn name(typed: &str) -> Option<String> {
    let is_shown = |c: &char| {
        !c.is_control()
            && !matches!(*c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let shown: String = text::nfc(typed)
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(is_shown)
        .collect();
    let name = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_letter = name.chars().any(char::is_alphanumeric);
    (has_letter && name.chars().count() <= super::LONGEST_NAME).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_codes() {
        #[track_caller]
        fn check(typed: &str, expected: Option<&str>) {
            assert_eq!(read(typed).as_deref(), expected, "{typed:?}");
        }
        check("K7PM-3XQT", Some("K7PM3XQT"));
        check(" k7pm 3xqt\n", Some("K7PM3XQT"));
        check("k7pm–3xqt", Some("K7PM3XQT"));
        check("K7PM3XQ", None);
        check("K7PM3XQTK", None);
        check("O7PM-3XQT", None);
        check("Đ7PM-3XQT", None);
        check("K7PM-3XQT-9HVR-CC44", Some("K7PM3XQT9HVRCC44"));
        check("", None);
        check(&"K".repeat(10_000), None);
    }

    #[test]
    fn codes_are_grouped_and_read_back() {
        assert_eq!(grouped("K7PM3XQT"), "K7PM-3XQT");
        assert_eq!(grouped("K7PM3XQT9HVRCC44"), "K7PM-3XQT-9HVR-CC44");
        let code = spell(0..=255, RETURN).unwrap();
        assert_eq!(read(&grouped(&code)), Some(code));
    }

    #[test]
    fn every_character_is_equally_likely() {
        let all = spell(0..=255, 250).unwrap();
        for letter in LETTERS {
            assert_eq!(all.matches(char::from(*letter)).count(), 10);
        }
        assert_eq!(spell(250..=255, 1), None);
        assert_eq!(spell(0..4, 8), None);
    }

    #[test]
    fn names() {
        #[track_caller]
        fn check(typed: &str, expected: Option<&str>) {
            assert_eq!(name(typed).as_deref(), expected, "{typed:?}");
        }
        check("  Nguyễn   Thị Ánh ", Some("Nguyễn Thị Ánh"));
        check("An\r\nBình", Some("An Bình"));
        check("A\u{202e}nB", Some("AnB"));
        check("\u{200b}", None);
        check("---", None);
        check("", None);
        check(&"a".repeat(80), Some(&"a".repeat(80)));
        check(&"a".repeat(81), None);
    }
}
