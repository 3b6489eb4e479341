//! Corrected keys of choice questions: which options are right, what share of
//! the mark each of them gives, and how a partly right answer is marked.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::OptionId;
use crate::interaction::{ChoiceOption, Interaction, MultipleChoiceScoring};

/// How a choice question is to be marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionsKey {
    /// The right options, at least one.
    pub right: BTreeSet<OptionId>,
    /// The share of the mark, from -1 to 1, that choosing an option gives; `None`
    /// for what its being right or wrong says. Options that are not named keep theirs.
    pub shares: BTreeMap<OptionId, Option<f64>>,
    /// How several options are marked together; `None` as until now.
    pub scoring: Option<MultipleChoiceScoring>,
}

/// The interaction of a choice item with another key; `None` for another type,
/// for an option that it does not have, and without a right one. An option whose
/// side changes loses the share that it had.
pub fn with_options_key(interaction: &Interaction, key: &OptionsKey) -> Option<Interaction> {
    let mut corrected = interaction.clone();
    if let (Interaction::MultipleChoice(choice), Some(scoring)) = (&mut corrected, key.scoring) {
        choice.scoring = scoring;
    }
    let options = options_mut(&mut corrected)?;
    let known = |id: &OptionId| options.iter().any(|option| option.id == *id);
    if key.right.is_empty() || !key.right.iter().chain(key.shares.keys()).all(known) {
        return None;
    }
    for option in options {
        let is_right = key.right.contains(&option.id);
        let had = option.weight;
        if let Some(share) = key.shares.get(&option.id) {
            option.weight = *share;
        }
        if option.correct != is_right {
            option.correct = is_right;
            option.weight = option.weight.filter(|share| Some(*share) != had);
        }
    }
    Some(corrected)
}

/// The interaction of a choice item with other options right.
pub fn with_right_options(interaction: &Interaction, right: &BTreeSet<OptionId>) -> Option<Interaction> {
    let key = OptionsKey {
        right: right.clone(),
        ..OptionsKey::default()
    };
    with_options_key(interaction, &key)
}

/// Whether a key of the same type fits a choice item; `None` for other items.
pub(super) fn fits(key: &Interaction, own: &Interaction) -> Option<bool> {
    let (corrected, own) = (options(key)?, options(own)?);
    let ids = |options: &[ChoiceOption]| -> Vec<OptionId> {
        options.iter().map(|option| option.id.clone()).collect()
    };
    let shares_fit = corrected.iter().all(|option| match option.weight {
        Some(share) if option.correct => share > 0.0 && share <= 1.0,
        Some(share) => (-1.0..=1.0).contains(&share),
        None => true,
    });
    let has_right = corrected.iter().any(|option| option.correct);
    Some(ids(corrected) == ids(own) && shares_fit && has_right)
}

fn options(interaction: &Interaction) -> Option<&[ChoiceOption]> {
    match interaction {
        Interaction::SingleChoice(choice) => Some(&choice.options),
        Interaction::MultipleChoice(choice) => Some(&choice.options),
        Interaction::TrueFalse(choice) => Some(&choice.options),
        _ => None,
    }
}

fn options_mut(interaction: &mut Interaction) -> Option<&mut Vec<ChoiceOption>> {
    match interaction {
        Interaction::SingleChoice(choice) => Some(&mut choice.options),
        Interaction::MultipleChoice(choice) => Some(&mut choice.options),
        Interaction::TrueFalse(choice) => Some(&mut choice.options),
        _ => None,
    }
}
