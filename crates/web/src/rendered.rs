//! What authors wrote in a published version, as safe HTML in one language.
//! Versions never change, so each is rendered once and kept while it is used.

use std::{collections::HashMap, sync::Arc};

use assessment::{
    Interaction, Item, ItemVersionId, OptionId, Published, Section, SectionId, Stimulus, StimulusId,
};
use moka::sync::Cache;
use text::{Format, Source, Text};
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
    questions: HashMap<ItemVersionId, Arc<RenderedItem>>,
    stimuli: HashMap<StimulusId, RenderedStimulus>,
    sections: HashMap<SectionId, RenderedStimulus>,
    bytes: usize,
}

/// One question.
#[derive(Debug, Default, Clone)]
pub(crate) struct RenderedItem {
    pub(crate) stem: Html,
    pub(crate) feedback: Html,
    options: HashMap<OptionId, RenderedOption>,
    language: &'static str,
    /// What stands in the item, by its source.
    markdown: HashMap<String, RenderedText>,
    html: HashMap<String, RenderedText>,
}

/// Material that several questions refer to.
#[derive(Debug, Default, Clone)]
pub(crate) struct RenderedStimulus {
    /// Without markup.
    pub(crate) title: String,
    pub(crate) text: Html,
}

#[derive(Debug, Default, Clone)]
struct RenderedText {
    block: Html,
    inline: Html,
    plain: String,
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
    pub(crate) fn item(&self, id: &ItemVersionId) -> Arc<RenderedItem> {
        self.questions.get(id).cloned().unwrap_or_default()
    }

    /// A section's heading and introduction.
    pub(crate) fn section(&self, id: &SectionId) -> RenderedStimulus {
        self.sections.get(id).cloned().unwrap_or_default()
    }

    /// What several questions refer to.
    pub(crate) fn stimulus(&self, id: &StimulusId) -> RenderedStimulus {
        self.stimuli.get(id).cloned().unwrap_or_default()
    }
}

impl RenderedItem {
    /// An option of the question.
    pub(crate) fn option(&self, id: &OptionId) -> RenderedOption {
        self.options.get(id).cloned().unwrap_or_default()
    }

    /// A text of the item, or one that was made of it.
    pub(crate) fn block(&self, text: &Text) -> Html {
        self.text(text, |text| &text.block, text::to_safe_html)
    }

    /// The same without the paragraph around a single one.
    pub(crate) fn inline(&self, text: &Text) -> Html {
        self.text(text, |text| &text.inline, text::to_inline_html)
    }

    /// The same without markup.
    pub(crate) fn plain(&self, text: &Text) -> String {
        let source = text.in_language(self.language).map(|(_, source)| source);
        source.map_or_else(String::new, |source| match self.kept(source) {
            Some(kept) => kept.plain.clone(),
            None => text::to_plain(source),
        })
    }

    /// What was written, for what is shown as it was typed.
    pub(crate) fn source<'a>(&self, text: &'a Text) -> &'a str {
        let source = text.in_language(self.language).map(|(_, source)| source);
        source.map_or("", |source| source.source.as_str())
    }

    fn text(&self, text: &Text, part: fn(&RenderedText) -> &Html, render: fn(&Source) -> String) -> Html {
        let source = text.in_language(self.language).map(|(_, source)| source);
        source.map_or_else(Html::default, |source| match self.kept(source) {
            Some(kept) => part(kept).clone(),
            None => Html::trusted(render(source)),
        })
    }

    fn kept(&self, source: &Source) -> Option<&RenderedText> {
        let kept = match source.format {
            Format::Markdown => &self.markdown,
            Format::Html => &self.html,
        };
        kept.get(&source.source)
    }

    fn keep(&mut self, source: &Source) -> usize {
        let kept = match source.format {
            Format::Markdown => &mut self.markdown,
            Format::Html => &mut self.html,
        };
        let block = text::to_safe_html(source);
        let plain = text::to_plain(source);
        let bytes = source.source.len() + 2 * block.len() + plain.len() + 200;
        let rendered = RenderedText {
            inline: Html::trusted(text::to_inline_html(source)),
            block: Html::trusted(block),
            plain,
        };
        kept.insert(source.source.clone(), rendered);
        bytes
    }
}

/// A version in a language, rendered anew: for drafts, which are not kept.
pub(crate) fn render(published: &Published, language: Language) -> Rendered {
    let introduction = block(&published.content.introduction, language);
    let stimulus = |stimulus: &Stimulus| {
        let rendered = RenderedStimulus {
            title: plain(&stimulus.title, language),
            text: block(&stimulus.text, language),
        };
        (stimulus.id.clone(), rendered)
    };
    let stimuli: HashMap<_, _> = published.content.stimuli.iter().map(stimulus).collect();
    let section = |section: &Section| {
        let rendered = RenderedStimulus {
            title: plain(&section.title, language),
            text: block(&section.introduction, language),
        };
        (section.id.clone(), rendered)
    };
    let sections: HashMap<_, _> = published.content.sections.iter().map(section).collect();
    let mut bytes = introduction.to_string().len();
    bytes += stimuli
        .values()
        .chain(sections.values())
        .map(|stimulus| stimulus.text.to_string().len() + 100)
        .sum::<usize>();
    let mut questions = HashMap::new();
    for (id, item) in &published.items {
        let (rendered, size) = render_item(item, language);
        bytes += size;
        questions.insert(id.clone(), Arc::new(rendered));
    }
    Rendered {
        title: plain(&published.content.title, language),
        introduction,
        questions,
        stimuli,
        sections,
        bytes,
    }
}

fn render_item(item: &Item, language: Language) -> (RenderedItem, usize) {
    let mut rendered = RenderedItem {
        language: language.tag(),
        ..RenderedItem::default()
    };
    let sources = item.texts().filter_map(|text| text.in_language(language.tag()));
    let bytes = sources.map(|(_, source)| rendered.keep(source)).sum();
    rendered.stem = rendered.block(&item.stem);
    rendered.feedback = rendered.block(&item.feedback);
    let statement = matches!(item.interaction, Interaction::TrueFalse(_));
    let options = item.options().iter().map(|option| {
        let text = if statement && option.text.is_empty() {
            let is_true = option.id.as_str() == "true";
            ui::component::statement_option(Texts::for_language(language), is_true)
        } else {
            rendered.inline(&option.text)
        };
        let feedback = rendered.block(&option.feedback);
        (option.id.clone(), RenderedOption { text, feedback })
    });
    rendered.options = options.collect();
    (rendered, bytes)
}

fn block(text: &Text, language: Language) -> Html {
    let source = text.in_language(language.tag());
    Html::trusted(
        source
            .map(|(_, source)| text::to_safe_html(source))
            .unwrap_or_default(),
    )
}

/// An author's words without markup.
pub(crate) fn plain(text: &Text, language: Language) -> String {
    text.in_language(language.tag())
        .map(|(_, source)| text::to_plain(source))
        .unwrap_or_default()
}
