//! What became of a correction: how far marking is, how many marks moved, and
//! where the grades are.

use askama::Template;

use super::{What, line};
use crate::{Frame, Language, Page, Role};

/// A committed correction.
#[derive(Debug, Clone, Template)]
#[template(path = "regrade/progress.html")]
pub struct Progress {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz.
    pub title: String,
    /// "Câu 3: sửa đáp án đúng".
    pub line: String,
    /// What the platform is called.
    pub platform: String,
    /// Whether it has a column for the grades.
    pub has_column: bool,
    /// This page.
    pub path: String,
    /// All questions.
    pub choose_path: String,
    /// The gradebook.
    pub gradebook_path: String,
    /// How many attempts have to be marked again.
    pub total: usize,
    /// How many of them are.
    pub marked: usize,
    /// How many marks rose.
    pub raised: usize,
    /// How many marks fell.
    pub lowered: usize,
    /// How many grades changed.
    pub queued: usize,
    /// Whether all are marked.
    pub is_finished: bool,
    /// Whether a later correction stands in its place.
    pub is_followed: bool,
    /// Whether no mark could fall.
    pub raise_only: bool,
    /// Why; may be empty.
    pub reason: String,
    /// Who; empty when not known here.
    pub by: String,
    /// When, formatted.
    pub at: String,
}

impl Progress {
    /// How many marks moved.
    pub fn moved(&self) -> usize {
        self.raised + self.lowered
    }
}

impl Page for Progress {
    const NAME: &'static str = "regrade/progress";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let t = frame.t;
        let prefix = frame.prefix().to_owned();
        let done = Self {
            title: "An toàn lao động trong xưởng cơ khí".to_owned(),
            line: line(t, Some(3), &What::Key(Vec::new(), Vec::new())),
            platform: "Moodle".to_owned(),
            has_column: true,
            path: format!("{prefix}/regrade/1"),
            choose_path: format!("{prefix}/regrade"),
            gradebook_path: format!("{prefix}/gradebook"),
            total: 30,
            marked: 30,
            raised: 12,
            lowered: 1,
            queued: 12,
            is_finished: true,
            is_followed: false,
            raise_only: false,
            reason: "Đáp án trong đề in nhầm".to_owned(),
            by: "Hoàng Thị Mai".to_owned(),
            at: "10:42".to_owned(),
            frame,
        };
        let under_way = Self {
            total: 5_000,
            marked: 1_850,
            raised: 640,
            lowered: 0,
            queued: 590,
            is_finished: false,
            raise_only: true,
            ..done.clone()
        };
        let nobody = Self {
            raised: 0,
            lowered: 0,
            queued: 0,
            by: String::new(),
            reason: String::new(),
            ..done.clone()
        };
        let no_column = Self {
            has_column: false,
            ..done.clone()
        };
        let followed = Self {
            is_followed: true,
            is_finished: false,
            marked: 20,
            ..done.clone()
        };
        vec![
            ("done", done),
            ("under-way", under_way),
            ("nobody", nobody),
            ("no-column", no_column),
            ("followed", followed),
        ]
    }
}
