//! What one version of a course holds. As JSON it is stored with drafts and published
//! versions and read for ever: whatever comes later has a default.
//!
//! Left out on purpose: who owns a course and who may see it (`storage`), the words'
//! way to HTML (`lesson_page`) and what is wrong with a draft (`draft_check`).

use std::collections::{BTreeMap, BTreeSet};

use assessment::Item;
use serde::{Deserialize, Serialize};
use text::Text;

use crate::key::Key;

/// One version of a course. Its own key and its history are its owner's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CourseContent {
    /// Its name; its default language is the course's.
    pub title: Text,
    /// What it is about and for whom, in a few sentences.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub summary: Text,
    /// Under what terms others may use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// Whether it is kept from guests and out of the catalogue.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_closed: bool,
    /// In which order its steps open.
    #[serde(skip_serializing_if = "is_usual")]
    pub order: Order,
    /// Its units in order.
    pub units: Vec<Unit>,
    /// Its terms, side by side in all languages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub glossary: Vec<Term>,
    /// What the whole course teaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyTag>,
}

/// Terms of use with whom to name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Its SPDX identifier, such as `CC-BY-4.0`.
    pub identifier: String,
    /// Who holds the rights and is to be named.
    #[serde(default)]
    pub holder: String,
    /// Where the work comes from, an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// In which order the steps of a course open, besides what units and steps require.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Any step at any time.
    #[default]
    Free,
    /// A step opens when something was done in each one before it.
    InSequence,
    /// A step opens when each one before it is done by its own rule.
    AfterPassing,
}

/// A unit: steps that belong together. A platform can link it by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unit {
    /// Unique among the units and steps of the course.
    pub key: Key,
    /// Its name.
    pub title: Text,
    /// What it is about.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub summary: Text,
    /// Units and steps that must be done before any step of this unit opens.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Key>,
    /// When it is done.
    #[serde(skip_serializing_if = "is_usual")]
    pub completion: UnitCompletion,
    /// Its lessons and assessments in order.
    pub steps: Vec<Step>,
}

/// When a unit is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum UnitCompletion {
    /// When all its steps are.
    #[default]
    All,
    /// When this share of its steps is, rounded up.
    Share {
        /// From 1 to 100.
        percent: u32,
    },
}

/// What one opens, works through and has done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Step {
    /// Something to read, see and try.
    Lesson(Lesson),
    /// A quiz or an examination.
    Assessment(AssessmentStep),
}

/// A lesson.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lesson {
    /// Unique among the units and steps of the course.
    pub key: Key,
    /// Its name.
    pub title: Text,
    /// About how many minutes it takes; 0 where nobody said.
    pub minutes: u32,
    /// Its text, with blocks and terms in it; see [`lesson_page`](crate::lesson_page).
    pub body: Text,
    /// Its terms of use where they differ from the course's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// What is to be said of files in it. A picture of the body needs no notice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileNotice>,
    /// Its questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// What learners think over for themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reflections: Vec<Reflection>,
    /// Units and steps that must be done before it opens.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Key>,
    /// When it is done.
    #[serde(skip_serializing_if = "is_usual")]
    pub completion: LessonCompletion,
    /// What it teaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyTag>,
}

/// When a lesson is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum LessonCompletion {
    /// When it was read.
    #[default]
    Read,
    /// When its video was watched to the end.
    Watched,
    /// When enough of its checks are right.
    Passed {
        /// Of the marks of its checks, from 1 to 100.
        percent: u32,
    },
}

/// A place for an assessment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssessmentStep {
    /// Unique among the units and steps of the course.
    pub key: Key,
    /// Which assessment: its id in storage, or the key of this step in a folder.
    pub assessment: String,
    /// What it is called here; the assessment's own title where nothing is said.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub title: Text,
    /// Units and steps that must be done before it opens.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<Key>,
    /// When it is done.
    #[serde(skip_serializing_if = "is_usual")]
    pub completion: AssessmentCompletion,
    /// What it shows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyTag>,
}

