//! What a student did with one question, step by step, for the review: answers
//! as they were saved, checks and how right they were. Flags are left out: they
//! say nothing of the work.

use std::collections::BTreeMap;

use ::assessment::{
    AttemptHeader, Certainty, Entry, EntryKind, Item, Published, Response, SlotId, checked, slot_logs,
};
use chrono::{DateTime, Utc};

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// When we got it.
    pub at: DateTime<Utc>,
    /// What was done.
    pub what: What,
}

/// What was done with a question.
#[derive(Debug, Clone)]
pub enum What {
    /// Answered, or cleared.
    Answered(Response),
    /// Said how sure.
    Sure(Certainty),
    /// Had it checked: which try, from 1, and how right it was.
    Checked {
        /// 1, 2, 3, …
        number: usize,
        /// From 0 to 1.
        fraction: f64,
    },
}

/// The steps of each question, in order. A check that was no try of its own (the
/// same answer once more) is no step, nor is what came after the end.
pub(crate) fn by_slot(
    published: &Published,
    header: &AttemptHeader,
    entries: &[Entry],
) -> BTreeMap<SlotId, Vec<Step>> {
    let mut steps: BTreeMap<SlotId, Vec<Step>> = BTreeMap::new();
    let mut submitted = false;
    for entry in entries {
        submitted = match entry.kind {
            EntryKind::Reopen => false,
            kind => submitted || kind.submits(),
        };
        let Some(slot) = entry.slot.as_ref().filter(|_| !submitted) else {
            continue;
        };
        let what = item_of(published, slot).and_then(|item| step(item, header, entry, slot));
        if let Some(what) = what {
            let at = entry.received_at;
            steps.entry(slot.clone()).or_default().push(Step { at, what });
        }
    }
    for (slot, log) in slot_logs(entries) {
        let Some(item) = item_of(published, slot) else {
            continue;
        };
        let progress = checked(item, &published.content.rules, &log, &header.context(slot));
        let tries = progress.tries.iter().zip(1..).filter_map(|(one, number)| {
            Some(Step {
                at: one.at?,
                what: What::Checked {
                    number,
                    fraction: one.mark.fraction,
                },
            })
        });
        let steps = steps.entry(slot.clone()).or_default();
        steps.extend(tries);
        // stable: an answer and its check of the same moment stay in order
        steps.sort_by_key(|step| step.at);
    }
    steps
}

fn item_of<'a>(published: &'a Published, slot: &SlotId) -> Option<&'a Item> {
    let slot = published.content.slot(slot)?;
    published.items.get(&slot.item_version_id)
}

fn step(item: &Item, header: &AttemptHeader, entry: &Entry, slot: &SlotId) -> Option<What> {
    match entry.kind {
        EntryKind::Answer => {
            let response = Response::parse(item, &entry.payload, &header.context(slot));
            Some(What::Answered(response.unwrap_or_default()))
        }
        EntryKind::Certainty => Certainty::from_payload(&entry.payload).map(What::Sure),
        _ => None,
    }
}
