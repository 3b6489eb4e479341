//! Corrections: what an instructor wants to be marked otherwise, and the
//! policy that follows from it.

mod options_key;
mod typed_key;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::content::Slot;
use crate::id::{ItemVersionId, SlotId};
use crate::interaction::Interaction;
use crate::item::Item;
use crate::limits;
use crate::policy::{MarkingPolicy, SlotOverride};

pub use options_key::{OptionsKey, with_options_key, with_right_options};
pub use typed_key::{key_fields, with_typed_key};

/// What is to be marked otherwise about one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Where the question stands.
    pub slot: SlotId,
    /// What changes.
    pub change: Change,
}

/// What changes about a question's marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It counts for nothing.
    Drop,
    /// Everybody has all its points.
    FullMarks,
    /// Everybody who answered has all its points.
    FullMarksIfAnswered,
    /// It is worth these points.
    Points(f64),
    /// Its versions are marked by these interactions ([`with_options_key`]
    /// makes those of choice items, [`with_typed_key`] those that are written in lines).
    Key(BTreeMap<ItemVersionId, Interaction>),
    /// Back to what its author wrote.
    AsAuthored,
}

/// Why a correction cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionProblem {
    /// No version of the assessment has the slot, or it asks nothing.
    #[error("there is no such question")]
    NoSuchQuestion,
    /// Points that are not over 0 and within [`limits::POINTS`].
    #[error("the points are out of range")]
    Points,
    /// A key of another type, with other ids, without a right answer, or for
    /// an item that the slot never asked.
    #[error("the key does not fit the question")]
    Key,
    /// Nothing would be worth anything any more.
    #[error("no question would be left that counts")]
    NothingLeft,
}

/// A question as one version of the assessment asks it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The slot in that version.
    pub slot: &'a Slot,
    /// The item version that it asks.
    pub item: &'a Item,
}

impl Correction {
    /// Whether it fits the question in all versions of the assessment that ask it.
    ///
    /// # Errors
    /// Names the first thing that does not fit.
    pub fn check(&self, asked: &[Asked<'_>]) -> Result<(), CorrectionProblem> {
        if !asked
            .iter()
            .any(|one| one.slot.id == self.slot && one.item.is_marked())
        {
            return Err(CorrectionProblem::NoSuchQuestion);
        }
        match &self.change {
            Change::Points(points) if !(*points > 0.0 && *points <= limits::POINTS) => {
                Err(CorrectionProblem::Points)
            }
            Change::Key(keys) => check_keys(keys, asked),
            _ => Ok(()),
        }
    }
}

fn check_keys(
    keys: &BTreeMap<ItemVersionId, Interaction>,
    asked: &[Asked<'_>],
) -> Result<(), CorrectionProblem> {
    let fits = |(id, key): (&ItemVersionId, &Interaction)| {
        let item = asked.iter().find(|one| one.slot.item_version_id == *id);
        item.is_some_and(|one| fits(key, one.item))
    };
    match !keys.is_empty() && keys.iter().all(fits) {
        true => Ok(()),
        false => Err(CorrectionProblem::Key),
    }
}

/// Whether a corrected key can stand for an item's own interaction.
fn fits(key: &Interaction, item: &Item) -> bool {
    let own = &item.interaction;
    if key.type_name() != own.type_name() {
        return false;
    }
    if let Some(fits) = options_key::fits(key, own) {
        return fits;
    }
    typed_key::fits(key, item)
}
impl MarkingPolicy {
    /// The policy that follows this one. With `raise_only` no mark falls below
    /// this policy's. Without it the correction holds below an earlier floor,
    /// too: what that floor protects are its own corrections, not this one.
    #[must_use]
    pub fn corrected(&self, correction: &Correction, asked: &[Asked<'_>], raise_only: bool) -> Self {
        let mut next = self.clone();
        next.number = self.number + 1;
        next.apply(correction, asked);
        if raise_only {
            next.floor = Some(Box::new(self.clone()));
            return next;
        }
        let mut below = next.floor.as_deref_mut();
        while let Some(floor) = below {
            floor.apply(correction, asked);
            below = floor.floor.as_deref_mut();
        }
        next
    }

    fn apply(&mut self, correction: &Correction, asked: &[Asked<'_>]) {
        let slot = &correction.slot;
        match &correction.change {
            Change::Drop => self.mark_instead(slot, SlotOverride::Drop),
            Change::FullMarks => self.mark_instead(slot, SlotOverride::FullMarks),
            Change::FullMarksIfAnswered => self.mark_instead(slot, SlotOverride::FullMarksIfAnswered),
            Change::Points(points) => {
                if self.slots.get(slot) == Some(&SlotOverride::Drop) {
                    self.slots.remove(slot);
                }
                self.points.insert(slot.clone(), *points);
            }
            Change::Key(keys) => {
                self.slots.remove(slot);
                self.keys.extend(keys.clone());
            }
            Change::AsAuthored => {
                self.slots.remove(slot);
                self.points.remove(slot);
                for one in asked.iter().filter(|one| one.slot.id == *slot) {
                    self.keys.remove(&one.slot.item_version_id);
                }
            }
        }
    }
    fn mark_instead(&mut self, slot: &SlotId, how: SlotOverride) {
        self.slots.insert(slot.clone(), how);
    }
}
