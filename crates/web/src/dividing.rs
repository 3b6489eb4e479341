//! The sections of an attempt on its pages: their heads, what can be dropped or
//! chosen, where a sequence stands, and what to think of before submitting.

use std::collections::BTreeMap;

use app::attempt::{AskedSection, Question, View};
use assessment::{Access, AlternativeId, Section, SectionChoice};
use ui::{
    Texts,
    component::{Choice, Gate, SectionHead},
    page::attempt,
};

use crate::rendered::Rendered;

/// The heads of the sections on the page of a running attempt.
pub(crate) fn heads(view: &View, words: &Rendered, t: Texts) -> Vec<SectionHead> {
    let head = |(place, section): (usize, &AskedSection)| {
        let rendered = words.section(&section.id);
        let group = section.alternative.as_ref().filter(|_| section.can_choose);
        let is_of = |other: &&AskedSection| other.alternative.as_ref() == group;
        let of_group = view.sections.iter().filter(is_of);
        let begins = !view.sections.iter().take(place).any(|other| is_of(&other));
        SectionHead {
            t,
            id: section.id.to_string(),
            title: rendered.title,
            introduction: rendered.text,
            choice: match section.choice {
                _ if !section.can_choose => Choice::Fixed,
                SectionChoice::Fixed => Choice::Fixed,
                SectionChoice::Open { .. } => Choice::Possible,
                SectionChoice::Chosen => Choice::Chosen,
                SectionChoice::Other => Choice::Instead,
            },
            choose_from: match group {
                Some(_) if begins => of_group.count(),
                _ => 0,
            },
            drops: section.drops,
            drops_left: section.drops_left,
            first: section.first,
        }
    };
    let is_gone = |section: &AskedSection| section.choice == SectionChoice::Other && !section.can_choose;
    let sections = view.sections.iter().enumerate();
    sections
        .filter(|(_, section)| !is_gone(section))
        .map(head)
        .collect()
}

/// The same on a review: only what the sections are called.
pub(crate) fn titles(view: &View, words: &Rendered, t: Texts) -> Vec<SectionHead> {
    let title = |head: SectionHead| SectionHead {
        introduction: ui::Html::default(),
        drops: 0,
        ..head
    };
    heads(view, words, t).into_iter().map(title).collect()
}

/// Whether a question of a running attempt can be answered, or dropped.
pub(crate) fn gate(view: &View, numbered: &[(&Question, usize)], question: &Question) -> Gate {
    if question.is_dropped {
        return Gate::Dropped;
    }
    if let Access::OpensAfter(first) = &question.access {
        let number = numbered.iter().find(|(other, _)| other.slot == *first);
        return Gate::Locked(number.map_or(0, |(_, number)| *number));
    }
    let slot = view.published.content.slot(&question.slot);
    let placing = slot.map(|slot| &slot.placing);
    let section = placing.and_then(|placing| placing.section.as_ref());
    let section = view.sections.iter().find(|one| section == Some(&one.id));
    match section {
        Some(section) if question.is_droppable && section.drops_left > 0 => Gate::Droppable,
        Some(section) if section.drops > 0 && placing.is_some_and(|placing| placing.protected) => {
            Gate::Protected
        }
        _ => Gate::Open,
    }
}

/// Where a sequence stands, for its page.
pub(crate) fn sequence(view: &View, numbered: &[(&Question, usize)]) -> Option<attempt::Sequence> {
    let sequence = view.sequence.as_ref()?;
    let at = |slot| numbered.iter().find(|(question, _)| Some(&question.slot) == slot);
    let behind = numbered
        .iter()
        .take(view.shown.start)
        .filter(|(question, _)| question.is_question);
    let number = at(sequence.here.as_ref()).map_or_else(|| behind.count(), |(_, number)| *number);
    Some(attempt::Sequence {
        slot: sequence
            .here
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        number,
        total: numbered
            .iter()
            .filter(|(question, _)| question.is_question)
            .count()
            + still_to_choose(view),
        is_over: sequence.is_over,
    })
}

// How many questions come with the choices that are not made yet: as many as the shortest way has.
fn still_to_choose(view: &View) -> usize {
    let content = &view.published.content;
    let has = |section: &Section| {
        let slots = content.slots_of(Some(&section.id));
        let mut slots = slots.map(|slot| &slot.id);
        slots.any(|id| view.questions.iter().any(|question| question.slot == *id))
    };
    let mut groups: BTreeMap<&AlternativeId, usize> = BTreeMap::new();
    for section in &content.sections {
        let Some(group) = &section.alternative else {
            continue;
        };
        let own = match has(section) {
            true => 0,
            false => view.published.questions_of(section) + section.drops as usize,
        };
        let least = groups.entry(group).or_insert(own);
        *least = own.min(*least);
    }
    groups.values().sum()
}

/// What the rules will settle when the attempt is submitted as it stands.
pub(crate) fn notes(view: &View, words: &Rendered, t: Texts) -> Vec<String> {
    let mut notes = Vec::new();
    let mut groups: Vec<&AlternativeId> = Vec::new();
    for section in &view.sections {
        let is_open = matches!(section.choice, SectionChoice::Open { .. });
        if let Some(group) = section.alternative.as_ref().filter(|_| is_open)
            && !groups.contains(&group)
        {
            groups.push(group);
        }
        let is_asked = matches!(section.choice, SectionChoice::Fixed | SectionChoice::Chosen);
        if is_asked && section.drops_left > 0 {
            let title = words.section(&section.id).title;
            let note = t.with("structure-confirm-drops", "title", title);
            notes.push(note.and("left", section.drops_left).to_string());
        }
    }
    for group in groups {
        let of_group = view
            .sections
            .iter()
            .filter(|one| one.alternative.as_ref() == Some(group));
        let titles: Vec<String> = of_group.map(|one| words.section(&one.id).title).collect();
        notes.push(
            t.with("structure-confirm-choice", "titles", titles.join(", "))
                .to_string(),
        );
    }
    let ahead = |question: &&Question| question.is_question && question.access == Access::NotReached;
    let ahead = view.questions.iter().filter(ahead).count();
    if ahead > 0 {
        notes.push(t.with("structure-confirm-ahead", "count", ahead).to_string());
    }
    notes
}

/// Whether the last look names a question: one that can still be answered.
pub(crate) fn is_reachable(question: &Question) -> bool {
    !question.is_dropped && question.access == Access::Open
}
