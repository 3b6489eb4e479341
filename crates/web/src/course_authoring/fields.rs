//! Fields of the editors' forms: what stands in them, and what they say. A field that
//! was not sent changes nothing.

use course::{CourseContent, Key, LANGUAGES, Licence};
use text::{Format, Text};
use ui::{
    Language,
    page::course_editor::{InLanguage, LicenceFields, Multilingual, Need},
};

use crate::{pairs::Pairs, rendered::plain};

/// The fields of a text.
pub(super) fn fields_of(name: &str, text: &Text) -> Multilingual {
    let version = |tag: &&str| {
        let source = text.versions.get(*tag);
        InLanguage {
            tag: (*tag).to_owned(),
            language: language_name(tag),
            value: source.map(|source| source.source.clone()).unwrap_or_default(),
            is_html: source.is_some_and(|source| source.format == Format::Html),
        }
    };
    Multilingual {
        name: name.to_owned(),
        versions: LANGUAGES.iter().map(version).collect(),
    }
}

pub(super) fn language_name(tag: &str) -> String {
    Language::find(tag).map_or_else(|| tag.to_owned(), |language| language.name().into_owned())
}

/// Writes what the fields of a text say.
pub(super) fn read_text(pairs: &Pairs, name: &str, first: &str, text: &mut Text) {
    for tag in LANGUAGES {
        if let Some(typed) = pairs.optional(&format!("{name}_{tag}")) {
            rewrite(text, tag, first, typed);
        }
    }
}

/// As [`read_text`] with white space around the words taken away, for what stands in one line.
pub(super) fn read_line(pairs: &Pairs, name: &str, first: &str, text: &mut Text) {
    for tag in LANGUAGES {
        if let Some(typed) = pairs.optional(&format!("{name}_{tag}")) {
            rewrite(text, tag, first, typed.trim());
        }
    }
}

// Browsers send lines with other ends than they were given.
fn rewrite(text: &mut Text, tag: &str, first: &str, typed: &str) {
    let typed = typed.replace("\r\n", "\n");
    let known = text
        .versions
        .get(tag)
        .map(|source| source.source.replace("\r\n", "\n"));
    if known.as_deref().unwrap_or_default() != typed {
        let blank = typed.trim().is_empty();
        text.rewrite(tag, first, if blank { String::new() } else { typed });
    }
}

/// The first words that were typed of a text, in any language.
pub(super) fn first_words(pairs: &Pairs, name: &str) -> Option<String> {
    let typed = LANGUAGES
        .iter()
        .map(|tag| pairs.get(&format!("{name}_{tag}")).trim());
    typed.filter(|typed| !typed.is_empty()).map(str::to_owned).next()
}

pub(super) fn licence_fields(name: &str, licence: Option<&Licence>) -> LicenceFields {
    let licence = licence.cloned().unwrap_or_default();
    LicenceFields {
        name: name.to_owned(),
        identifier: licence.identifier,
        holder: licence.holder,
        source: licence.source.unwrap_or_default(),
    }
}

pub(super) fn read_licence(pairs: &Pairs, name: &str, licence: &mut Option<Licence>) {
    let Some(identifier) = pairs.optional(name) else {
        return;
    };
    let source = pairs.get(&format!("{name}_source")).trim();
    let read = Licence {
        identifier: identifier.trim().to_owned(),
        holder: pairs.get(&format!("{name}_holder")).trim().to_owned(),
        source: (!source.is_empty()).then(|| source.to_owned()),
    };
    *licence = (read != Licence::default()).then_some(read);
}

/// Units and steps that can be asked for before the one of that key opens.
pub(super) fn needs(content: &CourseContent, own: &Key, chosen: &[Key], language: Language) -> Vec<Need> {
    let mut needs = Vec::new();
    let mut add = |key: &Key, title: &Text, depth: &str| {
        let title = plain(title, language);
        let title = if title.is_empty() { key.to_string() } else { title };
        if key != own {
            needs.push(Need {
                key: key.to_string(),
                title: format!("{depth}{title}"),
                is_chosen: chosen.contains(key),
            });
        }
    };
    for unit in &content.units {
        add(&unit.key, &unit.title, "");
        for step in &unit.steps {
            add(step.key(), step.title(), "– ");
        }
    }
    // what is asked for and is not there any more can be taken away
    for key in chosen {
        if content.unit(key).is_none() && content.step(key).is_none() {
            needs.push(Need {
                key: key.to_string(),
                title: key.to_string(),
                is_chosen: true,
            });
        }
    }
    needs
}

