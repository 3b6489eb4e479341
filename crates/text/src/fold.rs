//! Unicode forms: NFC for storing and comparing, and a folded form in which a
//! search for "an toan" finds "An toàn". Neither is ever shown to anybody.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in Unicode normalisation form C, in which one letter with its marks
/// is spelled one way only.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The text for searching: lower-case, without accents and tone marks, đ as d
/// and ß as ss. Apply it to both sides of a comparison.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    for letter in letters.flat_map(char::to_lowercase) {
        match letter {
            'đ' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            // lower-casing İ leaves a combining dot
            mark if is_combining_mark(mark) => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected, "{text}");
    }

    #[test]
    fn marks_and_case_fold_away() {
        check("An toàn xưởng cơ khí", "an toan xuong co khi");
        check("ĐƯỜNG ĐỘT", "duong dot");
        check("Thước cặp ½", "thuoc cap ½");
        check("Straße GRÜN", "strasse grun");
        check("hoà hòa", "hoa hoa");
        check("İ", "i");
        check("", "");
    }

    #[test]
    fn composed_and_decomposed_letters_are_equal() {
        let decomposed: String = "Tiện ren ngoài".nfd().collect();
        assert_ne!(decomposed, "Tiện ren ngoài");
        assert_eq!(nfc(&decomposed), "Tiện ren ngoài");
        assert_eq!(fold(&decomposed), fold("Tiện ren ngoài"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "[a-zA-ZÀ-ỹĐđß ]{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
