//! The marking policy: what an instructor can change about marks after the
//! fact. It is versioned data beside the log; a regrade is a new policy, never
//! an edit of content or log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::SlotId;

/// One version of an assessment's marking policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkingPolicy {
    /// From 1, rising by one with each version.
    pub number: u32,
    /// To how many decimals score and maximum are rounded, half away from zero.
    pub decimals: u8,
    /// Slots that are marked in another way than their items say.
    #[serde(default)]
    pub slots: BTreeMap<SlotId, SlotOverride>,
}

impl Default for MarkingPolicy {
    /// The policy with which every assessment begins.
    fn default() -> Self {
        Self {
            number: 1,
            decimals: 2,
            slots: BTreeMap::new(),
        }
    }
}

/// How a slot is marked instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotOverride {
    /// It counts for nothing: neither points nor maximum.
    Drop,
    /// Everybody has all its points, answered or not.
    FullMarks,
}

/// Rounds half away from zero to `decimals` places. What is meant as a half but
/// lies a hair below it in binary (2.675) is rounded up as well.
pub(crate) fn round(value: f64, decimals: u8) -> f64 {
    let factor = 10_f64.powi(i32::from(decimals.min(9)));
    let shifted = value * factor;
    let nudge = shifted.abs().max(1.0) * 1e-12;
    (shifted + nudge.copysign(shifted)).round() / factor
}
