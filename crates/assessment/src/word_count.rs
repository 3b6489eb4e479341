//! Counting words as teachers in Viet Nam and Germany do: what stands between
//! blanks. A Vietnamese syllable is counted as a word (as word processors do it),
//! a German compound or hyphenated word as one, a number with its signs as one.

/// How many words a text has. Signs alone are no words; a slash or a dash
/// between two words without blanks divides them (`und/oder`).
pub fn count_words(text: &str) -> usize {
    let divides = |letter: char| letter.is_whitespace() || matches!(letter, '—' | '–' | '…');
    text.split(divides).map(words_in).sum()
}

/// `và/hoặc` is two words, `m/min`, `1/2` and `24/7` are one.
fn words_in(piece: &str) -> usize {
    let says = |part: &&str| part.chars().any(char::is_alphanumeric);
    let is_word = |part: &&str| part.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let parts = || piece.split('/').filter(says);
    let words = parts().filter(is_word).count();
    if parts().count() > 1 && words == parts().count() {
        words
    } else {
        usize::from(parts().next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn check(text: &str, expected: usize) {
        assert_eq!(count_words(text), expected, "{text:?}");
        let decomposed: String = text.nfd().collect();
        assert_eq!(count_words(&decomposed), expected, "{text:?} decomposed");
    }

    #[test]
    fn words_stand_between_blanks() {
        check("", 0);
        check(" \n\t ", 0);
        check("Thước cặp dùng để đo.", 5);
        check("An toàn lao động: đeo kính,\nđội mũ!", 8);
        check("Die Zerspanungsmechanikerin prüft das Werkstück.", 5);
        check("CNC-Maschine läuft", 2);
        check("Drehzahl: 1.400 1/min, ±0,05 mm", 5);
        check("d = 12,5 mm", 3);
        check("- eins\n- zwei\n* drei", 3);
        check("und/oder", 2);
        check("và/hoặc", 2);
        check("24/7", 1);
        check("Ja – nein — vielleicht", 3);
        check("Ja–nein", 2);
        check("… !!! ?", 0);
        check("it's", 1);
        check("một\u{a0}hai\u{3000}ba", 3);
    }
}
