//! Multiple choice: any number of options is right.
//!
//! Payload: `{"choice": ["a", "c"]}`; an empty list clears the answer.
//! Form: a checkbox per option, `answer/{slot}/{option}` with the value `on`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::choice::{self, ChoiceOption};
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::OptionId;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_zero};

/// Options of which any number is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MultipleChoice {
    /// In the author's order.
    pub options: Vec<ChoiceOption>,
    /// Whether each attempt sees an order of its own.
    #[serde(default)]
    pub shuffle_options: bool,
    /// How a partly right answer is marked.
    #[serde(default)]
    pub scoring: MultipleChoiceScoring,
    /// With [`MultipleChoiceScoring::Weighted`]: the share of the mark, from 0
    /// to 1, that each wrong option costs which has no weight of its own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub penalty: f64,
}

/// How a multiple-choice answer is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MultipleChoiceScoring {
    /// 1 for exactly the right options, else 0.
    #[default]
    AllOrNothing,
    /// Right picks minus wrong picks, over the number of right options, never
    /// below 0.
    Partial,
    /// The sum of the chosen options' weights, from 0 to 1. Right options
    /// without a weight share alike what the others leave of the mark; wrong
    /// ones without a weight cost the penalty.
    Weighted,
}

impl Kind for MultipleChoice {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        choice::read_choice(&self.options, payload, self.options.len())
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        choice::choice_payload_from_form(fields)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        let Response::Choice(chosen) = response else {
            return ItemMark::wrong();
        };
        let fraction = match self.scoring {
            MultipleChoiceScoring::AllOrNothing => self.exact(chosen),
            MultipleChoiceScoring::Partial => self.partial(chosen),
            MultipleChoiceScoring::Weighted => self.weighted(chosen),
        };
        ItemMark {
            feedback: choice::chosen_feedback(&self.options, chosen),
            ..ItemMark::of(fraction)
        }
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        choice::right_options(&self.options)
    }

    /// How many options somebody guesses is anybody's guess.
    fn chance(&self) -> Option<f64> {
        None
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        choice::check_count(&self.options, check);
        let none_is_right = self.right_count() == 0;
        check.add_if(none_is_right, DraftProblemKind::NoRightOption);
        choice::check_options(&self.options, true, check);
        let penalty_fits = (0.0..=1.0).contains(&self.penalty);
        check.add_if(!penalty_fits, DraftProblemKind::PenaltyOutOfRange);
        let reachable = self.scoring != MultipleChoiceScoring::Weighted || none_is_right || {
            let right = self.options.iter().filter(|option| option.correct);
            let sum: f64 = right.map(|option| self.weight(option)).sum();
            (sum - 1.0).abs() < 0.01 || sum > 1.0
        };
        check.add_if(!reachable, DraftProblemKind::WeightsBelowFullMark);
    }

    fn texts(&self) -> Vec<&Text> {
        choice::option_texts(&self.options)
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        choice::option_texts_mut(&mut self.options)
    }
}

impl MultipleChoice {
    fn right_count(&self) -> usize {
        self.options.iter().filter(|option| option.correct).count()
    }

    fn picks(&self, chosen: &BTreeSet<OptionId>, correct: bool) -> usize {
        let hit = |option: &&ChoiceOption| option.correct == correct && chosen.contains(&option.id);
        self.options.iter().filter(hit).count()
    }

    fn exact(&self, chosen: &BTreeSet<OptionId>) -> f64 {
        let right = self.right_count();
        let exact = right > 0 && self.picks(chosen, true) == right && self.picks(chosen, false) == 0;
        f64::from(u8::from(exact))
    }

    fn partial(&self, chosen: &BTreeSet<OptionId>) -> f64 {
        let right = self.right_count();
        if right == 0 {
            return 0.0;
        }
        let kept = self.picks(chosen, true).saturating_sub(self.picks(chosen, false));
        kept as f64 / right as f64
    }

    fn weighted(&self, chosen: &BTreeSet<OptionId>) -> f64 {
        let picked = self.options.iter().filter(|option| chosen.contains(&option.id));
        picked.map(|option| self.weight(option)).sum()
    }

    fn weight(&self, option: &ChoiceOption) -> f64 {
        match option.weight {
            Some(weight) => weight,
            None if option.correct => self.share_of_unweighted(),
            None => -self.penalty,
        }
    }

    fn share_of_unweighted(&self) -> f64 {
        let right = || self.options.iter().filter(|option| option.correct);
        let given: f64 = right().filter_map(|option| option.weight).sum();
        let unweighted = right().filter(|option| option.weight.is_none()).count();
        (1.0 - given).max(0.0) / unweighted.max(1) as f64
    }
}
