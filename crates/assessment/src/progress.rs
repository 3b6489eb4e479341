//! What the checks of one question come to: its tries, what they are worth
//! together, whether it is finished and which hint is due. A pure function of
//! item, rules and the question's part of the log, so that it is the same for the
//! page, for the mark and for a regrade, which judges all tries anew.
//!
//! A try is an answer that was checked. The same answer checked twice in a row is
//! one try, and so is one that is handed in as it was checked; an empty answer is
//! none. What comes after a question is finished does not count.
//!
//! Parts (interactive): a part counts from the try since which it has kept its
//! worth. Two parts right at the first try, one more at the second: the first two
//! are whole, the third costs one penalty, a fourth that stays wrong is nothing.
//! So does Moodle's count-back; there, a part that is changed from one right
//! answer to another costs again, and handing in a wrong answer that was checked
//! costs a further penalty. Neither is so here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::append::Standing;
use crate::attempt::AttemptHeader;
use crate::behaviour::Behaviour;
use crate::certainty::Certainty;
use crate::content::{Published, Rules};
use crate::entry::{Entry, EntryKind};
use crate::id::SlotId;
use crate::interaction::Context;
use crate::item::Item;
use crate::response::Response;
use crate::scoring::{ItemMark, score_item};

/// What the log says of one question, in the order of positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotLog<'a> {
    /// The payload of the latest answer; empty for none.
    pub answer: &'a str,
    /// The answers that were checked.
    pub checked: Vec<Checked<'a>>,
    /// The certainty that was chosen last.
    pub certainty: Option<Certainty>,
}

/// An answer that was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked<'a> {
    /// Its payload.
    pub answer: &'a str,
    /// The certainty at that moment.
    pub certainty: Option<Certainty>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The log by question. What is written after the attempt was submitted does not
/// count, unless it was opened again.
pub fn slot_logs(entries: &[Entry]) -> BTreeMap<&SlotId, SlotLog<'_>> {
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    ordered.sort_by_key(|entry| entry.position);
    let mut logs: BTreeMap<&SlotId, SlotLog<'_>> = BTreeMap::new();
    let mut submitted = false;
    for entry in ordered {
        match (entry.kind, &entry.slot) {
            (EntryKind::Reopen, _) => submitted = false,
            (kind, _) if kind.submits() => submitted = true,
            (_, Some(slot)) if !submitted => add(&mut logs, slot, entry),
            _ => {}
        }
    }
    logs
}

fn add<'a>(logs: &mut BTreeMap<&'a SlotId, SlotLog<'a>>, slot: &'a SlotId, entry: &'a Entry) {
    match entry.kind {
        EntryKind::Answer => logs.entry(slot).or_default().answer = &entry.payload,
        EntryKind::Certainty => {
            logs.entry(slot).or_default().certainty = Certainty::from_payload(&entry.payload);
        }
        EntryKind::Check => {
            let log = logs.entry(slot).or_default();
            log.checked.push(Checked {
                answer: log.answer,
                certainty: log.certainty,
                at: entry.received_at,
            });
        }
        _ => {}
    }
}

/// How far one question is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The tries that count, the first one first.
    pub tries: Vec<Try>,
    /// Whether it takes no more answers.
    pub finished: bool,
    /// How many tries are left; `None` for any number.
    pub tries_left: Option<usize>,
    /// The hint that is due, by its place among the item's.
    pub hint: Option<usize>,
    /// What the tries are worth together, from 0 to 1; with certainty from -2.
    pub fraction: f64,
}

/// One try.
#[derive(Clone, Debug, PartialEq)]
pub struct Try {
    /// What was answered.
    pub response: Response,
    /// What that is worth by itself.
    pub mark: ItemMark,
    /// How sure the student was; the lowest level when nothing was said.
    pub certainty: Certainty,
    /// When it was checked; `None` for the answer that was handed in.
    pub at: Option<DateTime<Utc>>,
}

impl Progress {
    /// The latest try.
    pub fn last(&self) -> Option<&Try> {
        self.tries.last()
    }
}

/// Judges the checks of a question. What was answered since does not count.
pub fn checked(item: &Item, rules: &Rules, log: &SlotLog<'_>, context: &Context<'_>) -> Progress {
    Judge::of_checks(item, rules, log, context).progress()
}

/// The same with the latest answer as a last check: what the question is worth
/// when the attempt is handed in.
pub fn handed_in(item: &Item, rules: &Rules, log: &SlotLog<'_>, context: &Context<'_>) -> Progress {
    let mut judge = Judge::of_checks(item, rules, log, context);
    judge.add(log.answer, log.certainty, None);
    judge.progress()
}

