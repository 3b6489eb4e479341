//! The sentences of the practice platform's pages, in Vietnamese, English and German.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// A language of pages and launches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// All languages in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Vi, Self::En, Self::De];

    /// The code, as in `launch_presentation.locale`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Vi => include_str!("../locales/vi/practice.ftl"),
            Self::En => include_str!("../locales/en/practice.ftl"),
            Self::De => include_str!("../locales/de/practice.ftl"),
        }
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; 3] =
            [OnceLock::new(), OnceLock::new(), OnceLock::new()];
        let [vi, en, de] = &BUNDLES;
        let cell = match self {
            Self::Vi => vi,
            Self::En => en,
            Self::De => de,
        };
        cell.get_or_init(|| {
            let identifier: LanguageIdentifier = self.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
            bundle.set_use_isolating(false);
            // A broken line of a file loses that message only; a test finds it.
            let resource =
                FluentResource::try_new(self.source().to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
            bundle
        })
    }

    /// A sentence; its key when it is missing.
    pub(crate) fn text(self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// A sentence with values put in.
    pub(crate) fn text_with(self, key: &str, values: &[(&str, &str)]) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, *value);
        }
        bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Language;

    /// Message names of a file; a name that stands twice fails.
    fn keys(language: Language) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for line in language.source().lines() {
            if let Some((key, _)) = line.split_once(" =")
                && !key.starts_with([' ', '#', '.'])
            {
                assert!(
                    keys.insert(key.to_owned()),
                    "{key} stands twice in {}",
                    language.code()
                );
                assert_ne!(language.text(key), key, "{key} in {}", language.code());
            }
        }
        keys
    }

    #[test]
    fn all_languages_have_the_same_messages() {
        let vietnamese = keys(Language::Vi);
        assert!(vietnamese.len() > 50);
        for language in Language::ALL {
            assert_eq!(keys(language), vietnamese, "{}", language.code());
        }
    }

    #[test]
    fn templates_and_pages_ask_only_for_messages_that_exist() {
        let known = keys(Language::Vi);
        let mut asked = BTreeSet::new();
        let mut sources = String::new();
        for folder in ["templates", "src"] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            for file in std::fs::read_dir(folder).unwrap() {
                let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
                for call in [".t(\"", ".t_with(\"", ".text(\"", ".text_with(\""] {
                    let keys = source
                        .split(call)
                        .skip(1)
                        .filter_map(|rest| rest.split('"').next());
                    asked.extend(keys.filter(|key| is_key(key)).map(str::to_owned));
                }
                sources.push_str(&source);
            }
        }
        let missing: Vec<_> = asked.difference(&known).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let unused: Vec<_> = known
            .iter()
            .filter(|key| !sources.contains(&format!("\"{key}\"")))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    fn is_key(text: &str) -> bool {
        !text.is_empty()
            && text
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '-')
    }
}
