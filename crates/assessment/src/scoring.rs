//! Scoring one item: how much of it a response got right. Points, rounding and
//! policy come later, in `outcome`; how each type marks stands in its file below
//! `interaction/`.

use text::Text;

use crate::id::{FieldId, OptionId};
use crate::interaction::Context;
use crate::item::Item;
use crate::response::Response;

/// What a response to one item is worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemMark {
    /// From 0 (wrong) to 1 (right).
    pub fraction: f64,
    /// Whether there was an answer at all.
    pub answered: bool,
    /// The marks of the parts, where the type has parts; in the author's order.
    pub parts: Vec<PartMark>,
    /// Whether somebody has to mark it: until then the fraction is 0.
    pub needs_marker: bool,
    /// Whose feedback applies, besides the item's own; only places that have some.
    pub feedback: Vec<FeedbackPlace>,
}

/// What the answer at one place of an item is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct PartMark {
    /// The place: a gap, a stem, a zone, a row.
    pub part: FieldId,
    /// From 0 to 1.
    pub fraction: f64,
    /// How much it weighs among the parts of its item, 0 or more.
    pub weight: f64,
}

/// What a feedback belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedbackPlace {
    /// An option, choice or passage that was chosen.
    Option(OptionId),
    /// A place that was answered wrong.
    Field(FieldId),
    /// An accepted answer that was given: its index in the item, or in the
    /// field where the item has several.
    Answer(Option<FieldId>, usize),
}

/// Marks a response. No answer is worth 0.
pub fn score_item(item: &Item, response: &Response, context: &Context<'_>) -> ItemMark {
    if *response == Response::Unanswered {
        return ItemMark::default();
    }
    let mut mark = item.interaction.kind().score(response, context);
    mark.fraction = bounded(mark.fraction);
    mark
}

impl ItemMark {
    /// An answer that is worth `fraction`; what lies outside 0 to 1 is cut.
    pub fn of(fraction: f64) -> Self {
        Self {
            fraction: bounded(fraction),
            answered: true,
            ..Self::default()
        }
    }

    /// An answer that is worth nothing.
    pub fn wrong() -> Self {
        Self::of(0.0)
    }

    /// An answer that is worth the weighted mean of its parts: 0 where no part
    /// weighs anything.
    pub fn of_parts(parts: Vec<PartMark>) -> Self {
        let weight: f64 = parts.iter().map(|part| part.weight).sum();
        let earned: f64 = parts.iter().map(|part| part.weight * part.fraction).sum();
        let fraction = if weight > 0.0 { earned / weight } else { 0.0 };
        Self {
            parts,
            ..Self::of(fraction)
        }
    }
}

/// From 0 to 1. What a hair of rounding keeps from 1 is 1: three thirds are whole.
fn bounded(fraction: f64) -> f64 {
    if fraction > 1.0 - 1e-9 {
        1.0
    } else {
        // written so that NaN is 0
        fraction.max(0.0)
    }
}

/// The serialised form leaves out what is 0.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde wants")]
pub(crate) fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

/// Whether a text says nothing, for what the serialised form leaves out.
pub(crate) fn is_unwritten(text: &Text) -> bool {
    *text == Text::default()
}
