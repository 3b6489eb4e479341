//! The picker: an instructor finds quizzes and picks what an activity opens.

mod course;

use askama::Template;
use chrono::TimeDelta;

use crate::page::sample_time;
use crate::{Frame, Language, Page, Role, format};

pub use course::{CourseEntry, CoursePart, CoursePicker, CourseScore, PartKind, PickedCourse};

/// A list of quizzes to pick from. The form posts to `{path}/answer` with
/// `pick` (ids; several only with [`Purpose::Several`]), and for each id
/// `maximum.{id}` and `column.{id}` ("on"); the buttons `do` "search" and "new"
/// go to `{path}` and bring everything along, "cancel" to `{path}/answer`.
#[derive(Debug, Clone, Template)]
#[template(path = "picker/picker.html")]
pub struct Picker {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/picker".
    pub path: String,
    /// Where courses are picked.
    pub courses_path: String,
    /// What is picked for.
    pub purpose: Purpose,
    /// Whether a column in the gradebook can be asked for.
    pub columns: bool,
    /// What was searched for.
    pub search: String,
    /// In the order shown.
    pub entries: Vec<Entry>,
    /// Whether the search finds more than these.
    pub more: bool,
    /// What is wrong with the selection; empty for nothing.
    pub error: String,
}

/// What is picked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The platform takes several quizzes.
    Several,
    /// The platform takes one.
    One,
    /// An activity that is there but empty.
    Place,
}

/// A quiz in the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its title as plain text; empty for one without.
    pub title: String,
    /// How many questions a student gets: "8", or "8–9" where it depends on a choice.
    pub questions: String,
    /// How many these are at most.
    pub most_questions: usize,
    /// The points that a student can reach: "8,5".
    pub points: String,
    /// "45 phút"; empty without a limit.
    pub time_limit: String,
    /// When it was last changed.
    pub changed_at: String,
    /// Only published ones can be picked.
    pub is_published: bool,
    /// Whether it is picked.
    pub chosen: bool,
    /// The maximum as typed.
    pub maximum: String,
    /// Whether a column is asked for.
    pub with_column: bool,
    /// What is wrong with the maximum; empty for nothing.
    pub error: String,
    /// The editor.
    pub edit_path: String,
    /// The preview.
    pub preview_path: String,
    /// Where it can be deleted, as long as it was never published.
    pub remove_path: String,
}

impl Picker {
    fn answer_path(&self) -> String {
        format!("{}/answer", self.path)
    }

    fn can_pick(&self) -> bool {
        self.entries.iter().any(|entry| entry.is_published)
    }
}

impl Page for Picker {
    const NAME: &'static str = "picker/picker";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let several = sample(language);
        let mut wrong = several.clone();
        wrong.error = wrong.frame.t.get("picker-none-chosen").into_owned();
        for entry in wrong.entries.iter_mut().take(1) {
            entry.maximum = "8,5".to_owned();
            entry.error = wrong.frame.t.get("picker-maximum-wrong").into_owned();
        }
        let one = Self {
            purpose: Purpose::One,
            columns: false,
            more: true,
            ..several.clone()
        };
        let place = Self {
            purpose: Purpose::Place,
            search: String::new(),
            ..several.clone()
        };
        let nothing = Self {
            entries: Vec::new(),
            search: "hàn hồ quang".to_owned(),
            ..several.clone()
        };
        let first = Self {
            entries: Vec::new(),
            search: String::new(),
            ..several.clone()
        };
        vec![
            ("several", several),
            ("wrong", wrong),
            ("one", one),
            ("place", place),
            ("nothing", nothing),
            ("first", first),
        ]
    }
}

fn sample(language: Language) -> Picker {
    let frame = Frame::sample(language, Role::Instructor);
    let entry = |number: usize, title: &str, is_published| Entry {
        id: format!("0192f0c4-9d10-7a31-8c55-1d2e3f40516{number}"),
        title: title.to_owned(),
        questions: "20".to_owned(),
        most_questions: 20,
        points: "20".to_owned(),
        time_limit: format::duration(frame.t, TimeDelta::minutes(45)),
        changed_at: sample_time(frame.t, "2026-11-21T03:42:00Z"),
        is_published,
        chosen: number == 1,
        maximum: "10".to_owned(),
        with_column: true,
        error: String::new(),
        edit_path: format!("{}/quizzes/{number}/edit", frame.prefix()),
        preview_path: format!("{}/quizzes/{number}/preview", frame.prefix()),
        remove_path: format!("{}/quizzes/{number}/remove", frame.prefix()),
    };
    Picker {
        path: format!("{}/picker", frame.prefix()),
        courses_path: format!("{}/picker/courses", frame.prefix()),
        purpose: Purpose::Several,
        columns: true,
        search: "an toan".to_owned(),
        entries: vec![
            entry(1, "An toàn lao động trong xưởng cơ khí", true),
            entry(
                2,
                "An toàn điện khi sửa chữa máy công cụ, phần thực hành theo nhóm",
                true,
            ),
            entry(3, "", false),
        ],
        more: false,
        error: String::new(),
        frame,
    }
}
