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
    has_media: bool,
    bytes: usize,
}

/// One question.
#[derive(Debug, Default, Clone)]
pub(crate) struct RenderedItem {
    pub(crate) stem: Html,
    pub(crate) feedback: Html,
    options: HashMap<OptionId, RenderedOption>,
    language: &'static str,
    /// Where the session's files are served; empty before it is known.
    media_place: String,
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
    /// The same with authors' pictures and sound where a session finds them.
    pub(crate) fn with_media_at(self: Arc<Self>, place: &str) -> Arc<Self> {
        if !self.has_media {
            return self;
        }
        let at_place = |(id, item): (&ItemVersionId, &Arc<RenderedItem>)| {
            let item = item.as_ref().clone();
            (id.clone(), Arc::new(item.with_media_at(place)))
        };
        let stimulus = |(id, stimulus): (&StimulusId, &RenderedStimulus)| {
            let rendered = RenderedStimulus {
                title: stimulus.title.clone(),
                text: stimulus.text.with_media_at(place),
            };
            (id.clone(), rendered)
        };
        let section = |(id, section): (&SectionId, &RenderedStimulus)| {
            let rendered = RenderedStimulus {
                title: section.title.clone(),
                text: section.text.with_media_at(place),
            };
            (id.clone(), rendered)
        };
        Arc::new(Self {
            title: self.title.clone(),
            introduction: self.introduction.with_media_at(place),
            questions: self.questions.iter().map(at_place).collect(),
            stimuli: self.stimuli.iter().map(stimulus).collect(),
            sections: self.sections.iter().map(section).collect(),
            has_media: true,
            bytes: self.bytes,
        })
    }

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
    // Options, stem and feedback are among the texts.
    fn has_media(&self) -> bool {
        let mut texts = self.markdown.values().chain(self.html.values());
        texts.any(|text| text.block.has_media())
    }

    /// The same with authors' pictures and sound where they are served.
    pub(crate) fn with_media_at(mut self, place: &str) -> Self {
        let put = |html: &mut Html| {
            if html.has_media() {
                *html = html.with_media_at(place);
            }
        };
        put(&mut self.stem);
        put(&mut self.feedback);
        for option in self.options.values_mut() {
            put(&mut option.text);
            put(&mut option.feedback);
        }
        for text in self.markdown.values_mut().chain(self.html.values_mut()) {
            put(&mut text.block);
            put(&mut text.inline);
        }
        place.clone_into(&mut self.media_place);
        self
    }

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
            None if self.media_place.is_empty() => Html::trusted(render(source)),
            None => Html::trusted(render(source)).with_media_at(&self.media_place),
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
        has_media: introduction.has_media()
            || stimuli.values().any(|stimulus| stimulus.text.has_media())
            || sections.values().any(|section| section.text.has_media())
            || questions.values().any(|item| item.has_media()),
        introduction,
        questions,
        stimuli,
        sections,
        bytes,
    }
}

/// A question in a language, rendered anew.
pub(crate) fn render_item(item: &Item, language: Language) -> (RenderedItem, usize) {
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

/// An author's words as safe HTML.
pub(crate) fn block(text: &Text, language: Language) -> Html {
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
