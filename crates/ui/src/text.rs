//! Texts by key from Fluent files. A language is a folder below `locales/`:
//! another one needs no code. Formatting of numbers and times stands in
//! `format.rs`, whose patterns are texts too.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

/// Where a key is looked for when a language lacks it.
const FALLBACKS: [&str; 2] = ["vi", "en"];

static BUNDLES: LazyLock<BTreeMap<String, Bundle>> = LazyLock::new(load);
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(known_languages);
static MISSING: AtomicUsize = AtomicUsize::new(0);

/// How many texts were asked for and not found, or lacked an argument, since
/// the program began. Tests and metrics look at it; it should stay 0.
pub fn missing_text_count() -> usize {
    MISSING.load(Ordering::Relaxed)
}

/// A language that pages can be shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language(&'static str);

impl Default for Language {
    fn default() -> Self {
        Self(FALLBACKS[0])
    }
}

impl Language {
    /// All languages, the default one first, then by tag.
    pub fn all() -> &'static [Language] {
        &LANGUAGES
    }

    /// The language tag, as in `lang="vi"`.
    pub fn tag(self) -> &'static str {
        self.0
    }

    /// The language's name in itself ("Tiếng Việt").
    pub fn name(self) -> Cow<'static, str> {
        Texts::for_language(self).get("language-name")
    }

    /// The language of exactly this tag, when there is one.
    pub fn find(tag: &str) -> Option<Language> {
        Self::all().iter().copied().find(|known| known.0 == tag)
    }

    /// The first known language among the candidates, else the default one.
    /// A candidate is a tag in any spelling ("vi", "en_us", "de-DE") or a
    /// whole Accept-Language header (RFC 9110, 12.5.4); nonsense is skipped.
    pub fn negotiate(candidates: &[&str]) -> Language {
        candidates
            .iter()
            .flat_map(|candidate| by_preference(candidate))
            .find_map(|tag| Self::find(&tag).or_else(|| Self::find(primary_subtag(&tag))))
            .unwrap_or_default()
    }
}

fn known_languages() -> Vec<Language> {
    let default = Language::default();
    let others = BUNDLES.keys().map(|tag| Language(tag.as_str()));
    std::iter::once(default)
        .chain(others.filter(|language| *language != default))
        .collect()
}

fn primary_subtag(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn by_preference(header: &str) -> Vec<String> {
    let mut tags: Vec<(f32, String)> = header
        .split(',')
        .filter_map(|part| {
            let mut pieces = part.split(';');
            let tag = pieces.next()?.trim().replace('_', "-").to_lowercase();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok())
                .unwrap_or(1.0_f32);
            (!tag.is_empty() && weight > 0.0).then_some((weight, tag))
        })
        .collect();
    tags.sort_by(|a, b| b.0.total_cmp(&a.0));
    tags.into_iter().map(|(_, tag)| tag).collect()
}

/// The texts of one language.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    language: Language,
}

impl Texts {
    /// The texts of this language.
    pub fn for_language(language: Language) -> Self {
        Self { language }
    }

    /// Which language these texts are in.
    pub fn language(self) -> Language {
        self.language
    }

    /// The language tag, for `lang` attributes.
    pub fn tag(self) -> &'static str {
        self.language.0
    }

    /// True when the key exists, in this language or a fallback.
    pub fn has(self, key: &str) -> bool {
        self.bundle_with(key).is_some()
    }

    /// A text without arguments. A missing key comes back as `⟦key⟧` and is
    /// counted ([`missing_text_count`]).
    pub fn get(self, key: &str) -> Cow<'static, str> {
        self.format(key, None)
    }

    /// A text with an argument; more follow by [`Filled::and`]. Integers take
    /// part in plurals; other numbers come as text from `format::number`.
    pub fn with(self, key: &str, name: &str, value: impl Argument) -> Filled {
        let filled = Filled {
            texts: self,
            key: key.to_owned(),
            arguments: FluentArgs::new(),
        };
        filled.and(name, value)
    }

    fn format(self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let Some(bundle) = self.bundle_with(key) else {
            return missing(key);
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return missing(key);
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, arguments, &mut errors);
        if errors.is_empty() {
            return text;
        }
        missing(key)
    }

    fn bundle_with(self, key: &str) -> Option<&'static Bundle> {
        std::iter::once(self.language.0)
            .chain(FALLBACKS)
            .filter_map(|tag| BUNDLES.get(tag))
            .find(|bundle| bundle.has_message(key))
    }
}

