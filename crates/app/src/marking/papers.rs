//! The answers of an activity as markers see them: each with an address and an
//! order that tell nothing of its student when names are hidden.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use ::assessment::{Outcome, Published, SlotId, SlotOutcome, WriterId};
use storage::{
    Connection,
    attempts::{self, Attempt},
    contexts,
    people::Identity,
};

use super::{Choices, Listed, Question};
use crate::{Result, gradebook::names, json, launch, published::PublishedCache, random, scene::Scene};

/// How the marking of an answer stands; for a blind marker: their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    /// A marker is awaited.
    Waiting,
    /// The markers lie that far apart, as a share.
    Apart(f64),
    /// A marker decided.
    Marked,
    /// The item marks it.
    Automatic,
    /// Nothing was answered, and nobody decided on it.
    Unanswered,
    /// The question was dropped.
    Dropped,
}

/// The letters of a paper's address.
const KEY_LETTERS: usize = 24;

/// All submitted attempts at an activity.
pub(super) struct Papers {
    pub(super) choices: Choices,
    papers: Vec<Sheet>,
    people: HashMap<String, Identity>,
    locale: String,
    placement_id: String,
    /// Attempt and question of each decision that this marker made.
    own: BTreeSet<(String, String)>,
}

/// A submitted attempt with what it is worth.
pub(super) struct Sheet {
    pub(super) attempt: Attempt,
    pub(super) published: Arc<Published>,
    outcome: Outcome,
}

impl Papers {
    pub(super) fn read(connection: &mut Connection, cache: &PublishedCache, scene: &Scene) -> Result<Self> {
        let (context_id, placement_id) = (&scene.placement.context_id, &scene.placement.id);
        let mut papers = Vec::new();
        for marked in attempts::list_marked_of_all(connection, context_id, placement_id)? {
            let Some(outcome) = marked.outcome.filter(|_| marked.attempt.state == "submitted") else {
                continue;
            };
            papers.push(Sheet {
                outcome: json::read(&outcome.content)?,
                published: cache.get(connection, &marked.attempt.assessment_version_id)?,
                attempt: marked.attempt,
            });
        }
        let me = WriterId::marker(&scene.session.person_id);
        let own = attempts::list_decisions(connection, context_id, placement_id)?
            .into_iter()
            .filter(|(_, _, writer)| writer == me.as_str())
            .map(|(attempt, slot, _)| (attempt, slot))
            .collect();
        let people = contexts::list_enrolments(connection, context_id)?
            .into_iter()
            .map(|(_, identity)| (identity.person_id.clone(), identity))
            .collect();
        Ok(Self {
            choices: scene.session.launch.marking,
            papers,
            people,
            locale: scene.session.locale.clone(),
            placement_id: placement_id.clone(),
            own,
        })
    }

