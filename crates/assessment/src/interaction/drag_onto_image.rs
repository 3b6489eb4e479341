//! Labels onto a picture: each zone of the picture gets the label that belongs
//! there. Labels that belong nowhere are distractors.
//!
//! Payload: `{"pairs": {"zone": "label", …}}`; a zone left out is empty.
//! Form: a select box per zone, `answer/{slot}/{zone}`, the value a label's id;
//! the zones are numbered in the picture. Dragging is a script's extra.

use serde::{Deserialize, Serialize};
use text::Text;

use super::picture::{ImageRef, Region};
use super::piece::{self, Piece};
use super::placing::{self, Target};
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::{FieldId, OptionId};
use crate::order::shuffled;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_unwritten};

/// A picture with zones and the labels for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DragOntoImage {
    /// What the zones lie in.
    pub picture: ImageRef,
    /// In the author's order, by which they are numbered.
    pub zones: Vec<Zone>,
    /// For all zones; a zone takes those of its right label's group.
    pub labels: Vec<Piece>,
    /// Whether each attempt sees the labels in an order of its own.
    #[serde(default)]
    pub shuffle_labels: bool,
}

/// Where a label belongs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// Unique in its item.
    pub id: FieldId,
    /// For select boxes and screen readers; empty shows its number alone. It
    /// must not give the label away.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub name: Text,
    /// Where it lies in the picture.
    pub region: Region,
    /// The label that belongs there.
    pub right: OptionId,
    /// How much it weighs among the zones.
    #[serde(default = "placing::whole")]
    pub weight: f64,
    /// Shown after marking to whoever got it wrong.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

impl DragOntoImage {
    /// The labels in the order of this attempt.
    pub fn shown_labels(&self, context: &Context<'_>) -> Vec<&Piece> {
        match self.shuffle_labels {
            true => shuffled(context, "labels", &self.labels),
            false => self.labels.iter().collect(),
        }
    }

    fn targets(&self) -> impl Iterator<Item = Target<'_>> + Clone {
        self.zones.iter().map(|zone| Target {
            id: &zone.id,
            right: &zone.right,
            weight: zone.weight,
            feedback: &zone.feedback,
        })
    }
}

impl Kind for DragOntoImage {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        placing::read(payload, self.targets(), &self.labels)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        placing::payload_from_form(fields, &self.labels)
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        placing::score(self.targets(), response)
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        placing::right_response(self.targets())
    }

    fn chance(&self) -> Option<f64> {
        placing::chance(self.targets(), &self.labels)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        self.picture.check(&mut check.at("picture", 0));
        for (index, zone) in self.zones.iter().enumerate() {
            let mut at = check.at("zones", index);
            let fits = zone.region.fits(&self.picture);
            at.add_if(!fits, DraftProblemKind::OutsidePicture);
            at.texts([&zone.name]);
        }
        placing::check(self.targets(), "zones", &self.labels, check);
        piece::check_pieces(&self.labels, "labels", check);
    }

    fn texts(&self) -> Vec<&Text> {
        let of_zones = self.zones.iter().flat_map(|zone| [&zone.name, &zone.feedback]);
        let own = std::iter::once(&self.picture.alternative).chain(of_zones);
        own.chain(piece::texts(&self.labels)).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let zones = self.zones.iter_mut();
        let of_zones = zones.flat_map(|zone| [&mut zone.name, &mut zone.feedback]);
        let own = std::iter::once(&mut self.picture.alternative).chain(of_zones);
        own.chain(piece::texts_mut(&mut self.labels)).collect()
    }
}
