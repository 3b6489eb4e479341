//! Slider: a value is set between two ends, in steps.
//!
//! Payload: `{"value": 12.5}`; an empty payload clears the answer.
//! Form: a number field without a name of its own (`answer/{slot}`), empty for
//! no answer. A range control cannot be empty, so it is a script's extra.

use serde::{Deserialize, Serialize};
use text::Text;

use super::payload;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::response::{Response, ResponseProblem};
use crate::scoring::{ItemMark, is_unwritten, is_zero};

/// A scale and the right value on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slider {
    /// The lower end.
    pub minimum: f64,
    /// The upper end.
    pub maximum: f64,
    /// The distance between two values that can be set, over 0.
    pub step: f64,
    /// The right value.
    pub right: f64,
    /// How far off a value is still right, 0 or more.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tolerance: f64,
    /// What stands behind the value, such as "mm".
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub unit: Text,
}

/// The most values of a scale.
const MOST_STEPS: f64 = 10_000.0;

impl Slider {
    /// What of a step two values may differ by and be the same: decimals such as
    /// 0.1 have no exact binary form.
    const HAIR: f64 = 1e-6;

    fn takes(&self, value: f64) -> bool {
        let hair = self.step * Self::HAIR;
        let within = value >= self.minimum - hair && value <= self.maximum + hair;
        let steps = (value - self.minimum) / self.step;
        let on_step = (steps - steps.round()).abs() <= Self::HAIR;
        within && (on_step || (value - self.maximum).abs() <= hair)
    }

    fn is_right(&self, value: f64) -> bool {
        (value - self.right).abs() <= self.tolerance + self.step * Self::HAIR
    }

    /// The values that can be set; none where the scale is not well-formed.
    fn values(&self) -> impl Iterator<Item = f64> {
        let steps = (self.maximum - self.minimum) / self.step;
        let fits = self.step > 0.0 && (0.0..=MOST_STEPS).contains(&steps);
        let last = if fits {
            (steps + Self::HAIR).floor() as u32
        } else {
            0
        };
        let stepped = (0..=last).map(|step| self.minimum + f64::from(step) * self.step);
        let end = (steps - f64::from(last) > Self::HAIR).then_some(self.maximum);
        stepped.chain(end).take(if fits { usize::MAX } else { 0 })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValuePayload {
    value: f64,
}

impl Kind for Slider {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let value = payload::read_json::<ValuePayload>(payload)?.value;
        if !self.takes(value) {
            return Err(ResponseProblem::OutOfRange(value));
        }
        Ok(Response::Value(value))
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        let typed = fields.iter().find(|(name, _)| name.is_empty());
        let typed = typed.map_or("", |(_, value)| value.trim());
        if typed.is_empty() {
            return String::new();
        }
        // number fields send a point; where a browser has plain text, a comma may come
        match typed.replace(',', ".").parse::<f64>() {
            Ok(value) if value.is_finite() => serde_json::json!({ "value": value }).to_string(),
            _ => serde_json::json!({ "value": typed }).to_string(),
        }
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        match response {
            Response::Value(value) if self.is_right(*value) => ItemMark::of(1.0),
            _ => ItemMark::wrong(),
        }
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        let nearest = self
            .values()
            .min_by(|a, b| (a - self.right).abs().total_cmp(&(b - self.right).abs()));
        match nearest {
            Some(value) if self.is_right(value) => Response::Value(value),
            _ => Response::Unanswered,
        }
    }

    /// The share of values that are right.
    fn chance(&self) -> Option<f64> {
        let all = self.values().count();
        let right = self.values().filter(|value| self.is_right(*value)).count();
        (all > 0).then(|| right as f64 / all as f64)
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        check.texts([&self.unit]);
        let finite = [self.minimum, self.maximum, self.step, self.right, self.tolerance]
            .iter()
            .all(|number| number.is_finite());
        let steps = (self.maximum - self.minimum) / self.step;
        let is_scale = finite && self.step > 0.0 && (1.0..=MOST_STEPS).contains(&steps);
        check.add_if(!is_scale, DraftProblemKind::ScaleInvalid);
        let tolerance_fits = self.tolerance >= 0.0;
        check.add_if(!tolerance_fits, DraftProblemKind::ToleranceBelowZero);
        let reachable = self.values().any(|value| self.is_right(value));
        let unreachable = is_scale && tolerance_fits && !reachable;
        check.add_if(unreachable, DraftProblemKind::RightValueOffScale);
    }

    fn texts(&self) -> Vec<&Text> {
        vec![&self.unit]
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        vec![&mut self.unit]
    }
}
