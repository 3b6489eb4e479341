//! The organisation's courses, to be found and made.

use askama::Template;

use super::field::{CourseState, state_badge, state_words};
use crate::page::sample_time;
use crate::{Frame, Language, Page, Role, Texts};

/// The list. The search is a GET with `q`, and `away` for what was put away; a new course is a POST of `title` and
/// `language`.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/list.html")]
pub struct CourseList {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/authoring/courses".
    pub path: String,
    /// Where the quizzes stand.
    pub quizzes_path: String,
    /// What was searched for.
    pub search: String,
    /// Whether these are the courses that were put away.
    pub is_archive: bool,
    /// In the order shown.
    pub courses: Vec<CourseLine>,
    /// Whether a new course was asked for without a title.
    pub is_untitled: bool,
}

/// A course in the list.
#[derive(Debug, Clone)]
pub struct CourseLine {
    /// Where it is written.
    pub path: String,
    /// Its title as plain text; empty for one without.
    pub title: String,
    /// What readers get.
    pub state: CourseState,
    /// Whether everybody may read it.
    pub is_open: bool,
    /// When it was last changed.
    pub changed_at: String,
}

impl CourseLine {
    fn state(&self, t: &Texts) -> String {
        state_words(*t, self.state)
    }

    fn badge(&self) -> &'static str {
        state_badge(self.state)
    }

    fn is_published(&self) -> bool {
        self.state != CourseState::Never
    }
}

impl Page for CourseList {
    const NAME: &'static str = "course_editor/list";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let path = format!("{}/authoring/courses", frame.prefix());
        let line = |title: &str, state, is_open| CourseLine {
            path: format!("{path}/an-toan"),
            title: title.to_owned(),
            state,
            is_open,
            changed_at: sample_time(frame.t, "2026-11-23T03:42:00Z"),
        };
        let full = Self {
            courses: vec![
                line("An toàn trong xưởng cơ khí", CourseState::Changed(2), true),
                line(
                    "Đọc bản vẽ kỹ thuật cho thợ tiện",
                    CourseState::Published(1),
                    false,
                ),
                line("", CourseState::Never, false),
            ],
            quizzes_path: format!("{}/picker", frame.prefix()),
            search: String::new(),
            is_archive: false,
            is_untitled: false,
            path: path.clone(),
            frame: frame.clone(),
        };
        let nothing = Self {
            courses: Vec::new(),
            search: "hàn hồ quang".to_owned(),
            ..full.clone()
        };
        let empty = Self {
            courses: Vec::new(),
            is_untitled: true,
            ..full.clone()
        };
        let archive = Self {
            courses: full.courses.iter().take(1).cloned().collect(),
            is_archive: true,
            ..full.clone()
        };
        vec![
            ("full", full),
            ("nothing", nothing),
            ("empty", empty),
            ("archive", archive),
        ]
    }
}
