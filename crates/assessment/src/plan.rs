//! What one attempt asks: a pure function of published content, seed and log
//! (through [`Moves`]). Pages, marks, statistics and what may still be written
//! all go by it.
//!
//! What counts, where the candidate leaves it open, is settled so that the
//! maximum is the same for everybody: of sections to choose between, the one in
//! which most is answered, else the first; of questions that may be dropped,
//! the unanswered ones first in order, then the last ones.
//!
//! Left out on purpose: marks (`outcome`), and the draw and the shuffle
//! themselves (`draw`, `order`).

use std::collections::BTreeSet;

use crate::code::Code;
use crate::content::{AssessmentContent, Slot};
use crate::draw::drawn_slots;
use crate::entry::EntryKind;
use crate::id::{AlternativeId, SectionId, SlotId};
use crate::moves::Moves;
use crate::order::section_order;
use crate::section::{Navigation, Section};

/// What an attempt asks, in the order in which it shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'a> {
    /// The questions before all sections, where there are any; then all
    /// sections, those that were not chosen among them.
    pub sections: Vec<PlannedSection<'a>>,
    navigation: Navigation,
}

/// A section in an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedSection<'a> {
    /// The section; `None` for the questions before all sections.
    pub section: Option<&'a Section>,
    /// Whether it is asked.
    pub choice: SectionChoice,
    /// Its questions in this attempt.
    pub slots: Vec<PlannedSlot<'a>>,
}

/// Whether a section is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionChoice {
    /// It is no alternative to another.
    Fixed,
    /// Nobody chose yet; `counts` says whether it would count as things stand.
    Open {
        /// It is the one that counts when nobody chooses.
        counts: bool,
    },
    /// It was chosen.
    Chosen,
    /// Another one was chosen.
    Other,
}

/// A question in an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedSlot<'a> {
    /// The question.
    pub slot: &'a Slot,
    /// Whether it may be answered now.
    pub access: Access,
    /// Whether the candidate may discard it, as far as the question goes.
    pub is_droppable: bool,
    /// Whether the candidate discarded it.
    pub discarded: bool,
    /// Whether it counts as things stand.
    pub counts: bool,
}

/// Whether a question may be answered now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// It may.
    Open,
    /// Not before this question is complete.
    OpensAfter(SlotId),
    /// The candidate has not come to it yet.
    NotReached,
    /// The candidate went on from it.
    Passed,
}

/// What the attempt with this seed asks after these moves.
pub fn plan<'a>(content: &'a AssessmentContent, seed: i64, moves: &Moves) -> Plan<'a> {
    let mut sections: Vec<PlannedSection<'a>> = Vec::with_capacity(content.sections.len() + 1);
    if content.slots_of(None).next().is_some() {
        let slots = content.slots_of(None).collect();
        let order = section_order(seed, "slots", content.rules.shuffle_questions, slots);
        sections.push(planned(None, order, moves));
    }
    for section in &content.sections {
        let pool = content.slots_of(Some(&section.id));
        let slots = match section.draws.is_empty() {
            true => pool.collect(),
            false => drawn_slots(seed, section, pool),
        };
        let order = section_order(seed, &format!("slots:{}", section.id), section.shuffle, slots);
        sections.push(planned(Some(section), order, moves));
    }
    let mut plan = Plan {
        sections,
        navigation: content.rules.navigation,
    };
    plan.choose(moves);
    plan.lock(moves);
    plan
}

fn planned<'a>(section: Option<&'a Section>, order: Vec<&'a Slot>, moves: &Moves) -> PlannedSection<'a> {
    let drops = section.map_or(0, |section| section.drops as usize);
    let dropped = dropped(&order, drops, moves);
    let slots = order.into_iter().map(|slot| PlannedSlot {
        access: Access::Open,
        is_droppable: is_droppable(slot) && drops > 0,
        discarded: is_droppable(slot) && drops > 0 && moves.discarded.contains(&slot.id),
        counts: !dropped.contains(&slot.id),
        slot,
    });
    PlannedSection {
        section,
        choice: SectionChoice::Fixed,
        slots: slots.collect(),
    }
}

