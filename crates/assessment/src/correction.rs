//! Corrections: what an instructor wants to be marked otherwise, and the
//! policy that follows from it.

mod typed_key;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::content::Slot;
use crate::id::{ItemVersionId, OptionId, SlotId};
use crate::interaction::{ChoiceOption, Interaction};
use crate::item::Item;
use crate::limits;
use crate::policy::{MarkingPolicy, SlotOverride};

pub use typed_key::with_typed_key;

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
    /// Its versions are marked by these interactions ([`with_right_options`]
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
    match (options(key), options(own)) {
        (Some(key), Some(own)) => {
            let same_ids = key
                .iter()
                .map(|option| &option.id)
                .eq(own.iter().map(|option| &option.id));
            let weights_fit = key
                .iter()
                .filter_map(|option| option.weight)
                .all(|weight| (-1.0..=1.0).contains(&weight));
            same_ids && weights_fit && key.iter().any(|option| option.correct)
        }
        _ => typed_key::fits(key, item),
    }
}

fn options(interaction: &Interaction) -> Option<&[ChoiceOption]> {
    match interaction {
        Interaction::SingleChoice(choice) => Some(&choice.options),
        Interaction::MultipleChoice(choice) => Some(&choice.options),
        Interaction::TrueFalse(choice) => Some(&choice.options),
        _ => None,
    }
}

/// The interaction of a choice item with other options right; `None` for
/// another type, for an option that it does not have, and without a right one.
/// An option whose side changes loses a weight of its own.
pub fn with_right_options(interaction: &Interaction, right: &BTreeSet<OptionId>) -> Option<Interaction> {
    let mut corrected = interaction.clone();
    let options = match &mut corrected {
        Interaction::SingleChoice(choice) => &mut choice.options,
        Interaction::MultipleChoice(choice) => &mut choice.options,
        Interaction::TrueFalse(choice) => &mut choice.options,
        _ => return None,
    };
    let known = right
        .iter()
        .all(|id| options.iter().any(|option| option.id == *id));
    if right.is_empty() || !known {
        return None;
    }
    for option in options {
        let is_right = right.contains(&option.id);
        if option.correct != is_right {
            option.correct = is_right;
            option.weight = None;
        }
    }
    Some(corrected)
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
