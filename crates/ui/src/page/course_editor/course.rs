//! The editor of a course: what it is, its units with their steps, its terms.

use askama::Template;

use super::{
    field::{
        CompetencyFields, EditorHead, EditorNotice, FrameworkOptions, LicenceFields, Multilingual, Need,
    },
    sample,
};
use crate::{Frame, Language, Page};

/// The editor. The form posts to `{head.path}`; buttons `do`: "save", "unit_add", "unit:KEY:up|down|remove",
/// "step:KEY:up|down|remove", "lesson_add:UNIT", "pick:UNIT", "term:KEY:remove", "competency_add". All of them save.
/// Lists stand in hidden fields as keys in order: `units`, and for each unit `unit_KEY_steps`. Forms of their own post
/// to `{head.path}/archive` (`away` is "yes" or "no") and `{head.path}/copy`.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/course.html")]
pub struct CourseEditor {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// What is told above the form.
    pub notice: Option<EditorNotice>,
    /// The draft's revision.
    pub revision: i64,
    /// Its title.
    pub title: Multilingual,
    /// What it is about.
    pub summary: Multilingual,
    /// The tag of the language that it is written in first.
    pub original: String,
    /// Under which terms.
    pub licence: LicenceFields,
    /// `free`, `in_sequence` or `after_passing`.
    pub order: &'static str,
    /// Whether it is kept from guests.
    pub is_closed: bool,
    /// In order.
    pub units: Vec<EditedUnit>,
    /// In order.
    pub terms: Vec<EditedTerm>,
    /// The fields of another term.
    pub new_term: EditedTerm,
    /// What the whole course teaches.
    pub competencies: CompetencyFields,
    /// What else can be chosen.
    pub frameworks: Vec<FrameworkOptions>,
    /// Whether it was put away.
    pub is_archived: bool,
    /// Where readers see it; empty while nobody does.
    pub readers_path: String,
}

/// A unit in the editor; its fields are named `unit_{key}_…`.
#[derive(Debug, Clone)]
pub struct EditedUnit {
    /// Its key.
    pub key: String,
    /// Its title as plain text; empty for one without.
    pub name: String,
    /// Its title.
    pub title: Multilingual,
    /// What it is about.
    pub summary: Multilingual,
    /// What has to be done before.
    pub needs: Vec<Need>,
    /// The share of its steps, in percent; empty for all of them.
    pub percent: String,
    /// Its steps in order.
    pub steps: Vec<EditedStep>,
}

/// A step in the editor of its course.
#[derive(Debug, Clone)]
pub struct EditedStep {
    /// Its key.
    pub key: String,
    /// Its title as plain text; empty for one without.
    pub title: String,
    /// Whether it is a quiz.
    pub is_quiz: bool,
    /// About how long a lesson takes; 0 for nothing said.
    pub minutes: u32,
}

/// A term; its fields are named `term_{key}_…`, those of a new one `new_term_…`.
#[derive(Debug, Clone)]
pub struct EditedTerm {
    /// Its key; empty for a new one.
    pub key: String,
    /// The word as plain text.
    pub name: String,
    /// The word.
    pub term: Multilingual,
    /// What it means.
    pub explanation: Multilingual,
}

impl CourseEditor {
    fn unit_keys(&self) -> String {
        let keys: Vec<&str> = self.units.iter().map(|unit| unit.key.as_str()).collect();
        keys.join(" ")
    }

    fn orders(&self) -> [(&'static str, String, bool); 3] {
        let order =
            |value: &'static str, key: &str| (value, self.frame.t.get(key).into_owned(), value == self.order);
        [
            order("free", "editor-order-free"),
            order("in_sequence", "editor-order-sequence"),
            order("after_passing", "editor-order-passing"),
        ]
    }
}

impl EditedUnit {
    fn step_keys(&self) -> String {
        let keys: Vec<&str> = self.steps.iter().map(|step| step.key.as_str()).collect();
        keys.join(" ")
    }
}

impl Page for CourseEditor {
    const NAME: &'static str = "course_editor/course";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let full = sample::course(language);
        let merged = Self {
            notice: Some(EditorNotice::Merged(vec![
                "Bài “Trước khi mở máy” · Nội dung · Deutsch".to_owned(),
            ])),
            ..full.clone()
        };
        let new = Self {
            units: Vec::new(),
            terms: Vec::new(),
            notice: Some(EditorNotice::Saved),
            ..full.clone()
        };
        let archived = Self {
            is_archived: true,
            readers_path: String::new(),
            ..full.clone()
        };
        vec![
            ("full", full),
            ("merged", merged),
            ("new", new),
            ("archived", archived),
        ]
    }
}
