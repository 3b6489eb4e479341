//! A course as files on a reader's own device: its first page and one page for each
//! lesson. Nothing is fetched, sent or remembered; answers stand folded beneath
//! their questions.

use askama::Template;

use super::{
    FrontStep, FrontUnit, LessonTerm, LessonWay, LicenceLine, StepKind, Written, lesson::FileShape, sample,
};
use crate::component::{Answer, Question};
use crate::{Html, Language, Page, Texts};

/// What every page of a package has around its content.
#[derive(Debug, Clone)]
pub struct OfflineFrame {
    /// The texts in the page's language.
    pub t: Texts,
    /// The style sheets, beside the page.
    pub styles: Vec<String>,
    /// The course's title as plain text.
    pub course: String,
    /// Where the page stands online, a whole address.
    pub online: String,
}

/// The first page of a package.
#[derive(Debug, Clone, Template)]
#[template(path = "course/offline_index.html")]
pub struct OfflineIndex {
    /// The surroundings.
    pub frame: OfflineFrame,
    /// The title's language, where it is not the page's; empty where it is.
    pub title_language: String,
    /// What it is about.
    pub summary: Written,
    /// How many lessons it has.
    pub lessons: usize,
    /// The minutes that it takes; 0 when nobody said.
    pub minutes: u32,
    /// Which version of the course it holds.
    pub version: i64,
    /// Its units in order. The path of a lesson is its file, that of a quiz its address online.
    pub units: Vec<FrontUnit>,
    /// The course's terms, by alphabet.
    pub terms: Vec<LessonTerm>,
    /// Under which terms it may be used.
    pub licence: LicenceLine,
}

/// A lesson of a package.
#[derive(Debug, Clone, Template)]
#[template(path = "course/offline_lesson.html")]
pub struct OfflineLesson {
    /// The surroundings.
    pub frame: OfflineFrame,
    /// The package's first page.
    pub index_path: String,
    /// The unit's title as plain text.
    pub unit_title: String,
    /// The lesson's title as plain text.
    pub title: String,
    /// The language of the lesson where it is not the page's, as a tag; empty where it is.
    pub language: String,
    /// The name of that language.
    pub language_name: String,
    /// The minutes that it takes; 0 when nobody said.
    pub minutes: u32,
    /// Where it stands in the course, counted from 1.
    pub number: usize,
    /// How many lessons the course has.
    pub total: usize,
    /// In the order shown.
    pub parts: Vec<OfflinePart>,
    /// The terms that it uses, by alphabet.
    pub terms: Vec<LessonTerm>,
    /// The lesson before; `None` at the first.
    pub previous: Option<LessonWay>,
    /// The lesson after; `None` at the last.
    pub next: Option<LessonWay>,
    /// Under which terms it may be used.
    pub licence: LicenceLine,
}

/// A part of a lesson of a package.
#[derive(Debug, Clone)]
pub enum OfflinePart {
    /// Something to read.
    Prose(Html),
    /// Steps to be taken one after the other.
    Procedure(Vec<Html>),
    /// A question with its answer; without an answer where nobody can name one.
    Check(Box<Question>, Option<Box<Answer>>),
    /// A question to think about.
    Reflection(Html),
    /// Something to look at, to play or to take along.
    File(OfflineFile),
}

/// A file of a lesson of a package.
#[derive(Debug, Clone)]
pub struct OfflineFile {
    /// Where it lies beside the page, or its whole address online.
    pub path: String,
    /// Whether it is in the package.
    pub is_here: bool,
    /// How it is shown.
    pub kind: FileShape,
    /// What it is, as plain text.
    pub title: String,
    /// What is said in it; may be empty.
    pub transcript: Html,
    /// Under which terms it may be used, where they are not the lesson's.
    pub licence: LicenceLine,
}

/// What stands for a picture that is not in the package; its description is safe HTML already.
pub fn picture_in_words(t: Texts, description: &str) -> Html {
    let is_left_out = t.get("course-offline-left-out-picture");
    Html::trusted(format!("<span class=\"hint\">{is_left_out} {description}</span>"))
}

/// What stands for a player whose sound is not in the package; its description is safe HTML already.
pub fn sound_in_words(t: Texts, description: &str) -> Html {
    let is_left_out = t.get("course-offline-left-out");
    Html::trusted(format!("<span class=\"hint\">{description} {is_left_out}</span>"))
}

impl OfflineLesson {
    fn has_checks(&self) -> bool {
        let is_check = |part: &OfflinePart| matches!(part, OfflinePart::Check(..));
        self.parts.iter().any(is_check)
    }
}

impl Page for OfflineIndex {
    const NAME: &'static str = "course/offline_index";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let front = sample::front(language);
        let beside = |step: FrontStep| FrontStep {
            path: match step.kind {
                StepKind::Lesson => format!("{}.html", step.key),
                StepKind::Assessment => format!("https://hoc.example.vn{}", step.path),
            },
            ..step
        };
        let units = front.units.into_iter().map(|unit| FrontUnit {
            steps: unit.steps.into_iter().map(beside).collect(),
            ..unit
        });
        let page = Self {
            frame: sample::offline_frame(language),
            title_language: String::new(),
            summary: front.summary,
            lessons: front.lessons,
            minutes: front.minutes,
            version: 3,
            units: units.collect(),
            terms: sample::lesson(language).terms,
            licence: front.licence,
        };
        vec![("full", page)]
    }
}

impl Page for OfflineLesson {
    const NAME: &'static str = "course/offline_lesson";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let page = sample::offline_lesson(language);
        let fallback = Self {
            language: "en".to_owned(),
            language_name: "English".to_owned(),
            parts: vec![OfflinePart::Prose(Html::trusted(
                "<p>Test the emergency stop.</p>",
            ))],
            terms: Vec::new(),
            previous: None,
            ..page.clone()
        };
        vec![("full", page), ("fallback", fallback)]
    }
}
