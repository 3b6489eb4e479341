//! A course's words for the catalogue's search, which is blind to accents and case.
//! Whoever searches looks for each of [`search_words`] in [`search_text`].

use text::{Text, fold, to_plain};

use crate::content::{CourseContent, Step};

/// More words than these make no search better.
const MOST_WORDS: usize = 8;
/// The most bytes that are searched; the titles stand first.
const MOST_BYTES: usize = 32 * 1024;

/// Titles, summaries and terms in all languages, folded, one line each.
pub fn search_text(content: &CourseContent) -> String {
    let mut texts = vec![&content.title, &content.summary];
    texts.extend(content.units.iter().map(|unit| &unit.title));
    texts.extend(content.steps().map(Step::title));
    texts.extend(content.units.iter().map(|unit| &unit.summary));
    texts.extend(content.glossary.iter().map(|term| &term.term));
    let lines = texts.into_iter().flat_map(lines);
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.truncate(text.floor_char_boundary(MOST_BYTES));
    text
}

/// The words of what somebody typed, folded, each once.
pub fn search_words(typed: &str) -> Vec<String> {
    let folded = fold(typed);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(|letter: char| !letter.is_alphanumeric()) {
        if !word.is_empty() && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words.truncate(MOST_WORDS);
    words
}

fn lines(text: &Text) -> impl Iterator<Item = String> {
    let plain = text.versions.values().map(|source| fold(&to_plain(source)));
    plain.filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use text::Source;

    use super::*;
    use crate::content::Term;
    use crate::key::Key;
    use crate::testing::{course, lesson, unit};

    fn content() -> CourseContent {
        let mut content = course(vec![unit("may-tien", vec![lesson("Khoan đứng")])]);
        content.title = Text::markdown("vi", "An **toàn** xưởng").with("de", Source::markdown("Größe"));
        content.summary = Text::markdown("vi", "Phòng cháy, chữa cháy");
        content.glossary = vec![Term {
            key: Key::from("t"),
            term: Text::markdown("en", "chuck key"),
            explanation: Text::markdown("en", "unsearched"),
        }];
        content
    }

    #[test]
    fn a_course_is_found_by_words_without_accents() {
        #[track_caller]
        fn check(typed: &str, expected: bool) {
            let text = search_text(&content());
            let words = search_words(typed);
            let found = words.iter().all(|word| text.contains(word.as_str()));
            assert_eq!(found, expected, "{typed}: {words:?}");
        }
        check("an toan", true);
        check("TOÀN, an", true);
        check("chay chua", true);
        check("grosse", true);
        check("khoan dung", true);
        check("chuck", true);
        check("unsearched", false);
        check("an toan hoa chat", false);
        check(" %_ ", true);
    }

    #[test]
    fn words_are_few_and_differ() {
        assert_eq!(search_words("Máy, máy MAY tiện!"), ["may", "tien"]);
        assert_eq!(search_words("a b c d e f g h i j").len(), MOST_WORDS);
        assert!(search_words("%_'\"").is_empty());
    }

    #[test]
    fn the_text_has_a_limit() {
        let mut content = content();
        content.summary = Text::markdown("vi", "đ".repeat(MOST_BYTES));
        assert!(search_text(&content).len() <= MOST_BYTES);
    }
}
