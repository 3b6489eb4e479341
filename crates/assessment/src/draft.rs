//! The draft that an editor changes: an assessment with its items inline, right
//! or not. Publishing splits it into content and item versions; checking is in
//! `draft_check`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use text::Text;

use crate::content::{AssessmentContent, Published, Rules, Slot};
use crate::id::{ItemVersionId, SlotId};
use crate::item::Item;
use crate::limits;

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
    /// What a fully right answer is worth.
    pub points: f64,
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
        });
    }
    let content = AssessmentContent {
        title: draft.title.clone(),
        introduction: draft.introduction.clone(),
        slots,
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
        })
    });
    Draft {
        title: published.content.title.clone(),
        introduction: published.content.introduction.clone(),
        slots: slots.collect(),
        rules: published.content.rules.clone(),
    }
}
