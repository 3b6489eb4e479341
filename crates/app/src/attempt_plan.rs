//! How an attempt's questions are laid out on its pages: sections, what is left
//! to drop, and where one goes through them one after another.

use std::ops::Range;

use ::assessment::{
    Access, AlternativeId, EntryKind, Navigation, Plan, PlannedSection, PlannedSlot, SectionChoice,
    SectionId, SlotId,
};

/// A section on an attempt's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedSection {
    /// Its id.
    pub id: SectionId,
    /// Whether it is asked.
    pub choice: SectionChoice,
    /// What it is an alternative in.
    pub alternative: Option<AlternativeId>,
    /// Whether the choice can still be made or changed.
    pub can_choose: bool,
    /// How many of its questions may be dropped.
    pub drops: usize,
    /// How many more.
    pub drops_left: usize,
    /// Before which of the questions on the page it begins, from 0.
    pub first: usize,
}

/// Where an attempt stands that is gone through one question after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// What to go on from; `None` when there is nothing left, or a choice to be made.
    pub here: Option<SlotId>,
    /// Whether all questions are behind.
    pub is_over: bool,
}

/// What a student does besides answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Choose, discard, restore or advance.
    pub kind: EntryKind,
    /// The question.
    pub slot: Option<SlotId>,
    /// The chosen section.
    pub payload: String,
}

/// What a page shows of a plan.
pub(crate) struct Layout<'a> {
    pub(crate) sections: Vec<AskedSection>,
    /// All that are asked.
    pub(crate) slots: Vec<&'a PlannedSlot<'a>>,
    /// Which of them the page shows.
    pub(crate) shown: Range<usize>,
    pub(crate) sequence: Option<Sequence>,
}

/// Lays a plan out, for an attempt that runs or for its review.
pub(crate) fn lay_out<'a>(plan: &'a Plan<'a>, navigation: Navigation, is_running: bool) -> Layout<'a> {
    let one_by_one = is_running && navigation == Navigation::Sequential;
    let mut layout = Layout {
        sections: Vec::new(),
        slots: Vec::new(),
        shown: 0..0,
        sequence: None,
    };
    for planned in &plan.sections {
        if let Some(section) = shown_section(planned, is_running, layout.slots.len()) {
            layout.sections.push(section);
        }
        let is_asked = match planned.choice {
            SectionChoice::Fixed | SectionChoice::Chosen => true,
            SectionChoice::Other => false,
            SectionChoice::Open { counts } => counts && !is_running,
        };
        if is_asked {
            layout.slots.extend(&planned.slots);
        }
    }
    layout.shown = 0..layout.slots.len();
    if one_by_one {
        only_here(plan, &mut layout);
    }
    layout
}

fn shown_section(planned: &PlannedSection<'_>, is_running: bool, first: usize) -> Option<AskedSection> {
    let section = planned.section?;
    let is_left_out = matches!(
        planned.choice,
        SectionChoice::Other | SectionChoice::Open { counts: false }
    );
    if is_left_out && !is_running {
        return None;
    }
    let passed = planned.slots.iter().any(|slot| slot.access == Access::Passed);
    Some(AskedSection {
        id: section.id.clone(),
        choice: planned.choice,
        alternative: section.alternative.clone(),
        can_choose: is_running && section.alternative.is_some() && !passed,
        drops: section.drops as usize,
        drops_left: planned.drops_left(),
        first,
    })
}

// Of a sequence a page shows where the candidate is: some questions, or a choice.
fn only_here(plan: &Plan<'_>, layout: &mut Layout<'_>) {
    let is_here = |slot: &PlannedSlot<'_>| matches!(slot.access, Access::Open | Access::OpensAfter(_));
    let from = layout.slots.iter().position(|slot| is_here(slot));
    let first_unchosen = layout
        .sections
        .iter()
        .find(|section| matches!(section.choice, SectionChoice::Open { .. }))
        .map(|section| (section.first, section.alternative.clone()));
    let passed = layout
        .slots
        .iter()
        .filter(|slot| slot.access == Access::Passed)
        .count();
    let choice = first_unchosen.filter(|(first, _)| from.is_none() && *first == passed);
    layout.sequence = Some(Sequence {
        here: from
            .and_then(|from| layout.slots.get(from))
            .map(|slot| slot.slot.id.clone()),
        is_over: from.is_none() && choice.is_none(),
    });
    let begins = from.unwrap_or(passed);
    let in_step = layout
        .slots
        .iter()
        .skip(begins)
        .take_while(|slot| is_here(slot))
        .count();
    let own = from
        .and_then(|from| layout.slots.get(from))
        .and_then(|slot| plan.find(&slot.slot.id));
    let own = own.and_then(|(section, _)| section.section);
    let group = own.and_then(|section| section.alternative.clone());
    layout.sections.retain_mut(|section| {
        let is_own = own.is_some_and(|own| own.id == section.id);
        let beside = group.is_some() && section.alternative == group && section.can_choose;
        let to_choose = choice
            .as_ref()
            .is_some_and(|(_, group)| section.alternative == *group);
        section.first = if is_own || section.first <= begins {
            0
        } else {
            in_step
        };
        is_own || beside || to_choose
    });
    layout.shown = begins..begins + in_step;
}
