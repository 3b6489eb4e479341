//! Addresses of a course's files, turned into names of files beside the page: for
//! pages that are read without a line. What is not beside the page is named in words.

use std::collections::{BTreeMap, BTreeSet};

use ui::{
    Texts,
    page::course::{picture_in_words, sound_in_words},
};

/// The files that lie beside the pages: their names by hash.
pub(super) type Beside = BTreeMap<String, String>;

/// The hashes of the files that a page shows from `place`.
pub(super) fn named(html: &str, place: &str) -> BTreeSet<String> {
    let start = format!("\"{place}/");
    let names = html.split(start.as_str()).skip(1);
    names.map(|rest| hash_of(rest).to_owned()).collect()
}

/// The page with the files that lie beside it, and with the words of those that do not.
pub(super) fn with_files(html: &str, place: &str, beside: &Beside, t: Texts) -> String {
    let start = format!("\"{place}/");
    let mut page = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(start.as_str()) {
        let name = after.split('"').next().unwrap_or_default();
        let behind = after.get(name.len()..).unwrap_or_default();
        if let Some(file) = beside.get(hash_of(name)) {
            page.push_str(before);
            page.push('"');
            page.push_str(file);
            rest = behind;
            continue;
        }
        let (words, tag) = before.rsplit_once('<').unwrap_or((before, ""));
        let (attributes, behind) = behind.split_once('>').unwrap_or((behind, ""));
        page.push_str(words);
        page.push_str(&in_words(&format!("{tag}{attributes}"), t));
        rest = behind.strip_prefix("</audio>").unwrap_or(behind);
    }
    page.push_str(rest);
    page
}

// The words are escaped already, as an attribute of the tag.
fn in_words(tag: &str, t: Texts) -> String {
    let of = |name: &str| {
        let value = tag.split_once(name).map(|(_, rest)| rest);
        value.and_then(|rest| rest.split('"').next()).unwrap_or_default()
    };
    match tag.starts_with("img") {
        true => picture_in_words(t, of(" alt=\"")),
        false => sound_in_words(t, of(" aria-label=\"")),
    }
    .to_string()
}

fn hash_of(name: &str) -> &str {
    name.split(['"', '.']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ui::Language;

    use super::*;

    const PLACE: &str = "/courses/an-toan/media";

    fn english() -> Texts {
        Texts::for_language(Language::find("en").unwrap())
    }

    #[test]
    fn files_lie_beside_the_page_or_are_named_in_words() {
        let beside = Beside::from([("ab".to_owned(), "media/ab.png".to_owned())]);
        let check = |html: &str, expected: &str| {
            assert_eq!(with_files(html, PLACE, &beside, english()), expected);
        };
        check("<p>Words.</p>", "<p>Words.</p>");
        check(
            "<p><img src=\"/courses/an-toan/media/ab.png\" alt=\"A\"> x</p>",
            "<p><img src=\"media/ab.png\" alt=\"A\"> x</p>",
        );
        check(
            "<p>1 <img src=\"/courses/an-toan/media/cd.png\" alt=\"Chuck &amp; key\"> 2</p>",
            "<p>1 <span class=\"hint\">Picture (not in this copy): Chuck &amp; key</span> 2</p>",
        );
        check(
            "<audio src=\"/courses/an-toan/media/ef.mp3\" aria-label=\"Horn\" controls=\"\"></audio>.",
            "<span class=\"hint\">Horn Not in this copy; it needs a connection.</span>.",
        );
        check(
            "<img alt=\"B\" src=\"/courses/an-toan/media/cd.png\"><img src=\"/courses/an-toan/media/ab\">",
            "<span class=\"hint\">Picture (not in this copy): B</span><img src=\"media/ab.png\">",
        );
    }

    #[test]
    fn the_files_of_a_page_are_found() {
        let html = "<img src=\"/courses/an-toan/media/cd.png\"><a href=\"/courses/an-toan/media/ab\">x</a>";
        let found: Vec<String> = named(html, PLACE).into_iter().collect();
        assert_eq!(found, ["ab", "cd"]);
    }
}
