//! `Text` and `Source`: the author's words as they are stored. Nothing here
//! renders; an empty text is allowed and means "the author said nothing".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most bytes that one source may have. Longer ones are refused where they
/// are authored and cut where they are shown.
pub const MAX_SOURCE_BYTES: usize = 64 * 1024;

/// How a source is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// CommonMark with tables, footnotes, strikethrough and `$formulas$`.
    #[default]
    Markdown,
    /// A fragment of HTML, such as Moodle's editor makes; sanitised when shown.
    Html,
}

/// What an author wrote in one language, as written.
///
/// In JSON `{"format": "markdown", "source": "…"}`; a bare string is read as
/// Markdown, which keeps files that people write by hand short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "SourceAsRead")]
pub struct Source {
    /// How `source` is to be read.
    pub format: Format,
    /// The words, unrendered and untrusted.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SourceAsRead {
    Short(String),
    Full { format: Format, source: String },
}

impl From<SourceAsRead> for Source {
    fn from(read: SourceAsRead) -> Self {
        match read {
            SourceAsRead::Short(source) => Self::markdown(source),
            SourceAsRead::Full { format, source } => Self { format, source },
        }
    }
}

impl Source {
    /// A Markdown source.
    pub fn markdown(source: impl Into<String>) -> Self {
        Self {
            format: Format::Markdown,
            source: source.into(),
        }
    }

    /// An HTML source.
    pub fn html(source: impl Into<String>) -> Self {
        Self {
            format: Format::Html,
            source: source.into(),
        }
    }

    /// Whether nothing but white space was written.
    pub fn is_blank(&self) -> bool {
        self.source.trim().is_empty()
    }

    /// Whether the source is longer than [`MAX_SOURCE_BYTES`].
    pub fn is_too_long(&self) -> bool {
        self.source.len() > MAX_SOURCE_BYTES
    }

    /// The source up to [`MAX_SOURCE_BYTES`], cut between two characters.
    pub(crate) fn capped(&self) -> &str {
        let end = self.source.floor_char_boundary(MAX_SOURCE_BYTES);
        self.source.get(..end).unwrap_or_default()
    }
}

/// What an author wrote, in one or more languages.
///
/// Languages are BCP 47 tags as the caller spells them ("vi", "en", "de").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The language that is shown when the reader's own is missing.
    pub default_language: String,
    /// One source per language.
    pub versions: BTreeMap<String, Source>,
}

impl Text {
    /// A text in one language, which is its default.
    pub fn new(language: impl Into<String>, source: Source) -> Self {
        let language = language.into();
        Self {
            versions: BTreeMap::from([(language.clone(), source)]),
            default_language: language,
        }
    }

    /// A Markdown text in one language, which is its default.
    pub fn markdown(language: impl Into<String>, source: impl Into<String>) -> Self {
        Self::new(language, Source::markdown(source))
    }

    /// The same text with one more (or another) language.
    #[must_use]
    pub fn with(mut self, language: impl Into<String>, source: Source) -> Self {
        self.versions.insert(language.into(), source);
        self
    }

    /// The version to show to a reader of `language`, with the language that it
    /// is in (for the `lang` attribute): the exact tag, then its first part
    /// (`vi` for `vi-VN`), then the default, then any. Blank versions count as
    /// missing; `None` when all are.
    pub fn in_language(&self, language: &str) -> Option<(&str, &Source)> {
        let primary = language.split('-').next().unwrap_or(language);
        [language, primary, &self.default_language]
            .into_iter()
            .find_map(|wanted| self.versions.get_key_value(wanted).filter(written))
            .or_else(|| self.versions.iter().find(written))
            .map(|(language, source)| (language.as_str(), source))
    }

    /// Replaces what is said in one language by words as they were typed; no words
    /// take that version away. A text that says nothing yet is in
    /// `default_language`; the format of a version stays.
    pub fn rewrite(&mut self, language: &str, default_language: &str, words: String) {
        if words.is_empty() {
            self.versions.remove(language);
            return;
        }
        if self.default_language.is_empty() {
            default_language.clone_into(&mut self.default_language);
        }
        let former = self.versions.get(language);
        let format = former.map_or(Format::default(), |former| former.format);
        let source = Source {
            format,
            source: words,
        };
        self.versions.insert(language.to_owned(), source);
    }

    /// Whether no version says anything.
    pub fn is_empty(&self) -> bool {
        self.versions.values().all(Source::is_blank)
    }

    /// Whether any version is longer than [`MAX_SOURCE_BYTES`].
    pub fn is_too_long(&self) -> bool {
        self.versions.values().any(Source::is_too_long)
    }
}

fn written(version: &(&String, &Source)) -> bool {
    !version.1.is_blank()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rewriting_touches_one_language_and_keeps_its_format() {
        let mut text = Text::default();
        text.rewrite("de", "vi", "Drehen".to_owned());
        assert_eq!(text.default_language, "vi");
        text.versions.insert("vi".to_owned(), Source::html("<b>Tiện</b>"));
        text.rewrite("vi", "de", "<b>Phay</b>".to_owned());
        assert_eq!(text.versions["vi"], Source::html("<b>Phay</b>"));
        assert_eq!(text.versions["de"], Source::markdown("Drehen"));
        text.rewrite("vi", "de", String::new());
        assert_eq!((text.default_language.as_str(), text.versions.len()), ("vi", 1));
    }

    fn check(language: &str, expected: Option<(&str, &str)>) {
        let text = Text::markdown("vi", "Mũi khoan")
            .with("en", Source::markdown("Drill bit"))
            .with("de", Source::markdown("  "));
        let found = text
            .in_language(language)
            .map(|(language, source)| (language, source.source.as_str()));
        assert_eq!(found, expected, "{language}");
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        check("en", Some(("en", "Drill bit")));
        check("en-GB", Some(("en", "Drill bit")));
        check("vi", Some(("vi", "Mũi khoan")));
        check("de", Some(("vi", "Mũi khoan")));
        check("", Some(("vi", "Mũi khoan")));
    }

    #[test]
    fn a_missing_default_falls_back_to_any_language() {
        let mut text = Text::markdown("en", "Drill bit");
        text.default_language = "vi".to_owned();
        assert_eq!(text.in_language("de").map(|found| found.0), Some("en"));
    }

    #[test]
    fn blank_texts_are_empty() {
        assert!(Text::default().is_empty());
        assert!(Text::markdown("vi", " \n").is_empty());
        assert_eq!(Text::markdown("vi", " \n").in_language("vi"), None);
        assert!(!Text::markdown("vi", "x").is_empty());
    }

    #[test]
    fn json_is_stable_and_a_bare_string_is_markdown() {
        let text = Text::new("vi", Source::html("<b>x</b>"));
        let json = r#"{"default_language":"vi","versions":{"vi":{"format":"html","source":"<b>x</b>"}}}"#;
        assert_eq!(serde_json::to_string(&text).unwrap(), json);
        assert_eq!(serde_json::from_str::<Text>(json).unwrap(), text);
        let short = r#"{"default_language":"vi","versions":{"vi":"x"}}"#;
        assert_eq!(
            serde_json::from_str::<Text>(short).unwrap(),
            Text::markdown("vi", "x")
        );
    }

    #[test]
    fn a_long_source_is_cut_between_characters() {
        let source = Source::markdown("ệ".repeat(MAX_SOURCE_BYTES));
        assert!(source.is_too_long());
        assert!(source.capped().len() <= MAX_SOURCE_BYTES);
        assert!(source.capped().chars().all(|letter| letter == 'ệ'));
    }
}