/// A text with its arguments; prints itself (templates escape it).
#[derive(Debug)]
pub struct Filled {
    texts: Texts,
    key: String,
    arguments: FluentArgs<'static>,
}

impl Filled {
    /// Adds an argument.
    #[must_use]
    pub fn and(mut self, name: &str, value: impl Argument) -> Self {
        self.arguments.set(name.to_owned(), value.value().into_owned());
        self
    }
}

impl fmt::Display for Filled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.texts.format(&self.key, Some(&self.arguments)))
    }
}

impl Argument for Filled {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.to_string())
    }
}

fn missing(key: &str) -> Cow<'static, str> {
    MISSING.fetch_add(1, Ordering::Relaxed);
    Cow::Owned(format!("⟦{key}⟧"))
}

/// What may be handed to a text: a string or an integer.
pub trait Argument {
    /// The value as Fluent takes it.
    fn value(&self) -> FluentValue<'_>;
}

impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl Argument for Cow<'_, str> {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_ref())
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

macro_rules! integer_arguments {
    ($($integer:ty)*) => {$(
        impl Argument for $integer {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}

integer_arguments!(u32 u64 usize i32 i64);

fn load() -> BTreeMap<String, Bundle> {
    let mut bundles = BTreeMap::new();
    for path in Files::iter() {
        let Some((tag, _)) = path.split_once('/') else {
            continue;
        };
        let Ok(identifier) = tag.parse::<LanguageIdentifier>() else {
            continue;
        };
        let bundle = bundles.entry(tag.to_owned()).or_insert_with(|| {
            let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
            // isolation marks would show in CSV files and tests; names stand in <bdi>
            bundle.set_use_isolating(false);
            bundle
        });
        if let Some(resource) = resource(&path) {
            bundle.add_resource_overriding(resource);
        }
    }
    bundles
}

fn resource(path: &str) -> Option<FluentResource> {
    let file = Files::get(path)?;
    let source = String::from_utf8_lossy(&file.data).into_owned();
    // what can be read of a broken file is used; the tests refuse such a file
    Some(FluentResource::try_new(source).unwrap_or_else(|(readable, _)| readable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_candidate_wins() {
        #[track_caller]
        fn check(candidates: &[&str], expected: &str) {
            assert_eq!(Language::negotiate(candidates).tag(), expected, "{candidates:?}");
        }
        check(&[], "vi");
        check(&["vi"], "vi");
        check(&["en_us"], "en");
        check(&["de-DE"], "de");
        check(&["DE_du"], "de");
        check(&["", "en"], "en");
        check(&["zh_cn", "de"], "de");
        check(&["fr-FR,fr;q=0.9,de;q=0.4,en;q=0.8"], "en");
        check(&["en;q=0,de"], "de");
        check(&["*"], "vi");
        check(&["../../etc", "en\u{0}", ";;;,,,"], "vi");
    }

    #[test]
    fn a_missing_text_shows_its_key_and_is_counted() {
        let t = Texts::for_language(Language::default());
        let before = missing_text_count();
        assert_eq!(t.get("no-such-key"), "⟦no-such-key⟧");
        assert!(missing_text_count() > before);
        assert!(!t.has("no-such-key"));
    }

    #[test]
    fn arguments_carry_no_isolation_marks() {
        let t = Texts::for_language(Language::default());
        let text = t.with("attempt-question", "number", "An toàn").to_string();
        assert!(!text.contains(['\u{2068}', '\u{2069}']), "{text:?}");
    }
}
