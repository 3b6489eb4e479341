//! A learner's courses: those begun with the way on, and those that they could begin.

use askama::Template;

use super::sample_frame;
use crate::{Frame, Language, Page};

/// The learner's courses.
#[derive(Debug, Clone, Template)]
#[template(path = "learner/learning.html")]
pub struct Learning {
    /// The surroundings of the session.
    pub frame: Frame,
    /// Until when this device may greet the learner by name, RFC 3339.
    pub until: String,
    /// The last one first.
    pub begun: Vec<BegunCourse>,
    /// Open courses that were not begun.
    pub others: Vec<OtherCourse>,
}

/// A course that was begun.
#[derive(Debug, Clone)]
pub struct BegunCourse {
    /// Its key, under which the device keeps a guest's progress.
    pub key: String,
    /// Its page.
    pub path: String,
    /// Its title as plain text.
    pub title: String,
    /// The language of the title where it is not the page's; empty where it is.
    pub language: String,
    /// Whole percent done.
    pub percent: u32,
    /// Whether all of it is done.
    pub is_complete: bool,
    /// The step at which to go on: path and title; `None` when nothing can be opened.
    pub next: Option<(String, String)>,
    /// When the learner was there last.
    pub seen: String,
}

/// A course that could be begun.
#[derive(Debug, Clone)]
pub struct OtherCourse {
    /// Its key.
    pub key: String,
    /// Its page.
    pub path: String,
    /// Its title as plain text.
    pub title: String,
    /// The language of the title where it is not the page's; empty where it is.
    pub language: String,
    /// How many lessons it has.
    pub lessons: usize,
    /// The minutes that it takes; 0 when nobody said.
    pub minutes: u32,
}

impl Learning {
    fn account(&self) -> String {
        format!("{}/learning/account", self.frame.prefix())
    }
}

impl Page for Learning {
    const NAME: &'static str = "learner/learning";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = sample_frame(language);
        let path = |key: &str| format!("{}/courses/{key}", frame.prefix());
        let begun = |key: &str, title: &str, percent, next: Option<&str>| BegunCourse {
            key: key.to_owned(),
            path: path(key),
            title: title.to_owned(),
            language: String::new(),
            percent,
            is_complete: percent == 100,
            next: next.map(|title| (format!("{}/buoc", path(key)), title.to_owned())),
            seen: crate::page::sample_time(frame.t, "2026-11-23T08:10:00Z"),
        };
        let other = |key: &str, title: &str, minutes| OtherCourse {
            key: key.to_owned(),
            path: path(key),
            title: title.to_owned(),
            language: String::new(),
            lessons: 3,
            minutes,
        };
        let full = Self {
            until: "2026-11-24T08:10:00Z".to_owned(),
            begun: vec![
                begun(
                    "an-toan-xuong",
                    "An toàn trong xưởng cắt gọt kim loại",
                    40,
                    Some("Máy đang quay"),
                ),
                begun("ve-ky-thuat", "Đọc bản vẽ kỹ thuật", 100, None),
            ],
            others: vec![
                other("thu-dien-tu", "Viết thư điện tử cho công việc", 25),
                other("tieng-duc", "Tiếng Đức ở xưởng", 0),
            ],
            frame,
        };
        let first = Self {
            begun: Vec::new(),
            ..full.clone()
        };
        vec![("full", full), ("first", first)]
    }
}
