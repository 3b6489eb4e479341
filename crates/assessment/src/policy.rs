//! The marking policy: what an instructor can change about marks after the
//! fact. It is versioned data beside the log; a regrade is a new policy, never
//! an edit of content or log. A policy holds all that marking needs, also of
//! the policies before it, so that one of them is enough to replay a mark.
//!
//! Left out on purpose: who moves (`regrade`), storing and who may (`app`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::content::{AssessmentContent, Published, Slot};
use crate::id::{ItemVersionId, SlotId};
use crate::interaction::Interaction;
use crate::item::Item;

/// One version of an assessment's marking policy. In JSON all but number and
/// decimals may be left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarkingPolicy {
    /// From 1, rising by one with each version.
    pub number: u32,
    /// To how many decimals score and maximum are rounded, half away from zero.
    pub decimals: u8,
    /// Slots that are marked in another way than their items say.
    #[serde(default)]
    pub slots: BTreeMap<SlotId, SlotOverride>,
    /// Slots that are worth other points than their author gave them: over 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub points: BTreeMap<SlotId, f64>,
    /// Corrected keys: what an item version is marked by instead of its own
    /// interaction. Same type and same ids, so that all answers still read.
    /// They belong to item versions and not to slots, since attempts at
    /// different versions of an assessment may have been asked different
    /// versions of a question in the same slot.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<ItemVersionId, Interaction>,
    /// The policy below whose mark no attempt falls ("raise only").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Box<MarkingPolicy>>,
}

impl Default for MarkingPolicy {
    /// The policy with which every assessment begins.
    fn default() -> Self {
        Self {
            number: 1,
            decimals: 2,
            slots: BTreeMap::new(),
            points: BTreeMap::new(),
            keys: BTreeMap::new(),
            floor: None,
        }
    }
}

/// How a slot is marked instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotOverride {
    /// It counts for nothing: neither points nor maximum.
    Drop,
    /// Everybody has all its points, answered or not.
    FullMarks,
    /// Everybody who answered has all its points.
    FullMarksIfAnswered,
}

impl MarkingPolicy {
    /// The item as it is marked: with its corrected key, where it has one.
    pub fn item<'a>(&self, id: &ItemVersionId, item: &'a Item) -> Cow<'a, Item> {
        match self.keys.get(id) {
            None => Cow::Borrowed(item),
            Some(key) => Cow::Owned(Item {
                interaction: key.clone(),
                ..item.clone()
            }),
        }
    }

    /// The published items as they are marked; `None` where no key of theirs is corrected.
    pub fn keyed(&self, published: &Published) -> Option<Published> {
        if !published.items.keys().any(|id| self.keys.contains_key(id)) {
            return None;
        }
        let items = published.items.iter();
        Some(Published {
            content: published.content.clone(),
            items: items
                .map(|(id, item)| (id.clone(), self.item(id, item).into_owned()))
                .collect(),
        })
    }

    /// What a slot is worth at most.
    pub fn maximum(&self, slot: &Slot) -> f64 {
        match self.slots.get(&slot.id) {
            Some(SlotOverride::Drop) => 0.0,
            _ => self.points.get(&slot.id).copied().unwrap_or(slot.points),
        }
    }

    /// Whether anything of an assessment is still worth something.
    pub fn leaves_marks(&self, content: &AssessmentContent) -> bool {
        content.slots.iter().any(|slot| self.maximum(slot) > 0.0)
    }

    /// Whether marking this slot differs from what its author wrote.
    pub fn touches(&self, slot: &Slot) -> bool {
        self.slots.contains_key(&slot.id)
            || self.points.contains_key(&slot.id)
            || self.keys.contains_key(&slot.item_version_id)
    }
}

/// Rounds half away from zero to `decimals` places. What is meant as a half but
/// lies a hair below it in binary (2.675) is rounded up as well.
pub(crate) fn round(value: f64, decimals: u8) -> f64 {
    let factor = 10_f64.powi(i32::from(decimals.min(9)));
    let shifted = value * factor;
    let nudge = shifted.abs().max(1.0) * 1e-12;
    (shifted + nudge.copysign(shifted)).round() / factor
}
