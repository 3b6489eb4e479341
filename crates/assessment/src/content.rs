//! A published assessment: its slots and rules (sections are in `section`). The items themselves are
//! published beside it, each under its own version id; neither ever changes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use text::Text;

use crate::behaviour::Behaviour;
use crate::id::{ItemVersionId, SlotId, StimulusId};
use crate::item::Item;
use crate::review::Review;
use crate::scheme::Scheme;
use crate::section::{Navigation, Placing, Section};
use crate::timing::WhenTimeIsOver;

/// One published version of an assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssessmentContent {
    /// Its name.
    pub title: Text,
    /// Shown before an attempt begins.
    #[serde(default)]
    pub introduction: Text,
    /// The questions in the author's order.
    pub slots: Vec<Slot>,
    /// What several questions refer to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stimuli: Vec<Stimulus>,
    /// How the questions are divided; none where they are not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// How parts make up an examination, where it is more than a sum of points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Scheme>,
    /// When, how long, how often, and what is shown afterwards.
    #[serde(default)]
    pub rules: Rules,
}

/// A place for one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Unique in the assessment.
    pub id: SlotId,
    /// The item version that is asked.
    pub item_version_id: ItemVersionId,
    /// What a fully right answer is worth: over 0, or 0 where nothing is marked.
    pub points: f64,
    /// What the question refers to and is shown with, of the assessment's stimuli.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stimulus: Option<StimulusId>,
    /// Its section and the rules that it stands under.
    #[serde(flatten)]
    pub placing: Placing,
}

/// Material that several questions refer to: a drawing, a table, a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stimulus {
    /// Unique in the assessment.
    pub id: StimulusId,
    /// Its heading; may be empty.
    #[serde(default)]
    pub title: Text,
    /// What is shown above its questions.
    pub text: Text,
}

/// A published assessment together with the item versions that it asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The assessment.
    pub content: AssessmentContent,
    /// Each item that a slot names.
    pub items: BTreeMap<ItemVersionId, Item>,
}

/// The rules of attempts at an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// How many attempts a person has; `None` for any number.
    pub attempts_allowed: Option<u32>,
    /// How long an attempt lasts, in seconds; `None` for no limit.
    pub time_limit_seconds: Option<u32>,
    /// When attempts can begin.
    pub opens_at: Option<DateTime<Utc>>,
    /// When all attempts end.
    pub closes_at: Option<DateTime<Utc>>,
    /// What becomes of an attempt that is not submitted in time.
    pub when_time_is_over: WhenTimeIsOver,
    /// How long after the end of the first attempt the second one may begin, in
    /// seconds; `None` at once.
    pub wait_after_first_seconds: Option<u32>,
    /// The same for every later one.
    pub wait_after_later_seconds: Option<u32>,
    /// What has to be typed before an attempt begins; `None` for nothing. Never
    /// shown to students.
    pub password: Option<String>,
    /// The share of the full mark, in whole percent, from which on an attempt is
    /// passed; `None` when there is no such thing.
    pub pass_percent: Option<u32>,
    /// Which of several attempts gives the grade.
    pub grade_from: GradeFrom,
    /// Whether each attempt sees the questions in an order of its own.
    pub shuffle_questions: bool,
    /// How one goes through the questions.
    #[serde(skip_serializing_if = "Navigation::is_usual")]
    pub navigation: Navigation,
    /// When answers are judged.
    #[serde(skip_serializing_if = "Behaviour::is_usual")]
    pub behaviour: Behaviour,
    /// Whether students say how sure they are; see [`Certainty`](crate::Certainty).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub certainty: bool,
    /// What a student sees, and when.
    pub review: Review,
}

/// Which of several submitted attempts gives the grade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeFrom {
    /// The best one.
    #[default]
    Highest,
    /// The one begun last.
    Last,
    /// The one begun first.
    First,
    /// The mean of all.
    Average,
}

impl AssessmentContent {
    /// The slot with this id.
    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == *id)
    }

    /// The stimulus with this id.
    pub fn stimulus(&self, id: &StimulusId) -> Option<&Stimulus> {
        self.stimuli.iter().find(|stimulus| stimulus.id == *id)
    }
}

impl Published {
    /// How many slots an attempt has at least and at most that ask something: all
    /// but information blocks, without those that are dropped or not chosen. The
    /// two differ where sections to choose between do.
    pub fn question_range(&self) -> (usize, usize) {
        self.content.count_range(|slot| self.asks(slot))
    }

    /// How many of them an attempt has in a section.
    pub fn questions_of(&self, section: &Section) -> usize {
        let one = |slot: &Slot| if self.asks(slot) { 1.0 } else { 0.0 };
        self.content.sum_of(section, &one).round() as usize
    }

    fn asks(&self, slot: &Slot) -> bool {
        let item = self.items.get(&slot.item_version_id);
        item.is_none_or(Item::is_question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_left_out_are_open() {
        let rules: Rules = serde_json::from_str("{}").unwrap();
        assert_eq!(rules, Rules::default());
        assert_eq!(rules.grade_from, GradeFrom::Highest);
        assert_eq!(rules.behaviour, Behaviour::Deferred);
        assert!(!rules.certainty);
    }
}
