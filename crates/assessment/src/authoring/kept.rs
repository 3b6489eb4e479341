//! What is typed in one language meets what is saved in all of them: ids and
//! the words of other languages stay with the line that they belong to.

use std::collections::BTreeSet;

use text::Text;

use super::line::escaped;
use crate::id::OptionId;
use crate::interaction::Piece;

/// In which language an author types, and the draft's own.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The language of what is typed, BCP 47.
    pub language: &'a str,
    /// The language that the draft is written in.
    pub default_language: &'a str,
}

/// The saved text with these words in the typed language. Nothing new leaves it
/// as it was; no words take the language's version away.
pub(super) fn put(typed: Typed<'_>, saved: Option<&Text>, words: &str) -> Text {
    let mut text = saved.cloned().unwrap_or_default();
    let words = text::nfc(words).trim().to_owned();
    let is_line = !words.contains('\n');
    let former = shown(&text, typed.language);
    if former == words || (is_line && one_line(&former) == words) {
        return text;
    }
    text.rewrite(typed.language, typed.default_language, words);
    text
}

/// The words with one blank for any white space.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words that an author of this language finds in the form: its own, or those
/// of the draft's language as long as nobody has translated them.
pub(super) fn shown(text: &Text, language: &str) -> String {
    let own = text.versions.get(language).filter(|own| !own.is_blank());
    let source = own.or_else(|| text.versions.get(&text.default_language));
    source
        .map(|source| source.source.trim().to_owned())
        .unwrap_or_default()
}

/// The id and the words of a saved part.
pub(super) type Saved<'a> = (&'a str, &'a Text);

/// Which saved part each typed line continues. A line that was not changed
/// keeps its part wherever it moved; the changed ones take what is left over in
/// the order of both, and so keep their translations. `None`: it is new.
fn continued(saved: &[Saved<'_>], typed: &[String], language: &str) -> Vec<Option<usize>> {
    let mut free: BTreeSet<usize> = (0..saved.len()).collect();
    let mut found: Vec<Option<usize>> = typed
        .iter()
        .map(|words| {
            let same = |at: &&usize| {
                let part = saved.get(**at);
                part.is_some_and(|(_, text)| one_line(&shown(text, language)) == *words)
            };
            let at = free.iter().find(same).copied()?;
            free.remove(&at);
            Some(at)
        })
        .collect();
    for line in found.iter_mut().filter(|line| line.is_none()) {
        *line = free.pop_first();
    }
    found
}

/// Ids that no saved part has: `a1`, `a2`, … behind a letter.
pub(super) struct NewIds {
    letter: char,
    taken: BTreeSet<String>,
    next: usize,
}

impl NewIds {
    pub(super) fn beside<'a>(letter: char, taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            letter,
            taken: taken.into_iter().map(str::to_owned).collect(),
            next: 1,
        }
    }

    pub(super) fn next(&mut self) -> String {
        loop {
            let id = format!("{}{}", self.letter, self.next);
            self.next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The typed lines as parts: an id and a text each, continued from the saved
/// ones where there are some.
pub(super) fn parts<'a>(
    saved: impl IntoIterator<Item = Saved<'a>>,
    typed: &[String],
    how: Typed<'_>,
    letter: char,
) -> Vec<(String, Text)> {
    let saved: Vec<Saved<'_>> = saved.into_iter().collect();
    let mut ids = NewIds::beside(letter, saved.iter().map(|(id, _)| *id));
    let continued = continued(&saved, typed, how.language);
    let part = |(words, at): (&String, Option<usize>)| match at.and_then(|at| saved.get(at)) {
        Some(&(id, text)) => (id.to_owned(), put(how, Some(text), words)),
        None => (ids.next(), put(how, None, words)),
    };
    typed.iter().zip(continued).map(part).collect()
}

/// The ids of the typed lines, continued from the saved parts.
pub(super) fn ids<'a>(
    saved: impl IntoIterator<Item = Saved<'a>>,
    typed: &[String],
    how: Typed<'_>,
    letter: char,
) -> Vec<String> {
    let parts = parts(saved, typed, how, letter);
    parts.into_iter().map(|(id, _)| id).collect()
}

/// The saved pieces in the order in which places want them, the others behind:
/// as the form shows them, so that changed ones continue each other.
pub(super) fn in_order_of_use<'a>(
    pieces: &[Piece],
    wanted: impl Iterator<Item = &'a OptionId>,
) -> Vec<Piece> {
    let wanted: Vec<&OptionId> = wanted.collect();
    let place = |piece: &Piece| {
        let at = wanted.iter().position(|id| **id == piece.id);
        at.unwrap_or(usize::MAX)
    };
    let mut ordered = pieces.to_vec();
    ordered.sort_by_key(place);
    ordered
}

/// The pieces in the order in which they were saved, new ones behind: where pairs
/// are typed, their order says nothing about the choices'.
pub(super) fn in_saved_order(saved: &[Piece], mut pieces: Vec<Piece>) -> Vec<Piece> {
    let place = |piece: &Piece| {
        let at = saved.iter().position(|saved| saved.id == piece.id);
        at.unwrap_or(usize::MAX)
    };
    pieces.sort_by_key(place);
    pieces
}

/// Each of the words once, in the order in which they come first.
pub(super) fn distinct<'a>(words: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words {
        if !found.contains(word) {
            found.push(word.clone());
        }
    }
    found
}

