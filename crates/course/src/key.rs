//! Keys: the stable names of courses, units, steps, checks, reflections and terms.
//! Progress and addresses refer to them, so that both survive a new version.

use std::fmt;

use serde::{Deserialize, Serialize};
use text::fold;

/// The most letters of a key.
pub const KEY_LETTERS: usize = 60;

/// A stable name of 1 to [`KEY_LETTERS`] letters `a-z`, digits and hyphens.
///
/// Any string is kept as it is, so that a draft with a wrong one can be read and told
/// what is wrong; see [`Key::is_well_formed`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key as it was given.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// A key made of an author's words, such as `an-toan-dien` of "An toàn điện";
    /// `None` where nothing of them is left.
    pub fn of_words(words: &str) -> Option<Self> {
        let folded = fold(words);
        let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric());
        let joined: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let mut key = joined.join("-");
        key.truncate(KEY_LETTERS);
        let key = key.trim_end_matches('-');
        (!key.is_empty()).then(|| Self::from(key))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has the letters and the length of a key.
    pub fn is_well_formed(&self) -> bool {
        let is_of_keys = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=KEY_LETTERS).contains(&self.0.len()) && self.0.bytes().all(is_of_keys)
    }
}

impl From<&str> for Key {
    fn from(key: &str) -> Self {
        Self(key.to_owned())
    }
}

impl From<String> for Key {
    fn from(key: String) -> Self {
        Self(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_short_small_ascii() {
        #[track_caller]
        fn check(key: &str, expected: bool) {
            assert_eq!(Key::from(key).is_well_formed(), expected, "{key:?}");
        }
        check("workshop-safety", true);
        check("01", true);
        check("-", true);
        check(&"x".repeat(KEY_LETTERS), true);
        check(&"x".repeat(KEY_LETTERS + 1), false);
        check("", false);
        check("Unit", false);
        check("a b", false);
        check("a_b", false);
        check("a.b", false);
        check("..", false);
        check("a/b", false);
        check("đo", false);
    }

    #[test]
    fn words_become_keys() {
        #[track_caller]
        fn check(words: &str, expected: Option<&str>) {
            assert_eq!(Key::of_words(words), expected.map(Key::from), "{words:?}");
        }
        check("An toàn điện", Some("an-toan-dien"));
        check("  Größe & Maß: 5 mm!  ", Some("grosse-mass-5-mm"));
        check("日本語", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn what_is_made_is_a_key(words in "\\PC{0,120}") {
            if let Some(key) = Key::of_words(&words) {
                prop_assert!(key.is_well_formed(), "{key}");
            }
        }
    }
}
