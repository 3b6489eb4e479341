//! The draft that an editor changes: an assessment with its items inline, right
//! or not. Publishing splits it into content and item versions; checking is in
//! `draft_check`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use text::Text;

use crate::content::{AssessmentContent, Published, Rules, Slot, Stimulus};
use crate::id::{ItemVersionId, SlotId, StimulusId};
use crate::interaction::written_options;
use crate::item::Item;
use crate::limits;
use crate::scheme::Scheme;
use crate::section::{Placing, Section};

/// An assessment being written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its name.
    pub title: Text,
    /// Shown before an attempt begins.
    #[serde(default)]
    pub introduction: Text,
    /// The questions in order.
    #[serde(default)]
    pub slots: Vec<DraftSlot>,
    /// What several questions refer to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stimuli: Vec<Stimulus>,
    /// How the questions are divided; none where they are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// How parts make up an examination, where it is more than a sum of points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Scheme>,
    /// When, how long, how often, and what is shown afterwards.
    #[serde(default)]
    pub rules: Rules,
}

/// A place for one question, with the question in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftSlot {
    /// Unique in the assessment and kept from one published version to the next.
    pub id: SlotId,
    /// The question.
    pub item: Item,
    /// What a fully right answer is worth; 0 where nothing is marked.
    pub points: f64,
    /// What it refers to, of the draft's stimuli.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stimulus: Option<StimulusId>,
    /// Its section and the rules that it stands under.
    #[serde(flatten)]
    pub placing: Placing,
}

/// The fewest options that a question keeps, so that an editor has fields for them.
const FEWEST_OPTIONS: usize = 2;

impl Draft {
    /// Drops the empty options at the end of each question; see [`written_options`].
    /// Two stay, and all of a question whose options nobody has touched yet.
    pub fn drop_empty_options(&mut self) {
        for slot in &mut self.slots {
            let written = written_options(slot.item.options()).len();
            let Some(options) = slot.item.free_options_mut() else {
                continue;
            };
            if written > 0 {
                options.truncate(written.max(FEWEST_OPTIONS));
            }
        }
    }

    /// Makes `language` the one that the draft is written in. What was written in
    /// the former one moves along while the draft has no word in the new one: it
    /// was filed under the wrong language.
    pub fn set_language(&mut self, language: &str) {
        let former = std::mem::take(&mut self.title.default_language);
        let is_new = !self.languages().contains(language);
        for text in self.texts_mut() {
            if *text != Text::default() {
                language.clone_into(&mut text.default_language);
            }
            if is_new && let Some(words) = text.versions.remove(&former) {
                text.versions.insert(language.to_owned(), words);
            }
        }
        language.clone_into(&mut self.title.default_language);
    }

    /// The languages in which something is written.
    pub fn languages(&self) -> BTreeSet<&str> {
        let written = self.texts().flat_map(|text| &text.versions);
        let written = written.filter(|(_, source)| !source.is_blank());
        written.map(|(language, _)| language.as_str()).collect()
    }

    fn texts(&self) -> impl Iterator<Item = &Text> {
        let of_stimuli = self.stimuli.iter();
        [&self.title, &self.introduction]
            .into_iter()
            .chain(of_stimuli.flat_map(|stimulus| [&stimulus.title, &stimulus.text]))
            .chain(
                self.sections
                    .iter()
                    .flat_map(|section| [&section.title, &section.introduction]),
            )
            .chain(self.slots.iter().flat_map(|slot| slot.item.texts()))
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        let of_stimuli = self.stimuli.iter_mut();
        let of_sections = self.sections.iter_mut();
        [&mut self.title, &mut self.introduction]
            .into_iter()
            .chain(of_stimuli.flat_map(|stimulus| [&mut stimulus.title, &mut stimulus.text]))
            .chain(of_sections.flat_map(|section| [&mut section.title, &mut section.introduction]))
            .chain(self.slots.iter_mut().flat_map(|slot| slot.item.texts_mut()))
    }
}

/// Why a text is no draft.
#[derive(Debug, thiserror::Error)]
pub enum ParseDraftError {
    /// Longer than [`limits::DRAFT_BYTES`].
    #[error("the draft has {0} bytes, more than {max}", max = limits::DRAFT_BYTES)]
    TooLarge(usize),
    /// Not JSON, or JSON of another shape; the message names line and column.
    #[error("the draft cannot be read: {0}")]
    Malformed(#[from] serde_json::Error),
}

/// Reads a draft from JSON. What was read can still have problems: see
/// [`check_draft`](crate::check_draft).
pub fn draft_from_json(json: &str) -> Result<Draft, ParseDraftError> {
    if json.len() > limits::DRAFT_BYTES {
        return Err(ParseDraftError::TooLarge(json.len()));
    }
    Ok(serde_json::from_str(json)?)
}

/// Splits a draft into what is published. `item_version_id` gives each slot its
/// item's version: a new id for a new or changed item, the former one for an
/// unchanged item.
pub fn publish(draft: &Draft, mut item_version_id: impl FnMut(&DraftSlot) -> ItemVersionId) -> Published {
    let mut items = BTreeMap::new();
    let mut slots = Vec::with_capacity(draft.slots.len());
    for slot in &draft.slots {
        let item_version_id = item_version_id(slot);
        items.insert(item_version_id.clone(), slot.item.clone());
        slots.push(Slot {
            id: slot.id.clone(),
            item_version_id,
            points: slot.points,
            stimulus: slot.stimulus.clone(),
            placing: slot.placing.clone(),
        });
    }
    let content = AssessmentContent {
        title: draft.title.clone(),
        introduction: draft.introduction.clone(),
        slots,
        stimuli: draft.stimuli.clone(),
        sections: draft.sections.clone(),
        scheme: draft.scheme.clone(),
        rules: draft.rules.clone(),
    };
    Published { content, items }
}

/// The draft that publishes to `published`, for editing it on. A slot whose
/// item is missing is left out.
pub fn draft_of(published: &Published) -> Draft {
    let slots = published.content.slots.iter().filter_map(|slot| {
        let item = published.items.get(&slot.item_version_id)?.clone();
        Some(DraftSlot {
            id: slot.id.clone(),
            item,
            points: slot.points,
            stimulus: slot.stimulus.clone(),
            placing: slot.placing.clone(),
        })
    });
    Draft {
        title: published.content.title.clone(),
        introduction: published.content.introduction.clone(),
        slots: slots.collect(),
        stimuli: published.content.stimuli.clone(),
        sections: published.content.sections.clone(),
        scheme: published.content.scheme.clone(),
        rules: published.content.rules.clone(),
    }
}
