//! Scoring one item: how much of it a response got right. Points, rounding and
//! policy come later, in `outcome`.

use std::collections::BTreeSet;

use crate::id::OptionId;
use crate::item::{Interaction, Item, MultipleChoiceScoring};
use crate::response::Response;

/// What a response to one item is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ItemMark {
    /// From 0 (wrong) to 1 (right).
    pub fraction: f64,
    /// Whether there was an answer at all.
    pub answered: bool,
}

/// Marks a response. No answer is worth 0.
pub fn score_item(item: &Item, response: &Response) -> ItemMark {
    let fraction = match response {
        Response::Unanswered => 0.0,
        Response::Choice(chosen) => choice_fraction(item, chosen),
    };
    ItemMark {
        fraction,
        answered: response.is_answered(),
    }
}

fn choice_fraction(item: &Item, chosen: &BTreeSet<OptionId>) -> f64 {
    let options = item.options();
    let right = options.iter().filter(|option| option.correct).count();
    let picked = |correct: bool| {
        let hit =
            |option: &&crate::item::ChoiceOption| option.correct == correct && chosen.contains(&option.id);
        options.iter().filter(hit).count()
    };
    let (right_picks, wrong_picks) = (picked(true), picked(false));
    let partial = matches!(
        &item.interaction,
        Interaction::MultipleChoice(choice) if choice.scoring == MultipleChoiceScoring::Partial
    );
    if partial && right > 0 {
        return right_picks.saturating_sub(wrong_picks) as f64 / right as f64;
    }
    let exact = right > 0 && right_picks == right && wrong_picks == 0;
    f64::from(u8::from(exact))
}