// The discarded ones; while they are too few, the unanswered ones from the
// front, then the answered ones from the back.
fn dropped(order: &[&Slot], drops: usize, moves: &Moves) -> BTreeSet<SlotId> {
    if drops == 0 {
        return BTreeSet::new();
    }
    let droppable = || {
        order
            .iter()
            .filter(|slot| is_droppable(slot))
            .map(|slot| &slot.id)
    };
    let discarded = droppable().filter(|id| moves.discarded.contains(id));
    let unanswered = droppable().filter(|id| !moves.answered.contains(id));
    let last: Vec<&SlotId> = droppable().collect();
    let ranked = discarded.chain(unanswered).chain(last.into_iter().rev());
    let mut dropped = BTreeSet::new();
    for id in ranked {
        if dropped.len() == drops {
            break;
        }
        dropped.insert(id.clone());
    }
    dropped
}

/// Whether a question is one of those that may be dropped where any may.
fn is_droppable(slot: &Slot) -> bool {
    !slot.placing.protected && slot.points > 0.0
}

impl<'a> Plan<'a> {
    /// All questions of the attempt that are asked, in the order shown: without
    /// sections that were not chosen, with what was discarded.
    pub fn asked(&self) -> impl Iterator<Item = &PlannedSlot<'a>> {
        self.sections
            .iter()
            .filter(|section| section.choice != SectionChoice::Other)
            .flat_map(|section| &section.slots)
    }

    /// The questions that count as things stand, in the order shown.
    pub fn counted(&self) -> impl Iterator<Item = &'a Slot> {
        let counts = |choice| {
            !matches!(
                choice,
                SectionChoice::Other | SectionChoice::Open { counts: false }
            )
        };
        self.sections
            .iter()
            .filter(move |section| counts(section.choice))
            .flat_map(|section| &section.slots)
            .filter(|planned| planned.counts)
            .map(|planned| planned.slot)
    }

    /// A question of the attempt, asked or not chosen.
    pub fn find(&self, slot: &SlotId) -> Option<(&PlannedSection<'a>, &PlannedSlot<'a>)> {
        self.sections.iter().find_map(|section| {
            let planned = section.slots.iter().find(|planned| planned.slot.id == *slot)?;
            Some((section, planned))
        })
    }

    /// The section with this id.
    pub fn section(&self, id: &SectionId) -> Option<&PlannedSection<'a>> {
        let is_it = |section: &Section| section.id == *id;
        self.sections
            .iter()
            .find(|planned| planned.section.is_some_and(is_it))
    }

    /// The sections between which the candidate has to choose before going on,
    /// or may choose at all.
    pub fn alternatives(&self, group: &AlternativeId) -> impl Iterator<Item = &PlannedSection<'a>> {
        let of_group = |section: &Section| section.alternative.as_ref() == Some(group);
        self.sections
            .iter()
            .filter(move |planned| planned.section.is_some_and(of_group))
    }

    /// Whether a candidate may write this now; content and shape apart.
    ///
    /// # Errors
    /// `ATT-SLOT-UNKNOWN` for what is not asked, `ATT-QUESTION-LOCKED`,
    /// `ATT-QUESTION-PASSED`, `ATT-NOT-DROPPABLE`, `ATT-DROPS-USED`,
    /// `ATT-CHOICE-UNKNOWN`, `ATT-ENTRY-KIND`.
    pub fn admits(&self, kind: EntryKind, slot: Option<&SlotId>, payload: &str) -> Result<(), Code> {
        let Some(slot) = slot else {
            return match kind {
                EntryKind::Choose => self.admits_choice(&SectionId::from(payload)),
                _ => Ok(()),
            };
        };
        let (section, planned) = self
            .find(slot)
            .filter(|(section, _)| section.choice != SectionChoice::Other)
            .ok_or(Code::SlotUnknown)?;
        if kind == EntryKind::Advance && self.navigation == Navigation::Free {
            return Err(Code::EntryKind);
        }
        match (&planned.access, kind) {
            (_, EntryKind::Flag | EntryKind::Unflag) => return Ok(()),
            (Access::Passed, _) => return Err(Code::QuestionPassed),
            (Access::NotReached, _) => return Err(Code::QuestionLocked),
            (Access::OpensAfter(_), EntryKind::Advance | EntryKind::Discard | EntryKind::Restore) => {}
            (Access::OpensAfter(_), _) => return Err(Code::QuestionLocked),
            (Access::Open, _) => {}
        }
        match kind {
            EntryKind::Discard if !planned.is_droppable => Err(Code::NotDroppable),
            EntryKind::Discard if !planned.discarded && section.drops_left() == 0 => Err(Code::DropsUsed),
            _ => Ok(()),
        }
    }

    fn admits_choice(&self, id: &SectionId) -> Result<(), Code> {
        let section = self.section(id).ok_or(Code::ChoiceUnknown)?;
        let group = section.section.and_then(|section| section.alternative.as_ref());
        let group = group.ok_or(Code::ChoiceUnknown)?;
        let is_passed = |section: &PlannedSection<'_>| {
            let passed = |planned: &PlannedSlot<'_>| planned.access == Access::Passed;
            section.slots.iter().any(passed)
        };
        match self.alternatives(group).any(is_passed) {
            true => Err(Code::QuestionPassed),
            false => Ok(()),
        }
    }

    fn choose(&mut self, moves: &Moves) {
        let mut counting: Vec<(AlternativeId, SectionId, usize)> = Vec::new();
        for planned in &self.sections {
            let Some((section, group)) = planned.alternative() else {
                continue;
            };
            let answered = planned
                .slots
                .iter()
                .filter(|one| moves.answered.contains(&one.slot.id));
            let answered = answered.count();
            match counting.iter_mut().find(|(known, _, _)| known == group) {
                Some((_, best, most)) if answered > *most => {
                    (*best, *most) = (section.id.clone(), answered);
                }
                Some(_) => {}
                None => counting.push((group.clone(), section.id.clone(), answered)),
            }
        }
        for planned in &mut self.sections {
            let Some((section, group)) = planned.alternative() else {
                continue;
            };
            planned.choice = match moves.chosen.get(group) {
                Some(chosen) if *chosen == section.id => SectionChoice::Chosen,
                Some(_) => SectionChoice::Other,
                None => SectionChoice::Open {
                    counts: counting.iter().any(|(_, best, _)| *best == section.id),
                },
            };
        }
    }

    fn lock(&mut self, moves: &Moves) {
        let asked: BTreeSet<SlotId> = self.asked().map(|planned| planned.slot.id.clone()).collect();
        let is_complete =
            |id: &SlotId| !asked.contains(id) || moves.complete.contains(id) || moves.discarded.contains(id);
        for planned in self.sections.iter_mut().flat_map(|section| &mut section.slots) {
            let waits_for = planned.slot.placing.opens_after.as_ref();
            if let Some(after) = waits_for.filter(|after| !is_complete(after)) {
                planned.access = Access::OpensAfter(after.clone());
            }
        }
        if self.navigation == Navigation::Sequential {
            self.lock_by_step(moves);
        }
    }

    // Steps are runs of questions with one stimulus. The first one that was not
    // left is open; a choice that was not made yet holds up what follows.
    fn lock_by_step(&mut self, moves: &Moves) {
        let mut reached = false;
        for section in &mut self.sections {
            if section.choice == SectionChoice::Other {
                continue;
            }
            reached |= matches!(section.choice, SectionChoice::Open { .. });
            let runs = section.slots.chunk_by_mut(|one, next| {
                one.slot.stimulus.is_some() && one.slot.stimulus == next.slot.stimulus
            });
            for run in runs {
                let is_left = run.iter().any(|planned| moves.left.contains(&planned.slot.id));
                let access = match (reached, is_left) {
                    (true, _) => Some(Access::NotReached),
                    (false, true) => Some(Access::Passed),
                    (false, false) => None,
                };
                reached |= !is_left;
                for planned in run {
                    planned.access = access.clone().unwrap_or(planned.access.clone());
                }
            }
        }
    }
}

impl<'a> PlannedSection<'a> {
    /// How many more questions the candidate may discard.
    pub fn drops_left(&self) -> usize {
        let discarded = self.slots.iter().filter(|planned| planned.discarded).count();
        let drops = self.section.map_or(0, |section| section.drops as usize);
        drops.saturating_sub(discarded)
    }

    fn alternative(&self) -> Option<(&'a Section, &'a AlternativeId)> {
        let section = self.section?;
        Some((section, section.alternative.as_ref()?))
    }
}