/// When an assessment of a course is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum AssessmentCompletion {
    /// When an attempt was submitted.
    #[default]
    Submitted,
    /// When the mark is high enough.
    Passed {
        /// Of the full mark, from 1 to 100.
        percent: u32,
    },
}

/// A question with which learners check themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Unique among the checks of the lesson.
    pub key: Key,
    /// The question, of any type.
    pub item: Item,
    /// What it proves; where nothing is said, what its lesson teaches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyTag>,
}

/// Something to think over. What a learner writes is the learner's alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reflection {
    /// Unique among the reflections of the lesson.
    pub key: Key,
    /// What to think over.
    pub prompt: Text,
}

/// A word of the trade. Bodies name it as `[[key]]` or `[[key|words shown]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Term {
    /// Unique in the glossary.
    pub key: Key,
    /// The word itself in each language.
    pub term: Text,
    /// What it means.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub explanation: Text,
}

/// What is to be said of a file of a lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileNotice {
    /// SHA-256 of the content, in 64 small hexadecimal digits.
    pub medium: String,
    /// What it is.
    pub kind: FileKind,
    /// What it is called.
    pub title: Text,
    /// Its terms of use where they differ from the lesson's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// Files of captions (WebVTT) by language, each by its hash.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub captions: BTreeMap<String, String>,
    /// What is said and shown in it, to be read.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub transcript: Text,
}

/// What a file of a lesson is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Looked at.
    Picture,
    /// Heard.
    Sound,
    /// Watched.
    Video,
    /// Taken along.
    #[default]
    Attachment,
}

/// A competency of a framework.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CompetencyTag {
    /// The framework's stable id, such as `digcomp-2.2`.
    pub framework: String,
    /// The competency's code in it, such as `4.1`.
    pub code: String,
}

impl FileKind {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Sound => "sound",
            Self::Video => "video",
            Self::Attachment => "attachment",
        }
    }
}

impl Step {
    /// Its key.
    pub fn key(&self) -> &Key {
        match self {
            Self::Lesson(lesson) => &lesson.key,
            Self::Assessment(step) => &step.key,
        }
    }

    /// Its name. An assessment's may be empty: then the assessment's own stands.
    pub fn title(&self) -> &Text {
        match self {
            Self::Lesson(lesson) => &lesson.title,
            Self::Assessment(step) => &step.title,
        }
    }

    /// The units and steps that must be done before it opens.
    pub fn requires(&self) -> &[Key] {
        match self {
            Self::Lesson(lesson) => &lesson.requires,
            Self::Assessment(step) => &step.requires,
        }
    }

    /// The lesson that it is, if it is one.
    pub fn as_lesson(&self) -> Option<&Lesson> {
        match self {
            Self::Lesson(lesson) => Some(lesson),
            Self::Assessment(_) => None,
        }
    }

    /// The assessment that it is, if it is one.
    pub fn as_assessment(&self) -> Option<&AssessmentStep> {
        match self {
            Self::Assessment(step) => Some(step),
            Self::Lesson(_) => None,
        }
    }
}

impl Lesson {
    /// The check with this key.
    pub fn check(&self, key: &Key) -> Option<&Check> {
        self.checks.iter().find(|check| check.key == *key)
    }

    /// The reflection with this key.
    pub fn reflection(&self, key: &Key) -> Option<&Reflection> {
        self.reflections.iter().find(|reflection| reflection.key == *key)
    }
}

impl CourseContent {
    /// The language that it is written in first; empty where it has no title yet.
    pub fn default_language(&self) -> &str {
        &self.title.default_language
    }

    /// The languages in which something is written, those of its questions included.
    pub fn languages(&self) -> BTreeSet<&str> {
        let of_items = self.lessons().flat_map(|lesson| &lesson.checks);
        let of_items = of_items.flat_map(|check| check.item.texts());
        let written = self.texts().into_iter().chain(of_items);
        written
            .flat_map(|text| &text.versions)
            .filter(|(_, source)| !source.is_blank())
            .map(|(language, _)| language.as_str())
            .collect()
    }

