//! A letter taken apart into its base and its Vietnamese marks, so that missing,
//! wrong and moved marks can be told from each other.
//!
//! Left out on purpose: syllables and their order (`text::vietnamese_key`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One letter. Marks that Vietnamese does not have (ü) stay in the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    base: char,
    /// Circumflex, breve or horn, or the stroke of đ.
    quality: Option<char>,
    /// Grave, acute, hook, tilde or dot below.
    pub(crate) tone: Option<char>,
}

const STROKE: char = '\u{335}';

/// The letters of a text; composed and decomposed spellings give the same ones.
pub(crate) fn letters(text: &str) -> Vec<Letter> {
    let mut found: Vec<Letter> = Vec::with_capacity(text.len());
    for letter in text.nfc() {
        // a mark that finds no place stands for itself: dropped, it would make wrong right
        let belongs = is_combining_mark(letter) && found.last_mut().is_some_and(|last| last.put(letter));
        if !belongs {
            found.push(taken_apart(letter));
        }
    }
    found
}

/// Whether this is a final oa, oe or uy with the tone on its first letter, as
/// the older spelling has it.
pub(crate) fn is_tone_pair(first: Letter, second: Letter) -> bool {
    let bases = (first.base.to_ascii_lowercase(), second.base.to_ascii_lowercase());
    first.tone.is_some()
        && first.quality.is_none()
        && second.quality.is_none()
        && second.tone.is_none()
        && matches!(bases, ('o', 'a' | 'e') | ('u', 'y'))
}

impl Letter {
    fn plain(base: char) -> Self {
        Self {
            base,
            quality: None,
            tone: None,
        }
    }

    /// Whether `typed` is this letter with no, some or all of its marks, and no other ones.
    pub(crate) fn may_be_typed_as(&self, typed: &Self) -> bool {
        let fits = |own: Option<char>, typed: Option<char>| typed.is_none() || typed == own;
        self.base == typed.base && fits(self.quality, typed.quality) && fits(self.tone, typed.tone)
    }

    pub(crate) fn is_alphabetic(&self) -> bool {
        self.base.is_alphabetic()
    }

    /// `s`, `s` for ß; `a`, `e` for ä and so on, capitals likewise.
    pub(crate) fn german_digraph(&self) -> Option<[Self; 2]> {
        let pair = match self.base {
            'ß' => ['s', 's'],
            'ẞ' => ['S', 'S'],
            'ä' => ['a', 'e'],
            'ö' => ['o', 'e'],
            'ü' => ['u', 'e'],
            'Ä' => ['A', 'e'],
            'Ö' => ['O', 'e'],
            'Ü' => ['U', 'e'],
            _ => return None,
        };
        Some(pair.map(Self::plain))
    }

    fn put(&mut self, mark: char) -> bool {
        let place = if is_tone(mark) {
            &mut self.tone
        } else if is_quality(mark) {
            &mut self.quality
        } else {
            return false;
        };
        let free = place.is_none();
        *place = place.or(Some(mark));
        free
    }
}

fn taken_apart(letter: char) -> Letter {
    if let 'đ' | 'Đ' = letter {
        return Letter {
            quality: Some(STROKE),
            ..Letter::plain(if letter == 'đ' { 'd' } else { 'D' })
        };
    }
    let mut parts = std::iter::once(letter).nfd();
    let mut taken = Letter::plain(parts.next().unwrap_or(letter));
    for mark in parts {
        if !taken.put(mark) {
            return Letter::plain(letter);
        }
    }
    taken
}

fn is_tone(mark: char) -> bool {
    matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

fn is_quality(mark: char) -> bool {
    matches!(mark, '\u{302}' | '\u{306}' | '\u{31b}')
}