    /// The questions that were asked: those of the version begun last in its
    /// order, then those that only older ones have.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut newest: Vec<&Sheet> = self.papers.iter().collect();
        newest.sort_by_key(|sheet| std::cmp::Reverse(sheet.attempt.started_at));
        let mut seen = BTreeSet::new();
        newest.retain(|sheet| seen.insert(sheet.attempt.assessment_version_id.as_str()));
        let mut found: Vec<Question> = Vec::new();
        for (version, sheet) in newest.into_iter().enumerate() {
            let mut number = 0;
            for slot in &sheet.published.content.slots {
                let Some(item) = sheet.published.items.get(&slot.item_version_id) else {
                    continue;
                };
                number += usize::from(item.is_question());
                let is_known = found.iter().any(|question| question.slot == slot.id);
                if is_known || !item.is_marked() {
                    continue;
                }
                found.push(self.counted(Question {
                    slot: slot.id.clone(),
                    number: (version == 0).then_some(number),
                    version_id: sheet.attempt.assessment_version_id.clone(),
                    published: Arc::clone(&sheet.published),
                    item_version_id: slot.item_version_id.clone(),
                    asked: 0,
                    answered: 0,
                    waiting: 0,
                    marked: 0,
                    apart: 0,
                }));
            }
        }
        found.retain(|question| question.asked > 0);
        found
    }

    fn counted(&self, mut question: Question) -> Question {
        for (sheet, outcome) in self.of_slot(&question.slot) {
            question.asked += 1;
            question.answered += usize::from(outcome.answered);
            match self.state(sheet, outcome) {
                State::Waiting => question.waiting += 1,
                State::Marked => question.marked += 1,
                State::Apart(_) => {
                    question.marked += 1;
                    question.apart += 1;
                }
                State::Automatic | State::Unanswered | State::Dropped => {}
            }
        }
        question
    }

    fn of_slot<'a, 'b>(
        &'a self,
        slot: &'b SlotId,
    ) -> impl Iterator<Item = (&'a Sheet, &'a SlotOutcome)> + use<'a, 'b> {
        self.papers.iter().filter_map(move |sheet| {
            let mut slots = sheet.outcome.slots.iter();
            let outcome = slots.find(|outcome| outcome.slot == *slot)?;
            Some((sheet, outcome))
        })
    }

    /// The answers to a question, in the reader's order.
    pub(super) fn listed(&self, slot: &SlotId) -> Vec<Listed> {
        let sheets = self.ordered(slot);
        let listed = |(place, (key, sheet, outcome)): (usize, (String, &Sheet, &SlotOutcome))| {
            let state = self.state(sheet, outcome);
            let has_points = matches!(state, State::Apart(_) | State::Marked | State::Automatic);
            Listed {
                key,
                place: place + 1,
                student: self.student(sheet),
                attempt_number: self.attempt_number(sheet),
                state,
                points: has_points.then_some((outcome.points, outcome.maximum)),
            }
        };
        sheets.into_iter().enumerate().map(listed).collect()
    }

    /// The answer of that address.
    pub(super) fn find(&self, slot: &SlotId, key: &str) -> Option<&Sheet> {
        self.of_slot(slot)
            .map(|(sheet, _)| sheet)
            .find(|sheet| self.key(slot, sheet) == key)
    }

    fn ordered(&self, slot: &SlotId) -> Vec<(String, &Sheet, &SlotOutcome)> {
        let mut sheets: Vec<(String, &Sheet, &SlotOutcome)> = self
            .of_slot(slot)
            .map(|(sheet, outcome)| (self.key(slot, sheet), sheet, outcome))
            .collect();
        if self.choices.hides_names {
            sheets.sort_by(|(one, ..), (other, ..)| one.cmp(other));
            return sheets;
        }
        sheets.sort_by_cached_key(|(_, sheet, _)| {
            let identity = self.people.get(&sheet.attempt.person_id);
            let name = identity.map(|identity| names::key(identity, &self.locale));
            let of_person = (sheet.attempt.person_id.clone(), sheet.attempt.number);
            (name.is_none(), name, of_person)
        });
        sheets
    }

    // Another one for each question, so that nobody is known again by it.
    fn key(&self, slot: &SlotId, sheet: &Sheet) -> String {
        paper_key(&self.placement_id, slot, &sheet.attempt.id)
    }

    pub(super) fn student(&self, sheet: &Sheet) -> Option<String> {
        if self.choices.hides_names {
            return None;
        }
        let identity = self.people.get(&sheet.attempt.person_id)?;
        launch::display_name(identity, &self.locale)
    }

    pub(super) fn attempt_number(&self, sheet: &Sheet) -> Option<i64> {
        let of_person = |other: &&Sheet| other.attempt.person_id == sheet.attempt.person_id;
        let several = self.papers.iter().filter(of_person).nth(1).is_some();
        (several && !self.choices.hides_names).then_some(sheet.attempt.number)
    }

    fn state(&self, sheet: &Sheet, outcome: &SlotOutcome) -> State {
        let is_dropped = outcome.maximum <= 0.0;
        if is_dropped {
            return State::Dropped;
        }
        if self.choices.is_blind {
            let own = (sheet.attempt.id.clone(), outcome.slot.to_string());
            let is_own = outcome.by_hand && self.own.contains(&own);
            return match (is_own, outcome.answered) {
                // What others gave may be seen once one's own mark stands.
                (true, _) => outcome.apart.map_or(State::Marked, State::Apart),
                (false, true) => State::Waiting,
                (false, false) => State::Unanswered,
            };
        }
        match outcome.apart {
            Some(apart) => State::Apart(apart),
            None if outcome.needs_marker => State::Waiting,
            None if outcome.by_hand => State::Marked,
            None if outcome.answered => State::Automatic,
            None => State::Unanswered,
        }
    }
}

/// An address of an answer that tells nothing of its student.
pub fn paper_key(placement_id: &str, slot: &SlotId, attempt_id: &str) -> String {
    let hash = random::hash(&format!("{placement_id}/{slot}/{attempt_id}"));
    hash.chars().take(KEY_LETTERS).collect()
}
