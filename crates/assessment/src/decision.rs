//! Markers' decisions: what people say about the mark of one answer, how several
//! markers' decisions become one mark, and who marked in ignorance of whom. All
//! of it is read from the log alone.
//!
//! The rule for the mark, by position of the decisions on one answer:
//!
//! 1. An **open** decision was made in sight of all that stood before it: it
//!    alone stands from then on. This is how one marker marks, how a mark is
//!    corrected, and how two marks that lie apart are settled.
//! 2. A **blind** decision was made without seeing the others: it stands beside
//!    them. Of each marker the last one stands.
//! 3. Where several stand, their mean is the mark when they lie at most
//!    [`AGREEMENT`] apart. Otherwise the answer waits until an open decision
//!    settles it; meanwhile the first of them is the mark.
//! 4. A **crossed** decision was meant to be open, but another marker's came
//!    before it, unseen. It counts for nothing and is kept; its marker is asked
//!    to decide again.
//! 5. A **released** one takes all before it back: the item marks again, or the
//!    answer waits for a marker.
//! 6. An answer that is given after a decision (the attempt was opened again)
//!    has no decision yet.
//!
//! Left out on purpose: who may mark (`app`), and points and policy (`outcome`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::entry::{Entry, EntryKind};
use crate::id::{SlotId, WriterId};

/// How far apart several marks may lie for their mean to count, as a share of
/// the question's points.
pub const AGREEMENT: f64 = 0.10;

/// Shares that differ by less are the same mark.
const HAIR: f64 = 1e-9;

/// What a marker decided: the payload of [`EntryKind::MarkerDecision`]. In JSON
/// all but the fraction may be left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// How much of the answer is right, from 0 to 1. A released decision has 0.
    pub fraction: f64,
    /// To the student, as plain text; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// How it stands to the decisions before it.
    #[serde(default, skip_serializing_if = "is_open")]
    pub stance: Stance,
}

/// How a decision stands to those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// It was made in sight of them and stands in their place.
    #[default]
    Open,
    /// It was made without seeing them and stands beside them.
    Blind,
    /// It did not know of the last of them, and counts for nothing.
    Crossed,
    /// It takes them back.
    Released,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde wants")]
fn is_open(stance: &Stance) -> bool {
    *stance == Stance::Open
}

impl Decision {
    /// What a payload says; `None` when it is no decision.
    pub fn read(payload: &str) -> Option<Self> {
        let decision: Self = serde_json::from_str(payload).ok()?;
        (0.0..=1.0).contains(&decision.fraction).then_some(decision)
    }

    /// The payload that says it.
    pub fn payload(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

/// A decision as it stands in a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// Its place in the attempt's log.
    pub position: i64,
    /// Whose it is; see [`WriterId::marker`].
    pub writer: WriterId,
    /// What was decided.
    pub decision: Decision,
    /// When.
    pub at: DateTime<Utc>,
}

/// The mark that people gave to an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HandMark {
    /// One decision stands.
    One(f64),
    /// Several stand and agree.
    Mean {
        /// The mark.
        fraction: f64,
        /// How far apart they lie.
        apart: f64,
    },
    /// Several stand and lie too far apart: somebody has to settle it.
    Apart {
        /// The first of them, which is the mark meanwhile.
        fraction: f64,
        /// How far apart they lie.
        apart: f64,
    },
}

impl HandMark {
    /// The mark, from 0 to 1.
    pub fn fraction(self) -> f64 {
        match self {
            Self::One(fraction) | Self::Mean { fraction, .. } | Self::Apart { fraction, .. } => fraction,
        }
    }

    /// How far the decisions lie apart, where that has to be settled.
    pub fn unsettled(self) -> Option<f64> {
        match self {
            Self::Apart { apart, .. } => Some(apart),
            _ => None,
        }
    }
}

/// The decisions on one answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// Every decision that was ever made in this place, the first one first.
    pub all: Vec<Decided>,
    /// Those that stand.
    standing: Vec<Decided>,
}

impl Decisions {
    fn take(&mut self, decided: Decided) {
        match decided.decision.stance {
            Stance::Crossed => {}
            Stance::Released => self.standing.clear(),
            Stance::Open => self.standing = vec![decided.clone()],
            Stance::Blind => {
                self.standing.retain(|other| other.writer != decided.writer);
                self.standing.push(decided.clone());
            }
        }
        self.all.push(decided);
    }

    /// Those that the mark goes by, the first one first.
    pub fn standing(&self) -> &[Decided] {
        &self.standing
    }

    /// The mark; `None` while no decision stands.
    pub fn mark(&self) -> Option<HandMark> {
        let fractions = || self.standing.iter().map(|decided| decided.decision.fraction);
        let first = fractions().next()?;
        if self.standing.len() == 1 {
            return Some(HandMark::One(first));
        }
        let (low, high) = fractions().fold((first, first), |(low, high), next| {
            (low.min(next), high.max(next))
        });
        let apart = high - low;
        Some(match apart <= AGREEMENT + HAIR {
            true => HandMark::Mean {
                fraction: (fractions().sum::<f64>() / self.standing.len() as f64).clamp(low, high),
                apart,
            },
            false => HandMark::Apart {
                fraction: first,
                apart,
            },
        })
    }

    /// The place of the last decision; 0 without any. Who decides says up to
    /// which one they have seen.
    pub fn last_position(&self) -> i64 {
        self.all.last().map_or(0, |decided| decided.position)
    }

    /// What one marker's decision crossed with, when that marker has not decided since.
    pub fn crossed_by(&self, writer: &WriterId) -> Option<&Decided> {
        let own = self.all.iter().rev().find(|decided| decided.writer == *writer)?;
        (own.decision.stance == Stance::Crossed).then_some(own)
    }

    /// Whether another marker decided after that place of the log.
    pub fn is_overtaken(&self, seen: i64, writer: &WriterId) -> bool {
        let by_another = |decided: &Decided| {
            decided.position > seen && decided.writer != *writer && decided.decision.stance != Stance::Crossed
        };
        self.all.iter().any(by_another)
    }
}

/// All decisions of a log by the question they are about.
pub fn decisions<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<SlotId, Decisions> {
    let mut ordered: Vec<&Entry> = entries.into_iter().collect();
    let mut found: BTreeMap<SlotId, Decisions> = BTreeMap::new();
    if ordered
        .iter()
        .all(|entry| entry.kind != EntryKind::MarkerDecision)
    {
        return found;
    }
    ordered.sort_by_key(|entry| entry.position);
    let mut submitted = false;
    for entry in ordered {
        match (entry.kind, &entry.slot) {
            (EntryKind::MarkerDecision, Some(slot)) => {
                if let Some(decision) = Decision::read(&entry.payload) {
                    found.entry(slot.clone()).or_default().take(Decided {
                        position: entry.position,
                        writer: entry.writer.clone(),
                        decision,
                        at: entry.received_at,
                    });
                }
            }
            // only an answer that counts is another answer
            (EntryKind::Answer, Some(slot)) if !submitted => {
                if let Some(decisions) = found.get_mut(slot) {
                    decisions.standing.clear();
                }
            }
            (EntryKind::Reopen, _) => submitted = false,
            (kind, _) if kind.submits() => submitted = true,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
#[path = "decision_tests.rs"]
mod tests;
