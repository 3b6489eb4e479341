//! Graphic order: marked spots of a picture are put in order, such as the steps
//! of setting up a lathe on its photograph.
//!
//! Payload and form are those of [ordering](super::ordering): a select box per
//! place lists the spots by name, the picture shows where they are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::ordering::{self, OrderingScoring};
use super::picture::ImageRef;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::OptionId;
use crate::limits;
use crate::order::shuffled;
use crate::response::{Point, Response, ResponseProblem};
use crate::scoring::ItemMark;

/// Spots of a picture to put in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphicOrder {
    /// What the spots lie in.
    pub picture: ImageRef,
    /// In the right order.
    pub spots: Vec<Spot>,
    /// How a partly right order is marked.
    #[serde(default)]
    pub scoring: OrderingScoring,
}

/// A spot of a picture, with a name for select boxes and screen readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// Unique in its item.
    pub id: OptionId,
    /// What the student reads; it must not give the order away.
    pub name: Text,
    /// Where it lies.
    pub at: Point,
}

impl GraphicOrder {
    /// The spots in the order in which this attempt lists them.
    pub fn shown_spots(&self, context: &Context<'_>) -> Vec<&Spot> {
        shuffled(context, "spots", &self.spots)
    }

    fn ids(&self) -> impl Iterator<Item = &OptionId> + Clone {
        self.spots.iter().map(|spot| &spot.id)
    }
}

impl Kind for GraphicOrder {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        ordering::read_order(payload, self.ids())
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        ordering::order_from_form(fields, self.spots.len())
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        ordering::score_order(self.ids(), self.scoring, response)
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        ordering::right_order(self.ids())
    }

    fn chance(&self) -> Option<f64> {
        ordering::chance(self.scoring, self.spots.len())
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        self.picture.check(&mut check.at("picture", 0));
        check.add_if(self.spots.len() < 2, DraftProblemKind::TooFewOptions);
        check.add_if(self.spots.len() > limits::PIECES, DraftProblemKind::TooManyPieces);
        let mut ids = BTreeSet::new();
        for (index, spot) in self.spots.iter().enumerate() {
            let mut at = check.at("spots", index);
            at.id(&spot.id, ids.insert(&spot.id));
            at.add_if(spot.name.is_empty(), DraftProblemKind::OptionWithoutText);
            at.texts([&spot.name]);
            let outside = !self.picture.contains(spot.at);
            at.add_if(outside, DraftProblemKind::OutsidePicture);
        }
    }

    fn texts(&self) -> Vec<&Text> {
        let of_spots = self.spots.iter().map(|spot| &spot.name);
        std::iter::once(&self.picture.alternative)
            .chain(of_spots)
            .collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let of_spots = self.spots.iter_mut().map(|spot| &mut spot.name);
        std::iter::once(&mut self.picture.alternative)
            .chain(of_spots)
            .collect()
    }
}