    /// All steps in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.units.iter().flat_map(|unit| &unit.steps)
    }

    /// All lessons in order.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.steps().filter_map(Step::as_lesson)
    }

    /// The unit with this key.
    pub fn unit(&self, key: &Key) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.key == *key)
    }

    /// The step with this key.
    pub fn step(&self, key: &Key) -> Option<&Step> {
        self.steps().find(|step| step.key() == key)
    }

    /// The unit in which the step with this key stands.
    pub fn unit_of(&self, step: &Key) -> Option<&Unit> {
        let holds = |unit: &&Unit| unit.steps.iter().any(|one| one.key() == step);
        self.units.iter().find(holds)
    }

    /// The term with this key.
    pub fn term(&self, key: &Key) -> Option<&Term> {
        self.glossary.iter().find(|term| term.key == *key)
    }

    /// About how many minutes all its lessons take.
    pub fn minutes(&self) -> u32 {
        let minutes = self.lessons().map(|lesson| lesson.minutes);
        minutes.fold(0, u32::saturating_add)
    }

    /// The course with nothing but the unit or step of this key in it, as a platform
    /// links it by itself; `None` where there is no such thing. What lies outside is
    /// no longer required.
    #[must_use]
    pub fn narrowed(&self, key: &Key) -> Option<Self> {
        let unit = match self.unit(key) {
            Some(unit) => unit.clone(),
            None => {
                let unit = self.unit_of(key)?;
                let steps = unit.steps.iter().filter(|step| step.key() == key);
                Unit {
                    steps: steps.cloned().collect(),
                    completion: UnitCompletion::All,
                    ..unit.clone()
                }
            }
        };
        Some(Self {
            units: vec![unit],
            ..self.clone()
        })
    }

    /// The same course with one default language for all its own texts, the title's;
    /// texts in which nothing is written become empty ones. Questions stay as they are.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let language = self.title.default_language.clone();
        for text in self.texts_mut() {
            match text.versions.is_empty() {
                true => *text = Text::default(),
                false => language.clone_into(&mut text.default_language),
            }
        }
        self.title.default_language = language;
        self
    }

    /// Every text but those of its questions, written or not.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.title, &self.summary];
        for unit in &self.units {
            texts.extend([&unit.title, &unit.summary]);
            for step in &unit.steps {
                texts.push(step.title());
                let Step::Lesson(lesson) = step else { continue };
                texts.push(&lesson.body);
                texts.extend(
                    lesson
                        .files
                        .iter()
                        .flat_map(|file| [&file.title, &file.transcript]),
                );
                texts.extend(lesson.reflections.iter().map(|reflection| &reflection.prompt));
            }
        }
        texts.extend(
            self.glossary
                .iter()
                .flat_map(|term| [&term.term, &term.explanation]),
        );
        texts
    }

    /// The same texts, to be changed.
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        let mut texts = vec![&mut self.title, &mut self.summary];
        for unit in &mut self.units {
            texts.extend([&mut unit.title, &mut unit.summary]);
            for step in &mut unit.steps {
                let lesson = match step {
                    Step::Lesson(lesson) => lesson,
                    Step::Assessment(step) => {
                        texts.push(&mut step.title);
                        continue;
                    }
                };
                texts.extend([&mut lesson.title, &mut lesson.body]);
                let files = lesson.files.iter_mut();
                texts.extend(files.flat_map(|file| [&mut file.title, &mut file.transcript]));
                let reflections = lesson.reflections.iter_mut();
                texts.extend(reflections.map(|reflection| &mut reflection.prompt));
            }
        }
        let terms = self.glossary.iter_mut();
        texts.extend(terms.flat_map(|term| [&mut term.term, &mut term.explanation]));
        texts
    }
}

fn is_unwritten(text: &Text) -> bool {
    *text == Text::default()
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