/// How far a question is, for [`append`](crate::append).
pub fn standing(published: &Published, header: &AttemptHeader, slot: &SlotId, log: &SlotLog<'_>) -> Standing {
    let rules = &published.content.rules;
    let found = published.content.slot(slot);
    let item = found.and_then(|slot| published.items.get(&slot.item_version_id));
    let Some(item) = item.filter(|_| rules.behaviour.checks()) else {
        return Standing::default();
    };
    let context = header.context(slot);
    let response = Response::parse(item, log.answer, &context).unwrap_or_default();
    Standing {
        answered: response.is_answered(),
        finished: checked(item, rules, log, &context).finished,
    }
}

struct Judge<'a> {
    item: &'a Item,
    rules: &'a Rules,
    context: &'a Context<'a>,
    tries: Vec<Try>,
}

impl<'a> Judge<'a> {
    fn of_checks(item: &'a Item, rules: &'a Rules, log: &SlotLog<'_>, context: &'a Context<'a>) -> Self {
        let mut judge = Self {
            item,
            rules,
            context,
            tries: Vec::new(),
        };
        if rules.behaviour.checks() && item.is_checkable() {
            for checked in &log.checked {
                judge.add(checked.answer, checked.certainty, Some(checked.at));
            }
        }
        judge
    }

    fn add(&mut self, answer: &str, certainty: Option<Certainty>, at: Option<DateTime<Utc>>) {
        // an answer was valid when it was taken; one that no longer reads is no answer
        let response = Response::parse(self.item, answer, self.context).unwrap_or_default();
        let is_same = self.tries.last().is_some_and(|last| last.response == response);
        if self.is_finished() || is_same || !response.is_answered() {
            return;
        }
        self.tries.push(Try {
            mark: score_item(self.item, &response, self.context),
            response,
            certainty: certainty.unwrap_or_default(),
            at,
        });
    }

    fn is_finished(&self) -> bool {
        let Some(last) = self.tries.last().filter(|_| self.item.is_checkable()) else {
            return false;
        };
        match self.rules.behaviour {
            Behaviour::Immediate => true,
            Behaviour::Interactive => last.mark.fraction >= 1.0 || self.tries.len() >= self.tries_allowed(),
            _ => false,
        }
    }

    fn tries_allowed(&self) -> usize {
        match self.rules.behaviour {
            Behaviour::Interactive => self.item.hints.len() + 1,
            Behaviour::Immediate => 1,
            _ => usize::MAX,
        }
    }

    fn progress(self) -> Progress {
        let finished = self.is_finished();
        let allowed = self.tries_allowed();
        let due = self.rules.behaviour == Behaviour::Interactive && !finished;
        Progress {
            finished,
            tries_left: (allowed != usize::MAX).then(|| match finished {
                true => 0,
                false => allowed.saturating_sub(self.tries.len()),
            }),
            hint: self.tries.len().checked_sub(1).filter(|_| due),
            fraction: self.fraction(),
            tries: self.tries,
        }
    }

    // an answer that waits for a marker is not wrong
    fn asks_certainty(&self) -> bool {
        self.rules.certainty && self.item.is_checkable()
    }

    fn fraction(&self) -> f64 {
        let Some(last) = self.tries.last() else {
            return 0.0;
        };
        let penalty = self.item.cost_of_try();
        match self.rules.behaviour {
            Behaviour::Interactive => counted_back(&self.tries, penalty),
            Behaviour::Adaptive => best(&self.tries, penalty),
            Behaviour::AdaptiveNoPenalty => best(&self.tries, 0.0),
            Behaviour::Manual => 0.0,
            Behaviour::Deferred | Behaviour::Immediate if self.asks_certainty() => {
                last.certainty.applied(last.mark.fraction)
            }
            Behaviour::Deferred | Behaviour::Immediate => last.mark.fraction,
        }
    }
}

/// The best of all tries, each less the penalty for those before it.
fn best(tries: &[Try], penalty: f64) -> f64 {
    let counted = tries.iter().enumerate();
    counted
        .map(|(before, one)| one.mark.fraction - penalty * before as f64)
        .fold(0.0, f64::max)
}

/// The last try, less the penalty for those before it; by parts where it has them.
fn counted_back(tries: &[Try], penalty: f64) -> f64 {
    let Some(last) = tries.last() else {
        return 0.0;
    };
    let weight: f64 = last.mark.parts.iter().map(|part| part.weight).sum();
    if weight <= 0.0 {
        return (last.mark.fraction - penalty * (tries.len() - 1) as f64).max(0.0);
    }
    let (mut plain, mut counted) = (0.0, 0.0);
    for (place, part) in last.mark.parts.iter().enumerate() {
        let kept = |one: &&Try| {
            let then = one.mark.parts.get(place);
            then.is_some_and(|then| then.part == part.part && then.fraction == part.fraction)
        };
        let since = tries.len() - tries.iter().rev().take_while(kept).count();
        plain += part.weight * part.fraction;
        counted += part.weight * (part.fraction - penalty * since as f64).max(0.0);
    }
    // what a type takes off besides its parts stays off: marks astray, all or nothing
    let off = (plain / weight - last.mark.fraction).max(0.0);
    (counted / weight - off).clamp(0.0, 1.0)
}

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
