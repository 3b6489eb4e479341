//! How far the class is in a course, and what one student did.

use askama::Template;

use crate::component::{Delivery, DeliveryState};
use crate::{Frame, Language, Page, Role};

/// The class of a placed course.
#[derive(Debug, Clone, Template)]
#[template(path = "course/class.html")]
pub struct ClassList {
    /// The surroundings.
    pub frame: Frame,
    /// The course's title as plain text.
    pub title: String,
    /// The course's front page in this session.
    pub course_path: String,
    /// The same as a file for spreadsheets.
    pub csv_path: String,
    /// Where a failed grade is sent again.
    pub send_again_path: String,
    /// What people call the platform.
    pub platform: String,
    /// Whether the platform has a column for the activity.
    pub has_column: bool,
    /// The students in the reader's order of names.
    pub rows: Vec<ClassRow>,
}

/// A student of the class.
#[derive(Debug, Clone)]
pub struct ClassRow {
    /// May be empty.
    pub name: String,
    /// Whom the button names.
    pub person_id: String,
    /// What this student did.
    pub path: String,
    /// Whether they have opened a step.
    pub has_begun: bool,
    /// Steps that are done.
    pub done: usize,
    /// Steps that there are in the student's version.
    pub total: usize,
    /// Whether everything is done.
    pub is_complete: bool,
    /// When they were here last; may be empty.
    pub seen_at: String,
    /// Whether the grade can be sent again.
    pub can_send: bool,
    /// Where the grade is.
    pub delivery: Option<Delivery>,
}

/// What a student did in a course.
#[derive(Debug, Clone, Template)]
#[template(path = "course/student.html")]
pub struct StudentSteps {
    /// The surroundings.
    pub frame: Frame,
    /// May be empty.
    pub name: String,
    /// The class.
    pub class_path: String,
    /// The steps of the student's version; empty before they have begun.
    pub steps: Vec<ClassStep>,
}

/// A step and what a student did in it.
#[derive(Debug, Clone)]
pub struct ClassStep {
    /// As plain text.
    pub title: String,
    /// Whether it is done.
    pub is_done: bool,
    /// When; empty for never.
    pub at: String,
    /// How many percent were right; empty where nothing is marked.
    pub percent: String,
}

impl ClassList {
    fn begun(&self) -> usize {
        self.rows.iter().filter(|row| row.has_begun).count()
    }

    fn complete(&self) -> usize {
        self.rows.iter().filter(|row| row.is_complete).count()
    }
}

impl Page for ClassList {
    const NAME: &'static str = "course/class";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let row = |number: usize, name: &str, done| ClassRow {
            name: name.to_owned(),
            person_id: number.to_string(),
            path: "/s/1/x".to_owned(),
            has_begun: done > 0,
            done,
            total: 4,
            is_complete: done == 4,
            seen_at: if done > 0 {
                "9:05".to_owned()
            } else {
                String::new()
            },
            can_send: number == 2,
            delivery: (done > 0).then(|| Delivery {
                t: frame.t,
                mark: (done * 25 / 10).to_string(),
                platform: "Moodle".to_owned(),
                state: match number {
                    2 => DeliveryState::Refused("not-enrolled"),
                    _ => DeliveryState::Delivered("9:06".to_owned()),
                },
                send_again: None,
            }),
        };
        let full = Self {
            title: "An toàn trong xưởng cắt gọt kim loại".to_owned(),
            course_path: "/s/1/x".to_owned(),
            csv_path: "/s/1/x".to_owned(),
            send_again_path: "/s/1/x".to_owned(),
            platform: "Moodle".to_owned(),
            has_column: true,
            rows: vec![
                row(1, "Nguyễn Thị Bích Ngọc", 4),
                row(2, "Trần Văn Đức", 2),
                row(3, "Hoàng Phạm Gia Bảo", 0),
            ],
            frame: frame.clone(),
        };
        let empty = Self {
            rows: Vec::new(),
            has_column: false,
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}

impl Page for StudentSteps {
    const NAME: &'static str = "course/student";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let step = |title: &str, at: &str, percent: &str| ClassStep {
            title: title.to_owned(),
            is_done: !at.is_empty(),
            at: at.to_owned(),
            percent: percent.to_owned(),
        };
        let begun = Self {
            frame: Frame::sample(language, Role::Instructor),
            name: "Trần Văn Đức".to_owned(),
            class_path: "/s/1/x".to_owned(),
            steps: vec![
                step("Trang bị bảo hộ và trang phục", "9:05", ""),
                step("Nút dừng khẩn cấp", "9:20", "80"),
                step("Phoi thép và dung dịch trơn nguội", "", ""),
            ],
        };
        let not_begun = Self {
            steps: Vec::new(),
            ..begun.clone()
        };
        vec![("begun", begun), ("not-begun", not_begun)]
    }
}
