//! The mark: a pure function of published content, log and marking policy.
//! Replaying a log always gives the same outcome, in whatever order its lines
//! arrive and however often one of them is repeated.
//!
//! The log is read by position. Per slot the last answer taken before the
//! attempt was submitted counts; after a reopening answers count again. Where
//! questions are checked, all their tries count (`progress`). A marker's decision counts whenever it was made; how several become one mark is
//! `decision`'s.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::attempt::AttemptHeader;
use crate::behaviour::Behaviour;
use crate::certainty::Certainty;
use crate::content::{AssessmentContent, Published, Rules, Slot};
use crate::decision::{HandMark, decisions};
use crate::entry::{Entry, EntryKind};
use crate::grade::AttemptScore;
use crate::id::{ItemVersionId, SectionId, SlotId};
use crate::interaction::Context;
use crate::item::Item;
use crate::moves::Moves;
use crate::plan::plan;
use crate::policy::{MarkingPolicy, SlotOverride, round};
use crate::progress::{SlotLog, handed_in, slot_logs};
use crate::scheme::PartPoints;
use crate::verdict::{Known, Verdict, evaluate};

/// What an attempt is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// One per slot that counts in this attempt, in the author's order; see
    /// [`Plan::counted`](crate::Plan::counted).
    pub slots: Vec<SlotOutcome>,
    /// The sum of points, rounded by the policy; from 0 to `maximum`.
    pub score: f64,
    /// The sum of the slots' maxima, rounded by the policy.
    pub maximum: f64,
    /// How many questions have an answer.
    pub answered: usize,
    /// Whether the log ends submitted.
    pub submitted: bool,
    /// The number of the policy in force.
    pub policy_number: u32,
    /// How the examination stands, where the assessment has a scheme. Score and
    /// maximum are then its percent points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

/// What one slot contributes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlotOutcome {
    /// The slot.
    pub slot: SlotId,
    /// Whether it has an answer.
    pub answered: bool,
    /// How much of it is right, from 0 to 1; with certainty from -2 on.
    pub fraction: f64,
    /// Fraction times maximum, unrounded.
    pub points: f64,
    /// What it can contribute at most.
    pub maximum: f64,
    /// Whether a marker has yet to decide on the answer: until then it is worth
    /// 0, or what the first of several markers gave who lie apart.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_marker: bool,
    /// Whether a marker's decision gives the mark.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_hand: bool,
    /// How far apart several markers lie, as a share, while that waits to be settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<f64>,
    /// How many tries it took, where questions are checked.
    #[serde(default, skip_serializing_if = "is_none")]
    pub tries: usize,
    /// How sure the student was, where that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<Sure>,
}

/// A mark by certainty.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sure {
    /// How sure the student was.
    pub certainty: Certainty,
    /// How much is right without it, from 0 to 1.
    pub raw: f64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde wants")]
fn is_none(tries: &usize) -> bool {
    *tries == 0
}

/// Why a log cannot be replayed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The published items lack one that a slot names.
    #[error("slot {slot} asks item version {item_version_id}, which is missing")]
    ItemMissing {
        /// The slot.
        slot: SlotId,
        /// What it asks.
        item_version_id: ItemVersionId,
    },
}

/// Marks an attempt, running or submitted, from its log. Of the header only
/// seed and language count. Where the policy has a floor, the better share of
/// the two maxima counts.
pub fn replay(
    published: &Published,
    header: &AttemptHeader,
    entries: &[Entry],
    policy: &MarkingPolicy,
) -> Result<Outcome, ReplayError> {
    let mut log = read_log(entries);
    let moves = Moves::of(published, header, entries);
    let plan = plan(&published.content, header.seed, &moves);
    log.counted = plan.counted().map(|slot| &slot.id).collect();
    let mut best = outcome(published, header, &log, policy)?;
    let mut below = policy.floor.as_deref();
    while let Some(floor) = below {
        let former = outcome(published, header, &log, floor)?;
        if former.share() > best.share() {
            best = former;
        }
        below = floor.floor.as_deref();
    }
    best.policy_number = policy.number;
    Ok(best)
}

impl Outcome {
    fn share(&self) -> f64 {
        let score = AttemptScore {
            score: self.score,
            maximum: self.maximum,
        };
        score.fraction()
    }
}

fn outcome(
    published: &Published,
    header: &AttemptHeader,
    log: &Log<'_>,
    policy: &MarkingPolicy,
) -> Result<Outcome, ReplayError> {
    let mut slots = Vec::with_capacity(log.counted.len());
    let counts = |slot: &&Slot| log.counted.contains(&slot.id);
    for slot in published.content.slots.iter().filter(counts) {
        slots.push(slot_outcome(published, header, slot, log, policy)?);
    }
    let sum = |part: fn(&SlotOutcome) -> f64| slots.iter().map(part).sum::<f64>();
    let maximum = round(sum(|slot| slot.maximum), policy.decimals);
    let score = round(sum(|slot| slot.points), policy.decimals);
    let verdict = published.content.scheme.as_ref().map(|scheme| {
        let sections = by_section(&published.content, &slots);
        let mut known = log.entered.clone();
        known.sections = sections;
        evaluate(scheme, &known)
    });
    let (score, maximum) = match &verdict {
        Some(verdict) => (verdict.total, 100.0),
        None => (score.clamp(0.0, maximum), maximum),
    };
    Ok(Outcome {
        score,
        maximum,
        verdict,
        answered: slots.iter().filter(|slot| slot.answered).count(),
        submitted: log.submitted,
        policy_number: policy.number,
        slots,
    })
}

