//! What authors wrote in a published version, as safe HTML in one language.
//! Versions never change, so each is rendered once and kept while it is used.

use std::{collections::HashMap, sync::Arc};

use assessment::{Interaction, Item, ItemVersionId, OptionId, Published};
use moka::sync::Cache;
use text::{Source, Text};
use ui::{Html, Language, Texts};

/// How many bytes of HTML are kept over all versions.
const BYTES_KEPT: u64 = 8 * 1024 * 1024;

/// The versions that were shown last, by version id and language.
pub(crate) struct RenderedCache(Cache<(String, &'static str), Arc<Rendered>>);

/// One version in one language.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    /// The title without markup.
    pub(crate) title: String,
    pub(crate) introduction: Html,
    questions: HashMap<ItemVersionId, RenderedItem>,
    bytes: usize,
}

/// One question.
#[derive(Debug, Default, Clone)]
pub(crate) struct RenderedItem {
    pub(crate) stem: Html,
    pub(crate) feedback: Html,
    options: HashMap<OptionId, RenderedOption>,
}

/// One option.
#[derive(Debug, Default, Clone)]
pub(crate) struct RenderedOption {
    pub(crate) text: Html,
    pub(crate) feedback: Html,
}

impl RenderedCache {
    pub(crate) fn new() -> Self {
        let weigher = |_key: &(String, &'static str), value: &Arc<Rendered>| {
            u32::try_from(value.bytes).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().weigher(weigher).max_capacity(BYTES_KEPT).build())
    }

    /// A version in a language.
    pub(crate) fn get(&self, version_id: &str, published: &Published, language: Language) -> Arc<Rendered> {
        let key = (version_id.to_owned(), language.tag());
        self.0.get_with(key, || Arc::new(render(published, language)))
    }
}

impl Rendered {
    /// A question of the version; empty for one that it does not have.
    pub(crate) fn item(&self, id: &ItemVersionId) -> RenderedItem {
        self.questions.get(id).cloned().unwrap_or_default()
    }
}

impl RenderedItem {
    /// An option of the question.
    pub(crate) fn option(&self, id: &OptionId) -> RenderedOption {
        self.options.get(id).cloned().unwrap_or_default()
    }
}

/// A version in a language, rendered anew: for drafts, which are not kept.
pub(crate) fn render(published: &Published, language: Language) -> Rendered {
    let mut bytes = 0;
    let mut html = |text: &Text, render: fn(&Source) -> String| {
        let html = text
            .in_language(language.tag())
            .map(|(_, source)| render(source))
            .unwrap_or_default();
        bytes += html.len() + 100;
        Html::trusted(html)
    };
    let introduction = html(&published.content.introduction, text::to_safe_html);
    let item = |(id, item): (&ItemVersionId, &Item)| {
        let statement = matches!(item.interaction, Interaction::TrueFalse(_));
        let options = item.options().iter().map(|option| {
            let rendered = RenderedOption {
                text: if statement && option.text.is_empty() {
                    ui::component::statement_option(
                        Texts::for_language(language),
                        option.id.as_str() == "true",
                    )
                } else {
                    html(&option.text, text::to_inline_html)
                },
                feedback: html(&option.feedback, text::to_safe_html),
            };
            (option.id.clone(), rendered)
        });
        let options = options.collect();
        let rendered = RenderedItem {
            options,
            stem: html(&item.stem, text::to_safe_html),
            feedback: html(&item.feedback, text::to_safe_html),
        };
        (id.clone(), rendered)
    };
    let questions = published.items.iter().map(item).collect();
    Rendered {
        title: plain(&published.content.title, language),
        introduction,
        questions,
        bytes,
    }
}

/// An author's words without markup.
pub(crate) fn plain(text: &Text, language: Language) -> String {
    text.in_language(language.tag())
        .map(|(_, source)| text::to_plain(source))
        .unwrap_or_default()
}
