//! The order of a Vietnamese list: a ă â b c d đ e ê …, and only where all
//! letters are equal the tones: level, huyền, hỏi, ngã, sắc, nặng. Other
//! languages' rules, and upper before lower case, are left out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands after every plain letter, so that "ă" follows "az".
const AFTER: char = '~';

/// Keys of the same kind compare as a Vietnamese list orders their texts:
/// letters first, then tones. They are never shown.
pub fn vietnamese_key(text: &str) -> (String, String) {
    let (mut letters, mut tones) = (String::with_capacity(text.len()), String::new());
    let mut letter = ' ';
    let mut tone = '0';
    for part in text.nfd().flat_map(char::to_lowercase) {
        if !is_combining_mark(part) {
            if !letters.is_empty() {
                tones.push(tone);
            }
            tone = '0';
            letter = part;
            push_letter(&mut letters, part);
        } else if let Some(found) = tone_of(part) {
            tone = found;
        } else {
            letters.extend(std::iter::repeat_n(AFTER, places_after(letter, part)));
        }
    }
    tones.push(tone);
    (letters, tones)
}

fn push_letter(letters: &mut String, letter: char) {
    if letter == 'đ' {
        letters.push('d');
        letters.push(AFTER);
    } else {
        letters.push(letter);
    }
}

fn tone_of(mark: char) -> Option<char> {
    match mark {
        '\u{300}' => Some('1'),
        '\u{309}' => Some('2'),
        '\u{303}' => Some('3'),
        '\u{301}' => Some('4'),
        '\u{323}' => Some('5'),
        _ => None,
    }
}

// How many places a letter with this mark stands after the plain one: a ă â, e ê, o ô ơ, u ư.
fn places_after(letter: char, mark: char) -> usize {
    match (letter, mark) {
        ('a', '\u{302}') | ('o', '\u{31b}') => 2,
        (_, '\u{306}' | '\u{302}' | '\u{31b}') => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ordered: &[&str]) {
        let mut sorted = ordered.to_vec();
        sorted.reverse();
        sorted.sort_by_key(|name| vietnamese_key(name));
        assert_eq!(sorted, ordered);
    }

    #[test]
    fn letters_come_in_the_alphabets_order() {
        check(&[
            "An", "Anh", "Ăn", "Ân", "Bình", "Cường", "Dung", "Dũng", "Duy", "Đan", "Đức", "Em",
        ]);
        check(&["Oanh", "Ôn", "Ơn", "Phúc"]);
        check(&["Uyên", "Ước", "Vân"]);
        check(&["Lan", "Lê", "Linh"]);
        check(&["Hà", "Hằng", "Hân"]);
    }

    #[test]
    fn tones_decide_only_between_equal_letters() {
        check(&["ma", "mà", "mả", "mã", "má", "mạ", "mai"]);
        check(&["Thủy An", "Thúy An", "Thúy Anh", "Thủy Bình"]);
        check(&["", "an", "an b", "ana"]);
    }

    #[test]
    fn composed_and_decomposed_letters_are_equal() {
        let decomposed: String = "Đặng Thị Ngọc Ưng".nfd().collect();
        assert_eq!(vietnamese_key(&decomposed), vietnamese_key("ĐẶNG Thị Ngọc Ưng"));
    }
}
