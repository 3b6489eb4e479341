//! What a candidate did that rules which questions an attempt asks: read from
//! its log. What comes after the submission counts only after a reopening.

use std::collections::{BTreeMap, BTreeSet};

use crate::attempt::AttemptHeader;
use crate::content::Published;
use crate::entry::{Entry, EntryKind};
use crate::id::{AlternativeId, SectionId, SlotId};
use crate::progress::{slot_logs, standing};
use crate::response::Response;

/// The moves of one attempt as its log stands. Empty where nothing depends on
/// them, see [`AssessmentContent::follows_moves`](crate::AssessmentContent::follows_moves).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// The questions with an answer.
    pub answered: BTreeSet<SlotId>,
    /// The questions with an answer that, where answers are checked, takes no more
    /// tries: what opens after them is open.
    pub complete: BTreeSet<SlotId>,
    /// The questions that the candidate discarded and did not take back.
    pub discarded: BTreeSet<SlotId>,
    /// Which of several sections the candidate chose.
    pub chosen: BTreeMap<AlternativeId, SectionId>,
    /// The questions from which the candidate went on, never to come back.
    pub left: BTreeSet<SlotId>,
}

impl Moves {
    /// Reads a whole log, in whatever order its lines are.
    pub fn of(published: &Published, header: &AttemptHeader, entries: &[Entry]) -> Self {
        let mut moves = Self::default();
        if !published.content.follows_moves() {
            return moves;
        }
        let mut ordered: Vec<&Entry> = entries.iter().collect();
        ordered.sort_by_key(|entry| entry.position);
        let mut submitted = false;
        for entry in ordered {
            match entry.kind {
                EntryKind::Reopen => submitted = false,
                kind if kind.submits() => submitted = true,
                _ if !submitted => moves.follow(published, entry),
                _ => {}
            }
        }
        for (slot, log) in slot_logs(entries) {
            let item = published.content.slot(slot);
            let item = item.and_then(|slot| published.items.get(&slot.item_version_id));
            let Some(item) = item else { continue };
            let response = Response::parse(item, log.answer, &header.context(slot));
            if !response.is_ok_and(|response| response.is_answered()) {
                continue;
            }
            moves.answered.insert(slot.clone());
            let is_checked = published.content.rules.behaviour.checks() && item.is_checkable();
            if !is_checked || standing(published, header, slot, &log).finished {
                moves.complete.insert(slot.clone());
            }
        }
        moves
    }

    fn follow(&mut self, published: &Published, entry: &Entry) {
        match (entry.kind, &entry.slot) {
            (EntryKind::Discard, Some(slot)) => {
                self.discarded.insert(slot.clone());
            }
            (EntryKind::Restore, Some(slot)) => {
                self.discarded.remove(slot);
            }
            (EntryKind::Advance, Some(slot)) => {
                self.left.insert(slot.clone());
            }
            (EntryKind::Choose, None) => self.choose(published, &entry.payload),
            _ => {}
        }
    }

    fn choose(&mut self, published: &Published, section: &str) {
        let id = SectionId::from(section);
        let section = published.content.section(&id);
        if let Some(alternative) = section.and_then(|section| section.alternative.clone()) {
            self.chosen.insert(alternative, id);
        }
    }
}
