//! Associate: pieces are joined two by two; which one stands first is nothing.
//!
//! Payload: `{"links": [["a", "b"], ["c", "d"]]}`.
//! Form: two select boxes per link, `answer/{slot}/1.first` and
//! `answer/{slot}/1.second`, `2.first`, …, the value a piece's id. A link of
//! which one half is empty says nothing yet and is left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::payload;
use super::piece::{self, Piece};
use super::placing;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::OptionId;
use crate::limits;
use crate::order::shuffled;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_zero};

/// Pieces to be joined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Associate {
    /// In the author's order.
    pub pieces: Vec<Piece>,
    /// What belongs together.
    pub right: Vec<RightLink>,
    /// The most links; `None` for as many as are right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links_at_most: Option<usize>,
    /// The share of the mark, from 0 to 1, that each wrong link costs.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub penalty: f64,
    /// Whether each attempt sees the pieces in an order of its own.
    #[serde(default)]
    pub shuffle_pieces: bool,
}

/// Two pieces that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RightLink {
    /// In any order.
    pub pair: (OptionId, OptionId),
    /// How much it weighs among the right links.
    #[serde(default = "placing::whole")]
    pub weight: f64,
}

impl Associate {
    /// The pieces in the order of this attempt.
    pub fn shown_pieces(&self, context: &Context<'_>) -> Vec<&Piece> {
        match self.shuffle_pieces {
            true => shuffled(context, "pieces", &self.pieces),
            false => self.pieces.iter().collect(),
        }
    }

    /// The most links that can be made.
    pub fn most_links(&self) -> usize {
        self.links_at_most.unwrap_or(self.right.len())
    }

    fn known(&self, id: &str) -> Result<OptionId, ResponseProblem> {
        payload::known(self.pieces.iter().map(|piece| &piece.id), id).cloned()
    }

    fn weight(&self) -> f64 {
        self.right.iter().map(|link| link.weight).sum()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinksPayload<S> {
    links: Vec<(S, S)>,
}

impl Kind for Associate {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let typed = payload::read_json::<LinksPayload<String>>(payload)?.links;
        if typed.len() > self.most_links() {
            return Err(ResponseProblem::TooManyChosen(typed.len()));
        }
        let mut links = BTreeSet::new();
        for (first, second) in typed {
            let (one, other) = (self.known(&first)?, self.known(&second)?);
            if one == other {
                return Err(ResponseProblem::OptionElsewhere(first));
            }
            if !links.insert(sorted(one, other)) {
                return Err(ResponseProblem::RepeatedOption(format!("{first} {second}")));
            }
        }
        Ok(match links.is_empty() {
            true => Response::Unanswered,
            false => Response::Links(links),
        })
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        let half = |link: usize, half: &str| {
            let name = format!("{link}.{half}");
            let (_, value) = fields.iter().find(|(field, _)| *field == name)?;
            (!value.is_empty()).then_some(*value)
        };
        let link = |link| half(link, "first").zip(half(link, "second"));
        // half-way to another pair, a form may say a piece with itself, or a pair again
        let mut seen = BTreeSet::new();
        let mut links = Vec::new();
        for (one, other) in (1..=self.most_links()).filter_map(link) {
            if one != other && seen.insert((one.min(other), one.max(other))) {
                links.push((one, other));
            }
        }
        payload::write_json(&LinksPayload { links })
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        let Response::Links(links) = response else {
            return ItemMark::wrong();
        };
        let weight = self.weight();
        let (mut earned, mut wrong) = (0.0, 0.0);
        for link in links {
            match self.right.iter().find(|right| joins(right, link)) {
                Some(right) => earned += right.weight,
                None => wrong += 1.0,
            }
        }
        let found = if weight > 0.0 { earned / weight } else { 0.0 };
        ItemMark::of(found - self.penalty * wrong)
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        let right = self.right.iter().map(|link| link.pair.clone());
        let links: BTreeSet<_> = right.map(|(one, other)| sorted(one, other)).collect();
        match links.is_empty() {
            true => Response::Unanswered,
            false => Response::Links(links),
        }
    }

    /// With as many different links drawn as can be made; `None` with a penalty.
    fn chance(&self) -> Option<f64> {
        let pieces = self.pieces.len();
        let possible = pieces * pieces.saturating_sub(1) / 2;
        let drawn = self.most_links().min(possible);
        (possible > 0 && self.penalty == 0.0).then(|| drawn as f64 / possible as f64)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        piece::check_pieces(&self.pieces, "pieces", check);
        piece::check_distinct(&self.pieces, "pieces", check);
        let mut seen = BTreeSet::new();
        for (index, link) in self.right.iter().enumerate() {
            let mut at = check.at("right", index);
            let (one, other) = &link.pair;
            let known = |id: &OptionId| self.pieces.iter().any(|piece| piece.id == *id);
            let fits = known(one) && known(other) && one != other;
            at.add_if(!fits, DraftProblemKind::RightChoiceMissing);
            let is_new = seen.insert(sorted(one.clone(), other.clone()));
            at.add_if(!is_new, DraftProblemKind::ChoiceRightTwice);
            at.add_if(!placing::weighs(link.weight), DraftProblemKind::WeightOutOfRange);
        }
        placing::check_places(self.right.len(), self.weight(), check);
        let too_few = self.most_links() < self.right.len();
        check.add_if(too_few, DraftProblemKind::LimitTooLow);
        let too_many = self.most_links() > limits::FIELDS;
        check.add_if(too_many, DraftProblemKind::TooManyPlaces);
        let penalty_fits = (0.0..=1.0).contains(&self.penalty);
        check.add_if(!penalty_fits, DraftProblemKind::PenaltyOutOfRange);
    }

    fn texts(&self) -> Vec<&Text> {
        piece::texts(&self.pieces).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        piece::texts_mut(&mut self.pieces).collect()
    }
}

fn sorted(one: OptionId, other: OptionId) -> (OptionId, OptionId) {
    if one <= other { (one, other) } else { (other, one) }
}

fn joins(right: &RightLink, (one, other): &(OptionId, OptionId)) -> bool {
    let (first, second) = &right.pair;
    (first == one && second == other) || (first == other && second == one)
}