/// What was chosen, in the former order with new ones behind.
pub(super) fn read_needs(pairs: &Pairs, name: &str, chosen: &mut Vec<Key>) {
    if pairs.optional(&format!("{name}_asked")).is_none() {
        return;
    }
    let asked: Vec<Key> = pairs.all(name).map(Key::from).collect();
    chosen.retain(|key| asked.contains(key));
    let new: Vec<Key> = asked.into_iter().filter(|key| !chosen.contains(key)).collect();
    chosen.extend(new);
}

/// A share in percent; nothing typed is `None`. What is no number is kept as a share that the check refuses.
pub(super) fn read_percent(typed: &str) -> Option<u32> {
    let typed = typed.trim().trim_end_matches('%').trim();
    (!typed.is_empty()).then(|| typed.parse().unwrap_or(0))
}

/// The members of a list in the order of a field of keys; what the field does not name stays behind them.
pub(super) fn reorder<T>(pairs: &Pairs, name: &str, list: &mut [T], key: impl Fn(&T) -> &str) {
    let Some(order) = pairs.optional(name) else {
        return;
    };
    let order: Vec<&str> = order.split_whitespace().collect();
    let place = |member: &T| {
        let found = order.iter().position(|known| *known == key(member));
        found.unwrap_or(order.len())
    };
    list.sort_by_key(place);
}

/// A button of a member of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    /// One place to the front.
    Up,
    /// One place to the end.
    Down,
    /// Away.
    Remove,
}

impl Move {
    pub(super) fn parse(verb: &str) -> Option<Self> {
        match verb {
            "up" => Some(Self::Up),
            "down" => Some(Self::Down),
            "remove" => Some(Self::Remove),
            _ => None,
        }
    }

    /// Does it to the member at that place, counted from 0; false where it stands at the end already.
    pub(super) fn apply<T>(self, list: &mut Vec<T>, place: usize) -> bool {
        let other = match self {
            Self::Remove => {
                list.remove(place);
                return true;
            }
            Self::Up => place.checked_sub(1),
            Self::Down => Some(place + 1).filter(|other| *other < list.len()),
        };
        if let Some(other) = other {
            list.swap(place, other);
        }
        other.is_some()
    }
}

/// A key for something new: of its words, else of what it is; with a number where that is taken.
pub(super) fn new_key(words: &str, otherwise: &str, is_taken: impl Fn(&Key) -> bool) -> Key {
    let wished = Key::of_words(words).unwrap_or_else(|| Key::from(otherwise));
    let numbered = (2..).map(|number| {
        let ending = format!("-{number}");
        let mut key = wished.to_string();
        key.truncate(course::KEY_LETTERS - ending.len());
        Key::new(key + &ending)
    });
    let mut keys = std::iter::once(wished.clone()).chain(numbered);
    keys.find(|key| !is_taken(key)).unwrap_or(wished)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Pairs {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Pairs(fields.iter().map(own).collect())
    }

    #[test]
    fn a_text_changes_as_its_fields_say() {
        let mut text = Text::markdown("vi", "Một\r\nHai");
        let former = text.clone();
        read_text(
            &pairs(&[("body_vi", "Một\r\nHai"), ("body_en", " ")]),
            "body",
            "vi",
            &mut text,
        );
        assert_eq!(text, former, "lines' ends are no change");
        read_text(&pairs(&[("body_de", "Eins\r\n")]), "body", "vi", &mut text);
        assert_eq!(text.versions["de"].source, "Eins\n");
        read_text(&pairs(&[("body_vi", "")]), "body", "vi", &mut text);
        assert!(!text.versions.contains_key("vi"));
    }

    #[test]
    fn lists_stand_as_the_field_says_and_lose_nothing() {
        #[track_caller]
        fn check(order: &str, expected: [&str; 3]) {
            let mut list = ["a", "b", "c"];
            reorder(&pairs(&[("list", order)]), "list", &mut list, |one| one);
            assert_eq!(list, expected, "{order}");
        }
        check("c a b", ["c", "a", "b"]);
        check("b", ["b", "a", "c"]);
        check("x", ["a", "b", "c"]);
        check("", ["a", "b", "c"]);
    }

    #[test]
    fn new_keys_are_free() {
        let taken = |key: &Key| ["may", "may-2"].contains(&key.as_str());
        assert_eq!(new_key("Máy", "lesson", taken).as_str(), "may-3");
        assert_eq!(new_key("日本", "lesson", taken).as_str(), "lesson");
        let long = new_key(&"a".repeat(80), "lesson", |key| {
            key.as_str().len() == 60 && !key.as_str().contains('-')
        });
        assert!(long.is_well_formed());
    }

    #[test]
    fn shares_are_read() {
        assert_eq!(read_percent(" 60 % "), Some(60));
        assert_eq!(read_percent(""), None);
        assert_eq!(read_percent("viele"), Some(0));
    }
}
