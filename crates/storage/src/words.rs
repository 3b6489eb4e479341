//! How a search for words becomes patterns of LIKE, the same for each noun that can
//! be searched. Folding is `text`'s: words come in folded.

/// The most words that a search looks for; further ones are ignored.
const SEARCHED_WORDS: usize = 6;

/// A pattern for each word, to be used with `ESCAPE '\\'`; what is over matches everything.
pub(crate) fn patterns(search: &str) -> [String; SEARCHED_WORDS] {
    let mut words = search.split_whitespace();
    std::array::from_fn(|_| pattern(words.next().unwrap_or_default()))
}

fn pattern(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