fn by_section(content: &AssessmentContent, slots: &[SlotOutcome]) -> BTreeMap<SectionId, (f64, f64)> {
    let mut sections: BTreeMap<SectionId, (f64, f64)> = BTreeMap::new();
    for outcome in slots {
        let slot = content.slot(&outcome.slot);
        if let Some(section) = slot.and_then(|slot| slot.placing.section.clone()) {
            let (score, maximum) = sections.entry(section).or_default();
            *score += outcome.points;
            *maximum += outcome.maximum;
        }
    }
    sections
}

struct Log<'a> {
    counted: BTreeSet<&'a SlotId>,
    entered: Known,
    slots: BTreeMap<&'a SlotId, SlotLog<'a>>,
    decisions: BTreeMap<SlotId, HandMark>,
    submitted: bool,
}

fn read_log(entries: &[Entry]) -> Log<'_> {
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    ordered.sort_by_key(|entry| entry.position);
    let marked = |(slot, decisions): (SlotId, crate::Decisions)| Some((slot, decisions.mark()?));
    let mut log = Log {
        decisions: decisions(entries).into_iter().filter_map(marked).collect(),
        slots: slot_logs(entries),
        counted: BTreeSet::new(),
        entered: Known::default(),
        submitted: false,
    };
    for entry in ordered {
        match entry.kind {
            EntryKind::PartPoints => {
                if let Some(entered) = PartPoints::read(&entry.payload) {
                    log.entered.enter(entered);
                }
            }
            EntryKind::Reopen => log.submitted = false,
            kind if kind.submits() => log.submitted = true,
            _ => {}
        }
    }
    log
}

fn slot_outcome(
    published: &Published,
    header: &AttemptHeader,
    slot: &Slot,
    log: &Log<'_>,
    policy: &MarkingPolicy,
) -> Result<SlotOutcome, ReplayError> {
    let item = published
        .items
        .get(&slot.item_version_id)
        .ok_or_else(|| ReplayError::ItemMissing {
            slot: slot.id.clone(),
            item_version_id: slot.item_version_id.clone(),
        })?;
    let item = policy.item(&slot.item_version_id, item);
    let context = header.context(&slot.id);
    let rules = &published.content.rules;
    let mark = slot_mark(&item, rules, log.slots.get(&slot.id), &context);
    let by_hand = log.decisions.get(&slot.id).copied();
    let marked = by_hand.map_or(mark.fraction, HandMark::fraction);
    let fraction = match policy.slots.get(&slot.id) {
        Some(SlotOverride::FullMarks) => 1.0,
        Some(SlotOverride::FullMarksIfAnswered) if mark.answered => 1.0,
        _ => marked,
    };
    let maximum = policy.maximum(slot);
    let is_given = policy.slots.contains_key(&slot.id) && fraction != marked;
    let apart = by_hand.and_then(HandMark::unsettled).filter(|_| !is_given);
    let waits = mark.needs_marker && by_hand.is_none() && !is_given;
    Ok(SlotOutcome {
        slot: slot.id.clone(),
        answered: mark.answered,
        fraction,
        points: fraction * maximum,
        needs_marker: maximum > 0.0 && (waits || apart.is_some()),
        by_hand: by_hand.is_some() && !is_given,
        apart: apart.filter(|_| maximum > 0.0),
        tries: mark.tries,
        sure: mark.sure,
        maximum,
    })
}

/// What the log of a slot comes to without markers and policy.
#[derive(Default)]
struct SlotMark {
    answered: bool,
    fraction: f64,
    needs_marker: bool,
    tries: usize,
    sure: Option<Sure>,
}

fn slot_mark(item: &Item, rules: &Rules, log: Option<&SlotLog<'_>>, context: &Context<'_>) -> SlotMark {
    let Some(log) = log else {
        return SlotMark::default();
    };
    let progress = handed_in(item, rules, log, context);
    let Some(last) = progress.last() else {
        return SlotMark::default();
    };
    let is_checked = rules.behaviour.checks() && item.is_checkable();
    let has_certainty = rules.certainty && rules.behaviour.takes_certainty() && item.is_checkable();
    SlotMark {
        answered: true,
        fraction: progress.fraction,
        needs_marker: last.mark.needs_marker || (rules.behaviour == Behaviour::Manual && item.is_marked()),
        tries: if is_checked { progress.tries.len() } else { 0 },
        sure: has_certainty.then_some(Sure {
            certainty: last.certainty,
            raw: last.mark.fraction,
        }),
    }
}
