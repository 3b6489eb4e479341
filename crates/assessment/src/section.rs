//! How the questions of an assessment are divided: sections, pools to draw from,
//! alternatives to choose between, questions that may be dropped, and how one
//! goes through them. Data only: what one attempt asks is `plan`'s, what keeps a
//! draft from being published `section_check`'s.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use text::Text;

use crate::content::{AssessmentContent, Slot};
use crate::id::{AlternativeId, SectionId, SlotId};

/// The easiest and the hardest difficulty of a question.
pub const DIFFICULTIES: std::ops::RangeInclusive<u8> = 1..=5;

/// A part of an assessment with questions of its own. Questions without a
/// section stand before all sections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Unique in the assessment.
    pub id: SectionId,
    /// Its heading.
    #[serde(default)]
    pub title: Text,
    /// What is shown above its questions; may be empty.
    #[serde(default)]
    pub introduction: Text,
    /// Whether each attempt sees its questions in an order of its own.
    #[serde(default)]
    pub shuffle: bool,
    /// What an attempt gets of its questions. None: all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws: Vec<Draw>,
    /// Of all sections with the same word here the candidate answers one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<AlternativeId>,
    /// How many of its questions do not count, by the candidate's choice.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub drops: u32,
}

/// So many questions of a pool, drawn at random.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// How many.
    pub count: u32,
    /// A question must have all of these.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// The easiest that is drawn, of [`DIFFICULTIES`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub easiest: Option<u8>,
    /// The hardest that is drawn, of [`DIFFICULTIES`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardest: Option<u8>,
}

impl Draw {
    /// Whether a question is one of those to draw from. One without a difficulty
    /// is so only where no difficulty is asked for.
    pub fn fits(&self, placing: &Placing) -> bool {
        let easy_enough = |level: u8| self.hardest.is_none_or(|hardest| level <= hardest);
        let hard_enough = |level: u8| self.easiest.is_none_or(|easiest| level >= easiest);
        let level_fits = match placing.difficulty {
            Some(level) => easy_enough(level) && hard_enough(level),
            None => self.easiest.is_none() && self.hardest.is_none(),
        };
        level_fits && self.tags.is_subset(&placing.tags)
    }
}

/// Where a question stands and by which rules. In JSON its fields stand beside
/// the slot's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Placing {
    /// Its section; `None` for before all sections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    /// Words to draw it by.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// How hard it is, of [`DIFFICULTIES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<u8>,
    /// Whether it must not be dropped.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
    /// The earlier question that must be complete before this one opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_after: Option<SlotId>,
}

/// How a candidate goes through the questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Navigation {
    /// In any order, back and forth.
    #[default]
    Free,
    /// One question, or one group with a common stimulus, at a time and never back.
    Sequential,
}

impl Navigation {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Free, Self::Sequential];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Sequential => "sequential",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde wants")]
    pub(crate) fn is_usual(&self) -> bool {
        *self == Self::Free
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde wants")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl AssessmentContent {
    /// The section with this id.
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// The questions of a section, or those before all sections, in the author's
    /// order. For a pool: all of it.
    pub fn slots_of<'a>(&'a self, section: Option<&'a SectionId>) -> impl Iterator<Item = &'a Slot> {
        self.slots
            .iter()
            .filter(move |slot| slot.placing.section.as_ref() == section)
    }

    /// Whether what an attempt asks, or may answer next, depends on its log.
    pub fn follows_moves(&self) -> bool {
        self.rules.navigation == Navigation::Sequential
            || self
                .sections
                .iter()
                .any(|section| section.drops > 0 || section.alternative.is_some())
            || self.slots.iter().any(|slot| slot.placing.opens_after.is_some())
    }

    /// The points that an attempt can reach: each attempt the same, which is
    /// checked on publishing.
    pub fn points(&self) -> f64 {
        self.sum(&|slot| slot.points)
    }

    /// The points that an attempt can reach at least and at most, by the sections
    /// that are chosen: the same, but in drafts.
    pub fn points_range(&self) -> (f64, f64) {
        self.range(&|slot| slot.points)
    }

    /// The points that an attempt can reach in a section.
    pub fn points_of(&self, section: &Section) -> f64 {
        self.sum_of(section, &|slot| slot.points)
    }

    /// How many slots for which `holds` an attempt counts at least and at most, by
    /// the sections that are chosen.
    pub fn count_range(&self, holds: impl Fn(&Slot) -> bool) -> (usize, usize) {
        let (least, most) = self.range(&|slot| if holds(slot) { 1.0 } else { 0.0 });
        (least.round() as usize, most.round() as usize)
    }

    // Of sections to choose between, the least and the most that one of them is.
    fn range(&self, value: &dyn Fn(&Slot) -> f64) -> (f64, f64) {
        let own: f64 = self.slots_of(None).map(value).sum();
        let mut groups: BTreeMap<&AlternativeId, (f64, f64)> = BTreeMap::new();
        let mut sum = (own, own);
        for section in &self.sections {
            let own = self.sum_of(section, value);
            match &section.alternative {
                None => sum = (sum.0 + own, sum.1 + own),
                Some(group) => {
                    let (least, most) = groups.entry(group).or_insert((own, own));
                    (*least, *most) = (least.min(own), most.max(own));
                }
            }
        }
        let all = groups.values();
        all.fold(sum, |sum, (least, most)| (sum.0 + least, sum.1 + most))
    }

    // A section that is drawn, dropped from or chosen counts by its first
    // questions of each kind, since they are worth the same.
    fn sum(&self, value: &dyn Fn(&Slot) -> f64) -> f64 {
        let own: f64 = self.slots_of(None).map(value).sum();
        let is_first = |(place, section): &(usize, &Section)| {
            let before = self.sections.iter().take(*place);
            let mut groups = before.filter_map(|other| other.alternative.as_ref());
            section
                .alternative
                .as_ref()
                .is_none_or(|group| !groups.any(|other| other == group))
        };
        let sections = self.sections.iter().enumerate().filter(is_first);
        own + sections
            .map(|(_, section)| self.sum_of(section, value))
            .sum::<f64>()
    }

    pub(crate) fn sum_of(&self, section: &Section, value: &dyn Fn(&Slot) -> f64) -> f64 {
        let slots: Vec<&Slot> = match section.draws.is_empty() {
            true => self.slots_of(Some(&section.id)).collect(),
            false => crate::draw::drawn_slots(0, section, self.slots_of(Some(&section.id))),
        };
        let all: f64 = slots.iter().map(|slot| value(slot)).sum();
        let droppable = slots.iter().filter(|slot| !slot.placing.protected);
        let drops = section.drops as usize;
        let marked = droppable.filter(|slot| slot.points > 0.0);
        all - marked.take(drops).map(|slot| value(slot)).sum::<f64>()
    }
}