/// The typed lines as pieces; a continued one keeps its group, and its picture as
/// long as the line names it.
pub(super) fn pieces(saved: &[Piece], typed: &[String], how: Typed<'_>) -> Vec<Piece> {
    let lines: Vec<Text> = saved
        .iter()
        .map(|piece| Text::markdown(how.language, piece_words(piece, how.language)))
        .collect();
    let parts: Vec<Saved<'_>> = saved.iter().map(|piece| piece.id.as_str()).zip(&lines).collect();
    let mut ids = NewIds::beside('p', saved.iter().map(|piece| piece.id.as_str()));
    let continued = continued(&parts, typed, how.language);
    let piece = |(words, at): (&String, Option<usize>)| match at.and_then(|at| saved.get(at)) {
        Some(former) => retyped(former, words, how),
        None => Piece::new(OptionId::from(ids.next()), put(how, None, words)),
    };
    typed.iter().zip(continued).map(piece).collect()
}

// A saved piece with the words of its line. A picture of its own begins the line.
fn retyped(former: &Piece, words: &str, how: Typed<'_>) -> Piece {
    let mut piece = former.clone();
    let own = former.picture.as_ref().and_then(|picture| {
        let inside = words.strip_prefix("![")?;
        inside.split_once(&format!("](media:{})", picture.hash))
    });
    match (own, piece.picture.as_mut()) {
        (Some((alternative, words)), Some(picture)) => {
            picture.alternative = put(how, Some(&picture.alternative), alternative);
            piece.text = put(how, Some(&former.text), words.trim());
        }
        _ => {
            piece.picture = None;
            piece.text = put(how, Some(&former.text), words);
        }
    }
    piece
}

/// What a piece's line says: its picture, as Markdown has it, then its words.
pub(super) fn piece_words(piece: &Piece, language: &str) -> String {
    let words = shown(&piece.text, language);
    let Some(picture) = &piece.picture else {
        return words;
    };
    let alternative = one_line(&shown(&picture.alternative, language));
    let picture = format!("![{alternative}](media:{})", picture.hash);
    match words.as_str() {
        "" => picture,
        words => format!("{picture} {words}"),
    }
}

/// The lines of pieces as an author of this language finds them.
pub(super) fn piece_lines(pieces: &[Piece], language: &str) -> String {
    let line = |piece: &Piece| escaped(&piece_words(piece, language));
    pieces.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use text::Source;

    use super::*;

    const VI: Typed<'_> = Typed {
        language: "vi",
        default_language: "vi",
    };

    fn words(text: &Text, language: &str) -> String {
        let source = text.versions.get(language);
        source.map(|source| source.source.clone()).unwrap_or_default()
    }

    #[track_caller]
    fn check(typed: &[&str], expected: &[(&str, &str)]) {
        let both = |vi: &str, de: &str| Text::markdown("vi", vi).with("de", Source::markdown(de));
        let texts = [
            both("Tiện", "Drehen"),
            both("Phay", "Fräsen"),
            both("Mài", "Schleifen"),
        ];
        let saved = [("x", &texts[0]), ("y", &texts[1]), ("z", &texts[2])];
        let typed: Vec<String> = typed.iter().map(|words| (*words).to_owned()).collect();
        let found = parts(saved, &typed, VI, 'a');
        let found: Vec<(&str, String)> = found
            .iter()
            .map(|(id, text)| (id.as_str(), words(text, "de")))
            .collect();
        let expected: Vec<(&str, String)> = expected
            .iter()
            .map(|(id, text)| (*id, (*text).to_owned()))
            .collect();
        assert_eq!(found, expected, "{typed:?}");
    }

    #[test]
    fn translations_stay_with_their_lines() {
        check(
            &["Tiện", "Phay", "Mài"],
            &[("x", "Drehen"), ("y", "Fräsen"), ("z", "Schleifen")],
        );
        check(&["Mài", "Tiện"], &[("z", "Schleifen"), ("x", "Drehen")]);
        check(
            &["Tiện", "Phay CNC", "Mài"],
            &[("x", "Drehen"), ("y", "Fräsen"), ("z", "Schleifen")],
        );
        check(
            &["Bào", "Tiện", "Phay", "Mài"],
            &[("a1", ""), ("x", "Drehen"), ("y", "Fräsen"), ("z", "Schleifen")],
        );
    }

    #[test]
    fn words_replace_only_their_own_language() {
        let saved = Text::markdown("vi", "Tiện").with("de", Source::html("<b>Drehen</b>"));
        assert_eq!(put(VI, Some(&saved), " Tiện\n"), saved, "nothing new");
        let changed = put(VI, Some(&saved), "Phay");
        assert_eq!(
            (words(&changed, "vi"), words(&changed, "de")),
            ("Phay".to_owned(), "<b>Drehen</b>".to_owned())
        );
        assert!(!put(VI, Some(&changed), "").versions.contains_key("vi"));
        assert_eq!(put(VI, None, "Bào").default_language, "vi");
    }

    #[test]
    fn what_is_not_translated_stays_untranslated() {
        let saved = Text::markdown("vi", "Tiện");
        let german = Typed {
            language: "de",
            default_language: "vi",
        };
        assert_eq!(shown(&saved, "de"), "Tiện");
        assert_eq!(put(german, Some(&saved), "Tiện"), saved);
        assert_eq!(words(&put(german, Some(&saved), "Drehen"), "de"), "Drehen");
    }
}
